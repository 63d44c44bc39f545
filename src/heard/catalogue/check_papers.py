"""The rules of `check` about what a paper says."""

from __future__ import annotations

from collections.abc import Iterator

from heard.base.fields import flag
from heard.base.gaps import gaps
from heard.base.text import counted
from heard.catalogue.accounts import AccountBook
from heard.catalogue.heard_from import book_of
from heard.catalogue.overlap import index, repeats
from heard.catalogue.rules import LOOK, TO_FIX, Rule, World
from heard.values import Finding, Problem, State

_LISTED = 8


def gaps_are_filled(world: World) -> Iterator[Finding]:
    """Nothing is still to be written in a published paper; a draft may have gaps, and is told how many."""
    for problem in _written(world):
        found = gaps(problem.body, problem.body_line)
        if found:
            more = [str(one.line) for one in found[1:]]
            lines = ", ".join(more[:_LISTED]) + (", …" if len(more) > _LISTED else "")
            also = f" (and line{'s' if len(more) > 1 else ''} {lines})" if more else ""
            message = f"{counted(len(found), 'gap')} to write: {found[0].asks}{also}"
            severity = TO_FIX if problem.state is State.PUBLISHED else LOOK
            yield flag(problem.place.path, found[0].line, message, "paper/gap", severity)


def nobody_is_repeated(world: World) -> Iterator[Finding]:
    """A paper has its own words, and none that a client said and did not allow."""
    papers = _written(world)
    if not papers:
        return
    heard, books = index(world.catalogue), list[AccountBook]()

    def counts_as(name: str) -> str:
        # Comparing all names takes longer than everything else here, and is seldom needed.
        books[:] = books or [book_of(world.catalogue)]
        return books[0].counts_as(name)

    for problem in papers:
        yield from repeats(problem, heard, counts_as, world.line_of)


def _written(world: World) -> tuple[Problem, ...]:
    """The papers that are, or may become, public: a retired one may be published again."""
    return tuple(p for p in world.catalogue.problems if p.body.strip() and not p.merged_into)


PAPER_RULES: tuple[Rule, ...] = (gaps_are_filled, nobody_is_repeated)
