"""The story of the leak check: all that the private side knows, looked for in all that is about to be public.

It runs after everything else, alone reads the private side for the publishing one, and can only veto.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.resources import files
from itertools import takewhile
from multiprocessing import get_context
from pathlib import Path

from heard.base import git
from heard.base.fields import flag, listed
from heard.base.text import counted
from heard.leaks.clean import clean_before, fingerprint, is_shipped, remember, stamp
from heard.leaks.matcher import Matcher, build
from heard.leaks.objects import objects
from heard.leaks.objects import staged as staged_files
from heard.leaks.scan import Scanned, findings, masked, scan
from heard.leaks.secret import Secret
from heard.leaks.strays import files_below, notes_among_pages, private_copies
from heard.pipeline.known import Known, known
from heard.values import Approved, Finding, HeardError, Output
from heard.workspace import PRIVATE, Workspace, settings

NOT_RUN = "The leak check did not run: content/private is not on this machine."
LATER = "HEARD_CHECKED_LATER"
"""Set for a build in a copy without the private side, whose result is looked through before it goes anywhere."""

_SCISSORS = b"------------------------ >8 ------------------------"
"""What git writes above the changes that it shows below a message and leaves out of it."""

_PDF_COST = 150_000
"""So many bytes of text take as long as one PDF."""

_WORTH_WORKERS = 8_000_000
"""From so much on, in bytes of text, it pays to start workers."""


def veto(
    workspace: Workspace, outputs: Iterable[Output], built: Path | None = None, *, what: Known | None = None
) -> tuple[Finding, ...]:
    """Everything that keeps the outputs from going out; nothing if they may.

    `built` is the folder of a built site, which is looked through for copies of whole private files. Call it
    only where the private side exists.
    """
    what = what or known(workspace)
    found = _scan_new(workspace, tuple(outputs), what)
    strays = _strays(workspace, (built, workspace.public.pages) if built else (), what)
    return (*_unknown(what), *what.in_allowed, *strays, *findings(found, what.allowed))


def of_site(
    workspace: Workspace, built: Path, *, required: bool, approved: Approved | None = None
) -> tuple[tuple[Finding, ...], str]:
    """What keeps a built site from its place, and one line if the check could not be made.

    `approved` is what the site was built from, where approved.yml is not written yet.

    Raises `HeardError` where it is `required` and cannot be made.
    """
    if workspace.private.exists:
        return veto(workspace, outputs_below(built), built, what=known(workspace, approved)), ""
    if required and LATER not in os.environ:
        raise HeardError(f"{NOT_RUN} mkdocs.yml says `leaks: required`, so the site was not built.")
    return tuple(_notes(workspace, notes_among_pages(workspace.public))), NOT_RUN


def look_before_writing(workspace: Workspace, outputs: Iterable[Output]) -> str:
    """Look through what is about to be given to others; one line if the check could not be made.

    Raises `HeardError` with all that was found.
    """
    found = (
        veto(workspace, outputs)
        if workspace.private.exists
        else tuple(_notes(workspace, notes_among_pages(workspace.public)))
    )
    if found:
        raise HeardError(f"The leak check found what is private, so nothing was written:\n{listed(found)}")
    return "" if workspace.private.exists else NOT_RUN


def look_through(workspace: Workspace, paths: Iterable[Path]) -> tuple[tuple[Finding, ...], int]:
    """What is found in files and folders, and how many files that were."""
    outputs = [one for path in paths for one in _outputs(workspace, path)]
    return veto(workspace, outputs), len(outputs)


def look_through_git(
    workspace: Workspace, repositories: Iterable[Path], *, staged: bool
) -> tuple[tuple[Finding, ...], int]:
    """What is found in all that repositories keep, or in what would be committed next, and how many objects that were.

    A private file in a repository that is not the private side's own is found as a copy.
    """
    outputs = [one for folder in repositories for one in (_staged(folder) if staged else _kept(folder))]
    return veto(workspace, outputs), len(outputs)


def look_through_message(workspace: Workspace, path: Path) -> tuple[tuple[Finding, ...], int]:
    """What is found in the message of a commit that is being made; git's own remarks in it are left out."""
    rows = path.read_bytes().splitlines(keepends=True)
    said = b"".join(row for row in takewhile(lambda row: _SCISSORS not in row, rows) if not row.startswith(b"#"))
    return veto(workspace, [Output("the commit's message", said)]), 1


def _outputs(workspace: Workspace, path: Path) -> Iterator[Output]:
    """Files as outputs, those of the built site named as its builds name them, so that exceptions fit both."""
    site = (workspace.root / settings(workspace.public).site_dir).resolve()
    here = path.resolve()
    for one in files_below(here) if here.is_dir() else (here,):
        inside = one.is_relative_to(site)
        yield Output(one.relative_to(site).as_posix() if inside else workspace.public.relative(one), one)


