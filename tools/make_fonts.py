"""Makes the shipped fonts from their variable originals: `python tools/make_fonts.py`.

Takes a minute, and needs `pip install .[fonts]` and npm. The fonts are shipped finished, so that nobody
who builds a site waits for this. Run it again when a face, a range or a feature changes (and raise
`RECIPE` in heard/publish/fonts.py if a font for print does); equal packages give equal bytes.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer

from heard.publish.fonts import FACES, FOLDER, GREEK_AND_CYRILLIC, OTHERS, WESTERN, Face, companion

ORIGINALS: dict[str, tuple[str, str, tuple[tuple[str, float], ...]]] = {
    "newsreader-400": ("newsreader", "Newsreader[opsz,wght].ttf", (("opsz", 12), ("wght", 400))),
    "newsreader-400i": ("newsreader", "Newsreader-Italic[opsz,wght].ttf", (("opsz", 12), ("wght", 400))),
    "newsreader-600": ("newsreader", "Newsreader[opsz,wght].ttf", (("opsz", 12), ("wght", 620))),
    "newsreader-display-400": ("newsreader", "Newsreader[opsz,wght].ttf", (("opsz", 48), ("wght", 400))),
    "newsreader-display-400i": ("newsreader", "Newsreader-Italic[opsz,wght].ttf", (("opsz", 48), ("wght", 400))),
    "archivo-400": ("archivo", "Archivo[wdth,wght].ttf", (("wdth", 93), ("wght", 400))),
    "archivo-600": ("archivo", "Archivo[wdth,wght].ttf", (("wdth", 93), ("wght", 600))),
    "source-serif-400": ("source_serif_4", "SourceSerif4[opsz,wght].ttf", (("opsz", 12), ("wght", 400))),
    "source-serif-400i": ("source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf", (("opsz", 12), ("wght", 400))),
    "source-serif-600": ("source_serif_4", "SourceSerif4[opsz,wght].ttf", (("opsz", 12), ("wght", 620))),
    "source-serif-display-400": ("source_serif_4", "SourceSerif4[opsz,wght].ttf", (("opsz", 48), ("wght", 400))),
    "source-serif-display-400i": (
        "source_serif_4",
        "SourceSerif4-Italic[opsz,wght].ttf",
        (("opsz", 48), ("wght", 400)),
    ),
    "roboto-400": ("roboto", "Roboto[wdth,wght].ttf", (("wdth", 93), ("wght", 400))),
    "roboto-600": ("roboto", "Roboto[wdth,wght].ttf", (("wdth", 93), ("wght", 600))),
    "mono-400": ("jetbrains_mono", "JetBrainsMono[wght].ttf", (("wght", 400),)),
}
"""Each face's package, file and place on the variable font's axes."""

SCALES = {"source_serif_4": 0.95, "roboto": 0.98}
"""How much smaller a companion is drawn, so that its letters are as high as those they stand among."""

HEIGHTS = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
}

SPACES = ((0x20, 0x20), (0xA0, 0xA0))
"""What Pango draws with the letters around it, whether or not their font has it."""

LICENCES = (
    ("Newsreader", "newsreader"), ("Archivo", "archivo"), ("Mono", "jetbrains_mono"),
    ("SourceSerif", "source_serif_4"), ("Roboto", "roboto"),
)  # fmt: skip

SYMBOLS = "@fontsource/noto-sans-symbols-2@5.3.0"
SYMBOL_RANGES = ((0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F5F8, 0x1F5F8))

RANGES: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F),
    (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2500, 0x25FF),
)  # fmt: skip
"""Latin with its extensions, Greek, punctuation, currencies, fractions, arrows, box drawing, signs."""

FEATURES = ("kern", "liga", "clig", "calt", "ccmp", "locl", "mark", "mkmk", "onum", "lnum",
            "tnum", "pnum", "sups", "case")  # fmt: skip


def main() -> None:
    """Write every face, and the licences beside them."""
    FOLDER.mkdir(exist_ok=True)
    for face in FACES:
        if face.stem in ORIGINALS:
            save(face, cut(face))
    symbols(next(face for face in FACES if face.stem == "symbols-400"))
    for family, package in LICENCES:
        text = (resources.files(f"fontpkg_{package}") / "LICENSE").read_bytes()
        (FOLDER / f"{family}-LICENSE.txt").write_bytes(text)


def cut(face: Face) -> TTFont:
    """A static cut of a variable font, with our letters and features only: subset first, it is quicker."""
    package, file, axes = ORIGINALS[face.stem]
    with resources.as_file(resources.files(f"fontpkg_{package}") / "files" / file) as path:
        ranges = (*GREEK_AND_CYRILLIC, *SPACES) if face.letters else RANGES
        font = subsetted(TTFont(os.fspath(path), recalcTimestamp=False), ranges)
    whole = BytesIO()
    font.save(whole)
    whole.seek(0)
    made = instancer.instantiateVariableFont(TTFont(whole, recalcTimestamp=False), dict(axes), inplace=True)
    return made if not face.letters else lined_up(scaled(made, SCALES[package]), face)


def scaled(font: TTFont, by: float) -> TTFont:
    """The font with every letter so much smaller on the same body."""
    body = font["head"].unitsPerEm
    scale_upem(font, round(body * by))
    font["head"].unitsPerEm = body
    return font


def lined_up(font: TTFont, face: Face) -> TTFont:
    """A companion with the heights of the cut that it stands beside, so that its lines lie where they would."""
    stem = next(one.stem for one in FACES if companion(one.stem) == face.stem)
    with TTFont(FOLDER / f"{stem}.ttf") as main:
        by = font["head"].unitsPerEm / main["head"].unitsPerEm
        for table, keys in HEIGHTS.items():
            for key in keys:
                setattr(font[table], key, round(getattr(main[table], key) * by))
    return font


def symbols(face: Face) -> None:
    """The signs that no text face has."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(["npm", "pack", "--silent", SYMBOLS], cwd=name, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(name).glob("*.tgz"))) as packed:
            packed.extractall(name, filter="data")
        package = Path(name) / "package"
        font = TTFont(package / "files" / "noto-sans-symbols-2-symbols-400-normal.woff2", recalcTimestamp=False)
        font.flavor = None
        save(face, subsetted(font, SYMBOL_RANGES))
        (FOLDER / "Symbols-LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())


def subsetted(font: TTFont, ranges: tuple[tuple[int, int], ...]) -> TTFont:
    """The font with these ranges only."""
    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, notdef_outline=True, recalc_timestamp=False, name_IDs=["*"]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in ranges for code in range(low, high + 1)])
    subsetter.subset(font)
    return font


