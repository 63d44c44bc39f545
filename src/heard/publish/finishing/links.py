"""Links as a reader's software wants them: each in one `Link` element, and described in words.

WeasyPrint makes an annotation of every box inside a link, hangs it below that box, and describes it with
its address, campaign tags and all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from heard.publish import links
from heard.publish.finishing.tree import Node, Tree, follow, take_out

_HAIR = 1.0
"""Points by which a part of a link may stand out of the whole and still be covered by it."""

_NEUTRAL = ("/NonStruct", "/Span", "/Div")


class _Part(NamedTuple):
    """An annotation, the element that it hangs below, and the object there that points to it."""

    annotation: Node
    owner: Node
    pointer: Node


class _Source(NamedTuple):
    """What a link was in the HTML: its element, and its address."""

    element: Any
    target: str


def describe(tree: Tree, document: Any) -> None:
    """Give every link one element, and words."""
    sources = {
        box.link_annotation.number: _Source(box.element, target)
        for page in document.pages
        for _, target, _, box in page.links
        if getattr(box, "link_annotation", None) and box.element is not None
    }
    heads = _heads(tree)
    for part in [*_parts(tree)]:
        _gather(tree, part, heads.get(part.owner.number))
    meant: dict[int, _Source] = {}
    for part in _parts(tree):
        if part.annotation.number in sources:
            meant.setdefault(part.owner.number, sources[part.annotation.number])
    _join_lines(tree, meant)
    for part in _parts(tree):
        if source := meant.get(part.owner.number):
            _describe(part, source)


def _parts(tree: Tree) -> Iterator[_Part]:
    """The annotations of links, in reading order."""
    for one in tree.elements.values():
        for kid in one["K"]:
            if isinstance(kid, bytes) and (pointer := follow(tree.pdf, kid)).get("Type") == "/OBJR":
                annotation = follow(tree.pdf, pointer["Obj"])
                if annotation.get("Subtype") == "/Link":
                    yield _Part(annotation, one, pointer)


def _heads(tree: Tree) -> dict[int, Node]:
    """The outermost `Link` of every element in one; a `Link` inside it becomes a part of it."""
    found: dict[int, Node] = {}
    for number, one in tree.elements.items():
        above = found.get(tree.parents[number].number)
        if above is not None:
            found[number] = above
            one["S"] = "/Span" if one["S"] == "/Link" else one["S"]
        elif one["S"] == "/Link":
            found[number] = one
    return found


def _gather(tree: Tree, part: _Part, head: Node | None) -> None:
    """Hang an annotation below the link's element, or drop it where the link's own covers it."""
    if head is part.owner:
        return
    if head is None:
        if part.owner["S"] in _NEUTRAL:
            part.owner["S"] = "/Link"
        return
    part.owner["K"].remove(part.pointer.reference)
    own = [one.annotation for one in _of(tree, head) if one.pointer["Pg"] == part.pointer["Pg"]]
    if any(_covers(one["Rect"], part.annotation["Rect"]) for one in own):
        _drop(tree, part)
    else:
        head["K"].append(part.pointer.reference)
        tree.nums[tree.homes[part.annotation["StructParent"]]] = head.reference


def _of(tree: Tree, element: Node) -> list[_Part]:
    return [*_parts(replace(tree, elements={element.number: element}))]


def _covers(whole: list[float], part: list[float]) -> bool:
    """Whether one rectangle lies in another; either may begin at any of its corners."""
    (left, right), (low, high) = sorted(whole[::2]), sorted(whole[1::2])
    across, up = sorted(part[::2]), sorted(part[1::2])
    return left - _HAIR <= across[0] and across[1] <= right + _HAIR and low - _HAIR <= up[0] and up[1] <= high + _HAIR


def _drop(tree: Tree, part: _Part) -> None:
    follow(tree.pdf, part.pointer["Pg"])["Annots"].remove(part.annotation.reference)
    tree.nums[tree.homes[part.annotation["StructParent"]]] = b"null"
    part.annotation.clear()
    part.pointer.clear()


def _join_lines(tree: Tree, meant: Mapping[int, _Source]) -> None:
    """Make one element of a link that goes over several lines of a page."""
    for one in [*tree.elements.values()]:
        before: Node = None
        for kid in [*one.get("K", ())]:
            here = follow(tree.pdf, kid) if isinstance(kid, bytes) else None
            if here is not None and before is not None and _same_link(before, here, meant):
                _join(tree, before, here)
            else:
                before = here


def _same_link(one: Node, other: Node, meant: Mapping[int, _Source]) -> bool:
    if one.get("S") != "/Link" or other.get("S") != "/Link" or one["Pg"] != other["Pg"]:
        return False
    source, following = meant.get(one.number), meant.get(other.number)
    return source is not None and following is not None and source.element is following.element


def _join(tree: Tree, first: Node, second: Node) -> None:
    page = tree.nums[tree.homes[follow(tree.pdf, first["Pg"])["StructParents"]]]
    for kid in second["K"]:
        first["K"].append(kid)
        if isinstance(kid, int):
            page[kid] = first.reference
            continue
        below = follow(tree.pdf, kid)
        if below.get("Type") == "/OBJR":
            annotation = follow(tree.pdf, below["Obj"])
            tree.nums[tree.homes[annotation["StructParent"]]] = first.reference
        else:
            below["P"] = first.reference
            tree.parents[below.number] = first
    second["K"][:] = []
    take_out(tree, second)


def _describe(part: _Part, source: _Source) -> None:
    """Say what a link leads to: in the words that the HTML gives it, else in its own."""
    import pydyf

    own = " ".join("".join(_pieces(source.element)).split())
    said = source.element.get("title") or source.element.get("aria-label") or _plain(own, source.target)
    part.annotation["Contents"] = pydyf.String(said)
    if not "".join(source.element.itertext()).strip():
        part.owner["Alt"] = pydyf.String(said)


def _plain(words: str, target: str) -> str:
    """The words of a link, but an address as a person says it."""
    if "://" in words or not words:
        return links.words(target) if ":" in target else target.replace("-", " ")
    return words


def _pieces(element: Any) -> Iterator[str]:
    """The words of an element, and those of the pictures in it."""
    yield element.text or ""
    for one in element:
        if isinstance(one.tag, str):
            yield f" {one.get('alt')} " if one.get("alt") else ""
            yield from _pieces(one)
        yield one.tail or ""
