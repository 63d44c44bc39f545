"""Learns the weights in src/heard/base/similarity/weights.py, from training halves alone.

    python tools/fit_matching.py ../shared/data        # some ten minutes; prints the table

From banking77's train.csv and clinc150's train and val it makes catalogues of many sizes, asks each of them
for quotes that it has not seen, some of problems that it does not have, and fits the blend that makes the
right answers likeliest. The test halves are never opened.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from heard.base.similarity import embedding
from heard.base.similarity import model as asking
from heard.base.similarity.embedding import embed_sentences
from heard.base.similarity.training import train
from heard.base.similarity.weights import NEW, WAYS, Weights

Floats = NDArray[np.floating[Any]]

SIZES = (0, 1, 3, 5, 10, 30, 10_000)
"""Quotes a problem."""
PROBLEMS = (15, 60, 1_000)
"""Problems of a catalogue, at most."""
ASKED = 12
"""Unseen quotes of each problem that are asked."""
SIGNS = {"one": (None, None), "many": (0, None), "unknown": (0, None)}
"""What may only speak for “new”; all other facts may only speak against it."""
NEW_SHARE = 0.25
"""How many of the asked are taken to be new, for “new” to be honest."""


@dataclass(frozen=True)
class Data:
    """Quotes by their problem's name, and some of no problem."""

    quotes: Mapping[str, tuple[str, ...]]
    none: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A catalogue that was asked: quotes a problem, evidence by way, and the right problem (−1: new)."""

    quotes: float
    looked: asking.Looked
    right: NDArray[np.int64]


def main(data: Path) -> None:
    """Print the table for weights.py."""
    remember()
    sources = (banking(data), clinc(data))
    cases = [case for source in sources for case in catalogues(source)]
    for sentences in (False, True):
        show(f"    {sentences}: (")
        for size in SIZES:
            some = [case for case in cases if at(case.quotes) == size]
            middle = float(np.mean([case.quotes for case in some]))
            weights = fitted(some, sentences)
            show(f"        ({middle:.0f}, Weights({weights.ways}, {weights.new})),")
        show("    ),")


def at(quotes: float) -> int:
    """The size of SIZES that a catalogue has."""
    return min(SIZES, key=lambda size: abs(np.log1p(min(size, 130)) - np.log1p(quotes)))


def banking(data: Path) -> Data:
    """banking77, its training half."""
    with (data / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        return Data(grouped((row["text"], row["category"]) for row in csv.DictReader(file)))


def clinc(data: Path) -> Data:
    """clinc150, its training half and what it holds for validation."""
    held = json.loads((data / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    none = [text for part in ("oos_train", "oos_val") for text, _ in held[part]]
    return Data(grouped((text, name) for part in ("train", "val") for text, name in held[part]), tuple(none))


def grouped(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Quotes by problem, each once."""
    found: dict[str, dict[str, None]] = {}
    for text, name in pairs:
        found.setdefault(name.replace("_", " "), {})[text] = None
    return {name: tuple(texts) for name, texts in sorted(found.items())}


def catalogues(data: Data) -> Iterator[Case]:
    """Catalogues of every size, the same ones every time."""
    dice = np.random.default_rng(7)
    for size in SIZES:
        for problems in PROBLEMS if size in (1, 3, 5, 10) else PROBLEMS[-1:]:
            for _ in range(2 if size < 100 else 1):
                yield one_case(data, size, problems, dice)


