"""The names that occur already, of accounts and people, and which of them a text means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from heard.base.text import LEGAL_FORMS
from heard.base.text import words as key_words
from heard.listen.people import Ours

Spelled = tuple[tuple[str, ...], str]
"""An account's words as they are compared, and its name."""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that occur already: of accounts by their words and by all their beginnings, and of people.

    `speaking` are the labels of `Name: words` lines in the note that is read; `domains` gives accounts by domain.
    """

    accounts: tuple[tuple[tuple[str, ...], str], ...] = ()
    people: frozenset[str] = frozenset()
    ours: Ours = field(default_factory=Ours)
    employers: tuple[tuple[str, str], ...] = ()
    speaking: frozenset[str] = frozenset()
    domains: Mapping[str, str] = field(default_factory=dict)
    beginnings: Mapping[str, Sequence[Spelled]] = field(default_factory=dict)

    def employer(self, people: Iterable[str]) -> str:
        """The account that these people work for, where all that are known work for the same one."""
        wanted = set(people)
        found = {account for name, account in self.employers if name in wanted}
        return found.pop() if len(found) == 1 else ""

    def account(self, text: str) -> str:
        """The known account that the text is, begins, or begins with: the whole name, where that is one alone."""
        wanted = name_words(text)
        if not wanted:
            return ""
        longer = self.beginnings.get("".join(wanted), ())
        whole = max(longer, key=lambda pair: len(pair[0]), default=None)
        if whole and all(begins(whole[0], key) for key, _ in longer):
            return whole[1]
        fits = [name for key, name in longer if key == wanted]
        for end in range(len(wanted), 0, -1):
            joined = "".join(wanted[:end])
            fits = fits or [name for key, name in self.beginnings.get(joined, ()) if "".join(key) == joined]
        return max(fits, key=len) if fits else ""


def begins(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Whether a company's words begin with those of another spelling."""
    # Spelled apart or together: `Polar-Haus` begins `Polarhaus Logistik`.
    joined = "".join(shorter)
    return any("".join(longer[:end]) == joined for end in range(1, len(longer) + 1))


def known_names(
    accounts: Iterable[str],
    people: Iterable[str],
    ours: Ours,
    employers: Iterable[tuple[str, str]] = (),
    domains: Mapping[str, str] | None = None,
) -> Known:
    """What is known, from the names as they were written.

    `employers` pairs people with their accounts; `domains` gives the account that a domain belongs to.
    """
    keyed = {(name_words(name), name.strip()) for name in accounts}
    pairs = tuple(sorted(pair for pair in keyed if pair[0]))
    beginnings: dict[str, list[Spelled]] = {}
    for key, name in pairs:
        for end in range(1, len(key) + 1):
            beginnings.setdefault("".join(key[:end]), []).append((key, name))
    known = Known(pairs, frozenset(people), ours, domains=domains or {}, beginnings=beginnings)
    works = {(name, known.account(account) or account) for name, account in employers if name and account}
    return replace(known, employers=tuple(sorted(works)))


def name_words(name: str) -> tuple[str, ...]:
    """A company's name as it is compared: folded words without the legal form."""
    parts = key_words(name.replace("'s", "").replace("’s", "").replace("&", " and "))
    while len(parts) > 1 and parts[-1] in LEGAL_FORMS:
        parts.pop()
    return tuple(parts)
