"""The story of the inbox: what was imported or not filed, and what it adds up to, as decisions to make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from heard.base.similarity.languages import without_language
from heard.base.similarity.model import Examples, Model
from heard.base.text import percent, slugify
from heard.catalogue.clusters import centred, common
from heard.catalogue.match import find
from heard.catalogue.rejected import key_of_words
from heard.listen.drafts import read_drafts
from heard.listen.inbox import Alike as Alike
from heard.listen.inbox import Divided as Divided
from heard.listen.inbox import Item as Item
from heard.listen.inbox import NewProblem as NewProblem
from heard.listen.inbox import Part as Part
from heard.listen.inbox import Words as Words
from heard.listen.inbox import in_order
from heard.pipeline import matching, proposals
from heard.pipeline.catalogue import Read, read
from heard.pipeline.deciding import Decided as Decided
from heard.pipeline.deciding import file as file
from heard.pipeline.deciding import keep as keep
from heard.pipeline.deciding import make as make
from heard.pipeline.deciding import merge as merge
from heard.pipeline.deciding import reject as reject
from heard.pipeline.deciding import split as split
from heard.pipeline.deciding import undo as undo
from heard.pipeline.remembered import remembered, vectors
from heard.values import Catalogue, Draft, Finding, HeardError, Note, Place, Quote, State
from heard.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

NEAR = 0.25
"""So alike (cosine) words are to those filed in the same sitting under a problem for it to be shown first."""

CLOSE = 0.5
"""So alike they are for it to be proposed."""

QUICKLY = 2000
"""From so many quotes on, nothing is learnt in the middle of a sitting."""

SHOWN = 9
"""So many problems can be chosen with a key."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """All that waits, in the order to decide in, and the problems by slug and words.

    `known` is what the catalogue teaches about each problem, what was filed since included; `vectors` has a unit
    row for the id of each of the words, `fresh` one for each problem that got words since; `opened` are the ids
    of words whose proposed problem was taken apart, so that they come next.
    """

    items: tuple[Item, ...]
    problems: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    fresh: Mapping[str, Vector] = field(default_factory=dict)
    known: Mapping[str, Examples] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that words may be filed under: how likely, in words, and whether it is likely enough to propose."""

    problem: str
    told: str
    proposed: bool = False


def open_inbox(workspace: Workspace, *, proposed: bool = True, tell: matching.Tell = lambda _: None) -> Inbox:
    """Everything that waits for a decision; without `proposed` only single words, which is faster.

    `tell` is given a sentence before something that takes long.
    """
    found = read(workspace)
    drafts, wrong = read_drafts(workspace.private.inbox, workspace.public.relative(workspace.private.inbox))
    rejected = found.catalogue.rejected
    words = [one for one in _waiting(found, drafts) if one.key not in rejected]
    texts = [one.text for one in words]
    suggested = matching.suggest(matching.current_model(workspace, found, tell), texts, SHOWN)
    words = [replace(one, suggestion=near) for one, near in zip(words, suggested, strict=True)]
    items, rows = _added_up(workspace, found, words) if proposed else (tuple(words), {})
    problems = {p.slug: p.problem for p in found.catalogue.problems if p.state is not State.MERGED}
    kept = [item for item in items if item.id not in rejected]
    return Inbox(in_order(kept), problems, (*found.findings, *wrong), rows, known=matching.examples(found))


def find_items(inbox: Inbox, ids: Iterable[str]) -> tuple[Item, ...]:
    """The items that ids, or their beginnings, name. Raises `HeardError` for one that names none."""
    every = {
        one.id: one for item in inbox.items for one in (item, *(item.words if isinstance(item, NewProblem) else ()))
    }
    found = []
    for wanted in ids:
        fits = [item for name, item in every.items() if name == wanted] or [
            item for name, item in every.items() if name.startswith(wanted)
        ]
        if len(fits) != 1:
            what = "could be several items" if fits else "is nothing that waits"
            raise HeardError(f"“{wanted}” {what}: `heard inbox list` shows all with their ids.")
        found.append(fits[0])
    return tuple(found)


