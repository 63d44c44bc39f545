"""Metadata that several kinds of pictures share: EXIF (and TIFF, which is the same), XMP, and colour profiles."""

from __future__ import annotations

from collections.abc import Iterator

from heard.leaks.artefacts.parts import DAMAGED, TRUNCATED, Nest, Part, Unread, UnreadError, texts
from heard.leaks.artefacts.plain import decoded
from heard.leaks.secret import Form, Piece

_MOST_LISTS = 100
_MOST_OVERLAP = 4
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_BYTES = (1, 2, 6, 7)
_POINTERS = (0x014A, 0x8769, 0x8825, 0xA005)
_XP = range(0x9C9B, 0x9CA0)
_XMP, _PROFILE, _COMMENT = 0x02BC, 0x8773, 0x9286
_THUMBNAIL, _THUMBNAIL_SIZE = 0x0201, 0x0202
_NUMBERS = (b"XYZ ", b"curv", b"para", b"mft", b"mAB ", b"mBA ", b"sf32", b"sig ", b"view", b"meas", b"chrm", b"ui08")
Field = tuple[int, int, bytes]


def read_exif(data: bytes, nest: Nest) -> Iterator[Part]:
    """A block of EXIF: each of its texts, the thumbnail, and all of the block as whatever text it may be."""
    data = data.removeprefix(b"Exif\0\0")
    yield from texts(data, "EXIF")
    yield from read_tiff("", data, nest)


def read_tiff(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The texts of a TIFF file's lists of fields; its pixels are not read."""
    if data[:2] not in (b"II", b"MM"):
        raise UnreadError(DAMAGED)
    order = "<" if data[:2] == b"II" else ">"
    waiting, seen, size = [_number(data[4:8], order)], set[int](), 0
    while waiting:
        at = waiting.pop()
        if at in seen or at == 0:
            continue
        seen.add(at)
        found, following = _fields(data, at, order)
        size += sum(len(value) + 12 for _, _, value in found)
        # Fields that lie upon each other could be read for ever.
        if len(seen) > _MOST_LISTS or size > _MOST_OVERLAP * len(data):
            raise UnreadError("holds more fields than are read")
        waiting.append(following)
        for tag, _, value in found:
            if tag in _POINTERS:
                waiting += [_number(value[i : i + 4], order) for i in range(0, min(len(value), 400), 4)]
        yield from _texts_of(data, found, order, nest)


def _fields(data: bytes, at: int, order: str) -> tuple[list[Field], int]:
    """The fields of the list that begins here, each with its bytes, and where the next list begins."""
    count = _number(data[at : at + 2], order)
    end = at + 2 + 12 * count
    if at < 8 or end > len(data):
        raise UnreadError(TRUNCATED)
    found: list[Field] = []
    for start in range(at + 2, end, 12):
        tag, kind = _number(data[start : start + 2], order), _number(data[start + 2 : start + 4], order)
        size = _number(data[start + 4 : start + 8], order) * _WIDTHS.get(kind, 1)
        place = start + 8 if size <= 4 else _number(data[start + 8 : start + 12], order)
        if place + size > len(data):
            raise UnreadError(TRUNCATED)
        found.append((tag, kind, data[place : place + size]))
    return found, _number(data[end : end + 4], order)


def _number(data: bytes, order: str) -> int:
    return int.from_bytes(data, "little" if order == "<" else "big")


def _texts_of(data: bytes, fields: list[Field], order: str, nest: Nest) -> Iterator[Part]:
    places = {tag: _number(value[:4], order) for tag, _, value in fields if tag in (_THUMBNAIL, _THUMBNAIL_SIZE)}
    for tag, kind, value in fields:
        if kind in _BYTES or tag in (_XMP, _PROFILE):
            yield from _text(tag, value)
    if len(places) == 2:
        start = places[_THUMBNAIL]
        picture = data[start : start + places[_THUMBNAIL_SIZE]]
        if picture:
            yield from nest.inside("the thumbnail", "thumbnail.jpg", picture)


def _text(tag: int, value: bytes) -> Iterator[Part]:
    if tag == _XMP:
        yield from read_xmp(value)
    elif tag == _PROFILE:
        yield from read_profile(value)
    elif tag in _XP:
        yield Piece(value.decode("utf-16-le", "replace").rstrip("\0"), Form.DATA, "EXIF")
    elif tag == _COMMENT:
        yield from texts(value[8:], "EXIF")
    else:
        yield from texts(value.strip(b"\0"), "EXIF")


def read_xmp(data: bytes, where: str = "XMP") -> Iterator[Part]:
    """A packet of XMP, or of other XML."""
    found = list(decoded(data.strip(b"\0")))
    if not found:
        yield Unread(f"holds {where}, which is no text")
    yield from (Piece(text, Form.MARKUP, where) for text in found)


def read_profile(data: bytes) -> Iterator[Part]:
    """The texts of an ICC colour profile: all of its parts that are not known to be numbers."""
    count = int.from_bytes(data[128:132], "big")
    if len(data) < 132 or count > 200 or len(data) < 132 + 12 * count:
        yield from texts(data, "the colour profile")
        return
    total = 0
    for start in range(132, 132 + 12 * count, 12):
        at, size = (int.from_bytes(data[start + i : start + i + 4], "big") for i in (4, 8))
        total += size
        if total > _MOST_OVERLAP * len(data):
            raise UnreadError(DAMAGED)
        if not data.startswith(_NUMBERS, at):
            yield from texts(data[at : at + size], "the colour profile")
    yield from texts(data[:128], "the colour profile")
