"""Tracked links: the UTM tags of a campaign's channel, as analytics tools read them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from heard.values import Campaign, Channel


def utm(campaign: Campaign, channel: Channel) -> str:
    """The query of a channel's links: lower case with hyphens, since reports split on case."""
    values = {"utm_source": channel.source, "utm_medium": channel.medium, "utm_campaign": campaign.slug}
    return urlencode({key: _plain(value) for key, value in values.items()})


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9_.-]+", "-", text.lower()).strip("-")
