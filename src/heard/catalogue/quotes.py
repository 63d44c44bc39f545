"""Reads one blockquote of a note: the words, who said them, and where they are filed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from heard.base.text import LEGAL_FORMS, near_miss
from heard.values import FORGOTTEN, Quotable, Quote, Source

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

_HOLD_BACK = frozenset(
    ("anon", "anonym", "confidential", "donotquote", "internal", "nda", "no", "offtherecord", "private", "secret")
)
LINK = re.compile(r"(?<![\\!])\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
"""A wikilink: what it points at, and its label."""

_FILED = re.compile(r"(?:\s+\[\[[^\[\]|\n]+\]\])+\s*\Z")
_TAG = re.compile(r"(?<!\S)#([A-Za-z][\w/-]*)")
_MARKS = re.compile(r"(?:\[\[[^\[\]|\n]+(?:\|[^\[\]\n]*)?\]\]|#[A-Za-z][\w/-]*|\^[A-Za-z0-9-]+|\s)+")
_ID = re.compile(r"[A-Za-z0-9-]+")
_ESCAPED = re.compile(r"\\([\\#\[^>—–-])")
_ATTRIBUTION = re.compile(r"(?:—|–|--)\s*(\S.*)", re.DOTALL)
_MARK_STARTS = ("[", "#", "^")
_DASHES = ("—", "–", "-")
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
    match = LINK.fullmatch(text) if "[[" in text else None
    return target(match[1]) if match else text


def target(link: str) -> str:
    """What a wikilink points at, without folder, heading, block or suffix."""
    name = re.split(r"[#^]", link, maxsplit=1)[0] if "#" in link or "^" in link else link
    return name.rpartition("/")[2].removesuffix(".md").strip()


def is_marks(row: str) -> bool:
    """Whether a line holds only links, tags or a block id."""
    return row[:1] in _MARK_STARTS and _MARKS.fullmatch(row) is not None


def has_link(row: str) -> bool:
    """Whether a line holds a wikilink."""
    return "[[" in row and LINK.search(row) is not None


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
        if "^" in row and (found := _block_id(row)):
            identifier, row = found, row[: row.rindex("^")].rstrip()
        marks = row[:1] in _MARK_STARTS and is_marks(row)
        if "#" in row:
            row = _take_tags(row, number, tags, strange)
        if row[:1] in _DASHES and number > line and (found := _attributed(block, number - line, row)):
            said_by = found
            continue
        if "[[" in row:
            problems += [name for link in LINK.finditer(row) if (name := target(link[1]))]
            row = "" if marks else LINK.sub(_label, _FILED.sub("", row))
        if not marks:
            words.append(row)
    text = "\n".join(words).strip()
    if not text:
        return None
    # A tag that may have been meant to hold the words back holds them back, misspelled or not.
    if any(number >= line and _is_careful(word) for number, word in strange):
        tags.append("offrecord")
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _said(head, said_by, text, problems, tags, identifier, line)


def _is_careful(tag: str) -> bool:
    """Whether an unknown tag speaks of a permission, as a slip or in words of its own."""
    plain = tag.lower().replace("-", "").replace("_", "")
    return plain in _HOLD_BACK or bool(near_miss(plain, _PERMISSIONS))


def _block_id(row: str) -> str:
    """The block id at the end of a row, or nothing."""
    before, _, name = row.rpartition("^")
    return name if _ID.fullmatch(name) and (not before or before[-1].isspace()) else ""


def _label(link: re.Match[str]) -> str:
    return link[2] or target(link[1])


def _attributed(block: Sequence[str], at: int, row: str) -> str:
    """What a row that begins with a dash says of the speaker; empty if words follow it."""
    # Looked up from the end, so that a block of nothing but dashes stays cheap.
    end = len(block) - 1
    while end > at and (not block[end] or is_marks(block[end])):
        end -= 1
    match = _ATTRIBUTION.fullmatch(row) if at == end else None
    return match[1] if match else ""


def _take_tags(row: str, number: int, tags: list[str], strange: list[Row]) -> str:
    """The row without the tags that we know."""
    ours = len(tags)
    for word in _TAG.findall(row):
        tag = word.lower()
        if tag in KNOWN_TAGS:
            tags.append(tag)
        else:
            strange.append((number, word))
    return row if len(tags) == ours else _SPACES.sub(" ", _TAG.sub(_unknown, row)).strip()


def _unknown(tag: re.Match[str]) -> str:
    return "" if tag[1].lower() in KNOWN_TAGS else tag[0]


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
    if FORGOTTEN in account or FORGOTTEN in person:
        # Of somebody who is forgotten nothing counts, and nothing goes out.
        account, quotable = "", Quotable.OFFRECORD
    return Quote(text, filed, account, person, role, industry, quotable, kept, identifier, line)


def _attribution(text: str) -> tuple[str, str, str]:
    """Who, account and role of `who, account, role`; a legal form stays with its company (`Acme, Inc.`)."""
    parts: list[str] = []
    for part in text.split(","):
        if len(parts) > 1 and part.replace(".", "").strip().lower() in LEGAL_FORMS:
            parts[-1] += f",{part.rstrip()}"
        else:
            parts.append(part.strip())
    who, where, *what = [*parts, ""]
    return unlink(who), unlink(where), ", ".join(role for role in what if role)
