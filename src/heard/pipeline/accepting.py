"""The story of `heard import --accept`: rows that name their problem become notes, at once and undoable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from heard.base import changes
from heard.base.text import counted, slugify, squeeze
from heard.base.text import words as spoken
from heard.catalogue.accounts import key_of
from heard.catalogue.names import Known, account_named
from heard.listen.filed import filed_notes
from heard.pipeline import log
from heard.values import Draft, FileChange, Finding
from heard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was filed: how many quotes, how many of them under a problem, and what was made for them."""

    quotes: int = 0
    filed: int = 0
    undated: int = 0
    notes: int = 0
    problems: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


def accept_rows(
    workspace: Workspace,
    drafts: Sequence[Draft],
    ledger: tuple[Path, bytes],
    findings: list[Finding],
    *,
    dry_run: bool = False,
) -> Accepted:
    """File the drafts under the problems that they name; problems and accounts that are missing are made.

    All of it is one change, which `heard undo` takes back whole.
    """
    known = log.names(workspace)
    slugs, fresh = _problems({draft.problem: None for draft in drafts if draft.problem}, known.problems)
    named, made = _accounts({draft.account: draft.industry for draft in drafts if draft.account}, known.accounts)
    drafts = [replace(draft, account=named.get(draft.account, draft.account)) for draft in drafts]
    notes = filed_notes(drafts, slugs, log.texts_of, findings)
    files = [
        *_files(workspace.private.problems, {slug: log.problem_text(words, slug) for slug, words in fresh.items()}),
        *_files(workspace.private.accounts, {slug: log.account_text(*pair) for slug, pair in made.items()}),
        *(
            FileChange(workspace.private.notes / path, None, text.encode("utf-8", "replace"))
            for path, text in notes.items()
        ),
        FileChange(ledger[0], None, ledger[1]),
    ]
    if not dry_run:
        told = f"{counted(len(drafts), 'quote')} imported into {counted(len(notes), 'note')}"
        changes.carry_out(workspace.private.changes, workspace.root, told, files, keep=False)
    return Accepted(
        quotes=len(drafts),
        filed=sum(1 for draft in drafts if slugs.get(draft.problem)),
        undated=sum(1 for draft in drafts if draft.heard is None),
        notes=len(notes),
        problems=tuple(fresh),
        accounts=tuple(name for name, _ in made.values()),
    )


def _problems(words: Iterable[str], known: Sequence[Known]) -> tuple[dict[str, str], dict[str, str]]:
    """The slug for every problem's words, and the words of those that are to be made, by slug."""
    spellings = {squeeze(name): one.slug for one in known for name in (one.slug, one.name, *one.others)}
    slugs: dict[str, str] = {}
    fresh: dict[str, str] = {}
    for name in words:
        slug = spellings.get(squeeze(name)) or slugify(name)
        if slug and slug not in spellings.values():
            fresh[slug] = name
            spellings[squeeze(name)] = slug
        slugs[name] = slug
    return slugs, fresh


def _accounts(named: dict[str, str], known: Sequence[Known]) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The known name for every spelling, and name and industry of the accounts that are to be made, by slug."""
    exact = {key_of(name): one.name for one in known for name in (one.name, one.slug, *one.others)}
    by_word: dict[str, list[Known]] = {}
    for one in known:
        for word in set(spoken(one.name)):
            by_word.setdefault(word, []).append(one)
    names: dict[str, str] = {}
    fresh: dict[str, tuple[str, str]] = {}
    for name, industry in named.items():
        first = next(iter(spoken(name)), "")
        part = account_named(name, tuple(by_word.get(first, ())))
        found = exact.get(key_of(name)) or (part.name if part else "")
        if not found:
            slug = _free(slugify(name) or "account", fresh)
            fresh[slug] = (name, industry)
            exact[key_of(name)] = found = name
        names[name] = found
    return names, fresh


def _free(slug: str, taken: dict[str, tuple[str, str]]) -> str:
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, 10_000))) if name not in taken)


def _files(folder: Path, texts: dict[str, str]) -> list[FileChange]:
    made: list[FileChange] = []
    taken: set[Path] = set()
    for slug, text in texts.items():
        path = next(path for path in log.file_names(folder, slug) if not path.exists() and path not in taken)
        taken.add(path)
        made.append(FileChange(path, None, text.encode("utf-8", "replace")))
    return made
