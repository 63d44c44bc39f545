"""The private file of quotes that lies beside a draft: what was said, by whom, and what may be used."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.base.text import counted
from heard.values import Quotable

_MARK = re.compile(rb"<!-- Written by `heard draft`[^\n]*\[([0-9a-f]{12})\] -->\n")
_HEAD = "<!-- Written by `heard draft`, and anew each time: private, and never published. [{}] -->\n"
_PERMISSION = {
    Quotable.NO: "not to be quoted",
    Quotable.ANONYMOUS: "may be quoted without the name",
    Quotable.NAMED: "may be quoted with the name",
    Quotable.OFFRECORD: "off the record: not to be used",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One quote as the file shows it; `day` and `where` are told as they are."""

    account: str
    text: str
    day: str
    person: str
    role: str
    quotable: Quotable
    tags: tuple[str, ...]
    where: str


def quotes_text(problem: str, voices: Sequence[Voice]) -> bytes:
    """The file: every account with its quotes, those with the most first. Equal voices give equal bytes."""
    rest = "\n".join(_rows(problem, voices)).encode("utf-8", "replace") + b"\n"
    return _HEAD.format(_sum(rest)).encode() + rest


def is_ours(content: bytes) -> bool:
    """Whether the file is as heard wrote it, so that a new one may take its place."""
    found = _MARK.match(content)
    return found is not None and _sum(content[found.end() :]).encode() == found[1]


def resealed(content: bytes) -> bytes:
    """A file of ours in which names were replaced, marked as ours again."""
    found = _MARK.match(content)
    return _HEAD.format(_sum(content[found.end() :])).encode() + content[found.end() :] if found else content


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _rows(problem: str, voices: Sequence[Voice]) -> Iterator[str]:
    groups: dict[str, list[Voice]] = {}
    for voice in voices:
        groups.setdefault(voice.account, []).append(voice)
    companies = sum(bool(name) for name in groups)
    yield f"# What they said: {problem}"
    yield ""
    yield f"{counted(len(voices), 'quote')} from {counted(companies, 'company')}. Use what they say, not their words."
    for name in sorted(groups, key=lambda name: (not name, -len(groups[name]), name)):
        yield from ("", f"## {name or 'No company named'}")
        for voice in groups[name]:
            yield from _voice(voice)


def _voice(voice: Voice) -> Iterator[str]:
    yield ""
    yield from (f"> {line}".rstrip() for line in voice.text.split("\n"))
    who = ", ".join(part for part in (voice.person, voice.role) if part)
    marks = " ".join(f"#{tag}" for tag in voice.tags)
    about = (voice.day, who, _PERMISSION[voice.quotable], marks, voice.where)
    yield from ("", " · ".join(part for part in about if part))
