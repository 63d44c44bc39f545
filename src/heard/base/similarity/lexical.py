"""How much two short texts are about the same thing: the cosine of their weighted words and word parts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

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
    bags = {key: _bag(" ".join(parts)) for key, parts in texts.items()}
    spread = Counter(term for bag in bags.values() for term in bag)
    weight = {term: math.log((1 + len(bags)) / (1 + count)) + 1 for term, count in spread.items()}
    asked = _bag(query)
    scores = ((key, round(_cosine(asked, bag, weight), 4)) for key, bag in bags.items())
    return tuple(sorted(scores, key=lambda item: (-item[1], item[0])))


def _bag(text: str) -> Counter[str]:
    kept = [word for word in words(text) if word not in _STOP]
    # The first letters of long words let plural and tense meet.
    return Counter(kept + [f"{word[:_PART]}…" for word in kept if len(word) > _PART])


def _cosine(one: Counter[str], two: Counter[str], weight: Mapping[str, float]) -> float:
    shared = sum(one[t] * two[t] * weight.get(t, 1.0) ** 2 for t in one.keys() & two.keys())
    size = math.sqrt(_square(one, weight) * _square(two, weight))
    return shared / size if size else 0.0


def _square(bag: Counter[str], weight: Mapping[str, float]) -> float:
    return sum((count * weight.get(term, 1.0)) ** 2 for term, count in bag.items())
