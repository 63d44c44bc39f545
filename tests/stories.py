"""Workspaces that tell whole stories, and a way to call `heard` in them as a person does."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

REPOSITORY = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BODY = """
## In short

Give one person the schedule.

## What it looks like

The truck stops at three. Count the stops of one night.

## Where this fails

In fleets of one.
"""


@dataclass(frozen=True)
class Result:
    """What a command ended with and said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on stdout."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """The environment of a command, on a fixed day."""
    fixed = {"SOURCE_DATE_EPOCH": str(int(NOON.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **fixed, **more}


def run(root: Path, *arguments: str, stdin: str | bytes = "", **env: str) -> Result:
    """`heard …` in this process, with pipes for all three streams."""
    from heard.cli.main import main

    given = stdin.encode() if isinstance(stdin, str) else stdin
    streams = [io.TextIOWrapper(io.BytesIO(content), encoding="utf-8") for content in (given, b"", b"")]
    with (
        mock.patch.dict(os.environ, environment(**env), clear=True),
        mock.patch.object(sys, "argv", ["heard", "-C", str(root), *arguments]),
        mock.patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    for stream in streams[1:]:
        stream.flush()
    out, err = (stream.detach().getvalue().decode() for stream in streams[1:])  # type: ignore[attr-defined]
    return Result(code, out, err)


def process(root: Path, *arguments: str, stdin: str = "", program: str = "heard", **env: str) -> Result:
    """A command of ours in a process of its own."""
    return command(root, str(BIN / program), *arguments, stdin=stdin, **env)


def command(root: Path, *arguments: str, stdin: str = "", **env: str) -> Result:
    """Any command in a process of its own."""
    done = subprocess.run(
        arguments, cwd=root, input=stdin, capture_output=True, text=True, check=False,
        env=environment(**env), timeout=300,
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


def build(root: Path, *arguments: str, **env: str) -> Result:
    """`mkdocs build --strict`, as a person would type it."""
    return process(root, "build", "--strict", *arguments, program="mkdocs", **env)


def workspace(root: Path, shared: Path | None = None) -> Path:
    """The example's pages and industries without what it heard; finished PDFs and cards are there already."""
    root.mkdir(parents=True)
    for name in ("pages", "industries"):
        shutil.copytree(REPOSITORY / "content" / name, root / "content" / name)
    for name in ("mkdocs.yml", "content/expert.yml", "content/portrait.svg"):
        shutil.copy(REPOSITORY / name, root / name)
    (root / "content/private/notes").mkdir(parents=True)
    (root / "templates").mkdir()
    if shared:
        (shared / ".heard/pdf").mkdir(parents=True, exist_ok=True)
        (root / ".heard").mkdir()
        (root / ".heard/pdf").symlink_to(shared / ".heard/pdf")
        if (drawn := shared / "drawn/.heard/cards").is_dir():
            shutil.copytree(drawn, root / ".heard/cards", copy_function=os.link)
    return root


def file(root: Path, name: str, head: Mapping[str, object], body: str = "") -> Path:
    """A Markdown file with a header below content/."""
    path = root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    written = yaml.safe_dump(dict(head), allow_unicode=True, sort_keys=False)
    path.write_text(f"---\n{written}---\n{body}", "utf-8")
    return path


def problem(root: Path, name: str, *, public: bool = True, body: str = BODY, **head: object) -> Path:
    """A published problem, or a draft."""
    words = name.replace("-", " ").capitalize()
    usual: dict[str, object] = {
        "problem": words,
        "title": f"How to end it: {words}",
        "answer": "Give one person the schedule.",
        "description": f"Why {words.lower()}, how to find your own cause in one week, and what ends it for good.",
        "slug": name,
        "industries": ["cold-storage"],
    }
    if public:
        usual |= {"published": "2026-05-01", "updated": "2026-05-02"}
    return file(root, f"{'' if public else 'private/'}problems/{name}.md", {**usual, **head}, body)


def note(root: Path, day: str, account: str, words: str = "It stops.", *, at: str = "flat", **head: object) -> Path:
    """A note with one quote, filed under the problem `at`."""
    number = len(list((root / "content/private/notes").glob("*.md")))
    filed = f"> [[{at}]]\n" if at else ""
    quoted = "".join(f"> {row}\n" for row in words.split("\n"))
    usual = {"date": day, "source": "call", "account": account}
    return file(root, f"private/notes/n{number:03}.md", {**usual, **head}, quoted + filed)


def account(root: Path, slug: str, name: str, **head: object) -> Path:
    """An account's file."""
    return file(root, f"private/accounts/{slug}.md", {"name": name, **head})


def proof(root: Path, slug: str, consent: Mapping[str, object], body: str = "It ended.", **head: object) -> Path:
    """A proof of the problem `flat`."""
    usual = {"kind": "testimonial", "problems": ["flat"], "account": "Acme Foods", "person": "Dana Ruiz"}
    return file(root, f"private/proof/{slug}.md", {**usual, **head, "consent": dict(consent)}, body)


COMPANIES = (
    "Acme Foods", "Nordfrost", "Birkenlund", "Quarrystone", "Zephyria", "Tamworth Ice", "Okavango Fish",
    "Lumbridge", "Wexholm", "Pellegrin", "Drumcondra", "Yarrowby", "Castellan", "Vinterholt", "Ixtapa Prawns",
)  # fmt: skip
"""Names that nothing takes for one another."""


def heard(root: Path, industries: Mapping[str, int], **head: object) -> None:
    """One note from each of so many companies of each industry, in January 2026."""
    names = iter(COMPANIES)
    for industry, many in industries.items():
        for _ in range(many):
            note(root, "2026-01-10", next(names), f"We stop in {industry}.", industry=industry, **head)


def approved(root: Path) -> Any:
    """What content/approved.yml holds, read by a library of others."""
    return yaml.safe_load((root / "content/approved.yml").read_text("utf-8"))


def tree(folder: Path, *without: str) -> dict[str, str]:
    """Every file's hash by its name below the folder, left out those that begin with one of the names."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(without or ("\0",))
    }


@contextmanager
def terminal(root: Path, *arguments: str, **env: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A command at a terminal: the process, and the descriptor to type into and to read from."""
    ours, theirs = os.openpty()
    child = subprocess.Popen(
        [BIN / "heard", *arguments], cwd=root, stdin=theirs, stdout=theirs, stderr=theirs,
        env=environment(TERM="dumb", PROMPT_TOOLKIT_NO_CPR="1", **env), start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield child, ours
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        os.close(ours)


def until(descriptor: int, words: str, seconds: float = 20) -> str:
    """What a terminal shows, read until the words stand there or it is closed."""
    import select
    import time

    shown, end = "", time.monotonic() + seconds
    while words not in shown:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise AssertionError(f"“{words}” was not shown within {seconds} s, but: {shown}")
        try:
            more = os.read(descriptor, 65536)
        except OSError:
            break
        shown += more.decode(errors="replace")
    return shown


def typed(descriptor: int, text: str) -> None:
    """Type a line."""
    os.write(descriptor, f"{text}\r".encode())


def straight(text: str) -> str:
    """The text as it was typed, before it got its quotation marks."""
    return text.translate({ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"})
