"""Says in words where a proof stands: what keeps it back, until when it may be shown, or that it is shown."""

from __future__ import annotations

from datetime import date, timedelta

from heard.base.text import counted
from heard.values import Consent, Level

SOON = timedelta(days=30)
"""So long before a consent ends it is said."""


def refusal(consent: Consent, today: date) -> str:
    """Why a proof may not be shown today, as the end of “it …”; empty if it may."""
    if consent.withdrawn is not None:
        return f"withdrawn on {consent.withdrawn}"
    if consent.level is Level.NONE or consent.granted is None:
        return "waits for consent"
    if consent.granted > today:
        return f"waits for {consent.granted}, the day of the consent"
    if consent.expires is not None and consent.expires < today:
        return f"expired on {consent.expires}"
    return f"not approved: {consent.doubt}" if consent.doubt else ""


def standing(consent: Consent, today: date, *, shown: bool) -> str:
    """Where a proof stands that may be shown: `approved until …`, and when that ends soon."""
    end = consent.expires
    if not shown:
        return "may be shown: `heard approve` lets it out"
    if end is not None and end <= today + SOON:
        left = (end - today).days
        return f"approved, expires in {counted(left, 'day')}" if left else "approved, expires today"
    return f"approved until {end}" if end else "approved"
