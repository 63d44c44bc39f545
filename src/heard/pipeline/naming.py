"""The story of names in quotes: all that the workspace knows by name, looked for in words that may be published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from heard.approve import names
from heard.approve.names import Named, NamesIn
from heard.base.text import squeeze
from heard.catalogue.accounts import AccountBook
from heard.leaks.gather import secrets
from heard.leaks.matcher import Matcher, build, find
from heard.leaks.secret import Kind, Piece, Secret
from heard.values import Account, Catalogue, Level, Proof, Quotable, Quote

_WHAT = {
    Kind.PERSON: names.PERSON,
    Kind.NAME_WORD: names.NAME_WORD,
    Kind.ACCOUNT: "a company’s name",
    Kind.ALIAS: "a name",
    Kind.DOMAIN: "a web address",
    Kind.EMAIL: "an e-mail address",
    Kind.PHONE: "a phone number",
}


def names_in(catalogue: Catalogue, book: AccountBook) -> NamesIn:
    """What a quote or proof names that its speaker did not allow: everybody, or everybody else if `named`.

    Nothing is built before the first quote is asked about: most workspaces are looked at without one.
    """

    @cache
    def known() -> tuple[Matcher, dict[str, str], dict[str, str]]:
        return _known(catalogue)

    @cache
    def found(words: str) -> tuple[Named, ...]:
        return tuple(_found(words, *known()))

    @cache
    def names_of(one: Quote | Proof) -> tuple[str, ...]:
        words = one.text if isinstance(one, Quote) else _words(one)
        return names.not_their_own(found(words), _own(one, book)) if words else ()

    return names_of


def _words(proof: Proof) -> str:
    outcome = proof.outcome
    parts = (outcome.metric, outcome.baseline, outcome.result, outcome.period, outcome.measured) if outcome else ()
    return "\n".join(part for part in (proof.words, *parts) if part)


def _known(catalogue: Catalogue) -> tuple[Matcher, dict[str, str], dict[str, str]]:
    """The matcher of whole names, what each of them is, and what the single words of names are."""
    some = [(one.text, one.kind, _WHAT[one.kind]) for one in secrets(catalogue, (), (), b"names")]
    own = names.spellings((catalogue.public.expert.name, *catalogue.public.expert.team))
    some += [(text, Kind.ALIAS, what) for text, what in names.facts(catalogue.accounts) if squeeze(text) not in own]
    some += [(names.short(text), kind, what) for text, kind, what in some if kind is Kind.ACCOUNT]
    whole: list[Secret] = []
    single: dict[str, str] = {}
    whats: dict[str, str] = {}
    for at, (text, kind, what) in enumerate(some):
        if " " not in text and kind in (Kind.NAME_WORD, Kind.ACCOUNT, Kind.ALIAS):
            single.setdefault(squeeze(text), what)
        if kind is not Kind.NAME_WORD:
            whole.append(Secret(f"n{at}", kind, text))
            whats[f"n{at}"] = what
    return build(whole, catalogue.public.expert.lang), whats, single


def _found(words: str, matcher: Matcher, whats: dict[str, str], single: dict[str, str]) -> Iterator[Named]:
    ordinary = partial(names.is_ordinary, langs=("en", names.language(words)))
    for hit in find(matcher, Piece(words)):
        text = hit.secret.text
        # A company may be called like something that everybody says: alone, it counts where it is written as a name.
        if hit.secret.kind in (Kind.ACCOUNT, Kind.ALIAS) and " " not in text and ordinary(text):
            continue
        yield Named(whats[hit.secret.id], squeeze(text))
    yield from names.single_words(words, single)


def _own(one: Quote | Proof, book: AccountBook) -> frozenset[str]:
    """The names that the speaker allowed to stand: their own and their company's."""
    named = one.quotable is Quotable.NAMED if isinstance(one, Quote) else one.consent.level is Level.NAMED
    if not named:
        return frozenset()
    account = book.find(one.account)
    return names.spellings((one.person, one.account, *(_of(account, one.person) if account else ())))


def _of(account: Account, person: str) -> Iterator[str]:
    yield from (account.name, *account.aliases, *account.domains)
    yield from (text for text, _ in names.facts([account]))
    for one in account.people:
        if squeeze(person) in {squeeze(name) for name in (one.name, *one.aliases)}:
            yield from (one.name, *one.aliases)
