"""A disk that fails in the middle of a file, for the tests of saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class HalfWritten:
    """A file that passes on the first half of what is written, and then maybe fails."""

    def __init__(self, file: Any, failing: Callable[..., Any]) -> None:
        self._file = file
        self._failing = failing

    def __enter__(self) -> HalfWritten:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        self._file.write(content[: len(content) // 2])
        self._failing(self._file.write)(content[len(content) // 2 :])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
