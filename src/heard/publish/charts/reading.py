"""A chart's block, read: its words, its data, and every slip with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from heard.base.fields import Fields, flag
from heard.base.text import did_you_mean
from heard.base.yamlio import Node, Scalar, Table
from heard.publish.charts import cells
from heard.publish.charts.fences import Block
from heard.publish.charts.values import BAR, BEFORE_AFTER, KINDS, LINE, Chart, Grid, Head, Row, Series, Value
from heard.values import Finding, Place, Severity

MOST_ROWS, MOST_SERIES = 60, 3
"""Above this a drawing cannot be read any more; the data stand there as a table."""

_KEY = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_RULE = re.compile(r"-{3,}")
_HYPHEN = re.compile(r"^-(?=[ €$£]*\d)")
_DASHES = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a block. `chart` is None where it cannot be drawn, `grid` None where there are no data."""

    head: Head
    grid: Grid | None
    chart: Chart | None
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Work:
    """What the steps of one reading share; `broken` once the data cannot be drawn."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    broken: bool = False

    def fix(self, line: int, message: str, code: str) -> None:
        """Say that the data cannot be drawn, and why."""
        self.findings.append(flag(self.path, line, message, code))
        self.broken = True

    def look(self, line: int, message: str, code: str) -> None:
        """Say what is drawn all the same."""
        self.findings.append(flag(self.path, line, message, code, Severity.WORTH_A_LOOK))


_Rows = list[tuple[int, list[str]]]


def read(block: Block, path: str = "", first: int = 1) -> Reading:
    """Read a chart's block; `first` is the line of the file that opens it. Never raises."""
    work = _Work(path)
    keys, data, data_line = _cut(block.inside, first + 1, work)
    head = _head(keys, path, first, work.findings)
    if not any(one.code == "yaml/unknown-key" for one in work.findings):
        _complete(head, first, work)
    rows = _rows(data, data_line, work)
    if len(rows) < 2:
        work.fix(
            first, "a chart without data: below a line --- write the columns' names, then a line a row", "chart/data"
        )
        return Reading(head, None, None, tuple(work.findings))
    (names_line, names), rows = rows[0], rows[1:]
    _check_names(names, names_line, work)
    chart = None if work.broken else _chart(head, names, rows, first, work)
    grid = Grid(tuple(names), tuple(tuple(row) for _, row in rows))
    return Reading(head, grid, None if work.broken else chart, tuple(work.findings))


def same(text: str) -> str:
    """A name as it is compared: signs for minus, spaces and capitals do not count."""
    return " ".join(text.translate(_DASHES).casefold().split())


def _cut(inside: Sequence[str], line: int, work: _Work) -> tuple[list[tuple[Scalar, Node]], list[str], int]:
    """The keys, and the lines of data with the number of their first."""
    keys: dict[str, tuple[Scalar, Node]] = {}
    for at, text in enumerate(inside):
        found = _KEY.fullmatch(text.strip())
        if _RULE.fullmatch(text.strip()):
            return list(keys.values()), list(inside[at + 1 :]), line + at + 1
        if found and found[1] == "data" and not found[2]:
            listed, last = [row.strip() for row in inside[at + 1 :]], line + at
            return list(keys.values()), [", ", *(_pair(row) for row in listed)], last
        if found:
            name = Scalar(found[1], line + at)
            if found[1] in keys:
                work.look(line + at, f"`{found[1]}` stands here twice; the last one counts", "chart/head")
            keys[found[1]] = (name, Scalar(_unquoted(found[2] or ""), line + at))
        elif text.strip():
            message = "the data begin here: write a line --- above them, below the chart's keys"
            work.findings.append(flag(work.path, line + at, message, "chart/head"))
            return list(keys.values()), list(inside[at:]), line + at
    return list(keys.values()), [], line


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _pair(row: str) -> str:
    """A line `name: figure` as a row."""
    name, _, value = row.rpartition(": ")
    quoted = [f'"{_unquoted(part).replace(chr(34), chr(34) * 2)}"' for part in (name or row, value if name else "")]
    return ",".join(quoted) if row else ""


def _head(keys: list[tuple[Scalar, Node]], path: str, line: int, findings: list[Finding]) -> Head:
    fields = Fields(Table(tuple(keys), line), path, findings, line=line)
    kind = fields.text("kind").casefold()
    if kind.replace("/", "-").replace("_", "-").replace(" ", "-") == BEFORE_AFTER:
        kind = BEFORE_AFTER
    else:
        kind = fields.word("kind", KINDS, BAR)
    head = Head(
        kind=kind,
        title=fields.text("title"),
        unit=fields.text("unit"),
        source=fields.text("source"),
        start=fields.text("from"),
        threshold=fields.text("threshold"),
        change=fields.text("change"),
        highlight=fields.text("highlight").strip("[]"),
    )
    fields.close()
    return head