def candidates(inbox: Inbox, words: Words) -> tuple[Candidate, ...]:
    """The problems to choose from for these words, likeliest first: as learnt, and by what was filed just now."""
    learnt = {one.problem: one.score for one in words.suggestion.matches if one.problem in inbox.problems}
    row = inbox.vectors.get(words.id)
    near = {} if row is None else {slug: float(row @ centre) for slug, centre in inbox.fresh.items()}
    made = {slug: score for slug, score in near.items() if score >= NEAR and slug not in learnt}
    found = [Candidate(slug, percent(score), slug == words.proposed) for slug, score in learnt.items()]
    for slug, score in sorted(made.items(), key=lambda item: item[1]):
        first = Candidate(slug, "made just now", score >= CLOSE)
        found = [first, *found] if score >= CLOSE or not learnt else [*found[:1], first, *found[1:]]
    rest = [Candidate(slug, "") for slug in inbox.problems if slug not in learnt and slug not in made]
    return tuple([*found, *rest][:SHOWN])


def problem_meant(answer: str, problems: Mapping[str, str]) -> str:
    """The slug of the problem that a part of its name means. Raises `HeardError` naming the nearest."""
    things = [SimpleNamespace(slug=slug, words=words) for slug, words in problems.items()]
    return str(find(answer, things, "problem", lambda one: (one.words, one.slug)).slug)


def slug_for(inbox: Inbox, name: str) -> str:
    """The slug that a new problem of this name would have. Raises `HeardError` if it is taken."""
    slug = slugify(name)
    if not slug:
        raise HeardError(f"“{name}” has no letters to make an address from. Say it in words.")
    if slug in inbox.problems:
        raise HeardError(f"There is a problem “{inbox.problems[slug]}” already.")
    return slug


def with_problem(inbox: Inbox, slug: str, name: str, words: Sequence[Words]) -> Inbox:
    """The inbox after a problem was made of some words."""
    return with_filed(replace(inbox, problems={**inbox.problems, slug: name}), slug, words)


def learn(workspace: Workspace, inbox: Inbox) -> Model | None:
    """What the catalogue and this sitting teach; None where learning would take longer than a sitting waits."""
    if sum(len(one.quotes) for one in inbox.known.values()) > QUICKLY:
        return None
    from heard.base.similarity.training import train

    return train(inbox.known, embed=remembered(workspace))


def suggested(model: Model, words: Words) -> Words:
    """The words with what a model suggests for them."""
    return replace(words, suggestion=matching.suggest(model, [words.text], SHOWN)[0])


def taken_apart(inbox: Inbox, item: NewProblem) -> Inbox:
    """The inbox with the words of a proposed problem instead of it, first of all."""
    opened = inbox.opened | {one.id for one in item.words}
    rest = tuple(one for one in inbox.items if one.id != item.id)
    return replace(inbox, items=(*item.words, *rest), opened=opened)


def with_filed(inbox: Inbox, slug: str, words: Sequence[Words]) -> Inbox:
    """The inbox after words were filed under a problem: what is like them comes next, and finds it."""
    before = inbox.known.get(slug, Examples((inbox.problems.get(slug, slug),)))
    quotes = (*before.quotes, *(one.text for one in words))
    inbox = replace(inbox, known={**inbox.known, slug: replace(before, quotes=quotes)})
    rows = [inbox.vectors[one.id] for one in words if one.id in inbox.vectors]
    if not rows:
        return inbox
    total = sum(rows[1:], rows[0]) + inbox.fresh.get(slug, 0)
    size = float(total @ total) ** 0.5
    centre = total / size if size else total

    def far(item: Item) -> tuple[int, float]:
        row = inbox.vectors.get(item.id)
        if not isinstance(item, Words) or row is None:
            # Proposed problems come before single words, merges and splits after them.
            return (2, 0.0) if isinstance(item, NewProblem) else (5, 0.0)
        alike = float(row @ centre)
        first = 0 if item.id in inbox.opened else 3
        return (first, -alike) if alike >= NEAR else (first + 1, 0.0)

    return replace(inbox, items=tuple(sorted(inbox.items, key=far)), fresh={**inbox.fresh, slug: centre})


