"""Whatever fails, whoever is killed, however many write at once: no note is lost, and none is torn."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import stories
from disks import HalfWritten
from heard.base import git
from heard.base.files import TEMPORARY, sweep
from heard.catalogue.notes import read_note
from heard.values import Finding
from stories import run
from workspaces import checked, make

WORDS = "We lose the first two hours of every night shift. " * 40
CALLS = ("open", "write", "fsync", "link", "unlink", "replace", "rename", "mkdir", "fdopen", "scandir", "fstat")
"""Everything of `os` that `heard log` comes to on its way to the disk, `write` being a file's own."""


def failing(monkeypatch: pytest.MonkeyPatch, at: int, code: int, *, on: bool = False) -> list[str]:
    """Let the n-th call to the disk fail, and with `on` all that follow; the calls that were made."""
    made: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            made.append(name)
            if len(made) == at or (on and len(made) > at):
                raise OSError(code, os.strerror(code), "the disk")
            return real(*args, **kwargs)

        return wrapped

    real_fdopen = os.fdopen
    for name in CALLS:
        if name not in ("write", "fdopen"):
            monkeypatch.setattr(os, name, wrap(name, getattr(os, name)))
    monkeypatch.setattr(
        os, "fdopen", lambda *a, **k: HalfWritten(wrap("fdopen", real_fdopen)(*a, **k), lambda f: wrap("write", f))
    )
    return made


def log(root: Path) -> stories.Result:
    return run(root, "log", WORDS, "--account", "Acme Foods", "--new", "Trucks stop at night")


def fresh(root: Path) -> Path:
    make(root, {"content/private/notes/2026/older.md": "> The older one. ^older\n"})
    return root


def notes(root: Path) -> dict[str, str]:
    folder = root / "content/private/notes"
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.md")}


def whole(text: str) -> bool:
    """Whether a note says all that was said."""
    return [quote.text for quote in read_note(text, "", []).quotes] == [WORDS.strip()]


def test_saved_is_said_after_the_note_and_its_name_are_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = fresh(tmp_path)
    log(fresh(tmp_path / "loaded"))
    order: list[str] = []
    real_open, real_fsync, real_link = os.open, os.fsync, os.link
    paths: dict[int, str] = {}

    def opened(path: Any, *args: Any, **kwargs: Any) -> int:
        descriptor = real_open(path, *args, **kwargs)
        paths[descriptor] = os.fspath(path) if not isinstance(path, int) else ""
        return descriptor

    def flushed(descriptor: int) -> None:
        name = Path(paths[descriptor]).name
        order.append("flush note" if name.startswith(TEMPORARY) else f"flush {name}")
        real_fsync(descriptor)

    def linked(source: Any, target: Any, **kwargs: Any) -> None:
        order.append("name")
        real_link(source, target, **kwargs)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "link", linked)
    from heard.cli import log as command

    monkeypatch.setattr(command, "show", lambda text: order.append(text.partition(" ")[0].lower()))
    assert log(root).code == 0
    assert order[:4] == ["flush note", "name", "flush 2026", "saved"]


