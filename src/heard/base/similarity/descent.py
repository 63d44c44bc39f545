"""Finds the lowest point of a smooth, convex cost: limited-memory BFGS (Nocedal & Wright, algorithm 7.5).

scipy's loads for a second and works with numbers twice as long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

REMEMBERED = 6
_SMALLEST = 2.0**-12
_ENOUGH = 1e-4
_FLAT = 1e-6


def lowest(cost: Callable[[Floats], tuple[float, Floats]], start: Floats, rounds: int) -> Floats:
    """Where the cost is lowest, as near as so many rounds come; `cost` gives it with its slope at a place."""
    import numpy as np

    place = start
    height, slope = cost(place)
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=REMEMBERED)
    for _ in range(rounds):
        way = -_turned(slope, steps)
        fall = _dot(slope, way)
        length = 1.0 if steps else 1.0 / max(1.0, float(np.sqrt(_dot(slope, slope))))
        while True:
            there = place + np.float32(length) * way
            lower, new_slope = cost(there)
            if lower <= height + _ENOUGH * length * fall:
                break
            length /= 2
            if length < _SMALLEST:
                return place
        moved, bent = there - place, new_slope - slope
        if (together := _dot(moved, bent)) > 0:
            steps.append((moved, bent, together))
        gained = height - lower
        place, height, slope = there, lower, new_slope
        if gained <= _FLAT * abs(height):
            break
    return place


def _turned(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    """The slope as the last steps say that the cost bends."""
    turned, shares = slope.copy(), []
    for moved, bent, together in reversed(steps):
        shares.append(_dot(moved, turned) / together)
        turned -= shares[-1] * bent
    if steps:
        _, bent, together = steps[-1]
        turned *= together / _dot(bent, bent)
    for (moved, bent, together), share in zip(steps, reversed(shares), strict=True):
        turned += (share - _dot(bent, turned) / together) * moved
    return turned


def _dot(one: Floats, two: Floats) -> float:
    return float(one.ravel() @ two.ravel())
