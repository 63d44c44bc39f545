"""What the catalogue might become: new problems out of unfiled words, merges and splits. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from heard.base.text import counted
from heard.catalogue.accounts import AccountBook, account_book
from heard.catalogue.clusters import Group, centred, cluster, common
from heard.catalogue.heard_from import hearings
from heard.catalogue.regroup import (
    MergeProposal,
    SplitProposal,
    Worded,
    kinship,
    merges,
    splits,
)
from heard.values import PUBLIC_SOURCES, Catalogue, Draft, Match, Note, Problem, Quotable, Quote, State

if TYPE_CHECKING:
    from heard.catalogue.clusters import Matrix

NEAR = 0.7
"""From this kinship on a problem of the catalogue is named as the nearest (see `catalogue.regroup`)."""

_SHORTEST_SECRET = 3


@dataclass(frozen=True, slots=True)
class ProposedProblem:
    """Unfiled words that belong together and may be a problem.

    `name` is made of their own words, and empty where none of them may be used (all off the record);
    `accounts` are the names of who said it, each company once; `nearest` is the problem of the catalogue
    that they may belong to instead, with their kinship (0–1), or None; `sureness` (0–1) is how likely two
    of them mean one problem.
    """

    name: str
    quotes: tuple[tuple[Note, Quote], ...]
    drafts: tuple[Draft, ...]
    accounts: tuple[str, ...]
    nearest: Match | None
    sureness: float
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a problem that may be a problem of its own."""

    name: str
    quotes: tuple[tuple[Note, Quote], ...]


