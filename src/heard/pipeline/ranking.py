"""The story of `heard next`: read everything, rank it, and say what to do in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from heard.catalogue.advice import sentence, shares, step
from heard.catalogue.rank import rank
from heard.catalogue.ranked import Action, Ranked
from heard.pipeline.catalogue import Read, read, unread
from heard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do: the ranking behind it, the sentence, the next step, every reason's points, and who said it."""

    ranked: Ranked
    sentence: str
    step: str
    shares: tuple[tuple[float, str], ...]
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """What to do, most pressing first; what is done or not worth doing; and what would make it surer.

    `undecided` names the accounts whose fit nobody said, those that matter most first; `unfiled` counts
    the quotes that are filed under no problem, and so count for none; `unread` the files that could not be read.
    """

    todo: tuple[Advice, ...]
    rest: tuple[Advice, ...]
    undecided: tuple[str, ...]
    unfiled: int
    unread: int = 0


def what_next(workspace: Workspace, today: date) -> Next:
    """Everything that could be done next, in order."""
    found = read(workspace)
    names = _names(found)
    ranked = rank(found.catalogue, found.hearings, found.book, today)
    every = [_advice(one, names, today) for one in ranked]
    idle = (Action.LEAVE, Action.COVERED)
    todo = tuple(one for one in every if one.ranked.action not in idle)
    undecided = dict.fromkeys(key for one in todo for key in one.ranked.undecided)
    unfiled = sum(not quote.problems for note in found.catalogue.notes for quote in note.quotes)
    rest = tuple(one for one in every if one.ranked.action in idle)
    waiting = tuple(names.get(key, key) for key in undecided)
    return Next(todo, rest, waiting, unfiled, unread(found.findings))


def _advice(one: Ranked, names: Mapping[str, str], today: date) -> Advice:
    companies = tuple(names.get(key, key) for key in one.companies)
    return Advice(one, sentence(one, today), step(one), tuple(shares(one)), companies)


def _names(found: Read) -> Mapping[str, str]:
    """What everything that counts as one account is called: as its file says, or else its notes."""
    said = {quote.account for note in found.catalogue.notes for quote in note.quotes if quote.account}
    spelled = {found.book.counts_as(name): name for name in sorted(said, reverse=True)}
    return spelled | {found.book.counts_as(one.name): one.name for one in reversed(found.catalogue.accounts)}
