"""Reads any table of a spreadsheet or a CRM: commas, semicolons, tabs or bars, with lines inside cells."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.base.text import squeeze

_DELIMITERS = (",", ";", "\t", "|")
_DATED = re.compile(r"\d[:./-]\d|^\W*\d+$")
_HEAD = 40
"""So many rows are looked at to tell the delimiter."""

csv.field_size_limit(50_000_000)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns' names (unique, none empty), and its rows with the line that each begins at.

    `torn` says, by line, which rows may have come apart.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    torn: tuple[tuple[int, str], ...] = ()

    @property
    def header(self) -> str:
        """The columns' names in one text: equal for tables of the same make."""
        return "\x1f".join(squeeze(name) or name for name in self.columns)


def looks_like_table(text: str, *, sure: bool = False) -> bool:
    """Whether a text is a table: a row of names, and rows below it with as many cells."""
    if text.startswith("---\n") or re.match(r"\s*(?:#{1,6} |[-*>] )", text):
        return False
    delimiter, share = _delimiter(text)
    if not delimiter:
        return sure and "\n" in text.strip()
    head = next(_rows(text[:20_000], delimiter), [])
    names = [cell.strip() for cell in head]
    named = (
        all(len(name) <= 60 for name in names)
        and len({*names}) > 1
        and not any(_is_sentence(name) or _DATED.search(name) for name in names)
    )
    if not sure and (not all(names) or _is_prose(text, delimiter)):
        return False
    rows = text.strip().count("\n")
    return named and (share >= 0.8 or sure) and (rows >= 1 or len(names) > 3 or sure)


def _is_sentence(name: str) -> bool:
    """Whether a cell of the first row is no name of a column; one may be cut short (`Kundennr.`)."""
    return name.endswith((".", "!", "?")) and len(name.split()) > 3


def _is_prose(text: str, delimiter: str) -> bool:
    """Whether commas are followed by spaces, as writers put them and programs do not."""
    rows = list(itertools.islice(_rows(text[:20_000], delimiter), _HEAD))
    return delimiter == "," and sum(any(cell[:1] == " " for cell in row) for row in rows) * 2 > len(rows)


def _delimiter(text: str) -> tuple[str, float]:
    """The delimiter that gives the rows the same number of cells, two at least, and the share that has it."""
    best, score = "", (0.0, 0)
    head = text[:200_000].lstrip("\n\r")
    for delimiter in _DELIMITERS:
        first = head.split("\n", 1)[0]
        if delimiter not in first:
            continue
        rows = []
        for row in _rows(head, delimiter):
            rows.append(len(row))
            if len(rows) > _HEAD:
                break
        width = rows[0] if rows else 0
        share = sum(1 for count in rows if count == width) / max(1, len(rows))
        if width > 1 and (share, width) > score:
            best, score = delimiter, (share, width)
    return best, score[0]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error:
        return


def read_table(text: str) -> Table:
    """The table of a text. Reading never fails; cells that a row has too many are added to its last one."""
    delimiter = _delimiter(text)[0] or ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, tuple[str, ...]]] = []
    torn: list[tuple[int, str]] = []
    line = 1
    columns: tuple[str, ...] = ()
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            torn.append((line, f"this row cannot be read ({error}), and was left out"))
            line = reader.line_num + 1
            continue
        began, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = _named(row)
            continue
        if any(cell.strip() for cell in row[len(columns) :]):
            message = f"{len(row)} cells in a table of {len(columns)} columns: put words that hold a “{delimiter}” "
            torn.append((began, f"{message}into quotation marks"))
        rows.append((began, _fitted(row, len(columns), delimiter)))
    if rows and line - rows[-1][0] > 1 and _unclosed(text, rows[-1][0], delimiter):
        torn.append((rows[-1][0], "a quotation mark is opened here and never closed: all below it is one cell"))
    return Table(columns, tuple(rows), tuple(torn))


def _unclosed(text: str, line: int, delimiter: str) -> bool:
    rest = itertools.islice(io.StringIO(text, newline=""), line - 1, None)
    try:
        for _ in csv.reader(rest, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _named(row: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(row, 1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {number}"
        others = (f"{name} ({more})" for more in itertools.count(number))
        names.append(next(free for free in itertools.chain([name], others) if free not in names))
    return tuple(names)


def _fitted(row: Sequence[str], width: int, delimiter: str) -> tuple[str, ...]:
    cells = [cell.strip() for cell in row]
    if len(cells) > width > 0:
        cells[width - 1 :] = [delimiter.join(row[width - 1 :]).strip().rstrip(delimiter).strip()]
    return (*cells, *[""] * (width - len(cells)))
