"""The generated style sheet: the brand's colours as variables, and the typefaces."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from heard.publish import colour
from heard.publish.fonts import FOLDER, Face, StandIn, shelf
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

SANS, DISPLAY = "--h-sans", "--h-display"
"""The properties that name the typefaces of labels, which charts are lettered in, too, and of titles."""

HANG = {"“": 1.0, "„": 1.0, "«": 1.2, "«\u00a0": 1.75}
"""How wide a first mark is, beside the English one."""


def tokens_css(brand: Brand, fonts: Path = FOLDER) -> bytes:
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
    held = shelf(fonts)
    faces = "".join((*map(_face, held.web), *map(_stand_in, held.stand_ins), *map(_marks, languages())))
    return (
        f'{faces}:root, [data-md-color-scheme="default"] {{\n  color-scheme: light;\n{light}}}\n'
        f'@media screen {{\n[data-md-color-scheme="slate"] {{\n  color-scheme: dark;\n{dark}}}\n}}\n'
        f"@media screen and (prefers-color-scheme: dark) {{\n{_UNSCRIPTED} {{\n  color-scheme: dark;\n{dark}}}\n}}\n"
        f"{_stacks(held.stacks)}"
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


def _stand_in(one: StandIn) -> str:
    return (
        f'@font-face {{ font-family: "{one.family} {one.name}"; src: {one.own}; size-adjust: {one.size}%; '
        f"ascent-override: {one.ascent}%; descent-override: {one.descent}%; line-gap-override: 0%; }}\n"
    )


def _stacks(stacks: tuple[tuple[str, str], ...]) -> str:
    """The typefaces of an expert's own in the place of the theme's, which comes later but says it less strongly."""
    if not stacks:
        return ""
    rows = "".join(f"  {name}: {value};\n" for name, value in stacks)
    own = {name for name, _ in stacks}
    charts = "html .h-chart svg { font-family: var(--h-sans); }\n" * (SANS in own)
    # The theme sizes a proof's figures by the width of our letters.
    proof = "html .h-proof__sum { white-space: normal; }\n" * (DISPLAY in own)
    return f"html:root {{\n{rows}}}\n{charts}{proof}"


def _face(face: Face) -> str:
    letters = f"unicode-range: {face.letters}; " if face.letters else ""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {face.style}; font-display: swap; {letters}"
        f'src: url("fonts/{face.stem}.woff2") format("woff2"); }}\n'
    )
