"""A small catalogue, and its site as a plain tree that plain MkDocs builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml

from heard.publish.body import slotted
from heard.publish.site import THEME, PdfFile, Site, site
from heard.values import (
    Approved,
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Ask,
    Author,
    Expert,
    Industry,
    KeyFigure,
    Outcome,
    Paper,
    Place,
    Problem,
    PublicCatalogue,
)

URL = "https://notes.example.com/"
HOSTILE = "A </script><b>\"bold\"</b> & <img src=x onerror=alert(1)> {{ 7*7 }} 'end'"
BODY = """## In short

The answer in one paragraph about quokkas.

## What it looks like

A night with [the other](../second/#in-short) problem.

| Cause | Trace |
|---|---|
| cold | ice |

## What to do on Monday

- [ ] **Measure** it. *You, 5 min*
"""


def paper(slug: str, heard: int | ApprovedProblem = 0, **more: object) -> Paper:
    """A paper with everything plain."""
    if isinstance(heard, int):
        heard = ApprovedProblem(heard, "2026-Q1" if heard else "", (), ("shift lead",))
    facts: dict[str, object] = {
        "slug": slug,
        "problem": f"Problem {slug}",
        "title": f"How to end {slug}",
        "answer": "Do this.",
        "description": "What it is.",
        "lang": "en",
        "markdown": BODY,
        "url": f"{URL}problems/{slug}/",
        "author": Author("", "Ada Example", bio="I listen."),
        "source": Place(f"content/problems/{slug}.md"),
        "industries": ("cold",),
        "heard": heard,
        "published": date(2026, 3, 1),
        "updated": date(2026, 4, 2),
    }
    return Paper(**{**facts, **more})  # type: ignore[arg-type]


def problem(slug: str, **more: object) -> Problem:
    """The catalogue's entry of a paper."""
    place = Place(f"content/problems/{slug}.md")
    return Problem(place, slug, f"Problem {slug}", public=True, body="x", **more)  # type: ignore[arg-type]


def catalogue(*problems: Problem, notice: str = "Example: all invented.") -> PublicCatalogue:
    """Two industries, one proof, and these problems."""
    place = Place("content/expert.yml")
    return PublicCatalogue(
        Expert(place, "Ada Example", "Cold stores", "I listen.", ask=Ask("Send it"), notice=notice),
        problems=problems,
        industries=(
            Industry(Place("content/industries/cold.md"), "cold", "Cold storage", "Managers"),
            Industry(Place("content/industries/food.md"), "food", "Food making"),
        ),
        approved=Approved(proof=(PROOF,)),
    )


PROOF = ApprovedProof(
    "p7aa", "outcome", ("first",), "It ended.", "Zoe Hill, Example Foods",
    outcome=Outcome("dead trucks", "5", "0", "2026-Q2", "shift log"),
)  # fmt: skip


def sample_papers() -> tuple[Paper, ...]:
    """Plain, quoted, hostile, bare and draft."""
    quotes = (ApprovedQuote("k3f9", "It dies at two.", "a shift lead, cold storage"),)
    hostile = ApprovedProblem(3, HOSTILE, (), (HOSTILE,), (ApprovedQuote("a", HOSTILE, HOSTILE),))
    return (
        paper("first", heard=10, figures=(KeyFigure("5 h", "a night"),), proof=(PROOF,)),
        paper("second", heard=3, industries=("cold", "food"), not_for=("Nobody.",),
              published=date(2026, 5, 1)),
        paper("quoted", ApprovedProblem(6, "2026-Q2", ("cold",), (), quotes),
              aliases=("it goes flat",)),
        paper("hostile", hostile, title=HOSTILE, problem=HOSTILE, answer=HOSTILE, description=HOSTILE,
              not_for=(HOSTILE,), aliases=(HOSTILE,), figures=(KeyFigure("<b>", HOSTILE),),
              author=Author("", HOSTILE, bio=HOSTILE)),
        paper("bare", title="", answer="", description="", markdown="One line.", industries=(),
              published=None, updated=None, author=Author("", "")),
        paper("onlyquoted", ApprovedProblem(quotes=quotes)),
        paper("unfinished", draft=True),
    )  # fmt: skip


def pdfs(papers: Sequence[Paper]) -> dict[str, PdfFile]:
    """A PDF for every paper but the bare one."""
    named = [one.slug for one in papers if one.slug != "bare"]
    return {slug: PdfFile(f"papers/{slug}.pdf", 94_400, 9) for slug in named}


def made(
    fonts: Path,
    content: Path,
    papers: Sequence[Paper],
    of: PublicCatalogue | None = None,
    site_url: str = URL,
) -> Site:
    """The site of these papers."""
    whole = of or catalogue()
    return site(whole, papers, pdfs(papers), site_url=site_url, fonts=fonts, content=content)


def build(value: Site, folder: Path, pages: Mapping[str, str]) -> tuple[Path, str]:
    """Write the plain tree and build it with plain `mkdocs build --strict`: site folder, stderr."""
    docs = folder / "docs"
    for name, text in pages.items():
        _write(docs / name, (slotted(text) if name == "index.md" else text).encode())
    for output in value.outputs:
        if not output.as_is:
            _write(docs / output.uri, output.read())
    for row in value.extra["problems"]:  # type: ignore[attr-defined]
        _write(docs / "papers" / f"{row['uri'].split('/')[1]}.pdf", b"%PDF-1.7\n")
    shutil.copytree(THEME, folder / "theme")
    root = Path(__file__).parents[2] / "mkdocs.yml"
    config = yaml.safe_load(root.read_text("utf-8"))
    config.update(site_url=URL, docs_dir="docs", plugins=["search", "tags"])
    config["theme"]["custom_dir"] = "theme"
    config["extra"]["heard"] = dict(value.extra)
    _write(folder / "mkdocs.yml", yaml.safe_dump(config, allow_unicode=True).encode())
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    silent = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=silent)
    assert done.returncode == 0, done.stderr
    return folder / "site", done.stderr


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


HAND_WRITTEN = {
    "index.md": "---\ntemplate: home.html\n---\n# The claim\n\nTwo sentences.\n\n## How\n\nSo.\n",
    "about.md": "# About me\n\nMe.\n",
    "contact.md": "# Talk to me\n\nWrite.\n",
    "imprint.md": "# Imprint\n\nHere.\n",
    "privacy.md": "# Privacy\n\nNone.\n",
}
