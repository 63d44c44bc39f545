"""A text as it is compared: folded, with escapes undone, and for every character where it stands in the original.

So a name is found however it is written (`MÜLLER`, `Mu\\u0308ller`, `M%C3%BCller`, `M&uuml;ller`, a Windows-1252 byte
in a UTF-8 file), and exactly its bytes can be replaced.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from heard.base.text import fold

_ESCAPE = re.compile(
    r"(?:%[0-9A-Fa-f]{2})+|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[nrt]|&#[0-9]{1,7};|&#[xX][0-9A-Fa-f]{1,6};"
    r"|&[A-Za-z]{2,31};"
)
_ESCAPES = frozenset("%\\&")
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and how its bytes are made of it again."""

    text: str
    mark: bytes = b""
    codec: str = "utf-8"

    def encoded(self, text: str) -> bytes:
        """The file's bytes with another text; what was not UTF-8 keeps its bytes."""
        return self.mark + text.encode(self.codec, "surrogateescape" if self.codec == "utf-8" else "surrogatepass")


@dataclass(frozen=True, slots=True)
class View:
    """The folded text, and for each of its characters the start and the end in the original."""

    folded: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Where a match stands in the original."""
        return self.starts[match.start()], self.ends[match.end() - 1]


def decoded(content: bytes) -> Decoded | None:
    """The text of a file, whatever encoding it has; None for what is no text."""
    if content.startswith(_BINARY):
        return None
    codec = _MARKS.get(content[:2], "")
    mark = content[:2] if codec else b""
    codec = codec or (_without_mark(content) if b"\0" in content else "utf-8")
    if not codec:
        return None
    try:
        wrong = "surrogateescape" if codec == "utf-8" else "surrogatepass"
        found = Decoded(content[len(mark) :].decode(codec, wrong), mark, codec)
    except UnicodeDecodeError:
        return None
    return found if found.encoded(found.text) == content else None


def _without_mark(content: bytes) -> str:
    """UTF-16 without its mark shows by the zeros that every other byte of Latin text is."""
    half = len(content) // 2
    if len(content) % 2 == 0:
        for codec, zeros, others in (
            ("utf-16-le", content[1::2], content[::2]),
            ("utf-16-be", content[::2], content[1::2]),
        ):
            if zeros.count(0) > half // 2 and others.count(0) * 20 < half:
                return codec
    return ""


def view(text: str) -> View:
    """The text as it is compared."""
    if text.isascii() and not _ESCAPES & set(text):
        return View(text.lower(), range(len(text)), range(1, len(text) + 1))
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for escape in _ESCAPE.finditer(text) if _ESCAPES & set(text) else ():
        _plain(text, at, escape.start(), folded, starts, ends)
        _unescaped(escape, folded, starts, ends)
        at = escape.end()
    _plain(text, at, len(text), folded, starts, ends)
    return View("".join(folded), tuple(starts), tuple(ends))


def _plain(text: str, at: int, end: int, folded: list[str], starts: list[int], ends: list[int]) -> None:
    for place in range(at, end):
        _add(text[place], place, place + 1, folded, starts, ends)


def _unescaped(escape: re.Match[str], folded: list[str], starts: list[int], ends: list[int]) -> None:
    text, at = escape[0], escape.start()
    if text[0] == "%":
        for char in bytes.fromhex(text.replace("%", "")).decode("utf-8", "surrogateescape"):
            length = 3 * len(char.encode("utf-8", "surrogateescape"))
            _add(char, at, at + length, folded, starts, ends)
            at += length
        return
    plain = unescape(text) if text[0] == "&" else chr(int(text[2:], 16)) if text[1] in "ux" else "\n"
    for char in plain:
        _add(char, at, escape.end(), folded, starts, ends)


def _add(char: str, start: int, end: int, folded: list[str], starts: list[int], ends: list[int]) -> None:
    letters, joins = folded_char(char)
    if joins and ends and ends[-1] == start:
        # An accent of its own goes with its letter.
        ends[-1] = end
    for letter in letters:
        folded.append(letter)
        starts.append(start)
        ends.append(end)


@lru_cache(maxsize=4096)
def folded_char(char: str) -> tuple[str, bool]:
    """A character as it is compared, and whether it belongs to the one before it."""
    if "\udc80" <= char <= "\udcff":
        char = bytes([ord(char) - 0xDC00]).decode("cp1252", errors="replace")
    if unicodedata.category(char) == "Cf":
        return "", False
    return fold(char), bool(unicodedata.combining(char))
