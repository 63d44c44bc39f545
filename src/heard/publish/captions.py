"""Captions, sources and the alignment of a paper's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.publish.lines import Line

_CAPTION = re.compile(r" {0,3}(Table|Tabelle|Figure|Abbildung): +(\S.*)")
_SOURCE = re.compile(r" {0,3}(Source|Sources|Quelle|Quellen): +\S")
_DELIMITER = re.compile(r" {0,3}\|?[ :|-]*-[ :|-]*\|[ :|-]*")
_NUMBER = re.compile(r"\**[−+–~≈<>≤≥±-]? ?[€$£]?\s?\d.{0,14}|[—–-]?")


def replacements(lines: list[Line]) -> dict[int, list[str]]:
    """What replaces the lines of captions, sources and the alignment row of tables."""
    found: dict[int, list[str]] = {}
    counts: dict[str, int] = {}
    for at, line in enumerate(lines):
        caption = None if line.code else _CAPTION.fullmatch(line.text.rstrip())
        if caption and _paragraph_alone(lines, at) and _shows(lines, at, caption[1]):
            counts[caption[1]] = counts.get(caption[1], 0) + 1
            number = f'<span class="number">{caption[1]} {counts[caption[1]]}</span>'
            found[at] = [f"{number} {caption[2]}", "{ .caption }"]
        elif not line.code and _SOURCE.match(line.text) and _follows_table(lines, at):
            end = at
            while end + 1 < len(lines) and lines[end + 1].text.strip():
                end += 1
            found[end] = [lines[end].text, "{ .source }"]
        elif _starts_table(lines, at):
            found[at + 1] = [_aligned(lines, at)]
    return found


def _paragraph_alone(lines: list[Line], at: int) -> bool:
    before = lines[at - 1].text.strip() if at else ""
    after = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
    return not before and not after


def _shows(lines: list[Line], at: int, kind: str) -> bool:
    """Whether the next block is what the caption announces."""
    following = _next(lines, at, 1)
    if following is None:
        return False
    if kind in ("Table", "Tabelle"):
        return _starts_table(lines, following)
    return lines[following].text.lstrip().startswith(("![", "<svg", "<img", "<figure", "[!["))


def _follows_table(lines: list[Line], at: int) -> bool:
    before = _next(lines, at, -1)
    if before is None or before == at - 1:
        return False
    text = lines[before].text.strip()
    return text.startswith(("|", "![", "</svg", "<img", "</figure")) or "|" in text


def _next(lines: list[Line], at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(lines):
        if lines[at].text.strip():
            return at
        at += step
    return None


def _starts_table(lines: list[Line], at: int) -> bool:
    if at + 1 >= len(lines) or lines[at].code or "|" not in lines[at].text:
        return False
    return bool(_DELIMITER.fullmatch(lines[at + 1].text.rstrip()))


def _aligned(lines: list[Line], at: int) -> str:
    """The delimiter row with columns of figures set right, unless the writer chose otherwise."""
    marks = _cells(lines[at + 1].text)
    rows = [_cells(text) for text in _rows(lines, at + 2)]
    for column, mark in enumerate(marks):
        cells = [row[column] for row in rows if column < len(row)]
        if column and ":" not in mark and any(cells) and all(map(_NUMBER.fullmatch, cells)):
            marks[column] = "--:"
    return "| " + " | ".join(marks) + " |"


def _rows(lines: list[Line], at: int) -> Iterator[str]:
    while at < len(lines) and lines[at].text.strip():
        yield lines[at].text
        at += 1


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
