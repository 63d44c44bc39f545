"""The typefaces: static cuts of Newsreader and Archivo, a face for code and one for signs.

Newsreader and Archivo know Latin letters only. For Greek and Cyrillic each cut has a companion, a cut of Source Serif
or Roboto that goes by the same family name and has nothing but those letters: so no style sheet needs to know of it,
no browser fetches it for another script, and no PDF holds it that does not need it.

They are shipped finished: `<stem>.ttf` for print and `<stem>.woff2` for the web, with their licences.
tools/make_fonts.py makes them from the variable originals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

RECIPE = 3
"""Raised whenever the bytes of a font change."""

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
WEB_FACES = tuple(face for face in FACES if face.web)


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
