"""Drafts from a note as its writer left it: Markdown of any habit, or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from heard.base.dates import any_date
from heard.base.document import Document, parse_to_read
from heard.listen.habits import OFF_RECORD
from heard.listen.headers import Keys, Said, header_values, meta_lines, signed_account, where_of
from heard.listen.known import Known
from heard.listen.labels import speaking
from heard.listen.markdown_notes import read_note_file
from heard.listen.proposals import Proposal, propose, strongest
from heard.listen.seen import key_of
from heard.listen.whereabouts import Where, first_words, merged, read_title, title_below
from heard.values import Draft, Finding, Place, Quotable, Source

MOST = 40
"""So many proposals one note makes at most; the strongest stay."""

_TITLE = re.compile(r"^#{1,2}\s+(.*)$")
_ABOUT = re.compile(
    r"(?:^|\s)(?:title|subject|betreff|topic|meeting|call|visit|interview|gespräch|besuch|telefonat|termin)$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"^(?:From|Von): .*@|^-{3,} ?Original Message", re.MULTILINE)
_CHAT = re.compile(r"^\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Note:
    """A note's text taken apart: its header's keys, and the lines of its body that are keys, too."""

    name: str
    document: Document
    said: Said

    @property
    def lines(self) -> list[str]:
        """All lines of the file, its header's included."""
        head = ["---", *(self.document.header or "").split("\n")] if self.document.header is not None else []
        return [*head, *self.document.body.split("\n")]


def open_note(text: str, name: str, findings: list[Finding]) -> Note:
    """The note of a file's text. `name` is its path as it is told."""
    document = parse_to_read(text.removeprefix("\ufeff"))
    said = header_values(document, name, findings)
    meta = meta_lines(document.body)
    return Note(name, document, {**{key: value for key, value in meta.items() if key not in said}, **said})


def about(note: Note, keys: Keys, known: Known) -> Where:
    """Who, where and when, from a note's header, its first lines, its file's name, and its signature."""
    lines = note.document.body.split("\n")
    known = replace(known, speaking=speaking(lines))
    where = where_of(note.said, keys, known)
    titles = [match[1] for line in lines[:15] if (match := _TITLE.match(line))][:1]
    stem = PurePosixPath(note.name).stem
    named = read_title(stem, known)
    daily = bool(re.fullmatch(r"[\d\W_]+\w{0,3}", stem))
    for title in [*note.said.get("title", ()), *titles, *_underlined(lines)]:
        if not daily:
            sure = _same_start(title, stem)
            where = merged(
                where, read_title(title, known, account=where.account, sure=sure, strict=bool(where.account))
            )
    if _MAIL.search(note.document.body):
        where = merged(where, _mail(note, known))
    elif _CHAT.search(note.document.body):
        where = merged(where, Where(source=Source.CHAT))
    elif not daily and named.source is not Source.EVENT:
        where = _from_first_lines(where, lines, known)
    where = merged(where, named)
    account = where.account or known.employer(where.people)
    return replace(where, account=account, heard=where.heard or named.heard or _any_line_date(lines))


def _mail(note: Note, known: Known) -> Where:
    body = note.document.body
    dates = re.findall(r"^(?:Date|Sent|Datum|Gesendet): (.*)$", body, re.MULTILINE)
    return Where(
        account=signed_account(body, known),
        heard=next((found for text in dates if (found := any_date(text))), None),
        source=Source.EMAIL,
    )


def _from_first_lines(where: Where, lines: Sequence[str], known: Known) -> Where:
    rows = [re.sub(r"^>\s*(?=\*\*)", "", line) for line in lines if not re.match(r"\s*[=~-]{3,}\s*$", line)]
    told = [value for row in rows if (value := _unlabelled(row)) and not row.lstrip().startswith("#")]
    for number, row in enumerate(first_words(told)):
        if len({known.account(part) for part in re.split(r"[(),;]|\b(?:and|AND)\b", row)} - {""}) > 1:
            break
        found = read_title(row, known, account=where.account, sure=bool(where.account) and number < 3)
        if not where.account and not found.account and number:
            break
        where = merged(where, replace(found, people=found.people if number < 3 else ()))
    return where


def _unlabelled(row: str) -> str:
    """A first line without its label (`**Meeting Title:** Acme`); empty for a line that is another key."""
    label = re.match(r"\W*([^\W\d_][\w -]{1,25}?)(?:\*\*)?:(?:\*\*)?\s+(.+)$", row)
    if not label:
        return row
    return label[2] if _ABOUT.search(label[1]) else ""


def _underlined(lines: Sequence[str]) -> list[str]:
    rows = [line for line in lines[:8] if line.strip()]
    return rows[:1] if len(rows) > 1 and re.match(r"\s*={3,}\s*$", rows[1]) else []


def _same_start(title: str, stem: str) -> bool:
    return title.split()[:1] == stem.replace("_", " ").split()[:1]


def _any_line_date(lines: Iterable[str]) -> datetime | None:
    rows = [line for line in lines if line.strip()][:6]
    return next((found for row in rows if (found := any_date(row))), None)


Names = tuple[list[str], list[str], list[tuple[str, str]]]
"""Accounts, people, and pairs of a person and the account they work for."""


def names_in(note: Note, keys: Keys, known: Known) -> Names:
    """Whom a note names plainly, so that other notes can be understood by it."""
    where = about(note, keys, known)
    employers = [(name, where.account) for name in where.people]
    accounts, people = [where.account], list(where.people)
    for line in note.document.body.split("\n"):
        if re.match(r"#{1,3}\s|\s*(?:[-*] )?\d{1,2}[:.]\d\d ", line) and len(line) < 90:
            found = title_below(line, where, known)
            accounts.append(found.account)
            people += found.people
            employers += [(name, found.account) for name in found.people]
        accounts += [
            name for name in re.findall(r"— [^,\n]+, ([A-ZÀ-Þ][^,\n]+)$", line) if line.lstrip().startswith(">")
        ]
    named = [name for name in people if " " in name]
    return [name for name in accounts if name], named, [pair for pair in employers if " " in pair[0] and pair[1]]


def note_drafts(note: Note, keys: Keys, known: Known, *, quotes: bool = True) -> list[Draft]:
    """The drafts that a note makes. Without `quotes` its blockquotes are left out: they are quotes already."""
    where = about(note, keys, known)
    statements = read_note_file(note.document.body, note.document.body_line, where, known)
    proposals = propose([one for one in statements if quotes or one.kind != "quote"])
    return [_draft(proposal, note.name) for proposal in strongest(proposals, MOST)]


def _draft(proposal: Proposal, name: str) -> Draft:
    said = proposal.statement
    where = said.where
    speaker = said.speaker or where.person
    day = where.heard.date().isoformat() if where.heard else ""
    return Draft(
        place=Place("", 1),
        text=proposal.text,
        why=proposal.why,
        origin=f"{name}:{said.line}",
        key=key_of("note", PurePosixPath(name).name, proposal.text),
        conversation=key_of("conversation", PurePosixPath(name).name, where.account, day)[:12],
        heard=where.heard,
        source=where.source or Source.CALL,
        account=where.account,
        person=speaker,
        role=said.role or where.role_of(speaker),
        industry=where.industry,
        quotable=Quotable.OFFRECORD if OFF_RECORD.search(f"{said.text} {said.section}") else where.quotable,
        tags=proposal.tags,
        related=proposal.related,
    )
