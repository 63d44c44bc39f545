"""A chart as SVG: the same lines on the page and in the PDF, in the colours that either has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

from heard.publish.charts import bars, columns, lines, said, svg
from heard.publish.charts.fences import Block, replaced
from heard.publish.charts.lettering import Sheet
from heard.publish.charts.reading import read
from heard.publish.charts.svg import NARROW, WIDE, Colours
from heard.publish.charts.values import BEFORE_AFTER, LINE, Chart
from heard.publish.fonts import FOLDER

PAGE = Colours(
    "var(--h-ink)", "var(--h-ink2)", "var(--h-rule)", "var(--h-grey)", "var(--h-brandtext)", "var(--h-page)"
)  # fmt: skip
"""The site's colours, light and dark."""

FONTS = "Archivo, Newsreader, Mono, Symbols"


def on_page(markdown: str, fonts: Path = FOLDER) -> str:
    """A paper's Markdown with its charts drawn for the page: wide, and narrow for phones."""

    def figure(chart: Chart) -> str:
        wide = drawn(chart, replace(WIDE, fonts=fonts), PAGE, "h-chart__wide")
        narrow = drawn(chart, replace(NARROW, fonts=fonts), PAGE, "h-chart__narrow")
        return f'<figure class="h-chart" data-search-exclude="true">{wide}{narrow}</figure>'

    return replaced(markdown, lambda block: _shown(block, figure))


def printed(markdown: str, tokens: Mapping[str, str], fonts: Path = FOLDER) -> str:
    """A paper's Markdown with its charts drawn for the PDF, in the brand's colours."""
    colours = Colours(*(tokens[name] for name in ("ink", "ink2", "rule", "grey", "brandtext", "paper")))
    sheet = replace(WIDE, fonts=fonts)

    def figure(chart: Chart) -> str:
        return f'<figure class="chart">{drawn(chart, sheet, colours)}</figure>'

    return replaced(markdown, lambda block: _shown(block, figure))


def as_text(markdown: str) -> str:
    """A paper's Markdown with its charts as tables."""
    return replaced(markdown, lambda block: _shown(block, None))


def drawn(chart: Chart, sheet: Sheet, colours: Colours, name: str = "") -> str:
    """One drawing as inline SVG; its `<title>` tells all figures."""
    draw = bars.draw
    if chart.kind == LINE:
        draw = lines.draw
    elif chart.kind == BEFORE_AFTER and columns.is_timeline(chart):
        draw = columns.draw
    made = draw(chart, sheet, colours)
    width, height = svg.n(sheet.width), svg.n(made.height)
    label = f' class="{name}"' if name else ""
    return (
        f'<svg{label} role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FONTS}" font-size="{svg.n(sheet.size)}">'
        f"<title>{escape(said.words(chart), quote=False)}</title>{''.join(made.marks)}</svg>"
    )


def _shown(block: Block, figure: Callable[[Chart], str] | None) -> str:
    """What stands in the place of a block: its drawing, else its data as a table, else what was typed."""
    reading = read(block)
    if reading.chart and figure:
        return figure(reading.chart)
    if reading.grid:
        return said.table(reading.grid)
    return "\n".join(("```", *block.inside, "```"))
