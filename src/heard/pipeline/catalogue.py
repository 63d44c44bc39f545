"""The story of the catalogue: read everything, and count it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from heard.base.text import fold
from heard.catalogue.accounts import AccountBook
from heard.catalogue.copies import unread
from heard.catalogue.heard_from import HeardFrom, Hearing, add_up, book_of, hearings
from heard.catalogue.match import find_problem
from heard.catalogue.read import read_catalogue
from heard.values import Catalogue, Finding, HeardError, Note, Problem, State
from heard.workspace import Workspace

__all__ = [
    "Hearing",
    "ProblemRow",
    "Read",
    "one_problem",
    "read",
    "rows",
    "unread",
]


@dataclass(frozen=True, slots=True)
class Read:
    """A workspace that was read: the catalogue, who counts as whom, and every problem's quotes."""

    catalogue: Catalogue
    book: AccountBook
    hearings: Mapping[str, tuple[Hearing, ...]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One line of the catalogue: the problem and its figures, this month's notes included."""

    problem: Problem
    heard: HeardFrom


def read(workspace: Workspace) -> Read:
    """Read the whole workspace."""
    catalogue, findings = read_catalogue(workspace)
    book = book_of(catalogue)
    return Read(catalogue, book, hearings(catalogue, book), findings)


def rows(found: Read) -> tuple[ProblemRow, ...]:
    """All problems of the catalogue, most heard first; merged ones are left out."""
    living = [p for p in found.catalogue.problems if p.state is not State.MERGED]
    listed = [ProblemRow(p, add_up(found.hearings.get(p.slug, ()))) for p in living]
    return tuple(sorted(listed, key=lambda row: (-len(row.heard.accounts), -row.heard.quotes, row.problem.slug)))


def one_problem(found: Read, words: str) -> tuple[ProblemRow, tuple[Hearing, ...]]:
    """The problem that the words mean, with its figures and quotes, oldest first."""
    problem = find_problem(words, found.catalogue.problems)
    quotes = found.hearings.get(problem.slug, ())
    return ProblemRow(problem, add_up(quotes)), quotes


def search_notes(found: Read, words: str) -> tuple[Note, ...]:
    """The notes that hold every one of the words, newest first; all notes for no words."""
    wanted = fold(words).split()
    kept = (
        [note for note in found.catalogue.notes if all(word in _folded(note) for word in wanted)]
        if wanted
        else found.catalogue.notes
    )
    return tuple(reversed(kept))


def _folded(note: Note) -> str:
    parts = [note.path, note.account, note.person, note.role, note.industry, note.rest]
    for quote in note.quotes:
        parts += [quote.text, quote.account, quote.person, *quote.problems, *quote.tags]
    return fold("\n".join(parts))


def need_private(workspace: Workspace, command: str) -> None:
    """Raise `HeardError` if the private side is not on this machine."""
    if not workspace.private.exists:
        raise HeardError(f"`heard {command}` needs content/private, which is not here. Nothing was written.")
