"""The rules of `check` about papers as wholes: long enough to teach, and no two for one search.

They judge, so all they say is worth a look unless a house gate says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from heard.base.fields import flag
from heard.base.gaps import gaps
from heard.base.text import counted
from heard.catalogue.alike import COPIED, Pair, alike
from heard.catalogue.rules import LOOK, Rule, World
from heard.values import Finding, Problem, State

FEWEST_WORDS = 300
"""Of 79 real papers the three with fewer are those that their writers call unfinished; the others have 310 to 2,800."""

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of languages that write no spaces between words; two of them count as one word."""

_NO_WORDS = re.compile(r"\]\([^()\s]*\)|<[^<>\n]*>|https?://\S+")
_NOT_OWN = re.compile(r"\s*(?:#{1,6}\s|>|\[\^[^\]\n]+\]:|Source:|\[\[quote\]\])")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def papers_teach(world: World) -> Iterator[Finding]:
    """A paper has 300 words of its own, without headings, quotations, sources and code."""
    for problem in _finished(world):
        many = own_words(problem.body)
        if many < FEWEST_WORDS:
            message = (
                f"{counted(many, 'word')} of your own; below {FEWEST_WORDS} a paper hardly teaches. Tell the cause, "
                "take one case through with numbers, and say what to do on Monday"
            )
            yield flag(problem.place.path, problem.body_line, message, "paper/thin", LOOK)


def papers_do_not_compete(world: World) -> Iterator[Finding]:
    """No two papers of a language would be found by the same search."""
    by_lang: dict[str, list[Problem]] = {}
    usual = world.catalogue.public.expert.lang
    for problem in _papers(world):
        by_lang.setdefault((problem.lang or usual).partition("-")[0].lower(), []).append(problem)
    for lang, papers in sorted(by_lang.items()):
        # What is published stands; the other one, or the later one, is told.
        papers.sort(key=lambda one: (not one.public, str(one.published or ""), one.place))
        yield from _competing(papers, alike(papers, lang), world)


def _competing(papers: Sequence[Problem], pairs: Sequence[Pair], world: World) -> Iterator[Finding]:
    told: dict[int, Pair] = {}
    more: dict[int, int] = {}
    for pair in pairs:
        if _origin(papers[pair.one]) == _origin(papers[pair.two]):
            continue
        more[pair.two] = more.get(pair.two, -1) + 1
        told.setdefault(pair.two, pair)
    for number, pair in told.items():
        one, two = papers[pair.one], papers[number]
        also = f" (and with {more[number]} more)" if more[number] else ""
        message = (
            f"competes with {one.place.path}{also}: {_why(one, two, pair)}. Make one of both, `heard merge {two.slug} "
            f"{one.slug}`, or say in title and problem what only this one answers"
        )
        yield world.say(two.place.path, "title" if two.title else "problem", message, "paper/competes", LOOK)


def _why(one: Problem, two: Problem, pair: Pair) -> str:
    if pair.copied >= COPIED:
        return f"{round(pair.copied * 100)} % of the shorter one's text stands in the other, too"
    return f"who searches for “{two.problem}” is as well served by “{one.problem}”"


def _origin(problem: Problem) -> str:
    return problem.translates or problem.slug


def _papers(world: World) -> list[Problem]:
    """What is published or being written."""
    return [
        one for one in world.catalogue.problems if one.state in (State.PUBLISHED, State.DRAFTING) and one.body.strip()
    ]


def _finished(world: World) -> list[Problem]:
    return [one for one in _papers(world) if one.public or not gaps(one.body)]


def own_words(body: str) -> int:
    """How many words a paper's writer has written into it, tables and captions included."""
    many, fence = 0, ""
    for row in body.split("\n"):
        found = _FENCE.match(row)
        if found and not fence:
            fence = found[1]
        elif found and row.strip().startswith(fence):
            fence = ""
        elif not fence and not _NOT_OWN.match(row):
            many += _words(_NO_WORDS.sub(" ", row) if "](" in row or "<" in row or "//" in row else row)
    return many


def _words(row: str) -> int:
    if row.isascii():
        return len(_WORD.findall(row))
    return len(_WORD.findall(_UNSPACED.sub(" ", row))) + len(_UNSPACED.findall(row)) // 2


TEXT_RULES: tuple[Rule, ...] = (papers_teach, papers_do_not_compete)
