"""The story of the typefaces: ours, or a folder in the cache in which an expert's own stand in their place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from heard.base.files import TEMPORARY, outdated, turn
from heard.publish.fonts import FOLDER, Shelf, shelf
from heard.publish.own_fonts import Cut, chosen
from heard.publish.shelving import digest, make
from heard.values import Expert, Finding, HeardError, Place, Severity
from heard.workspace import PublicWorkspace

KEPT = 4
"""Folders that are kept: who tries fonts goes back and forth between a few."""


def typefaces(workspace: PublicWorkspace, expert: Expert) -> tuple[Path, tuple[Finding, ...]]:
    """The folder of fonts that the site and its papers are set from, and what is wrong with the expert's own.

    It is named by the fonts' bytes, so what is in it never changes. Raises `HeardError` if it cannot be written.
    """
    if not expert.fonts:
        return FOLDER, ()
    cuts, findings = chosen(expert, workspace.content)
    if not cuts:
        return FOLDER, findings
    folder = workspace.cache / "fonts" / digest(cuts)
    try:
        found = _whole(folder) or _made(cuts, folder)
    except OSError as error:
        raise HeardError(f"{folder} could not be written: {error.strerror or error}.") from error
    return folder, (*findings, *_damaged(cuts, found, expert.place.path))


def _whole(folder: Path) -> Shelf | None:
    """What a folder holds, if all of it is there."""
    try:
        found = shelf(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    files = [f"{face.stem}.ttf" for face in found.faces] + [f"{face.stem}.woff2" for face in found.web]
    return found if all((folder / name).is_file() for name in files) else None


def _made(cuts: Sequence[Cut], folder: Path) -> Shelf:
    """Make a folder beside its place, and put it there whole; builds that run at once wait for each other."""
    above = folder.parent
    with turn(above / "fonts.lock"):
        for left in above.glob(f"{TEMPORARY}*"):
            shutil.rmtree(left, ignore_errors=True)
        if found := _whole(folder):
            return found
        beside = above / f"{TEMPORARY}{os.getpid()}"
        beside.mkdir()
        try:
            make(cuts, beside)
            shutil.rmtree(folder, ignore_errors=True)
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        _forget_old(above, folder)
    return shelf(folder)


def _forget_old(above: Path, used: Path) -> None:
    """Delete the folders that were made longest ago, beyond a few."""
    for one in outdated(filter(Path.is_dir, above.iterdir()), KEPT, {used}):
        shutil.rmtree(one, ignore_errors=True)


def _damaged(cuts: Sequence[Cut], found: Shelf, path: str) -> tuple[Finding, ...]:
    """What proved to be damaged only when cuts were made of it, each file once."""
    lost = {stem for stem, _ in found.broken}
    files = dict.fromkeys(one.file for one in cuts if one.face.stem in lost)
    says = "`{}` is damaged, so ours is used in its place: get the file once more"
    return tuple(Finding(Place(path, one.line), Severity.TO_FIX, says.format(one.file), "expert/font") for one in files)
