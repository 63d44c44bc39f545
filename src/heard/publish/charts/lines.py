"""Lines over time, or over any scale: up to three, each named where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from heard.publish.charts import svg
from heard.publish.charts.lettering import Sheet, wide, wrapped
from heard.publish.charts.scale import Scale, scale, thinned
from heard.publish.charts.svg import Colours, Drawing
from heard.publish.charts.values import Chart, Row, Value

NAMES = 0.26
"""The part of the width that the lines' names may take."""

_FLAT = 0.45
"""Figures whose lowest is less than this part of the highest are drawn from zero."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A figure of a line and where it lies; `number` is its row's."""

    x: float
    y: float
    number: int
    value: Value


_Patch = tuple[float, float, float, float]
"""Where words stand: left, top, right, foot."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The scales, the points of each line, and where the drawing ends at the right and at its foot."""

    chart: Chart
    sheet: Sheet
    across: Scale
    up: Scale
    lines: tuple[tuple[_Point, ...], ...]
    right: float
    foot: float


def draw(chart: Chart, sheet: Sheet, colours: Colours) -> Drawing:
    """The lines, those that the title names last, so that they lie on top."""
    plan = _plan(chart, sheet)
    order = sorted(range(len(chart.series)), key=lambda one: (chart.series[one].marked, one))
    marks = [svg.line(0, plan.foot, plan.right, plan.foot, colours.rule)]
    words: list[str] = []
    taken: list[_Patch] = []
    if chart.threshold:
        y = plan.up(chart.threshold.at)
        marks.append(svg.line(0, y, plan.right, y, colours.ink, 1.6))
        words += _threshold_words(plan, chart.threshold, taken, colours)
    ends = _ends(plan)
    for one in order:
        marks += _line(plan, one, colours)
        words += _name(plan, one, ends, colours)
    seen: set[tuple[int, int, str]] = set()
    for one in reversed(order):
        words += _figures(plan, one, taken, seen, colours)
    labels, foot = _labels(plan, colours)
    return Drawing((*marks, *words, *labels), foot)


def _plan(chart: Chart, sheet: Sheet) -> _Plan:
    figures = [value.at for row in chart.rows for value in row.values if value]
    figures += [chart.threshold.at] if chart.threshold else []
    low, high = min(figures), max(figures)
    if chart.start:
        low = min(low, chart.start.at)
    elif 0 <= low < _FLAT * high:
        low = 0.0
    elif _FLAT * low < high <= 0:
        high = 0.0
    top, foot = sheet.line + 8, (170.0 if sheet.narrow else 200.0)
    pad = 0 if low == 0 or chart.start else sheet.line + 4
    up = scale(low, high, foot - pad, top)
    several = len(chart.series) > 1
    names = max(wide(one.name, sheet, bold=one.marked) for one in chart.series) if several else 0.0
    values = max(wide(value.text, sheet, bold=True) for row in chart.rows for value in row.values if value)
    right = sheet.width - (min(names, NAMES * sheet.width) + 12 if several else 0)
    first = max(_label_width(chart.rows[0], sheet), values) / 2
    last = max(_label_width(chart.rows[-1], sheet), values) / 2
    places = [float(at) if row.at is None else row.at for at, row in enumerate(chart.rows)]
    # A scale of one's own needs every name to have a place on it.
    places = places if all(row.at is not None for row in chart.rows) else [float(at) for at in range(len(places))]
    across = scale(places[0], places[-1], max(first, 4.0), right - max(last, 4.0))
    if len(places) == 1:
        across = scale(places[0] - 1, places[0] + 1, 0, right)
    lines = tuple(
        tuple(
            _Point(across(places[at]), up(value.at), at, value)
            for at, row in enumerate(chart.rows)
            if (value := row.values[one])
        )
        for one in range(len(chart.series))
    )
    return _Plan(chart, sheet, across, up, lines, right, foot)


def _colour(plan: _Plan, one: int, colours: Colours) -> str:
    if plan.chart.series[one].marked:
        return colours.named
    return colours.ink2


