"""How much each way of looking counts, learnt by tools/fit_matching.py. Only training halves of real data went in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

VIEWS = ("words", "sentences")
"""The embeddings: wordllama, and MiniLM where `heard[semantic]` is installed."""

WAYS = (
    *("line", "terms_near", "words_near", "words_quotes", "words_curve"),
    *("sentences_line", "sentences_near", "sentences_quotes", "sentences_curve"),
)
"""The ways of looking: a straight line through terms and words, nearness of terms, of meaning, of single quotes, and
a curve through the quotes."""

NEW = ("one", "mass", "many", "terms_top", "unknown")
"""What is looked at for “new”: 1; how much the problems have to say together (the logarithm of their likelihoods' sum);
how many they are (its logarithm), since of many one is near by chance; how near the nearest problem is in its terms;
how much of the text (0–1) no quote has."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the ways, which give log-likelihoods, and of what speaks for “new”, which give log-odds."""

    ways: Mapping[str, float]
    new: Mapping[str, float]


TABLE: Mapping[bool, tuple[tuple[float, Weights], ...]] = {
    False: (
        (
            0,
            Weights(
                {"line": 0.48, "terms_near": 0.08, "words_near": 5.36, "words_quotes": 5.36, "words_curve": 0.0},
                {"one": -0.4, "mass": -0.41, "many": 0.0, "terms_top": -0.52, "unknown": 0.2},
            ),
        ),
        (
            1,
            Weights(
                {"line": 1.09, "terms_near": 1.08, "words_near": 5.51, "words_quotes": 1.82, "words_curve": 0.0},
                {"one": -0.22, "mass": -0.55, "many": 0.57, "terms_top": -0.83, "unknown": 0.0},
            ),
        ),
        (
            3,
            Weights(
                {"line": 1.49, "terms_near": 1.76, "words_near": 2.83, "words_quotes": 1.99, "words_curve": 0.0},
                {"one": -0.36, "mass": -0.53, "many": 0.73, "terms_top": -1.34, "unknown": 0.17},
            ),
        ),
        (
            5,
            Weights(
                {"line": 1.52, "terms_near": 1.37, "words_near": 0.71, "words_quotes": 2.59, "words_curve": 0.0},
                {"one": -0.72, "mass": -0.6, "many": 0.82, "terms_top": -0.91, "unknown": 0.57},
            ),
        ),
        (
            10,
            Weights(
                {"line": 1.55, "terms_near": 0.91, "words_near": 0.0, "words_quotes": 3.0, "words_curve": 0.0},
                {"one": -0.66, "mass": -0.72, "many": 1.12, "terms_top": -0.76, "unknown": 0.0},
            ),
        ),
        (
            30,
            Weights(
                {"line": 1.13, "terms_near": 1.09, "words_near": 0.0, "words_quotes": 3.07, "words_curve": 1.25},
                {"one": 2.83, "mass": -0.65, "many": 0.27, "terms_top": 0.0, "unknown": 0.19},
            ),
        ),
        (
            113,
            Weights(
                {"line": 0.87, "terms_near": 0.0, "words_near": 0.0, "words_quotes": 1.96, "words_curve": 3.59},
                {"one": 4.52, "mass": -0.56, "many": 0.0, "terms_top": -0.08, "unknown": 0.64},
            ),
        ),
    ),
    True: (
        (
            0,
            Weights(
                {
                    "line": 0.0,
                    "terms_near": 0.0,
                    "words_near": 2.1,
                    "words_quotes": 2.1,
                    "words_curve": 0.0,
                    "sentences_line": 1.25,
                    "sentences_near": 1.98,
                    "sentences_quotes": 1.98,
                    "sentences_curve": 0.0,
                },
                {"one": 0.42, "mass": -0.42, "many": 0.0, "terms_top": -0.37, "unknown": 0.18},
            ),
        ),
        (
            1,
            Weights(
                {
                    "line": 0.08,
                    "terms_near": 0.63,
                    "words_near": 1.34,
                    "words_quotes": 0.72,
                    "words_curve": 0.0,
                    "sentences_line": 1.28,
                    "sentences_near": 2.7,
                    "sentences_quotes": 1.81,
                    "sentences_curve": 0.0,
                },
                {"one": -0.54, "mass": -0.58, "many": 0.71, "terms_top": -0.73, "unknown": 0.0},
            ),
        ),
        (
            3,
            Weights(
                {
                    "line": 0.45,
                    "terms_near": 1.09,
                    "words_near": 0.0,
                    "words_quotes": 0.33,
                    "words_curve": 0.0,
                    "sentences_line": 1.11,
                    "sentences_near": 1.93,
                    "sentences_quotes": 2.1,
                    "sentences_curve": 0.0,
                },
                {"one": -0.27, "mass": -0.62, "many": 0.88, "terms_top": -1.15, "unknown": 0.0},
            ),
        ),
        (
            5,
            Weights(
                {
                    "line": 0.32,
                    "terms_near": 1.84,
                    "words_near": 0.0,
                    "words_quotes": 0.02,
                    "words_curve": 0.0,
                    "sentences_line": 1.05,
                    "sentences_near": 0.69,
                    "sentences_quotes": 3.34,
                    "sentences_curve": 0.0,
                },
                {"one": -0.34, "mass": -0.72, "many": 0.93, "terms_top": -0.47, "unknown": 0.0},
            ),
        ),
        (
            10,
            Weights(
                {
                    "line": 0.41,
                    "terms_near": 0.86,
                    "words_near": 0.0,
                    "words_quotes": 0.01,
                    "words_curve": 0.0,
                    "sentences_line": 0.99,
                    "sentences_near": 0.0,
                    "sentences_quotes": 3.92,
                    "sentences_curve": 0.13,
                },
                {"one": -0.49, "mass": -0.78, "many": 1.18, "terms_top": -1.2, "unknown": 0.0},
            ),
        ),
        (
            30,
            Weights(
                {
                    "line": 0.42,
                    "terms_near": 0.0,
                    "words_near": 0.0,
                    "words_quotes": 0.0,
                    "words_curve": 0.0,
                    "sentences_line": 0.69,
                    "sentences_near": 0.0,
                    "sentences_quotes": 3.88,
                    "sentences_curve": 0.87,
                },
                {"one": 5.17, "mass": -0.81, "many": 0.0, "terms_top": 0.0, "unknown": 0.0},
            ),
        ),
        (
            113,
            Weights(
                {
                    "line": 0.34,
                    "terms_near": 0.0,
                    "words_near": 0.0,
                    "words_quotes": 0.0,
                    "words_curve": 0.03,
                    "sentences_line": 0.42,
                    "sentences_near": 0.0,
                    "sentences_quotes": 1.35,
                    "sentences_curve": 4.81,
                },
                {"one": 6.41, "mass": -0.74, "many": 0.0, "terms_top": 0.0, "unknown": 0.0},
            ),
        ),
    ),
}
"""Without and with MiniLM: from so many quotes a problem on average, the weights."""


def weights_for(quotes: float, sentences: bool) -> Weights:
    """The weights for a catalogue with so many quotes a problem, between those that were learnt."""
    table = TABLE[sentences]
    at = math.log1p(min(max(quotes, table[0][0]), table[-1][0]))
    for (below, low), (above, high) in pairwise(table):
        one, two = math.log1p(below), math.log1p(above)
        if at <= two:
            return _between(low, high, (at - one) / (two - one))
    return table[-1][1]


def _between(low: Weights, high: Weights, share: float) -> Weights:
    return Weights(_mixed(low.ways, high.ways, share), _mixed(low.new, high.new, share))


def _mixed(low: Mapping[str, float], high: Mapping[str, float], share: float) -> dict[str, float]:
    return {name: (1 - share) * low[name] + share * high[name] for name in low}
