"""Tables as readers' software walks them: a grid in which every cell has a heading.

ISO 14289-1, 7.5. What has no headings, or rows of unequal length, was only laid out as a table and is read
as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from heard.publish.finishing.tree import Node, Tree, children, is_silent, rename, take_out

_GROUPS = ("/THead", "/TBody", "/TFoot")
_CELLS = ("/TH", "/TD")


def put_right(tree: Tree) -> None:
    """Say for every heading what it heads; take the tables that are none for what they are."""
    for one in reversed([*tree.elements.values()]):
        if one.get("S") == "/Table":
            _table(tree, one)


def _table(tree: Tree, table: Node) -> None:
    rows = _rows(tree, table)
    headed = bool(_headings(tree, rows))
    if not any("RowSpan" in cell.get("A", ()) for row in rows for cell in children(tree.pdf, row)):
        rows = _filled(tree, rows)
    if headed:
        _head_rows(tree, rows)
    if not _is_grid(tree, table):
        _read_as_text(tree, table)
        return
    for row in _rows(tree, table):
        cells = [*children(tree.pdf, row)]
        scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
        for cell in cells:
            cell.pop("ID", None)
            cell["A"].pop("Headers", None)
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = scope
            elif len(cell["A"]) == 1:
                del cell["A"]


def _rows(tree: Tree, table: Node) -> list[Node]:
    found: list[Node] = []
    for kid in children(tree.pdf, table):
        below = children(tree.pdf, kid) if kid["S"] in _GROUPS else iter((kid,))
        found += [row for row in below if row["S"] == "/TR"]
    return found


def _filled(tree: Tree, rows: list[Node]) -> list[Node]:
    """The rows with something in them; the others are paper to write on, and are taken out."""
    silent = [row for row in rows if all(is_silent(tree, cell) for cell in children(tree.pdf, row))]
    if len(silent) == len(rows):
        return rows
    for row in silent:
        group = tree.parents[row.number]
        take_out(tree, row)
        if not group["K"]:
            take_out(tree, group)
    return [row for row in rows if row not in silent]


def _head_rows(tree: Tree, rows: list[Node]) -> None:
    """Where a column has no words above it, the first cell of a row says what the row is."""
    top = [*children(tree.pdf, rows[0])]
    headed = all(cell["S"] == "/TH" for cell in top)
    if headed and not any(is_silent(tree, cell) for cell in top):
        return
    if not headed and _headings(tree, rows):
        return
    for row in rows[1:] if headed else rows:
        cells = [*children(tree.pdf, row)]
        if len(cells) > 1:
            cells[0]["S"] = "/TH"


def _headings(tree: Tree, rows: list[Node]) -> list[Node]:
    return [cell for row in rows for cell in children(tree.pdf, row) if cell["S"] == "/TH"]


def _is_grid(tree: Tree, table: Node) -> bool:
    """Whether rows of equal length are all that is in a table, with headings and what they head."""
    kids = [*children(tree.pdf, table)]
    legal = all(kid["S"] in ("/TR", "/Caption", *_GROUPS) for kid in kids)
    inner = [below for kid in kids if kid["S"] in _GROUPS for below in children(tree.pdf, kid)]
    rows = _rows(tree, table)
    cells = [[*children(tree.pdf, row)] for row in rows]
    legal = legal and all(below["S"] == "/TR" for below in inner)
    kinds = {cell["S"] for row in cells for cell in row}
    return legal and len(set(_widths(cells))) == 1 and kinds == set(_CELLS)


def _widths(rows: list[list[Node]]) -> Iterator[int]:
    """How many columns each row fills, with what reaches down into it from above."""
    reaching: list[tuple[int, int]] = []
    for row in rows:
        carried = sum(wide for wide, _ in reaching)
        spans = [(cell["A"].get("ColSpan", 1), cell["A"].get("RowSpan", 1)) for cell in row]
        yield carried + sum(wide for wide, _ in spans)
        reaching = [(wide, high - 1) for wide, high in (*reaching, *spans) if high > 1]


def _read_as_text(tree: Tree, table: Node) -> None:
    """Make boxes of a table and its parts; a table within it stays."""
    for kid in children(tree.pdf, table):
        if kid["S"] in ("/TR", "/Caption", *_GROUPS, *_CELLS):
            _read_as_text(tree, kid)
    rename(table, "Div")
