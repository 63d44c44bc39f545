"""PDF: the text of its pages, and all else in it that could hold a name, also what was deleted but still lies there.

Two readers, so that neither has to be trusted: PDFium gives the text of the pages as it is read, with its spaces; and
every content is read once more in the order in which it is written. The second is given only where it says something
that the first does not: hidden letters, drawings that no page shows, text behind a replacement text.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from heard.leaks.artefacts.parts import DAMAGED, ENCRYPTED, TRUNCATED, Nest, Part, Unread, UnreadError, texts
from heard.leaks.artefacts.pdf_content import Written, written
from heard.leaks.artefacts.pdf_drawn import Drawn, fonts_of, pages_written
from heard.leaks.artefacts.pdf_layout import Layout, comments, earlier, layout, loose
from heard.leaks.artefacts.pdf_objects import name_pieces, object_pieces
from heard.leaks.artefacts.pdf_older import older_parts
from heard.leaks.artefacts.pdf_pages import pages
from heard.leaks.artefacts.pdf_streams import draws_text, is_picture, read_picture, read_stream, roles, unfiltered
from heard.leaks.artefacts.png import after_end
from heard.leaks.secret import Form, Piece

_NO_HYPHENS = dict.fromkeys(map(ord, "-\u00ad\u2010"))
_MOST_MEMORY = 50_000_000


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """All texts of a PDF."""
    import pikepdf

    # What qpdf logs of damaged files may quote them.
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL + 1)
    parts = layout(data)
    yield from _around(data, parts, nest)
    pikepdf.settings.set_qpdf_limits(flate_max_memory=_MOST_MEMORY, run_length_max_memory=_MOST_MEMORY)
    try:
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnreadError(ENCRYPTED) from error
    except pikepdf.PdfError as error:
        raise UnreadError(DAMAGED) from error
    with pdf:
        if pdf.is_encrypted:
            raise UnreadError(ENCRYPTED)
        yield from _document(pdf, data, parts, nest)
        if pdf.get_warnings():
            yield Unread("is damaged in places")
    before = earlier(data, parts)
    if before is not None:
        yield from nest.inside("an earlier state", name, before)


def _around(data: bytes, parts: Layout, nest: Nest) -> Iterator[Part]:
    """What lies before, after and between the objects."""
    begin, end = data.find(b"%PDF-"), parts.ends[-1] if parts.ends else len(data)
    if begin > 0 and data[:begin].strip():
        yield from nest.inside("what precedes its beginning", "", data[:begin])
    if not parts.ends:
        yield Unread(TRUNCATED)
    yield from after_end(data[end:], nest)
    # What lies around the document is read by now.
    rest = parts.rest.removesuffix(data[end:]).removeprefix(data[: max(0, begin)])
    said, junk = zip(*map(comments, loose(rest)), strict=True)
    yield from texts(b"\n".join(filter(None, said)), "a comment in the file")
    if any(junk):
        yield from texts(b"\n".join(filter(None, junk)), "bytes between its objects")
        yield Unread("has bytes between its objects that no program shows")


def _document(pdf: Any, data: bytes, parts: Layout, nest: Nest) -> Iterator[Part]:
    """The objects, the pages, and then every other stream."""
    import pikepdf

    streams: list[tuple[Any, bytes]] = []
    dumps: list[bytes] = [pdf.trailer.unparse()]
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream):
            streams.append((one, one.stream_dict.unparse(resolved=True)))
            dumps.append(streams[-1][1])
        elif isinstance(one, pikepdf.Object):
            # Numbers and the like come as themselves.
            dumps.append(one.unparse(resolved=True))
    whole = b"\n".join(dumps)
    yield from object_pieces(dumps)
    yield from name_pieces(whole)

    def unpack(stream: Any) -> bytes:
        return unfiltered(stream.stream_dict.unparse(), stream.read_raw_bytes(), nest.allowance, stream.read_bytes)

    drawn = Drawn(unpack)
    seen = ""
    try:
        own = pages_written(pdf, drawn)
        read_pages = list(pages(data))
        seen = "\n".join(map(_close, read_pages))
        yield from _pages(read_pages, own, seen)
        if not any(read_pages) and b"/Subtype /Image" in whole:
            yield Unread("shows only pictures, and what stands in pictures is not read")
    except UnreadError as error:
        yield Unread(str(error))
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        # Pages of a damaged file are not what they should be; its other streams can still be read.
        yield Unread(DAMAGED)
    yield from _streams(streams, roles(whole), drawn, seen, nest)
    entries = pdf.get_xref_table()
    yield from older_parts(data, parts, entries, whole, drawn.named, nest)


def _close(text: str) -> str:
    """A text without its spaces and hyphens, to be compared: at line ends there are several kinds of these."""
    return "".join(text.split()).translate(_NO_HYPHENS)


def _pages(read_pages: list[str], own: list[Written], seen: str) -> Iterator[Part]:
    for number, (text, mine) in enumerate(zip(read_pages, own, strict=False), 1):
        yield Piece(text, Form.TEXT, f"page {number}")
        yield from _written(mine, _close(text), seen, f"page {number}")


def _written(mine: Written, page: str, seen: str, where: str) -> Iterator[Part]:
    """What a content says that PDFium did not: letters more than on its page, or lines that are on none."""
    text = _close(mine.shown)
    # PDFium puts lines in the order of reading: no other letters and no other lines are no other text.
    if text not in page and not (Counter(text) <= Counter(page) and all(map(seen.__contains__, _lines(mine.shown)))):
        yield Piece(mine.shown, Form.TEXT, where)
    yield Piece(mine.marks, Form.DATA, where)
    if mine.unclear:
        yield Unread(f"has letters in {where} that the file does not name")


def _lines(text: str) -> Iterator[str]:
    return map(_close, text.split("\n"))


def _streams(
    streams: list[tuple[Any, bytes]], used: dict[int, str], drawn: Drawn, seen: str, nest: Nest
) -> Iterator[Part]:
    import pikepdf

    for number, (one, head) in enumerate(streams, 1):
        if one.objgen in drawn.contents or b"/Type /ObjStm" in head or b"/Type /XRef" in head:
            continue
        label = f"stream {number}"
        try:
            if is_picture(head):
                yield from read_picture(head, one.read_raw_bytes(), nest)
                continue
            body = drawn.unpack(one)
            if draws_text(head, body):
                yield from _written(written(body, _fonts(one, drawn)), seen, seen, label)
            else:
                yield from read_stream(head, body, used.get(one.objgen[0], ""), label, nest)
        except UnreadError as error:
            yield Unread(f"holds {label}, which {error}")
        except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
            yield Unread(f"holds {label}, which {DAMAGED}")


def _fonts(stream: Any, drawn: Drawn) -> dict[str, Any]:
    """The fonts of a drawing: its own, else any of the document that has the name."""
    return drawn.named | fonts_of(stream.get("/Resources"), drawn)
