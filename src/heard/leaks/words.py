"""Finds secrets that are one word, and names that are spelt nearly right, among the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from heard.leaks import judge, looks
from heard.leaks.looks import Index, Look
from heard.leaks.normal import lower
from heard.leaks.pattern import Pair, Word
from heard.leaks.secret import Form, Sureness

_WORD = re.compile(r"[^\W_]+")
_SPACES = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))
_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
_INITIAL_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_])[.\s_-]{1,3}\Z")
_INITIAL_BEHIND = re.compile(r"[,\s_-]{1,3}([A-Z])(?![^\W_])")
_APART = 3
"""So many words further on is the last word of a name of two looked for: `Zofia M. Kowalczyk`."""

_FARTHEST = 6
_FARTHEST_LETTERS = 120

NEARLY = "nearly so spelt"


@dataclass(frozen=True, slots=True)
class Stand:
    """A secret that stands between these places of a text."""

    secret: int
    sureness: Sureness
    start: int
    end: int
    how: str = ""


def stands(known: Index, text: str, form: Form) -> Iterator[Stand]:
    """Where single words and names stand in a text that is `plain`, exactly or nearly."""
    spaced = _only_words(text)
    here = looks.telling(known, spaced.split())
    if here:
        yield from _placed(known, text, spaced, form, here)


def _only_words(text: str) -> str:
    """The text with a space for all that is neither letter nor digit: each word stays where it is."""
    if text.isascii():
        return text.encode().translate(_SPACES).decode("ascii")
    # Letters of other scripts are beyond the table, which leaves them as they are.
    return text.translate(_SPACED)


def _placed(known: Index, text: str, spaced: str, form: Form, here: Mapping[str, Look]) -> Iterator[Stand]:
    """What the telling words of a text stand for."""
    firsts = frozenset().union(*(look.firsts for look in here.values()))
    lasts = frozenset().union(*(look.lasts for look in here.values()))
    both = firsts & lasts
    parts: list[tuple[int, int, Look]] = []
    for token, look in here.items():
        paired = not both.isdisjoint(look.firsts) or not both.isdisjoint(look.lasts)
        if look.words or look.singles or paired:
            for start in _places(spaced, token):
                yield from _alone(text, form, look, start, start + len(token))
                if paired:
                    parts.append((start, start + len(token), look))
    parts.sort(key=lambda part: part[0])
    for pair, first, last in _pairs(known, spaced, parts):
        yield from _together(pair, text, (first[2], last[2]), (first[0], last[0], last[1]))


def _places(spaced: str, token: str) -> list[int]:
    """Where the word begins, each time."""
    found: list[int] = []
    at = spaced.find(token)
    while at >= 0:
        end = at + len(token)
        if (at == 0 or spaced[at - 1] == " ") and (end == len(spaced) or spaced[end] == " "):
            found.append(at)
        at = spaced.find(token, end)
    return found


_Part = tuple[int, int, Look]


def _pairs(known: Index, spaced: str, parts: Sequence[_Part]) -> Iterator[tuple[Pair, _Part, _Part]]:
    """Which of the telling words are the first and the last of one name."""
    for number, first in enumerate(parts):
        if not first[2].firsts:
            continue
        for last in parts[number + 1 : number + 1 + _FARTHEST]:
            if last[0] - first[1] > _FARTHEST_LETTERS:
                break
            names = first[2].firsts & last[2].lasts
            apart = 1 + len(spaced[first[1] : last[0]].split()) if names else 0
            exact = first[2].is_name and last[2].is_name
            for name in names:
                # Near spellings count in their places only: further apart, they are chance.
                pair = known.pairs[name]
                if apart == 1 + pair.between or (exact and apart <= _APART + pair.between):
                    yield pair, first, last


def _together(pair: Pair, text: str, looks: tuple[Look, Look], spans: tuple[int, int, int]) -> Iterator[Stand]:
    start, last_start, end = spans
    for look, at in zip(looks, (start, last_start), strict=True):
        if look.common and text[at].islower():
            return
    between = _WORD.findall(text[start:last_start])[1:]
    others = sum(len(word) > 1 for word in between) - pair.between
    # Surname first, and cut in another way than names are, is more likely the end of one name and another one's start.
    sure = others <= 0 and not pair.family_first and not (looks[0].common and looks[1].common)
    exact = looks[0].is_name and looks[1].is_name and sure
    sureness, how = (Sureness.BLOCK, "") if exact else (Sureness.REVIEW, NEARLY)
    yield Stand(pair.secret, sureness, start, end, how)


def _alone(text: str, form: Form, look: Look, start: int, end: int) -> Iterator[Stand]:
    for secret in look.singles:
        yield Stand(secret, Sureness.REVIEW, start, end, NEARLY)
    for word, first, last in look.words:
        if _counts(word, text, form, start + first, start + last):
            exact = lower(text[start + first : start + last]) == word.letters
            sureness = word.sureness if exact else Sureness.REVIEW
            yield Stand(word.secret, sureness, start + first, start + last, "" if exact else NEARLY)


def _counts(word: Word, text: str, form: Form, start: int, end: int) -> bool:
    """Whether a single word is written as a name is."""
    if word.initial and not _has_initial(word.initial, text, start, end):
        return False
    if word.common and text[start].islower():
        return False
    address = form is Form.NAME or (not text[start].isupper() and judge.is_address(text, start, end))
    if address:
        return not word.common
    if word.upper and not text[start:end].isupper():
        return False
    if word.cased and text[start].islower():
        return False
    return bool(word.initial) or not (word.common and judge.begins_sentence(text, start))


def _has_initial(initial: str, text: str, start: int, end: int) -> bool:
    """Whether the initial stands before the word, or behind it."""
    before, behind = _INITIAL_BEFORE.search(text[max(start - 6, 0) : start]), _INITIAL_BEHIND.match(text, end)
    return any(one is not None and one[1] in (initial, initial.upper()) for one in (before, behind))
