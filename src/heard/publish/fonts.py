"""The typefaces: static cuts of Newsreader and Archivo, a face for code and one for signs.

Newsreader and Archivo know Latin letters only. For Greek and Cyrillic each cut has a companion, a cut of Source Serif
or Roboto that goes by the same family name and has nothing but those letters: so no style sheet needs to know of it,
no browser fetches it for another script, and no PDF holds it that does not need it. For the web each Latin cut is in
two files, for the same reason: what western Europe writes, and the rest.

They are shipped finished: `<stem>.ttf` for print, `<stem>.woff2` and `<stem>-more.woff2` for the web, with their
licences. tools/make_fonts.py makes them from the variable originals. Where an expert has fonts of their own, another
folder takes this one's place (see `shelving`): under our stems lie their cuts, and `shelf.json` says how it differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
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

    A companion has `letters`, the ranges it is used for, as CSS writes them. In print `stretch` tells it from the cut
    that it stands behind: WeasyPrint takes two faces for one that have family, weight, style and width in common.
    """

    family: str
    weight: int
    style: Literal["normal", "italic"]
    stem: str
    web: bool = True
    letters: str = ""
    stretch: str = ""


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
    Face("Newsreader", 400, "normal", "source-serif-400", letters=_LETTERS, stretch="condensed"),
    Face("Newsreader", 400, "italic", "source-serif-400i", letters=_LETTERS, stretch="condensed"),
    Face("Newsreader", 600, "normal", "source-serif-600", letters=_LETTERS, stretch="condensed"),
    Face("Newsreader Display", 400, "normal", "source-serif-display-400", letters=_LETTERS, stretch="condensed"),
    Face("Newsreader Display", 400, "italic", "source-serif-display-400i", letters=_LETTERS, stretch="condensed"),
    Face("Archivo", 400, "normal", "roboto-400", letters=_LETTERS, stretch="condensed"),
    Face("Archivo", 600, "normal", "roboto-600", letters=_LETTERS, stretch="condensed"),
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


def written(ranges: Iterable[tuple[int, int]]) -> str:
    """Ranges of code points as CSS writes them."""
    return ", ".join(f"U+{low:04X}-{high:04X}" if high > low else f"U+{low:04X}" for low, high in ranges)


def _for_the_web(face: Face) -> tuple[Face, ...]:
    if face.letters:
        return (face,)
    return (
        replace(face, letters=written(WESTERN)),
        replace(face, stem=f"{face.stem}-more", letters=written(OTHERS)),
    )


WEB_FACES = tuple(half for face in FACES if face.web for half in _for_the_web(face))
"""What the site's style sheet names, each with the letters it is fetched for."""

PRELOAD = ("newsreader-400", "newsreader-display-400", "archivo-400")
"""The faces that every page shows above the fold."""

SHELF = "shelf.json"
BEHIND = "-ours"
"""What ends the stem of our cut behind an expert's own: it has the letters that theirs lacks."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """A typeface of the reader's own until `family` is there: in per cent, so that no line moves then."""

    family: str
    name: str
    own: str
    size: float
    ascent: float
    descent: float


STAND_INS = (
    StandIn("Newsreader", "Georgia", 'local("Georgia"), local("Gelasio")', 103.5, 71.0, 25.6),
    StandIn("Newsreader", "DejaVu", 'local("DejaVu Serif")', 90.1, 81.5, 29.4),
    StandIn("Newsreader Display", "Georgia", 'local("Georgia"), local("Gelasio")', 95.5, 77.0, 27.7),
    StandIn("Newsreader Display", "DejaVu", 'local("DejaVu Serif")', 83.2, 88.4, 31.9),
    StandIn(
        "Archivo",
        "Arial",
        'local("Arial"), local("Roboto"), local("Liberation Sans"), local("Arimo")',
        92.4,
        95.1,
        22.7,
    ),
    StandIn("Archivo", "DejaVu", 'local("DejaVu Sans")', 80.4, 109.1, 26.1),
)
"""The size is the mean width of our letters over that of theirs, both weighted as English uses them."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder of fonts holds, for print and for the web, and how the site's style sheet calls it.

    `stacks` are custom properties and their values, where they differ from the theme's. `broken` are our stems whose
    file of the expert's own could not be made into a cut, each with what went wrong.
    """

    faces: tuple[Face, ...]
    web: tuple[Face, ...]
    preload: tuple[str, ...]
    stand_ins: tuple[StandIn, ...]
    stacks: tuple[tuple[str, str], ...] = ()
    broken: tuple[tuple[str, str], ...] = ()


