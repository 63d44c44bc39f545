"""A PDF's structure tree while WeasyPrint still holds it: every element, its parent, and how to take one out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Node = Any
"""A dictionary of pydyf, which has no types."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements that a reader comes to, in reading order, each by its number with its parent.

    `homes` tells for the number of every page and annotation in the parent tree (`StructParents`) where
    its entry stands in `nums`.
    """

    pdf: Node
    elements: dict[int, Node]
    parents: dict[int, Node]
    nums: Node
    homes: dict[int, int]


def read(pdf: Node) -> Tree | None:
    """The tree of a tagged PDF; None where nothing is tagged."""
    if "StructTreeRoot" not in pdf.catalog:
        return None
    root = follow(pdf, pdf.catalog["StructTreeRoot"])
    elements: dict[int, Node] = {}
    parents: dict[int, Node] = {}
    waiting: list[tuple[Node, Node]] = [(follow(pdf, kid), root) for kid in reversed(root["K"])]
    while waiting:
        one, parent = waiting.pop()
        elements[one.number], parents[one.number] = one, parent
        waiting += [(kid, one) for kid in reversed([*children(pdf, one)])]
    nums = follow(pdf, root["ParentTree"])["Nums"]
    return Tree(pdf, elements, parents, nums, {key: at + 1 for at, key in enumerate(nums) if at % 2 == 0})


def follow(pdf: Node, reference: bytes) -> Node:
    """The object that a reference means."""
    return pdf.objects[int(reference.split()[0])]


def children(pdf: Node, one: Node) -> Iterator[Node]:
    """The elements directly below an element; its words and annotations are left out."""
    for kid in one.get("K", ()):
        if isinstance(kid, bytes) and (found := follow(pdf, kid)).get("Type") == "/StructElem":
            yield found


def below(tree: Tree, one: Node) -> list[Node]:
    """Every element below one, in reading order."""
    return [found for kid in children(tree.pdf, one) for found in (kid, *below(tree, kid))]


def marks(one: Node) -> list[int]:
    """The marks on its page of the words that an element itself holds."""
    return [kid for kid in one.get("K", ()) if isinstance(kid, int)]


def take_out(tree: Tree, one: Node) -> None:
    """Take an element and all below it out of the tree; the words that it held are nobody's then."""
    for kid in [*children(tree.pdf, one)]:
        take_out(tree, kid)
    parent = tree.parents.pop(one.number, None)
    tree.elements.pop(one.number, None)
    if parent is not None and one.reference in parent["K"]:
        parent["K"].remove(one.reference)
    # pydyf cannot leave a number out, so the object stays and holds nothing.
    one.clear()


def is_silent(tree: Tree, one: Node) -> bool:
    """Whether an element holds no word and no picture, itself or below."""
    return not marks(one) and all(is_silent(tree, kid) for kid in children(tree.pdf, one))


def rename(one: Node, kind: str) -> None:
    """Make an element one of another kind, without what only its old kind has."""
    one["S"] = f"/{kind}"
    for key in ("A", "ID"):
        one.pop(key, None)


def wrap(tree: Tree, one: Node, kind: str) -> Node:
    """Put a new element of a kind around another one, in its place."""
    import pydyf

    parent = tree.parents[one.number]
    made = pydyf.Dictionary(
        {"Type": "/StructElem", "S": f"/{kind}", "K": pydyf.Array(), "Pg": one["Pg"], "P": parent.reference}
    )
    tree.pdf.add_object(made)
    tree.elements[made.number], tree.parents[made.number] = made, parent
    parent["K"][parent["K"].index(one.reference)] = made.reference
    move(tree, one, made)
    return made


def move(tree: Tree, one: Node, parent: Node) -> None:
    """Make an element the last child of another one; whoever held it has let it go."""
    parent["K"].append(one.reference)
    one["P"], tree.parents[one.number] = parent.reference, parent


def unwrap(tree: Tree, one: Node) -> None:
    """Put an element's children in its place."""
    parent, kids = tree.parents[one.number], [*children(tree.pdf, one)]
    at = parent["K"].index(one.reference)
    parent["K"][at : at + 1] = [kid.reference for kid in kids]
    for kid in kids:
        kid["P"], tree.parents[kid.number] = parent.reference, parent
    del tree.elements[one.number], tree.parents[one.number]
    one.clear()
