"""The generated style sheet: the brand's colours as variables, and the typefaces."""

from __future__ import annotations

from collections.abc import Mapping

from heard.publish import colour
from heard.publish.fonts import WEB_FACES, Face
from heard.publish.words import languages, raw
from heard.values import Brand

LIGHT = (
    "page", "paper", "ink", "ink2", "rule", "grey", "brandtext", "deep", "deep2", "ondeep",
    "ondeep2", "tint", "tint2", "signal", "onsignal", "stroke", "cross",
)  # fmt: skip

_SEEN = 3.0
"""The least contrast at which a button's shape stands out from the page."""

PRELOAD = ("newsreader-400", "newsreader-display-400", "archivo-400")
"""The faces that every page shows above the fold."""


HANG = {"“": 1.0, "„": 1.0, "«": 1.2, "«\u00a0": 1.75}
"""How wide a first mark is, beside the English one."""


def tokens_css(brand: Brand) -> bytes:
    """Every colour of `brand` as a custom property, light and dark, and `@font-face` for every cut.

    The fonts' addresses are relative to the sheet: `fonts/<stem>.woff2` beside it. Dark is for screens: on paper
    nobody prints the ground.
    """
    tokens = colour.tokens(brand)
    solid = colour.contrast(tokens["deep"], tokens["page"]) >= _SEEN
    button = ("deep", "ondeep") if solid else ("ink", "page")
    light = "".join(f"  --h-{name}: {tokens[name]};\n" for name in LIGHT)
    light += f"  --h-button: {tokens[button[0]]};\n  --h-onbutton: {tokens[button[1]]};\n"
    dark = "".join(f"  --h-{name}: {value};\n" for name, value in _dark(tokens).items())
    faces = "".join(_face(face) for face in WEB_FACES) + "".join(map(_marks, languages()))
    return (
        f'{faces}:root, [data-md-color-scheme="default"] {{\n  color-scheme: light;\n{light}}}\n'
        f'@media screen {{\n[data-md-color-scheme="slate"] {{\n  color-scheme: dark;\n{dark}}}\n}}\n'
    ).encode()


def _dark(tokens: Mapping[str, str]) -> dict[str, str]:
    """Only what differs in the dark: the deep bands stay as they are."""
    return {
        "page": tokens["dark_page"],
        "paper": tokens["dark_surface"],
        "ink": tokens["dark_ink"],
        "ink2": tokens["dark_ink2"],
        "rule": tokens["dark_rule"],
        "grey": tokens["dark_rule"],
        "brandtext": tokens["dark_brandtext"],
        "tint": tokens["dark_surface"],
        "tint2": tokens["dark_rule"],
        "button": tokens["dark_brandtext"],
        "onbutton": tokens["dark_page"],
    }


def _marks(lang: str) -> str:
    """The marks around a voice, and how far the first one hangs: a mark of the language that it is shown in."""
    first, last = raw(lang)["voice"]
    return f':lang({lang}) {{ --h-open: "{first}"; --h-close: "{last}"; --h-mark: {HANG[first]}; }}\n'


def _face(face: Face) -> str:
    letters = f"unicode-range: {face.letters}; " if face.letters else ""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {face.style}; font-display: swap; {letters}"
        f'src: url("fonts/{face.stem}.woff2") format("woff2"); }}\n'
    )
