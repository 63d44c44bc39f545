"""Code blocks for print: as wide and as small as their longest line needs, so that columns stay columns."""

from __future__ import annotations

from xml.etree.ElementTree import Element

SIZES = (8.0, 6.5)
"""The largest and the smallest size of code in points; longer lines than the smallest holds are broken."""

_POINTS_PER_MILLIMETRE = 72 / 25.4
_TEXT, _PAGE, _PADDING, _ITEM = 116, 164, 8, 5
_ADVANCE = 0.6
"""The width of every letter, in parts of the size."""


def fit(part: Element) -> None:
    """Set the size of a section's code blocks; those that are too wide take in the side column too."""
    _fit(part, part, 0)


def _fit(one: Element, part: Element, depth: int) -> None:
    for child in one:
        if child.tag == "pre":
            _size(child, depth, may_widen=one is part)
        else:
            _fit(child, part, depth + (child.tag in ("ul", "ol", "dl", "blockquote")))


def _size(pre: Element, depth: int, *, may_widen: bool) -> None:
    lines = "".join(pre.itertext()).expandtabs(4).split("\n")
    longest = max(map(len, lines))
    room = _TEXT - _PADDING - _ITEM * depth
    if may_widen and longest > _letters(room, SIZES[0]):
        pre.set("class", "wide")
        room = _PAGE - _PADDING
    if longest > _letters(room, SIZES[0]):
        size = int(room * _POINTS_PER_MILLIMETRE / longest / _ADVANCE * 10) / 10
        pre.set("style", f"font-size: {max(size, SIZES[1])}pt; line-height: 1.4")


def _letters(room: float, size: float) -> int:
    return int(room * _POINTS_PER_MILLIMETRE / size / _ADVANCE)
