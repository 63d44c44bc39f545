"""How wide words are in Archivo, and where they break."""

from __future__ import annotations

import re
from functools import lru_cache

from heard.publish.fonts import FOLDER

UNKNOWN = 0.6
"""The width of a letter that the typeface lacks, in its size."""

SPARE = 1.03
"""Kerning may make words so much wider than their letters."""

_TOGETHER = re.compile(r"(?<=\d) (?=[^\W\d_]{1,3}(?: |$)|[°%€])")


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """The width of words on one line, in the unit of `size`."""
    advances = _advances("archivo-600" if bold else "archivo-400")
    return SPARE * size * sum(advances.get(ord(letter), UNKNOWN) for letter in text)


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The words in lines no wider than `width`; a word that is wider is cut into pieces.

    A number and its unit stay together.
    """
    lines: list[str] = []
    for word in together(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else ""
        if lines and wide(longer, size, bold=bold) <= width + 0.01:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, size, width, bold=bold))
    return tuple(lines)


def _pieces(word: str, size: float, width: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter, size, bold=bold) > width + 0.01:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def together(text: str) -> str:
    """The words with a space that does not break between a number and its unit."""
    return _TOGETHER.sub("\u00a0", text)


@lru_cache(maxsize=4)
def _advances(stem: str) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(FOLDER / f"{stem}.ttf", lazy=True) as opened:
        widths, units = opened["hmtx"].metrics, opened["head"].unitsPerEm
        return {code: widths[name][0] / units for code, name in opened.getBestCmap().items()}
