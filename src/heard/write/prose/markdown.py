"""Markdown as prose: its blocks, and its text with everything made unreadable that is not the writer's own prose.

Quotations, code, tables, sources, addresses and gaps are covered up letter by letter, so that every offset
still tells the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from heard.base.gaps import gaps
from heard.write.prose.covering import COVERED, cover_inline, covered, without_comments
from heard.write.prose.phrases import Word, words

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+\S")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_TASK = re.compile(r"[ \t]*[-*+][ \t]+\[[ xX]\][ \t]")
_BOX = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[ \t]")
_CAPTION = re.compile(r"[ \t]*(?:Table|Figure):[ \t]", re.IGNORECASE)
_SOURCE = re.compile(r"[ \t]*Source:[ \t]*\S", re.IGNORECASE)
_NOTE = re.compile(r" {0,3}\[\^?[^\]\n]+\]:")
_RULE = re.compile(r"[ \t]*(?:\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?|={2,}|[-*_](?:[ \t]*[-*_]){2,})[ \t]*")


class Kind(Enum):
    """What a block of a text is."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    CAPTION = auto()
    TABLE = auto()
    SOURCE = auto()
    NOTE = auto()
    QUOTE = auto()
    CODE = auto()


PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM})
SPOKEN = PROSE | {Kind.HEADING, Kind.CAPTION}
"""What the writer says in words of their own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text: its offsets, the heading it stands below, and whether it is a line to tick off."""

    kind: Kind
    start: int
    end: int
    section: str = ""
    task: bool = False


@dataclass(frozen=True)
class Prose:
    """A text, its blocks, and the same text with all that is not the writer's prose covered up."""

    raw: str
    shown: str
    blocks: tuple[Block, ...]
    first: int = 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.raw))]

    def line(self, offset: int) -> int:
        """The line of the file that an offset lies in."""
        return self.first + bisect_right(self._starts, offset) - 1

    def of(self, block: Block) -> str:
        """The prose of a block."""
        return self.shown[block.start : block.end]

    @cached_property
    def spoken(self) -> tuple[tuple[Block, tuple[Word, ...]], ...]:
        """The blocks that hold words of the writer's own, with those words; their offsets are in the block."""
        return tuple((block, words(self.of(block))) for block in self.blocks if block.kind in SPOKEN)


def prose(text: str, first: int = 1) -> Prose:
    """Take Markdown apart; `first` is the number of its first line."""
    read = without_comments(text)
    blocks = tuple(_with_sections(text, _blocks(read)))
    shown = list(read)
    for block in blocks:
        part = read[block.start : block.end]
        shown[block.start : block.end] = _cover(part, block.kind)
    for gap in gaps(text):
        shown[gap.start : gap.start + len(gap.mark)] = covered(gap.mark)
    return Prose(text, "".join(shown), blocks, first)


def _cover(part: str, kind: Kind) -> str:
    if kind not in SPOKEN:
        return covered(part)
    mark = _ITEM.match(part) if kind is Kind.ITEM else None
    at = mark.end() if mark else 0
    return covered(part[:at]) + cover_inline(part[at:])


def plain(text: str, first: int = 1) -> Prose:
    """A text that is no Markdown, such as an ad's headline: one paragraph."""
    block = Block(Kind.PARAGRAPH, 0, len(text))
    return Prose(text, cover_inline(text), (block,), first)


def _with_sections(text: str, blocks: Iterator[Block]) -> Iterator[Block]:
    section = ""
    for block in blocks:
        if block.kind is Kind.HEADING:
            section = text[block.start : block.end].strip().strip("#").strip()
        yield replace(block, section=section)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks of a text in order; lines that hang together are one, and every item of a list its own."""
    kind, start, end, task, fence = None, 0, 0, False, ""
    offset, held = 0, False
    rows = text.split("\n")
    for row, below in zip(rows, [*rows[1:], ""], strict=True):
        opening = _FENCE.fullmatch(row)
        if fence or opening:
            here: Kind | None = Kind.CODE
            closes = fence and opening and opening[1].startswith(fence) and not opening[2].strip()
            fence = "" if closes else fence or (opening[1] if opening else "")
        else:
            here = Kind.TABLE if _heads_table(row, below) else _kind(row, kind, held)
        begins = here is not None and not _goes_on(kind, here, row)
        if kind is not None and (here is None or begins):
            yield Block(kind, start, end, task=task)
        if begins:
            start, task = offset, bool(_TASK.match(row))
        # Below an item, a box or a note, an indented line belongs to it and is no code.
        held = here in (Kind.ITEM, Kind.NOTE) or bool(_BOX.match(row)) or (held and row[:1] in (" ", "\t", ""))
        kind, end = here, offset + len(row)
        offset = end + 1
    if kind is not None:
        yield Block(kind, start, min(end, len(text)), task=task)


def _heads_table(row: str, below: str) -> bool:
    return "|" in row and "|" in below and "-" in below and bool(_RULE.fullmatch(below))


def _goes_on(before: Kind | None, here: Kind, row: str) -> bool:
    """Whether a line is of the block above it."""
    if before is not here or here in (Kind.HEADING, Kind.SOURCE, Kind.CAPTION):
        return False
    return here is not Kind.ITEM or not _ITEM.match(row)


def _kind(row: str, before: Kind | None, held: bool) -> Kind | None:
    """What a line is, below a line of this kind; None for an empty one."""
    if not row.strip():
        return None
    for kind, sign in _SIGNS:
        if sign.match(row):
            return kind
    if before in (Kind.QUOTE, Kind.NOTE, Kind.ITEM, Kind.TABLE, Kind.PARAGRAPH):
        return before
    if row.startswith(("    ", "\t")) and not held:
        return Kind.CODE
    return Kind.PARAGRAPH


_SIGNS = (
    (Kind.QUOTE, re.compile(r"[ \t]*>")),
    (Kind.HEADING, _HEADING),
    (Kind.NOTE, _NOTE),
    (Kind.TABLE, re.compile(rf"[ \t]*\||{_RULE.pattern}$")),
    (Kind.SOURCE, _SOURCE),
    (Kind.CAPTION, _CAPTION),
    (Kind.CODE, _BOX),
    (Kind.ITEM, _ITEM),
)

__all__ = ["COVERED", "PROSE", "SPOKEN", "Block", "Kind", "Prose", "plain", "prose"]
