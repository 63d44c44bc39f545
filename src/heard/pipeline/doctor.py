"""The story of `heard doctor`: what works on this machine and in this workspace, and what mends the rest."""

from __future__ import annotations

import os
import platform
import re
import shutil
import warnings
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from heard import __version__
from heard.base import git
from heard.base.files import walk
from heard.base.text import counted
from heard.pipeline.doctor_files import kept
from heard.pipeline.doctor_private import repositories
from heard.pipeline.doctor_row import Row as Row
from heard.publish.fonts import FACES, FOLDER
from heard.values import Severity
from heard.workspace import Workspace, settings

TO_FILL = re.compile(r"\[your [^\]\n]+\](?!\()")
"""What the starter pages leave for their owner to write."""

_LISTED = 4
_PANGO = {
    "brew": 'brew install pango (found all the same? export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib")',
    "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango harfbuzz",
    "pacman": "pacman -S pango",
    "apk": "apk add pango harfbuzz-subset",
}
_GIT = {name: f"{command} git" for name, command in (
    ("brew", "brew install"), ("apt-get", "apt-get install"), ("dnf", "dnf install"),
    ("pacman", "pacman -S"), ("apk", "apk add"),
)}  # fmt: skip


def examine(workspace: Workspace | None) -> tuple[Row, ...]:
    """Look at the machine, and at the workspace if there is one. Changes nothing."""
    rows = [_python(), _pango(), _fonts(), _builder(), _git()]
    if workspace is None:
        none = Row("Workspace", "none here", Severity.WORTH_A_LOOK, "heard init DIR")
        return (*rows, none)
    return (*rows, *_workspace(workspace))


def _python() -> Row:
    return Row("Python", f"{platform.python_version()}, heard {__version__}")


def _pango() -> Row:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from weasyprint.text.ffi import pango
    except OSError:
        says = "not found; pages build, PDFs do not"
        return Row("Pango", says, Severity.TO_FIX, _for_this_machine(_PANGO))
    number = pango.pango_version()
    version = f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
    return Row("Pango", f"{version}, WeasyPrint {metadata.version('weasyprint')}: PDFs can be set")


def _fonts() -> Row:
    lost = [face.stem for face in FACES if not (FOLDER / f"{face.stem}.ttf").is_file()]
    if lost:
        return Row("Fonts", f"{', '.join(lost)} missing", Severity.TO_FIX, "pip install --force-reinstall heard")
    return Row("Fonts", ", ".join(dict.fromkeys(face.family for face in FACES)))


def _builder() -> Row:
    return Row("Site", f"MkDocs {metadata.version('mkdocs')}, Material {metadata.version('mkdocs-material')}")


def _git() -> Row:
    if not git.installed():
        return Row("git", "not found; files have no history", Severity.WORTH_A_LOOK, _for_this_machine(_GIT))
    return Row("git", (git.git(Path("/"), "--version") or "found").removeprefix("git version "))


def _for_this_machine(commands: dict[str, str]) -> str:
    for name, command in commands.items():
        if shutil.which(name):
            root = name in ("brew",) or os.geteuid() == 0
            return command if root else f"sudo {command}"
    return commands["apt-get"]


def _workspace(workspace: Workspace) -> Iterator[Row]:
    yield Row("Workspace", str(workspace.root))
    if not settings(workspace.public).site_url:
        says = "no address yet, so no feed, no sitemap, and no links in PDFs"
        yield Row("Site address", says, Severity.WORTH_A_LOOK, "write `site_url:` into mkdocs.yml")
    yield from _to_fill(workspace)
    if not workspace.private.exists:
        yield Row("Private side", "not on this machine; the site builds without it")
        return
    if not workspace.private.notes.is_dir():
        says = f"the folder {workspace.private.notes} is not there"
        mend = "put its path into content/private/settings.yml as `notes:`, or make the folder"
        yield Row("Notes", says, Severity.TO_FIX, mend)
    if git.installed():
        yield from repositories(workspace)
    yield from kept(workspace)


def _to_fill(workspace: Workspace) -> Iterator[Row]:
    found = []
    for path in sorted(Path(entry.path) for entry in walk(workspace.public.pages, ".md")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
            found += [f"{workspace.public.relative(path)}:{number}"] * len(TO_FILL.findall(line))
    if found:
        shown = ", ".join(found[:_LISTED]) + (", …" if len(found) > _LISTED else "")
        says = f"{counted(len(found), 'place')} still to fill in: {shown}"
        yield Row("Pages", says, Severity.WORTH_A_LOOK, "write your own words instead of [your …]")
