"""What the tests in a browser share: three built sites, and the checkers from npm."""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import TOOLS, Site

import stories

PATTERNS = stories.REPOSITORY.parent / "shared/data/innersource-patterns"
CHOSEN = ("introducing-metrics-in-innersource.md", "trusted-committer.md", "governance-based-project-setup.md")
"""Real papers with tables, code, pictures, nested lists and quotations."""

WIDE = (
    f"\n\n| {'Some words | ' * 9}\n{'|---' * 9}|\n| {'Some words | ' * 9}\n\n```\n{'a long line of code ' * 12}\n```\n"
)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, or the test is skipped."""
    path = TOOLS / "axe-core/axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not there: `make test` installs it where npm is")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def example_site(example: Path) -> Site:
    """The example's site, as all tests share it."""
    return Site(example / "site", "https://cold-store-notes.example.com/")


@pytest.fixture(scope="session")
def starter_site(shared: Path) -> Site:
    """The site of a new workspace in which nothing was written yet."""
    root = _once(shared, "starter", lambda root: _start(root, "https://starter.example.com/"))
    return Site(root / "site", "https://starter.example.com/")


@pytest.fixture(scope="session")
def patterns_site(shared: Path) -> Site:
    """Three papers that nobody wrote for heard, an old address, and pages with what is too wide for a phone."""
    if not PATTERNS.is_dir():
        pytest.skip(f"the real papers are not at {PATTERNS}")
    root = _once(shared, "patterns", _patterns)
    return Site(root / "site", "https://innersource.example.org/")


@pytest.fixture(scope="session", params=["example_site", "starter_site", "patterns_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the three sites."""
    found: Site = request.getfixturevalue(request.param)
    return found


def _once(shared: Path, name: str, make: Callable[[Path], None]) -> Path:
    """The workspace of that name with its built site, made by whichever worker comes first."""
    root = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / f"{name}.built").exists():
            shutil.rmtree(root, ignore_errors=True)
            make(root)
            done = stories.build(root)
            assert done.code == 0, done.err
            (shared / f"{name}.built").touch()
    return root


def _start(root: Path, url: str) -> None:
    root.parent.mkdir(parents=True, exist_ok=True)
    words = ("--name", "Ada Example", "--audience", "people who share code", "--site-url", url)
    assert stories.process(root.parent, "init", root.name, *words, "--no-input").code == 0


def _patterns(root: Path) -> None:
    _start(root, "https://innersource.example.org/")
    sys.path.insert(0, str(stories.REPOSITORY / "bench"))
    try:
        from lib.patterns import named, problem_text, read_patterns
    finally:
        sys.path.pop(0)
    chosen = tuple(one for one in read_patterns(PATTERNS) if one.path.name in CHOSEN)
    names = named(chosen)
    stories.file(root, "industries/innersource.md", {"name": "InnerSource", "audience": "People who share code"}, WIDE)
    for number, pattern in enumerate(chosen):
        text = problem_text(pattern, names, lambda path: "")
        text = re.sub("(?m)^published:", f"old_slugs: [old-{number}]\npublished:", text, count=1)
        text += WIDE + "\n- [ ] **Measure** it.\n" * (number == 0)
        (root / f"content/problems/{names[pattern.path][1]}.md").write_text(text, "utf-8")
    for name in ("contact.md", "about.md"):
        path = root / "content/pages" / name
        path.write_text(path.read_text("utf-8") + WIDE, "utf-8")
    expert = root / "content/expert.yml"
    notice = json.dumps("Text: InnerSource Commons and contributors, CC BY-SA 4.0; converted by a program.")
    expert.write_text(expert.read_text("utf-8") + f"notice: {notice}\n", "utf-8")
