"""What `heard doctor` says of repositories: who else may get to read the private side, and whether it has a backup."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from heard.base import git
from heard.base.text import counted
from heard.pipeline.doctor_row import Row
from heard.pipeline.hook import MARK, hooks_of
from heard.values import Severity
from heard.workspace import Workspace

_SITE = "Site's repository"
_PRIVATE = "Private side"
_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht", "gitea.com", "dev.azure.com")
"""Where repositories are public unless somebody said otherwise, or may become so with one click."""


def repositories(workspace: Workspace) -> Iterator[Row]:
    """The repositories of the site, around it, of the private side, and of notes that lie elsewhere."""
    root, private = workspace.root, workspace.private.root
    site = git.repository(root)
    if site is None:
        yield Row(_SITE, "none", Severity.WORTH_A_LOOK, f"git -C {shlex.quote(str(root))} init")
    else:
        yield _ignored(root, private)
        yield from _in_history(root, private)
        yield _hook(workspace)
    yield from _around(site or root, private)
    if git.repository(private) == private.resolve():
        yield _history(root, private)
    else:
        says = "no repository of its own, so no history"
        yield Row(_PRIVATE, says, Severity.WORTH_A_LOOK, f"git -C {shlex.quote(str(private))} init")
    yield from _notes_elsewhere(workspace)


def _ignored(root: Path, private: Path) -> Row:
    here, rows = f"git -C {shlex.quote(str(root))}", _tracked(root, private)
    if rows and rows[0].startswith("160000 "):
        says = "holds the private side as a submodule, so its address and its commits are public with the site"
        return Row(_SITE, says, Severity.TO_FIX, f"{here} rm --cached content/private, and delete it from .gitmodules")
    if rows:
        says = f"{counted(len(rows), 'private file')} committed with the site"
        mend = f"{here} rm -r --cached content/private, and treat what was pushed as known"
        return Row(_SITE, says, Severity.TO_FIX, mend)
    if git.git(root, "check-ignore", "--quiet", str(private)) is None:
        mend = f"echo /content/private/ >> {shlex.quote(str(root / '.gitignore'))}"
        return Row(_SITE, "does not ignore content/private", Severity.TO_FIX, mend)
    return Row(_SITE, "ignores content/private")


def _tracked(folder: Path, private: Path) -> list[str]:
    return (git.git(folder, "ls-files", "--stage", "--", str(private)) or "").splitlines()


def _in_history(root: Path, private: Path) -> Iterator[Row]:
    """Files that were committed once and taken out again can still be read by whoever has the repository."""
    if not _tracked(root, private) and git.git(root, "rev-list", "--all", "-n", "1", "--", str(private)):
        says = "its history holds private files, though no branch may show them any more"
        mend = "heard leaks --git lists them; before it is pushed anywhere, begin a new repository without that history"
        yield Row(_SITE, says, Severity.TO_FIX, mend)


def _hook(workspace: Workspace) -> Row:
    paths = hooks_of(workspace)
    if not paths or not all(MARK in _text(path) for path in paths):
        return Row("Commits", "not looked through for private words", Severity.WORTH_A_LOOK, "heard init --hook")
    if idle := [path for path in paths if not os.access(path, os.X_OK)]:
        mend = f"chmod +x {' '.join(shlex.quote(str(path)) for path in idle)}"
        return Row("Commits", "not looked through: git may not run the hook", Severity.WORTH_A_LOOK, mend)
    return Row("Commits", "looked through for private words before each")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _around(site: Path, private: Path) -> Iterator[Row]:
    """The repositories that the site's lies in, such as one of a whole home folder, if they hold private files.

    One that holds none takes none: of a repository within it git takes along the name, never the files.
    """
    for folder in site.resolve().parents:
        if (folder / ".git").exists() and git.repository(folder) == folder and (rows := _tracked(folder, private)):
            remote = next(iter(sorted(_remotes(folder))), "")
            where = f"pushed to {_shown(remote)}" if remote else "without a remote so far"
            says = f"{folder} ({where}) holds {counted(len(rows), 'private file')}"
            mend = f"git -C {shlex.quote(str(folder))} rm -r --cached {shlex.quote(str(private))}"
            yield Row("Repository around it", says, Severity.TO_FIX, f"{mend}, and treat what was pushed as known")


def _history(root: Path, private: Path) -> Row:
    """How safe the private side is: kept from the site's readers first, then committed, then pushed."""
    here, urls = f"git -C {shlex.quote(str(private))}", _remotes(private)
    if {_plain(url) for url in urls} & {_plain(url) for url in _remotes(root)}:
        mend = f"{here} remote set-url origin ADDRESS (another, private one)"
        return Row(_PRIVATE, "has the site's repository as its remote", Severity.TO_FIX, mend)
    if git.git(private, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        mend = f"{here} add -A && {here} commit -m notes"
        return Row(_PRIVATE, "no commit yet, so no history", Severity.WORTH_A_LOOK, mend)
    waiting = len((git.git(private, "status", "--porcelain") or "").splitlines())
    rest = f"; {counted(waiting, 'change')} not committed" if waiting else ""
    if not urls:
        says = f"a repository of its own, on this machine alone: if the disk dies, so does it{rest}"
        mend = f"{here} remote add origin ADDRESS (a private one), then {here} push -u origin HEAD"
        return Row(_PRIVATE, says, Severity.WORTH_A_LOOK, mend)
    if ahead := _not_pushed(private):
        names = (git.git(private, "remote") or "").split()
        mend = f"{here} push -u {'origin' if 'origin' in names else names[0]} HEAD"
        return Row(_PRIVATE, f"{counted(ahead, 'commit')} not pushed{rest}", Severity.WORTH_A_LOOK, mend)
    if public := next((url for url in sorted(urls) if _plain(url).partition("/")[0] in _HOSTS), ""):
        says = f"a repository of its own, pushed to {_shown(public)}: only you should see it there{rest}"
        mend = f"open https://{_plain(public)} in a browser where you are not signed in: it must not be found"
        return Row(_PRIVATE, says, Severity.WORTH_A_LOOK, mend)
    return Row(_PRIVATE, f"a repository of its own, pushed{rest}")


def _notes_elsewhere(workspace: Workspace) -> Iterator[Row]:
    notes, private = workspace.private.notes, workspace.private.root
    if not notes.is_dir() or notes.resolve().is_relative_to(private.resolve()):
        return
    if {_plain(url) for url in _remotes(notes)} & {_plain(url) for url in _remotes(workspace.root)}:
        mend = f"git -C {shlex.quote(str(notes))} remote set-url origin ADDRESS (another, private one)"
        yield Row("Notes", f"in {notes}, which has the site's repository as its remote", Severity.TO_FIX, mend)
        return
    yield Row("Notes", f"in {notes}; the private side's repository does not hold them, so keep a copy of your own")


def _not_pushed(folder: Path) -> int:
    """How many commits of the branch no remote is known to hold."""
    # Not `@{u}..HEAD`: a branch may be pushed without an upstream, and a remote may be named and never pushed to.
    return int(git.git(folder, "rev-list", "--count", "HEAD", "--not", "--remotes") or 1)


def _remotes(folder: Path) -> set[str]:
    rows = (git.git(folder, "remote", "--verbose") or "").splitlines()
    return {row.split("\t")[1].rpartition(" (")[0] for row in rows if "\t" in row}


def _plain(url: str) -> str:
    """An address of a repository without what differs between two ways to write the same: `github.com/anna/site`."""
    rest = url.partition("://")[2] or url
    if "://" not in url and ":" in rest.partition("/")[0]:
        rest = rest.replace(":", "/", 1)
    host, _, path = rest.partition("/")
    return f"{host.rpartition('@')[2].partition(':')[0].lower()}/{path.strip('/').removesuffix('.git').lower()}"


def _shown(url: str) -> str:
    """An address without the name and the password that may stand in it."""
    return _plain(url).partition("/")[0] or url
