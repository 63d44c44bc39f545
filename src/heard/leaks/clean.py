"""Tells which files need not be looked through: those that were clean before, and those that a package brought along.

What was clean is kept on the private side: even hashes of what is clean are worth nothing without it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from heard import __version__
from heard.base.files import PRIVATE_MODE, write
from heard.leaks.secret import Secret
from heard.values import HeardError, Output

_MOST = 20_000
"""So many files are remembered; a site of some thousand pages fits several times."""


def fingerprint(secrets: Iterable[Secret], rest: str) -> str:
    """A name for what is looked for and how: with another one, nothing that was clean is clean any more."""
    digest = hashlib.sha256(f"{__version__}\n{rest}\n".encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for one in secrets:
        digest.update(f"{one.id} {one.kind} {one.text}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def stamp(output: Output) -> str:
    """A name for a file: its path and all its bytes."""
    return hashlib.sha256(output.uri.encode("utf-8", "surrogateescape") + b"\0" + output.read()).hexdigest()


def clean_before(cache: Path, name: str) -> frozenset[str]:
    """The stamps of the files that were clean when the same was looked for."""
    try:
        kept = json.loads(cache.read_bytes())
        return frozenset(map(str, kept["clean"])) if kept["name"] == name else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def remember(cache: Path, name: str, stamps: Iterable[str]) -> None:
    """Keep the stamps of clean files for the next time; it only saves time, so a full disk is no matter."""
    kept = json.dumps({"name": name, "clean": sorted(stamps)[:_MOST]})
    with suppress(HeardError):
        write(cache, kept.encode(), mode=PRIVATE_MODE)


def is_shipped(output: Output, package: Path) -> bool:
    """Whether it is byte for byte the file of that path in an installed package, as the theme's scripts are."""
    name = PurePosixPath(output.uri)
    if name.is_absolute() or ".." in name.parts:
        return False
    try:
        same = package / name
        return same.is_file() and same.read_bytes() == output.read()
    except (OSError, ValueError):
        return False
