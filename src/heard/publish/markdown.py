"""Markdown to HTML, with the extensions that the site uses too."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import markdown as python_markdown

EXTENSIONS: tuple[str, ...] = (
    "tables",
    "footnotes",
    "admonition",
    "attr_list",
    "md_in_html",
    "def_list",
    "fenced_code",
    "toc",
    "pymdownx.tasklist",
)


def to_html(markdown: str) -> str:
    """The HTML of a text. Raw HTML passes: these are a person's own papers."""
    return python_markdown.markdown(markdown, extensions=list(EXTENSIONS))


def parse(html: str) -> Element:
    """The body of an HTML fragment as a tree without namespaces."""
    import tinyhtml5  # type: ignore[import-untyped]

    root = tinyhtml5.parse(f"<!doctype html><body>{html}", namespace_html_elements=False)
    for one in root.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.partition("}")[2] or one.tag
        for name in [name for name in one.attrib if "}" in name]:
            one.attrib[name.partition("}")[2]] = one.attrib.pop(name)
    body = root.find("body")
    return body if body is not None else Element("body")
