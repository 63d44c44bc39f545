"""Private files in the wrong place: copies among what is about to be public, and notes among the pages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from heard.base.document import parse
from heard.base.files import walk
from heard.workspace import PrivateWorkspace, PublicWorkspace


def private_copies(private: PrivateWorkspace, folders: Iterable[Path]) -> tuple[Path, ...]:
    """The files below the folders that are byte for byte a private one, whatever their kind."""
    by_size: dict[int, list[Path]] = {}
    for folder in private.folders:
        for entry in walk(folder, ""):
            by_size.setdefault(entry.stat().st_size, []).append(Path(entry.path))
    return tuple(path for folder in folders for path in files_below(folder) if _is_copy(path, by_size))


def notes_among_pages(public: PublicWorkspace) -> tuple[Path, ...]:
    """The hand-written pages that look like a note: one saved in the wrong folder would be read by everybody."""
    pages = (path for path in files_below(public.pages) if path.suffix == ".md")
    return tuple(path for path in pages if _looks_like_a_note(path))


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder in the order of their paths; those behind links, too, since MkDocs follows them."""
    for place, inner, names in os.walk(folder, followlinks=True):
        inner[:] = sorted(one for one in inner if not _leads_back(Path(place, one)))
        yield from (path for path in (Path(place, name) for name in sorted(names)) if path.is_file())


def _leads_back(folder: Path) -> bool:
    """Whether a link leads to a folder that it lies in: a walk would never end."""
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())


def _looks_like_a_note(path: Path) -> bool:
    header = parse(path.read_text(encoding="utf-8", errors="replace")).header or ""
    return any(row.startswith(("quotable:", "account:")) for row in header.split("\n"))


def _is_copy(path: Path, by_size: Mapping[int, list[Path]]) -> bool:
    size = path.stat().st_size
    twins = by_size.get(size, ()) if size else ()
    return bool(twins) and any(twin.read_bytes() == path.read_bytes() for twin in twins)
