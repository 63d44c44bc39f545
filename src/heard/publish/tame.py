"""A paper's own HTML, made fit for a PDF that lasts and that everybody can read; `raw_html` tells of it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from heard.publish.raw_html import CONTROLS, unprintable


def tame(part: Element) -> None:
    """Take out of a section what would break PDF/A-3a or PDF/UA-1, and name the drawings that say their name."""
    for one in part.iter():
        if one.get("style"):
            _style(one)
        if one.tag == "a" and "rel" in one.attrib:
            one.set("rel", " ".join(word for word in one.get("rel", "").split() if word.lower() != "attachment"))
        elif one.tag == "svg":
            _title(one)
        elif one.tag in CONTROLS and one.get("type") != "checkbox":
            _words_of(one)


def _style(one: Element) -> None:
    """The style of an element without what a PDF cannot have."""
    written = [declaration.partition(":") for declaration in one.get("style", "").split(";")]
    one.set(
        "style", ";".join(f"{name}:{value}" for name, colon, value in written if colon and not unprintable(name, value))
    )


def _title(drawing: Element) -> None:
    label = drawing.get("aria-label", "").strip()
    if label and drawing.find("title") is None:
        title = Element("title")
        title.text = label
        drawing.insert(0, title)


def _words_of(control: Element) -> None:
    """Leave the words of a control, and nothing to press."""
    words, tail = "".join(control.itertext()) or control.get("value", ""), control.tail
    control.clear()
    control.tag, control.text, control.tail = "span", words, tail
