"""What saving is made of: temporary files, names, flushed folders, and the kernel's locks."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from heard.values import HeardError

PRIVATE_MODE = 0o600
PUBLIC_MODE = 0o644
TEMPORARY = ".heard-"

_PRIVATE_FOLDER = 0o700
_PUBLIC_FOLDER = 0o777
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL})
_DISK_FAILS = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def write_temporary(path: Path, content: bytes, mode: int, *, exactly: bool = False, flush: bool = True) -> Path:
    """A new file beside a path that holds these bytes, on disk unless `flush` is off; raises `HeardError`.

    Folders that are missing are made: for a private file so that nobody else may look into them.
    """
    temporary = path.parent / f"{TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}.tmp"
    try:
        make_folder(path.parent, mode)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            if exactly:
                os.fchmod(descriptor, mode)
            file.write(content)
            file.flush()
            if flush:
                os.fsync(file.fileno())
    except OSError as error:
        remove_quietly(temporary)
        raise refused(path, error) from error
    return temporary


def make_folder(folder: Path, mode: int = PUBLIC_MODE) -> None:
    """Make a folder for files of this mode, with all that are missing above it; their names are on disk then."""
    if folder.is_dir():
        return
    make_folder(folder.parent, mode)
    folder.mkdir(mode=_PUBLIC_FOLDER if mode & 0o077 else _PRIVATE_FOLDER, exist_ok=True)
    flush_folder(folder.parent)


def give_name(temporary: Path, path: Path) -> None:
    """Give a file a name that is free. Raises `FileExistsError` if it is not."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise refused(path, error) from error
        _rename_to_free_name(temporary, path)


def _rename_to_free_name(temporary: Path, path: Path) -> None:
    # Some file systems know no hard links. The lock keeps two of ours from taking the same name, and a
    # process that is killed here leaves nothing under it.
    try:
        with locked(path.parent):
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            temporary.rename(path)
    except FileExistsError:
        raise
    except OSError as error:
        raise refused(path, error) from error


def replace(temporary: Path, path: Path) -> None:
    """Put a file in the place of another, in one step that is on disk then."""
    try:
        temporary.replace(path)
    except OSError as error:
        remove_quietly(temporary)
        raise refused(path, error) from error
    try:
        flush_folder(path.parent)
    except OSError as error:
        raise HeardError(f"{path} was written, but the disk did not confirm it: {error.strerror}.") from error


def remove_quietly(path: Path) -> None:
    """Remove a file if that can be done."""
    with contextlib.suppress(OSError):
        path.unlink()


def flush_folder(folder: Path) -> None:
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
def locked(folder: Path) -> Iterator[None]:
    """Hold the kernel's lock of a folder, as every one of ours does that replaces a file in it."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Without locks (some network drives) the check that follows is still there.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def turn(lock: Path, *, waiting: bool = True) -> Iterator[bool]:
    """Hold a lock file while one of ours works; True if it is held.

    Somebody else's turn is waited for, or not. A process that is killed loses its lock with it.
    """
    import fcntl

    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, PRIVATE_MODE)
    held = True
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waiting else fcntl.LOCK_NB))
        except BlockingIOError:
            held = False
        except OSError:
            # Some network drives know no locks: then everybody is alone.
            held = True
        yield held
    finally:
        os.close(descriptor)


def refused(path: Path, error: OSError) -> HeardError:
    """What is said when the disk does not do it."""
    return HeardError(f"{path} could not be saved: {error.strerror or error}. Nothing was changed.")
