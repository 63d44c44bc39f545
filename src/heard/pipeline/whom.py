"""Whom a name means: an account or a person, with a file or only in notes; and every way their names are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from heard.approve.spellings import Spelling, company, kept, literal, person
from heard.base.text import did_you_mean, squeeze, words
from heard.catalogue.accounts import key_of
from heard.pipeline.accounts import everybody
from heard.pipeline.catalogue import Read
from heard.values import Account, Draft, HeardError, Person

_MOST = 8


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is to be forgotten. Of an `account` its people go, too; a `person` may belong to none; neither is set for
    words that are no known name."""

    told: str
    account: Account | None = None
    person: Person | None = None
    people: tuple[Person, ...] = ()

    @property
    def is_account(self) -> bool:
        """Whether a whole account is meant."""
        return self.account is not None and self.person is None

    @property
    def is_known(self) -> bool:
        """Whether it is somebody's name at all."""
        return self.account is not None or self.person is not None


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a note, a draft or a proof uses it: who, and at which account."""

    account: str
    person: str


def named(found: Read, drafts: Iterable[Draft]) -> tuple[Named, ...]:
    """Every pair of account and person that notes, drafts and proof name."""
    catalogue = found.catalogue
    pairs = [Named(quote.account, quote.person) for note in catalogue.notes for quote in note.quotes]
    pairs += [Named(note.account, note.person) for note in catalogue.notes]
    pairs += [Named(draft.account, draft.person) for draft in drafts]
    pairs += [Named(proof.account, proof.person) for proof in catalogue.proof]
    return tuple(dict.fromkeys(pairs))


def find_whom(found: Read, pairs: Iterable[Named], name: str) -> Whom:
    """The one account or person that a spelling means. Raises `HeardError` with all that it could be.

    Whatever is no account and no person is taken as words to be erased.
    """
    wanted = " ".join(name.split())
    if not squeeze(wanted):
        raise HeardError("Say a name: heard forget NAME.")
    everyone = tuple(_everyone(found, tuple(pairs)))
    for fits in (
        lambda one: one.told == wanted,
        lambda one: any(squeeze(way) == squeeze(wanted) for way in _ways(one)),
        lambda one: one.is_account and found.book.find(wanted) == one.account,
        lambda one: any(_part(wanted, way) for way in _ways(one)),
    ):
        some = [one for one in everyone if fits(one)]
        if len(some) == 1:
            return some[0]
        if some:
            listed = "; ".join(f"“{one.told}”" for one in some[:_MOST])
            more = f" and {len(some) - _MOST} more" if len(some) > _MOST else ""
            raise HeardError(f"“{wanted}” could be any of {listed}{more}. Say which, as it stands here.")
    return Whom(wanted)


def nearest(found: Read, pairs: Iterable[Named], name: str) -> str:
    """`: did you mean …?` with the account or person whose name is nearest, or nothing."""
    return did_you_mean(name, dict.fromkeys(next(_ways(one)) for one in _everyone(found, tuple(pairs))))


def _part(wanted: str, way: str) -> bool:
    own, parts = words(way), words(wanted)
    return any(own[at : at + len(parts)] == parts for at in range(len(own) - len(parts) + 1))


def _ways(one: Whom) -> Iterator[str]:
    if one.person is not None:
        yield from (one.person.name, *one.person.aliases, one.person.email or one.person.name)
        yield one.person.phone or one.person.name
        if one.account is not None:
            yield f"{one.person.name}, {one.account.name}"
    elif one.account is not None:
        yield from (one.account.name, one.account.slug, *one.account.aliases, *one.account.domains)


def _everyone(found: Read, pairs: tuple[Named, ...]) -> Iterator[Whom]:
    listed = everybody(found)
    keys = {own_key(found, account.name) for account, _ in listed}
    # A company that only drafts or proof name is one as well.
    more = {own_key(found, pair.account): pair.account for pair in pairs if pair.account}
    accounts = [account for account, _ in listed]
    accounts += [replace(_bare(name), slug="") for key, name in more.items() if key not in keys]
    there: dict[str, list[str]] = {}
    for pair in pairs:
        there.setdefault(own_key(found, pair.account), []).append(pair.person)
    for account in accounts:
        people = tuple(_people(account, there.get(own_key(found, account.name), ())))
        yield Whom(f"{account.name} (account)", account, None, people)
        for one in people:
            yield Whom(f"{one.name}, {account.name}", account, one)
    for name in dict.fromkeys(pair.person for pair in pairs if pair.person and not pair.account):
        yield Whom(f"{name} (person)", None, Person(name))


def _bare(name: str) -> Account:
    from heard.values import Place

    return Account(Place(""), "", name)


def _people(account: Account, others: Iterable[str]) -> Iterator[Person]:
    """Those of an account's file, then those whom only notes name there."""
    known: set[str] = set()
    for one in account.people:
        known |= {squeeze(way) for way in (one.name, *one.aliases)}
        yield one
    for name in others:
        if name and squeeze(name) not in known:
            known.add(squeeze(name))
            yield Person(name)


