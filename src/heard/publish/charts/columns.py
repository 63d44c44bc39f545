"""Columns that stand: what was counted before a change, and after it, side by side in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from heard.publish.charts import svg
from heard.publish.charts.lettering import Sheet, wide, wrapped
from heard.publish.charts.scale import Scale, scale, thinned
from heard.publish.charts.svg import Colours, Drawing
from heard.publish.charts.values import Chart, Value

APART = 22.0
"""Between before and after, where the line of the change stands."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One figure: the middle and width of its column, and on which side of the change it stands."""

    x: float
    width: float
    value: Value | None
    side: int
    label: str


def is_timeline(chart: Chart) -> bool:
    """Whether every row has a figure of before or of after, and not of both."""
    return all(sum(value is not None for value in row.values) <= 1 for row in chart.rows)


def draw(chart: Chart, sheet: Sheet, colours: Colours) -> Drawing:
    """Grey columns before, coloured ones after, and an ink line where things changed."""
    columns, change = _columns(chart, sheet)
    room = sheet.line + 6
    words = wrapped(chart.change, sheet, max(change, sheet.width - change) - 8, bold=True) if chart.change else ()
    top = sheet.line * len(words) + room
    height = 110.0 if sheet.narrow else 130.0
    figures = [column.value.at for column in columns if column.value]
    low, high = min(0.0, *figures), max(0.0, *figures)
    at = scale(low, high, top + height, top)
    marks = [*_bars(columns, at, sheet, colours)]
    base = at(0.0)
    marks.append(svg.line(0, base, sheet.width, base, colours.ink, 1.1))
    foot = top + height + (room if low < 0 else 0)
    labels, foot = _labels(columns, foot, sheet, colours)
    names, foot_names = _names(chart, change, foot, sheet, colours)
    left = change > sheet.width / 2
    for number, line in enumerate(words):
        x, anchor = (change - 8, "end") if left else (change + 8, "start")
        marks.append(svg.text(x, sheet.line * (number + 0.8), line, sheet, colours.ink, bold=True, anchor=anchor))
    return Drawing((*marks, *labels, *names, svg.line(change, 0, change, foot_names, colours.ink, 1.6)), foot_names)


def _columns(chart: Chart, sheet: Sheet) -> tuple[list[_Column], float]:
    """The columns, before first, and where the line between them stands."""
    sides = [_side(chart, number) for number in range(len(chart.rows))]
    pitch = min((sheet.width - APART) / len(sides), 60.0)
    made: list[_Column] = []
    for side in (0, 1):
        for row, mine in zip(chart.rows, sides, strict=True):
            if mine == side:
                x = (len(made) + 0.5) * pitch + side * APART
                made.append(_Column(x, pitch * 0.76, row.values[side], side, row.label))
    return made, sides.count(0) * pitch + APART / 2


def _side(chart: Chart, number: int) -> int:
    """Before (0) or after (1); a row without a figure stands with the one above it."""
    for row in reversed(chart.rows[: number + 1]):
        for side, value in enumerate(row.values):
            if value:
                return side
    return 0


def _bars(columns: list[_Column], at: Scale, sheet: Sheet, colours: Colours) -> Iterator[str]:
    base = at(0.0)
    shown = _said(columns, sheet)
    for number, column in enumerate(columns):
        if not column.value:
            continue
        y, fill = at(column.value.at), colours.named if column.side else colours.grey
        if abs(y - base) > 0.05:
            yield svg.rect(column.x - column.width / 2, min(y, base), column.width, abs(y - base), fill)
        if number in shown:
            below = column.value.at < 0
            ink = colours.named if column.side else colours.ink
            where = y + sheet.line if below else y - 6
            yield svg.text(column.x, where, column.value.text, sheet, ink, bold=True, anchor="middle")


def _said(columns: list[_Column], sheet: Sheet) -> set[int]:
    """Which columns have their figure written: all where they fit, else the first, last and highest of each side."""
    widest = max((wide(one.value.text, sheet, bold=True) for one in columns if one.value), default=0.0)
    if len(columns) < 2 or widest + 3 <= columns[1].x - columns[0].x:
        return set(range(len(columns)))
    found: set[int] = set()
    for side in (0, 1):
        mine = [at for at, one in enumerate(columns) if one.side == side and one.value]
        if mine:
            found |= {mine[0], mine[-1]}
    return found


def _labels(columns: list[_Column], y: float, sheet: Sheet, colours: Colours) -> tuple[list[str], float]:
    """The rows' names below their columns, as many as fit."""
    marks: list[str] = []
    most = 1
    for side in (0, 1):
        mine = [one for one in columns if one.side == side and one.label]
        split = [wrapped(one.label, sheet, 0.26 * sheet.width) for one in mine]
        widths = [max(wide(words, sheet) for words in lines) for lines in split]
        for number in thinned([one.x for one in mine], widths, 6):
            x = max(mine[number].x, widths[number] / 2)
            x = min(x, sheet.width - widths[number] / 2)
            most = max(most, len(split[number]))
            for at, words in enumerate(split[number], 1):
                marks.append(svg.text(x, y + sheet.line * at, words, sheet, colours.ink2, anchor="middle"))
    return marks, y + (sheet.line * most + 3 if marks else 0)


def _names(chart: Chart, change: float, y: float, sheet: Sheet, colours: Colours) -> tuple[list[str], float]:
    """What before and after are, below their columns."""
    marks: list[str] = []
    most = 1
    for side, (begin, end) in enumerate(((0.0, change - 8), (change + 8, sheet.width))):
        lines = wrapped(chart.series[side].name, sheet, max(end - begin, 40.0), bold=bool(side))
        most = max(most, len(lines))
        ink = colours.named if side else colours.ink
        for number, words in enumerate(lines):
            baseline = y + sheet.line * (number + 1) + 1
            marks.append(svg.text(begin, baseline, words, sheet, ink, bold=bool(side)))
    return marks, y + sheet.line * most + 6
