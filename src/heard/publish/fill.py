"""How full a paper's pages are, and which other form of it might fill them better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from heard.publish.sheet import Sheet

FULL_ENOUGH = 0.6
"""The part of a page that is to be filled before the check list begins a new one."""

HEADING_ROOM = 40.0
"""Pixels above a heading that stand only when something comes before it on the page."""

LEAST = 0.5
"""The part of the last page before the back from which it may stay as it is."""

TIGHTER, PROOF, LOG = 0.055, 0.1, 0.25
"""What a paper set tighter gains on each page and in its proof, and what the blank log takes: parts of a page."""

_TOP, _FOOT = 27 / 297, 1 - 27 / 297


def would_fit(document: Any) -> bool:
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
    return bool(before[3] < FULL_ENOUGH * height and before[3] + needed < height * _FOOT)


def tighter(document: Any, sheet: Sheet) -> Iterator[Sheet]:
    """The forms worth trying where the last page before the back is mostly empty, the better one first."""
    found = _anchors(document)
    if "heard-body" not in found or "heard-end" not in found:
        return
    first, (last, end) = found["heard-body"][0], found["heard-end"]
    part = end[1] / document.pages[last].height
    over = (part - _TOP) / (_FOOT - _TOP)
    if last == first or over > LEAST:
        return
    gained = TIGHTER * (last - first) + PROOF * ("heard-proof" in found)
    if over < gained:
        yield replace(sheet, tight=True)
    if "heard-log" in found and gained <= over + 0.1 < gained + LOG:
        yield replace(sheet, tight=True, loose=True)


def _anchors(document: Any) -> dict[str, tuple[int, Any]]:
    return {
        name: (at, box)
        for at, page in enumerate(document.pages)
        for name, box in page.anchors.items()
        if name.startswith("heard-")
    }
