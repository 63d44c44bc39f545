"""Unfiled quotes in groups, beside k-means that is told how many there are; merges and splits.

Measured on the test halves of banking77 and clinc150, which nothing was settled on; the 10,003 quotes are
banking77's training half and serve for the time. Samples are drawn with fixed seeds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, v_measure_score
from sklearn.metrics.cluster import pair_confusion_matrix

from heard.base.similarity.embedding import embed_sentences, embed_words, has_semantic
from heard.catalogue.cluster_names import name_of
from heard.catalogue.clusters import cluster
from heard.catalogue.regroup import Worded, merges, splits
from lib.labelled import DATA, SETS, Labelled
from lib.timing import row, seconds, taken, title

Rows: TypeAlias = NDArray[np.float32]
Embed: TypeAlias = Callable[[Sequence[str]], Rows]
Figures: TypeAlias = tuple[float, ...]


def main() -> int:
    """Print the figures."""
    title("groups of unfiled quotes (bench/clusters.py)")
    if not (DATA / "banking77").is_dir():
        row("left out", "-", f"the labelled quotes are not at {DATA}")
        return 0
    ways: dict[str, Embed] = {"words": embed_words}
    if has_semantic():
        ways["semantic"] = embed_sentences
    for way, embed in ways.items():
        for name, read in SETS.items():
            said = read("test")
            measure(f"{name}, {way}", said, embed(said.texts))
    said = SETS["banking77"]("train")
    measure_large("banking77's training half, words", said, embed_words(said.texts))
    return 0


def measure(what: str, said: Labelled, rows: Rows) -> None:
    """All figures of one set with one way to compare texts."""
    labels = np.unique(said.labels, return_inverse=True)[1]
    print(f"-- {what}")
    everything = np.arange(len(labels))
    beside_k_means(f"{len(labels):,} quotes", said, rows, labels, [everything])
    drawn = [np.random.default_rng(seed).permutation(len(labels))[:400] for seed in range(5)]
    beside_k_means("400 of all problems", said, rows, labels, drawn)
    for many, each, times in ((20, 20, 5), (10, 6, 20), (5, 4, 20)):
        places = [sample(labels, many, each, seed) for seed in range(times)]
        in_pairs(f"{many * each} quotes of {many} problems", said, rows, labels, places)
    drawn = [np.random.default_rng(seed).permutation(len(labels))[:60] for seed in range(20)]
    in_pairs("60 of all problems, most heard once", said, rows, labels, drawn)
    row("one quote more: agreement of the groups", f"{steady(said, rows, drawn=5):.3f}", "adjusted Rand, 400 and 401")
    for each in (8, 15):
        regrouped(said, rows, labels, each)


def sample(labels: NDArray[np.int64], many: int, each: int, seed: int) -> NDArray[np.int64]:
    """The places of some quotes of some problems."""
    random = np.random.default_rng(seed)
    chosen = random.permutation(labels.max() + 1)[:many]
    return np.concatenate([random.permutation(np.flatnonzero(labels == one))[:each] for one in chosen])


def grouped(said: Labelled, rows: Rows, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the group of each quote; whatever is in none is alone."""
    found = -1 - np.arange(len(places))
    for number, group in enumerate(cluster([said.texts[at] for at in places], rows[places])):
        found[list(group.members)] = number
    return found


def beside_k_means(
    what: str, said: Labelled, rows: Rows, labels: NDArray[np.int64], samples: Sequence[NDArray[np.int64]]
) -> None:
    """V-measure and adjusted Rand, ours and those of k-means told the true number."""
    ours, theirs = [], []
    for places in samples:
        true = labels[places]
        start = time.perf_counter()
        found = grouped(said, rows, places)
        middle = time.perf_counter()
        told = KMeans(len(set(true)), n_init=3, random_state=0).fit_predict(rows[places])
        end = time.perf_counter()
        ours.append((v_measure_score(true, found), adjusted_rand_score(true, found), middle - start, len(set(found))))
        theirs.append((v_measure_score(true, told), adjusted_rand_score(true, told), end - middle, len(set(true))))
    (v, rand, took, groups), (v2, rand2, took2, true_groups) = np.mean(ours, axis=0), np.mean(theirs, axis=0)
    row(f"{what}: V-measure", f"{v:.3f} / {v2:.3f}", f"{v / v2:.2f} of k-means")
    row("  adjusted Rand", f"{rand:.3f} / {rand2:.3f}", f"{rand / rand2:.2f}")
    row("  groups and quotes alone / true number", f"{groups:.0f} / {true_groups:.0f}")
    row("  time", f"{seconds(took)} / {seconds(took2)}")


