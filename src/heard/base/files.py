"""Saving and reading files so that nothing is ever torn, lost or silently overwritten.

New things are new files: a temporary file in the same folder, flushed to disk, linked to its name
(which fails if the name is taken), and the folder flushed too. Changes replace a file only while it
still holds what was read.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from heard.values import HeardError

PRIVATE_MODE = 0o600
PUBLIC_MODE = 0o644
TEMPORARY = ".heard-"

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL})
_DISK_FAILS = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS})


class ChangedMeanwhileError(HeardError):
    """A person changed the file after it was read; it was left as it is."""


def write_new(path: Path, content: bytes, *, mode: int = PUBLIC_MODE) -> None:
    """Make a new file that is whole and on disk when this returns.

    Raises `FileExistsError` when the name is taken and `HeardError` when the disk refuses; in both
    cases nothing is left behind.
    """
    temporary = _write_temporary(path, content, mode)
    try:
        _give_name(temporary, path)
    finally:
        _remove(temporary)
    try:
        _flush_folder(path.parent)
    except OSError as error:
        _remove(path)
        raise _refused(path, error) from error


def write(path: Path, content: bytes, *, mode: int = PUBLIC_MODE) -> None:
    """Replace a file that is ours alone (generated or cached) in one step."""
    _replace(_write_temporary(path, content, mode), path)


def write_if_changed(path: Path, content: bytes) -> bool:
    """Replace a generated file only if it would differ; True if it was written."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
    write(path, content)
    return True


def change(path: Path, before: bytes, after: bytes) -> None:
    """Replace a person's file, provided that it still holds what was read; it keeps its rights.

    Raises `ChangedMeanwhileError` if it does not, and leaves it as it is.
    """
    # A file that is a link stays one: what it points at is changed.
    path = path.resolve()
    try:
        with _locked(path.parent):
            temporary = _write_temporary(path, after, path.stat().st_mode & 0o777, exactly=True)
            if path.read_bytes() != before:
                _remove(temporary)
                raise FileNotFoundError
            _replace(temporary, path)
    except FileNotFoundError as error:
        raise ChangedMeanwhileError(
            f"{path.name} was changed meanwhile and is left as it is. Run the command again."
        ) from error
    except OSError as error:
        raise _refused(path, error) from error


def remove(path: Path, before: bytes, *, flush: bool = True) -> None:
    """Delete a person's file, provided that it still holds what was read.

    Raises `ChangedMeanwhileError` if it does not, and leaves it as it is.
    """
    try:
        with _locked(path.parent):
            if path.read_bytes() != before:
                raise FileNotFoundError
            path.unlink()
            if flush:
                _flush_folder(path.parent)
    except FileNotFoundError as error:
        raise ChangedMeanwhileError(
            f"{path.name} was changed meanwhile and is left as it is. Run the command again."
        ) from error
    except OSError as error:
        raise _refused(path, error) from error


def stage(path: Path, content: bytes, mode: int) -> Path:
    """Write beside a file what it shall hold, for `put`; it is on disk only after `os.sync`."""
    return _write_temporary(path.resolve(), content, mode, exactly=True, flush=False)


def put(temporary: Path, path: Path, before: bytes | None) -> None:
    """Give a staged file its name: a free one if `before` is None, else that of the file that holds this still.

    Raises as `write_new` and `change` do. The folder is not flushed: see `flush_folders`.
    """
    if before is None:
        _give_name(temporary, path)
        return
    path = path.resolve()
    try:
        with _locked(path.parent):
            if path.read_bytes() != before:
                raise FileNotFoundError
            temporary.replace(path)
    except FileNotFoundError as error:
        raise ChangedMeanwhileError(
            f"{path.name} was changed meanwhile and is left as it is. Run the command again."
        ) from error
    except OSError as error:
        raise _refused(path, error) from error


def flush_folders(paths: Iterable[Path]) -> None:
    """Put the names of these files on disk, each folder once."""
    for folder in {path.parent for path in paths}:
        try:
            _flush_folder(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _refused(folder, error) from error


def discard(temporaries: Iterable[Path]) -> None:
    """Remove staged files that were not put in their places."""
    for temporary in temporaries:
        _remove(temporary)


def read_file(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none. Raises `HeardError` if it cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror or error}.") from error


def sweep(folder: Path) -> int:
    """Remove what processes that were killed while saving left below a folder; how many files it was."""
    stray = [path for path in folder.rglob(f"{TEMPORARY}*.tmp") if not _is_running(path.name)]
    for path in stray:
        _remove(path)
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


def _write_temporary(path: Path, content: bytes, mode: int, *, exactly: bool = False, flush: bool = True) -> Path:
    temporary = path.parent / f"{TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}.tmp"
    try:
        _make_folder(path.parent)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            if exactly:
                os.fchmod(descriptor, mode)
            file.write(content)
            file.flush()
            if flush:
                os.fsync(file.fileno())
    except OSError as error:
        _remove(temporary)
        raise _refused(path, error) from error
    return temporary


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _flush_folder(folder.parent)


def _give_name(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise _refused(path, error) from error
        _rename_to_free_name(temporary, path)


def _rename_to_free_name(temporary: Path, path: Path) -> None:
    # Some file systems know no hard links. The lock keeps two of ours from taking the same name, and a
    # process that is killed here leaves nothing under it.
    try:
        with _locked(path.parent):
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            temporary.rename(path)
    except FileExistsError:
        raise
    except OSError as error:
        raise _refused(path, error) from error


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        _remove(temporary)
        raise _refused(path, error) from error
    try:
        _flush_folder(path.parent)
    except OSError as error:
        raise HeardError(f"{path} was written, but the disk did not confirm it: {error.strerror}.") from error


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _flush_folder(folder: Path) -> None:
    """Put a folder's names on disk, where the file system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in _DISK_FAILS:
            raise


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Without locks (some network drives) the check that follows is still there.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _refused(path: Path, error: OSError) -> HeardError:
    return HeardError(f"{path} could not be saved: {error.strerror or error}. Nothing was changed.")


def walk(folder: Path, suffix: str) -> Iterator[os.DirEntry[str]]:
    """Every file below a folder with this suffix, hidden folders and links left out, in no order."""
    pending = [str(folder)]
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise HeardError(f"{error.filename} cannot be read: {error.strerror}.") from error
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False):
                yield entry
