"""The few marks that charts are made of, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from heard.publish.charts.lettering import Sheet, wide


@dataclass(frozen=True, slots=True)
class Colours:
    """What a chart is drawn in, as SVG takes it: `grey` what is there too, `named` what the title speaks of."""

    ink: str
    ink2: str
    rule: str
    grey: str
    named: str
    ground: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The marks of a chart, and how high they are."""

    marks: tuple[str, ...]
    height: float


WIDE = Sheet(620, 11.4)
"""The width of the PDF's page between its margins: 164 mm."""

NARROW = Sheet(320, 12.6, narrow=True)
"""A phone's: at 280 pixels its letters are still 11 pixels high."""


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}"/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, thick: float = 0.75) -> str:
    """A straight line."""
    return f'<path d="M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}" fill="none" stroke="{stroke}" stroke-width="{n(thick)}"/>'


def polyline(points: list[tuple[float, float]], stroke: str, thick: float) -> str:
    """A line through points."""
    path = "L".join(f"{n(x)} {n(y)}" for x, y in points)
    return (
        f'<path d="M{path}" fill="none" stroke="{stroke}" stroke-width="{n(thick)}" '
        f'stroke-linejoin="round" stroke-linecap="round"/>'
    )


def dot(x: float, y: float, radius: float, fill: str) -> str:
    """A point."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{fill}"/>'


def text(
    x: float, y: float, words: str, sheet: Sheet, fill: str, *, bold: bool = False, anchor: str = "start"
) -> str:  # fmt: skip
    """Words whose baseline is `y`."""
    if not words:
        return ""
    shape = ' font-weight="600"' * bold + f' text-anchor="{anchor}"' * (anchor != "start")
    return f'<text x="{n(x)}" y="{n(y)}" fill="{fill}"{shape}>{escape(words, quote=False)}</text>'


def backed(
    x: float, y: float, words: str, sheet: Sheet, fill: str, ground: str, *, bold: bool = False, anchor: str = "start"
) -> str:  # fmt: skip
    """Words on a patch of the ground, so that no line runs through them."""
    if not words:
        return ""
    long = wide(words, sheet, bold=bold)
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * long
    patch = rect(left - 2, y - sheet.size * 0.86, long + 4, sheet.size * 1.12, ground)
    return patch + text(x, y, words, sheet, fill, bold=bold, anchor=anchor)


def n(number: float) -> str:
    """A number as short as it can be; no minus before a zero."""
    short = f"{number:.1f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
