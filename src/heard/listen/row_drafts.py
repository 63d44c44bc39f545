"""Drafts from a table's rows: words as they stand in a column, or looked for in a column of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from heard.base.dates import any_date, day_first_of, is_ambiguous, why_unread
from heard.base.fields import flag
from heard.base.text import counted, did_you_mean, shortened, squeeze
from heard.listen.habits import OFF_RECORD, guess_columns
from heard.listen.headers import quotable_of, source_of
from heard.listen.known import Known
from heard.listen.markdown_notes import read_note_file
from heard.listen.people import without_title
from heard.listen.proposals import propose
from heard.listen.seen import key_of
from heard.listen.tables import Table
from heard.listen.whereabouts import Where
from heard.values import Draft, Finding, Place, Quotable, Severity, Source

Columns = Mapping[str, str]
"""Which column of a table holds which of our values: `{"quote": "Comment", …}`."""

_OUR_TAGS = frozenset(("trigger", "workaround", "cost", "wish", "objection", "minor", "serious", "critical"))
_PERMISSIONS = frozenset(("anonymous", "named", "offrecord"))
_TOLD = 10
"""So many rows whose date cannot be read are named."""

_HTML = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns that are read, and which of them were guessed (ours → theirs)."""

    columns: Columns
    guessed: Columns


def choose(table: Table, given: Columns, remembered: Columns) -> Choice:
    """The columns to read: given ones win, then remembered ones; without either, they are guessed."""
    known = {**remembered, **{ours: theirs for ours, theirs in given.items() if _column(table, theirs) is not None}}
    guessed = guess_columns(table.columns, [row for _, row in table.rows[:200]]) if not remembered else {}
    for text in ("quote", "notes"):
        if text in known:
            guessed = {ours: theirs for ours, theirs in guessed.items() if ours not in ("quote", "notes")}
    guessed = {ours: theirs for ours, theirs in guessed.items() if ours not in known and theirs not in known.values()}
    return Choice({**guessed, **known}, guessed)


def unknown_column(table: Table, theirs: str) -> str:
    """What is said about a column that a table does not have."""
    hint = did_you_mean(theirs, table.columns)
    return f"no column is called “{theirs}”{hint or ': it has ' + ', '.join(table.columns[:20])}"


def has_column(table: Table, theirs: str) -> bool:
    """Whether a table has a column of this name, however it is spelled."""
    return _column(table, theirs) is not None


def _column(table: Table, theirs: str) -> int | None:
    exact = [at for at, name in enumerate(table.columns) if name == theirs]
    like = exact or [at for at, name in enumerate(table.columns) if squeeze(name) == squeeze(theirs)]
    return like[0] if like else None


def row_drafts(table: Table, name: str, columns: Columns, known: Known, findings: list[Finding]) -> list[Draft]:
    """A draft for every row with words; from a column of notes, those that are worth proposing."""
    places = {ours: at for ours, theirs in columns.items() if (at := _column(table, theirs)) is not None}
    dates = [row[places["date"]] for _, row in table.rows] if "date" in places else []
    day_first = day_first_of(dates)
    unclear = next((text for text in dates[:500] if is_ambiguous(text)), "") if day_first is None else ""
    if unclear:
        message = f"dates such as {unclear} may be read in two ways, and are left out"
        findings.append(flag(name, 1, message, "import/date", Severity.WORTH_A_LOOK))
    reading = _Rows(places, columns, table.header, name, day_first, known)
    found = [(line, row, reading.drafts(line, row)) for line, row in table.rows]
    if "date" in places:
        undated = [(line, row[places["date"]]) for line, row, drafts in found if any(not one.heard for one in drafts)]
        findings += _unread_dates(undated, name, columns["date"], len(found))
    return [draft for _, _, drafts in found for draft in drafts]


def _unread_dates(rows: Sequence[tuple[int, str]], name: str, column: str, many: int) -> Iterator[Finding]:
    """What is said about dates that cannot be read; the words come in all the same."""
    wrong = [(line, text, why) for line, text in rows if (why := why_unread(text)) and not is_ambiguous(text)]
    if len(wrong) > _TOLD and len(wrong) * 2 > many:
        line, text, _ = wrong[0]
        message = (
            f"“{column}” holds no dates (here “{shortened(text, 30)}”): name the right column with --map date=COLUMN"
        )
        yield flag(name, line, message, "import/date", Severity.WORTH_A_LOOK)
        return
    for line, text, why in wrong[:_TOLD]:
        message = f"`{shortened(text, 30)}` {why}: what this row says came in without a date"
        yield flag(name, line, message, "import/date", Severity.WORTH_A_LOOK)
    if len(wrong) > _TOLD:
        message = f"and so are the dates of {counted(len(wrong) - _TOLD, 'more row')}, which came in without one, too"
        yield flag(name, wrong[_TOLD][0], message, "import/date", Severity.WORTH_A_LOOK)


