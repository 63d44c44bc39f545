"""Changes of several files that happen whole or not at all, outlive a crash, and can be taken back.

Before a file is touched, a journal with all that the files held and shall hold is on disk. Whoever is killed
leaves it behind, and the next command finishes or takes back what it says; a change that is done leaves
it as the record that `undo` reads. A file that a person changed meanwhile is never overwritten.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from heard.base.conflicts import keep_edit
from heard.base.files import (
    PRIVATE_MODE,
    PUBLIC_MODE,
    ChangedMeanwhileError,
    change,
    discard,
    flush_folders,
    put,
    read_file,
    remove,
    stage,
    sweep,
    write,
    write_new,
)
from heard.base.journal import (
    NO_UNDO,
    OPEN,
    Journal,
    Step,
    name_of,
    numbers_in,
    older_than_last,
    read_journal,
    turned,
    write_journal,
    write_record,
)
from heard.values import FileChange, HeardError

KEPT = 1000
"""So many changes can be taken back, one after the other."""

_FEW = 20


def carry_out(folder: Path, root: Path, words: str, changes: Sequence[FileChange], *, keep: bool = True) -> None:
    """Change all the files, or none; when this returns the change is on disk and can be undone.

    `folder` keeps the journals, `root` is the workspace's folder, `words` say in the past tense what was
    done. Raises `ChangedMeanwhileError` if a file does not hold what was read, and `HeardError` if the
    disk refuses; every file is then as it was, or as a person made it. What a file that a person changed
    should have held is kept as a copy beside it, unless `keep` is off because the same can be done again.
    """
    meant = [one for one in changes if one.before != one.after]
    if len({one.path for one in meant}) < len(meant):
        raise ValueError("a file stands twice in one change")
    if not meant:
        return
    with _alone(folder):
        _resume(folder, root)
        if any(read_file(one.path) != one.before for one in meant):
            raise _changed(folder, root, meant, keep=keep)
        private = folder.parent.resolve()
        journal = Journal(words, tuple(Step(c.path, c.before, c.after, _mode(c, root, private)) for c in meant))
        write_journal(folder, root, journal)
        _go(folder, root, journal, keep=keep)


def remember(
    folder: Path, root: Path, words: str, made: Sequence[Path] = (), *, logged: bool = False, back: str = ""
) -> None:
    """Let `undo` know of something that is done already, so that it never passes over it to what is older.

    `made` are the new files, which `undo` removes again while they are as they are now; `logged` says that words
    were taken down in them. Where other files changed, `back` says in a sentence how a person takes it back.
    Raises `HeardError` if the disk refuses.
    """
    with _alone(folder):
        private = folder.parent.resolve()
        found = [FileChange(path, None, read_file(path)) for path in made]
        steps = tuple(Step(c.path, None, c.after, _mode(c, root, private)) for c in found if c.after is not None)
        numbers = sorted(numbers_in(folder))
        path = folder / name_of(numbers[-1] + 1 if numbers else 1)
        write_record(path, root, Journal(words, steps, logged=logged, back=back))
        _forget_oldest(folder, numbers)


def erase(folder: Path, root: Path, words: str, changes: Sequence[FileChange], gone: Sequence[Path]) -> None:
    """Change all the files, or none, so that nothing of what they held is left: it cannot be undone.

    When this returns, the records of all earlier changes are deleted, too, and the files and folders that are
    `gone`: caches, which nobody needs back, and folders that the change emptied. Killed half-way, it is finished or
    taken back like any other change.
    Raises as `carry_out` does.
    """
    meant = [one for one in changes if one.before != one.after]
    with _alone(folder):
        _resume(folder, root)
        if any(read_file(one.path) != one.before for one in meant):
            raise _changed(folder, root, meant, keep=False)
        private = folder.parent.resolve()
        steps = tuple(Step(c.path, c.before, c.after, _mode(c, root, private)) for c in meant)
        journal = Journal(words, steps, erases=True, gone=tuple(gone))
        write_journal(folder, root, journal)
        _go(folder, root, journal, keep=False)


def resume(folder: Path, root: Path) -> str:
    """Finish, or take back, what was interrupted; says in a sentence which of them, or nothing.

    Costs one look at the disk where nothing was interrupted. Waits for another command that is changing
    files right now.
    """
    if not (folder / OPEN).exists():
        return ""
    with _alone(folder):
        return _resume(folder, root)


def undo(folder: Path, root: Path, derived: Collection[Path] = (), *, logged: bool = False) -> str:
    """Take back the last change that was not taken back yet; what it was called.

    A file that is as it was before stays so; one of the `derived`, which a command writes from the others, stays
    if it was written anew. Raises `HeardError`, and changes nothing, if there is no change, if another of its
    files was changed since, if it can be taken back only by hand, or if it `logged` words and those are not meant.
    """
    with _alone(folder):
        _resume(folder, root)
        number = max(numbers_in(folder), default=NO_UNDO)
        if not number:
            raise HeardError("There is no change to take back.")
        done = read_journal(folder / name_of(number), root)
        if done.back or (done.logged and not logged):
            raise _not_here(folder, root, done)
        left = []
        for step in done.steps:
            content = read_file(step.path)
            if content == step.after:
                left.append(step)
            elif content != step.before and step.path not in derived:
                raise HeardError(
                    f"{_told(step.path, root)} was changed after “{done.words}”, so that cannot be taken back. "
                    "Nothing was changed. Put that file back as it was then, and run it again. Or leave all of it as "
                    f"it is: `heard undo --keep`. {older_than_last(folder, root)}"
                )
        back = Journal(done.words, tuple(turned(step) for step in reversed(left)), number)
        write_journal(folder, root, back)
        _go(folder, root, back, keep=False)
        return done.words


def leave(folder: Path, root: Path) -> str:
    """Keep the last change for good, so that `undo` goes on with the one before it; what it was called.

    Raises `HeardError` if there is none.
    """
    with _alone(folder):
        _resume(folder, root)
        number = max(numbers_in(folder), default=NO_UNDO)
        if not number:
            raise HeardError("There is no change that could be taken back.")
        path = folder / name_of(number)
        kept = read_journal(path, root)
        try:
            path.unlink()
        except OSError as error:
            raise HeardError(f"{path} cannot be deleted: {error.strerror or error}.") from error
        return kept.words


def last(folder: Path, root: Path) -> Journal:
    """What `undo` would take back; a change without words and files where there is nothing."""
    number = max(numbers_in(folder), default=NO_UNDO)
    return read_journal(folder / name_of(number), root) if number else Journal("", ())


def _go(folder: Path, root: Path, journal: Journal, *, keep: bool) -> None:
    try:
        _apply_all(journal.steps)
    except (HeardError, OSError) as error:
        try:
            _take_back(journal)
            (folder / OPEN).unlink()
        except (HeardError, OSError) as second:
            raise _half_way(journal, error) from second
        if isinstance(error, ChangedMeanwhileError | FileExistsError | FileNotFoundError):
            raise _changed(folder, root, journal.steps, keep=keep) from error
        raise HeardError(f"{_reason(error)} All files are as they were.") from error
    _close(folder, journal)


def _resume(folder: Path, root: Path) -> str:
    if not (folder / OPEN).exists():
        return ""
    journal = read_journal(folder / OPEN, root)
    # What the killed process was writing counts for nothing.
    for parent in {step.path.parent for step in journal.steps} | {folder}:
        sweep(parent)
    foreign = _foreign(journal)
    what = f"taking back “{journal.words}”" if journal.undoes else f"“{journal.words}”"
    if not foreign:
        _apply_all([step for step in journal.steps if read_file(step.path) == step.before])
        _close(folder, journal)
        return f"Finished what was interrupted: {what}."
    _take_back(journal)
    (folder / OPEN).unlink()
    named = ", ".join(_told(path, root) for path in foreign)
    return f"Interrupted, and not done: {what}. {named} was changed meanwhile and stays as it is."


def _foreign(journal: Journal) -> list[Path]:
    """The files that a person changed before the change came to them."""
    found = [read_file(step.path) for step in journal.steps]
    # Files change in order: one before a changed one was changed, too, and edited only afterwards.
    reached = max((n for n, step in enumerate(journal.steps) if found[n] == step.after), default=-1)
    return [s.path for n, s in enumerate(journal.steps) if n > reached and found[n] not in (s.before, s.after)]


def _apply_all(steps: Sequence[Step]) -> None:
    if len(steps) <= _FEW:
        for step in steps:
            _apply(step)
        return
    # Thousands of files, flushed one by one, take minutes; whole they are either way.
    staged: dict[Path, Path] = {}
    try:
        for step in steps:
            if step.after is not None:
                mode = step.mode if step.before is None else step.path.stat().st_mode & 0o777
                staged[step.path] = stage(step.path, step.after, mode)
        os.sync()
        for step in steps:
            if step.after is not None:
                put(staged[step.path], step.path, step.before)
            else:
                remove(step.path, step.before or b"", flush=False)
    finally:
        discard(staged.values())
    flush_folders(step.path for step in steps)


def _apply(step: Step) -> None:
    if step.before is None:
        write_new(step.path, step.after or b"", mode=step.mode)
        # Not what the mask of the user leaves of it: a file that comes back is as open as it was.
        if step.path.stat().st_mode & 0o777 != step.mode:
            step.path.chmod(step.mode)
    elif step.after is None:
        remove(step.path, step.before)
    else:
        change(step.path, step.before, step.after, keep=False)


def _take_back(journal: Journal) -> None:
    _apply_all([turned(step) for step in reversed(journal.steps) if read_file(step.path) == step.after])


def _close(folder: Path, journal: Journal) -> None:
    """Make the journal a record. Should the disk forget this step, it is taken again, to the same end."""
    path = folder / OPEN
    if journal.erases:
        _leave_nothing(folder, journal)
        return
    try:
        if journal.undoes:
            (folder / name_of(journal.undoes)).unlink(missing_ok=True)
            path.unlink()
            return
        numbers = sorted(numbers_in(folder))
        path.rename(folder / name_of(numbers[-1] + 1 if numbers else 1))
    except OSError as error:
        raise HeardError(f"“{journal.words}” is done, but {path} cannot be put away: {error.strerror}.") from error
    _forget_oldest(folder, numbers)


def _forget_oldest(folder: Path, before: Sequence[int]) -> None:
    """Delete the records that are too old, now that one was added to those that were there `before`, sorted."""
    with contextlib.suppress(OSError):
        for number in before[: len(before) + 1 - KEPT] if len(before) >= KEPT else ():
            (folder / name_of(number)).unlink()


def _not_here(folder: Path, root: Path, done: Journal) -> HeardError:
    """That what was done last is taken back otherwise; before anything older is touched."""
    back = done.back or "`heard undo` takes that note back."
    return HeardError(
        f"What was done last is: {done.words}. {back} Nothing was changed. To leave it as it is: "
        f"`heard undo --keep`. {older_than_last(folder, root)}"
    )


def _leave_nothing(folder: Path, journal: Journal) -> None:
    """Delete what is gone, and every record; the open journal last, so that a kill on the way is made good."""
    import shutil

    records = [path for path in folder.iterdir() if path.name not in ("lock", ".gitignore", OPEN)]
    emptied = {parent for step in journal.steps if step.after is None for parent in step.path.parents}
    try:
        for path in (*journal.gone, *records):
            if path in emptied:
                # Whatever else lies there, which nobody was asked about, stays.
                with contextlib.suppress(OSError):
                    path.rmdir()
            elif path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        flush_folders((*journal.gone, *records))
        (folder / OPEN).unlink()
        flush_folders([folder / OPEN])
    except OSError as error:
        raise HeardError(
            f"“{journal.words}” is done but for {error.filename}, which cannot be deleted: {error.strerror}. "
            "Mend that; the next heard command tries again."
        ) from error


def _mode(one: FileChange, root: Path, private: Path) -> int:
    if one.before is not None:
        return one.path.stat().st_mode & 0o777
    path = one.path.parent.resolve()
    public = path.is_relative_to(root.resolve()) and not path.is_relative_to(private)
    return PUBLIC_MODE if public else PRIVATE_MODE


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the one lock of all changes, so that two commands never mix theirs."""
    import fcntl

    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # What is undone is nobody's business, whatever the repository around it ignores.
            write(folder / ".gitignore", b"*\n", mode=PRIVATE_MODE)
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


