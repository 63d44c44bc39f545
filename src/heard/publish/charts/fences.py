"""Where the charts of a paper stand: blocks of lines between ```chart and ```."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WORD = "chart"

_FENCE = re.compile(r"([ \t]*(?:[-*+>] |\d+[.)] )?[ \t]*)(`{3,}|~{3,})[ \t]*([^`]*)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its first line, and the one behind its last, counted from 0; its inside; how it begins.

    `shifted`: it does not begin at the left edge. `closed`: its last line closes it.
    """

    start: int
    end: int
    word: str
    inside: tuple[str, ...]
    shifted: bool
    closed: bool


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Every fenced block of a text."""
    at = 0
    while at < len(lines):
        opening = _FENCE.fullmatch(lines[at].rstrip())
        if not opening:
            at += 1
            continue
        end = next((to for to in range(at + 1, len(lines)) if _closes(lines[to], opening[2])), len(lines))
        closed = end < len(lines)
        inside = tuple(lines[at + 1 : end])
        yield Block(at, end + closed, opening[3].strip().casefold(), inside, bool(opening[1]), closed)
        at = end + 1


def charts(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks that are charts."""
    return tuple(one for one in blocks(lines) if one.word == WORD and one.closed and not one.shifted)


def replaced(markdown: str, drawn: Callable[[Block], str]) -> str:
    """The text with something else in the place of every chart."""
    if WORD not in markdown.casefold():
        return markdown
    lines = markdown.split("\n")
    for block in reversed(charts(lines)):
        lines[block.start : block.end] = ["", *drawn(block).split("\n"), ""]
    return "\n".join(lines)


def _closes(line: str, fence: str) -> bool:
    words = line.strip()
    return words.startswith(fence) and not words.strip(fence[0])
