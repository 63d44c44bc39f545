"""Numbers that claim something (shares, money, multiples, so many of so many), and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from heard.write.prose.markdown import PROSE, Block, Kind, Prose
from heard.write.prose.phrases import find, holds
from heard.write.prose.phrases import words as phrase_words
from heard.write.prose.sentences import Sentence, of_block
from heard.write.prose.words import Lists, headed, lists

EXEMPT = frozenset({"example", "know", "monday"})
"""Sections whose figures are given, explained or still to be found."""

_FOLD = ("fold", "fach")
_WHOLE = frozenset({0.0, 100.0})
_NEAR = 40
_NUMBER = r"(?<![\w.,])\d{1,15}(?:[., \u00a0\u202f]\d{3})*(?:[.,]\d{1,9})?"
_ANY = re.compile(r"\d{1,15}(?:[., \u00a0\u202f]\d{3})*(?:[.,]\d{1,9})?")
_BEHIND = re.compile(r"\[\^|\]\(|\]\[|https?://|\[\[(?!quote\]\])")
_STANDARD = re.compile(r"\b(?:ISO|IEC|EN|DIN|ANSI|ASTM|IEEE|NIST|OSHA|VDI|BS|RFC)[ -]\d")
_CHART = re.compile(r"(?:`{3,}|~{3,})[ \t]*chart[ \t]*\n(?:.*\n)*?source:[ \t]*\S")
"""A chart that says where its figures are from."""

_ARITHMETIC = re.compile(r"[=×÷]|\d[ \u00a0][+−*/][ \u00a0]\d")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that claims something: its offset, its words, and its values."""

    start: int
    words: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    simple: re.Pattern[str]
    parts: re.Pattern[str]
    of_many: frozenset[str]
    values: Mapping[str, int]


def unsupported(text: Prose, known: Lists, elsewhere: frozenset[float] = frozenset()) -> tuple[Claim, ...]:
    """The claims that nothing stands behind, in order.

    Behind a claim stands a footnote, a link, a standard or a sum in its paragraph, a word that says it was
    measured or assumed, or the same number in a place of the text that has such a thing.
    """
    found = [
        one for block in text.blocks if block.kind in PROSE and not block.task for one in _open(text, block, known)
    ]
    backed = _backed(text, known) | elsewhere if found else elsewhere
    return tuple(one for one in found if not all(value in backed for value in one.values))


def _open(text: Prose, block: Block, known: Lists) -> tuple[Claim, ...]:
    """The claims of a block that has nothing behind it."""
    found = tuple(_of_block(text, block, known))
    return () if found and _has_support(text, block, known) else found


