"""Reads the campaigns: which problems run on which channels, when, and with which ads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from heard.base.fields import Fields, flag, header
from heard.catalogue.entries import stem
from heard.values import Ad, Campaign, Channel, Finding, Place

_MEDIUMS = {
    "newsletter": "email",
    "email": "email",
    "google": "cpc",
    "microsoft": "cpc",
    "meta": "paid-social",
}
_SOCIAL = frozenset({"linkedin", "x", "mastodon", "reddit", "facebook", "instagram", "youtube", "bluesky", "xing"})


def read_campaign(text: str, path: str, findings: list[Finding]) -> Campaign | None:
    """content/campaigns/<slug>.yml."""
    fields = header(text, path, findings, line=1)
    if fields is None:
        return None
    campaign = Campaign(
        place=Place(path),
        slug=stem(path),
        name=fields.text("name", required=True) or stem(path),
        problems=fields.texts("problems"),
        channels=_channels(fields),
        starts=fields.date("starts"),
        ends=fields.date("ends"),
        ads=tuple(_ads(fields)),
    )
    fields.close()
    if not campaign.channels:
        findings.append(flag(path, fields.line, "`channels:` is missing: name at least one", "campaign/no-channel"))
    return campaign


def _channels(fields: Fields) -> tuple[Channel, ...]:
    if any(isinstance(item, str) for item in fields.listed("channels")):
        return tuple(channel(name) for name in fields.texts("channels"))
    found = []
    for inner in fields.children("channels"):
        name = inner.text("name", required=True)
        usual = channel(name)
        found.append(
            Channel(
                usual.name,
                inner.text("utm_source") or usual.source,
                inner.text("utm_medium") or usual.medium,
            )
        )
        inner.close()
    return tuple(found)


def channel(name: str) -> Channel:
    """A channel by name alone: the UTM source is its name, the medium what its kind is called in reports."""
    source = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    medium = "social" if source in _SOCIAL else _MEDIUMS.get(source, "referral")
    return Channel(source, source, medium)


def _ads(fields: Fields) -> Iterable[Ad]:
    for problem, platforms in fields.named("ads"):
        for platform, words in platforms.named_all():
            yield Ad(problem, platform, words.texts("headlines"), words.texts("descriptions"))
            words.close()
