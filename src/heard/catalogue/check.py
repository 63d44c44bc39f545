"""Findings that no single file can show: what does not fit together."""

from __future__ import annotations

from datetime import date

from heard.values import Catalogue, Finding


def check(catalogue: Catalogue, today: date) -> tuple[Finding, ...]:
    """Everything that does not fit together."""
    return ()
