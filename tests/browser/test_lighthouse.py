"""Lighthouse finds nothing to better on the example's home, hub and problem page; its speeds are for the bench."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sites import Site

import stories
from served import served

sys.path.insert(0, str(stories.REPOSITORY / "bench"))
from lib.lighthouse import PAGES, missing, visit

sys.path.pop(0)

CATEGORIES = ("accessibility", "seo", "best-practices")


@pytest.mark.skipif(bool(missing()), reason=f"not there: {missing()}; `make test` installs Lighthouse where npm is")
@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_to_be_bettered(page: str, example_site: Site, tmp_path: Path) -> None:
    with served(example_site.folder) as address:
        report = visit(address + PAGES[page], tmp_path, CATEGORIES)
    scores = {name: report["categories"][name]["score"] for name in CATEGORIES}
    faults = [name for name, audit in report["audits"].items() if audit.get("score") == 0]
    assert scores == dict.fromkeys(CATEGORIES, 1), faults
