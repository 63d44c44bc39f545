"""Workspaces made on the spot, for the tests of the reading side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from heard.base.fields import sorted_findings
from heard.catalogue.check import check
from heard.catalogue.heard_from import book_of
from heard.catalogue.read import read_catalogue
from heard.catalogue.rules import line_finder
from heard.pipeline.naming import names_in
from heard.values import Catalogue, Finding
from heard.workspace import Workspace, at

TODAY = date(2026, 11, 21)
NOTES = "content/private/notes/"


def make(root: Path, files: Mapping[str, str | bytes | None] | None = None) -> Workspace:
    """A small workspace with these files; None leaves out one that is always there."""
    usual: dict[str, str | bytes | None] = {
        "mkdocs.yml": "site_name: Test\n",
        "content/expert.yml": "name: Maren Tolksdorf\n",
    }
    for name, content in {**usual, **(files or {})}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    (root / "content/private").mkdir(parents=True, exist_ok=True)
    return at(root)


def checked(workspace: Workspace) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue, and everything that is wrong with it."""
    catalogue, found = read_catalogue(workspace)
    named = names_in(catalogue, book_of(catalogue))
    return catalogue, sorted_findings([*found, *check(catalogue, TODAY, found, line_finder(workspace.root), named)])


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """What was found, without the messages: `path:line code`."""
    return [f"{finding.place} {finding.code}" for finding in findings]
