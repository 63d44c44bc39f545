"""Which account a name means: by squeezed name, alias or domain, and by likeness where none is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from heard.base.domains import domain_of
from heard.base.text import SAME_NAME, squeeze, squeeze_company
from heard.values import Account


@dataclass(frozen=True, slots=True)
class AccountBook:
    """Every spelling that occurs, with the one account that it counts as.

    The key of a known account is its slug; that of a name without a file is its squeezed spelling
    behind a `?`. Names alike enough count as one until `distinct_from` says otherwise, so a figure is
    rather too low than too high.
    """

    accounts: Mapping[str, Account]
    spellings: Mapping[str, str]
    same: Mapping[str, str]

    def find(self, name: str) -> Account | None:
        """The known account that a spelling names, or None."""
        return self.accounts.get(self._key(name))

    def counts_as(self, name: str) -> str:
        """What the name counts as: equal keys are one account. Empty for an empty name."""
        key = self._key(name)
        return self.same.get(key, key)

    def _key(self, name: str) -> str:
        """The slug of the account that a spelling names, or the spelling squeezed behind a `?`."""
        return _label(name, self.spellings)


def key_of(name: str) -> str:
    """A company's name, alias or domain as it is compared; an e-mail address or link counts by its domain."""
    if "." in name and (domain := domain_of(name)):
        return squeeze_company(domain)
    return squeeze_company(name) or name.strip().casefold()


def _label(name: str, spellings: Mapping[str, str]) -> str:
    squeezed = key_of(name)
    if squeezed in spellings or not squeezed:
        return spellings.get(squeezed, "")
    # `mail.acme.example` is Acme's as well.
    labels = domain_of(name).split(".") if "." in name else []
    parents = (squeeze_company(".".join(labels[at:])) for at in range(1, len(labels) - 1))
    return next((spellings[one] for one in parents if one in spellings), f"?{squeezed}")


def account_book(accounts: Iterable[Account], names: Iterable[str] = ()) -> AccountBook:
    """The book of the known accounts and of every name that notes use."""
    known = {account.slug: account for account in accounts}
    spellings: dict[str, str] = {}
    for account in known.values():
        for name in (account.name, account.slug, *account.aliases, *account.domains):
            spellings.setdefault(key_of(name), account.slug)
    # Domains share their endings, and slugs are names once more: only names are compared for likeness.
    spoken = (name for name in names if "." not in name or not domain_of(name))
    unknown = {label[1:] for name in spoken if (label := _label(name, spellings)).startswith("?")}
    said = {key_of(name) for account in known.values() for name in (account.name, *account.aliases)}
    labels = {spelling: spellings.get(spelling, f"?{spelling}") for spelling in sorted(said | unknown)}
    return AccountBook(known, spellings, _alike(labels, _distinct(known, spellings)))


def _distinct(known: Mapping[str, Account], spellings: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    pairs = set()
    for account in known.values():
        for other in account.distinct_from:
            key = _label(other, spellings)
            pairs |= {(account.slug, key), (key, account.slug)}
    return frozenset(pairs)


def _alike(labels: Mapping[str, str], distinct: frozenset[tuple[str, str]]) -> dict[str, str]:
    """For every key the first key of its group of look-alikes."""
    from rapidfuzz import fuzz, process

    groups = {label: {label} for label in labels.values()}
    names = sorted(name for name in labels if len(squeeze(name)) > 3)
    for at, name in enumerate(names):
        for other, _, _ in process.extract(
            name, names[at + 1 :], scorer=fuzz.ratio, score_cutoff=SAME_NAME, limit=None
        ):
            one, two = groups[labels[name]], groups[labels[other]]
            # Nobody who is declared distinct may meet through a third name.
            if one is not two and not any((a, b) in distinct for a in one for b in two):
                one |= two
                groups.update(dict.fromkeys(two, one))
    first = {id(group): min(group, key=_known_first) for group in groups.values()}
    return {label: first[id(groups[label])] for label in sorted(groups)}


def _known_first(label: str) -> tuple[bool, str]:
    return (label.startswith("?"), label)
