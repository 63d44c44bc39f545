"""Filing: a quote's links change, and nothing else of its note does, whatever the note looks like."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.catalogue.filing import file_under, refile, unfile, with_id
from heard.catalogue.notes import read_note
from heard.values import HeardError, Quote

HEADERS = ("", "---\ndate: 2026-11-21\naccount: Acme Foods\n---\n", "---\ntags: [a]\n---\n\n")
WORDS = (
    "Batteries die.",
    "See [[truck-batteries]] for it, he said.",
    "It costs us $40,000 #cost",
    r"We \#never \[[link]] a \> thing",
    "[[Dock doors|The doors]] ice up",
    "Äpfel – and pears [[dock-doors]]",
    "first [[a]] [[dock-doors]]",
)
MARKS = ("[[dock-doors]] #critical", "#serious", "[[a]] [[b]]", "[[notes/dock-doors.md#top|the doors]]", "")
SPEAKERS = ("— P. Novak, Nordfrost, shift lead #anonymous", "-- [[dock-doors]]", "")
BELOW = ("", "\n[[dock-doors]]\n", "[[a|label]] #cost\n", "My own words.\n", "\n#wish\n\n[[a]]\n", "```\n> code\n```\n")
PREFIXES = ("> ", ">", "  > ", "> > ", ">\t")


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A blockquote as people write them, with what stands below it."""
    prefix = draw(st.sampled_from(PREFIXES))
    rows = draw(st.lists(st.sampled_from((*WORDS, "")), min_size=1, max_size=3))
    rows[0] = rows[0] or "Words."
    if draw(st.booleans()):
        rows[-1] += draw(st.sampled_from((" ^k3f9", " ^own-id", " [[dock-doors]]")))
    rows += [row for row in (draw(st.sampled_from(MARKS)), draw(st.sampled_from(SPEAKERS))) if row]
    if draw(st.booleans()):
        rows = [draw(st.sampled_from(("[!quote] Zofia", "[!cite]- A, B", "[!quote]"))), *rows]
    return "".join(f"{prefix}{row}\n" for row in rows) + draw(st.sampled_from(BELOW))


@st.composite
def notes(draw: st.DrawFn) -> str:
    """A whole note: any header, several quotes, and the line ends of any editor."""
    parts = draw(st.lists(blocks(), min_size=1, max_size=3))
    text = draw(st.sampled_from(HEADERS)) + draw(st.sampled_from(("\n", "\n\nWords of mine.\n\n"))).join(parts)
    text = text.rstrip("\n") if draw(st.booleans()) else text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return "\ufeff" + text if draw(st.booleans()) else text


def quotes(text: str) -> list[Quote]:
    """The quotes of a text, without their lines: an added line moves those below it."""
    return [replace(quote, line=0) for quote in read_note(text, "note.md", []).quotes]


def one_of(data: st.DataObject, text: str) -> tuple[int, Quote] | None:
    """A quote of the text that can be told from all others."""
    found = list(enumerate(read_note(text, "note.md", []).quotes))
    return data.draw(st.sampled_from(found)) if found else None


def is_one_insertion(before: str, after: str) -> bool:
    """Whether the second text is the first one with something put in at one place."""
    more = len(after) - len(before)
    places = (at for at in range(len(before) + 1) if before[:at] == after[:at])
    return any(before[at:] == after[at + more :] for at in places)


@given(notes(), st.data())
def test_a_quote_is_filed_and_all_else_stays(text: str, data: st.DataObject) -> None:
    found = one_of(data, text)
    if not found:
        return
    at, quote = found
    edited = file_under(text, quote.line, quote.text, ["new-one", "dock-doors"])
    meant = quotes(text)
    meant[at] = replace(meant[at], problems=tuple(dict.fromkeys((*quote.problems, "new-one", "dock-doors"))))
    assert quotes(edited) == meant
    assert ("\r\n" in text) >= ("\r" in edited)
    assert text.endswith("\n") == edited.endswith("\n")
    assert edited.startswith("\ufeff") == text.startswith("\ufeff")
    assert is_one_insertion(text, edited)
    assert file_under(edited, quote.line, quote.text, ["new-one"]) == edited


