"""The typefaces: static cuts of Newsreader and Archivo, made once from their variable fonts.

`ensure` gives a folder that holds, for every face, `<stem>.ttf` for print and `<stem>.woff2` for the
web. The folder is named by the packages' versions and the recipe's, so its name says all there is to
know about its bytes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata, resources
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from heard.values import HeardError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RECIPE = 1
"""Raise it whenever a change here changes the bytes of a font."""


@dataclass(frozen=True, slots=True)
class Face:
    """One cut, as CSS names it, and where on the variable font's axes it lies."""

    family: Literal["Newsreader", "Newsreader Display", "Archivo"]
    weight: int
    style: Literal["normal", "italic"]
    stem: str
    variable: str
    axes: tuple[tuple[str, float], ...]


_ROMAN, _ITALIC = "Newsreader[opsz,wght].ttf", "Newsreader-Italic[opsz,wght].ttf"
_SANS = "Archivo[wdth,wght].ttf"

FACES: tuple[Face, ...] = (
    Face("Newsreader", 400, "normal", "newsreader-400", _ROMAN, (("opsz", 12), ("wght", 400))),
    Face("Newsreader", 400, "italic", "newsreader-400i", _ITALIC, (("opsz", 12), ("wght", 400))),
    Face("Newsreader", 600, "normal", "newsreader-600", _ROMAN, (("opsz", 12), ("wght", 620))),
    Face(
        "Newsreader Display", 400, "normal", "newsreader-display-400", _ROMAN,
        (("opsz", 48), ("wght", 400)),
    ),
    Face(
        "Newsreader Display", 400, "italic", "newsreader-display-400i", _ITALIC,
        (("opsz", 48), ("wght", 400)),
    ),
    Face("Archivo", 400, "normal", "archivo-400", _SANS, (("wdth", 93), ("wght", 400))),
    Face("Archivo", 600, "normal", "archivo-600", _SANS, (("wdth", 93), ("wght", 600))),
)  # fmt: skip

RANGES: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F),
    (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
"""Latin with its extensions, Greek, punctuation, currencies, fractions, arrows, signs."""

FEATURES = ("kern", "liga", "clig", "calt", "ccmp", "locl", "mark", "mkmk", "onum", "lnum",
            "tnum", "pnum", "sups", "case")  # fmt: skip


def ensure(cache: Path) -> Path:
    """The folder of finished fonts below `cache`, made if it is not there yet (half a minute)."""
    folder = cache / _folder_name()
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="fonts-", dir=cache))
    try:
        for variable in dict.fromkeys(face.variable for face in FACES):
            _make(tuple(face for face in FACES if face.variable == variable), made)
        made.chmod(0o755)
        _move(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def font_face_css(address: str, ending: Literal["ttf", "woff2"]) -> str:
    """The `@font-face` rules for the files below `address`, which ends with a slash."""
    kind = "truetype" if ending == "ttf" else "woff2"
    swap = "" if ending == "ttf" else "font-display:swap;"
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{face.style};{swap}"
        f'src:url("{address}{face.stem}.{ending}") format("{kind}")}}\n'
        for face in FACES
    )


def licences() -> tuple[tuple[str, bytes], ...]:
    """The licences that go wherever the fonts go: a file name and its text for each family."""
    packages = {"Archivo": "fontpkg_archivo", "Newsreader": "fontpkg_newsreader"}
    texts = ((family, resources.files(package) / "LICENSE") for family, package in packages.items())
    return tuple((f"{family}-LICENSE.txt", text.read_bytes()) for family, text in texts)


def _folder_name() -> str:
    try:
        serif, sans = (metadata.version(f"fontpkg-{name}") for name in ("newsreader", "archivo"))
    except metadata.PackageNotFoundError as missing:
        raise HeardError(f"the font package {missing.name} is not installed: pip install {missing.name}") from missing
    return f"fonts-newsreader{serif}-archivo{sans}-r{RECIPE}"


def _move(made: Path, folder: Path) -> None:
    """Rename into place; where another process was faster, its folder is as good as ours."""
    try:
        made.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _make(faces: tuple[Face, ...], folder: Path) -> None:
    """Write the faces that come from one variable font, for print and for the web."""
    from fontTools.varLib import instancer

    source = _subset(faces[0])
    for face in faces:
        source.seek(0)
        font = _open(source)
        static = instancer.instantiateVariableFont(font, dict(face.axes), inplace=True)
        _rename(static, face)
        static.save(folder / f"{face.stem}.ttf")
        static.flavor = "woff2"
        static.save(folder / f"{face.stem}.woff2")


def _open(source: BytesIO | str) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(source, recalcTimestamp=False)


def _subset(face: Face) -> BytesIO:
    """The variable font with our ranges and features only: done first, it makes the rest quick."""
    from fontTools import subset

    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, notdef_outline=True,
        recalc_timestamp=False, name_IDs=["*"],
    )  # fmt: skip
    package = "fontpkg_archivo" if face.family == "Archivo" else "fontpkg_newsreader"
    with resources.as_file(resources.files(package) / "files" / face.variable) as path:
        font = _open(os.fspath(path))
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
        subsetter.subset(font)
        written = BytesIO()
        font.save(written)
    return written


def _rename(font: TTFont, face: Face) -> None:
    """Name the cut after itself: otherwise every cut is called “Newsreader Regular”."""
    style = ("SemiBold " if face.weight > 400 else "") + ("Italic" if face.style == "italic" else "")
    style = style.strip() or "Regular"
    names: dict[int, str] = {
        1: face.family,
        2: style,
        4: f"{face.family} {style}",
        6: f"{face.family}-{style}".replace(" ", ""),
    }
    table: Any = font["name"]
    for number in (16, 17, 21, 22, 25):
        table.removeNames(nameID=number)
    for number, name in names.items():
        table.removeNames(nameID=number)
        table.setName(name, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = face.weight
