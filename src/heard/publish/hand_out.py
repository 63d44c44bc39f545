"""A paper on one page, to hand out: what it keeps, and what gives way until it fits.

The problem is its title; the answer, what was heard, figures, a voice and the first things to do follow, and a QR code
leads to the whole paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from heard.publish.blocks import classes
from heard.publish.markdown import parse
from heard.publish.shape import Section
from heard.publish.sheet import Item, Plan, Sheet
from heard.values import ApprovedQuote, Finding, Place, Severity

MOST, LEAST = 5, 3
"""How many things to do stand on the page, and how few before other parts give way."""

LEAD, SPOKEN = 150, 240
"""Letters up to which the first quote is taken, and above which none is."""

STROKES, TALLEST = 22.0, 96.0
"""Millimetres that the strokes have at least, and at most where the page has room."""

ROOM = 0.8
"""Millimetres that stay free, so that rounding never begins a second page."""

_PIXEL = 25.4 / 96

Lay = Callable[[Sheet], Any]


def lay_out_one(lay: Lay, sheet: Sheet) -> Any:
    """The richest page that is one page, its strokes as high as there is room for; else the barest, however long.

    Everything is laid out once on an endless page and measured there.
    """
    full = everything(sheet)
    long = lay(replace(sheet, plan=replace(full, strokes=STROKES, endless=True)))
    high = heights(long.pages[0].anchors)
    room = sheet.edges.height - sheet.edges.margin / 2 - ROOM
    tried = list(plans(full))
    plan = next((one for one in tried if needed(one, high) <= room), tried[-1])
    left = max(0.0, room - needed(plan, high))
    more = min(left, TALLEST - STROKES)
    return lay(replace(sheet, plan=replace(plan, strokes=STROKES + more, gap=left - more)))


def too_long(sheet: Sheet) -> Finding:
    """What to say of a paper whose problem and title alone are more than a page."""
    message = "does not fit on one page to hand out: shorten `problem` or `title`"
    return Finding(Place(sheet.job.paper.source.path), Severity.TO_FIX, message, "pdf/warning")


def everything(sheet: Sheet) -> Plan:
    """All that a paper has for its one page: the list of things to do, the summary, a short quote, the figures."""
    paper = sheet.job.paper
    lists = [section for section in sheet.sections if section.kind == "checklist"]
    heading, items = (lists[0].title, _items(lists[0])) if lists else ("", ())
    summary = Markup("".join(map(_markup, _prose(sheet.short)))) if sheet.short else Markup()
    return Plan(heading, items[:MOST], summary, _voice(paper.heard.quotes), bool(paper.figures), bool(paper.answer))


def plans(full: Plan) -> Iterator[Plan]:
    """The pages to choose from, the richest first.

    The summary gives way first where there are things to do, since the answer says it shortly; then the last of these,
    the voice, the figures, and at last all of these and the answer.
    """
    counts = range(len(full.items), LEAST - 1, -1) if len(full.items) >= LEAST else (len(full.items),)
    brief = replace(full, summary="") if full.items else full
    yield full
    for figures, quote, count in product((full.figures, False), (full.quote, None), counts):
        yield replace(brief, figures=figures, quote=quote, items=full.items[:count])
    bare = Plan(quote=full.quote, figures=full.figures, answer=full.answer)
    yield from (bare, replace(bare, quote=None), replace(bare, quote=None, figures=False), Plan(answer=False))


def heights(anchors: Mapping[str, Any]) -> dict[str, float]:
    """How high each part of an endless page is, in millimetres, from where it begins to where the next one does."""
    tops = sorted((box[1] * _PIXEL, name) for name, box in anchors.items() if name.startswith("heard-"))
    ends = [top for top, _ in tops[1:]]
    return {name.removeprefix("heard-"): end - top for (top, name), end in zip(tops, ends, strict=False)}


def needed(plan: Plan, high: Mapping[str, float]) -> float:
    """The millimetres that a plan takes."""
    parts = ["band", "legend", "drawing", "foot"] + ["answer"] * plan.answer
    parts += ["figures"] * plan.figures + ["quote"] * bool(plan.quote) + ["summary"] * bool(plan.summary)
    parts += ["todo"] * bool(plan.items) + [f"item-{at}" for at in range(len(plan.items))]
    return sum(high.get(part, 0.0) for part in parts)


def _voice(quotes: tuple[ApprovedQuote, ...]) -> ApprovedQuote | None:
    if not quotes:
        return None
    shortest = min(quotes, key=lambda quote: len(quote.text))
    chosen = quotes[0] if len(quotes[0].text) <= LEAD else shortest
    return chosen if len(chosen.text) <= SPOKEN else None


def _items(section: Section) -> tuple[Item, ...]:
    """The lines of a list to tick off."""
    found = parse(section.html).find(".//ul[@class='checklist']")
    return tuple(map(_item, found.findall("li") if found is not None else []))


def _item(row: Element) -> Item:
    said = ""
    for parent in list(row.iter()):
        for who in parent.findall("span[@class='who']"):
            said = "".join(who.itertext())
            _drop(parent, who)
    row = _alone(row)
    return Item(Markup((row.text or "") + "".join(map(_markup, row))), said)


def _prose(section: Section) -> Iterator[Element]:
    """The paragraphs and lists of a section: no tables, boxes or quotes."""
    for one in parse(section.html):
        if one.tag in ("p", "ul", "ol") and not classes(one) & {"caption", "source", "checklist"}:
            yield _alone(one)


def _alone(one: Element) -> Element:
    """An element without what leads to other parts of the paper: notes, and links within it."""
    for parent in list(one.iter()):
        for child in [kid for kid in parent if kid.tag in ("sup", "img", "svg") or "note" in classes(kid)]:
            _drop(parent, child)
        parent.attrib.pop("id", None)
        if parent.get("href", "").startswith("#"):
            parent.attrib.pop("href")
    return one


def _drop(parent: Element, child: Element) -> None:
    """Take an element out and leave the words behind it."""
    at = list(parent).index(child)
    tail = child.tail or ""
    parent.remove(child)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _markup(one: Element) -> str:
    return tostring(one, encoding="unicode", method="html")
