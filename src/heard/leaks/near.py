"""Which words of a text are nearly those of a name: typing errors, inflections, other transcriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

NEAR = 85.0
"""Words at or above this similarity (0-100) may be the same."""

_SLIP = 75.0
_SHORTEST = 4
_LONGEST = 40
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all names, and those that begin or end alike.

    A word that is similar enough begins or ends with the same letters: three of them, two where it is short.
    """

    words: frozenset[str]
    beginning: Mapping[str, tuple[str, ...]]
    ending: Mapping[str, tuple[str, ...]]


def vocabulary(words: Iterable[str]) -> Vocabulary:
    """The vocabulary of these words, folded to lower case."""
    known = frozenset(words)
    beginning: dict[str, list[str]] = {}
    ending: dict[str, list[str]] = {}
    for word in sorted(known):
        if _SHORTEST <= len(word) <= _LONGEST:
            size = 3 if len(word) >= _SHORT else 2
            beginning.setdefault(word[:size], []).append(word)
            ending.setdefault(word[-size:], []).append(word)
    return Vocabulary(known, _frozen(beginning), _frozen(ending))


def similar(word: str, known: Vocabulary) -> Sequence[str]:
    """The known words that this one is similar to, itself not among them."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    # Two letters are looked up for short words only; those of the text may be one or two longer than the name's.
    sizes = (2, 3) if len(word) <= _SHORT + 1 else (3,)
    found: dict[str, None] = {}
    for size in sizes:
        for some in (known.beginning.get(word[:size]), known.ending.get(word[-size:])):
            if some:
                found |= dict.fromkeys(_close(word, some))
    found.pop(word, None)
    return tuple(found)


def _close(word: str, some: Sequence[str]) -> Iterator[str]:
    extract, ratio, slips = _measures()
    for name, score, _ in extract(word, some, scorer=ratio, score_cutoff=_SLIP, limit=None):
        # In a short word, one slip of the finger costs more than the similarity allows.
        if score >= NEAR or (len(name) > _SHORTEST and slips(word, name, score_cutoff=1) <= 1):
            yield name


@cache
def _measures() -> tuple[Callable[..., Any], Callable[..., float], Callable[..., int]]:
    # Imported when first needed, and not again for each word.
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    return process.extract, fuzz.ratio, OSA.distance


def _frozen(some: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {affix: tuple(words) for affix, words in some.items()}
