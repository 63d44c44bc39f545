"""What `heard import` takes: 10,003 real rows filed, eight real calls, sixty invented notes.

Beside it: reading the same table with the csv module alone, and the same calls with webvtt-py.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
from pathlib import Path

from lib.timing import REPO, median, row, run, seconds, title

DATA = REPO.parent / "shared" / "data"
TABLE = DATA / "banking77" / "train.csv"
CALLS = DATA / "zoom-vtt"
NOTES = REPO / "tests" / "first_hour"


def main() -> int:
    """Import each in a fresh workspace and print the figures."""
    title("what lies around comes in (bench/imports.py)")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        run(["heard", "init", str(root), "--no-input", "--name", "Karla Weiss"], Path(folder))
        nothing = median(3, lambda: run(["heard", "--version"], root))
        row("`heard --version`: starting alone", seconds(nothing))
        table(root)
        calls(root)
        notes(root)
    return 0


def table(root: Path) -> None:
    """The 10,003 rows: filed at once, and again."""
    if not TABLE.exists():
        row("10,003 rows of banking77", "left out", f"{TABLE} is not there")
        return
    alone = median(5, lambda: list(csv.reader(TABLE.open(encoding="utf-8", newline=""))))
    row("peer: csv alone reads 10,003 rows", seconds(alone))
    given = ["--map", "quote=text", "--map", "problem=category", "--accept"]
    first = run(["heard", "import", str(TABLE), *given], root)
    row(
        "`heard import --accept`, 10,003 rows",
        seconds(first.seconds),
        f"{first.seconds / alone:.0f} x csv; {first.out.strip()}",
    )
    again = run(["heard", "import", str(TABLE), "--accept"], root)
    row("the same again, nothing added", seconds(again.seconds), f"{again.seconds / alone:.0f} x csv")


def calls(root: Path) -> None:
    """Eight real calls, proposed from."""
    if not CALLS.is_dir():
        row("eight Zoom calls", "left out", f"{CALLS} is not there")
        return
    import webvtt

    paths = sorted(CALLS.glob("*.vtt"))
    alone = median(3, lambda: [webvtt.read(path) for path in paths])
    row("peer: webvtt-py reads eight calls", seconds(alone))
    done = run(["heard", "import", *map(str, paths), "--json"], root)
    many = json.loads(done.out)["proposed"]
    row(
        "`heard import`, eight calls", seconds(done.seconds), f"{done.seconds / alone:.1f} x webvtt-py; {many} proposed"
    )


def notes(root: Path) -> None:
    """The invented first hour: how much of what a careful reader took down is proposed, and how much else."""
    paths = [str(NOTES / name) for name in ("notes", "calls", "crm.csv")]
    shutil.rmtree(root / "content/private/notes")
    done = run(["heard", "import", *paths, "--json"], root)
    drafts = json.loads(done.out)["drafts"]
    found = [squeezed(draft["text"]) for draft in drafts]
    wanted = [squeezed(one["text"]) for one in json.loads((NOTES / "truth.json").read_text("utf-8"))["quotes"]]
    hit = sum(any(text in one or one in text for one in found) for text in wanted)
    right = sum(any(text in one or one in text for text in wanted) for one in found)
    row("`heard import`, 60 notes, 3 calls, a CRM's CSV", seconds(done.seconds))
    row("  of a careful reader's quotes, proposed", f"{hit / len(wanted):.0%}", f"{hit} of {len(wanted)}")
    row("  of the proposals, a careful reader's", f"{right / len(found):.0%}", f"{right} of {len(found)}")


def squeezed(text: str) -> str:
    """The letters and digits alone."""
    return "".join(filter(str.isalnum, text.casefold()))


if __name__ == "__main__":
    sys.exit(main())
