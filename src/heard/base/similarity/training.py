"""Learns from a catalogue which words belong to which problem. Takes seconds; asking is `model`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from heard.base.similarity.curve import curves
from heard.base.similarity.embedding import embed_sentences, embed_words, has_semantic, unit
from heard.base.similarity.line import Line, straight_lines
from heard.base.similarity.model import Examples, Model
from heard.base.similarity.terms import learnt

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Embed = Callable[[Sequence[str]], "Floats"]


def train(
    examples: Mapping[str, Examples],
    *,
    sentences: bool | None = None,
    embed: Embed = embed_sentences,
    made_of: Mapping[str, str] | None = None,
) -> Model:
    """What the names and quotes of every problem teach. The same examples give the same model.

    `sentences` says whether MiniLM looks too (as it is installed); `embed` stands in for it, to keep rows
    that were worked out before.
    """
    import numpy as np

    slugs = tuple(sorted(slug for slug, one in examples.items() if any(map(str.strip, (*one.names, *one.quotes)))))
    if not slugs:
        return Model((), 0.0, {}, made_of or {})
    texts = [_texts(examples[slug]) for slug in slugs]
    flat = [text for some in texts for text in some]
    of = np.repeat(np.arange(len(slugs)), [len(some) for some in texts])
    looks: dict[str, Embed] = {"words": embed_words}
    if has_semantic() if sentences is None else sentences:
        looks["sentences"] = embed
    arrays: dict[str, Any] = {"starts": np.searchsorted(of, np.arange(len(slugs) + 1))}
    arrays |= _learnt(flat, of, looks)
    return Model(slugs, sum(len(examples[slug].quotes) for slug in slugs) / len(slugs), arrays, made_of or {})


def _texts(one: Examples) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys((*one.names, *one.quotes)) if text.strip())


def _learnt(texts: Sequence[str], of: NDArray[np.int64], looks: Mapping[str, Embed]) -> dict[str, Any]:
    import numpy as np
    from scipy.sparse import csr_array

    known, found = learnt(texts)
    terms = csr_array((found.values, found.columns, found.starts), shape=(len(texts), len(known.terms)))
    arrays: dict[str, Any] = {"terms": known.terms, "term_weights": known.weights}
    belongs = np.eye(of[-1] + 1, dtype=np.float32)[of]
    arrays["terms_near"] = _unit_columns(np.asarray(terms.T @ belongs)).astype(np.float16)
    for view, look in looks.items():
        plain = look(texts)
        centre = plain.mean(axis=0) if of[-1] else np.zeros(plain.shape[1], dtype=np.float32)
        centred = unit(plain - centre)
        line = straight_lines(terms if view == "words" else None, centred, of)
        arrays |= {
            f"{view}_centre": centre,
            f"{view}_near": _unit_columns(centred.T @ belongs),
            f"{view}_quotes": centred,
            f"{view}_curve": curves(centred, of),
        }
        arrays |= _line_arrays(view, line)
    return arrays


def _line_arrays(view: str, line: Line) -> dict[str, Any]:
    import numpy as np

    arrays: dict[str, Any] = {f"{view}_line": line.meaning, f"{view}_base": line.base}
    if line.terms is not None:
        arrays["terms_line"] = line.terms.astype(np.float16)
    return arrays


def _unit_columns(table: Floats) -> Floats:
    return unit(table.T).T.copy()
