"""The marks of a list: a number is read out, a dash is not, and a numbered list says that it is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from heard.publish.finishing.tree import Node, Tree


def settle(tree: Tree, document: Any) -> list[Node]:
    """Say of numbered lists how they count; the marks that only decorate."""
    import pydyf

    bare = []
    for mark, text in _marks(tree, document):
        if not any(char.isalnum() for char in text):
            bare.append(mark)
            continue
        listed = tree.parents[tree.parents[mark.number].number]
        if listed["S"] == "/L":
            listed["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{_counts(text)}"})
    return bare


def _counts(text: str) -> str:
    if any(char.isdigit() for char in text):
        return "Decimal"
    return "UpperAlpha" if text[:1].isupper() else "LowerAlpha"


def _marks(tree: Tree, document: Any) -> Iterator[tuple[Node, str]]:
    """Every mark with its text.

    WeasyPrint keeps no link from an element to its box; it makes the elements of a page in the order of the
    boxes, which is what pairs them here. Where the numbers differ, a page's marks stay as they are.
    """
    found: dict[bytes, list[Node]] = defaultdict(list)
    for number in sorted(tree.elements):
        if tree.elements[number]["S"] == "/Lbl":
            found[tree.elements[number]["Pg"]].append(tree.elements[number])
    for page, reference in zip(document.pages, tree.pdf.page_references, strict=True):
        texts = [*_texts(page._page_box)]
        if len(texts) == len(found[reference]):
            yield from zip(found[reference], texts, strict=True)


def _texts(box: Any) -> Iterator[str]:
    """The text of every mark in a box."""
    box = getattr(box, "_box", box)  # What is positioned stands behind a placeholder.
    if getattr(box, "element_tag", "") == "li::marker":
        yield _text(box).strip()
        return
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _text(box: Any) -> str:
    return getattr(box, "text", "") + "".join(map(_text, getattr(box, "children", ())))
