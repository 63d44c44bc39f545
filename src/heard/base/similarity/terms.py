"""Texts as weighted terms: words, pairs of words, and parts of words, each known by a number.

The numbers are hashes, so that no list of words is kept and a query needs nothing but the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from heard.base.text import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint32]
    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

WORD = 1 << 31
"""Numbers from here on are words and pairs; below are parts of words. The two are weighed apart."""

_MANY = 1_000
"""From so many texts on, a term must occur in several of them to count."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that count, ascending, and how much each says: more the fewer texts have it."""

    terms: Numbers
    weights: Floats


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts as sparse unit rows: text `at` has `values[starts[at]:starts[at + 1]]` in those `columns`.

    `unknown` is the part (0–1) of each text's words and pairs that the vocabulary does not have.
    """

    starts: Integers
    columns: Integers
    values: Floats
    unknown: Floats


def learnt(texts: Sequence[str]) -> tuple[Vocabulary, Rows]:
    """The terms of some texts with their weights (smoothed inverse document frequency), and the texts by them."""
    import numpy as np

    counted = _counted(texts)
    found, spread = np.unique(counted[1], return_counts=True)
    if len(texts) >= _MANY:
        enough = spread >= np.where(found >= WORD, 2, 3)
        found, spread = found[enough], spread[enough]
    weights = np.log((1 + len(texts)) / (1 + spread)) + 1
    known = Vocabulary(found, weights.astype(np.float32))
    return known, _rows(len(texts), *counted, known)


def rows(texts: Sequence[str], known: Vocabulary) -> Rows:
    """The texts by the terms of the vocabulary; words and parts of words have half of the length each."""
    return _rows(len(texts), *_counted(texts), known)


def _rows(count: int, texts_at: Integers, terms: Numbers, counts: Integers, known: Vocabulary) -> Rows:
    import numpy as np

    columns = np.searchsorted(known.terms, terms)
    inside = columns < len(known.terms)
    inside[inside] = known.terms[columns[inside]] == terms[inside]
    unknown = _share(texts_at[terms >= WORD], ~inside[terms >= WORD], count)
    texts_at, columns, counts, word = texts_at[inside], columns[inside], counts[inside], terms[inside] >= WORD
    values = (1 + np.log(counts)) * known.weights[columns]
    for half in (word, ~word):
        size = np.sqrt(np.bincount(texts_at[half], values[half] ** 2, minlength=count))
        values[half] /= size[texts_at[half]]
    size = np.sqrt(np.bincount(texts_at, values**2, minlength=count))
    values /= size[texts_at]
    starts = np.concatenate([[0], np.cumsum(np.bincount(texts_at, minlength=count))])
    return Rows(starts, columns, values.astype(np.float32), unknown)


def _share(texts_at: Integers, true: NDArray[np.bool_], count: int) -> Floats:
    """The part of each text's entries that are true; 0 for a text without any."""
    import numpy as np

    share: Floats = np.bincount(texts_at[true], minlength=count) / np.bincount(texts_at, minlength=count).clip(1)
    return share.astype(np.float32)


def _counted(texts: Sequence[str]) -> tuple[Integers, Numbers, Integers]:
    """Every text's number with each of its terms, once, and how often it has it."""
    import numpy as np

    found = [_terms(text) for text in texts]
    lengths = np.array([len(some) for some in found], dtype=np.int64)
    flat = np.fromiter((term for some in found for term in some), dtype=np.uint64, count=int(lengths.sum()))
    keys = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths) << np.uint64(32) | flat
    pairs, counts = np.unique(keys, return_counts=True)
    return (pairs >> np.uint64(32)).astype(np.int64), pairs.astype(np.uint32), counts


def _terms(text: str) -> list[int]:
    spoken = words(text)
    pairs = [f"{one} {two}" for one, two in pairwise(spoken)]
    return [crc32(term.encode()) | WORD for term in (*spoken, *pairs)] + [
        part for one in spoken for part in _parts(one)
    ]


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[int, ...]:
    """Three to five letters that follow each other, the word's borders among them; two in other scripts."""
    bordered = f" {word} "
    shortest = 3 if word.isascii() else 2
    parts = [
        bordered[at : at + length]
        for length in range(shortest, min(shortest + 3, len(bordered) + 1))
        for at in range(len(bordered) - length + 1)
    ]
    return tuple(crc32(part.encode()) & (WORD - 1) for part in parts)
