"""Bars that lie: a row each, its name before them and its figure behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from heard.publish.charts import svg
from heard.publish.charts.lettering import Sheet, wide, wrapped
from heard.publish.charts.scale import Scale, clock, hours, scale
from heard.publish.charts.svg import Colours, Drawing
from heard.publish.charts.values import BEFORE_AFTER, Chart, Row

GAP = 8.0
"""Between a bar and its words."""

NAMES = 0.3
"""The part of the width that the rows' names may take beside the bars."""

_MANY, _VERY_MANY = 12, 24
NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things lie: `above`: names stand above their bars; `thick` is a bar's height."""

    chart: Chart
    sheet: Sheet
    at: Scale
    left: float
    above: bool
    thick: float
    zero: float


def draw(chart: Chart, sheet: Sheet, colours: Colours) -> Drawing:
    """A bar for every figure; before and after stand below each other."""
    plan = _plan(chart, sheet)
    top = sheet.line + 6 if chart.clock or chart.threshold else 2.0
    bars: list[str] = []
    words: list[str] = []
    y = foot = top
    for row in chart.rows:
        begin = y
        upper, foot, y = _heights(plan, row, y)
        bars += _bars(plan, row, upper, colours)
        if not chart.clock:
            bars.append(_base(plan, upper if plan.above else begin, foot, colours))
        words += _words(plan, row, upper, foot, colours)
    behind = _hours(plan, top, foot, colours) if chart.clock else ()
    return Drawing((*behind, *bars, *_threshold(plan, top, foot, colours), *words), foot + 3)


def _plan(chart: Chart, sheet: Sheet) -> _Plan:
    names = max(wide(row.label, sheet, bold=row.marked) for row in chart.rows)
    above = sheet.narrow and names > 0.27 * sheet.width
    left = 0.0 if above else max(_name_widths(chart, sheet), default=0.0) + 12
    low, high = _ends(chart)
    at = _scale(chart, sheet, left, low, high)
    many = len(chart.rows) * (2 if len(chart.series) > 1 else 1) + (3 if len(chart.series) > 1 else 0)
    thick = 19.0 if many <= _MANY else 14.0 if many <= _VERY_MANY else 11.0
    zero = at(low if chart.clock or chart.start else 0.0)
    return _Plan(chart, sheet, at, left, above, thick, zero)


def _scale(chart: Chart, sheet: Sheet, left: float, low: float, high: float) -> Scale:
    """As long as the figures behind the bars allow."""
    words = [
        (value.at if value else 0.0, wide(_said(chart, row, column), sheet, bold=True) + GAP)
        for row in chart.rows
        for column, value in enumerate(row.values)
    ]
    if low < 0:
        room = max(long for _, long in words)
        return scale(low, high, left + room, sheet.width - (room if high > 0 else 0))
    begin, span = left, sheet.width - left - 1
    if chart.clock:
        half = wide("00:00", sheet) / 2
        begin, span = max(left, half), sheet.width - max(left, half) - half
    longest = [(sheet.width - begin - long) * (high - low) / (at - low) for at, long in words if at > low]
    return scale(low, high, begin, begin + max(min([span, *longest]), 40.0))


def _name_widths(chart: Chart, sheet: Sheet) -> Iterator[float]:
    """How wide each row's name is, once it is broken into lines."""
    for row in chart.rows:
        for words in wrapped(row.label, sheet, NAMES * sheet.width, bold=row.marked):
            yield wide(words, sheet, bold=row.marked)


def _ends(chart: Chart) -> tuple[float, float]:
    figures = [value.at for row in chart.rows for value in row.values if value]
    figures += [chart.threshold.at] if chart.threshold else []
    if chart.start:
        return chart.start.at, max(figures)
    if chart.clock:
        low = min(figures) // 60 * 60
        return (low - 60 if low == min(figures) else low), max(figures)
    return min(0.0, *figures), max(0.0, *figures)


def _said(chart: Chart, row: Row, column: int) -> str:
    """The figure behind a bar; the first pair says which is before and which after."""
    value = row.values[column]
    words = value.text if value else NO_FIGURE
    named = chart.kind == BEFORE_AFTER and row is chart.rows[0]
    return f"{words} {chart.series[column].name}".strip() if named else words


def _space(plan: _Plan) -> float:
    """Between two rows."""
    return {19.0: 8.0, 14.0: 6.0, 11.0: 4.5}[plan.thick] + (3 if plan.above or len(plan.chart.series) > 1 else 0)


def _lines(plan: _Plan, row: Row) -> tuple[str, ...]:
    """A row's name, in lines."""
    room = plan.sheet.width if plan.above else plan.left - 12
    return wrapped(row.label, plan.sheet, room, bold=row.marked)


def _heights(plan: _Plan, row: Row, y: float) -> tuple[float, float, float]:
    """Where the bars of a row that begins at `y` begin, where the row ends, and where the next one begins."""
    many, named = len(row.values), plan.sheet.line * len(_lines(plan, row))
    bars = many * plan.thick + (many - 1) * 2
    upper = y + named + 3 if plan.above else y + max(0.0, (named - bars) / 2)
    foot = upper + bars if plan.above else y + max(bars, named)
    foot += plan.sheet.line if _note_below(plan, row) else 0
    return upper, foot, foot + _space(plan)


