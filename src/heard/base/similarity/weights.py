"""How much each way of looking counts, learnt by tools/fit_matching.py. Only training halves of real data went in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

VIEWS = ("words", "sentences")
"""The embeddings: wordllama, and MiniLM where `heard[semantic]` is installed."""

WAYS = ("line", "terms_near", "words_near", "words_quotes", "sentences_line", "sentences_near", "sentences_quotes")
"""The ways of looking: a straight line through terms and words, nearness of terms, of meaning, of single quotes."""

NEW = ("one", "top", "spread", "known", "terms_top", "words_top", "words_quote", "sentences_top", "sentences_quote")


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
                {
                    "one": -0.44,
                    "top": -0.18,
                    "spread": 1.13,
                    "known": -1.38,
                    "terms_top": -0.21,
                    "words_top": -0.29,
                    "words_quote": 0.15,
                },
            ),
        ),
        (
            1,
            Weights(
                {"line": 0.79, "terms_near": 1.39, "words_near": 6.12, "words_quotes": 1.97},
                {
                    "one": -0.23,
                    "top": -0.13,
                    "spread": 2.06,
                    "known": 0.54,
                    "terms_top": -1.33,
                    "words_top": -1.91,
                    "words_quote": -0.41,
                },
            ),
        ),
        (
            3,
            Weights(
                {"line": 1.18, "terms_near": 1.97, "words_near": 3.5, "words_quotes": 1.97},
                {
                    "one": -0.32,
                    "top": -0.2,
                    "spread": 2.02,
                    "known": 0.36,
                    "terms_top": -2.41,
                    "words_top": -0.19,
                    "words_quote": -1.39,
                },
            ),
        ),
        (
            5,
            Weights(
                {"line": 1.22, "terms_near": 1.57, "words_near": 1.38, "words_quotes": 2.57},
                {
                    "one": -0.17,
                    "top": -0.14,
                    "spread": 3.35,
                    "known": -0.5,
                    "terms_top": -2.36,
                    "words_top": -0.44,
                    "words_quote": -1.89,
                },
            ),
        ),
        (
            10,
            Weights(
                {"line": 1.3, "terms_near": 1.1, "words_near": 0.0, "words_quotes": 3.18},
                {
                    "one": -0.15,
                    "top": -0.24,
                    "spread": 4.56,
                    "known": -0.22,
                    "terms_top": -1.73,
                    "words_top": -0.27,
                    "words_quote": -2.21,
                },
            ),
        ),
        (
            30,
            Weights(
                {"line": 1.07, "terms_near": 0.93, "words_near": 0.0, "words_quotes": 3.68},
                {
                    "one": 2.01,
                    "top": -0.84,
                    "spread": 0.23,
                    "known": -0.0,
                    "terms_top": 1.49,
                    "words_top": 4.6,
                    "words_quote": -0.51,
                },
            ),
        ),
        (
            113,
            Weights(
                {"line": 0.89, "terms_near": 0.26, "words_near": 0.0, "words_quotes": 4.46},
                {
                    "one": 0.62,
                    "top": -0.41,
                    "spread": 5.04,
                    "known": 0.33,
                    "terms_top": -1.75,
                    "words_top": 3.24,
                    "words_quote": -2.93,
                },
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
                {
                    "one": -0.33,
                    "top": -0.15,
                    "spread": 2.68,
                    "known": -1.19,
                    "terms_top": -0.25,
                    "words_top": -0.07,
                    "words_quote": 0.26,
                    "sentences_top": -0.28,
                    "sentences_quote": 0.05,
                },
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
                {
                    "one": 0.14,
                    "top": -0.15,
                    "spread": 3.21,
                    "known": 1.11,
                    "terms_top": -1.07,
                    "words_top": -0.37,
                    "words_quote": -0.28,
                    "sentences_top": -2.79,
                    "sentences_quote": 0.25,
                },
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
                {
                    "one": -0.05,
                    "top": -0.25,
                    "spread": 3.22,
                    "known": 0.97,
                    "terms_top": -2.25,
                    "words_top": 1.74,
                    "words_quote": -1.19,
                    "sentences_top": -2.65,
                    "sentences_quote": -0.0,
                },
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
                {
                    "one": -0.15,
                    "top": -0.28,
                    "spread": 3.88,
                    "known": 0.67,
                    "terms_top": -1.78,
                    "words_top": 1.54,
                    "words_quote": -0.86,
                    "sentences_top": -2.41,
                    "sentences_quote": -0.95,
                },
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
                {
                    "one": -0.82,
                    "top": -0.26,
                    "spread": 5.22,
                    "known": 0.83,
                    "terms_top": -1.97,
                    "words_top": 0.75,
                    "words_quote": -0.96,
                    "sentences_top": -1.65,
                    "sentences_quote": -2.62,
                },
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
                {
                    "one": 1.24,
                    "top": -1.03,
                    "spread": 0.69,
                    "known": 1.2,
                    "terms_top": 0.65,
                    "words_top": 3.58,
                    "words_quote": 0.73,
                    "sentences_top": 2.75,
                    "sentences_quote": -1.57,
                },
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
                {
                    "one": 0.28,
                    "top": -0.51,
                    "spread": 5.38,
                    "known": 1.72,
                    "terms_top": -1.92,
                    "words_top": 3.03,
                    "words_quote": -0.62,
                    "sentences_top": 0.8,
                    "sentences_quote": -3.29,
                },
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
