"""Whom and what the words of a quote name: a quote that was allowed without names waits until it holds none.

Nothing is taken out here. Words inside quotation marks are the speaker's, so a person writes [a supplier] or … for a
name, or asks whether it may stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from heard.approve.decide import Candidate, Evidence, ProofSource
from heard.base.shingles import STOP_WORDS
from heard.base.text import fold, squeeze, squeeze_company, words
from heard.values import Account, Proof, Quote

NamesIn = Callable[[Quote | Proof], tuple[str, ...]]
"""Says of a quote or a proof, in words, what its text names that it may not; nothing for most."""

PERSON, NAME_WORD = "a person’s name", "a word of a person’s name"
PRODUCT, PLACE = "a product", "a place"
_FACTS: Mapping[str, str] = {
    **dict.fromkeys(("product", "products", "brand", "brands"), PRODUCT),
    **dict.fromkeys(("place", "places", "city", "cities", "town", "towns"), PLACE),
    **dict.fromkeys(("location", "locations", "site", "sites", "sitename", "sitenames"), PLACE),
}

ORDINARY = 4.0
"""A word that is written more often than once in a hundred thousand (Zipf) is one that anybody says."""

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDS = ".!?:;…\n—–"
_OPENS = " \t\"“„‚‘’'«»([*_"
_CALENDAR = frozenset(
    words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december easter christmas i
""")
)
_TITLES = frozenset(words("mr mrs ms miss dr prof herr herrn frau sir madame monsieur señor señora"))
_SUBJECT = frozenset(
    words("""
    said says told tells is was has had and from wants wanted asked asks thinks thought does did calls called sagt
    sagte hat hatte ist war meint meinte und von will wollte
""")
)
"""What follows a name at the beginning of a sentence, and seldom a verb that looks like one."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that words name: in words what it is, and its text, squeezed, by which its owner is known."""

    what: str
    key: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quote or proof that may be published but for what it names: its problem, or none, and what that is."""

    problem: str
    of: Quote | Proof
    names: tuple[str, ...]


def short(name: str) -> str:
    """A company's name as people say it, without its legal form."""
    parts, bare = name.split(), squeeze_company(name)
    ways = (" ".join(parts[at:end]) for end in range(1, len(parts) + 1) for at in range(min(2, end)))
    return next((way.rstrip(",") for way in ways if squeeze(way) == bare), name)


def facts(accounts: Iterable[Account]) -> Iterator[tuple[str, str]]:
    """The products and places in the accounts' files, each with what it is; numbers are none."""
    for account in accounts:
        for key, values in account.facts:
            what = _FACTS.get(squeeze(key))
            yield from ((value, what) for value in values if what and any(c.isalpha() for c in value))


def is_ordinary(word: str, langs: Iterable[str]) -> bool:
    """Whether anybody says a word of these languages, so that alone it names nobody."""
    from wordfreq import zipf_frequency

    return any(zipf_frequency(word.casefold(), lang) >= ORDINARY for lang in langs)


def language(text: str) -> str:
    """The language of words by its stop words; English where they do not tell."""
    spoken = words(text)
    counts = {lang: sum(word in known for word in spoken) for lang, known in STOP_WORDS.items()}
    return max(counts, key=lambda lang: (counts[lang], lang == "en"))


def single_words(text: str, known: Mapping[str, str]) -> tuple[Named, ...]:
    """The single words of names that stand in a text as names; `known` says of each, squeezed, what it is.

    Only where a word is written large, and is not one that anybody says: at the beginning of a sentence, and
    wherever German writes nouns large, an ordinary word names nobody unless what stands beside it says so.
    """
    found = []
    for match in _TOKEN.finditer(text):
        word = re.sub(r"[’'][sS]?\Z", "", match[0])
        for part in {word, *word.split("-")}:
            key = squeeze(part)
            if key in known and part[:1].isupper() and _is_a_name(text, match, part):
                found.append(Named(known[key], key))
    return tuple(found)


def _is_a_name(text: str, match: re.Match[str], word: str) -> bool:
    lang = language(text)
    if not is_ordinary(word, {"en", lang}):
        return True
    if fold(word) in _CALENDAR:
        return False
    before, after = text[: match.start()].rstrip(_OPENS), text[match.end() :]
    if fold(before.rpartition(" ")[2].rstrip(".")) in _TITLES:
        return True
    begins = not before or before[-1] in _ENDS
    follows = _TOKEN.match(after.lstrip())
    if begins:
        return bool(follows) and fold(follows[0]) in _SUBJECT  # type: ignore[index]
    return lang != "de" and not text.isupper()


def not_their_own(found: Iterable[Named], own: frozenset[str]) -> tuple[str, ...]:
    """In words what was found, each once, without what belongs to the speaker, who allowed it."""
    whats = dict.fromkeys(one.what for one in found if one.key not in own)
    return tuple(what for what in whats if what != NAME_WORD or PERSON not in whats)


def spellings(names: Iterable[str]) -> frozenset[str]:
    """Every way in which names are squeezed: whole, without the legal form, and word by word."""
    return frozenset(
        key for name in names for key in (squeeze(name), squeeze_company(name), *map(squeeze, name.split()))
    )


def waiting(allowed: Mapping[str, Sequence[Candidate]], names_in: NamesIn) -> tuple[Waiting, ...]:
    """The permitted quotes that name what they may not."""
    found: dict[tuple[str, str], Waiting] = {}
    for slug in sorted(allowed):
        for one in allowed[slug]:
            if names := names_in(one.quote):
                found.setdefault((slug, one.quote.text), Waiting(slug, one.quote, names))
    return tuple(found.values())


def waiting_proof(sources: Iterable[ProofSource], names_in: NamesIn) -> tuple[Waiting, ...]:
    """The proof that names what it may not."""
    some = ((source.proof, names_in(source.proof)) for source in sources)
    return tuple(Waiting("", proof, names) for proof, names in some if names)


def without(
    evidence: Mapping[str, Evidence], allowed: Mapping[str, Sequence[Candidate]], names_in: NamesIn
) -> dict[str, Evidence]:
    """The evidence with the permitted quotes that need not wait; the figures are as they were."""
    return {
        slug: replace(one, candidates=tuple(c for c in allowed[slug] if not names_in(c.quote)))
        for slug, one in evidence.items()
    }
