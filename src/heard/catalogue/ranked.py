"""What is known of a problem when it is asked what to write next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from heard.values import Problem

FEW = 3
"""With fewer companies than this it is too early to say; nothing may be said of them in public either."""


class Action(StrEnum):
    """What to do about a problem."""

    WRITE = "write"
    FINISH = "finish"
    PUBLISH = "publish"
    REFRESH = "refresh"
    BACK_UP = "back up"
    LISTEN = "listen"
    LEAVE = "leave"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a problem stands where it does: of how many this is true, and what it adds to the score or takes."""

    name: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A problem with all that speaks for writing about it next.

    Companies are counted exactly, and privately: `helped` fit, `turned_down` do not, and count for
    nothing; of `undecided` nobody said. `unsaid` names what none of them was asked yet (cost, tries,
    trigger, seriousness); `quotable` counts those who may be quoted, `shown` the words that stand in
    public. The score is the sum of the reasons' points.
    """

    problem: Problem
    action: Action
    score: float
    reasons: tuple[Reason, ...]
    companies: tuple[str, ...] = ()
    helped: int = 0
    turned_down: int = 0
    undecided: tuple[str, ...] = ()
    quotes: int = 0
    nameless: int = 0
    in_public: int = 0
    last: date | None = None
    last_count: int = 0
    unsaid: tuple[str, ...] = ()
    gaps: int = 0
    quotable: int = 0
    shown: int = 0
    due: date | None = None
