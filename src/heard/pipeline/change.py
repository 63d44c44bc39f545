"""The story of changing the catalogue: read everything, plan the change, make it in one step, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heard.approve.file import approved_text
from heard.base import changes
from heard.base.document import parse_to_read
from heard.base.files import read_file
from heard.catalogue import change as plans
from heard.catalogue import rename as renaming
from heard.catalogue import split as parts
from heard.catalogue.edits import Change as Change
from heard.catalogue.edits import Files, text_of
from heard.catalogue.heard_from import Hearing as Hearing
from heard.catalogue.heard_from import add_up
from heard.catalogue.match import find_problem
from heard.pipeline.catalogue import Read, need_private, read
from heard.pipeline.proposals import secrets_of
from heard.values import HeardError, Problem, Quotable
from heard.workspace import Workspace

# Where sentences are compared by a language model, each costs some 20 ms: a person is waiting.
_SAMPLE = 120
_MOST = 400

Propose = Callable[[Sequence[Hearing]], Sequence[tuple[str, Sequence[int]]]]
"""How quotes would be parted: for each new problem its words, and the places of its quotes."""


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made, or taken back: what it is called, what follows, and its files."""

    words: str
    says: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """A problem that may be split: all its quotes, and those that are proposed for new problems."""

    problem: Problem
    quotes: tuple[Hearing, ...]
    proposed: tuple[tuple[str, tuple[Hearing, ...]], ...]


def plan_merge(workspace: Workspace, one: str, two: str) -> Change:
    """What `heard merge` would do."""
    need_private(workspace, "merge")
    found = read(workspace)
    first, second = _problem(found, one), _problem(found, two)
    heard = [found.hearings.get(problem.slug, ()) for problem in (first, second)]
    figures = [add_up(said) for said in (*heard, (*heard[0], *heard[1]))]
    return plans.merge(_files(workspace), found.catalogue, first, second, figures)


def plan_rename(workspace: Workspace, problem: str, words: str, *, url: bool) -> Change:
    """What `heard rename` would do; its `stakes` have to be agreed to."""
    need_private(workspace, "rename")
    found = read(workspace)
    chosen = _problem(found, problem)
    return renaming.rename(_files(workspace), found.catalogue, chosen, words, url=url, text=approved_text)


def plan_split(workspace: Workspace, problem: str, words: str, quotes: Sequence[str], like: str = "") -> Change:
    """What `heard split` would do with the quotes that ids or places name, and those that are like some words."""
    need_private(workspace, "split")
    found = read(workspace)
    chosen = _living(found, problem)
    said = found.hearings.get(chosen.slug, ())
    moving = parts.named(said, quotes)
    if like:
        moving += [one for one in _alike(chosen, said, like) if one not in moving]
        if not moving:
            raise HeardError(f"No quote of “{chosen.problem}” is nearer to “{like}” than to what it is called.")
    return parts.split(_files(workspace), found.catalogue, chosen, words, moving, len(said))


def parting(workspace: Workspace, problem: str, propose: Propose | None = None) -> Parting:
    """A problem's quotes, and how they would be parted: by what they say, or as `propose` does it."""
    need_private(workspace, "split")
    found = read(workspace)
    chosen = _living(found, problem)
    quotes = found.hearings.get(chosen.slug, ())
    groups = (propose or proposer(found))(quotes) if len(quotes) > 2 else ()
    return Parting(chosen, quotes, tuple((words, tuple(quotes[at] for at in group)) for words, group in groups))


def carry_out(workspace: Workspace, change: Change, *, keep: bool = True) -> Done:
    """Make the change, all of it or nothing. Raises `HeardError` if a file was changed meanwhile.

    The edit of such a file is kept as a copy beside it, unless `keep` is off.
    """
    changes.carry_out(workspace.private.changes, workspace.root, change.words, change.files, keep=keep)
    return Done(change.words, change.says, _named(workspace, change))


