"""The dialect of papers: what a person writes shortly becomes standard Markdown.

`[[quote]]` alone on a line is a slot for the next approved quote; `Table: …` before a table (or
`Figure: …` before an image) becomes a numbered caption, `Source: …` after it a source line;
`[[slug]]` and `[[slug|label]]` link to other problems. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from heard.publish.markdown import Heading, headings
from heard.values import ApprovedQuote, Finding, Place, Severity

Link = Callable[[str], tuple[str, str] | None]
"""Gives the address and title of another problem, or None where there is none."""

IN_SHORT = frozenset({"in short", "in brief", "kurz gesagt", "in kürze", "en bref", "en resumen"})

_SLOT = re.compile(r" {0,3}\[\[quote\]\]\s*")
_CAPTION = re.compile(r" {0,3}(Table|Tabelle|Figure|Abbildung): +(\S.*)")
_SOURCE = re.compile(r" {0,3}(Source|Sources|Quelle|Quellen): +\S")
_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})\s+\S")
_HOLDER = re.compile(r"(!!!|\?\?\?|\[\^|[-*+] |\d+[.)] |: )")
_DELIMITER = re.compile(r" {0,3}\|?[ :|-]*-[ :|-]*\|[ :|-]*")
_NUMBER = re.compile(r"\**[−+–~≈<>≤≥±-]? ?[€$£]?\s?\d.{0,14}|[—–-]?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body, its number in the file, and whether it is code."""

    number: int
    text: str
    code: bool


def expand(
    body: str,
    quotes: Sequence[ApprovedQuote],
    place: Place,
    link: Link | None = None,
) -> tuple[str, tuple[Finding, ...]]:
    """Standard Markdown of a paper's body; `place` is the line of the file where the body begins.

    Without `link`, `[[…]]` links are left as they are.
    """
    lines = _lines(body, place.line)
    findings = [*_check_headings(lines, place.path)]
    if quotes and not any(_is_slot(line) for line in lines):
        lines = _with_slot(lines)
    out: list[str] = []
    waiting = iter(quotes)
    captions = _captions(lines)
    for at, line in enumerate(lines):
        if line.code:
            out.append(line.text)
        elif _is_slot(line):
            out.extend(_quote(next(waiting, None)))
        elif at in captions:
            out.extend(captions[at])
        else:
            text, wrong = _linked(line, place.path, link)
            out.append(text)
            findings.extend(wrong)
    return "\n".join(out) + "\n", tuple(sorted(findings, key=lambda one: one.place))


def outline(markdown: str) -> tuple[Heading, ...]:
    """The headings of a text in order, with the ids they get as HTML."""
    return headings(markdown)


def in_short(body: str) -> tuple[str, str]:
    """The text of the “In short” section without its heading, and everything else.

    The first is empty where a paper has no such section.
    """
    lines = _lines(body, 1)
    starts = [at for at, line in enumerate(lines) if _level(line) == 2]
    for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if lines[begin].text.strip(" #").casefold() in IN_SHORT:
            short = "\n".join(line.text for line in lines[begin + 1 : end])
            rest = "\n".join(line.text for line in (*lines[:begin], *lines[end:]))
            return short.strip("\n") + "\n", rest.strip("\n") + "\n"
    return "", body


def _lines(body: str, first: int) -> list[_Line]:
    """The body's lines; a line is code inside a fence, or indented with nothing to belong to."""
    found: list[_Line] = []
    fence, holder, paragraph = "", False, False
    for number, text in enumerate(body.splitlines(), start=first):
        opening = _FENCE.match(text)
        code = bool(fence or opening)
        if fence:
            closes = opening and text.strip().startswith(fence) and not text.strip().strip(fence[0])
            fence = "" if closes else fence
        elif opening:
            fence = opening[1]
        elif text.strip() and not text.startswith(("    ", "\t")):
            holder = bool(_HOLDER.match(text.lstrip()))
        elif text.strip():
            code = not holder and not paragraph
        paragraph = bool(text.strip()) and not code
        found.append(_Line(number, text, code))
    return found


def _is_slot(line: _Line) -> bool:
    return not line.code and bool(_SLOT.fullmatch(line.text))


def _level(line: _Line) -> int:
    found = None if line.code else _ATX.match(line.text)
    return len(found[1]) if found else 0