def _complete(head: Head, line: int, work: _Work) -> None:
    asked = (
        (head.title, "`title:`, which says what the reader should see in it"),
        (head.unit, "`unit:`, which says what its figures count"),
        (head.source, "`source:`, which says where its figures are from"),
    )
    for value, what in asked:
        if not value:
            work.look(line, f"the chart has no {what}", "chart/incomplete")


def _rows(data: Sequence[str], line: int, work: _Work) -> _Rows:
    """The rows as lists of texts of one length, the columns' names first, each with its line."""
    filled = [(line + at, text) for at, text in enumerate(data) if text.strip()]
    if not filled:
        return []
    mark = next((one for one in "\t;" if one in filled[0][1]), ",")
    rows = [(at, _cells(text, mark)) for at, text in filled]
    many = max(2, len(rows[0][1]))
    for at, row in rows[1:]:
        if len(row) > many:
            hint = "put `;` between the cells, or quotation marks around a figure with a comma" if mark == "," else ""
            said = f"{len(row)} cells where the first line names {many} columns"
            work.fix(at, f"{said}: {hint}" if hint else said, "chart/row")
    widest = max(len(row) for _, row in rows)
    return [(at, row + [""] * (widest - len(row))) for at, row in rows]


def _cells(text: str, mark: str) -> list[str]:
    try:
        found = next(csv.reader([text.strip(" ")], delimiter=mark, skipinitialspace=True), [])
    except csv.Error:
        found = text.split(mark)
    return [cell.strip() for cell in found]


def _chart(head: Head, names: list[str], rows: _Rows, first: int, work: _Work) -> Chart | None:
    noted = _has_notes(head.kind, rows)
    columns = range(1, len(names) - noted)
    decimal = cells.decimal_sign(cell for _, row in rows for cell in (*row[1 : len(names) - noted], head.threshold))
    clock = any(cells.clock(row[column]) is not None for _, row in rows for column in columns)
    _check_size(head.kind, len(rows), len(columns), first, work)
    start = _figure(head.start, decimal, clock=clock)
    if head.start and not start:
        work.look(first, f"`from: {head.start}` is no {'time like 22:00' if clock else 'number'}", "chart/value")
    places = _places([row[0] for _, row in rows]) if head.kind == LINE else []
    read_rows = []
    for at, (line, row) in enumerate(rows):
        values = tuple(_value(row[column], decimal, line, work, clock=clock) for column in columns)
        read_rows.append(Row(row[0], values, row[-1] if noted else "", places[at] if places else None))
    if not any(value for row in read_rows for value in row.values) and not work.broken:
        work.fix(first, "none of the chart's figures is there", "chart/data")
    if work.broken:
        return None
    chart = Chart(
        head.kind, head.title, tuple(Series(names[column]) for column in columns), tuple(read_rows), clock,
        start, _threshold(head.threshold, decimal, first, work, clock=clock), head.change, names[0], head.unit,
    )  # fmt: skip
    return _marked(_after_midnight(chart), head, first, work)


def _has_notes(kind: str, rows: _Rows) -> bool:
    """Whether the last column holds words about the rows, and no figures."""
    if kind != BAR or len(rows[0][1]) < 3:
        return False
    last = [row[-1] for _, row in rows if row[-1]]
    times = any(cells.clock(row[1]) is not None for _, row in rows)
    if times:
        return not any(cells.clock(text) is not None for text in last)
    return not last or not all(cells.number(text) is not None for text in last)


def _check_names(names: list[str], line: int, work: _Work) -> None:
    """Names of columns that look like figures: the line with the names was forgotten; years are names."""
    figures = [name for name in names[1:] if name]
    sure = [name for name in figures if cells.number(name) is not None and not re.fullmatch(r"(19|20)\d\d", name)]
    if sure and len(sure) == len(figures):
        work.fix(line, f"the first line names the columns, and “{sure[0]}” looks like a figure", "chart/row")


def _check_size(kind: str, rows: int, columns: int, line: int, work: _Work) -> None:
    most = {BAR: 1, LINE: MOST_SERIES, BEFORE_AFTER: 2}[kind]
    if kind == BEFORE_AFTER and columns < 2:
        work.fix(line, "before-after needs three columns: the name, before, and after", "chart/size")
    elif columns > most:
        said = {1: "one column of figures and perhaps one of words", 2: "two columns of figures: before and after"}
        work.fix(
            line, f"a chart of kind {kind} has {said.get(most, f'at most {most} columns of figures')}", "chart/size"
        )
    if rows > MOST_ROWS:
        work.fix(line, f"{rows} rows are too many to read: draw at most {MOST_ROWS}, such as one a week", "chart/size")


