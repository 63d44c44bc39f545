"""The sizes of paper that a PDF can be set for, with the places on each that do not flow. Lengths in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SPAN = 164
"""What everything that spans the page is wide: side column 40, gutter 8, text 116. The same on every size."""


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet: its edges, and on the cover and the back the heights at which things stand."""

    css: str
    width: float
    height: float
    left: float
    right: float
    margin: float
    """Head and foot of an ordinary page; the running heads stand in them."""
    by: float
    """Where the author's name stands on the cover."""
    title: float
    legend: float
    strokes: float
    ask: float
    """How high the coloured part of the back is."""

    @property
    def gutter(self) -> float:
        """Where the text column begins, from the left edge."""
        return self.left + SPAN - 116

    @property
    def foot(self) -> float:
        """Where the words of an ordinary page end, from its head."""
        return self.height - self.margin


SIZES: Mapping[str, Size] = {
    "a4": Size("A4", 210, 297, 20, 26, 27, by=19, title=46.5, legend=158, strokes=178, ask=150),
    "letter": Size("Letter", 215.9, 279.4, 23, 28.9, 24, by=17, title=41, legend=145, strokes=165, ask=138),
}
"""By the word in expert.yml. US Letter is wider and lower: the same columns, other edges, a little less of all."""


def size_of(name: str) -> Size:
    """The size of this name; A4 for a name that is unknown."""
    return SIZES.get(name, SIZES["a4"])
