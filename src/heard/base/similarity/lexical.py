"""How much two short texts are about the same thing: the cosine of their weighted words and word parts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from heard.base.similarity.bags import Bag, bag, cosine
from heard.base.text import words

_STOP_WORDS = """
    a about after all an and are as at be because been before but by can could did do does every for
    from get had has have he her his how i if in is it its just like me more my no not of on one or
    our out over she so than that the their them then there they this to too up us very was we were
    what when where which who why will with would you your
"""
_STOP = frozenset(_STOP_WORDS.split())
_PART = 4


def rank(query: str, texts: Mapping[str, Sequence[str]]) -> tuple[tuple[str, float], ...]:
    """Every key of `texts` with how near its texts are to the query (0–1), nearest first."""
    counts = {key: _counts(" ".join(parts)) for key, parts in texts.items()}
    spread = Counter(term for some in counts.values() for term in some)
    weight = {term: math.log((1 + len(counts)) / (1 + count)) + 1 for term, count in spread.items()}

    def weighted(some: Counter[str]) -> Bag:
        return bag({term: count * weight.get(term, 1.0) for term, count in some.items()})

    asked = weighted(_counts(query))
    scores = ((key, round(cosine(asked, weighted(some)), 4)) for key, some in counts.items())
    return tuple(sorted(scores, key=lambda item: (-item[1], item[0])))


def _counts(text: str) -> Counter[str]:
    kept = [word for word in words(text) if word not in _STOP]
    # The first letters of long words let plural and tense meet.
    return Counter(kept + [f"{word[:_PART]}…" for word in kept if len(word) > _PART])
