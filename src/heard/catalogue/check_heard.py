"""The rules of `check` about papers and what was heard: what many say has a paper, and a paper somebody who said it.

They need the private side; without it nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.base.text import counted
from heard.catalogue.ranked import Ranked
from heard.catalogue.rules import LOOK, World
from heard.values import Finding, State

OFTEN = 6
"""Heard from so many companies a problem is the market's: the second step at which a figure may be published.

From the first, three, `heard next` proposes it.
"""

_ONE_BY_ONE = 5


def often_heard_is_answered(world: World, ranked: Sequence[Ranked]) -> Iterator[Finding]:
    """A problem that many companies told of, none of them one that is not served, has a paper, or one is begun."""
    for one in ranked:
        served = len(one.companies) - one.turned_down
        if one.problem.state is State.COLLECTING and served >= OFTEN:
            message = (
                f"heard from {counted(served, 'company')}, and no paper answers it: `heard draft {one.problem.slug}`"
            )
            yield world.say(one.problem.place.path, "problem", message, "problem/unanswered", LOOK)


def papers_answer_somebody(world: World, ranked: Sequence[Ranked]) -> Iterator[Finding]:
    """Somebody's words stand behind a published paper: a quote in a note, or one that was approved."""
    if world.unread:
        return
    bare = [one.problem for one in ranked if one.problem.public and one.problem.body.strip() and not _is_heard(one)]
    bare.sort(key=lambda problem: problem.place)
    each = bare if len(bare) <= _ONE_BY_ONE else bare[:1]
    others = f", nor behind {len(bare) - 1} more" if len(each) < len(bare) else ""
    for problem in each:
        message = (
            f"nobody's words stand behind this paper{others}: file what was said under it with `[[{problem.slug}]]`, "
            "or ask the next three companies"
        )
        yield world.say(problem.place.path, "problem", message, "problem/unheard", LOOK)


def _is_heard(one: Ranked) -> bool:
    return bool(one.quotes or one.shown)
