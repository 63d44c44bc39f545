"""The typefaces: static cuts of Newsreader and Archivo, a face for code and one for signs.

Newsreader and Archivo know Latin letters only. For Greek and Cyrillic each cut has a companion, a cut of Source Serif
or Roboto that goes by the same family name and has nothing but those letters: so no style sheet needs to know of it,
no browser fetches it for another script, and no PDF holds it that does not need it. For the web each Latin cut is in
two files, for the same reason: what western Europe writes, and the rest.

They are shipped finished: `<stem>.ttf` for print, `<stem>.woff2` and `<stem>-more.woff2` for the web, with their
licences. tools/make_fonts.py makes them from the variable originals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

RECIPE = 3
"""Raised whenever the bytes of a font for print change."""

FOLDER = Path(__file__).parent / "fonts"
"""Where the fonts lie."""


@dataclass(frozen=True, slots=True)
class Face:
    """One cut, as CSS names it; `web` tells whether the site uses it too.

    A companion has `letters`, the ranges it is used for, as CSS writes them.
    """

    family: Literal["Newsreader", "Newsreader Display", "Archivo", "Mono", "Symbols"]
    weight: int
    style: Literal["normal", "italic"]
    stem: str
    web: bool = True
    letters: str = ""


GREEK_AND_CYRILLIC = ((0x370, 0x3FF), (0x400, 0x45F), (0x490, 0x491))
"""What the companions draw: modern Greek; Bulgarian, Macedonian, Russian, Serbian and Ukrainian."""

_LETTERS = ", ".join(f"U+{low:04X}-{high:04X}" for low, high in GREEK_AND_CYRILLIC)

FACES: tuple[Face, ...] = (
    Face("Newsreader", 400, "normal", "newsreader-400"),
    Face("Newsreader", 400, "italic", "newsreader-400i"),
    Face("Newsreader", 600, "normal", "newsreader-600"),
    Face("Newsreader Display", 400, "normal", "newsreader-display-400"),
    Face("Newsreader Display", 400, "italic", "newsreader-display-400i"),
    Face("Archivo", 400, "normal", "archivo-400"),
    Face("Archivo", 600, "normal", "archivo-600"),
    Face("Newsreader", 400, "normal", "source-serif-400", letters=_LETTERS),
    Face("Newsreader", 400, "italic", "source-serif-400i", letters=_LETTERS),
    Face("Newsreader", 600, "normal", "source-serif-600", letters=_LETTERS),
    Face("Newsreader Display", 400, "normal", "source-serif-display-400", letters=_LETTERS),
    Face("Newsreader Display", 400, "italic", "source-serif-display-400i", letters=_LETTERS),
    Face("Archivo", 400, "normal", "roboto-400", letters=_LETTERS),
    Face("Archivo", 600, "normal", "roboto-600", letters=_LETTERS),
    Face("Mono", 400, "normal", "mono-400", web=False),
    Face("Symbols", 400, "normal", "symbols-400", web=False),
)

WESTERN = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DA, 0x2DA), (0x2DC, 0x2DC),
    (0x2000, 0x206F), (0x2070, 0x2079), (0x2080, 0x2089), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x2199),
    (0x21A9, 0x21A9), (0x2212, 0x2212), (0x2215, 0x2215), (0x221E, 0x221E), (0x2248, 0x2248), (0x2260, 0x2260),
    (0x2264, 0x2265),
)  # fmt: skip
"""What pages in English, French, German, Spanish and their neighbours are set in, with the signs that papers use."""

OTHERS = (
    (0x100, 0x130), (0x132, 0x151), (0x154, 0x24F), (0x2B0, 0x2C5), (0x2C7, 0x2D9), (0x2DB, 0x2DB), (0x2DD, 0x36F),
    (0x1E00, 0x1EFF), (0x207A, 0x207F), (0x208A, 0x209F), (0x20A0, 0x20AB), (0x20AD, 0x20BF), (0x2100, 0x2121),
    (0x2123, 0x218F), (0x219A, 0x21A8), (0x21AA, 0x21FF), (0x2200, 0x2211), (0x2213, 0x2214), (0x2216, 0x221D),
    (0x221F, 0x2247), (0x2249, 0x225F), (0x2261, 0x2263), (0x2266, 0x22FF), (0x2500, 0x25FF),
)  # fmt: skip
"""Everything else that the Latin cuts draw, as Polish, Czech, Romanian and Turkish need it."""


def _written(ranges: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"U+{low:04X}-{high:04X}" if high > low else f"U+{low:04X}" for low, high in ranges)


def _for_the_web(face: Face) -> tuple[Face, ...]:
    if face.letters:
        return (face,)
    return (
        replace(face, letters=_written(WESTERN)),
        replace(face, stem=f"{face.stem}-more", letters=_written(OTHERS)),
    )


WEB_FACES = tuple(half for face in FACES if face.web for half in _for_the_web(face))
"""What the site's style sheet names, each with the letters it is fetched for."""


def font_face_css(address: str, ending: Literal["ttf", "woff2"]) -> str:
    """The `@font-face` rules for the files below `address`, which ends with a slash."""
    kind = "truetype" if ending == "ttf" else "woff2"
    swap = "" if ending == "ttf" else "font-display:swap;"

    def beside(face: Face) -> str:
        # WeasyPrint takes two faces for one that have family, weight, style and width in common.
        return "" if not face.letters else "font-stretch:condensed;" if ending == "ttf" else _range(face)

    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};{swap}{beside(face)}"
        f'src:url("{address}{face.stem}.{ending}") format("{kind}")}}\n'
        for face in (FACES if ending == "ttf" else WEB_FACES)
    )


def _range(face: Face) -> str:
    return f"unicode-range:{face.letters};"


def licences() -> tuple[Path, ...]:
    """The licences that go wherever the site's fonts go."""
    return tuple(FOLDER / f"{family}-LICENSE.txt" for family in ("Archivo", "Newsreader", "Roboto", "SourceSerif"))


def companion(stem: str) -> str:
    """The cut that draws Greek and Cyrillic beside a cut; empty for one that has no companion."""
    one = next((face for face in FACES if face.stem == stem and not face.letters), None)
    alike = (face for face in FACES if face.letters and one and _cut(face) == _cut(one))
    return next((face.stem for face in alike), "")


def _cut(face: Face) -> tuple[str, int, str]:
    return face.family, face.weight, face.style


@cache
def drawable() -> frozenset[int]:
    """Every code point that some face can draw; what is in none would print as an empty box."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for stem in ("newsreader-400", "archivo-400", "source-serif-400", "mono-400", "symbols-400"):
        with TTFont(FOLDER / f"{stem}.ttf", lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)
