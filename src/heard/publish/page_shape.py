"""What is wrong with the make-up of a hand-written page: its headings, and pictures without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from heard.base.fields import flag
from heard.publish import raw_html
from heard.publish.lines import Line, level, split
from heard.values import Finding, Severity

_HTML = re.compile(r"<h([1-6])[\s>]", re.IGNORECASE)
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*")
_NO_HEADING = re.compile(r"\s*(?:[|>]|[-*+] |\d+[.)] )")


def check(body: str, path: str, first: int, *, titled: bool) -> Iterator[Finding]:
    """Findings about a page's text without its comments; `first` is the line of the file where it begins.

    A `titled` page has its heading of level 1 from elsewhere; any other may write it once.
    """
    last, titles = 1, int(titled)
    for line, depth in _headings(split(body, first)):
        message = ""
        titles += depth == 1
        if depth == 1 and titles > 1:
            there = (
                "the page's name stands above as its heading of level 1"
                if titled
                else "a page has one heading of level 1"
            )
            message = f"{there}: write ## here"
        elif depth > last + 1:
            message = f"a heading of level {depth} follows one of level {last}: write {'#' * (last + 1)}"
        if message:
            yield flag(path, line, message, "page/heading", Severity.WORTH_A_LOOK)
        last = depth
    if "![" in body or "<" in body:
        for one in raw_html.check(body, path, first):
            if one.code == "paper/alt":
                yield replace(one, code="page/alt")


def _headings(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """The line and level of each heading, however it is written."""
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        if line.code:
            continue
        if depth := level(line):
            yield line.number, depth
        elif found := _HTML.search(line.text):
            yield line.number, int(found[1])
        elif under := _underlined(above, line, below):
            yield line.number, 1 if under == "=" else 2


def _underlined(above: Line | None, line: Line, below: Line | None) -> str:
    """The sign that a heading is underlined with, which only the first line of a paragraph can be; or nothing."""
    found = _UNDERLINE.fullmatch(below.text) if below and not below.code else None
    starts = line.text.strip() and not (above and above.text.strip()) and not _NO_HEADING.match(line.text)
    return found[1][0] if found and starts else ""