def _staged(folder: Path) -> Iterator[Output]:
    yield from (Output(name, data) for name, data in staged_files(folder))
    if branch := git.git(folder, "symbolic-ref", "--short", "--quiet", "HEAD"):
        yield Output("the branch's name", branch.encode("utf-8", "surrogateescape"))


def _kept(folder: Path) -> Iterator[Output]:
    return (Output(f"{label}/{name}" if name else label, data) for label, name, data in objects(folder))


def outputs_below(folder: Path) -> Iterator[Output]:
    """Every file below a folder as an output, named by its path below it."""
    return (Output(path.relative_to(folder).as_posix(), path) for path in files_below(folder))


def explain(workspace: Workspace, name: str) -> tuple[Secret, ...]:
    """What an id stands for: for the expert's own eyes only. Raises `HeardError` if it stands for nothing."""
    meant = known(workspace).with_id(name)
    if not meant:
        raise HeardError(f"{name} is the id of no secret that content/private knows.")
    return tuple({(one.kind, one.place): one for one in meant}.values())


def _unknown(what: Known) -> Iterator[Finding]:
    if what.unread:
        files = counted(what.unread, "private file")
        message = f"{files} cannot be read, so what they keep secret is not known: `heard check` names them"
        yield flag(f"content/{PRIVATE}", 1, message, "leak/unknown")


def _strays(workspace: Workspace, folders: Sequence[Path], what: Known) -> Iterator[Finding]:
    """Whole private files below the folders, and notes among the pages."""
    copies, notes = private_copies(workspace.private, folders), notes_among_pages(workspace.public)
    # What masks their names takes a moment to build, and there are hardly ever any.
    matcher = build(what.secrets, what.lang) if copies or notes else None
    for path in copies:
        name = workspace.public.relative(path)
        if not path.is_relative_to(workspace.public.pages):
            name = path.relative_to(folders[0]).as_posix()
        yield flag(_shown(name, matcher), 1, "is a copy of a private file", "leak/copy")
    yield from _notes(workspace, notes, matcher)


def _notes(workspace: Workspace, found: Iterable[Path], matcher: Matcher | None = None) -> Iterator[Finding]:
    """Pages that look like notes."""
    for path in found:
        name = _shown(workspace.public.relative(path), matcher)
        yield flag(name, 1, "looks like a note, and would be read by everybody", "leak/note")


def _shown(name: str, matcher: Matcher | None) -> str:
    """A path as it may be told: what of it is private is masked where that is known."""
    return masked(name, matcher) if matcher else name


def _scan_new(workspace: Workspace, outputs: Sequence[Output], what: Known) -> list[Scanned]:
    """What is found in the outputs; what was clean before is not looked at again, nor what came with the theme."""
    cache = workspace.private.cache / "clean.json"
    name = fingerprint((*what.secrets, *what.shown), repr(what.names) + what.lang)
    before = clean_before(cache, name)
    stamps = {output.uri: stamp(output) for output in outputs}
    theme = Path(str(files("material"))) / "templates"
    waiting = [one for one in outputs if stamps[one.uri] not in before and not is_shipped(one, theme)]
    found = scan_all(waiting, what) if waiting else []
    soiled = {one.uri for one in found if one.leaks or one.unread}
    clean = before | {stamps[one.uri] for one in waiting if one.uri not in soiled}
    if clean != before:
        remember(cache, name, clean)
    return found


def scan_all(waiting: Sequence[Output], what: Known) -> list[Scanned]:
    """What is found in the outputs, each looked through; on all cores where it is much."""
    cost = {one.uri: _cost(one) for one in waiting}
    cores = min(os.cpu_count() or 1, len(waiting))
    if cores < 2 or sum(cost.values()) < _WORTH_WORKERS:
        return _scan_some(waiting, what)
    shares: list[list[Output]] = [[] for _ in range(cores)]
    loads = [0] * cores
    for one in sorted(waiting, key=lambda output: -cost[output.uri]):
        least = loads.index(min(loads))
        shares[least].append(one)
        loads[least] += cost[one.uri]
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        return [one for some in pool.map(partial(_scan_some, what=what), shares) for one in some]


def _scan_some(outputs: Sequence[Output], what: Known) -> list[Scanned]:
    matcher = what.matcher
    return [scan(one.uri, one.read(), matcher, what.names) for one in outputs]


def _cost(output: Output) -> int:
    size = len(output.content) if isinstance(output.content, bytes) else output.content.stat().st_size
    return _PDF_COST if output.uri.endswith(".pdf") else size
