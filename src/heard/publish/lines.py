"""A paper's lines: where each stands in its file, and which are code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})\s+\S")
_HOLDER = re.compile(r"(!!!|\?\?\?|\[\^|[-*+] |\d+[.)] |: )")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body, its number in the file, and whether it is code."""

    number: int
    text: str
    code: bool


def split(body: str, first: int) -> list[Line]:
    """The body's lines; a line is code inside a fence, or indented with nothing to belong to."""
    found: list[Line] = []
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
        found.append(Line(number, text, code))
    return found


def level(line: Line) -> int:
    """The level of the heading on this line, or 0."""
    found = None if line.code else _ATX.match(line.text)
    return len(found[1]) if found else 0