def claims(words: str, known: Lists) -> tuple[Claim, ...]:
    """Every number of a text that claims something."""
    patterns = _patterns(known.lang)
    found = [Claim(one.start(), one[0], _values(one[0], patterns)) for one in patterns.simple.finditer(words)]
    found += [Claim(one.start(), one[0], _values(one[0], patterns)) for one in _parts(words, patterns, known)]
    found = [
        one for one in found if set(one.values) - _WHOLE and not _is_time(words[one.start + len(one.words) :], known)
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def _is_time(after: str, known: Lists) -> bool:
    """Whether a share is one of somebody's hours, as in “20 % of their time”: a plan, and no claim."""
    near = after[:_NEAR]
    return any(not near[: hit.start].strip() for hit in find(near, phrase_words(near), known.numbers.but))


def numbers(text: str) -> frozenset[float]:
    """The value of every number in a text that is written with digits."""
    return frozenset(_value(found[0]) for found in _ANY.finditer(text))


def _has_support(text: Prose, block: Block, known: Lists) -> bool:
    raw, shown = text.raw[block.start : block.end], text.of(block)
    return bool(
        _is_exempt(block, known)
        or _BEHIND.search(raw)
        or _STANDARD.search(shown)
        or _ARITHMETIC.search(shown)
        or holds(shown, known.support)
    )


def _is_exempt(block: Block, known: Lists) -> bool:
    return bool(headed(known.lang, block.section) & EXEMPT)


def _of_block(text: Prose, block: Block, known: Lists) -> Iterator[Claim]:
    for one in of_block(text, block.start, block.end, known):
        sentence = text.shown[one.start : one.end]
        if _has_number(one, known) and not _supposes(sentence, known):
            yield from (Claim(one.start + c.start, c.words, c.values) for c in claims(sentence, known))


def _has_number(one: Sentence, known: Lists) -> bool:
    folded = (word.casefold() for word in one.words)
    return any(word[0].isdigit() or word in known.numbers.words or word.endswith(_FOLD) for word in folded)


def _supposes(sentence: str, known: Lists) -> bool:
    """Whether a sentence, or a part of it, begins with a condition or asks the reader to take a number."""
    parts = (re.findall(r"[^\W\d_]+", part)[:1] for part in re.split(r"[,;:–—]", sentence))
    return any(first and first[0].casefold() in known.conditions for first in parts)


def _backed(text: Prose, known: Lists) -> frozenset[float]:
    """The numbers that stand where something is behind them."""
    found: set[float] = set()
    values = known.numbers.words
    for block, after in zip(text.blocks, [*text.blocks[1:], None], strict=True):
        prose = block.kind in PROSE and _has_support(text, block, known)
        sourced = after is not None and after.kind is Kind.SOURCE
        table = block.kind is Kind.TABLE and (sourced or _is_exempt(block, known))
        raw = text.raw[block.start : block.end]
        chart = block.kind is Kind.CODE and bool(_CHART.match(raw))
        if prose or table or chart or block.kind in (Kind.NOTE, Kind.SOURCE):
            found |= numbers(raw)
            found |= {float(values[word]) for word in re.findall(r"[^\W\d_]+", raw.casefold()) if word in values}
    return frozenset(found)


@cache
def _patterns(lang: str) -> _Patterns:
    known = lists(lang)
    assert known is not None
    said = known.numbers
    worded = _either(said.words)
    number = rf"(?:{_NUMBER}|(?<!\w)(?:{worded}))"
    gap = r"[ \u00a0\u202f-]?"
    digits = r"\d{1,15}(?:[., ]\d{3})*(?:[.,]\d{1,9})?"
    kinds = (
        rf"{_NUMBER}{gap}[%‰]",
        rf"{number}{gap}(?:{_either(said.percent)})\b",
        rf"[€$£]{gap}{digits}",
        rf"{_NUMBER}{gap}(?:[€$£]|(?:{_either(said.money)})\b)",
        rf"{number}{gap}(?:{_either(said.times)})\s+(?:{_either(said.than)})\b",
        rf"{_NUMBER}{gap}x(?=\s+[^\W\d])",
        rf"{number}-?(?:fold|fach)\b",
    )
    simple = re.compile("|".join(kinds), re.IGNORECASE)
    parts = re.compile(rf"({number})\s+({_either(said.of)})\s+({number})\b(?![.,]?\d|\s?%)", re.IGNORECASE)
    return _Patterns(simple, parts, frozenset(said.of[:1]), said.words)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _parts(text: str, patterns: _Patterns, known: Lists) -> Iterator[re.Match[str]]:
    """So many of so many: of three or more, no year, and no rate such as “two in ten minutes”."""
    for found in patterns.parts.finditer(text):
        one, other = (_number(found[group], patterns) for group in (1, 3))
        least = 3 if found[2].casefold() in patterns.of_many else 4
        is_year = 1900 <= other <= 2100 and found[3].isdecimal()
        unit = " ".join(text[found.end() : found.end() + 30].split()[:1])
        before = phrase_words(text[max(0, found.start() - _NEAR) : found.start()])[-1:]
        refers = any(word.text in known.numbers.references for word in before)
        if one < other and other >= least and not (is_year or refers or holds(unit, known.numbers.units)):
            yield found


def _values(words: str, patterns: _Patterns) -> tuple[float, ...]:
    found = [_value(one[0]) for one in _ANY.finditer(words)]
    said = (word.removesuffix(_FOLD[0]).removesuffix(_FOLD[1]) for word in re.findall(r"[^\W\d_]+", words.casefold()))
    return tuple(found + [float(patterns.values[word]) for word in said if word in patterns.values])


def _number(words: str, patterns: _Patterns) -> float:
    return next(iter(_values(words, patterns)), 0.0)


def _value(written: str) -> float:
    """What a number is worth, whichever way its thousands and decimals are set apart."""
    bare = re.sub(r"[., \u00a0\u202f](?=\d{3}(?!\d))", "", written).replace(",", ".")
    return float(bare) if bare.count(".") < 2 else float(bare.replace(".", ""))
