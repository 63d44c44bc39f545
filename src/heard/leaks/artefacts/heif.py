"""AVIF and HEIC: EXIF, XMP and every other item that is not coded pixels."""

from __future__ import annotations

from collections.abc import Iterator

from heard.leaks.artefacts.exif import read_exif, read_xmp
from heard.leaks.artefacts.parts import DAMAGED, TRUNCATED, Nest, Part, UnreadError, texts

Box = tuple[bytes, int, int]
_PIXELS = frozenset((b"av01", b"hvc1", b"hev1", b"avc1", b"jpeg", b"grid", b"iovl", b"iden", b"tmap"))
_MOST_BOXES = 5_000
_MEDIA = b"mdat"


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """All texts of the file: its boxes but for the coded pixels, and its items but for pictures."""
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind != _MEDIA:
            yield from texts(data[start:end], "a block of the picture")
        if kind == b"meta":
            yield from _meta(data, start + 4, end, nest)


def _boxes(data: bytes, at: int, end: int) -> Iterator[Box]:
    """The boxes between two places: kind, and where its content begins and ends."""
    for _ in range(_MOST_BOXES):
        if at >= end:
            return
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        size = size or end - at
        if size < head or at + size > end:
            raise UnreadError(TRUNCATED if at + size > end else DAMAGED)
        yield data[at + 4 : at + 8], at + head, at + size
        at += size
    raise UnreadError("holds more blocks than are read")


def _meta(data: bytes, at: int, end: int, nest: Nest) -> Iterator[Part]:
    inner = {kind: (start, stop) for kind, start, stop in _boxes(data, at, end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        return
    kinds = dict(_items(data, *inner[b"iinf"]))
    stored = inner.get(b"idat", (0, 0))[0]
    for item, body in _bodies(data, *inner[b"iloc"], stored):
        nest.allowance.spend(len(body))
        kind = kinds.get(item, b"")
        if kind == b"Exif":
            start = 4 + int.from_bytes(body[:4], "big")
            yield from texts(body, "EXIF")
            yield from read_exif(body[start:], nest)
        elif kind == b"mime":
            yield from read_xmp(body)
        elif kind not in _PIXELS:
            yield from texts(body, "a block of the picture")


def _items(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The number and kind of each item."""
    first = at + (6 if data[at] == 0 else 8)
    for kind, start, _ in _boxes(data, first, end):
        if kind == b"infe":
            wide = 4 if data[start] >= 3 else 2
            number = int.from_bytes(data[start + 4 : start + 4 + wide], "big")
            yield number, data[start + 6 + wide : start + 10 + wide]


def _bodies(data: bytes, at: int, end: int, stored: int) -> Iterator[tuple[int, bytes]]:
    """The number and the bytes of each item, which may lie anywhere in the file."""
    version, sizes = data[at], int.from_bytes(data[at + 4 : at + 6], "big")
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    place = at + 6

    def take(size: int) -> int:
        nonlocal place
        place += size
        if place > end:
            raise UnreadError(DAMAGED)
        return int.from_bytes(data[place - size : place], "big")

    for _ in range(take(2 if version < 2 else 4)):
        number = take(2 if version < 2 else 4)
        inside = bool(version and take(2) & 15 == 1)
        take(2)
        begin = take(base) + (stored if inside else 0)
        parts: list[bytes] = []
        total = 0
        for _ in range(take(2)):
            take(index if version else 0)
            start, size = begin + take(offset), take(length)
            parts.append(data[start : start + size] if size else data[start:])
            total += len(parts[-1])
            if total > len(data):
                raise UnreadError(DAMAGED)
        yield number, b"".join(parts)
