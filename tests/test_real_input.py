"""Papers and conversations that nobody wrote for heard: read without a fault, and set without one."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from heard.catalogue.entries import read_problem
from heard.catalogue.notes import read_note
from heard.pipeline.pdf import job
from heard.publish.fonts import FOLDER
from heard.publish.papers import papers
from heard.publish.pdf import render
from heard.values import Expert, Finding, Place, Problem, PublicCatalogue, Severity
from heard.workspace import PublicWorkspace, Settings

REPOSITORY = Path(__file__).parents[1]
DATA = REPOSITORY.parent / "shared" / "data"
PATTERNS = DATA / "innersource-patterns"
DAY = date(2026, 11, 21)

needs_patterns = pytest.mark.skipif(not PATTERNS.is_dir(), reason=f"the real papers are not at {PATTERNS}")
needs_calls = pytest.mark.skipif(not (DATA / "otter").is_dir(), reason=f"the real calls are not at {DATA}")


def published() -> tuple[Problem, ...]:
    """The 79 patterns as published problems, as the bench makes them."""
    sys.path.insert(0, str(REPOSITORY / "bench"))
    try:
        from lib.patterns import named, problem_text, read_patterns
    finally:
        sys.path.pop(0)
    patterns = read_patterns(PATTERNS)
    names = named(patterns)
    found: list[Problem] = []
    findings: list[Finding] = []
    for pattern in patterns:
        _, slug = names[pattern.path]
        text = problem_text(pattern, names, lambda path: "")
        problem = read_problem(text, f"content/problems/{slug}.md", public=True, findings=findings)
        assert problem is not None
        found.append(problem)
    assert findings == []
    return tuple(found)


@needs_patterns
def test_79_real_papers_are_read_and_three_of_them_set(tmp_path: Path) -> None:
    catalogue = PublicCatalogue(Expert(Place("content/expert.yml"), name="A"), problems=published())
    made, findings = papers(catalogue, site_url="https://a.example/", content=tmp_path / "content", today=DAY)
    assert len(made) == 79
    assert [str(one) for one in findings if one.severity is Severity.TO_FIX] == []
    longest = sorted(made, key=lambda paper: len(paper.markdown))[-3:]
    for paper in longest:
        one = job(paper, catalogue.expert, PublicWorkspace(tmp_path), Settings(site_url="https://a.example/"))
        pdf, wrong = render(one, FOLDER)
        assert (pdf.pages >= 6, wrong) == (True, ())


@needs_calls
@pytest.mark.parametrize("name", ["otter", "zoom-vtt", "earnings-calls", "innersource-patterns"])
def test_any_real_text_is_read_as_a_note_and_no_word_is_made_up(name: str) -> None:
    texts = sorted(path for path in (DATA / name).rglob("*") if path.suffix in {".md", ".txt", ".vtt"})
    assert texts
    for path in texts:
        text = path.read_bytes().decode("utf-8", errors="replace")
        note = read_note(text, PurePosixPath("notes", path.name).as_posix(), [])
        for quote in note.quotes:
            assert quote.text.split()[0] in text
