"""What the keys of somebody's notes and the columns of their tables mean: remembered, given, guessed or asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from heard.base.fields import flag
from heard.base.text import did_you_mean, squeeze
from heard.listen.habits import IGNORED, NEVER_ASKED, NOTE_KEYS, TABLE_KEYS, guess_note_key
from heard.listen.headers import Keys
from heard.listen.note_drafts import Note
from heard.listen.remembered import KEYS, TABLES, header_key, read_tables, remember, table_entry
from heard.listen.row_drafts import Choice, choose, has_column, unknown_column
from heard.listen.tables import Table
from heard.values import Finding, HeardError, Severity
from heard.workspace import Workspace, own_keys

AskKey = Callable[[str, Sequence[str], int], str]
"""Asks which of our keys a key of theirs is (with some of its values, and in how many notes); empty for none."""

AskColumn = Callable[[str, Sequence[str]], str]
"""Asks which column of a table (its name, its columns) holds the words; empty for none."""

_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for: the files, `ours=theirs` pairs, and how far to go."""

    paths: tuple[Path, ...]
    given: Mapping[str, str] = field(default_factory=dict)
    accept: bool = False
    dry_run: bool = False
    ask_key: AskKey | None = None
    ask_column: AskColumn | None = None


@dataclass(frozen=True, slots=True)
class Meanings:
    """How notes' headers are read, and the columns of each table by its name; what is new, to be remembered."""

    keys: Keys
    choices: Mapping[str, Choice]
    fresh_keys: Mapping[str, str]
    fresh_tables: Mapping[str, str]


def understood(
    workspace: Workspace,
    wishes: Wishes,
    notes: Sequence[Note],
    tables: Mapping[str, Table],
    named: frozenset[str],
    findings: list[Finding],
) -> Meanings:
    """What keys and columns mean; `named` are the files that were named themselves.

    Raises `HeardError` where --map names nothing that is there.
    """
    remembered = {squeeze(name): means for name, means in own_keys(workspace.private).items()}
    fresh = _given(wishes.given, notes, tables.values())
    remembered |= {squeeze(name): means for name, means in fresh.items()}
    fresh |= _guessed(notes, remembered, wishes.ask_key, findings)
    keys = Keys({**remembered, **{squeeze(name): means for name, means in fresh.items()}})
    before = read_tables(workspace.private.settings)
    choices: dict[str, Choice] = {}
    entries: dict[str, str] = {}
    for name, table in tables.items():
        key = header_key(table.header)
        choice = _choice(name, table, before.get(key, {}), wishes, name in named, findings)
        if choice:
            choices[name] = choice
            if choice.columns != before.get(key):
                entries[key] = table_entry(choice.columns)
    return Meanings(keys, choices, fresh, entries)


def keep(workspace: Workspace, meanings: Meanings) -> None:
    """Remember what is new for the next time."""
    if meanings.fresh_keys:
        remember(workspace.private.settings, KEYS, meanings.fresh_keys)
    if meanings.fresh_tables:
        remember(workspace.private.settings, TABLES, meanings.fresh_tables)


def _given(given: Mapping[str, str], notes: Iterable[Note], tables: Iterable[Table]) -> dict[str, str]:
    """What --map says of the notes' keys; an error where it names nothing that is here."""
    names = sorted({name for note in notes for name in note.said})
    columns = [name for table in tables for name in table.columns]
    found: dict[str, str] = {}
    for mine, theirs in given.items():
        if mine not in TABLE_KEYS:
            raise HeardError(f"--map {mine}={theirs}: heard has no `{mine}`{did_you_mean(mine, TABLE_KEYS)}.")
        spelled = next((name for name in names if squeeze(name) == squeeze(theirs)), "")
        if spelled and mine in NOTE_KEYS:
            found[spelled] = mine
        elif theirs not in columns and squeeze(theirs) not in {squeeze(name) for name in columns}:
            there = [*columns, *names]
            hint = did_you_mean(theirs, there) or (f": there are {', '.join(there[:20])}" if there else "")
            raise HeardError(f"--map {mine}={theirs}: nothing here is called “{theirs}”{hint}.")
    return found


def _guessed(
    notes: Sequence[Note], known: Mapping[str, str], ask: AskKey | None, findings: list[Finding]
) -> dict[str, str]:
    """What keys of the notes' headers mean that nobody has said yet: guessed, or asked once."""
    seen: dict[str, list[str]] = {}
    for note in notes:
        for name, said in note.said.items() if note.document.header else ():
            seen.setdefault(name, []).extend(said[:1])
    new = [name for name in seen if name not in NOTE_KEYS and squeeze(name) not in known]
    found = {name: means for name in new if (means := guess_note_key(name))}
    strange = [name for name in new if name not in found and _worth_asking(name, seen[name], len(notes))]
    if ask:
        for name in sorted(strange, key=lambda one: -len(seen[one]))[:_QUESTIONS]:
            found[name] = ask(name, seen[name][:3], len(seen[name])) or IGNORED
    elif strange:
        listed = ", ".join(f"`{name}`" for name in strange[:_QUESTIONS])
        message = f"nobody knows what {listed} in your notes' headers means: --map account={strange[0]} would say it"
        findings.append(flag(notes[0].name, 1, message, "import/unknown-key", Severity.WORTH_A_LOOK))
    return found


def _worth_asking(name: str, values: Sequence[str], notes: int) -> bool:
    short = [
        value for value in values if 2 < len(value) < 60 and not value[:1].isdigit() and any(map(str.isalpha, value))
    ]
    return len(short) >= max(2, notes // 10) and len(short) > len(values) / 2 and squeeze(name) not in NEVER_ASKED


def _choice(
    name: str, table: Table, remembered: Mapping[str, str], wishes: Wishes, named: bool, findings: list[Finding]
) -> Choice | None:
    """The columns of a table to read: given, remembered, guessed, or asked; None (and a finding) without words."""
    choice = choose(table, wishes.given, remembered)
    gone = [theirs for theirs in remembered.values() if not has_column(table, theirs)]
    findings += [flag(name, 1, unknown_column(table, theirs), "import/no-column") for theirs in gone]
    if {"quote", "notes"} & set(choice.columns):
        return choice
    column = wishes.ask_column(name, table.columns) if wishes.ask_column else ""
    if column:
        return replace(choice, columns={**choice.columns, "quote": column})
    listed = ", ".join(f"“{one}”" for one in table.columns[:15])
    message = f"which column holds their words? Say --map quote=COLUMN. It has {listed}"
    severity = Severity.TO_FIX if named else Severity.WORTH_A_LOOK
    findings.append(flag(name, 1, message, "import/no-column", severity))
    return None
