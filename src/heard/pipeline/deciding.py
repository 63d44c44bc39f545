"""The story of a decision on the inbox: every file that it changes, changed together and undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from heard.base import changes
from heard.base.files import read_file
from heard.base.text import counted, shortened, slugify
from heard.catalogue.accounts import key_of
from heard.catalogue.edits import text_of
from heard.catalogue.filing import file_under
from heard.catalogue.names import account_named
from heard.catalogue.rejected import REJECTED, read_rejected, with_rejected
from heard.listen.accept import note_of, with_draft
from heard.listen.inbox import Divided, Item, NewProblem, Words
from heard.pipeline import change, log
from heard.values import FileChange, Finding, HeardError
from heard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, in words, and the files that it changed."""

    words: str
    paths: tuple[Path, ...]
    problem: str = ""


def file(workspace: Workspace, words: Sequence[Words], slug: str) -> Decided:
    """File the words under a problem. Raises `HeardError` if it is not there (any more)."""
    if slug not in {one.slug for one in log.names(workspace).problems}:
        raise HeardError(f"There is no problem `{slug}` (any more).")
    told = f"{_told(words)} filed under {slug}"
    return _carry_out(workspace, told, _filed(workspace, words, (slug,)), slug)


def make(workspace: Workspace, words: Sequence[Words], name: str) -> Decided:
    """Make a problem of this name, and file the words under it. Raises `HeardError` if it cannot have one."""
    slug = log.new_slug(name, log.names(workspace))
    path = next(path for path in log.file_names(workspace.private.problems, slug) if not path.exists())
    problem = FileChange(path, None, log.problem_text(name, slug).encode())
    told = f"{slug} made of {_told(words)}"
    return _carry_out(workspace, told, [problem, *_filed(workspace, words, (slug,))], slug)


def keep(workspace: Workspace, words: Sequence[Words]) -> Decided:
    """Keep drafts as quotes that are filed under no problem yet; quotes of notes are that already."""
    drafts = [one for one in words if one.draft]
    return _carry_out(workspace, f"{_told(drafts)} kept, not filed", _filed(workspace, drafts, ()))


def reject(workspace: Workspace, item: Item, because: str, today: date) -> Decided:
    """Remember that an item is nothing for the catalogue, and why; drafts go, notes stay as they are."""
    some = item.words if isinstance(item, NewProblem) else (item,) if isinstance(item, Words) else ()
    keys = [one.key for one in some] or [item.id]
    path = workspace.private.inbox / REJECTED
    before = read_file(path)
    after = _rejected(before, keys, because, today, path)
    gone = [_gone(workspace, one) for one in some if one.draft]
    told = f"{_told(some) if some else 'a proposal'} rejected{f': {because}' if because else ''}"
    return _carry_out(workspace, told, [FileChange(path, before, after.encode()), *gone])


def _rejected(before: bytes | None, keys: Sequence[str], because: str, today: date, path: Path) -> str:
    """The file of rejections with more of them. Raises `HeardError` where it cannot be added to as it stands."""
    text = text_of(before or b"", path.name)
    wrong: list[Finding] = []
    known = read_rejected(text, path.name, wrong)
    after = with_rejected(text, keys, because, today)
    if wrong or read_rejected(after, path.name, wrong).keys() != {*known, *keys} or wrong:
        at = f":{wrong[0].place.line}: {wrong[0].message}" if wrong else " cannot be added to"
        raise HeardError(f"content/private/inbox/{path.name}{at}. Mend it first. Nothing was changed.")
    return after


def merge(workspace: Workspace, one: str, other: str) -> Decided:
    """Make one problem of two: the first becomes a pointer to the second."""
    return _changed(workspace, change.plan_merge(workspace, one, other), other)


def split(workspace: Workspace, item: Divided, name: str) -> Decided:
    """Split the first part of a divided problem off, under this name."""
    places = [str(place) for place, _ in item.parts[0].quotes]
    return _changed(workspace, change.plan_split(workspace, item.problem, name, places), item.problem)


def _changed(workspace: Workspace, planned: change.Change, problem: str) -> Decided:
    done = change.carry_out(workspace, planned, keep=False)
    return Decided(done.words, tuple(workspace.root / path for path in done.files), problem)


def undo(workspace: Workspace) -> str:
    """Take back the last decision; what it was."""
    return change.undo(workspace).words


def _carry_out(workspace: Workspace, told: str, made: Sequence[FileChange], problem: str = "") -> Decided:
    # What was decided can be decided again: a copy of it would only pile up.
    changes.carry_out(workspace.private.changes, workspace.root, told, made, keep=False)
    return Decided(told, tuple(one.path for one in made), problem)


def _filed(workspace: Workspace, words: Sequence[Words], slugs: Sequence[str]) -> list[FileChange]:
    """The notes that hold the words, with links to these problems; accepted drafts leave the inbox."""
    edited: dict[Path, tuple[bytes | None, str | None]] = {}
    gone: list[FileChange] = []
    for one in words:
        path = note_of(one.draft, workspace.private.notes) if one.draft else workspace.root / one.place.path
        if path not in edited:
            content = read_file(path)
            edited[path] = content, None if content is None else text_of(content, path.name)
        before, text = edited[path]
        if one.draft:
            gone.append(_gone(workspace, one))
            text = with_draft(text, one.draft, slugs, log.texts_of)
        elif text is not None:
            text = file_under(text, one.place.line, one.text, slugs, one.place.path)
        else:
            raise HeardError(f"{one.place.path} is not there any more. Nothing was changed.")
        edited[path] = before, text
    notes = [FileChange(path, before, (text or "").encode()) for path, (before, text) in edited.items()]
    return [*notes, *_accounts(workspace, words), *gone]


def _accounts(workspace: Workspace, words: Sequence[Words]) -> list[FileChange]:
    """A file for every company that is named for the first time."""
    fresh = {one.draft.account: one.draft.industry for one in words if one.draft and one.draft.account}
    if not fresh:
        return []
    known = log.names(workspace).accounts
    made: dict[Path, FileChange] = {}
    keys: set[str] = set()
    for name, industry in fresh.items():
        if account_named(name, known) or key_of(name) in keys:
            continue
        keys.add(key_of(name))
        names = log.file_names(workspace.private.accounts, slugify(name) or "account")
        path = next(path for path in names if not path.exists() and path not in made)
        made[path] = FileChange(path, None, log.account_text(name, industry).encode())
    return list(made.values())


def _gone(workspace: Workspace, words: Words) -> FileChange:
    path = workspace.root / words.place.path
    content = read_file(path)
    if content is None:
        raise HeardError(f"{words.place.path} is not there any more. Nothing was changed.")
    return FileChange(path, content, None)


def _told(words: Sequence[Words]) -> str:
    if len(words) != 1:
        return counted(len(words), "quote")
    return f"“{shortened(words[0].text, 50)}”"