def own_key(found: Read, name: str) -> str:
    """What an account's name is compared by: equal keys are one account; empty for no name."""
    known = found.book.find(name) if name else None
    return known.slug if known else f"?{key_of(name)}" if name else ""


def means_account(found: Read, whom: Whom, name: str) -> bool:
    """Whether a name that a file uses is that of the account."""
    return bool(name) and whom.account is not None and own_key(found, name) == own_key(found, whom.account.name)


def means_person(whom: Whom, name: str) -> bool:
    """Whether a name that a file uses is that of the person, or of one of the account's."""
    people = (whom.person,) if whom.person else whom.people
    ways = {squeeze(way) for one in people for way in (one.name, *one.aliases)}
    return bool(name) and squeeze(name) in ways


def is_of(found: Read, whom: Whom, pair: Named) -> bool:
    """Whether a quote, a draft or a proof is theirs."""
    if whom.is_account:
        return means_account(found, whom, pair.account)
    if whom.person is None or not means_person(whom, pair.person):
        return False
    return means_account(found, whom, pair.account) if whom.account else not pair.account


def spellings(found: Read, whom: Whom, pairs: Iterable[Named]) -> tuple[tuple[Spelling, ...], tuple[Spelling, ...]]:
    """Every spelling of them, and the names of others within which nothing is replaced."""
    pairs = tuple(pairs)
    if whom.account is None and whom.person is None:
        mine: tuple[Spelling, ...] = literal(whom.told)
    elif whom.person is not None:
        mine = _person(found, whom, whom.person, pairs)
    else:
        mine = _account(found, whom, pairs)
    return mine, kept(_others(found, whom, pairs), mine)


def _account(found: Read, whom: Whom, pairs: tuple[Named, ...]) -> tuple[Spelling, ...]:
    assert whom.account is not None
    used = [pair.account for pair in pairs if means_account(found, whom, pair.account)]
    people = [one for who in whom.people for one in _person(found, whom, who, pairs)]
    return (*company(whom.account, used), *people)


def _person(found: Read, whom: Whom, who: Person, pairs: tuple[Named, ...]) -> tuple[Spelling, ...]:
    used = [p.person for p in pairs if squeeze(p.person) in {squeeze(n) for n in (who.name, *who.aliases) if n}]
    ways = person(who, dict.fromkeys(name for name in used if name))
    # Of two people with one name only the one whose account is named is meant.
    shared = any(
        squeeze(who.name) in {squeeze(n) for n in (o.name, *o.aliases)} for o in _elsewhere(found, whom, pairs)
    )
    return tuple(replace(one, near=True) for one in ways) if shared else ways


def _elsewhere(found: Read, whom: Whom, pairs: tuple[Named, ...]) -> Iterator[Person]:
    """The people of other accounts."""
    own = own_key(found, whom.account.name) if whom.account else ""
    for account in found.catalogue.accounts:
        if account.slug != own:
            yield from account.people
    yield from (Person(p.person) for p in pairs if p.person and p.account and own_key(found, p.account) != own)


def _others(found: Read, whom: Whom, pairs: tuple[Named, ...]) -> Iterator[str]:
    """The names that are not meant: other companies and people, and the expert's own."""
    expert = found.catalogue.public.expert
    yield from (name for name in (expert.name, *expert.team, *expert.domains) if name)
    for account in found.catalogue.accounts:
        if not (whom.is_account and means_account(found, whom, account.name)):
            yield from (account.name, *account.aliases)
    yield from (
        p.account for p in pairs if p.account and not (whom.is_account and means_account(found, whom, p.account))
    )
    yield from (one.name for one in _elsewhere(found, whom, pairs))
    if whom.person is not None and whom.account is not None:
        mine = {squeeze(whom.person.name)}
        yield from (one.name for one in whom.account.people if squeeze(one.name) not in mine)
