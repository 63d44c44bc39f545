"""The story of a new workspace: the packaged starter files in the user's name, and two repositories."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from heard.approve.file import approved_text
from heard.base import git
from heard.base.files import PRIVATE_MODE, PUBLIC_MODE, change, walk, write_new
from heard.catalogue.public import HOSTS
from heard.pipeline.hook import hooks_of, install
from heard.values import Approved, HeardError
from heard.workspace import Workspace, at

__all__ = ["HOSTS", "Answers", "Made", "check_folder", "init", "site_address", "workspace_around"]

STARTER = Path(__file__).parents[1] / "starter"
NAME = "Your Name"
AUDIENCE = "the people I work for"

_HOSTS = {
    "github-pages": "GitHub Pages, a service of GitHub, Inc., United States",
    "cloudflare": "Cloudflare Pages, a service of Cloudflare, Inc., United States",
    "netlify": "Netlify, a service of Netlify, Inc., United States",
    "nginx": "a web server that I rent",
    "apache": "a web server that I rent",
    "other": "[your web host: its name and address]",
}
_PUBLIC_FOLDERS = ("problems", "industries", "authors", "campaigns")
_PRIVATE_FOLDERS = ("accounts", "problems", "proof", "inbox")
_DOTTED = "gitignore"
_NOTHING = (".git", ".DS_Store")
"""A folder that holds only these is empty to the person who made it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new workspace needs to know. `notes` is an existing folder of notes, or None."""

    name: str = NAME
    audience: str = AUDIENCE
    site_url: str = ""
    host: str = "other"
    notes: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A new workspace: its root, the files that were written (below the root), and remarks in sentences."""

    root: Path
    files: tuple[str, ...]
    remarks: tuple[str, ...]


def workspace_around(folder: Path) -> Path | None:
    """The root of the workspace that the folder, whether or not it exists, lies in or is."""
    folder = folder.resolve()
    places = (folder, *folder.parents)
    return next((one for one in places if (one / "mkdocs.yml").is_file() and (one / "content").is_dir()), None)


def check_folder(folder: Path, *, named: bool) -> None:
    """Refuse a folder that a new workspace has no place in, before anybody is asked anything.

    One that was not `named` has to be empty. Raises `HeardError`.
    """
    root = folder.resolve()
    _refuse_existing(root)
    if around := workspace_around(root.parent):
        raise HeardError(f"{root} lies inside the workspace {around}: name a folder outside it, `heard init DIR`.")
    if not named and root.is_dir() and any(entry.name not in _NOTHING for entry in root.iterdir()):
        raise HeardError(f"{root} is not empty: `heard init DIR` makes the workspace in a folder of its own.")


def init(folder: Path, answers: Answers) -> Made:
    """Make a workspace in a folder that holds none. No file that is there already is replaced.

    Raises `HeardError` if there is a workspace in it or around it, if the notes lie where they would be
    published, or if the disk refuses.
    """
    check_folder(folder, named=True)
    workspace = at(folder.resolve())
    notes = _checked_notes(workspace, answers.notes)
    try:
        _make_folders(workspace, notes)
    except OSError as error:
        raise HeardError(f"{error.filename} cannot be made: {error.strerror}.") from error
    files = [*_write(workspace, _texts(answers)), *_write(workspace, _made_files(notes))]
    return Made(workspace.root, tuple(sorted(files)), tuple(_repositories(workspace)))


def site_address(text: str) -> str:
    """The site's address as mkdocs.yml has it, with scheme and slash; empty for none.

    Raises `ValueError` for what is no address of a site.
    """
    text = text.strip()
    if not text:
        return ""
    url = text if "://" in text else f"https://{text}"
    parts = urlsplit(url)
    plain = not re.search(r"[\s?#\"<>\\]", url) and url.isprintable()
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError(f"“{text}” is not the address of a site: write it like https://www.example.org/")
    return url if url.endswith("/") else f"{url}/"


