"""Texts as bags of weighted words, and how near two bags are."""

from __future__ import annotations

import math
from collections.abc import Mapping

Bag = Mapping[str, float]
"""Words with their weights; the squares of the weights add up to 1, or the bag is empty."""


def bag(weights: Mapping[str, float]) -> Bag:
    """The weights at length 1."""
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def cosine(one: Bag, two: Bag) -> float:
    """How near two bags are (0–1, if no weight is below 0): 1 for the same words in the same proportions."""
    few, many = sorted((one, two), key=len)
    return math.fsum(weight * many[word] for word, weight in few.items() if word in many)
