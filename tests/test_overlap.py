"""Words of a paper that a client said: found where they are, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.base.shingles import SIZE, STOP_WORDS, TELLING, runs, shingles, stop_words
from heard.base.text import words
from heard.catalogue.accounts import key_of
from heard.catalogue.overlap import index, repeats
from heard.values import (
    Approved,
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Catalogue,
    Expert,
    Finding,
    Note,
    Place,
    Problem,
    PublicCatalogue,
    Quotable,
    Quote,
    Severity,
    Source,
)

SAID = "We lose the first two hours of every night shift because the batteries die."
NOTHING = Approved()
PAPER = Problem(Place("p.md"), "flat", "Trucks stop", False, body_line=9)


def note(text: str, company: str = "Acme Foods", source: Source = Source.CALL) -> Note:
    quote = Quote(text, ("flat",), company, "", "", "", Quotable.NO, (), "", 7)
    return Note("n.md", datetime(2026, 11, 1), source, company, "", "", "", Quotable.NO, (quote,), "")


def found(body: str, *notes: Note, approved: Approved = NOTHING, **more: object) -> tuple[Finding, ...]:
    """What a paper with this body repeats."""
    one = replace(PAPER, body=body, **more)  # type: ignore[arg-type]
    catalogue = Catalogue(PublicCatalogue(Expert(Place("e.yml")), approved=approved), notes, (), (one,))
    return repeats(one, index(catalogue), key_of)


plain = st.sampled_from(("battery", "charger", "dock", "pallet", "freezer", "night", "shift", "driver", "gauge", "ice"))
stops = st.sampled_from(("the", "of", "and", "we", "it", "is", "a", "in", "to"))
telling = st.lists(plain, min_size=SIZE, max_size=SIZE, unique=True)


@given(telling, st.lists(stops, max_size=8), st.lists(stops, max_size=8), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=200, deadline=None)
def test_a_planted_run_of_six_words_is_found_at_its_line(
    secret: list[str], before: list[str], after: list[str], above: int, inside: int
) -> None:
    said = note(" ".join([*after, *secret, *before]))
    typed = [*secret[:inside], f"**{secret[inside].upper()}**,", *secret[inside + 1 :]]
    body = "One line.\n" * above + " ".join(["Yours", *typed, "mine"])
    (one,) = found(body, said)
    assert one.place == Place("p.md", 9 + above)
    assert " ".join(secret) in one.message
    assert (one.code, one.severity) == ("paper/repeats-client", Severity.WORTH_A_LOOK)


@given(st.lists(st.one_of(plain, stops), max_size=40), st.lists(st.one_of(plain, stops), max_size=20))
@settings(max_examples=300, deadline=None)
def test_the_rule_is_six_words_of_which_three_tell(body: list[str], said: list[str]) -> None:
    ours = {one for one in shingles(body) if sum(word not in STOP_WORDS["en"] for word in one) >= TELLING}
    assert bool(found(" ".join(body), note(" ".join(said)))) == bool(ours & set(shingles(said)))


@given(telling, st.integers(0, SIZE - 1))
def test_a_paraphrase_is_not_found(secret: list[str], changed: int) -> None:
    assert found(" ".join([*secret[:changed], "another", *secret[changed + 1 :]]), note(" ".join(secret))) == ()


def test_a_whole_sentence_is_told_once_and_says_where_it_was_heard() -> None:
    (one,) = found(f"So it goes.\n\n{SAID}\n\nAnd again.", note(SAID))
    assert one.place.line == 11
    assert "“we lose the first two hours of every night shift because the …” (n.md:7): reword, or ask" in one.message


@pytest.mark.parametrize(
    "body",
    [
        "We lose the first\ntwo hours of every night shift",
        "We lose the first [two hours](https://a.example/b) of every night shift",
        "We lose the first[^1] two hours of every night shift",
        "We lose [[flat|the first two hours]] of every night shift",
        "WE LOSE THE FIRST “TWO” HOURS — OF EVERY NIGHT SHIFT",
        "| We lose the first | two hours of every night shift |",
        "We lose the <b>first</b> two hours of every night shift",
    ],
)
def test_markup_hides_nothing(body: str) -> None:
    assert len(found(body, note(SAID))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "We lose two hours of every night.",
        "Two hours of every shift are lost at night because a battery died.",
        "it is of the and we do not have it in there",
    ],
)
def test_less_than_the_rule_is_nothing(body: str) -> None:
    assert found(body, note(SAID), note("so it is of the and we do not have it in there today")) == ()


def test_what_three_companies_say_is_the_markets() -> None:
    three = [note(SAID, name) for name in ("Acme Foods", "Nordfrost", "Wexholm")]
    assert found(SAID, *three) == ()
    assert len(found(SAID, *three[:2])) == 1
    assert len(found(SAID, note(SAID, "Acme Foods"), note(SAID, "ACME FOODS Ltd."), note(SAID, "acme foods"))) == 1
    assert len(found(SAID, *(note(SAID, "") for _ in range(5)))) == 1


def test_what_stands_in_public_already_is_no_secret() -> None:
    quoted = Approved({"icy": ApprovedProblem(quotes=(ApprovedQuote("a1", SAID, "a client"),))})
    proven = Approved({}, (ApprovedProof("p1", "review", (), SAID, "a client"),))
    assert found(SAID, note(SAID), approved=quoted) == ()
    assert found(SAID, note(SAID), approved=proven) == ()
    more = f"{SAID} Nobody owns the schedule of the chargers on Sunday."
    assert len(found(more, note(more), approved=quoted)) == 1


@pytest.mark.parametrize("source", [Source.FEED, Source.REVIEW, Source.SEARCH])
def test_what_was_read_in_public_counts_until_it_is_approved(source: Source) -> None:
    (one,) = found(SAID, note(SAID, source=source))
    assert "repeats words that somebody wrote in public" in one.message
    # As those of no account, whatever company the note names.
    read = [note(SAID, name, source) for name in ("Acme Foods", "Nordfrost", "Wexholm")]
    assert len(found(SAID, *read)) == 1
    assert found(SAID, *(replace(one, source=Source.CALL) for one in read)) == ()
    (one,) = found(SAID, read[0], note(SAID, "Acme Foods"))
    assert "repeats a client's words" in one.message
    quoted = Approved({"icy": ApprovedProblem(quotes=(ApprovedQuote("a1", SAID, "a client"),))})
    assert found(SAID, *read, approved=quoted) == ()


def test_everything_that_becomes_public_is_looked_at_and_is_to_fix_once_it_is() -> None:
    keys = ("problem", "title", "answer", "description")
    for key in keys:
        (one,) = found("", note(SAID), **{key: SAID})
        assert one.severity is Severity.WORTH_A_LOOK
    assert len(found("", note(SAID), aliases=(SAID,))) == 1
    assert len(found("", note(SAID), not_for=(SAID,))) == 1
    assert len(found("", note(SAID), old_slugs=("first-two-hours-of-every-night-shift",))) == 1
    (one,) = found("", note(SAID), slug="first-two-hours-of-every-night-shift", public=True)
    assert one.severity is Severity.TO_FIX


def test_stop_words_are_those_of_the_papers_language() -> None:
    german = "Dann ist die Batterie vor der Schicht leer und keiner hat es gesehen"
    assert len(found(german, note(german), lang="de")) == 1
    weak = "und dann ist es so dass die Batterie nicht mehr"
    assert found(weak, note(weak), lang="de-AT") == ()
    assert len(found(weak, note(weak), lang="en")) == 1
    assert stop_words("xx") == frozenset()


def test_stop_words_are_written_as_texts_are_read() -> None:
    for some in STOP_WORDS.values():
        assert all(words(word) == [word] for word in some)


def test_runs_need_six_words() -> None:
    assert runs("one two three four five", 1, "en", lambda shingle: True) == ()
