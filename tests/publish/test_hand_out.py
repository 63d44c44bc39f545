"""The one page to hand out: it is one page whatever the paper holds, and leads to the whole paper."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from validators import faults, verapdf

from heard.publish import hand_out, pdf
from heard.publish.dialect import expand
from heard.publish.fonts import FOLDER
from heard.publish.sheet import Item, Plan
from heard.values import (
    ApprovedProblem,
    ApprovedQuote,
    Ask,
    Author,
    Expert,
    KeyFigure,
    Paper,
    PdfJob,
    Place,
)
from stories import problem, run, workspace

SITE = "https://cold.example/"
TAGS = "utm_source=fair&utm_medium=event"
QUOTES = (ApprovedQuote("k1", "We lose two hours <every> night.", "an operations manager, cold storage"),)
TODO = "## What to do on Monday\n\n" + "".join(f"- [ ] **Do** thing {n} *Lead, {n} min*\n" for n in range(1, 8))
BODY = f"""## In short

Charge by the [temperature](../ice/) of the cell.[^1] See [the end](#how-we-know).

## What it looks like

| a | b |
|---|---|
| only the paper has this | 2 |

{TODO}
## How we know

I measured it.

[^1]: A note that leads elsewhere.
"""


def job(body: str = BODY, *, size: str = "a4", **changes: object) -> PdfJob:
    """A job for the one page of a paper."""
    paper = Paper(
        "trucks-die", "Trucks die mid-shift", "How to stop trucks dying", "Keep it warm.", "Why trucks die.", "en",
        expand(body, QUOTES, Place("x.md"))[0], SITE + "problems/trucks-die/",
        Author("", "Ada Example", "Adviser", "Eleven years."), Place("content/problems/trucks-die.md"),
        heard=ApprovedProblem(10, "2026-Q1", quotes=QUOTES), published=date(2026, 2, 3),
        figures=(KeyFigure("70 %", "of the plate is left"),),
    )  # fmt: skip
    expert = Expert(
        Place("content/expert.yml"), name="Ada Example", email="ada@cold.example", phone="+49 30 5550 100",
        ask=Ask("Send me one week"), paper_size=size, notice="Example: all invented.",
    )  # fmt: skip
    paper = replace(paper, **changes)  # type: ignore[arg-type]
    return PdfJob(
        paper, expert, SITE, f"{paper.url}?{TAGS}", f"{SITE}contact/?{TAGS}", Path("/nowhere"), TAGS, one_page=True
    )


def page(one: PdfJob) -> PageObject:
    """The page of a job, which is the only one."""
    made, findings = pdf.render(one, FOLDER)
    assert (made.pages, findings) == (1, ())
    (found,) = PdfReader(BytesIO(made.content)).pages
    return found


def words(found: PageObject) -> str:
    return " ".join(found.extract_text().split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page in both sizes, as files."""
    folder = tmp_path_factory.mktemp("one")
    for size in ("a4", "letter"):
        (folder / f"{size}.pdf").write_bytes(pdf.render(job(size=size), FOLDER)[0].content)
    return {path.stem: path for path in folder.iterdir()}


def test_it_says_the_problem_the_answer_and_what_to_do(made: dict[str, Path]) -> None:
    (found,) = PdfReader(made["a4"]).pages
    said, at = words(found), 0
    for part in (
        "Trucks die mid-shift", "Keep it warm.", "At least ten companies told me this, since 2026. One stroke is",
        "70 %", "We lose two hours <every> night.", "An operations manager", "What to do on Monday", "Lead, 1 min",
        "Do thing 1", "How to stop trucks dying", "cold.example/problems/trucks-die", "Ada Example, Adviser",
        "ada@cold.example, +49 30 5550 100", "3 February 2026. Example: all invented.",
    ):  # fmt: skip
        assert part in said[at:], part
        at += said[at:].index(part)
    assert not [part for part in ("only the paper has this", "A note that", "Send me one week") if part in said]


def test_its_link_and_code_lead_to_the_paper(made: dict[str, Path]) -> None:
    (found,) = PdfReader(made["a4"]).pages
    links = [str(one.get_object()["/A"]["/URI"]) for one in found["/Annots"]]
    assert links.count(f"{SITE}problems/trucks-die/?{TAGS}") == 1
    assert not [link for link in links if "contact" in link]


@pytest.mark.parametrize(("size", "box"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_both_sizes_are_valid(made: dict[str, Path], size: str, box: tuple[int, int]) -> None:
    (found,) = PdfReader(made[size]).pages
    assert tuple(round(float(length)) for length in found.mediabox[2:]) == box
    assert faults(made[size]) == []


@pytest.mark.stress
def test_verapdf_finds_no_fault(made: dict[str, Path]) -> None:
    assert verapdf(list(made.values())) == []


LONG = "The truck that was full at ten stands at the wall at four, and nobody knows who had the plug. "


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize(
    "changes",
    [
        {"problem": "word " * 60, "answer": LONG * 6},
        {"heard": ApprovedProblem(100, "2026-Q1", quotes=(ApprovedQuote("k", LONG * 2, "a client"),))},
        {"figures": tuple(KeyFigure(f"{n} 000 000 %", LONG) for n in range(3)), "answer": LONG * 3},
        {"heard": ApprovedProblem(), "figures": (), "answer": "", "markdown": "Just words.\n"},
        {"markdown": expand("## In short\n\n" + (LONG * 12 + "\n\n") * 5, (), Place("x.md"))[0]},
        {"problem": "x" * 300},
    ],
    ids=["long title", "long quote", "long figures", "nothing", "long summary", "one long word"],
)
def test_it_fits_one_page_whatever_the_paper_holds(size: str, changes: dict[str, object]) -> None:
    page(job(size=size, **changes))


def test_a_paper_without_a_list_shows_its_summary() -> None:
    said = words(page(job(BODY.replace(TODO, ""))))
    assert "Charge by the temperature of the cell. See the end." in said


def test_what_is_missing_leaves_no_gap_at_the_foot() -> None:
    bare = page(job(markdown="Words.\n", figures=(), heard=ApprovedProblem(), answer=""))
    lowest: list[float] = []

    def note(text: str, user: list[float], matrix: list[float], font: object, size: float) -> None:
        if text.strip():
            lowest.append(user[3] * matrix[5] + user[5])

    bare.extract_text(visitor_text=note)
    assert min(lowest) < 25 / 25.4 * 72


def test_a_problem_longer_than_a_page_is_a_finding() -> None:
    made, findings = pdf.render(job(problem="word " * 1500), FOLDER)
    assert made.pages > 1
    assert [(str(one.place.path), one.code) for one in findings] == [("content/problems/trucks-die.md", "pdf/warning")]


def chosen(room: float, high: dict[str, float]) -> Plan:
    """The plan that is taken of a paper with everything."""
    items = tuple(Item("x") for _ in range(5))  # type: ignore[arg-type]
    full = Plan("Monday", items, "x", QUOTES[0], figures=True)  # type: ignore[arg-type]
    return next(one for one in hand_out.plans(full) if hand_out.needed(one, high) <= room)


def test_parts_give_way_in_their_order() -> None:
    high = {
        "band": 50, "answer": 10, "legend": 10, "drawing": 20, "figures": 20, "quote": 20, "summary": 40, "todo": 10,
        "foot": 40, **{f"item-{n}": 10 for n in range(5)},
    }  # fmt: skip
    shown = []
    for room in (270, 269, 229, 219, 209, 189, 169, 139, 129):
        one = chosen(room, high)
        shown.append((bool(one.summary), len(one.items), bool(one.quote), one.figures, one.answer))
    assert shown == [
        (True, 5, True, True, True), (False, 5, True, True, True), (False, 4, True, True, True),
        (False, 3, True, True, True), (False, 4, False, True, True), (False, 4, False, False, True),
        (False, 0, False, True, True), (False, 0, False, False, True), (False, 0, False, False, False),
    ]  # fmt: skip


def test_heard_pdf_writes_it_beside_the_papers_and_the_site_never_has_it(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    problem(root, "flat-batteries")
    done = run(root, "pdf", "flat", "--one-page")
    assert done.code == 0, done.err
    assert done.out.startswith("build/papers/flat-batteries-one-page.pdf  1 page, ")
    whole = run(root, "pdf", "flat", "--json")
    assert Path(whole.data["pdfs"][0]["path"]).name == "flat-batteries.pdf"
    again = run(root, "pdf", "flat", "--one-page")
    assert "unchanged" in again.out
    assert subprocess.run(["grep", "-rl", "one-page", root / "content"], check=False).returncode == 1
