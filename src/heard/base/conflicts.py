"""Keeps an edit that could not be made, since a person changed the file meanwhile: as a copy beside it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from heard.base.clock import now
from heard.base.disk import PRIVATE_MODE, flush_folder, give_name, remove_quietly, write_temporary
from heard.values import HeardError

MARK = "conflicted copy of heard"
"""What stands in such a copy's name; `heard check` knows it by these words, and reading passes it over."""

_LONGEST = 255


def keep_edit(path: Path, content: bytes) -> Path:
    """Save what a file should have held beside it; the copy's path. It is on disk when this returns.

    A copy that holds the same already is enough. Raises `HeardError` if the disk refuses.
    """
    stem, suffix = (path.name, "") if path.name.startswith(".") else (path.stem, path.suffix)
    for old in sorted(path.parent.glob(f"*({MARK} *")):
        with suppress(OSError):
            if old.name.startswith(f"{stem} (") and old.read_bytes() == content:
                return old
    temporary = write_temporary(path, content, _mode(path), exactly=True)
    try:
        return _named(temporary, path.parent, stem, suffix)
    finally:
        remove_quietly(temporary)


def _named(temporary: Path, folder: Path, stem: str, suffix: str) -> Path:
    for number in range(1, 1000):
        rest = f" ({MARK} {now():%Y-%m-%d %H%M}{f' {number}' if number > 1 else ''}){suffix}"
        name = stem.encode("utf-8", "surrogateescape")[: _LONGEST - len(rest.encode())].decode("utf-8", "ignore")
        copy = folder / f"{name}{rest}"
        with suppress(FileExistsError):
            give_name(temporary, copy)
            flush_folder(folder)
            return copy
    raise HeardError(f"No free file name was found beside {stem}{suffix}.")


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return PRIVATE_MODE
