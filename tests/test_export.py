"""`heard export`: the same pages from plain MkDocs that does not know heard."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

import stories
from stories import problem, process, run, tree

BLOCK = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('heard', 'weasyprint'):
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
"""


@pytest.fixture
def plain(tmp_path: Path) -> dict[str, str]:
    """The environment of a Python that has never heard of heard."""
    folder = tmp_path / "python"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(BLOCK)
    blocked = process(folder, "-c", "import heard", program=Path(sys.executable).name, PYTHONPATH=str(folder))
    assert blocked.code == 1
    return {"PYTHONPATH": str(folder)}


def test_plain_mkdocs_builds_the_same_site(copied: Path, tmp_path: Path, plain: dict[str, str]) -> None:
    target = tmp_path / "exported"
    done = run(copied, "export", str(target))
    assert done.code == 0, done.err
    assert f"mkdocs build -f {target / 'mkdocs.yml'}" in done.out
    built = stories.build(target, **plain)
    assert built.code == 0, built.err
    assert "WARNING" not in built.err
    ours, theirs = tree(copied / "site"), tree(target / "site")
    assert set(ours) == set(theirs)
    assert {name for name in ours if ours[name] != theirs[name]} <= {"sitemap.xml", "sitemap.xml.gz"}
    maps = [(root / "site/sitemap.xml").read_text("utf-8").split("<url>") for root in (copied, target)]
    assert sorted(row.strip() for row in maps[0]) == sorted(row.strip() for row in maps[1])


def test_nothing_private_is_exported(copied: Path, tmp_path: Path) -> None:
    target = tmp_path / "exported"
    assert run(copied, "export", str(target)).code == 0
    assert not [path for path in target.rglob("*") if "private" in path.parts or path.name.startswith("private")]
    names = [
        yaml.safe_load(path.read_text("utf-8").split("---")[1])["name"]
        for path in (copied / "content/private/accounts").glob("*.md")
    ]
    public = (copied / "content/approved.yml").read_text("utf-8")
    secrets = [name.encode() for name in names if name not in public]
    assert len(secrets) > 5
    for path in target.rglob("*"):
        if path.is_file():
            assert not [name for name in secrets if name in path.read_bytes()], path


@pytest.fixture
def small(root: Path) -> Path:
    """A workspace with one paper."""
    problem(root, "flat")
    return root


def test_a_second_export_replaces_the_first_and_leaves_what_is_mine(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "exported"
    assert run(small, "export", str(target)).code == 0
    (target / "README.md").write_text("mine")
    (target / "docs/gone.md").write_text("old")
    assert run(small, "export", str(target)).code == 0
    assert (target / "README.md").read_text() == "mine"
    assert not (target / "docs/gone.md").exists()
    before = tree(target)
    assert run(small, "export", str(target)).code == 0
    assert tree(target) == before


def test_a_folder_of_somebody_elses_is_left_alone(small: Path, tmp_path: Path) -> None:
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "docs").mkdir()
    (target / "docs/chapter.md").write_text("mine")
    before = tree(target)
    done = run(small, "export", str(target))
    assert done.code == 1
    assert "not empty" in done.err
    assert tree(target) == before
    inside = run(small, "export", str(small / "content/pages/x"))
    assert inside.code == 1
    assert "lies in content/" in inside.err
    nowhere = run(small, "export", str(small / "mkdocs.yml" / "x"))
    assert nowhere.code == 1
    assert nowhere.err.startswith("heard: ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"(?ms)^theme:\n.*?\n\n", "theme: material\n\n"),
        (r"(?ms)^plugins:\n.*?\n\n", "plugins:\n  search: {}\n  heard: {}\n\n"),
        (r"(?ms)^extra:\n.*\Z", "extra: {generator: false, note: !ENV [NO_SUCH, plain]}\n"),
    ],
)
def test_other_ways_to_write_mkdocs_yml(
    small: Path, tmp_path: Path, plain: dict[str, str], before: str, after: str
) -> None:
    config = small / "mkdocs.yml"
    text, number = re.subn(before, after, config.read_text("utf-8"))
    assert number == 1
    config.write_text(text, "utf-8")
    target = tmp_path / "exported"
    done = run(small, "export", str(target))
    assert done.code == 0, done.err
    built = stories.build(target, **plain)
    assert built.code == 0, built.err
    page = (target / "site/problems/flat/index.html").read_text("utf-8")
    assert "papers/flat.pdf" in page
    assert "heard" not in str(yaml.safe_load((target / "mkdocs.yml").read_text("utf-8").replace("!ENV", ""))["plugins"])
