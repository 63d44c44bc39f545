"""A paper's HTML, reshaped for the printed page.

Endnotes become footnotes, a table is kept with its caption and source, a check list gets its side
column, links become absolute, images become file addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from heard.publish import blocks, links, measure
from heard.publish.blocks import append_text, classes
from heard.publish.charts.drawing import printed
from heard.publish.colour import tokens
from heard.publish.dialect import says_in_short
from heard.publish.markdown import parse, to_html
from heard.publish.pictures import picture
from heard.publish.places import place_of
from heard.publish.tame import tame
from heard.values import Finding, PdfJob, Severity

LARGEST_BALANCED = 400
"""Letters up to which a voice is balanced."""

SIGNS = ("+", "-", "−", "–")
"""What a figure begins with that is added or taken away."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper under one heading of level 2; `kind` is `checklist` or nothing."""

    id: str
    title: str
    html: Markup
    kind: str = ""


_VOICES = (
    (".//blockquote[@class='market lead']/p", "newsreader-display-400i", 164.0, 27.0, -0.014),
    (".//blockquote[@class='market']/p", "newsreader-display-400i", 116.0, 18.5, -0.008),
    (".//aside[@class='takeaway']/p", "newsreader-400", 110.0, 12.2, 0.0),
)
"""What is set large: where it is, its face, and as in `paper.css` its width (mm), size (pt) and tracking (em)."""


@dataclass(slots=True)
class _Work:
    """What the steps share while one paper is reshaped."""

    job: PdfJob
    fonts: Path
    ids: set[str]
    notes: dict[str, Element] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    quotes: int = 0
    findings: list[Finding] = field(default_factory=list)


def shape(job: PdfJob, fonts: Path) -> tuple[Section | None, tuple[Section, ...], tuple[Finding, ...]]:
    """The “In short” section (or None), the other sections, and what is wrong with images."""
    body = parse(to_html(printed(job.paper.markdown, tokens(job.expert.brand), fonts)))
    work = _Work(job, fonts, {id_ for one in body.iter() if (id_ := one.get("id"))})
    _take_notes(body, work)
    short: Section | None = None
    sections: list[Section] = []
    for part in _parts(body):
        section = _section(part, work)
        if short is None and says_in_short(section.title):
            short = section
        elif section.html.strip():
            sections.append(section)
    return short, tuple(sections), tuple(work.findings)


def _parts(body: Element) -> Iterator[Element]:
    """The body cut at its headings of level 2."""
    part = Element("section")
    part.text = body.text
    for child in list(body):
        if child.tag == "h2" and (len(part) or (part.text or "").strip()):
            yield part
            part = Element("section")
        part.append(child)
    yield part


def _section(part: Element, work: _Work) -> Section:
    heading = part.find("h2")
    title = "".join(heading.itertext()) if heading is not None else ""
    ident = heading.get("id", "") if heading is not None else ""
    for step in (_footnotes, _links, _images):
        step(part, work)
    tame(part)
    work.quotes += blocks.reshape(part, lead=not work.quotes)
    _balance(part, work.fonts)
    _ledgers(part)
    kind = "checklist" if part.find(".//ul[@class='checklist']") is not None else ""
    inner = (part.text or "") + "".join(_html(child) for child in part)
    return Section(ident, title, Markup(inner), kind)


def _balance(part: Element, fonts: Path) -> None:
    """Break what is set large into even lines: a last line of one word looks like a slip there."""
    for path, face, width, size, tracking in _VOICES:
        for one in part.iterfind(path):
            words = "".join(one.itertext())
            if one.get("class") != "label" and len(words) < LARGEST_BALANCED:
                less = measure.slack(words, fonts / f"{face}.ttf", width=width, size=size, tracking=tracking)
                if less:
                    one.set("style", f"padding-right:{less}mm")


def _ledgers(part: Element) -> None:
    """Mark the tables that add up: figures in all columns but the first, some of them with a sign."""
    for table in part.iter("table"):
        cells = [cell for row in table.findall("tbody/tr") for cell in row[1:]]
        figures = cells and all("right" in cell.get("style", "") for cell in cells)
        said = ["".join(cell.itertext()).strip() for cell in cells]
        if figures and any(words.startswith(SIGNS) and len(words) > 1 for words in said):
            table.set("class", f"{table.get('class', '')} ledger".strip())


def _html(one: Element) -> str:
    """Markup of a tree, with the two characters replaced that the fonts do not have."""
    text = tostring(one, encoding="unicode", method="html")
    return text.replace("\u202f", "\u00a0").replace("\u2011", "-")


def _take_notes(body: Element, work: _Work) -> None:
    """Take the endnotes out of the body."""
    for block in [one for one in body if one.tag == "div" and "footnote" in classes(one)]:
        for item in block.iter("li"):
            if "id" in item.attrib:
                work.notes[item.attrib["id"]] = _inline_note(item)
        body.remove(block)


def _inline_note(item: Element) -> Element:
    """A note's words without its blocks: a footnote is part of a line."""
    note = Element("span", {"class": "note"})
    blocks = [one for one in item if one.tag in ("p", "div", "ul", "ol")] or [item]
    for block in blocks:
        block = deepcopy(block)
        for back in [one for one in block if "footnote-backref" in classes(one)]:
            block.remove(back)
        append_text(note, ((" " if len(note) or note.text else "") + (block.text or "")).rstrip("\u00a0"))
        for child in block:
            note.append(child)
    return note


def _footnotes(part: Element, work: _Work) -> None:
    """Put each note where it is first referred to; later references repeat its number."""
    for sup in [one for one in part.iter("sup") if one.get("id", "").startswith("fnref")]:
        target = next((one.get("href", "")[1:] for one in sup.iter("a")), "")
        tail = sup.tail
        sup.clear()
        sup.tail = tail
        if target in work.numbers:
            sup.text = str(work.numbers[target])
        elif target in work.notes:
            work.numbers[target] = len(work.numbers) + 1
            note = work.notes[target]
            sup.tag, sup.attrib, sup.text = "span", dict(note.attrib), note.text
            sup.set("id", f"heard-note-{work.numbers[target]}")
            sup.extend(list(note))


def _links(part: Element, work: _Work) -> None:
    """Make links absolute; one that cannot be made so becomes plain words."""
    paper, job = work.job.paper, work.job
    for one in part.iter("a"):
        href = one.get("href", "")
        if href.startswith("#") and unquote(href[1:]) in work.ids:
            continue
        address = links.absolute(href, paper.url or job.site_url, job.site_url, job.tags)
        if address:
            one.set("href", address)
        else:
            one.attrib.pop("href", None)


def _images(part: Element, work: _Work) -> None:
    """Point images at their files; one that is missing or out of bounds leaves its words."""
    for one in part.iter("img"):
        source = one.get("src", "")
        if source.startswith("data:"):
            continue
        path = picture(source, work.job.paper, work.job.root / "content")
        if path:
            one.set("src", path.as_uri())
            continue
        words, tail = one.get("alt", ""), one.tail
        one.clear()
        one.tag, one.text, one.tail = "span", words, tail
        message = f"no image “{source}” in the workspace's public files"
        work.findings.append(
            Finding(place_of([f"({source}", source], work.job), Severity.TO_FIX, message, "paper/image")
        )
