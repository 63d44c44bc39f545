"""Saving and reading files so that nothing is ever torn, lost or silently overwritten.

New things are new files: a temporary file in the same folder, flushed to disk, linked to its name
(which fails if the name is taken), and the folder flushed too. Changes replace a file only while it
still holds what was read; else the edit is kept as a copy beside it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from heard.base.conflicts import keep_edit
from heard.base.disk import (
    PRIVATE_MODE,
    PUBLIC_MODE,
    TEMPORARY,
    flush_folder,
    give_name,
    locked,
    make_folder,
    refused,
    remove_quietly,
    replace,
    turn,
    write_temporary,
)
from heard.values import HeardError

__all__ = [
    "PLACEHOLDER",
    "PRIVATE_MODE",
    "PUBLIC_MODE",
    "TEMPORARY",
    "ChangedMeanwhileError",
    "Missed",
    "change",
    "discard",
    "flush_folders",
    "locked",
    "make_folder",
    "put",
    "read_file",
    "remove",
    "stage",
    "sweep",
    "turn",
    "walk",
    "write",
    "write_if_changed",
    "write_new",
]


PLACEHOLDER = ".icloud"
"""How iCloud calls what it leaves of a file that it took away, after a dot and the file's name."""


Missed = os.DirEntry[str] | OSError
"""Something that `walk` left out: what it is, or why a folder could not be opened."""


class ChangedMeanwhileError(HeardError):
    """A person changed the file after it was read; it was left as it is."""


def write_new(path: Path, content: bytes, *, mode: int = PUBLIC_MODE) -> None:
    """Make a new file that is whole and on disk when this returns.

    Raises `FileExistsError` when the name is taken and `HeardError` when the disk refuses; in both
    cases nothing is left behind.
    """
    temporary = write_temporary(path, content, mode)
    try:
        give_name(temporary, path)
    finally:
        remove_quietly(temporary)
    try:
        flush_folder(path.parent)
    except OSError as error:
        remove_quietly(path)
        raise refused(path, error) from error


def write(path: Path, content: bytes, *, mode: int = PUBLIC_MODE) -> None:
    """Replace a file that is ours alone (generated or cached) in one step."""
    replace(write_temporary(path, content, mode), path)


def write_if_changed(path: Path, content: bytes) -> bool:
    """Replace a generated file only if it would differ; True if it was written."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    write(path, content)
    return True


def change(path: Path, before: bytes, after: bytes, *, keep: bool = True) -> None:
    """Replace a person's file, provided that it still holds what was read; it keeps its rights.

    Raises `ChangedMeanwhileError` if it does not, and leaves it as it is. What it should have held is kept as a
    copy beside it then, unless `keep` is off because whoever called it can make the same edit again.
    """
    # A file that is a link stays one: what it points at is changed.
    path = path.resolve()
    try:
        with locked(path.parent):
            temporary = write_temporary(path, after, path.stat().st_mode & 0o777, exactly=True)
            if path.read_bytes() != before:
                remove_quietly(temporary)
                raise FileNotFoundError
            replace(temporary, path)
    except FileNotFoundError as error:
        raise _changed(path, after if keep else None) from error
    except OSError as error:
        raise refused(path, error) from error


def remove(path: Path, before: bytes, *, flush: bool = True) -> None:
    """Delete a person's file, provided that it still holds what was read.

    Raises `ChangedMeanwhileError` if it does not, and leaves it as it is.
    """
    try:
        with locked(path.parent):
            if path.read_bytes() != before:
                raise FileNotFoundError
            path.unlink()
            if flush:
                flush_folder(path.parent)
    except FileNotFoundError as error:
        raise _changed(path) from error
    except OSError as error:
        raise refused(path, error) from error


def _changed(path: Path, after: bytes | None = None) -> ChangedMeanwhileError:
    said = f"{path.name} was changed meanwhile and is left as it is."
    if after is None or not path.parent.is_dir():
        return ChangedMeanwhileError(f"{said} Run the command again.")
    try:
        kept = keep_edit(path, after)
    except (HeardError, OSError) as error:
        return ChangedMeanwhileError(f"{said} The edit could not be kept beside it: {error}")
    return ChangedMeanwhileError(
        f"{said} The edit now lies beside it, in “{kept.name}”: take over what you need, then delete that copy."
    )


def stage(path: Path, content: bytes, mode: int) -> Path:
    """Write beside a file what it shall hold, for `put`; it is on disk only after `os.sync`."""
    return write_temporary(path.resolve(), content, mode, exactly=True, flush=False)


def put(temporary: Path, path: Path, before: bytes | None) -> None:
    """Give a staged file its name: a free one if `before` is None, else that of the file that holds this still.

    Raises as `write_new` and `change` do. The folder is not flushed: see `flush_folders`.
    """
    if before is None:
        give_name(temporary, path)
        return
    path = path.resolve()
    try:
        with locked(path.parent):
            if path.read_bytes() != before:
                raise FileNotFoundError
            temporary.replace(path)
    except FileNotFoundError as error:
        raise _changed(path) from error
    except OSError as error:
        raise refused(path, error) from error


def flush_folders(paths: Iterable[Path]) -> None:
    """Put the names of these files on disk, each folder once."""
    for folder in {path.parent for path in paths}:
        try:
            flush_folder(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise refused(folder, error) from error


def discard(temporaries: Iterable[Path]) -> None:
    """Remove staged files that were not put in their places."""
    for temporary in temporaries:
        remove_quietly(temporary)


def read_file(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none. Raises `HeardError` if it cannot be read."""
    try:
        if not path.is_file() and path.exists():
            raise HeardError(f"{path} is no file: move it away.")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror or error}.") from error


def sweep(folder: Path) -> int:
    """Remove what processes that were killed while saving left below a folder; how many files it was."""
    stray = [path for path in folder.rglob(f"{TEMPORARY}*.tmp") if not _is_running(path.name)]
    for path in stray:
        remove_quietly(path)
    return len(stray)


def _is_running(name: str) -> bool:
    owner = name.removeprefix(TEMPORARY).partition("-")[0]
    try:
        os.kill(int(owner), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def walk(folder: Path, suffix: str, passed: list[Missed] | None = None) -> Iterator[os.DirEntry[str]]:
    """Every file below a folder with this suffix, hidden folders and links left out, in no order.

    What is left out though a person may think that it is read is added to `passed`: links, placeholders of
    files that a synchronised folder took away, pipes and the like, and folders that cannot be opened. Without
    such a list a folder that cannot be opened raises `HeardError`.
    """
    pending = [str(folder)]
    while pending:
        for entry in _entries(pending.pop(), passed):
            hidden = entry.name.startswith(".")
            if not hidden and entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif not hidden and entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                yield entry
            elif passed is not None and _is_missed(entry, suffix):
                passed.append(entry)


def _entries(folder: str, passed: list[Missed] | None) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if passed is None:
            raise HeardError(f"{error.filename} cannot be read: {error.strerror}.") from error
        passed.append(error)
        return []


def _is_missed(entry: os.DirEntry[str], suffix: str) -> bool:
    if entry.name.startswith("."):
        return entry.name.endswith(PLACEHOLDER)
    if entry.name.endswith(suffix):
        return True
    try:
        return entry.is_dir()
    except OSError:
        return False


def outdated(paths: Iterable[Path], keep: int, used: Collection[Path]) -> list[Path]:
    """Those of the files or folders that changed longest ago, beyond a number worth keeping; none that is `used`."""
    newest = sorted(((path.stat().st_mtime, path) for path in paths), reverse=True)
    return [path for _, path in newest[keep:] if path not in used]
