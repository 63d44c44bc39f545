"""How full a paper's pages are, and which other form of it might fill them better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from heard.publish.sheet import Sheet
from heard.publish.sizes import Size

FULL_ENOUGH = 0.6
"""The part of a page that is to be filled before the check list begins a new one."""

HEADING_ROOM = 40.0
"""Pixels above a heading that stand only when something comes before it on the page."""

LEAST = 0.5
"""The part of the last page before the back from which it may stay as it is."""

SUMMARY = 1
"""The page of the summary, counted from 0: behind the cover."""

SCRAP = 0.2
"""The part of the last page up to which smaller letters are worth sparing it."""

TIGHTER, PROOF, LOG = 0.055, 0.1, 0.25
"""What a paper set tighter gains on each page and in its proof, and what the blank log takes: parts of a page."""


ROW, LOG_HEAD, ABOVE_NOTES = 6.6, 27.5, 7.5
"""Millimetres of a blank log: a row, and all above the first one; and what stands between the text and its notes."""

BELOW_PROOF = 6.0
"""Millimetres below a proof that its space and the log's have in common."""

MOST_ROWS, LEAST_ROWS = 16, 3
"""How many rows a blank log has on the last page."""


def would_fit(document: Any, edges: Size) -> bool:
    """Whether the check list alone would fill up the page that its blank log pushed it from."""
    found = _anchors(document)
    if not {"heard-before", "heard-list", "heard-log"} <= found.keys():
        return False
    (page, before), (list_page, listed) = found["heard-before"], found["heard-list"]
    log_page, log = found["heard-log"]
    if list_page == page or log_page != list_page:
        return False
    height = document.pages[page].height
    needed = log[1] - listed[1] + HEADING_ROOM
    return bool(before[3] < FULL_ENOUGH * height and before[3] + needed < height * edges.foot / edges.height)


def tighter(document: Any, sheet: Sheet) -> Iterator[Sheet]:
    """The forms worth trying where the last page before the back is mostly empty, the better one first."""
    found = _anchors(document)
    if "heard-body" not in found or "heard-end" not in found:
        return
    first, (last, end) = found["heard-body"][0], found["heard-end"]
    edges = sheet.edges
    part = end[1] / document.pages[last].height * edges.height
    over = (part - edges.margin) / (edges.foot - edges.margin)
    if last == first or over > LEAST:
        return
    gained = TIGHTER * (last - first) + PROOF * ("heard-proof" in found)
    if over < gained:
        yield replace(sheet, tight=True)
    if "heard-log" in found and gained <= over + 0.1 < gained + LOG:
        yield replace(sheet, tight=True, loose=True)
    if over < SCRAP:
        yield replace(sheet, tight=True, close=True)


def blank_rows(document: Any, sheet: Sheet) -> int:
    """How many rows of a blank log fill up the last page, where the check list had to do without; 0 for none."""
    found = _anchors(document)
    if not sheet.loose or "heard-list" not in found or "heard-end" not in found:
        return 0
    last, end = found["heard-end"]
    edges = sheet.edges
    millimetres = edges.height / document.pages[last].height
    notes = [box[1] for name, (page, box) in found.items() if name.startswith("heard-note-") and page == last]
    foot = min(notes) * millimetres - ABOVE_NOTES if notes else edges.foot
    head = LOG_HEAD - BELOW_PROOF * ("heard-proof" in found)
    rows = int((foot - end[1] * millimetres - head) // ROW)
    return min(MOST_ROWS, rows) if rows >= LEAST_ROWS else 0


def overflows(document: Any) -> bool:
    """Whether the summary with the contents needs more than its page, behind the cover."""
    body = _anchors(document).get("heard-body", (0, None))[0]
    return body > SUMMARY + 1


def ends_within(document: Any) -> bool:
    """Whether the end of a short paper stands on the page of its last words."""
    found = _anchors(document)
    return found["heard-back"][0] == found["heard-end"][0] if {"heard-back", "heard-end"} <= found.keys() else False


def _anchors(document: Any) -> dict[str, tuple[int, Any]]:
    """Where each of our places begins: its page and its box there. What goes over pages has a box on each."""
    found: dict[str, tuple[int, Any]] = {}
    for at, page in enumerate(document.pages):
        for name, box in page.anchors.items():
            if name.startswith("heard-"):
                found.setdefault(name, (at, box))
    return found
