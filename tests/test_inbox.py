"""`heard inbox`: what waits, as commands with ids and as a sitting with a key a decision."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from heard.listen.drafts import save_drafts
from heard.values import Draft, Place
from stories import account, note, problem, run, terminal, tree, until, workspace

BATTERIES = (
    "The batteries are flat long before the night shift ends.",
    "By three the batteries die and the night shift stands still.",
    "The batteries die and the night shift waits for two hours.",
    "Every night the forklift batteries are dead before the shift ends.",
)
DOORS = (
    "The dock doors ice up in winter and we cannot load.",
    "Ice on the dock doors holds up loading every morning.",
    "Our dock door freezes shut, so the loading waits.",
)
COMPANIES = ("Acme Foods", "Hallfrost", "Polarhaus", "Orrin Lane")


def drafts(root: Path, words: tuple[str, ...], **more: Any) -> list[str]:
    """Drafts in the inbox; their ids."""
    made = [
        Draft(
            Place(""), text, why="they name a problem", origin=f"call {at}", key=f"{hash(text) & 0xFFFFFFFF:08x}",
            conversation=f"c{at}", heard=datetime(2026, 3, 1 + at), account=COMPANIES[at % 4], person="Dana Ruiz",
        )
        for at, text in enumerate(words)
    ]  # fmt: skip
    paths = save_drafts(root / "content/private/inbox", [replace(one, **more) for one in made], date(2026, 11, 21))
    return [path.stem.rpartition("-")[2] for path in paths]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace where nothing was heard yet."""
    return workspace(tmp_path / "w")


def listed(root: Path) -> list[dict[str, Any]]:
    """All items that wait."""
    found: list[dict[str, Any]] = run(root, "inbox", "list", "--json").data
    return found


def problems(root: Path) -> dict[str, int]:
    """Every problem with the number of its companies."""
    return {row["slug"]: row["companies"] for row in run(root, "problems", "--json").data}


def test_drafts_that_say_the_same_are_proposed_as_one_problem(root: Path) -> None:
    drafts(root, (*BATTERIES, *DOORS))
    new = [item for item in listed(root) if item["kind"] == "new problem"]
    groups = {frozenset(quote["text"] for quote in item["quotes"]) for item in new}
    assert groups == {frozenset(BATTERIES), frozenset(DOORS)}
    largest = new[0]
    assert sorted(largest["companies"]) == sorted(COMPANIES)
    assert "batter" in largest["name"].lower()


def test_accepting_a_proposed_problem_makes_it_and_files_its_words(root: Path) -> None:
    drafts(root, (*BATTERIES, *DOORS))
    first = listed(root)[0]
    done = run(root, "inbox", "accept", first["id"], "--new", "Batteries die before the night shift ends")
    assert (done.code, done.err) == (0, "")
    assert problems(root) == {"batteries-die-before-the-night-shift-ends": 4}
    assert len(list((root / "content/private/inbox").glob("*.md"))) == 3
    assert len(list((root / "content/private/accounts").glob("*.md"))) == 4
    assert [item["kind"] for item in listed(root)] == ["new problem"]


def test_undo_brings_every_file_back(root: Path) -> None:
    drafts(root, (*BATTERIES, *DOORS))
    before = tree(root / "content")
    run(root, "inbox", "accept", listed(root)[0]["id"])
    assert tree(root / "content", "private/.heard", "private/.changes") != before
    assert "Taken back" in run(root, "inbox", "undo").out
    after = tree(root / "content", "private/.heard", "private/.changes")
    assert after == {name: content for name, content in before.items() if name in after}
    assert set(after) == set(before)


def test_a_quote_of_a_note_is_filed_where_it_stands(root: Path) -> None:
    problem(root, "batteries-die", public=False, body="")
    path = note(root, "2026-03-01", "Acme Foods", BATTERIES[0], at="")
    before = path.read_text("utf-8")
    (item,) = listed(root)
    assert (item["kind"], item["path"]) == ("quote", "content/private/notes/n000.md")
    run(root, "inbox", "file", item["id"], "--problem", "batteries")
    assert path.read_text("utf-8") == before + "> [[batteries-die]]\n"
    assert listed(root) == []


