"""Which problem do words belong to: the share of right answers, and what it costs, on real data.

The test halves of banking77 and clinc150 are asked, which nothing was fitted on (tools/fit_matching.py saw
only the training halves). Beside it stands the nearest centroid of the same features, measured in the same run.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from heard.base.similarity import embedding
from heard.base.similarity.embedding import embed_sentences, embed_words, has_semantic
from heard.base.similarity.model import Examples, Model, evidence, probabilities, suggest
from heard.base.similarity.storing import load, save
from heard.base.similarity.training import train
from lib.notes import make
from lib.timing import BIN, REPO, row, seconds, taken, title, until

Floats = NDArray[np.float32]
Pairs = list[tuple[str, str]]

DATA = REPO.parent / "shared" / "data"
NOTES = 10_000
DRAWS = 3
"""Catalogues with few quotes are drawn so many times; the mean is told."""
BASELINES = -1
"""The one draw (`random.Random(0)`) that the baselines beside the data were measured with; it is an easy one."""
CENTROIDS = ("terms_near", "words_near", "sentences_near")
WAYS = {False: "default", True: "heard[semantic]"}
WORDS = "We lose the first two hours of every night shift because the batteries die."


def main() -> int:
    """Print every figure."""
    if not (DATA / "banking77").is_dir():
        print(f"Left out: the data is not at {DATA}.")
        return 0
    known = remembered()
    banking(known)
    new_problems()
    costs()
    logging()
    return 0


def remembered() -> list[bool]:
    """Keep MiniLM's rows for the run; the ways that can be measured here."""
    kept: dict[str, Floats] = {}

    def embed(texts: Sequence[str]) -> Floats:
        missing = list(dict.fromkeys(text for text in texts if text not in kept))
        kept.update(zip(missing, embed_sentences(missing), strict=True))
        return np.stack([kept[text] for text in texts])

    if has_semantic():
        embedding.embed_sentences = embed
        return [False, True]
    print("heard[semantic] is not installed: its figures are left out.")
    return [False]


def learnt(examples: Mapping[str, Examples], *, sentences: bool) -> Model:
    """A model, with the rows that are remembered."""
    return train(examples, sentences=sentences, embed=embedding.embed_sentences)


def banking(ways: Sequence[bool]) -> None:
    """The right problem first, and among three."""
    title("banking77: 77 problems, 3,080 test queries, top 1 / top 3 (bench/matching.py)")
    old, asked = pairs("train"), pairs("test")
    for size, name, draws in (
        (0, "title only", (0,)),
        (1, "title + 1 quote", range(DRAWS)),
        (3, "title + 3", range(DRAWS)),
        (5, "title + 5", range(DRAWS)),
        (5, "title + 5, those of the baselines", (BASELINES,)),
        (None, "all train", (0,)),
    ):
        for sentences in ways:
            shares: list[Floats] = []
            beside: dict[str, list[Floats]] = {}
            for draw in draws:
                model = learnt(catalogue(old, size, draw), sentences=sentences)
                right = np.array([model.slugs.index(slug) for _, slug in asked])
                texts = [text for text, _ in asked]
                new, likely = probabilities(model, texts)
                shares.append(tops(likely, right))
                looked = evidence(model, texts, model.views).ways
                for way in CENTROIDS:
                    if way in looked:
                        beside.setdefault(way, []).append(tops(looked[way], right))
            peers = ", ".join(f"{way.partition('_')[0]} {told(found)}" for way, found in beside.items())
            row(f"{name}, {WAYS[sentences]}", told(shares), f"nearest centroid: {peers}")
            if size is None or (size == 5 and BASELINES not in draws):
                calibration(new, likely, right)


def calibration(new: Floats, likely: Floats, right: NDArray[np.int64]) -> None:
    """How often a suggestion shown with so many percent is right."""
    shown, best = likely.max(axis=1), likely.argmax(axis=1)
    for low, high in ((0.8, 1.01), (0.6, 0.8), (0.4, 0.6), (0.2, 0.4), (0.0, 0.2)):
        here = (shown >= low) & (shown < high)
        if here.any():
            share = f"{(best[here] == right[here]).mean():.1%} right"
            row(
                f"  shown with {low:.0%} to {min(high, 1):.0%}",
                share,
                f"{here.mean():.0%} of the queries, {shown[here].mean():.1%} said",
            )
    row("  said to be new, though none is", f"{(new > shown).mean():.1%}")


