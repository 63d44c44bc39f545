"""Headings, paragraphs, notes and figures: each what it is called, and nothing empty."""

from __future__ import annotations

from heard.publish.finishing.tree import Node, Tree, children, follow, rename, take_out

_POINTS = 0.75
"""Points in a CSS pixel."""

_HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
_BLOCKS = ("/P", *_HEADINGS)
_NEVER_EMPTY = (
    "/P",
    "/Span",
    "/NonStruct",
    "/Div",
    "/Sect",
    "/BlockQuote",
    "/L",
    "/LI",
    "/Table",
    "/TR",
    "/Link",
    *_HEADINGS,
)


def prune(tree: Tree) -> None:
    """Take out what holds nothing, from within outwards: a reader would hear a pause."""
    for one in reversed([*tree.elements.values()]):
        if not one["K"] and one["S"] in _NEVER_EMPTY:
            take_out(tree, one)


def put_right(tree: Tree) -> None:
    """Count headings without a gap, name notes, and say where on its page a figure stands."""
    last = 0
    for one in [*tree.elements.values()]:
        kind, above = one["S"], tree.parents[one.number].get("S")
        if kind in _BLOCKS and above in _BLOCKS:
            rename(one, "NonStruct")
        elif kind in _HEADINGS:
            last = min(int(kind[2:]), last + 1)
            one["S"] = f"/H{last}"
        elif kind == "/Figure":
            _place(tree, one)
        elif kind == "/NonStruct" and above == "/Document":
            _notes(tree, one)


def _place(tree: Tree, figure: Node) -> None:
    """WeasyPrint measures in pixels from the head of the page; a PDF in points from its foot."""
    left, top, right, foot = (_POINTS * part for part in figure["A"]["BBox"])
    height = follow(tree.pdf, figure["Pg"])["MediaBox"][3]
    figure["A"]["BBox"][:] = [left, height - foot, right, height - top]


def _notes(tree: Tree, area: Node) -> None:
    """The footnotes of a page: what WeasyPrint hangs beside the text itself."""
    import pydyf

    for note in children(tree.pdf, area):
        if note["S"] == "/Span":
            note["S"] = "/Note"
            note["ID"] = pydyf.String(f"note-{note.number}")
            mark = next(children(tree.pdf, note), None)
            if mark is not None and mark["S"] == "/NonStruct":
                mark["S"] = "/Lbl"
