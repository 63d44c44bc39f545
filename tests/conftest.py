"""What all tests share: one cache for the fonts, the example, built once for all workers, and a browser."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import stories

# What everybody has: a test that is about `heard[semantic]` switches it on.
os.environ["HEARD_MATCHING"] = "words"

_CACHE = stories.REPOSITORY / ".heard" / "tests"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless `make stress` asks for it."""
    if not os.environ.get("HEARD_STRESS"):
        for item in items:
            if item.get_closest_marker("stress"):
                item.add_marker(pytest.mark.skip(reason="takes minutes: `make stress`"))


@pytest.fixture(scope="session", autouse=True)
def _fonts() -> Iterator[None]:
    """Make the fonts once, and not in the cache of whoever runs the tests."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(_CACHE)
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share, with the cards of the pages that every workspace has."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shared"
    folder.mkdir(exist_ok=True)
    with (folder / "drawing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "drawn").exists():
            half = stories.workspace(folder / "half-drawn")
            stories.problem(half, "flat")
            assert stories.build(half).code == 0
            half.rename(folder / "drawn")
    return folder


@pytest.fixture(scope="session")
def example(shared: Path) -> Path:
    """The example workspace with its site built by `mkdocs build --strict`; to be read only."""
    root = shared / "example"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "built.txt").exists():
            shutil.rmtree(root, ignore_errors=True)
            _copy(root)
            done = stories.build(root)
            assert done.code == 0, done.err
            (root / "built.txt").write_text(done.err, "utf-8")
    return root


def _copy(root: Path) -> None:
    root.mkdir()
    for name in ("content", "templates"):
        shutil.copytree(stories.REPOSITORY / name, root / name, ignore=shutil.ignore_patterns(".heard"))
    shutil.copy(stories.REPOSITORY / "mkdocs.yml", root)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """A copy of the example's files, for what needs no site."""
    root = tmp_path / "unbuilt"
    _copy(root)
    return root


@pytest.fixture
def copied(example: Path, tmp_path: Path) -> Path:
    """A copy of the built example to change as a test likes; its PDFs are kept."""
    root = tmp_path / "copy"
    shutil.copytree(example, root, symlinks=True)
    return root


@pytest.fixture
def root(tmp_path: Path, shared: Path) -> Path:
    """A small workspace in which nothing was heard yet."""
    return stories.workspace(tmp_path / "workspace", shared)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, or the test is skipped."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
