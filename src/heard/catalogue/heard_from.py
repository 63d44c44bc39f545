"""What the quotes add up to: how many accounts, which industries and roles, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from heard.base.text import squeeze
from heard.catalogue.accounts import AccountBook, account_book
from heard.values import FORGOTTEN, PUBLIC_SOURCES, Catalogue, Note, Problem, Quote


@dataclass(frozen=True, slots=True)
class Hearing:
    """One quote filed under one problem: the account that it counts for (empty: none), and its day."""

    note: Note
    quote: Quote
    account: str
    industry: str
    day: date | None


@dataclass(frozen=True, slots=True)
class HeardFrom:
    """The exact figures of one problem. Private: what may be said of them is decided by `approve`.

    `industries` and `roles` say how many accounts each has, most first; `days` are the days on which
    the first, second, … account was first heard; `in_public` counts quotes from public sources.
    """

    accounts: tuple[str, ...] = ()
    industries: tuple[tuple[str, int], ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    days: tuple[date, ...] = ()
    quotes: int = 0
    in_public: int = 0
    last: date | None = None


def book_of(catalogue: Catalogue) -> AccountBook:
    """The account book of a catalogue's accounts and of all names in its notes."""
    names = {quote.account for note in catalogue.notes for quote in note.quotes if quote.account}
    return account_book(catalogue.accounts, names)


def hearings(catalogue: Catalogue, book: AccountBook) -> Mapping[str, tuple[Hearing, ...]]:
    """Every problem's slug with the quotes filed under it, oldest first.

    A link finds its problem by its slug, an old slug or its file's name; a merged problem's quotes go
    to the one it was merged into. Links that find none stand under the words of the link.
    """
    slugs = _filed_under(catalogue)
    names = {quote.account for note in catalogue.notes for quote in note.quotes}
    counts_as = {name: book.counts_as(name) for name in names}
    industry_of = _industries(catalogue)
    found: dict[str, list[Hearing]] = {}
    for note in catalogue.notes:
        public, day = note.source in PUBLIC_SOURCES, note.day
        for quote in note.quotes:
            account = "" if public or quote.account == FORGOTTEN else counts_as[quote.account]
            said = quote.industry
            if not said and account:
                known = book.find(quote.account) or book.accounts.get(account)
                said = known.industry if known else ""
            hearing = Hearing(note, quote, account, industry_of.get(said, said), day)
            for slug in slugs[quote.problems]:
                found.setdefault(slug, []).append(hearing)
    return {slug: tuple(found[slug]) for slug in sorted(found)}


def _filed_under(catalogue: Catalogue) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """For every set of links that occurs the slugs that they mean, each once."""
    targets = link_targets(catalogue.problems)
    links = {quote.problems for note in catalogue.notes for quote in note.quotes}
    return {some: tuple(dict.fromkeys(targets.get(link.casefold(), link) for link in some)) for some in links}


def _industries(catalogue: Catalogue) -> Mapping[str, str]:
    """Every spelling of an industry that occurs, with its slug where there is one."""
    slugs = {squeeze(name): one.slug for one in catalogue.public.industries for name in (one.name, one.slug)}
    said = {quote.industry for note in catalogue.notes for quote in note.quotes}
    said |= {account.industry for account in catalogue.accounts}
    return {name: slugs.get(squeeze(name), name) for name in said}


def link_targets(problems: Iterable[Problem]) -> Mapping[str, str]:
    """Every name a link may use for a problem, case folded, with the slug it means in the end."""
    problems = tuple(problems)
    targets: dict[str, str] = {}
    for names in (_slug, _file, _former, _wordings):
        for problem in problems:
            for name in names(problem):
                targets.setdefault(name.casefold(), problem.slug)
    merged = {p.slug: targets.get(p.merged_into.casefold(), p.merged_into) for p in problems if p.merged_into}
    return {name: _follow(slug, merged) for name, slug in targets.items()}


def _slug(problem: Problem) -> tuple[str, ...]:
    return (problem.slug,)


def _file(problem: Problem) -> tuple[str, ...]:
    return (problem.place.path.rpartition("/")[2].removesuffix(".md"),)


def _former(problem: Problem) -> tuple[str, ...]:
    return problem.old_slugs


def _wordings(problem: Problem) -> tuple[str, ...]:
    return (problem.problem, *problem.aliases)


def _follow(slug: str, merged: Mapping[str, str]) -> str:
    seen = {slug}
    while (into := merged.get(slug)) and into not in seen:
        seen.add(into)
        slug = into
    return slug


def add_up(found: Sequence[Hearing]) -> HeardFrom:
    """The figures of the quotes filed under one problem."""
    first: dict[str, date] = {}
    accounts: set[str] = set()
    industries: dict[str, set[str]] = {}
    roles: dict[str, set[str]] = {}
    for hearing in found:
        account = hearing.account
        if account:
            accounts.add(account)
            if hearing.day is not None and hearing.day < first.get(account, date.max):
                first[account] = hearing.day
            if hearing.industry:
                industries.setdefault(hearing.industry, set()).add(account)
            if hearing.quote.role:
                roles.setdefault(hearing.quote.role, set()).add(account)
    return HeardFrom(
        accounts=tuple(sorted(accounts)),
        industries=_most_first(industries),
        roles=_most_first(roles),
        days=tuple(sorted(first.values())),
        quotes=len(found),
        in_public=sum(h.note.source in PUBLIC_SOURCES for h in found),
        last=max((h.day for h in found if h.day), default=None),
    )


def before(found: Iterable[Hearing], day: date) -> tuple[Hearing, ...]:
    """The hearings in notes dated before a day; undated notes are in none."""
    return tuple(h for h in found if h.day is not None and h.day < day)


def _most_first(groups: Mapping[str, set[str]]) -> tuple[tuple[str, int], ...]:
    spelled: dict[str, set[str]] = {}
    spelling: dict[str, Counter[str]] = {}
    for name, accounts in groups.items():
        key = squeeze(name)
        spelled[key] = spelled.get(key, set()) | accounts
        spelling.setdefault(key, Counter())[" ".join(name.split())] += len(accounts)
    counts = {min(c, key=lambda n: (-c[n], n)): len(spelled[key]) for key, c in spelling.items()}
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
