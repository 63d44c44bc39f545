"""The story of forgetting: somebody's names go out of every private file, and nothing of the old bytes is left.

It is planned on what lies on disk, shown, and then done in one change that leaves no record. What lies outside of
that change (public files, the built site, git's history) is looked through and told.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from heard.approve.erase import Finder, Span, erased, find, finder
from heard.approve.forget import Edit, Held, Rules, fates
from heard.approve.forget import Fate as Fate
from heard.approve.seen import decoded
from heard.base import changes, git
from heard.base.document import parse, render
from heard.base.files import TEMPORARY
from heard.base.nested import remove_item
from heard.catalogue.entries import QUOTES, read_account, read_proof
from heard.catalogue.heard_from import book_of, hearings
from heard.catalogue.notes import block_end, filing_lines, read_note
from heard.leaks.artefacts import contents
from heard.listen.drafts import read_drafts
from heard.pipeline import history as git_history
from heard.pipeline.catalogue import Read, need_private, read
from heard.pipeline.proof import approved_change
from heard.pipeline.whom import Named, Whom, find_whom, is_of, means_account, means_person, named, own_key, spellings
from heard.values import Account, Draft, FileChange, HeardError, Note, Proof
from heard.workspace import Workspace, own_keys, settings
from heard.write.beside import is_ours, resealed

LARGEST = 50_000_000
"""A file above this many bytes is no text, and is not looked into."""

WORDS = "erased a name"
"""What the change is called; the name itself is nowhere."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What forgetting somebody does.

    `fates` are those of the files that change; `letter` is approved.yml's change; `gone` are caches. `unread` names
    the files that hold the name and are no text, or too large to look into; `elsewhere` the places where a single
    word of it stands in what is about others; `alike` the accounts that count as one with theirs.
    """

    whom: Whom
    fates: tuple[Fate, ...]
    letter: tuple[FileChange, ...]
    gone: tuple[Path, ...]
    unread: tuple[str, ...]
    elsewhere: tuple[str, ...]
    alike: tuple[str, ...]
    anywhere: Finder

    @property
    def places(self) -> int:
        """In how many places the name stood in all."""
        return sum(fate.places for fate in self.fates)


@dataclass(frozen=True, slots=True)
class _World:
    """All that is known while planning."""

    workspace: Workspace
    found: Read
    drafts: tuple[Draft, ...]
    whom: Whom
    files: tuple[Held, ...]
    pairs: tuple[Named, ...]


def plan(workspace: Workspace, name: str, today: date, *, words: bool = False) -> Plan:
    """What forgetting the account or person that a name means would do; changes nothing.

    With `words` what they said goes, too. Raises `HeardError` where the name could mean several, or is nowhere.
    """
    need_private(workspace, "forget")
    found = read(workspace)
    drafts, _ = read_drafts(workspace.private.inbox, workspace.public.relative(workspace.private.inbox))
    pairs = named(found, drafts)
    whom = find_whom(found, pairs, name)
    files, strange = _files(workspace)
    world = _World(workspace, found, drafts, whom, files, pairs)
    mine, others = spellings(found, whom, pairs)
    anywhere, near = finder(mine, others, near=False), finder(mine, others, near=True)
    goes = frozenset(_goes(world, words=words))
    about = frozenset(_about(world))
    rules = Rules(goes, lambda path: path in about, dict(_edits(world, words=words)), lambda p, t: _stays(world, p, t))
    meant = tuple(_sealed(fate, words=words) for fate in fates(files, anywhere, near, rules))
    meant = tuple(fate for fate in meant if fate.is_changed)
    unread = (*strange, *_unread(files, anywhere, goes))
    if not meant and not unread and whom.account is None and whom.person is None:
        raise HeardError(f"“{name}” stands nowhere on the private side, so there is nothing to forget.")
    return Plan(
        whom,
        meant,
        approved_change(workspace, _after(world, meant, near), today),
        (*_gone(workspace), *_emptied(meant)),
        tuple(unread),
        tuple(_elsewhere(world, meant, near, about)),
        _alike(found, whom),
        anywhere,
    )


def carry_out(workspace: Workspace, done: Plan) -> None:
    """Do it, all of it or nothing. Raises `HeardError` if a file was changed meanwhile.

    Afterwards neither a cache nor a record of an earlier change holds the old bytes, so nothing can be undone.
    """
    meant = [*(_changes(done.fates)), *done.letter]
    changes.erase(workspace.private.changes, workspace.root, WORDS, meant, done.gone)


def _changes(meant: Iterable[Fate]) -> Iterator[FileChange]:
    for fate in meant:
        if fate.target == fate.held.path:
            yield FileChange(fate.target, fate.held.content, fate.after)
        else:
            yield FileChange(fate.target, None, fate.after)
            yield FileChange(fate.held.path, fate.held.content, None)


def published(workspace: Workspace, done: Plan) -> tuple[str, ...]:
    """Where in public files, in the built site and in build/ the name stands, each with its number of places."""
    written = {one.path: one.after for one in done.letter}
    rows = []
    for path in _public_files(workspace):
        try:
            content = written.get(path) or path.read_bytes()
        except OSError as error:
            rows.append(f"{workspace.public.relative(path)}: cannot be read ({error.strerror})")
            continue
        many = stands_in(workspace.public.relative(path), content, done.anywhere)
        if many:
            rows.append(f"{workspace.public.relative(path)}: {many} {'place' if many == 1 else 'places'}")
    return tuple(rows)


def stands_in(name: str, content: bytes, how: Finder) -> int:
    """In how many places of a public file, its name included, somebody is named."""
    found = contents(name, content)
    texts = [name, *(piece.text for piece in found.pieces)]
    return sum(len(find(text, how)) for text in texts)


def _public_files(workspace: Workspace) -> Iterator[Path]:
    root = workspace.root
    site = (root / settings(workspace.public).site_dir).resolve()
    yield root / "mkdocs.yml"
    for folder in dict.fromkeys((workspace.public.content, workspace.public.templates, site, root / "build")):
        for path in _walk(folder, {workspace.private.root}):
            if path.stat().st_size <= LARGEST:
                yield path


def history(workspace: Workspace, done: Plan) -> Iterator[str]:
    """What git still holds of it, in sentences, and what to type."""
    folders = (workspace.root, *workspace.private.folders)
    repositories = dict.fromkeys(one for folder in folders if folder.is_dir() and (one := git.repository(folder)))
    gone = [fate.held.path for fate in done.fates if fate.after is None or fate.target != fate.held.path]
    for repository in repositories:
        inside = [path.relative_to(repository).as_posix() for path in gone if path.is_relative_to(repository)]
        found = git_history.look(repository, done.anywhere)
        yield from git_history.told(found, workspace.root, inside)


def _walk(folder: Path, without: Iterable[Path] = ()) -> Iterator[Path]:
    """Every file below a folder, hidden ones too, in order; git's own and links left out."""
    left = {path.resolve() for path in without}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(n for n in folders if n != ".git" and Path(place, n).resolve() not in left)
        yield from (path for path in (Path(place, name) for name in sorted(names)) if path.is_file())


