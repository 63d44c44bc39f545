"""The general part: worn phrases, office talk and slips, as proselint's lists know them. English only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from heard.write.prose.markdown import Prose
from heard.write.prose.words import Reason

_DATA = Path(__file__).with_name("worn.yml")


@dataclass(frozen=True, slots=True)
class Worn:
    """Words that were found: their offset, themselves, and why they cost trust."""

    start: int
    words: str
    reason: Reason


def worn(text: Prose) -> tuple[Worn, ...]:
    """Every worn phrase of a text, in order, each place once."""
    checks, allowed = _checks()
    # Between blocks stands an empty line, which no phrase goes over.
    padded = f"\n{text.shown}\n"
    found: dict[int, Worn] = {}
    for check, reason in checks:
        for result in check.check(padded):
            start, words = _trimmed(padded, *result.span)
            if (
                words
                and "\0" not in words
                and "\n\n" not in words
                and " ".join(words.casefold().split()) not in allowed
            ):
                found.setdefault(start - 1, Worn(start - 1, " ".join(words.split()), reason))
    return tuple(found[start] for start in sorted(found))


def _trimmed(text: str, start: int, end: int) -> tuple[int, str]:
    words = text[start:end]
    bare = words.lstrip(" \n\t,.;:(")
    return start + len(words) - len(bare), bare.rstrip(" \n\t,.;:)")


@cache
def _checks() -> tuple[tuple[tuple[Any, Reason], ...], frozenset[str]]:
    # Loading proselint takes a tenth of a second: only where a text is looked at.
    import yaml
    from proselint.checks import __register__

    raw = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    reasons = {name: Reason(one["why"], one["write"]) for one in raw["checks"] for name in one["say"]}
    some = [(check, reasons[name]) for check in __register__ for name in _names(check.path) if name in reasons]
    return tuple(some), frozenset(raw["but"])


def _names(path: str) -> Iterator[str]:
    """A check's name, and those of the groups that it is in: `cliches.misc.garner`, `cliches.misc`, `cliches`."""
    parts = path.split(".")
    return (".".join(parts[:size]) for size in range(len(parts), 0, -1))
