"""Where things lie: finds the workspace, and keeps its public and its private side apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heard.values import HeardError

CACHE = ".heard"
PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class PublicWorkspace:
    """The public files. It knows no private path, so that nothing built from it can leak one."""

    root: Path

    @property
    def content(self) -> Path:
        """The folder of the public files."""
        return self.root / "content"

    @property
    def pages(self) -> Path:
        """Hand-written pages: MkDocs' docs_dir."""
        return self.content / "pages"

    @property
    def approved(self) -> Path:
        """The one file that `heard approve` writes."""
        return self.content / "approved.yml"

    @property
    def templates(self) -> Path:
        """The person's overrides of the packaged templates."""
        return self.root / "templates"

    @property
    def cache(self) -> Path:
        """Rendered public files, kept between builds; may be deleted at any time."""
        return self.root / CACHE

    def relative(self, path: Path) -> str:
        """The path as findings name it: POSIX, below the root where it lies there."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


@dataclass(frozen=True, slots=True)
class PrivateWorkspace:
    """The private files. The publishing side never gets one."""

    root: Path
    notes: Path

    @property
    def exists(self) -> bool:
        """Whether the private side is on this machine at all."""
        return self.root.is_dir()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that hold all private files, none of them within another."""
        inside = self.notes.resolve().is_relative_to(self.root.resolve())
        return (self.root,) if inside else (self.root, self.notes)

    @property
    def accounts(self) -> Path:
        """One file an account."""
        return self.root / "accounts"

    @property
    def problems(self) -> Path:
        """The catalogue before publication."""
        return self.root / "problems"

    @property
    def proof(self) -> Path:
        """One file a testimonial, review or outcome."""
        return self.root / "proof"

    @property
    def inbox(self) -> Path:
        """Drafts from imports and feeds, one file each."""
        return self.root / "inbox"

    @property
    def changes(self) -> Path:
        """What changes of several files need to be finished after a crash, and to be undone."""
        return self.root / ".changes"

    @property
    def settings(self) -> Path:
        """The path of notes elsewhere, and what the person's own keys and columns mean."""
        return self.root / "settings.yml"

    @property
    def held(self) -> Path:
        """Decisions not to publish."""
        return self.root / "held.yml"

    @property
    def cache(self) -> Path:
        """What was read before; private like its sources, and ignored by git."""
        return self.root / CACHE


@dataclass(frozen=True, slots=True)
class Workspace:
    """Both sides, for the commands that may see both."""

    public: PublicWorkspace
    private: PrivateWorkspace

    @property
    def root(self) -> Path:
        """The folder that holds mkdocs.yml."""
        return self.public.root


@dataclass(frozen=True, slots=True)
class Settings:
    """What heard needs to know of mkdocs.yml; `lang` is its theme's, in which the menu and the search speak."""

    site_name: str = ""
    site_url: str = ""
    site_dir: str = "site"
    lang: str = ""


def at(root: Path) -> Workspace:
    """The workspace whose root this is, whether or not it exists."""
    private = root / "content" / PRIVATE
    return Workspace(PublicWorkspace(root), PrivateWorkspace(private, _notes(private)))


def find(start: Path) -> Workspace:
    """The workspace that the folder lies in, looked for upwards. Raises `HeardError` if none does."""
    start = start.resolve()
    if not start.is_dir():
        raise HeardError(f"There is no folder {start}.")
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "content").is_dir():
            return at(folder)
    raise HeardError(f"{start} is not in a heard workspace. Make one with `heard init DIR`, or name one with -C DIR.")


def _notes(private: Path) -> Path:
    # A few bytes, read on the way to every `heard log`: not worth a YAML library.
    if not (private / "settings.yml").is_file():
        return private / "notes"
    try:
        lines = (private / "settings.yml").read_text(encoding="utf-8", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return private / "notes"
    except OSError as error:
        raise HeardError(f"{private / 'settings.yml'} cannot be read: {error.strerror}.") from error
    for line in lines:
        key, _, value = line.partition(":")
        name = value.partition(" #")[0].strip().strip("'\"")
        # Below `keys:` a line of this name may stand, too, but never at the beginning of its line.
        if key.rstrip() == "notes" and name:
            return _apart(private, (private / Path(name).expanduser()).resolve())
    return private / "notes"


def _apart(private: Path, notes: Path) -> Path:
    content = private.parent.resolve()
    if notes.is_relative_to(content) and not notes.is_relative_to(content / PRIVATE):
        raise HeardError(
            f"{private / 'settings.yml'}: the notes would lie in {notes}, among the public files. "
            f"Name a folder below {private}, or outside of {content}."
        )
    return notes


def own_keys(private: PrivateWorkspace) -> Mapping[str, str]:
    """What the keys in the headers of the person's notes mean: theirs, and ours or `ignore`.

    Empty where the settings say nothing, or cannot be read: `heard import` tells of that.
    """
    from heard.base.yamlio import Scalar, Table, YamlError, load

    if not private.settings.is_file():
        return {}
    try:
        text = private.settings.read_text(encoding="utf-8", errors="replace")
        node = load(text) if "keys:" in text else None
    except (OSError, YamlError):
        return {}
    keys = node.get("keys") if isinstance(node, Table) else None
    if not isinstance(keys, Table):
        return {}
    return {key.text: value.text for key, value in keys.items if isinstance(value, Scalar)}


def settings(public: PublicWorkspace) -> Settings:
    """The few settings of mkdocs.yml that commands other than `mkdocs` need.

    Tags that only MkDocs understands are passed over. Raises `HeardError` if the file is not YAML.
    """
    import yaml

    class Tolerant(yaml.SafeLoader):
        """Reads mkdocs.yml without running what its tags name."""

    Tolerant.add_multi_constructor("", lambda loader, suffix, node: _environment(loader, suffix, node))
    path = public.root / "mkdocs.yml"
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=Tolerant)
    except (OSError, UnicodeDecodeError) as error:
        raise HeardError(f"mkdocs.yml cannot be read: {error}") from error
    except ValueError as error:
        raise HeardError(f"mkdocs.yml cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise HeardError(f"mkdocs.yml:{mark.line + 1 if mark else 1}: {getattr(error, 'problem', error)}") from error
    values: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    url = str(values.get("site_url") or "")
    return Settings(
        site_name=str(values.get("site_name") or ""),
        site_url=url if not url or url.endswith("/") else url + "/",
        site_dir=str(values.get("site_dir") or "site"),
        lang=str(theme.get("language") or "") if isinstance(theme := values.get("theme"), dict) else "",
    )


def _environment(loader: Any, suffix: str, node: Any) -> str | None:
    import os

    import yaml

    if suffix != "!ENV":
        return None
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(loader.construct_scalar(node)))
    *names, default = [str(item) for item in loader.construct_sequence(node)]
    return next((os.environ[name] for name in [*names, default] if name in os.environ), default)
