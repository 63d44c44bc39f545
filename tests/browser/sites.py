"""A built site, and a page of it for every template."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import stories

TOOLS = stories.REPOSITORY / ".venv/checkers/node_modules"


@dataclass(frozen=True)
class Site:
    """A built site: its folder and the address it is made for."""

    folder: Path
    url: str

    def pages(self) -> list[str]:
        """The addresses of all pages, redirect stubs apart, below the site's own."""
        found = (path for path in self.folder.rglob("*.html") if not redirects(path))
        return sorted(path.relative_to(self.folder).as_posix().removesuffix("index.html") for path in found)


def redirects(path: Path) -> bool:
    """Whether a page only sends on to another."""
    return 'http-equiv="refresh"' in path.read_text("utf-8")


TEMPLATES = {
    "home": "",
    "hub": "industries/cold-storage/",
    "industries": "industries/",
    "problem": "problems/forklift-batteries-die-mid-shift/",
    "proof": "proof/",
    "about": "about/",
    "contact": "contact/",
    "imprint": "imprint/",
    "missing": "404.html",
}
"""A page of the example for every template."""
