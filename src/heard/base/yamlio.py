"""YAML as text: every scalar is read as it stands, with its line, and typed later by the model.

So `no` stays `no` and `1:02:03` stays `1:02:03`. Aliases, tags, duplicate keys, several documents and
more than 64 KB are refused, since no file of ours needs them and each has surprised somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

LIMIT = 64 * 1024
"""The largest YAML text that is read, in bytes."""

_PLAIN_LIST = re.compile(r" +\[ *[^\W\d_][\w .-]*(?:, *[^\W\d_][\w .-]*)*\] *")
_DEPTH = 12
_INDICATORS = frozenset("\"'[]{}>|*&!%@`#,?:~-")


class YamlError(ValueError):
    """Why a YAML text cannot be read: the line, and what is wrong there."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Scalar(NamedTuple):
    """One value as it was written, without quotation marks."""

    text: str
    line: int


class Span(NamedTuple):
    """Where a top-level key, and its value, stand in a YAML text: offsets in characters.

    `colon` is just behind the key's colon.
    """

    key: int
    colon: int
    value: int
    end: int


class Listing(NamedTuple):
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int


class Table(NamedTuple):
    """A YAML mapping; keys in the order of the file, each with its line."""

    items: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.items if name.text == key), None)


Node = Scalar | Listing | Table


def load(text: str, line: int = 1, limit: int = LIMIT) -> Node | None:
    """Read a YAML text whose first line is the given one of its file; None if it is empty.

    Raises `YamlError` with the line of the fault.
    """
    if len(text) > limit // 4 and len(text.encode()) > limit:
        raise YamlError(line, f"more than {limit // 1024} KB of YAML: this is not a header")
    return _quickly(text, line) or _slowly(text, line)


def _quickly(text: str, line: int) -> Table | None:
    # Headers of notes are nearly all flat `key: words`; reading ten thousand of them with the
    # full parser takes seconds. Whatever is not plainly of that shape goes to the parser.
    items: list[tuple[Scalar, Node]] = []
    seen = set()
    for number, row in enumerate(text.split("\n"), line):
        if not row:
            continue
        key, colon, value = row.partition(":")
        plain = plain_words(value) if value else ""
        words = _plain_list(value) if plain is None else None
        known = plain is not None or words is not None
        if not (known and colon and key.isidentifier() and row.isprintable()) or key in seen or len(key) > 99:
            return None
        seen.add(key)
        node = Listing(tuple(Scalar(word, number) for word in words), number) if words is not None else None
        items.append((Scalar(key, number), node or Scalar(plain or "", number)))
    return Table(tuple(items), items[0][0].line) if items else None


def plain_words(value: str) -> str | None:
    """The words after a key's colon without their comment; None if they are more than plain words."""
    if value[0] != " ":
        return None
    comment = value.find(" #")
    words = (value if comment < 0 else value[:comment]).strip(" ")
    if words and (words[0] in _INDICATORS or words[-1] == ":" or ": " in words):
        return None
    return words


def _plain_list(value: str) -> list[str] | None:
    """The words of a plain `[one, two]`; None if it is anything more."""
    if not _PLAIN_LIST.fullmatch(value):
        return None
    return [word.strip(" ") for word in value.strip(" ")[1:-1].split(",")]


def _slowly(text: str, line: int) -> Node | None:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        return _document(iter(events), line)
    except yaml.MarkedYAMLError as error:
        unclosed = str(error.context).startswith(("while parsing a flow", "while scanning a quoted"))
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        at = line + (mark.line if mark else 0)
        problem = "a `[`, `{` or quotation mark that is not closed" if unclosed else str(error.problem or error)
        raise YamlError(at, _plainly(text, at - line, problem)) from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
        shown = f"U+{ord(bad[0]):04X}" if bad else "a character"
        at = line + text.count("\n", 0, bad.start() if bad else 0)
        raise YamlError(at, f"{shown} stands here, which YAML does not allow") from error
    except RecursionError as error:
        raise YamlError(line, "nested too deeply") from error


