"""Changes of several files that happen whole or not at all, outlive a crash, and can be taken back.

Before a file is touched, a journal with all that the files held and shall hold is on disk. Whoever is killed
leaves it behind, and the next command finishes or takes back what it says; a change that is done leaves
it as the record that `undo` reads. A file that a person changed meanwhile is never overwritten.
"""

from __future__ import annotations

import contextlib
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from heard.base.files import (
    PRIVATE_MODE,
    PUBLIC_MODE,
    ChangedMeanwhileError,
    change,
    remove,
    sweep,
    write,
    write_new,
)
from heard.values import FileChange, HeardError

KEPT = 1000
"""So many changes can be taken back, one after the other."""

OPEN = "open.json"
"""The journal of the change that is under way; while nothing is, no file has this name."""

_FORMAT = 1
_NO_UNDO = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """A file of a change, with the rights that it has or shall have."""

    path: Path
    before: bytes | None
    after: bytes | None
    mode: int


@dataclass(frozen=True, slots=True)
class _Journal:
    """A change: what it is called, its files in order, and the number of the change that it takes back."""

    words: str
    steps: tuple[_Step, ...]
    undoes: int = _NO_UNDO


def carry_out(folder: Path, root: Path, words: str, changes: Sequence[FileChange]) -> None:
    """Change all the files, or none; when this returns the change is on disk and can be undone.

    `folder` keeps the journals, `root` is the workspace's folder, `words` say in the past tense what was
    done. Raises `ChangedMeanwhileError` if a file does not hold what was read, and `HeardError` if the
    disk refuses; every file is then as it was, or as a person made it.
    """
    meant = [one for one in changes if one.before != one.after]
    if len({one.path for one in meant}) < len(meant):
        raise ValueError("a file stands twice in one change")
    if not meant:
        return
    with _alone(folder):
        _resume(folder, root)
        for one in meant:
            if _content(one.path) != one.before:
                raise _changed(one.path, root)
        private = folder.parent.resolve()
        journal = _Journal(words, tuple(_Step(c.path, c.before, c.after, _mode(c, root, private)) for c in meant))
        _write_journal(folder, root, journal)
        _go(folder, root, journal)


def resume(folder: Path, root: Path) -> str:
    """Finish, or take back, what was interrupted; says in a sentence which of them, or nothing.

    Costs one look at the disk where nothing was interrupted. Waits for another command that is changing
    files right now.
    """
    if not (folder / OPEN).exists():
        return ""
    with _alone(folder):
        return _resume(folder, root)


def undo(folder: Path, root: Path) -> str:
    """Take back the last change that was not taken back yet; what it was called.

    Raises `HeardError`, and changes nothing, if there is none or if one of its files was changed since.
    """
    with _alone(folder):
        _resume(folder, root)
        number = max(_numbers(folder), default=_NO_UNDO)
        if not number:
            raise HeardError("There is no change to take back.")
        done = _read_journal(folder / _name(number), root)
        for step in done.steps:
            if _content(step.path) != step.after:
                raise HeardError(
                    f"{_told(step.path, root)} was changed after “{done.words}”, so that cannot be taken back. "
                    "Nothing was changed."
                )
        back = _Journal(done.words, tuple(_turned(step) for step in reversed(done.steps)), number)
        _write_journal(folder, root, back)
        _go(folder, root, back)
        return done.words


def last(folder: Path, root: Path) -> tuple[str, tuple[Path, ...]]:
    """What `undo` would take back: its words and its files; empty where there is nothing."""
    number = max(_numbers(folder), default=_NO_UNDO)
    if not number:
        return "", ()
    done = _read_journal(folder / _name(number), root)
    return done.words, tuple(step.path for step in done.steps)


def _go(folder: Path, root: Path, journal: _Journal) -> None:
    try:
        for step in journal.steps:
            _apply(step)
    except (HeardError, OSError) as error:
        try:
            _take_back(journal)
            (folder / OPEN).unlink()
        except (HeardError, OSError) as second:
            raise _half_way(journal, error) from second
        if isinstance(error, ChangedMeanwhileError | FileExistsError):
            path = next((step.path for step in journal.steps if _content(step.path) != step.before), None)
            raise _changed(path, root) from error
        raise HeardError(f"{_reason(error)} All files are as they were.") from error
    _close(folder, journal)


def _resume(folder: Path, root: Path) -> str:
    if not (folder / OPEN).exists():
        return ""
    journal = _read_journal(folder / OPEN, root)
    # What the killed process was writing counts for nothing.
    for parent in {step.path.parent for step in journal.steps} | {folder}:
        sweep(parent)
    foreign = _foreign(journal)
    what = f"taking back “{journal.words}”" if journal.undoes else f"“{journal.words}”"
    if not foreign:
        for step in journal.steps:
            if _content(step.path) == step.before:
                _apply(step)
        _close(folder, journal)
        return f"Finished what was interrupted: {what}."
    _take_back(journal)
    (folder / OPEN).unlink()
    named = ", ".join(_told(path, root) for path in foreign)
    return f"Interrupted, and not done: {what}. {named} was changed meanwhile and stays as it is."


