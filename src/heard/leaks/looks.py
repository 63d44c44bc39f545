"""Says of a single word what it may be: a secret, a word of a name, or nearly one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from heard.leaks import near, ordinary
from heard.leaks.normal import BREAK, keyed, lower
from heard.leaks.pattern import Pair, Sought, Word

_LONGEST_WORD = 64
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z][0-9]|[0-9][A-Za-z]")
_ENDING = "s es n en ns er ern e a em u y i ie owi om ow owie ova owa ovi ov ovou"
_ENDINGS = frozenset(_ENDING.split())
_LONGEST_ENDING = 4
_REMEMBERED = 200_000
"""So many words are known to be none of ours before they are forgotten."""


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


def telling(known: Index, tokens: Iterable[str]) -> Mapping[str, Look]:
    """Those of the words that may be something, with what."""
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
    if len(known.dull) + len(known.telling) > _REMEMBERED:
        known.dull.clear()
        known.telling.clear()
    return here


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