def _bars(plan: _Plan, row: Row, y: float, colours: Colours) -> Iterator[str]:
    """The bars of a row."""
    for column, value in enumerate(row.values):
        upper = y + column * (plan.thick + 2)
        end = plan.at(value.at) if value else plan.zero
        if abs(end - plan.zero) > 0.05:
            fill = colours.named if _is_named(plan, row, column) else colours.grey
            yield svg.rect(min(end, plan.zero), upper, abs(end - plan.zero), plan.thick, fill)


def _base(plan: _Plan, top: float, foot: float, colours: Colours) -> str:
    """The line that the bars of a row begin at; it goes on to the next row, unless a name is between."""
    over = 2.0 if plan.above else _space(plan) / 2
    return svg.line(plan.zero, top - over, plan.zero, foot + over, colours.ink)


def _is_named(plan: _Plan, row: Row, column: int) -> bool:
    return plan.chart.series[column].marked if len(row.values) > 1 else row.marked


def _words(plan: _Plan, row: Row, upper: float, foot: float, colours: Colours) -> Iterator[str]:
    """The name, the figures and the note of a row."""
    sheet, many, lines = plan.sheet, len(row.values), _lines(plan, row)
    middle = upper + (many * (plan.thick + 2) - 2) / 2
    begin = upper - 3 - sheet.line * len(lines) if plan.above else middle - sheet.line * len(lines) / 2
    ink = colours.named if row.marked and many == 1 else colours.ink
    for number, words in enumerate(lines):
        baseline = begin + sheet.line * (number + 0.76)
        yield svg.backed(0, baseline, words, sheet, ink, colours.ground, bold=row.marked)
    for column in range(many):
        baseline = upper + column * (plan.thick + 2) + plan.thick / 2 + sheet.size * 0.36
        yield from _figure(plan, row, column, baseline, colours)
    if _note_below(plan, row):
        yield svg.text(plan.zero, foot - sheet.line * 0.25, row.note, sheet, colours.ink2)


def _figure(plan: _Plan, row: Row, column: int, y: float, colours: Colours) -> Iterator[str]:
    """A figure behind its bar, and the row's note inside the bar or behind the figure."""
    value, sheet = row.values[column], plan.sheet
    named, pair = _is_named(plan, row, column), len(row.values) > 1
    end = plan.at(value.at) if value else plan.zero
    words, bold = _said(plan.chart, row, column), not pair or named
    ink = colours.named if named else colours.ink if value else colours.ink2
    x, anchor = (end - GAP, "end") if end < plan.zero else (end + GAP, "start")
    yield svg.backed(x, y, words, sheet, ink, colours.ground, bold=bold, anchor=anchor)
    if row.note and _fits_inside(plan, row):
        over = colours.ground if named else colours.ink
        yield svg.text(min(end, plan.zero) + GAP, y, row.note, sheet, over)
    elif row.note and not _note_below(plan, row):
        behind = end + 2 * GAP + wide(words, sheet, bold=bold)
        yield svg.text(behind, y, row.note, sheet, colours.ink2)


def _fits_inside(plan: _Plan, row: Row) -> bool:
    value = row.values[0]
    return value is not None and wide(row.note, plan.sheet) + 2 * GAP <= abs(plan.at(value.at) - plan.zero)


def _note_below(plan: _Plan, row: Row) -> bool:
    """Whether a row's word fits neither inside its bar nor behind it."""
    if not row.note or _fits_inside(plan, row):
        return False
    value = row.values[0]
    end = plan.at(value.at) if value else plan.zero
    words = wide(_said(plan.chart, row, 0), plan.sheet, bold=True) + wide(row.note, plan.sheet)
    return end < plan.zero or end + words + 3 * GAP > plan.sheet.width


def _hours(plan: _Plan, top: float, foot: float, colours: Colours) -> Iterator[str]:
    """Hairlines at full hours, their times above; none where the threshold has its words."""
    taken = _threshold_words(plan)
    half = wide("00:00", plan.sheet) / 2 + 6
    for at in hours(plan.at.low, plan.at.high, 4 if plan.sheet.narrow else 6):
        x = plan.at(at)
        yield svg.line(x, top - 3, x, foot, colours.rule)
        if not taken or x + half < taken[0] or x - half > taken[1]:
            yield svg.text(x, top - 8, clock(at), plan.sheet, colours.ink2, anchor="middle")


def _threshold_words(plan: _Plan) -> tuple[float, float] | None:
    """From where to where the threshold's words go, above its line."""
    limit = plan.chart.threshold
    if not limit:
        return None
    long = wide(limit.text, plan.sheet, bold=True)
    begin = min(max(plan.at(limit.at) - long / 2, 0.0), plan.sheet.width - long)
    return begin, begin + long


def _threshold(plan: _Plan, top: float, foot: float, colours: Colours) -> Iterator[str]:
    limit, words = plan.chart.threshold, _threshold_words(plan)
    if limit and words:
        x = plan.at(limit.at)
        yield svg.line(x, top - 4, x, foot, colours.ink, 1.6)
        yield svg.text(words[0], top - 8, limit.text, plan.sheet, colours.ink, bold=True)
