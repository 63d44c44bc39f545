"""The PDF of a paper: what a reader finds in it, and what it never does."""

from __future__ import annotations

import base64
import os
import pickle
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from heard.publish import pdf
from heard.publish.addresses import Addresses, meant
from heard.publish.dialect import expand
from heard.publish.fetcher import allowed, fetcher
from heard.publish.links import absolute, tagged, words
from heard.publish.measure import balance
from heard.values import (
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Ask,
    Author,
    Expert,
    HeardError,
    KeyFigure,
    Outcome,
    Paper,
    PdfJob,
    Place,
)  # fmt: skip

SITE = "https://cold.example/"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
QUOTES = (ApprovedQuote("k1", "We lose two hours <every> night.", "an operations manager, cold storage"),)
BODY = """## In short

The answer in a few words.

## Full at ten, flat by four

Every truck leaves with a green light.[^1] See [the other](../ice/) and [out](https://other.example/a).

[[quote]]

## A worked example

Table: One night

| Line | Hours |
|---|---|
| Lost | 3 |
| **Total** | **3** |

Source: my log

!!! takeaway "Take this away"
    Warmth is capacity.

## What to do on Monday

- [ ] **Measure** the electrolyte. *Technician, 30 min*
- [ ] **Name** one plug owner.

[^1]: IEC 60254-1, and no other.
"""
LONG = BODY.replace("## A worked", "A line that fills the page, and fills it well.\n\n" * 90 + "## A worked")


@pytest.fixture
def job(tmp_path: Path) -> PdfJob:
    """A job with everything in it."""
    (tmp_path / "content/problems").mkdir(parents=True)
    author = Author("", "Ada Example", "Adviser", "Eleven years of night shifts.")
    paper = Paper(
        "trucks-die", "Trucks die mid-shift", "How to stop trucks dying mid-shift", "Keep it warm.",
        "Why trucks die.", "en", expand(LONG, QUOTES, Place("x.md"))[0], SITE + "problems/trucks-die/",
        author, Place("content/problems/trucks-die.md"),
        industries=("cold-storage",), heard=ApprovedProblem(10, "2026-Q1", quotes=QUOTES),
        proof=(ApprovedProof("p1", "outcome", ("trucks-die",), "I stopped worrying.", "a client",
                             outcome=Outcome("dead trucks a night", "5", "0", "June", "log")),),
        figures=(KeyFigure("70 %", "of the plate is left"),), not_for=("Fleets on lithium.",),
        aliases=("Batteries die",), published=date(2026, 2, 3), updated=date(2026, 10, 6),
    )  # fmt: skip
    expert = Expert(
        Place("content/expert.yml"), name="Ada Example", address="Kai 4\n27568 Town",
        ask=Ask("Bring me your temperatures", "Send one week."), notice="Example: all invented.",
    )  # fmt: skip
    tags = "utm_source=paper&utm_medium=pdf"
    return PdfJob(paper, expert, SITE, paper.url, SITE + "contact/?" + tags, tmp_path, tags)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def addresses(content: bytes) -> set[str]:
    found = set()
    for page in read(content).pages:
        for one in page.get("/Annots") or []:
            action = one.get_object().get("/A", {})
            if "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def short(job: PdfJob, **changes: object) -> PdfJob:
    """The job with a paper of one page, quick to set."""
    body = expand(BODY, QUOTES, Place("x.md"))[0]
    return replace(job, paper=replace(job.paper, **{"markdown": body, **changes}))


def test_a_paper_has_all_its_parts_in_order(job: PdfJob, fonts: Path) -> None:
    made, findings = pdf.render(job, fonts)
    assert not findings
    assert made.pages == len(read(made.content).pages) >= 6
    found = " ".join(text(made.content).split())
    order = [
        "At least ten companies told me this, since 2026. One stroke is one company.", "In short",
        "at least ten companies told me this, since 2026", "70 %",
        "Contents", "Fleets on lithium.", "Every truck leaves", "We lose two hours <every> night.",
        "Table 1", "my log", "Warmth is capacity.", "Technician, 30 min", "dead trucks a night",
        "Bring me your temperatures", "cold.example/contact", "Ada Example", "6 October 2026",
    ]  # fmt: skip
    at = 0
    for part in order:
        assert part in found[at:], part
        at += found[at:].index(part)
    assert all("all invented" in page.extract_text() for page in read(made.content).pages)


