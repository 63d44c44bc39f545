"""How wide words are in the typeface of labels, and where they break."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from heard.publish.fonts import FOLDER, behind

UNKNOWN = 0.6
"""The width of a letter that the typeface lacks, in its size."""

SPARE = 1.03
"""Kerning may make words so much wider than their letters."""

_TOGETHER = re.compile(r"(?<=\d) (?=[^\W\d_]{1,3}(?: |$)|[°%€])")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart is drawn on: its width and the size of its letters, both in pixels of CSS, and its typefaces."""

    width: float
    size: float
    narrow: bool = False
    fonts: Path = FOLDER

    @property
    def line(self) -> float:
        """From one line of words to the next."""
        return round(self.size * 1.3, 1)


def wide(text: str, sheet: Sheet, *, bold: bool = False) -> float:
    """The width of words on one line, in pixels of CSS."""
    advances = _advances(sheet.fonts / f"archivo-{600 if bold else 400}.ttf")
    return SPARE * sheet.size * sum(advances.get(ord(letter), UNKNOWN) for letter in text)


def wrapped(text: str, sheet: Sheet, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The words in lines no wider than `width`; a word that is wider is cut into pieces.

    A number and its unit stay together.
    """
    lines: list[str] = []
    for word in together(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else ""
        if lines and wide(longer, sheet, bold=bold) <= width + 0.01:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, sheet, width, bold=bold))
    return tuple(lines)


def _pieces(word: str, sheet: Sheet, width: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter, sheet, bold=bold) > width + 0.01:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def together(text: str) -> str:
    """The words with a space that does not break between a number and its unit."""
    return _TOGETHER.sub("\u00a0", text)


@lru_cache(maxsize=8)
def _advances(font: Path) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        widths, units = opened["hmtx"].metrics, opened["head"].unitsPerEm
        found = {code: widths[name][0] / units for code, name in opened.getBestCmap().items()}
    ours = behind(font)
    return {**_advances(ours), **found} if ours else found
