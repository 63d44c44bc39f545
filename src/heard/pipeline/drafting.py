"""The story of drafting: the outline, each answer saved as it is given, and the clients' words beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from heard.base import changes
from heard.base.document import Document, parse, render
from heard.base.files import read_file
from heard.base.gaps import Gap, gaps
from heard.catalogue import overlap
from heard.catalogue.entries import QUOTES, read_problem
from heard.catalogue.heard_from import HeardFrom, add_up, link_targets
from heard.catalogue.rules import line_finder
from heard.pipeline.catalogue import Hearing, Read, need_private, one_problem, read
from heard.publish import wording
from heard.publish.words import ENGLISH, list_of
from heard.values import FileChange, Finding, HeardError, Problem, State
from heard.workspace import Workspace
from heard.write.beside import Voice, is_ours, quotes_text
from heard.write.fill import filled
from heard.write.outline import QUESTIONS, outline
from heard.write.outline import Question as Question
from heard.write.outline import question_of as question_of


@dataclass(frozen=True, slots=True)
class Drafting:
    """A paper that is being drafted: its file, the file of quotes beside it, and how to find what repeats them.

    `begun` says that there was a body already; `kept` that the file of quotes was changed by hand and left.
    """

    workspace: Workspace
    problem: Problem
    heard: HeardFrom
    path: Path
    quotes: Path
    begun: bool
    kept: bool
    repeated: Callable[[Problem], tuple[Finding, ...]]


def begin(workspace: Workspace, words: str, today: date) -> Drafting:
    """Find the problem, write its quotes beside it, and its outline unless it has a paper.

    Raises `HeardError` with what to do for one that is published, retired or merged.
    """
    need_private(workspace, "draft")
    found = read(workspace)
    row, quotes = one_problem(found, words)
    problem, heard = row.problem, row.heard
    _may_be_drafted(problem)
    if problem.translates:
        # What was heard belongs to the original.
        slug = link_targets(found.catalogue.problems).get(problem.translates.casefold(), problem.translates)
        quotes = (*found.hearings.get(slug, ()), *quotes)
        heard = add_up(quotes)
    beside = workspace.private.problems / f"{problem.slug}{QUOTES}"
    gathered, kept = _quotes(beside, quotes_text(problem.problem, [_voice(found, one) for one in quotes]))
    where = workspace.public.relative(beside)
    begun = bool(problem.body.strip())
    if problem.public or begun:
        _carry_out(workspace, f"what was said of {problem.slug} gathered", [gathered])
    if problem.public:
        raise HeardError(_revise(problem, today, where))
    path = workspace.root / problem.place.path
    drafting = Drafting(workspace, problem, heard, path, beside, begun, kept, _repeated(workspace, found))
    if not begun:
        known = _outline_words(problem.lang or found.catalogue.public.expert.lang)
        outlined = _body_changed(drafting, lambda body: body if body.strip() else outline(known))
        _carry_out(workspace, f"the paper {problem.slug} begun", [gathered, outlined])
    return drafting


def _outline_words(lang: str) -> Mapping[str, Any]:
    """The outline's headings in the paper's language; nothing for English, and for one without words."""
    name = list_of(lang)
    if name in ("", ENGLISH):
        return {}
    known = wording.words(name)
    return {**known["outline"], "short": known["short"][0], "table": known["tables"][0]}


def left(drafting: Drafting) -> tuple[Gap, ...]:
    """The gaps that the file has now, in its order."""
    document = _document(drafting.path.read_bytes(), drafting)
    return gaps(document.body, document.body_line)


def to_ask(drafting: Drafting) -> tuple[Gap, ...]:
    """The gaps to ask about: of a new outline the seven questions, of a paper that was begun all that are left."""
    found = left(drafting)
    if drafting.begun:
        return found
    by_question = {question_of(gap.mark): gap for gap in found}
    return tuple(by_question[question] for question in QUESTIONS if question in by_question)


def answer(drafting: Drafting, mark: str, words: str) -> tuple[Finding, ...] | None:
    """Put an answer into its gap and save it; what it repeats, or None where that gap is gone.

    The file is read anew each time, so that what a person writes into it meanwhile stays.
    """
    before = {finding.message for finding in repeated(drafting)}
    gone = False

    def fill(body: str) -> str:
        nonlocal gone
        found = filled(body, mark, words)
        gone = found is None
        return found if found is not None else body

    made = _body_changed(drafting, fill)
    _carry_out(drafting.workspace, f"an answer put into {drafting.problem.slug}", [made])
    return None if gone else tuple(one for one in repeated(drafting) if one.message not in before)


def repeated(drafting: Drafting) -> tuple[Finding, ...]:
    """Every place where the file, as it is now, repeats a client's words."""
    path = drafting.problem.place.path
    text = render(_document(drafting.path.read_bytes(), drafting))
    problem = read_problem(text, path, public=False, findings=[])
    return drafting.repeated(problem) if problem else ()


