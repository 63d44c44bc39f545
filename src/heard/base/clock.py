"""What time it is; the only place that asks."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment in local time; `SOURCE_DATE_EPOCH` fixes it, so that builds can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.now()


def today() -> date:
    """This day."""
    return now().date()
