"""What is wrong with the charts of a paper, told with its lines."""

from __future__ import annotations

from collections.abc import Iterator

from heard.base.text import near_miss
from heard.publish.charts import fences
from heard.publish.charts.reading import place, read
from heard.values import Finding, Place, Severity


def check(body: str, path: str, first: int) -> Iterator[Finding]:
    """Findings about every chart of a paper's text; `first` is the line of the file where it begins."""
    if "ch" not in body.casefold():
        return
    for block in fences.blocks(body.split("\n")):
        line = first + block.start
        if block.word == fences.WORD:
            wrong = block.shifted or not block.closed
            yield from (place(block, path, line),) if wrong else read(block, path, line).findings
        elif block.word[:2] == fences.WORD[:2] and near_miss(block.word, [fences.WORD]):
            message = f"a block of “{block.word}” is shown as it was typed: did you mean ```chart?"
            yield Finding(Place(path, line), Severity.WORTH_A_LOOK, message, "chart/place")
