"""The search index of a site, page by page, since a name may stand only where its own page's entry is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from heard.leaks.artefacts.parts import Part
from heard.leaks.secret import Form, Piece

_KEYS = frozenset({"location", "title", "text", "tags"})
Entry = dict[str, object]


def is_index(text: str) -> bool:
    """Whether this may be the index that MkDocs writes; `pages_of` has the last word."""
    return text.startswith("{") and '"docs"' in text and '"location"' in text


def pages_of(text: str) -> Iterator[Part]:
    """A piece for each page's entries, another for its addresses; of any other shape, the text as it is."""
    pages = _pages(text)
    if pages is None:
        yield Piece(text, Form.DATA)
        return
    rest, entries = pages
    yield Piece(rest, Form.DATA)
    for page, found in entries.items():
        where = f"of {page}"
        yield Piece("\n".join(line for entry in found for line in _lines(entry)), Form.DATA, where)
        yield Piece("\n".join(str(entry["location"]) for entry in found), Form.NAME, where)


def _pages(text: str) -> tuple[str, dict[str, list[Entry]]] | None:
    try:
        index = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    entries = index.pop("docs", None) if isinstance(index, dict) else None
    if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
        return None
    pages: dict[str, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return json.dumps(index, ensure_ascii=False), pages


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key that stands twice would hide its first value."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) <= _KEYS
        and all(isinstance(entry.get(key), str) for key in ("location", "title", "text"))
        and isinstance(entry.get("tags", []), list)
        and all(isinstance(tag, str) for tag in entry.get("tags", []))
    )


def _lines(entry: Entry) -> Iterator[str]:
    yield str(entry["location"])
    yield str(entry["title"])
    yield str(entry["text"])
    tags = entry.get("tags")
    if isinstance(tags, list):
        yield from tags
