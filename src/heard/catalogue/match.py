"""Which problem or account a person means by a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from heard.base.text import nearest, squeeze
from heard.base.text import words as spoken
from heard.values import Account, HeardError, Problem

T = TypeVar("T")


def find_problem(words: str, problems: Sequence[Problem]) -> Problem:
    """The one problem that a slug, a name or an unambiguous part of one means.

    Raises `HeardError` that names the nearest, or all that it could be.
    """
    return find(words, problems, "problem", lambda p: (p.slug, p.problem, *p.old_slugs, *p.aliases, p.title))


def find_account(words: str, accounts: Sequence[Account]) -> Account:
    """The one account that a name, an alias, a domain or an unambiguous part of one means."""
    return find(words, accounts, "account", lambda a: (a.name, a.slug, *a.aliases, *a.domains))


def find(words: str, things: Sequence[T], noun: str, names: Callable[[T], Iterable[str]]) -> T:
    """The one thing that the words mean: its whole name, the beginnings of its words, or any part.

    The first of `names` is the one that a person is told. Raises `HeardError` like `find_problem`.
    """
    wanted, beginnings = squeeze(words), spoken(words)
    for fits in (
        lambda name: name == words,
        lambda name: squeeze(name) == wanted,
        lambda name: bool(beginnings) and _begins(spoken(name), beginnings),
        lambda name: bool(wanted) and wanted in squeeze(name),
    ):
        found = [thing for thing in things if any(fits(name) for name in names(thing) if name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise HeardError(f"“{words}” could be any of: {_listed([_told(one, names) for one in found])}.")
    if not things:
        raise HeardError(f"There is no {noun} yet.")
    owners = {name: _told(thing, names) for thing in things for name in names(thing) if name}
    best = nearest(words, owners, cutoff=0)
    raise HeardError(f"No {noun} is called “{words}”. The nearest is {owners.get(best, best)}.")


def _told(thing: T, names: Callable[[T], Iterable[str]]) -> str:
    return next(iter(names(thing)))


def _begins(name: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the wanted words begin words of the name that follow each other."""
    places = range(len(name) - len(wanted) + 1)
    return any(all(w.startswith(b) for w, b in zip(name[at:], wanted, strict=False)) for at in places)


def _listed(names: Sequence[str], most: int = 6) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
