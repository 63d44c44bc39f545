"""What waits in the inbox, as the decisions that a person makes one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from heard.values import Draft, Match, Place, Suggestion

SURE = 0.5
"""From this probability on a problem is proposed as the one that words belong to."""

NOTHING_LIKE_IT = Suggestion(1.0, ())
"""What is suggested where there is no problem yet."""


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's words that are filed under no problem: a draft, or a quote of a note (`draft` is None).

    `key` is what a rejection is remembered by; `who` and `origin` are for a person to read.
    """

    id: str
    text: str
    place: Place
    key: str
    account: str = ""
    who: str = ""
    day: date | None = None
    origin: str = ""
    why: str = ""
    suggestion: Suggestion = NOTHING_LIKE_IT
    draft: Draft | None = None

    @property
    def proposed(self) -> str:
        """The slug of the problem that the words most likely belong to; empty where none is likely enough."""
        best = self.suggestion.matches[:1]
        return best[0].problem if best and best[0].score >= max(SURE, self.suggestion.new) else ""


@dataclass(frozen=True, slots=True)
class NewProblem:
    """Words that seem to tell of one problem that the catalogue does not have; `nearest` is one that it has."""

    id: str
    name: str
    words: tuple[Words, ...]
    accounts: tuple[str, ...]
    why: str = ""
    nearest: Match | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """Two problems, by their slugs, that seem to be one; the first would go into the second."""

    id: str
    one: str
    other: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some quotes of a problem that seem to be a problem of their own: places of notes, and the words."""

    name: str
    quotes: tuple[tuple[Place, str], ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """A problem, by its slug, whose quotes seem to tell of several: the parts that would leave it."""

    id: str
    problem: str
    parts: tuple[Part, ...]
    why: str = ""


Item = NewProblem | Words | Alike | Divided


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The order to decide in: new problems by how many tell of them, then what is sure, then the rest."""
    return tuple(sorted(items, key=_rank))


def _rank(item: Item) -> tuple[int, float, str, str]:
    if isinstance(item, NewProblem):
        return (0, -len(item.accounts) - len(item.words) / 1000, "", item.id)
    if isinstance(item, Words):
        best = item.suggestion.matches[0].score if item.suggestion.matches else 0.0
        return (1, 0.0, item.proposed, f"{1 - best:.4f}{item.id}") if item.proposed else (2, -best, "", item.id)
    return (3, 0.0, "", item.id)
