"""Real public text that nobody here wrote, for measuring the leak check."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def texts() -> Iterator[tuple[str, str]]:
    """Each text with the name of its folder; nothing where the data is not there."""
    for folder in ("earnings-calls", "otter", "zoom-vtt", "innersource-patterns", "feed-cases"):
        for path in sorted((DATA / folder).rglob("*")):
            if path.suffix in (".txt", ".md", ".vtt", ".xml") and path.is_file():
                yield folder, path.read_text("utf-8", errors="replace")
    for path in sorted((DATA / "banking77").glob("*.csv")):
        yield "banking77", path.read_text("utf-8")
    path = DATA / "seamonkey-duplicates" / "SeaMonkey_bugs.csv"
    if path.is_file():
        yield "seamonkey-duplicates", path.read_text("utf-8", errors="replace")
    path = DATA / "clinc150" / "data_full.json"
    if path.is_file():
        yield "clinc150", path.read_text("utf-8")


def prose() -> Iterator[str]:
    """Paragraphs of real text, to make pages of."""
    for folder, text in texts():
        if folder in ("earnings-calls", "otter", "innersource-patterns", "zoom-vtt"):
            yield from (line.strip() for line in text.splitlines() if len(line) > 60)
        elif folder == "banking77":
            yield from (row[0] for row in csv.reader(text.splitlines()) if row)
        elif folder == "clinc150":
            yield from (sentence for part in json.loads(text).values() for sentence, _ in part)


def pages(size: int) -> Iterator[str]:
    """HTML pages of about `size` characters, made of real text, with the markup that a site has."""
    page: list[str] = []
    length = 0
    for number, paragraph in enumerate(prose()):
        text = html.escape(paragraph)
        words = text.split(" ")
        if len(words) > 6:
            words[3] = f"<strong>{words[3]}</strong>"
            words[5] = (
                f'<a class="md-link md-link--plain" href="../problems/topic-{number}/#why-{number % 7}">{words[5]}</a>'
            )
        page.append(
            f'<h2 id="part-{number}" class="md-typeset__heading">Part {number}</h2>\n<p>{" ".join(words)}</p>\n'
        )
        length += len(page[-1])
        if length >= size:
            head = f'<!doctype html>\n<html lang="en"><head><title>Page {number}</title></head>'
            yield f"{head}<body>{''.join(page)}</body></html>\n"
            page, length = [], 0
