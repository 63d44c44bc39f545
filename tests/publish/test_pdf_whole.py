"""Whole papers, set once: what stands around the text, in both sizes of paper, with a logo, and of a short one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PIL import Image
from pypdf import PageObject, PdfReader
from validators import faults

from heard.publish import fill, pdf, shape
from heard.publish.dialect import expand
from heard.publish.fonts import FOLDER
from heard.publish.sizes import SIZES
from heard.values import (
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Ask,
    Author,
    Brand,
    Expert,
    KeyFigure,
    Outcome,
    Paper,
    PdfJob,
    Place,
)

SITE = "https://cold.example/"
QUOTES = (
    ApprovedQuote("k1", "I asked three drivers when they plug in. I got four answers.", "a manager, cold storage"),
)
LINE = "Line {0} of {1} fills the page, and in its way it fills it well, as far as a line that says nothing can. " * 3
TODO = "".join(f"- [ ] **Do** the thing number {n}. *Lead, {n} min*\n" for n in range(1, 6))
TABLE = """Table: What is left

| Line | Hours |
|---|---|
| All | 8 |
| Lost | −3 |
| **Left** | **5** |
"""
HEADS = [f"Part {name}" for name in ("one", "two", "three", "four", "five", "six")]
MONDAY = f"## What to do on Monday\n\n{TODO}"


def section(head: str, lines: int) -> str:
    """A section of so many paragraphs."""
    return f"## {head}\n\n" + "".join(LINE.format(line, head) + "\n\n" for line in range(lines))


LONG = "## In short\n\nThe answer.\n\n" + "".join(section(head, 6 if at % 2 else 4) for at, head in enumerate(HEADS))
SHORT = "## In short\n\nThe answer.\n\n" + section("Part one", 5) + "The last words.\n"

HEAD, BIG = 0.92, 20.0
"""Above this part of a page stand running heads; this large are headings."""

Set = tuple[float, float, str]


def job_of(body: str, folder: Path, *, size: str = "a4", brand: Brand | None = None) -> PdfJob:
    """A job for a paper of this text, with everything, or with little for the short one."""
    markdown, _ = expand(body, QUOTES if body != SHORT else (), Place("x.md"))
    paper = Paper(
        "trucks-die", "Trucks die mid-shift", "How to stop trucks dying", "Keep it warm.", "Why trucks die.", "en",
        markdown, SITE + "problems/trucks-die/",
        Author("", "Ada Example", "Adviser", "Eleven years."), Place("content/problems/trucks-die.md"),
        heard=ApprovedProblem(10, "2026-Q1"), published=date(2026, 2, 3),
    )  # fmt: skip
    if body != SHORT:
        outcome = Outcome("dead trucks a night", "5", "0", "2026-02 to 2026-05", "log")
        proof = ApprovedProof("p1", "outcome", ("trucks-die",), "I stopped worrying.", "a client", outcome=outcome)
        figures = (KeyFigure("70 %", "of the plate is left"),)
        paper = replace(paper, proof=(proof,), figures=figures, not_for=("Fleets on lithium.",))
    expert = Expert(
        Place("content/expert.yml"), name="Ada Example", email="ada@cold.example", ask=Ask("Send me one ordinary week"),
        paper_size=size, notice="Example: all invented.", brand=brand or Brand(),
    )  # fmt: skip
    return PdfJob(paper, expert, SITE, paper.url, SITE + "contact/", folder, "")


def made(folder: Path, name: str, body: str, *, size: str = "a4", brand: Brand | None = None) -> Path:
    """A paper, as a file."""
    done, findings = pdf.render(job_of(body, folder, size=size, brand=brand), FOLDER)
    assert findings == ()
    (folder / f"{name}.pdf").write_bytes(done.content)
    return folder / f"{name}.pdf"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of several pages, with a logo that is see-through in parts."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "content").mkdir()
    logo = Image.new("RGBA", (120, 40), (0, 0, 0, 0))
    logo.paste((200, 20, 40, 128), (10, 10, 110, 30))
    logo.save(folder / "content/logo.png")
    return made(folder, "whole", LONG + TABLE + "\n" + MONDAY, brand=Brand("#00696B", logo="logo.png"))


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same paper on US Letter."""
    return made(tmp_path_factory.mktemp("letter"), "letter", LONG + TABLE + "\n" + MONDAY, size="letter")


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of one page."""
    return made(tmp_path_factory.mktemp("light"), "light", SHORT)


def pages(path: Path) -> list[PageObject]:
    return list(PdfReader(BytesIO(path.read_bytes())).pages)


def inner(path: Path) -> list[PageObject]:
    """The pages between the cover and the back."""
    return pages(path)[1:-1]


def placed(page: PageObject) -> list[Set]:
    """Every text of a page: how far up it stands, of 1; how large, in points; and its words. From the top down."""
    found: list[Set] = []

    def note(text: str, user: list[float], matrix: list[float], font: object, size: float) -> None:
        if text.strip():
            up = (user[3] * matrix[5] + user[5]) / float(page.mediabox[3])
            found.append((up, abs(size * matrix[3] * user[3]), text.strip()))

    page.extract_text(visitor_text=note)
    return sorted(found, key=lambda one: -one[0])


def headings(page: PageObject) -> list[str]:
    return [
        words for _, size, words in placed(page) if size > BIG and re.fullmatch(r"Part \w+|What to .*|It .*", words)
    ]


@pytest.mark.parametrize("size", ["whole", "letter"])
def test_running_heads_name_the_author_and_the_section_that_goes_on(size: str, request: pytest.FixtureRequest) -> None:
    section = "In short"
    shown = inner(request.getfixturevalue(size))
    assert len(shown) >= 5
    for page in shown:
        head = [words for up, _, words in placed(page) if up > HEAD]
        body = next(words for up, _, words in placed(page) if up <= HEAD)
        begun = headings(page)
        assert head == ["Ada Example", begun[0] if begun and body == begun[0] else section]
        section = begun[-1] if begun else section


@pytest.mark.parametrize("size", ["whole", "letter"])
def test_every_page_says_which_of_how_many_it_is(size: str, request: pytest.FixtureRequest) -> None:
    every = pages(request.getfixturevalue(size))
    for number, page in enumerate(every[1:-1], 2):
        assert f"{number} / {len(every)} " in " ".join(page.extract_text().split()) + " "
    for page in (every[0], every[-1]):
        assert f"/ {len(every)}" not in page.extract_text()


@pytest.mark.parametrize("size", ["whole", "letter"])
def test_the_contents_tell_the_pages_that_sections_begin_on(size: str, request: pytest.FixtureRequest) -> None:
    every = pages(request.getfixturevalue(size))
    listed = dict(re.findall(r"^(Part \w+|What to do on Monday|It worked here) (\d+)$", every[1].extract_text(), re.M))
    begin = {head: str(number) for number, page in enumerate(every, 1) for head in headings(page)}
    assert list(listed) == [*HEADS, "What to do on Monday", "It worked here"]
    assert listed == begin


@pytest.mark.parametrize("size", ["whole", "letter", "light"])
def test_the_paper_has_no_fault(size: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(size)
    assert faults(path) == []
    assert path.stat().st_size < 120_000


def test_letter_is_letter_on_every_page(letter: Path) -> None:
    assert {tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pages(letter)} == {(612, 792)}


def test_a_short_paper_begins_at_once_and_ends_below_its_last_words(light: Path) -> None:
    every = pages(light)
    assert len(every) < pdf.LIGHT
    assert not [page for page in every if "Contents" in page.extract_text()]
    assert "The answer." in every[0].extract_text()
    said = every[-1].extract_text()
    assert "The last words." in said
    assert "Send me one" in said
    up = {words: up for up, _, words in placed(every[-1])}
    below = [up[words] for words in ("The last words.", "Eleven years.", "Example: all invented.")]
    assert below == sorted(below, reverse=True)


def test_what_is_set_large_ends_with_no_single_word(whole: Path) -> None:
    every = pages(whole)
    lines = [words for page in every for _, size, words in placed(page) if size > 17]
    assert "Send me one" in lines
    assert "ordinary week" in lines
    quote = [line for line in lines if line.endswith("answers.")]
    assert [len(line.split()) > 2 for line in quote] == [True]


@pytest.mark.parametrize(("size", "high", "margin"), [("a4", 297, 27), ("letter", 279.4, 24)])
def test_a_tall_picture_stays_within_its_page_beside_its_caption(
    size: str, high: float, margin: float, tmp_path: Path
) -> None:
    (tmp_path / "content/problems").mkdir(parents=True)
    Image.new("RGB", (320, 900), "teal").save(tmp_path / "content/tall.png")
    body = "## In short\n\nLook.\n\nFigure: The window\n\n![A shop window](../tall.png)\n\n![Again](../tall.png)\n"
    point = 72 / 25.4
    seen = 0
    with pypdfium2.PdfDocument(made(tmp_path, "tall", body, size=size)) as document:
        for page in document:
            pictures = [one for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
            for _, low, _, top in (one.get_bounds() for one in pictures):
                seen += 1
                assert margin * point - 1 <= low < top <= (high - margin) * point + 1
                assert top - low > 500
            words = page.get_textpage().get_text_range()
            assert "The window" not in words or pictures
    assert seen == 2


def test_a_proof_says_its_months_in_words(whole: Path) -> None:
    assert "log, February to May 2026" in pages(whole)[-2].extract_text()


def test_a_table_that_adds_up_is_told_from_one_that_compares(tmp_path: Path) -> None:
    compares = TABLE.replace("−3", "3")
    sets = [shape.shape(job_of(body, tmp_path), FOLDER)[1] for body in (TABLE, compares)]
    assert ["ledger" in found[0].html for found in sets] == [True, False]


def test_a_blank_log_takes_the_room_that_the_last_page_has() -> None:
    def rows(end: float, note: float = 0.0, *, loose: bool = True) -> int:
        anchors = {"heard-list": (0, 100.0), "heard-end": (0, end * 96 / 25.4)}
        anchors |= {"heard-note-1": (0, note * 96 / 25.4)} if note else {}
        page = SimpleNamespace(height=297 * 96 / 25.4, anchors=anchors)
        sheet = SimpleNamespace(loose=loose, edges=SIZES["a4"])
        return fill.blank_rows(SimpleNamespace(pages=[page]), sheet)  # type: ignore[arg-type]

    assert rows(100) == fill.MOST_ROWS
    assert 3 <= rows(200, 262) < rows(200)
    assert rows(250) == rows(100, loose=False) == 0
