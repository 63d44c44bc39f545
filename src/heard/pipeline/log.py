"""The story of logging: resolve the names, save the note, and only then do everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from heard.base import yamlio
from heard.base.files import PRIVATE_MODE, write_new
from heard.base.text import counted, nearest, shortened, slugify
from heard.catalogue.names import Known, account_named, known_accounts, known_problems, problem_named
from heard.catalogue.notes import read_note
from heard.catalogue.quotes import unlink as unlink
from heard.listen.log import NoteDraft as NoteDraft
from heard.listen.log import QuoteDraft as QuoteDraft
from heard.listen.log import note_text, save_note, with_ids
from heard.listen.log import paragraphs as paragraphs
from heard.listen.log import quotes_of as quotes_of
from heard.values import Finding, HeardError
from heard.workspace import Workspace

_NEARLY = 80
"""So like a name (0–100) is a slip of it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is known by name when something is logged."""

    accounts: tuple[Known, ...]
    problems: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Logged:
    """A note that is safe on disk: where it lies, its quotes with their ids, and what it names."""

    path: Path
    draft: NoteDraft


def names(workspace: Workspace) -> Names:
    """The accounts and problems by name; fast, since logging waits for it."""
    private, public = workspace.private, workspace.public
    problems = [private.problems, public.content / "problems"]
    return Names(known_accounts(private.accounts, private.cache), known_problems(problems, private.cache))


def with_problem(known: Names, slug: str, words: str) -> Names:
    """The names with a problem that is about to be made."""
    return replace(known, problems=(*known.problems, Known(slug, words)))


def resolve(
    draft: NoteDraft, known: Names, problems: Sequence[str], new: str = ""
) -> tuple[NoteDraft, str, tuple[str, ...]]:
    """The draft with its account's known name and its problems' slugs, and the new problem's words.

    Problems that do not exist, and a new one that cannot be made (its words come back empty), are left
    out and come back as complaints: words are never lost over one.
    """
    account = account_named(draft.account, known.accounts) if draft.account else None
    slugs, complaints = [], []
    for words in problems:
        try:
            slugs.append(problem_named(words, known.problems).slug)
        except HeardError as error:
            complaints.append(str(error))
    if new:
        try:
            slugs.append(new_slug(new, known))
        except HeardError as error:
            slug = slugify(new)
            there = any(slug in (one.slug, *one.others) for one in known.problems)
            complaints.append(f"{str(error).rstrip('.')}: name it with `--problem {slug}`" if there else str(error))
            new = ""
    quotes = tuple(replace(quote, problems=(*quote.problems, *slugs)) for quote in draft.quotes)
    name = account.name if account else draft.account
    return replace(draft, account=name, quotes=quotes), new, tuple(complaints)


def save(workspace: Workspace, draft: NoteDraft) -> Logged:
    """Save the note; when this returns it is whole and on disk."""
    draft = with_ids(draft)
    text = note_text(draft, texts_of)
    name = draft.quotes[0].id if draft.quotes else ""
    return Logged(save_note(workspace.private.notes, draft.heard, text, name), draft)


def save_text(workspace: Workspace, draft: NoteDraft, text: str) -> Logged:
    """Save a note that a person wrote as Markdown, as it is; the draft says only when."""
    found: list[Finding] = []
    note = read_note(text, "note", found)
    path = save_note(workspace.private.notes, note.heard or draft.heard, text)
    quotes = tuple(QuoteDraft(quote.text, quote.problems, quote.id) for quote in note.quotes)
    return Logged(path, replace(draft, quotes=quotes, account=note.account))


def remember(workspace: Workspace, logged: Logged, made: Sequence[Path]) -> None:
    """Let `heard undo` know of the note, and of the account and problems that were made for it.

    The words are safe without it: where the disk refuses, they can be taken back by hand alone.
    """
    from heard.base import changes

    quotes = logged.draft.quotes
    told = f"“{shortened(quotes[0].text, 50)}”" if len(quotes) == 1 else counted(len(quotes), "quote")
    with suppress(HeardError, OSError):
        changes.remember(workspace.private.changes, workspace.root, f"{told} logged", (logged.path, *made), logged=True)


def texts_of(text: str) -> list[str]:
    """The words of every quote in a note's text."""
    return [quote.text for quote in read_note(text, "note", []).quotes]


def make_account(workspace: Workspace, name: str, known: Names, *, industry: str = "") -> Path | None:
    """Make the account's file if no account is known by that name; None if there was nothing to do."""
    if not name or account_named(name, known.accounts):
        return None
    return _new_file(
        workspace.private.accounts,
        slugify(name) or "account",
        account_text(name, industry),
        lambda: account_named(name, names(workspace).accounts) is not None,
    )


def account_text(name: str, industry: str = "") -> str:
    """The file of a new account."""
    rows = [
        f"name: {yamlio.scalar(name)}",
        *([f"industry: {yamlio.scalar(industry)}"] if industry else []),
        "fit: unknown",
    ]
    return "---\n" + "\n".join(rows) + "\n---\n"


def problem_text(words: str, slug: str) -> str:
    """The file of a new problem."""
    return f"---\nproblem: {yamlio.scalar(' '.join(words.split()))}\nslug: {slug}\n---\n"


def new_slug(words: str, known: Names) -> str:
    """The slug of a problem that is about to be made. Raises `HeardError` if it cannot have one."""
    slug = slugify(words)
    if not slug:
        raise HeardError(f"“{words}” has no letters to make a slug from. Name the problem in words.")
    if any(slug in (one.slug, *one.others) for one in known.problems):
        raise HeardError(f"There is a problem `{slug}` already.")
    return slug


def problem_slug(words: str, known: Names) -> str:
    """The slug of the problem that the words mean. Raises `HeardError` naming the nearest."""
    return problem_named(words, known.problems).slug


def nearest_problem(words: str, known: Names) -> Known | None:
    """The problem of which the words are nearly a name, or None."""
    names = {name: one for one in known.problems for name in (one.slug, one.name, *one.others) if name}
    return names.get(nearest(words, names, cutoff=_NEARLY))


def make_problem(workspace: Workspace, words: str, known: Names) -> Path | None:
    """Make a problem in the market's words; its file, or None if somebody else just made it."""
    slug = new_slug(words, known)
    return _new_file(
        workspace.private.problems,
        slug,
        problem_text(words, slug),
        lambda: slug in {one.slug for one in names(workspace).problems},
    )


def _new_file(folder: Path, slug: str, text: str, made_meanwhile: Callable[[], bool]) -> Path | None:
    for path in file_names(folder, slug):
        try:
            write_new(path, text.encode("utf-8", "replace"), mode=PRIVATE_MODE)
        except FileExistsError:
            if made_meanwhile():
                return None
            continue
        return path
    raise HeardError(f"No free file name was found for {slug} in {folder}.")


def file_names(folder: Path, slug: str) -> Iterator[Path]:
    """The names that a slug's file may have, best first."""
    return (folder / f"{slug}{f'-{number}' if number > 1 else ''}.md" for number in range(1, 100))
