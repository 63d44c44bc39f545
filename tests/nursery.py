"""Starts processes that use heard as a person does, and kills them: `python nursery.py STORY ROOT MANY SEED`.

Everything is loaded once, then forked: a hundred kills take seconds. Prints JSON for the test that called it.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import heard.cli.editor
import heard.cli.log
import heard.cli.questions
import heard.pipeline.suggesting  # noqa: F401
from heard.base.changes import carry_out, resume
from heard.base.files import sweep
from heard.catalogue.notes import read_note
from heard.cli.main import heard as command
from heard.values import FileChange

COMPANIES = ("Acme Foods", "Nordfrost", "Birkenlund", "Quarrystone", "Zephyria")
NAMES = ("content/private/a.md", "content/private/notes/b.md", "content/c.md")
LONGEST = 0.03


def words(token: str) -> str:
    """What a note says: its token, and as many words as follow from it."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return f"Note {token}: {' '.join([digest] * (int(digest[:3], 16) % 600))} end."


def is_whole(text: str) -> bool:
    """Whether a note says all that it was to say."""
    quotes = read_note(text, "", []).quotes
    token = quotes[0].text.removeprefix("Note ").partition(":")[0] if quotes else ""
    return len(quotes) == 1 and quotes[0].text == words(token)


def log(root: Path, name: str, out: int, most: int) -> None:
    """Log one note after the other, as `heard log` does; what it says on stdout goes to `out`."""
    sys.stdout, sys.stderr = os.fdopen(out, "w"), open(os.devnull, "w")  # noqa: SIM115, PTH123
    for number in range(most):
        account = COMPANIES[number % len(COMPANIES)]
        more = ["--new", f"Problem {name}"] if number == 0 else []
        command.main(
            ["-C", str(root), "log", words(f"{name}-{number}"), "--account", account, *more], standalone_mode=False
        )


def change(root: Path, name: str, out: int, most: int) -> None:
    """Change three files together, again and again; each time they hold the same."""
    for number in range(most):
        after = f"{name}-{number}".encode() * 500
        held = [FileChange(root / one, (root / one).read_bytes(), after) for one in NAMES]
        carry_out(root / "content/private/.changes", root, "it", held)
        os.write(out, after[: len(after) // 500] + b"\n")


def forked(work: Callable[[Path, str, int, int], None], root: Path, name: str, most: int) -> tuple[int, int]:
    """A process that works, and what it says."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        code = 1
        try:
            work(root, name, into, most)
            sys.stdout.flush()
            code = 0
        finally:
            os._exit(code)
    os.close(into)
    return child, out


def end(child: int, out: int, number: int, chance: random.Random) -> None:
    """Kill a process at a random moment of its work; every other one only after it has said something."""
    if number % 2:
        select.select([out], [], [], 20)
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def all_of(out: int) -> str:
    """Everything that a process said, when it has ended."""
    with os.fdopen(out, encoding="utf-8", errors="replace") as said:
        return said.read()


def saved(said: str, root: Path) -> Iterator[Path]:
    """The notes that were acknowledged: whole lines alone count."""
    yield from (root / line.removeprefix("Saved ") for line in said.split("\n")[:-1] if line.startswith("Saved "))


def killed(root: Path, many: int, chance: random.Random) -> dict[str, object]:
    """Kill so many processes that log notes, each at a random moment."""
    told: list[Path] = []
    for number in range(many):
        child, out = forked(log, root, str(number), 10_000)
        end(child, out, number, chance)
        told += saved(all_of(out), root)
    return found(root, told)


def crowd(root: Path, many: int, each: int) -> dict[str, object]:
    """Let so many processes log at once."""
    started = [forked(log, root, str(number), each) for number in range(many)]
    told = [path for _, out in started for path in saved(all_of(out), root)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in started]
    return {**found(root, told), "codes": sorted(set(codes))}


def found(root: Path, told: list[Path]) -> dict[str, object]:
    """What is there afterwards, counted."""
    private = root / "content/private"
    stray = sweep(private)
    notes = [path for path in (private / "notes").rglob("*") if path.is_file()]
    torn = [str(path) for path in notes if not is_whole(path.read_text("utf-8", errors="replace"))]
    accounts = sorted(path.name for path in (private / "accounts").iterdir())
    return {
        "told": len(told),
        "notes": len(notes),
        "lost": [str(path) for path in set(told) - set(notes)],
        "twice": len(told) - len(set(told)),
        "torn": torn,
        "stray": stray,
        "accounts": accounts,
    }


def changed(root: Path, many: int, chance: random.Random) -> dict[str, object]:
    """Kill so many processes that change files together; after each the files hold the same, and what was told."""
    wrong, told, finished = [], 0, 0
    for number in range(many):
        child, out = forked(change, root, str(number), 10_000)
        end(child, out, number, chance)
        said = all_of(out).split("\n")[:-1]
        told += len(said)
        finished += bool(resume(root / "content/private/.changes", root))
        held = {(root / name).read_bytes() for name in NAMES}
        content = held.pop().decode()
        # What was told may have been followed by one more change, which was not told of yet.
        last = int(said[-1].partition("-")[2]) if said else -1
        after = {f"{number}-{last}" * 500, f"{number}-{last + 1}" * 500}
        if held or (said and content not in after):
            wrong.append(number)
    return {"wrong": wrong, "told": told, "finished": finished}


def warmed() -> None:
    """Load all that the first note needs, so that the forks begin to save at once."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "content/private/notes").mkdir(parents=True)
        (root / "mkdocs.yml").touch()
        streams = sys.stdout, sys.stderr
        try:
            log(root, "1", os.open(os.devnull, os.O_WRONLY), 2)
        finally:
            sys.stdout, sys.stderr = streams


def main() -> None:
    """Run one of the stories."""
    story, root, many, more = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    warmed()
    start = time.monotonic()
    if story == "crowd":
        result = crowd(root, many, more)
    else:
        result = (killed if story == "killed" else changed)(root, many, random.Random(more))
    sys.stdout.write(json.dumps({**result, "seconds": round(time.monotonic() - start, 1)}))


if __name__ == "__main__":
    main()
