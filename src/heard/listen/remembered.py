"""What a person said once of their notes' keys and their tables' columns: two blocks of private/settings.yml.

Only lines of ours are added or changed; every other byte stays, and what was written is read back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from heard.base import yamlio
from heard.base.files import PRIVATE_MODE, change, write_new
from heard.base.yamlio import Listing, Node, Scalar, Table, YamlError
from heard.values import HeardError

Entries = Mapping[str, str]
"""The entries of a block: a key, and its value as YAML on one line."""

KEYS = "keys"
TABLES = "tables"
_REMARKS = {
    KEYS: "# what your notes call it, and what heard does",
    TABLES: "# which column of a table holds what, by its header",
}


def header_key(header: str) -> str:
    """The name that a table's header is remembered by."""
    return hashlib.sha256(header.encode("utf-8", "replace")).hexdigest()[:8]


def table_entry(columns: Mapping[str, str]) -> str:
    """A table's columns as YAML on one line."""
    pairs = ", ".join(f"{ours}: {yamlio.scalar(theirs, flow=True)}" for ours, theirs in columns.items())
    return f"{{{pairs}}}"


def read_tables(path: Path) -> dict[str, dict[str, str]]:
    """The remembered columns of every table, by its header's key."""
    node = _load(_text(path), path)
    tables = node.get(TABLES) if node else None
    found: dict[str, dict[str, str]] = {}
    for key, columns in tables.items if isinstance(tables, Table) else ():
        if isinstance(columns, Table):
            pairs = {name.text: value.text for name, value in columns.items if isinstance(value, Scalar)}
            found[key.text] = {ours: theirs for ours, theirs in pairs.items() if theirs}
    return found


def remember(path: Path, block: str, entries: Entries) -> None:
    """Set entries of a block of the settings. Raises `HeardError` if the file cannot be changed safely."""
    before = _text(path)
    after = with_entries(before, block, entries, path)
    if after == before:
        return
    if path.exists():
        change(path, path.read_bytes(), after.encode("utf-8", "surrogateescape"))
    else:
        write_new(path, after.encode(), mode=PRIVATE_MODE)


def with_entries(text: str, block: str, entries: Entries, path: Path) -> str:
    """The settings with these entries in a block; proved by reading them back."""
    meant = _bare(_load(text, path))
    inner = meant.get(block)
    values = {key: _value(value) for key, value in entries.items()}
    meant[block] = {**(inner if isinstance(inner, dict) else {}), **values}
    changed = _inserted(text, block, entries)
    try:
        read = _bare(_load(changed, path))
    except HeardError:
        read = {}
    if read != meant:
        raise HeardError(
            f"{path} cannot be changed as it is written. Write into it yourself:\n"
            + "".join(f"{block}:\n  {_key(key)}: {value}\n" for key, value in entries.items())
        )
    return changed


def _inserted(text: str, block: str, entries: Entries) -> str:
    rows = text.split("\n")
    at = next((number for number, row in enumerate(rows) if re.match(rf"{block}\s*:", row)), None)
    if at is None:
        gap = "" if not text or text.endswith("\n") else "\n"
        lines = "".join(f"  {_key(key)}: {value}\n" for key, value in entries.items())
        return f"{text}{gap}{block}:  {_REMARKS[block]}\n{lines}"
    if "{" in rows[at].partition(":")[2].partition("#")[0]:
        return _flowing(rows, at, block, entries)
    end = at + 1
    last = at
    while end < len(rows) and (not rows[end].strip() or rows[end][:1] in " \t#"):
        if rows[end][:1] in " \t" and rows[end].strip()[:1] not in ("", "#"):
            last = end
        end += 1
    indent = (re.match(r"\s*", rows[last]) or [""])[0] if last > at else "  "
    for key, value in entries.items():
        line = f"{indent}{_key(key)}: {value}"
        there = next((n for n in range(at + 1, last + 1) if re.match(rf"\s+{re.escape(_key(key))}\s*:", rows[n])), None)
        if there is not None:
            comment = re.search(r"\s+#[^}\"']*$", rows[there])
            rows[there] = line + (comment[0] if comment else "")
        else:
            last += 1
            rows.insert(last, line)
    return "\n".join(rows)


def _flowing(rows: list[str], at: int, block: str, entries: Entries) -> str:
    """A block that a person wrote on one line, `keys: {klant: account}`, with the entries added."""
    head, _, tail = rows[at].rpartition("}")
    body = head.partition("{")[2].strip().rstrip(",")
    added = ", ".join(f"{_key(key)}: {value}" for key, value in entries.items())
    opening = head.partition("{")[0]
    rows[at] = f"{opening}{{{body}{', ' if body else ''}{added}}}{tail}"
    return "\n".join(rows)


def _key(key: str) -> str:
    return yamlio.scalar(key, flow=True)


def _value(text: str) -> object:
    node = yamlio.load(f"v: {text}")
    return _bare(node)["v"] if isinstance(node, Table) else text


def _bare(node: object) -> dict[str, object]:
    return {key.text: _plain(value) for key, value in node.items} if isinstance(node, Table) else {}


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    return [_plain(item) for item in node.items] if isinstance(node, Listing) else _bare(node)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror}.") from error


def _load(text: str, path: Path) -> Table | None:
    try:
        node = yamlio.load(text)
    except YamlError as error:
        raise HeardError(f"{path}:{error.line}: {error.message}. Mend it, and run the command again.") from error
    return node if isinstance(node, Table) else None
