"""Captions, sources and the alignment of a paper's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heard.publish import wording
from heard.publish.charts.fences import Block, charts
from heard.publish.charts.lettering import together
from heard.publish.charts.reading import read
from heard.publish.lines import Line
from heard.publish.words import forms, plain

_LABEL = re.compile(r" {0,3}([^\W\d_]{3,20})[ \u00a0]?: +(\S.*)")
_DELIMITER = re.compile(r" {0,3}\|?[ :|-]*-[ :|-]*\|[ :|-]*")
_NUMBER = re.compile(r"\**[−+–~≈<>≤≥±-]? ?[€$£]?\s?\d.{0,14}|[—–-]?")


def replacements(lines: list[Line], lang: str = "en") -> dict[int, list[str]]:
    """What replaces the lines of captions, sources, the alignment row of tables, and a chart's first and last."""
    found: dict[int, list[str]] = {}
    counts: dict[str, int] = {}
    drawn = {block.start: block for block in charts([line.text for line in lines])}
    for at, line in enumerate(lines):
        if at in drawn:
            block = drawn[at]
            found |= _around(block, (line.text, lines[block.end - 1].text), counts, lang)
            continue
        label = None if line.code else _LABEL.fullmatch(line.text.rstrip())
        caption = label if label and _is(label[1], "tables", "figures") else None
        if caption and _paragraph_alone(lines, at) and _shows(lines, at, caption[1]):
            found[at] = _numbered(caption[1], caption[2], counts)
        elif label and _is(label[1], "sources") and _follows_table(lines, at):
            end = at
            while end + 1 < len(lines) and lines[end + 1].text.strip():
                end += 1
            found[end] = [lines[end].text, "{ .source }"]
        elif _starts_table(lines, at):
            found[at + 1] = [_aligned(lines, at)]
    return found


def _numbered(kind: str, words: str, counts: dict[str, int]) -> list[str]:
    counts[kind] = counts.get(kind, 0) + 1
    return [f'<span class="number">{kind} {counts[kind]}</span> {words}', "{ .caption }"]


def _around(block: Block, fence: tuple[str, str], counts: dict[str, int], lang: str) -> dict[int, list[str]]:
    """A chart's caption above it, its unit and source below."""
    head = read(block).head
    above = ["", *_numbered(wording.figure(lang), head.title, counts), ""] if head.title else []
    unit = f"{_begun(head.unit.rstrip('.'))}." if head.unit else ""
    source = wording.source(lang, head.source) if head.source else ""
    said = together(" ".join(part for part in (unit, source) if part))
    below = ["", said, "{ .source }", ""] if said else []
    return {block.start: [*above, fence[0]], block.end - 1: [fence[1], *below]}


def _begun(words: str) -> str:
    """A unit as the beginning of a sentence; `kWh` and `min` stay what they are."""
    first = words.partition(" ")[0]
    return words[:1].upper() + words[1:] if first.isalpha() and first.islower() and len(first) > 3 else words


def _is(word: str, *kinds: str) -> bool:
    """Whether a word is one of those that announce a table, a figure or a source, in any language."""
    return any(plain(word) in forms(kind) for kind in kinds)


def _paragraph_alone(lines: list[Line], at: int) -> bool:
    before = lines[at - 1].text.strip() if at else ""
    after = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
    return not before and not after


def _shows(lines: list[Line], at: int, kind: str) -> bool:
    """Whether the next block is what the caption announces."""
    following = _next(lines, at, 1)
    if following is None:
        return False
    if _is(kind, "tables"):
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
