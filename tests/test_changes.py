"""Changes of several files: all or nothing, whatever stops them; and back again."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.base import changes, files
from heard.base import journal as journals
from heard.base.changes import carry_out, last, resume, undo
from heard.base.files import ChangedMeanwhileError
from heard.values import FileChange, HeardError

NAMES = ("content/private/a.md", "content/private/notes/2026/b.md", "content/c.md", "content/private/d/e.md")
Tree = dict[str, tuple[bytes, int]]
Meant = dict[str, bytes | None]


def journal(root: Path) -> Path:
    return root / "content/private/.changes"


def tree(root: Path) -> Tree:
    """Every file and its rights, but for what remembers the changes and what a later sweep removes."""
    found = (path for path in root.rglob("*") if path.is_file() and ".changes" not in path.parts)
    found = (path for path in found if not path.name.startswith(files.TEMPORARY))
    return {p.relative_to(root).as_posix(): (p.read_bytes(), p.stat().st_mode & 0o777) for p in found}


def plant(root: Path, held: Meant) -> None:
    for name, content in held.items():
        if content is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
    (root / "content/private").mkdir(parents=True, exist_ok=True)


def meant(root: Path, after: Meant) -> list[FileChange]:
    """The changes that lead from what lies there to these contents."""
    paths = {name: root / name for name in after}
    return [FileChange(p, p.read_bytes() if p.exists() else None, after[name]) for name, p in paths.items()]


contents = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), st.binary(max_size=9)), min_size=1)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """New empty folders, for tests that need one for every example."""
    return lambda: tmp_path_factory.mktemp("changes")


@given(held=contents, steps=st.lists(contents, min_size=1, max_size=4), few=st.sampled_from([0, 20]))
@settings(max_examples=25, deadline=None)
def test_what_was_done_is_undone_step_by_step(
    folders: Callable[[], Path], held: Meant, steps: list[Meant], few: int
) -> None:
    with mock.patch.object(changes, "_FEW", few):
        undone_step_by_step(folders(), held, steps)


def undone_step_by_step(root: Path, held: Meant, steps: list[Meant]) -> None:
    plant(root, held)
    states = [tree(root)]
    for number, after in enumerate(steps):
        carry_out(journal(root), root, f"step {number}", meant(root, after))
        if tree(root) != states[-1]:
            states.append(tree(root))
        assert {name: (root / name).read_bytes() if (root / name).exists() else None for name in after} == after
    for state in states[-2::-1]:
        undo(journal(root), root)
        assert tree(root) == state
    with pytest.raises(HeardError, match="no change to take back"):
        undo(journal(root), root)


HELD: Meant = {NAMES[0]: b"old a", NAMES[1]: b"old b", NAMES[3]: b"old e"}
AFTER: Meant = {NAMES[0]: b"new a", NAMES[2]: b"new c", NAMES[1]: b"new b", NAMES[3]: None}
CALLS = ("open", "fsync", "sync", "link", "replace", "rename", "unlink", "fdopen")


def failing(monkeypatch: pytest.MonkeyPatch, at: int, error: Callable[[str], BaseException], *, on: bool) -> list[str]:
    """Let the n-th call that changes the disk fail, and with `on` all that follow; which ones were made."""
    made: list[str] = []

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            made.append(name)
            if len(made) == at or (on and len(made) > at):
                raise error(name)
            return real(*args, **kwargs)

        return wrapped

    for name in CALLS:
        monkeypatch.setattr(os, name, wrap(name, getattr(os, name)))
    return made


def full(name: str) -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)


class Killed(BaseException):
    """What a killed process does: nothing at all after it."""


def how_many_calls(root: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> int:
    with monkeypatch.context() as patched:
        made = failing(patched, 0, full, on=False)
        act()
    return len(made)


def prepared(folder: Path, number: int) -> Path:
    root = folder / str(number)
    plant(root, HELD)
    return root


@pytest.mark.parametrize("few", [20, 0], ids=["one by one", "together"])
@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [full, lambda _: Killed()], ids=["full", "killed"])
def test_whatever_fails_the_old_or_the_new_state_is_there(
    error: Callable[[str], BaseException], on: bool, few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_FEW", few)

    def act(root: Path) -> None:
        carry_out(journal(root), root, "it", meant(root, AFTER))

    fails_everywhere(lambda number: prepared(tmp_path, number), act, error, on, monkeypatch)


@pytest.mark.parametrize("few", [20, 0], ids=["one by one", "together"])
@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [full, lambda _: Killed()], ids=["full", "killed"])
def test_whatever_fails_while_undoing_the_old_or_the_new_state_is_there(
    error: Callable[[str], BaseException], on: bool, few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_FEW", few)

    def ready(number: int) -> Path:
        root = prepared(tmp_path, number)
        carry_out(journal(root), root, "it", meant(root, AFTER))
        return root

    fails_everywhere(ready, lambda root: undo(journal(root), root), error, on, monkeypatch)


def fails_everywhere(
    ready: Callable[[int], Path],
    act: Callable[[Path], object],
    error: Callable[[str], BaseException],
    on: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Let each call to the disk fail in turn; what is left is always whole, and can be taken back whole."""
    model = ready(0)
    old = tree(model)
    calls = how_many_calls(model, monkeypatch, lambda: act(model))
    new = tree(model)
    assert calls > 10
    for number in range(1, calls + 1):
        root = ready(number)
        raised = None
        with monkeypatch.context() as patched:
            failing(patched, number, error, on=on)
            try:
                act(root)
            except (HeardError, Killed) as stopped:
                raised = stopped
        whole_at_once(root, raised, old, new)
        resume(journal(root), root)
        assert tree(root) in (old, new), f"call {number}"
        assert not (journal(root) / journals.OPEN).exists()
        while last(journal(root), root).words:
            assert undo(journal(root), root) == "it"
        assert {name: held for name, (held, _) in tree(root).items()} == HELD


