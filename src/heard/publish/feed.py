"""The Atom feed: one entry for each published paper, newest change first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from heard.publish.wording import instant
from heard.values import Expert, Paper

ATOM = "http://www.w3.org/2005/Atom"
NEVER = date(1970, 1, 1)


def feed(papers: Sequence[Paper], expert: Expert, site_url: str) -> bytes:
    """The feed as UTF-8; `site_url` ends in a slash, `papers` are published ones."""
    ElementTree.register_namespace("", ATOM)
    newest = newest_first(papers)
    root = ElementTree.Element(_tag("feed"), {"xml:lang": expert.lang or "en"})
    _text(root, "id", site_url)
    _text(root, "title", _clean(name(expert)))
    _link(root, site_url, "alternate", "text/html")
    _link(root, f"{site_url}feed.xml", "self", "application/atom+xml")
    _text(root, "updated", instant(changed(newest[0]) if newest else NEVER))
    _text(ElementTree.SubElement(root, _tag("author")), "name", _clean(expert.name or site_url))
    for paper in newest:
        _entry(root, paper, f"{site_url}problems/{paper.slug}/")
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def name(expert: Expert) -> str:
    """What the feeds are called."""
    return f"{expert.name}: {expert.trade}" if expert.trade else expert.name


def newest_first(papers: Sequence[Paper]) -> list[Paper]:
    """The papers, newest change first; those of one day by their slugs, so that their order never changes."""
    return sorted(papers, key=lambda paper: (changed(paper), paper.slug), reverse=True)


def changed(paper: Paper) -> date:
    """The day of a paper's last change; 1970 where the paper bears no date."""
    return paper.updated or paper.published or NEVER


def _entry(root: ElementTree.Element, paper: Paper, url: str) -> None:
    entry = ElementTree.SubElement(root, _tag("entry"))
    _text(entry, "id", url)
    _text(entry, "title", _clean(paper.title or paper.problem))
    _link(entry, url, "alternate", "text/html")
    _text(entry, "published", instant(paper.published or changed(paper)))
    _text(entry, "updated", instant(changed(paper)))
    _text(ElementTree.SubElement(entry, _tag("author")), "name", _clean(paper.author.name) or "–")
    _text(entry, "summary", _clean(paper.answer or paper.description or paper.problem))


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, _tag(name)).text = text


def _link(parent: ElementTree.Element, href: str, rel: str, kind: str) -> None:
    ElementTree.SubElement(parent, _tag("link"), {"href": href, "rel": rel, "type": kind})


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n")
