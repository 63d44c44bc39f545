"""Brings every way of writing the same letters to one: look-alikes, marks, ligatures, cases, punctuation.

Three forms of a text, each made of the one before, character by character, so that places can be worked out:
`plain` has ASCII letters wherever a character looks like one, and keeps case, spaces and punctuation; `squeezed` is the
letters and digits of that in lower case; `key` is also blind to digits in place of letters (`K0walczyk`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

BREAK = "\x1e"
"""Stands between texts that were joined to be searched in one go: no secret is found across it."""

_BEYOND_ASCII = re.compile(r"([^\x00-\x7f]+)")
_CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\v\f\r" + BREAK)
_NO_CONTROLS = bytes(code for code in range(256) if code not in _CONTROLS)
_CONTROL = re.compile(f"[{re.escape(_CONTROLS.decode())}]+")
_DROPPED = bytes(byte for byte in range(128) if not chr(byte).isalnum() and chr(byte) != BREAK)
_LOWER = bytes(range(256)).lower()
_KEY = bytes.maketrans(b"0134578l", b"oieastbi")
_KEYED = _LOWER.translate(_KEY)
_BLOCK = 256

# What Unicode does not take apart, as most people write it where they have no such key.
_LETTERS = {"ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "ŋ": "n", "Ŋ": "N", "ə": "e"}
_LETTERS |= {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ĸ": "k", "™": "", "℠": "", "\u115f": "", "\u1160": ""}
_LETTERS |= {"\u3164": "", "\uffa0": "", "‘": "'", "’": "'", "ʼ": "'", "′": "'", "…": "...", "․": "."}
_NAMED = re.compile(
    r"(?:LATIN (?P<case>SMALL|CAPITAL)? ?LETTER (?:SMALL CAPITAL |SMALL )?|REGIONAL INDICATOR SYMBOL LETTER |"
    r"NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER |SQUARED LATIN CAPITAL LETTER )(?P<letter>[A-Z])(?: WITH .*)?"
)


def plain(text: str) -> str:
    """The text with ASCII letters for all that look like them; case, spaces, lines and punctuation stay.

    Letters of other scripts that look like none are folded to lower case.
    """
    if not text.isascii():
        parts = _BEYOND_ASCII.split(text)
        parts[1::2] = map(_Folding().__getitem__, parts[1::2])
        text = "".join(parts)
    # Deleting all the others is the fastest way to see whether there are any.
    if text.encode("utf-8", "surrogatepass").translate(None, _NO_CONTROLS):
        return _CONTROL.sub("", text)
    return text


class _Folding(dict[str, str]):
    """The runs of letters beyond ASCII that were folded in a text: the same few stand in it again and again."""

    def __missing__(self, run: str) -> str:
        folded = self[run] = run.translate(_FOLDED)
        return folded


def squeezed(text: str) -> str:
    """Only the letters and digits of a text, in lower case, look-alikes as the letters that they look like."""
    return lower(plain(text)).decode("utf-8", "surrogatepass")


def lower(of_plain: str) -> bytes:
    """`squeezed`, of a text that is `plain`, as UTF-8."""
    return of_plain.encode("utf-8", "surrogatepass").translate(_LOWER, _DROPPED)


def key(of_plain: str) -> bytes:
    """What is searched for and in: `lower` with the letters that digits stand for, and i for l."""
    return of_plain.encode("utf-8", "surrogatepass").translate(_KEYED, _DROPPED)


def keyed(of_lower: bytes) -> bytes:
    """`key`, of what is `lower` already."""
    return of_lower.translate(_KEY)


def places(of_plain: str, wanted: Iterable[int]) -> Mapping[int, int]:
    """Where in a `plain` text the bytes of its `key` with these indexes come from."""
    found: dict[int, int] = {}
    first = 0
    block = -_BLOCK
    inside: list[int] = []
    size = 0
    for index in sorted(set(wanted)):
        while index >= first + size:
            first += size
            block += _BLOCK
            size, inside = len(key(of_plain[block : block + _BLOCK])), []
            if block > len(of_plain):
                return found
        inside = inside or list(_sources(of_plain[block : block + _BLOCK]))
        found[index] = block + inside[index - first]
    return found


def _sources(block: str) -> Iterator[int]:
    for at, character in enumerate(block):
        for _ in range(len(key(character))):
            yield at


class _Folded(dict[int, str]):
    """What each character beyond ASCII becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


_FOLDED = _Folded()


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if character in _LETTERS:
        return _LETTERS[character]
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] == "M" or category in ("Cf", "Co", "Cn", "Cc") or character == "\ufffd":
        return "\n" if character == "\x85" else ""
    if category == "Pd":
        return "-"
    if category[0] == "Z":
        return " "
    bare = _bare(character)
    if bare.isascii() and bare.strip():
        return bare
    return _named(character) or (_like(character) if category[0] in "LN" else " ")


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _named(character: str) -> str:
    match = _NAMED.fullmatch(unicodedata.name(character, ""))
    if match is None:
        return ""
    return match["letter"].lower() if match["case"] == "SMALL" else match["letter"]


def _like(letter: str) -> str:
    """The ASCII letters that a letter of another script looks like, itself or its capital; else itself, folded."""
    table = _confusables()
    if letter in table:
        # A capital iota looks like both.
        return "I" if table[letter] == "l" and letter.isupper() else table[letter]
    if letter.upper() in table:
        return table[letter.upper()].lower()
    return _bare(letter.casefold())


@cache
def _confusables() -> Mapping[str, str]:
    """Unicode's confusables as far as they look like ASCII letters and digits: from the package of that name."""
    known = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_bytes())
    found: dict[str, str] = {}
    for letter, others in known.items():
        if len(letter) == 1 and not letter.isascii():
            like = [one["c"] for one in others if one["c"].isascii() and one["c"].isalnum()]
            if like:
                found[letter] = like[0]
    return found
