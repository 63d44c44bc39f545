"""Makes two problems of one: the quotes that move are filed under a new, private problem."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from heard.base import yamlio
from heard.base.shell import command
from heard.base.text import counted, shortened
from heard.catalogue.change import new_slug
from heard.catalogue.edits import Change, Files, refiled
from heard.catalogue.heard_from import Hearing, add_up, link_targets
from heard.values import Catalogue, FileChange, HeardError, Note, Problem, Quote

FOLDER = "content/private/problems"

_SHOWN = 12
_PLACE = re.compile(r"(.+):(\d+)")


def split(
    files: Files, catalogue: Catalogue, problem: Problem, words: str, moving: Sequence[Hearing], all_: int
) -> Change:
    """The change that files some of a problem's quotes (`all_` of them) under a new one of these words.

    Raises `HeardError` if the words are taken, or if no quote would move or stay.
    """
    words = " ".join(words.split())
    slug = new_slug(catalogue, words)
    if not moving:
        raise HeardError(f"No quote of “{problem.problem}” was named, so there is nothing to split.")
    if len(moving) == all_:
        raise HeardError(
            f"These are all quotes of “{problem.problem}”, so nothing would stay: "
            f"`{command('rename', problem.slug, words)}` gives it other words."
        )
    text = f"---\nproblem: {yamlio.scalar(words)}\nslug: {slug}\n---\n"
    path = f"{FOLDER}/{slug}.md"
    if files.there(path) is not None:
        raise HeardError(f"There is {path} already. Use other words, or move that file away.")
    targets = link_targets(catalogue.problems)
    chosen = {(one.note.path, one.quote.line) for one in moving}

    def links(note: Note, quote: Quote) -> list[str]:
        here = (note.path, quote.line) in chosen
        return [link for link in quote.problems if here and targets.get(link.casefold()) == problem.slug]

    notes = tuple(refiled(files, catalogue.notes, links, slug))
    return Change(
        f"split “{words}” off “{problem.problem}”",
        (FileChange(files.root / path, None, text.encode()), *notes),
        tuple(_says(catalogue, problem, path, moving)),
    )


def _says(catalogue: Catalogue, problem: Problem, path: str, moving: Sequence[Hearing]) -> list[str]:
    companies = counted(len(add_up(moving).accounts), "company")
    says = [f"{counted(len(moving), 'quote')} from {companies} moved to {path}:"]
    says += [f"  > {shortened(one.quote.text, 90)}" for one in moving[:_SHOWN]]
    says += [f"  and {len(moving) - _SHOWN} more"] if len(moving) > _SHOWN else []
    approved = catalogue.public.approved.problems.get(problem.slug)
    if approved is not None:
        ids = {quote.id for quote in approved.quotes} & {one.quote.id for one in moving}
        shown = f", and {counted(len(ids), 'approved quote')} went with them" if ids else ""
        says.append(
            f"“{problem.problem}” is published with figures that these quotes are part of{shown}: run `heard approve` "
            "again."
        )
    return says


def named(quotes: Sequence[Hearing], names: Collection[str]) -> list[Hearing]:
    """The quotes that ids, or places such as `notes/a.md:14`, name. Raises `HeardError` for one that names none."""
    found: dict[tuple[str, int], Hearing] = {}
    for name in names:
        one = _named(quotes, name.strip().removeprefix("^"))
        found[one.note.path, one.quote.line] = one
    return list(found.values())


def _named(quotes: Sequence[Hearing], name: str) -> Hearing:
    fits = [one for one in quotes if name and one.quote.id == name]
    place = _PLACE.fullmatch(name)
    if not fits and place:
        line = int(place[2])
        fits = [one for one in quotes if one.quote.line == line and _is_path(one.note.path, place[1])]
    if len(fits) == 1:
        return fits[0]
    what = "could be several quotes" if fits else "is no quote of this problem"
    raise HeardError(f"“{name}” {what}. Name it by its id, or as PATH:LINE, as `heard split` lists them.")


def _is_path(path: str, given: str) -> bool:
    return path == given or path.endswith(f"/{given.removeprefix('./')}")