def _plainly(text: str, index: int, problem: str) -> str:
    rows = text.split("\n")
    row = rows[index] if index < len(rows) else ""
    if "\t" in row and ("\\t" in problem or "cannot start any token" in problem or "tab" in problem):
        return "a tab stands where YAML allows only spaces"
    if "mapping values are not allowed" in problem:
        return "a colon inside a value: put the value into quotation marks"
    return problem


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line


def _document(events: Iterator[Any], line: int) -> Node | None:
    import yaml

    found: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlError(line + _line(event), "a second YAML document (`---`)")
        elif isinstance(event, yaml.NodeEvent):
            found = _node(event, events, line, 0)
    if isinstance(found, Scalar) and not found.text:
        return None
    return found


def _node(event: Any, events: Iterator[Any], line: int, depth: int) -> Node:
    import yaml

    at = line + _line(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise YamlError(at, "YAML anchors and aliases (`&`, `*`) are not read: write the value out")
    if depth > _DEPTH:
        raise YamlError(at, "nested too deeply")
    if getattr(event, "tag", None) and event.tag != "!":
        raise YamlError(at, f"YAML tags (`{event.tag}`) are not read: write the value as it is")
    if isinstance(event, yaml.ScalarEvent):
        plain = event.style in (None, "")
        return Scalar("" if plain and event.value == "~" else event.value, at)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_node(inner, events, line, depth + 1))
        return Listing(tuple(items), at)
    return _table(events, at, line, depth)


def _table(events: Iterator[Any], at: int, line: int, depth: int) -> Table:
    import yaml

    pairs: list[tuple[Scalar, Node]] = []
    seen: dict[str, int] = {}
    while not isinstance(inner := next(events), yaml.MappingEndEvent):
        key = _node(inner, events, line, depth + 1)
        if not isinstance(key, Scalar):
            raise YamlError(key.line, "a key must be a word")
        if key.text in seen:
            raise YamlError(key.line, f"`{key.text}` stands here twice (first in line {seen[key.text]})")
        seen[key.text] = key.line
        pairs.append((key, _node(next(events), events, line, depth + 1)))
    return Table(tuple(pairs), at)


def spans(text: str) -> dict[str, Span]:
    """Where the top-level keys of a YAML text stand, for those who change one and nothing else.

    The text must be one that `load` reads as a table. Raises `ValueError` for the few forms (`[why? so]`)
    that are read but cannot be changed.
    """
    import yaml

    try:
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"the header cannot be changed: {getattr(error, 'problem', error)}") from error
    return {key.value: _span(text, key, value) for key, value in (node.value if node else ())}


def _span(text: str, key: Any, value: Any) -> Span:
    start, end = value.start_mark.index, value.end_mark.index
    rows = text[start:end].rstrip().split("\n")
    # The parser takes what stands between two keys for a part of the first one's list.
    while len(rows) > 1 and rows[0][:1] not in ("|", ">") and rows[-1].lstrip()[:1] in ("", "#"):
        rows.pop()
    colon = text.find(":", key.end_mark.index) + 1
    return Span(key.start_mark.index, colon, start, start + len("\n".join(rows).rstrip()))


_SAFE = re.compile(r"[A-Za-z0-9À-ɏ(][^\n\r\t\x00-\x1f\x7f-\x9f]*")


def scalar(text: str, *, flow: bool = False) -> str:
    """A text as a YAML scalar on one line that reads back as the same text."""
    risky = ": " in text or " #" in text or text.endswith((":", " ")) or (flow and re.search(r"[,\[\]{}?]", text))
    if _SAFE.fullmatch(text) and not risky and text.isprintable():
        return text
    return f'"{"".join(_escaped(char) for char in text)}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable() and char != "\ufeff":
        return char
    code = ord(char)
    return {"\n": "\\n", "\t": "\\t"}.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\U{code:08x}")


def flow(values: tuple[str, ...] | list[str]) -> str:
    """A list of texts as a YAML flow sequence on one line."""
    return f"[{', '.join(scalar(value, flow=True) for value in values)}]"