def _with_slot(lines: list[_Line]) -> list[_Line]:
    """The lines with a slot after the first paragraph of the second section, where there is one."""
    sections = [at for at, line in enumerate(lines) if _level(line) == 2]
    if len(sections) < 2:
        return lines
    at = sections[1] + 1
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    while at < len(lines) and lines[at].text.strip() and not _level(lines[at]):
        at += 1
    slot = [_Line(0, text, False) for text in ("", "[[quote]]", "")]
    return [*lines[:at], *slot, *lines[at:]]


def _quote(quote: ApprovedQuote | None) -> list[str]:
    """The HTML block of a quote; nothing for a slot that no quote is left for."""
    if quote is None:
        return []
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", quote.text.strip())]
    words = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs)
    by = f"\n<footer>{escape(quote.by, quote=False)}</footer>" if quote.by else ""
    return ["", f'<blockquote class="market">\n{words}{by}\n</blockquote>', ""]


def _captions(lines: list[_Line]) -> dict[int, list[str]]:
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


def _paragraph_alone(lines: list[_Line], at: int) -> bool:
    before = lines[at - 1].text.strip() if at else ""
    after = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
    return not before and not after


def _shows(lines: list[_Line], at: int, kind: str) -> bool:
    """Whether the next block is what the caption announces."""
    following = _next(lines, at, 1)
    if following is None:
        return False
    if kind in ("Table", "Tabelle"):
        return _starts_table(lines, following)
    return lines[following].text.lstrip().startswith(("![", "<svg", "<img", "<figure", "[!["))


def _follows_table(lines: list[_Line], at: int) -> bool:
    before = _next(lines, at, -1)
    if before is None or before == at - 1:
        return False
    text = lines[before].text.strip()
    return text.startswith(("|", "![", "</svg", "<img", "</figure")) or "|" in text


def _next(lines: list[_Line], at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(lines):
        if lines[at].text.strip():
            return at
        at += step
    return None


def _starts_table(lines: list[_Line], at: int) -> bool:
    if at + 1 >= len(lines) or lines[at].code or "|" not in lines[at].text:
        return False
    return bool(_DELIMITER.fullmatch(lines[at + 1].text.rstrip()))


def _aligned(lines: list[_Line], at: int) -> str:
    """The delimiter row with columns of figures set right, unless the writer chose otherwise."""
    marks = _cells(lines[at + 1].text)
    rows = [_cells(text) for text in _rows(lines, at + 2)]
    for column, mark in enumerate(marks):
        cells = [row[column] for row in rows if column < len(row)]
        if column and ":" not in mark and any(cells) and all(map(_NUMBER.fullmatch, cells)):
            marks[column] = "--:"
    return "| " + " | ".join(marks) + " |"


def _rows(lines: list[_Line], at: int) -> Iterator[str]:
    while at < len(lines) and lines[at].text.strip():
        yield lines[at].text
        at += 1


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def _linked(line: _Line, path: str, link: Link | None) -> tuple[str, list[Finding]]:
    """A line with its `[[…]]` resolved, outside of code spans."""
    findings: list[Finding] = []
    if link is None or "[[" not in line.text:
        return line.text, findings

    def resolve(found: re.Match[str]) -> str:
        slug, label = found[1].strip(), (found[2] or "").strip()
        target = link(slug)
        if target is None:
            message = f"no published problem “{slug}” to link to"
            if slug == "quote":
                message = "[[quote]] must stand alone on a line"
            findings.append(
                Finding(Place(path, line.number), Severity.TO_FIX, message, "paper/unknown-link")
            )
            return label or slug
        words = re.sub(r"([\[\]\\])", r"\\\1", label or target[1])
        return f"[{words}](<{target[0]}>)" if " " in target[0] else f"[{words}]({target[0]})"

    parts = re.split(r"(`+[^`]*`+)", line.text)
    parts[::2] = [_LINK.sub(resolve, part) for part in parts[::2]]
    return "".join(parts), findings


def _check_headings(lines: list[_Line], path: str) -> Iterator[Finding]:
    """A heading of level 1 (the title is that), or one that skips a level."""
    last = 1
    for before, line in zip([None, *lines], lines, strict=False):
        level = _level(line)
        underlined = re.fullmatch(r"={2,}\s*", line.text) and before and before.text.strip()
        message = ""
        if level == 1 or (underlined and not line.code):
            message = "the title is the paper's only heading of level 1: write ## here"
        elif level > last + 1:
            message = f"a heading of level {level} follows one of level {last}: write {'#' * (last + 1)}"
        if message:
            yield Finding(Place(path, line.number), Severity.TO_FIX, message, "paper/heading")
        last = max(level, 2) if level else last
