"""The journal of a change of several files: what each held and shall hold, on disk before a file is touched."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path

from heard.base.files import PRIVATE_MODE, write
from heard.values import HeardError

OPEN = "open.json"
"""The journal of the change that is under way; while nothing is, no file has this name."""

_FORMAT = 1
NO_UNDO = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A file of a change, with the rights that it has or shall have."""

    path: Path
    before: bytes | None
    after: bytes | None
    mode: int


@dataclass(frozen=True, slots=True)
class Journal:
    """A change: what it is called, its files in order, and the number of the change that it takes back.

    One that `erases` leaves no record behind, neither its own nor an earlier one, and deletes what is `gone`: files
    and folders that nobody needs back. One that was `logged` made the files of words that somebody took down; one
    with a way `back`, a sentence, was made by other means, and is taken back by hand alone.
    """

    words: str
    steps: tuple[Step, ...]
    undoes: int = NO_UNDO
    erases: bool = False
    gone: tuple[Path, ...] = ()
    logged: bool = False
    back: str = ""


def turned(step: Step) -> Step:
    """The step back."""
    return replace(step, before=step.after, after=step.before)


def numbers_in(folder: Path) -> list[int]:
    """The numbers of the changes that can be undone, in no order."""
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except FileNotFoundError:
        return []
    return [int(name[:8]) for name in names if len(name) == 13 and name[:8].isdigit() and name.endswith(".json")]


def name_of(number: int) -> str:
    """The file of the change with this number."""
    return f"{number:08}.json"


def write_journal(folder: Path, root: Path, journal: Journal) -> None:
    """Put the journal of a change that is about to begin on disk. Raises `HeardError`; then none is left."""
    try:
        write_record(folder / OPEN, root, journal)
    except HeardError as error:
        # Whoever is told that it failed must not find it done later.
        try:
            (folder / OPEN).unlink(missing_ok=True)
        except OSError:
            raise HeardError(
                f"{error} The next heard command will find “{journal.words}” half-way, and finish it or take it back."
            ) from error
        raise


def write_record(path: Path, root: Path, journal: Journal) -> None:
    """Put a journal on disk under this name. Raises `HeardError` if the disk refuses."""
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
    if journal.erases:
        table |= {"erases": True, "gone": [str(path) for path in journal.gone]}
    if journal.logged:
        table["logged"] = True
    if journal.back:
        table["back"] = journal.back
    write(path, json.dumps(table).encode(), mode=PRIVATE_MODE)


def read_journal(path: Path, root: Path) -> Journal:
    """The journal of a file. Raises `HeardError` if it cannot be read."""
    try:
        table = json.loads(path.read_bytes())
        if table["format"] != _FORMAT:
            raise HeardError(f"{path} was written by a newer heard: update heard.")
        steps = tuple(
            Step(root / row["path"], _unpacked(row["before"]), _unpacked(row["after"]), int(row["mode"]))
            for row in table["changes"]
        )
        gone = tuple(Path(path) for path in table.get("gone", ()))
        return Journal(
            words=str(table["words"]),
            steps=steps,
            undoes=int(table["undoes"]),
            erases=bool(table.get("erases")),
            gone=gone,
            logged=bool(table.get("logged")),
            back=str(table.get("back", "")),
        )
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise HeardError(
            f"{path} is damaged, so the change that it holds can neither be finished nor undone. "
            "Move that file out of its folder, then see what `heard check` says."
        ) from error


def older_than_last(folder: Path, root: Path) -> str:
    """What `undo` comes to where the last change is left, in a sentence."""
    numbers = sorted(numbers_in(folder))
    if len(numbers) < 2:
        return "Nothing was done before it that could be taken back."
    older = read_journal(folder / name_of(numbers[-2]), root)
    return f"`heard undo` then goes on with what came before it: {older.words}."


def _packed(content: bytes | None) -> str | None:
    return None if content is None else b64encode(content).decode()


def _unpacked(text: str | None) -> bytes | None:
    return None if text is None else b64decode(text, validate=True)