def test_a_likely_problem_is_proposed_and_accepted(root: Path) -> None:
    problem(root, "batteries-die-before-the-night-shift-ends", public=False, body="")
    problem(root, "dock-doors-ice-up", public=False, body="")
    for number, words in enumerate(BATTERIES[1:]):
        note(root, f"2026-02-0{number + 1}", COMPANIES[number], words, at="batteries-die-before-the-night-shift-ends")
    (wanted,) = drafts(root, BATTERIES[:1])
    (item,) = listed(root)
    assert item["proposed"] == "batteries-die-before-the-night-shift-ends"
    done = run(root, "inbox", "accept", wanted, "--json")
    assert done.data[0]["problem"] == "batteries-die-before-the-night-shift-ends"
    assert problems(root)["batteries-die-before-the-night-shift-ends"] == 4 - 1


def test_what_is_rejected_does_not_come_again(root: Path) -> None:
    (draft,) = drafts(root, BATTERIES[:1])
    path = note(root, "2026-03-01", "Acme Foods", DOORS[0], at="")
    before = path.read_bytes()
    quote = next(item["id"] for item in listed(root) if item["kind"] == "quote")
    done = run(root, "inbox", "reject", draft, quote, "--because", "no problem of ours")
    assert done.code == 0
    assert listed(root) == []
    assert path.read_bytes() == before
    assert not list((root / "content/private/inbox").glob("*.md"))
    kept = (root / "content/private/inbox/rejected.yml").read_text("utf-8")
    assert kept.count("no problem of ours") == 2
    assert "dock" not in kept


def test_a_rejected_quote_is_no_finding_any_more(root: Path) -> None:
    note(root, "2026-03-01", "Acme Foods", DOORS[0], at="")
    assert "note/unfiled" in run(root, "check").out
    run(root, "inbox", "reject", listed(root)[0]["id"], "--because", "small talk")
    assert "note/unfiled" not in run(root, "check").out


def test_two_quotes_of_one_note_are_filed_in_one_decision(root: Path) -> None:
    text = "".join(f"> {words}\n\n" for words in (*BATTERIES, *DOORS))
    path = root / "content/private/notes/fair.md"
    path.write_text(f"---\ndate: 2026-03-01\n---\n{text}", "utf-8")
    first = listed(root)[0]
    run(root, "inbox", "accept", first["id"], "--new", "Batteries die")
    assert path.read_text("utf-8").count("[[batteries-die]]") == 4


def test_an_unknown_id_names_the_list(root: Path) -> None:
    drafts(root, BATTERIES[:1])
    done = run(root, "inbox", "accept", "zzzzzz")
    assert done.code == 1
    assert "heard inbox list" in done.err


def test_a_name_that_is_taken_changes_nothing(root: Path) -> None:
    problem(root, "batteries-die", public=False, body="")
    (draft,) = drafts(root, DOORS[:1])
    done = run(root, "inbox", "file", draft, "--new", "Batteries die")
    assert done.code == 1
    assert "already" in done.err
    assert len(listed(root)) == 1


def test_a_known_spelling_makes_no_second_account(root: Path) -> None:
    account(root, "acme-foods", "Acme Foods Inc.")
    (draft,) = drafts(root, DOORS[:1], account="ACME Foods")
    run(root, "inbox", "file", draft, "--new", "Doors ice up")
    assert [path.stem for path in (root / "content/private/accounts").glob("*.md")] == ["acme-foods"]


GERMAN = (
    "Die Waschanlage läuft jeden Morgen zu lange, und wir stehen nur da.",
    "Der Techniker kommt nicht vor sechs, und die Anlage steht die ganze Nacht.",
    "Wir haben keine Etiketten mehr, und der Fahrer nimmt die falsche Palette mit.",
    "Bei uns ist der Boden vor dem Tor so glatt, dass man nicht gehen kann.",
)


