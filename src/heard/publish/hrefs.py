"""The addresses that a Markdown text links to or shows as pictures, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from heard.publish.lines import split

# One pair of brackets within an address is as much as Markdown takes; every part ends at the next bracket.
_INLINE = re.compile(r"(!?)\[[^\[\]\n]*\]\(\s*(?:<([^<>\n]*)>|((?:[^()\s<]|\([^()\s]*\))*))")
_AROUND = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^()\s<]|\([^()\s]*\))*))")
_DEFINED = re.compile(r" {0,3}\[(?!\^)[^\[\]\n]+\]:\s*<?([^\s<>]+)")
_AUTO = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_HTML = re.compile(r"<(a|img|source|area)\s[^<>]*?\b(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>()\[\]\"'`|{}]+")
_END = ".,;:!?…”’»*_"
_CODE = re.compile(r"`+[^`]*`+")


class Href(NamedTuple):
    """An address as it was written: its line, whether it is a picture's, and whether it stands in HTML."""

    line: int
    target: str
    picture: bool = False
    html: bool = False


def hrefs(text: str, first: int) -> Iterator[Href]:
    """Every address of a text without its code, in the order of lines; `first` is the number of its first line."""
    for line in split(text, first):
        if not line.code and ("](" in line.text or "<" in line.text or "]:" in line.text):
            row = _CODE.sub(_blank, line.text) if "`" in line.text else line.text
            yield from dict.fromkeys(_in_row(row, line.number))


def _in_row(row: str, number: int) -> Iterator[Href]:
    pictures = {found.start(2) if found[2] is not None else found.start(3) for found in _pictures(row)}
    for found in _AROUND.finditer(row):
        at, target = (found.start(1), found[1]) if found[1] is not None else (found.start(2), found[2])
        yield Href(number, unescape(target), picture=at in pictures)
    if defined := _DEFINED.match(row):
        yield Href(number, unescape(defined[1]))
    if "<" in row:
        for found in _AUTO.finditer(row):
            yield Href(number, unescape(found[1]))
        for found in _HTML.finditer(row):
            target = found[2] if found[2] is not None else found[3]
            yield Href(number, unescape(target), picture=found[1].lower() in ("img", "source"), html=True)


def outward(text: str, first: int) -> Iterator[Href]:
    """Every whole web address of a text without its code, written out or linked to, each once a line."""
    for line in split(text, first):
        if not line.code and "://" in line.text:
            row = _CODE.sub(_blank, line.text) if "`" in line.text else line.text
            linked = [one for one in _in_row(row, line.number) if one.target.startswith(("http://", "https://"))]
            rest = _HTML.sub(" ", _AUTO.sub(" ", _AROUND.sub(" ", row)))
            bare = (Href(line.number, found[0].rstrip(_END)) for found in _BARE.finditer(rest))
            yield from {one.target: one for one in (*linked, *bare)}.values()


def _pictures(row: str) -> Iterator[re.Match[str]]:
    return (found for found in _INLINE.finditer(row) if found[1]) if "![" in row else iter(())


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])
