"""Fonts (TTF, OTF, WOFF, WOFF2): their names, notices and metadata; the outlines are not read."""

from __future__ import annotations

from collections.abc import Iterator

from heard.leaks.artefacts.exif import read_xmp
from heard.leaks.artefacts.parts import (
    DAMAGED,
    TOO_MUCH,
    TRUNCATED,
    Allowance,
    Nest,
    Part,
    UnreadError,
    most_of,
    texts,
    unpack,
)
from heard.leaks.artefacts.png import after_end
from heard.leaks.secret import Form, Piece

# fmt: off
_NUMBERS = frozenset((
    "BASE", "CBDT", "CBLC", "COLR", "CPAL", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "HVAR", "JSTF",
    "LTSH", "MATH", "MVAR", "PCLT", "STAT", "VDMX", "VORG", "VVAR", "avar", "cmap", "cvar", "cvt", "fpgm", "fvar",
    "gasp", "glyf", "gvar", "hdmx", "head", "hhea", "hmtx", "kern", "loca", "maxp", "prep", "sbix", "vhea", "vmtx",
    "bloc", "bdat", "feat", "morx", "mort", "kerx", "trak", "ankr", "opbd", "lcar", "prop", "FFTM",
))
# fmt: on
_OUTLINES = ("CFF", "CFF2")
_OUTLINES_HEAD = 1 << 16
_WOFF2_MARK, _WOFF_MARK, _COLLECTION = b"wOF2", b"wOFF", b"ttcf"
_MOST_TABLES = 200
_MACINTOSH = 1
_NAMES = "the names in the font"
Table = tuple[str, bytes]


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """All texts of a font, and what follows its end."""
    if data.startswith(_COLLECTION):
        raise UnreadError("is a collection of fonts, which is not read")
    end = len(data)
    if data.startswith((_WOFF_MARK, _WOFF2_MARK)):
        end = int.from_bytes(data[8:12], "big")
        if end > len(data):
            raise UnreadError(TRUNCATED)
        yield from _metadata(data, nest.allowance)
    for tag, body in tables(data, nest.allowance):
        yield from _table(tag, body)
    yield from after_end(data[end:], nest)


def tables(data: bytes, allowance: Allowance) -> Iterator[Table]:
    """Each table that may hold text. Raises `UnreadError`."""
    if data.startswith(_WOFF2_MARK):
        yield from _woff2(data, allowance)
        return
    is_woff = data.startswith(_WOFF_MARK)
    count, first, width = (_at(data, 12, 2), 44, 20) if is_woff else (_at(data, 4, 2), 12, 16)
    if count > _MOST_TABLES:
        raise UnreadError(DAMAGED)
    for place in range(first, first + count * width, width):
        tag = data[place : place + 4].decode("latin-1").strip()
        start, size = (_at(data, place + 4 if is_woff else place + 8, 4), _at(data, place + (8 if is_woff else 12), 4))
        body = data[start : start + size]
        if len(body) < size or len(data) < place + width:
            raise UnreadError(TRUNCATED)
        if tag not in _NUMBERS:
            packed = is_woff and size < _at(data, place + 12, 4)
            yield tag, unpack(body, allowance) if packed else body


def _woff2(data: bytes, allowance: Allowance) -> Iterator[Table]:
    """The tables of a WOFF2, which are one stream of Brotli. Source: W3C, WOFF File Format 2.0, sections 4 and 5."""
    from fontTools.ttLib.woff2 import woff2KnownTags

    place, sizes = 48, list[tuple[str, int]]()
    for _ in range(min(_at(data, 12, 2), _MOST_TABLES)):
        flags = _at(data, place, 1)
        place += 1
        known = flags & 63
        tag = data[place : place + 4].decode("latin-1") if known == 63 else str(woff2KnownTags[known])
        place += 4 if known == 63 else 0
        size, place = _base128(data, place)
        # Only these two are stored as they are under version 3; all others under version 0.
        if (flags >> 6 != 3) if tag in ("glyf", "loca") else flags >> 6:
            size, place = _base128(data, place)
        sizes.append((tag.strip(), size))
    whole, at = _brotli(data[place : place + _at(data, 20, 4)], allowance), 0
    for tag, size in sizes:
        if tag not in _NUMBERS:
            yield tag, whole[at : at + size]
        at += size
    if at != len(whole):
        raise UnreadError(DAMAGED)


def _base128(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for at in range(place, min(place + 5, len(data))):
        value = value << 7 | data[at] & 127
        if data[at] < 128:
            return value, at + 1
    raise UnreadError(DAMAGED)


def _brotli(data: bytes, allowance: Allowance) -> bytes:
    import brotli

    most, stream, out = most_of(len(data), allowance), brotli.Decompressor(), b""
    try:
        out = stream.process(data, output_buffer_limit=most + 1)
        while not stream.is_finished() and not stream.can_accept_more_data() and len(out) <= most:
            out += stream.process(b"", output_buffer_limit=most + 1 - len(out))
    except brotli.error as error:
        raise UnreadError(DAMAGED) from error
    if len(out) > most:
        raise UnreadError(TOO_MUCH)
    if not stream.is_finished():
        raise UnreadError(TRUNCATED)
    allowance.spend(len(out))
    return bytes(out)


def _metadata(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """The XML and the private block of a web font, whose places stand at the end of its head."""
    head = 24 if data.startswith(_WOFF_MARK) else 28
    start, size = _at(data, head, 4), _at(data, head + 4, 4)
    if size:
        packed = data[start : start + size]
        yield from read_xmp(
            unpack(packed, allowance) if data.startswith(_WOFF_MARK) else _brotli(packed, allowance), "the metadata"
        )
    start, size = _at(data, head + 12, 4), _at(data, head + 16, 4)
    yield from texts(data[start : start + size], "the private block") if size else ()


def _table(tag: str, body: bytes) -> Iterator[Part]:
    if tag == "name":
        yield from names(body)
    elif tag in _OUTLINES:
        yield from texts(body[:_OUTLINES_HEAD], "the names of the outlines")
    else:
        yield from texts(body, "a table of the font")


def names(body: bytes) -> Iterator[Part]:
    """Every record of a table of names. Source: OpenType specification, `name`."""
    count, first = _at(body, 2, 2), _at(body, 4, 2)
    lines: list[str] = []
    for place in range(6, 6 + 12 * count, 12):
        platform, encoding = _at(body, place, 2), _at(body, place + 2, 2)
        start = first + _at(body, place + 10, 2)
        value = body[start : start + _at(body, place + 8, 2)]
        if platform == _MACINTOSH and encoding:
            yield from texts(value, _NAMES)
        lines.append(value.decode("mac-roman" if platform == _MACINTOSH else "utf-16-be", "replace"))
    yield Piece("\n".join(lines), Form.DATA, _NAMES)


def _at(data: bytes, place: int, width: int) -> int:
    found = data[place : place + width]
    if len(found) < width:
        raise UnreadError(TRUNCATED)
    return int.from_bytes(found, "big")
