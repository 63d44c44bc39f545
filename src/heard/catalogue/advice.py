"""Says in sentences what to write next, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from heard.base.days import ago
from heard.base.text import counted
from heard.catalogue.ranked import FEW, Action, Ranked

_VERBS = {
    Action.WRITE: "Write",
    Action.FINISH: "Finish",
    Action.PUBLISH: "Publish",
    Action.REFRESH: "Refresh",
    Action.BACK_UP: "Back up",
    Action.LISTEN: "Listen for",
    Action.LEAVE: "Leave",
    Action.COVERED: "Well covered:",
}

_NEXT_QUESTION = {
    "cost": "what does it cost you",
    "workaround": "what did you try first",
    "trigger": "when did it happen last",
    "seriousness": "how bad is it",
}

_WHY = {
    "heard": "heard from {}",
    "you can help": "{} you can help",
    "critical": "critical for {}",
    "serious": "serious for {}",
    "cost": "{} named what it costs",
    "heard lately": "how long ago they said it",
    "new": "{} heard for the first time in the last three months",
    "few": "what {} cannot tell yet",
    "also asked elsewhere": "asked {} where no company is named",
    "paper": "there is a paper already",
}

_NOUNS = {"heard": "company", "few": "company", "also asked elsewhere": "time"}


def sentence(one: Ranked, today: date) -> str:
    """`Write “X”: 10 companies, 4 you can help, heard again today, no paper yet.`"""
    parts = [part for part in (*_heard(one), _when(one, today), _state(one, today)) if part]
    return f"{_VERBS[one.action]} “{one.problem.problem}”: {', '.join(parts)}."


def step(one: Ranked) -> str:
    """What to type or ask next; nothing where nothing is to be done."""
    slug, path = one.problem.slug, one.problem.place.path
    steps: Mapping[Action, Callable[[], str]] = {
        Action.WRITE: lambda: f"write it below the header of {path}" if one.problem.public else f"heard draft {slug}",
        Action.FINISH: lambda: f"heard draft {slug}",
        Action.PUBLISH: lambda: f"heard publish {slug}",
        Action.REFRESH: lambda: f"read {path} again, then set `updated:` and `review_by:`",
        Action.BACK_UP: lambda: _backing(one),
        Action.LISTEN: lambda: _question(one),
    }
    return steps.get(one.action, lambda: "")()


def shares(one: Ranked) -> Iterator[tuple[float, str]]:
    """Every reason's points, with what they are for."""
    for reason in one.reasons:
        noun = _NOUNS.get(reason.name)
        yield reason.points, _WHY[reason.name].format(counted(reason.count, noun) if noun else reason.count)


def _heard(one: Ranked) -> Iterator[str]:
    many = len(one.companies)
    if many:
        yield counted(many, "company")
    elif one.nameless:
        yield f"{counted(one.nameless, 'quote')} from nobody who is named"
    else:
        yield "no company yet"
    if one.helped:
        yield "which you can help" if one.helped == many == 1 else f"{_of(one.helped, many)} you can help"
    if one.undecided:
        yield "fit unknown" if many == 1 else f"fit unknown for {_of(len(one.undecided), many)}"
    if one.turned_down:
        told = (
            "which"
            if many == 1
            else f"{_of(one.turned_down, many)} of them"
            if one.turned_down < many
            else "all of them"
        )
        yield f"{told} you decided not to serve"
    counts = {reason.name: reason.count for reason in one.reasons}
    for name, words in (("critical", "critical for {}"), ("cost", "{} named what it costs")):
        if counts.get(name):
            yield words.format(_of(counts[name], many))
    if one.in_public:
        yield f"also asked in public {'once' if one.in_public == 1 else f'{one.in_public} times'}"


def _of(part: int, whole: int) -> str:
    if part < whole or whole == 1:
        return str(part) if whole > 1 else "it"
    return "both" if whole == 2 else f"all {whole}"


def _when(one: Ranked, today: date) -> str:
    if one.last is None:
        return "no day known" if one.quotes else ""
    return f"{'heard again' if one.last_count > 1 else 'heard'} {ago(one.last, today)}"


def _state(one: Ranked, today: date) -> str:
    match one.action:
        case Action.WRITE:
            return "no paper yet"
        case Action.FINISH:
            return f"a draft with {counted(one.gaps, 'gap')}{_thin(one)}"
        case Action.PUBLISH:
            return f"a draft without gaps{_thin(one)}"
        case Action.REFRESH:
            return _stale(one, today)
        case Action.BACK_UP:
            few = f"a paper, but nothing can be said in public of fewer than {FEW}"
            return few if one.shown else "a paper with nobody's words behind it"
        case Action.LISTEN:
            return "too early to say"
        case Action.LEAVE:
            return "nobody to write it for"
        case Action.COVERED:
            return "a paper, and words behind it"


def _stale(one: Ranked, today: date) -> str:
    problem = one.problem
    if problem.review_by:
        return f"the paper was to be read again {ago(problem.review_by, today)}"
    return f"the paper was last changed {ago(problem.updated or problem.published or today, today)}"


def _thin(one: Ranked) -> str:
    return "" if len(one.companies) - one.turned_down >= FEW else ", and too few to be sure of it"


def _question(one: Ranked) -> str:
    """What to ask on the next call: whether others have it, and the first thing that nobody said."""
    if one.nameless and not one.companies:
        return "say in the notes who said it (`account:`), or ask the next company whether they know it"
    then = f", and {_NEXT_QUESTION[one.unsaid[0]]}" if one.unsaid else ""
    return f"ask the next company: do you have that{', too' if one.quotes else ''}{then}?"


def _backing(one: Ranked) -> str:
    slug = one.problem.slug
    if not one.companies:
        return f"ask the next company whether they have it, and log it: heard log --problem {slug}"
    if one.quotable and not one.shown:
        return f"{counted(one.quotable, 'company')} may be quoted: heard approve"
    if not one.shown:
        return f"ask one of them whether you may quote them: heard show {slug}"
    return "ask the next company whether they have it, too"
