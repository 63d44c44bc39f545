"""Saving: a file is whole or absent, older ones stay as they were, and nothing is left lying about."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disks import HalfWritten
from heard.base import files
from heard.values import HeardError

Save = Callable[[Path, bytes], None]


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones, too."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_new_file_is_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "notes" / "2026" / "note.md"
    files.write_new(path, b"words", mode=files.PRIVATE_MODE)
    assert everything(tmp_path) == {"notes/2026/note.md": b"words"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_taken_name_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"older")
    with pytest.raises(FileExistsError):
        files.write_new(path, b"newer")
    assert everything(tmp_path) == {"note.md": b"older"}


FAILURES = [(name, code) for name in ("open", "write", "fsync", "link") for code in (errno.ENOSPC, errno.EIO)]


@pytest.mark.parametrize(("name", "code"), FAILURES)
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_full_or_failing_disk_leaves_no_part_of_a_new_note(
    name: str, code: int, call: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "2026"
    folder.mkdir()
    (folder / "older.md").write_bytes(b"older")
    failed = fail_at(name, call, code, monkeypatch)
    said = os.strerror(code)
    try:
        files.write_new(folder / "new.md", b"words" * 1000)
        saved = True
    except HeardError as error:
        saved, said = False, str(error)
    monkeypatch.undo()
    assert os.strerror(code) in said
    assert saved is not bool(failed)
    assert everything(folder) == {"older.md": b"older", **({"new.md": b"words" * 1000} if saved else {})}


@pytest.mark.parametrize("call", [1, 2, 3, 4])
@pytest.mark.parametrize(("name", "code"), [f for f in FAILURES if f[0] != "link"])
def test_a_failing_disk_leaves_the_old_or_the_new_content_when_a_file_is_changed(
    name: str, code: int, call: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"older")
    failed = fail_at(name, call, code, monkeypatch)
    try:
        files.change(path, b"older", b"newer")
        saved = True
    except HeardError:
        saved = False
    monkeypatch.undo()
    assert saved is not bool(failed)
    assert everything(tmp_path) in (
        [{"note.md": b"newer"}] if saved else [{"note.md": b"older"}, {"note.md": b"newer"}]
    )


def fail_at(name: str, call: int, code: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let one call of an `os` function fail; the list says whether it came to that."""
    calls: list[int] = []
    failed: list[int] = []

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            calls.append(1)
            if len(calls) == call:
                failed.append(code)
                raise OSError(code, os.strerror(code), str(args[0]))
            return real(*args, **kwargs)

        return wrapped

    fdopen = os.fdopen
    if name == "write":
        monkeypatch.setattr(os, "fdopen", lambda *a, **k: HalfWritten(fdopen(*a, **k), failing))
    else:
        monkeypatch.setattr(os, name, failing(getattr(os, name)))
    return failed


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP])
def test_without_hard_links_a_name_is_still_taken_once(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", link)
    files.write_new(tmp_path / "note.md", b"first")
    with pytest.raises(FileExistsError):
        files.write_new(tmp_path / "note.md", b"second")
    assert everything(tmp_path) == {"note.md": b"first"}


def test_a_folder_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"")
    with pytest.raises(HeardError, match="could not be saved"):
        files.write_new(tmp_path / "notes" / "2026" / "note.md", b"words")


SAVING = """
import sys
from pathlib import Path
from heard.base.files import write_new
folder = Path(sys.argv[1])
print("ready", flush=True)
for number in range(100000):
    write_new(folder / f"{number}.md", bytes([65 + number % 26]) * 200_000)
    print(number, flush=True)
"""


def test_a_process_killed_while_saving_leaves_whole_notes_only(tmp_path: Path) -> None:
    for turn in range(20):
        folder = tmp_path / str(turn)
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-c", SAVING, str(folder)], stdout=subprocess.PIPE, text=True, bufsize=1
        )
        with process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.001 * turn)
            process.send_signal(signal.SIGKILL)
            said = [int(line) for line in process.stdout.read().split("\n")[:-1]]
        notes = {name: content for name, content in everything(folder).items() if name.endswith(".md")}
        for name, content in notes.items():
            assert content == bytes([65 + int(name[:-3]) % 26]) * 200_000
        assert {f"{number}.md" for number in said} <= set(notes)
        files.sweep(folder)
        assert set(everything(folder)) == set(notes)


def test_sweeping_leaves_what_a_running_process_is_writing(tmp_path: Path) -> None:
    mine = tmp_path / f"{files.TEMPORARY}{os.getpid()}-abcd.tmp"
    mine.write_bytes(b"half")
    (tmp_path / f"{files.TEMPORARY}999999999-abcd.tmp").write_bytes(b"stray")
    assert files.sweep(tmp_path) == 1
    assert mine.exists()


