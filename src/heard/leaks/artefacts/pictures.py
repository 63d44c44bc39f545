"""GIF, WebP, icons, AVIF and HEIC: their metadata and what follows their end; the pixels are not read."""

from __future__ import annotations

from collections.abc import Iterator

from heard.leaks.artefacts.exif import read_exif, read_profile, read_xmp
from heard.leaks.artefacts.parts import DAMAGED, TRUNCATED, Nest, Part, Unread, UnreadError, texts
from heard.leaks.artefacts.png import after_end

_PNG = b"\x89PNG"
_RIFF_PIXELS = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF")
_GIF_HEAD = 13


def read_webp(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """All texts of a WebP."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise UnreadError(TRUNCATED)
    at = 12
    while at + 8 <= end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            raise UnreadError(DAMAGED)
        yield from _webp_chunk(kind, data[at + 8 : at + 8 + size], nest)
        at += 8 + size + size % 2
    yield from after_end(data[end:], nest)


def _webp_chunk(kind: bytes, body: bytes, nest: Nest) -> Iterator[Part]:
    if kind in _RIFF_PIXELS:
        return
    if kind == b"EXIF":
        yield from read_exif(body, nest)
    elif kind == b"XMP ":
        yield from read_xmp(body)
    elif kind == b"ICCP":
        yield from read_profile(body)
    else:
        yield from texts(body, "a block of the picture")
        yield Unread("holds a block of no known kind")


def read_gif(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """Comments, captions and application blocks of a GIF."""
    at = _GIF_HEAD + _colours(data, 10)
    while True:
        mark = data[at : at + 1]
        if mark == b";":
            break
        if mark == b"!":
            body, at = _blocks(data, at + 2)
            yield from texts(body, "the comments of the picture")
        elif mark == b",":
            _, at = _blocks(data, at + 11 + _colours(data, at + 9))
        else:
            raise UnreadError(DAMAGED if mark else TRUNCATED)
    yield from after_end(data[at + 1 :], nest)


def _colours(data: bytes, at: int) -> int:
    """The length of the table of colours whose flags stand here."""
    if at >= len(data):
        raise UnreadError(TRUNCATED)
    flags = data[at]
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """The blocks that begin here, joined: XMP takes their lengths for letters, so each is also as it stands."""
    start, out = at, []
    while at < len(data) and (size := data[at]):
        out.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    if at >= len(data):
        raise UnreadError(TRUNCATED)
    return b"".join(out) + b"\n" + data[start:at], at + 1


def read_icon(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The pictures of an icon; those that are PNG hold texts."""
    count = int.from_bytes(data[4:6], "little")
    end = 6 + 16 * count
    if len(data) < end:
        raise UnreadError(TRUNCATED)
    for number in range(count):
        entry = data[6 + 16 * number : 22 + 16 * number]
        size, start = int.from_bytes(entry[8:12], "little"), int.from_bytes(entry[12:16], "little")
        picture = data[start : start + size]
        if len(picture) < size:
            raise UnreadError(TRUNCATED)
        if picture.startswith(_PNG):
            yield from nest.inside(f"picture {number + 1}", "", picture)
        end = max(end, start + size)
    yield from after_end(data[end:], nest)
