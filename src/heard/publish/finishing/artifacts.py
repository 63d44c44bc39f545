"""What is printed but not read out: running heads, page numbers, and drawings that only decorate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from heard.publish.finishing.tree import Node, Tree, below, follow, marks, take_out


def set_apart(tree: Tree, bare: Iterable[Node]) -> None:
    """Mark as artifacts what hangs in no tree although it is tagged, pictures without words, and `bare` marks.

    A reader's software otherwise meets the running head in the middle of a sentence (ISO 14289-1, 7.8).
    """
    import pydyf

    gone: dict[bytes, dict[int, str]] = defaultdict(dict)
    for one in tree.pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem" and one.number not in tree.elements:
            gone[one.get("Pg", b"")].update(dict.fromkeys(marks(one), "/Pagination"))
            one.clear()
    for one in (*bare, *(figure for figure in [*tree.elements.values()] if _decorates(figure))):
        for part in (one, *below(tree, one)):
            gone[part["Pg"]].update(dict.fromkeys(marks(part), "/Layout"))
        take_out(tree, one)
    for page, kinds in gone.items():
        if kinds:
            _repaint(tree, follow(tree.pdf, page), kinds)


def _decorates(one: Node) -> bool:
    return one["S"] == "/Figure" and not (one.get("Alt") and one["Alt"].string.strip())


def _repaint(tree: Tree, page: Node, kinds: dict[int, str]) -> None:
    """Say `Artifact` where a page paints these marks, and nothing in the tree of what they belong to."""
    import pydyf

    painted: list[Any] = follow(tree.pdf, page["Contents"]).stream
    for at, operator in enumerate(painted):
        if operator == b"BDC" and (mark := painted[at - 1].get("MCID")) in kinds:
            painted[at - 2] = b"/Artifact"
            painted[at - 1] = pydyf.Dictionary({"Type": kinds[mark]})
    belongs = tree.nums[tree.homes[page["StructParents"]]]
    for mark in kinds:
        belongs[mark] = b"null"
