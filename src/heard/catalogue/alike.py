"""Which papers are so alike that somebody who searches would find both, or only one of them.

Two things are compared: what the papers are called (problem, title, other wordings) and their text. Measured on 79
real papers (3,081 pairs) these bounds name two: one that is the other's variant for other readers, and one about the
same need, a fifth of which is the same words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from zlib import crc32

from heard.base.shingles import stop_words
from heard.base.similarity.bags import Bag, bag, cosine
from heard.base.text import words
from heard.values import Problem

SAME_NAME = 0.6
"""Share of the weighted words of two names that are the same (0–1); from here on they are one search."""

LIKE_NAME = 0.35
LIKE_TEXT = 0.25
"""Names that are this near are one search only if the papers' words are this near, too (cosine, 0–1)."""

COPIED = 0.2
"""Share of the shorter paper's runs of five words that stand in the other one, too."""

_RUN = 5
_SAMPLE = 4
"""One run in so many is looked at: those that begin with one word in so many."""

_FEWEST_RUNS = 8
_STEM = 5
_FRAME = frozenset({
    "avoid", "despite", "end", "ends", "fix", "guide", "help", "improve", "keep", "make", "prevent", "reduce", "solve",
    "stop", "tips", "ways", "without",
})  # fmt: skip
"""Words that titles wrap around a problem."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that are alike: their numbers in the list, and how alike names and runs of words are (0–1)."""

    one: int
    two: int
    names: float
    copied: float

    @property
    def strength(self) -> float:
        """How alike they are in what they are most alike in."""
        return max(self.names, self.copied)


def alike(papers: Sequence[Problem], lang: str) -> tuple[Pair, ...]:
    """The pairs of papers, all of this language, that compete; the most alike first."""
    named = _named(papers, stop_words(lang) | _FRAME)
    copied = _copied([paper.body for paper in papers])
    bags: list[Bag] = []
    found = []
    for one, two in sorted(named.keys() | copied.keys()):
        names, copies = named.get((one, two), 0.0), copied.get((one, two), 0.0)
        near = names >= SAME_NAME or copies >= COPIED
        if not near and names >= LIKE_NAME:
            bags = bags or _bags([paper.body for paper in papers])
            near = cosine(bags[one], bags[two]) >= LIKE_TEXT
        if near:
            found.append(Pair(one, two, round(names, 2), round(copies, 2)))
    return tuple(sorted(found, key=lambda pair: (-pair.strength, pair.one, pair.two)))


def _named(papers: Sequence[Problem], stop: frozenset[str]) -> Mapping[tuple[int, int], float]:
    """How near the names of two papers are, where they are near; papers for different industries are not compared."""
    names = [_names_of(paper, stop) for paper in papers]
    spread = Counter(stem for some in names for stem in frozenset().union(*some))
    weight = {stem: math.log((1 + len(papers)) / (1 + many)) + 1 for stem, many in spread.items()}
    # What stands in a tenth of all names tells nobody apart; without it not every pair has to be looked at.
    telling = {stem for stem, many in spread.items() if many <= max(10, len(papers) // 10)}
    found: dict[tuple[int, int], float] = {}
    for one, two in _meeting([frozenset().union(*some) & telling for some in names]):
        if _same_people(papers[one], papers[two]):
            near = max((_shared(a, b, weight) for a in names[one] for b in names[two]), default=0.0)
            if near >= LIKE_NAME:
                found[one, two] = near
    return found


def _names_of(paper: Problem, stop: frozenset[str]) -> tuple[frozenset[str], ...]:
    said = dict.fromkeys((paper.problem, paper.title, *paper.aliases))
    stems = (frozenset(word[:_STEM] for word in words(name) if word not in stop) for name in said)
    return tuple(some for some in stems if some)


def _same_people(one: Problem, two: Problem) -> bool:
    return not one.industries or not two.industries or bool({*one.industries} & {*two.industries})


def _meeting(sets: Sequence[frozenset[str]]) -> Iterable[tuple[int, int]]:
    """The pairs of sets that have something in common."""
    holders: dict[str, list[int]] = {}
    for number, some in enumerate(sets):
        for one in some:
            holders.setdefault(one, []).append(number)
    return {pair for held in holders.values() for pair in combinations(held, 2)}


def _shared(one: frozenset[str], two: frozenset[str], weight: Mapping[str, float]) -> float:
    return sum(weight[stem] for stem in one & two) / sum(weight[stem] for stem in one | two)


def _copied(texts: Sequence[str]) -> Mapping[tuple[int, int], float]:
    """How much of the shorter of two texts stands in the other, where it is enough to tell."""
    runs = [frozenset(_runs(text)) for text in texts]
    holders: dict[int, list[int]] = {}
    for number, some in enumerate(runs):
        for run in some:
            holders.setdefault(run, []).append(number)
    # What many papers have is a form that they were written into.
    most = max(3, len(texts) // 10)
    own = Counter(number for held in holders.values() if len(held) <= most for number in held)
    shared = Counter(pair for held in holders.values() if 1 < len(held) <= most for pair in combinations(held, 2))
    return {
        (one, two): many / min(own[one], own[two])
        for (one, two), many in shared.items()
        if many >= _FEWEST_RUNS and many >= COPIED * min(own[one], own[two])
    }


def _runs(text: str) -> Iterator[int]:
    spoken = [_number(word) for word in _WORD.findall(text.casefold())]
    for at in range(len(spoken) - _RUN + 1):
        if spoken[at] % _SAMPLE == 0:
            # Numbers hash alike in every process, words do not.
            yield hash(tuple(spoken[at : at + _RUN]))


@lru_cache(maxsize=65536)
def _number(word: str) -> int:
    return crc32(word.encode())


def _bags(texts: Sequence[str]) -> list[Bag]:
    """Texts as weighted words."""
    counts = [Counter(word[: _STEM + 1] for word in _WORD.findall(text.casefold()) if len(word) > 2) for text in texts]
    spread = Counter(word for some in counts for word in some)
    weight = {word: math.log((1 + len(texts)) / (1 + many)) + 0.3 for word, many in spread.items()}
    return [bag({word: (1 + math.log(many)) * weight[word] for word, many in some.items()}) for some in counts]
