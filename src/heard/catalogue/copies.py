"""Knows the second copies that synchronised folders leave behind, so that nothing counts twice."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from heard.base.conflicts import MARK
from heard.base.fields import flag
from heard.base.files import PLACEHOLDER, Missed, walk
from heard.base.reading import read
from heard.values import Finding, Severity
from heard.workspace import PRIVATE

T = TypeVar("T")

_SAID = ("conflicted copy", "case conflict", "in konflikt stehende kopie", "copie en conflit", "copia in conflitto")
_COPY = re.compile(
    # Dropbox and Nextcloud say it in the machine's language; Syncthing, ownCloud and git's tools leave marks.
    rf"\(.*(?:{'|'.join(_SAID)}|copia en conflicto)"
    r"|\.sync-conflict-|_conflict-\d{8}-\d{6}\b|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+\.\w+$|\.orig$",
    re.IGNORECASE,
)
_HERE = os.uname().nodename.partition(".")[0]
_MACHINES = (r"(?:DESKTOP|LAPTOP|WIN|PC)-\w+", r"[\w-]*(?:MacBook|iMac|Mac-mini)[\w-]*", re.escape(_HERE))
_DOUBLE = re.compile(
    # iCloud counts, Google Drive counts in brackets, OneDrive adds the machine's name.
    rf"(?: [2-9]| ?\([1-9]\)|-(?:{'|'.join(_MACHINES[: 3 if len(_HERE) > 3 else 2])}))(?=\.\w+$)"
)
_SIGNS = (
    "(",
    "conflict",
    "_BACKUP_",
    "_BASE_",
    "_LOCAL_",
    "_REMOTE_",
    ".orig",
    "P-",
    "PC-",
    "WIN-",
    "Mac",
    f"-{_HERE}.",
)
_NUMBER = re.compile(r" [2-9]\.\w+$", re.MULTILINE)
UNREAD = frozenset({"file/evicted", "file/link", "file/no-file", "file/unreadable"})
"""Codes of what lies among the files and was not read, so that whatever is counted may be too low."""


def without_copies(files: Mapping[str, T]) -> tuple[Mapping[str, T], tuple[str, ...]]:
    """The files by path without conflict copies, and the paths of the copies.

    `Acme 2.md` is one only where `Acme.md` lies beside it: people number their notes, too.
    """
    names = "\n".join(files)
    # Asked about every file on the way to each `heard log`: a look for letters is much faster than the patterns.
    if not any(sign in names for sign in _SIGNS) and not _NUMBER.search(names):
        return files, ()
    skip = len(os.path.commonpath(list(files)))
    copies = {path for path in files if is_copy(path, files, skip)}
    return {path: value for path, value in files.items() if path not in copies}, tuple(sorted(copies))


def is_copy(path: str, beside: Mapping[str, T], skip: int = 0) -> bool:
    """Whether a file is a conflict copy of one of those beside it, or it or a folder says that it is one.

    The first `skip` letters of the path, which all files share, say nothing about this one.
    """
    name = path.rpartition("/")[2]
    if _COPY.search(path[min(skip, len(path) - len(name)) :]):
        return True
    double = _DOUBLE.search(name)
    return bool(double) and f"{path.removesuffix(name)}{_DOUBLE.sub('', name)}" in beside


def copy_finding(path: str) -> Finding:
    """What is said about a conflict copy."""
    message = (
        "a conflict copy that a synced folder or a merge left: take over what you need, then delete it; it is not read"
    )
    if f"({MARK} " in path:
        message = (
            "an edit that heard could not make, since you changed the file: take over what you need, then delete it"
        )
    return flag(path, 1, message, "file/conflict-copy")


def missed_findings(
    missed: Iterable[Missed], name: Callable[[Path], str], link: Severity = Severity.TO_FIX
) -> Iterator[Finding]:
    """What is said about what lies in a folder and was not read; `link` is how much a link matters there."""
    for one in missed:
        if isinstance(one, OSError):
            folder = name(Path(os.fspath(one.filename)))
            yield flag(folder, 1, f"the folder cannot be read: {one.strerror}", "file/unreadable")
        elif one.name.endswith(PLACEHOLDER):
            path = Path(one.path).with_name(one.name.removeprefix(".").removesuffix(PLACEHOLDER))
            yield _evicted(name(path))
        elif one.is_symlink():
            yield _link(name(Path(one.path)), link)
        else:
            yield flag(name(Path(one.path)), 1, "neither file nor folder, so it is not read: move it", "file/no-file")


def name_finding(path: str, severity: Severity = Severity.TO_FIX) -> Finding:
    """What is said about a file whose name cannot be shown."""
    message = "its name holds characters that cannot be shown: rename it"
    if severity is Severity.TO_FIX:
        message += "; until then it is not read"
    return flag(path, 1, message, "file/bad-name", severity)


def _evicted(path: str) -> Finding:
    message = "iCloud took it off this machine, so it is not read and counts for nothing: download it"
    return flag(path, 1, message, "file/evicted")


def _link(path: str, severity: Severity) -> Finding:
    message = "a link, which is not followed, so that what it leads to is not read: put the file itself here"
    return flag(path, 1, message, "file/link", severity)


def read_one(path: Path, name: str, findings: list[Finding]) -> str | None:
    """The text of a file that may be missing; None (with a finding, if one should be there) where it cannot be read."""
    if path.with_name(f".{path.name}{PLACEHOLDER}").exists():
        findings.append(_evicted(name))
    if path.is_symlink():
        findings.append(_link(name, Severity.TO_FIX))
        return None
    return read(path, name, findings) if path.exists() else None


def lying_about(folder: Path, name: Callable[[Path], str], found: Iterable[Finding]) -> Iterator[Finding]:
    """What else synchronised folders, merges and heard left below a folder, beside what was `found` already."""
    known = {one.place.path for one in found}
    missed: list[Missed] = []
    paths = {entry.path: entry for entry in walk(folder, "", missed)}
    placeholders = [one for one in missed if not isinstance(one, OSError) and one.name.endswith(PLACEHOLDER)]
    every = (*map(copy_finding, map(name, map(Path, without_copies(paths)[1]))), *missed_findings(placeholders, name))
    yield from (one for one in every if one.place.path not in known)
    for one in missed:
        if not isinstance(one, OSError) and one.is_symlink() and name(Path(one.path)) not in known:
            yield from [_link(name(Path(one.path)), Severity.TO_FIX)] if _leads_out(one.path, folder) else []


def _leads_out(link: str, public: Path) -> bool:
    """Whether a link on the public side leads to something that is not public."""
    root, real = public.resolve(), Path(os.path.realpath(link))
    inside = Path(link).relative_to(public).parts[:1] != (PRIVATE,)
    return inside and (not real.is_relative_to(root) or real.relative_to(root).parts[:1] == (PRIVATE,))


def unread(findings: Iterable[Finding]) -> int:
    """How many files could not be read, so that figures may be too low."""
    return len({one.place.path for one in findings if one.code in UNREAD or _unnamed(one)})


def _unnamed(finding: Finding) -> bool:
    return finding.code == "file/bad-name" and finding.severity is Severity.TO_FIX
