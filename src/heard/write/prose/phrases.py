"""Phrases of a list, found in a text: whole words, in one sentence, however they are joined or marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*|#(?=\d)")
# What may stand between two words of one phrase: never a mark that ends a clause, nor something left out.
_BETWEEN = re.compile(r"[\s\-‐‑–*_%.]*")
_KEY = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: its group, how the list has it, and the offsets of its words in the text."""

    group: str
    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by the beginning of their first word, the longest first; a group without a name is an exception."""

    by_start: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return tuple(Word(_folded(found[0]), found.start(), found.end()) for found in WORD.finditer(text))


def phrases(listed: Iterable[tuple[str, str]]) -> Phrases:
    """Phrases with their group's name, ready to be looked for; `*` behind three letters or more is any ending."""
    starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, group in listed:
        parts = tuple(_folded(part) for part in re.findall(rf"(?:{WORD.pattern})\*?", phrase))
        if parts:
            starts.setdefault(parts[0].rstrip("*")[:_KEY], []).append((parts, group))
    longest = {key: tuple(sorted(some, key=lambda one: (-len(one[0]), one))) for key, some in starts.items()}
    return Phrases(longest)


def find(text: str, spoken: Sequence[Word], wanted: Phrases) -> Iterator[Hit]:
    """Every phrase in a text of which these are the words; of phrases that overlap, the first and longest."""
    at = 0
    while at < len(spoken):
        parts, group = _longest(text, spoken, at, wanted)
        length = len(parts)
        if group:
            yield Hit(group, " ".join(parts), spoken[at].start, spoken[at + length - 1].end)
        at += length or 1


def holds(text: str, wanted: Phrases) -> bool:
    """Whether any phrase stands in a text."""
    return any(True for _ in find(text, words(text), wanted))


def _longest(text: str, spoken: Sequence[Word], at: int, wanted: Phrases) -> tuple[tuple[str, ...], str]:
    for parts, group in wanted.by_start.get(spoken[at].text[:_KEY], ()):
        if at + len(parts) <= len(spoken) and _is_here(text, spoken, at, parts):
            return parts, group
    return (), ""


def _is_here(text: str, spoken: Sequence[Word], at: int, parts: tuple[str, ...]) -> bool:
    for place, part in enumerate(parts, at):
        word = spoken[place].text
        if not (word.startswith(part[:-1]) if part.endswith("*") else word == part):
            return False
        if place > at and not _joined(text, spoken[place - 1], spoken[place]):
            return False
    return True


def _joined(text: str, one: Word, other: Word) -> bool:
    """Whether two words may be of one phrase: a full stop only joins what is an abbreviation."""
    gap = text[one.end : other.start]
    return bool(_BETWEEN.fullmatch(gap)) and ("." not in gap or len(one.text) < _KEY)


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")
