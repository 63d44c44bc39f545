"""`heard draft`: an outline with the answers in place, and nothing that was typed is lost."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stories
from heard.base.gaps import gaps
from heard.publish.dialect import expand, in_short
from heard.values import Place
from heard.write.fill import filled
from heard.write.outline import QUESTIONS, outline, question_of
from stories import account, note, problem, run

PATH = "content/private/problems/flat.md"
QUOTES = "content/private/problems/flat.quotes.md"
ANSWERS = """a second charger: it stands in the same corner
more batteries

Three hours a night.

Nobody owns the plug.

One name on the board.

A hall with nine trucks: five stops, then none.

-

Print the charger log (shift lead, 40 min)
name one plug owner, operations manager, 10 min
- [ ] Measure.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A problem that two companies told of, and no paper."""
    root = tmp_path / "workspace"
    (root / "content/private/notes").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Test\n")
    (root / "content/expert.yml").write_text("name: Maren\n")
    stories.file(root, "industries/cold-storage.md", {"name": "Cold storage"})
    problem(root, "flat", public=False, body="")
    account(root, "acme", "Acme Foods")
    note(root, "2026-11-02", "Acme Foods", "The trucks stand still from three until six. #cost", person="Dana Ruiz")
    note(root, "2026-11-03", "Nordfrost", "We own a spade\nfor it.", quotable="anonymous", role="shift lead")
    return root


def paper(root: Path) -> str:
    return (root / PATH).read_text("utf-8")


def header(root: Path) -> bytes:
    return (root / PATH).read_bytes().partition(b"\n---\n")[0]


def test_without_questions_the_outline_stands_below_the_header(root: Path) -> None:
    before = header(root)
    done = run(root, "draft", "flat", "--no-input")
    assert (done.code, done.out) == (0, f"{PATH}\n"), done.err
    assert header(root) == before
    assert paper(root).endswith(outline())
    assert "16 gaps left" in done.err
    assert "heard publish flat" in done.err
    assert run(root, "check").code == 0


def test_the_outline_is_a_paper_in_the_dialect() -> None:
    markdown, findings = expand(outline(), (), Place("p.md"))
    assert findings == ()
    assert "[[quote]]" not in markdown
    assert in_short(outline())[0].startswith("[gap: the answer")
    marks = [gap.mark for gap in gaps(outline())]
    assert {question_of(mark) for mark in marks} - {None} == set(QUESTIONS)
    assert len(set(marks)) == len(marks)


def test_answers_stand_in_their_places(root: Path) -> None:
    done = run(root, "draft", "flat", "--answers", "-", stdin=ANSWERS)
    assert done.code == 0, done.err
    text = paper(root)
    assert "## What it costs\n\nThree hours a night.\n" in text
    assert "## What is tried first\n\n**A second charger.** It stands in the same corner.\n\nmore batteries\n" in text
    assert (
        "## What to do on Monday\n\n"
        "- [ ] **Print** the charger log. *Shift lead, 40 min*\n"
        "- [ ] **Name** one plug owner. *Operations manager, 10 min*\n"
        "- [ ] **Measure**.\n"
    ) in text
    assert "[gap: what gets in the way" in text
    assert "10 gaps left" in done.err


def test_too_many_answers_are_not_guessed_at(root: Path) -> None:
    done = run(root, "draft", "flat", "--answers", "-", stdin="x\n\n" * 8)
    assert done.code == 1
    assert "8 answers for 7 questions" in done.err


def test_a_paper_that_is_there_keeps_every_word_and_only_its_gaps_are_asked_for(root: Path) -> None:
    body = "\n## Mine\n\nMy own words, about [gap: the cause] and so on.\n\n[gap: the rest]\n"
    problem(root, "flat", public=False, body=body)
    before = (root / PATH).read_bytes()
    done = run(root, "draft", "flat", "--no-input")
    assert (root / PATH).read_bytes() == before
    assert "has a paper already; not a word of it is overwritten" in done.err
    assert "2 gaps left, in lines" in done.err
    run(root, "draft", "flat", "--answers", "-", stdin="the cold\nand the plug\n\nOne.\nTwo.\n")
    assert (root / PATH).read_bytes() == before.replace(b"[gap: the cause]", b"the cold and the plug").replace(
        b"[gap: the rest]", b"One.\nTwo."
    )
    assert "No gap is left." in run(root, "draft", "flat").err


def test_line_ends_and_rights_of_the_file_stay(root: Path) -> None:
    path = root / PATH
    path.write_bytes(b"\xef\xbb\xbf---\r\nproblem: Flat  # mine\r\nslug: flat\r\n---")
    path.chmod(0o640)
    run(root, "draft", "flat", "--answers", "-", stdin="x")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf---\r\nproblem: Flat  # mine\r\nslug: flat\r\n---\r\n\r\n## In short\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_quotes_lie_beside_it_and_are_no_problem(root: Path) -> None:
    run(root, "draft", "flat", "--no-input")
    text = (root / QUOTES).read_text("utf-8")
    assert stat.S_IMODE((root / QUOTES).stat().st_mode) == 0o600
    assert "## Acme Foods\n\n> The trucks stand still from three until six.\n\n2026-11-02 · Dana Ruiz" in text
    assert "> We own a spade\n> for it.\n\n2026-11-03 · shift lead · may be quoted without the name" in text
    assert [row["slug"] for row in run(root, "problems", "--json").data] == ["flat"]
    assert run(root, "log", "Again.", "--problem", "flat", "--json").data["quotes"][0]["problem"] == "flat"
    assert not any(row["path"] == QUOTES for row in run(root, "check", "--json").data)


def test_the_quotes_are_made_anew_unless_a_person_changed_them(root: Path) -> None:
    run(root, "draft", "flat", "--no-input")
    note(root, "2026-11-04", "Wexholm", "It hums.")
    run(root, "draft", "flat", "--no-input")
    assert "> It hums." in (root / QUOTES).read_text("utf-8")
    mine = (root / QUOTES).read_text("utf-8") + "my own remark\n"
    (root / QUOTES).write_text(mine, "utf-8")
    done = run(root, "draft", "flat", "--no-input")
    assert (root / QUOTES).read_text("utf-8") == mine
    assert "so it was left as it is" in done.err


def test_repeated_words_are_shown_at_once_and_by_check_and_stop_publishing(root: Path) -> None:
    done = run(root, "draft", "flat", "--answers", "-", stdin="-\n\nAll trucks stand still from three until six.\n")
    assert "repeats a client's words, “trucks stand still from three until six”" in done.err
    (told,) = [row for row in run(root, "check", "--json").data if row["code"] == "paper/repeats-client"]
    assert told["severity"] == "worth a look"
    assert "All trucks stand still" in paper(root).split("\n")[told["line"] - 1]
    refused = run(root, "publish", "flat", "--yes")
    assert refused.code == 1
    assert "to fix: repeats a client's words" in refused.err
    assert "to fix: 15 gaps to write" in refused.err
    assert (root / PATH).exists()


def test_a_retired_paper_with_a_gap_is_not_published_again(root: Path) -> None:
    (root / PATH).unlink()
    problem(root, "flat", retired="2026-11-01", body="\n[gap: the cause]\n")
    assert run(root, "check").code == 0
    assert "to fix: 1 gap to write: the cause" in run(root, "publish", "flat", "--yes").err


def test_json_says_what_is_left(root: Path) -> None:
    data = run(root, "draft", "flat", "--no-input", "--json").data
    assert (data["path"], data["quotes"], len(data["gaps"])) == (PATH, QUOTES, 16)
    assert data["gaps"][0]["asks"].startswith("the answer in eighty")
    assert data["repeats"] == []


def test_what_is_published_is_not_drafted_but_told_what_to_do(root: Path) -> None:
    problem(root, "flat", review_by="2026-10-01")
    (root / PATH).unlink()
    done = run(root, "draft", "flat", "--no-input")
    assert (done.code, done.out) == (1, "")
    assert "was to be read again by 2026-10-01. Read content/problems/flat.md beside what they say" in done.err
    assert "> We own a spade" in (root / QUOTES).read_text("utf-8")
    problem(root, "flat")
    assert "is published already" in run(root, "draft", "flat").err
    problem(root, "flat", retired="2026-11-01")
    assert "was taken off the site" in run(root, "draft", "flat").err
    problem(root, "icy", public=False, merged_into="flat", body="")
    assert "was merged into flat" in run(root, "draft", "icy").err


def test_at_a_terminal_each_answer_is_saved_before_the_next_question(root: Path) -> None:
    with stories.terminal(root, "draft", "flat") as (child, screen):
        stories.until(screen, "1 of 7")
        stories.typed(screen, "more batteries: they stand in the same corner")
        stories.typed(screen, "")
        stories.until(screen, "2 of 7")
        assert "**More batteries.** They stand" in paper(root)
        stories.typed(screen, "The trucks stand still from three until six.")
        stories.typed(screen, "We think.")
        stories.typed(screen, "")
        assert "repeats a client's words" in stories.until(screen, "3 of 7")
        # Enter skips, and what somebody writes into the file meanwhile stays.
        (root / PATH).write_text(paper(root).replace("[gap: what works, in the order of doing]", "Mine."), "utf-8")
        stories.typed(screen, "")
        stories.until(screen, "4 of 7")
        stories.typed(screen, "Theirs.")
        stories.typed(screen, "")
        assert "is filled already" in stories.until(screen, "5 of 7")
        for number in (6, 7):
            stories.typed(screen, "")
            stories.until(screen, f"{number} of 7")
        stories.typed(screen, "")
        stories.until(screen, "and asks")
        assert child.wait(timeout=20) == 0
    text = paper(root)
    assert "The trucks stand still from three until six.\nWe think." in text
    assert "## What works\n\nMine." in text
    assert "[gap: the cause" in text


def test_ctrl_c_keeps_even_the_line_that_was_not_ended(root: Path) -> None:
    with stories.terminal(root, "draft", "flat") as (child, screen):
        stories.until(screen, "1 of 7")
        stories.typed(screen, "more batteries")
        stories.until(screen, "> more batteries")
        os.write(screen, b"half a line")
        stories.until(screen, "half a line")
        os.write(screen, b"\x03")
        shown = stories.until(screen, "Stopped.")
        assert child.wait(timeout=20) == 130
    assert "more batteries\n\nhalf a line" in paper(root)
    assert "15 gaps left" in shown


def test_a_terminal_that_goes_away_loses_nothing_that_was_saved(root: Path) -> None:
    with stories.terminal(root, "draft", "flat") as (child, screen):
        stories.until(screen, "1 of 7")
        stories.typed(screen, "more batteries")
        stories.typed(screen, "")
        stories.until(screen, "2 of 7")
        child.send_signal(signal.SIGKILL)
    assert "more batteries" in paper(root)
    assert "[gap: what it costs" in paper(root)


def test_at_a_terminal_a_paper_that_was_begun_asks_first(root: Path) -> None:
    problem(root, "flat", public=False, body="\nMine: [gap: the cause].\n")
    with stories.terminal(root, "draft", "flat") as (child, screen):
        stories.until(screen, "Go on with 1 gap in it?")
        stories.typed(screen, "y")
        stories.until(screen, "The cause")
        stories.typed(screen, "the cold")
        stories.typed(screen, "")
        stories.until(screen, "No gap is left.")
        assert child.wait(timeout=20) == 0
    assert paper(root).endswith("\nMine: the cold.\n")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("[gap: the cause]", ["the cause"]),
        ("a [Gap: the\ncause] b [write here: more]", ["the cause", "more"]),
        ("[gap: one][^1]", ["one"]),
        ("[your bank]", ["your bank"]),
        ("[your guide](a.html) [[gap]] [gap: x](y) [gaps] [stop gap]", []),
        ("[gap: cut\n\noff]", []),
        ("```\n[gap: a]\n```\n[gap: b]", ["b"]),
        ("~~~~ text\n[gap: a]\n~~~\n[gap: b]\n~~~~\n> ```\n> [gap: c]\n> ```", []),
        ("```\n[gap: nothing ends it]", ["nothing ends it"]),
        ("Write `[gap: a]` or [gap: the `answer`, `a[0]`]", ["the `answer`, `a[0]`"]),
        ("[your]: https://x.example\n\\[gap: no]", []),
        ("It costs [gap: how much]: a lot", ["how much"]),
    ],
)
def test_gaps_are_found_and_links_are_none(text: str, asks: list[str]) -> None:
    assert [gap.asks for gap in gaps(text)] == asks


words = st.text(st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), min_size=1)


@given(words, words, words)
def test_filling_a_gap_changes_nothing_else(before: str, answer: str, after: str) -> None:
    body = f"{before}\n\n[gap: this one]\n\n{after}"
    found = filled(body, "[gap: this one]", answer)
    assert found is not None
    assert found.startswith(before + "\n\n")
    assert found.endswith("\n\n" + after)


def test_two_gaps_of_one_line_are_two_gaps_and_one_line(root: Path) -> None:
    problem(root, "flat", public=False, body="\n[gap: a] [gap: b]\n")
    assert "2 gaps left, in line 1" in run(root, "draft", "flat", "--no-input").err
    assert ", " not in run(root, "draft", "flat", "--no-input").err.partition("left, in line ")[2].partition(".")[0]


def test_a_gap_shown_in_code_is_not_filled() -> None:
    body = "```\n[gap: a]\n```\n\n`[gap: a]`\n\n[gap: a]\n"
    assert filled(body, "[gap: a]", "one") == "```\n[gap: a]\n```\n\n`[gap: a]`\n\none\n"


def test_a_translation_is_drafted_beside_the_words_for_its_original(root: Path) -> None:
    problem(root, "leer", public=False, body="", translates="flat", lang="de")
    done = run(root, "draft", "leer", "--no-input")
    assert done.code == 0, done.err
    quotes = (root / "content/private/problems/leer.quotes.md").read_text("utf-8")
    run(root, "draft", "flat", "--no-input")
    original = (root / "content/private/problems/flat.quotes.md").read_text("utf-8")
    assert quotes.count("\n> ") == original.count("\n> ") > 0


def test_an_answer_in_a_table_or_a_list_stays_on_its_line() -> None:
    assert filled("| [gap: a] | b |", "[gap: a]", "one | two\nthree") == "| one \\| two three | b |"
    assert filled("- [gap: a]\n- c", "[gap: a]", "one\ntwo") == "- one two\n- c"
    assert filled("!!! takeaway\n    [gap: a]\n", "[gap: a]", "one\ntwo") == "!!! takeaway\n    one\n    two\n"
    assert filled("nothing", "[gap: a]", "one") is None


def test_a_paper_whose_gaps_are_all_filled_has_nothing_to_fix(root: Path) -> None:
    run(root, "draft", "flat", "--answers", "-", stdin="Our own words.\n\n" * 7)
    left = len(gaps(paper(root)))
    run(root, "draft", "flat", "--answers", "-", stdin="Our own words.\n\n" * left)
    rows = [row for row in run(root, "check", "--json").data if row["path"] == PATH]
    # The answers of the test are few words; that is all that may be said of them.
    wrong = [row for row in rows if row["severity"] == "to fix" or row["code"].startswith("paper/")]
    assert not [row for row in wrong if row["code"] != "paper/thin"]
