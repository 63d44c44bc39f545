"""The objects of a PDF: every string and name in them, told apart by what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from heard.leaks.artefacts.parts import Part
from heard.leaks.artefacts.pdf_strings import names, strings
from heard.leaks.secret import Form, Piece

_LABELS = (
    ((b"/Type /StructElem", b"/StructTreeRoot"), "the descriptions for screen readers"),
    ((b"/Type /Filespec", b"/EF "), "the names of attachments"),
    ((b"/JavaScript", b"/JS "), "a script"),
    ((b"/Type /Annot", b"/Subtype /Link", b"/Subtype /Widget", b"/URI (", b"/FT /"), "a link, comment or form"),
    ((b"/Type /Catalog", b"/Names [", b"/Nums ["), "the document's lists of names"),
    ((b"/CreationDate (", b"/Producer (", b"/Creator (", b"/Author "), "the document's information"),
    ((b"/Title ",), "the outline"),
    ((b"/Type /OCG",), "the names of layers"),
)
_OTHER = "the document's objects"
_FILES = "the names of attachments"


def object_pieces(dumps: Iterable[bytes]) -> Iterator[Part]:
    """A piece for each kind of object that has strings, and one of all names."""
    found: dict[str, dict[str, None]] = {}
    for dump in dumps:
        # A string is in round brackets or, in hex, in single pointed ones.
        if b"(" in dump or dump.count(b"<") != 2 * dump.count(b"<<"):
            found.setdefault(_label(dump), {}).update(dict.fromkeys(strings(dump)))
    for label, lines in found.items():
        yield Piece("\n".join(lines), Form.NAME if label == _FILES else Form.DATA, label)


def _label(dump: bytes) -> str:
    return next((label for marks, label in _LABELS if any(mark in dump for mark in marks)), _OTHER)


def name_pieces(dump: bytes) -> Iterator[Part]:
    """A piece of all names that the objects use for things."""
    yield Piece("\n".join(sorted(names(dump))), Form.DATA, "the names in the document")
