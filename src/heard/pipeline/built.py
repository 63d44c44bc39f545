"""Remembers from which public files a site was built, so that nobody deploys an old one.

The record is named by the site's bytes and says the sources': it holds for every copy of either, whatever their times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from heard.base.files import write
from heard.catalogue.public import read_public
from heard.publish.papers import living
from heard.values import HeardError
from heard.workspace import PRIVATE, PublicWorkspace

_KEPT = 20


def remember(workspace: PublicWorkspace, site: Path, today: date) -> None:
    """Note down that the site was built from the public files as they are now."""
    folder = workspace.cache / "built"
    # It only helps `heard deploy` to refuse less: no reason to fail a build.
    with suppress(HeardError, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / site_digest(site), sources_digest(workspace, today).encode())
        for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
            old.unlink(missing_ok=True)


def sources_of(workspace: PublicWorkspace, site: Path) -> str:
    """The digest of the sources that a site was built from; empty where no build of these very bytes is known."""
    try:
        return (workspace.cache / "built" / site_digest(site)).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def site_digest(site: Path) -> str:
    """A name for a site: all its files and their bytes."""
    return _digest((path.relative_to(site).as_posix(), path) for path in _files(site))


def sources_digest(workspace: PublicWorkspace, today: date) -> str:
    """A name for all that a site is built from: the public files, and the proof that is still valid today."""
    catalogue, _ = read_public(workspace)
    proof = " ".join(one.id for one in living(catalogue.approved.proof, today))
    return hashlib.sha256(f"{_digest(_sources(workspace))} {proof}".encode()).hexdigest()


def _sources(workspace: PublicWorkspace) -> Iterator[tuple[str, Path]]:
    yield "mkdocs.yml", workspace.root / "mkdocs.yml"
    folders = [path for path in sorted(workspace.content.iterdir()) if path.name != PRIVATE]
    for folder in (*folders, workspace.templates):
        # In a copy for a preview the folder of templates is a link.
        real = folder.resolve()
        for path in _files(real) if real.is_dir() else [real]:
            inside = path.relative_to(real)
            if path.is_file() and not path.name.startswith("."):
                yield f"{folder.name}/{inside.as_posix()}", path


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _digest(files: Iterator[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in files:
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