@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
def test_whatever_call_fails_saved_means_saved(
    code: int, on: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(fresh(tmp_path / "loaded"))
    with monkeypatch.context() as counting:
        made = failing(counting, 0, code)
        assert log(fresh(tmp_path / "0")).code == 0
        calls = len(made)
    assert calls > 30
    for number in range(1, calls + 1):
        root = fresh(tmp_path / str(number))
        with monkeypatch.context() as patched:
            made = failing(patched, number, code, on=on)
            done = log(root)
        held = notes(root)
        assert held.pop("2026/older.md") == "> The older one. ^older\n"
        assert "Traceback" not in done.err, done.err
        assert all(whole(text) for text in held.values()), f"call {number}"
        told = "Saved " in done.out
        assert told <= (len(held) == 1), f"call {number}"
        assert told or done.code == 1
        if not on:
            assert told == (len(held) == 1), f"call {number}: {done.err}"
            # A temporary file that could not be removed is swept away later; nothing else leaves one.
            assert made[number - 1 : number] == ["unlink"] or not list(root.rglob(f"{TEMPORARY}*.tmp"))
        if not told:
            assert os.strerror(code) in done.err, done.err


def nursery(story: str, root: Path, many: int, more: int) -> Any:
    """What tests/nursery.py found."""
    script = Path(__file__).with_name("nursery.py")
    command = [sys.executable, script, story, root, str(many), str(more)]
    env = stories.environment()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def empty(root: Path) -> Path:
    make(root)
    for name in ("notes", "accounts"):
        (root / "content/private" / name).mkdir()
    return root


def nothing_is_lost(root: Path, result: Any) -> None:
    assert (result["lost"], result["torn"], result["twice"]) == ([], [], 0)
    catalogue, findings = checked(make(root))
    assert len(catalogue.notes) == result["notes"] >= result["told"] > 0
    assert len({account.name for account in catalogue.accounts}) == len(catalogue.accounts)
    # Killed after the note was saved and before its new problem was made, it says so.
    assert {one.code for one in findings} <= {"note/unfiled", "note/unknown-problem"}


def killed(root: Path, many: int) -> Any:
    result = nursery("killed", empty(root), many, many)
    nothing_is_lost(root, result)
    return result


def test_no_kill_loses_or_tears_a_note(tmp_path: Path) -> None:
    assert killed(tmp_path, 100)["told"] > 20


@pytest.mark.stress
def test_no_kill_of_thousands_loses_or_tears_a_note(tmp_path: Path) -> None:
    report("kill -9 while logging", 5000, killed(tmp_path, 5000))


def crowd(root: Path, many: int, each: int) -> Any:
    result = nursery("crowd", empty(root), many, each)
    nothing_is_lost(root, result)
    assert result["told"] == result["notes"] == many * each
    assert result["codes"] == [0]
    assert len(result["accounts"]) == min(5, each)
    return result


def test_sixteen_at_once_lose_nothing(tmp_path: Path) -> None:
    crowd(tmp_path, 16, 8)


@pytest.mark.stress
def test_thirty_two_at_once_lose_nothing(tmp_path: Path) -> None:
    report("32 processes at once", 32, crowd(tmp_path, 32, 1000))


def changed(root: Path, many: int) -> Any:
    make(root, dict.fromkeys(("content/private/a.md", "content/private/notes/b.md", "content/c.md"), "start"))
    result = nursery("changed", root, many, many)
    assert result["wrong"] == []
    assert result["finished"] > 0
    return result


def test_no_kill_leaves_a_change_half_done(tmp_path: Path) -> None:
    changed(tmp_path, 60)


@pytest.mark.stress
def test_no_kill_of_thousands_leaves_a_change_half_done(tmp_path: Path) -> None:
    report("kill -9 in changes of three files", 2000, changed(tmp_path, 2000))


def report(what: str, many: int, result: Any) -> None:
    kept = {key: value for key, value in result.items() if value and key not in ("accounts", "codes")}
    print(f"\n{what}: {many}, {kept}")  # noqa: T201


# What git makes of two machines


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two machines that share the private side through git, as its backup."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Anna")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "anna@keller.example")
    one, two, far = tmp_path / "one", tmp_path / "two", tmp_path / "far.git"
    make(one, {"content/private/.gitignore": "/.heard/\n"})
    assert run(one, "log", "The common one.", "--account", "Acme Foods", "--new", "Trucks stop at night").code == 0
    private = one / "content/private"
    assert git.start(private)
    commit(private)
    assert git.git(tmp_path, "clone", "--quiet", "--bare", str(private), str(far)) is not None
    make(two)
    (two / "content/private").rmdir()
    assert git.git(two / "content", "clone", "--quiet", str(far), "private") is not None
    assert git.git(private, "remote", "add", "origin", str(far)) is not None
    return one, two


