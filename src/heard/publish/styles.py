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

_UNSCRIPTED = '.no-js [data-md-color-scheme="default"]:has([data-md-color-media="(prefers-color-scheme: dark)"])'
"""A page whose scripts do not run, on a site that has a dark palette: it follows the system all the same."""

PRELOAD = ("newsreader-400", "newsreader-display-400", "archivo-400")
"""The faces that every page shows above the fold."""


STAND_INS = (
    ("Newsreader Georgia", 'local("Georgia"), local("Gelasio")', 103.5, 71.0, 25.6),
    ("Newsreader DejaVu", 'local("DejaVu Serif")', 90.1, 81.5, 29.4),
    ("Newsreader Display Georgia", 'local("Georgia"), local("Gelasio")', 95.5, 77.0, 27.7),
    ("Newsreader Display DejaVu", 'local("DejaVu Serif")', 83.2, 88.4, 31.9),
    ("Archivo Arial", 'local("Arial"), local("Roboto"), local("Liberation Sans"), local("Arimo")', 92.4, 95.1, 22.7),
    ("Archivo DejaVu", 'local("DejaVu Sans")', 80.4, 109.1, 26.1),
)
"""The reader's own typefaces until ours are there: size, ascent and descent in per cent, so that no line moves then.

The size is the mean width of our letters over that of theirs, both weighted as English uses them.
"""

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
    faces = "".join((*map(_face, WEB_FACES), *(_stand_in(*one) for one in STAND_INS), *map(_marks, languages())))
    return (
        f'{faces}:root, [data-md-color-scheme="default"] {{\n  color-scheme: light;\n{light}}}\n'
        f'@media screen {{\n[data-md-color-scheme="slate"] {{\n  color-scheme: dark;\n{dark}}}\n}}\n'
        f"@media screen and (prefers-color-scheme: dark) {{\n{_UNSCRIPTED} {{\n  color-scheme: dark;\n{dark}}}\n}}\n"
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


def _stand_in(family: str, own: str, size: float, ascent: float, descent: float) -> str:
    return (
        f'@font-face {{ font-family: "{family}"; src: {own}; size-adjust: {size}%; '
        f"ascent-override: {ascent}%; descent-override: {descent}%; line-gap-override: 0%; }}\n"
    )


def _face(face: Face) -> str:
    letters = f"unicode-range: {face.letters}; " if face.letters else ""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {face.style}; font-display: swap; {letters}"
        f'src: url("fonts/{face.stem}.woff2") format("woff2"); }}\n'
    )
