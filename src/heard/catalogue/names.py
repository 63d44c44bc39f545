"""The names of accounts and problems alone, kept ready: what `heard log` needs before it saves."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from heard import __version__
from heard.base.files import PRIVATE_MODE, walk, write
from heard.base.reading import read
from heard.base.text import words
from heard.catalogue.accounts import key_of
from heard.catalogue.copies import without_copies
from heard.catalogue.entries import QUOTES, read_account, read_problem
from heard.catalogue.match import find
from heard.values import Finding, HeardError

Names = list[str]
Row = tuple[tuple[int, int, int], Names]
"""A file's times and size when it was read, and the names in it: none if it could not be read."""

_FORMAT = f"{__version__}/2"


@dataclass(frozen=True, slots=True)
class Known:
    """One account or problem by all its names: the slug, the name to show, and every other one."""

    slug: str
    name: str
    others: tuple[str, ...] = ()


def known_accounts(folder: Path, cache: Path) -> tuple[Known, ...]:
    """Every account below the folder; a file that cannot be read is passed over here."""

    def names(text: str, path: str, findings: list[Finding]) -> Names | None:
        account = read_account(text, path, findings)
        return [account.slug, account.name, *account.aliases, *account.domains] if account else None

    return _known([folder], cache / "accounts.json", names)


def known_problems(folders: list[Path], cache: Path) -> tuple[Known, ...]:
    """Every problem below the folders."""

    def names(text: str, path: str, findings: list[Finding]) -> Names | None:
        if path.endswith(QUOTES):
            return None
        found = read_problem(text, path, public=False, findings=findings)
        return [found.slug, found.problem, *found.old_slugs, *found.aliases] if found else None

    return _known(folders, cache / "problems.json", names)


def _known(
    folders: list[Path], kept: Path, names: Callable[[str, str, list[Finding]], Names | None]
) -> tuple[Known, ...]:
    known = _kept(kept)
    rows: dict[str, Row] = {}
    found, _ = without_copies({entry.path: entry for folder in folders for entry in walk(folder, ".md")})
    for entry in found.values():
        # A file may be gone again meanwhile: folders are synchronised.
        with suppress(FileNotFoundError):
            stat = entry.stat()
            stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
            row = known.get(entry.path)
            rows[entry.path] = row if row and row[0] == stamp else (stamp, _read_names(entry.path, names))
    if rows != known and kept.parent.parent.is_dir():
        content = json.dumps({"format": _FORMAT, "rows": rows}, ensure_ascii=False)
        # It only saves time: a full disk is told of when words are saved, not here.
        with suppress(HeardError):
            write(kept, content.encode("utf-8", "surrogatepass"), mode=PRIVATE_MODE)
    named = [names for _, (_, names) in sorted(rows.items()) if names]
    return tuple(Known(slug, name, tuple(others)) for slug, name, *others in named)


def _read_names(path: str, names: Callable[[str, str, list[Finding]], Names | None]) -> Names:
    text = read(path, path, [])
    return (names(text, path, []) or []) if text is not None else []


def _kept(path: Path) -> dict[str, Row]:
    try:
        stored = json.loads(path.read_bytes())
        if stored["format"] != _FORMAT:
            return {}
        return {
            name: ((int(modified), int(changed), int(size)), [str(word) for word in words])
            for name, ((modified, changed, size), words) in stored["rows"].items()
            if len(words) != 1
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def account_named(text: str, known: tuple[Known, ...]) -> Known | None:
    """The account that the words name: exactly, or as whole words of one name alone. None: it is new."""
    key = key_of(text)
    exact = [one for one in known if key in {key_of(name) for name in (one.name, one.slug, *one.others)}]
    if exact:
        return exact[0]
    wanted = words(text)
    part = [one for one in known if wanted and _holds(words(one.name), wanted)]
    return part[0] if len(part) == 1 else None


def problem_named(text: str, known: tuple[Known, ...]) -> Known:
    """The problem that a slug, its words or an unambiguous part of them mean.

    Raises `HeardError` naming the nearest, or those that it could be.
    """
    return find(text, known, "problem", lambda one: (one.slug, one.name, *one.others))


def _holds(name: list[str], wanted: list[str]) -> bool:
    return any(name[at : at + len(wanted)] == wanted for at in range(len(name) - len(wanted) + 1))
