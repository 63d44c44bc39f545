"""Which papers belong beside a paper: those that speak of the same things, in the reader's language."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from heard.base.shingles import stop_words
from heard.base.similarity.bags import Bag, bag
from heard.base.text import words
from heard.values import Paper

STEM = 5
"""So many letters tell one word from another: `battery` and `batteries` are one."""

OF_THE_TRADE = 2.0
"""How much more a word of an industry's vocabulary weighs."""


def related(papers: Sequence[Paper], vocabulary: Collection[str], most: int) -> Mapping[str, tuple[str, ...]]:
    """For each paper's slug those of at most `most` others, nearest first.

    Near is what shares words that few papers have. Where that leaves room, papers for the same industries follow, in
    the order of `papers`. A translation stands for its original in its own language; drafts are near to nothing.
    """
    shown = [paper for paper in papers if not paper.draft]
    bags = _bags(shown, {_stem(word) for phrase in vocabulary for word in words(phrase)})
    holders = defaultdict(list)
    for at, some in enumerate(bags):
        for word in some:
            holders[word].append(at)
    places = {paper.slug: at for at, paper in enumerate(shown)}
    found = {}
    for paper in papers:
        own = places.get(paper.slug)
        near = _near(bags[own], bags, holders) if own is not None else {}
        found[paper.slug] = tuple(other.slug for other in _ranked(paper, shown, near)[:most])
    return found


def _ranked(paper: Paper, shown: Sequence[Paper], near: Mapping[int, float]) -> list[Paper]:
    """The others, each problem once: by their words, then by the industries that they share."""
    mine = set(paper.industries)
    keyed = []
    for at, other in enumerate(shown):
        likeness, shared = near.get(at, 0.0), len(mine & set(other.industries))
        if _problem(other) != _problem(paper) and (likeness or shared):
            keyed.append(((-round(likeness, 6), -shared, at), other))
    versions: dict[str, Paper] = {}
    for _, other in sorted(keyed, key=lambda pair: pair[0]):
        if _problem(other) not in versions or (other.lang == paper.lang != versions[_problem(other)].lang):
            versions[_problem(other)] = other
    return list(versions.values())


def _near(own: Bag, bags: Sequence[Bag], holders: Mapping[str, Sequence[int]]) -> Mapping[int, float]:
    """The cosine of a bag with each that shares a word with it."""
    found: dict[int, float] = defaultdict(float)
    for word, weight in own.items():
        for at in holders[word]:
            found[at] += weight * bags[at][word]
    return found


def _bags(papers: Sequence[Paper], trade: Collection[str]) -> list[Bag]:
    """Each paper's words: the rarer one is, the more it weighs."""
    spoken = [sorted(_words(paper)) for paper in papers]
    spread = Counter(word for some in spoken for word in some)
    weight = {
        word: math.log(len(papers) / many) * (OF_THE_TRADE if word in trade else 1.0)
        for word, many in spread.items()
        if 1 < many < len(papers)
    }
    return [bag({word: weight[word] for word in some if word in weight}) for some in spoken]


def _words(paper: Paper) -> set[str]:
    text = " ".join((paper.problem, paper.title, paper.answer, paper.description, *paper.aliases))
    empty = {stop for word in stop_words(paper.lang or "en") for stop in words(word)}
    return {_stem(word) for word in words(text) if word not in empty and len(word) > 2}


def _stem(word: str) -> str:
    return word[:STEM].rstrip("s")


def _problem(paper: Paper) -> str:
    return paper.translates or paper.slug
