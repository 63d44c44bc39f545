"""Keeps what was read from the notes, so that ten thousand unchanged ones need not be read again.

The cache is a JSON file on the private side: a list of rows, one a note, each with the size and the
modification time it was read at. It may be deleted at any time, and a damaged one is passed over.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from heard import __version__
from heard.base.files import PRIVATE_MODE, walk, write
from heard.base.reading import read
from heard.catalogue.notes import read_note
from heard.values import Finding, Note, Place, Quotable, Quote, Severity, Source

Row = list[Any]

MANY = 1500
"""From this number of new notes on, all cores read."""

_FORMAT = f"{__version__}/1"
_SOURCES = {source.value: source for source in Source}
_QUOTABLE = {quotable.value: quotable for quotable in Quotable}


def read_notes(folder: Path, prefix: str, cache: Path) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """All notes below a folder, newest last, with everything that is wrong in them.

    `prefix` is how findings name the folder. Only notes that changed since the last time are read.
    """
    with _no_collection():
        found = sorted((entry.path, entry.stat()) for entry in walk(folder, ".md"))
        known = _load(cache / "notes.json")
        skip = len(str(folder)) + 1
        rows: dict[str, Row] = {}
        changed: list[tuple[str, str, int, int]] = []
        for path, stat in found:
            name = f"{prefix}/{path[skip:]}"
            row = known.get(name)
            if row is not None and row[1] == stat.st_mtime_ns and row[2] == stat.st_size:
                rows[name] = row
            else:
                changed.append((path, name, stat.st_mtime_ns, stat.st_size))
        for row in _read_all(changed):
            rows[row[0]] = row
        if changed or len(rows) != len(known):
            _save(cache / "notes.json", [rows[name] for name in sorted(rows)])
        return _values(rows)


def _values(rows: dict[str, Row]) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    notes = sorted((_note(row) for row in rows.values()), key=_when)
    findings = tuple(_finding(row[0], item) for row in rows.values() for item in row[4])
    return tuple(notes), findings


def _when(note: Note) -> tuple[datetime, str]:
    return (note.heard or datetime.min, note.path)


def _read_all(files: Sequence[tuple[str, str, int, int]]) -> Iterable[Row]:
    cores = os.cpu_count() or 1
    if len(files) < MANY or cores < 2:
        return _read_some(files)
    from concurrent.futures import ProcessPoolExecutor
    from itertools import chain
    from multiprocessing import get_context

    share = -(-len(files) // (cores * 4))
    parts = [files[at : at + share] for at in range(0, len(files), share)]
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        return chain.from_iterable(list(pool.map(_read_some, parts)))


def _read_some(files: Sequence[tuple[str, str, int, int]]) -> list[Row]:
    rows = []
    for path, name, modified, size in files:
        findings: list[Finding] = []
        text = read(Path(path), name, findings)
        # A note that cannot be opened is a finding, and is tried again next time.
        note = read_note(text or "", name, findings) if text is not None else None
        packed = [[f.place.line, f.severity.value, f.message, f.code] for f in findings]
        rows.append([name, modified if note else 0, size, _pack(note) if note else None, packed])
    return rows


def _pack(note: Note) -> Row:
    heard = note.heard.isoformat() if note.heard else ""
    head = [note.source.value, note.account, note.person, note.role, note.industry, note.quotable.value]
    return [heard, *head, [_pack_quote(quote) for quote in note.quotes], note.rest]


def _pack_quote(quote: Quote) -> Row:
    said_by = [quote.account, quote.person, quote.role, quote.industry, quote.quotable.value]
    return [quote.text, list(quote.problems), *said_by, list(quote.tags), quote.id, quote.line]


def _note(row: Row) -> Note:
    name, _, _, packed, _ = row
    if packed is None:
        return Note(name, None, Source.OTHER, "", "", "", "", Quotable.NO, (), "")
    heard, source, account, person, role, industry, quotable, quotes, rest = packed
    return Note(
        name,
        datetime.fromisoformat(heard) if heard else None,
        _SOURCES[source],
        account,
        person,
        role,
        industry,
        _QUOTABLE[quotable],
        tuple([_quote(quote) for quote in quotes]),
        rest,
    )


def _quote(row: Row) -> Quote:
    text, problems, account, person, role, industry, quotable, tags, identifier, line = row
    return Quote(
        text,
        tuple(problems),
        account,
        person,
        role,
        industry,
        _QUOTABLE[quotable],
        tuple(tags),
        identifier,
        line,
    )


def _finding(name: str, packed: Row) -> Finding:
    line, severity, message, code = packed
    return Finding(Place(name, line), Severity(severity), message, code)


def _load(path: Path) -> dict[str, Row]:
    try:
        kept = json.loads(path.read_bytes())
        return {row[0]: row for row in kept["notes"]} if kept["format"] == _FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def _save(path: Path, rows: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps({"format": _FORMAT, "notes": rows}, ensure_ascii=False, separators=(",", ":"))
    write(path, text.encode("utf-8", "surrogatepass"), mode=PRIVATE_MODE)


@contextmanager
def _no_collection() -> Iterator[None]:
    # Tens of thousands of long-lived values at once: looking for cycles among them takes half the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
