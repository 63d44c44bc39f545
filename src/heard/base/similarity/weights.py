"""How much each way of looking counts, learnt by tools/fit_matching.py. Only training halves of real data went in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

VIEWS = ("words", "sentences")
"""The embeddings: wordllama, and MiniLM where `heard[semantic]` is installed."""

WAYS = (
    "line",
    "terms_near",
    "words_near",
    "words_quotes",
    "words_curve",
    "sentences_line",
    "sentences_near",
    "sentences_quotes",
    "sentences_curve",
)
"""The ways of looking: a straight line through terms and words, nearness of terms, of meaning, of single quotes."""

NEW = ("one", "top", "spread", "terms_top")
"""What is looked at for “new”: 1; the best blended number; how evenly the problems share the likelihood (0–1); how
near the nearest problem is in its terms."""


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
                {"line": 0.14, "terms_near": 0.75, "words_near": 5.99, "words_quotes": 5.99},
                {"one": -0.99, "top": -0.28, "spread": 0.36, "terms_top": -0.4},
            ),
        ),
        (
            1,
            Weights(
                {"line": 0.79, "terms_near": 1.39, "words_near": 6.12, "words_quotes": 1.97},
                {"one": 0.32, "top": -0.35, "spread": 1.15, "terms_top": -0.42},
            ),
        ),
        (
            3,
            Weights(
                {"line": 1.18, "terms_near": 1.97, "words_near": 3.5, "words_quotes": 1.97},
                {"one": 0.96, "top": -0.36, "spread": 1.12, "terms_top": -0.7},
            ),
        ),
        (
            5,
            Weights(
                {"line": 1.22, "terms_near": 1.57, "words_near": 1.38, "words_quotes": 2.57},
                {"one": 1.05, "top": -0.4, "spread": 1.53, "terms_top": -0.66},
            ),
        ),
        (
            10,
            Weights(
                {"line": 1.3, "terms_near": 1.1, "words_near": 0.0, "words_quotes": 3.18},
                {"one": 1.5, "top": -0.48, "spread": 1.86, "terms_top": -0.36},
            ),
        ),
        (
            30,
            Weights(
                {"line": 1.07, "terms_near": 0.93, "words_near": 0.0, "words_quotes": 3.68},
                {"one": 2.56, "top": -0.51, "spread": 1.1, "terms_top": 0.0},
            ),
        ),
        (
            113,
            Weights(
                {"line": 0.89, "terms_near": 0.26, "words_near": 0.0, "words_quotes": 4.46},
                {"one": 2.83, "top": -0.43, "spread": 1.78, "terms_top": -0.16},
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
                    "words_near": 2.12,
                    "words_quotes": 2.12,
                    "sentences_line": 0.79,
                    "sentences_near": 2.96,
                    "sentences_quotes": 2.96,
                },
                {"one": -0.61, "top": -0.29, "spread": 0.96, "terms_top": -0.31},
            ),
        ),
        (
            1,
            Weights(
                {
                    "line": 0.04,
                    "terms_near": 0.72,
                    "words_near": 1.54,
                    "words_quotes": 0.72,
                    "sentences_line": 0.98,
                    "sentences_near": 3.42,
                    "sentences_quotes": 2.0,
                },
                {"one": 0.51, "top": -0.37, "spread": 1.7, "terms_top": -0.45},
            ),
        ),
        (
            3,
            Weights(
                {
                    "line": 0.4,
                    "terms_near": 1.04,
                    "words_near": 0.0,
                    "words_quotes": 0.26,
                    "sentences_line": 0.86,
                    "sentences_near": 2.71,
                    "sentences_quotes": 2.19,
                },
                {"one": 1.32, "top": -0.41, "spread": 1.69, "terms_top": -0.65},
            ),
        ),
        (
            5,
            Weights(
                {
                    "line": 0.28,
                    "terms_near": 1.83,
                    "words_near": 0.0,
                    "words_quotes": 0.0,
                    "sentences_line": 0.82,
                    "sentences_near": 1.4,
                    "sentences_quotes": 3.44,
                },
                {"one": 1.5, "top": -0.5, "spread": 1.7, "terms_top": -0.4},
            ),
        ),
        (
            10,
            Weights(
                {
                    "line": 0.36,
                    "terms_near": 0.89,
                    "words_near": 0.0,
                    "words_quotes": 0.0,
                    "sentences_line": 0.81,
                    "sentences_near": 0.34,
                    "sentences_quotes": 4.14,
                },
                {"one": 1.95, "top": -0.56, "spread": 1.91, "terms_top": -0.38},
            ),
        ),
        (
            30,
            Weights(
                {
                    "line": 0.4,
                    "terms_near": 0.01,
                    "words_near": 0.0,
                    "words_quotes": 0.0,
                    "sentences_line": 0.6,
                    "sentences_near": 0.0,
                    "sentences_quotes": 4.58,
                },
                {"one": 3.17, "top": -0.62, "spread": 1.27, "terms_top": 0.0},
            ),
        ),
        (
            113,
            Weights(
                {
                    "line": 0.31,
                    "terms_near": 0.0,
                    "words_near": 0.0,
                    "words_quotes": 0.76,
                    "sentences_line": 0.6,
                    "sentences_near": 0.0,
                    "sentences_quotes": 3.69,
                },
                {"one": 3.7, "top": -0.5, "spread": 1.79, "terms_top": -0.0},
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