OURS = Shelf(FACES, WEB_FACES, PRELOAD, STAND_INS)


@cache
def shelf(folder: Path) -> Shelf:
    """What a folder of fonts holds. Raises `OSError` or `ValueError` where it is not whole."""
    if folder == FOLDER:
        return OURS
    found = json.loads((folder / SHELF).read_bytes())
    return Shelf(
        tuple(Face(**one) for one in found["faces"]),
        tuple(Face(**one) for one in found["web"]),
        tuple(found["preload"]),
        tuple(StandIn(**one) for one in found["stand_ins"]),
        tuple((name, value) for name, value in found["stacks"]),
        tuple((stem, why) for stem, why in found["broken"]),
    )


def as_json(one: Shelf) -> bytes:
    """A shelf as `shelf` reads it."""
    return json.dumps(asdict(one), indent=1, ensure_ascii=False).encode()


def font_face_css(address: str, ending: Literal["ttf", "woff2"], folder: Path = FOLDER) -> str:
    """The `@font-face` rules for the files below `address`, which ends with a slash."""
    kind = "truetype" if ending == "ttf" else "woff2"
    swap = "" if ending == "ttf" else "font-display:swap;"

    def beside(face: Face) -> str:
        if ending == "ttf":
            return f"font-stretch:{face.stretch};" if face.stretch else ""
        return f"unicode-range:{face.letters};" if face.letters else ""

    held = shelf(folder)
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};{swap}{beside(face)}"
        f'src:url("{address}{face.stem}.{ending}") format("{kind}")}}\n'
        for face in (held.faces if ending == "ttf" else held.web)
    )


_LICENCES = {"archivo": "Archivo", "newsreader": "Newsreader", "roboto": "Roboto", "source": "SourceSerif"}


def licences(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The licences that go wherever the site's fonts of ours go."""
    shown = {face.stem.partition("-")[0] for face in shelf(folder).web}
    return tuple(FOLDER / f"{family}-LICENSE.txt" for stem, family in _LICENCES.items() if stem in shown)


def companion(stem: str) -> str:
    """The cut that draws Greek and Cyrillic beside a cut; empty for one that has no companion."""
    one = next((face for face in FACES if face.stem == stem and not face.letters), None)
    alike = (face for face in FACES if face.letters and one and _cut(face) == _cut(one))
    return next((face.stem for face in alike), "")


def _cut(face: Face) -> tuple[str, int, str]:
    return face.family, face.weight, face.style


def behind(font: Path) -> Path | None:
    """Our cut behind an expert's own of this file, with the letters that theirs lacks, if there is one."""
    ours = font.with_name(f"{font.stem}{BEHIND}.ttf")
    return ours if ours.is_file() else None


@cache
def drawable(folder: Path = FOLDER) -> frozenset[int]:
    """Every code point that some face can draw; what is in none would print as an empty box."""
    found: set[int] = set()
    for stem in ("newsreader-400", "archivo-400", "source-serif-400", "mono-400", "symbols-400"):
        path = folder / f"{stem}.ttf"
        for one in (path, behind(path)):
            found |= letters(one) if one and one.is_file() else set()
    return frozenset(found)


def letters(font: Path) -> set[int]:
    """The code points that a font draws."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        return set(opened.getBestCmap() or ())
