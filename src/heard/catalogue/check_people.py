"""The rules of `check` about who said it: a person's name means one person, and one company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from heard.base.fields import flag
from heard.base.text import squeeze
from heard.catalogue.accounts import AccountBook
from heard.catalogue.heard_from import book_of
from heard.catalogue.rules import LOOK, Rule, World
from heard.values import PUBLIC_SOURCES, Account, Catalogue, Finding, Person, Quote

Known = Mapping[str, Sequence[tuple[Account, Person]]]
"""Everybody in the accounts' files, by each squeezed name."""


def people_are_told_apart(world: World) -> Iterator[Finding]:
    """The name of a person in a note means one person, at the account that the note names or at any."""
    known = _people(world.catalogue)
    book = book_of(world.catalogue)
    for path, line, quote, public in _who(world.catalogue) if known else ():
        found = _meant(book, known, quote)
        if len(found) > 1:
            named = " and ".join(_told(account, person) for account, person in found[:2])
            message = f"“{quote.person}” may be {named}: write which, or give one an alias of their own"
            yield flag(path, line, message, "note/ambiguous-person", LOOK)
        elif len(found) == 1 and not quote.account and not public:
            name = found[0][0].name
            message = f"“{quote.person}” is known at {name}, but no account is named: add `account: {name}` if it is so"
            yield flag(path, line, message, "note/no-account", LOOK)


def _people(catalogue: Catalogue) -> Known:
    known: dict[str, list[tuple[Account, Person]]] = {}
    for account in catalogue.accounts:
        for person in account.people:
            for name in {squeeze(name) for name in (person.name, *person.aliases)} - {""}:
                known.setdefault(name, []).append((account, person))
    return known


def _who(catalogue: Catalogue) -> Iterator[tuple[str, int, Quote, bool]]:
    """The first quote of each note for every person and account that it names."""
    for note in catalogue.notes:
        seen = set()
        for quote in note.quotes:
            if quote.person and (quote.person, quote.account) not in seen:
                seen.add((quote.person, quote.account))
                yield note.path, quote.line, quote, note.source in PUBLIC_SOURCES


def _meant(book: AccountBook, known: Known, quote: Quote) -> Sequence[tuple[Account, Person]]:
    found = known.get(squeeze(quote.person), ())
    if not found or not quote.account:
        return found
    key = book.counts_as(quote.account)
    return [(account, person) for account, person in found if book.counts_as(account.name) == key]


def _told(account: Account, person: Person) -> str:
    role = f", {person.role}" if person.role else ""
    return f"{person.name}{role} ({account.name})"


PEOPLE_RULES: tuple[Rule, ...] = (people_are_told_apart,)
