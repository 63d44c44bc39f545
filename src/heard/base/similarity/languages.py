"""Takes the language out of vectors, so that texts are grouped by what they say and not by how it is said.

To a model that was made for English, any two German sentences look alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from heard.base.shingles import STOP_WORDS
from heard.base.similarity.embedding import unit
from heard.base.text import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_TELLING = 2
_FEW = 3


def languages(texts: Sequence[str]) -> tuple[str, ...]:
    """The language of each text by its stop words; the commonest one where a text does not tell."""
    found = [Counter({lang: _count(text, lang) for lang in STOP_WORDS}) for text in texts]
    first = [max(sorted(counts), key=lambda lang: counts[lang]) for counts in found if counts.total()]
    usual = min(Counter(first).items(), key=lambda item: (-item[1], item[0]))[0] if first else ""
    return tuple(_language(counts, usual) for counts in found)


def _count(text: str, lang: str) -> int:
    known = STOP_WORDS[lang]
    return sum(word in known for word in words(text))


def _language(counts: Counter[str], usual: str) -> str:
    best = max(sorted(counts), key=lambda lang: counts[lang])
    return best if counts[best] - counts[usual] >= _TELLING else usual


def without_language(texts: Sequence[str], vectors: Vectors) -> Vectors:
    """The rows without what those of one language have in common and others have not; unit rows again."""
    import numpy as np

    spoken = np.array(languages(texts))
    if len(set(spoken.tolist())) < 2:
        return vectors
    rows, mean = vectors.copy(), vectors.mean(axis=0)
    for lang in sorted(set(spoken.tolist())):
        here = spoken == lang
        # The mean of a few tells more of what they say than of their language.
        share = here.sum() / (here.sum() + _FEW)
        rows[here] -= (vectors[here].mean(axis=0) - mean) * share
    return unit(rows)
