"""PNG: its texts, metadata and what follows its end; the pixels are not read."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from heard.leaks.artefacts.exif import read_exif, read_profile, read_xmp
from heard.leaks.artefacts.parts import DAMAGED, TRUNCATED, Nest, Part, Unread, UnreadError, texts, unpack
from heard.leaks.secret import Form, Piece

_HEAD = 8
# fmt: off
_NUMBERS = frozenset((
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD",
    b"hIST", b"pHYs", b"tIME", b"oFFs", b"sTER", b"acTL", b"fcTL", b"fdAT", b"vpAg", b"orNT",
))
# fmt: on
_TEXTS = frozenset((b"sPLT", b"pCAL", b"sCAL", b"gIFt", b"gIFx", b"caBX", b"iDOT"))


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """All texts of a PNG."""
    at = _HEAD
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind, body, check = data[at + 4 : at + 8], data[at + 8 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        if len(check) < 4:
            raise UnreadError(TRUNCATED)
        if zlib.crc32(body, zlib.crc32(kind)) != int.from_bytes(check, "big"):
            yield Unread(DAMAGED)
        yield from _chunk(kind, body, nest)
        at += 12 + size
        if kind == b"IEND":
            yield from after_end(data[at:], nest)
            return
    raise UnreadError(TRUNCATED)


def _chunk(kind: bytes, body: bytes, nest: Nest) -> Iterator[Part]:
    if kind in _NUMBERS:
        return
    match kind:
        case b"tEXt":
            yield from texts(body, "the text of the picture")
        case b"zTXt" | b"iCCP":
            keyword, _, packed = body.partition(b"\0")
            yield from texts(keyword, "the text of the picture")
            text = unpack(packed[1:], nest.allowance)
            yield from read_profile(text) if kind == b"iCCP" else texts(text, "the text of the picture")
        case b"iTXt":
            yield from _international(body, nest)
        case b"eXIf":
            yield from read_exif(body, nest)
        case _:
            yield from texts(body, "a block of the picture")
            if kind not in _TEXTS:
                yield Unread("holds a block of no known kind")


def _international(body: bytes, nest: Nest) -> Iterator[Part]:
    keyword, _, rest = body.partition(b"\0")
    packed = rest[:1] == b"\1"
    language, _, rest = rest[2:].partition(b"\0")
    translated, _, text = rest.partition(b"\0")
    yield from texts(b"\n".join((keyword, language, translated)), "the text of the picture")
    text = unpack(text, nest.allowance) if packed else text
    if keyword == b"XML:com.adobe.xmp":
        yield from read_xmp(text)
    else:
        yield Piece(text.decode("utf-8", "replace"), Form.DATA, "the text of the picture")


def after_end(rest: bytes, nest: Nest) -> Iterator[Part]:
    """What follows the end of a picture: it is no part of it, but it is published with it."""
    if rest.strip(b"\0\r\n"):
        yield from nest.inside("what follows its end", "", rest.lstrip(b"\0\r\n"))
