"""The documentation is true: commands are listed as they are, every example of a file reads without findings."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from heard.base.fields import Fields
from heard.cli.main import COMMANDS
from heard.cli.reference import reference
from heard.pipeline.checking import check
from heard.workspace import at

ROOT = Path(__file__).parents[1]
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_the_page_of_commands_is_up_to_date() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run `make docs`"


def test_every_command_is_on_the_page_with_its_options() -> None:
    page = reference()
    assert all(f"\n## heard {name}\n" in page for name in COMMANDS)
    assert "`--quotable [no" in page
    assert "--help" not in page.split("## heard init")[1]


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    for name, text in EXAMPLE.findall(FORMATS):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("portrait.jpg", "logo.svg", "ada.jpg"):
        (tmp_path / "content" / name).touch()
    return tmp_path


def test_the_examples_of_files_fit_together_without_a_finding(examples: Path) -> None:
    found, findings = check(at(examples), date(2026, 11, 21))
    assert [str(finding) for finding in findings] == []
    catalogue = found.catalogue
    assert len(catalogue.public.problems) == 6
    assert [len(note.quotes) for note in catalogue.notes] == [2]
    assert catalogue.accounts
    assert catalogue.proof
    assert len(catalogue.held) == 2


def test_every_key_that_is_read_is_documented(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    read = Fields._node

    def remembering(self: Fields, key: str) -> object:
        asked.add(key)
        return read(self, key)

    monkeypatch.setattr(Fields, "_node", remembering)
    check(at(examples), date(2026, 11, 21))
    assert len(asked) > 70
    assert {key for key in asked if not re.search(rf"\b{key}:", FORMATS)} == set()


def test_the_tree_of_the_architecture_names_what_there_is() -> None:
    package = ROOT / "src" / "heard"
    tree = re.search(
        r"^src/heard/\n(.*?)^```$", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert tree
    drawn = set(re.findall(r"^  ([\w.]+)/? ", tree[1], re.MULTILINE))
    there = {path.name for path in package.iterdir() if path.suffix == ".py" or list(path.glob("[!_]*"))}
    assert drawn == there - {"__init__.py", "__main__.py", "__pycache__"}
    for folder in ("base", "pipeline"):
        line = re.search(rf"^  {folder}/.*$", tree[1], re.MULTILINE)
        assert line
        modules = {path.stem for path in (package / folder).glob("[!_]*.py")}
        assert {name for name in modules if not re.search(rf"\b{name}\b", line[0])} == set()


def test_the_makefile_and_mkdocs_do_not_share_a_port() -> None:
    hint = re.search(
        r"http\.server (\d+) -d site, then open http://localhost:(\d+)/", (ROOT / "Makefile").read_text("utf-8")
    )
    assert hint
    assert hint[1] == hint[2] != "8000"


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/formats.md"])
def test_links_between_the_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
