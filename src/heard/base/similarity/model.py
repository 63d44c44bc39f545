"""Which problem words belong to: what was learnt from a catalogue, and asking it. Needs numpy alone.

Several ways of looking at the words each give every problem a number; they are blended with weights that
depend on how many quotes a problem has. What the numbers are, `training` says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from heard.base.similarity import embedding
from heard.base.similarity.curve import REACH, say
from heard.base.similarity.embedding import unit
from heard.base.similarity.terms import Vocabulary, rows
from heard.base.similarity.weights import VIEWS, WAYS, Weights, weights_for
from heard.base.text import words
from heard.values import Match, Suggestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Floats = NDArray[np.float32]

SHARPNESS = 12.0
"""How much nearer quotes count more than farther ones of the same problem."""

_TOGETHER = 256


@dataclass(frozen=True, slots=True)
class Examples:
    """What is known of one problem: its names (words, title, other wordings) and the quotes filed under it."""

    names: tuple[str, ...]
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: the problems in order, quotes a problem on average, and arrays (read-only, maybe on disk).

    `made_of` says in words what it was made of, for telling whether it is current.
    """

    slugs: tuple[str, ...]
    quotes: float
    arrays: Mapping[str, Array]
    made_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def views(self) -> tuple[str, ...]:
        """The embeddings that it was trained with."""
        return tuple(view for view in VIEWS if f"{view}_centre" in self.arrays)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the ways of looking at texts found: by way a number for each text and problem.

    `unknown` is the part (0–1) of each text's words and pairs that no quote has.
    """

    ways: Mapping[str, Floats]
    unknown: Floats


def suggest(model: Model, texts: Sequence[str], most: int = 3, *, light: bool = False) -> tuple[Suggestion, ...]:
    """For every text the most likely problems, and how likely it belongs to none of them.

    `light` leaves out what takes long to load. Probabilities of all problems and of “new” add up to 1.
    """
    found: list[Suggestion] = []
    for at in range(0, len(texts), _TOGETHER):
        found += _suggest_some(model, texts[at : at + _TOGETHER], most, light)
    return tuple(found)


def _suggest_some(model: Model, texts: Sequence[str], most: int, light: bool) -> list[Suggestion]:
    if not model.slugs:
        return [Suggestion(1.0, ()) for _ in texts]
    new, likely = probabilities(model, texts, light=light)
    found = []
    for at in range(len(texts)):
        order = sorted(range(len(model.slugs)), key=lambda c: (-round(float(likely[at, c]), 4), model.slugs[c]))
        matches = tuple(Match(model.slugs[c], round(float(likely[at, c]), 4)) for c in order[:most])
        found.append(Suggestion(round(float(new[at]), 4), matches))
    return found


def probabilities(model: Model, texts: Sequence[str], *, light: bool = False) -> tuple[Floats, Floats]:
    """How likely each text is new (n), and belongs to each problem (n × problems)."""
    import numpy as np

    views = ("words",) if light else model.views
    looked = evidence(model, texts, views)
    weights = weights_for(model.quotes, "sentences" in views)
    logits = sum((weight * looked.ways[way] for way, weight in weights.ways.items()), np.zeros(1, dtype=np.float32))
    new = np.asarray(1 / (1 + np.exp(-newness(logits, looked, weights))), dtype=np.float32)
    new[[not words(text) for text in texts]] = 1
    likely = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely *= (1 - new)[:, None] / likely.sum(axis=1, keepdims=True)
    return new, likely


def newness(logits: Floats, looked: Looked, weights: Weights) -> Floats:
    """The log-odds that each text belongs to no problem."""
    facts = about_new(logits, looked)
    return sum((weight * facts[name] for name, weight in weights.new.items()), 0 * facts["one"])


def about_new(logits: Floats, looked: Looked) -> dict[str, Floats]:
    """What speaks for and against “new”, each a number a text.

    `mass` is the free energy of Liu et al., Energy-based Out-of-distribution Detection (2020), with its sign turned.
    """
    import numpy as np

    top = logits.max(axis=1)
    one = np.ones_like(top)
    return {
        "one": one,
        "mass": top + np.log(np.exp(logits - top[:, None]).sum(axis=1)),
        "many": math.log1p(logits.shape[1]) * one,
        "terms_top": looked.ways["terms_near"].max(axis=1),
        "unknown": looked.unknown,
    }


def evidence(model: Model, texts: Sequence[str], views: Sequence[str]) -> Looked:
    """What every way of looking says of each text and problem."""
    import numpy as np

    held = model.arrays
    terms = rows(texts, Vocabulary(held["terms"], held["term_weights"]))
    looked: dict[str, Floats] = {}
    count = len(model.slugs)
    for name in ("terms_near", "terms_line"):
        table = held[name]
        looked[name] = np.zeros((len(texts), count), dtype=np.float32)
        for at in range(len(texts)):
            here = slice(int(terms.starts[at]), int(terms.starts[at + 1]))
            looked[name][at] = terms.values[here] @ table[terms.columns[here]].astype(np.float32)
    for view in views:
        plain = (embedding.embed_words if view == "words" else embedding.embed_sentences)(texts)
        centred = unit(plain - held[f"{view}_centre"])
        near = centred @ held[f"{view}_near"]
        line = centred @ held[f"{view}_line"] + held[f"{view}_base"]
        told = say(centred, held[f"{view}_quotes"])
        looked |= {f"{view}_near": near, f"{view}_line": line, f"{view}_curve": told @ held[f"{view}_curve"]}
        looked[f"{view}_quotes"] = _by_quotes(told, held["starts"])
    looked["line"] = looked.pop("terms_line") + looked.pop("words_line")
    return Looked({way: looked[way] for way in WAYS if way in looked}, terms.unknown)


def _by_quotes(told: Floats, starts: Array) -> Floats:
    """How near each problem's nearest quotes are; the names are among the quotes."""
    import numpy as np

    sums = np.add.reduceat(told ** (SHARPNESS / REACH), starts[:-1], axis=1)
    return np.log(sums).astype(np.float32) / SHARPNESS
