"""A chart in words, for those who hear it, and as a table, for those who read text."""

from __future__ import annotations

from heard.publish.charts.values import Chart, Grid, Row


def words(chart: Chart) -> str:
    """The title and every figure with the names of its row and column, in one paragraph."""
    limits = [value.text for value in (chart.threshold,) if value] + [chart.change] * bool(chart.change)
    parts = (chart.title, chart.unit, "; ".join(_row(chart, row) for row in chart.rows), *limits)
    return "".join(f"{part.rstrip('.')}. " for part in parts if part).strip()


def table(grid: Grid) -> str:
    """The data as a table of Markdown."""
    rows = [grid.names, tuple("---" for _ in grid.names), *grid.rows]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)


def _row(chart: Chart, row: Row) -> str:
    named = zip(chart.series, row.values, strict=True)
    said = [f"{series.name} {value.text}".strip() for series, value in named if value]
    note = f" ({row.note})" if row.note else ""
    return f"{chart.axis} {row.label}: {', '.join(said) or '–'}{note}".strip()


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
