"""`mkdocs serve` with the plugin: drafts are shown, marked; an edit is one rebuild."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import stories
from stories import problem


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[tuple[Path, str, Path]]:
    """A workspace that `mkdocs serve` serves: its root, its address and the log."""
    root = stories.workspace(tmp_path_factory.mktemp("served") / "workspace", shared)
    problem(root, "flat")
    problem(root, "icy", public=False, body=stories.BODY + "\nSee [[flat]].\n")
    config = root / "mkdocs.yml"
    address = f"127.0.0.1:{free_port()}"
    config.write_text(re.sub(r"(?m)^site_url:.*$", f"site_url: http://{address}/", config.read_text("utf-8")), "utf-8")
    log = root.parent / "log"
    with log.open("w") as output:
        child = subprocess.Popen(
            [stories.BIN / "mkdocs", "serve", "-a", address], cwd=root, stdout=output, stderr=output,
            env={**stories.environment(), "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            wait(lambda: "Serving on" in log.read_text("utf-8"), log, 90)
            yield root, f"http://{address}/", log
        finally:
            child.terminate()
            child.wait(20)


def wait(done: Callable[[], bool], log: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.1)


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode("utf-8"))


def builds(log: Path) -> int:
    return log.read_text("utf-8").count("Documentation built")


def test_drafts_are_shown_and_marked(served: tuple[Path, str, Path]) -> None:
    _, address, _ = served
    page = get(f"{address}problems/icy/")
    assert re.search(r"(?i)\bdraft\b", re.sub(r"<[^>]+>", " ", page))
    assert "problems/icy/" not in get(f"{address}feed.xml")
    assert "problems/icy/" not in get(f"{address}sitemap.xml")
    assert "problems/flat/" in get(f"{address}sitemap.xml")


@pytest.mark.parametrize(
    ("name", "page", "shown"),
    [
        ("content/problems/flat.md", "problems/flat/", "Edited once more."),
        ("content/private/problems/icy.md", "problems/icy/", "Edited as a draft."),
        ("content/expert.yml", "about/", ""),
        ("templates/404.html", "no/such/page", ""),
    ],
)
def test_an_edit_is_exactly_one_rebuild(served: tuple[Path, str, Path], name: str, page: str, shown: str) -> None:
    root, address, log = served
    before = builds(log)
    path = root / name
    text = path.read_text("utf-8") if path.exists() else "mine"
    # As editors save: in one step, so that nobody can see half of it.
    (root / "saved").write_text(f"{text}\n{shown}\n", "utf-8")
    (root / "saved").replace(path)
    wait(lambda: builds(log) == before + 1, log)
    if shown:
        assert shown in get(f"{address}{page}")
    time.sleep(2.5)
    assert builds(log) == before + 1


def test_logging_a_note_rebuilds_nothing(served: tuple[Path, str, Path]) -> None:
    root, _, log = served
    before = builds(log)
    assert stories.process(root, "log", "said meanwhile", "--account", "Zephyria").code == 0
    time.sleep(2.5)
    assert builds(log) == before


def test_serving_writes_no_site(served: tuple[Path, str, Path]) -> None:
    root, _, _ = served
    assert not (root / "site").exists()
    assert not list(root.glob(".site*"))


def test_a_build_shows_no_draft(root: Path) -> None:
    problem(root, "flat")
    problem(root, "icy", public=False)
    assert stories.build(root).code == 0
    assert not (root / "site/problems/icy").exists()
    for path in (root / "site").rglob("*.html"):
        assert "problems/icy" not in path.read_text("utf-8"), path


def test_an_interrupted_build_leaves_the_old_site(root: Path) -> None:
    problem(root, "flat")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("the old one")
    child = subprocess.Popen(
        [stories.BIN / "mkdocs", "build"], cwd=root, env=stories.environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(0.9)
    if child.poll() is None:
        child.kill()
        child.wait()
        assert (root / "site/index.html").read_text() == "the old one"
    assert stories.build(root).code == 0
    assert not list(root.glob(".site*"))
    assert (root / "site/problems/flat/index.html").exists()
