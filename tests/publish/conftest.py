"""What the tests of publishing share: the fonts, made once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from heard.publish import fonts as typefaces


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder of fonts, in the repository's own cache: making them takes a while."""
    kept = os.environ.get("HEARD_TEST_FONTS")
    cache = Path(kept) if kept else Path(__file__).parents[2] / ".heard"
    return typefaces.ensure(cache)
