"""How names are written otherwise: umlauts taken apart, surname first, initials, without a legal form."""

from __future__ import annotations

import codecs
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from heard.base.text import squeeze, squeeze_company, words
from heard.leaks.normal import lower, plain

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TITLE = "dr prof mr mrs ms miss mx sir dame herr frau ing dipl mag med hc phd mba"
_TITLES = frozenset(_TITLE.split())
_PARTICLE = "von van der den de del della di da dos das du la le el al ter ten zu zum zur bin ibn"
_PARTICLES = frozenset(_PARTICLE.split())
_TAKEN_APART = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe"})
_TAKEN_APART_NORTH = _TAKEN_APART | str.maketrans({"å": "aa", "Å": "Aa"})
_PUT_TOGETHER = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a name: its words as `squeezed`, and how it differs from the name as it is known."""

    words: tuple[bytes, ...]
    initials: bool = False
    family_first: bool = False


def person(name: str) -> tuple[Spelling, ...]:
    """The ways to write a person's name, the whole name first; one of one word for a name of one word."""
    parts = _name_words(name)
    if len(parts) < 2:
        return tuple(Spelling((word,)) for part in parts for word in squeezed_forms(part))
    first, last = parts[0], _surname(parts)
    orders = [parts, [*parts[-1:], *parts[:-1]], [first, *last], [*last, first], [first, parts[-1]], [parts[-1], first]]
    found = {
        Spelling(whole, family_first=order[0] != first): None for order in orders for whole in _in_all_forms(order)
    }
    if len(squeeze(first)) < 2:
        return tuple(Spelling(one.words, initials=True) for one in found)
    letters = [part[0] for part in parts[: len(parts) - len(last)]]
    short = [[letters[0], *last], [*last, letters[0]], ["".join(letters), *last], [*last, "".join(letters)]]
    found |= {Spelling(whole, initials=True): None for order in short for whole in _in_all_forms(order)}
    return tuple(found)


def company(name: str) -> tuple[Spelling, ...]:
    """The ways to write a company's name, the whole name first."""
    parts = _WORD.findall(unicodedata.normalize("NFC", name))
    orders = [parts, list(_without_legal_form(name, parts))]
    return tuple({Spelling(whole): None for order in orders if order for whole in _in_all_forms(order)})


def without_legal_form(name: str) -> tuple[Spelling, ...]:
    """The ways to write a company's name when its legal form is left off."""
    parts = _WORD.findall(unicodedata.normalize("NFC", name))
    return tuple(Spelling(whole) for whole in _in_all_forms(list(_without_legal_form(name, parts))))


def squeezed_forms(word: str) -> tuple[bytes, ...]:
    """A word as it is squeezed, with its umlauts as one letter and as two."""
    return tuple(form for form in dict.fromkeys(_forms(word)) if form)


def _forms(word: str) -> Sequence[bytes]:
    """The ways to write a word: in the same order for each, or one for a word that all have the same."""
    together = word.lower()
    if word.isascii() and not any(two in together for two, _ in _PUT_TOGETHER):
        return (_bytes(word),)
    for two, one in _PUT_TOGETHER:
        together = together.replace(two, one)
    ways = (word, word.translate(_TAKEN_APART), word.translate(_TAKEN_APART_NORTH), together)
    # Letters of other scripts may look like different ASCII letters in their two cases.
    more = () if word.isascii() else (word.upper(), word.lower(), squeeze(word))
    return tuple(_bytes(way) for way in ways + more)


def mirrored(some: bytes) -> bytes:
    """The letters in reverse."""
    return some.decode().encode()[::-1] if some.isascii() else some.decode()[::-1].encode()


def rotated(some: bytes) -> bytes:
    """ROT13 of the letters."""
    return codecs.encode(some.decode(), "rot13").encode()


def _bytes(text: str) -> bytes:
    return lower(plain(text))


def _name_words(name: str) -> list[str]:
    # `Kowalczyk, Zofia` is the surname first.
    family, comma, given = name.partition(",")
    whole = f"{given} {family}" if comma and given.strip() else name
    parts = _WORD.findall(unicodedata.normalize("NFC", whole))
    bare = [part for part in parts if squeeze(part) not in _TITLES]
    return bare if len(bare) > 1 else parts


def _surname(parts: list[str]) -> list[str]:
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    return parts[at:]


def _without_legal_form(name: str, parts: list[str]) -> Iterable[str]:
    """The words whose letters are those of the name without its legal form."""
    short = squeeze_company(name)
    for first, last in itertools.product(range(min(2, len(parts))), range(len(parts), 0, -1)):
        if "".join(words(" ".join(parts[first:last]))) == short:
            return parts[first:last]
    return [short] if short else parts


def _in_all_forms(parts: list[str]) -> Iterator[tuple[bytes, ...]]:
    """The words in one way of writing umlauts, then in the next: never mixed, which nobody writes."""
    forms = [form for form in map(_forms, parts) if form[0]]
    for at in range(max(map(len, forms), default=0)):
        yield tuple(some[at] if at < len(some) else some[0] for some in forms)
