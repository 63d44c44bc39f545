"""`heard log "words"` beside `jrnl "text"`, as whole commands, with 10,000 notes in the workspace.

Not called logging.py: beside the other scripts that would stand in for Python's own module. jrnl is
installed into `build/bench-venv`; where that is not possible, heard is timed alone.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from lib.notes import accounts, make, problems
from lib.timing import BIN, SCRATCH, row, run, seconds, title, until

NOTES = 10_000
TIMES = 15
JRNL = "jrnl==4.6"
WORDS = "We lose the first two hours of every night shift because the batteries die."
CONFIG = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: false
indent_character: '|'
journals:
  default: {{journal: {journal}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: {version}
"""

Times = list[tuple[float, float]]
"""Pairs of seconds: until it was said, and until the command had ended."""


def main() -> int:
    """Time both, by turns, and print the medians."""
    title(f"`heard log` with {NOTES} notes and 400 accounts (bench/log.py)")
    jrnl = installed()
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "workspace", Path(folder) / "home"
        make(root, NOTES)
        heard = [str(BIN / "heard"), "-C", str(root), "log", WORDS]
        known, problem = accounts()[123], problems()[7][0]
        ways: dict[str, Callable[[int], list[str]]] = {
            "heard log": lambda _: heard,
            "heard log --account, known": lambda _: [*heard, "--account", known],
            "heard log --account --problem": lambda _: [*heard, "--account", known, "--problem", problem],
            "heard log --account, new": lambda turn: [*heard, "--account", f"Neuhafen Werk {turn}"],
        }
        peers = {f"jrnl, {count} entries": journal(home / str(count), count) for count in (0, NOTES)} if jrnl else {}
        until(heard, "Saved", {})
        report(*alternated(ways, str(jrnl), peers))
    return 0


def alternated(
    ways: dict[str, Callable[[int], list[str]]], jrnl: str, homes: dict[str, Path]
) -> tuple[dict[str, Times], dict[str, list[float]]]:
    """Every way's times and the peer's, taken by turns so that a busy machine is unfair to none."""
    took: dict[str, Times] = {name: [] for name in ways}
    peers: dict[str, list[float]] = {name: [] for name in homes}
    for turn in range(TIMES):
        for name, command in ways.items():
            took[name].append(until(command(turn), "Saved", {}))
        for name, home in homes.items():
            done = run([jrnl, WORDS], home, {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")})
            if done.code:
                raise SystemExit(f"jrnl: {done.err}")
            peers[name].append(done.seconds)
    return took, peers


def report(took: dict[str, Times], peers: dict[str, list[float]]) -> None:
    """The medians, and their ratio to the peer's whole command."""
    whole = [statistics.median(times) for times in peers.values()]
    for name, value in zip(peers, whole, strict=True):
        row(f"peer: {name}, whole command", seconds(value))
    for name, times in took.items():
        for what, values in zip(("Saved", "whole command"), zip(*times, strict=True), strict=True):
            middle = statistics.median(values)
            ratios = " / ".join(f"{middle / value:.2f}" for value in whole)
            row(f"{name}: {what}", seconds(middle), f"{ratios} of jrnl" if ratios else "")


def installed() -> Path | None:
    """The jrnl command, installed if it is not there yet; None, with a word, if that fails."""
    folder = SCRATCH / "bench-venv"
    command = folder / "bin" / "jrnl"
    if not command.exists():
        try:
            venv.create(folder, with_pip=True)
            done = run([str(folder / "bin" / "pip"), "install", "--quiet", JRNL], SCRATCH)
        except OSError as error:
            print(f"jrnl is left out: {error}")
            return None
        if done.code:
            print(f"jrnl is left out, since it cannot be installed: {done.err.strip()[-200:]}")
            return None
    return command


def journal(home: Path, count: int) -> Path:
    """A journal with so many entries, and jrnl's settings, in a home of their own."""
    path = home / "journal.txt"
    entries = (f"[2023-01-01 09:{at % 60:02d}:00 AM] Entry {at}. {WORDS}\n\n" for at in range(count))
    settings = home / ".config" / "jrnl" / "jrnl.yaml"
    settings.parent.mkdir(parents=True)
    path.write_text("".join(entries), encoding="utf-8")
    settings.write_text(CONFIG.format(journal=path, version=JRNL.partition("==")[2]), encoding="utf-8")
    return home


if __name__ == "__main__":
    sys.exit(main())
