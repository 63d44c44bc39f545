"""Reads the public files: the expert, published problems, industries, campaigns and what was approved.

This is all that the publishing side ever sees, so it takes a `PublicWorkspace` and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from heard.base.document import parse_to_read
from heard.base.fields import Fields, flag, header, header_of
from heard.base.files import Missed, walk
from heard.base.reading import read
from heard.catalogue.approved import read_approved as read_approved
from heard.catalogue.campaigns import read_campaign
from heard.catalogue.copies import copy_finding, missed_findings, name_finding, read_one, without_copies
from heard.catalogue.entries import OBSIDIAN_KEYS, read_problem, stem
from heard.catalogue.fonts import font_files
from heard.catalogue.links import link, links
from heard.values import (
    UNSHOWN,
    Approved,
    Ask,
    Author,
    Brand,
    Deploy,
    Expert,
    Finding,
    FitRule,
    Industry,
    Place,
    PublicCatalogue,
    Severity,
    Speech,
    WateringHole,
)
from heard.workspace import PublicWorkspace

T = TypeVar("T")
Reader = Callable[[str, str, list[Finding]], T | None]

GATES = ("to fix", "worth a look", "off")
GATED = (
    "link",
    "link/dead",
    "link/missing",
    "link/moved",
    "link/no-part",
    "link/unsure",
    "page",
    "page/alt",
    "page/heading",
    "page/length",
    "page/no-description",
    "page/same-description",
    "page/same-title",
    "paper/alt",
    "paper/competes",
    "paper/thin",
    "problem/incomplete",
    "problem/length",
    "problem/no-paper",
    "problem/review-due",
    "problem/unanswered",
    "problem/unheard",
    "prose",
    "prose/about-yourself",
    "prose/begging",
    "prose/hard-to-read",
    "prose/long-sentences",
    "prose/missing-section",
    "prose/no-example",
    "prose/pitch",
    "prose/unsupported-number",
    "prose/worn-words",
)
"""What a house gate may be set for: a family of findings, or one of them."""

PAPER_SIZES = ("a4", "letter")

HOSTS = ("github-pages", "cloudflare", "netlify", "nginx", "apache", "other")


def read_public(workspace: PublicWorkspace) -> tuple[PublicCatalogue, tuple[Finding, ...]]:
    """All public files as values. Needs no private folder, and never looks for one."""
    findings: list[Finding] = []
    content = workspace.content

    def folder(name: str, suffix: str, reader: Reader[T]) -> tuple[T, ...]:
        return read_folder(content / name, suffix, workspace.relative, reader, findings)

    def file(name: str, reader: Callable[[str, str, list[Finding]], T], empty: T) -> T:
        path = content / name
        text = read_one(path, workspace.relative(path), findings)
        return empty if text is None else reader(text, workspace.relative(path), findings)

    def published(text: str, path: str, notes: list[Finding]) -> object:
        return read_problem(text, path, public=True, findings=notes)

    if not (content / "expert.yml").exists():
        findings.append(_missing_expert(workspace.relative(content / "expert.yml")))
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
    """Every file of a folder through one reader, in the order of their names; conflict copies left out."""
    values = []
    missed: list[Missed] = []
    found, copies = without_copies({entry.path: Path(entry.path) for entry in walk(folder, suffix, missed)})
    findings += [copy_finding(name(Path(path))) for path in copies]
    findings += missed_findings(missed, name)
    for path in sorted(found.values()):
        if UNSHOWN.search(path.name):
            findings.append(name_finding(name(path)))
            continue
        text = read(path, name(path), findings)
        value = None if text is None else reader(text, name(path), findings)
        if value is not None:
            values.append(value)
    return tuple(values)


def _missing_expert(path: str) -> Finding:
    message = "is missing: write at least `name:` into it, so that the site says whose it is"
    return flag(path, 1, message, "expert/missing", Severity.WORTH_A_LOOK)


def read_expert(text: str, path: str, findings: list[Finding]) -> Expert:
    """content/expert.yml."""
    fields = header(text, path, findings, line=1)
    if fields is None:
        return Expert(Place(path))
    expert = Expert(
        place=Place(path),
        name=fields.text("name", required=True),
        trade=fields.text("trade"),
        bio=fields.text("bio"),
        portrait=fields.text("portrait"),
        email=fields.text("email"),
        phone=fields.text("phone"),
        address=fields.text("address"),
        same_as=links(fields, "same_as"),
        brand=_brand(fields.child("brand")),
        ask=_ask(fields.child("ask")),
        domains=fields.texts("domains"),
        team=fields.texts("team"),
        lang=fields.text("lang") or "en",
        host=fields.word("host", HOSTS, "other"),
        notice=fields.text("notice"),
        gates=_gates(fields.child("gates")),
        pdf_canonical=fields.word("pdf_canonical", ("page",), ""),
        deploy=_deploy(fields.child("deploy")),
        paper_size=fields.word("paper_size", PAPER_SIZES, "a4"),
        fonts=font_files(fields.child("fonts")),
    )
    expert = replace(expert, languages=_languages(fields, expert.ask))
    fields.close()
    return expert


def _languages(fields: Fields, ask: Ask) -> tuple[Speech, ...]:
    """The same in other languages; the next step leads where it leads in the first."""
    found = []
    for lang, inner in fields.named("languages"):
        said = _ask(inner.child("ask"), ask.link)
        found.append(Speech(lang, inner.text("trade"), inner.text("bio"), inner.text("notice"), said))
        inner.close()
    return tuple(found)


def _deploy(fields: Fields | None) -> Deploy:
    if fields is None:
        return Deploy()
    usual = Deploy()
    branch, remote = fields.text("branch") or usual.branch, fields.text("remote") or usual.remote
    found = Deploy(fields.text("target"), branch, remote)
    fields.close()
    return found


def _gates(fields: Fields | None) -> tuple[tuple[str, str], ...]:
    if fields is None:
        return ()
    fields.ignore(*GATED)
    found = tuple((name, fields.word(name, GATES, "")) for name in GATED if name in fields)
    fields.close()
    return tuple((name, word) for name, word in found if word)


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
    if key not in fields or re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        return text.upper() or default
    fields.wrong(
        key,
        f'`{key}: {text}` should be a colour such as "#00696B"; without quotation marks it is a comment',
        "expert/bad-colour",
    )
    return default


def _ask(fields: Fields | None, usual: str = Ask().link) -> Ask:
    if fields is None:
        return Ask(link=usual)
    ask = Ask(
        fields.text("title"),
        fields.text("text"),
        fields.text("button"),
        link(fields, "link") or usual,
    )
    fields.close()
    return ask


def read_industry(text: str, path: str, findings: list[Finding]) -> Industry | None:
    """content/industries/<slug>.md."""
    document = parse_to_read(text)
    fields = header_of(document, path, findings)
    if fields is None:
        return None
    fields.ignore(*OBSIDIAN_KEYS)
    holes = []
    for hole in fields.children("watering_holes"):
        kinds = ("feed", "community", "publication", "event", "ads")
        holes.append(WateringHole(hole.word("kind", kinds, "community"), hole.text("name"), link(hole, "url")))
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
    document = parse_to_read(text)
    fields = header_of(document, path, findings)
    if fields is None:
        return None
    fields.ignore(*OBSIDIAN_KEYS)
    author = Author(
        slug=stem(path),
        name=fields.text("name", required=True),
        trade=fields.text("trade"),
        bio=document.body.strip() or fields.text("bio"),
        portrait=fields.text("portrait"),
        same_as=links(fields, "same_as"),
    )
    fields.close()
    return author


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
