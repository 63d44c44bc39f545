"""Real input, end to end: 79 problems with their papers, their site, and 79 PDFs.

The InnerSource Patterns (CC BY-SA 4.0) are expected at `../shared/data/innersource-patterns` beside the
repository. The workspace is made in `build/innersource` and stays there to be looked at.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from lib.patterns import NOTICE, named, problem_text, read_patterns
from lib.timing import REPO, SCRATCH, Run, row, run, seconds, title

DATA = REPO.parent / "shared" / "data" / "innersource-patterns"
PLACE = SCRATCH / "innersource"
INDUSTRY = """---
name: InnerSource
audience: People who bring open-source ways of working into their company
vocabulary: [InnerSource, trusted committer, host team, contributor, pull request]
---

What goes wrong when teams of one company share their code, and what others did about it.
"""


def main() -> int:
    """Make the workspace, build it cold, warm and after an edit, and print the figures."""
    title("79 real papers, from Markdown to site and PDFs (bench/innersource.py)")
    if not DATA.is_dir():
        print(f"skipped: there is no {DATA}")
        return 0
    make_workspace()
    cold = build("--strict")
    strict = ("--strict",) if not cold.code else ()
    warm = build(*strict)
    edited = next(iter(sorted((PLACE / "content" / "problems").glob("*.md"))))
    edited.write_text(edited.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    touched = build(*strict)
    pdfs = run(["heard", "pdf", "--json"], PLACE)
    forget(PLACE / ".heard", but="pdf")
    without = build(*strict)
    checked = run(["heard", "check", "--json"], PLACE)
    report_content(json.loads(pdfs.out)["pdfs"])
    row("mkdocs build --strict, nothing cached", seconds(cold.seconds))
    share = 1 - without.seconds / cold.seconds
    row("  of which the PDFs", f"{share:.0%}", f"{cold.seconds * share / 79:.2f} s a PDF, on all cores")
    row("mkdocs build, nothing changed", seconds(warm.seconds), f"{warm.seconds / cold.seconds:.2f} of cold")
    row(
        "mkdocs build, one paper changed",
        seconds(touched.seconds),
        f"{touched.seconds / cold.seconds:.2f} of cold",
    )
    row("heard pdf, all from the cache", seconds(pdfs.seconds))
    row("heard check", seconds(checked.seconds))
    return complain(json.loads(checked.out), cold, warm, pdfs)


def make_workspace() -> None:
    """A new workspace from `heard init`, with every pattern as a published problem."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.parent.mkdir(exist_ok=True)
    options = ["--name", "InnerSource Commons", "--audience", "people who share code between teams"]
    made = run(
        ["heard", "init", PLACE.name, *options, "--site-url", "https://innersource.example.org/", "--no-input"],
        PLACE.parent,
    )
    if made.code:
        raise SystemExit(made.err)
    content = PLACE / "content"
    expert = content / "expert.yml"
    expert.write_text(expert.read_text(encoding="utf-8") + f"notice: {json.dumps(NOTICE)}\n", encoding="utf-8")
    (content / "industries" / "innersource.md").write_text(INDUSTRY, encoding="utf-8")
    config = PLACE / "mkdocs.yml"
    nav = "  - Problems: index.md\n"
    text = config.read_text(encoding="utf-8").replace(nav, f"{nav}  - Industries: industries/index.md\n")
    config.write_text(text, encoding="utf-8")
    patterns = read_patterns(DATA)
    names = named(patterns)
    for pattern in patterns:
        path = content / "problems" / f"{names[pattern.path][1]}.md"
        path.write_text(problem_text(pattern, names, pictures(content / "problems")), encoding="utf-8")


def pictures(folder: Path) -> Callable[[PurePosixPath], str]:
    """Copies a picture of the data beside the papers, if it is there."""

    def keep(path: PurePosixPath) -> str:
        if not (DATA / path).is_file():
            return ""
        (folder / "img").mkdir(exist_ok=True)
        shutil.copy(DATA / path, folder / "img" / path.name)
        return f"img/{path.name}"

    return keep


def build(*options: str) -> Run:
    """Build the site as a person does."""
    return run(["mkdocs", "build", "--quiet", *options], PLACE)


def forget(cache: Path, *, but: str) -> None:
    """Empty the cache, one folder apart."""
    for one in cache.iterdir():
        if one.name != but and one.is_dir():
            shutil.rmtree(one)


def report_content(pdfs: list[dict[str, object]]) -> None:
    """How much it is."""
    pages = [int(str(one["pages"])) for one in pdfs]
    sizes = [int(str(one["bytes"])) / 1000 for one in pdfs]
    site = [path for path in (PLACE / "site").rglob("*") if path.is_file()]
    papers = list((PLACE / "content" / "problems").glob("*.md"))
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in papers)
    row("problems, each with its paper", str(len(papers)), f"{words} words")
    row(
        "PDFs",
        str(len(pdfs)),
        f"{sum(pages)} pages: {min(pages)} / {statistics.median(pages):g} / {max(pages)} (min / median / max)",
    )
    row(
        "  their sizes",
        f"{sum(sizes) / 1000:.1f} MB",
        f"{min(sizes):.0f} / {statistics.median(sizes):.0f} / {max(sizes):.0f} KB",
    )
    row("site", f"{sum(path.stat().st_size for path in site) / 1e6:.1f} MB", f"{len(site)} files")


def complain(findings: list[dict[str, object]], *runs: Run) -> int:
    """Say everything that should not have been said; 1 if something is to fix or failed."""
    to_fix = [one for one in findings if one["severity"] == "to fix"]
    row("findings", str(len(findings)), f"{len(to_fix)} to fix")
    for one in findings[:20]:
        print(f"  {one}")
    said = [text for one in runs for text in (one.err, f"exit {one.code}" if one.code else "") if text.strip()]
    for text in said:
        print(text)
    return 1 if to_fix or any(one.code for one in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