def missing(drafting: Drafting) -> tuple[str, ...]:
    """The keys of the header that a paper needs and this one has not."""
    problem = drafting.problem
    texts = {"title": problem.title, "answer": problem.answer, "description": problem.description}
    return tuple(key for key, text in texts.items() if not text)


def given(texts: Sequence[str], asked: Iterable[Gap]) -> tuple[tuple[str, str], ...]:
    """Answers in the order of the gaps as pairs of a gap's mark and its answer; `-` alone leaves a gap.

    Raises `HeardError` if there are more answers than gaps.
    """
    waiting = tuple(asked)
    if len(texts) > len(waiting):
        raise HeardError(f"There are {len(texts)} answers for {len(waiting)} questions, so none was put in.")
    return tuple(
        (gap.mark, text) for gap, text in zip(waiting, texts, strict=False) if text.strip() and text.strip() != "-"
    )


def _may_be_drafted(problem: Problem) -> None:
    if problem.state is State.MERGED:
        raise HeardError(f"{problem.slug} was merged into {problem.merged_into}: draft that one.")
    if problem.state is State.RETIRED:
        raise HeardError(
            f"{problem.slug} was taken off the site. Change its paper in {problem.place.path}, "
            f"then `heard publish {problem.slug}`."
        )


def _revise(problem: Problem, today: date, quotes: str) -> str:
    """What to do with a paper that is published, and therefore not drafted."""
    path, slug = problem.place.path, problem.slug
    then = "then `heard check`, `heard approve` and `mkdocs build`."
    if not problem.body.strip():
        return f"{slug} is published without a paper. Write it below the header of {path}, {then}"
    due = problem.review_by is not None and problem.review_by < today
    what = f"was to be read again by {problem.review_by}" if due else "is published already"
    dates = "set `updated:` and `review_by:`" if due else "set `updated:`"
    return f"{slug} {what}. Read {path} beside what they say in {quotes}, change it, {dates}, {then}"


def _quotes(path: Path, content: bytes) -> tuple[FileChange, bool]:
    """The file of quotes as it shall be, and whether a person changed the one that is there, which stays as it is."""
    before = read_file(path)
    kept = before is not None and not is_ours(before)
    return FileChange(path, before, before if kept else content), kept


def _carry_out(workspace: Workspace, told: str, made: Sequence[FileChange]) -> None:
    """Write what differs, so that `heard undo` can take it back, and then what was done before it."""
    changes.carry_out(workspace.private.changes, workspace.root, told, made)


def _voice(found: Read, one: Hearing) -> Voice:
    quote, known = one.quote, found.book.find(one.quote.account)
    name = known.name if known else quote.account
    where = f"{one.note.path}:{quote.line}"
    day = str(one.day or "no date")
    return Voice(name, quote.text, day, quote.person, quote.role, quote.quotable, quote.tags, where)


def _repeated(workspace: Workspace, found: Read) -> Callable[[Problem], tuple[Finding, ...]]:
    index, line_of = overlap.index(found.catalogue), line_finder(workspace.root)
    return lambda problem: overlap.repeats(problem, index, found.book.counts_as, line_of)


def _body_changed(drafting: Drafting, changed: Callable[[str], str]) -> FileChange:
    """A paper's file with its body changed; its header keeps every byte."""
    before = drafting.path.read_bytes()
    document = _document(before, drafting)
    body = changed(document.body)
    fence = document.fence if document.fence.endswith("\n") else f"{document.fence}\n"
    after = render(replace(document, body=body, fence=fence)).encode("utf-8")
    return FileChange(drafting.path, before, after if body != document.body else before)


def _document(content: bytes, drafting: Drafting) -> Document:
    try:
        return parse(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        path = drafting.problem.place.path
        raise HeardError(f"{path} is not UTF-8: save it as UTF-8 first. Nothing was written.") from error