def new_problems() -> None:
    """Whether words of no problem are told from words of one."""
    title("clinc150: 150 problems, title + 5 quotes; 4,500 test queries of them, 1,000 of none")
    held = json.loads((DATA / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    known, none = [text for text, _ in held["test"]], [text for text, _ in held["oos_test"]]
    truth = np.r_[np.zeros(len(known)), np.ones(len(none))]
    for sentences in [False, True] if has_semantic() else [False]:
        found: dict[str, list[float]] = {}
        for draw in range(DRAWS):
            model = learnt(catalogue([(t, slug) for t, slug in held["train"]], 5, draw), sentences=sentences)
            texts = [*known, *none]
            new, likely = probabilities(model, texts)
            looked = evidence(model, texts, model.views).ways
            found.setdefault("new", []).append(roc_auc_score(truth, new))
            for way in CENTROIDS:
                if way in looked:
                    found.setdefault(way, []).append(roc_auc_score(truth, -looked[way].max(axis=1)))
        peers = ", ".join(f"{way.partition('_')[0]} {np.mean(found[way]):.3f}" for way in CENTROIDS if way in found)
        row(f"“new”, AUROC, {WAYS[sentences]}", f"{np.mean(found['new']):.3f}", f"nearest centroid: {peers}")
        sure = new >= 0.5
        row(
            "  said to be new (≥ 50 %)",
            f"{sure[truth > 0].mean():.0%} of new",
            f"{sure[truth == 0].mean():.1%} of known",
        )
        mixed = np.maximum(new, likely.max(axis=1)) >= 0.8
        names = np.array([*(model.slugs.index(slug) for _, slug in held["test"]), *([-1] * len(none))])
        answer = np.where(new >= likely.max(axis=1), -1, likely.argmax(axis=1))
        row(
            "  right where ≥ 80 % is said, new among them",
            f"{(answer == names)[mixed].mean():.1%}",
            f"{mixed.mean():.0%} of the queries",
        )


def costs() -> None:
    """Seconds to learn, milliseconds to answer."""
    title("Costs: 10,003 quotes of 77 problems")
    examples, texts = catalogue(pairs("train"), None, 0), [text for text, _ in pairs("test")][:500]
    spent = taken(lambda: train(examples, sentences=False))
    row("learning, default", seconds(spent), "target 10 s")
    few = catalogue(pairs("train"), 5, 0)
    row("learning, 385 quotes", seconds(taken(lambda: train(few, sentences=False))))
    row(
        "nearest centroid, learning",
        seconds(taken(lambda: embed_words([t for one in examples.values() for t in one.quotes]))),
    )
    model = train(examples, sentences=False)
    answers(model, texts, "default")
    if has_semantic():
        whole = learnt(examples, sentences=True)
        embedding.embed_sentences = embed_sentences
        some = [one.quotes[0] for one in examples.values()]
        row("MiniLM, a quote, kept afterwards", f"{1000 * taken(lambda: embed_sentences(some)) / len(some):.1f} ms")
        answers(whole, texts[:200], "heard[semantic]")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.bin"
        save(model, path)
        row("kept model", f"{path.stat().st_size / 1e6:.1f} MB", f"loaded in {1000 * taken(lambda: load(path)):.0f} ms")


def answers(model: Model, texts: Sequence[str], name: str) -> None:
    """The time of one query at a time."""
    suggest(model, texts[:1])
    times = []
    for text in texts:
        start = time.perf_counter()
        suggest(model, [text])
        times.append(time.perf_counter() - start)
    row(
        f"a query, {name}",
        f"{1000 * float(np.median(times)):.1f} ms",
        f"p95 {1000 * float(np.percentile(times, 95)):.1f} ms; target 10 ms",
    )


def logging() -> None:
    """How soon `heard log` suggests, with a model and without."""
    title(f"`heard log` with {NOTES} notes: “Saved”, and the suggestions (the end of the command)")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        make(root, NOTES)
        command = [str(BIN / "heard"), "-C", str(root), "log", WORDS]
        until(command, "Saved", {})
        names = [until(command, "Saved", {}) for _ in range(9)]
        model = learnt(catalogue(pairs("train"), None, 0), sentences=False)
        save(model, root / "content" / "private" / ".heard" / "matching.bin")
        until(command, "Saved", {})
        whole = [until(command, "Saved", {}) for _ in range(9)]
    for name, times in (("by names alone", names), ("by a model of 10,003 quotes", whole)):
        saved, end = np.median(np.array(times), axis=0)
        row(f"{name}: Saved", seconds(float(saved)))
        row(
            f"{name}: suggestions",
            seconds(float(end)),
            f"{end / np.median(np.array(names)[:, 1]):.2f} of by names alone; target 0.8 s",
        )


def catalogue(quotes: Pairs, size: int | None, draw: int) -> dict[str, Examples]:
    """Every problem with its name as its title, and so many of its quotes, drawn anew for every `draw`."""
    found: dict[str, list[str]] = {}
    for text, slug in quotes:
        found.setdefault(slug, []).append(text)
    if draw == BASELINES and size:
        chance = random.Random(0)
        return {slug: named(slug, chance.sample(found[slug], size)) for slug in sorted(found)}
    dice = np.random.default_rng(draw)
    return {slug: named(slug, drawn(dice, found[slug], size)) for slug in sorted(found)}


def named(slug: str, quotes: Sequence[str]) -> Examples:
    """What is known of a problem whose name is its title."""
    return Examples((slug.replace("_", " "),), tuple(quotes))


def drawn(dice: np.random.Generator, texts: Sequence[str], size: int | None) -> tuple[str, ...]:
    """Some of the texts, or all."""
    return tuple(texts) if size is None else tuple(str(text) for text in dice.permutation(list(texts))[:size])


def pairs(half: str) -> Pairs:
    """banking77's queries with their problems."""
    with (DATA / "banking77" / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        return [(line["text"], line["category"]) for line in csv.DictReader(file)]


def tops(scores: Any, right: NDArray[np.int64]) -> Floats:
    """The shares with the right one first, and among three."""
    order = np.argsort(-scores, axis=1)[:, :3]
    return np.array([(order[:, 0] == right).mean(), (order == right[:, None]).any(axis=1).mean()])


def told(shares: Sequence[Floats]) -> str:
    """The mean as percentages."""
    first, third = 100 * np.mean(shares, axis=0)
    return f"{first:.1f} / {third:.1f}"


if __name__ == "__main__":
    sys.exit(main())
