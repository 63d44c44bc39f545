"""Unfiled words in groups, their names, merges and splits: what is proposed, and what is left alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.base.similarity.embedding import embed_words
from heard.base.text import words
from heard.catalogue.cluster_names import name_of, names_of
from heard.catalogue.clusters import Group, cluster
from heard.catalogue.regroup import Worded, merges, split_of, splits
from heard.pipeline.proposals import Proposals, proposals
from heard.values import (
    Account,
    Catalogue,
    Draft,
    Expert,
    Note,
    Place,
    Problem,
    PublicCatalogue,
    Quotable,
    Quote,
    Source,
)

DATA = Path(__file__).parents[2] / "shared" / "data"
needs_quotes = pytest.mark.skipif(not (DATA / "banking77").is_dir(), reason=f"the labelled quotes are not at {DATA}")
needs_patterns = pytest.mark.skipif(
    not (DATA / "innersource-patterns").is_dir(), reason=f"the real problems are not at {DATA}"
)

BATTERIES = (
    "The forklift batteries die before the night shift ends.",
    "Our forklift batteries are dead in the middle of the night shift.",
    "Every night the forklift batteries die on us during the shift.",
    "We lose two hours a night because the forklift batteries die mid-shift.",
)
ICE = (
    "Ice builds up on the floor behind the freezer door.",
    "There is ice on the floor behind the freezer door every morning.",
    "We chip the ice off the floor behind the freezer door by hand.",
    "The ice behind the freezer door is as thick as my thumb.",
)
INVOICES = (
    "The invoices for storage are wrong every month.",
    "Every month we correct the storage invoices by hand.",
    "Customers complain about wrong storage invoices.",
    "Wrong invoices for storage cost us a customer this month.",
)
LABELS = (
    "The pallet labels fall off in the cold.",
    "Pallet labels come off when it is cold.",
    "In the cold no pallet label sticks.",
    "Half of the pallet labels fall off the pallets.",
)
ALONE = (
    "Nobody answers the phone on Fridays.",
    "My neighbour bought a boat.",
    "The canteen closes at two.",
    "Our website is slow in Portugal.",
)
TOPICS = (BATTERIES, ICE, INVOICES, LABELS)
TWENTY = tuple(text for topic in TOPICS for text in topic) + ALONE
WISHES = {
    "the customs papers for Norway": ("arrive a week late", "are late again", "came late last week", "are always late"),
    "the roof of hall three": ("leaks when it rains", "is leaking again", "leaks on the racks", "has leaked for years"),
    "training new crane drivers": ("takes six months", "takes far too long", "is slow", "takes half a year"),
    "the sprinkler test": ("set off the alarm", "sets off every alarm", "made an alarm go off", "ended in an alarm"),
    "parking for the lorries": ("is full by seven", "is always full", "fills up too early", "is full each morning"),
    "the works council": ("rejects the rota", "rejected our rota", "said no to the rota", "will not sign the rota"),
    "the price of diesel": ("eats our margin", "took the margin away", "is eating the margin", "ruins our margin"),
    "the rented tents": ("blew away in the storm", "do not survive a storm", "broke in the storm", "fly off in storms"),
    "the apples from storage": ("taste of nothing", "have no taste", "lost their taste", "do not taste any more"),
    "scanner software updates": ("delete the jobs", "deleted open jobs", "lose our open jobs", "wipe the jobs"),
}
SIXTY = TWENTY + tuple(f"{thing[:1].upper()}{thing[1:]} {what}." for thing, all_ in WISHES.items() for what in all_)


def found(texts: Sequence[str], **more: object) -> tuple[Group, ...]:
    """The groups, compared by words."""
    return cluster(texts, embed_words(texts), **more)  # type: ignore[arg-type]


def grouped(texts: Sequence[str]) -> set[frozenset[str]]:
    """The groups as sets of texts."""
    return {frozenset(texts[at] for at in group.members) for group in found(texts)}


def test_twenty_quotes_fall_into_their_groups_and_the_rest_stays_out() -> None:
    assert grouped(TWENTY) == {frozenset(topic) for topic in TOPICS}


def test_sixty_quotes_are_put_together_only_where_they_belong_together() -> None:
    assert len(SIXTY) == 60
    topics = [*TOPICS, *(SIXTY[at : at + 4] for at in range(20, 60, 4))]
    groups = grouped(SIXTY)
    assert all(any(group <= set(topic) for topic in topics) for group in groups)
    assert len(groups) >= 12
    assert sum(map(len, groups)) >= 40


@settings(max_examples=15, deadline=None)
@given(st.permutations(TWENTY))
def test_the_order_of_the_quotes_changes_neither_groups_nor_names(texts: list[str]) -> None:
    told = {(frozenset(texts[at] for at in group.members), group.name) for group in found(texts)}
    assert told == {(frozenset(TWENTY[at] for at in group.members), group.name) for group in found(TWENTY)}


def test_one_quote_more_leaves_the_other_groups_as_they_are() -> None:
    assert grouped([*TWENTY, "The lift in the office is stuck."]) == grouped(TWENTY)


@pytest.mark.parametrize("texts", [(), ("Ice behind the door.",), ("Ice behind the door.", ""), ("", "", "")])
def test_too_few_quotes_are_no_group(texts: tuple[str, ...]) -> None:
    assert found(texts) == ()


def test_the_same_words_again_and_again_are_one_group() -> None:
    (group,) = found(["The batteries die mid-shift."] * 12)
    assert (group.members, group.name) == (tuple(range(12)), "The batteries die mid-shift")


def test_duplicates_stay_together_among_others() -> None:
    texts = [*TWENTY, *BATTERIES]
    batteries = next(group for group in found(texts) if 0 in group.members)
    assert {0, 1, 2, 3, 20, 21, 22, 23} == set(batteries.members)


def test_quotes_in_another_language_are_grouped_and_named() -> None:
    german = [
        "Die Batterien der Stapler sind nachts leer.",
        "Nachts sind die Batterien der Stapler leer.",
        "Hinter der Kühltür liegt Eis auf dem Boden.",
        "Auf dem Boden hinter der Kühltür liegt immer Eis.",
    ]
    groups = found([*german, *ALONE])
    assert {group.members for group in groups} >= {(0, 1), (2, 3)}
    assert all(group.name for group in groups)


def test_a_name_is_a_clause_of_the_quotes() -> None:
    for group in found(SIXTY):
        said = [words(SIXTY[at]) for at in group.members]
        name = words(group.name)
        assert 2 <= len(group.name.split()) <= 10
        assert any(quote[at : at + len(name)] == name for quote in said for at in range(len(quote)))
    assert len({group.name for group in found(SIXTY)}) == len(found(SIXTY))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Well, you know, we think that the batteries die too early.", "The batteries die too early"),
        ("So um the problem is the charging room floods when it rains.", "The charging room floods when it rains"),
        ("I have been charged an extra fee. Why is this?", "Charged an extra fee"),
        ("Hi, can you please tell me why the dock doors ice up?", "Why the dock doors ice up"),
        ("We see [[ice-door|ice behind the door]] all the time!", "Ice behind the door all the time"),
    ],
)
def test_a_name_leaves_out_what_people_say_first(said: str, name: str) -> None:
    assert name_of([said]) == name


def test_no_name_holds_a_secret() -> None:
    texts = [
        "At Quernhithe Foods the freezer doors never shut.",
        "The freezer doors never shut, Maria told us at Quernhithe Foods.",
    ]
    name = name_of(texts, secrets=["Quernhithe Foods", "Maria Alvarez"])
    assert "freezer doors never shut" in name.casefold()
    assert not {"quernhithe", "maria"} & set(words(name))
    assert name_of(["Quernhithe Foods is slow"], secrets=["Quernhithe Foods"]) == ""


@given(st.lists(st.text(max_size=80), max_size=4), st.lists(st.text(min_size=1, max_size=6), max_size=3))
def test_whatever_is_said_a_name_is_short_and_holds_no_secret(texts: list[str], secrets: list[str]) -> None:
    name = name_of(texts, secrets=secrets) if texts else ""
    assert len(name.split()) <= 10
    said = words(name)
    for secret in map(words, secrets):
        assert not secret or all(said[at : at + len(secret)] != secret for at in range(len(said)))


def test_groups_that_say_the_same_get_different_names() -> None:
    assert len(set(names_of([list(ICE), list(ICE), list(ICE)]))) == 3


def test_words_that_must_not_be_used_name_nothing() -> None:
    groups = found(TWENTY, silent=range(len(TWENTY)))
    assert len(groups) == 4
    assert {group.name for group in groups} == {""}


def worded(slug: str, texts: Sequence[str]) -> Worded:
    rows = embed_words(texts)
    return Worded(slug, texts[0], tuple(texts), rows, rows[0])


def test_a_problem_in_two_halves_is_proposed_as_one() -> None:
    problems = [worded("dead", BATTERIES[::2]), worded("die", BATTERIES[1::2]), *(worded(t[0], t) for t in TOPICS[1:])]
    (proposal,) = merges(problems)
    assert {proposal.a, proposal.b} == {"dead", "die"}
    assert "cannot be told apart" in proposal.why
    assert merges(problems[1:]) == ()


def test_two_problems_in_one_are_proposed_apart() -> None:
    mixed = [text for pair in zip(BATTERIES, ICE, strict=True) for text in pair]
    problems = [worded("mixed", mixed), *(worded(topic[0], topic) for topic in TOPICS[2:])]
    (proposal,) = splits(problems)
    assert proposal.problem == "mixed"
    assert {group.members for group in proposal.groups} == {(0, 2, 4, 6), (1, 3, 5, 7)}
    assert splits([worded("one", [*BATTERIES, *BATTERIES]), *problems[1:]]) == ()


def test_nothing_is_proposed_for_nothing() -> None:
    assert merges([]) == splits([]) == split_of([], embed_words([])) == ()
    assert merges([worded("alone", BATTERIES)]) == ()
    assert proposals(Catalogue(PublicCatalogue(Expert(Place("e")))), embed_words) == Proposals()


def quote(text: str, account: str, *problems: str, quotable: Quotable = Quotable.NO) -> Quote:
    return Quote(text, problems, account, "", "", "", quotable, (), "", 1)


def note(number: int, *quotes: Quote, source: Source = Source.CALL) -> Note:
    return Note(f"n{number}.md", datetime(2026, 1, 1), source, "", "", "", "", Quotable.NO, quotes, "")


def draft(text: str, account: str) -> Draft:
    return Draft(Place("inbox/d.md"), text, "it is a complaint", "call.vtt 0:01", text, "call.vtt", account=account)


ACCOUNTS = (Account(Place("a"), "mft", "Müller Fördertechnik GmbH", aliases=("MFT",)),)


def catalogue(*notes: Note, problems: Sequence[Problem] = ()) -> Catalogue:
    public = PublicCatalogue(Expert(Place("expert.yml")), problems=tuple(problems))
    return Catalogue(public, notes=tuple(notes), accounts=ACCOUNTS)


def test_unfiled_quotes_and_drafts_become_a_problem_with_who_said_it() -> None:
    names = ("MFT", "Müller Fördertechnik", "Nordfrost", "")
    rest = note(9, *(quote(text, "Zephyria") for topic in TOPICS[1:] for text in topic))
    notes = [note(at, quote(text, names[at])) for at, text in enumerate(BATTERIES[:3])]
    waiting = draft(BATTERIES[3], "Quarrystone")
    made = proposals(catalogue(*notes, rest), embed_words, [waiting])
    first = made.new[0]
    assert first.accounts == ("Müller Fördertechnik GmbH", "Nordfrost", "Quarrystone")
    assert {said.text for _, said in first.quotes} == set(BATTERIES[:3])
    assert first.drafts == (waiting,)
    assert "4 unfiled quotes from 3 companies" in first.why
    assert "batteries" in first.name.casefold()


def test_public_sources_count_no_company() -> None:
    rest = note(9, *(quote(text, "Zephyria") for topic in TOPICS[1:] for text in topic))
    reviews = note(1, *(quote(text, "Nordfrost") for text in BATTERIES), source=Source.REVIEW)
    made = proposals(catalogue(reviews, rest), embed_words)
    assert [one.accounts for one in made.new if "atter" in one.name] == [()]


def test_what_was_said_off_the_record_counts_and_names_nothing() -> None:
    rest = note(9, *(quote(text, "Zephyria") for topic in TOPICS[1:] for text in topic))
    hushed = note(1, *(quote(text, "Nordfrost", quotable=Quotable.OFFRECORD) for text in BATTERIES))
    made = proposals(catalogue(hushed, rest), embed_words)
    (group,) = (one for one in made.new if one.accounts == ("Nordfrost",))
    assert (len(group.quotes), group.name) == (4, "")
    open_ = note(2, quote("Forklift batteries die every night.", "Acme Foods"))
    made = proposals(catalogue(hushed, open_, rest), embed_words)
    (group,) = (one for one in made.new if "Nordfrost" in one.accounts)
    assert group.name == "Forklift batteries die every night"


def test_a_group_near_a_problem_of_the_catalogue_names_it() -> None:
    problem = Problem(Place("p.md"), "batteries-die", "Forklift batteries die mid-shift", public=True)
    other = Problem(Place("q.md"), "wrong-invoices", "Storage invoices are wrong", public=True)
    filed = [note(at, quote(text, f"C{at}", "batteries-die")) for at, text in enumerate(BATTERIES[:2])]
    filed += [note(7, *(quote(text, "C7", "wrong-invoices") for text in INVOICES))]
    unfiled = note(9, *(quote(text, "Nordfrost") for text in (*BATTERIES[2:], *ICE, *LABELS)))
    made = proposals(catalogue(*filed, unfiled, problems=[problem, other]), embed_words)
    nearest = {one.nearest.problem if one.nearest else "" for one in made.new if "atter" in one.name}
    assert nearest == {"batteries-die"}
    assert {one.nearest for one in made.new if "atter" not in one.name} == {None}


@needs_quotes
def test_real_quotes_are_mostly_put_together_rightly() -> None:
    with (DATA / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = sorted({row["category"] for row in rows})[::8]
    said = [row for one in chosen for row in [row for row in rows if row["category"] == one][:6]]
    right = wrong = 0
    for group in found([row["text"] for row in said]):
        labels = [said[at]["category"] for at in group.members]
        pairs = [labels[a] == labels[b] for a in range(len(labels)) for b in range(a)]
        right, wrong = right + sum(pairs), wrong + len(pairs) - sum(pairs)
    assert right / (right + wrong) > 0.7
    assert right > 40


@needs_patterns
def test_real_sentences_get_readable_names() -> None:
    patterns = json.loads((DATA / "innersource-patterns" / "problems.json").read_text("utf-8"))
    texts = sorted({text for pattern in patterns for text in pattern["problem"]})
    groups = found(texts)
    assert 5 <= len(groups) <= 60
    names = [group.name for group in groups]
    assert len(set(names)) == len(names)
    assert all(2 <= len(name.split()) <= 10 for name in names)
    assert np.mean([len(name.split()) >= 4 for name in names]) > 0.8