def _refuse_existing(root: Path) -> None:
    content = root / "content"
    if root.exists() and not root.is_dir():
        raise HeardError(f"{root} is a file. Name a folder.")
    taken = root / "mkdocs.yml" if (root / "mkdocs.yml").exists() else content
    if taken.is_file() or (taken.is_dir() and any(taken.iterdir())):
        raise HeardError(f"There is {taken} already, and it stays as it is: name another folder, `heard init DIR`.")


def _checked_notes(workspace: Workspace, notes: Path | None) -> Path | None:
    if notes is None:
        return None
    notes = notes.expanduser().resolve()
    if not notes.is_dir():
        raise HeardError(f"There is no folder {notes}.")
    if notes.is_relative_to(workspace.root) or workspace.root.is_relative_to(notes):
        raise HeardError(
            f"The notes in {notes} and the workspace in {workspace.root} lie inside each other, so that private "
            "and public files would mix. Name a folder apart."
        )
    return notes


def _make_folders(workspace: Workspace, notes: Path | None) -> None:
    private = workspace.private.root
    workspace.public.content.mkdir(parents=True, exist_ok=True)
    private.mkdir(mode=0o700)
    for name in (*_PRIVATE_FOLDERS, *([] if notes else ["notes"])):
        (private / name).mkdir(mode=0o700)


def _texts(answers: Answers) -> Iterator[tuple[str, str]]:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(loader=FileSystemLoader(STARTER), undefined=StrictUndefined, keep_trailing_newline=True)
    templates.filters |= {"quoted": _quoted, "words": _words}
    values = {
        "name": _line(answers.name) or NAME,
        "audience": _line(answers.audience).rstrip(".") or AUDIENCE,
        "site_url": answers.site_url,
        "domain": urlsplit(answers.site_url).hostname or "",
        "host": answers.host,
        "host_name": _HOSTS[answers.host],
    }
    for path in sorted(Path(entry.path) for entry in walk(STARTER, "")):
        name = path.relative_to(STARTER)
        target = name.with_name(f".{_DOTTED}") if name.name == _DOTTED else name
        yield target.as_posix(), templates.get_template(name.as_posix()).render(values)


def _line(text: str) -> str:
    """A text as one line of characters that can be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _quoted(text: str) -> str:
    """A text in double quotation marks, as YAML and JSON write it."""
    return json.dumps(text, ensure_ascii=False)


def _words(text: str) -> str:
    """A text as Markdown that shows exactly these words."""
    return html.escape(re.sub(r"([\\`*_\[\]#])", r"\\\1", text), quote=False)


def _made_files(notes: Path | None) -> Iterator[tuple[str, str]]:
    yield "content/approved.yml", approved_text(Approved())
    for name in _PUBLIC_FOLDERS:
        yield f"content/{name}/.gitkeep", ""
    yield "templates/.gitkeep", ""
    if notes:
        yield "content/private/settings.yml", f"notes: {notes}\n"


def _write(workspace: Workspace, texts: Iterator[tuple[str, str]]) -> Iterator[str]:
    for name, text in texts:
        path = workspace.root / name
        mode = PRIVATE_MODE if path.is_relative_to(workspace.private.root) else PUBLIC_MODE
        try:
            write_new(path, text.encode(), mode=mode)
        except FileExistsError:
            if path.name != ".gitignore" or not _add_lines(path, text):
                continue
        yield name


def _add_lines(path: Path, text: str) -> bool:
    """Add the lines that the file lacks: without them, what is private would be committed with the site."""
    before = path.read_bytes()
    known = before.decode(errors="replace").splitlines()
    missing = [line for line in text.splitlines() if line not in known]
    if missing:
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        change(path, before, before + gap + "".join(f"{line}\n" for line in missing).encode())
    return bool(missing)


def _repositories(workspace: Workspace) -> Iterator[str]:
    if not git.installed():
        yield "git is not installed, so nothing here has a history yet: `heard doctor` says what to type."
        return
    private = workspace.private.root
    if git.repository(workspace.root) is None and not git.start(workspace.root):
        yield f"git could not make a repository of {workspace.root}."
    if not git.start(private):
        yield f"git could not make a repository of {private}."
    if hooks_of(workspace):
        yield install(workspace)
