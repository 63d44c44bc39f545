"""Lists as GitHub, Obsidian and Prettier write them, indented as Python-Markdown reads them.

They indent what belongs to an item by its marker's width, Python-Markdown by four columns a level; it
also wants an empty line before a list and knows no fences inside items. What is right for it already
stays as it is, letter by letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from heard.publish.lines import Line

STEP = 4
"""The columns of one level for Python-Markdown, and of code below the text around it."""

APART = "<!-- -->"
"""Keeps code from belonging to a list that ended before it."""

_MARKER = re.compile(r"[ \t]*([-*+]|\d{1,9}\.)([ \t]+)(?=\S|$)")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}")
_BLOCK = re.compile(r"(!!!|\?\?\?\+?) |\[\^[^\]]+\]:|: ")
_HEADING = re.compile(r"#{1,6}\s")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_RAW = re.compile(r"<(pre|script|style|svg|textarea)\b|<!--", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Holder:
    """An open item, box or note: where its first line was and is, and what belongs to it.

    Lines from column `reach` on are inside; their text was at `inner` and is put at `base`.
    """

    mark: str
    old: int
    new: int
    reach: int
    inner: int
    base: int


@dataclass(slots=True)
class _Reader:
    """The lines read so far; `before` says what the last one was: nothing, text, an item, HTML."""

    raw: list[str]
    first: int
    at: int = 0
    out: list[Line] = field(default_factory=list)
    open: list[_Holder] = field(default_factory=list)
    before: str = ""

    def put(self, text: str, *, code: bool = False) -> None:
        """Write the line at hand."""
        self.out.append(Line(self.first + self.at, text, code))
        self.at += 1

    def part(self, text: str = "") -> None:
        """A line that the file does not have, or an empty one."""
        self.out.append(Line(self.first + self.at, text, False))

    def leave(self, column: int, mark: str = "") -> bool:
        """Close what a line at `column` does not belong to; whether there was anything."""
        many = len(self.open)
        while self.open and not _holds(self.open[-1], column, mark):
            self.open.pop()
        return len(self.open) < many


def widened(body: str, first: int) -> list[Line]:
    """The body's lines with four columns a level in lists; `first` is the file's line it begins at."""
    reader = _Reader(body.splitlines(), first)
    while reader.at < len(reader.raw):
        _next(reader)
    return reader.out


def _next(reader: _Reader) -> None:
    """Read one line, or all lines of a block of code."""
    line = reader.raw[reader.at]
    column, words = _column(line), line.strip()
    mark = _MARKER.match(line)
    fence = _FENCE.match(line)
    if not words:
        reader.before = ""
        return reader.put(line)
    if reader.before == "html":
        return _text(reader, column, words)
    if fence and (reader.before or not _is_code(reader, column)):
        left = reader.leave(column) and reader.open
        apart = " " * reader.open[-1].base + APART if left else ""
        return _fenced(reader, fence[1], column, apart)
    if mark and not _RULE.fullmatch(words) and _begins_item(reader, column, mark[1]):
        return _item(reader, column, mark)
    if _is_code(reader, column):
        return _indented(reader)
    if not reader.before or _HEADING.match(words) or _BLOCK.match(words):
        reader.leave(column)
    if not reader.open and _RAW.match(words):
        return _raw(reader)
    return _text(reader, column, words)


def _text(reader: _Reader, column: int, words: str) -> None:
    """A line of a paragraph, a heading, or the first of a box or note."""
    line, holder = reader.raw[reader.at], reader.open[-1] if reader.open else None
    target = column
    if holder and column >= holder.reach:
        hangs = reader.before == "item" or not holder.mark
        target = column + holder.new - holder.old if hangs else holder.base
        if not holder.mark:
            target = column + holder.base - holder.inner
    if _BLOCK.match(words):
        inner = target + STEP
        reader.open.append(_Holder("", column, target, column + STEP, column + STEP, inner))
    reader.put(_moved(line, target))
    if _HEADING.match(words) or words.startswith(("!!!", "???")):
        reader.before = ""
    elif words.startswith("<") and not reader.before:
        reader.before = "html"
    elif reader.before not in ("item", "html"):
        reader.before = "text"


def _begins_item(reader: _Reader, column: int, mark: str) -> bool:
    """Whether a marker begins an item here: not in code, and amid words a number must be 1 or go on."""
    if not reader.before:
        return not _is_code(reader, column)
    if not reader.open and column >= STEP:
        return False
    goes_on = any(_ordered(one.mark) and column < one.reach for one in reader.open)
    return not _ordered(mark) or mark == "1." or goes_on


def _item(reader: _Reader, column: int, mark: re.Match[str]) -> None:
    reader.leave(column, mark[1])
    if reader.before == "text":
        reader.part()
    outer = reader.open[-1].base if reader.open else 0
    new = outer if reader.open else min(column, STEP - 1)
    text_at = len(mark[0].expandtabs(STEP))
    wide = text_at if text_at - column - len(mark[1]) <= STEP else column + len(mark[1]) + 1
    reach = min(wide, outer + STEP) if column == new else wide
    reader.open.append(_Holder(mark[1], column, new, reach, reach, outer + STEP))
    line = reader.raw[reader.at]
    reader.before = "item"
    fence = _FENCE.match(line[mark.end() :])
    if fence:
        return _fenced(reader, fence[1], text_at, _moved(line[: mark.end()], new))
    return reader.put(_moved(line, new))


def _fenced(reader: _Reader, fence: str, column: int, head: str = "") -> None:
    """Fenced code; inside an item it becomes indented code, which is all that is understood there.

    `head` stands in the place of the opening fence.
    """
    holder = reader.open[-1] if reader.open else None
    if holder and head.endswith(APART) and reader.before:
        reader.part()
    reader.put(head if holder else reader.raw[reader.at], code=True)
    if holder and head:
        reader.part()
    while reader.at < len(reader.raw):
        line = reader.raw[reader.at]
        words = line.strip()
        if holder and words and _column(line) < holder.reach:
            reader.part()
            break
        closes = words.startswith(fence) and not words.strip(fence[0])
        if holder:
            indent = holder.base + STEP + max(_column(line) - column, 0)
            reader.put("" if closes or not words else _moved(line, indent), code=True)
        else:
            reader.put(line, code=True)
        if closes:
            break
    reader.before = ""


def _indented(reader: _Reader) -> None:
    """Code that is code by its indentation, as far as it goes."""
    left = reader.leave(_column(reader.raw[reader.at]))
    holder = reader.open[-1] if reader.open else None
    if left and holder:
        reader.part(" " * holder.base + APART)
        reader.part()
    least = (holder.inner if holder else 0) + STEP
    end = reader.at
    while end < len(reader.raw) and (not reader.raw[end].strip() or _column(reader.raw[end]) >= least):
        end += 1
    while not reader.raw[end - 1].strip():
        end -= 1
    columns = [_column(line) for line in reader.raw[reader.at : end] if line.strip()]
    target = holder.base + STEP if holder else 0
    shift = target - least if min(columns) < target else 0
    while reader.at < end:
        line = reader.raw[reader.at]
        reader.put(_moved(line, _column(line) + shift) if line.strip() else line, code=True)
    reader.before = "text" if holder else ""


def _raw(reader: _Reader) -> None:
    """HTML whose inside is nobody's business, up to its end."""
    found = _RAW.match(reader.raw[reader.at].strip())
    end = f"</{found[1].lower()}" if found and found[1] else "-->"
    while reader.at < len(reader.raw):
        ends = end in reader.raw[reader.at].lower()
        reader.put(reader.raw[reader.at])
        if ends:
            break
    reader.before = "html"


def _holds(holder: _Holder, column: int, mark: str) -> bool:
    """Whether a line at `column` is inside; a list of another kind needs one column only."""
    other = bool(mark and holder.mark) and _ordered(mark) != _ordered(holder.mark)
    return column >= holder.reach or (other and column > holder.old)


def _ordered(mark: str) -> bool:
    return mark.endswith(".")


def _is_code(reader: _Reader, column: int) -> bool:
    """Whether a line after an empty one is code by its indentation."""
    if reader.before:
        return False
    inner = next((one.inner for one in reversed(reader.open) if column >= one.reach), 0)
    return column >= inner + STEP


def _column(line: str) -> int:
    wide = line.expandtabs(STEP)
    return len(wide) - len(wide.lstrip())


def _moved(line: str, column: int) -> str:
    """The line at another column; unchanged where it stands there already."""
    return line if _column(line) == column else " " * max(column, 0) + line.lstrip()
