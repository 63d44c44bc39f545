"""The example workspace: built, exported, approved and published, in a copy."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from lib.timing import REPO, Run, row, run, seconds, title

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".heard", "build", "site", "src", "tests", "*_cache", ".hypothesis")


def main() -> int:
    """Copy the example, take the times, print them."""
    title("the example workspace (bench/building.py)")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "example"
        shutil.copytree(REPO, place, ignore=LEFT_OUT)
        build(place)
        publish(place)
    return 0


def build(place: Path) -> None:
    """The site: from nothing, unchanged, after one edit; and as plain files."""
    cold = wanted(run(["mkdocs", "build", "--quiet"], place))
    papers = sorted((place / "content" / "problems").glob("*.md"))
    size = sum(path.stat().st_size for path in (place / "site").rglob("*") if path.is_file())
    row("papers, and the size of the site", str(len(papers)), f"{size / 1e6:.1f} MB")
    row("mkdocs build, nothing cached", seconds(cold))
    for folder in (one for one in (place / ".heard").iterdir() if one.is_dir() and one.name != "pdf"):
        shutil.rmtree(folder)
    share = 1 - wanted(run(["mkdocs", "build", "--quiet"], place)) / cold
    row("  of which the PDFs", f"{share:.0%}", f"{cold * share / len(papers):.2f} s a PDF, on all cores")
    warm = wanted(run(["mkdocs", "build", "--quiet"], place))
    row("mkdocs build, nothing changed", seconds(warm), f"{warm / cold:.2f} of cold")
    papers[0].write_text(papers[0].read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    edited = wanted(run(["mkdocs", "build", "--quiet"], place))
    row("mkdocs build, one paper changed", seconds(edited), f"{edited / cold:.2f} of cold")
    row("heard pdf, all from the cache", seconds(wanted(run(["heard", "pdf"], place))))
    row("heard export", seconds(wanted(run(["heard", "export", "exported"], place))))
    row("heard check", seconds(wanted(run(["heard", "check"], place))))


def publish(place: Path) -> None:
    """What goes out: the approval, and a draft that is published."""
    row("heard approve --yes", seconds(wanted(run(["heard", "approve", "--yes"], place))))
    draft = place / "content" / "private" / "problems" / "the-bench-takes-its-time.md"
    draft.write_text(
        "---\nproblem: The bench takes its time\ntitle: How to find out why the bench takes its time\n"
        "answer: Measure it.\ndescription: Why a bench takes its time, how to see where it goes, and what ends it.\n"
        "slug: bench-takes-its-time\nindustries: [cold-storage]\n---\n\n## In short\n\nMeasure it.\n",
        encoding="utf-8",
    )
    row("heard publish, one draft", seconds(wanted(run(["heard", "publish", "bench takes its time", "--yes"], place))))


def wanted(done: Run) -> float:
    """The seconds of a command that has to succeed."""
    if done.code:
        raise SystemExit(f"it failed ({done.code}):\n{done.out}\n{done.err}")
    return done.seconds


if __name__ == "__main__":
    sys.exit(main())
