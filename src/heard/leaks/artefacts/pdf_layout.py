"""A PDF's bytes as they lie in the file: the bodies of its streams, and everything between them.

What lies there need not belong to the document any more: a PDF that was saved again still holds what was deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from heard.leaks.artefacts.pdf_strings import LITERAL

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)")
_OBJECT = re.compile(rb"(?<![0-9])\d{1,10}\s+\d{1,5}\s+obj\b")
_BODY_END = re.compile(rb"\s*endstream")
_FILE_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_NO_OBJECT = re.compile(rb"%[^\r\n]*+|\bstartxref\s+\d+|\bxref\b[\s\dfn]*+")
_TRAILER = re.compile(rb"\btrailer\s*+<<(?:[^<>()]|<<[^<>()]*+>>|<[0-9A-Fa-f\s]*+>|" + LITERAL + rb")*+>>", re.DOTALL)
_LINEARIZED = b"/Linearized"
_HEAD = 1_024


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream as it stands: where its object begins, its dictionary, its bytes."""

    start: int
    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """The streams of a file, the rest of it without them, and where each of its states ends."""

    streams: tuple[Stream, ...]
    rest: bytes
    ends: tuple[int, ...]


def layout(data: bytes) -> Layout:
    """Take a file apart."""
    streams: list[Stream] = []
    gaps: list[tuple[int, int]] = []
    at = 0
    while found := _STREAM.search(data, at):
        objects = [match.start() for match in _OBJECT.finditer(data, at, found.start())]
        start = objects[-1] if objects else at
        head = data[start : found.start()]
        end = _body_end(data, found.end(), head)
        streams.append(Stream(start, head, data[found.end() : end]))
        gaps.append((at, found.start()))
        at = end
    gaps.append((at, len(data)))
    ends = [match.end() for start, end in gaps for match in _FILE_END.finditer(data, start, end)]
    return Layout(tuple(streams), b"\n".join(data[start:end] for start, end in gaps), tuple(ends))


def _body_end(data: bytes, begin: int, head: bytes) -> int:
    """Where a stream's bytes end: where its length says, if that is true, else at the next end of a stream."""
    length = _LENGTH.search(head)
    if length and _BODY_END.match(data, begin + int(length[1])):
        return begin + int(length[1])
    end = data.find(b"endstream", begin)
    return end if end >= 0 else len(data)


def earlier(data: bytes, parts: Layout) -> bytes | None:
    """The file as it was before it was saved again; None if it never was."""
    usual = 2 if _LINEARIZED in data[:_HEAD] else 1
    return data[: parts.ends[-2]] if len(parts.ends) > usual else None


def loose(rest: bytes) -> Iterator[bytes]:
    """What lies in no object: comments, and bytes that belong to nothing."""
    outside: list[bytes] = []
    at = 0
    for found in _OBJECT.finditer(rest):
        if found.start() >= at:
            outside.append(rest[at : found.start()])
            end = rest.find(b"endobj", found.end())
            at = end + len(b"endobj") if end >= 0 else len(rest)
    outside.append(rest[at:])
    yield from (_TRAILER.sub(b"", one) for one in outside)


def comments(between: bytes) -> tuple[bytes, bytes]:
    """The comments between objects, but for those that every PDF has; and whatever else stands there."""
    found = [line.strip() for line in re.findall(rb"%[^\r\n]*+", between)]
    said = [line for line in found if line != b"%%EOF" and not line.startswith(b"%PDF-") and not _is_mark(line)]
    return b"\n".join(said), _NO_OBJECT.sub(b"", between).strip(b"\0 \t\r\n\f")


def _is_mark(line: bytes) -> bool:
    """The second line of most PDFs: a few bytes that no text has, so that the file passes for binary."""
    return len(line) < 12 and min(line[1:5], default=0) >= 128
