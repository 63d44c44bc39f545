"""What on the private side is somebody's: which files go with them, which are about them, and what is taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from heard.approve.forget import Edit, Held
from heard.approve.seen import decoded
from heard.base.document import parse, render
from heard.base.nested import remove_item
from heard.catalogue.entries import QUOTES, read_account, read_proof
from heard.catalogue.notes import block_end, filing_lines, read_note
from heard.pipeline.catalogue import Read
from heard.pipeline.whom import Named, Whom, is_of, means_account, means_person
from heard.values import Draft
from heard.workspace import Workspace, own_keys


@dataclass(frozen=True, slots=True)
class World:
    """All that is known while planning."""

    workspace: Workspace
    found: Read
    drafts: tuple[Draft, ...]
    whom: Whom
    files: tuple[Held, ...]
    pairs: tuple[Named, ...]


def _text(held: Held) -> str:
    text = decoded(held.content)
    return text.text if text else ""


def _below(held: Held, folder: Path) -> bool:
    return held.path.is_relative_to(folder) and held.path.suffix == ".md"


def goes(world: World, *, words: bool) -> Iterator[Path]:
    """The files that are deleted: their account's, their proof with what they signed, with `words` their drafts."""
    private, whom = world.workspace.private, world.whom
    letters: dict[str, bool] = {}
    for held in world.files:
        if _below(held, private.accounts) and whom.is_account:
            account = read_account(_text(held), held.name, [])
            if account and (means_account(world.found, whom, account.name) or _is_file_of(whom, held)):
                yield held.path
        if _below(held, private.proof) and (proof := read_proof(_text(held), held.name, [])):
            theirs = is_of(world.found, whom, Named(proof.account, proof.person))
            if proof.consent.signed:
                letters[proof.consent.signed] = theirs and letters.get(proof.consent.signed, True)
            if theirs:
                yield held.path
    yield from (path for name, theirs in letters.items() if theirs and (path := private.proof / name).is_file())
    if words:
        root = world.workspace.root
        yield from (root / one.place.path for one in world.drafts if _is_draft_of(world, one))


def _is_file_of(whom: Whom, held: Held) -> bool:
    return whom.account is not None and bool(whom.account.slug) and held.path.stem == whom.account.slug


def _is_draft_of(world: World, draft: Draft) -> bool:
    return is_of(world.found, world.whom, Named(draft.account, draft.person))


def about(world: World) -> Iterator[Path]:
    """The files that are about their account, in which single words of a name count too."""
    workspace = world.workspace
    notes = {workspace.root / note.path: note for note in world.found.catalogue.notes}
    yield from (workspace.root / one.place.path for one in world.drafts if _theirs(world, one.account, one.person))
    for held in world.files:
        pairs: Iterable[tuple[str, str]] = ()
        if _below(held, workspace.private.notes):
            # Second copies and what lies in hidden folders is no note, but may be about them as well.
            note = notes.get(held.path) or read_note(_text(held), "", [])
            pairs = [(note.account, note.person), *((quote.account, quote.person) for quote in note.quotes)]
        elif _below(held, workspace.private.accounts):
            account = read_account(_text(held), held.name, [])
            pairs = [(account.name, one.name) for one in (account.people or [account])] if account else ()
        elif _below(held, workspace.private.proof):
            proof = read_proof(_text(held), held.name, [])
            pairs = [(proof.account, proof.person)] if proof else ()
        if held.path.name.endswith(QUOTES) or any(_theirs(world, account, who) for account, who in pairs):
            yield held.path


def _theirs(world: World, account: str, person: str) -> bool:
    """Whether what names this account and person is about their account; about them where that is not known."""
    if world.whom.account is not None:
        return means_account(world.found, world.whom, account)
    return means_person(world.whom, person)


def edits(world: World, *, words: bool) -> Iterator[tuple[Path, Edit]]:
    """What is taken out of files before names are replaced: a person's entry, and what they said."""
    private, whom = world.workspace.private, world.whom
    for held in world.files:
        if whom.person is not None and _below(held, private.accounts):
            yield held.path, lambda content: _without_person(content, whom)
        elif words and held.path.suffix == ".md" and held.path.is_relative_to(private.notes):
            yield held.path, lambda content: _without_quotes(world, content)


def _without_person(content: bytes, whom: Whom) -> bytes:
    """An account's file without the entries of the person; where one cannot be taken out, its words are replaced."""
    text = decoded(content)
    account = read_account(text.text, "", []) if text else None
    if text is None or account is None:
        return content
    document = parse(text.text)
    try:
        for at in reversed([at for at, one in enumerate(account.people) if means_person(whom, one.name)]):
            document = remove_item(document, "people", at)
    except ValueError:
        return content
    return text.encoded(render(document))


def _without_quotes(world: World, content: bytes) -> bytes:
    """A note without the quotes that are theirs, and without the lines that filed them."""
    text = decoded(content)
    if text is None:
        return content
    note = read_note(text.text, "", [], own_keys(world.workspace.private))
    lines = text.text.removeprefix("\ufeff").split("\n")
    mark = "\ufeff" if text.text.startswith("\ufeff") else ""
    theirs = [q for q in note.quotes if is_of(world.found, world.whom, Named(q.account, q.person))]
    for quote in reversed(theirs):
        start = quote.line - 1
        end = block_end(lines, start)
        below, _ = filing_lines(lines, end, 0)
        for row in reversed([*range(start, end), *(number for number, _ in below)]):
            del lines[row]
    return text.encoded(mark + "\n".join(lines)) if theirs else content
