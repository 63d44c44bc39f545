"""Keeps what was read from the notes, so that ten thousand unchanged ones need not be read again.

The cache is a JSON file on the private side: a list of rows, one a note, each with the times and the
size it was read at. It may be deleted at any time, and a damaged one is passed over.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from heard import __version__
from heard.base.files import PRIVATE_MODE, Missed, walk, write
from heard.base.reading import read
from heard.catalogue.copies import copy_finding, missed_findings, name_finding, without_copies
from heard.catalogue.heading import NO_KEYS, Keys
from heard.catalogue.notes import read_note
from heard.values import UNSHOWN, Finding, HeardError, Note, Place, Quotable, Quote, Severity, Source

Row = list[Any]

MANY = 1500
"""From this number of new notes on, all cores read."""

_FORMAT = f"{__version__}/3"
_SOURCES = {source.value: source for source in Source}
_QUOTABLE = {quotable.value: quotable for quotable in Quotable}


Stamp = list[int]
"""When a file was changed, when anything about it was changed, and its size: alike, it is unchanged."""

File = tuple[str, str, Stamp]
"""A note's path, its name in findings, and its stamp."""


def read_notes(
    folder: Path, prefix: str, cache: Path, own_keys: Keys = NO_KEYS
) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    """All notes below a folder, newest last, with everything that is wrong in them.

    `prefix` is how findings name the folder; `own_keys` says what the person's own keys mean. Only notes that
    changed since the last time are read, all of them if the keys did.
    """
    keys = {name.lower(): ours for name, ours in own_keys.items()}
    made = f"{_FORMAT}/{json.dumps(keys, sort_keys=True)}" if keys else _FORMAT
    with _no_collection():
        missed: list[Missed] = []
        found, copies = without_copies(_stamps(folder, missed))
        skip = len(str(folder)) + 1
        files = [(path, f"{prefix}/{path[skip:]}", stamp) for path, stamp in sorted(found.items())]
        kept = _load(cache / "notes.json", made)
        try:
            rows, changed = _rows(files, kept, keys)
            notes, findings = _values(rows)
        except (TypeError, ValueError, KeyError, IndexError):
            rows, changed = _rows(files, {}, keys)
            notes, findings = _values(rows)
        if changed or len(rows) != len(kept):
            _save(cache / "notes.json", rows, made)
        left = [copy_finding(f"{prefix}/{path[skip:]}") for path in copies]
        left += [name_finding(name, Severity.WORTH_A_LOOK) for _, name, _ in files if UNSHOWN.search(name)]
        left += missed_findings(
            missed, lambda path: f"{prefix}/{str(path)[skip:]}".rstrip("/"), link=Severity.WORTH_A_LOOK
        )
        return notes, (*findings, *left)


def _stamps(folder: Path, missed: list[Missed]) -> dict[str, Stamp]:
    stamps = {}
    for entry in walk(folder, ".md", missed):
        # A file may be gone again meanwhile: folders are synchronised.
        with suppress(FileNotFoundError):
            stat = entry.stat()
            stamps[entry.path] = [stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size]
    return stamps


def _rows(files: Sequence[File], kept: dict[str, Row], keys: Keys) -> tuple[list[Row], bool]:
    """A row for every file, and whether any had to be read. What could not be opened is read again."""
    fresh = [file for file in files if file[1] not in kept or not _is_current(kept[file[1]], file[2])]
    read_now = {row[0]: row for row in _read_all(fresh, keys)}
    return [read_now.get(name) or kept[name] for _, name, _ in files], bool(fresh)


def _is_current(row: Row, stamp: Stamp) -> bool:
    return bool(row[1] == stamp and row[2])


def _values(rows: Sequence[Row]) -> tuple[tuple[Note, ...], tuple[Finding, ...]]:
    notes = sorted([_note(row) for row in rows if row[2] is not None], key=_when)
    findings = tuple(_finding(row[0], item) for row in rows for item in row[3])
    return tuple(notes), findings


def _when(note: Note) -> tuple[datetime, str]:
    return (note.heard or datetime.min, note.path)


def _read_all(files: Sequence[File], keys: Keys) -> Iterable[Row]:
    cores = os.cpu_count() or 1
    if len(files) < MANY or cores < 2:
        return _read_some(files, keys)
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from itertools import chain
    from multiprocessing import get_context

    share = -(-len(files) // (cores * 4))
    parts = [files[at : at + share] for at in range(0, len(files), share)]
    try:
        with ProcessPoolExecutor(cores, mp_context=get_context(_way_to_start())) as pool:
            return chain.from_iterable(list(pool.map(partial(_read_some, keys=keys), parts)))
    except (BrokenProcessPool, OSError):
        # A program that cannot be started twice, or a machine without room for it.
        return _read_some(files, keys)


def _way_to_start() -> str:
    # A fork starts at once, but is safe only where nothing else runs.
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _read_some(files: Sequence[File], keys: Keys) -> list[Row]:
    rows: list[Row] = []
    for path, name, stamp in files:
        findings: list[Finding] = []
        text = read(path, name, findings)
        note = None if text is None else _pack(read_note(text, name, findings, keys))
        packed = [[f.place.line, f.severity.value, f.message, f.code] for f in findings]
        rows.append([name, stamp if note else None, note, packed])
    return rows


def _pack(note: Note) -> Row:
    heard = note.heard.isoformat() if note.heard else ""
    head = [note.source.value, note.account, note.person, note.role, note.industry, note.quotable.value]
    return [heard, *head, [_pack_quote(quote) for quote in note.quotes], note.rest]


def _pack_quote(quote: Quote) -> Row:
    said_by = [quote.account, quote.person, quote.role, quote.industry, quote.quotable.value]
    return [quote.text, list(quote.problems), *said_by, list(quote.tags), quote.id, quote.line]


def _note(row: Row) -> Note:
    name, _, packed, _ = row
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


def _load(path: Path, made: str) -> dict[str, Row]:
    try:
        kept = json.loads(path.read_bytes())
        return {row[0]: row for row in kept["notes"]} if kept["format"] == made else {}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def _save(path: Path, rows: Sequence[Row], made: str) -> None:
    text = json.dumps({"format": made, "notes": rows}, ensure_ascii=False, separators=(",", ":"))
    # It only saves time: a full disk must not keep anybody from reading.
    with suppress(HeardError):
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
            gc.freeze()
            gc.enable()
