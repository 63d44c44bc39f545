"""What a chart is: its words, its rows and its figures, typed."""

from __future__ import annotations

from dataclasses import dataclass

BAR, LINE, BEFORE_AFTER = "bar", "line", "before-after"
KINDS = (BAR, LINE, BEFORE_AFTER)


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it was typed, and where it lies on its scale (clock times in minutes, dates in days)."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the data: its name, its figures (None where one is missing), and a word about it.

    `at` is the place of the name itself on a scale, where all names are numbers, times or dates.
    """

    label: str
    values: tuple[Value | None, ...]
    note: str = ""
    at: float | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A column of figures: its name, and whether the title speaks of it."""

    name: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be drawn. `clock`: its figures are times of day, in minutes; `axis`: what its rows are."""

    kind: str
    title: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    clock: bool = False
    start: Value | None = None
    threshold: Value | None = None
    change: str = ""
    axis: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The data as they were typed: the names of the columns, and the rows, all of one length."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The words around a chart."""

    kind: str = BAR
    title: str = ""
    unit: str = ""
    source: str = ""
    start: str = ""
    threshold: str = ""
    change: str = ""
    highlight: str = ""
