"""Consent is data: what was shown, signed, limited, withdrawn or has expired decides what is public, and where."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from heard.approve.narrow import narrowed
from heard.base.document import parse, render
from heard.base.nested import remove_item, set_inner
from heard.pipeline import site
from heard.pipeline.papers import write_pdfs
from heard.values import Approved, ApprovedProblem, ApprovedProof, ApprovedQuote
from heard.workspace import at, settings
from stories import NOON, approved, file, problem, proof, run, tree

TODAY = NOON.date()
LETTER = b"You may print it.\n"
GIVEN: Mapping[str, object] = {"level": "named", "granted": "2026-01-01"}


@pytest.fixture
def flat(root: Path) -> Path:
    problem(root, "flat")
    return root


def state(root: Path) -> str:
    (row,) = run(root, "proof", "--json").data
    return str(row["state"])


@pytest.mark.parametrize(
    ("consent", "public", "code", "told"),
    [
        (GIVEN, True, "", "approved"),
        ({**GIVEN, "shown": "It  ended."}, True, "", "approved"),
        ({**GIVEN, "shown": "It ended well."}, False, "proof/shown-differs", "not approved: they saw other words"),
        ({**GIVEN, "signed": "letter.txt", "sha256": hashlib.sha256(LETTER).hexdigest()}, True, "", "approved"),
        ({**GIVEN, "signed": "letter.txt", "sha256": "0" * 64}, False, "proof/signed-changed", "letter.txt was"),
        ({**GIVEN, "signed": "gone.pdf"}, False, "proof/signed-missing", "gone.pdf is missing"),
        ({**GIVEN, "signed": "../held.yml"}, False, "proof/signed-missing", "held.yml is missing"),
        ({**GIVEN, "signed": "letter.txt"}, True, "proof/signed-unsealed", "approved"),
        ({**GIVEN, "scope": ["site"]}, True, "", "approved"),
        ({**GIVEN, "scope": ["sites"]}, False, "proof/scope", "`scope: sites` is not known"),
        ({**GIVEN, "scope": ["site", "prints"]}, False, "proof/scope", "`scope: prints` is not known"),
        ({**GIVEN, "withdrawn": "2026-11-01"}, False, "", "withdrawn on 2026-11-01"),
        ({**GIVEN, "expires": "2026-11-20"}, False, "proof/expired", "expired on 2026-11-20"),
        ({"level": "none"}, False, "", "waits for consent"),
        ({"level": "named"}, False, "", "waits for consent"),
        ({"level": "named", "granted": "2026-12-01"}, False, "", "waits for 2026-12-01"),
    ],
)  # fmt: skip
def test_only_a_consent_without_a_doubt_lets_a_proof_out(
    flat: Path, consent: Mapping[str, object], public: bool, code: str, told: str
) -> None:
    proof(flat, "acme", consent)
    (flat / "content/private/proof/letter.txt").write_bytes(LETTER)
    (flat / "content/private/held.yml").write_text("version: 1\n", "utf-8")
    (flat / "content/approved.yml").write_text("version: 1\n", "utf-8")
    run(flat, "approve", "--yes")
    assert bool(approved(flat)["proof"]) is public
    found = [row["code"] for row in run(flat, "check", "--json").data if row["code"].startswith("proof/")]
    assert found == ([code] if code else [])
    assert told in state(flat)


def test_an_outcome_may_have_been_shown_with_its_figures(flat: Path) -> None:
    outcome = {"metric": "stops", "baseline": 5, "result": 0, "period": "2026"}
    for shown in ("stops: 5 → 0 (2026)", "It ended. stops: 5 → 0 (2026)", "It ended."):
        words = "" if shown.startswith("stops") else "It ended."
        proof(flat, "acme", {**GIVEN, "shown": shown}, words, kind="outcome", outcome=outcome)
        run(flat, "approve", "--yes")
        assert len(approved(flat)["proof"]) == 1, shown


@pytest.mark.parametrize(
    ("days", "code", "told"),
    [
        (31, [], "approved until 2026-12-22"),
        (30, ["proof/expires-soon"], "approved, expires in 30 days"),
        (1, ["proof/expires-soon"], "approved, expires in 1 day"),
        (0, ["proof/expires-soon"], "approved, expires today"),
        (-1, ["proof/expired"], "expired on 2026-11-20"),
    ],
)
def test_the_end_of_a_consent_is_said_30_days_ahead(flat: Path, days: int, code: list[str], told: str) -> None:
    proof(flat, "acme", {**GIVEN, "expires": str(TODAY + timedelta(days))})
    run(flat, "approve", "--yes")
    found = [row["code"] for row in run(flat, "check", "--json").data]
    assert [one for one in found if one.startswith("proof/")] == code
    assert state(flat) == told


def everywhere(root: Path, day: date) -> dict[str, str]:
    """The text of every page and PDF, and of what the templates know, as they are built on a day."""
    built = site.build(at(root).public, settings(at(root).public), today=day)
    texts = {"templates": json.dumps(built.extra, default=str, ensure_ascii=False)}
    for output in built.outputs:
        if output.uri.endswith(".pdf"):
            assert isinstance(output.content, Path)
            texts[output.uri] = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(output.content).pages)
        elif not output.uri.startswith("assets/"):
            texts[output.uri] = output.read().decode("utf-8", "replace")
    return texts


def holding(texts: Mapping[str, str], words: str) -> set[str]:
    return {uri for uri, text in texts.items() if words in text}


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_scope_says_where_a_proof_is_shown_and_an_end_ends_it_everywhere(flat: Path) -> None:
    for scope in ("site", "papers", "campaigns"):
        proof(flat, scope, {**GIVEN, "scope": [scope], "expires": "2026-12-01"}, f"Only {scope}.")
    proof(flat, "all", {**GIVEN, "expires": "2026-12-02"}, "Told everywhere.")
    file(flat, "campaigns/spring.yml", {})
    (flat / "content/campaigns/spring.yml").write_text(
        "name: Spring\nproblems: [flat]\nchannels: [linkedin]\n", "utf-8"
    )
    assert run(flat, "approve", "--yes").code == 0
    assert {one["text"]: one.get("scope") for one in approved(flat)["proof"]} == {
        "Only site.": ["site"], "Only papers.": ["papers"], "Only campaigns.": ["campaigns"], "Told everywhere.": None,
    }  # fmt: skip
    pages = {"templates", "problems/flat.md", "problems/flat/index.md", "industries/cold-storage.md"}
    texts = everywhere(flat, TODAY)
    assert holding(texts, "Only site.") == pages
    assert holding(texts, "Only papers.") == {"papers/flat.pdf"}
    assert holding(texts, "Only campaigns.") == set()
    assert holding(texts, "Told everywhere.") == {*pages, "papers/flat.pdf"}
    (kit,) = write_pdfs(at(flat), (), today=TODAY, campaign="spring").written
    told = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(kit.path).pages)
    assert [words in told for words in ("Only site.", "Only papers.", "Only campaigns.", "Told everywhere.")] == [
        False, False, True, True,
    ]  # fmt: skip
    # The last day counts; the day after, the PDF that was kept serves no more.
    assert holding(everywhere(flat, date(2026, 12, 2)), "Told everywhere.") == {*pages, "papers/flat.pdf"}
    gone = everywhere(flat, date(2026, 12, 3))
    assert [holding(gone, words) for words in ("Only", "Told everywhere.", "Dana Ruiz", "Acme")] == [set()] * 4


def test_withdrawing_leaves_approved_yml_at_once_and_lets_nothing_new_out(flat: Path) -> None:
    path = proof(flat, "acme", {**GIVEN, "withdrawn": ""})
    run(flat, "approve", "--yes")
    proof(flat, "other", GIVEN, "Not read by anybody yet.")
    (flat / "content/private/results").mkdir(exist_ok=True)
    (flat / "content/private/results/given.csv").write_text("2026-10-01,Quarrystone,flat\n", "utf-8")
    before = path.read_text("utf-8")
    refused = run(flat, "proof", "withdraw", "dana", "--no-input")
    assert refused.code == 1
    assert "could be any of" in refused.err
    assert run(flat, "proof", "withdraw", "acme", "--no-input").code == 1
    (flat / "content/private/proof/other.md").unlink()
    proof(flat, "other", GIVEN, "Not read by anybody yet.", person="Piet Kramer", account="Nordfrost")
    done = run(flat, "proof", "withdraw", "dana ruiz", "--yes")
    assert done.code == 0, done.err
    assert path.read_text("utf-8") == before.replace("withdrawn: ''", "withdrawn: 2026-11-21")
    assert approved(flat)["proof"] == []
    assert "problems/flat/" in done.err
    assert "papers/flat.pdf" in done.err
    assert "given.csv:1: 2026-10-01,Quarrystone,flat" in done.err
    assert "mkdocs build" in done.out
    assert "remove-outdated-content" in done.err
    assert "already" in run(flat, "proof", "withdraw", "acme", "--yes").err
    assert "Not read by anybody yet." in run(flat, "approve", "--check").out
    assert "still to come" in run(flat, "proof", "withdraw", "other", "--date", "2027-01-01", "--yes").err
    assert "is not a day" in run(flat, "proof", "withdraw", "other", "--date", "soon", "--yes").err


def test_a_broken_file_elsewhere_does_not_keep_anybody_from_withdrawing(flat: Path) -> None:
    proof(flat, "acme", GIVEN)
    run(flat, "approve", "--yes")
    (flat / "content/private/held.yml").write_text("held: [\n", "utf-8")
    assert run(flat, "approve", "--yes").code == 1
    assert run(flat, "proof", "withdraw", "acme", "--yes").code == 0
    assert approved(flat)["proof"] == []


def test_a_signed_answer_is_kept_readable_by_one_alone_with_its_hash(flat: Path, tmp_path: Path) -> None:
    path = proof(flat, "acme", {"level": "none", "granted": "2026-01-01"})
    answer = tmp_path / "answer.txt"
    answer.write_bytes(LETTER)
    assert run(flat, "proof", "sign", "acme", str(answer)).code == 0
    kept = flat / "content/private/proof/answer.txt"
    assert kept.read_bytes() == LETTER
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert f"sha256: {hashlib.sha256(LETTER).hexdigest()}" in path.read_text("utf-8")
    before = tree(flat, "content/private/.heard", "content/private/.changes")
    assert run(flat, "proof", "sign", "acme", str(answer)).code == 0
    assert tree(flat, "content/private/.heard", "content/private/.changes") == before
    answer.write_bytes(b"Another.\n")
    assert run(flat, "proof", "sign", "acme", str(answer)).code == 0
    assert (flat / "content/private/proof/answer-2.txt").read_bytes() == b"Another.\n"
    assert kept.read_bytes() == LETTER
    assert "cannot be read" in run(flat, "proof", "sign", "acme", "nowhere.pdf").err


def test_the_list_says_where_each_stands(flat: Path) -> None:
    problem(flat, "draft", public=False)
    proof(flat, "held", GIVEN, "Held words.")
    proof(flat, "later", GIVEN, "Later.", problems=["draft"])
    proof(flat, "new", GIVEN, "New.")
    (flat / "content/private/held.yml").write_text("held: [{id: held, because: ask again}]\n", "utf-8")
    shown = run(flat, "proof").out
    assert re.search(r"held +held back: ask again", shown)
    assert re.search(r"later +waits until its problem is published", shown)
    assert re.search(r"new +may be shown: `heard approve` lets it out", shown)
    assert run(flat, "proof", "list", "--json").data == run(flat, "proof", "--json").data


HEADERS = (
    "a: 1\nconsent: {level: named, withdrawn: }\n", "consent:\n  level: named # why\n  withdrawn:   # a day\nb: 2\n",
    "consent:\n    level: named\n\n# on its own\nb: 2\n", "b: 2\n", "consent:\n", "consent: {}\n",
    "consent: {withdrawn: '2020-01-01', level: none, }\n", 'consent:\n  shown: |\n    one\n    two\nb: "x"\n',
)  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("header", HEADERS)
def test_a_key_inside_a_key_is_set_and_every_other_byte_stays(header: str, newline: str) -> None:
    text = f"---\n{header}---\nbody\n".replace("\n", newline)
    after = render(set_inner(parse(text), "consent", "withdrawn", "2026-11-21"))
    assert after.count("2026-11-21") == 1
    rest = re.sub(r"(consent: \{withdrawn: |withdrawn: *|, *)?2026-11-21(, |\})?", "", after)
    for line in header.split("\n"):
        if "withdrawn" not in line and "consent" not in line:
            assert line in rest
    assert after.endswith(f"{newline}---{newline}body{newline}")


def test_an_item_of_a_list_goes_and_every_other_byte_stays() -> None:
    rows = "people:\n  - {name: A}  # first\n  - name: B\n    role: x\n  # about C\n  - name: C\nz: 1\n"
    document = parse(f"---\n{rows}---\n")
    assert remove_item(document, "people", 1).header == "people:\n  - {name: A}  # first\n  - name: C\nz: 1\n"
    assert remove_item(document, "people", 2).header == rows.replace("  - name: C\n", "")
    assert remove_item(parse("---\npeople: [{name: A}]\n---\n"), "people", 0).header == "people: []\n"
    with pytest.raises(ValueError, match="so many items"):
        remove_item(document, "people", 3)


NAMES = st.tuples() | st.just(("Dana Ruiz",))
QUOTES = st.lists(
    st.builds(ApprovedQuote, st.sampled_from("ab"), st.sampled_from(["x", "y"]), st.sampled_from(["she", "he"]), NAMES),
    max_size=2, unique_by=lambda one: one.id,
).map(tuple)  # fmt: skip
PROBLEMS = st.dictionaries(
    st.sampled_from(["flat", "icy"]),
    st.builds(
        ApprovedProblem, st.sampled_from([0, 3, 6]), st.sampled_from(["2026-Q1", "2026-Q3"]),
        st.sets(st.sampled_from(["cold", "food"])).map(tuple), st.just(()), QUOTES,
    ),
)  # fmt: skip
PROOF = st.lists(
    st.builds(
        ApprovedProof, st.sampled_from("pq"), st.just("review"), st.just(("flat",)), st.sampled_from(["t", "u"]),
        st.sampled_from(["she", "he"]), NAMES, st.none(), st.none() | st.dates(),
        st.sets(st.sampled_from(["site", "papers"])).map(tuple),
    ),
    max_size=2, unique_by=lambda one: one.id,
).map(tuple)  # fmt: skip
EVERYTHING = st.builds(Approved, PROBLEMS, PROOF)


@hypothesis_settings(max_examples=100, deadline=None)
@given(EVERYTHING, EVERYTHING)
def test_what_is_left_says_no_more_than_was_public_and_than_may_be(before: Approved, after: Approved) -> None:
    left = narrowed(before, after)
    for slug, one in left.problems.items():
        for bound in (before.problems[slug], after.problems[slug]):
            assert one.heard_from <= bound.heard_from
            assert one.since in ("", max(one.since, bound.since))
            assert set(one.industries) <= set(bound.industries)
            assert {q.text for q in one.quotes} <= {q.text for q in bound.quotes}
            told = {(q.text, q.by) for q in bound.quotes}
            assert all((q.text, q.by) in told or (q.by, q.names) == ("a client", ()) for q in one.quotes)
    for entry in left.proof:
        for bounds in (before.proof, after.proof):
            same = next(other for other in bounds if other.id == entry.id)
            assert entry.text == same.text
            assert entry.expires is None or same.expires is None or entry.expires <= same.expires
            assert not same.scope or set(entry.scope) <= set(same.scope) != set()
            assert set(entry.names) <= set(same.names)
    settled = narrowed(before, before)
    assert narrowed(settled, before) == settled


class Marks(HTMLParser):
    """Every schema.org type and property that a page's attributes name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("itemtype", "typeof", "property", "itemprop", "vocab"):
                self.found |= {part.rpartition("/")[2].rpartition(":")[2] for part in (value or "").split()}


FORBIDDEN = {
    "Review", "AggregateRating", "Rating", "ReviewAction", "UserReview", "EmployerReview", "CriticReview",
    "Recommendation",
    "review", "reviews", "aggregateRating", "reviewRating", "ratingValue", "starRating", "reviewedBy",
}  # fmt: skip


def types_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            if key == "@type":
                yield from [value] if isinstance(value, str) else value
            yield from types_in(value)
    elif isinstance(node, list):
        for item in node:
            yield from types_in(item)


def test_no_page_praises_its_owner_in_markup(example: Path) -> None:
    seen = 0
    for page in sorted((example / "site").rglob("*.html")):
        text = page.read_text("utf-8")
        marks = Marks()
        marks.feed(text)
        found = set(marks.found)
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            found |= set(types_in(json.loads(block)))
            seen += 1
        assert found & FORBIDDEN == set(), page
    assert seen > 10
