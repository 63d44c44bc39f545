"""Finds secrets that are one word, and names that are spelt nearly right, among the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from heard.leaks import judge, near, ordinary
from heard.leaks.normal import BREAK, keyed, lower
from heard.leaks.patterns import Pair, Sought, Word
from heard.leaks.secret import Form, Sureness

_WORD = re.compile(r"[^\W_]+")
_SPACES = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))
_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
_LONGEST_WORD = 64
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z][0-9]|[0-9][A-Za-z]")
_INITIAL_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_])[.\s_-]{1,3}\Z")
_INITIAL_BEHIND = re.compile(r"[,\s_-]{1,3}([A-Z])(?![^\W_])")
_ENDING = "s es n en ns er ern e a em u y i ie owi om ow owie ova owa ovi ov ovou"
_ENDINGS = frozenset(_ENDING.split())
_LONGEST_ENDING = 4
_REMEMBERED = 200_000
"""So many words are known to be none of ours before they are forgotten."""

_APART = 3
"""So many words further on is the last word of a name of two looked for: `Zofia M. Kowalczyk`."""

_FARTHEST = 6
_FARTHEST_LETTERS = 120

NEARLY = "nearly so spelt"


@dataclass(frozen=True, slots=True)
class Look:
    """What a word of a text may be: secrets of one word, and words of names, exactly (`is_name`) or nearly.

    Of a secret that is part of a `camelCase` word, `inside` says where in the word it stands.
    """

    words: tuple[tuple[Word, int, int], ...] = ()
    firsts: frozenset[int] = frozenset()
    lasts: frozenset[int] = frozenset()
    singles: tuple[int, ...] = ()
    is_name: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """The single words and the names of all secrets, and what is known of the words of the texts so far."""

    exact: Mapping[str, tuple[Word, ...]]
    stems: frozenset[str]
    pairs: tuple[Pair, ...]
    firsts: Mapping[str, frozenset[int]]
    lasts: Mapping[str, frozenset[int]]
    singles: Mapping[str, tuple[int, ...]]
    vocabulary: near.Vocabulary
    langs: tuple[str, ...]
    dull: set[str] = field(default_factory=set, compare=False)
    telling: dict[str, Look] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Stand:
    """A secret that stands between these places of a text."""

    secret: int
    sureness: Sureness
    start: int
    end: int
    how: str = ""


def index(everything: Iterable[tuple[int, Sought]], langs: tuple[str, ...]) -> Index:
    """The index of all that is looked up word by word."""
    exact: dict[str, dict[Word, None]] = {}
    pairs: dict[Pair, None] = {}
    singles: dict[str, dict[int, None]] = {}
    for at, one in everything:
        for word in one.words:
            for letters in {word.letters, keyed(word.letters)}:
                exact.setdefault(letters.decode(), {})[word] = None
        for name in one.near:
            singles.setdefault(name.decode(), {})[at] = None
        pairs |= dict.fromkeys(pair for pair in one.pairs if len(pair.first) > 1 and len(pair.last) > 1)
    firsts: dict[str, set[int]] = {}
    lasts: dict[str, set[int]] = {}
    for number, pair in enumerate(pairs):
        firsts.setdefault(pair.first.decode(), set()).add(number)
        lasts.setdefault(pair.last.decode(), set()).add(number)
    stems = {letters[:4] for letters, some in exact.items() if any(word.ends for word in some)}
    return Index(
        {letters: tuple(some) for letters, some in exact.items()},
        frozenset(stems),
        tuple(pairs),
        {word: frozenset(some) for word, some in firsts.items()},
        {word: frozenset(some) for word, some in lasts.items()},
        {name: tuple(some) for name, some in singles.items()},
        near.vocabulary((*firsts, *lasts, *singles)),
        langs,
    )


def stands(known: Index, text: str, form: Form) -> Iterator[Stand]:
    """Where single words and names stand in a text that is `plain`, exactly or nearly."""
    spaced = _only_words(text)
    tokens = spaced.split()
    different = set(tokens)
    new = tuple(different.difference(known.dull, known.telling))
    # Brought to small letters together: a script has tens of thousands of different words.
    small = lower(BREAK.join(new)).decode("utf-8", "surrogatepass").split(BREAK)
    for token, whole in zip(new, small, strict=False):
        look = _looked_up(known, token, whole)
        if look is not None:
            known.telling[token] = look
        elif len(token) <= _LONGEST_WORD:
            known.dull.add(token)
    here = {token: known.telling[token] for token in different & known.telling.keys()}
    if here:
        yield from _placed(known, text, spaced, form, here)
    if len(known.dull) + len(known.telling) > _REMEMBERED:
        known.dull.clear()
        known.telling.clear()


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


def _looked_up(known: Index, token: str, whole: str) -> Look | None:
    """What a word may be, which in small letters is `whole`; nothing for most."""
    if len(token) > _LONGEST_WORD or token.isdigit():
        return None
    words = [(word, 0, len(token)) for word in _single(known, whole, token)]
    if _MIXED.search(token):
        for part in _CAMEL.finditer(token):
            if part[0] != token:
                inside = _single(known, lower(part[0]).decode("utf-8", "surrogatepass"), part[0])
                words += [(word, part.start(), part.end()) for word in inside]
    names, singles, is_name = _near(known, whole)
    if not words and not names and not singles:
        return None
    return Look(
        tuple(words),
        frozenset().union(*(known.firsts.get(name, ()) for name in names)),
        frozenset().union(*(known.lasts.get(name, ()) for name in names)),
        singles,
        is_name,
        bool(names) and ordinary.is_common(whole, known.langs),
    )


def _single(known: Index, whole: str, token: str) -> Iterator[Word]:
    yield from known.exact.get(whole, ())
    digits = any(c.isdigit() or c == "I" for c in token[1:]) and not token.isdigit()
    if digits and (letters := keyed(whole.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")) != whole:
        yield from known.exact.get(letters, ())
    if whole[:4] in known.stems:
        for size in range(1, min(_LONGEST_ENDING, len(whole) - 4) + 1):
            if whole[-size:] in _ENDINGS:
                for stem in (whole[:-size], whole[:-size] + "a"):
                    yield from (word for word in known.exact.get(stem, ()) if word.ends and stem != whole)


def _near(known: Index, whole: str) -> tuple[Sequence[str], tuple[int, ...], bool]:
    """The words of names that a word is or is near to, the companies that it is near to, and whether it is one."""
    if whole in known.vocabulary.words:
        if whole in known.firsts or whole in known.lasts:
            return (whole,), (), True
        return (), (), False
    close = near.similar(whole, known.vocabulary) if whole.isalpha() else ()
    if not close or ordinary.is_common(whole, known.langs):
        return (), (), False
    names = [name for name in close if name in known.firsts or name in known.lasts]
    singles: tuple[int, ...] = ()
    companies = [name for name in close if name in known.singles]
    if companies and not ordinary.is_known(whole, known.langs):
        singles = tuple(secret for name in companies for secret in known.singles[name])
    return names, singles, False