def whole_at_once(root: Path, raised: BaseException | None, old: Tree, new: Tree) -> None:
    """What was not stopped half-way, and does not say so, is whole before anything is resumed."""
    if raised is None:
        assert tree(root) == new
    elif not (journal(root) / journals.OPEN).exists():
        assert tree(root) in (old, new)
    elif isinstance(raised, HeardError):
        assert "next heard command" in str(raised) or "cannot be put away" in str(raised)


DOING = """
import sys
from heard.base import changes
from pathlib import Path
from heard.base.changes import carry_out, undo
from heard.values import FileChange
root, changes._FEW, names = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
journal = root / "content/private/.changes"
print("ready", flush=True)
for number in range(100000):
    if number % 3 == 2:
        undo(journal, root)
        continue
    held = [(root / name, (root / name).read_bytes()) for name in names]
    edits = [FileChange(path, before, b"%d %d" % (number, len(names)) * 5000) for path, before in held]
    extra = root / "extra.md"
    there = extra.read_bytes() if extra.exists() else None
    carry_out(journal, root, str(number), [*edits, FileChange(extra, there, None if there else b"extra")])
"""


def test_a_killed_process_leaves_a_change_that_is_finished_or_taken_back(tmp_path: Path) -> None:
    names = NAMES[:2]
    for turn in range(12):
        root = tmp_path / str(turn)
        plant(root, dict.fromkeys(names, b"start"))
        command = [sys.executable, "-c", DOING, str(root), str(20 * (turn % 2)), *names]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.004 * turn)
            process.send_signal(signal.SIGKILL)
        resume(journal(root), root)
        assert len({(root / name).read_bytes() for name in names}) == 1
        assert not [path for path in root.rglob("*.tmp") if path.parent.name != ".changes"]
        while last(journal(root), root).words:
            undo(journal(root), root)
            assert len({(root / name).read_bytes() for name in names}) == 1
        assert set(tree(root)) == set(names)
        assert (root / names[0]).read_bytes() == b"start"