@given(notes(), st.data())
def test_a_quote_is_filed_under_another_problem(text: str, data: st.DataObject) -> None:
    found = one_of(data, text)
    if not found or not found[1].problems:
        return
    at, quote = found
    old = data.draw(st.sampled_from(quote.problems))
    edited = refile(text, quote.line, quote.text, old, "new-one")
    meant = quotes(text)
    meant[at] = replace(meant[at], problems=tuple("new-one" if one == old else one for one in quote.problems))
    assert quotes(edited) == meant
    assert edited.count("\n") == text.count("\n")
    assert refile(edited, quote.line, quote.text, "new-one", old).count("\n") == text.count("\n")


@given(notes(), st.data())
def test_a_quote_is_taken_out_of_a_problem(text: str, data: st.DataObject) -> None:
    found = one_of(data, text)
    if not found or not found[1].problems:
        return
    at, quote = found
    old = data.draw(st.sampled_from(quote.problems))
    meant = quotes(text)
    meant[at] = replace(meant[at], problems=tuple(one for one in quote.problems if one != old))
    try:
        edited = unfile(text, quote.line, quote.text, old)
    except HeardError as error:
        assert "yourself" in str(error)  # noqa: PT017
        return
    assert quotes(edited) == meant


@given(notes(), st.data())
def test_a_quote_gets_an_id_once(text: str, data: st.DataObject) -> None:
    found = one_of(data, text)
    if not found:
        return
    at, quote = found
    edited = with_id(text, quote.line, quote.text, "zz9999")
    meant = quotes(text)
    meant[at] = replace(meant[at], id=quote.id or "zz9999")
    assert quotes(edited) == meant
    assert (edited == text) is bool(quote.id)


NOTE = """> We lose two hours. ^k3f9
> [[dock-doors]] #critical

Mine.

> Then the doors ice up.
> — P. Novak, Nordfrost
"""


def test_links_join_those_that_are_there() -> None:
    edited = file_under(NOTE, 1, "We lose two hours.", ["batteries"])
    assert "> [[dock-doors]] [[batteries]] #critical\n" in edited
    assert file_under(NOTE, 6, "Then the doors ice up.", ["batteries"]).endswith("Nordfrost\n> [[batteries]]\n")


def test_a_quote_that_moved_is_found_by_its_words() -> None:
    moved = "A line more.\n\n" + NOTE
    assert file_under(moved, 1, "We lose two hours.", ["x"]) == "A line more.\n\n" + file_under(
        NOTE, 1, "We lose two hours.", ["x"]
    )


def test_a_link_in_a_sentence_keeps_its_words() -> None:
    text = "> See [[dock-doors]] for it.\n"
    assert refile(text, 1, "See dock-doors for it.", "dock-doors", "ice") == "> See [[ice|dock-doors]] for it.\n"
    assert unfile(text, 1, "See dock-doors for it.", "dock-doors") == "> See dock-doors for it.\n"


def test_the_line_of_the_last_link_goes_with_it() -> None:
    assert unfile("> One.\n> [[a]]\n> Two.\n", 1, "One.\nTwo.", "a") == "> One.\n> Two.\n"
    assert unfile("> One.\n\n[[a]]\n", 1, "One.", "a") == "> One.\n\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [("> Others.\n", "is not there any more"), ("> x\n> Words.\n\n> Same.\n\n> Same.\n", "several times")],
)
def test_a_quote_that_cannot_be_told_is_left_alone(text: str, says: str) -> None:
    with pytest.raises(HeardError, match=f"notes/a.md:1.*{says}"):
        file_under(text, 1, "Same.", ["a"], "notes/a.md")
