"""Covers up, letter by letter, what stands within a paragraph and is not the writer's own prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

COVERED = "\0"
"""What stands in the place of a letter that is not to be read; line ends stay."""

_MARKS = (
    re.compile(r"!\[[^\[\]]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?"),
    re.compile(r"\[\[quote\]\]|\[\[[^\[\]|\n]*\]\]|\[\[[^\[\]|\n]*(?=\|)|(?<!\])\[\^[^\]\n]+\]"),
    re.compile(r"(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|(?<=\])\[[^\[\]\n]*\]"),
    re.compile(r"</?[A-Za-z][^<>]*>|\{[:#.][^{}\n]*\}"),
    re.compile(r"(?:https?://|www\.|mailto:)[^\s<>()\[\]]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"),
)
_QUOTED = (
    re.compile(r"“[^“”„]*”|„[^“”„]*[“”]"),
    re.compile(r"«[^«»]*»|»[^«»]*«|‹[^‹›]*›|›[^‹›]*‹"),
    re.compile(r"‚[^‚‘’]*‘|(?<!\w)‘[^‘]{1,300}?’(?!\w)"),
    re.compile(r'(?<![\w"])"[^"]+"(?!\w)'),
)
_TICKS = re.compile(r"`+")


def covered(text: str) -> str:
    """The text with nothing left to read."""
    return re.sub(r"[^\n]", COVERED, text)


def cover_inline(text: str) -> str:
    """A paragraph with its quotations, code, addresses, pictures, marks and comments covered up."""
    text = _cover(text, _code(text))
    for pattern in (*_MARKS, *_QUOTED):
        text = pattern.sub(lambda found: covered(found[0]), text)
    return text


def without_comments(text: str) -> str:
    """A whole text with its comments covered up; one that nothing ends goes on to the end, as in a browser."""
    return _cover(text, _comments(text)) if "<!--" in text else text


def _cover(text: str, spans: Iterator[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], covered(text[start:end])]
        at = end
    return "".join(parts) + text[at:]


def _code(text: str) -> Iterator[tuple[int, int]]:
    """The spans of code: from a run of backticks to the next of the same length."""
    ticks = list(_TICKS.finditer(text))
    last = {len(run[0]): at for at, run in enumerate(ticks)}
    at = 0
    while at < len(ticks):
        size = len(ticks[at][0])
        if last[size] > at:
            closing = next(n for n in range(at + 1, len(ticks)) if len(ticks[n][0]) == size)
            yield ticks[at].start(), ticks[closing].end()
            at = closing
        at += 1


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        yield start, end
        start = text.find("<!--", end)
