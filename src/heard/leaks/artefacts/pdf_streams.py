"""The streams of a PDF that are not a page's own content: metadata, attachments, scripts, drawings, pictures, fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from heard.leaks.artefacts import fonts
from heard.leaks.artefacts.exif import read_profile, read_xmp
from heard.leaks.artefacts.parts import Allowance, Nest, Part, Unread, UnreadError, labelled, texts, unpack
from heard.leaks.artefacts.pdf_strings import strings
from heard.leaks.secret import Form, Piece

_FILTERS = re.compile(rb"/Filter\s*+(?:/(\w++)|\[([^\]]*+)\]|(\d))")
_SETTINGS = re.compile(rb"/(?:DecodeParms|DP|FDecodeParms|Crypt)\b")
_ROLE = re.compile(
    rb"/(FontFile[23]?|CIDToGIDMap|CIDSet|ToUnicode|Metadata|JS|OC|RichMediaContent)\s+(\d{1,10}) \d+ R"
    rb"|/(ICCBased) (\d{1,10}) \d+ R|/(Indexed) [^<>()]{0,200}? (\d{1,10}) \d+ R \]"
)
_FLATE = (b"FlateDecode", b"Fl")
_JPEG = (b"DCTDecode", b"DCT")
_JPEG2000 = b"JPXDecode"
_NO_RATIO = 1_100
"""zlib cannot do better; long drawings come near it, so that only the sum of all is bounded."""
_NUMBERS = (b"/FunctionType", b"/ShadingType", b"/HalftoneType", b"/Type /XRef")
_NUMBER_ROLES = ("CIDToGIDMap", "CIDSet", "Indexed")
_CODES = re.compile(rb"<[0-9A-Fa-f\s]*+>")
_DRAWS = re.compile(rb"[)>\]]\s*+T[jJ]\b|\bd[01]\s")
_COMMENT = re.compile(rb"%([^\r\n]++)")
_OUTLINES_HEAD = 1 << 16


def roles(dump: bytes) -> dict[int, str]:
    """What some streams are for, by the number of their object, as those say that use them."""
    found: dict[int, str] = {}
    for match in _ROLE.finditer(dump):
        role, number = (one for one in match.groups() if one is not None)
        found[int(number)] = role.decode("ascii")
    return found


def unfiltered(head: bytes, body: bytes, allowance: Allowance, other: Callable[[], bytes] | None = None) -> bytes:
    """A stream's bytes unpacked, but for the coding of pictures. `other` unpacks what is packed in a rarer way.

    Raises `UnreadError`.
    """
    filters = _filters(head)
    if filters and filters[-1] in (*_JPEG, _JPEG2000):
        filters = filters[:-1]
    elif _SETTINGS.search(head):
        filters = [b"other"]
    if all(one in _FLATE for one in filters):
        for _ in filters:
            body = unpack(body, allowance, ratio=_NO_RATIO)
        return body
    if other is None:
        raise UnreadError("is packed in a way that is not read")
    body = other()
    allowance.spend(len(body))
    return body


def _filters(head: bytes) -> list[bytes]:
    found = _FILTERS.search(head)
    if found is None:
        return []
    if found[3]:
        return [b"other"]
    return [found[1]] if found[1] else [name.strip() for name in found[2].split(b"/") if name.strip()]


def is_picture(head: bytes) -> bool:
    """Whether a stream is a picture's pixels."""
    return b"/Subtype /Image" in head and b"/Subtype /Form" not in head


def read_picture(head: bytes, body: bytes, nest: Nest) -> Iterator[Part]:
    """The metadata of a picture that is stored as a file of its kind; of others there are only pixels."""
    last = _filters(head)[-1:]
    if last and last[0] in _JPEG:
        yield from nest.inside("a picture", "", unfiltered(head, body, nest.allowance))
    elif last == [_JPEG2000]:
        yield Unread("holds a picture of a kind that is not read")


def read_stream(head: bytes, body: bytes, role: str, label: str, nest: Nest) -> Iterator[Part]:
    """The texts of an unpacked stream that is no content of a page or drawing."""
    if b"/Type /Metadata" in head or role == "Metadata":
        yield from read_xmp(body)
    elif role in _NUMBER_ROLES or any(mark in head for mark in _NUMBERS):
        return
    elif role == "ToUnicode":
        said = [*strings(_CODES.sub(b"", body)), *(one.decode("latin-1") for one in _COMMENT.findall(body))]
        yield Piece("\n".join(dict.fromkeys(said)), Form.DATA, "a table of letters")
    elif role == "ICCBased":
        yield from read_profile(body)
    elif role == "FontFile2" or body.startswith(b"OTTO"):
        yield from labelled("a font", _font(body, nest.allowance))
    elif role.startswith("FontFile"):
        # The head of a font of the older kinds is text, or holds its names; after it come coded outlines.
        yield from texts(body.partition(b"eexec")[0][:_OUTLINES_HEAD], "a font")
    else:
        yield from nest.inside(label, "", body)


def _font(body: bytes, allowance: Allowance) -> Iterator[Part]:
    for tag, table in fonts.tables(body, allowance):
        if tag == "name":
            yield from fonts.names(table)
        elif tag == "CFF":
            yield from texts(table[:_OUTLINES_HEAD], "")


def draws_text(head: bytes, body: bytes) -> bool:
    """Whether a stream is the content of a drawing, a pattern, a letter, or of a page that is no more."""
    if b"/Subtype /Form" in head or b"/PatternType 1" in head:
        return True
    return b"/Type /" not in head and _DRAWS.search(body) is not None
