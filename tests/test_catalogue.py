"""What quotes add up to: an account counts once, however it is spelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.base.similarity import rank
from heard.base.text import near_miss, slugify, squeeze_company
from heard.catalogue.accounts import account_book
from heard.catalogue.heard_from import add_up, before, book_of, hearings
from heard.catalogue.match import find_account, find_problem
from heard.values import (
    Account,
    Catalogue,
    Expert,
    HeardError,
    Note,
    Place,
    Problem,
    PublicCatalogue,
    Quotable,
    Quote,
    Source,
)


def account(name: str, **more: object) -> Account:
    return replace(Account(Place(f"{slugify(name)}.md"), slugify(name), name), **more)  # type: ignore[arg-type]


def problem(slug: str, **more: object) -> Problem:
    found = Problem(Place(f"problems/{slug}.md"), slug, slug.replace("-", " ").capitalize(), public=False)
    return replace(found, **more)  # type: ignore[arg-type]


def said(link: str, by: str, day: str = "2026-05-01", source: Source = Source.CALL, **more: str) -> Note:
    heard = datetime.fromisoformat(day) if day else None
    role, industry = more.get("role", ""), more.get("industry", "")
    links = tuple(link.split()) if link else ()
    quote = Quote("It broke.", links, by, "", role, industry, Quotable.NO, (), "", 10)
    path = f"notes/{day or 'undated'}-{by}-{link}.md"
    return Note(path, heard, source, by, "", role, industry, Quotable.NO, (quote,), "")


def catalogue(
    notes: Iterable[Note], accounts: Iterable[Account] = (), problems: Iterable[Problem] = (problem("a"),)
) -> Catalogue:
    return Catalogue(PublicCatalogue(Expert(Place("e"))), tuple(notes), tuple(accounts), tuple(problems))


def heard(found: Catalogue, slug: str = "a") -> int:
    return len(add_up(hearings(found, book_of(found)).get(slug, ())).accounts)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Müller Fördertechnik GmbH", "Müller Fördertechnik"),
        ("Müller Fördertechnik GmbH & Co. KG", "MUELLER FÖRDERTECHNIK"),
        ("Acme Foods, Inc.", "acme foods"),
        ("Nordfrost S.p.A.", "Nordfrost"),
        ("Café Größe", "CAFE GROSSE"),
        ("Nordfrost", "Nord-Frost"),
        ("Quernhithe Cold Stores", "Quernhite Cold Stores"),
    ],
)
def test_spellings_of_one_company_count_once(one: str, two: str) -> None:
    assert heard(catalogue([said("a", one), said("a", two)])) == 1
    assert heard(catalogue([said("a", one), said("a", two)], [account(one)])) == 1


@pytest.mark.parametrize("name", ["Acme Foods", "ACME", "acme-foods.example", "Acme Foods Ltd", "acme-foods"])
def test_names_aliases_domains_and_file_names_mean_the_account(name: str) -> None:
    known = account("Acme Foods Ltd", aliases=("Acme",), domains=("acme-foods.example",))
    assert account_book([known]).find(name) is known


def test_different_companies_count_apart() -> None:
    assert heard(catalogue([said("a", "Acme Foods"), said("a", "Nordfrost"), said("a", "BMW"), said("a", "BWM")])) == 4


def test_look_alikes_count_as_one_until_they_are_declared_distinct() -> None:
    notes = [said("a", "Müller Lagertechnik"), said("a", "Müller Lagertechnic")]
    assert heard(catalogue(notes)) == 1
    apart = account("Müller Lagertechnik", distinct_from=("Müller Lagertechnic",))
    assert heard(catalogue(notes, [apart])) == 2


def test_a_third_name_does_not_join_those_who_are_declared_distinct() -> None:
    names = ["Kuehlhaus Nordx", "Kuehlhaus Norda", "Kuehlhaus Nordb"]
    for middle in names:
        one, two = [name for name in names if name != middle]
        known = [account(one, distinct_from=(two,)), account(two)]
        book = account_book(known, names)
        assert book.counts_as(one) != book.counts_as(two), middle
        assert book.counts_as(middle) in (book.counts_as(one), book.counts_as(two))


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_every_name_counts_as_one_account_in_any_order(names: list[str]) -> None:
    book = account_book([], names)
    assert {name: book.counts_as(name) for name in names} == {
        name: account_book([], reversed(names)).counts_as(name) for name in names
    }
    assert all(book.counts_as(name) == book.counts_as(name.upper().lower()) for name in names if name.isascii())


def test_a_company_that_is_only_a_legal_form_keeps_its_name() -> None:
    assert squeeze_company("Limited") == "limited"
    assert squeeze_company("Co. KG") == "co"


def test_public_sources_and_nobody_count_no_account() -> None:
    notes = [said("a", "Acme", source=source) for source in (Source.FEED, Source.REVIEW, Source.SEARCH)]
    found = catalogue([*notes, said("a", "")])
    figures = add_up(hearings(found, book_of(found))["a"])
    assert (len(figures.accounts), figures.in_public, figures.quotes) == (0, 3, 4)


def test_undated_notes_count_in_no_month() -> None:
    found = catalogue([said("a", "Acme", ""), said("a", "Nordfrost", "2026-05-01"), said("a", "Late", "2026-11-02")])
    all_of_them = hearings(found, book_of(found))["a"]
    assert len(add_up(all_of_them).accounts) == 3
    counted = add_up(before(all_of_them, date(2026, 11, 1)))
    assert counted.accounts == ("?nordfrost",)
    assert add_up(all_of_them).days == (date(2026, 5, 1), date(2026, 11, 2))
    assert add_up(all_of_them).last == date(2026, 11, 2)


def test_an_account_is_first_heard_on_its_earliest_day() -> None:
    found = catalogue([said("a", "Acme", "2026-06-01"), said("a", "ACME", "2026-02-01"), said("a", "B", "2026-03-01")])
    assert add_up(hearings(found, book_of(found))["a"]).days == (date(2026, 2, 1), date(2026, 3, 1))


@pytest.mark.parametrize("link", ["a", "A", "old-a", "file-a", "the-words", "another wording"])
def test_links_find_a_problem_by_all_its_names(link: str) -> None:
    known = problem(
        "a", old_slugs=("old-a",), place=Place("p/file-a.md"), problem="the-words", aliases=("another wording",)
    )
    note = said("a", "Acme")
    note = replace(note, quotes=(replace(note.quotes[0], problems=(link,)),))
    assert heard(catalogue([note], problems=[known])) == 1


def test_a_merged_problem_counts_for_the_one_it_was_merged_into() -> None:
    problems = [problem("a"), problem("b", merged_into="c"), problem("c", merged_into="a")]
    notes = [said("a", "Acme"), said("b", "Nordfrost"), said("c", "ACME Inc.")]
    assert heard(catalogue(notes, problems=problems)) == 2
    assert heard(catalogue(notes, problems=problems), "b") == 0


def test_merging_in_a_circle_comes_to_an_end() -> None:
    problems = [problem("a", merged_into="b"), problem("b", merged_into="a")]
    found = catalogue([said("a", "Acme")], problems=problems)
    assert sum(len(many) for many in hearings(found, book_of(found)).values()) == 1


def test_a_quote_under_two_names_of_a_problem_counts_once() -> None:
    found = catalogue([said("a old-a", "Acme")], problems=[problem("a", old_slugs=("old-a",))])
    assert add_up(hearings(found, book_of(found))["a"]).quotes == 1


def test_industries_and_roles_count_accounts_and_spellings_meet() -> None:
    notes = [
        said("a", "Acme", role="Shift lead", industry="cold-storage"),
        said("a", "Acme", role="shift  lead", industry="Cold storage"),
        said("a", "Nordfrost", role="shift lead"),
        said("a", "BMW", role="buyer", industry="retail"),
    ]
    found = catalogue(notes, [account("Nordfrost", industry="cold-storage")])
    figures = add_up(hearings(found, book_of(found))["a"])
    assert figures.industries == (("cold-storage", 2), ("retail", 1))
    assert [count for _, count in figures.roles] == [2, 1]


def test_a_person_finds_a_problem_or_account_by_any_unambiguous_part() -> None:
    problems = [problem("dock-doors-ice-up", aliases=("frozen gates",)), problem("docks-are-full")]
    assert find_problem("DOORS", problems).slug == "dock-doors-ice-up"
    assert find_problem("gates", problems).slug == "dock-doors-ice-up"
    assert find_problem("docks-are-full", problems).slug == "docks-are-full"
    with pytest.raises(HeardError, match="could be any of: dock-doors-ice-up, docks-are-full"):
        find_problem("dock", problems)
    with pytest.raises(HeardError, match="nearest is dock-doors-ice-up"):
        find_problem("dock door icing", problems)
    with pytest.raises(HeardError, match="There is no problem yet"):
        find_problem("dock", [])
    known = [account("Acme Foods", domains=("acme.example",)), account("Nordfrost")]
    assert find_account("acme.example", known).name == "Acme Foods"
    assert find_account("nord", known).name == "Nordfrost"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("The dock doors ice up", "dock-doors-ice-up"),
        ("Die Tür friert über Nacht zu", "tuer-friert-ueber-nacht-zu"),
        ("🧊🚪", ""),
        ("x" * 300, "x" * 60),
        ("../../etc/passwd", "etc-passwd"),
        ("Don’t wait", "dont-wait"),
    ],
)
def test_slugs_are_short_ascii_words(words: str, slug: str) -> None:
    assert slugify(words) == slug


def test_texts_are_ranked_by_the_words_that_matter() -> None:
    texts = {
        "doors": ["The dock doors ice up"],
        "trucks": ["Trucks wait at the dock for two hours"],
        "small": ["They are what they are and we have to live with it"],
    }
    ranked = rank("We have waited for hours with our truck", texts)
    assert [key for key, _ in ranked] == ["trucks", "doors", "small"]
    assert ranked[0][1] > 0.3
    assert ranked[2][1] == 0
    assert rank("The dock doors ice up", texts)[0] == ("doors", 1.0)
    assert all(score == 0 for _, score in rank("", texts))


@pytest.mark.parametrize(
    ("word", "found"),
    [("titel", "title"), ("Title", "title"), ("descripton", "description"), ("not-for", "not_for"), ("mood", "")],
)
def test_a_slip_of_a_known_word_is_noticed(word: str, found: str) -> None:
    assert near_miss(word, ["title", "description", "not_for", "lang"]) == found


@settings(deadline=None)
@given(st.text())
def test_a_slug_is_its_own_slug(words: str) -> None:
    slug = slugify(words)
    assert slugify(slug) == slug
    assert len(slug) <= 60
    assert slug.isascii()


def test_the_beginning_of_a_word_comes_before_its_middle() -> None:
    problems = (problem("loads-rejected"), problem("trucks-wait-to-unload"), problem("uploads-fail"))
    assert find_problem("loads", problems).slug == "loads-rejected"
    assert find_problem("load", problems).slug == "loads-rejected"
    assert find_problem("unlo", problems).slug == "trucks-wait-to-unload"
    assert find_problem("wait to", problems).slug == "trucks-wait-to-unload"


def test_companies_are_not_alike_because_of_their_domains() -> None:
    accounts = [
        account("Halvorsen", domains=("halvorsen.coldstores.example.com",)),
        account("Brimble", domains=("brimble.coldstores.example.com",)),
        account("Quint", domains=("quint.coldstores.example.com",)),
    ]
    assert heard(catalogue([said("a", one.name) for one in accounts], accounts)) == 3