def _value(text: str, decimal: str, line: int, work: _Work, *, clock: bool) -> Value | None:
    if cells.missing(text):
        return None
    found = _figure(text, decimal, clock=clock)
    if found is None:
        wanted = (
            "a time like 22:05, as the others are" if clock else "a figure; leave the cell empty where there is none"
        )
        work.fix(line, f"“{text}” is not {wanted}", "chart/value")
    elif not decimal and not clock and cells.doubtful(text):
        work.look(
            line, f"“{text}” is read as {found.at:g}: write {text.replace('.', '')} if you mean that", "chart/value"
        )
    return found


def _figure(text: str, decimal: str, *, clock: bool) -> Value | None:
    at = cells.clock(text) if clock else cells.number(text, decimal or ".")
    return None if at is None else Value(_HYPHEN.sub("−", text), at)


def _threshold(text: str, decimal: str, line: int, work: _Work, *, clock: bool) -> Value | None:
    """The figure that the threshold begins with; its words stay whole."""
    if not text:
        return None
    words = text.split(" ")
    for many in (2, 1):
        found = _figure(" ".join(words[:many]), decimal, clock=clock)
        if found:
            return Value(text, found.at)
    example = "06:00 shift ends" if clock else "30 min limit"
    work.look(line, f"`threshold: {text}` does not begin with a figure: write it like `{example}`", "chart/value")
    return None


def _places(names: list[str]) -> list[float | None]:
    """Where the names lie on a scale of their own, if all of them are dates, times or numbers in order."""
    for read_one in (cells.day, cells.clock, lambda text: cells.number(text, ".")):
        found = [read_one(name) for name in names]
        if all(place is not None for place in found):
            places = _rising([place for place in found if place is not None], read_one is cells.clock)
            ordered = all(one < two for one, two in pairwise(places))
            return [*places] if ordered else []
    return []


def _rising(places: list[float], clock: bool) -> list[float]:
    """Times of day that go on after midnight."""
    days, found = 0.0, [*places[:1]]
    for before, place in pairwise(places):
        days += 1440.0 * (clock and place < before)
        found.append(place + days)
    return found


def _after_midnight(chart: Chart) -> Chart:
    """Times before the chart's beginning belong to the next day."""
    begin = chart.start.at if chart.clock and chart.start else None
    if begin is None:
        return chart

    def later(value: Value | None) -> Value | None:
        return replace(value, at=value.at + 1440) if value and value.at < begin else value

    rows = tuple(replace(row, values=tuple(map(later, row.values))) for row in chart.rows)
    return replace(chart, rows=rows, threshold=later(chart.threshold))


def _marked(chart: Chart, head: Head, line: int, work: _Work) -> Chart:
    """The chart with what the title speaks of marked; a single line, and what came after, are so by themselves."""
    known = [*(row.label for row in chart.rows), *(one.name for one in chart.series if one.name)]
    names = {same(name) for name in known}
    wanted = set()
    for name in _named(head.highlight, names):
        wanted.add(same(name))
        if same(name) not in names:
            hint = did_you_mean(name, known) or f": write one of {', '.join(known[:4])}"
            work.look(line, f"`highlight: {name}` is the name of no row or column{hint}", "chart/highlight")
    rows = tuple(replace(row, marked=same(row.label) in wanted) for row in chart.rows)
    series = tuple(replace(one, marked=same(one.name) in wanted) for one in chart.series)
    if not any(one.marked for one in series):
        default = {LINE: len(series) == 1, BEFORE_AFTER: True}.get(chart.kind, False)
        series = (*series[:-1], replace(series[-1], marked=default)) if series else series
    return replace(chart, rows=rows, series=series)


def _named(highlight: str, names: set[str]) -> list[str]:
    """What is to be highlighted: names apart by `;`, or by commas where no name has one."""
    found: list[str] = []
    for part in highlight.split(";"):
        found += [part] if same(_unquoted(part)) in names else part.split(",")
    return [_unquoted(part) for part in found if part.strip()]


def place(block: Block, path: str, first: int) -> Finding:
    """Why a block that should be a chart is shown as it was typed."""
    if not block.closed:
        message = "the chart is never closed: put a line ``` below its last row"
    else:
        message = "a chart begins at the left edge, outside of lists and boxes: here it is shown as it was typed"
    return Finding(Place(path, first), Severity.TO_FIX, message, "chart/place")
