"""`heard next`: what to write next, honestly, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stories
from heard.base.days import ago
from heard.catalogue.fit import fit_of
from heard.catalogue.heard_from import book_of, hearings
from heard.catalogue.rank import rank
from heard.catalogue.ranked import Action, Ranked
from heard.catalogue.sums import names_a_sum
from heard.values import (
    Account,
    Approved,
    ApprovedProblem,
    ApprovedQuote,
    Catalogue,
    Expert,
    FitRule,
    Note,
    Place,
    Problem,
    PublicCatalogue,
    Quotable,
    Quote,
    Source,
)
from stories import COMPANIES, account, note, problem, run

TODAY = date(2026, 11, 21)


def said(company: str, days: int = 10, text: str = "It stops.", *tags: str, source: Source = Source.CALL) -> Note:
    """A note of so many days ago with one quote about `flat`."""
    heard = datetime(2026, 11, 21, 9) - timedelta(days=days)
    quote = Quote(text, ("flat",), company, "", "", "", Quotable.NO, tags, "", 5)
    return Note(f"{company}{days}.md", heard, source, company, "", "", "", Quotable.NO, (quote,), "")


def known(name: str, fit: str = "unknown", **facts: tuple[str, ...]) -> Account:
    """An account whose fit somebody said."""
    slug = name.lower().replace(" ", "-")
    return Account(Place(f"{slug}.md"), slug, name, fit=fit, facts=tuple(facts.items()))  # type: ignore[arg-type]


def paper(**more: object) -> Problem:
    """A published problem with a paper."""
    usual = {"public": True, "body": "The paper.", "published": date(2026, 10, 1)}
    return replace(BARE, **{**usual, **more})  # type: ignore[arg-type]


BARE = Problem(Place("flat.md"), "flat", "Trucks stop", False)


def ranked(one: Problem, notes: tuple[Note, ...], *accounts: Account, rules: tuple[FitRule, ...] = ()) -> Ranked:
    """How one problem is ranked."""
    public = PublicCatalogue(Expert(Place("expert.yml")), (one,) if one.public else (), rules=rules)
    catalogue = Catalogue(public, notes, accounts, () if one.public else (one,))
    book = book_of(catalogue)
    (found,) = rank(catalogue, hearings(catalogue, book), book, TODAY)
    return found


companies = st.sampled_from(COMPANIES)
notes = st.lists(
    st.builds(
        said,
        companies,
        st.integers(0, 900),
        st.sampled_from(["It stops.", "It costs us € 400 a night.", "We wait two hours."]),
        st.sampled_from(["minor", "serious", "critical", "cost"]),
    ),
    max_size=12,
).map(tuple)
fits = st.fixed_dictionaries({name: st.sampled_from(["yes", "no", "unknown"]) for name in COMPANIES})
bodies = st.sampled_from([BARE, replace(BARE, body="A draft."), paper(), paper(review_by=date(2026, 1, 1))])


@given(bodies, notes, fits, st.integers(0, 900), st.sampled_from(["yes", "no", "unknown"]))
@settings(max_examples=150, deadline=None)
def test_one_more_company_never_lowers_a_problem_and_one_not_served_never_raises_it(
    one: Problem, heard: tuple[Note, ...], said_of: dict[str, str], days: int, fit: str
) -> None:
    accounts = [known(name, said_of[name]) for name in COMPANIES]
    before = ranked(one, heard, *accounts)
    more = (*heard, said("Ultima Thule Whaling", days, "It stops.", "critical"))
    after = ranked(one, more, *accounts, known("Ultima Thule Whaling", fit))
    assert len(after.companies) == len(before.companies) + 1
    if fit == "no":
        assert after.score == before.score
        assert after.turned_down == before.turned_down + 1
    else:
        assert after.score > before.score


@given(notes, fits)
@settings(max_examples=100, deadline=None)
def test_a_paper_lowers_a_problem_and_a_stale_one_lowers_it_less(
    heard: tuple[Note, ...], said_of: dict[str, str]
) -> None:
    accounts = [known(name, said_of[name]) for name in COMPANIES]
    bare, stale, fresh = (
        ranked(one, heard, *accounts).score for one in (BARE, paper(review_by=date(2026, 11, 20)), paper())
    )
    assert fresh <= stale <= bare
    assert not bare or fresh < stale < bare


@given(bodies, notes, fits)
@settings(max_examples=60, deadline=None)
def test_the_reasons_add_up_to_the_score(one: Problem, heard: tuple[Note, ...], said_of: dict[str, str]) -> None:
    found = ranked(one, heard, *(known(name, said_of[name]) for name in COMPANIES))
    assert found.score == pytest.approx(sum(reason.points for reason in found.reasons), abs=1e-3)
    assert found.score >= 0


def test_public_sources_and_the_nameless_count_no_company() -> None:
    found = ranked(BARE, (said("Acme Foods", source=Source.FEED), said("", 3), said("Nordfrost")))
    assert (len(found.companies), found.in_public, found.nameless) == (1, 1, 1)
    assert found.action is Action.LISTEN


def test_what_to_do_follows_from_the_paper() -> None:
    three = tuple(said(name) for name in COMPANIES[:3])
    quoted = Approved({"flat": ApprovedProblem(3, quotes=(ApprovedQuote("a1", "It stops.", "a client"),))})

    def action(one: Problem, heard: tuple[Note, ...] = three, approved: Approved = quoted) -> Action:
        public = PublicCatalogue(Expert(Place("e")), (one,) if one.public else (), approved=approved)
        catalogue = Catalogue(public, heard, (), () if one.public else (one,))
        book = book_of(catalogue)
        return rank(catalogue, hearings(catalogue, book), book, TODAY)[0].action

    assert action(BARE) is Action.WRITE
    assert action(BARE, three[:2]) is Action.LISTEN
    assert action(replace(BARE, body="In short. [gap: the cause]")) is Action.FINISH
    assert action(replace(BARE, body="In short.")) is Action.PUBLISH
    assert action(paper()) is Action.COVERED
    assert action(paper(body=" ")) is Action.WRITE
    assert action(paper(review_by=date(2026, 11, 20))) is Action.REFRESH
    assert action(paper(published=date(2024, 1, 1))) is Action.REFRESH
    assert action(paper(published=date(2024, 1, 1), updated=date(2026, 1, 1))) is Action.COVERED
    assert action(paper(), three[:2]) is Action.BACK_UP
    assert action(paper(), three, Approved()) is Action.BACK_UP
    nobody = tuple(replace(n, quotes=(replace(n.quotes[0], account=""),)) for n in three)
    assert action(BARE, nobody) is Action.LISTEN


def test_only_companies_that_are_not_served_leave_nobody_to_write_for() -> None:
    heard = tuple(said(name) for name in COMPANIES[:3])
    found = ranked(BARE, heard, *(known(name, "no") for name in COMPANIES[:3]))
    assert (found.action, found.score) == (Action.LEAVE, 0)


def test_a_translation_counts_what_its_original_heard() -> None:
    original, other = replace(BARE, slug="flat"), replace(BARE, slug="leer", translates="flat")
    catalogue = Catalogue(
        PublicCatalogue(Expert(Place("e"))), tuple(said(name) for name in COMPANIES[:4]), (), (original, other)
    )
    book = book_of(catalogue)
    one, two = rank(catalogue, hearings(catalogue, book), book, TODAY)
    assert one.score == two.score > 0


RULES = (
    FitRule("price first", (("first_criterion", ("price",)),), disqualify=True, say="I am not the cheapest."),
    FitRule("uptime", (("buys", ("racking", "maintenance")),), weight=3),
    FitRule("big", (("sites", ("4",)), ("buys", ("racking",))), weight=1),
    FitRule("about nothing", ()),
)


@pytest.mark.parametrize(
    ("one", "verdict", "because", "weight"),
    [
        (known("A"), "unknown", (), 0),
        (known("A", buys=("Maintenance",)), "yes", ("uptime",), 3),
        (known("A", buys=("racking",), sites=("4",)), "yes", ("uptime", "big"), 4),
        (known("A", sites=("4",)), "unknown", (), 0),
        (known("A", first_criterion=("price",), buys=("racking",)), "no", ("I am not the cheapest.",), 0),
        (known("A", "yes", first_criterion=("price",)), "yes", (), 0),
        (known("A", "no", buys=("racking",)), "no", (), 3),
    ],
)
def test_the_experts_word_comes_before_the_rules(
    one: Account, verdict: str, because: tuple[str, ...], weight: int
) -> None:
    found = fit_of(one, RULES)
    assert (found.verdict, found.because, found.weight) == (verdict, because, weight)


def test_a_rule_that_disqualifies_takes_the_company_out() -> None:
    heard = (said("Acme Foods"), said("Nordfrost"))
    found = ranked(BARE, heard, known("Acme Foods", first_criterion=("price",)), rules=RULES)
    assert (found.turned_down, found.undecided) == (1, ("?nordfrost",))


@pytest.mark.parametrize(
    "words",
    [
        "It costs us $40,000 a year.", "That's 12k euros.", "€ 300 each time", "CHF 400", "half a million pounds",
        "We lose the first two hours of every night.", "Drivers wait 90 minutes at the gate.",
        "Wir verlieren zwei, nein 3 Stunden.", "it takes four hours for the big trays",
    ],
)  # fmt: skip
def test_money_and_lost_time_are_costs(words: str) -> None:
    assert names_a_sum(words)


@pytest.mark.parametrize(
    "words", ["It has been so for two years.", "We have 40 trucks.", "Call me in 20 minutes.", "door four, week 40"]
)
def test_other_numbers_are_none(words: str) -> None:
    assert not names_a_sum(words)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"), (1, "yesterday"), (2, "2 days ago"), (8, "last week"), (15, "2 weeks ago"), (60, "in September"),
        (400, "in October 2025"), (-3, "on 2026-11-24"),
    ],
)  # fmt: skip
def test_days_are_told_as_people_do(days: int, words: str) -> None:
    assert ago(TODAY - timedelta(days=days), TODAY) == words


def filled(root: Path) -> None:
    """Ten companies with a problem, one with another, and a third that nobody is served for."""
    problem(root, "flat", public=False, body="", problem="Trucks stop at night")
    problem(root, "icy", public=False, body="", problem="Doors ice up")
    problem(root, "poor", public=False, body="", problem="It is too dear")
    for at, name in enumerate(COMPANIES[:10]):
        account(root, f"c{at}", name, fit="yes" if at < 4 else "no" if at == 9 else "unknown")
        note(root, "2026-11-21" if at == 9 else "2026-11-02", name, "It stops.")
    note(root, "2026-11-20", "Acme Foods", "A spade hangs there.", at="icy")
    note(root, "2026-11-20", COMPANIES[9], "Too dear.", at="poor")
    note(root, "2026-11-20", "", "How do I stop it?", source="feed")


def test_the_sentences(root: Path) -> None:
    filled(root)
    done = run(root, "next")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "1. Write “Trucks stop at night”: 10 companies, 4 you can help, fit unknown for 5, "
        "1 of them you decided not to serve, also asked in public once, heard again today, no paper yet.",
        "   heard draft flat",
        "2. Listen for “Doors ice up”: 1 company, which you can help, heard yesterday, too early to say.",
        "   ask the next company: do you have that, too, and what does it cost you?",
    ]
    assert "1 problem heard only from companies that you do not serve." in done.err
    assert "Nobody said so yet of 5 companies" in done.err
    assert f'`heard account "{COMPANIES[4]}"`' in done.err


def test_why_and_json_show_each_reasons_share(root: Path) -> None:
    filled(root)
    why = run(root, "next", "--why", "-n", "1")
    assert "heard from 9 companies" in why.out
    assert "+9.0" in why.out
    assert "1 more: heard next -n 2" in why.err
    flat, icy, poor = run(root, "next", "--json").data
    assert (flat["action"], icy["action"], poor["action"]) == ("write", "listen", "leave")
    assert flat["companies"] == sorted(COMPANIES[:10], key=flat["companies"].index)
    assert set(flat["companies"]) == set(COMPANIES[:10])
    assert flat["score"] == pytest.approx(sum(reason["points"] for reason in flat["reasons"]), abs=1e-3)
    assert (flat["helped"], flat["fit_unknown"], flat["turned_down"], flat["in_public"]) == (4, 5, 1, 1)


def test_ten_companies_come_before_one_that_is_loud(root: Path) -> None:
    filled(root)
    note(root, "2026-11-21", "Acme Foods", "It costs us € 900,000. #critical #cost", at="icy")
    assert [row["slug"] for row in run(root, "next", "--json").data][:2] == ["flat", "icy"]


def test_stale_and_lonely_papers_are_told_as_such(root: Path) -> None:
    problem(root, "flat", review_by="2026-11-12")
    problem(root, "icy", published="2025-02-01", updated="2025-03-01")
    problem(root, "new")
    problem(root, "bare", body="")
    for name in COMPANIES[:3]:
        note(root, "2026-11-01", name)
    told = run(root, "next").out
    assert "1. Refresh “Flat”: 3 companies, fit unknown for all 3, heard 2 weeks ago, the paper was to be read" in told
    assert "again last week." in told
    assert "read content/problems/flat.md again" in told
    assert "Refresh “Icy”: no company yet, the paper was last changed in March 2025." in told
    assert "Back up “New”: no company yet, a paper with nobody's words behind it." in told
    assert "Listen for “Bare”: no company yet, too early to say." in told


def test_an_empty_workspace_is_told_how_to_begin(root: Path) -> None:
    done = run(root, "next")
    assert (done.code, done.out) == (0, "")
    assert "heard log" in done.err


def test_what_was_heard_and_not_filed_is_not_called_nothing(root: Path) -> None:
    note(root, "2026-11-20", "Acme Foods", at="")
    done = run(root, "next")
    assert done.code == 0
    assert "Nothing was heard yet" not in done.err
    assert "1 quote not filed under any problem yet" in done.err


def test_one_is_told_as_one_and_nobody_is_no_company(root: Path) -> None:
    problem(root, "doors", public=False, body="")
    assert "ask the next company: do you have that, and" in run(root, "next").out
    note(root, "2026-11-20", "", at="doors", source="review")
    told = run(root, "next", "--why").out
    assert "do you have that, too" in told
    assert "asked 1 time where" in told


def test_quotes_of_nobody_are_told_as_that(root: Path) -> None:
    problem(root, "flat", public=False, body="")
    for _ in range(3):
        note(root, "2026-11-01", "", source="other")
    done = run(root, "next")
    assert "Listen for “Flat”: 3 quotes from nobody who is named" in done.out
    assert "account:" in done.out


def test_the_example_says_something_sensible_of_every_problem() -> None:
    rows = run(stories.REPOSITORY, "next", "--json").data
    assert {row["slug"]: row["action"] for row in rows}["overtime-explodes-before-christmas"] == "write"
    assert all(row["sentence"].endswith(".") and "  " not in row["sentence"] for row in rows)
