"""The names of accounts and problems alone, kept ready: what `heard log` needs before it saves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from heard import __version__
from heard.base.files import PRIVATE_MODE, walk, write
from heard.base.reading import read
from heard.base.text import squeeze, words
from heard.catalogue.accounts import key_of
from heard.catalogue.entries import read_account, read_problem
from heard.values import Finding, HeardError

Names = list[str]


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
        found = read_problem(text, path, public=False, findings=findings)
        return [found.slug, found.problem, *found.old_slugs, *found.aliases] if found else None

    return _known(folders, cache / "problems.json", names)


def _known(
    folders: list[Path], kept: Path, names: Callable[[str, str, list[Finding]], Names | None]
) -> tuple[Known, ...]:
    try:
        stored = json.loads(kept.read_bytes())
        known = stored["rows"] if stored["format"] == __version__ else {}
    except (OSError, ValueError, KeyError, TypeError):
        known = {}
    rows: dict[str, list[object]] = {}
    for entry in (entry for folder in folders for entry in walk(folder, ".md")):
        stat = entry.stat()
        row = known.get(entry.path)
        if not row or row[:2] != [stat.st_mtime_ns, stat.st_size]:
            text = read(Path(entry.path), entry.name, [])
            row = [stat.st_mtime_ns, stat.st_size, names(text, entry.path, []) if text is not None else None]
        rows[entry.path] = row
    if rows != known and kept.parent.parent.is_dir():
        content = json.dumps({"format": __version__, "rows": rows}, ensure_ascii=False)
        write(kept, content.encode("utf-8", "surrogatepass"), mode=PRIVATE_MODE)
    found = [row[2] for _, row in sorted(rows.items()) if isinstance(row[2], list)]
    return tuple(Known(slug, name, tuple(others)) for slug, name, *others in found)


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
    wanted = squeeze(text)
    for fits in (
        lambda name: name == text,
        lambda name: squeeze(name) == wanted,
        lambda name: bool(wanted) and wanted in squeeze(name),
    ):
        found = [one for one in known if any(fits(name) for name in (one.slug, one.name, *one.others))]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(one.slug for one in found[:6])
            raise HeardError(f"“{text}” could be any of: {listed}")
    raise HeardError(f"No problem is called “{text}”{nearest_named(text, known)}")


def nearest_named(text: str, known: tuple[Known, ...]) -> str:
    """`; the nearest is …`, or nothing where there is no problem at all."""
    from heard.base.text import nearest

    owners = {name: one.slug for one in known for name in (one.slug, one.name, *one.others)}
    best = nearest(text, owners, cutoff=0)
    return f"; the nearest is `{owners[best]}`" if best else ""


def _holds(name: list[str], wanted: list[str]) -> bool:
    return any(name[at : at + len(wanted)] == wanted for at in range(len(name) - len(wanted) + 1))
