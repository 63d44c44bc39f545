"""Names that may be short for one another: too little to count them as one company, enough to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable

from heard.base.text import squeeze_company
from heard.catalogue.accounts import AccountBook, key_of

_SHORTEST = 5
_INITIALS = range(2, 6)
_PARTS = re.compile(r"[\s&+/-]+")


def maybe_one(names: Iterable[str], book: AccountBook) -> tuple[tuple[str, str], ...]:
    """Pairs of a short name and a longer one that begins with it, or whose initials it is.

    Those that count as one already, and those that somebody said are distinct, are left out.
    """
    listed = sorted(set(names))
    squeezed = sorted((squeeze_company(name), name) for name in listed)
    pairs = [*_beginnings(squeezed), *_initials(listed)]
    return tuple(sorted({pair for pair in pairs if _unsettled(pair, book)}))


def _beginnings(squeezed: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    # In the order of the letters, whatever begins with a name follows it.
    for at, (short, name) in enumerate(squeezed):
        for longer, other in squeezed[at + 1 :] if len(short) >= _SHORTEST else ():
            if not longer.startswith(short):
                break
            if longer != short:
                yield name, other


def _initials(names: list[str]) -> Iterable[tuple[str, str]]:
    by_initials: dict[str, list[str]] = {}
    for name in names:
        parts = [part for part in _PARTS.split(name) if part]
        for many in range(2, len(parts) + 1):
            by_initials.setdefault("".join(part[0] for part in parts[:many]).casefold(), []).append(name)
    for name in names:
        if len(name) in _INITIALS and name.isupper():
            for other in by_initials.get(name.casefold(), ()):
                yield name, other


def _unsettled(pair: tuple[str, str], book: AccountBook) -> bool:
    one, two = pair
    return book.counts_as(one) != book.counts_as(two) and not (_parted(one, two, book) or _parted(two, one, book))


def _parted(one: str, two: str, book: AccountBook) -> bool:
    """Whether the file of the first says that it is not the second."""
    known, other = book.find(one), book.find(two)
    return known is not None and any(
        key_of(name) == key_of(two) or (other is not None and book.find(name) is other) for name in known.distinct_from
    )
