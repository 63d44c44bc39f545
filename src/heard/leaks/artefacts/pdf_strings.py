"""The strings and names of PDF's syntax, as letters. Source: ISO 32000-2, 7.3.4, 7.3.5 and 7.9.2."""

from __future__ import annotations

import re
from collections.abc import Iterator

LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)"
_STRING = re.compile(rb"(" + LITERAL + rb")|<([0-9A-Fa-f\s]++)>", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]++)")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_MANY_ZEROS = 3


def strings(dump: bytes) -> Iterator[str]:
    """Every text string that stands in a piece of PDF syntax, literal or in hex."""
    for literal, digits in _STRING.findall(dump):
        yield from text_string(unescaped(literal[1:-1]) if literal else unhexed(digits))


def names(dump: bytes) -> set[str]:
    """Every name that stands in a piece of PDF syntax."""
    return {_name(found) for found in set(_NAME.findall(dump))}


def _name(found: bytes) -> str:
    if b"#" in found:
        found = _HEX_IN_NAME.sub(lambda match: bytes((int(match[1], 16),)), found)
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        return found.decode("latin-1")


def unescaped(body: bytes) -> bytes:
    """The bytes of a literal string without its brackets."""
    return _ESCAPE.sub(_escaped, body) if b"\\" in body else body


def _escaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 255,))
    return _LETTERS.get(match[2], match[2])


def unhexed(digits: bytes) -> bytes:
    """The bytes of a string in hex without its brackets; an odd last digit is followed by a zero."""
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        whole = b"".join(digits.split())
        return bytes.fromhex((whole + b"0" * (len(whole) % 2)).decode("ascii"))


def text_string(value: bytes) -> Iterator[str]:
    """What a string may say: as its mark of an encoding tells, else in PDF's own, and in UTF-8 or UTF-16 if it fits."""
    if value.startswith(b"\xfe\xff"):
        yield value[2:].decode("utf-16-be", "replace")
    elif value.startswith(b"\xff\xfe"):
        yield value[2:].decode("utf-16-le", "replace")
    elif value.startswith(b"\xef\xbb\xbf"):
        yield value[3:].decode("utf-8", "replace")
    elif value.isascii() and b"\0" not in value:
        yield value.decode("ascii")
    else:
        yield from _unmarked(value)


def _unmarked(value: bytes) -> Iterator[str]:
    import pikepdf  # noqa: F401  (it is what knows PDF's own encoding)

    yield value.decode("pdfdoc", "replace")
    if value.count(b"\0") * _MANY_ZEROS >= len(value):
        yield value.decode("utf-16-be", "replace")
        yield value.decode("utf-16-le", "replace")
    try:
        yield value.decode("utf-8")
    except UnicodeDecodeError:
        return
