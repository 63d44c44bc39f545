"""What must not become public: every name, address and run of words that only the private side knows."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from heard.base.domains import domain_of
from heard.base.shingles import TELLING, Shingle, stop_words
from heard.base.text import LEGAL_FORMS, squeeze, squeeze_company, words
from heard.leaks.secret import Kind, Secret
from heard.values import FORGOTTEN, Account, Approved, Catalogue, Draft, Expert, Note, Place

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NUMBER = re.compile(r"(?<![\w.,/-])(?:\+|00?)[1-9][\d ()/.-]{6,20}\d(?![\w,-])")
_SHORTEST = 2
_SHORTEST_WORD = 3
_FEWEST_DIGITS = 7
_NO_NAMES = "dr prof mr mrs ms mx herr frau ing mag dipl sir madame monsieur von van der den de la di"
_TITLES = frozenset(_NO_NAMES.split())
_ID_LETTERS = 8
_SHORTEST_TEXT = 11
"""Shorter words may stand anywhere by chance: an entry of them is known by its attribution."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Six consecutive words that nobody allowed to be published, with the words of the quote that they are of."""

    shingle: Shingle
    quote: str
    place: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A secret before it has its id."""

    kind: Kind
    text: str
    place: str


def secrets(catalogue: Catalogue, drafts: Sequence[Draft], spoken: Iterable[Spoken], key: bytes) -> tuple[Secret, ...]:
    """Everything that the private side knows and the public side does not.

    `key` is the private side's own, so that an id, which may be shown to anybody, tells nothing. What the expert
    says of themselves in expert.yml is no secret. A text stands once for each kind.
    """
    own = _own(catalogue.public.expert)
    found: dict[tuple[Kind, str], _Found] = {}
    for one in (*_accounts(catalogue.accounts), *_notes(catalogue.notes), *_rest(catalogue, drafts)):
        text = " ".join(one.text.split())
        if FORGOTTEN not in text and _says_something(one.kind, text) and not _is_own(one.kind, text, own):
            found.setdefault((one.kind, squeeze(text)), _Found(one.kind, text, one.place))
    named = tuple(Secret(_id(key, one.kind, one.text), one.kind, one.text, one.place) for one in found.values())
    said = (Secret(_id(key, Kind.WORDS, s.quote), Kind.WORDS, " ".join(s.shingle), s.place) for s in spoken)
    return (*named, *said)


def shown(approved: Approved) -> tuple[tuple[Secret, ...], dict[str, tuple[str, ...]]]:
    """The texts of the approved entries, by which an artefact is known to show one, and the names of each."""
    entries = [(q.id, q.text, q.names) for one in approved.problems.values() for q in one.quotes]
    entries += [
        (one.id, one.text if len(squeeze(one.text)) > _SHORTEST_TEXT else one.by, one.names) for one in approved.proof
    ]
    texts = tuple(Secret(name, Kind.SHOWN, text) for name, text, names in entries if names and text)
    return texts, {name: names for name, _, names in entries if names}


def telling(shingle: Shingle, langs: Iterable[str]) -> bool:
    """Whether so many of the words say something, in one of the languages, that they are somebody's own."""
    return any(sum(word not in stop for word in shingle) >= TELLING for stop in map(stop_words, langs))


def single_words(name: str) -> Iterator[str]:
    """The words of a person's name that may give the person away."""
    for word in name.replace(".", ". ").split():
        bare = word.strip(".,;()'’\"")
        if len(bare) >= _SHORTEST_WORD and bare.casefold() not in _TITLES and bare[:1].isalpha():
            yield bare


def _accounts(accounts: Iterable[Account]) -> Iterator[_Found]:
    for one in accounts:
        place = str(one.place)
        yield _Found(Kind.ACCOUNT, one.name, place)
        yield from (_Found(Kind.ALIAS, name, place) for name in one.aliases)
        yield from (_Found(Kind.DOMAIN, name, place) for name in one.domains)
        for person in one.people:
            yield from _person(person.name, place)
            for name in person.aliases:
                yield from _person(name, place, Kind.ALIAS)
            yield from _contact(person.email, place)
            if person.phone:
                yield _Found(Kind.PHONE, person.phone, place)