def save(face: Face, font: TTFont) -> None:
    """Write a face for print, and for the web if it is used there."""
    rename(font, face)
    font.save(FOLDER / f"{face.stem}.ttf")
    if face.web:
        for_the_web(face)


def for_the_web(face: Face) -> None:
    """Write a face for the web: a companion whole, a Latin cut in its two halves."""
    halves = {"": None} if face.letters else {"": WESTERN, "-more": OTHERS}
    for name, ranges in halves.items():
        with TTFont(FOLDER / f"{face.stem}.ttf", recalcTimestamp=False) as font:
            half = subsetted(font, ranges) if ranges else font
            half.flavor = "woff2"
            half.save(FOLDER / f"{face.stem}{name}.woff2")


def rename(font: TTFont, face: Face) -> None:
    """Name the cut after itself: every cut is called “Newsreader Regular” otherwise, and “Source” is reserved."""
    family = f"{face.family} Greek" if face.letters else face.family
    style = ("SemiBold " if face.weight > 400 else "") + ("Italic" if face.style == "italic" else "")
    style = style.strip() or "Regular"
    names: dict[int, str] = {
        1: family,
        2: style,
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
    }
    table: Any = font["name"]
    for number in (16, 17, 21, 22, 25):
        table.removeNames(nameID=number)
    for number, name in names.items():
        table.removeNames(nameID=number)
        table.setName(name, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight


if __name__ == "__main__":
    main()
