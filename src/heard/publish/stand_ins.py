"""What a page shows until an expert's own typeface is there: the reader's, made as wide and as high as it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from heard.publish.fonts import FOLDER, STAND_INS, StandIn
from heard.publish.own_fonts import ROLES

_OFTEN = {
    " ": 18, "e": 10, "t": 7.5, "a": 6.5, "o": 6.2, "i": 5.7, "n": 5.7, "s": 5.3, "h": 5, "r": 4.9, "d": 3.3, "l": 3.3,
    "u": 2.3, "c": 2.2, "m": 2, "f": 2, "w": 1.7, "g": 1.6, "p": 1.5, "y": 1.4, "b": 1.3, "v": 0.8, "k": 0.6,
}  # fmt: skip
"""How often the letters of English come in a hundred."""

_OURS = {True: ("Newsreader", "newsreader-400"), False: ("Archivo", "archivo-400")}
_ENDS = {
    True: 'Georgia, "Times New Roman", serif',
    False: '"Helvetica Neue", Arial, sans-serif',
}
_PROPERTIES = {ROLES["text"]: "--h-text", ROLES["titles"]: "--h-display", ROLES["labels"]: "--h-sans"}
_SANS_CLASS, _LATIN_TEXT, _SANS_SHAPES = 8, 2, range(11, 16)


def stand_ins(ours: str, name: str, path: Path) -> Iterator[StandIn]:
    """The stand-ins of a typeface that the site calls `name`, in the place of a family of ours."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        family, stem = _OURS[_has_serifs(font, ours)]
        wide, heights = (
            _mean(font),
            [abs(h) / font["head"].unitsPerEm for h in (font["hhea"].ascent, font["hhea"].descent)],
        )
    with TTFont(FOLDER / f"{stem}.ttf", lazy=True) as font:
        by = wide / _mean(font)
    for one in STAND_INS:
        if one.family == family:
            ascent, descent = (round(height * 10_000 / (one.size * by), 1) for height in heights)
            yield StandIn(name, one.name, one.own, round(one.size * by, 1), ascent, descent)


def stack(family: str, name: str, path: Path) -> Iterator[tuple[str, str]]:
    """The custom property that names a family of ours, with an expert's own in its place."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        serifs = _has_serifs(font, family)
    names = ", ".join(f'"{name} {one.name}"' for one in STAND_INS if one.family == _OURS[serifs][0])
    yield _PROPERTIES[family], f'"{name}", {names}, {_ENDS[serifs]}'
    if family == ROLES["text"]:
        yield "--md-text-font", f'"{name}"'


def _has_serifs(font: Any, ours: str) -> bool:
    """Whether a typeface has serifs, as its maker says; where nothing is said it is taken to be like ours."""
    table = font["OS/2"]
    group = table.sFamilyClass >> 8
    if group:
        return bool(group not in (_SANS_CLASS, 9, 10))
    kind, style = int(table.panose.bFamilyType), int(table.panose.bSerifStyle)
    said = kind == _LATIN_TEXT and style > 1
    return style not in _SANS_SHAPES if said else ours != ROLES["labels"]


def _mean(font: Any) -> float:
    """How wide a letter is in the mean, in parts of the size."""
    widths, names, units = font["hmtx"].metrics, font.getBestCmap(), font["head"].unitsPerEm
    known = {letter: often for letter, often in _OFTEN.items() if ord(letter) in names}
    total = sum(widths[names[ord(letter)]][0] * often for letter, often in known.items())
    return float(total / units / sum(known.values()))
