"""What may leave the private side: counts in steps, permitted quotes, consented proof, and who lets them out."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import stories
from heard.approve.decide import STEPS, Candidate, Evidence, Figures, attribution, decide, may_be_said, quarter, step
from heard.approve.file import approved_text
from heard.base.text import squeeze
from heard.catalogue.approved import read_approved
from heard.values import (
    Approved,
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Finding,
    Held,
    Outcome,
    Quotable,
    Quote,
)
from stories import account, approved, heard, note, problem, proof, run

TODAY = date(2026, 11, 21)


@pytest.fixture
def flat(root: Path) -> Path:
    """A workspace with one published problem, `flat`."""
    problem(root, "flat")
    return root


def let_out(root: Path, **env: str) -> dict[str, object]:
    """What is approved of the problem `flat` once a person has said yes."""
    done = run(root, "approve", "--yes", **env)
    assert done.code == 0, done.err
    found: dict[str, object] = approved(root)["problems"]["flat"]
    return found


@pytest.mark.parametrize(
    ("heard_in", "told", "industries"),
    [
        ({"cold-storage": 2}, 0, None),
        ({"cold-storage": 3}, 3, ["cold-storage"]),
        ({"cold-storage": 5}, 3, ["cold-storage"]),
        ({"cold-storage": 5, "retail": 2}, 6, ["cold-storage"]),
        ({"cold-storage": 9, "retail": 3}, 10, ["cold-storage", "retail"]),
    ],
)
def test_counts_are_told_in_steps(
    flat: Path, heard_in: Mapping[str, int], told: int, industries: list[str] | None
) -> None:
    heard(flat, heard_in)
    found = let_out(flat)
    assert found["heard_from"] == told
    assert found.get("industries") == industries


@pytest.mark.parametrize(
    ("accounts", "told"),
    [(0, 0), (2, 0), (3, 3), (5, 3), (6, 6), (9, 6), (10, 10), (19, 10), (20, 20), (50, 50), (99, 50), (412, 100)],
)  # fmt: skip
def test_the_largest_step_that_is_reached(accounts: int, told: int) -> None:
    assert step(accounts) == told


def test_the_sentence_says_what_the_page_will_say(flat: Path) -> None:
    heard(flat, {"cold-storage": 9, "retail": 3}, role="shift lead")
    said = run(flat, "approve", "--check").out
    assert "Flat: heard from at least ten companies since 2026-Q1; Cold storage, retail; shift lead." in said
    assert "12" not in said.replace("12 companies", "").replace("12 quotes", "")
    assert "12 companies, 0 people, 12 quotes stay private." in said


def test_an_account_counts_once_by_whatever_name(flat: Path) -> None:
    account(flat, "acme", "Acme Foods GmbH", aliases=["AF"], domains=["acme.example"])
    for name in ("Acme Foods", "AF", "acme.example", "ACME  Foods Ltd", "[[acme]]", "Acme Food"):
        note(flat, "2026-01-10", name)
    note(flat, "2026-01-10", "Nordfrost")
    assert let_out(flat)["heard_from"] == 0
    note(flat, "2026-01-11", "Zephyria")
    assert let_out(flat)["heard_from"] == 3


def test_public_sources_and_nobody_count_for_nobody(flat: Path) -> None:
    heard(flat, {"cold-storage": 2})
    for source in ("feed", "review", "search"):
        note(flat, "2026-01-10", f"Stranger {source}", source=source)
    note(flat, "2026-01-10", "")
    assert let_out(flat)["heard_from"] == 0


def test_this_months_notes_wait(flat: Path) -> None:
    heard(flat, {"cold-storage": 2})
    note(flat, "2026-11-01", "Zephyria", quotable="anonymous")
    assert let_out(flat) == {"heard_from": 0, "quotes": []}
    december = stories.datetime(2026, 12, 1, tzinfo=stories.UTC)
    found = let_out(flat, SOURCE_DATE_EPOCH=str(int(december.timestamp())))
    assert found["heard_from"] == 3
    assert found["since"] == "2026-Q4"
    assert len(found["quotes"]) == 1  # type: ignore[arg-type]


def test_a_new_name_between_two_old_ones_moves_no_figure(flat: Path) -> None:
    """Names that resemble each other count as one; a bridge between two others waits like everything."""
    heard(flat, {"cold-storage": 1})
    note(flat, "2026-01-10", "Brandmeier Feinkost")
    note(flat, "2026-01-10", "Brandmayer Feinkoste")
    before = let_out(flat)
    for name in ("Brandmeyer Feinkost", "Brandmayer Feinkost", "Brandmeier Feinkoste"):
        note(flat, "2026-11-20", name)
        account(flat, f"a{squeeze(name)}", name)
    assert let_out(flat) == before


def test_since_is_the_quarter_of_the_third_account(flat: Path) -> None:
    for day, name in zip(("2024-02-01", "2025-06-30", "2025-07-01", "2026-01-01"), stories.COMPANIES, strict=False):
        note(flat, day, name)
    note(flat, "2023-01-01", "", "Said by nobody.")
    assert let_out(flat)["since"] == "2025-Q3"


@pytest.mark.parametrize(
    ("day", "told"), [("2026-03-31", "2026-Q1"), ("2026-04-01", "2026-Q2"), ("2026-12-31", "2026-Q4")]
)
def test_quarters(day: str, told: str) -> None:
    assert quarter(date.fromisoformat(day)) == told


names = st.text("abcdefgh ", min_size=1, max_size=6)
groups = st.lists(st.tuples(names, st.integers(0, 120)), max_size=6).map(tuple)


@given(st.integers(0, 300), groups, groups)
def test_no_name_from_fewer_than_three_is_ever_said(accounts: int, industries, roles) -> None:  # type: ignore[no-untyped-def]
    told = may_be_said(Figures(accounts, industries, roles, TODAY))
    assert told.heard_from in (0, *STEPS)
    assert told.heard_from <= accounts
    assert all(any(name == n and c >= 3 for n, c in industries) for name in told.industries)
    assert all(any(name == n and c >= 3 for n, c in roles) for name in told.roles)
    if accounts < 3:
        assert told == ApprovedProblem()


@given(st.dictionaries(st.tuples(st.sampled_from(["", "lead"]), st.sampled_from(["", "cold"])), st.integers(0, 9)))
def test_an_anonymous_attribution_is_shared_by_three(shared: Mapping[tuple[str, str], int]) -> None:
    by = attribution("lead", "cold", shared, "Cold storage")
    ways = {"a lead, cold storage": ("lead", "cold"), "a client, cold storage": ("", "cold"), "a lead": ("lead", "")}
    assert by == "a client" or shared[ways[by]] >= 3
    finest = next((words for words, key in ways.items() if shared.get(key, 0) >= 3), "a client")
    assert by == finest


def test_attributions_from_finest_to_none(flat: Path) -> None:
    heard(flat, {"cold-storage": 3}, role="operations manager", quotable="anonymous")
    note(flat, "2026-01-11", "Lumbridge", "Ours too.", industry="cold-storage", role="owner", quotable="anonymous")
    note(flat, "2026-01-12", "Wexholm", "And here.", industry="retail", role="operations manager", quotable="anonymous")
    note(flat, "2026-01-13", "Pellegrin", "I know.", industry="retail", role="owner", quotable="anonymous")
    by = {quote["text"]: quote["by"] for quote in let_out(flat)["quotes"]}  # type: ignore[attr-defined]
    assert by == {
        "We stop in cold-storage.": "an operations manager, cold storage",
        "Ours too.": "a client, cold storage",
        "And here.": "an operations manager",
        "I know.": "a client",
    }


def test_quotes_go_out_only_if_permitted(flat: Path) -> None:
    heard(flat, {"cold-storage": 3})
    for quotable in ("no", "anonymous", "named", "offrecord", "perhaps"):
        words = f"Said {quotable}."
        note(flat, "2026-01-20", "Wexholm", words, quotable=quotable, person="P. Novak", role="owner")
    found = {quote["text"]: quote for quote in let_out(flat)["quotes"]}  # type: ignore[attr-defined]
    assert set(found) == {"Said anonymous.", "Said named."}
    assert found["Said anonymous."]["names"] == []
    assert "Novak" not in found["Said anonymous."]["by"]
    assert found["Said named."]["by"] == "P. Novak, owner, Wexholm"
    assert found["Said named."]["names"] == ["P. Novak", "Wexholm"]


def test_a_tag_overrides_the_header(flat: Path) -> None:
    note(flat, "2026-01-10", "Wexholm", "Never this. #offrecord", quotable="named")
    note(flat, "2026-01-10", "Wexholm", "This. #anonymous #offrecord", quotable="named")
    assert let_out(flat)["quotes"] == []


def test_what_is_held_stays(flat: Path) -> None:
    note(flat, "2026-01-10", "Wexholm", "By its id. ^ab12", quotable="anonymous")
    note(flat, "2026-01-10", "Wexholm", "By its words.", quotable="anonymous")
    proof(flat, "held", {"level": "named", "granted": "2026-02-01"})
    held = "held:\n- {id: ab12, because: x}\n- {words: By its words., because: x}\n- {id: held, because: x}\n"
    (flat / "content/private/held.yml").write_text(held)
    assert let_out(flat)["quotes"] == []
    assert approved(flat)["proof"] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("held.yml", "held: [{id: ab12, because: x}\n"),
        ("held.yml", "hedl: [{id: ab12, because: x}]\n"),
        ("accounts/wexholm.md", "---\nname: Wexholm\naliases: [W\n---\n"),
    ],
)
def test_a_file_that_could_hold_something_back_must_be_understood(flat: Path, name: str, text: str) -> None:
    note(flat, "2026-01-10", "Wexholm", "By its id. ^ab12", quotable="anonymous")
    path = flat / "content/private" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    done = run(flat, "approve", "--yes")
    assert done.code == 1
    assert f"content/private/{name}:" in done.err
    assert not (flat / "content/approved.yml").exists()


@pytest.mark.parametrize(
    ("consent", "by"),
    [
        ({"level": "named", "granted": "2026-02-01"}, "Dana Ruiz, Acme Foods"),
        ({"level": "anonymous", "granted": "2026-02-01"}, "a client"),
        ({"level": "none", "granted": "2026-02-01"}, None),
        ({"level": "nmaed", "granted": "2026-02-01"}, None),
        ({"level": "named"}, None),
        ({"level": "named", "granted": "2026-12-01"}, None),
        ({"level": "named", "granted": "2026-02-01", "expires": "2026-11-20"}, None),
        ({"level": "named", "granted": "2026-02-01", "expires": "2026-11-21"}, "Dana Ruiz, Acme Foods"),
        ({"level": "named", "granted": "2026-02-01", "withdrawn": "2026-11-21"}, None),
        ({}, None),
    ],
)
def test_proof_needs_a_living_consent(flat: Path, consent: Mapping[str, object], by: str | None) -> None:
    proof(flat, "one", consent)
    assert run(flat, "approve", "--yes").code == 0
    assert [one["by"] for one in approved(flat)["proof"]] == ([by] if by else [])
    text = (flat / "content/approved.yml").read_text("utf-8")
    assert ("Dana" in text) == bool(by and "Dana" in by)


def test_proof_of_an_unpublished_problem_waits(flat: Path) -> None:
    problem(flat, "draft", public=False)
    proof(flat, "one", {"level": "named", "granted": "2026-02-01"}, problems=["draft"])
    proof(flat, "two", {"level": "named", "granted": "2026-02-01"}, "And this.", problems=["draft", "flat"])
    assert run(flat, "approve", "--yes").code == 0
    assert [one["problems"] for one in approved(flat)["proof"]] == [["flat"]]


def test_withdrawing_takes_it_out_and_says_so(flat: Path) -> None:
    proof(flat, "one", {"level": "named", "granted": "2026-02-01"})
    run(flat, "approve", "--yes")
    proof(flat, "one", {"level": "named", "granted": "2026-02-01", "withdrawn": "2026-03-01"})
    done = run(flat, "approve", "--yes")
    assert "no longer shown: “It ended.” — Dana Ruiz, Acme Foods" in done.out
    assert approved(flat)["proof"] == []


def test_only_published_problems_are_in_it(flat: Path) -> None:
    problem(flat, "draft", public=False)
    problem(flat, "gone", retired="2026-10-01")
    for slug in ("draft", "gone"):
        for name in stories.COMPANIES[:4]:
            note(flat, "2026-01-10", name, at=slug, quotable="named")
    run(flat, "approve", "--yes")
    assert list(approved(flat)["problems"]) == ["flat"]


def test_ids_stay_and_say_nothing(flat: Path) -> None:
    heard(flat, {"cold-storage": 3}, quotable="anonymous")
    note(flat, "2026-01-20", "Wexholm", "Mine. ^wexholm-novak", quotable="anonymous", person="P. Novak")
    note(flat, "2026-01-20", "Wexholm", "Its own. ^k3f9", quotable="anonymous")
    proof(flat, "dana-ruiz", {"level": "anonymous", "granted": "2026-02-01"})
    first = let_out(flat)
    text = (flat / "content/approved.yml").read_text("utf-8")
    ids = {quote["text"]: quote["id"] for quote in first["quotes"]}  # type: ignore[attr-defined]
    assert ids["Its own."] == "k3f9"
    assert not {"wexholm", "novak", "ruiz"} & set(text.lower().replace("-", " ").split())
    note(flat, "2026-01-21", "Wexholm", "A later one.", quotable="anonymous")
    later = {quote["text"]: quote["id"] for quote in let_out(flat)["quotes"]}  # type: ignore[attr-defined]
    assert later.items() >= ids.items()
    assert approved(flat)["proof"][0]["id"] in text


def test_running_it_twice_changes_nothing(unbuilt: Path) -> None:
    (unbuilt / "content/approved.yml").write_text("version: 1\nproblems: {}\nproof: []\n")
    assert run(unbuilt, "approve", "--yes").code == 0
    before = (unbuilt / "content/approved.yml").read_bytes()
    again = run(unbuilt, "approve", "--yes")
    assert again.code == 0
    assert "Nothing new to approve." in again.err
    assert (unbuilt / "content/approved.yml").read_bytes() == before
    assert run(unbuilt, "approve", "--check").code == 0


def test_the_example_is_approved(unbuilt: Path) -> None:
    done = run(unbuilt, "approve", "--check")
    assert done.code == 0, done.out


def test_without_the_private_side_nothing_is_written(flat: Path) -> None:
    heard(flat, {"cold-storage": 3})
    let_out(flat)
    before = (flat / "content/approved.yml").read_bytes()
    shutil.rmtree(flat / "content/private")
    done = run(flat, "approve", "--yes")
    assert done.code == 1
    assert "needs content/private" in done.err
    assert done.out == ""
    assert (flat / "content/approved.yml").read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("--no-input",), ("--check",), ("--check", "--yes")])
def test_nobody_said_yes(flat: Path, arguments: Sequence[str]) -> None:
    heard(flat, {"cold-storage": 3})
    done = run(flat, "approve", *arguments)
    assert done.code == 1
    assert "at least three companies" in done.out
    assert not (flat / "content/approved.yml").exists()


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1), ("", 1)])
def test_a_person_at_a_terminal_is_asked(flat: Path, answer: str, code: int) -> None:
    heard(flat, {"cold-storage": 3})
    with stories.terminal(flat, "approve") as (child, screen):
        shown = stories.until(screen, "out? [y/N]")
        assert "at least three companies" in shown
        stories.typed(screen, answer)
        stories.until(screen, "\0")
        assert child.wait(20) == code
    assert (flat / "content/approved.yml").exists() == (code == 0)


def test_a_merge_conflict_is_written_anew(flat: Path) -> None:
    heard(flat, {"cold-storage": 3}, quotable="anonymous")
    meant = let_out(flat)
    path = flat / "content/approved.yml"
    rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*rows[:3], "<<<<<<< ours", *rows[3:], "=======", *rows[3:5], ">>>>>>> theirs", ""]))
    assert run(flat, "approve", "--check").code == 1
    found = let_out(flat)
    assert "<<<<" not in path.read_text("utf-8")
    assert found["heard_from"] == meant["heard_from"] == 3
    assert run(flat, "approve", "--check").code == 0


def test_an_edited_file_is_put_right_though_nothing_is_new(flat: Path) -> None:
    heard(flat, {"cold-storage": 3})
    let_out(flat)
    path = flat / "content/approved.yml"
    before = path.read_bytes()
    path.write_bytes(before + b"# mine\n")
    done = run(flat, "approve", "--check")
    assert done.code == 1
    assert "Nothing newly goes public" in done.err
    assert run(flat, "approve", "--yes").code == 0
    assert path.read_bytes() == before


def test_the_sentences_as_data(flat: Path) -> None:
    heard(flat, {"cold-storage": 3}, quotable="named", person="P. Novak")
    done = run(flat, "approve", "--check", "--json")
    assert done.code == 1
    assert set(done.data) == {"changes", "waiting", "stays_private"}
    assert done.data["stays_private"] == {"companies": 2, "people": 0, "quotes": 0}
    assert any(
        "word for word: “We stop in cold-storage.” — P. Novak, Acme Foods" in one for one in done.data["changes"]
    )


def test_a_smaller_step_is_said_with_the_one_before(flat: Path) -> None:
    heard(flat, {"cold-storage": 6})
    let_out(flat)
    for path in sorted((flat / "content/private/notes").glob("*.md"))[:2]:
        path.unlink()
    said = run(flat, "approve", "--check").out
    assert "at least three companies" in said
    assert "(until now: heard from at least six companies" in said


words = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=20).map(
    lambda text: "\n".join(row.strip() for row in text.split("\n")).strip()
)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
quotes = st.builds(ApprovedQuote, slugs, words, words, st.lists(words.filter(bool), max_size=2).map(tuple))
problems = st.one_of(
    st.builds(ApprovedProblem, quotes=st.lists(quotes, max_size=2).map(tuple)),
    st.builds(
        ApprovedProblem,
        st.sampled_from(STEPS),
        st.sampled_from(["2026-Q1", "2025-Q4"]),
        st.lists(slugs, max_size=2).map(tuple),
        st.lists(words.filter(bool), max_size=2).map(tuple),
        st.lists(quotes, max_size=2).map(tuple),
    ),
)
outcomes = st.one_of(st.none(), st.builds(Outcome, words.filter(bool), words, words, words, words))
proofs = st.builds(
    ApprovedProof, slugs, st.sampled_from(["testimonial", "outcome"]), st.lists(slugs, max_size=2).map(tuple),
    words, words, st.lists(words.filter(bool), max_size=2).map(tuple), outcomes,
    st.one_of(st.none(), st.dates(date(2020, 1, 1))),
)  # fmt: skip


def by_id(approved: Approved) -> Approved:
    """The same, in the order of the file."""
    ordered = {
        slug: ApprovedProblem(
            one.heard_from, one.since, one.industries, one.roles, tuple(sorted(one.quotes, key=lambda q: q.id))
        )
        for slug, one in approved.problems.items()
    }
    return Approved(ordered, tuple(sorted(approved.proof, key=lambda one: one.id)))


@settings(max_examples=60, deadline=None)
@given(st.builds(Approved, st.dictionaries(slugs, problems, max_size=3), st.lists(proofs, max_size=2).map(tuple)))
def test_what_is_written_reads_back_equal(value: Approved) -> None:
    findings: list[Finding] = []
    text = approved_text(value)
    assert read_approved(text, "content/approved.yml", findings) == by_id(value)
    assert not findings
    yaml.safe_load(text)


people = st.sampled_from(["Ann Archer", "Ben Barlow", "Cleo Castor"])
candidates = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(Quotable), people, st.sampled_from(["", "lead"]),
        st.sampled_from(["", "cold"]),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(candidates, st.integers(0, 5), st.integers(0, 9))
def test_the_decision_is_a_function_and_lets_out_no_more_than_permitted(rows, held, shared) -> None:  # type: ignore[no-untyped-def]
    said = tuple(
        Candidate(
            Quote(f"Words {n}.", ("flat",), "Wexholm", who, role, "", allowed, (), f"q{n}x", 1), "Wexholm", industry
        )
        for n, allowed, who, role, industry in rows
    )
    evidence = {"flat": Evidence(Figures(shared, shared={("", "cold"): shared}), said)}

    def decided(seed: int) -> Approved:
        ids = random.Random(seed)
        return decide(
            evidence, (), (Held(f"q{held}x"),), Approved(), today=TODAY, industry_name=str,
            new_id=lambda: f"n{ids.randrange(10**6)}",
        )  # fmt: skip

    found = decided(1)
    assert decided(1) == found
    # The same words of the same company, allowed once and refused once, are refused.
    refused = {n for n, allowed, *_ in rows if allowed not in (Quotable.ANONYMOUS, Quotable.NAMED)}
    permitted = {n for n, *_ in rows} - refused - {held}
    assert {quote.text for quote in found.problems["flat"].quotes} == {f"Words {n}." for n in permitted}
    for quote in found.problems["flat"].quotes:
        if not quote.names:
            assert not {"Ann", "Ben", "Cleo", "Wexholm"} & set(quote.by.replace(",", "").split())
            assert "cold" not in quote.by or shared >= 3


@pytest.mark.parametrize(
    "slip",
    ["withdrawn: 2.9.2026", "withdrwan: 2026-09-01", "expires: in spring", "expries: 2026-01-01", "withdrawn: yes"],
)
def test_a_consent_that_is_not_understood_stops_everything(flat: Path, slip: str) -> None:
    proof(flat, "p", {"level": "named", "granted": "2026-07-02"}, "It stopped.")
    path = flat / "content/private/proof/p.md"
    text = path.read_text("utf-8")
    assert "It stopped." in run(flat, "approve", "--check").out
    path.write_text(text.replace("granted:", f"{slip}\n  granted:", 1), "utf-8")
    done = run(flat, "approve", "--yes")
    assert done.code == 1
    assert "content/private/proof/p.md" in done.err
    assert "It stopped." not in done.out
