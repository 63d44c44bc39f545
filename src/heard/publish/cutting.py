"""Makes one static cut of a font file: for print, and for the web.

What it draws stays as it is, with its own name and licence; colours, bitmaps and hints go. Its lines are made as high
as those of the cut of ours that it stands in for, so that everything lies where it would.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from heard.publish.fonts import FACES, FOLDER, OTHERS, WESTERN, Face
from heard.publish.pinning import pinned

GREEK, CYRILLIC = ((0x370, 0x3FF), (0x1F00, 0x1FFF)), ((0x400, 0x52F),)
_ALPHABETS = (
    (GREEK, "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώ"),
    (CYRILLIC, "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"),
)
"""Letters that a font must have of a script: with fewer its words would be of two fonts."""

MANY = 4000
"""Letters of one font beyond which it is left whole for print, and its rare ones are left off pages."""

_PICTURES = ("COLR", "CPAL", "SVG ", "sbix", "CBDT", "CBLC", "EBDT", "EBLC", "EBSC", "DSIG")
_LINES = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
}
_FEATURES = ("kern", "liga", "clig", "calt", "ccmp", "locl", "mark", "mkmk", "rlig", "onum", "lnum", "tnum", "pnum",
             "sups", "case")  # fmt: skip
_BY_TYPO = 1 << 7
"""The bit of OS/2 `fsSelection` that says which of its heights count."""

_CALLED = frozenset(face.family for face in FACES)


def cleaned(path: Path) -> bytes:
    """A font file, of whatever kind, without colours, bitmaps, half alphabets, and letters that no paper is set in."""
    font = _opened(path)
    font.flavor = None
    for table in _PICTURES:
        if table in font:
            del font[table]
    kept = whole_alphabets({code for code in font.getBestCmap() if _is_wanted(code)})
    if "fvar" in font and len(kept) > MANY:
        # To make a cut of so many letters would take minutes.
        kept &= _COMMON
    font = _subset(font, kept) if len(kept) <= MANY else _unmapped(font, kept)
    _apart(font)
    for letter in "Hamburgefonts":
        # What is damaged shows where letters are drawn.
        _draw(font, letter)
    return _bytes(font)


def cut(font: bytes, place: Sequence[tuple[str, float]], face: Face) -> bytes:
    """A cut of a cleaned font at a place on its axes, on lines as high as those of a cut of ours."""
    with _opened(FOLDER / f"{face.stem}.ttf") as ours, _opened(font) as opened:
        own = opened
        if "fvar" in own:
            own = pinned(own, dict(place))
            _named(own, dict(place))
        by = own["head"].unitsPerEm / ours["head"].unitsPerEm
        for table, keys in _LINES.items():
            for key in keys:
                setattr(own[table], key, round(getattr(ours[table], key) * by))
        own["OS/2"].fsSelection |= _BY_TYPO
        return _bytes(own)


def _is_wanted(code: int) -> bool:
    """Whether a letter is of those that papers are written in: all scripts, but no phonetics and no signs of makers."""
    return code in _COMMON or (code > CYRILLIC[-1][1] and not any(low <= code <= high for low, high in _UNWANTED))


def whole_alphabets(has: set[int]) -> set[int]:
    """The letters of a font without those of Greek or Cyrillic if it lacks some: words of two fonts look mended."""
    for ranges, alphabet in _ALPHABETS:
        if not set(map(ord, alphabet)) <= has:
            has = has - spread(ranges)
    return has


def spread(ranges: Sequence[tuple[int, int]]) -> set[int]:
    """Every code point of some ranges."""
    return {code for low, high in ranges for code in range(low, high + 1)}


_COMMON = frozenset(spread((*WESTERN, *OTHERS, *GREEK, *CYRILLIC)))
_UNWANTED = (
    (0x1C80, 0x1C8F), (0x1D00, 0x1DFF), (0x2000, 0x2E7F), (0xA640, 0xA7FF), (0xAB30, 0xAB6F), (0xE000, 0xF8FF),
    (0xFB00, 0xFB06), (0xFE00, 0xFE2F), (0xFFF0, 0xFFFF), (0x1D400, 0x1FFFF), (0xE0000, 0x10FFFF),
)  # fmt: skip


def _unmapped(font: Any, kept: set[int]) -> Any:
    """The font with all its glyphs, of which only those of some letters can be called."""
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if code in kept}
    return font


def _subset(font: Any, kept: set[int]) -> Any:
    from fontTools import subset

    options = subset.Options(hinting=False, notdef_outline=True, recalc_timestamp=False)
    others = [] if kept <= _COMMON else options.layout_features
    options.layout_features = [*_FEATURES, *others]
    options.drop_tables += ["FFTM", "PfEd", "TeX ", "BDF ", "Silf", "Glat", "Gloc", "Sill", "Feat"]
    # Left out meanwhile: it is kept whole, and to look for the names in use takes longer than all the rest.
    names = font["name"]
    del font["name"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    font["name"] = names
    return _opened(_bytes(font))


def _opened(font: Path | bytes) -> Any:
    from fontTools.ttLib import TTFont

    content = font if isinstance(font, bytes) else font.read_bytes()
    return TTFont(BytesIO(content), recalcTimestamp=False, recalcBBoxes=False, lazy=True)


def _bytes(font: Any) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def _named(font: Any, place: Mapping[str, float]) -> None:
    """Call a cut of a variable font after itself, and not after the whole."""
    table = font["name"]
    family = table.getDebugName(16) or table.getDebugName(1) or "Own"
    slanted = any(place.get(tag) for tag in ("ital", "slnt"))
    style = ("SemiBold " * (place.get("wght", 0) > 500) + "Italic" * slanted).strip() or "Regular"
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for number in (*names, 16, 17, 21, 22, 25):
        table.removeNames(nameID=number)
    for number, name in names.items():
        table.setName(name, number, 3, 1, 0x409)


def _apart(font: Any) -> None:
    """Another name for a font that is called what one of ours is: both are in one paper."""
    for record in font["name"].names:
        if record.nameID in (1, 16) and record.toUnicode() in _CALLED:
            record.string = f"{record.toUnicode()} Own"


def _draw(font: Any, letter: str) -> None:
    from fontTools.pens.boundsPen import BoundsPen

    glyphs = font.getGlyphSet()
    glyphs[font.getBestCmap()[ord(letter)]].draw(BoundsPen(glyphs))


def mapped(path: Path, kept: set[int]) -> bytes:
    """A font of which only these letters can be called."""
    return _bytes(_unmapped(_opened(path), kept))


def half(path: Path, kept: set[int]) -> bytes:
    """A part of a font, for the web."""
    font = _subset(_opened(path), kept)
    font.flavor = "woff2"
    return _bytes(font)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep fontTools from telling of dates and other trifles in other people's fonts."""
    log = logging.getLogger("fontTools")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def ranges(codes: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Code points as ranges, lowest first."""
    found: list[tuple[int, int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return tuple(found)
