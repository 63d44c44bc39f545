"""`heard inbox` with 500 drafts: how soon the first is shown, and from a key to the next item, at a terminal.

The drafts are customers' words of banking77 (../shared/data beside the repository); where they are not to
be had, invented ones stand in.
"""

from __future__ import annotations

import csv
import os
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from heard.listen.drafts import save_drafts
from heard.values import Draft, Place
from lib.timing import BIN, QUIET, REPO, row, run, seconds, title

DRAFTS = 500
KEYS = 300
DATA = REPO.parent / "shared/data/banking77/train.csv"
COLOUR = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
NEXT = re.compile(rb"(\d+) of (\d+) .*?q  quit", re.DOTALL)


def main() -> int:
    """Sit through 300 decisions and print the times between them."""
    title(f"`heard inbox`, {DRAFTS} drafts (bench/inbox.py)")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        run(["heard", "init", str(root), "--no-input"], Path(folder))
        save_drafts(root / "content/private/inbox", drafts(words()), date(2026, 11, 21))
        listed = run(["heard", "-C", str(root), "inbox", "list"], root)
        row("heard inbox list, nothing learnt yet", seconds(listed.seconds))
        first, gaps = sitting(root)
        row("heard inbox: first item shown", seconds(first))
        ordered = sorted(gaps)
        row(f"from a key to the next item, {len(gaps)} decisions", seconds(statistics.median(gaps)), "target 50 ms")
        row("95 % of them within", seconds(ordered[int(len(ordered) * 0.95)]), f"longest {seconds(ordered[-1])}")
    return 0


def words() -> list[str]:
    """500 utterances of twenty problems."""
    if not DATA.is_file():
        kinds = [f"problem number {n}: the {n}th machine stops at night" for n in range(20)]
        return [f"We have {kinds[n % 20]}, {n} times a year." for n in range(DRAFTS)]
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kinds = sorted({one["category"] for one in rows})[:20]
    return [one["text"].strip() for kind in kinds for one in [r for r in rows if r["category"] == kind][:25]]


def drafts(texts: list[str]) -> list[Draft]:
    """The texts as drafts of a hundred companies' calls."""
    return [
        Draft(
            Place(""), text, why="they name a problem", origin=f"call {n}", key=f"{n:016x}", conversation=str(n // 5),
            heard=datetime(2026, 1 + n % 10, 1 + n % 28, 9, 0), account=f"Company {n // 5} Foods",
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip


def sitting(root: Path) -> tuple[float, list[float]]:
    """Seconds until the first item stands there, and from each key to the next item."""
    ours, theirs = os.openpty()
    env = {**os.environ, **QUIET, "TERM": "dumb", "COLUMNS": "110"}
    start = time.perf_counter()
    with subprocess.Popen(
        [BIN / "heard", "inbox"], cwd=root, stdin=theirs, stdout=theirs, stderr=theirs, env=env
    ) as sat:
        os.close(theirs)
        shown = item(ours)
        first, gaps = time.perf_counter() - start, []
        for _ in range(KEYS):
            # A new problem of the first words, and what is proposed from then on.
            key = b"y" if b"y  make it" in shown or b"y  file" in shown else b"k"
            start = time.perf_counter()
            os.write(ours, key)
            shown = item(ours)
            gaps.append(time.perf_counter() - start)
            if not shown:
                gaps.pop()
                break
        os.write(ours, b"q")
        drain(ours)
        sat.wait()
    return first, gaps


def item(terminal: int) -> bytes:
    """What is shown until an item stands there whole; empty where the sitting is over."""
    shown = b""
    while not NEXT.search(COLOUR.sub(b"", shown)):
        if not select.select([terminal], [], [], 120)[0]:
            raise RuntimeError(f"nothing more was shown after: {shown[-400:]!r}")
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            return b""
        if b"still in the inbox" in shown:
            return b""
    return shown


def drain(terminal: int) -> None:
    """Read what is left, so that the command can end."""
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        return


if __name__ == "__main__":
    sys.exit(main())
