"""Accepted drafts become quotes of one note, and rejected things stay away."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from heard.catalogue.notes import read_note
from heard.catalogue.rejected import key_of_words, read_rejected, with_rejected
from heard.listen.accept import draft_id, note_of, with_draft
from heard.values import Draft, Finding, Place, Quotable, Source

DRAFT = Draft(
    Place("content/private/inbox/2026-11-02-k3f9ab.md"),
    "The dock doors ice up and we wait for maintenance.",
    why="Petr Novák said it",
    origin="hallfrost.vtt 0:12:31",
    key="3f2a",
    conversation="call-1",
    heard=datetime(2026, 11, 2, 9, 30),
    source=Source.CALL,
    account="Hallfrost",
    person="Petr Novák",
    role="shift lead",
    industry="cold-storage",
    quotable=Quotable.ANONYMOUS,
)


def texts(text: str) -> list[str]:
    return [quote.text for quote in read_note(text, "note", []).quotes]


def test_the_drafts_of_one_conversation_share_a_note() -> None:
    later = replace(DRAFT, text="Then nobody can repair it at night.", key="77ab", person="Ada Kern", tags=("cost",))
    first = with_draft(None, DRAFT, ["dock-doors-ice-up"], texts)
    note = read_note(with_draft(first, later, [], texts), "note", [])
    assert note_of(DRAFT, Path("notes")) == note_of(later, Path("notes"))
    assert (note.heard, note.account, note.source) == (DRAFT.heard, "Hallfrost", Source.CALL)
    one, two = note.quotes
    assert (one.text, one.person, one.role, one.account) == (DRAFT.text, "Petr Novák", "shift lead", "Hallfrost")
    assert (one.problems, one.id, one.quotable) == (("dock-doors-ice-up",), draft_id(DRAFT), Quotable.ANONYMOUS)
    assert (two.text, two.person, two.problems, two.tags) == (later.text, "Ada Kern", (), ("cost",))
    assert one.industry == two.industry == "cold-storage"
    assert "hallfrost.vtt 0:12:31" in note.rest


def test_another_company_day_or_permission_is_another_note() -> None:
    others = [
        replace(DRAFT, account="Polarhaus"),
        replace(DRAFT, heard=datetime(2026, 11, 3)),
        replace(DRAFT, heard=None),
        replace(DRAFT, quotable=Quotable.OFFRECORD),
        replace(DRAFT, conversation="call-2"),
    ]
    assert len({note_of(one, Path("notes")) for one in (DRAFT, *others)}) == 6


def test_a_note_s_name_tells_no_name() -> None:
    name = note_of(DRAFT, Path("notes")).as_posix()
    assert name.startswith("notes/2026/2026-11-02 0930-")
    assert "allfrost" not in name


def test_a_person_written_last_name_first_keeps_the_company() -> None:
    note = read_note(with_draft(None, replace(DRAFT, person="Novák, Petr"), [], texts), "note", [])
    assert (note.quotes[0].person, note.quotes[0].account) == ("Petr Novák", "Hallfrost")


WORDS = st.text(st.sampled_from(string.ascii_letters + " #[]>^—-\\\n*_`~|0123456789äł"), min_size=1).filter(
    lambda text: any(c.isalnum() for c in text)
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.text("abc, ", max_size=8))
def test_accepted_words_read_back_as_they_were_said(said: list[str], person: str) -> None:
    text, meant = None, []
    for number, words in enumerate(said):
        plain = "\n".join(row.strip() for row in words.split("\n")).strip()
        draft = replace(DRAFT, text=plain, key=str(number), person=person.strip())
        text = with_draft(text, draft, ["a-problem"], texts)
        meant.append(plain)
    assert text is not None
    note = read_note(text, "note", [])
    assert [quote.text for quote in note.quotes] == meant
    assert all(quote.problems == ("a-problem",) for quote in note.quotes)


@given(st.lists(st.text(max_size=20), max_size=3), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_every_rejection_is_remembered_with_its_reason(words: list[str], because: str) -> None:
    keys = [key_of_words(one) for one in words]
    text = with_rejected("", ["first"], "not theirs", date(2026, 11, 21))
    findings: list[Finding] = []
    found = read_rejected(with_rejected(text, keys, because, date(2026, 11, 21)), "rejected.yml", findings)
    assert not findings
    assert found["first"] == "not theirs"
    assert set(found) == {"first", *keys}


def test_a_rejection_keeps_no_words() -> None:
    text = with_rejected("", [key_of_words(DRAFT.text)], "", date(2026, 11, 21))
    assert "dock" not in text
    assert key_of_words(" The dock doors  ice up and we wait for maintenance") == key_of_words(DRAFT.text)
