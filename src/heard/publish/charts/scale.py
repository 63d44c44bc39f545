"""Where figures lie on a drawing, and which times of day are written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_STEPS = (15, 30, 60, 120, 240, 360, 720, 1440)


@dataclass(frozen=True, slots=True)
class Scale:
    """From figures between `low` and `high` to pixels between `begin` and `end`."""

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, at: float) -> float:
        """The pixel of a figure."""
        return self.begin + (at - self.low) / (self.high - self.low) * (self.end - self.begin)


def scale(low: float, high: float, begin: float, end: float) -> Scale:
    """A scale; of one figure alone, one around it."""
    return Scale(low, high if high > low else low + 1, begin, end)


def hours(low: float, high: float, most: int) -> tuple[float, ...]:
    """At most so many times of day, evenly apart, from the first whole hour to the last."""
    first = -(-low // 60) * 60
    for step in _STEPS:
        found = [first + step * one for one in range(int((high - first) // step) + 1)] if first <= high else []
        if len(found) <= most:
            return tuple(found)
    return (low,)


def clock(minutes: float) -> str:
    """A time of day as `06:05`."""
    return f"{int(minutes) // 60 % 24:02}:{int(minutes) % 60:02}"


def thinned(places: Sequence[float], widths: Sequence[float], gap: float) -> tuple[int, ...]:
    """Which of the labels in a row fit beside each other: the first, the last, and evenly some between."""
    for step in range(1, len(places) + 1):
        chosen = [*range(0, len(places), step)]
        last = len(places) - 1
        if chosen[-1] != last:
            near = places[last] - places[chosen[-1]] < (widths[last] + widths[chosen[-1]]) / 2 + gap
            chosen = [*(chosen[:-1] if near and len(chosen) > 1 else chosen), last]
        apart = (places[two] - places[one] >= (widths[one] + widths[two]) / 2 + gap for one, two in pairwise(chosen))
        if all(apart):
            return tuple(chosen)
    return (0,) if places else ()
