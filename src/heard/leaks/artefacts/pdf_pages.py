"""The text of a PDF's pages as PDFium reads it: in the order of reading, with the spaces between words."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from heard.leaks.artefacts.parts import DAMAGED, ENCRYPTED, UnreadError

MOST_PAGES = 2_000
_PASSWORD = 4


def pages(data: bytes) -> Iterator[str]:
    """The text of each page. Raises `UnreadError` where there is no page to read."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadError(ENCRYPTED if raw.FPDF_GetLastError() == _PASSWORD else DAMAGED) from error
    try:
        count = len(document)
        if not count:
            raise UnreadError("has no page")
        if count > MOST_PAGES:
            raise UnreadError(f"has more than {MOST_PAGES:,} pages")
        for number in range(count):
            yield _page(raw, document, number)
    finally:
        document.close()


def _page(raw: Any, document: Any, number: int) -> str:
    page = raw.FPDF_LoadPage(document.raw, number)
    if not page:
        raise UnreadError(DAMAGED)
    text = raw.FPDFText_LoadPage(page)
    try:
        if not text:
            raise UnreadError(DAMAGED)
        return _text(raw, text)
    finally:
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)


def _text(raw: Any, text: Any) -> str:
    count = raw.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    # Letters beyond the first 65,536 are two units each.
    units = 4 * (count + 1)
    buffer = ctypes.create_string_buffer(units)
    written = raw.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    whole = buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    # PDFium marks a hyphen at a line's end with a character of its own.
    return whole.replace("\x02", "-\n").replace("\ufffe", "-\n")
