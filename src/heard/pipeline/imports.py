"""The story of an import: files are recognised, read and proposed from; what came in before is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from heard.base.fields import flag, header, sorted_findings
from heard.base.reading import read as read_text
from heard.base.text import did_you_mean, squeeze
from heard.catalogue.accounts import key_of
from heard.listen.batch import write_all_new
from heard.listen.drafts import cleaned, read_drafts, rewrite_draft, save_drafts
from heard.listen.habits import IGNORED, TABLE_KEYS, guess_note_key
from heard.listen.habits import NOTE_KEYS as NOTE_KEYS
from heard.listen.headers import Keys
from heard.listen.note_drafts import Note, names_in, note_drafts, open_note
from heard.listen.people import Ours, ours
from heard.listen.remembered import KEYS, TABLES, header_key, read_tables, remember, table_entry
from heard.listen.row_drafts import Choice, choose, row_drafts, unknown_column
from heard.listen.seen import content_key, ledger_file, numbered, read_ledger
from heard.listen.sources import File, found_files
from heard.listen.sources import other_transcriber as other_transcriber
from heard.listen.sources import transcriber as transcriber
from heard.listen.tables import Table, read_table
from heard.listen.transcripts import call_drafts, read_turns
from heard.listen.whereabouts import known_names
from heard.pipeline import log
from heard.pipeline.accepting import Accepted, accept_rows
from heard.values import Draft, Finding, HeardError, Severity
from heard.workspace import Workspace, own_keys

AskKey = Callable[[str, Sequence[str], int], str]
"""Asks which of our keys a key of theirs is (with some of its values, and in how many notes); empty for none."""

AskColumn = Callable[[str, Sequence[str]], str]
"""Asks which column of a table (its name, its columns) holds the words; empty for none."""

_NEVER_ASKED = frozenset(
    squeeze(word)
    for word in [
        "tags",
        "tag",
        "aliases",
        "alias",
        "cssclasses",
        "cssclass",
        "title",
        "id",
        "uuid",
        "status",
        "type",
        "kind",
        "next",
        "topic",
        "location",
        "publish",
        "modified",
        "updated",
        "template",
        "banner",
        "cover",
        "parent",
        "up",
        "related",
        "links",
        "url",
        "rating",
        "mood",
        "weather",
        "project",
        "area",
        "category",
        "stage",
        "value",
        "amount",
        "owner",
        "archived",
        "created_by",
        "lang",
    ]
)
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
class Taken:
    """What an import did, or would do.

    `before` counts the words that came in before, `filled` those of them that wait and were completed; `nothing` names
    the files without a proposal. `keys` are those of the notes' own that were mapped just now; `columns` pairs a
    table's name with the columns that were read.
    """

    files: int
    drafts: tuple[Draft, ...]
    before: int
    nothing: tuple[str, ...]
    recordings: tuple[Path, ...]
    keys: Mapping[str, str]
    columns: tuple[tuple[str, Choice], ...]
    filled: int
    accepted: Accepted
    in_place: bool
    findings: tuple[Finding, ...]

    @property
    def accounts(self) -> int:
        """How many companies the new drafts come from."""
        return len({key_of(draft.account) for draft in self.drafts if draft.account})


def import_all(workspace: Workspace, wishes: Wishes, today: date) -> Taken:
    """Read the files, and save what is new: as drafts in the inbox, or with `accept` a table's rows as notes.

    Nothing that is imported is ever changed. Raises `HeardError` where a file that was named is not there.
    """
    findings: list[Finding] = []
    files = found_files(wishes.paths, workspace.root, findings)
    reading = _Reading(workspace, wishes, _ours(workspace), findings)
    drafts, nothing = reading.read(files)
    waits = _waiting(workspace)
    ledger = read_ledger(workspace.private.inbox) | waits.keys()
    fresh = [draft for draft in drafts if draft.key not in ledger and reading.source[draft.key] not in ledger]
    filed = [draft for draft in fresh if wishes.accept and draft.key in reading.rows]
    waiting = [draft for draft in fresh if not (wishes.accept and draft.key in reading.rows)]
    whole = {content_key(file.content) for file in files}
    accepted = Accepted()
    if not wishes.dry_run:
        reading.remember()
    keys = {draft.key for draft in drafts} | whole
    if filed:
        extra = ledger_file(workspace.private.inbox, {draft.key for draft in filed} | whole, today)
        accepted = accept_rows(workspace, filed, extra, findings, dry_run=wishes.dry_run)
    filled = _filled_in(drafts, waits)
    if not wishes.dry_run:
        if waiting:
            save_drafts(workspace.private.inbox, waiting, today)
        for draft in filled:
            rewrite_draft(workspace.root / draft.place.path, draft)
    rest = keys - ledger - {draft.key for draft in filed}
    if rest and (waiting or not filed) and not wishes.dry_run:
        path, content = ledger_file(workspace.private.inbox, rest, today)
        if not path.exists():
            write_all_new({path: content})
    return Taken(
        files=len(files),
        drafts=tuple(waiting),
        before=len(drafts) - len(fresh),
        nothing=tuple(nothing),
        recordings=tuple(file.path for file in files if file.found.kind == "recording"),
        keys=reading.fresh_keys,
        columns=tuple(reading.columns),
        filled=len(filled),
        accepted=accepted,
        in_place=reading.in_place,
        findings=sorted_findings(findings),
    )


def _waiting(workspace: Workspace) -> dict[str, Draft]:
    """The drafts that wait, by their keys: a crash may have kept them from the ledger."""
    folder = workspace.private.inbox
    drafts, _ = read_drafts(folder, workspace.public.relative(folder))
    return {draft.key: draft for draft in drafts if draft.key}


def _filled_in(drafts: Iterable[Draft], waits: Mapping[str, Draft]) -> list[Draft]:
    """Drafts that wait, with what this reading knows of them and the one before did not: whose words, and when."""
    found = []
    for draft in drafts:
        before = waits.get(draft.key)
        if before is None:
            continue
        whole = replace(
            before,
            heard=before.heard or draft.heard,
            **{
                key: getattr(before, key) or getattr(draft, key)
                for key in ("account", "person", "role", "industry", "problem")
            },
        )
        if cleaned(whole) != before:
            found.append(whole)
    return found


def _ours(workspace: Workspace) -> Ours:
    path = workspace.public.content / "expert.yml"
    text = read_text(path, "content/expert.yml", []) if path.exists() else None
    fields = header(text, "content/expert.yml", [], line=1) if text else None
    return ours([fields.text("name"), *fields.texts("team")] if fields else [])


class _Reading:
    """An import while its files are read: what the keys and columns mean, and where every draft is from."""

    def __init__(self, workspace: Workspace, wishes: Wishes, us: Ours, findings: list[Finding]) -> None:
        self.workspace = workspace
        self.wishes = wishes
        self.findings = findings
        self.remembered = {squeeze(name): means for name, means in own_keys(workspace.private).items()}
        self.tables = read_tables(workspace.private.settings)
        self.fresh_keys: dict[str, str] = {}
        self.fresh_tables: dict[str, str] = {}
        self.columns: list[tuple[str, Choice]] = []
        self.source: dict[str, str] = {}
        self.rows: set[str] = set()
        self.named: frozenset[str] = frozenset()
        self.in_place = False
        self.known = known_names([one.name for one in log.names(workspace).accounts], [], us)

    def read(self, files: Sequence[File]) -> tuple[list[Draft], list[str]]:
        """All drafts of the files, and the names of those that have none."""
        notes = {file.name: open_note(file.found.text, file.name, self.findings) for file in _of(files, "notes")}
        tables = {file.name: read_table(file.found.text) for file in _of(files, "table")}
        self._settle_given(notes.values(), tables.values())
        keys = self._keys(list(notes.values()))
        self.named = frozenset(file.name for file in files if file.named)
        choices = {name: choice for name, table in tables.items() if (choice := self._choice(name, table))}
        self._learn(notes.values(), keys, tables, choices)
        taken: Counter[str] = Counter()
        drafts: list[Draft] = []
        nothing: list[str] = []
        for file in files:
            found = self._drafts(file, notes, keys, tables, choices)
            found = list(numbered(found, taken))
            self.source |= dict.fromkeys((draft.key for draft in found), content_key(file.content))
            if file.found.kind == "table":
                self.rows |= {draft.key for draft in found}
            if not found and file.found.kind in ("notes", "transcript", "table", "empty"):
                nothing.append(file.name)
            drafts += found
        return drafts, nothing

    def _drafts(
        self,
        file: File,
        notes: Mapping[str, Note],
        keys: Keys,
        tables: Mapping[str, Table],
        choices: Mapping[str, Choice],
    ) -> list[Draft]:
        if file.found.kind == "notes":
            inside = file.path.resolve().is_relative_to(self.workspace.private.notes.resolve())
            self.in_place = self.in_place or inside
            return note_drafts(notes[file.name], keys, self.known, quotes=not inside)
        if file.found.kind == "transcript":
            return call_drafts(read_turns(file.found.text, file.name, self.findings), file.name, self.known)
        if file.found.kind == "table" and file.name in choices:
            columns = choices[file.name].columns
            return row_drafts(tables[file.name], file.name, columns, self.known, self.findings)
        return []

    def remember(self) -> None:
        """Keep what keys and columns mean for the next time."""
        if self.fresh_keys:
            remember(self.workspace.private.settings, KEYS, self.fresh_keys)
        if self.fresh_tables:
            remember(self.workspace.private.settings, TABLES, self.fresh_tables)

    def _settle_given(self, notes: Iterable[Note], tables: Iterable[Table]) -> None:
        """Take what was given with --map for keys of notes; what names nothing here is an error."""
        names = {name for note in notes for name in note.said}
        columns = [name for table in tables for name in table.columns]
        for mine, theirs in self.wishes.given.items():
            if mine not in TABLE_KEYS:
                raise HeardError(f"--map {mine}={theirs}: heard has no `{mine}`{did_you_mean(mine, TABLE_KEYS)}.")
            spelled = next((name for name in sorted(names) if squeeze(name) == squeeze(theirs)), "")
            if spelled and mine in NOTE_KEYS:
                self.fresh_keys[spelled] = mine
                self.remembered[squeeze(spelled)] = mine
            elif squeeze(theirs) not in {squeeze(name) for name in columns}:
                there = [*columns, *sorted(names)]
                hint = did_you_mean(theirs, there) or (f": there are {', '.join(there[:20])}" if there else "")
                raise HeardError(f"--map {mine}={theirs}: nothing here is called “{theirs}”{hint}.")

    def _keys(self, notes: Sequence[Note]) -> Keys:
        """What the keys of the notes' headers mean: remembered, given, guessed, or asked once."""
        seen: dict[str, list[str]] = {}
        for note in notes:
            for name, said in note.said.items() if note.document.header else ():
                seen.setdefault(name, []).extend(said[:1])
        strange = []
        for name, values in seen.items():
            if name in NOTE_KEYS or squeeze(name) in self.remembered:
                continue
            if means := guess_note_key(name):
                self.fresh_keys[name] = means
            elif _worth_asking(name, values, len(notes)):
                strange.append(name)
        if self.wishes.ask_key:
            for name in sorted(strange, key=lambda one: -len(seen[one]))[:_QUESTIONS]:
                self.fresh_keys[name] = self.wishes.ask_key(name, seen[name][:3], len(seen[name])) or IGNORED
        elif strange:
            listed = ", ".join(f"`{name}`" for name in strange[:_QUESTIONS])
            message = (
                f"nobody knows what {listed} in your notes' headers means: --map account={strange[0]} would say it"
            )
            self.findings.append(flag(notes[0].name, 1, message, "import/unknown-key", Severity.WORTH_A_LOOK))
        return Keys({**self.remembered, **{squeeze(name): means for name, means in self.fresh_keys.items()}})

    def _choice(self, name: str, table: Table) -> Choice | None:
        """The columns of a table to read: given, remembered, guessed, or asked; None (and a finding) without words."""
        key = header_key(table.header)
        remembered = self.tables.get(key, {})
        choice = choose(table, self.wishes.given, remembered)
        columns = dict(choice.columns)
        for theirs in [theirs for theirs in remembered.values() if squeeze(theirs) not in table.header.split("\x1f")]:
            self.findings.append(flag(name, 1, unknown_column(table, theirs), "import/no-column"))
        if not {"quote", "notes"} & set(columns):
            column = self.wishes.ask_column(name, table.columns) if self.wishes.ask_column else ""
            if not column:
                listed = ", ".join(f"“{one}”" for one in table.columns[:15])
                message = f"which column holds their words? Say --map quote=COLUMN. It has {listed}"
                severity = Severity.TO_FIX if name in self.named else Severity.WORTH_A_LOOK
                self.findings.append(flag(name, 1, message, "import/no-column", severity))
                return None
            columns["quote"] = column
        found = replace(choice, columns=columns)
        if columns != remembered:
            self.fresh_tables[key] = table_entry(columns)
        self.columns.append((name, found))
        return found

    def _learn(
        self, notes: Iterable[Note], keys: Keys, tables: Mapping[str, Table], choices: Mapping[str, Choice]
    ) -> None:
        """Names of companies and people that one file says plainly help to understand the others."""
        accounts = [name for _, name in self.known.accounts]
        people: list[str] = []
        employers: list[tuple[str, str]] = []
        for name, choice in choices.items():
            pairs = _pairs(tables[name], choice.columns.get("person", ""), choice.columns.get("account", ""))
            accounts += [account for _, account in pairs if account]
            people += [who for who, _ in pairs if " " in who and who not in self.known.ours]
            employers += [pair for pair in pairs if " " in pair[0]]
        for _ in range(2):
            self.known = known_names(accounts, people, self.known.ours, employers)
            for note in notes:
                more, others, works = names_in(note, keys, self.known)
                accounts += more
                people += others
                employers += works
        self.known = known_names(accounts, people, self.known.ours, employers)


def _of(files: Sequence[File], kind: str) -> list[File]:
    return [file for file in files if file.found.kind == kind]


def _worth_asking(name: str, values: Sequence[str], notes: int) -> bool:
    short = [
        value for value in values if 2 < len(value) < 60 and not value[:1].isdigit() and any(map(str.isalpha, value))
    ]
    return len(short) >= max(2, notes // 10) and len(short) > len(values) / 2 and squeeze(name) not in _NEVER_ASKED


def _pairs(table: Table, person: str, account: str) -> list[tuple[str, str]]:
    """Everybody in a table with the company they work for; either may be empty."""
    places = [table.columns.index(column) if column in table.columns else -1 for column in (person, account)]
    found = {tuple(row[at] if at >= 0 and len(row[at]) < 100 else "" for at in places) for _, row in table.rows}
    return sorted((who, where) for who, where in found if who or where)