def commit(private: Path) -> None:
    assert git.git(private, "add", "-A") is not None
    assert git.git(private, "commit", "--quiet", "-m", "notes") is not None


def brought_together(one: Path, two: Path) -> bool:
    """Whether git could merge what the second machine has into what the first one has."""
    commit(one / "content/private")
    commit(two / "content/private")
    assert git.git(two / "content/private", "push", "--quiet", "origin", "HEAD:refs/heads/two") is not None
    assert git.git(one / "content/private", "fetch", "--quiet", "origin") is not None
    return git.git(one / "content/private", "merge", "--quiet", "--no-edit", "origin/two") is not None


def said(root: Path) -> set[str]:
    """Everything that notes say."""
    return {quote.text for note in checked(make(root))[0].notes for quote in note.quotes}


def logged(root: Path, machine: str, many: int, chance: random.Random) -> Iterator[str]:
    for number in range(many):
        words = f"Number {number} of {machine}."
        account = chance.choice(["Acme Foods", "Nordfrost", f"Only {machine} GmbH"])
        problem = ["--problem", "trucks-stop-at-night"] if chance.random() < 0.5 else []
        assert run(root, "log", words, "--account", account, *problem).code == 0
        yield words


def merged_notes(machines: tuple[Path, Path], many: int) -> list[Finding]:
    one, two = machines
    chance = random.Random(many)
    words = {"The common one."}
    for root, name in ((one, "the first"), (two, "the second")):
        words |= set(logged(root, name, many, chance))
    assert brought_together(one, two)
    assert said(one) == words
    return list(checked(make(one))[1])


def test_notes_of_two_machines_come_together(machines: tuple[Path, Path]) -> None:
    assert {finding.code for finding in merged_notes(machines, 6)} <= {"note/unfiled"}


@pytest.mark.stress
def test_many_notes_of_two_machines_come_together(machines: tuple[Path, Path]) -> None:
    assert {finding.code for finding in merged_notes(machines, 400)} <= {"note/unfiled"}


def test_a_company_that_both_machines_made_is_a_finding_and_no_note_is_lost(machines: tuple[Path, Path]) -> None:
    one, two = machines
    for root, industry in ((one, "cold-storage"), (two, "warehouses")):
        words = f"The doors ice up in {industry}."
        assert run(root, "log", words, "--account", "Nordfrost", "--industry", industry).code == 0
    assert not brought_together(one, two)
    findings = [f"{finding.place.path} {finding.code}" for finding in checked(make(one))[1]]
    assert "content/private/accounts/nordfrost.md file/merge-mark" in findings
    assert {"The doors ice up in cold-storage.", "The doors ice up in warehouses."} <= said(one)
    refused = run(one, "approve")
    assert refused.code == 1
    assert "accounts/nordfrost.md" in refused.err


def test_a_note_that_was_edited_on_both_machines_is_a_finding_and_keeps_both(machines: tuple[Path, Path]) -> None:
    one, two = machines
    for root, more in ((one, "> More from the first. ^aaaa\n"), (two, "> More from the second. ^bbbb\n")):
        path = next((root / "content/private/notes").rglob("*.md"))
        path.write_text(path.read_text("utf-8") + "\n" + more, "utf-8")
    assert not brought_together(one, two)
    path = next((one / "content/private/notes").rglob("*.md"))
    text = path.read_text("utf-8")
    assert "The common one." in text
    assert "More from the first." in text
    assert "More from the second." in text
    findings = [f"{finding.place.path} {finding.code}" for finding in checked(make(one))[1]]
    assert f"{path.relative_to(one).as_posix()} file/merge-mark" in findings
    assert "The common one." in said(one)
    assert run(one, "check").code == 1


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    root = fresh(tmp_path)
    stray = root / f"content/private/notes/2026/{TEMPORARY}999999999-ab.tmp"
    stray.write_bytes(b"half")
    assert run(root, "check").code == 0
    assert not stray.exists()
    assert sweep(root) == 0
