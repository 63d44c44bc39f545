"""Sentences of a text, and how hard they are to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from heard.write.prose.markdown import PROSE, Kind, Prose
from heard.write.prose.words import Lists, lists

_END = re.compile(r"[.!?…]+[)\]\"”’»*_\0]*(?=\s|$)")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[’'\-‐‑][^\W_]+)*")
_BEFORE = re.compile(r"(?<![’'\w])(?<!\d[ \u00a0])(?:[^\W_]\.[ \u00a0]?)*[^\W_]+$")
_FRAGMENT = 6
"""An item of a list without a full stop is no sentence below so many words."""
_LONG = 6
"""Words of more letters are long for LIX (Björnsson, 1968)."""

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|[^aeiouysxzcgh]es|[^aeiouy]e(?:ful|ly|ment|ments|less))$"
)
_APART = re.compile(
    r"(?<![csgtx])ia|(?<![aeiou])io(?![nu])|eo(?!u)|isms?$|iu|ua(?!r)|[aeiou]ing$|eat(?:e[ds]?|ing|ion)$|iet|rior"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its offsets in the whole text, and its words."""

    start: int
    end: int
    words: tuple[str, ...]


def sentences(text: Prose, known: Lists) -> tuple[Sentence, ...]:
    """The sentences of a text's paragraphs and lists; fragments such as the names in a list are none."""
    some = (block for block in text.blocks if block.kind in PROSE)
    return tuple(one for block in some for one in of_block(text, block.start, block.end, known, block.kind))


def of_block(text: Prose, start: int, end: int, known: Lists, kind: Kind = Kind.PARAGRAPH) -> Iterator[Sentence]:
    """The sentences between two offsets."""
    for one in _sentences(text.shown[start:end], known.lang, kind is Kind.ITEM):
        yield replace(one, start=start + one.start, end=start + one.end)


@lru_cache(maxsize=1024)
def _sentences(shown: str, lang: str, item: bool) -> tuple[Sentence, ...]:
    # Each rule asks for them anew, of one text after the other.
    known, found = lists(lang), []
    assert known is not None
    for start, end in _bounds(shown, known):
        words = tuple(_WORD.findall(shown[start:end]))
        ended = shown[start:end].rstrip('*_\0)”"’ ')[-1:] in (".", "!", "?", "…")
        if words and (ended or len(words) >= _FRAGMENT or not item):
            found.append(Sentence(start, end, words))
    return tuple(found)


def _bounds(shown: str, known: Lists) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _END.finditer(shown):
        if found.end() < len(shown) and not _ends(shown, found, at, known):
            continue
        yield _trimmed(shown, at, found.end())
        at = found.end()
    if shown[at:].strip(" \n\t\0"):
        yield _trimmed(shown, at, len(shown))


def _ends(shown: str, found: re.Match[str], at: int, known: Lists) -> bool:
    """Whether a mark ends a sentence: not behind an abbreviation, nor before a small letter."""
    after = shown[found.end() : found.end() + 8].lstrip().lstrip('*_(["“„«‘')
    if after[:1].islower():
        return False
    if found[0][0] != ".":
        return True
    before = _BEFORE.search(shown, max(at, found.start() - 20), found.start())
    word = before[0] if before else ""
    if word.isdecimal():
        return not (known.ordinal_dot and len(word) < 3)
    initial = word.rpartition(".")[2].strip()
    return word.casefold() not in known.abbreviations and (len(initial) != 1 or initial == "I")


def _trimmed(shown: str, start: int, end: int) -> tuple[int, int]:
    return start + len(shown[start:end]) - len(shown[start:end].lstrip()), end


def mean_length(some: Iterable[Sentence]) -> float:
    """Words in a sentence, on average; 0 for none."""
    sizes = [len(one.words) for one in some]
    return sum(sizes) / len(sizes) if sizes else 0.0


def grade(some: Iterable[Sentence], scale: str) -> float:
    """How hard sentences are: the school year of Flesch-Kincaid (Kincaid and others, 1975), or LIX; 0 for none."""
    several = list(some)
    words = [word for one in several for word in one.words if not word[0].isdigit()]
    if not words:
        return 0.0
    length = sum(len(one.words) for one in several) / len(several)
    if scale == "lix":
        return length + 100 * sum(len(word) > _LONG for word in words) / len(words)
    return 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """The syllables of an English word by its spelling.

    Against the CMU dictionary the mean of a running text is 0.7 % low, which is 0.15 of a school year.
    """
    letters = word.casefold().replace("’", "").replace("'", "")
    count = len(_VOWELS.findall(letters))
    if count > 1 and _SILENT.search(letters):
        count -= 1
    return max(1, count + len(_APART.findall(letters)))
