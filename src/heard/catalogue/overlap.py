"""Which words of a paper were said by a client who did not allow it.

A paper repeats a client when it shares six consecutive words, at least three of them no stop words, with a
quote that is not approved and was said by fewer than three accounts. Words from feeds, reviews and searches
count as well, as those of no account: whoever wrote them in public did not allow them here, and some who
wrote there are clients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from heard.base.fields import flag
from heard.base.shingles import Run, Shingle, runs, shingles
from heard.base.text import words
from heard.catalogue.rules import LOOK, TO_FIX, LineOf, first_line
from heard.values import PUBLIC_SOURCES, Approved, Catalogue, Finding, Place, Problem

MANY = 3
"""What so many accounts say is the market's, and no client's."""

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Said:
    """Where somebody's words stand, and the account as its note names it; none for a `public` source."""

    place: Place
    account: str
    public: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Every shingle that clients said and nobody approved, with who said it."""

    said: Mapping[Shingle, Sequence[Said]]
    lang: str


def index(catalogue: Catalogue) -> Index:
    """Look through all quotes once, for any number of papers."""
    said: dict[Shingle, list[Said]] = {}
    for note in catalogue.notes:
        public = note.source in PUBLIC_SOURCES
        for quote in note.quotes:
            one = Said(Place(note.path, quote.line), "" if public else quote.account, public)
            for shingle in shingles(words(quote.text)):
                said.setdefault(shingle, []).append(one)
    for shingle in approved_shingles(catalogue.public.approved):
        said.pop(shingle, None)
    return Index(said, catalogue.public.expert.lang)


def approved_shingles(approved: Approved) -> Iterator[Shingle]:
    """The runs of words of everything that a person let out."""
    texts = [quote.text for problem in approved.problems.values() for quote in problem.quotes]
    for text in (*texts, *(proof.text for proof in approved.proof)):
        yield from shingles(words(text))


def repeats(
    problem: Problem, heard: Index, counts_as: Callable[[str], str], line_of: LineOf = first_line
) -> tuple[Finding, ...]:
    """A finding for every run of words in a paper that is a client's; `counts_as` is the account book's.

    It is worth a look while the paper is private, and to fix once it is published.
    """
    severity = TO_FIX if problem.public else LOOK
    found: dict[tuple[str, ...], Finding] = {}

    def secret(shingle: Shingle) -> bool:
        some = heard.said.get(shingle, ())
        return bool(some) and len({counts_as(one.account) for one in some} - {""}) < MANY

    for text, line in _passages(problem, line_of):
        for run in runs(text, line, problem.lang or heard.lang, secret):
            told = flag(problem.place.path, run.line, _message(run, heard), "paper/repeats-client", severity)
            found.setdefault(run.words, told)
    return tuple(sorted(found.values(), key=lambda one: one.place))


def _passages(problem: Problem, line_of: LineOf) -> Iterator[tuple[str, int]]:
    """Everything of a paper that becomes public, with the line it begins on."""
    path = problem.place.path
    for key, texts in (
        ("problem", (problem.problem,)),
        ("title", (problem.title,)),
        ("answer", (problem.answer,)),
        ("description", (problem.description,)),
        ("slug", (problem.slug,)),
        ("old_slugs", problem.old_slugs),
        ("aliases", problem.aliases),
        ("not_for", problem.not_for),
        ("where", (problem.where,)),
        ("figures", tuple(one.says for one in problem.figures)),
        ("borrowed", (problem.borrowed.how,) if problem.borrowed else ()),
    ):
        yield from ((" ".join(text.split()), line_of(path, key)) for text in texts if text.count(" ") or "-" in text)
    yield problem.body, problem.body_line


def _message(run: Run, heard: Index) -> str:
    shown = " ".join(run.words[:_SHOWN]) + (" …" if len(run.words) > _SHOWN else "")
    # Who told it in confidence comes first.
    one = min(heard.said[run.shingles[0]], key=lambda said: said.public)
    if one.public:
        return f"repeats words that somebody wrote in public, “{shown}” ({one.place}): reword, or approve them"
    return f"repeats a client's words, “{shown}” ({one.place}): reword, or ask"
