"""The typefaces: static cuts of Newsreader and Archivo, a face for code and one for signs.

They are shipped finished: `<stem>.ttf` for print and `<stem>.woff2` for the web, with their licences.
tools/make_fonts.py makes them from the variable originals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

RECIPE = 2
"""Raised whenever the bytes of a font change."""

FOLDER = Path(__file__).parent / "fonts"
"""Where the fonts lie."""


@dataclass(frozen=True, slots=True)
class Face:
    """One cut, as CSS names it; `web` tells whether the site uses it too."""

    family: Literal["Newsreader", "Newsreader Display", "Archivo", "Mono", "Symbols"]
    weight: int
    style: Literal["normal", "italic"]
    stem: str
    web: bool = True


FACES: tuple[Face, ...] = (
    Face("Newsreader", 400, "normal", "newsreader-400"),
    Face("Newsreader", 400, "italic", "newsreader-400i"),
    Face("Newsreader", 600, "normal", "newsreader-600"),
    Face("Newsreader Display", 400, "normal", "newsreader-display-400"),
    Face("Newsreader Display", 400, "italic", "newsreader-display-400i"),
    Face("Archivo", 400, "normal", "archivo-400"),
    Face("Archivo", 600, "normal", "archivo-600"),
    Face("Mono", 400, "normal", "mono-400", web=False),
    Face("Symbols", 400, "normal", "symbols-400", web=False),
)
WEB_FACES = tuple(face for face in FACES if face.web)


def font_face_css(address: str, ending: Literal["ttf", "woff2"]) -> str:
    """The `@font-face` rules for the files below `address`, which ends with a slash."""
    kind = "truetype" if ending == "ttf" else "woff2"
    swap = "" if ending == "ttf" else "font-display:swap;"
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};{swap}"
        f'src:url("{address}{face.stem}.{ending}") format("{kind}")}}\n'
        for face in (FACES if ending == "ttf" else WEB_FACES)
    )


def licences() -> tuple[Path, ...]:
    """The licences that go wherever the site's fonts go."""
    return tuple(FOLDER / f"{family}-LICENSE.txt" for family in ("Archivo", "Newsreader"))


@cache
def drawable() -> frozenset[int]:
    """Every code point that some face can draw; what is in none would print as an empty box."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for stem in ("newsreader-400", "archivo-400", "mono-400", "symbols-400"):
        with TTFont(FOLDER / f"{stem}.ttf", lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)