def _foreign(journal: _Journal) -> list[Path]:
    """The files that a person changed before the change came to them."""
    found = [_content(step.path) for step in journal.steps]
    # Files change in order: one before a changed one was changed, too, and edited only afterwards.
    reached = max((n for n, step in enumerate(journal.steps) if found[n] == step.after), default=-1)
    return [s.path for n, s in enumerate(journal.steps) if n > reached and found[n] not in (s.before, s.after)]


def _apply(step: _Step) -> None:
    if step.before is None:
        write_new(step.path, step.after or b"", mode=step.mode)
        # Not what the mask of the user leaves of it: a file that comes back is as open as it was.
        if step.path.stat().st_mode & 0o777 != step.mode:
            step.path.chmod(step.mode)
    elif step.after is None:
        remove(step.path, step.before)
    else:
        change(step.path, step.before, step.after)


def _take_back(journal: _Journal) -> None:
    for step in reversed(journal.steps):
        if _content(step.path) == step.after:
            _apply(_turned(step))


def _turned(step: _Step) -> _Step:
    return replace(step, before=step.after, after=step.before)


def _close(folder: Path, journal: _Journal) -> None:
    """Make the journal a record. Should the disk forget this step, it is taken again, to the same end."""
    path = folder / OPEN
    try:
        if journal.undoes:
            (folder / _name(journal.undoes)).unlink(missing_ok=True)
            path.unlink()
            return
        numbers = sorted(_numbers(folder))
        path.rename(folder / _name(numbers[-1] + 1 if numbers else 1))
    except OSError as error:
        raise HeardError(f"“{journal.words}” is done, but {path} cannot be put away: {error.strerror}.") from error
    with contextlib.suppress(OSError):
        for number in numbers[: len(numbers) + 1 - KEPT] if len(numbers) >= KEPT else ():
            (folder / _name(number)).unlink()


def _numbers(folder: Path) -> list[int]:
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except FileNotFoundError:
        return []
    return [int(name[:8]) for name in names if len(name) == 13 and name[:8].isdigit() and name.endswith(".json")]


def _name(number: int) -> str:
    return f"{number:08}.json"


def _mode(one: FileChange, root: Path, private: Path) -> int:
    if one.before is not None:
        return one.path.stat().st_mode & 0o777
    path = one.path.parent.resolve()
    public = path.is_relative_to(root.resolve()) and not path.is_relative_to(private)
    return PUBLIC_MODE if public else PRIVATE_MODE


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror or error}.") from error


def _write_journal(folder: Path, root: Path, journal: _Journal) -> None:
    rows = [
        {
            "path": step.path.relative_to(root).as_posix() if step.path.is_relative_to(root) else str(step.path),
            "mode": step.mode,
            "before": _packed(step.before),
            "after": _packed(step.after),
        }
        for step in journal.steps
    ]
    table = {"format": _FORMAT, "words": journal.words, "undoes": journal.undoes, "changes": rows}
    try:
        write(folder / OPEN, json.dumps(table).encode(), mode=PRIVATE_MODE)
    except HeardError as error:
        # Whoever is told that it failed must not find it done later.
        try:
            (folder / OPEN).unlink(missing_ok=True)
        except OSError:
            raise _half_way(journal, error) from error
        raise


def _read_journal(path: Path, root: Path) -> _Journal:
    try:
        table = json.loads(path.read_bytes())
        if table["format"] != _FORMAT:
            raise HeardError(f"{path} was written by a newer heard: update heard.")
        steps = tuple(
            _Step(root / row["path"], _unpacked(row["before"]), _unpacked(row["after"]), int(row["mode"]))
            for row in table["changes"]
        )
        return _Journal(str(table["words"]), steps, int(table["undoes"]))
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise HeardError(
            f"{path} is damaged, so the change that it holds can neither be finished nor undone."
        ) from error


def _packed(content: bytes | None) -> str | None:
    return None if content is None else b64encode(content).decode()


def _unpacked(text: str | None) -> bytes | None:
    return None if text is None else b64decode(text, validate=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the one lock of all changes, so that two commands never mix theirs."""
    import fcntl

    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # What is undone is nobody's business, whatever the repository around it ignores.
            (folder / ".gitignore").write_bytes(b"*\n")
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, PRIVATE_MODE)
    except OSError as error:
        raise HeardError(f"{folder} cannot be written: {error.strerror or error}. Nothing was changed.") from error
    try:
        # Some network drives know no locks; that every file must hold what was read protects it still.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _changed(path: Path | None, root: Path) -> ChangedMeanwhileError:
    named = _told(path, root) if path else "A file"
    return ChangedMeanwhileError(f"{named} was changed meanwhile, so nothing was done. Run the command again.")


def _half_way(journal: _Journal, error: Exception) -> HeardError:
    return HeardError(
        f"“{journal.words}” stopped half-way: {_reason(error)} The next heard command finishes it or takes it back."
    )


def _told(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'} could not be saved: {error.strerror or error}."
    return str(error).removesuffix(" Nothing was changed.")
