"""Takes markup apart: what a reader sees, what stands in tags, what stands in comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Possessive, and never across a `<`: a tag without an end costs no second look.
_TAG = re.compile(r"""(<[a-zA-Z/!?](?:[^<>"']++|"[^"<]*+"|'[^'<]*+'|["'])*+>)""")
_MARKDOWN_LINK = re.compile(r"(?<=\])(\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_PLAIN_TAG = re.compile(r"</?[a-z]{1,10}[1-6]?[ \t]?/?>")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
# Within a line, so that a word may go on behind them.
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp ruby s samp small span "
    "strike strong sub sup time tspan tt u var wbr text textpath g shy custom"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_BLOCK = "\v"
"""What stands for a tag that ends a line of text."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What markup is made of. `shown` and `comments` have as many lines as the whole."""

    shown: str
    tags: tuple[str, ...]
    comments: str = ""


def apart(text: str, *, markdown: bool = False) -> Parts:
    """Markup taken apart; `tags` are the different ones that hold more than their name.

    With `markdown`, the targets of links count as tags.
    """
    shown, comments = _without_comments(text) if "<!--" in text else (text, "")
    if "<![CDATA[" in shown:
        shown = shown.replace("<![CDATA[", "").replace("]]>", "")
    tags: list[str] = []
    shown = _without(_TAG, shown, tags)
    if "<" in shown:
        # What stood around a tag within a tag.
        shown = _without(_TAG, shown, tags)
    if (markdown and "](" in shown) or "][" in shown:
        shown = _without(_MARKDOWN_LINK, shown, tags)
    if comments:
        comments = _without(_TAG, comments, tags)
    return Parts(shown, tuple(tag for tag in dict.fromkeys(tags) if not _PLAIN_TAG.fullmatch(tag)), comments)


def _without(pattern: re.Pattern[str], text: str, tags: list[str]) -> str:
    parts = pattern.split(text)
    found = parts[1::2]
    tags += found
    instead = {tag: _instead(tag) for tag in set(found)}
    parts[1::2] = [instead[tag] for tag in found]
    return "".join(parts)


def _instead(tag: str) -> str:
    name = _NAME.match(tag)
    inline = (
        tag[0] != "<"
        or tag[1] in "?!"
        or (name is not None and name[1].lower() in _INLINE)
        or "-" in tag.partition(" ")[0]
    )
    return ("" if inline else _BLOCK) + "\n" * tag.count("\n")


def _without_comments(text: str) -> tuple[str, str]:
    shown: list[str] = []
    comments: list[str] = []
    *closed, last = text.split("-->")
    for part in closed:
        before, opening, comment = part.partition("<!--")
        shown += [before, "\n" * comment.count("\n")] if opening else [before, "-->"]
        comments += ["\n" * before.count("\n"), comment, " "]
    shown.append(last)
    return "".join(shown), "".join(comments)
