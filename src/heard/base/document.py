"""A Markdown file with a YAML header, taken apart and put together again byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from heard.base import yamlio

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LOST_HEADER = re.compile(r"---[ \t]*\r?\n[A-Za-z_][\w-]*:\s")


@dataclass(frozen=True, slots=True)
class Document:
    """A text file: its header's YAML (None if there is no header), its body, and how it is written.

    Where all line ends are alike, `header` and `body` have `\\n`; `body_line` is the line that the body
    starts at; `opening` and `fence` are the two lines around the header.
    """

    header: str | None
    body: str
    body_line: int
    fence: str = "---\n"
    newline: str = "\n"
    mark: str = ""
    opening: str = "---\n"

    @property
    def unclosed(self) -> bool:
        """Whether the file begins with a header that nothing closes, so that it is all body."""
        return self.header is None and _LOST_HEADER.match(self.body) is not None


def parse(text: str) -> Document:
    """Take a file's text apart. Never fails: a file without a header is all body."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if "\r\n" in text and "\n" not in text.replace("\r\n", "") else "\n"
    plain = text[len(mark) :]
    if newline == "\r\n":
        plain = plain.replace("\r\n", "\n")
    opening = _OPENING.match(plain)
    closing = _CLOSING.search(plain, opening.end()) if opening else None
    if not opening or not closing:
        return Document(None, plain, 1, newline=newline, mark=mark)
    header = plain[opening.end() : closing.start()]
    body_line = header.count("\n") + 3
    return Document(header, plain[closing.end() :], body_line, closing[0], newline, mark, opening[0])


def parse_to_read(text: str) -> Document:
    """Take a text apart that will not be written back: all its line ends are `\\n`, even mixed ones."""
    return parse(text.replace("\r\n", "\n") if "\r" in text else text)


def render(document: Document) -> str:
    """The file's text; `render(parse(text)) == text` for every text."""
    header = "" if document.header is None else f"{document.opening}{document.header}{document.fence}"
    text = header + document.body
    return document.mark + (text.replace("\n", "\r\n") if document.newline == "\r\n" else text)


def set_key(document: Document, key: str, value: str | Sequence[str]) -> Document:
    """The document with one top-level key set to a text or a list of texts; every other byte stays.

    A key that is already there keeps its place and its comment. Raises `ValueError` if the result would
    not read back as meant, so that nothing wrong is ever written.
    """
    header = document.header or ""
    before = _table(header)
    text = yamlio.scalar(value) if isinstance(value, str) else yamlio.flow(tuple(value))
    span = yamlio.spans(header).get(key) if key in before else None
    if span:
        gap, _, below = header[span.colon : span.value].partition("\n")
        # A list below its key goes; a comment behind the key stays.
        between, comment = (" ", gap.rstrip()) if below else (gap or " ", "")
        changed = f"{header[: span.colon]}{between}{text}{comment}{header[span.end :]}"
    else:
        changed = f"{header}{yamlio.scalar(key)}: {text}\n"
    return _proved(document, changed, {**before, key: value if isinstance(value, str) else list(value)}, key)


def remove_key(document: Document, key: str) -> Document:
    """The document without one top-level key and its comment; every other byte stays.

    Raises `ValueError` as `set_key` does.
    """
    header = document.header or ""
    before = _table(header)
    if key not in before:
        return document
    span = yamlio.spans(header)[key]
    after = header.find("\n", span.end) + 1 or len(header)
    rest = {name: value for name, value in before.items() if name != key}
    return _proved(document, header[: span.key] + header[after:], rest, key)


def _proved(document: Document, header: str, meant: dict[str, object], key: str) -> Document:
    if _table(header) != meant:
        raise ValueError(f"`{key}` cannot be changed in this header")
    return replace(document, header=header)


def _table(header: str) -> dict[str, object]:
    node = yamlio.load(header)
    if node is None:
        return {}
    if not isinstance(node, yamlio.Table):
        raise ValueError("the header is not a list of keys")
    return {key.text: _bare(value) for key, value in node.items}


def _bare(node: yamlio.Node) -> object:
    if isinstance(node, yamlio.Scalar):
        return node.text
    if isinstance(node, yamlio.Listing):
        return [_bare(item) for item in node.items]
    return {key.text: _bare(value) for key, value in node.items}
