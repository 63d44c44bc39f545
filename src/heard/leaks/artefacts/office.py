"""Office documents (DOCX, PPTX, XLSX, ODT, EPUB) are zip files of XML: their text, with split names made whole."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from heard.leaks.artefacts.parts import Part
from heard.leaks.artefacts.plain import decoded
from heard.leaks.secret import Form, Piece

_TAG = re.compile(r"<[/?!]?(?:[\w.-]{1,40}:)?([\w.-]{0,60})[^<>]*>")
_BREAKS = frozenset(
    (
        "p",
        "h",
        "br",
        "cr",
        "tab",
        "tc",
        "tr",
        "s",
        "si",
        "c",
        "row",
        "line-break",
        "list-item",
        "table-cell",
        "table-row",
    )
)
_PARTS = (
    (re.compile(r"word/document\d*\.xml|content\.xml"), "the document"),
    (re.compile(r"docProps/\w+\.xml|meta\.xml"), "the document's properties"),
    (re.compile(r"customXml/\w+\.xml"), "the custom XML"),
    (re.compile(r"\w+/comments/?\w*\.xml"), "the comments"),
    (re.compile(r"\w+/(?:foot|end)notes\.xml"), "the footnotes"),
    (re.compile(r"word/(?:header|footer)\d*\.xml"), "the header or footer"),
    (re.compile(r"ppt/notesSlides/notesSlide\d+\.xml"), "the speaker's notes"),
    (re.compile(r"ppt/slides/slide(\d{1,4})\.xml"), "slide"),
    (re.compile(r"xl/worksheets/sheet(\d{1,4})\.xml"), "sheet"),
    (re.compile(r"xl/sharedStrings\.xml"), "the cells"),
)


def is_office(names: set[str]) -> bool:
    """Whether a zip file with members of these names is an office document."""
    return "[Content_Types].xml" in names or "mimetype" in names


def label_of(name: str, number: int) -> str:
    """What to call a member: by what it is if that is known, else by its number; never by a name that a person gave."""
    for pattern, label in _PARTS:
        if found := pattern.fullmatch(name):
            return " ".join((label, *found.groups()))
    return f"file {number}"


def office_text(data: bytes) -> Iterator[Part]:
    """The text of an XML member without its tags, so that a word that stands in several runs is whole."""
    for text in decoded(data):
        yield Piece(html.unescape(_TAG.sub(_break, text)), Form.TEXT)


def _break(tag: re.Match[str]) -> str:
    return "\n" if tag[1] in _BREAKS else ""
