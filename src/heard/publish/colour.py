"""The colours of a site and its papers, all derived from one brand colour.

Lightness is stepped in OKLCH until the promised contrast holds; chroma is reduced until sRGB can show
it. OKLab after Björn Ottosson (https://bottosson.github.io/posts/oklab/); contrast after WCAG 2.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from heard.values import Brand, HeardError

LIGHT_GROUND = 0.68
"""A brand colour lighter than this stays the ground, and ink is written on it."""

_GREY = 0.03
_TOO_CLOSE = 35.0
_STEP = 0.004
_WHITE = "#FFFFFF"
_FAINT, _CROSSING = 1.25, 1.5
"""The contrasts with the ground that uncounted strokes and crossing ones have at least."""


class Oklch(NamedTuple):
    """A colour as lightness (0–1), chroma (0–0.4) and hue (degrees)."""

    light: float
    chroma: float
    hue: float


def contrast(a: str, b: str) -> float:
    """The WCAG contrast ratio of two `#rrggbb` colours, 1 to 21."""
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def tokens(brand: Brand) -> Mapping[str, str]:
    """Every colour token as `#RRGGBB`; the table in the docs says what each is for."""
    base = _without_grey(to_oklch(brand.colour))
    page = _near(base, 0.987, 0.003)
    ink = _near(base, 0.235, 0.025)
    light = {
        "page": page,
        "paper": _WHITE,
        "ink": ink,
        "ink2": _darken(_soft(base, 0.60, 0.02), lambda c: contrast(c, page) >= 6.2),
        "rule": _near(base, 0.885, 0.01),
        "grey": _near(base, 0.80, 0.012),
        "brandtext": _darken(base, lambda c: contrast(c, page) >= 5.5),
        "tint": _near(base, 0.958, 0.014),
        "tint2": _near(base, 0.90, 0.03),
    }
    ground = _light_ground(brand, ink) if base.light > LIGHT_GROUND else _dark_ground(base, brand)
    return {**light, **ground, **_dark_scheme(base)}


def to_oklch(colour: str) -> Oklch:
    """A `#rrggbb` (or `#rgb`) colour in OKLCH."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """The nearest `#RRGGBB` of the same lightness and hue: chroma gives way."""
    colour = colour._replace(light=min(max(colour.light, 0.0), 1.0))
    if not _shown(_to_linear(colour)):
        low, high = 0.0, colour.chroma
        for _ in range(24):
            chroma = (low + high) / 2
            shown = _shown(_to_linear(colour._replace(chroma=chroma)))
            low, high = (chroma, high) if shown else (low, chroma)
        colour = colour._replace(chroma=low)
    return "#" + "".join(f"{round(255 * _encode(part)):02X}" for part in _to_linear(colour))


def _dark_ground(base: Oklch, brand: Brand) -> dict[str, str]:
    """Cover and bands on the brand's colour, darkened until near-white text stands out."""
    ondeep = _near(base, 0.975, 0.01)
    deep = _darken(base, lambda c: contrast(c, ondeep) >= 9.5)
    ondeep2 = _lighten(_soft(base, 0.74, 0.045), lambda c: contrast(c, deep) >= 5.6)
    signal = _lighten(_signal(base, brand), lambda c: contrast(c, deep) >= 6.5)
    return {
        "deep": deep,
        "deep2": _lighten(base._replace(light=to_oklch(deep).light + 0.075), lambda c: contrast(c, deep) >= _FAINT),
        "ondeep": ondeep,
        "ondeep2": ondeep2,
        "signal": signal,
        "onsignal": _darken(_soft(base, 0.235, 0.025), lambda c: contrast(c, signal) >= 5.6),
        "stroke": ondeep2,
        "cross": signal,
    }


def _light_ground(brand: Brand, ink: str) -> dict[str, str]:
    """Yellow and lime stay themselves: ink on the brand's colour, the crossing stroke white."""
    base = to_oklch(brand.colour)
    deep = to_hex(base)
    text = _darken(to_oklch(ink), lambda c: contrast(c, deep) >= 6.2)
    return {
        "deep": deep,
        "deep2": to_hex(base._replace(light=base.light - 0.075)),
        "ondeep": text,
        "ondeep2": text,
        "signal": text,
        "onsignal": _WHITE,
        "stroke": text,
        "cross": _WHITE if contrast(_WHITE, deep) >= _CROSSING else _crossing(_without_grey(base), brand, deep),
    }


def _crossing(base: Oklch, brand: Brand, deep: str) -> str:
    """The crossing stroke on a ground that is nearly white."""
    return _darken(_signal(base, brand), lambda c: contrast(c, deep) >= _CROSSING)


def _dark_scheme(base: Oklch) -> dict[str, str]:
    surface = _near(base, 0.24, 0.018)
    return {
        "dark_page": _near(base, 0.195, 0.014),
        "dark_surface": surface,
        "dark_ink": _near(base, 0.93, 0.008),
        "dark_ink2": _lighten(_soft(base, 0.66, 0.013), lambda c: contrast(c, surface) >= 6.2),
        "dark_rule": _near(base, 0.34, 0.02),
        "dark_brandtext": _lighten(
            base._replace(light=max(base.light, 0.80), chroma=min(base.chroma, 0.12)),
            lambda c: contrast(c, surface) >= 7,
        ),
    }


def _signal(base: Oklch, brand: Brand) -> Oklch:
    """The signal colour, or a pale complement where the brand is too near to it."""
    signal = to_oklch(brand.signal)
    apart = abs((base.hue - signal.hue + 180) % 360 - 180)
    if base.chroma and signal.chroma >= _GREY and apart <= _TOO_CLOSE:
        return Oklch(0.90, 0.06, (base.hue + 180) % 360)
    return signal


def _without_grey(colour: Oklch) -> Oklch:
    """A grey has no hue worth keeping: without chroma it stays grey at every lightness."""
    return Oklch(colour.light, 0.0, 0.0) if colour.chroma < _GREY else colour


def _soft(base: Oklch, light: float, chroma: float) -> Oklch:
    return Oklch(light, min(base.chroma, chroma), base.hue)


def _near(base: Oklch, light: float, chroma: float) -> str:
    return to_hex(_soft(base, light, chroma))


def _darken(colour: Oklch, enough: Callable[[str], bool]) -> str:
    return _walk(colour, -_STEP, enough)


def _lighten(colour: Oklch, enough: Callable[[str], bool]) -> str:
    return _walk(colour, _STEP, enough)


def _walk(colour: Oklch, step: float, enough: Callable[[str], bool]) -> str:
    """Step the lightness until it is enough, or until there is no more."""
    while not enough(found := to_hex(colour)) and -_STEP < colour.light < 1.0 + _STEP:
        colour = colour._replace(light=colour.light + step)
    return found


def _parts(colour: str) -> tuple[float, ...]:
    found = re.fullmatch(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", colour.strip())
    if not found:
        raise HeardError(f"“{colour}” is not a colour: write it like #00696B")
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return tuple(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encode(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_linear(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _shown(linear: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= part <= 1.0001 for part in linear)
