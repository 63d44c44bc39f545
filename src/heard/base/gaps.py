"""What is still to write: it stands in square brackets, as in `[gap: what it costs them]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Not a link's label or target, and not the inside of a wikilink.
_GAP = re.compile(
    r"(?<![\[\\])\[(?:gap|your|write here)\b(?:[^\[\]\n]|\n(?!\s*\n))*\](?!\(|\[(?!\^)|: *(?:<|#|\.{0,2}/|\w+://))",
    re.IGNORECASE,
)
_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})(.*)")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_LABEL = re.compile(r"\[(?:gap|write here)\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that is still to be written: its mark as it stands there, and where: its line, and its first letter."""

    mark: str
    line: int
    start: int = 0

    @property
    def asks(self) -> str:
        """What is to be written there."""
        return " ".join(_LABEL.sub("", self.mark).strip("[]").split())


def gap(asks: str) -> str:
    """The mark of a gap."""
    return f"[gap: {asks}]"


def gaps(text: str, first: int = 1) -> tuple[Gap, ...]:
    """Every gap of a text, in order; `first` is the number of the text's first line."""
    return tuple(
        Gap(text[found.start() : found.end()], first + text.count("\n", 0, found.start()), found.start())
        for found in _GAP.finditer(_without_code(text) if "`" in text or "~~~" in text else text)
    )


def _without_code(text: str) -> str:
    """The text with code made unreadable, every other letter in its place; a block that nothing ends hides nothing."""
    rows = text.split("\n")
    opened, fence = 0, ""
    for at, row in enumerate(rows):
        found = _FENCE.fullmatch(row)
        if found and not fence and (found[1][0] == "~" or "`" not in found[2]):
            opened, fence = at, found[1]
        elif found and fence and found[1].startswith(fence) and not found[2].strip():
            rows[opened : at + 1] = ["\0" * len(code) for code in rows[opened : at + 1]]
            fence = ""
    return _SPAN.sub(_hidden, "\n".join(rows))


def _hidden(span: re.Match[str]) -> str:
    # Within a gap, code is only a part of what it asks for.
    return span[0] if "[" not in span[0] else "\0" * len(span[0])
