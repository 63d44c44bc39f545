"""What all readers of artefacts share: what they give, how much they may unpack, and views of unknown bytes as text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from heard.leaks.secret import Form, Piece

MAX_ENTRIES = 2_000
MAX_UNPACKED = 50_000_000
"""Bytes that all that lies in one artefact may have together, unpacked."""
MAX_RATIO = 100
MAX_DEPTH = 3
_FREE = 1_000_000
"""Bytes up to which a part may unpack to any multiple of its size: short regular texts do."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
_WIDE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd\uffff]{3,}")
_NEXT_SCRIPT = re.compile(r"(?<=[\u3400-\u9fff\uac00-\ud7a3])(?=[ -~])|(?<=[ -~])(?=[\u3400-\u9fff\uac00-\ud7a3])")


TOO_MUCH = "unpacks to more than is read"
DAMAGED = "is damaged"
ENCRYPTED = "is encrypted"
TRUNCATED = "ends in the middle"
AFTER_END = "has bytes after its end"
UNKNOWN = "is of no known kind"


class UnreadError(Exception):
    """What is being read cannot be read any further; the message says why, in words that follow its name."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that could not be read; `reason` follows the artefact's name: `is encrypted`."""

    reason: str


Part = Piece | Unread


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked of one artefact; shared by all that lies in it, so it is used up."""

    entries: int = MAX_ENTRIES
    unpacked: int = MAX_UNPACKED

    def enter(self) -> None:
        """Count one more member; raises `UnreadError` where there are too many."""
        self.entries -= 1
        if self.entries < 0:
            raise UnreadError(f"holds more than {MAX_ENTRIES:,} files")

    def spend(self, size: int) -> None:
        """Count unpacked bytes; raises `UnreadError` where there are too many."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise UnreadError(TOO_MUCH)


Reader = Callable[[str, bytes, "Nest"], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class Nest:
    """How a reader has read what lies inside of what it reads: `read` is the way in for bytes of any kind."""

    read: Reader
    allowance: Allowance = field(default_factory=Allowance)
    depth: int = 0

    def inside(self, label: str, name: str, data: bytes) -> Iterator[Part]:
        """All parts of a file that lies in the one being read, labelled as such. It raises nothing."""
        if self.depth >= MAX_DEPTH:
            yield Unread(f"holds {label}, which lies more than {MAX_DEPTH} wrappings deep")
            return
        try:
            self.allowance.enter()
        except UnreadError as error:
            yield Unread(str(error))
            return
        yield from labelled(label, self.read(name, data, replace(self, depth=self.depth + 1)))


def labelled(label: str, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts as parts of something that has this label."""
    for part in parts:
        if isinstance(part, Unread):
            yield Unread(f"holds {label}, which {part.reason}")
        else:
            yield replace(part, where=f"{label}, {part.where}" if part.where else label)


def unpack(data: bytes, allowance: Allowance, *, wbits: int = zlib.MAX_WBITS, ratio: int = MAX_RATIO) -> bytes:
    """What a zlib stream holds, in bounds; nothing may follow it. Raises `UnreadError`."""
    whole, rest = unpack_first(data, allowance, wbits=wbits, ratio=ratio)
    if rest.strip(b"\0\r\n"):
        raise UnreadError(AFTER_END)
    return whole


def unpack_first(
    data: bytes, allowance: Allowance, *, wbits: int = zlib.MAX_WBITS, ratio: int = MAX_RATIO
) -> tuple[bytes, bytes]:
    """What the zlib stream at the beginning holds, and the bytes that follow it. Raises `UnreadError`."""
    most = most_of(len(data), allowance, ratio)
    stream = zlib.decompressobj(wbits)
    try:
        # zlib stops at the limit: no more than that is ever in memory.
        whole = stream.decompress(data, most + 1)
    except zlib.error as error:
        raise UnreadError(DAMAGED) from error
    if len(whole) > most:
        raise UnreadError(TOO_MUCH)
    allowance.spend(len(whole))
    if not stream.eof:
        raise UnreadError(TRUNCATED)
    return whole, stream.unused_data


def most_of(size: int, allowance: Allowance, ratio: int = MAX_RATIO) -> int:
    """To how many bytes so many may unpack."""
    return min(allowance.unpacked, max(_FREE, ratio * size))


def texts(data: bytes, where: str, form: Form = Form.DATA) -> Iterator[Piece]:
    """All that could be text in bytes of unknown make: as UTF-8, as Latin-1, and as UTF-16 in both orders.

    For metadata, which is small; the views hold each letter several times.
    """
    text = data.decode("utf-8", "ignore")
    views = [text] if data.isascii() else [text, data.decode("latin-1")]
    yield from (Piece(view, form, where) for one in views if (view := _CONTROLS.sub("\n", one).strip()))
    if b"\0" not in data and len(text.encode()) == len(data):
        return
    wide = [data[start:].decode(order, "replace") for start in (0, 1) for order in ("utf-16-le", "utf-16-be")]
    # Letters at the wrong end are read as signs of the Far East, which then stand at a name that follows.
    found = (part for view in wide for run in _WIDE.findall(view) for part in _NEXT_SCRIPT.split(run))
    runs = [run for run in found if len(run) > 2 and not _is_misread(run)]
    if runs:
        yield Piece("\n".join(runs), form, where)


def _is_misread(run: str) -> bool:
    """Whether letters of two bytes are only letters of one byte, two at a time, or taken at the wrong end."""
    pairs = run.encode("utf-16-be", "replace")
    return (pairs.isascii() and b"\0" not in pairs) or pairs[1::2].count(0) * 2 > len(run)
