"""Saves many new files at once, as safely as one: flushing ten thousand files one by one takes minutes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from heard.base.files import PRIVATE_MODE, TEMPORARY, make_folder, write_new
from heard.values import HeardError

_FEW = 20


def write_all_new(files: Mapping[Path, bytes], *, mode: int = PRIVATE_MODE) -> None:
    """Make new files that are whole and on disk when this returns; none of them may be there yet.

    All are written under temporary names and flushed together before the first gets its own, so a crash
    leaves no torn file. Raises `HeardError` when the disk refuses; then none of the new files is left.
    """
    named: list[Path] = []
    temporary: dict[Path, Path] = {}
    try:
        if len(files) <= _FEW:
            for path, content in files.items():
                write_new(path, content, mode=mode)
                named.append(path)
            return
        for number, (path, content) in enumerate(files.items()):
            temporary[path] = _write(path, content, number, mode)
        os.sync()
        for path, waiting in temporary.items():
            _give_name(waiting, path)
            named.append(path)
        _flush({path.parent for path in files})
    except OSError as error:
        _remove([*temporary.values(), *named])
        name = error.filename2 or error.filename or "a file"
        raise HeardError(f"{name} could not be saved: {error.strerror or error}. Nothing was changed.") from error
    except BaseException:
        _remove([*temporary.values(), *named])
        raise


def _write(path: Path, content: bytes, number: int, mode: int) -> Path:
    make_folder(path.parent, mode)
    waiting = path.parent / f"{TEMPORARY}{os.getpid()}-{number}.tmp"
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return waiting


def _give_name(waiting: Path, path: Path) -> None:
    try:
        os.link(waiting, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems know no hard links.
        if os.path.lexists(path):
            raise
        waiting.rename(path)
        return
    waiting.unlink()


def _flush(folders: set[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
