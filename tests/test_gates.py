"""The gates: links, headings and pictures of pages, thin and competing papers, and what was heard of them."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stories
from heard.base.web import Answer, probe
from heard.catalogue.alike import alike
from heard.catalogue.check_texts import own_words
from heard.catalogue.public import read_public
from heard.pipeline import outward
from heard.pipeline.checking import check
from heard.pipeline.texts import files
from heard.publish.addresses import addresses, uri_of
from heard.publish.hrefs import hrefs
from heard.publish.hrefs import outward as outward_hrefs
from heard.values import Finding, Place, Problem, Severity
from heard.workspace import at
from stories import file, note, problem, run
from test_codes import example
from test_live import serving
from test_real_input import PATTERNS, published
from workspaces import TODAY, codes, make

GATE_FILES = sorted((Path(__file__).parent / "broken" / "gates").glob("*.txt"))
SHOWN = {
    "link/missing",
    "link/no-part",
    "page/alt",
    "page/heading",
    "paper/competes",
    "paper/thin",
    "problem/unanswered",
    "problem/unheard",
}
ONLINE = ("link/dead", "link/unsure", "link/moved")


def found_in(root: Path, today: date = TODAY) -> tuple[Finding, ...]:
    return check(at(root), today)[1]


def told(root: Path, *families: str, today: date = TODAY) -> list[str]:
    """What the gates say, `path:line code`; of these families or codes if any are named."""
    wanted = families or tuple({code.partition("/")[0] for code in SHOWN})
    return codes(tuple(one for one in found_in(root, today) if one.code.startswith(wanted)))


# --- one file for each code


@pytest.mark.parametrize("path", GATE_FILES, ids=lambda path: path.stem)
def test_a_broken_workspace_has_the_findings_that_it_announces(path: Path, tmp_path: Path) -> None:
    expected, files = example(path)
    make(tmp_path, files)
    shown = {line.rpartition(" ")[2] for line in expected}
    wrong = [one for one in found_in(tmp_path) if one.code in shown]
    assert codes(tuple(wrong)) == sorted(expected), "\n".join(map(str, found_in(tmp_path)))
    assert {one.severity for one in wrong} == {Severity.WORTH_A_LOOK}


def test_every_code_of_the_gates_has_a_file() -> None:
    assert {line.rpartition(" ")[2] for path in GATE_FILES for line in example(path)[0]} == SHOWN


def test_the_example_is_clean() -> None:
    assert told(stories.REPOSITORY, *SHOWN) == []


# --- links within the site

TWO_PAGES = {
    "content/pages/index.md": "# Home\n",
    "content/pages/team/ada.md": "# Ada\n\n{}\n",
    "content/pages/img/dock door.png": "picture",
    "content/pages/contact.md": "# Contact\n",
    "content/problems/flat.md": "---\nproblem: Flat\nslug: flat\nold_slugs: [older]\n---\nText.\n",
    "content/problems/gone.md": "---\nproblem: Gone\nslug: gone\nretired: 2026-02-01\n---\nText.\n",
    "content/industries/cold-storage.md": "---\nname: Cold storage\n---\nText.\n",
    "mkdocs.yml": "site_name: Test\nsite_url: https://a.example/x/\n",
}


@pytest.mark.parametrize(
    "target",
    [
        "../index.md", "../../", "../../index.html", "ada.md", "#ada", "/team/ada/", "/problems/flat.md",
        "../problems/flat.md", "../../problems/flat/", "../../problems/flat", "../../problems/older/",
        "../../papers/flat.pdf", "../../papers/older.pdf#page=3", "../../problems/gone/",
        "../../industries/cold-storage/", "../../feed.xml", "../img/dock%20door.png", "<../img/dock door.png>",
        "../../proof/?from=here",
        "https://a.example/x/problems/flat/", "https://elsewhere.example/gone", "//elsewhere.example/x",
        "mailto:a@b.example", "tel:+49", "../../assets/heard/tokens.css", "http://[broken",
    ],
)  # fmt: skip
def test_links_that_lead_somewhere_are_no_finding(target: str, tmp_path: Path) -> None:
    files = {**TWO_PAGES, "content/pages/team/ada.md": f"# Ada\n\n[words]({target})\n"}
    make(tmp_path, files)
    assert told(tmp_path, "link") == []


@pytest.mark.parametrize(
    ("target", "meant_is"),
    [
        ("../indx.md", "../index.md"),
        ("../../problems/flatt/", "../problems/flat.md"),
        ("../../papers/flt.pdf", "../../papers/flat.pdf"),
        ("../problems/falt.md", "../problems/flat.md"),
        ("../../pages/team/ada.md", "ada.md"),
        ("/industries/cold-store/", "/industries/cold-storage/"),
        ("https://a.example/x/problems/flatt/", "https://a.example/x/problems/flat/"),
        ("../img/dock-door.png", "../img/dock door.png"),
        ("../../../x/y/z/", ""),
        ("flat.md", ""),
    ],
)
def test_links_that_lead_nowhere_name_what_was_meant(target: str, meant_is: str, tmp_path: Path) -> None:
    make(tmp_path, {**TWO_PAGES, "content/pages/team/ada.md": f"# Ada\n\n[words]({target})\n"})
    (wrong,) = [one for one in found_in(tmp_path) if one.code.startswith("link/")]
    assert (str(wrong.place), wrong.code) == ("content/pages/team/ada.md:3", "link/missing")
    assert not meant_is or f"did you mean `{meant_is}`?" in wrong.message


def test_a_paper_s_pictures_lie_beside_it_and_a_missing_one_has_to_be_fixed(tmp_path: Path) -> None:
    text = TWO_PAGES["content/problems/flat.md"]
    body = "![there](img/a.png) ![not there](img/b.png) ![private](../private/secret.png)\n"
    more = {
        "content/problems/img/a.png": "x",
        "content/private/secret.png": "x",
        "content/problems/flat.md": text + body,
    }
    make(tmp_path, {**TWO_PAGES, **more})
    wrong = [one for one in found_in(tmp_path) if one.code == "paper/image"]
    assert [(one.severity, one.message.split("`")[1]) for one in wrong] == [
        (Severity.TO_FIX, "../private/secret.png"),
        (Severity.TO_FIX, "img/b.png"),
    ]


def test_a_draft_is_looked_at_as_the_paper_that_it_will_be(tmp_path: Path) -> None:
    draft = "---\nproblem: Wait\nslug: wait\n---\n[flat](../../problems/flat/) [nothing](../../problems/flot/)\n"
    make(tmp_path, {**TWO_PAGES, "content/private/problems/wait.md": draft})
    assert told(tmp_path, "link") == ["content/private/problems/wait.md:5 link/missing"]


def test_a_part_is_one_of_a_heading_a_footnote_an_id_or_the_summary(tmp_path: Path) -> None:
    body = "## In short {#brief}\n\nA.[^1]\n\n<a name='here'></a>\n\n## Zwei Wörter\n\n[^1]: B.\n"
    links = " ".join(f"[x](../problems/flat.md#{name})" for name in ("in-short", "fn:1", "here", "zwei-worter", "zwei"))
    more = {"content/problems/flat.md": TWO_PAGES["content/problems/flat.md"].replace("Text.\n", body)}
    make(
        tmp_path, {**TWO_PAGES, **more, "content/pages/team/ada.md": f"# Ada\n\n{links} [t](#__tabs) [w](#:~:text=a)\n"}
    )
    (wrong,) = [one for one in found_in(tmp_path) if one.code.startswith("link/")]
    assert "flat.md#zwei`: /problems/flat/ has no heading of that name: did you mean `#zwei-worter`?" in wrong.message


def test_addresses_are_those_that_the_site_is_built_with(example: Path) -> None:
    """Links may lead to every page and PDF that `mkdocs build` made, and to none that it did not."""
    workspace = at(example).public
    site = addresses(read_public(workspace)[0], files(workspace))
    built = {path.relative_to(example / "site").as_posix() for path in (example / "site").rglob("*") if path.is_file()}
    pages = {name.removesuffix("index.html") for name in built if name.endswith(("index.html", ".pdf"))}
    assert pages <= set(site.sources)
    made = {uri if not (uri == "" or uri.endswith("/")) else f"{uri}index.html" for uri in site.sources}
    assert made - built == {"search/index.html"}


@given(st.text(alphabet="[]()<>!`\"' \nahref=src#:/.-", max_size=200))
def test_any_text_has_addresses_that_stand_in_it(text: str) -> None:
    for href in (*hrefs(text, 1), *outward_hrefs(text, 1)):
        assert href.target in text
        assert 1 <= href.line <= text.count("\n") + 1


@pytest.mark.parametrize("part", ["](", "](<", "<a href='", "`", "[a](b", "![](", "<a ", "https://", "[a]: ", "("])
def test_addresses_are_found_in_linear_time(part: str) -> None:
    start = time.perf_counter()
    text = part * (400_000 // len(part))
    list(hrefs(text, 1))
    list(outward_hrefs(text, 1))
    assert time.perf_counter() - start < 5


def test_uris_follow_the_builder() -> None:
    assert [uri_of(name) for name in ("index.md", "about.md", "a/README.md", "a/b.md", "a/c.png")] == [
        "", "about/", "a/", "a/b/", "a/c.png",
    ]  # fmt: skip


# --- papers as wholes

WORDS = [
    f"{one}{two}" for one in ("dock", "cell", "door", "probe", "truck") for two in ("line", "shift", "heat", "rail")
]


def prose(seed: int, many: int) -> str:
    """Sentences that differ from those of another seed."""
    return " ".join(
        f"{WORDS[(at * seed + at // 3) % 20].capitalize()} {WORDS[(at * at + seed) % 20]} takes {at * seed} minutes."
        for at in range(many)
    )


def paper(slug: str, words: str, title: str = "", **more: object) -> Problem:
    usual = {"body": prose(sum(map(ord, slug)), 5), "published": date(2026, 1, 1)}
    return Problem(Place(f"content/problems/{slug}.md"), slug, words, True, title, **{**usual, **more})  # type: ignore[arg-type]


def pairs(*papers: Problem) -> list[tuple[str, str]]:
    return [(papers[pair.one].slug, papers[pair.two].slug) for pair in alike(papers, "en")]


BATTERIES = paper("a", "Forklift batteries die mid-shift", "How to stop forklift batteries dying mid-shift")


@pytest.mark.parametrize(
    "other",
    [
        paper("b", "Batteries of forklifts die mid-shift"),
        paper("b", "Trucks stop", aliases=("The forklift batteries die in mid-shift",)),
        paper("b", "Something else", body=prose(1, 400), title="Why that is"),
    ],
    ids=["words", "alias", "text"],
)
def test_papers_for_one_search_compete(other: Problem) -> None:
    assert pairs(paper("a", BATTERIES.problem, BATTERIES.title, body=prose(1, 500)), other) == [("a", "b")]


@pytest.mark.parametrize(
    "other",
    [
        paper("b", "Forklift drivers quit mid-shift", "How to stop forklift drivers quitting"),
        paper("b", "Scanner batteries die", "How to keep the batteries of scanners alive"),
        paper("b", BATTERIES.problem, BATTERIES.title, industries=("hospitals",)),
    ],
    ids=["other words", "other thing", "other people"],
)
def test_papers_for_two_searches_do_not(other: Problem) -> None:
    assert pairs(paper("a", BATTERIES.problem, BATTERIES.title, industries=("cold-storage",)), other) == []


def test_of_two_that_compete_the_later_is_told_how_to_make_one_of_both(root: Path) -> None:
    problem(root, "flat-batteries", published="2026-03-01")
    problem(root, "batteries-are-flat", published="2026-02-01")
    problem(root, "batterien-sind-leer", title="Flat batteries", lang="de", translates="flat-batteries")
    (wrong,) = [one for one in found_in(root) if one.code == "paper/competes"]
    assert str(wrong.place) == "content/problems/flat-batteries.md:3"
    assert "content/problems/batteries-are-flat.md" in wrong.message
    assert "`heard merge flat-batteries batteries-are-flat`" in wrong.message


def test_500_papers_are_compared_in_seconds() -> None:
    some = [paper(f"p{at}", prose(at, 2), prose(at + 3, 2), body=prose(at + 7, 250)) for at in range(500)]
    start = time.perf_counter()
    alike(some, "en")
    assert time.perf_counter() - start < 20


def test_own_words_are_counted_without_headings_quotes_sources_and_code() -> None:
    body = "\n".join([
        "## Not a word of this", "> nor this", "Two words", "```", "code is none", "```", "Source: none of it",
        "[^1]: none", "| Three | more words |", "- one [link](https://a.example/b-c)", "[[quote]]",
        "<b class='x'>bold</b>",
    ])  # fmt: skip
    assert own_words(body) == 2 + 3 + 2 + 1
    assert own_words("冷たい倉庫の電池") == 4


@pytest.mark.parametrize(("many", "code"), [(49, ["paper/thin"]), (50, [])])
def test_a_paper_below_300_words_is_thin(many: int, code: list[str], root: Path) -> None:
    problem(root, "flat", body="\nSix words stand in this row.\n" * many)
    note(root, "2026-01-01", "Acme Foods")
    assert [line.split()[1] for line in told(root, "paper")] == code


def test_the_real_papers_have_few_findings_all_of_which_are_true() -> None:
    if not PATTERNS.is_dir():
        pytest.skip(f"the real papers are not at {PATTERNS}")
    papers = published()
    assert sorted(one.slug for one in papers if own_words(one.body) < 300) == [
        "defeat-hierarchical-constraints",
        "how-do-you-effect-an-organizational-mindset-change-to",
        "team-is-not-able-to-demonstrate-any-increases-in-quality-or",
    ]
    assert pairs(*papers) == [
        ("overcome-acquisition-based-silos-developer-level", "overcome-acquisition-based-silos-management-level"),
        ("discover-your-innersource", "improve-findability"),
    ]


# --- what was heard


def heard_codes(root: Path, today: date = TODAY) -> list[str]:
    return told(root, "problem/un", "problem/review", today=today)


def test_a_problem_is_unanswered_from_six_companies_that_are_served(root: Path) -> None:
    file(root, "private/problems/flat.md", {"problem": "Flat", "slug": "flat"})
    for name in stories.COMPANIES[:6]:
        note(root, "2026-01-10", name)
    assert heard_codes(root) == ["content/private/problems/flat.md:2 problem/unanswered"]
    stories.account(root, "acme", "Acme Foods", fit="no")
    assert heard_codes(root) == []
    note(root, "2026-01-10", stories.COMPANIES[6])
    assert heard_codes(root) == ["content/private/problems/flat.md:2 problem/unanswered"]
    problem(root, "flat", public=False)
    assert heard_codes(root) == []


def test_a_paper_is_heard_if_a_quote_is_filed_or_approved(root: Path) -> None:
    problem(root, "flat")
    assert heard_codes(root) == ["content/problems/flat.md:2 problem/unheard"]
    approved = (
        "version: 1\nproblems:\n  flat:\n    heard_from: 0\n    quotes: [{id: k3f9, text: It stops., by: a client}]\n"
    )
    (root / "content/approved.yml").write_text(approved, "utf-8")
    assert heard_codes(root) == []
    (root / "content/approved.yml").unlink()
    note(root, "2026-01-10", "Acme Foods")
    problem(root, "leer", lang="de", translates="flat")
    assert heard_codes(root) == []


def test_many_papers_that_nobody_said_are_one_finding_and_without_notes_at_hand_none(root: Path) -> None:
    for number in range(7):
        problem(root, f"flat-{number}", problem=f"{WORDS[number]} {WORDS[number + 9]}")
    (wrong,) = [one for one in found_in(root) if one.code == "problem/unheard"]
    assert "nor behind 6 more" in wrong.message
    (root / "content/private").rename(root / "elsewhere")
    assert heard_codes(root) == []


def test_a_paper_without_a_day_to_review_it_is_stale_after_a_year_and_a_half(root: Path) -> None:
    problem(root, "flat", published="2024-01-01", updated="2025-05-01")
    note(root, "2026-01-10", "Acme Foods")
    assert heard_codes(root, date(2026, 10, 31)) == []
    (row,) = heard_codes(root, date(2026, 11, 1))
    assert row.endswith("problem/review-due")
    problem(root, "flat", published="2024-01-01", updated="2025-05-01", review_by="2026-12-01")
    assert heard_codes(root, date(2026, 12, 1)) == []


# --- house gates


def severities(root: Path, gates: str) -> set[tuple[str, str]]:
    expert = root / "content/expert.yml"
    before = expert.read_text("utf-8")
    expert.write_text(f"{before}gates: {gates}\n", "utf-8")
    try:
        return {(one.code, one.severity.value) for one in found_in(root) if one.code in SHOWN or one.code[:4] == "yaml"}
    finally:
        expert.write_text(before, "utf-8")


def test_a_house_gate_makes_any_of_them_block_or_quiet(root: Path) -> None:
    problem(root, "flat", body="\n[nowhere](nowhere.md)\n")
    usual = {("link/missing", "worth a look"), ("paper/thin", "worth a look"), ("problem/unheard", "worth a look")}
    assert severities(root, "{}") == usual
    assert severities(root, "{link: to fix, paper/thin: off}") == {
        ("link/missing", "to fix"),
        ("problem/unheard", "worth a look"),
    }
    assert severities(root, "{link: to fix, link/missing: off, paper/thin: to fix, problem/unheard: off}") == {
        ("paper/thin", "to fix")
    }
    assert ("yaml/unknown-key", "to fix") in severities(root, "{paper/thick: to fix}")


def test_a_gate_stops_publishing_and_a_draft_with_gaps_is_not_held_to_it(root: Path) -> None:
    problem(root, "flat", public=False, body="\n[nowhere](nowhere.md)\n\n[gap: the rest]\n")
    expert = root / "content/expert.yml"
    expert.write_text(expert.read_text("utf-8") + "gates: {link: to fix}\n", "utf-8")
    assert run(root, "check").code == 0
    problem(root, "flat", public=False, body="\n[nowhere](nowhere.md)\n")
    assert run(root, "check").code == 1
    done = run(root, "publish", "flat", "--no-input")
    assert done.code == 1
    assert "[link/missing]" in done.err


# --- --online


def test_nothing_is_asked_without_online(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a request")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    problem(root, "flat", body="\n[out](https://web.test.invalid/a) and [out](https://unhoused.dev/a)\n")
    assert run(root, "check").code == 0


def asked_of(root: Path, answers: dict[str, Answer]) -> tuple[list[str], dict[str, str], str]:
    """What was asked, in order; `address: code`; and the sentence."""
    asked: list[str] = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return answers.get(address, Answer(address, address, 200))

    public = at(root).public
    standing = outward.places(public, read_public(public)[0], "https://mine.dev/")
    done = outward.ask_all(standing, ask)
    return sorted(asked), {f"{one.place}": one.code for one in done.findings}, done.sentence


def test_every_address_in_public_is_asked_once_and_none_of_the_private_side(root: Path) -> None:
    problem(
        root,
        "flat",
        body="\n[a](https://one.dev/a#x) https://one.dev/a.\n\n[own](https://mine.dev/x) <https://two.dev/>\n",
    )
    problem(root, "gone", retired="2026-02-01", body="\nhttps://gone.dev/\n")
    problem(root, "draft", public=False, body="\nhttps://draft.dev/\n")
    note(root, "2026-01-10", "Acme Foods", "See https://secret.dev/ for it.")
    page = "# P\n\n[w](https://en.wiki.dev/wiki/Dock_(door)) <a href='https://html.dev/?a=1&amp;b=2'>x</a> `https://code.dev/`\n"
    file(root, "pages/p.md", {"title": "P"}, page + "\n<!-- https://comment.dev -->\n\n    https://indented.dev\n")
    file(root, "authors/ada.md", {"name": "Ada", "same_as": ["https://social.dev/@ada"]}, "Bio at https://bio.dev/.\n")
    asked, _, sentence = asked_of(root, {})
    ours = {one for one in asked if ".dev" in one}
    assert ours == {
        "https://one.dev/a", "https://two.dev/", "https://en.wiki.dev/wiki/Dock_(door)", "https://html.dev/?a=1&b=2",
        "https://social.dev/@ada", "https://bio.dev/",
    }  # fmt: skip
    assert len(asked) == len(set(asked))
    assert "invented address" in sentence


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ({"status": 200}, "", ""),
        ({"status": 404}, "link/dead", "is dead (404)"),
        ({"status": 410}, "link/dead", "is dead (410)"),
        ({"error": "no machine has the name a.dev", "no_host": True}, "link/dead", "no machine has the name"),
        ({"error": "a.dev is a machine of a private network, which is not asked"}, "link/dead", "readers cannot reach"),
        ({"status": 403}, "link/unsure", "does not let a program in"),
        ({"status": 429}, "link/unsure", "does not let a program in"),
        ({"status": 500}, "link/unsure", "error 500"),
        ({"error": "does not answer within 10 seconds"}, "link/unsure", "within 10 seconds. Open it yourself"),
        ({"status": 200, "url": "https://b.dev/new", "hops": (301, 308)}, "link/moved", "write https://b.dev/new"),
        ({"status": 200, "url": "https://b.dev/new", "hops": (302,)}, "", ""),
        ({"status": 200, "url": "https://b.dev/", "hops": (301,)}, "link/moved", "the page is probably gone"),
        ({"status": 404, "url": "https://b.dev/new", "hops": (301,)}, "link/dead", "is dead (404)"),
    ],
)
def test_what_is_said_of_an_answer(answer: dict[str, object], code: str, words: str) -> None:
    address = "https://a.dev/x"
    given: dict[str, object] = {"url": address, **answer}
    place = Place("content/pages/p.md", 3)
    standing = {address: (place,), "https://fine.dev/": (place,)}
    done = outward.ask_all(standing, lambda one: Answer(one, **given) if one == address else Answer(one, one, 200))  # type: ignore[arg-type]
    assert [one.code for one in done.findings] == [code] * bool(code)
    assert all(words in one.message and one.severity is Severity.WORTH_A_LOOK for one in done.findings)
    assert done.sentence.startswith("Asked 2 addresses on the web: ")


def test_a_machine_that_is_offline_says_so_once() -> None:
    place = Place("content/pages/p.md")
    standing = {f"https://{name}.dev/": (place,) for name in "abc"}
    done = outward.ask_all(standing, lambda one: Answer(one, one, error="no machine has the name", no_host=True))
    assert (done.findings, "probably offline" in done.sentence) == ((), True)


def test_a_host_that_does_not_answer_is_asked_once() -> None:
    asked = []

    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer(address, address, error="does not answer within 10 seconds")

    addresses_of = [f"https://slow.dev/{at}" for at in range(9)]
    outward.ask_all({one: (Place("content/pages/p.md"),) for one in addresses_of}, ask)
    assert asked == addresses_of[:1]


def test_a_server_is_asked_for_heads_first_politely_and_again_if_it_is_in_trouble(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("here", "utf-8")
    own = frozenset({"127.0.0.1"})
    with serving(tmp_path) as (port, changed):
        base = f"http://127.0.0.1:{port}"
        # The server answers HEAD from its files alone, so that all else is asked for with GET.
        changed.status |= {"/busy": 503, "/only-get": 200, "/gone": 410}
        changed.headers["/busy"] = {"Retry-After": "0"}
        assert (probe(f"{base}/page.html", private=own).status, changed.asked) == (200, [])
        assert (probe(f"{base}/only-get", private=own).status, changed.asked) == (200, ["/only-get"])
        assert (probe(f"{base}/busy", private=own).status, changed.asked[1:]) == (503, ["/busy", "/busy"])
        assert (probe(f"{base}/gone", private=own).status, changed.asked[3:]) == (410, ["/gone"])
        assert "private network" in probe(f"{base}/page.html", pause=0).error


def test_online_as_a_person_sees_it(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heard.base.web._is_public", lambda address: True)
    site = tmp_path / "web"
    site.mkdir()
    (site / "here.html").write_text("here", "utf-8")
    with serving(site) as (port, changed):
        base = f"http://127.0.0.1:{port}"
        file(
            root,
            "pages/p.md",
            {"title": "A page"},
            f"# P\n\n[a]({base}/here.html) [b]({base}/gone) [again]({base}/gone#x)\n",
        )
        note(root, "2026-01-10", "Acme Foods", f"See {base}/secret for it.", at="")
        done = run(root, "check", "--online", "--json")
        told_of = [(one["line"], one["code"]) for one in done.data if one["code"].startswith("link/")]
        assert (done.code, told_of) == (0, [(6, "link/dead")])
        assert changed.asked == ["/gone"]
        assert "Asked 2 addresses on the web: 1 as it should, 1 dead." in done.err
        expert = root / "content/expert.yml"
        expert.write_text(expert.read_text("utf-8") + "gates: {link/dead: to fix}\n", "utf-8")
        assert run(root, "check", "--online").code == 1


def test_live_and_online_are_two_things(root: Path) -> None:
    assert run(root, "check", "--online", "--live").code == 2
