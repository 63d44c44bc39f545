"""Finds text in base64, hexadecimal and UTF-16."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_WRAPPED = re.compile(r"(?<=[A-Za-z0-9+/]{56})[ \t]?\r?\n[ \t]*(?=[A-Za-z0-9+/=])")
_SHORTEST_BASE64 = 10
_SHORTEST_HEX = 12
_HEX = re.compile(r"(?<![0-9a-zA-Z])(?:0[xX])?([0-9a-fA-F]{12,})(?![g-zG-Z])")
_SPACED_HEX = re.compile(r"(?:(?:0[xX])?[0-9a-fA-F]{2}[ \t\r\n:,;]{1,3}){6,}(?:(?:0[xX])?[0-9a-fA-F]{2})?")
_HEX_DIGITS = re.compile(r"(?:0[xX])?([0-9a-fA-F]{2})")
_CODES = re.compile(r"(?:\b[0-9]{2,3}[ \t]?,\s{0,3}){6,}[0-9]{2,3}")
_PRINTABLE = bytes([9, 10, 13, *range(32, 127)])
_STRETCH = re.compile(
    rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){6,}"
)
_SPACED_HEX_SEEN = (b"hh hh hh hh hh hh", b"hh  hh  hh  hh", b"hbhh hbhh hbhh", b"hbhh  hbhh  hbhh")
_A_LINE = b"b" * 56


def _class(code: int) -> str:
    letter = chr(code)
    if letter in "0123456789abcdefABCDEF":
        return "h"
    if letter in "\r\n":
        return "\n"
    return "b" if letter.isalnum() or letter in "+/_-" else " " if letter in " ,:;\t" else "."


def _case(code: int) -> str:
    letter = chr(code)
    return "U" if letter.isupper() else "l" if letter.isalnum() or letter in "+/_-" else " "


_CLASSES = "".join(_class(code) if code < 128 else "." for code in range(256)).encode()
_ONE_CLASS = bytes.maketrans(b"h", b"b")
_CASES = "".join(_case(code) if code < 128 else " " for code in range(256)).encode()
_URLSAFE = str.maketrans("-_", "+/")
_ENOUGH = 6
"""Texts of fewer characters are chance."""


def texts(text: str) -> Iterator[tuple[int, str, str]]:
    """The texts that are hidden in another one: where, what, and how it was written."""
    # What a run must hold is found in a string of classes in a hundredth of the time that a pattern takes.
    classes = text.encode("ascii", "replace").translate(_CLASSES)
    letters = classes.translate(_ONE_CLASS)
    if _A_LINE + b"\n" in letters or _A_LINE + b" \n" in letters:
        joined = _WRAPPED.sub("", text)
        yield from _runs(joined, _cases(joined))
    else:
        yield from _runs(text, _cases(text))
    if b"h" * _SHORTEST_HEX in classes:
        for run in _HEX.finditer(text):
            yield from ((run.start(), one, "hexadecimal") for one in _from_hex(run[1]))
    if any(some in classes for some in _SPACED_HEX_SEEN):
        for run in _SPACED_HEX.finditer(text):
            yield from ((run.start(), one, "hexadecimal") for one in _from_hex("".join(_HEX_DIGITS.findall(run[0]))))
    if "fromCharCode" in text or "fromCodePoint" in text:
        for run in _CODES.finditer(text):
            some = bytes(min(int(code), 255) for code in run[0].split(","))
            yield from ((run.start(), one, "character codes") for one in strings(some))
    if "\x00" in text:
        yield from ((0, one, "UTF-16") for one in _wide(text.encode("latin-1", "replace")))


def _cases(text: str) -> bytes:
    return text.encode("ascii", "replace").translate(_CASES)


def _runs(text: str, cases: bytes) -> Iterator[tuple[int, str, str]]:
    """The texts in runs of base64: a capital behind another letter is what words lack, and what those are full of."""
    at = cases.find(b"lU")
    while at >= 0:
        start = cases.rfind(b" ", 0, at) + 1
        end = cases.find(b" ", at)
        end = len(cases) if end < 0 else end
        if end - start >= _SHORTEST_BASE64:
            yield from ((start, one, "base64") for one in _from_base64(text[start:end]))
        at = cases.find(b"lU", end)


def strings(some: bytes) -> Iterator[str]:
    """The texts within bytes: all of them where they are text, else what can be read of them."""
    if some.count(0) * 4 > len(some):
        yield from _wide(some)
    if not some.translate(None, _PRINTABLE):
        yield some.decode("ascii")
        return
    odd = len(some.translate(None, _PRINTABLE))
    try:
        text = some.decode()
    except UnicodeDecodeError:
        text = some.decode("latin-1") if odd * 3 < len(some) else ""
    if text and odd * 2 < len(some):
        yield text
        return
    for stretch in _STRETCH.findall(some):
        if len(stretch.translate(None, _PRINTABLE)) * 2 <= len(stretch):
            yield stretch.decode("utf-8", "replace")


def _from_base64(run: str) -> Iterator[str]:
    run = run.translate(_URLSAFE)
    for offset in range(4):
        part = run[offset:]
        if len(part) % 4 == 1:
            part = part[:-1]
        some = binascii.a2b_base64(part + "=" * (-len(part) % 4))
        found = [one for one in strings(some) if len(one) >= _ENOUGH]
        yield from found
        whole = "".join(found)
        if whole.isascii() and len(whole) > 0.9 * len(some):
            return


def _from_hex(run: str) -> Iterator[str]:
    for offset in range(2):
        part = run[offset:]
        found = [one for one in strings(bytes.fromhex(part[: len(part) // 2 * 2])) if len(one) >= _ENOUGH]
        yield from found
        if found:
            return


def _wide(some: bytes) -> Iterator[str]:
    for offset in (0, 1):
        part = some[offset:]
        part = part[: len(part) // 2 * 2]
        for encoding in ("utf-16-le", "utf-16-be"):
            text = part.decode(encoding, "ignore")
            plain = sum(map(str.isascii, text)) if len(text) < 10_000 else len(text.encode("ascii", "ignore"))
            if plain * 2 > len(text) and len(text) >= _ENOUGH:
                yield text