@dataclass(frozen=True, slots=True)
class _Rows:
    places: Mapping[str, int]
    columns: Columns
    header: str
    name: str
    day_first: bool | None
    known: Known

    def drafts(self, line: int, row: tuple[str, ...]) -> list[Draft]:
        cells = {ours: row[at] for ours, at in self.places.items()}
        bare = self._draft(cells, line)
        if "quote" in cells:
            text = plain(cells["quote"])
            why = f"stands in the column “{self.columns['quote']}”"
            return [replace(bare, text=text, why=why, key=self._key(bare, text))] if any(map(str.isalnum, text)) else []
        return [self._noted(bare, found, line) for found in self._proposed(bare, cells)]

    def _draft(self, cells: Mapping[str, str], line: int) -> Draft:
        tags = [tag.strip().lstrip("#").lower() for tag in re.split(r"[,;|]", cells.get("tags", ""))]
        marked = OFF_RECORD.search(" ".join(f"#{tag}" for tag in re.split(r"[,;|#\s]+", cells.get("tags", ""))))
        marked = marked or OFF_RECORD.search(f"{cells.get('tags', '')} {cells.get('quote', '')}")
        allowed = (
            "offrecord" if marked else next((tag for tag in tags if tag in _PERMISSIONS), cells.get("quotable", ""))
        )
        return Draft(
            place=Place("", 1),
            text="",
            why="",
            origin=f"{self.name}:{line}",
            key="",
            conversation="",
            heard=any_date(cells.get("date", ""), day_first=self.day_first),
            source=source_of(cells.get("source", "")) or Source.OTHER,
            account=_one_line(cells.get("account", "")),
            person=without_title(_one_line(cells.get("person", ""))),
            role=_one_line(cells.get("role", "")),
            industry=_one_line(cells.get("industry", "")),
            quotable=quotable_of(allowed) if allowed else Quotable.NO,
            problem=words_of(cells.get("problem", "")),
            tags=tuple(tag for tag in tags if tag in _OUR_TAGS),
        )

    def _key(self, draft: Draft, text: str) -> str:
        # Not the file's name: next month's export holds the same rows.
        return key_of("row", text, draft.account, draft.person, _minute(draft.heard), draft.problem)

    def _proposed(self, bare: Draft, cells: Mapping[str, str]) -> list[Draft]:
        people = (bare.person,) if bare.person and bare.person not in self.known.ours else ()
        where = Where(account=bare.account, people=people, heard=bare.heard, source=bare.source)
        found = propose(read_note_file(plain(cells.get("notes", "")), 1, where, self.known))
        return [
            replace(
                bare,
                text=one.text,
                why=f"{one.why}, in the column “{self.columns['notes']}”",
                person=one.statement.speaker or bare.person,
                role=bare.role if (one.statement.speaker or bare.person) == bare.person else "",
                tags=bare.tags or one.tags,
                related=plain(cells["notes"]) if plain(cells["notes"]) != one.text else "",
            )
            for one in found
        ]

    def _noted(self, bare: Draft, found: Draft, line: int) -> Draft:
        day = _minute(found.heard)
        conversation = key_of("row", found.account, found.person, day, str(line))[:12]
        return replace(found, key=self._key(found, found.text), conversation=conversation)


def plain(text: str) -> str:
    """A cell as plain text: CRMs export their own marks as HTML."""
    if "<" in text and ">" in text:
        text = _TAG.sub("", _HTML.sub("\n", text))
    for mark, letter in (
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#39;", "'"),
    ):
        text = text.replace(mark, letter) if mark in text else text
    return text.strip()


def words_of(problem: str) -> str:
    """A problem in words: `card_arrival` → `card arrival`."""
    text = _one_line(problem)
    if " " not in text and ("_" in text or text.count("-") > 0):
        text = " ".join(re.split(r"[_-]+", text)).strip()
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _minute(heard: datetime | None) -> str:
    return heard.isoformat(timespec="minutes") if heard else ""
