"""Knows the second copies that synchronised folders leave behind, so that nothing counts twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from heard.base.fields import flag
from heard.values import Finding

T = TypeVar("T")

_COPY = re.compile(r"conflicted copy|\.sync-conflict-", re.IGNORECASE)
_ANY = re.compile(rf"{_COPY.pattern}| [2-9]\.\w+$", re.IGNORECASE | re.MULTILINE)
_NUMBERED = re.compile(r" [2-9](?=\.\w+\Z)")


def without_copies(files: Mapping[str, T]) -> tuple[Mapping[str, T], tuple[str, ...]]:
    """The files by path without conflict copies, and the paths of the copies.

    `Acme 2.md` is one only where `Acme.md` lies beside it: people number their notes, too.
    """
    if not _ANY.search("\n".join(files)):
        return files, ()
    copies = {path for path in files if _COPY.search(path) or _doubled(path, files)}
    return {path: value for path, value in files.items() if path not in copies}, tuple(sorted(copies))


def _doubled(path: str, files: Mapping[str, T]) -> bool:
    number = _NUMBERED.search(path)
    return number is not None and path[: number.start()] + path[number.end() :] in files


def copy_finding(path: str) -> Finding:
    """What is said about a conflict copy."""
    message = "a conflict copy that a synced folder left: merge it by hand and delete it; it is not read"
    return flag(path, 1, message, "file/conflict-copy")
