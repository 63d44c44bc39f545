"""What is still to write: it stands in square brackets, as in `[gap: what it costs them]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Not a link's label, and not the inside of a wikilink.
_GAP = re.compile(r"(?<!\[)\[(?:gap|your|write here)\b(?:[^\[\]\n]|\n(?!\s*\n))*\](?!\(|\[(?!\^))", re.IGNORECASE)
_LABEL = re.compile(r"\[(?:gap|write here)\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that is still to be written: its mark as it stands there, and the line it begins on."""

    mark: str
    line: int

    @property
    def asks(self) -> str:
        """What is to be written there."""
        return " ".join(_LABEL.sub("", self.mark).strip("[]").split())


def gap(asks: str) -> str:
    """The mark of a gap."""
    return f"[gap: {asks}]"


def gaps(text: str, first: int = 1) -> tuple[Gap, ...]:
    """Every gap of a text, in order; `first` is the number of the text's first line."""
    return tuple(Gap(found[0], first + text.count("\n", 0, found.start())) for found in _GAP.finditer(text))
