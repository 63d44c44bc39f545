"""The text of a content stream in the order in which it is written, whether or not it is seen on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from heard.leaks.artefacts.pdf_fonts import UNCLEAR, Font
from heard.leaks.artefacts.pdf_strings import LITERAL, strings, unescaped, unhexed

_HEX = rb"<[0-9A-Fa-f\s]*+>"
_TOKEN = re.compile(
    rb"<([0-9A-Fa-f\s]*+)>|(" + LITERAL + rb")|/([^\s/\[\]<>(){}%]++)\s++[-+.\d]++\s++Tf|(ET|T[dDm*])\b|%([^\r\n]*+)",
    re.DOTALL,
)
_MARK = re.compile(rb"<<(?:[^<>()]|<<[^<>()]*+>>|" + _HEX + rb"|" + LITERAL + rb")*+>>", re.DOTALL)
_HAS_MARK = re.compile(rb"<<[^<>()]*+[(<]")
_BETWEEN = re.compile(rb">[-+.\d\s]*+<(?!<)")
_SHOWN = re.compile(rb"/([^\s/\[\]<>(){}%]++)\s++Do\b")
_PICTURE = re.compile(rb"\sID\s")
_PICTURE_END = re.compile(rb"\sEI(?=\s|$)")
_PLAIN = Font(1, {})


@dataclass(frozen=True, slots=True)
class Written:
    """What a content stream says: the text that it shows, the words in its marks and comments, what it cannot say."""

    shown: str
    marks: str
    unclear: bool


def written(content: bytes, fonts: Mapping[str, Font]) -> Written:
    """Read a content stream with the fonts that it can name."""
    shown: list[str] = []
    marks: list[str] = []
    font, unclear = _PLAIN, False
    content = _without_pictures(content)
    if _HAS_MARK.search(content):
        marks += [text for mark in _MARK.findall(content) for text in strings(mark)]
    # Letters that are moved by hand are strings of their own: join them, the common case, before anything is read.
    for digits, literal, name, move, comment in _TOKEN.findall(_BETWEEN.sub(b"", content)):
        if digits or literal:
            codes = unhexed(digits) if digits else unescaped(literal[1:-1])
            shown.append(font.read(codes))
            unclear = unclear or font.unclear
        elif move:
            shown.append("\n")
        elif name:
            font = fonts.get(name.decode("latin-1"), _PLAIN)
        elif comment:
            marks.append(comment.decode("utf-8", "replace"))
    text = "".join(shown)
    return Written(text, "\n".join(marks), unclear or UNCLEAR in text)


def draws(content: bytes) -> Iterator[str]:
    """The names of the other contents that this one draws, each as often as it does."""
    yield from (name.decode("latin-1") for name in _SHOWN.findall(content))


def _without_pictures(content: bytes) -> bytes:
    """The stream without the pixels of pictures that are written into it, which are any bytes."""
    if b" ID" not in content and b"\nID" not in content:
        return content
    out, at = [], 0
    while begin := _PICTURE.search(content, at):
        end = _PICTURE_END.search(content, begin.end())
        if end is None:
            break
        out.append(content[at : begin.start()])
        at = end.end()
    return b"\n".join((*out, content[at:]))
