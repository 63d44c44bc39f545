"""What the codes of a PDF's fonts mean: their ToUnicode tables, or their encodings by names of letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heard.leaks.artefacts.pdf_strings import unhexed

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CELL = re.compile(rb"<([0-9A-Fa-f\s]*+)>|(\[)|(\])")
_PAIR = re.compile(rb"<([0-9A-Fa-f]++)>\s*+<([0-9A-Fa-f\s]*+)>")
UNCLEAR = "\ufffd"
"""Stands for a code of which the file does not say what letter it is."""
_MOST_CODES = 1 << 16


@dataclass(frozen=True, slots=True)
class Font:
    """How a font's codes are read: bytes a code, and the letters of each; `unclear` if the file does not say them."""

    width: int
    letters: dict[int, str]
    unclear: bool = False

    def read(self, codes: bytes) -> str:
        """The letters of a shown string."""
        if self.width == 1:
            return codes.decode("latin-1").translate(self.letters)
        return codes.decode("utf-16-be", "replace").translate(self.letters)


def font_of(font: Any, stream: Callable[[Any], bytes]) -> Font:
    """How to read a font that is given as its dictionary; `stream` unpacks its ToUnicode."""
    composite = font.get("/Subtype") == "/Type0"
    table = font.get("/ToUnicode")
    if table is not None and hasattr(table, "read_raw_bytes"):
        letters = _to_unicode(stream(table))
        if not composite:
            return Font(1, _simple(font) | letters)
        return Font(2, defaultdict(lambda: UNCLEAR, {0: ""} | letters))
    if composite:
        # Codes that are numbers of outlines, with no word of the letters that they draw.
        return Font(2, {}, unclear=font.get("/Encoding") in ("/Identity-H", "/Identity-V"))
    return Font(1, _simple(font))


def _to_unicode(table: bytes) -> dict[int, str]:
    letters: dict[int, str] = {}
    for kind, body in _SECTION.findall(table):
        if kind == b"bfchar":
            letters |= {int(code, 16): _utf16(unhexed(text)) for code, text in _PAIR.findall(body)}
            continue
        cells = [(unhexed(digits), mark + close) for digits, mark, close in _CELL.findall(body)]
        _ranges(cells, letters)
    return letters


def _ranges(cells: list[tuple[bytes, bytes]], letters: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(cells):
        first, last = int.from_bytes(cells[at][0]), int.from_bytes(cells[at + 1][0])
        last = min(last, first + _MOST_CODES)
        if cells[at + 2][1] == b"[":
            at += 3
            while at < len(cells) and cells[at][1] != b"]":
                letters[first] = _utf16(cells[at][0])
                first, at = first + 1, at + 1
            at += 1
            continue
        text = _utf16(cells[at + 2][0])
        if text and len(letters) < _MOST_CODES:
            letters |= {
                code: text[:-1] + chr(min(ord(text[-1]) + code - first, 0x10FFFF)) for code in range(first, last + 1)
            }
        at += 3


def _utf16(value: bytes) -> str:
    return value.decode("utf-16-be", "replace") if len(value) > 1 else value.decode("latin-1")


def _simple(font: Any) -> dict[int, str]:
    """The letters of a font of one byte a code: a named encoding, and the differences from it."""
    import pikepdf

    encoding = font.get("/Encoding")
    differences: Any = ()
    if isinstance(encoding, pikepdf.Dictionary):
        differences = encoding.get("/Differences", ())
        encoding = encoding.get("/BaseEncoding")
    codec = "mac-roman" if encoding == "/MacRomanEncoding" else "cp1252"
    letters = {code: bytes((code,)).decode(codec, "replace") for code in range(128, 256)}
    return letters | _differences(differences)


def _differences(differences: Any) -> dict[int, str]:
    from fontTools import agl

    letters: dict[int, str] = {}
    code = 0
    for one in differences:
        if isinstance(one, int):
            code = int(one)
            continue
        letters[code] = agl.toUnicode(str(one).removeprefix("/")) or UNCLEAR
        code += 1
    return letters
