"""Which problems of the catalogue are probably one, and which one is probably several.

Both rest on one figure, the kinship of two groups of quotes: how alike quotes of different groups are, as
a part of how alike those of the same group are. It is 1 on average where both say the same, however
differently people put it. Settled on the training halves of banking77 and clinc150; figures in
bench/README.md.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from heard.catalogue.clusters import Group, centred, mean_pair, told, tree_of, units

if TYPE_CHECKING:
    from heard.catalogue.clusters import Matrix, Tree

ONE = 0.9
"""From this kinship on, two problems are probably one."""

SEVERAL = 0.2
"""Up to this kinship, two parts of a problem are probably two problems."""

_MIXED = 0.7
_ENOUGH = 8
_NAMED_ALIKE = 0.6
_SAME_NAME = 0.85
_SMALLEST = 4
_TIGHT = 0.2
_FEW = 3
_PART = 0.25
_USUAL = 0.45


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """A problem with the words heard for it: a unit row for each text, and one for its name.

    No name is made of the words of the `silent` texts, given by their places.
    """

    slug: str
    name: str
    texts: tuple[str, ...]
    vectors: Matrix
    named: Matrix
    silent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two problems, by their slugs, that are probably one: why, and how sure that is (0–1)."""

    a: str
    b: str
    why: str
    sureness: float


@dataclass(frozen=True, slots=True)
class SplitProposal:
    """A problem, by its slug, whose quotes fall into groups that have little in common: what they are, and why."""

    problem: str
    groups: tuple[Group, ...]
    why: str = field(compare=False)


def merges(problems: Sequence[Worded]) -> tuple[MergeProposal, ...]:
    """The pairs of problems whose quotes cannot be told apart, surest first.

    Where one has fewer than eight quotes, their names must be alike as well; where one has none, the names
    must say almost the same.
    """
    apart = _apart(problems)
    pairs = ((one, two) for at, one in enumerate(problems) for two in problems[at + 1 :])
    found = (proposal for one, two in pairs if (proposal := _merge(one, two, apart)))
    return tuple(sorted(found, key=lambda one: (-one.sureness, one.a, one.b)))


def splits(problems: Sequence[Worded], *, secrets: Collection[str] = ()) -> tuple[SplitProposal, ...]:
    """The problems whose quotes fall into clear groups, by slug."""
    around = middle(problems)
    found = []
    for one in sorted(problems, key=lambda one: one.slug):
        if groups := split_of(one.texts, one.vectors, around=around, secrets=secrets, silent=one.silent):
            parts = ", ".join(f"{len(group.members)} like “{group.name}”" for group in groups)
            found.append(SplitProposal(one.slug, groups, f"its quotes have little in common: {parts}"))
    return tuple(found)


def split_of(
    texts: Sequence[str],
    vectors: Matrix,
    *,
    around: Matrix | None = None,
    secrets: Collection[str] = (),
    silent: Collection[int] = (),
) -> tuple[Group, ...]:
    """The clear groups among the quotes of one problem, largest first; none where they belong together.

    Every quote is in one of them. `around` is what the whole catalogue has in common (see `middle`): without
    it, what sets the quotes of a single problem apart seems larger than it is.
    """
    import numpy as np

    order = sorted(range(len(texts)), key=lambda at: texts[at])
    rows = centred(np.asarray(vectors, dtype=np.float32)[order], around) if order else vectors
    groups = _halved(rows)
    if len(groups) < 2:
        return ()
    apart = dict(zip(order, rows, strict=True))
    return told(texts, apart, [[order[at] for at in group] for group in groups], secrets=secrets, silent=silent)


def middle(problems: Sequence[Worded]) -> Matrix | None:
    """What the problems have in common: the mean of their means, and of few problems a part of it."""
    import numpy as np

    means = [one.vectors.mean(axis=0) for one in problems if len(one.vectors)]
    return np.asarray(np.sum(means, axis=0) / (len(means) + _FEW), dtype=np.float32) if means else None


def kinship(one: Matrix, two: Matrix) -> float:
    """How alike centred rows of two groups are, as a part of how alike they are within; about 1 if they are one.

    It may exceed 1 by chance; below 0 it means that they have less in common than any two.
    """
    within = (mean_pair(rows) if len(rows) > 1 else _USUAL for rows in (one, two))
    first, second = (max(value, 0.05) for value in within)
    return float(one.mean(axis=0) @ two.mean(axis=0)) / math.sqrt(first * second)


def _apart(problems: Sequence[Worded]) -> Mapping[str, tuple[Matrix, Matrix]]:
    """Every problem's rows, and the row of its name, without what all have in common."""
    import numpy as np

    around = middle(problems)
    names = centred(np.array([one.named for one in problems], dtype=np.float32)) if problems else ()
    rows = (centred(one.vectors, around) if len(one.vectors) else one.vectors for one in problems)
    return {one.slug: (row, name) for one, row, name in zip(problems, rows, names, strict=True)}


def _merge(one: Worded, two: Worded, apart: Mapping[str, tuple[Matrix, Matrix]]) -> MergeProposal | None:
    (first, name), (second, other) = apart[one.slug], apart[two.slug]
    fewest, alike = min(len(first), len(second)), float(name @ other)
    if fewest < 2:
        same = alike >= _SAME_NAME
        return MergeProposal(one.slug, two.slug, "their names say the same", round(alike, 2)) if same else None
    if (near := kinship(first, second)) < ONE or (fewest < _ENOUGH and alike < _NAMED_ALIKE):
        return None
    strays, count = _strays(first, second), len(first) + len(second)
    if count - strays > _MIXED * count:
        return None
    why = f"their quotes cannot be told apart: by its words, {strays} of {count} would as well be filed under the other"
    return MergeProposal(one.slug, two.slug, why, round(min(near, 1.0) * min(1.0, 0.5 + fewest / 16), 2))


def _strays(one: Matrix, two: Matrix) -> int:
    """How many rows are nearer to the mean of the other group than to that of the rest of their own."""
    import numpy as np

    count = 0
    for own, other in ((one, two), (two, one)):
        rest = units(np.asarray(own.sum(axis=0) - own, dtype=np.float32))
        far = units(other.mean(axis=0, keepdims=True))
        count += int((np.einsum("nd,nd->n", rest, own) <= own @ far[0]).sum())
    return count


def _halved(rows: Matrix) -> list[list[int]]:
    """The rows in clear groups: halved, and each half once more, as long as the halves have little in common."""
    everything = list(range(len(rows)))
    if len(rows) < 2 * _SMALLEST:
        return [everything]
    tree, _ = tree_of(rows)
    halves = [_leaves(tree, int(node)) for node in tree[-1]]
    if min(map(len, halves)) < max(_SMALLEST, _PART * len(rows)):
        return [everything]
    one, two = (rows[half] for half in halves)
    # Loose halves have little in common because their own quotes have: that makes no two problems.
    if kinship(one, two) > SEVERAL or min(mean_pair(one), mean_pair(two)) < _TIGHT:
        return [everything]
    return [[half[at] for at in part] for half in halves for part in _halved(rows[half])]


def _leaves(tree: Tree, node: int) -> list[int]:
    count, found, waiting = len(tree) + 1, [], [node]
    while waiting:
        node = waiting.pop()
        if node < count:
            found.append(node)
        else:
            waiting += [int(child) for child in tree[node - count]]
    return sorted(found)
