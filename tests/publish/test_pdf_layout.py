"""How the pages of a PDF are filled and broken."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from heard.publish import pdf
from heard.publish.dialect import expand
from heard.values import ApprovedProof, Author, Expert, Outcome, Paper, PdfJob, Place

SITE = "https://cold.example/"
LINE = "A line that fills the page, and it fills it well enough.\n\n"


ALONE = """
import sys
sys.path[:0] = sys.argv[1:3]
from test_pdf_layout import set_paper
from heard.publish.fonts import FOLDER
sys.stdout.buffer.write(set_paper(FOLDER, sys.argv[3]))
"""
"""A paper set by a process that has set no other, as the workers of a build are."""


def reader(fonts: Path, body: str, **more: object) -> PdfReader:
    """The PDF of a paper with this body."""
    return PdfReader(BytesIO(set_paper(fonts, body, **more)))


def set_paper(fonts: Path, body: str, **more: object) -> bytes:
    """The bytes of a PDF with this body."""
    paper = Paper(
        "x", "Problem", "Title", "Answer.", "What.", "en", expand(body, [], Place("x.md"))[0], SITE + "x/",
        Author("", "Ada"), Place("x.md"),
    )  # fmt: skip
    expert = Expert(Place("e.yml"), name="Ada")
    job = PdfJob(replace(paper, **more), expert, SITE, "", "", Path("/nowhere"), "")  # type: ignore[arg-type]
    made, findings = pdf.render(job, fonts)
    assert not findings
    return made.content


def pages(fonts: Path, body: str, **more: object) -> list[list[str]]:
    """The lines of every page between its head and its foot."""
    texts = [page.extract_text() for page in reader(fonts, body, **more).pages]
    return [[line for line in text.splitlines() if line.strip()] for text in texts]


def test_a_line_is_not_cut_before_an_inline_element(fonts: Path) -> None:
    words = "“Modular Code”, InnerSource Commons and the people named above, **consideration**, licensed."
    lines = pages(fonts, words)[0]
    assert [line.strip() for line in lines if line.startswith("“Mod")] == [words.partition(" **")[0]]


def test_code_has_no_ligatures() -> None:
    here = Path(__file__).parent
    command = [sys.executable, "-c", ALONE, str(here), str(here.parent), "```\n(a) => a != b\n```\n"]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    descriptors = {
        str(font["/BaseFont"]): font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in PdfReader(BytesIO(made)).pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    }
    mono = next((one for name, one in descriptors.items() if name.endswith("Mono")), None)
    assert mono is not None, sorted(descriptors)
    data = next(mono[key] for key in mono if key.startswith("/FontFile")).get_data()
    glyphs = TTFont(BytesIO(data))["glyf"]
    drawn = [name for name in glyphs.keys() if name != ".notdef" and glyphs[name].numberOfContours]  # noqa: SIM118
    assert len(drawn) == len(set("(a)=>a!=b"))


def set_in(reader: PdfReader) -> dict[str, tuple[float, str, float]]:
    """Where on its page, in which font and size every text is set, measured from the foot."""
    found: dict[str, tuple[float, str, float]] = {}

    def note(text: str, user: list[float], matrix: list[float], font: object, size: float) -> None:
        if text.strip() and isinstance(font, dict):
            up = user[3] * matrix[5] + user[5]
            found[text.strip()] = (up, str(font.get("/BaseFont")), abs(size * matrix[3] * user[3]))

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    return found


def test_headings_of_every_level_look_different(fonts: Path) -> None:
    found = set_in(reader(fonts, "## Two\n\n### Three\n\n#### Four\n\n##### Five\n\nWords.\n"))
    assert len({found[name][1:] for name in ("Two", "Three", "Four", "Five")}) == 4


def test_contents_stand_apart_from_the_summary_without_figures(fonts: Path) -> None:
    found = set_in(reader(fonts, "## In short\n\nSummary.\n\n## One\n\n" + LINE * 140))
    assert found["Summary."][0] - found["Contents"][0] > 36


@pytest.mark.parametrize("long", [60, 70, 86, 105, 112])
def test_a_line_of_code_is_not_broken_while_it_can_be_read(fonts: Path, long: int) -> None:
    line = "abc_" * (long // 4) + "x" * (long % 4)
    assert line in pages(fonts, f"```\n{line}\n```\n")[0]


def test_code_in_an_item_keeps_to_its_item(fonts: Path) -> None:
    line = "abc_" * 18
    assert line in pages(fonts, f"- Words\n\n  ```\n  {line}\n  ```\n")[0]


@pytest.mark.parametrize("count", range(20, 29))
def test_no_heading_ends_a_page_with_one_line_of_a_list(fonts: Path, count: int) -> None:
    body = LINE * count + "### Heading\n\n" + "- Item\n" * 4
    for lines in pages(fonts, body):
        if "Heading" in lines:
            below = lines[lines.index("Heading") + 1 :]
            assert len([line for line in below if "Item" in line]) != 1


@pytest.mark.parametrize("count", [12, 16, 22])
def test_a_table_of_eight_rows_breaks_and_repeats_its_head(fonts: Path, count: int) -> None:
    table = "| Cause | Trace |\n|---|---|\n" + "".join(f"| Row {n} | Words |\n" for n in range(8))
    found = [lines for lines in pages(fonts, LINE * count + table) if any("Row" in line for line in lines)]
    rows = [sum(line.startswith("Row") for line in lines) for lines in found]
    assert sum(rows) == 8
    assert min(rows) >= 2
    assert all(any("Cause" in line for line in lines) for lines in found)
    assert len(found) == (2 if count == 22 else 1)


@pytest.mark.parametrize("count", [121, 127])
def test_no_page_is_begun_for_proof_alone(fonts: Path, count: int) -> None:
    outcome = Outcome("dead trucks a night", "5", "0", "June", "log")
    proof = (ApprovedProof("p1", "outcome", ("x",), "I stopped worrying.", "a client", outcome=outcome),)
    found = pages(fonts, "## In short\n\nWords.\n\n## One\n\n" + LINE * count, proof=proof)
    assert len([line for line in found[-2] if "A line" in line]) > 10