def test_metadata_tags_and_bookmarks(job: PdfJob, fonts: Path) -> None:
    reader = read(pdf.render(job, fonts)[0].content)
    meta = reader.metadata
    assert meta is not None
    assert meta.title == "How to stop trucks dying mid-shift"
    assert meta.author == "Ada Example"
    assert meta.keywords == "Trucks die mid-shift, Batteries die, cold-storage"
    assert meta["/CreationDate"].startswith("D:20260203000000")
    assert meta["/ModDate"].startswith("D:20261006000000")
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "A worked example" in str(reader.outline)
    fonts_used = {
        str(font.get_object()["/BaseFont"])[8:]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts_used
    assert all(name.startswith(("Newsreader", "Archivo")) for name in fonts_used)


def test_links_are_absolute_and_those_to_the_site_are_tagged(job: PdfJob, fonts: Path) -> None:
    found = addresses(pdf.render(job, fonts)[0].content)
    assert SITE + "problems/ice/?utm_source=paper&utm_medium=pdf" in found
    assert "https://other.example/a" in found
    assert job.ask_link in found
    assert all(one.startswith("https://") for one in found)


def test_a_link_within_the_paper_stays_within_it(job: PdfJob, fonts: Path) -> None:
    markdown = "## In short\n\nSee [the end](#the-end).\n\n## The end\n\nHere.\n"
    found = addresses(pdf.render(short(job, markdown=markdown), fonts)[0].content)
    assert not [one for one in found if "the-end" in one]


def test_a_short_paper_has_neither_cover_nor_contents(job: PdfJob, fonts: Path) -> None:
    made, _ = pdf.render(short(job), fonts)
    assert made.pages < pdf.LIGHT
    assert "Contents" not in text(made.content)
    assert "How to stop trucks" in read(made.content).pages[0].extract_text()


def test_a_draft_says_so_on_its_pages(job: PdfJob, fonts: Path) -> None:
    made, _ = pdf.render(short(job, draft=True), fonts)
    pages = [page.extract_text() for page in read(made.content).pages]
    assert all("Draft" in page for page in pages)


@pytest.mark.parametrize("title", ["x" * 300, "word " * 60, "🔥🚚", "", "a <b> & “c”"])
def test_any_title_gives_a_pdf(job: PdfJob, fonts: Path, title: str) -> None:
    made, findings = pdf.render(short(job, title=title), fonts)
    assert made.pages
    assert findings == ()
    assert read(made.content).metadata.title  # type: ignore[union-attr]


def test_a_bare_paper_is_set_too(job: PdfJob, fonts: Path) -> None:
    bare = short(
        job, heard=ApprovedProblem(), proof=(), figures=(), not_for=(), published=None, updated=None,
        markdown="Just words.\n", author=Author("", ""), problem="", answer="", description="",
    )  # fmt: skip
    made, findings = pdf.render(bare, fonts)
    assert "Just words." in text(made.content)
    assert not findings


@pytest.mark.parametrize("name", ["nope.png", "../../secret.png", "../private/face.png", "/etc/passwd"])
def test_an_image_that_is_missing_or_out_of_bounds_is_a_finding(
    job: PdfJob, fonts: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "content/private").mkdir()
    (tmp_path / "content/private/face.png").write_bytes(PIXEL)
    body = f"Look: ![a face]({name})\n"
    (tmp_path / job.paper.source.path).write_text(f"---\nproblem: x\n---\n{body}")
    made, findings = pdf.render(short(job, markdown=body), fonts)
    assert [(one.place.line, one.code) for one in findings] == [(4, "paper/image")]
    assert "a face" in text(made.content)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
@pytest.mark.parametrize(
    "body",
    [
        f"{'long' * 80}\n",
        f"| a | b |\n|---|---|\n| {'long' * 80} | b |\n",
        "| " + " | ".join("abcdefgh") + " |\n" + "|---" * 8 + "|\n" + "| some words here " * 8 + "|\n",
        f"```\n{'long' * 80}\n```\n",
        f"- a\n    - b\n        - {'long' * 80}\n",
    ],
)
def test_nothing_runs_off_the_page(job: PdfJob, fonts: Path, body: str) -> None:
    made, findings = pdf.render(short(job, markdown=body), fonts)
    assert not findings
    edge = 595 - 26 / 25.4 * 72 + 2
    words = subprocess.run(
        ["pdftotext", "-bbox", "-f", "1", "-l", "1", "-", "-"], input=made.content,
        capture_output=True, check=False,
    )  # fmt: skip
    assert max(map(float, re.findall(r'xMax="([\d.]+)"', words.stdout.decode()))) <= edge


def test_raw_html_reaches_no_file_and_no_network(job: PdfJob, fonts: Path) -> None:
    body = (
        '<p style="background: url(file:///etc/passwd)">a</p>\n\n'
        '<p style="background: url(http://127.0.0.1:9/x.png)">b</p>\n'
    )
    _, findings = pdf.render(short(job, markdown=body), fonts)
    assert len([one for one in findings if one.code == "pdf/warning"]) == 2


def test_the_fetcher_denies_by_default(tmp_path: Path) -> None:
    inside = tmp_path / "a.txt"
    inside.write_text("a")
    fetch = fetcher([tmp_path])
    assert fetch.fetch(inside.as_uri()).read() == b"a"
    assert fetch.fetch("data:text/plain,b").read() == b"b"
    for bad in ("file:///etc/passwd", "http://x.example/", "ftp://x.example/", tmp_path.as_uri() + "/../x"):
        with pytest.raises(ValueError):
            fetch.fetch(bad)
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert not allowed(tmp_path / "link", [tmp_path])


def test_a_portrait_may_be_a_drawing_or_missing(job: PdfJob, fonts: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "content/face.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>')
    with_face = short(job, author=replace(job.paper.author, portrait=os.fspath(drawing)))
    assert not pdf.render(with_face, fonts)[1]
    assert "AE" in text(pdf.render(short(job), fonts)[0].content)


def test_a_template_of_ones_own_comes_first(job: PdfJob, fonts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "paper.html").write_text("<title>Mine</title><p>My own {{ paper.problem }}</p>")
    made, _ = pdf.render(replace(short(job), templates=(folder,)), fonts)
    assert "My own Trucks die mid-shift" in text(made.content)


@pytest.mark.parametrize("broken", ["<p>\n{% if %}", "<p>\n{{ paper.nothing }}", "\n{{ nobody }}"])
def test_a_broken_template_is_named_with_its_line(job: PdfJob, fonts: Path, tmp_path: Path, broken: str) -> None:
    (tmp_path / "paper.html").write_text(broken)
    with pytest.raises(HeardError, match=r"paper\.html:2"):
        pdf.render(replace(short(job), templates=(tmp_path,)), fonts)


def test_the_fingerprint_follows_everything_that_goes_in(job: PdfJob, fonts: Path, tmp_path: Path) -> None:
    face = tmp_path / "content/face.png"
    face.write_bytes(PIXEL)
    (tmp_path / "content/problems/a.png").write_bytes(PIXEL)
    own = tmp_path / "templates"
    own.mkdir()
    base = replace(
        short(job, markdown="![a](a.png)\n", author=Author("", "A", portrait=os.fspath(face))),
        templates=(own,),
    )
    found = [pdf.fingerprint(base, fonts)]
    assert pdf.fingerprint(base, fonts) == found[0]
    found.append(pdf.fingerprint(replace(base, tags=""), fonts))
    found.append(pdf.fingerprint(short(base, answer="Else."), fonts))
    found.append(pdf.fingerprint(base, Path("fonts-of-another-recipe")))
    face.write_bytes(PIXEL + b"1")
    found.append(pdf.fingerprint(base, fonts))
    (tmp_path / "content/problems/a.png").write_bytes(PIXEL + b"2")
    found.append(pdf.fingerprint(base, fonts))
    (own / "paper.css").write_text("p{}")
    found.append(pdf.fingerprint(base, fonts))
    assert len(set(found)) == len(found)


def test_without_pango_the_mending_command_is_named(job: PdfJob, fonts: Path, tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint/__init__.py").write_text("raise OSError('cannot load library pango')")
    (tmp_path / "job").write_bytes(pickle.dumps((short(job), fonts)))
    code = (
        "import pickle, sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from heard.publish import pdf; from heard.values import HeardError\n"
        "try: pdf.render(*pickle.loads(pathlib.Path(sys.argv[1], 'job').read_bytes()))\n"
        "except HeardError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True)
    assert "apt-get install libpango" in done.stdout


def test_importing_needs_no_pango() -> None:
    code = "import sys, heard.publish.pdf; sys.exit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_addresses() -> None:
    assert absolute("../a/", SITE + "p/x/", SITE, "") == SITE + "p/a/"
    assert absolute("javascript:x", SITE, SITE, "") == ""
    assert absolute("a/", "", "", "") == ""
    assert tagged(SITE + "?utm_source=mine#f", SITE, "utm_source=a&b=c") == (SITE + "?utm_source=mine&b=c#f")
    assert tagged("https://cold.example.evil/", SITE, "a=b") == "https://cold.example.evil/"
    assert words(SITE + "contact/?utm_source=a&id=7") == "cold.example/contact?id=7"


@pytest.mark.parametrize("site", [SITE, SITE + "notes/"])
@pytest.mark.parametrize(
    "target",
    ["../contact.md", "../../contact/", "ice.md#why", "../index.md", "/contact.md", "/contact/", "../papers/x.pdf",
     "../../papers/x.pdf", "../ice/", "index.md", "../industries/index.md", "#part", "../../contact/index.html"],
)  # fmt: skip
def test_a_link_means_the_same_in_the_pdf_as_on_the_page(target: str, site: str) -> None:
    sources = {
        "": "index.md",
        "contact/": "contact.md",
        "papers/x.pdf": "papers/x.pdf",
        "problems/": "problems/index.md",
    }
    sources |= {f"problems/{slug}/": f"problems/{slug}.md" for slug in ("x", "ice")} | {
        "industries/": "industries/index.md"
    }
    known = Addresses(sources, site, {source: uri for uri, source in sources.items()})
    page = meant(target, "problems/x.md", known)
    assert page is not None
    assert page.uri is not None
    there = absolute(target, site + "problems/x/", site, "").replace("index.html", "")
    assert there == site + page.uri + (f"#{page.part}" if page.part else "")


@pytest.mark.parametrize("target", ["http://[x", "javascript:a.md"])
def test_what_is_no_address_is_left_out(target: str) -> None:
    assert absolute(target, SITE + "problems/x/", SITE, "") == ""


def test_a_last_line_has_more_than_one_word_where_it_can() -> None:
    wide = lambda line: float(len(line))  # noqa: E731
    assert balance(["How", "to", "stop", "trucks", "dying"], wide, 22) == ("How to stop", "trucks dying")


def test_titles_break_into_even_lines() -> None:
    spoken = ["How", "to", "stop", "forklift", "batteries", "dying", "mid-shift", "in", "cold", "storage"]
    lines = balance(spoken, lambda line: float(len(line)), 28)
    assert " ".join(lines).split() == spoken
    assert lines == ("How to stop forklift", "batteries dying mid-shift", "in cold storage")