def one_case(data: Data, size: int, problems: int, dice: np.random.Generator) -> Case:
    """A catalogue of some of the problems; the others are new to it."""
    names = [str(name) for name in dice.permutation(list(data.quotes))]
    mine = sorted(names[: min(problems, len(names) * 4 // 5)])
    others = names[len(names) * 4 // 5 :]
    examples, asked, right = {}, [], []
    for number, name in enumerate(mine):
        texts = [str(text) for text in dice.permutation(list(data.quotes[name]))]
        asked += texts[:ASKED]
        right += [number] * len(texts[:ASKED])
        examples[name] = asking.Examples((name,), tuple(texts[ASKED : ASKED + size]))
    fresh = [*data.none, *(text for name in others for text in data.quotes[name][:ASKED])]
    learnt = train(examples, sentences=True, embed=embedding.embed_sentences)
    looked = asking.evidence(learnt, [*asked, *fresh], learnt.views)
    say(f"{len(mine)} problems, {learnt.quotes:.0f} quotes each")
    return Case(learnt.quotes, looked, np.array(right + [-1] * len(fresh)))


def fitted(cases: Sequence[Case], sentences: bool) -> Weights:
    """The blend that makes the right problems likeliest, and then the odds of “new”."""
    ways = [way for way in WAYS if sentences or not way.startswith("sentences")]
    known = [(np.stack([case.looked.ways[way][case.right >= 0] for way in ways], axis=2), case.right[case.right >= 0])
             for case in cases]  # fmt: skip
    best = minimize(lambda w: blend_cost(w, known), np.full(len(ways), 2.0), jac=True, method="L-BFGS-B",
                    bounds=[(0, None)] * len(ways))  # fmt: skip
    weights = dict(zip(ways, (round(float(one), 2) for one in best.x), strict=True))
    facts = [new_facts(replace(case, looked=only(case.looked, ways)), weights) for case in cases]
    odds = minimize(lambda w: new_cost(w, facts), np.zeros(len(NEW)), jac=True, method="L-BFGS-B",
                    bounds=[SIGNS.get(name, (None, 0)) for name in NEW])  # fmt: skip
    return Weights(weights, dict(zip(NEW, (round(float(one), 2) for one in odds.x), strict=True)))


def only(looked: asking.Looked, ways: Sequence[str]) -> asking.Looked:
    """What those ways of looking found."""
    return replace(looked, ways={way: looked.ways[way] for way in ways})


def blend_cost(weights: Floats, known: Sequence[tuple[Floats, NDArray[np.int64]]]) -> tuple[float, Floats]:
    """How unlikely the right problems are, on average over the catalogues, and the slope."""
    cost, slope = 0.0, np.zeros(len(weights))
    for looked, right in known:
        logits = looked @ weights
        logits -= logits.max(axis=1, keepdims=True)
        likely = np.exp(logits)
        likely /= likely.sum(axis=1, keepdims=True)
        every = np.arange(len(right))
        cost -= float(np.log(likely[every, right] + 1e-12).mean())
        likely[every, right] -= 1
        slope += np.einsum("ij,ijk->k", likely, looked) / len(right)
    return cost / len(known) + 1e-4 * float(weights @ weights), slope / len(known) + 2e-4 * weights


def new_facts(case: Case, ways: Mapping[str, float]) -> tuple[Floats, Floats, Floats]:
    """For each asked quote the facts, whether it is new, and how much it counts."""
    logits = sum((weight * case.looked.ways[way] for way, weight in ways.items()), np.zeros(1, dtype=np.float32))
    facts = asking.about_new(logits, case.looked)
    new = (case.right < 0).astype(np.float64)
    share = np.where(new > 0, NEW_SHARE / new.sum(), (1 - NEW_SHARE) / (1 - new).sum())
    return np.stack([facts[name] for name in NEW], axis=1), new, share


def new_cost(weights: Floats, cases: Sequence[tuple[Floats, Floats, Floats]]) -> tuple[float, Floats]:
    """How unlikely the truth about “new” is, and the slope."""
    cost, slope = 0.0, np.zeros(len(weights))
    for facts, new, share in cases:
        odds = facts @ weights
        cost += float((share * (np.logaddexp(0, odds) - new * odds)).sum())
        slope += facts.T @ (share * (1 / (1 + np.exp(-odds)) - new))
    return cost / len(cases) + 1e-4 * float(weights @ weights), slope / len(cases) + 2e-4 * weights


def remember() -> None:
    """Keep MiniLM's rows for the run: most quotes are asked for several times."""
    kept: dict[str, Floats] = {}

    def embed(texts: Sequence[str]) -> Floats:
        missing = list(dict.fromkeys(text for text in texts if text not in kept))
        kept.update(zip(missing, embed_sentences(missing), strict=True))
        return np.stack([kept[text] for text in texts])

    embedding.embed_sentences = embed


def show(text: str) -> None:
    """A line of the table."""
    sys.stdout.write(f"{text}\n")


def say(text: str) -> None:
    """Progress, beside the table."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