def _line(plan: _Plan, one: int, colours: Colours) -> Iterator[str]:
    """The parts of a line between which figures are missing, and a dot for each that is written."""
    stroke, thick = _colour(plan, one, colours), 2.4 if plan.chart.series[one].marked else 1.3
    part: list[_Point] = []
    for point in plan.lines[one]:
        if part and point.number != part[-1].number + 1:
            yield _part(part, stroke, thick)
            part = []
        part.append(point)
    if part:
        yield _part(part, stroke, thick)
    for point in _written(plan, one):
        yield svg.dot(point.x, point.y, thick + 1, stroke)


def _part(points: list[_Point], stroke: str, thick: float) -> str:
    if len(points) == 1:
        return svg.dot(points[0].x, points[0].y, 2.6, stroke)
    return svg.polyline([(point.x, point.y) for point in points], stroke, thick)


def _written(plan: _Plan, one: int) -> tuple[_Point, ...]:
    """The points whose figures are written: the ends, and of the line spoken of, the marked rows or extremes."""
    points = plan.lines[one]
    if not points:
        return ()
    rows = plan.chart.rows
    spoken = plan.chart.series[one].marked or not any(series.marked for series in plan.chart.series)
    chosen = {points[0].number, points[-1].number}
    if spoken and any(row.marked for row in rows):
        chosen |= {point.number for point in points if rows[point.number].marked}
    elif plan.chart.series[one].marked:
        chosen.add(max(points, key=lambda point: point.value.at).number)
        if len(points) > 2:
            chosen.add(min(points, key=lambda point: point.value.at).number)
    return tuple(point for point in points if point.number in chosen)


def _figures(
    plan: _Plan, one: int, taken: list[_Patch], seen: set[tuple[int, int, str]], colours: Colours
) -> Iterator[str]:
    """The written figures of a line, each where the lines and the words before it leave most room."""
    sheet, bold = plan.sheet, plan.chart.series[one].marked
    ink = _colour(plan, one, colours)
    for point in _written(plan, one):
        same = (round(point.x), round(point.y), point.value.text)
        if same in seen:
            continue
        seen.add(same)
        long, high = wide(point.value.text, sheet, bold=bold), sheet.size * 1.1
        best: tuple[float, _Patch] = (-1.0, (0, 0, 0, 0))
        for top in (point.y - high - 4, point.y + 4):
            for shift in (0.5, 1.0, 0.0):
                begin = point.x - shift * long + (6 if shift == 0 else -6 if shift == 1 else 0)
                left = min(max(begin, 0.0), plan.right - long)
                patch = (left, top, left + long, top + high)
                free = min(_clearance(plan, left, left + long, top + high / 2), 14.0) + (1 if shift == 0.5 else 0)
                if patch[3] > plan.foot or top < 0 or any(_meet(patch, other) for other in taken):
                    free = -0.5
                if free > best[0]:
                    best = (free, patch)
        taken.append(best[1])
        x, y = best[1][0], best[1][3] - high * 0.22
        yield svg.backed(x, y, point.value.text, sheet, ink, colours.ground, bold=bold)


def _meet(one: _Patch, other: _Patch) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _clearance(plan: _Plan, left: float, right: float, y: float) -> float:
    """How far words at `y` between two places are from every line."""
    limit = plan.chart.threshold
    found = [abs(plan.up(limit.at) - y)] if limit else []
    steps = [left + (right - left) * part / 4 for part in range(5)]
    for points in plan.lines:
        for one, two in pairwise(points):
            found += [abs(_between(one, two, x) - y) for x in steps if one.x <= x <= two.x]
    return min(found, default=99.0)


def _between(one: _Point, two: _Point, x: float) -> float:
    return one.y + (two.y - one.y) * (x - one.x) / max(two.x - one.x, 0.01)