def _notes(notes: Iterable[Note]) -> Iterator[_Found]:
    for note in notes:
        place = str(Place(note.path))
        yield from _heard(note.account, note.person, place)
        yield from _contacts(note.rest, place)
        for quote in note.quotes:
            where = str(Place(note.path, quote.line))
            if quote.account != note.account or quote.person != note.person:
                yield from _heard(quote.account, quote.person, where)
            yield from _contacts(quote.text, where)


def _rest(catalogue: Catalogue, drafts: Iterable[Draft]) -> Iterator[_Found]:
    for proof in catalogue.proof:
        yield from _heard(proof.account, proof.person, str(proof.place))
    for draft in drafts:
        yield from _heard(draft.account, draft.person, str(draft.place))
        yield from _contacts(draft.text, str(draft.place))


def _heard(account: str, person: str, place: str) -> Iterator[_Found]:
    if account:
        if "@" in account:
            yield from _contact(account, place)
        else:
            yield _Found(Kind.DOMAIN if domain_of(account) else Kind.ACCOUNT, account, place)
    if person:
        yield from _person(person, place)


def _person(name: str, place: str, alone: Kind = Kind.NAME_WORD) -> Iterator[_Found]:
    """A name of several words, and its words; a single word is of the kind `alone`."""
    if "@" in name:
        yield from _contact(name, place)
        return
    some = tuple(single_words(name))
    if len(name.split()) > 1:
        yield _Found(Kind.PERSON, name, place)
        yield from (_Found(Kind.NAME_WORD, word, place) for word in some)
    else:
        yield from (_Found(alone, word, place) for word in some or (name,))


def _contact(address: str, place: str) -> Iterator[_Found]:
    if not address:
        return
    yield _Found(Kind.EMAIL, address.removeprefix("mailto:"), place)
    if domain := domain_of(address):
        yield _Found(Kind.DOMAIN, domain, place)


def _contacts(text: str, place: str) -> Iterator[_Found]:
    """The addresses and numbers that stand in somebody's words."""
    if "@" in text:
        for found in _ADDRESS.findall(text):
            yield from _contact(found, place)
    if any(sign in text for sign in "+0"):
        yield from (_Found(Kind.PHONE, found, place) for found in _NUMBER.findall(text))


def _own(expert: Expert) -> frozenset[str]:
    """What the expert says of themselves, squeezed: whole names and their words, addresses, domains."""
    names = (expert.name, *expert.team)
    parts = (word for name in names for word in name.split())
    said = [expert.address, expert.notice, expert.bio]
    said += [text for one in expert.languages for text in (one.notice, one.bio)]
    mails = [expert.email, *(_ADDRESS.findall(" ".join(said)))]
    domains = [*expert.domains, *(domain_of(one) for one in (*mails, *expert.same_as))]
    return frozenset(squeeze(one) for one in (*names, *parts, *mails, *domains, expert.phone) if one)


def _is_own(kind: Kind, text: str, own: frozenset[str]) -> bool:
    if squeeze(text) in own:
        return True
    # An address below one of the expert's own domains is the expert's as well.
    return kind in (Kind.EMAIL, Kind.DOMAIN) and squeeze(text.rpartition("@")[2]) in own


def _says_something(kind: Kind, text: str) -> bool:
    """Whether it could be told from ordinary text at all."""
    if kind is Kind.PHONE:
        return sum(char.isdigit() for char in text) >= _FEWEST_DIGITS
    if kind is Kind.DOMAIN:
        return bool(domain_of(text))
    if kind in (Kind.ACCOUNT, Kind.ALIAS):
        return len(squeeze_company(text)) >= _SHORTEST and not set(words(text)) <= LEGAL_FORMS
    return len(squeeze(text)) >= _SHORTEST


def _id(key: bytes, kind: Kind, text: str) -> str:
    return hmac.new(key, f"{kind} {squeeze(text)}".encode(), hashlib.sha256).hexdigest()[:_ID_LETTERS]
