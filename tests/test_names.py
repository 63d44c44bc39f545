"""Quotes that name somebody: which they are, what they wait for, and that nothing in them is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import stories
from heard.approve.names import facts, short, single_words
from heard.values import Account, Place
from stories import account, approved, heard, note, problem, proof, run

KNOWN = {name.casefold(): "a name" for name in ("Zofia", "Kowalczyk", "Mark", "Peter", "Koch", "Target", "May", "Hope")}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Zofia told us to wait.", ["zofia"]),
        ("It was zofia.", []),
        ("Ask KOWALCZYK about it.", ["kowalczyk"]),
        ("We took Kowalczyk's plan.", ["kowalczyk"]),
        ("Then Zofia-Maria left.", ["zofia"]),
        ("Mark my words: it stops.", []),
        ("It stops. Mark my words.", []),
        ("Mark says it stops.", ["mark"]),
        ("Nobody asked Mark about it.", ["mark"]),
        ("We were told by Mr. Mark again.", ["mark"]),
        ("We missed the target, and target the next.", []),
        ("We bought it at Target again.", ["target"]),
        ("Hope it lasts, each May.", []),
        ("Der Koch hat gesagt, dass die Tür nicht schließt.", []),
        ("Ich habe mit Herrn Koch gesprochen, und er ist nicht da.", ["koch"]),
        ("MARK MY WORDS: IT STOPS.", []),
    ],
)
def test_a_single_word_is_a_name_where_it_is_written_as_one(words: str, found: Sequence[str]) -> None:
    assert [one.key for one in single_words(words, KNOWN)] == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Müller Fördertechnik GmbH & Co. KG", "Müller Fördertechnik"),
        ("Nordfrost", "Nordfrost"),
        ("UAB Šaltis", "Šaltis"),
        ("Acme, Inc.", "Acme"),
    ],
)
def test_a_company_is_known_without_its_legal_form(name: str, said: str) -> None:
    assert short(name) == said


def test_products_and_places_are_facts_under_these_keys_and_numbers_are_none() -> None:
    given = (("sites", ("4",)), ("City", ("Wexholmstad",)), ("brands", ("Crispelle", "7")), ("buys", ("racking",)))
    one = Account(Place("a.md"), "a", "A", facts=given)
    assert list(facts([one])) == [("Wexholmstad", "a place"), ("Crispelle", "a product")]


@pytest.fixture
def flat(root: Path) -> Path:
    """One published problem; two companies with files, of which one said what the tests give it."""
    problem(root, "flat")
    heard(root, {"cold-storage": 3})
    person = {
        "name": "Zofia Kowalczyk",
        "aliases": ["Zosia"],
        "email": "z.k@wexholm.example",
        "phone": "+49 30 5550 100",
    }
    account(root, "wexholm", "Wexholm Kühlhaus GmbH", domains=["wexholm.example"], people=[person],
            facts={"city": "Bruchhausen-Vilsen", "product": "Crispelle", "sites": 4})  # fmt: skip
    account(root, "pellegrin", "Pellegrin", aliases=["PLG"], people=[{"name": "Bruna Quatrefoil"}])
    return root


def shown(root: Path) -> list[str]:
    """The quotes that `heard approve --yes` lets out."""
    done = run(root, "approve", "--yes")
    assert done.code == 0, done.err
    return [quote["text"] for quote in approved(root)["problems"]["flat"]["quotes"]]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("At Wexholm Kühlhaus GmbH it stops.", "a company’s name"),
        ("At wexholm kühlhaus it stops.", "a company’s name"),
        ("Zofia Kowalczyk switched it off.", "a person’s name"),
        ("It was Zosia again.", "a name"),
        ("Write to z.k@wexholm.example about it.", "an e-mail address"),
        ("It stands on wexholm.example.", "a web address"),
        ("Call +49 30 5550100 at night.", "a phone number"),
        ("The site in Bruchhausen-Vilsen stops first.", "a place"),
        ("No Crispelle left the house.", "a product"),
        ("They ask PLG, as everybody does.", "a name"),
        ("They [Pellegrin] never answer.", "a company’s name"),
    ],
)
def test_an_anonymous_quote_waits_for_each_kind_of_name(flat: Path, words: str, what: str) -> None:
    path = note(flat, "2026-01-11", "Wexholm", words, quotable="anonymous")
    before = path.read_bytes()
    assert shown(flat) == []
    said = run(flat, "approve", "--check").out
    assert "Flat: a quote waits, since its words hold " in said
    assert f"{what}" in said
    assert "write [a supplier] or … for it in content/private/notes/n003.md:7." in said
    assert words not in said
    told = [line for line in run(flat, "check").out.splitlines() if "quote/names-somebody" in line]
    assert len(told) == 1
    assert told[0].startswith("content/private/notes/n003.md:7: worth a look: may be quoted only without names")
    assert what in told[0]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    ["At [our site] it stops.", "At … it stops.", "[A supplier] was late again.", "Mark my words.", "No crisps left."],
)
def test_brackets_and_ellipses_are_the_experts_own(flat: Path, words: str) -> None:
    note(flat, "2026-01-11", "Wexholm", words, quotable="anonymous")
    assert shown(flat) == [words]
    assert "names-somebody" not in run(flat, "check").out


def test_a_named_quote_may_hold_the_speaker_and_their_company_and_nobody_else(flat: Path) -> None:
    own = "I am Zofia Kowalczyk of Wexholm Kühlhaus, and it stops."
    for words in (own, "Ask Bruna Quatrefoil.", "Pellegrin knows it.", "Write to z.k@wexholm.example."):
        note(flat, "2026-01-11", "Wexholm Kühlhaus", words, quotable="named", person="Zofia Kowalczyk")
    assert shown(flat) == [own]
    assert "somebody else’s name may not stand with theirs" in run(flat, "check").out


def test_the_experts_own_names_are_no_secret(flat: Path) -> None:
    words = "Maren Tolksdorf told us so, and Wexholmers agreed."
    (flat / "content/expert.yml").write_text("name: Maren Tolksdorf\n", "utf-8")
    account(flat, "tolksdorf", "Tolksdorf", people=[{"name": "Maren Tolksdorf"}])
    note(flat, "2026-01-11", "Lumbridge", words.partition(",")[0], quotable="anonymous")
    assert shown(flat) == [words.partition(",")[0]]


def test_the_words_of_an_anonymous_proof_wait_too(flat: Path) -> None:
    consent = {"level": "anonymous", "granted": "2026-02-01", "expires": "2028-02-01"}
    proof(flat, "one", {**consent, "shown": "Wexholm Kühlhaus is calm now."}, "Wexholm Kühlhaus is calm now.")
    proof(flat, "two", {**consent, "shown": "It is calm now."}, "It is calm now.")
    shown(flat)
    assert [one["text"] for one in approved(flat)["proof"]] == ["It is calm now."]
    said = run(flat, "approve", "--check").out
    assert "A proof waits, since its words hold a company’s name" in said


def test_a_quote_that_is_held_or_was_not_allowed_is_not_asked_about(flat: Path) -> None:
    note(flat, "2026-01-11", "Wexholm", "Wexholm Kühlhaus stops. ^ab12", quotable="anonymous")
    note(flat, "2026-01-11", "Wexholm", "Pellegrin stops.", quotable="no")
    (flat / "content/private/held.yml").write_text("held:\n- {id: ab12, because: x}\n", "utf-8")
    assert "names-somebody" not in run(flat, "check").out
    assert "waits" not in run(flat, "approve", "--check").out


def test_what_waits_still_counts(flat: Path) -> None:
    before = approved(flat)["problems"]["flat"]["heard_from"] if shown(flat) else 3
    for name in stories.COMPANIES[4:7]:
        note(flat, "2026-01-11", name, "Pellegrin stops us.", quotable="anonymous")
    assert shown(flat) == []
    assert (before, approved(flat)["problems"]["flat"]["heard_from"]) == (3, 6)