def test_words_of_one_language_are_no_problem(root: Path) -> None:
    drafts(root, (*GERMAN, *BATTERIES, *DOORS))
    new = [{quote["text"] for quote in item["quotes"]} for item in listed(root) if item["kind"] == "new problem"]
    assert new
    assert not any(set(GERMAN) <= group for group in new)


def press(descriptor: int, key: str) -> None:
    """Press one key."""
    os.write(descriptor, key.encode())


def test_a_sitting_is_a_key_a_decision(root: Path) -> None:
    drafts(root, (*BATTERIES, *DOORS))
    with terminal(root, "inbox") as (child, screen):
        until(screen, "1 of 2")
        press(screen, "y")
        until(screen, "2 of 2")
        press(screen, "x")
        until(screen, "Why?")
        os.write(screen, b"not mine\r")
        shown = until(screen, "still in the inbox")
        assert "2 decisions saved" in shown
        assert child.wait(20) == 0
    assert list(problems(root).values()) == [4]
    assert listed(root) == []


def test_undo_in_a_sitting_shows_the_item_again(root: Path) -> None:
    drafts(root, (*BATTERIES, *DOORS))
    before = tree(root / "content/private/inbox")
    with terminal(root, "inbox") as (child, screen):
        until(screen, "1 of 2")
        press(screen, "y")
        until(screen, "2 of 2")
        press(screen, "u")
        assert "Taken back" in until(screen, "1 of 2")
        press(screen, "q")
        until(screen, "still in the inbox")
        assert child.wait(20) == 0
    assert tree(root / "content/private/inbox") == before
    assert problems(root) == {}


def test_quitting_keeps_all_that_was_decided(root: Path) -> None:
    drafts(root, (*BATTERIES, *DOORS))
    with terminal(root, "inbox") as (child, screen):
        until(screen, "1 of 2")
        press(screen, "r")
        until(screen, "Its name")
        os.write(screen, b"Batteries die\r")
        until(screen, "2 of 2")
        press(screen, "s")
        until(screen, "of 4")
        press(screen, "n")
        until(screen, "in their words")
        os.write(screen, b"Dock doors ice up\r")
        shown = until(screen, "made just now")
        assert "Dock doors ice up" in shown
        press(screen, "1")
        until(screen, "4 of 4")
        press(screen, "q")
        until(screen, "1 item is still in the inbox")
        assert child.wait(20) == 0
    assert problems(root) == {"batteries-die": 4, "dock-doors-ice-up": 2}
    assert len(listed(root)) == 1


def test_a_decision_that_cannot_be_made_comes_back(root: Path) -> None:
    problem(root, "batteries-die", public=False, body="")
    path = note(root, "2026-03-01", "Acme Foods", BATTERIES[0], at="")
    with terminal(root, "inbox") as (child, screen):
        until(screen, "1 of 1")
        path.write_text("---\ndate: 2026-03-01\n---\n> Something else.\n", "utf-8")
        press(screen, "1")
        time.sleep(0.5)
        until(screen, "Not done")
        assert child.wait(20) == 0
    assert "Something else" in path.read_text("utf-8")


def test_nothing_waits_in_an_empty_workspace(root: Path) -> None:
    assert "Nothing waits" in run(root, "inbox").err
    assert listed(root) == []


def test_rejecting_a_draft_that_was_written_by_hand_hides_no_other(root: Path) -> None:
    drafts(root, (BATTERIES[0], DOORS[0]), key="")
    run(root, "inbox", "reject", listed(root)[0]["id"])
    assert len(listed(root)) == 1


@pytest.mark.parametrize("text", ["<<<<<<< a\nrejected:\n=======\n>>>>>>> b\n", "version: 1\nrejected: []\n", "- a\n"])
def test_a_broken_file_of_rejections_is_not_made_worse(root: Path, text: str) -> None:
    (draft,) = drafts(root, DOORS[:1])
    path = root / "content/private/inbox/rejected.yml"
    path.write_text(text, "utf-8")
    done = run(root, "inbox", "reject", draft)
    assert (done.code, path.read_text("utf-8"), len(listed(root))) == (1, text, 1)
    assert "rejected.yml" in done.err