def test_a_file_that_a_person_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"theirs")
    for keep in (False, True):
        with pytest.raises(files.ChangedMeanwhileError):
            files.change(path, b"read before", b"ours", keep=keep)
        assert everything(tmp_path)["note.md"] == b"theirs"
        assert len(everything(tmp_path)) == 1 + keep
    path.unlink()
    with pytest.raises(files.ChangedMeanwhileError):
        files.change(path, b"theirs", b"ours", keep=False)
    with pytest.raises(files.ChangedMeanwhileError):
        files.remove(path, b"theirs")
    assert not path.exists()


def test_an_edit_that_could_not_be_made_lies_beside_the_file_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795320720")
    path = tmp_path / "note.md"
    path.write_bytes(b"theirs")
    path.chmod(0o640)
    copy = "note (conflicted copy of heard 2026-11-22 0412).md"
    for _ in range(3):
        with pytest.raises(files.ChangedMeanwhileError, match=re.escape(f"“{copy}”")):
            files.change(path, b"read before", b"ours")
    assert everything(tmp_path) == {"note.md": b"theirs", copy: b"ours"}
    assert (tmp_path / copy).stat().st_mode & 0o777 == 0o640
    path.unlink()
    with pytest.raises(files.ChangedMeanwhileError):
        files.change(path, b"theirs", b"ours, too")
    second = tmp_path / copy.replace("0412", "0412 2")
    assert everything(tmp_path) == {copy: b"ours", second.name: b"ours, too"}
    assert second.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["a" * 252 + ".md", "ä" * 126 + ".md", ".gitignore", "paper.quotes.md", "no suffix"])
def test_any_name_has_room_for_a_copy_beside_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"theirs")
    with pytest.raises(files.ChangedMeanwhileError):
        files.change(path, b"before", b"ours")
    kept = [path for path, content in everything(tmp_path).items() if content == b"ours"]
    assert len(kept) == 1
    assert kept[0].startswith(name.partition(".")[0][:80])
    assert kept[0].endswith(").md" if name.endswith(".md") else ")")


def test_a_disk_that_has_no_room_for_the_copy_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"theirs")
    fail_at("link", 1, errno.ENOSPC, monkeypatch)
    with pytest.raises(files.ChangedMeanwhileError, match="No space left on device"):
        files.change(path, b"before", b"ours")
    monkeypatch.undo()
    assert everything(tmp_path) == {"note.md": b"theirs"}


def test_a_changed_file_keeps_its_rights_and_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_bytes(b"before")
    real.chmod(0o664)
    link.symlink_to(real)
    files.change(link, b"before", b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"
    assert real.stat().st_mode & 0o777 == 0o664


def test_a_generated_file_is_written_only_if_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "approved.yml"
    assert files.write_if_changed(path, b"a")
    before = path.stat().st_ino
    assert not files.write_if_changed(path, b"a")
    assert path.stat().st_ino == before
    assert files.write_if_changed(path, b"b")
    assert path.read_bytes() == b"b"


def test_walking_finds_files_at_any_depth_but_nothing_hidden_or_linked(tmp_path: Path) -> None:
    for name in ("a.md", "2026/b.md", ".obsidian/c.md", ".d.md", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "f.md").symlink_to(tmp_path / "a.md")
    assert sorted(entry.name for entry in files.walk(tmp_path, ".md")) == ["a.md", "b.md"]
    assert list(files.walk(tmp_path / "missing", ".md")) == []


def test_walking_tells_what_it_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    for name in (".b.md.icloud", ".hidden.md", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "d.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "folder").symlink_to(tmp_path)
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "other.txt").symlink_to(tmp_path / "c.txt")
    os.mkfifo(tmp_path / "e.md")
    passed: list[files.Missed] = []
    assert [entry.name for entry in files.walk(tmp_path, ".md", passed)] == ["a.md"]
    assert {one.name for one in passed if not isinstance(one, OSError)} == {".b.md.icloud", "d.md", "folder", "e.md"}


def test_folders_of_private_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    files.write_new(tmp_path / "a/b/note.md", b"", mode=files.PRIVATE_MODE)
    files.write_new(tmp_path / "c/page.md", b"")
    modes = {name: (tmp_path / name).stat().st_mode & 0o077 for name in ("a", "a/b", "c")}
    assert modes == {"a": 0, "a/b": 0, "c": 0o055}


def test_a_turn_is_held_by_one_and_given_back(tmp_path: Path) -> None:
    lock = tmp_path / "cache/lock"
    with files.turn(lock) as first, files.turn(lock, waiting=False) as second:
        assert (first, second) == (True, False)
    with files.turn(lock, waiting=False) as third:
        assert third
