"""Every PDF is PDF/A-3a and PDF/UA-1, says what its links are, carries its problem as data, and is the same everywhere.

The validators are other people's: see `validators.py`.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from validators import faults, verapdf

from heard.pipeline.pdf import job as job_of
from heard.publish import pdf
from heard.publish.dialect import expand
from heard.publish.fonts import FOLDER
from heard.publish.papers import papers
from heard.values import ApprovedProblem, Author, Expert, Paper, PdfJob, Place, PublicCatalogue, Severity
from heard.workspace import PublicWorkspace, Settings
from test_real_input import PATTERNS, needs_patterns, published

SITE = "https://cold.example/"
TAGS = "utm_source=paper&utm_medium=pdf"
DAY = date(2026, 11, 21)
LARGEST = 120_000
"""Bytes of a paper of ten pages without photos."""

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg width="40" height="40" viewBox="0 0 9 9"><rect width="9" height="9" fill="red"/></svg>'
HARD = f"""## Links

[**Bold** and *it*](https://x.example/?utm_source=q), [`code`](https://x.example/), <https://x.example/long/path>,
[{"words that go over lines " * 9}](https://x.example/), <ada@x.example>, [see](#tables),
[a](https://x.example/ "A title").

[![A face](a.png)](https://x.example/face) [![](a.png)](https://x.example/bare) <a href="https://x.example/">{SVG}</a>

<p>x <a href="https://x.example/"></a> <a rel="attachment" href="a.png">file</a></p>

<a href="https://x.example/"><div><p>A block</p></div></a>

## Tables

|  | A | B |
|---|---|---|
| r | [x](https://x.example/) | 2 |
| s | 3 | 4 |
| t | 5 | 6 |

|  |  |
|---|---|
| key | value |

<table><tr><td>no</td><td>heading</td></tr></table>
<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>
<table><thead><tr><th colspan="3">ab</th></tr></thead>
<tbody>{"<tr><th>r</th><td>2</td><td>3</td></tr>" * 4}</tbody></table>
<table style="display:flex"><tr><th>a</th></tr><tr><td>1</td></tr></table>
<table><tr style="display:flex"><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
<table><tr></tr><tr><td rowspan="5">x</td><td style="display:none">y</td></tr></table>

##### Lists, and a heading that skips two levels

- a

    ```
    code in an item
    ```

- b
    1. c
    2. d

        | x | y |
        |---|---|
        | 1 | 2 |

- [ ] do it *Who*

<ul>words directly<li>item</li><p>par</p></ul>
<ul style="list-style-position:inside"><li>a</li></ul>
<dl><div><dt>a</dt><dd>b</dd></div></dl>
<div><li>alone</li></div>

<h1>One more</h1>

## Pictures and styles

![](a.png) ![A face](a.png) {SVG} {SVG.replace("<rect", "<title>Red</title><rect")}

<img src="a.png" alt="wide" style="image-rendering:auto; width:50mm; opacity:.4">

<p style="opacity:.5; color: device-cmyk(0 1 1 0)">Half seen.</p> <p>a<div>b</div>c</p> <h2></h2>

<form><input type="text" style="appearance:auto"><select><option>x</option></select><button>b</button></form>

Words[^1] and[^2].

[^1]: See [there](https://x.example/).
[^2]: Two.
"""


def make(folder: Path, markdown: str, **changes: object) -> PdfJob:
    """A job for a paper of this text."""
    (folder / "content/problems").mkdir(parents=True, exist_ok=True)
    (folder / "content/problems/a.png").write_bytes(PIXEL)
    paper = Paper(
        "trucks-die", "Trucks die mid-shift", "How to stop trucks dying", "Keep it warm.", "Why trucks die.", "en",
        expand(markdown, (), Place("content/problems/x.md"))[0], SITE + "problems/trucks-die/",
        Author("", "Ada Example", "Adviser", "Eleven years."),
        Place("content/problems/x.md"), industries=("cold-storage",), published=date(2026, 2, 3),
        heard=ApprovedProblem(10, "2026-Q1", ("cold-storage",), ("operations manager",)), updated=date(2026, 10, 6),
    )  # fmt: skip
    expert = Expert(Place("content/expert.yml"), name="Ada Example", email="ada@cold.example")
    paper = replace(paper, **changes)  # type: ignore[arg-type]
    return PdfJob(paper, expert, SITE, f"{paper.url}?{TAGS}", f"{SITE}contact/?{TAGS}", folder, TAGS)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(of: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements below one, in reading order."""
    for kid in of.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of everything that WeasyPrint tags wrongly."""
    folder = tmp_path_factory.mktemp("hard")
    made, findings = pdf.render(make(folder, HARD), FOLDER)
    assert [str(one) for one in findings] == []
    (folder / "hard.pdf").write_bytes(made.content)
    return folder / "hard.pdf"


def test_the_papers_of_the_example_have_no_fault(example: Path) -> None:
    made = sorted((example / "site" / "papers").glob("*.pdf"))
    assert len(made) == 8
    for path in made:
        assert (path.name, faults(path)) == (path.name, [])
        assert path.stat().st_size <= LARGEST
        with pikepdf.open(path) as read:
            assert len(read.pages) <= 10


def test_whatever_a_paper_has_in_it_the_pdf_has_no_fault(hard: Path) -> None:
    assert faults(hard) == []


def real_papers(folder: Path, which: slice) -> list[Path]:
    """Real papers as PDFs."""
    catalogue = PublicCatalogue(Expert(Place("content/expert.yml"), name="A"), problems=published())
    site = Settings(site_url="https://a.example/")
    made, findings = papers(catalogue, site_url=site.site_url, content=folder / "content", today=DAY)
    assert [str(one) for one in findings if one.severity is Severity.TO_FIX] == []
    for paper in made[which]:
        done, wrong = pdf.render(job_of(paper, catalogue.expert, PublicWorkspace(folder), site), FOLDER)
        assert wrong == ()
        (folder / f"{paper.slug}.pdf").write_bytes(done.content)
    return sorted(folder.glob("*.pdf"))


@pytest.fixture(scope="module")
def dozen(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Eleven real papers as PDFs; none where the papers are not."""
    return real_papers(tmp_path_factory.mktemp("real"), slice(3, None, 7)) if PATTERNS.is_dir() else []


@needs_patterns
def test_real_papers_have_no_fault(dozen: list[Path]) -> None:
    assert len(dozen) == 11
    assert {path.name: wrong for path in dozen if (wrong := faults(path))} == {}


def test_verapdf_finds_no_fault(example: Path, hard: Path, dozen: list[Path]) -> None:
    assert verapdf([*sorted((example / "site" / "papers").glob("*.pdf")), hard, *dozen]) == []


@needs_patterns
@pytest.mark.stress
def test_79_real_papers_have_no_fault(tmp_path: Path) -> None:
    made = real_papers(tmp_path, slice(None))
    assert len(made) == 79
    wrong = {path.stem: faults(path) for path in made}
    in_code = wrong.pop("trusted-committer")  # An address in a block of code is no link, and shall be none.
    assert [one for one in in_code if "LNK-010" not in one] == []
    assert not any(wrong.values())
    assert verapdf(made) == []


def test_a_fault_would_be_found(hard: Path, tmp_path: Path) -> None:
    with pikepdf.open(hard) as broken:
        del next(one for one in elements(broken.Root.StructTreeRoot) if one.S == "/Figure").Alt
        del broken.Root.Lang
        broken.save(tmp_path / "broken.pdf")
    found = " ".join(faults(tmp_path / "broken.pdf"))
    assert "outloud" in found
    assert "pdfua" in found


def test_it_says_what_it_is(hard: Path) -> None:
    with pikepdf.open(hard) as read:
        meta = read.open_metadata()
        assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("3A", "1")
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert str(read.Root.Lang) == "en"
        assert {str(page.Tabs) for page in read.pages} == {"/S"}
        assert all("/Scope" in one.A for one in elements(read.Root.StructTreeRoot) if one.S == "/TH")


def test_every_link_has_one_element_and_human_words(hard: Path) -> None:
    with pikepdf.open(hard) as read:
        said = []
        for one in elements(read.Root.StructTreeRoot):
            pointers = [kid for kid in one.K if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]
            assert not pointers or one.S == "/Link"
            said += [str(kid.Obj.Contents) for kid in pointers]
        annotations = [one for page in read.pages for one in page.get("/Annots", [])]
        assert len(said) == len(annotations)
        every = [*said, *(str(one.Alt) for one in elements(read.Root.StructTreeRoot) if "/Alt" in one)]
    assert not [words for words in every if "utm_" in words or "://" in words]
    assert {"Bold and it", "code", "x.example/long/path", "A face", "x.example/bare", "A title"} <= set(said)
    assert {"Talk to me about this", "The page of this paper", "ada@cold.example"} <= set(said)


def test_a_tracked_address_is_in_the_link_alone(hard: Path) -> None:
    with pikepdf.open(hard) as read:
        for one in read.objects:
            if isinstance(one, pikepdf.Dictionary) and "/A" in one and one.get("/Subtype") == "/Link":
                del one.A
            if isinstance(one, pikepdf.Stream) and one.get("/Type") not in ("/ObjStm", "/XRef"):
                assert b"utm_" not in one.read_bytes()
            elif isinstance(one, pikepdf.Dictionary):
                assert b"utm_" not in one.unparse()


def test_headings_have_no_gap_and_lists_and_tables_their_grammar(hard: Path) -> None:
    last = 0
    with pikepdf.open(hard) as read:
        for one in elements(read.Root.StructTreeRoot):
            inside = {str(kid.S) for kid in one.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid}
            if re.fullmatch("/H[1-6]", str(one.S)):
                assert int(str(one.S)[2:]) <= last + 1
                last = int(str(one.S)[2:])
            assert one.S != "/L" or inside <= {"/L", "/LI", "/Caption"}
            assert one.S != "/LI" or inside <= {"/Lbl", "/LBody"}
            assert one.S != "/TR" or inside <= {"/TH", "/TD"}
            assert one.S != "/TH" or str(one.A.Scope) in ("/Row", "/Column")


def test_running_heads_are_not_read_out(tmp_path: Path) -> None:
    made, _ = pdf.render(make(tmp_path, "## One\n\nWords.\n"), FOLDER)
    with opened(made.content) as read:
        painted = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(read.pages[0]))
    assert b"/Pagination" in painted


def test_the_problem_travels_along_as_data(tmp_path: Path) -> None:
    with opened(pdf.render(make(tmp_path, "Words.\n"), FOLDER)[0].content) as read:
        (named,) = read.Root.AF
        assert str(named.AFRelationship) == "/Data"
        assert str(named.EF.F.Params.ModDate) == "D:20261006000000Z"
        (attached,) = read.attachments.values()
        assert attached.filename == "trucks-die.json"
        record = json.loads(attached.get_file().read_bytes())
    assert record == {
        "problem": "Trucks die mid-shift", "title": "How to stop trucks dying", "answer": "Keep it warm.",
        "author": "Ada Example", "published": "2026-02-03", "updated": "2026-10-06",
        "url": SITE + "problems/trucks-die/", "lang": "en", "industries": ["cold-storage"],
        "heard_from": {"companies_at_least": 10, "since": "2026-Q1", "industries": ["cold-storage"],
                       "roles": ["operations manager"]},
    }  # fmt: skip


def test_a_paper_that_nobody_told_of_says_nothing_of_it(tmp_path: Path) -> None:
    told = ApprovedProblem(0, "2026-Q1", ("cold-storage",), ("operations manager",))
    bare = make(tmp_path, "Words.\n", heard=told, published=None, updated=None)
    with opened(pdf.render(bare, FOLDER)[0].content) as read:
        (attached,) = read.attachments.values()
        record = json.loads(attached.get_file().read_bytes())
    assert set(record) == {"problem", "title", "answer", "author", "url", "lang", "industries"}


SAME = """
import hashlib, pickle, sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from heard.publish import pdf

def made(task):
    return hashlib.sha256(pdf.render(*task)[0].content).hexdigest()

if __name__ == "__main__":
    task = pickle.load(open(sys.argv[1], "rb"))
    how = sys.argv[2]
    if how == "alone":
        found = [made(task)]
    elif how == "threads":
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(made, [task, task]))
    else:
        with ProcessPoolExecutor(1, mp_context=get_context(how)) as pool:
            found = list(pool.map(made, [task]))
    print(*found)
"""


def test_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    task = (make(tmp_path, "## One\n\nWords[^1] and [a *link*](https://x.example/).\n\n[^1]: Note.\n"), FOLDER)
    (tmp_path / "task").write_bytes(pickle.dumps(task))
    (tmp_path / "same.py").write_text(SAME)
    found = set()
    for seed, zone, spoken, how in (
        ("1", "UTC", "C", "alone"),
        ("2", "Asia/Tokyo", "de_DE.UTF-8", "fork"),
        ("3", "America/Lima", "tr_TR.UTF-8", "spawn"),
        ("4", "Pacific/Chatham", "POSIX", "threads"),
    ):
        done = subprocess.run(
            [sys.executable, tmp_path / "same.py", tmp_path / "task", how], check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": spoken},
        )  # fmt: skip
        found |= set(done.stdout.split())
    assert len(found) == 1


def test_what_the_typesetter_says_is_a_finding_at_its_line(tmp_path: Path) -> None:
    job = make(tmp_path, '<p style="foo: bar">x</p>\n')
    (tmp_path / "content/problems/x.md").write_text('---\nproblem: x\n---\n\n<p style="foo: bar">x</p>\n', "utf-8")
    _, findings = pdf.render(job, FOLDER)
    assert [(one.place.line, one.code) for one in findings] == [(5, "pdf/warning")]