def _files(workspace: Workspace) -> tuple[tuple[Held, ...], list[str]]:
    """Every private file with its bytes, and the names of those that are not looked into."""
    private = workspace.private
    left = (private.cache, private.changes)
    files: list[Held] = []
    strange: list[str] = []
    for folder in private.folders:
        for path in _walk(folder, left):
            if path.name.startswith(TEMPORARY) and path.name.endswith(".tmp"):
                continue
            if path.is_symlink() or path.stat().st_size > LARGEST:
                strange.append(f"{workspace.public.relative(path)}: a link or too large, so not looked into")
                continue
            files.append(Held(path, path.relative_to(folder).as_posix(), _bytes(path)))
    return tuple(files), strange


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise HeardError(f"{path} cannot be read: {error.strerror}. Nothing was changed.") from error


def _gone(workspace: Workspace) -> tuple[Path, ...]:
    """The caches, which hold what was read and shown before, and what killed processes left half-written."""
    public, private = workspace.public, workspace.private
    stray = [path for folder in private.folders for path in folder.rglob(f"{TEMPORARY}*.tmp")]
    kept = [
        *(public.cache / name for name in ("preview", "pages", "shown", "cards")),
        *sorted((public.cache / "pdf").glob("*")),
    ]
    return tuple(path for path in (private.cache, *kept, *stray) if path.exists())


def _emptied(meant: Iterable[Fate]) -> tuple[Path, ...]:
    """The folders that get another name, innermost first."""
    found = {parent for fate in meant for parent in fate.held.path.parents if parent not in fate.target.parents}
    return tuple(sorted(found, key=lambda path: -len(path.parts)))


def _text(held: Held) -> str:
    text = decoded(held.content)
    return text.text if text else ""


def _below(held: Held, folder: Path) -> bool:
    return held.path.is_relative_to(folder) and held.path.suffix == ".md"


def _goes(world: _World, *, words: bool) -> Iterator[Path]:
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


def _is_draft_of(world: _World, draft: Draft) -> bool:
    return is_of(world.found, world.whom, Named(draft.account, draft.person))


def _about(world: _World) -> Iterator[Path]:
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


