"""What to write next: every problem with its score, each reason's share of it, and what to do.

Points are added up for each company that the expert would serve, so that one more never lowers a problem.
They are then taken down where few companies were heard, since one company heard once says little of a
market, and where a paper is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p

from heard.base.gaps import gaps
from heard.catalogue.accounts import AccountBook
from heard.catalogue.fit import Fit, fits
from heard.catalogue.heard_from import Hearing
from heard.catalogue.ranked import FEW, Action, Ranked, Reason
from heard.catalogue.sums import names_a_sum
from heard.values import PUBLIC_SOURCES, Catalogue, Problem, Quotable, State

LATELY = timedelta(days=90)
STALE = timedelta(days=548)
"""A paper without `review_by` is to be read again a year and a half after its last change."""

HALF_LIFE = 180
"""Days after which having been heard counts for half."""

# Points for one company.
_HEARD, _HELPED, _COST, _NEW, _RECENT = 1.0, 1.0, 0.5, 0.25, 0.5
_WEIGHT, _MOST_WEIGHT = 0.1, 5
_BAD = {"critical": 1.0, "serious": 0.5}
_ELSEWHERE = 0.2
_DOUBT = 2.0
_PAPER = {"covered": 0.2, "stale": 0.5}


@dataclass(frozen=True, slots=True)
class _Voice:
    """All that one company said of one problem."""

    key: str
    said: tuple[Hearing, ...]
    fit: Fit

    def tagged(self, tag: str) -> bool:
        return any(tag in one.quote.tags for one in self.said)

    @property
    def names_cost(self) -> bool:
        return self.tagged("cost") or any(names_a_sum(one.quote.text) for one in self.said)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(one.day for one in self.said if one.day)


def rank(
    catalogue: Catalogue, hearings: Mapping[str, Sequence[Hearing]], book: AccountBook, today: date
) -> tuple[Ranked, ...]:
    """Every problem that is neither merged nor retired, the most pressing first.

    A translation counts what its original counts. At a tie the one with a draft comes first.
    """
    fit_by_key = fits(book, catalogue.public.rules)
    living = [p for p in catalogue.problems if p.state not in (State.MERGED, State.RETIRED)]
    found = [_ranked(one, catalogue, hearings.get(one.translates or one.slug, ()), fit_by_key, today) for one in living]
    return tuple(sorted(found, key=lambda r: (-r.score, r.problem.state is not State.DRAFTING, r.problem.slug)))


def _ranked(
    problem: Problem, catalogue: Catalogue, said: Sequence[Hearing], fit_by_key: Mapping[str, Fit], today: date
) -> Ranked:
    voices = _voices(said, fit_by_key)
    served = [voice for voice in voices if voice.fit.verdict != "no"]
    in_public = sum(one.note.source in PUBLIC_SOURCES for one in said)
    nameless = sum(not one.account for one in said) - in_public
    due = _due(problem, today)
    reasons = _reasons(served, in_public + nameless, today)
    reasons += _taken(reasons, problem, due)
    last = max((one.day for one in said if one.day), default=None)
    shown = _shown(problem, catalogue)
    return Ranked(
        problem=problem,
        action=_action(problem, voices, served, shown, due),
        score=round(sum(reason.points for reason in reasons), 4),
        reasons=tuple(reasons),
        companies=tuple(voice.key for voice in voices),
        helped=sum(voice.fit.verdict == "yes" for voice in voices),
        turned_down=len(voices) - len(served),
        undecided=tuple(voice.key for voice in served if voice.fit.verdict == "unknown"),
        quotes=len(said),
        nameless=nameless,
        in_public=in_public,
        last=last,
        last_count=len({one.day for one in said if one.day}),
        unsaid=_unsaid(served or voices),
        gaps=len(gaps(problem.body)),
        quotable=sum(any(_may_be_quoted(one) for one in voice.said) for voice in voices),
        shown=shown,
        due=due,
    )


def _voices(said: Iterable[Hearing], fit_by_key: Mapping[str, Fit]) -> list[_Voice]:
    groups: dict[str, list[Hearing]] = {}
    for one in said:
        if one.account:
            groups.setdefault(one.account, []).append(one)
    return [_Voice(key, tuple(groups[key]), fit_by_key.get(key, Fit())) for key in sorted(groups)]


def _reasons(served: Sequence[_Voice], elsewhere: int, today: date) -> list[Reason]:
    """What speaks for a problem, and what the small number of companies takes of it."""
    helped = [voice for voice in served if voice.fit.verdict == "yes"]
    weights = [min(voice.fit.weight, _MOST_WEIGHT) * _WEIGHT for voice in helped]
    new = [voice for voice in served if voice.days and today - min(voice.days) <= LATELY]
    recent = [0.5 ** (max((today - max(voice.days)).days, 0) / HALF_LIFE) for voice in served if voice.days]
    lately = [voice for voice in served if voice.days and today - max(voice.days) <= LATELY]
    found = [
        Reason("heard", len(served), _HEARD * len(served)),
        Reason("you can help", len(helped), _HELPED * len(helped) + sum(weights)),
        *_badness(served),
        _counted("cost", served, lambda voice: voice.names_cost, _COST),
        Reason("heard lately", len(lately), _RECENT * sum(recent)),
        Reason("new", len(new), _NEW * len(new)),
    ]
    sure = len(served) / (len(served) + _DOUBT) if served else 0.0
    found.append(Reason("few", len(served), -(1 - sure) * sum(one.points for one in found)))
    # Nobody's company: it tells that people ask, not how many.
    found.append(Reason("also asked elsewhere", elsewhere, _ELSEWHERE * log1p(elsewhere)))
    return [one for one in found if one.points or one.name == "heard"]


def _badness(served: Sequence[_Voice]) -> list[Reason]:
    worst = [next((tag for tag in _BAD if voice.tagged(tag)), "") for voice in served]
    return [Reason(tag, worst.count(tag), points * worst.count(tag)) for tag, points in _BAD.items()]


def _counted(name: str, served: Sequence[_Voice], true: Callable[[_Voice], bool], points: float) -> Reason:
    count = sum(map(true, served))
    return Reason(name, count, points * count)


def _taken(reasons: Sequence[Reason], problem: Problem, due: date | None) -> list[Reason]:
    """What a paper that is there already takes of the score."""
    if not problem.public or not problem.body.strip():
        return []
    kept = _PAPER["stale" if due else "covered"]
    return [Reason("paper", 1, -(1 - kept) * sum(one.points for one in reasons))]


def _due(problem: Problem, today: date) -> date | None:
    """The day by which a published paper was to be read again, if that is over."""
    changed = problem.updated or problem.published
    due = problem.review_by or (changed + STALE if changed else None)
    return due if problem.public and due and due < today else None


def _action(
    problem: Problem, voices: Sequence[_Voice], served: Sequence[_Voice], shown: int, due: date | None
) -> Action:
    if problem.public and problem.body.strip():
        if due:
            return Action.REFRESH
        return Action.BACK_UP if len(voices) < FEW or not shown else Action.COVERED
    if voices and not served:
        return Action.LEAVE
    if problem.state is State.DRAFTING:
        return Action.FINISH if gaps(problem.body) else Action.PUBLISH
    return Action.WRITE if len(served) >= FEW else Action.LISTEN


def _shown(problem: Problem, catalogue: Catalogue) -> int:
    """How many quotes and proofs of a problem stand in public."""
    approved, slug = catalogue.public.approved, problem.translates or problem.slug
    quotes = approved.problems[slug].quotes if slug in approved.problems else ()
    return len(quotes) + sum(slug in one.problems for one in approved.proof)


def _may_be_quoted(one: Hearing) -> bool:
    return one.quote.quotable in (Quotable.ANONYMOUS, Quotable.NAMED)


def _unsaid(voices: Sequence[_Voice]) -> tuple[str, ...]:
    known = {
        "cost": any(voice.names_cost for voice in voices),
        "workaround": any(voice.tagged("workaround") for voice in voices),
        "trigger": any(voice.tagged("trigger") for voice in voices),
        "seriousness": any(voice.tagged(tag) for voice in voices for tag in (*_BAD, "minor")),
    }
    return tuple(name for name, said in known.items() if not said)
