"""Logging: what was said is what is read back, and no file name says who."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heard.catalogue.notes import read_note
from heard.listen.log import NoteDraft, QuoteDraft, note_text, paragraphs, quotes_of, save_note, with_ids
from heard.values import Finding, HeardError, Note, Quotable, Source

WHEN = datetime(2026, 11, 21, 14, 32)
NASTY = (
    "word ", "#cost", " #critical", "[[a]]", "[[a|b]]", "[!note]", " ^k3f9", "^", "— x, y", "-- x", "- x", "\n", "\n\n",
    "> ", "\\", "```", "---\n", ":", "\t", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\ufeff", "😀", "\ud800", "\xa0",
)  # fmt: skip
WORDS = st.one_of(st.text(), st.lists(st.sampled_from(NASTY)).map("".join)).filter(lambda text: text.strip())


def texts(text: str) -> list[str]:
    return [quote.text for quote in read_note(text, "note", []).quotes]


def read_back(draft: NoteDraft) -> tuple[Note, list[Finding]]:
    findings: list[Finding] = []
    return read_note(note_text(draft, texts), "note", findings), findings


def lines(text: str) -> list[str]:
    """The words as far as a note keeps them: line by line, without outer spaces."""
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return [row.strip() for row in re.split(r"\r\n|\r|\n", clean.strip())]


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3), st.text(), st.booleans())
@example(["It broke.\n— and then nothing"], "", True)
@example(["[!note] is a callout"], "[[a]]", True)
@example(["#cost"], "> not theirs", False)
@example(["say \\#x and [[a]]"], "#critical", True)
def test_the_words_are_read_back_as_they_were_said(said: list[str], rest: str, filed: bool) -> None:
    problems = ("a-problem", "another") if filed else ()
    draft = with_ids(NoteDraft(WHEN, tuple(QuoteDraft(words, problems) for words in said), rest=rest))
    note, findings = read_back(draft)
    assert [quote.text.split("\n") for quote in note.quotes] == [lines(words) for words in said]
    assert [quote.problems for quote in note.quotes] == [problems] * len(said)
    assert [quote.id for quote in note.quotes] == [quote.id for quote in draft.quotes]
    assert not any(quote.tags for quote in note.quotes)
    assert [finding.code for finding in findings if finding.code != "note/unknown-tag"] == []


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
@example('[[Acme]] #1: "Foods"', "no", "~")
def test_the_header_is_read_back_as_it_was_given(account: str, person: str, role: str) -> None:
    draft = NoteDraft(WHEN, (QuoteDraft("It broke."),), Source.EMAIL, account, person, role, quotable=Quotable.NAMED)
    note, findings = read_back(draft)
    assert (note.heard, note.source, note.quotable, findings) == (WHEN, Source.EMAIL, Quotable.NAMED, [])
    assert note.role == "\n".join(lines(role))


def test_plain_words_are_not_escaped() -> None:
    words = "We wait two hours - mid-shift, at $40,000 a year (the #1 cost?) for C# * 2 [sic]."
    text = note_text(NoteDraft(WHEN, (QuoteDraft(words, ("a",), "k3f9"),), account="Acme"), texts)
    assert text == (
        f"---\ndate: 2026-11-21 14:32\nsource: call\naccount: Acme\nquotable: no\n---\n> {words} ^k3f9\n> [[a]]\n"
    )


@pytest.mark.parametrize("words", ["", " \n "])
def test_nothing_is_not_saved(words: str) -> None:
    with pytest.raises(HeardError, match="no words"):
        note_text(NoteDraft(WHEN, (QuoteDraft(words),)), texts)


def test_a_file_name_says_when_and_nothing_else(tmp_path: Path) -> None:
    text = note_text(NoteDraft(WHEN, (QuoteDraft("It broke."),), account="Acme Foods", person="D. Ruiz"), texts)
    paths = {save_note(tmp_path, WHEN, text) for _ in range(3)}
    assert len(paths) == 3
    assert all(re.fullmatch(r"2026-11-21 1432-[a-z2-9]{6}\.md", path.name) for path in paths)
    assert {path.parent for path in paths} == {tmp_path / "2026"}
    assert {path.read_text(encoding="utf-8") for path in paths} == {text}
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}


def test_a_taken_name_is_passed_over(tmp_path: Path) -> None:
    first = save_note(tmp_path, WHEN, "one", "k3f9")
    second = save_note(tmp_path, WHEN, "two", "k3f9")
    assert first != second
    assert (first.read_text(), second.read_text()) == ("one", "two")


def test_ids_that_are_given_stay() -> None:
    draft = with_ids(NoteDraft(WHEN, (QuoteDraft("a", id="mine"), QuoteDraft("b"))))
    assert draft.quotes[0].id == "mine"
    assert re.fullmatch(r"[a-z2-9]{6}", draft.quotes[1].id)


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        (["It broke."], ("It broke.",)),
        (["It", "broke."], ("It broke.",)),
        (["It broke.", "Then it stopped."], ("It broke.", "Then it stopped.")),
        (["", " "], ()),
    ],
)
def test_arguments_are_quotes_when_the_shell_was_told_so(words: list[str], quotes: tuple[str, ...]) -> None:
    assert quotes_of(words) == quotes


def test_paragraphs_are_quotes() -> None:
    assert paragraphs("One\ntwo\r\n\r\n \nThree\n\n\n") == ("One\ntwo", "Three")
