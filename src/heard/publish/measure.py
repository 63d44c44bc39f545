"""Titles in balanced lines, measured with the font they are set in.

WeasyPrint has no `text-wrap: balance`, so lines are broken here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from heard.publish.fonts import behind, companion

MILLIMETRES_PER_POINT = 25.4 / 72
TOLERANCE = 3.0
"""Millimetres that kerning and another letter spacing may add to a line."""

TRACKING = -0.022
"""What is added between the letters of a title, in parts of its size."""

BALANCED = 12
"""Lines up to which a title is balanced: of more nobody would see it, and it would take minutes."""

MOST_LINES = 4
"""Lines of a title on a cover."""

_BELOW = ((118.0, 11.5), (150.0, 10.0), (164.0, 8.5))
"""How an answer stands below a title: its width in millimetres and its size in points."""

_BETWEEN, _TITLE_LEADING, _LARGE = 8.0, 1.022, 30.0
"""Millimetres between title and answer; the title's leading; above this size in points the answer comes first."""


class Title(NamedTuple):
    """A title's lines and their size in points."""

    lines: tuple[str, ...]
    size: float


def title(text: str, font: Path, *, width: float, sizes: Sequence[float], most: int = 4) -> Title:
    """Set `text` into `width` millimetres: the largest size that needs at most `most` lines."""
    spoken = text.split()
    for size in sizes:
        lines = balance(spoken, _measure(font, size), width)
        fits = all(_measure(font, size)(line) <= width for line in lines)
        if len(lines) <= most and fits:
            return Title(lines, size)
    return Title(lines if spoken else (), sizes[-1])


class Cover(NamedTuple):
    """A cover's title, and how wide (millimetres) and large (points) the answer below it is set."""

    title: Title
    width: float
    size: float


def cover(
    text: str, answer: str, font: Path, sans: Path, *, width: float, height: float, sizes: Sequence[float]
) -> Cover:
    """The title as large as leaves room for the answer in `height` millimetres; long answers are set smaller."""
    tried = [(size, *below) for below in _BELOW for size in sizes]
    for size, wide, small in sorted(tried, key=lambda one: (-min(one[0], _LARGE), -one[2], -one[0])):
        found = title(text, font, width=width, sizes=(size,))
        lines = len(_fill(answer.split(), _measure(sans, small), wide))
        high = (len(found.lines) * size * _TITLE_LEADING + lines * (small + 5)) * MILLIMETRES_PER_POINT
        fits = all(_measure(font, size)(line) <= width for line in found.lines)
        if fits and len(found.lines) <= MOST_LINES and high + _BETWEEN <= height:
            return Cover(found, wide, small)
    return Cover(title(text, font, width=width, sizes=sizes[-1:]), *_BELOW[-1])


def fit(text: str, font: Path, *, width: float, largest: float) -> float:
    """The size in points, `largest` at most, at which `text` is no wider than `width` millimetres."""
    wide = _measure(font, largest)(text)
    return largest if wide <= width else max(8.0, round(largest * width / wide, 1))


def slack(text: str, font: Path, *, width: float, size: float, tracking: float = TRACKING) -> float:
    """The millimetres to take from `width` so that `text` breaks into balanced lines; 0 for one line.

    `tracking` is what is added between letters, in parts of the size.
    """
    wide = _measure(font, size, tracking)
    lines = balance(text.split(), wide, width)
    left = width - max(map(wide, lines), default=width) - TOLERANCE
    return max(0.0, round(left, 1)) if len(lines) > 1 else 0.0


def balance(spoken: Sequence[str], wide: Callable[[str], float], width: float) -> tuple[str, ...]:
    """The words in as few lines as `width` allows, as even as they can be.

    A short last line disturbs less than a short one before it, so it counts half, unless it is a single word.
    """
    filled = _fill(spoken, wide, width)
    count = len(filled)
    if count > BALANCED:
        return filled
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for line in range(1, count + 1):
        for end in range(line, len(spoken) + 1):
            tries = [
                (
                    best[line - 1, start][0] + _share(len(spoken), start, end) * slack * slack,
                    (*best[line - 1, start][1], text),
                )
                for start in range(line - 1, end)
                if (line - 1, start) in best and (slack := width - wide(text := " ".join(spoken[start:end]))) >= 0
            ]
            if tries:
                best[line, end] = min(tries)
    return best.get((count, len(spoken)), (0.0, _fill(spoken, wide, width)))[1]


def _share(words: int, start: int, end: int) -> float:
    """How much the room at the end of a line counts."""
    return 0.5 if end == words and end - start > 1 else 1.0


def _fill(spoken: Sequence[str], wide: Callable[[str], float], width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in spoken:
        if lines and wide(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _measure(font: Path, size: float, tracking: float = TRACKING) -> Callable[[str], float]:
    advances, units = _advances(font)
    unknown = units // 2

    def wide(text: str) -> float:
        total = sum(advances.get(ord(letter), unknown) for letter in text)
        return (total / units + tracking * len(text)) * size * MILLIMETRES_PER_POINT

    return wide


@lru_cache(maxsize=16)
def _advances(font: Path) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        widths = opened["hmtx"].metrics
        units = opened["head"].unitsPerEm
        found = {code: widths[name][0] for code, name in opened.getBestCmap().items()}
    beside = companion(font.stem)
    for other in (behind(font), font.with_name(f"{beside}.ttf") if beside else None):
        if other and other.is_file():
            more, its = _advances(other)
            found = {**{code: round(wide * units / its) for code, wide in more.items()}, **found}
    return found, units
