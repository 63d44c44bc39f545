"""Text in any usual encoding: pages, data, scripts, styles, notes; and what is packed into them as data addresses."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from heard.leaks.artefacts.index import is_index, pages_of
from heard.leaks.artefacts.parts import UNKNOWN, Nest, Part, Unread
from heard.leaks.secret import Form, Piece

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD = 2_048
_CONTROLS = bytes(set(range(32)) - set(b"\b\t\n\v\f\r\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.01
_HIGH = bytes(range(0x80, 0x100))
_ESCAPED = {0xDC00 + byte: bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_NO_ENCODINGS = frozenset({"punycode", "idna", "undefined", "mbcs", "oem", "unicode_escape", "raw_unicode_escape"})
_MARKUP = (".html", ".htm", ".xhtml", ".xml", ".svg", ".rss", ".atom", ".xsl", ".opml", ".rels", ".vml")
_LOOKS_MARKUP = re.compile(r"\s*<(?:[!?]|[A-Za-z][\w:.-]{0,40}[\s/>])")
_ADDRESS = re.compile(r"data:([\w.+-]{1,60}/[\w.+-]{1,60})((?:;[\w=.+-]{1,60}){0,5}),\s{0,80}", re.IGNORECASE)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/=_-]|%[0-9A-Fa-f]{2}|&#(?:1[03]|x[aAdD]);|[ \t]{0,80}\r?\n[ \t]{0,80})*+")
_LINE_ENDS = re.compile(rb"&#(?:1[03]|x[aAdD]);|\s+")
_URL = re.compile(r"[^\s\"'<>()\\`]*+")
_SHORTEST = 16
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_TEXTUAL = ("text/", "application/json", "application/javascript", "application/xml")
_READ = ("image/", "font/", "application/pdf", "application/zip", "application/font", "application/x-font")


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The text of a file, and what its data addresses hold; bytes that are no text are `Unread`."""
    found = list(decoded(data))
    if not found:
        yield Unread(UNKNOWN)
    for text in found:
        if is_index(text):
            yield from pages_of(text)
        else:
            yield Piece(text, form_of(name, text))
        yield from _addresses(text, nest)


def form_of(name: str, text: str) -> Form:
    """Markup by how it begins or is called; everything else may have escapes in it."""
    suffix = PurePosixPath(name.lower()).suffix
    return Form.MARKUP if suffix in _MARKUP or _LOOKS_MARKUP.match(text) else Form.DATA


def decoded(data: bytes) -> Iterator[str]:
    """The bytes as text; also as the encoding that they themselves declare, if that gives another text."""
    text = _marked(data)
    if text is None and len(data.translate(None, _CONTROLS)) < len(data) * (1 - _MOST_CONTROLS):
        # Only text of two or four bytes a letter has so many zeros.
        text = _wide(data) if b"\0" in data else None
        if text is not None:
            yield text
            # A part of a file may have another width than the rest.
            yield data.translate(None, _CONTROLS).decode("utf-8", "ignore")
        return
    if text is None:
        text = _as(data, "utf-8")
    if text is None:
        text = _legacy(data)
    if text is not None:
        yield text
    other = _as_declared(data)
    if other is not None and other != text:
        yield other


def _marked(data: bytes) -> str | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = _as(data[len(mark) :], name)
            if text is not None:
                return text
    return None


def _as_declared(data: bytes) -> str | None:
    named = _DECLARED.search(data[:_HEAD])
    if named is None:
        return None
    try:
        name = codecs.lookup(named[1].decode("ascii")).name
    except LookupError:
        return None
    return None if name in _NO_ENCODINGS else _as(data, name)


def _wide(data: bytes) -> str | None:
    """Text of two or four bytes a letter, without a mark of which: the one that gives letters and no zeros."""
    for name in _WIDE:
        text = _as(data, name)
        if text is not None and not any(letter in text[:_HEAD] for letter in "\0\ufffe\uffff") and _mostly_low(text):
            return text
    return None


def _mostly_low(text: str) -> bool:
    """Real text has spaces or common punctuation every few letters; the wrong byte order has none."""
    sample = text[:_HEAD]
    return sum(letter < "\u3000" for letter in sample) * 2 > len(sample)


def _legacy(data: bytes) -> str | None:
    """Text of one byte a letter, or of lines of which some are and others are UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    foreign = len(data) - len(data.translate(None, _HIGH))
    if foreign > len(data) // 2:
        return None
    return text.translate(_ESCAPED)


def _as(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _addresses(text: str, nest: Nest) -> Iterator[Part]:
    """What data addresses hold that is packed; plain text in them is decoded where everything is."""
    lower = text.lower() if text.isascii() else text
    at, number = lower.find("data:"), 0
    while at >= 0:
        end = at + 1
        if head := _ADDRESS.match(text, at):
            is_base64 = "base64" in head[2].lower()
            body = (_BASE64 if is_base64 else _URL).match(text, head.end())
            end = body.end() if body else end
            if body and len(body[0]) >= _SHORTEST:
                number += 1
                yield from _address(number, head[1].lower(), is_base64, body[0], nest)
        at = lower.find("data:", end)


def _address(number: int, kind: str, is_base64: bool, body: str, nest: Nest) -> Iterator[Part]:
    if not is_base64 and (kind == "image/svg+xml" or kind.startswith(_TEXTUAL)):
        return
    data = _packed(body, is_base64)
    if data is not None:
        yield from nest.inside(f"data address {number}", "", data)
    elif kind.startswith(_READ):
        yield Unread(f"holds data address {number}, which is damaged")


def _packed(body: str, is_base64: bool) -> bytes | None:
    data = unquote_to_bytes(body)
    if not is_base64:
        return data
    letters = _LINE_ENDS.sub(b"", data).rstrip(b"=").translate(_URL_SAFE)
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
