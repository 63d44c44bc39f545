"""`heard undo` takes back what was done last, or says so before it touches anything older."""

from __future__ import annotations

from pathlib import Path

import pytest

from heard.base import changes
from stories import note, problem, run, tree

KEPT_OUT = ("content/private/.changes", "content/private/.heard", ".heard")
OLD, NEW = "content/private/problems/flat.md", "content/private/problems/empty.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A problem that one company told of."""
    root = tmp_path / "workspace"
    (root / "content/private/notes").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Test\n")
    (root / "content/expert.yml").write_text("name: Maren\n")
    problem(root, "flat", public=False, body="")
    note(root, "2026-11-02", "Acme Foods")
    return root


def files(root: Path) -> dict[str, str]:
    return tree(root, *KEPT_OUT)


def log(root: Path, *more: str) -> Path:
    done = run(root, "log", "The docks freeze.", *more)
    assert done.code == 0, done.err
    return root / done.out.strip().removeprefix("Saved ")


def test_a_note_that_was_logged_goes_with_all_that_was_made_for_it(root: Path) -> None:
    assert run(root, "rename", "flat", "Empty").code == 0
    before = files(root)
    log(root, "--account", "Nordfrost", "--new", "Docks freeze")
    assert len(files(root)) == len(before) + 3
    done = run(root, "undo")
    assert done.out == "Taken back: “The docks freeze.” logged\n"
    assert "> The docks freeze." in done.err
    assert files(root) == before
    assert run(root, "undo").out.startswith("Taken back: “Flat” is now called “Empty”") or (root / OLD).exists()
    assert (root / OLD).exists()
    assert not (root / NEW).exists()


def test_words_that_were_changed_since_are_not_deleted(root: Path) -> None:
    assert run(root, "rename", "flat", "Empty").code == 0
    path = log(root)
    path.write_text(path.read_text("utf-8") + "\nThey tried salt.\n", "utf-8")
    before = files(root)
    done = run(root, "undo")
    assert done.code == 1
    assert path.name in done.err
    assert "`heard undo --keep`" in done.err
    assert files(root) == before


def test_keep_passes_over_the_last_one_for_good(root: Path) -> None:
    assert run(root, "rename", "flat", "Empty").code == 0
    path = log(root)
    done = run(root, "undo", "--keep", "--json")
    assert done.data["kept"] == "“The docks freeze.” logged"
    assert done.data["next"]
    assert run(root, "undo").code == 0
    assert (root / OLD).exists()
    assert path.exists()
    assert run(root, "undo", "--keep").code == 1


def test_undo_in_the_inbox_takes_no_note_back(root: Path) -> None:
    path = log(root)
    done = run(root, "inbox", "undo")
    assert done.code == 1
    assert "“The docks freeze.” logged" in done.err
    assert "`heard undo` takes that note back" in done.err
    assert path.exists()


def test_what_is_taken_back_by_hand_alone_is_named_before_anything_older_is_touched(root: Path) -> None:
    assert run(root, "rename", "flat", "Empty").code == 0
    folder = root / "content/private/.changes"
    changes.remember(folder, root, "docks published", back="`heard retract docks` takes it off the site.")
    before = files(root)
    done = run(root, "undo")
    assert done.code == 1
    assert "What was done last is: docks published. `heard retract docks` takes it off the site." in done.err
    assert files(root) == before
    assert run(root, "undo", "--keep").code == 0
    assert run(root, "undo").code == 0
    assert (root / OLD).exists()


def test_a_disk_that_refuses_the_record_keeps_nobody_from_logging(root: Path) -> None:
    (root / "content/private/.changes").write_text("no folder")
    assert log(root).exists()


def test_a_draft_is_taken_back_and_then_what_was_done_before_it(root: Path) -> None:
    before = files(root)
    log(root, "--new", "Docks freeze")
    logged = files(root)
    assert run(root, "draft", "docks", "--answers", "-", stdin="It is cold.\n").code == 0
    begun = run(root, "undo")
    assert begun.out == "Taken back: an answer put into docks-freeze\n"
    assert run(root, "undo").out == "Taken back: the paper docks-freeze begun\n"
    assert files(root) == logged
    assert run(root, "undo").code == 0
    assert files(root) == before


def test_what_was_written_into_a_draft_by_hand_is_not_overwritten(root: Path) -> None:
    assert run(root, "draft", "flat", "--no-input").code == 0
    paper = root / OLD
    paper.write_text(paper.read_text("utf-8") + "My own words.\n", "utf-8")
    done = run(root, "undo")
    assert done.code == 1
    assert OLD in done.err
    assert paper.read_text("utf-8").endswith("My own words.\n")
    assert (root / "content/private/problems/flat.quotes.md").exists()


def test_quotes_that_are_gathered_anew_do_not_bar_the_way(root: Path) -> None:
    assert run(root, "draft", "flat", "--no-input").code == 0
    begun = files(root)
    log(root, "--problem", "flat")
    assert run(root, "draft", "flat", "--no-input").code == 0
    assert run(root, "undo").out == "Taken back: what was said of flat gathered\n"
    assert run(root, "undo").code == 0
    assert files(root) == begun
    assert run(root, "undo").out == "Taken back: the paper flat begun\n"


def test_an_import_is_taken_back_before_anything_older(root: Path) -> None:
    assert run(root, "rename", "flat", "Empty").code == 0
    before = files(root)
    vault = root.parent / "call.md"
    vault.write_text("---\ndate: 2026-10-01\naccount: Nordfrost\n---\n> The gate sticks every Friday.\n", "utf-8")
    assert run(root, "import", str(vault)).code == 0
    assert files(root) != before
    assert "imported into the inbox" in run(root, "undo").out
    assert files(root) == before
