"""Which problem or account a person means by a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from heard.base.text import nearest, squeeze
from heard.values import Account, HeardError, Problem

T = TypeVar("T")


def find_problem(words: str, problems: Sequence[Problem]) -> Problem:
    """The one problem that a slug, a name or an unambiguous part of one means.

    Raises `HeardError` that names the nearest, or all that it could be.
    """
    return _find(words, problems, "problem", lambda p: (p.slug, p.problem, *p.old_slugs, *p.aliases, p.title))


def find_account(words: str, accounts: Sequence[Account]) -> Account:
    """The one account that a name, an alias, a domain or an unambiguous part of one means."""
    return _find(words, accounts, "account", lambda a: (a.name, a.slug, *a.aliases, *a.domains))


def _find(words: str, things: Sequence[T], noun: str, names: Callable[[T], Iterable[str]]) -> T:
    wanted = squeeze(words)
    for fits in (
        lambda name: name == words,
        lambda name: squeeze(name) == wanted,
        lambda name: bool(wanted) and wanted in squeeze(name),
    ):
        found = [thing for thing in things if any(fits(name) for name in names(thing) if name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise HeardError(f"“{words}” could be any of: {_listed([next(iter(names(f))) for f in found])}.")
    if not things:
        raise HeardError(f"There is no {noun} yet.")
    best = nearest(words, [name for thing in things for name in names(thing) if name], cutoff=0)
    owner = next((next(iter(names(t))) for t in things if best in tuple(names(t))), best)
    raise HeardError(f"No {noun} is called “{words}”. The nearest is {owner}.")


def _listed(names: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
