"""Which quotes say the same thing: groups of unfiled words, each of which may be a problem.

The number of groups is not asked for. Every quote is first drawn towards its nearest neighbours, which
evens out how differently people say one thing; Ward's method then joins the nearest, and of its tree
those groups are kept whose members are, on average, more alike than `ALIKE`. What is like nothing else
stays out. Settled on the training halves of banking77 and clinc150; figures in bench/README.md.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from heard.catalogue.cluster_names import names_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]
    Tree: TypeAlias = NDArray[np.int64]

ALIKE = 0.55
"""How alike the evened-out members of a group are on average, at least (cosine)."""

LEAST = 0.38
"""How alike they are before that: below it, two quotes put together were mostly about different problems."""

_NEIGHBOURS = 4
_UNRELATED = 0.2
_JOINED = 10
_WHOLE = 2000
_FEW = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Quotes that belong together: their places in the sequence that was given, and a name in their own words.

    `sureness` (0–1) is how likely two members mean one problem.
    """

    members: tuple[int, ...]
    name: str
    sureness: float


def cluster(
    texts: Sequence[str],
    vectors: Matrix,
    *,
    around: Matrix | None = None,
    secrets: Collection[str] = (),
    silent: Collection[int] = (),
) -> tuple[Group, ...]:
    """The groups among texts, largest first; what belongs nowhere is in none.

    `vectors` has one unit row a text; `around` is what all that was heard has in common (see `common`),
    where more was heard than these texts. No name holds one of the `secrets`, nor words of the `silent`
    texts, given by their places; a group without other words has an empty name. The order of the texts
    does not matter.
    """
    import numpy as np

    order = sorted(range(len(texts)), key=lambda at: texts[at])
    rows = np.asarray(vectors, dtype=np.float32)[order]
    order = [at for at, row in zip(order, rows, strict=True) if row.any()]
    if len(order) < 2:
        return ()
    rows = centred(np.asarray(vectors, dtype=np.float32)[order], around)
    found = [[order[at] for at in group] for group in parted(rows) if len(group) > 1]
    apart = dict(zip(order, rows, strict=True))
    return told(texts, apart, found, secrets=secrets, silent=silent)


def common(rows: Matrix) -> Matrix:
    """What texts have in common: the mean of their rows, and of few texts a part of it.

    Of few texts the mean would hold what is particular to them.
    """
    import numpy as np

    return np.asarray(rows.mean(axis=0) * (len(rows) / (len(rows) + _FEW)), dtype=np.float32)


def centred(rows: Matrix, around: Matrix | None = None) -> Matrix:
    """Unit rows without what all have in common, so that only what sets them apart is compared."""
    import numpy as np

    return units(np.asarray(rows - (common(rows) if around is None else around), dtype=np.float32))


def units(rows: Matrix) -> Matrix:
    """The rows at length 1; a row of nothing stays nothing."""
    import numpy as np

    sizes = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(sizes, 1e-9), dtype=np.float32)


def parted(rows: Matrix) -> list[list[int]]:
    """The places of centred rows in groups; what belongs nowhere is a group of its own."""
    tree, even = tree_of(rows)
    return _kept(tree, rows, even)


def tree_of(rows: Matrix) -> tuple[Tree, Matrix]:
    """Which groups of centred rows are joined, step by step, and the rows drawn towards their neighbours.

    The tree has a row for each step: the two groups that meet. Single rows are numbered first, then the
    groups as they come.
    """
    near, likeness = _nearest(rows, min(_JOINED, len(rows) - 1))
    even = _evened(rows, near[:, :_NEIGHBOURS], likeness[:, :_NEIGHBOURS])
    return _tree(even, near), even


def _nearest(rows: Matrix, many: int) -> tuple[NDArray[np.int64], Matrix]:
    """For every row its nearest others, nearest first, and how alike they are."""
    import numpy as np

    if len(rows) <= _WHOLE:
        likeness = rows @ rows.T
        np.fill_diagonal(likeness, -2)
        near = np.argsort(-likeness, axis=1, kind="stable")[:, :many]
        return near, np.take_along_axis(likeness, near, axis=1)
    from sklearn.neighbors import NearestNeighbors

    far, near = NearestNeighbors(n_neighbors=many, algorithm="brute").fit(rows).kneighbors()
    return near, np.asarray(1 - far**2 / 2, dtype=np.float32)


def _evened(rows: Matrix, near: NDArray[np.int64], likeness: Matrix) -> Matrix:
    import numpy as np

    weights = np.clip(likeness - _UNRELATED, 0, None) / (1 - _UNRELATED)
    return units(np.asarray(rows + np.einsum("nk,nkd->nd", weights, rows[near]), dtype=np.float32))


