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
from heard.approve.forget import Fate as Fate
from heard.approve.forget import Held, Rules, fates
from heard.approve.seen import decoded
from heard.base import changes, git
from heard.base.files import TEMPORARY
from heard.catalogue.entries import QUOTES, read_account, read_proof
from heard.catalogue.heard_from import book_of, hearings
from heard.catalogue.notes import read_note
from heard.leaks.artefacts import contents
from heard.listen.drafts import read_drafts
from heard.pipeline import history as git_history
from heard.pipeline import theirs
from heard.pipeline.catalogue import Read, need_private, read
from heard.pipeline.proof import approved_change
from heard.pipeline.whom import Whom, find_whom, named, nearest, own_key, spellings
from heard.values import Account, FileChange, HeardError, Note, Proof
from heard.workspace import Workspace, own_keys, settings
from heard.write.beside import is_ours, resealed

LARGEST = 50_000_000
"""A file above this many bytes is no text, and is not looked into."""

WORDS = "erased a name"
"""What the change is called; the name itself is nowhere."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What forgetting somebody does.

    `near` is a known name like the one that was said, where that is nobody's. `fates` are those of the files that
    change; `letter` is approved.yml's change; `gone` are caches. `unread` names the files that hold the name and are no
    text, or too large to look into; `elsewhere` the places where a single word of it stands in what is about others;
    `alike` the accounts that count as one with theirs.
    """

    whom: Whom
    fates: tuple[Fate, ...]
    letter: tuple[FileChange, ...]
    gone: tuple[Path, ...]
    unread: tuple[str, ...]
    elsewhere: tuple[str, ...]
    alike: tuple[str, ...]
    anywhere: Finder
    near: str = ""

    @property
    def places(self) -> int:
        """In how many places the name stood in all."""
        return sum(fate.places for fate in self.fates)


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
    world = theirs.World(workspace, found, drafts, whom, files, pairs)
    mine, others = spellings(found, whom, pairs)
    anywhere, near = finder(mine, others, near=False), finder(mine, others, near=True)
    goes = frozenset(theirs.goes(world, words=words))
    about = frozenset(theirs.about(world))
    rules = Rules(
        goes, lambda path: path in about, dict(theirs.edits(world, words=words)), lambda p, t: _stays(world, p, t)
    )
    meant = tuple(_sealed(fate, words=words) for fate in fates(files, anywhere, near, rules))
    meant = tuple(fate for fate in meant if fate.is_changed)
    unread = (*strange, *_unread(files, anywhere, goes))
    like = "" if whom.is_known else nearest(found, pairs, name)
    if not meant and not unread and not whom.is_known:
        said = like or ", so there is nothing to forget."
        raise HeardError(f"“{name}” stands nowhere on the private side{said}")
    return Plan(
        whom,
        meant,
        approved_change(workspace, _after(world, meant, near), today),
        (*_gone(workspace), *_emptied(meant)),
        tuple(unread),
        tuple(_elsewhere(world, meant, near, about)),
        _alike(found, whom),
        anywhere,
        like,
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


def _stays(world: theirs.World, path: Path, text: str) -> Sequence[Span]:
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


def _after(world: theirs.World, meant: Sequence[Fate], near: Finder) -> Read:
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


def _elsewhere(world: theirs.World, meant: Sequence[Fate], near: Finder, about: Iterable[Path]) -> Iterator[str]:
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
