"""Typed access to a YAML header: what is asked for is typed, and all that is wrong becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from heard.base.document import Document
from heard.base.keys import belongs
from heard.base.text import did_you_mean, near_miss, shortened
from heard.base.yamlio import LIMIT, Listing, Node, Scalar, Table, YamlError, load
from heard.values import Finding, Place, Severity

E = TypeVar("E", bound=StrEnum)

_STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?"
)
_KEY_LINE = re.compile(r"([a-z][a-z0-9_]*):(?:\s|$)")
_LIKE = 55
_VERY_LIKE = 75
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def flag(path: str, line: int, message: str, code: str, severity: Severity = Severity.TO_FIX) -> Finding:
    """A finding about a line of a file."""
    return Finding(Place(path, line), severity, message, code)


def listed(findings: Iterable[Finding]) -> str:
    """Findings within an error, each once and on a line of its own."""
    return "\n".join(f"  {finding}" for finding in dict.fromkeys(findings))


class Fields:
    """A header while it is being read: remembers which keys were asked for, and gathers findings.

    Created by `header` or `child`, used by one reader function, and gone after `close`.
    """

    def __init__(
        self,
        table: Table | None,
        path: str,
        findings: list[Finding],
        where: str = "",
        line: int = 1,
    ) -> None:
        self._values = {item[0].text: item for item in table.items} if table else {}
        self._asked: set[str] = set()
        self._where = where
        self.path = path
        self.line = table.line if table else line
        self.findings = findings

    def place(self, key: str = "") -> Place:
        """Where a key stands; where the header stands if it is not there."""
        found = self._values.get(key)
        return Place(self.path, found[0].line if found else self.line)

    def wrong(self, key: str, message: str, code: str, severity: Severity = Severity.TO_FIX) -> None:
        """Say that something is wrong with the value of a key."""
        self.findings.append(Finding(self.place(key), severity, message, code))

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _node(self, key: str) -> Node | None:
        self._asked.add(key)
        found = self._values.get(key)
        return found[1] if found else None

    def text(self, key: str, *, required: bool = False) -> str:
        """A text on its own; empty if it is missing."""
        node = self._node(key)
        if isinstance(node, Scalar):
            if node.text or not required:
                return node.text.strip()
        elif node is not None:
            self.wrong(key, f"`{key}` should be words on one line, not a list", "yaml/wrong-type")
            return ""
        if required:
            self.wrong(key, f"`{self._where}{key}:` is missing", "yaml/missing-key")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        node = self._node(key)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return ()
        if isinstance(node, Scalar):
            return (node.text.strip(),)
        if isinstance(node, Listing) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.text.strip() for item in node.items if isinstance(item, Scalar) and item.text)
        self.wrong(key, f"`{key}` should be a list of words, such as [one, two]", "yaml/wrong-type")
        return ()

    def date(self, key: str) -> date | None:
        """A day, or None."""
        found = self.stamp(key)
        return found.date() if found else None

    def stamp(self, key: str) -> datetime | None:
        """A day with or without a time, or None. Time zones are passed over: a note is local."""
        text = self.text(key)
        if not text:
            return None
        match = _STAMP.fullmatch(text)
        try:
            if match:
                return datetime(*(int(part) for part in match.groups() if part))  # type: ignore[arg-type]
        except ValueError:
            self.wrong(key, f"`{key}: {text}` is not a day of the calendar", "yaml/bad-date")
            return None
        self.wrong(
            key,
            f"`{key}: {text}` is not a date: write it like 2026-11-21 or 2026-11-21 14:32",
            "yaml/bad-date",
        )
        return None

    def choice(self, key: str, kinds: type[E], default: E) -> E:
        """One of a fixed set of words."""
        text = self.text(key)
        if not text:
            return default
        try:
            return kinds(text.lower())
        except ValueError:
            self._not_one_of(key, text, [kind.value for kind in kinds], default)
            return default

    def word(self, key: str, words: Sequence[str], default: str) -> str:
        """One of a fixed set of words, as text."""
        text = self.text(key)
        if not text or text.lower() in words:
            return text.lower() or default
        self._not_one_of(key, text, words, default)
        return default

    def _not_one_of(self, key: str, text: str, words: Sequence[str], default: str) -> None:
        hint = did_you_mean(text, words) or f": write one of {', '.join(words)}"
        taken = f"; taken as `{default}`" if default else ""
        self.wrong(key, f"`{key}: {text}` is not known{hint}{taken}", "yaml/unknown-word")

    def yes(self, key: str, *, default: bool = False) -> bool:
        """Yes or no."""
        text = self.text(key).lower()
        if text and text not in _YES:
            self.wrong(key, f"`{key}: {text}` should be yes or no", "yaml/wrong-type")
        return _YES.get(text, default)

    def integer(self, key: str, default: int = 0) -> int:
        """A whole number."""
        text = self.text(key)
        if re.fullmatch(r"[+-]?\d{1,9}", text):
            return int(text)
        if text:
            self.wrong(key, f"`{key}: {text}` should be a whole number", "yaml/wrong-type")
        return default

    def child(self, key: str) -> Fields | None:
        """A header inside the header, or None."""
        node = self._node(key)
        if isinstance(node, Table):
            return Fields(node, self.path, self.findings, f"{self._where}{key}.")
        if node is not None and not (isinstance(node, Scalar) and not node.text):
            self.wrong(key, f"`{key}` should have keys of its own", "yaml/wrong-type")
        return None

    def children(self, key: str) -> list[Fields]:
        """A list of headers."""
        node = self._node(key)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return []
        if isinstance(node, Listing):
            tables = [item for item in node.items if isinstance(item, Table)]
            if len(tables) == len(node.items):
                return [Fields(table, self.path, self.findings, f"{self._where}{key}.") for table in tables]
        self.wrong(key, f"each item of `{key}` should have keys of its own", "yaml/wrong-type")
        return []

    def listed(self, key: str) -> tuple[str | None, ...]:
        """For each item of a list its text, or None where the item has keys of its own."""
        node = self._node(key)
        items = node.items if isinstance(node, Listing) else (node,) if isinstance(node, Scalar) else ()
        return tuple(item.text if isinstance(item, Scalar) else None for item in items)

    def named(self, key: str) -> list[tuple[str, Fields]]:
        """A mapping from free names to headers, below a key."""
        inner = self.child(key)
        return inner.named_all() if inner else []

    def named_all(self) -> list[tuple[str, Fields]]:
        """A mapping from free names to headers: the whole of this header."""
        found = [(name, self.child(name)) for name in self.names()]
        return [(name, fields) for name, fields in found if fields is not None]

    def pairs(self, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """A mapping from free names to lists of texts."""
        inner = self.child(key)
        return tuple((name, inner.texts(name)) for name in inner.names()) if inner else ()

    def names(self) -> list[str]:
        """All keys that are there, in their order."""
        return list(self._values)

    def ignore(self, *keys: str) -> None:
        """Accept keys that somebody else reads."""
        self._asked.update(keys)

    def close(self, *, own_keys: bool = False) -> None:
        """Report the keys that nobody asked for.

        With `own_keys` the person may add keys, and only probable slips of ours are reported.
        """
        for key in [key for key in self._values if key not in self._asked]:
            scalar, known = self._values[key][0], sorted(self._asked)
            slip = near_miss(key, known)
            where = Place(self.path, scalar.line)
            if own_keys:
                if slip and slip not in self._values:
                    message = f"`{key}` looks like a slip of `{slip}`, and is not read"
                    self.findings.append(Finding(where, Severity.WORTH_A_LOOK, message, "yaml/near-miss-key"))
                continue
            hint = f": did you mean `{slip}`?" if slip else _meant(key, known, self.path)
            message = f"unknown key `{self._where}{key}`{hint}"
            self.findings.append(Finding(where, Severity.TO_FIX, message, "yaml/unknown-key"))


def _meant(key: str, known: Sequence[str], path: str) -> str:
    """What to do about a key that is not read here: its nearest neighbour, or where it belongs."""
    elsewhere = belongs(key, path)
    # A key that is spelled as another file has it is a slip of one of this file only if it is very like that.
    return did_you_mean(key, known, _VERY_LIKE if elsewhere else _LIKE) or (f": {elsewhere}" if elsewhere else "")


def header(text: str | None, path: str, findings: list[Finding], line: int = 2, limit: int = LIMIT) -> Fields | None:
    """Read a YAML header; None (and a finding) if it cannot be read. An empty one has no keys."""
    try:
        node = load(text.removeprefix("\ufeff"), line, limit) if text else None
    except YamlError as error:
        findings.append(flag(path, error.line, error.message, "yaml/unreadable"))
        return None
    if node is not None and not isinstance(node, Table):
        findings.append(flag(path, line, "the header should be lines of `key: value`", "yaml/unreadable"))
        return None
    return Fields(node, path, findings)


def header_of(document: Document, path: str, findings: list[Finding], keys: Collection[str] = ()) -> Fields | None:
    """Read the header of a Markdown file; None (and a finding) if it cannot be read.

    A file whose first line is `key: value` has lost the lines around its header. In a text that may as well begin so,
    its first two lines have to be some of these `keys`.
    """
    if document.unclosed:
        message = "the header is never closed: put a line `---` below its last key"
        findings.append(flag(path, 1, message, "yaml/not-closed"))
        return None
    if document.header is None and (lost := _not_opened(document.body, path, keys)):
        findings.append(lost)
        return None
    return header(document.header, path, findings)


def _are(keys: Collection[str], rows: Sequence[str]) -> bool:
    found = [match[1] if (match := _KEY_LINE.match(row)) else "" for row in rows]
    return len(found) > 1 and all(key in keys for key in found)


def _not_opened(body: str, path: str, keys: Collection[str]) -> Finding | None:
    """What is said about a header that no `---` opens."""
    rows = body.removeprefix("\ufeff").split("\n")
    first = next((number for number, row in enumerate(rows, 1) if row.strip()), 0)
    if not first:
        return None
    row = rows[first - 1].rstrip()
    if row == "---" and first > 1 and _KEY_LINE.match(rows[first] if first < len(rows) else ""):
        return flag(
            path, first, "the header is not read, since lines stand above its `---`: delete them", "yaml/not-opened"
        )
    key = _KEY_LINE.match(row)
    if not key or (keys and not _are(keys, rows[first - 1 : first + 1])):
        return None
    end = next(
        (number for number, one in enumerate(rows[first:], first) if not one.strip() or one[:3] == "---"), len(rows)
    )
    above = f"put a line `---` above `{shortened(row, 40)}`"
    if end < len(rows) and rows[end][:3] == "---":
        return flag(path, first, f"the header is never opened: {above}", "yaml/not-opened")
    message = (
        f"the header has no `---` lines around it, so it is not read: {above}, and one below its last key (line {end})"
    )
    return flag(path, first, message, "yaml/not-opened")


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of files and lines, each once."""
    return tuple(sorted(set(findings), key=lambda f: (f.place, f.severity != Severity.TO_FIX, f.code, f.message)))