def undo(workspace: Workspace, *, logged: bool = False) -> Done:
    """Take back the last change that was not taken back yet; `logged` words only if a person means those, too.

    Words that were logged come back in `says`, since they are in no file any more. Raises `HeardError` if it cannot
    be taken back.
    """
    need_private(workspace, "undo")
    folder, root = workspace.private.changes, workspace.root
    changes.resume(folder, root)
    approved = root / renaming.APPROVED
    last = changes.last(folder, root)
    held = {step.path: read_file(step.path) for step in last.steps}
    words = changes.undo(folder, root, derived=(approved,), logged=logged)
    files = [path for path, content in held.items() if read_file(path) != content]
    # It was written anew since, or the person put it back: what it shows may be another problem's.
    stays = approved in held and approved not in files
    says = ["content/approved.yml stays as it is: run `heard approve`."] if stays else []
    if last.logged:
        says += [_body(held[path]) for path in files if path.is_relative_to(workspace.private.notes)]
    return Done(words, tuple(says), tuple(workspace.public.relative(path) for path in files))


def leave(workspace: Workspace) -> tuple[str, str]:
    """Keep the last change for good: what it is called, and what `undo` takes back from now on (or nothing)."""
    need_private(workspace, "undo")
    folder, root = workspace.private.changes, workspace.root
    kept = changes.leave(folder, root)
    return kept, changes.last(folder, root).words


def _body(note: bytes | None) -> str:
    return "Its words, if you want them back:\n\n" + parse_to_read(text_of(note or b"", "note")).body.strip("\n") + "\n"


def place_of(one: Hearing) -> str:
    """How a quote is named on the command line: by its id, or by where it stands."""
    return one.quote.id or f"{one.note.path}:{one.quote.line}"


def _named(workspace: Workspace, change: Change) -> tuple[str, ...]:
    return tuple(workspace.public.relative(one.path) for one in change.files if one.before != one.after)


def _files(workspace: Workspace) -> Files:
    return Files(workspace.root, read_file)


def _problem(found: Read, words: str) -> Problem:
    """The problem that is meant; one that was merged only where it is named whole, or nothing else fits."""
    every = found.catalogue.problems
    exact = [one for one in every if words in (one.slug, one.problem)]
    if len(exact) == 1:
        return exact[0]
    living = [one for one in every if not one.merged_into]
    try:
        return find_problem(words, living)
    except HeardError as error:
        try:
            return find_problem(words, every)
        except HeardError:
            raise error from None


def _living(found: Read, words: str) -> Problem:
    problem = _problem(found, words)
    if problem.merged_into:
        raise HeardError(f"“{problem.problem}” was merged into `{problem.merged_into}`: split that one.")
    if not found.hearings.get(problem.slug):
        raise HeardError(f"“{problem.problem}” has no quotes yet, so there is nothing to split.")
    return problem


def _alike(problem: Problem, said: Sequence[Hearing], like: str) -> list[Hearing]:
    """The quotes that are nearer to the words than to what the problem is called now."""
    from heard.base.similarity import embed

    rows = embed([like, problem.problem, *(one.quote.text for one in said)])
    return [one for one, row in zip(said, rows[2:], strict=True) if row @ rows[0] > row @ rows[1]]


def proposer(found: Read) -> Propose:
    """How quotes are parted by what they say; the names hold no name of a company or a person."""
    from heard.base.similarity import embed
    from heard.catalogue.regroup import Worded, middle, split_of

    each = max(2, _SAMPLE // max(1, len(found.hearings)))

    def worded(slug: str, said: Sequence[Hearing]) -> Worded:
        texts = tuple(one.quote.text for one in said[-each:])
        rows = embed(texts)
        return Worded(slug, slug, texts, rows, rows[:0])

    def propose(quotes: Sequence[Hearing]) -> Sequence[tuple[str, Sequence[int]]]:
        around = middle([worded(slug, said) for slug, said in found.hearings.items()])
        skipped = max(0, len(quotes) - _MOST)
        latest = quotes[skipped:]
        texts = [one.quote.text for one in latest]
        silent = frozenset(at for at, one in enumerate(latest) if one.quote.quotable is Quotable.OFFRECORD)
        groups = split_of(texts, embed(texts), around=around, secrets=secrets_of(found.catalogue), silent=silent)
        # The largest group is what the problem is about; only what stands beside it is a new one.
        return [(group.name, [skipped + at for at in group.members]) for group in groups[1:]]

    return propose