def _threshold_words(plan: _Plan, limit: Value, taken: list[_Patch], colours: Colours) -> Iterator[str]:
    """The threshold's words, above or below its line, where the lines leave most room."""
    sheet, y = plan.sheet, plan.up(limit.at)
    lines = wrapped(limit.text, sheet, 0.5 * plan.right, bold=True)
    long, high = max(wide(words, sheet, bold=True) for words in lines), sheet.line * len(lines)
    best, where = -1.0, (0.0, y - 4 - high)
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = (plan.right - long) * part
        for top in (y - 4 - high, y + 4):
            free = min(_room(plan, x, x + long, top, top + high), 60.0) if 0 <= top < plan.foot - high else 0.0
            if free > best + 0.5:
                best, where = free, (x, top)
    taken.append((*where, where[0] + long, where[1] + high))
    for number, words in enumerate(lines):
        yield svg.text(where[0], where[1] + sheet.line * (number + 0.8), words, sheet, colours.ink, bold=True)


def _room(plan: _Plan, left: float, right: float, top: float, foot: float) -> float:
    """How far a patch is from every line, above or below it."""
    found = [99.0]
    steps = [left + (right - left) * part / 12 for part in range(13)]
    for points in plan.lines:
        for one, two in pairwise(points):
            heights = [_between(one, two, x) for x in steps if one.x <= x <= two.x]
            found += [max(top - y, y - foot, 0.0) for y in heights]
    return min(found)


def _ends(plan: _Plan) -> dict[int, float]:
    """Where the lines' names stand, from top to bottom and apart from each other."""
    sheet = plan.sheet
    last = {one: points[-1].y for one, points in enumerate(plan.lines) if points}
    placed: dict[int, float] = {}
    free = 0.0
    for one in sorted(last, key=lambda one: last[one]):
        high = sheet.line * len(_name_lines(plan, one))
        placed[one] = max(free, last[one] - high / 2)
        free = placed[one] + high + 2
    over = free - 2 - (plan.foot + sheet.line)
    return {one: y - max(0.0, over) for one, y in placed.items()}


def _name_lines(plan: _Plan, one: int) -> tuple[str, ...]:
    series = plan.chart.series[one]
    return wrapped(series.name, plan.sheet, max(plan.sheet.width - plan.right - 12, 40.0), bold=series.marked)


def _name(plan: _Plan, one: int, ends: dict[int, float], colours: Colours) -> Iterator[str]:
    if len(plan.chart.series) < 2 or one not in ends:
        return
    ink, bold = _colour(plan, one, colours), plan.chart.series[one].marked
    for number, words in enumerate(_name_lines(plan, one)):
        baseline = ends[one] + plan.sheet.line * (number + 0.78)
        yield svg.text(plan.right + 12, baseline, words, plan.sheet, ink, bold=bold)


def _labels(plan: _Plan, colours: Colours) -> tuple[list[str], float]:
    """The rows' names below, as many as fit."""
    sheet, rows = plan.sheet, plan.chart.rows
    places = [plan.across(at if row.at is None else row.at) for at, row in enumerate(rows)]
    widths = [_label_width(row, sheet) for row in rows]
    marks: list[str] = []
    most = 1
    for at in thinned(places, widths, 10):
        x = min(max(places[at], widths[at] / 2), plan.right - widths[at] / 2)
        bold = rows[at].marked
        marks.append(svg.line(places[at], plan.foot, places[at], plan.foot + 4, colours.rule))
        ink = colours.ink if bold else colours.ink2
        lines = _label_lines(rows[at], sheet)
        most = max(most, len(lines))
        for number, words in enumerate(lines, 1):
            y = plan.foot + sheet.line * number + 4
            marks.append(svg.text(x, y, words, sheet, ink, bold=bold, anchor="middle"))
    return marks, plan.foot + sheet.line * most + 9


def _label_lines(row: Row, sheet: Sheet) -> tuple[str, ...]:
    return wrapped(row.label, sheet, NAMES * sheet.width, bold=row.marked)


def _label_width(row: Row, sheet: Sheet) -> float:
    return max((wide(words, sheet, bold=row.marked) for words in _label_lines(row, sheet)), default=0.0)
