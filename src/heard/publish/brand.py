"""What heard changes of a brand's colours so that words can be read, told in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from heard.publish.colour import LIGHT_GROUND, contrast, to_oklch, tokens
from heard.values import Brand, Expert, Finding, Place, Severity

READ = 4.5
"""The least contrast of words (WCAG 2, level AA)."""

FAR = 0.1
"""A change of OKLCH lightness that everybody sees."""

_SEEN, _PALE = 1.2, 0.04
"""The contrast and the chroma below which a cover cannot be told from the page."""


def findings(expert: Expert, line_of: Callable[[str, str], int]) -> Iterator[Finding]:
    """What is worth knowing of the brand's colours in expert.yml."""
    path = expert.place.path
    for message in (*_as_words(expert.brand), *_as_signal(expert.brand)):
        yield Finding(Place(path, line_of(path, "brand")), Severity.WORTH_A_LOOK, message, "expert/contrast")


def _as_words(brand: Brand) -> Iterator[str]:
    found, page = tokens(brand), tokens(brand)["page"]
    has = contrast(brand.colour, page)
    if has >= READ or _moved(brand.colour, found["brandtext"]) < FAR:
        return
    light = to_oklch(brand.colour).light > LIGHT_GROUND
    covers = f"covers are {found['deep']}"
    if light:
        covers = "covers keep your colour, with dark words on it"
        covers += ", and look like plain paper" * (
            contrast(found["deep"], page) < _SEEN and to_oklch(brand.colour).chroma < _PALE
        )
    yield (
        f"`colour: {brand.colour}` cannot be read as words on white ({_n(has)}:1, and {READ}:1 is the least), so "
        f"quotes, links and figures are set in {found['brandtext']}; {covers}. To have one colour throughout, write "
        f'`colour: "{found["brandtext"]}"`, the nearest that holds'
    )


def _as_signal(brand: Brand) -> Iterator[str]:
    """What becomes of a signal colour that was chosen: nothing is said of ours."""
    found = tokens(brand)
    if brand.signal == Brand().signal or found["signal"] == brand.signal:
        return
    if to_oklch(brand.colour).light > LIGHT_GROUND:
        yield f"`signal: {brand.signal}` is not used: on a colour as light as {brand.colour} all words are dark"
    elif _moved(brand.signal, found["signal"]) >= FAR:
        has = contrast(brand.signal, found["deep"])
        yield (
            f"`signal: {brand.signal}` does not stand out on covers of {found['deep']} ({_n(has)}:1, or too near to "
            f"your colour), so {found['signal']} is used there"
        )


def _moved(one: str, other: str) -> float:
    """How far two colours lie apart in lightness or chroma."""
    a, b = to_oklch(one), to_oklch(other)
    return max(abs(a.light - b.light), abs(a.chroma - b.chroma))


def _n(number: float) -> str:
    return f"{number:.1f}"
