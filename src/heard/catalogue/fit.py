"""Who is a prospect: what the expert says of an account comes first, the rules of fit.yml second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from heard.base.text import squeeze
from heard.catalogue.accounts import AccountBook
from heard.values import Account, FitRule

Verdict = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether an account is a prospect, why in words, and how much the rules make it worth (0: nothing)."""

    verdict: Verdict = "unknown"
    because: tuple[str, ...] = ()
    weight: int = 0


def fit_of(account: Account, rules: Iterable[FitRule]) -> Fit:
    """The fit of one account. `fit: yes` or `no` in its file is the expert's own decision and stands."""
    met = [rule for rule in rules if holds(rule, account)]
    weight = sum(rule.weight for rule in met)
    if account.fit != "unknown":
        return Fit(account.fit, (account.because,) if account.because else (), max(weight, 0))
    against = [rule for rule in met if rule.disqualify]
    if against:
        return Fit("no", tuple(rule.say or rule.name for rule in against))
    if weight > 0:
        return Fit("yes", tuple(rule.say or rule.name for rule in met if rule.weight > 0), weight)
    return Fit("unknown")


def holds(rule: FitRule, account: Account) -> bool:
    """Whether an account's facts meet a rule: every fact that it names has one of the words it gives.

    A rule that names no fact holds for nobody.
    """
    facts = {squeeze(key): {squeeze(word) for word in words} for key, words in account.facts}
    return bool(rule.when) and all(
        any(squeeze(word) in facts.get(squeeze(key), ()) for word in words) for key, words in rule.when
    )


def fits(book: AccountBook, rules: Iterable[FitRule]) -> Mapping[str, Fit]:
    """The fit of everything that counts as one account; of look-alikes the best known one."""
    rules, best = tuple(rules), ("yes", "no", "unknown")
    found: dict[str, Fit] = {}
    for account in book.accounts.values():
        key, fit = book.counts_as(account.name), fit_of(account, rules)
        known = found.get(key)
        if known is None or best.index(fit.verdict) < best.index(known.verdict):
            found[key] = fit
    return found
