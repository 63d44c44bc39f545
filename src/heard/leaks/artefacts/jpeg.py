"""JPEG: EXIF, XMP, IPTC, comments, thumbnails and what follows its end; the pixels are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.leaks.artefacts.exif import read_exif, read_profile, read_xmp
from heard.leaks.artefacts.parts import DAMAGED, TRUNCATED, Nest, Part, UnreadError, texts
from heard.leaks.artefacts.png import after_end

_MARK = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_ALONE = frozenset((0x01, 0xD8, *range(0xD0, 0xD8)))
_END, _SCAN = 0xD9, 0xDA
_TABLES = frozenset((*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDD, 0xDC))
_EXIF, _XMP, _MORE_XMP = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_PROFILE, _PHOTOSHOP = b"ICC_PROFILE\0", b"Photoshop 3.0\0"
_MORE_XMP_HEAD = len(_MORE_XMP) + 40
_THUMBNAILS = (1033, 1036)
_THUMBNAIL_HEAD = 28


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """All texts of a JPEG."""
    joined = {_MORE_XMP: b"", _PROFILE: b"", _PHOTOSHOP: b""}
    end = 0
    for mark, body, after in _segments(data):
        end = after
        if mark in _TABLES:
            continue
        if body.startswith(_EXIF):
            yield from read_exif(body[6:], nest)
        elif body.startswith(_XMP):
            yield from read_xmp(body[len(_XMP) :])
        elif body.startswith(_MORE_XMP):
            joined[_MORE_XMP] += body[_MORE_XMP_HEAD:]
        elif body.startswith(_PROFILE):
            joined[_PROFILE] += body[len(_PROFILE) + 2 :]
        elif body.startswith(_PHOTOSHOP):
            joined[_PHOTOSHOP] += body[len(_PHOTOSHOP) :]
        else:
            yield from texts(body, "the comments of the picture")
    yield from read_xmp(joined[_MORE_XMP]) if joined[_MORE_XMP] else ()
    yield from read_profile(joined[_PROFILE]) if joined[_PROFILE] else ()
    yield from read_photoshop(joined[_PHOTOSHOP], nest)
    yield from after_end(data[end:], nest)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each marker with its bytes, and where it ends. Raises `UnreadError` where the picture does not end properly."""
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise UnreadError(DAMAGED if at < len(data) else TRUNCATED)
        mark = data[at + 1] if at + 1 < len(data) else -1
        if mark == _END:
            yield mark, b"", at + 2
            return
        if mark in _ALONE or mark == 0xFF:
            at += 1 if mark == 0xFF else 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(data):
            raise UnreadError(TRUNCATED)
        if mark == _SCAN:
            following = _MARK.search(data, end)
            if following is None:
                raise UnreadError(TRUNCATED)
            end = following.start()
        yield mark, data[at + 4 : at + 2 + size], end
        at = end


def read_photoshop(data: bytes, nest: Nest) -> Iterator[Part]:
    """Photoshop's blocks: IPTC, captions, addresses as text; thumbnails as the pictures that they are."""
    yield from texts(data, "IPTC") if data else ()
    yield from _iptc(data)
    at = 0
    while data.startswith(b"8BIM", at):
        kind = int.from_bytes(data[at + 4 : at + 6], "big")
        start = at + 6 + (data[at + 6] + 2 & ~1 if at + 6 < len(data) else 2)
        size = int.from_bytes(data[start : start + 4], "big")
        body = data[start + 4 : start + 4 + size]
        if kind in _THUMBNAILS and len(body) > _THUMBNAIL_HEAD:
            yield from nest.inside("the thumbnail", "thumbnail.jpg", body[_THUMBNAIL_HEAD:])
        at = start + 4 + size + size % 2


def _iptc(data: bytes) -> Iterator[Part]:
    """Each dataset of IPTC by itself: as a whole, the lengths between them would pass for letters."""
    at = data.find(b"\x1c")
    while 0 <= at < len(data) - 5:
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        body = data[at + 5 : at + 5 + size]
        is_set = 1 <= data[at + 1] <= 9 and len(body) == size
        if is_set:
            yield from texts(body, "IPTC")
        at = data.find(b"\x1c", at + 5 + size if is_set else at + 1)