def test_what_a_person_changed_before_is_not_overwritten(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    change = meant(tmp_path, AFTER)
    (tmp_path / NAMES[1]).write_bytes(b"theirs")
    before = tree(tmp_path)
    with pytest.raises(ChangedMeanwhileError, match=NAMES[1]):
        carry_out(journal(tmp_path), tmp_path, "it", change, keep=False)
    assert tree(tmp_path) == before
    with pytest.raises(ChangedMeanwhileError, match=r"b \(conflicted copy of heard .*\)\.md”: delete that"):
        carry_out(journal(tmp_path), tmp_path, "it", change)
    kept, copy = copies(tmp_path)
    assert kept == before
    assert list(copy.values()) == [AFTER[NAMES[1]]]


def copies(root: Path) -> tuple[Tree, dict[str, bytes]]:
    """Every file that is no conflict copy, and the copies."""
    found = tree(root)
    made = {name: held for name, (held, _) in found.items() if "(conflicted copy of heard " in name}
    return {name: one for name, one in found.items() if name not in made}, made


def test_what_another_command_wrote_is_not_kept_as_a_copy(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    mine, other = meant(tmp_path, {NAMES[0]: b"mine"}), meant(tmp_path, {NAMES[0]: b"another"})
    carry_out(journal(tmp_path), tmp_path, "it", other)
    with pytest.raises(ChangedMeanwhileError, match="Run the command again"):
        carry_out(journal(tmp_path), tmp_path, "it", mine)
    assert not copies(tmp_path)[1]


@pytest.mark.parametrize("few", [20, 0])
@pytest.mark.parametrize("name", NAMES)
def test_what_a_person_changes_in_the_middle_is_not_overwritten(
    name: str, few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_FEW", few)
    plant(tmp_path, HELD)
    change, old = meant(tmp_path, AFTER), tree(tmp_path)
    write = files.write

    def meanwhile(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        (tmp_path / name).write_bytes(b"theirs")

    monkeypatch.setattr(journals, "write", meanwhile)
    with pytest.raises(ChangedMeanwhileError, match=name):
        carry_out(journal(tmp_path), tmp_path, "it", change)
    monkeypatch.undo()
    now, copy = copies(tmp_path)
    assert now.pop(name)[0] == b"theirs"
    assert now == {other: held for other, held in old.items() if other != name}
    assert list(copy.values()) == ([] if AFTER[name] is None else [AFTER[name]])
    assert not resume(journal(tmp_path), tmp_path)
    assert last(journal(tmp_path), tmp_path) == journals.Journal("", ())


def stopped_after(monkeypatch: pytest.MonkeyPatch, root: Path, steps: int) -> None:
    """A change of which only the first files were changed when the process was killed."""
    apply = changes._apply
    done: list[object] = []

    def some(step: Any) -> None:
        if len(done) == steps:
            raise Killed
        done.append(step)
        apply(step)

    with monkeypatch.context() as patched:
        patched.setattr(changes, "_apply", some)
        with pytest.raises(Killed):
            carry_out(journal(root), root, "it", meant(root, AFTER))


def test_what_a_person_changed_after_a_crash_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, HELD)
    old = tree(tmp_path)
    stopped_after(monkeypatch, tmp_path, 2)
    (tmp_path / NAMES[3]).write_bytes(b"theirs")
    said = resume(journal(tmp_path), tmp_path)
    assert "not done" in said
    assert NAMES[3] in said
    now = tree(tmp_path)
    assert now[NAMES[3]][0] == b"theirs"
    assert {**now, NAMES[3]: old[NAMES[3]]} == old


def test_what_a_person_edited_after_it_was_changed_stays_and_the_rest_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, HELD)
    stopped_after(monkeypatch, tmp_path, 2)
    (tmp_path / NAMES[0]).write_bytes(b"new a, and theirs")
    assert "Finished" in resume(journal(tmp_path), tmp_path)
    assert (tmp_path / NAMES[0]).read_bytes() == b"new a, and theirs"
    assert (tmp_path / NAMES[1]).read_bytes() == b"new b"
    assert not (tmp_path / NAMES[3]).exists()


def test_a_change_is_not_undone_over_what_was_written_since(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    carry_out(journal(tmp_path), tmp_path, "merged one into two", meant(tmp_path, AFTER))
    (tmp_path / NAMES[2]).write_bytes(b"written since")
    before = tree(tmp_path)
    with pytest.raises(HeardError, match=f"{NAMES[2]} was changed after “merged one into two”"):
        undo(journal(tmp_path), tmp_path)
    assert tree(tmp_path) == before
    (tmp_path / NAMES[2]).write_bytes(b"new c")
    assert undo(journal(tmp_path), tmp_path) == "merged one into two"


def test_what_a_person_put_back_stays_and_the_rest_is_undone(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    old = tree(tmp_path)
    carry_out(journal(tmp_path), tmp_path, "first", meant(tmp_path, {NAMES[0]: b"one"}))
    carry_out(journal(tmp_path), tmp_path, "second", meant(tmp_path, {NAMES[0]: b"two", NAMES[1]: b"two"}))
    (tmp_path / NAMES[0]).write_bytes(b"one")
    assert undo(journal(tmp_path), tmp_path) == "second"
    assert (tmp_path / NAMES[1]).read_bytes() == HELD[NAMES[1]]
    (tmp_path / NAMES[0]).write_bytes(HELD[NAMES[0]] or b"")
    assert undo(journal(tmp_path), tmp_path) == "first"
    assert tree(tmp_path) == old
    assert last(journal(tmp_path), tmp_path) == journals.Journal("", ())


def test_what_a_command_wrote_anew_since_keeps_nothing_from_being_undone(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    carry_out(journal(tmp_path), tmp_path, "it", meant(tmp_path, AFTER))
    (tmp_path / NAMES[2]).write_bytes(b"anew")
    assert undo(journal(tmp_path), tmp_path, derived=[tmp_path / NAMES[2]]) == "it"
    assert (tmp_path / NAMES[2]).read_bytes() == b"anew"
    assert {name: (tmp_path / name).read_bytes() for name in HELD} == HELD


def test_journals_and_private_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    notes = tmp_path.parent / f"{tmp_path.name}-vault/new.md"
    carry_out(journal(tmp_path), tmp_path, "it", [*meant(tmp_path, AFTER), FileChange(notes, None, b"x")])
    kept = list(journal(tmp_path).iterdir())
    assert {path.name for path in kept} == {".gitignore", "lock", "00000001.json"}
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert journal(tmp_path).stat().st_mode & 0o777 == 0o700
    assert notes.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / NAMES[2]).stat().st_mode & 0o777 == 0o644
    undo(journal(tmp_path), tmp_path)
    assert not notes.exists()


def test_a_workspace_may_be_moved_and_still_be_undone(tmp_path: Path) -> None:
    plant(tmp_path / "one", HELD)
    old = tree(tmp_path / "one")
    carry_out(journal(tmp_path / "one"), tmp_path / "one", "it", meant(tmp_path / "one", AFTER))
    (tmp_path / "one").rename(tmp_path / "two")
    undo(journal(tmp_path / "two"), tmp_path / "two")
    assert tree(tmp_path / "two") == old


def test_the_oldest_change_is_forgotten_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changes.KEPT >= 500
    monkeypatch.setattr(changes, "KEPT", 5)
    plant(tmp_path, {"a.md": b"0"})
    for number in range(1, 9):
        carry_out(journal(tmp_path), tmp_path, str(number), meant(tmp_path, {"a.md": str(number).encode()}))
    assert [undo(journal(tmp_path), tmp_path) for _ in range(5)] == ["8", "7", "6", "5", "4"]
    assert (tmp_path / "a.md").read_bytes() == b"3"
    with pytest.raises(HeardError, match="no change"):
        undo(journal(tmp_path), tmp_path)


INTERLEAVING = """
import sys
from pathlib import Path
from heard.base.changes import carry_out
from heard.base.files import ChangedMeanwhileError
from heard.values import FileChange
root, me, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
for number in range(25):
    held = [(root / name, (root / name).read_bytes()) for name in names]
    try:
        carry_out(root / "content/private/.changes", root, me, [FileChange(p, b, b + me.encode()) for p, b in held])
    except ChangedMeanwhileError:
        pass
"""


def test_two_processes_at_once_do_not_mix_their_changes(tmp_path: Path) -> None:
    plant(tmp_path, dict.fromkeys(NAMES, b""))
    started: Sequence[subprocess.Popen[bytes]] = [
        subprocess.Popen([sys.executable, "-c", INTERLEAVING, str(tmp_path), me, *NAMES]) for me in "ab"
    ]
    assert [process.wait() for process in started] == [0, 0]
    assert len({(tmp_path / name).read_bytes() for name in NAMES}) == 1
    assert (tmp_path / NAMES[0]).read_bytes()
    assert len(list(journal(tmp_path).glob("0*.json"))) == len((tmp_path / NAMES[0]).read_bytes())


def test_a_damaged_journal_is_told_and_nothing_is_touched(tmp_path: Path) -> None:
    plant(tmp_path, HELD)
    journal(tmp_path).mkdir()
    (journal(tmp_path) / journals.OPEN).write_bytes(b"{")
    before = tree(tmp_path)
    with pytest.raises(HeardError, match=r"is damaged.*Move that file out of its folder"):
        resume(journal(tmp_path), tmp_path)
    assert tree(tmp_path) == before
