"""Every finding code is explained, shown by an example, and found exactly where the example says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import heard
from heard.codes import CODES, markdown
from heard.publish import glyphs
from workspaces import checked, codes, make

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.txt"))
SOURCE = Path(heard.__file__).parent
DOCS = Path(__file__).parents[1] / "docs"

ELSEWHERE = {
    "allowed/no-reason": "tests/leaks/test_story.py",
    "allowed/unused": "tests/leaks/test_story.py",
    "allowed/which": "tests/leaks/test_story.py",
    "chart/data": "tests/publish/test_charts.py",
    "chart/head": "tests/publish/test_charts.py",
    "chart/highlight": "tests/publish/test_charts.py",
    "chart/incomplete": "tests/publish/test_charts.py",
    "chart/place": "tests/publish/test_charts.py",
    "chart/row": "tests/publish/test_charts.py",
    "chart/size": "tests/publish/test_charts.py",
    "chart/value": "tests/publish/test_charts.py",
    "expert/contrast": "tests/publish/test_colour.py",
    "expert/font": "tests/publish/test_own_fonts.py",
    "expert/font-cut": "tests/publish/test_own_fonts.py",
    "file/large": "tests/test_read.py",
    "file/link": "tests/test_hostile.py",
    "file/no-file": "tests/test_hostile.py",
    "file/unreadable": "tests/test_read.py",
    "host/no-headers": "tests/publish/test_hosts.py",
    "host/robots-elsewhere": "tests/publish/test_hosts.py",
    "host/too-many-rules": "tests/publish/test_hosts.py",
    "import/cue": "tests/test_import.py",
    "import/date": "tests/test_import_tables.py",
    "import/header": "tests/test_import.py",
    "import/no-column": "tests/test_import_tables.py",
    "import/row": "tests/test_import_tables.py",
    "import/unknown-key": "tests/test_import.py",
    "import/unread": "tests/test_import.py",
    "import/words": "tests/test_import_tables.py",
    "inbox/no-words": "tests/test_import.py",
    "leak/copy": "tests/leaks/test_story.py",
    "leak/maybe": "tests/leaks/test_story.py",
    "leak/note": "tests/leaks/test_story.py",
    "leak/secret": "tests/leaks/test_story.py",
    "leak/unknown": "tests/leaks/test_story.py",
    "leak/unread": "tests/leaks/test_story.py",
    "link/dead": "tests/test_gates.py",
    "link/missing": "tests/test_gates.py",
    "link/moved": "tests/test_gates.py",
    "link/no-part": "tests/test_gates.py",
    "link/unsure": "tests/test_gates.py",
    "live/behind": "tests/test_live.py",
    "live/blocked": "tests/test_live.py",
    "live/canonical": "tests/test_live.py",
    "live/headers": "tests/test_live.py",
    "live/https": "tests/test_live.py",
    "live/missing": "tests/test_live.py",
    "live/noindex": "tests/test_live.py",
    "live/not-found": "tests/test_live.py",
    "live/old-address": "tests/test_live.py",
    "live/pdf": "tests/test_live.py",
    "live/sitemap": "tests/test_live.py",
    "live/title": "tests/test_live.py",
    "live/unreachable": "tests/test_live.py",
    "page/alt": "tests/test_gates.py",
    "page/heading": "tests/test_gates.py",
    "page/length": "tests/publish/test_findable.py",
    "page/no-description": "tests/publish/test_findable.py",
    "page/same-description": "tests/publish/test_findable.py",
    "page/same-title": "tests/publish/test_findable.py",
    "paper/alt": "tests/publish/test_raw_html.py",
    "paper/competes": "tests/test_gates.py",
    "paper/glyph": "tests/test_codes.py",
    "paper/heading": "tests/publish/test_dialect.py",
    "paper/html": "tests/publish/test_raw_html.py",
    "paper/image": "tests/publish/test_pdf.py",
    "paper/language": "tests/publish/test_languages.py",
    "paper/retired-link": "tests/test_publish.py",
    "paper/unknown-link": "tests/publish/test_dialect.py",
    "paper/thin": "tests/test_gates.py",
    "pdf/warning": "tests/publish/test_pdf.py",
    "problem/unanswered": "tests/test_gates.py",
    "problem/unheard": "tests/test_gates.py",
    "prose/about-yourself": "tests/test_prose.py",
    "prose/begging": "tests/test_prose.py",
    "prose/hard-to-read": "tests/test_prose.py",
    "prose/long-sentences": "tests/test_prose.py",
    "prose/missing-section": "tests/test_prose.py",
    "prose/no-example": "tests/test_prose.py",
    "prose/pitch": "tests/test_prose.py",
    "prose/unsupported-number": "tests/test_prose.py",
    "prose/worn-words": "tests/test_prose.py",
    "site/language": "tests/publish/test_languages.py",
}
"""Codes that a text file cannot show, and the test that shows each."""

LIKE_CODES = {"pdf/a-3a"}
"""Words in the source that look like a code and are none."""


def example(path: Path) -> tuple[list[str], dict[str, bytes | None]]:
    """What an example expects, and its files: `=== path` begins each."""
    first, *parts = re.split(rb"^=== ", path.read_bytes(), flags=re.MULTILINE)
    files: dict[str, bytes | None] = {}
    for part in parts:
        name, _, content = part.partition(b"\n")
        missing = name.endswith(b" (missing)")
        files[name.decode().removesuffix(" (missing)")] = None if missing else content
    return [line.removeprefix("# ") for line in first.decode().splitlines()], files


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_workspace_has_exactly_the_findings_it_announces(path: Path, tmp_path: Path) -> None:
    expected, files = example(path)
    _, findings = checked(make(tmp_path, files))
    assert codes(findings) == sorted(expected), "\n".join(map(str, findings))


def test_every_code_has_an_example() -> None:
    shown = {line.rpartition(" ")[2] for path in BROKEN for line in example(path)[0]}
    assert shown | set(ELSEWHERE) == set(CODES)
    assert not shown & set(ELSEWHERE)


@pytest.mark.parametrize(("code", "test"), ELSEWHERE.items())
def test_codes_that_are_shown_elsewhere_are(code: str, test: str) -> None:
    path = Path(__file__).parents[1] / test
    assert path.exists(), test
    assert code in path.read_text(encoding="utf-8")


def test_a_character_that_the_typefaces_lack_is_told_at_its_line() -> None:
    found = list(glyphs.check("one\n💡\n", "content/problems/a.md", 8))
    assert codes(tuple(found)) == ["content/problems/a.md:9 paper/glyph"]


def constants() -> Iterator[tuple[str, str]]:
    """Every text in the source that may be a code, and the module it stands in."""
    families = {code.partition("/")[0] for code in CODES}
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "codes.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            called = called or (node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else "")
            if isinstance(node, ast.Call) and called in ("Finding", "flag", "wrong", "say"):
                arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
                yield from ((code, path.name) for code in _codes(arguments))
            elif (code := next(iter(_codes([node])), "")) and code.partition("/")[0] in families:
                yield code, path.name


def _codes(nodes: list[ast.AST] | list[ast.expr]) -> list[str]:
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", text)]


def test_every_code_in_the_source_is_explained_and_every_explained_code_is_used() -> None:
    used = {code for code, _ in constants()} - LIKE_CODES
    assert used - set(CODES) == set(), "explain them in heard/codes.py and show them in tests/broken"
    assert set(CODES) - used == set()


def test_the_page_of_findings_is_up_to_date() -> None:
    page = DOCS / "findings.md"
    assert page.read_text(encoding="utf-8") == markdown(), "run `python -m heard.codes > docs/findings.md`"
