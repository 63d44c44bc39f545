"""Lists as readers' software counts them: of items alone, each with its mark and its words.

ISO 32000-1, 14.8.4.3.3. HTML lets words stand in a list directly, and WeasyPrint hangs a table or a code
block of an item beside its words.
"""

from __future__ import annotations

from heard.publish.finishing.tree import Node, Tree, children, move, rename, unwrap, wrap

_LOOSE = ("/Div", "/NonStruct", "/Span", "/P")


def put_right(tree: Tree) -> None:
    """Make every list one of items, and every item one of a mark and words."""
    for one in [*tree.elements.values()]:
        if one.get("S") == "/L":
            _list(tree, one)
    for one in [*tree.elements.values()]:
        if one.get("S") == "/LI":
            _item(tree, one)


def _list(tree: Tree, one: Node) -> None:
    """What is no item becomes one; a box around items goes."""
    for kid in [*children(tree.pdf, one)]:
        if kid["S"] in _LOOSE and any(below["S"] == "/LI" for below in children(tree.pdf, kid)):
            unwrap(tree, kid)
    for kid in [*children(tree.pdf, one)]:
        if kid["S"] not in ("/LI", "/L", "/Caption"):
            wrap(tree, wrap(tree, kid, "LBody"), "LI")


def _item(tree: Tree, one: Node) -> None:
    if tree.parents[one.number]["S"] != "/L":
        rename(one, "Div")
        for kid in children(tree.pdf, one):
            if kid["S"] in ("/LBody", "/Lbl"):
                rename(kid, "Div" if kid["S"] == "/LBody" else "Span")
        return
    kids = [*children(tree.pdf, one)]
    rest = [kid for kid in kids if kid["S"] != "/Lbl"]
    if not rest:
        rename(kids[-1], "LBody")
    elif [kid["S"] for kid in rest] != ["/LBody"]:
        _gather(tree, rest)


def _gather(tree: Tree, rest: list[Node]) -> None:
    """Put all words of an item in one body."""
    body = wrap(tree, rest[0], "LBody")
    item = tree.parents[body.number]
    for kid in rest[1:]:
        item["K"].remove(kid.reference)
        move(tree, kid, body)
    for kid in rest:
        if kid["S"] == "/LBody":
            unwrap(tree, kid)
