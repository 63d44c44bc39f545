"""What a repository's history still holds of a name, and the commands that take it out."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.approve.erase import Finder, find
from heard.approve.seen import decoded
from heard.base import git
from heard.base.text import counted
from heard.values import FORGOTTEN, HeardError

_LARGEST = 20_000_000
_MOST = 12


@dataclass(frozen=True, slots=True)
class History:
    """What was found: files by their paths with the number of versions, names of paths, messages and authors, branches.

    `forms` are the spellings as they stand there, the longest first; `unread` objects were too large to look into.
    """

    repository: Path
    files: tuple[tuple[str, int], ...]
    paths: tuple[str, ...]
    messages: int
    forms: tuple[str, ...]
    unread: int = 0
    remotes: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether anything was found at all."""
        return bool(self.files or self.paths or self.messages or self.branches or self.tags)


def look(repository: Path, how: Finder) -> History:
    """Look through every object of a repository, those that nothing refers to any more included."""
    paths = _paths(repository)
    forms: set[str] = set()
    versions: dict[str, int] = {}
    messages = unread = 0
    for sha, kind, content in _objects(repository):
        if content is None:
            unread += 1
            continue
        found = _forms(content, how) if kind in ("blob", "commit", "tag") else set()
        forms |= found
        if found and kind == "blob":
            name = paths.get(sha, "a version that nothing refers to any more")
            versions[name] = versions.get(name, 0) + 1
        messages += bool(found) and kind != "blob"
    named = sorted({name for name in paths.values() if find(name, how)})
    forms |= {name[start:end] for name in named for start, end in find(name, how)}
    remotes = tuple((git.git(repository, "remote") or "").split())
    listed = tuple(sorted(versions.items()))
    ordered = tuple(sorted(forms, key=lambda form: (-len(form), form)))
    branches, tags = (_refs(repository, kind, how) for kind in ("heads", "tags"))
    return History(repository, listed, tuple(named), messages, ordered, unread, remotes, branches, tags)


def _refs(repository: Path, kind: str, how: Finder) -> tuple[str, ...]:
    """The branches or tags whose names hold it."""
    names = git.git(repository, "for-each-ref", "--format=%(refname:lstrip=2)", f"refs/{kind}") or ""
    return tuple(name for name in names.split("\n") if name and find(name, how))


def _forms(content: bytes, how: Finder) -> set[str]:
    held = decoded(content)
    text = held.text if held else content.decode("utf-8", "surrogateescape")
    return {text[start:end] for start, end in find(text, how)}


def _paths(repository: Path) -> dict[str, str]:
    """One path for every object that has any, folders too."""
    listed = git.git(repository, "rev-list", "--objects", "--all", "--reflog") or ""
    pairs = (row.partition(" ") for row in listed.split("\n"))
    return {sha: name for sha, _, name in pairs if name}


def _objects(repository: Path) -> Iterator[tuple[str, str, bytes | None]]:
    """Every object's id, kind and bytes; None for one that is too large."""
    command = ["git", "-C", str(repository), "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    try:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            while row := process.stdout.readline():
                sha, kind, size = row.decode().split()
                content = process.stdout.read(int(size) + 1)[:-1]
                yield sha, kind, content if len(content) <= _LARGEST else None
    except OSError as error:
        raise HeardError(f"git cannot be run: {error.strerror}.") from error


def told(history: History, root: Path, gone: Sequence[str]) -> Iterator[str]:
    """What was found, in sentences, and what to type; `gone` are the paths of files that were deleted whole."""
    name = _relative(history.repository, root)
    if not history.holds:
        yield f"The git history of {name} holds none of it."
        return
    yield f"The git history of {name} still holds it:"
    for path, many in history.files[:_MOST]:
        yield f"  {path}: {counted(many, 'version')}"
    if len(history.files) > _MOST:
        yield f"  and {counted(len(history.files) - _MOST, 'more file')}"
    if history.paths:
        yield f"  {counted(len(history.paths), 'name')} of files or folders"
    if history.messages:
        yield f"  {counted(history.messages, 'commit')}, by the message or the author"
    if refs := len(history.branches) + len(history.tags):
        yield f"  {counted(refs, 'name')} of branches or tags"
    if history.unread:
        yield f"  {counted(history.unread, 'object')} too large to be looked into"
    yield "To take it out of there as well (it changes every later commit; every other clone has to be made anew):"
    yield from (f"  {row}" for row in commands(history, root, gone))


def commands(history: History, root: Path, gone: Sequence[str]) -> Iterator[str]:
    """What to type, in order, from the workspace's folder."""
    folder = shlex.quote(_relative(history.repository, root))
    yield f"git -C {folder} add -A && git -C {folder} commit -m 'A name was erased'"
    yield "pip install git-filter-repo"
    yield "cat > forget.txt <<'END'"
    for form in history.forms:
        if form.isprintable() and "==>" not in form:
            yield f"literal:{form}==>{FORGOTTEN}"
    yield "END"
    yield f'git -C {folder} filter-repo --force --replace-text "$PWD/forget.txt" --replace-message "$PWD/forget.txt"'
    wanted = [path for path in history.paths if path in gone or not (history.repository / path).exists()]
    if wanted:
        listed = " ".join(f"--path {shlex.quote(path)}" for path in wanted)
        yield f"git -C {folder} filter-repo --force --invert-paths {listed}"
    for number, branch in enumerate(history.branches, 1):
        yield f"git -C {folder} branch -m {shlex.quote(branch)} branch-{number}"
    for tag in history.tags:
        yield f"git -C {folder} tag -d {shlex.quote(tag)}"
    yield f"git -C {folder} reflog expire --expire=now --all && git -C {folder} gc --prune=now"
    yield "rm forget.txt"
    if history.remotes:
        where = history.remotes[0]
        yield f"# filter-repo forgets the remote `{where}`: add it again (git remote add {where} ADDRESS), then"
        yield f"git -C {folder} push --force --all && git -C {folder} push --force --tags"
        yield "# The host keeps old commits for a while, and in forks: ask its support to delete them."
    yield "# Every other clone and backup holds it still: delete them, and clone anew."


def _relative(repository: Path, root: Path) -> str:
    root = root.resolve()
    if repository == root:
        return "."
    return repository.relative_to(root).as_posix() if repository.is_relative_to(root) else str(repository)
