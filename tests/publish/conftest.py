"""What the tests of publishing share: the shipped fonts."""

from __future__ import annotations

from pathlib import Path

import pytest

from heard.publish.fonts import FOLDER


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder of fonts."""
    return FOLDER
