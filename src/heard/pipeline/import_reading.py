"""The files of an import read to drafts; what one of them says plainly of names helps to understand the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.base.domains import domain_of
from heard.base.fields import flag, header
from heard.base.reading import read as read_text
from heard.listen.headers import unread_dates
from heard.listen.known import Known, known_names
from heard.listen.note_drafts import Note, names_in, note_drafts, open_note
from heard.listen.people import Ours, ours
from heard.listen.row_drafts import row_drafts
from heard.listen.seen import content_key, key_of, numbered
from heard.listen.sources import File
from heard.listen.tables import Table, read_table
from heard.listen.transcripts import call_drafts, read_turns
from heard.pipeline import log
from heard.pipeline.meanings import Meanings, Wishes, understood
from heard.values import Draft, Finding
from heard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Found:
    """A draft, the key of the file that it is from, and whether it is a table's row."""

    draft: Draft
    source: str
    row: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found: `copies` counts words that stood in two files, `nothing` names files without any."""

    found: tuple[Found, ...]
    copies: int
    nothing: tuple[str, ...]
    in_place: bool
    meanings: Meanings


@dataclass(frozen=True, slots=True)
class _Opened:
    notes: Mapping[str, Note]
    tables: Mapping[str, Table]
    home: Path


def read_files(workspace: Workspace, wishes: Wishes, files: Sequence[File], findings: list[Finding]) -> Reading:
    """Read all files. Raises `HeardError` where --map names nothing that is there."""
    opened = _opened(workspace, files, findings)
    named = frozenset(file.name for file in files if file.named)
    meanings = understood(workspace, wishes, list(opened.notes.values()), opened.tables, named, findings)
    accounts = log.names(workspace).accounts
    domains = {domain: one.name for one in accounts for name in one.others if (domain := domain_of(name))}
    known = known_names([one.name for one in accounts], [], _us(workspace), domains=domains)
    known = _learnt(known, opened, meanings)
    taken: Counter[str] = Counter()
    found: dict[str, Found] = {}
    nothing: list[str] = []
    copies, seen = 0, set[object]()
    for file in files:
        drafts = _drafts(file, opened, meanings, known, findings)
        if not drafts and file.found.kind in ("notes", "transcript", "table", "empty"):
            nothing.append(file.name)
        row = file.found.kind == "table"
        source = _source(file, meanings)
        # A copy under another name says nothing new, unless its name tells of somebody else.
        told = (source, tuple((one.text, one.account, one.person, one.heard) for one in drafts))
        # Two exports hold the same rows: only within one of them are equal rows two.
        keyed = numbered(drafts, Counter() if row else taken) if told not in seen else ()
        fresh = {one.key: Found(one, source, row) for one in keyed if one.key not in found}
        copies += len(drafts) - len(fresh)
        seen.add(told)
        found |= fresh
    in_place = any(file.whole.is_relative_to(opened.home) for file in files if file.found.kind == "notes")
    return Reading(tuple(found.values()), copies, tuple(nothing), in_place, meanings)


def _opened(workspace: Workspace, files: Iterable[File], findings: list[Finding]) -> _Opened:
    notes: dict[str, Note] = {}
    tables: dict[str, Table] = {}
    for file in files:
        if file.found.kind == "notes":
            notes[file.name] = open_note(file.found.text, file.name, findings)
        elif file.found.kind == "table":
            tables[file.name] = table = read_table(file.found.text)
            findings += [flag(file.name, line, message, "import/row") for line, message in table.torn]
    return _Opened(notes, tables, workspace.private.notes.resolve())


def _source(file: File, meanings: Meanings) -> str:
    """What a file is remembered by; a table whose words stand in another column than was thought is another."""
    key = content_key(file.content)
    choice = meanings.choices.get(file.name) if file.found.kind == "table" else None
    return key_of(key, choice.columns.get("quote", ""), choice.columns.get("notes", "")) if choice else key


def _drafts(file: File, opened: _Opened, meanings: Meanings, known: Known, findings: list[Finding]) -> list[Draft]:
    if file.found.kind == "notes":
        # Blockquotes of the person's own notes are quotes already.
        inside = file.whole.is_relative_to(opened.home)
        note = opened.notes[file.name]
        findings += unread_dates(note.said, meanings.keys, note.lines, file.name)
        return note_drafts(note, meanings.keys, known, quotes=not inside)
    if file.found.kind == "transcript":
        return call_drafts(read_turns(file.found.text, file.name, findings), file.name, known)
    if file.found.kind == "table" and file.name in meanings.choices:
        columns = meanings.choices[file.name].columns
        return row_drafts(opened.tables[file.name], file.name, columns, known, findings)
    return []


def _us(workspace: Workspace) -> Ours:
    path = workspace.public.content / "expert.yml"
    text = read_text(path, "content/expert.yml", []) if path.exists() else None
    fields = header(text, "content/expert.yml", [], line=1) if text else None
    return ours([fields.text("name"), *fields.texts("team")], fields.texts("domains")) if fields else ours([])


def _learnt(known: Known, opened: _Opened, meanings: Meanings) -> Known:
    """What is known with the names of companies and people that the files say plainly."""
    accounts = [name for _, name in known.accounts]
    people: list[str] = []
    employers: list[tuple[str, str]] = []
    for name, choice in meanings.choices.items():
        pairs = _pairs(opened.tables[name], choice.columns.get("person", ""), choice.columns.get("account", ""))
        accounts += [account for _, account in pairs if account]
        people += [who for who, _ in pairs if " " in who and who not in known.ours]
        employers += [pair for pair in pairs if " " in pair[0]]
    # Twice, since the names of the last note help with the first.
    for _ in range(2 if opened.notes else 0):
        known = known_names(accounts, people, known.ours, employers, known.domains)
        for note in opened.notes.values():
            more, others, works = names_in(note, meanings.keys, known)
            accounts += more
            people += others
            employers += works
    return known_names(accounts, people, known.ours, employers, known.domains)


def _pairs(table: Table, person: str, account: str) -> list[tuple[str, str]]:
    """Everybody in a table with the company they work for; either may be empty."""
    places = [table.columns.index(column) if column in table.columns else -1 for column in (person, account)]
    found = {tuple(row[at] if at >= 0 and len(row[at]) < 100 else "" for at in places) for _, row in table.rows}
    return sorted((who, where) for who, where in found if who or where)
