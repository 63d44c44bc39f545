"""The story of the accounts: who they are, who counts as whom, and what a person says about that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from heard.base.files import read_file
from heard.catalogue import account_change as plans
from heard.catalogue.accounts import key_of
from heard.catalogue.edits import Files
from heard.catalogue.heard_from import link_targets
from heard.catalogue.match import find_account
from heard.catalogue.maybe_one import maybe_one
from heard.pipeline.catalogue import Hearing, Read, need_private, read
from heard.pipeline.change import Done as Done
from heard.pipeline.change import carry_out
from heard.values import Account, Note
from heard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account with everything it said, newest first; `has_file` is false where only notes name it."""

    account: Account
    has_file: bool
    said: tuple[Hearing, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the list: the account and its figures.

    `alike` are the other names that count as one with it, `longer` those that its name may be short for.
    """

    account: Account
    has_file: bool
    quotes: int
    problems: int
    last: date | None
    alike: tuple[str, ...]
    longer: tuple[str, ...] = ()


def everybody(found: Read) -> tuple[tuple[Account, bool], ...]:
    """Every account that has a file, then every name that stands only in notes, in its most frequent spelling."""
    known = found.catalogue.accounts
    spelled: dict[str, Counter[str]] = {}
    for note in found.catalogue.notes:
        for quote in note.quotes:
            if quote.account and found.book.find(quote.account) is None:
                spelled.setdefault(key_of(quote.account), Counter())[quote.account] += 1
    listed = [(account, True) for account in known]
    taken = [account.slug for account in known]
    for names in spelled.values():
        one = plans.without_file(min(names, key=lambda name: (-names[name], name)), taken)
        taken.append(one.slug)
        listed.append((one, False))
    return tuple(listed)


def rows(found: Read) -> tuple[AccountRow, ...]:
    """All accounts, those heard last first."""
    listed = everybody(found)
    groups: dict[str, list[str]] = {}
    for account, _ in listed:
        groups.setdefault(found.book.counts_as(account.name), []).append(account.name)
    targets = link_targets(found.catalogue.problems)
    figures: dict[str, tuple[list[date], set[str], list[int]]] = {}
    for note in found.catalogue.notes:
        for quote in note.quotes:
            days, problems, count = figures.setdefault(_own_key(found, quote.account), ([], set(), []))
            days += [note.day] if note.day else []
            problems |= {targets.get(link.casefold(), link) for link in quote.problems}
            count.append(1)
    made = [_row(found, account, has_file, groups, figures) for account, has_file in listed]
    pairs = maybe_one([account.name for account, _ in listed], found.book)
    made = [replace(row, longer=tuple(two for one, two in pairs if one == row.account.name)) for row in made]
    return tuple(sorted(made, key=lambda row: (-(row.last or date.min).toordinal(), row.account.name.casefold())))


def _row(
    found: Read,
    account: Account,
    has_file: bool,
    groups: dict[str, list[str]],
    figures: dict[str, tuple[list[date], set[str], list[int]]],
) -> AccountRow:
    days, problems, count = figures.get(_own_key(found, account.name), ([], set(), []))
    alike = tuple(name for name in groups[found.book.counts_as(account.name)] if name != account.name)
    return AccountRow(account, has_file, len(count), len(problems), max(days, default=None), alike)


def _own_key(found: Read, name: str) -> str:
    """What a name is called by itself, without what it is alike to."""
    known = found.book.find(name)
    return known.slug if known else f"?{key_of(name)}"


def one_account(found: Read, words: str) -> AccountView:
    """The account that the words mean, and everything that was heard there, newest first."""
    account, has_file = _find(found, words)
    key = found.book.counts_as(account.name)
    notes = [n for n in found.catalogue.notes if any(found.book.counts_as(q.account) == key for q in n.quotes)]
    # Not from `hearings`: before a call, what is not filed yet matters as much.
    said = [
        Hearing(note, quote, key, quote.industry or account.industry, note.day)
        for note in reversed(notes)
        for quote in note.quotes
        if found.book.counts_as(quote.account) == key
    ]
    return AccountView(account, has_file, tuple(said), tuple(reversed(notes)))


def merge(workspace: Workspace, one: str, two: str) -> Done:
    """Put all of one account into the file of another. Raises `HeardError` if they are one already."""
    found = _read(workspace, "account merge")
    first, second = _find(found, one)[0], _find(found, two)[0]
    before = _companies(found)
    done = carry_out(workspace, plans.merge(_files(workspace), first, second, _used(found)))
    after = _companies(read(workspace))
    counted = f"{before} accounts are {after} now." if after != before else "They were counted as one before, too."
    return Done(done.words, (*done.says, f"{counted} `heard approve` says whether a public figure moves."), done.files)


def add_alias(workspace: Workspace, name: str, spelling: str) -> Done:
    """Give an account another spelling. Raises `HeardError` for one that means another account."""
    found = _read(workspace, "account alias")
    return carry_out(workspace, plans.add_alias(_files(workspace), found.book, _find(found, name)[0], spelling))


def part(workspace: Workspace, one: str, two: str) -> Done:
    """Say that two accounts, though their names are alike, are different companies."""
    found = _read(workspace, "account distinct")
    return carry_out(workspace, plans.part(_files(workspace), _find(found, one)[0], _find(found, two)[0]))


def _read(workspace: Workspace, command: str) -> Read:
    need_private(workspace, command)
    return read(workspace)


def _find(found: Read, words: str) -> tuple[Account, bool]:
    """The account that a spelling, a domain or an unambiguous part of a name means, with a file or without."""
    known = found.book.find(words)
    if known is not None:
        return known, True
    listed = everybody(found)
    exact = [(account, has_file) for account, has_file in listed if key_of(account.name) == key_of(words)]
    if len(exact) == 1:
        return exact[0]
    chosen = find_account(words, [account for account, _ in listed])
    return next((account, has_file) for account, has_file in listed if account is chosen)


def _used(found: Read) -> set[str]:
    """The keys of all names by which other files name an account."""
    catalogue = found.catalogue
    names = {quote.account for note in catalogue.notes for quote in note.quotes}
    names |= {proof.account for proof in catalogue.proof}
    names |= {name for account in catalogue.accounts for name in account.distinct_from}
    return {key_of(name) for name in names if name}


def _companies(found: Read) -> int:
    return len({found.book.counts_as(account.name) for account, _ in everybody(found)})


def _files(workspace: Workspace) -> Files:
    return Files(workspace.root, read_file)
