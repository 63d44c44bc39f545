"""The story of the catalogue: read everything, count it, and say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from heard.base.fields import sorted_findings
from heard.base.files import sweep
from heard.base.text import fold
from heard.catalogue.accounts import AccountBook
from heard.catalogue.check import check as check_catalogue
from heard.catalogue.copies import lying_about, unread
from heard.catalogue.heard_from import HeardFrom, Hearing, add_up, book_of, hearings
from heard.catalogue.match import find_problem
from heard.catalogue.read import read_catalogue
from heard.catalogue.rules import line_finder
from heard.pipeline import gates, prose
from heard.pipeline.known import read_exceptions
from heard.pipeline.naming import names_in
from heard.pipeline.searched import found_by_searchers, site_url_of
from heard.publish import brand
from heard.publish.papers import papers
from heard.values import Catalogue, Finding, HeardError, Note, Problem, State
from heard.workspace import Workspace

__all__ = [
    "Hearing",
    "ProblemRow",
    "Read",
    "check",
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


def check(workspace: Workspace, today: date) -> tuple[Read, tuple[Finding, ...]]:
    """Everything that is wrong with the workspace's files."""
    # What a killed process left half-written holds private words, and counts for nothing.
    for folder in workspace.private.folders:
        sweep(folder)
    found = read(workspace)
    catalogue = found.catalogue
    made, in_papers = papers(
        catalogue.public, site_url="", content=workspace.public.content, today=today, drafts=catalogue.drafts
    )
    line_of = line_finder(workspace.root)
    together = check_catalogue(catalogue, today, found.findings, line_of, names_in(catalogue, found.book))
    _, in_allowed = read_exceptions(workspace.public)
    folders = dict.fromkeys((workspace.public.content, *workspace.private.folders[1:]))
    beside = [one for path in folders for one in lying_about(path, workspace.public.relative, found.findings)]
    in_prose = prose.look_through(workspace, catalogue)
    site_url = site_url_of(workspace.public)
    searched = found_by_searchers(workspace.public, catalogue.public, site_url)
    in_brand = brand.findings(catalogue.public.expert, line_of)
    looked_at = gates.look_through(
        workspace,
        catalogue,
        found.hearings,
        found.book,
        made,
        found=found.findings,
        site_url=site_url,
        line_of=line_of,
        today=today,
    )
    told = [*found.findings, *together, *in_papers, *in_allowed, *beside, *searched, *in_brand, *looked_at]
    return found, sorted_findings([*gates.held(told, catalogue), *in_prose])


def online(workspace: Workspace, found: Read) -> tuple[tuple[Finding, ...], str]:
    """What is wrong with the addresses that public texts lead out to, which are asked; and how many are."""
    from heard.pipeline import outward

    public = found.catalogue.public
    told = outward.ask_all(outward.places(workspace.public, public, site_url_of(workspace.public)))
    return tuple(gates.held(told.findings, found.catalogue)), told.sentence


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
