"""Names for groups of quotes, in the quotes' own words: a clause that says what most of them say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from heard.base.text import squeeze, words
from heard.catalogue.clauses import LOOSE, PREPOSITIONS, clauses

_READ = 12
_STEM = 5
_PLAIN_WORDS = """
    me us them him it there not one any some all more most much many other another way please want need like
"""
_PLAIN = LOOSE | frozenset(_PLAIN_WORDS.split())
_WEAK_WORDS = """
    how what why where who when is are can could do does did will would should you it he she they this while as once
    behind whats
"""
_WEAK = frozenset(_WEAK_WORDS.split())
_HANGING = PREPOSITIONS | frozenset(("despite", "if", "given", "regarding", "me"))


def names_of(groups: Sequence[Sequence[str]], secrets: Collection[str] = ()) -> tuple[str, ...]:
    """A name for every group of texts (most central first), each different, of at most ten words.

    No name holds one of the secrets; a group in which no words may be used has an empty name.
    """
    shares = [_shares(texts) for texts in groups]
    usual = Counter[str]()
    for share in shares:
        usual.update(share)
    found: list[str] = []
    taken: set[str] = set()
    others = max(1, len(groups) - 1)
    for texts, share in zip(groups, shares, strict=True):
        # What every group says names none.
        weights = {key: part * (0.25 + max(0.0, part - (usual[key] - part) / others)) for key, part in share.items()}
        found.append(_name(texts, weights, secrets, taken))
        taken.add(squeeze(found[-1]))
    return tuple(found)


def name_of(texts: Sequence[str], *, secrets: Collection[str] = (), taken: Collection[str] = ()) -> str:
    """A name for texts that say one thing, most central first; none of the names that are taken."""
    weights = {key: part * (0.25 + part) for key, part in _shares(texts).items()}
    return _name(texts, weights, secrets, {squeeze(name) for name in taken})


def _shares(texts: Sequence[str]) -> Mapping[str, float]:
    """How large a part of the texts holds each word, by the first letters of the word."""
    counts = Counter(key for text in texts for key in set(_keys(text)))
    return {key: count / len(texts) for key, count in counts.items()}


def _keys(text: str) -> list[str]:
    said = words(text.replace("’", "").replace("'", ""))
    return [word[:_STEM] for word in said if word not in _PLAIN]


def _name(texts: Sequence[str], weights: Mapping[str, float], secrets: Collection[str], taken: Collection[str]) -> str:
    shy = [told for secret in secrets if (told := words(secret))]
    parts = frozenset(word for secret in shy for word in secret if len(word) > 1)
    best, name = 0.0, ""
    for rank, text in enumerate(texts[:_READ]):
        for clause in clauses(text):
            worth = clause.whole * (1 - 0.04 * rank) * _worth(clause.text, weights)
            if worth > best and squeeze(clause.text) not in taken and _may_be_said(clause.text, shy, parts):
                best, name = worth, clause.text
    return f"{name[:1].upper()}{name[1:]}"


def _may_be_said(text: str, secrets: Sequence[Sequence[str]], parts: Collection[str]) -> bool:
    said = words(text)
    for secret in secrets:
        size = len(secret)
        if any(said[at : at + size] == secret for at in range(len(said) - size + 1)):
            return False
    # One word of a name is the name where it is written as one.
    return not any(word in parts for token in text.split() if token[:1].isupper() for word in words(token))


def _worth(text: str, weights: Mapping[str, float]) -> float:
    """How well the words would do as a name: how much of what the group says they say, in how few words."""
    spoken = text.split()
    keys = dict.fromkeys(_keys(text))
    worth = (sum(weights.get(key, 0.0) for key in keys) + 1e-6) / float(2 + len(spoken)) ** 0.5
    first = words(spoken[0])[:1]
    names = sum(token[:1].isupper() and not token.isupper() for token in spoken[1:])
    for wrong, factor in (
        (len(keys) < 2, 0.4),
        (len(spoken) < 4, 0.8),
        (any(letter.isdigit() for letter in text), 0.3),
        # Where every other word has a capital the language is German, or it is a title.
        (0 < names <= len(spoken) / 4, 0.5),
        (first and first[0] in _WEAK, 0.85),
        (first and first[0] in _HANGING, 0.65),
        ("http" in text or "@" in text, 0.01),
    ):
        worth *= factor if wrong else 1.0
    return float(worth)
