"""Ten thousand notes: read for the first time, read again, and beside what any reader must do.

The peers read the same files: as bytes alone, and with PyYAML's C parser for the headers alone, which
is less than heard does (it reads the quotes too).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import yaml

from heard.catalogue.kept import read_notes
from heard.pipeline.catalogue import read, rows
from heard.workspace import at
from lib.notes import make
from lib.timing import median, row, run, seconds, taken, title

NOTES = 10_000


def main() -> int:
    """Make the notes and print the figures."""
    title(f"reading {NOTES} notes, 400 accounts, 80 problems (bench/reading.py)")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, NOTES)
        notes = root / "content" / "private" / "notes"
        plain = median(3, lambda: as_bytes(notes))
        headers = median(3, lambda: as_headers(notes))
        kept = at(root).private.cache
        cold_command, cold = commands(root, kept, cold=True), []
        for _ in range(3):
            shutil.rmtree(kept, ignore_errors=True)
            cold.append(taken(lambda: rows(read(at(root)))))
        warm = median(5, lambda: rows(read(at(root))))
        alone = at(root).private
        notes_warm = median(5, lambda: read_notes(alone.notes, "notes", alone.cache))
        shutil.rmtree(kept, ignore_errors=True)
        notes_cold = taken(lambda: read_notes(alone.notes, "notes", alone.cache))
        warm_command = commands(root, kept, cold=False)
    row("peer: read the bytes", seconds(plain))
    row("peer: yaml.CSafeLoader on the headers alone", seconds(headers))
    row(
        "heard reads the notes, nothing kept", seconds(notes_cold), f"{against(notes_cold, headers, plain)}, target 2 s"
    )
    row(
        "heard reads the notes, nothing changed",
        seconds(notes_warm),
        f"{against(notes_warm, headers, plain)}, target 0.4 s",
    )
    cold_read = statistics.median(cold)
    row("heard reads and counts all, nothing kept", seconds(cold_read), against(cold_read, headers, plain))
    row("heard reads and counts all, nothing changed", seconds(warm), against(warm, headers, plain))
    row("`heard problems`, nothing kept", seconds(cold_command), against(cold_command, headers, plain))
    row(
        "`heard problems`, nothing changed",
        seconds(warm_command),
        against(warm_command, headers, plain),
    )
    return 0


def against(value: float, headers: float, plain: float) -> str:
    """A time beside the peers'."""
    return f"{value / headers:.2f} of the headers, {value / plain:.1f} of the bytes"


def commands(root: Path, kept: Path, *, cold: bool) -> float:
    """The median time of the whole command."""
    times = []
    for _ in range(3 if cold else 7):
        if cold:
            shutil.rmtree(kept, ignore_errors=True)
        done = run(["heard", "problems"], root)
        if done.code:
            raise SystemExit(done.err)
        times.append(done.seconds)
    return statistics.median(times)


def files(folder: Path) -> list[Path]:
    """Every note."""
    return [Path(top) / name for top, _, names in os.walk(folder) for name in names]


def as_bytes(folder: Path) -> int:
    """Read every note, and do nothing with it."""
    return sum(len(path.read_bytes()) for path in files(folder))


def as_headers(folder: Path) -> int:
    """Parse every header with the fastest loader that PyYAML has."""
    texts = (path.read_bytes().split(b"---\n", 2)[1] for path in files(folder))
    return sum(len(yaml.load(text, Loader=yaml.CSafeLoader)) for text in texts)


if __name__ == "__main__":
    sys.exit(main())
