"""The contents of a PDF's pages and drawings, each read once, and how much work it is to draw them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from heard.leaks.artefacts.parts import UnreadError
from heard.leaks.artefacts.pdf_content import Written, draws, written
from heard.leaks.artefacts.pdf_fonts import Font, font_of
from heard.leaks.artefacts.pdf_pages import MOST_PAGES

_MOST_WORK = 200_000_000
"""Bytes of content that may be drawn in all, each as often as it is: drawings may draw drawings."""
_MOST_TREE = 40
Unpack = Callable[[Any], bytes]


@dataclass(slots=True)
class Drawn:
    """What is known of a document's contents while they are read: fonts and drawings by the number of their object."""

    unpack: Unpack
    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)
    named: dict[str, Font] = field(default_factory=dict)
    work: dict[tuple[int, int], int] = field(default_factory=dict)
    contents: set[tuple[int, int]] = field(default_factory=set)


def pages_written(pdf: Any, drawn: Drawn) -> list[Written]:
    """What each page's own content says. Raises `UnreadError` where drawing them all would not end."""
    if len(pdf.pages) > MOST_PAGES:
        raise UnreadError(f"has more than {MOST_PAGES:,} pages")
    found: list[Written] = []
    total = 0
    for page in pdf.pages:
        resources = _inherited(page.obj, "/Resources")
        content = b"\n".join(drawn.unpack(one) for one in _contents(page.obj, drawn))
        total += _work(content, resources, drawn, ())
        if total > _MOST_WORK:
            raise UnreadError("draws the same things too often")
        found.append(written(content, fonts_of(resources, drawn)))
    return found


def _contents(page: Any, drawn: Drawn) -> list[Any]:
    content = page.get("/Contents")
    if content is None:
        return []
    streams = [content] if hasattr(content, "read_raw_bytes") else list(content)
    drawn.contents.update(one.objgen for one in streams)
    return streams


def _inherited(node: Any, key: str) -> Any:
    for _ in range(_MOST_TREE):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if node is not None else None


def fonts_of(resources: Any, drawn: Drawn) -> dict[str, Font]:
    """The fonts that a content can name, each read once for the document."""
    listed = resources.get("/Font") if resources is not None else None
    found: dict[str, Font] = {}
    for name, font in listed.items() if listed is not None else ():
        if not hasattr(font, "objgen"):
            continue
        key = font.objgen
        if key == (0, 0) or key not in drawn.fonts:
            drawn.fonts[key] = font_of(font, drawn.unpack)
        found[name.removeprefix("/")] = drawn.fonts[key]
    drawn.named.update(found)
    return found


def _work(content: bytes, resources: Any, drawn: Drawn, above: tuple[tuple[int, int], ...]) -> int:
    """Bytes that are drawn for a content, with all that it draws."""
    total = len(content)
    listed = resources.get("/XObject") if resources is not None and b"Do" in content else None
    if listed is None:
        return total
    for name in draws(content):
        inner = listed.get(f"/{name}")
        if inner is None or not hasattr(inner, "read_raw_bytes") or inner.get("/Subtype") != "/Form":
            continue
        key = inner.objgen
        if key in above or len(above) > _MOST_TREE:
            continue
        if key not in drawn.work:
            own = inner.get("/Resources")
            drawn.work[key] = _work(drawn.unpack(inner), own if own is not None else resources, drawn, (*above, key))
        total += drawn.work[key]
        if total > _MOST_WORK:
            raise UnreadError("draws the same things too often")
    return total