def in_pairs(
    what: str, said: Labelled, rows: Rows, labels: NDArray[np.int64], samples: Sequence[NDArray[np.int64]]
) -> None:
    """How many pairs put together belong together, and how many that do are."""
    together = np.zeros((2, 2))
    times = []
    for places in samples:
        start = time.perf_counter()
        found = grouped(said, rows, places)
        times.append(time.perf_counter() - start)
        together += pair_confusion_matrix(labels[places], found)
    (_, wrong), (missed, right) = together
    row(
        f"{what}: pairs right",
        f"{right / max(1, right + wrong):.2f}",
        f"{right / (right + missed):.2f} found, {seconds(float(np.median(times)))}",
    )


def steady(said: Labelled, rows: Rows, drawn: int) -> float:
    """How far the groups of 400 quotes stay as they were when one quote is added."""
    agree = []
    for seed in range(drawn):
        places = np.random.default_rng(seed).permutation(len(rows))[:401]
        agree.append(adjusted_rand_score(grouped(said, rows, places[:-1]), grouped(said, rows, places)[:-1]))
    return float(np.mean(agree))


def regrouped(said: Labelled, rows: Rows, labels: NDArray[np.int64], each: int) -> None:
    """A tenth of the problems in two halves, a tenth joined by twos: what is proposed, and what wrongly."""
    merged, split = np.zeros(3), np.zeros(3)
    for seed in range(5):
        problems, halved, joined = catalogue(said, rows, labels, each, seed)
        pairs = {frozenset((one.a, one.b)) for one in merges(problems)}
        parted = {one.problem for one in splits(problems)}
        merged += (len(pairs & halved), len(pairs - halved), len(halved))
        split += (len(parted & joined), len(parted - joined), len(joined))
    for what, (right, wrong, all_) in (("merges", merged), ("splits", split)):
        row(
            f"{what} proposed, {each} quotes each: right",
            f"{right / max(1, right + wrong):.2f}",
            f"{right / all_:.2f} found; {wrong / 5:.1f} wrong in {labels.max() + 1} problems",
        )


def catalogue(
    said: Labelled, rows: Rows, labels: NDArray[np.int64], each: int, seed: int
) -> tuple[list[Worded], set[frozenset[str]], set[str]]:
    """Problems with some quotes each: a few in two halves, a few joined from two."""
    random = np.random.default_rng(seed)
    order = [int(one) for one in random.permutation(labels.max() + 1)]
    few = len(order) // 10
    problems: list[Worded] = []

    def drawn(one: int, many: int) -> Iterator[NDArray[np.int64]]:
        places = random.permutation(np.flatnonzero(labels == one))
        return (places[at : at + each] for at in range(0, each * many, each))

    def add(slug: str, places: NDArray[np.int64]) -> None:
        texts = tuple(said.texts[at] for at in places)
        problems.append(Worded(slug, name_of(texts), texts, rows[places], rows[places[0]]))

    for one in order[:few]:
        for part, places in zip("ab", drawn(one, 2), strict=True):
            add(f"{one}{part}", places)
    for one, two in zip(order[few : 2 * few], order[2 * few : 3 * few], strict=True):
        add(f"{one}+", np.concatenate([*drawn(one, 1), *drawn(two, 1)]))
    for one in order[3 * few :]:
        add(str(one), next(drawn(one, 1)))
    halved = {frozenset((f"{one}a", f"{one}b")) for one in order[:few]}
    return problems, halved, {f"{one}+" for one in order[few : 2 * few]}


def measure_large(what: str, said: Labelled, rows: Rows) -> None:
    """The time for ten thousand."""
    print(f"-- {what}")
    labels = np.unique(said.labels, return_inverse=True)[1]
    beside_k_means(f"{len(labels):,} quotes", said, rows, labels, [np.arange(len(labels))])
    places = np.arange(400)
    row("400 quotes: time", seconds(taken(lambda: grouped(said, rows, places))), "target 0.5 s; 10,000: 10 s")


if __name__ == "__main__":
    sys.exit(main())
