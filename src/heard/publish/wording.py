"""How numbers, dates and addresses are said on the site's pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_COUNTS = {3: "three", 6: "six", 10: "ten", 20: "twenty", 50: "fifty", 100: "a hundred"}


def day(when: date | None) -> str:
    """`20 November 2026`, or nothing."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}" if when else ""


def month(when: date | None) -> str:
    """`November 2026`, or nothing."""
    return f"{MONTHS[when.month - 1]} {when.year}" if when else ""


def instant(when: date) -> str:
    """The start of a day as an ISO instant, as feeds and structured data want it."""
    return f"{when.isoformat()}T00:00:00+00:00"


def told(count: int) -> str:
    """`at least ten companies` for one of the published steps, nothing for 0."""
    return f"at least {_COUNTS.get(count, str(count))} companies" if count else ""


def since(quarter: str) -> str:
    """`Q1 2026` for `2026-Q1`; anything else stays as it is."""
    year, dash, part = quarter.partition("-Q")
    return f"Q{part} {year}" if dash else quarter


def size(octets: int) -> str:
    """A file's size as readers know it: `94 KB`, `1.2 MB`."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0KB"
    return f"{octets / 1_000_000:.1f}\u00a0MB"


def plural(count: int, noun: str) -> str:
    """`1 paper`, `12 papers`, with a space that does not break."""
    return f"{count}\u00a0{noun}" if count == 1 else f"{count}\u00a0{noun}s"


def joined(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def first_sentence(text: str) -> str:
    """The first sentence of a text, or nothing where that is longer than two lines."""
    found = re.match(r"\s*(.{10,160}?[.!?])(?:\s|$)", text, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def inside(name: str) -> str:
    """A name as it stands inside a sentence: `cold storage` for `Cold storage`; `HVAC` stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def monogram(name: str) -> str:
    """At most two initials, for where a portrait is missing."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
