"""Reads the public files: the expert, published problems, industries, campaigns and what was approved.

This is all that the publishing side ever sees, so it takes a `PublicWorkspace` and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from heard.base.document import parse
from heard.base.fields import Fields, flag, header
from heard.base.files import walk
from heard.base.reading import read
from heard.catalogue.entries import OBSIDIAN_KEYS, read_problem, stem
from heard.values import (
    Ad,
    Approved,
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Ask,
    Author,
    Brand,
    Campaign,
    Channel,
    Expert,
    Finding,
    FitRule,
    Industry,
    Outcome,
    Place,
    PublicCatalogue,
    WateringHole,
)
from heard.workspace import PublicWorkspace

T = TypeVar("T")
Reader = Callable[[str, str, list[Finding]], T | None]

HOSTS = ("github-pages", "cloudflare", "netlify", "nginx", "apache", "other")
APPROVED_LIMIT = 16 * 1024 * 1024
"""approved.yml grows with the catalogue, and heard writes it: bytes."""

_MEDIUMS = {
    "newsletter": "email",
    "email": "email",
    "google": "cpc",
    "microsoft": "cpc",
    "meta": "paid-social",
}
_SOCIAL = frozenset(
    {"linkedin", "x", "mastodon", "reddit", "facebook", "instagram", "youtube", "bluesky", "xing"}
)


def read_public(workspace: PublicWorkspace) -> tuple[PublicCatalogue, tuple[Finding, ...]]:
    """All public files as values. Needs no private folder, and never looks for one."""
    findings: list[Finding] = []
    content = workspace.content

    def folder(name: str, suffix: str, reader: Reader[T]) -> tuple[T, ...]:
        return read_folder(content / name, suffix, workspace.relative, reader, findings)

    def file(name: str, reader: Callable[[str, str, list[Finding]], T], empty: T) -> T:
        path = content / name
        text = read(path, workspace.relative(path), findings) if path.exists() else None
        return empty if text is None else reader(text, workspace.relative(path), findings)

    def published(text: str, path: str, notes: list[Finding]) -> object:
        return read_problem(text, path, public=True, findings=notes)

    catalogue = PublicCatalogue(
        expert=file("expert.yml", read_expert, Expert(Place("content/expert.yml"))),
        problems=tuple(folder("problems", ".md", published)),  # type: ignore[arg-type]
        industries=folder("industries", ".md", read_industry),
        authors=folder("authors", ".md", read_author),
        campaigns=folder("campaigns", ".yml", read_campaign),
        rules=file("fit.yml", read_fit, ()),
        approved=file("approved.yml", read_approved, Approved()),
    )
    return catalogue, tuple(findings)


def read_folder(
    folder: Path,
    suffix: str,
    name: Callable[[Path], str],
    reader: Reader[T],
    findings: list[Finding],
) -> tuple[T, ...]:
    """Every file of a folder through one reader, in the order of their names."""
    values = []
    for path in sorted(Path(entry.path) for entry in walk(folder, suffix)):
        text = read(path, name(path), findings)
        value = None if text is None else reader(text, name(path), findings)
        if value is not None:
            values.append(value)
    return tuple(values)


def read_expert(text: str, path: str, findings: list[Finding]) -> Expert:
    """content/expert.yml."""
    fields = header(text, path, findings, line=1)
    if fields is None:
        return Expert(Place(path))
    fields.ignore("gates")
    expert = Expert(
        place=Place(path),
        name=fields.text("name", required=True),
        trade=fields.text("trade"),
        bio=fields.text("bio"),
        portrait=fields.text("portrait"),
        email=fields.text("email"),
        phone=fields.text("phone"),
        address=fields.text("address"),
        same_as=fields.texts("same_as"),
        brand=_brand(fields.child("brand")),
        ask=_ask(fields.child("ask")),
        domains=fields.texts("domains"),
        team=fields.texts("team"),
        lang=fields.text("lang") or "en",
        host=fields.word("host", HOSTS, "other"),
        notice=fields.text("notice"),
    )
    fields.close()
    return expert


def _brand(fields: Fields | None) -> Brand:
    if fields is None:
        return Brand()
    brand = Brand(
        _colour(fields, "colour", Brand().colour),
        _colour(fields, "signal", Brand().signal),
        fields.text("logo"),
    )
    fields.close()
    return brand


def _colour(fields: Fields, key: str, default: str) -> str:
    text = fields.text(key)
    if not text or re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        return text.upper() or default
    fields.wrong(
        key,
        f'`{key}: {text}` should be a colour such as "#00696B", in quotation marks',
        "expert/bad-colour",
    )
    return default


def _ask(fields: Fields | None) -> Ask:
    if fields is None:
        return Ask()
    ask = Ask(
        fields.text("title"),
        fields.text("text"),
        fields.text("button"),
        fields.text("link") or Ask().link,
    )
    fields.close()
    return ask


def read_industry(text: str, path: str, findings: list[Finding]) -> Industry | None:
    """content/industries/<slug>.md."""
    document = parse(text)
    fields = header(document.header, path, findings)
    if fields is None:
        return None
    fields.ignore(*OBSIDIAN_KEYS)
    holes = []
    for hole in fields.children("watering_holes"):
        kinds = ("feed", "community", "publication", "event", "ads")
        holes.append(WateringHole(hole.word("kind", kinds, "community"), hole.text("name"), hole.text("url")))
        hole.close()
    found = Industry(
        place=Place(path),
        slug=stem(path),
        name=fields.text("name", required=True) or stem(path),
        audience=fields.text("audience"),
        vocabulary=fields.texts("vocabulary"),
        watering_holes=tuple(holes),
        body=document.body,
    )
    fields.close()
    return found


def read_author(text: str, path: str, findings: list[Finding]) -> Author | None:
    """content/authors/<slug>.md: its body is the bio."""
    document = parse(text)
    fields = header(document.header, path, findings)
    if fields is None:
        return None
    fields.ignore(*OBSIDIAN_KEYS)
    author = Author(
        slug=stem(path),
        name=fields.text("name", required=True),
        trade=fields.text("trade"),
        bio=document.body.strip() or fields.text("bio"),
        portrait=fields.text("portrait"),
        same_as=fields.texts("same_as"),
    )
    fields.close()
    return author


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
        findings.append(
            flag(
                path,
                fields.line,
                "`channels:` is missing: name at least one",
                "campaign/no-channel",
            )
        )
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


def read_fit(text: str, path: str, findings: list[Finding]) -> tuple[FitRule, ...]:
    """content/fit.yml."""
    fields = header(text, path, findings, line=1)
    rules = []
    for rule in fields.children("rules") if fields else []:
        rules.append(
            FitRule(
                name=rule.text("name", required=True),
                when=rule.pairs("when"),
                disqualify=rule.yes("disqualify"),
                weight=rule.integer("weight"),
                say=rule.text("say"),
            )
        )
        rule.close()
    if fields:
        fields.ignore("version")
        fields.close()
    return tuple(rules)


def read_approved(text: str, path: str, findings: list[Finding]) -> Approved:
    """content/approved.yml; what cannot be read counts as not approved."""
    fields = header(text, path, findings, line=1, limit=APPROVED_LIMIT)
    if fields is None:
        return Approved()
    if fields.text("version") not in ("", "1"):
        fields.wrong("version", "written by a newer heard: run `heard approve` again", "approved/version")
    approved = Approved(
        problems={slug: _approved_problem(inner) for slug, inner in fields.named("problems")},
        proof=tuple(_approved_proof(inner) for inner in fields.children("proof")),
    )
    fields.close()
    return approved


def _approved_problem(fields: Fields) -> ApprovedProblem:
    quotes = []
    for quote in fields.children("quotes"):
        quotes.append(
            ApprovedQuote(quote.text("id"), quote.text("text"), quote.text("by"), quote.texts("names"))
        )
        quote.close()
    found = ApprovedProblem(
        heard_from=fields.integer("heard_from"),
        since=fields.text("since"),
        industries=fields.texts("industries"),
        roles=fields.texts("roles"),
        quotes=tuple(quotes),
    )
    fields.close()
    return found


def _approved_proof(fields: Fields) -> ApprovedProof:
    outcome = fields.child("outcome")
    expires: date | None = fields.date("expires")
    found = ApprovedProof(
        id=fields.text("id"),
        kind=fields.text("kind"),
        problems=fields.texts("problems"),
        text=fields.text("text"),
        by=fields.text("by"),
        names=fields.texts("names"),
        outcome=Outcome(
            outcome.text("metric"),
            outcome.text("baseline"),
            outcome.text("result"),
            outcome.text("period"),
            outcome.text("measured"),
        )
        if outcome
        else None,
        expires=expires,
    )
    fields.close()
    return found
