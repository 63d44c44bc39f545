"""Sets a key inside a key of a YAML header, and takes an item out of a list; every other byte stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from heard.base import yamlio
from heard.base.document import Document, set_key
from heard.base.respell import plain


def set_inner(document: Document, outer: str, key: str, value: str) -> Document:
    """The document with `key` below `outer` set to a text; both are made where they are missing.

    Raises `ValueError` if the result would not read back as meant, so that nothing wrong is ever written.
    """
    header = document.header or ""
    held = _value(header, outer)
    text = yamlio.scalar(value, flow=True)
    if held is None or (held.id == "scalar" and not held.value):
        marked = set_key(document, outer, "x")
        changed = _replaced(marked.header or "", _value(marked.header or "", outer), f"{{{key}: {text}}}")
    elif held.id == "mapping":
        changed = _in_mapping(header, held, key, text)
    else:
        raise ValueError(f"`{outer}` has no keys of its own")
    meant = _with(plain(yamlio.load(header)) or [], outer, key, value)
    if plain(yamlio.load(changed)) != meant:
        raise ValueError(f"`{key}` below `{outer}` cannot be changed in this header")
    return replace(document, header=changed)


def remove_item(document: Document, key: str, at: int) -> Document:
    """The document without one item of the list below `key`, counted from 0.

    Raises `ValueError` as `set_inner` does.
    """
    header = document.header or ""
    held = _value(header, key)
    if held is None or held.id != "sequence" or not 0 <= at < len(held.value):
        raise ValueError(f"`{key}` is no list with so many items")
    changed = _without_flow(header, held, at) if held.flow_style else _without_row(header, held, at)
    meant = [(name, _less(value, at) if name == key else value) for name, value in plain(yamlio.load(header))]
    if [(name, value or "") for name, value in plain(yamlio.load(changed))] != [(n, v or "") for n, v in meant]:
        raise ValueError(f"an item of `{key}` cannot be taken out of this header")
    return replace(document, header=changed)


def _value(header: str, key: str) -> Any:
    """The parsed value of a top-level key with its marks, or None."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node: Any = yaml.compose(header, Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(f"the header cannot be changed: {getattr(error, 'problem', error)}") from error
    pairs = node.value if node is not None and node.id == "mapping" else ()
    return next((value for name, value in pairs if name.value == key), None)


def _replaced(text: str, node: Any, new: str) -> str:
    return text[: node.start_mark.index] + new + text[node.end_mark.index :]


def _in_mapping(header: str, held: Any, key: str, text: str) -> str:
    for name, value in held.value:
        if name.value == key:
            # What is empty begins right behind its colon.
            gap = "" if value.start_mark.index > header.find(":", name.end_mark.index) + 1 else " "
            return _replaced(header, value, gap + text)
    first = held.value[0][0].start_mark if held.value else None
    if not held.flow_style and first is not None:
        row = f"{key}: {text}\n{' ' * first.column}"
        return header[: first.index] + row + header[first.index :]
    at = held.start_mark.index + 1
    return f"{header[:at]}{key}: {text}{', ' if held.value else ''}{header[at:]}"


def _with(rows: list[Any], outer: str, key: str, value: str) -> list[Any]:
    """What a header says, as lists of pairs, with the inner key set; order as it will be."""
    if outer not in [name for name, _ in rows]:
        return [*rows, (outer, [(key, value)])]
    return [(name, _set(inner, key, value) if name == outer else inner) for name, inner in rows]


def _set(inner: Any, key: str, value: str) -> list[Any]:
    pairs = inner if isinstance(inner, list) else []
    if key in [name for name, _ in pairs]:
        return [(name, value if name == key else held) for name, held in pairs]
    return [(key, value), *pairs]


def _without_flow(header: str, held: Any, at: int) -> str:
    items = held.value
    if at + 1 < len(items):
        start, end = items[at].start_mark.index, items[at + 1].start_mark.index
    elif at:
        start, end = items[at - 1].end_mark.index, items[at].end_mark.index
    else:
        start, end = items[at].start_mark.index, items[at].end_mark.index
    return header[:start] + header[end:]


def _without_row(header: str, held: Any, at: int) -> str:
    start = _row_of(header, held.value[at])
    if at + 1 < len(held.value):
        end = _row_of(header, held.value[at + 1])
    else:
        text = header[: held.value[at].end_mark.index].rstrip()
        end = header.find("\n", len(text)) + 1 or len(header)
    return header[:start] + header[end:]


def _row_of(header: str, item: Any) -> int:
    """Where the row of an item's dash begins."""
    dash = header.rfind("-", 0, item.start_mark.index)
    start = header.rfind("\n", 0, dash) + 1
    if header[start:dash].strip():
        raise ValueError("an item stands behind something else in its row")
    return start


def _less(value: Any, at: int) -> Any:
    # A list with a row for each item is nothing without the last one.
    return tuple(item for place, item in enumerate(value) if place != at) or ""
