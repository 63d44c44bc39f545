"""The linear classifier: multinomial logistic regression over terms and meaning together.

scikit-learn's takes three times as long here, since it knows no mixture of sparse and dense columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from heard.base.similarity.descent import lowest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TRUST = 10.0
"""How much more a misplaced quote weighs than a large weight."""

MEANING = 1.5
"""The length of the meaning's rows beside the terms', whose rows have length 1."""

ROUNDS = 20
FEW = 2_000
"""Up to so many texts the work is done among the texts instead of among the terms."""


@dataclass(frozen=True, slots=True)
class Line:
    """For every problem (columns) the weights of the terms and of the meaning, and a base."""

    terms: Floats | None
    meaning: Floats
    base: Floats


def straight_lines(terms: Any, meaning: Floats, of: NDArray[np.int64]) -> Line:
    """The weights that tell the problems apart best; `of` numbers the problem of each row."""
    import numpy as np

    scale = MEANING if terms is not None else 2.0
    scaled = scale * meaning
    if len(of) > FEW:
        above, below, base = _fitted(terms, scaled, of)
        return Line(above, scale * below, base)
    near = scaled @ scaled.T + (0 if terms is None else (terms @ terms.T).toarray())
    sizes, ways = np.linalg.eigh(near.astype(np.float64))
    kept = sizes > 1e-6
    back = ways[:, kept] / np.sqrt(sizes[kept])
    _, among, base = _fitted(None, (near @ back).astype(np.float32), of)
    by_text = (back @ among).astype(np.float32)
    return Line(None if terms is None else np.asarray(terms.T @ by_text), scale * (scaled.T @ by_text), base)


def _fitted(terms: Any, dense: Floats, of: NDArray[np.int64]) -> tuple[Floats | None, Floats, Floats]:
    import numpy as np

    count, sparse = int(of[-1]) + 1, 0 if terms is None else terms.shape[1]
    turned = None if terms is None else terms.T.tocsr()
    dense = np.c_[dense, np.ones(len(of), dtype=np.float32)]
    every = np.arange(len(of))

    def cost(weights: Floats) -> tuple[float, Floats]:
        logits = dense @ weights[sparse:]
        if terms is not None:
            logits += terms @ weights[:sparse]
        logits -= logits.max(axis=1, keepdims=True)
        likely = np.exp(logits)
        sums = likely.sum(axis=1)
        loss = float((np.log(sums) - logits[every, of]).sum(dtype=np.float64))
        likely /= sums[:, None]
        likely[every, of] -= 1
        below = dense.T @ likely
        slope: Floats = below if turned is None else np.concatenate([turned @ likely, below])
        slope *= np.float32(TRUST)
        slope[:-1] += weights[:-1]
        return TRUST * loss + float(np.vdot(weights[:-1], weights[:-1])) / 2, slope

    start = np.zeros((sparse + dense.shape[1], count), dtype=np.float32)
    best = lowest(cost, start, ROUNDS if terms is not None else 4 * ROUNDS)
    return best[:sparse] if terms is not None else None, best[sparse:-1], best[-1]
