"""What `heard doctor` says of one thing that it looked at."""

from __future__ import annotations

from dataclasses import dataclass

from heard.values import Severity


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at: fine where `severity` is None; `mend` is the command to type."""

    what: str
    says: str
    severity: Severity | None = None
    mend: str = ""
