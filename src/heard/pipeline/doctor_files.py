"""What `heard doctor` says of the private files: who can read them, and what a synced folder does to them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from heard.base.files import PLACEHOLDER, Missed, walk
from heard.base.text import counted
from heard.catalogue.copies import without_copies
from heard.pipeline.doctor_row import Row
from heard.values import Severity
from heard.workspace import Workspace

_MARKS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
}
"""What programs that synchronise leave in their folder."""

_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
}
"""How the folders of such programs are called, or begin."""


def kept(workspace: Workspace) -> Iterator[Row]:
    """Who can read the private files, in which synchronised folder they lie, and which of them are not read."""
    for folder in workspace.private.folders:
        if folder.is_dir():
            yield from _synced(folder)
            yield from _missed(folder)
            yield from _open(folder)


def _synced(folder: Path) -> Iterator[Row]:
    service = synced_by(folder)
    repository = folder / ".git"
    if service and repository.is_dir():
        says = f"{folder} lies in {service} with its repository inside, which gets torn there"
        outside = f"~/.heard-history/{folder.resolve().parents[1].name}.git"
        mend = f"mkdir -p ~/.heard-history && git -C {shlex.quote(str(folder))} init --separate-git-dir {outside}"
        yield Row("Synced folder", says, Severity.WORTH_A_LOOK, mend)


def synced_by(folder: Path) -> str:
    """The program that synchronises the folder with other machines; empty if none is known to."""
    for place in (folder.resolve(), *folder.resolve().parents):
        for mark, service in _MARKS.items():
            # In a home folder `.dropbox` is only where the program keeps its settings.
            if (place / mark).exists() and place != Path.home():
                return service
        if next(place.glob("._sync_*.db"), None) or next(place.glob(".sync_*.db"), None):
            return "Nextcloud"
        name = place.name.lower()
        if found := next((service for start, service in _NAMES.items() if name.startswith(start)), ""):
            return found
        if place.parent.name == "CloudStorage" and place.parent.parent.name == "Library":
            return place.name.partition("-")[0]
    return ""


def _missed(folder: Path) -> Iterator[Row]:
    missed: list[Missed] = []
    names = {entry.path: entry for entry in walk(folder, "", missed)}
    gone = [one for one in missed if not isinstance(one, OSError) and one.name.endswith(PLACEHOLDER)]
    if gone:
        says = f"iCloud took {counted(len(gone), 'file')} off this machine: not read, and not counted"
        yield Row("Private files", says, Severity.TO_FIX, f"brctl download {shlex.quote(str(folder))}")
    if copies := without_copies(names)[1]:
        says = f"{counted(len(copies), 'conflict copy')}, which nobody reads"
        yield Row("Private files", says, Severity.WORTH_A_LOOK, "heard check names each; merge it by hand")


def _open(folder: Path) -> Iterator[Row]:
    if not folder.stat().st_mode & 0o077:
        return
    others = 0
    for entry in walk(folder, "", []):
        try:
            others += bool(entry.stat(follow_symlinks=False).st_mode & 0o044)
        except FileNotFoundError:
            continue
    if others:
        says = f"{counted(others, 'file')} in {folder} can be read by others on this machine"
        yield Row("Private files", says, Severity.WORTH_A_LOOK, f"chmod -R go= {shlex.quote(str(folder))}")