def _tree(rows: Matrix, near: NDArray[np.int64]) -> Tree:
    from scipy.cluster.hierarchy import linkage

    if len(rows) <= _WHOLE:
        joined: Tree = linkage(rows, "ward")[:, :2].astype(int)
        return joined
    return _tree_of_neighbours(rows, near)


def _tree_of_neighbours(rows: Matrix, near: NDArray[np.int64]) -> Tree:
    # With all pairs, time and memory grow with the square; neighbours give equal figures.
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from sklearn.cluster import ward_tree

    count, many = near.shape
    tails, heads = np.repeat(np.arange(count), many), near.ravel()
    _, part = connected_components(coo_matrix((np.ones(len(tails)), (tails, heads)), (count, count)), directed=False)
    # Parts that nothing joins hang together by the first of each, which the threshold parts again.
    firsts = np.unique(part, return_index=True)[1]
    tails, heads = np.append(tails, firsts[1:]), np.append(heads, firsts[:-1])
    graph = coo_matrix((np.ones(len(tails)), (tails, heads)), (count, count)).tocsr()
    joined: Tree = ward_tree(rows, connectivity=graph.maximum(graph.T))[0]
    return joined


def _kept(tree: Tree, rows: Matrix, even: Matrix) -> list[list[int]]:
    """The groups of the tree whose pairs exceed `ALIKE` by most, all in all."""
    import numpy as np

    count = len(rows)
    sizes = _summed(tree, np.ones((count, 1)))[:, 0]
    alike, plain = (_pairs(_summed(tree, one), sizes) for one in (even, rows))
    pairs = sizes * (sizes - 1) / 2
    own = np.where(plain >= LEAST * pairs, alike - ALIKE * pairs, 0.0)
    best, whole = np.zeros(2 * count - 1), np.zeros(2 * count - 1, dtype=bool)
    for node, (one, two) in enumerate(tree, start=count):
        parts = best[one] + best[two]
        whole[node], best[node] = own[node] > 0 and own[node] >= parts, max(own[node], parts)
    return _groups(tree, whole)


def _summed(tree: Tree, rows: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """The sums of the rows of every group of the tree, single rows first."""
    import numpy as np

    sums = np.vstack([rows, np.zeros((len(tree), rows.shape[1]), dtype=rows.dtype)])
    for node, (one, two) in enumerate(tree, start=len(rows)):
        sums[node] = sums[one] + sums[two]
    return sums


def _pairs(sums: NDArray[np.floating[Any]], sizes: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """How alike the pairs in every group are, summed up; the rows that were summed had length 1."""
    import numpy as np

    return np.asarray((np.einsum("nd,nd->n", sums, sums) - sizes) / 2)


def _groups(tree: Tree, whole: NDArray[np.bool_]) -> list[list[int]]:
    count = len(tree) + 1
    found: list[list[int]] = []
    group: list[int] | None
    waiting: list[tuple[int, list[int] | None]] = [(2 * count - 2, None)]
    while waiting:
        node, group = waiting.pop()
        if group is None and (whole[node] or node < count):
            found.append(group := [])
        if node < count:
            assert group is not None
            group.append(node)
        else:
            waiting += [(int(child), group) for child in tree[node - count]]
    return [sorted(group) for group in found]


def told(
    texts: Sequence[str],
    rows: Mapping[int, Matrix],
    groups: Sequence[Sequence[int]],
    *,
    secrets: Collection[str] = (),
    silent: Collection[int] = (),
) -> tuple[Group, ...]:
    """Groups of places as `Group`s with different names, largest first; `rows` are centred."""
    import numpy as np

    ranked = sorted((_central(texts, rows, group) for group in groups), key=lambda one: (-len(one), texts[one[0]]))
    names = names_of([[texts[at] for at in group if at not in silent] for group in ranked], secrets)
    return tuple(
        Group(tuple(sorted(group)), name, _sureness(np.array([rows[at] for at in group])))
        for group, name in zip(ranked, names, strict=True)
    )


def _central(texts: Sequence[str], rows: Mapping[int, Matrix], group: Sequence[int]) -> list[int]:
    """The places of a group, those that say it best first."""
    middle = sum(rows[at] for at in group) / len(group)
    return sorted(group, key=lambda at: (-round(float(rows[at] @ middle), 5), texts[at], at))


def _sureness(rows: Matrix) -> float:
    # Fitted to groups of 20 to 3,000 quotes from the training halves.
    return round(1 / (1 + math.exp(2.95 - 7.71 * mean_pair(rows))), 2)


def mean_pair(rows: Matrix) -> float:
    """How alike two different rows are on average; of a single row nothing is known, and 1 is said."""
    count, total = len(rows), rows.sum(axis=0)
    return (float(total @ total) - float((rows * rows).sum())) / (count * (count - 1)) if count > 1 else 1.0
