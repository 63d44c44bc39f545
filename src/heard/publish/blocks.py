"""The blocks of a paper, reshaped for print: quotes, boxes, check lists, tables with their captions."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

from heard.publish import listings

LONG_TABLE = 6
"""Rows from which a table may break across pages."""

LONG_WORD = 22
"""Letters from which a word in a table may be broken anywhere."""

ONE_LINE = 70
"""Letters up to which a paragraph surely is one line."""

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset(("a", "abbr", "b", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup"))


def reshape(part: Element, *, lead: bool) -> int:
    """Reshape a section in place; the number of quotes in it. `lead`: its first one leads the paper."""
    quotes = _quotes(part, lead=lead)
    _takeaways(part)
    _checklists(part)
    _exhibits(part)
    _spaces(part)
    _keep(part)
    listings.fit(part)
    return quotes


def classes(one: Element) -> set[str]:
    """The classes of an element."""
    return set(one.get("class", "").split())


def append_text(one: Element, text: str) -> None:
    """Add words at the end of an element."""
    if len(one):
        one[-1].tail = (one[-1].tail or "") + text
    else:
        one.text = (one.text or "") + text


def _keep(part: Element) -> None:
    """No heading, and no line that announces a list, with a single line of it at the foot of a page."""
    for parent in part.iter():
        for one, following in pairwise(parent):
            if following.tag not in ("ul", "ol"):
                continue
            words = "".join(one.itertext()).strip()
            announces = one.tag == "p" and (words.endswith(":") or len(words) < ONE_LINE)
            if announces:
                one.set("class", f"{one.get('class', '')} keep".strip())
            if (announces or one.tag in _HEADINGS) and "checklist" not in classes(following):
                for item in following.findall("li")[:1]:
                    item.set("class", "keep")


def _spaces(one: Element) -> None:
    """Give the space before an inline element one of its own.

    WeasyPrint otherwise hyphenates the first word of a text that fits its line but for that space, and
    ends the line there.
    """
    if one.tag == "pre":
        return
    for at, child in reversed(list(enumerate(one))):
        _spaces(child)
        before = (one[at - 1].tail if at else one.text) or ""
        if child.tag in _INLINE and before.strip() and before[-1] in " \n":
            space = Element("span")
            space.text, words = " ", before.rstrip(" \n")
            if at:
                one[at - 1].tail = words
            else:
                one.text = words
            one.insert(at, space)


def _quotes(part: Element, *, lead: bool) -> int:
    """The first quote of a paper leads across the page; the others keep to the text column."""
    quotes = [one for one in part.iter("blockquote") if "market" in classes(one)]
    for at, one in enumerate(quotes):
        one.set("class", "market lead" if lead and at == 0 else "market")
        for footer in one.iter("footer"):
            who, comma, rest = "".join(footer.itertext()).strip().partition(",")
            footer.clear()
            bold = Element("b")
            bold.text = who[:1].upper() + who[1:]
            if comma:
                bold.append(Element("span", {"class": "comma"}))
                bold[0].text = comma + " "
            bold.tail = rest.strip()
            footer.append(bold)
    return len(quotes)


def _takeaways(part: Element) -> None:
    for one in part.iter("div"):
        if "admonition" in classes(one):
            one.tag = "aside"
            one.set("class", "takeaway")
            for label in one.findall("p[@class='admonition-title']"):
                label.set("class", "label")


def _checklists(part: Element) -> None:
    """Task lists: a box to tick, who and how long beside it."""
    for one in part.iter("ul"):
        if "task-list" not in classes(one):
            continue
        one.set("class", "checklist")
        for item in one.findall("li"):
            holder = item.find("p") if item.find("p") is not None else item
            assert holder is not None
            for box in holder.findall("input"):
                _append_or_lead(holder, box)
            _who(holder)


def _append_or_lead(holder: Element, box: Element) -> None:
    """Remove the box and keep the words behind it."""
    holder.text = (holder.text or "").strip() + (box.tail or "").lstrip()
    holder.remove(box)


def _who(holder: Element) -> None:
    """The italics that end an item name who does it: they go to the side column."""
    last = holder[-1] if len(holder) else None
    if last is not None and last.tag == "em" and not (last.tail or "").strip():
        last.tag, last.tail = "span", None
        last.set("class", "who")


def _exhibits(part: Element) -> None:
    """Keep a caption, its table or image, and the source together."""
    for parent in list(part.iter()):
        children = list(parent)
        for at, child in enumerate(children):
            if child.tag == "table":
                _table(child)
            if child.tag == "table" or _only_image(child) or (child.tag == "figure" and "chart" in classes(child)):
                _exhibit(parent, children, at)


def _only_image(one: Element) -> bool:
    return one.tag == "p" and len(one) == 1 and one[0].tag == "img" and not (one.text or one[0].tail or "").strip()


def _exhibit(parent: Element, children: list[Element], at: int) -> None:
    parts = [children[at]]
    if at and "caption" in classes(children[at - 1]):
        parts.insert(0, children[at - 1])
    if at + 1 < len(children) and "source" in classes(children[at + 1]):
        parts.append(children[at + 1])
    rows = len(children[at].findall("tbody/tr"))
    name = "exhibit long" if rows > LONG_TABLE else "exhibit"
    holder = Element("div", {"class": name})
    parent.insert(list(parent).index(parts[0]), holder)
    for one in parts:
        parent.remove(one)
        holder.append(one)


def _table(table: Element) -> None:
    """Mark the rows that matter (their first cell is bold), and say what heads what."""
    for cell in table.iter("th"):
        cell.set("scope", "col")
    for row in table.iter("tr"):
        for cell in row:
            if any(len(word) > LONG_WORD for word in "".join(cell.itertext()).split()):
                cell.set("class", "long-words")
    columns = max((len(row) for row in table.iter("tr")), default=0)
    table.set("class", f"columns-{columns}" + (" many" if columns > 5 else ""))
    for row in table.findall("tbody/tr"):
        if len(row) and _all_bold(row[0]):
            row.set("class", "matters")


def _all_bold(cell: Element) -> bool:
    rest = (cell.text or "").strip() + "".join((one.tail or "").strip() for one in cell)
    return bool(len(cell)) and not rest and all(one.tag == "strong" for one in cell)