def _theirs(world: _World, account: str, person: str) -> bool:
    """Whether what names this account and person is about their account; about them where that is not known."""
    if world.whom.account is not None:
        return means_account(world.found, world.whom, account)
    return means_person(world.whom, person)


def _edits(world: _World, *, words: bool) -> Iterator[tuple[Path, Edit]]:
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


def _without_quotes(world: _World, content: bytes) -> bytes:
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


def _stays(world: _World, path: Path, text: str) -> Sequence[Span]:
    """The line that says where the notes lie: with another path nothing would be found any more."""
    if path != world.workspace.private.settings:
        return ()
    start = 0
    for line in text.split("\n"):
        if line.startswith("notes:"):
            return ((start, start + len(line)),)
        start += len(line) + 1
    return ()


def _sealed(fate: Fate, *, words: bool) -> Fate:
    """Of the files of quotes that heard wrote, the mark that says so; with `words` such a file goes."""
    if fate.after is None or not fate.held.name.endswith(QUOTES) or not fate.places or not is_ours(fate.held.content):
        return fate
    return replace(fate, after=None, target=fate.held.path) if words else replace(fate, after=resealed(fate.after))


def _unread(files: Iterable[Held], how: Finder, goes: Iterable[Path]) -> Iterator[str]:
    """The files that are no text and hold the name, which nobody can replace in them."""
    goes = frozenset(goes)
    for held in files:
        if held.path not in goes and decoded(held.content) is None:
            found = contents(held.name, held.content)
            texts = [held.content.decode("utf-8", "surrogateescape"), *(piece.text for piece in found.pieces)]
            if any(find(text, how) for text in texts):
                yield f"{held.name}: is no text: change or delete it yourself"


def _after(world: _World, meant: Sequence[Fate], near: Finder) -> Read:
    """What would be read when it is done."""
    workspace, found = world.workspace, world.found
    name = workspace.public.relative
    done: Mapping[str, Fate] = {name(fate.held.path): fate for fate in meant}
    keys = own_keys(workspace.private)

    def note(one: Note) -> Note | None:
        fate = done.get(one.path)
        text = _after_text(fate)
        return one if fate is None else read_note(text, name(fate.target), [], keys) if text is not None else None

    def account(one: Account) -> Account | None:
        fate = done.get(one.place.path)
        text = _after_text(fate)
        return one if fate is None else read_account(text, name(fate.target), []) if text is not None else None

    def proof(one: Proof) -> Proof | None:
        fate = done.get(one.place.path)
        text = _after_text(fate)
        if fate is None or text is None:
            return one if fate is None else None
        again = read_proof(text, name(fate.target), [])
        return again and replace(again, consent=replace(again.consent, doubt=one.consent.doubt or again.consent.doubt))

    catalogue = replace(
        found.catalogue,
        notes=tuple(one for one in map(note, found.catalogue.notes) if one is not None),
        accounts=tuple(one for one in map(account, found.catalogue.accounts) if one is not None),
        proof=tuple(one for one in map(proof, found.catalogue.proof) if one is not None),
        held=tuple(replace(one, words=erased(one.words, near, {}).text) for one in found.catalogue.held),
    )
    book = book_of(catalogue)
    return Read(catalogue, book, hearings(catalogue, book), found.findings)


def _after_text(fate: Fate | None) -> str | None:
    text = decoded(fate.after) if fate is not None and fate.after is not None else None
    return text.text if text else None


def _elsewhere(world: _World, meant: Sequence[Fate], near: Finder, about: Iterable[Path]) -> Iterator[str]:
    """Single words of the names in what is about others: they may be somebody else's."""
    about, after = frozenset(about), {fate.held.path: fate.after for fate in meant}
    for held in world.files:
        content = after.get(held.path, held.content)
        text = decoded(content) if content is not None and held.path not in about else None
        rows = [text.text.count("\n", 0, start) + 1 for start, _ in find(text.text, near)] if text else []
        yield from (f"{world.workspace.public.relative(held.path)}:{row}" for row in dict.fromkeys(rows))


def _alike(found: Read, whom: Whom) -> tuple[str, ...]:
    """The accounts that count as one with theirs only because their names are alike."""
    if not whom.is_account or whom.account is None:
        return ()
    own, group = own_key(found, whom.account.name), found.book.counts_as(whom.account.name)
    names = dict.fromkeys(q.account for note in found.catalogue.notes for q in note.quotes if q.account)
    names |= dict.fromkeys(one.name for one in found.catalogue.accounts)
    others = (name for name in names if found.book.counts_as(name) == group and own_key(found, name) != own)
    return tuple(sorted({own_key(found, name): name for name in others}.values()))