@dataclass(frozen=True, slots=True)
class ProposedSplit:
    """A problem, by its slug, whose quotes have little in common."""

    problem: str
    parts: tuple[Part, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that is proposed: new problems (most accounts first), merges (surest first) and splits."""

    new: tuple[ProposedProblem, ...] = ()
    merges: tuple[MergeProposal, ...] = ()
    splits: tuple[ProposedSplit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """Unfiled words, from a note or from the inbox."""

    text: str
    account: str
    off_record: bool
    public: bool
    quote: tuple[Note, Quote] | None = None
    draft: Draft | None = None


def proposals(
    catalogue: Catalogue, vectors_of: Callable[[Sequence[str]], Matrix], drafts: Sequence[Draft] = ()
) -> Proposals:
    """What a catalogue's quotes, and drafts of the inbox with them, suggest.

    `vectors_of` gives a unit row for each text (`heard.base.similarity.embed`); it is called once, with
    each text once.
    """
    said = [*_unfiled(catalogue.notes), *map(_waiting, drafts)]
    names = {quote.account for note in catalogue.notes for quote in note.quotes} | {one.account for one in said}
    book = account_book(catalogue.accounts, names - {""})
    filed = hearings(catalogue, book)
    # A translation has no evidence of its own, a merged problem gave it away.
    own = [one for one in catalogue.problems if one.state is not State.MERGED and not one.translates]
    heard = {one.slug: tuple((h.note, h.quote) for h in filed.get(one.slug, ())) for one in own}
    rows = _rows([one.text for one in said], own, heard, vectors_of)
    worded = [_worded(problem, heard[problem.slug], rows) for problem in own]
    secrets = secrets_of(catalogue, drafts)
    return Proposals(
        new=_new(said, worded, rows, book, secrets),
        merges=merges(worded),
        splits=tuple(_split(one, heard[one.problem]) for one in splits(worded, secrets=secrets)),
    )


def _unfiled(notes: Iterable[Note]) -> list[_Said]:
    pairs = ((note, quote) for note in notes for quote in note.quotes if not quote.problems)
    return [
        _Said(q.text, q.account, _off_record(q), n.source in PUBLIC_SOURCES, quote=(n, q))
        for n, q in pairs
        if q.text.strip()
    ]


def _waiting(draft: Draft) -> _Said:
    return _Said(draft.text, draft.account, _off_record(draft), draft.source in PUBLIC_SOURCES, draft=draft)


def _off_record(said: Quote | Draft) -> bool:
    return said.quotable is Quotable.OFFRECORD


def _rows(
    unfiled: Iterable[str],
    problems: Iterable[Problem],
    heard: Mapping[str, tuple[tuple[Note, Quote], ...]],
    vectors_of: Callable[[Sequence[str]], Matrix],
) -> Mapping[str, Matrix]:
    """The row of every text that is compared."""
    filed = (quote.text for pairs in heard.values() for _, quote in pairs)
    texts = sorted({*unfiled, *filed, *(problem.problem for problem in problems)})
    return dict(zip(texts, vectors_of(texts), strict=True)) if texts else {}


def _worded(problem: Problem, heard: Sequence[tuple[Note, Quote]], rows: Mapping[str, Matrix]) -> Worded:
    import numpy as np

    name, texts = rows[problem.problem], tuple(quote.text for _, quote in heard)
    vectors = np.array([rows[text] for text in texts], dtype=np.float32).reshape(-1, len(name))
    silent = frozenset(at for at, (_, quote) in enumerate(heard) if _off_record(quote))
    return Worded(problem.slug, problem.problem, texts, vectors, name, silent)


def secrets_of(catalogue: Catalogue, drafts: Iterable[Draft] = ()) -> frozenset[str]:
    """Every name of a company or person that the private side knows."""
    companies = (name for one in catalogue.accounts for name in (one.name, *one.aliases))
    people = (name for one in catalogue.accounts for who in one.people for name in (who.name, *who.aliases))
    quotes = (name for note in catalogue.notes for quote in note.quotes for name in (quote.account, quote.person))
    waiting = (name for draft in drafts for name in (draft.account, draft.person))
    return frozenset(name for name in (*companies, *people, *quotes, *waiting) if len(name) >= _SHORTEST_SECRET)


def _new(
    said: Sequence[_Said],
    problems: Sequence[Worded],
    rows: Mapping[str, Matrix],
    book: AccountBook,
    secrets: frozenset[str],
) -> tuple[ProposedProblem, ...]:
    import numpy as np

    if len(said) < 2:
        return ()
    around = common(np.array(list(rows.values())))
    vectors = np.array([rows[one.text] for one in said])
    silent = [at for at, one in enumerate(said) if one.off_record]
    groups = cluster([one.text for one in said], vectors, around=around, secrets=secrets, silent=silent)
    apart = {one.slug: centred(np.vstack([one.vectors, one.named[None, :]]), around) for one in problems}
    found = (_proposed(group, said, centred(vectors[list(group.members)], around), apart, book) for group in groups)
    return tuple(sorted(found, key=lambda one: (-len(one.accounts), -len(one.quotes) - len(one.drafts), one.name)))


def _proposed(
    group: Group, said: Sequence[_Said], rows: Matrix, problems: Mapping[str, Matrix], book: AccountBook
) -> ProposedProblem:
    members = [said[at] for at in group.members]
    near = ((slug, round(min(1.0, kinship(rows, other)), 2)) for slug, other in problems.items())
    nearest = min(((-score, slug) for slug, score in near if score >= NEAR), default=None)
    accounts = _accounts(members, book)
    return ProposedProblem(
        name=group.name,
        quotes=tuple(one.quote for one in members if one.quote),
        drafts=tuple(one.draft for one in members if one.draft),
        accounts=accounts,
        nearest=Match(nearest[1], -nearest[0]) if nearest else None,
        sureness=group.sureness,
        why=_why(len(members), len(accounts)),
    )


def _accounts(members: Iterable[_Said], book: AccountBook) -> tuple[str, ...]:
    """The names of the companies that said it, each once; what anybody can read counts for none."""
    names: dict[str, str] = {}
    for one in members:
        if one.account and not one.public:
            known = book.find(one.account)
            names.setdefault(book.counts_as(one.account), known.name if known else one.account)
    return tuple(sorted(names.values()))


def _why(quotes: int, accounts: int) -> str:
    who = f" from {counted(accounts, 'company')}" if accounts else ""
    return f"{counted(quotes, 'unfiled quote')}{who} seem to say the same"


def _split(proposal: SplitProposal, heard: Sequence[tuple[Note, Quote]]) -> ProposedSplit:
    parts = tuple(Part(group.name, tuple(heard[at] for at in group.members)) for group in proposal.groups)
    return ProposedSplit(proposal.problem, parts, proposal.why)