def _added_up(
    workspace: Workspace, found: Read, words: Sequence[Words]
) -> tuple[tuple[Item, ...], Mapping[str, Vector]]:
    """The words with what they add up to, and the row of each; words of a proposed problem stand in it alone."""
    rows: dict[str, Vector] = {}
    embed = vectors(workspace)

    def vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
        found = without_language(texts, embed(texts))
        rows.update(zip(texts, found, strict=True))
        return found

    drafts = [one.draft for one in words if one.draft]
    made = proposals.proposals(_without_rejected(found, words), vectors_of, drafts)
    at = {(one.place.path, one.place.line): one for one in words}
    groups = [group for one in made.new if len((group := _new_problem(one, at)).words) > 1]
    taken = {one.id for group in groups for one in group.words}
    items: list[Item] = [*groups, *(one for one in words if one.id not in taken)]
    items += [Alike(f"merge-{one.a}+{one.b}", one.a, one.b, one.why) for one in made.merges]
    items += [Divided(f"split-{one.problem}", one.problem, _parts(one), one.why) for one in made.splits if one.parts]
    return tuple(items), _apart(words, rows)


def _apart(words: Sequence[Words], rows: Mapping[str, Vector]) -> Mapping[str, Vector]:
    """The row of each of the words without what all have in common, by the id of the words."""
    import numpy as np

    known = [one for one in words if one.text in rows]
    if not known:
        return {}
    matrix = centred(np.array([rows[one.text] for one in known]), common(np.array(list(rows.values()))))
    return {one.id: row for one, row in zip(known, matrix, strict=True)}


def _without_rejected(found: Read, words: Sequence[Words]) -> Catalogue:
    """The catalogue without unfiled quotes that were rejected: they are no part of anything new."""
    waiting = {(one.place.path, one.place.line) for one in words}
    notes = [
        replace(note, quotes=tuple(q for q in note.quotes if q.problems or (note.path, q.line) in waiting))
        for note in found.catalogue.notes
    ]
    return replace(found.catalogue, notes=tuple(notes))


def _new_problem(one: proposals.ProposedProblem, at: Mapping[tuple[str, int], Words]) -> NewProblem:
    places = [(note.path, quote.line) for note, quote in one.quotes]
    places += [(draft.place.path, draft.place.line) for draft in one.drafts]
    words = tuple(at[place] for place in places if place in at)
    name = one.name or "a problem that was told off the record"
    return NewProblem(
        f"new-{short_id(' '.join(sorted(w.id for w in words)))}", name, words, one.accounts, one.why, one.nearest
    )


def _parts(one: proposals.ProposedSplit) -> tuple[Part, ...]:
    return tuple(
        Part(part.name, tuple((Place(note.path, quote.line), quote.text) for note, quote in part.quotes))
        for part in one.parts
    )


def _waiting(found: Read, drafts: Sequence[Draft]) -> list[Words]:
    words = [_of_draft(draft) for draft in drafts]
    for note in found.catalogue.notes:
        words += [_of_quote(note, quote) for quote in note.quotes if not quote.problems]
    return words


def _of_draft(draft: Draft) -> Words:
    return Words(
        id=draft.place.path.rpartition("/")[2].removesuffix(".md").rpartition("-")[2],
        text=draft.text,
        place=draft.place,
        key=draft.key or key_of_words(draft.text),
        account=draft.account,
        who=_who(draft.person, draft.role, draft.account),
        day=draft.heard.date() if draft.heard else None,
        origin=draft.origin,
        why=draft.why,
        draft=draft,
    )


def _of_quote(note: Note, quote: Quote) -> Words:
    place = Place(note.path, quote.line)
    return Words(
        id=quote.id or short_id(f"{note.path}\0{quote.text}"),
        text=quote.text,
        place=place,
        key=key_of_words(quote.text),
        account=quote.account,
        who=_who(quote.person, quote.role, quote.account),
        day=note.day,
        origin=str(place),
    )


def _who(person: str, role: str, account: str) -> str:
    return ", ".join(part for part in (person, role, account) if part)


def short_id(text: str) -> str:
    """Six letters that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]
