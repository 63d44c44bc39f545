"""Reads one blockquote of a note: the words, who said them, and where they are filed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from heard.base.text import LEGAL_FORMS, squeeze
from heard.values import Quotable, Quote, Source

KINDS = ("trigger", "workaround", "cost", "wish", "objection")
SERIOUSNESS = ("minor", "serious", "critical")

Row = tuple[int, str]
"""A line of a note: its number and its text without marks of quotation and outer spaces."""

# The strictest first: it wins where a person gave two.
_PERMISSIONS = {
    "offrecord": Quotable.OFFRECORD,
    "anonymous": Quotable.ANONYMOUS,
    "named": Quotable.NAMED,
}
KNOWN_TAGS = frozenset((*KINDS, *SERIOUSNESS, *_PERMISSIONS))

_LINK = re.compile(r"(?<![\\!])\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_TAG = re.compile(r"(?<!\S)#([A-Za-z][\w/-]*)")
_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\s*\Z")
_ESCAPED = re.compile(r"\\([\\#\[^>—–-])")
_ATTRIBUTION = re.compile(r"(?:—|–|--)\s*(\S.*)", re.DOTALL)
_SPACES = re.compile(r"  +")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a note's header says about every quote in it."""

    heard: datetime | None
    source: Source
    account: str
    person: str
    role: str
    industry: str
    quotable: Quotable


def unlink(text: str) -> str:
    """`[[folder/Acme Foods|Acme]]` as the plain name `Acme Foods`."""
    match = _LINK.fullmatch(text) if "[[" in text else None
    return target(match[1]) if match else text


def target(link: str) -> str:
    """What a wikilink points at, without folder, heading, block or suffix."""
    name = re.split(r"[#^]", link, maxsplit=1)[0] if "#" in link or "^" in link else link
    return name.rpartition("/")[2].removesuffix(".md").strip()


def is_marks(row: str) -> bool:
    """Whether a line holds only links, tags or a block id."""
    if row[:1] not in ("[", "#", "^"):
        return False
    return not _ID.sub("", _TAG.sub("", _LINK.sub("", row))).strip()


def has_link(row: str) -> bool:
    """Whether a line holds a wikilink."""
    return "[[" in row and _LINK.search(row) is not None


def read_quote(
    block: Sequence[str], after: Iterable[Row], line: int, head: Heading, strange: list[Row]
) -> Quote | None:
    """The quote of a blockquote's rows and of the filing lines below it; None where nobody said anything.

    `line` is where the blockquote begins. Tags that nobody knows are added to `strange`.
    """
    words: list[str] = []
    problems: list[str] = []
    tags: list[str] = []
    identifier = said_by = ""
    for number, row in (*enumerate(block, line), *after):
        if "^" in row and (match := _ID.search(row)):
            identifier, row = match[1], row[: match.start()]
        marks = is_marks(row)
        if "#" in row:
            row = _without_tags(row, number, tags, strange, marks=marks)
        if row[:1] in ("—", "–", "-") and number > line and _is_last(block, number - line):
            if found := _ATTRIBUTION.fullmatch(row):
                said_by = found[1]
                continue
        if "[[" in row:
            problems += [name for link in _LINK.finditer(row) if (name := target(link[1]))]
            row = _LINK.sub(_label, row)
        if not marks:
            words.append(row)
    text = "\n".join(words).strip()
    if not text:
        return None
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _said(head, said_by, text, problems, tags, identifier, line)


def _label(link: re.Match[str]) -> str:
    return link[2] or target(link[1])


def _is_last(block: Sequence[str], at: int) -> bool:
    """Whether only marks follow. Looked up from the end, so that a block of dashes stays cheap."""
    end = len(block) - 1
    while end > at and (not block[end] or is_marks(block[end])):
        end -= 1
    return at == end


def _without_tags(row: str, number: int, tags: list[str], strange: list[Row], *, marks: bool) -> str:
    def taken(match: re.Match[str]) -> str:
        tag = match[1].lower()
        if tag in KNOWN_TAGS:
            tags.append(tag)
            return ""
        strange.append((number, match[1]))
        return "" if marks else match[0]

    rest = _TAG.sub(taken, row)
    return rest if rest == row else _SPACES.sub(" ", rest).strip()


def _said(
    head: Heading,
    said_by: str,
    text: str,
    problems: Sequence[str],
    tags: Sequence[str],
    identifier: str,
    line: int,
) -> Quote:
    person, account, role, industry = head.person, head.account, head.role, head.industry
    if said_by:
        who, where, what = _attribution(said_by)
        # What the header says of one company or person is not said of another.
        elsewhere = bool(where) and where != account
        if elsewhere or (who and who != person):
            role = ""
        if elsewhere:
            person, industry = "", ""
        person, account, role = who or person, where or account, what or role
    quotable = head.quotable
    if tags and quotable is not Quotable.OFFRECORD:
        quotable = next((allowed for tag, allowed in _PERMISSIONS.items() if tag in tags), quotable)
    kept = tuple([tag for tag in dict.fromkeys(tags) if tag not in _PERMISSIONS]) if tags else ()
    filed = tuple(dict.fromkeys(problems))
    return Quote(text, filed, account, person, role, industry, quotable, kept, identifier, line)


def _attribution(text: str) -> tuple[str, str, str]:
    """Who, account and role of `who, account, role`; a legal form stays with its company (`Acme, Inc.`)."""
    parts: list[str] = []
    for part in text.split(","):
        if len(parts) > 1 and squeeze(part) in LEGAL_FORMS:
            parts[-1] += f",{part.rstrip()}"
        else:
            parts.append(part.strip())
    who, where, *what = [*parts, ""]
    return unlink(who), unlink(where), ", ".join(role for role in what if role)