def _changed(
    folder: Path, root: Path, meant: Sequence[FileChange] | Sequence[Step], *, keep: bool
) -> ChangedMeanwhileError:
    """What is said of files that do not hold what was read, after the edits of them were kept."""
    theirs = [one for one in meant if read_file(one.path) != one.before]
    named = _told(theirs[0].path, root) if theirs else "A file"
    said = f"{named} was changed meanwhile, so nothing was done. Run the command again."
    if not keep:
        return ChangedMeanwhileError(said)
    # What another command of ours wrote is no person's, and what this one would have done can be done again.
    ours = _written_last(folder, root)
    edits = [one for one in theirs if one.path not in ours or read_file(one.path) != ours[one.path]]
    try:
        kept = [keep_edit(one.path, one.after) for one in edits if one.after is not None and one.path.parent.is_dir()]
    except (HeardError, OSError) as error:
        return ChangedMeanwhileError(f"{said} The edit could not be kept beside it: {error}")
    if kept:
        named = "”, “".join(_told(path, root) for path in kept)
        said += f" What it should have held lies in “{named}”: delete that when it is done."
    return ChangedMeanwhileError(said)


def _written_last(folder: Path, root: Path) -> dict[Path, bytes | None]:
    """What the last change left in its files."""
    number = max(numbers_in(folder), default=NO_UNDO)
    try:
        return {step.path: step.after for step in read_journal(folder / name_of(number), root).steps}
    except HeardError:
        return {}


def _half_way(journal: Journal, error: Exception) -> HeardError:
    return HeardError(
        f"“{journal.words}” stopped half-way: {_reason(error)} The next heard command finishes it or takes it back."
    )


def _told(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'} could not be saved: {error.strerror or error}."
    return str(error).removesuffix(" Nothing was changed.")
