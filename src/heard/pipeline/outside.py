"""Where something that was public may be now, beyond the reach of a new build: copies, links, people, caches."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from heard.base.reading import read
from heard.base.text import squeeze
from heard.campaign.links import utm
from heard.publish.links import tagged
from heard.values import Problem, PublicCatalogue
from heard.workspace import Workspace, settings

RESULTS = (".yml", ".yaml", ".csv", ".jsonl", ".json", ".md", ".txt", ".tsv")
_WHOM = Path(__file__).with_name("removal.toml")
_MOST = 20
_TEXTS = (".html", ".md", ".txt", ".xml", ".json")
_TAG = re.compile(r"<[^<>]*+>")


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody who keeps copies: who, where one asks (empty: nowhere), and what to say there."""

    who: str
    where: str
    say: str


def whom_to_ask(url: str) -> tuple[str, tuple[Ask, ...]]:
    """The day on which the addresses were looked up, and whom to ask about a page."""
    table = tomllib.loads(_WHOM.read_text(encoding="utf-8"))
    asks = tuple(Ask(one["who"], one["where"], one["say"].format(url=url)) for one in table["ask"])
    return str(table["looked_up"]), asks


def pages(workspace: Workspace, problem: Problem) -> tuple[str, ...]:
    """The addresses of a problem's page and PDF, former ones too."""
    url = settings(workspace.public).site_url or "/"
    slugs = (problem.slug, *problem.old_slugs)
    return (*(f"{url}problems/{slug}/" for slug in slugs), *(f"{url}papers/{slug}.pdf" for slug in slugs))


def holding(workspace: Workspace, words: str) -> tuple[str, ...]:
    """The addresses of the built site's pages and texts in which these words stand."""
    site, url = workspace.root / settings(workspace.public).site_dir, settings(workspace.public).site_url or "/"
    wanted = squeeze(words)
    found = []
    for path in sorted(path for path in site.rglob("*") if wanted and path.suffix in _TEXTS and path.is_file()):
        text = path.read_text("utf-8", errors="replace")
        if wanted in squeeze(unescape(_TAG.sub("", text))):
            found.append(url + path.relative_to(site).as_posix().removesuffix("index.html"))
    return tuple(found)


def kits(workspace: Workspace, problem: Problem) -> tuple[str, ...]:
    """The copies of a problem's PDF, and of whatever else bears its name, below build/."""
    built = workspace.root / "build"
    slugs = (problem.slug, *problem.old_slugs)
    found = (path for path in sorted(built.rglob("*")) if path.is_file() and path.name.startswith(slugs))
    return tuple(workspace.public.relative(path) for path in found if _bears(path.name, slugs))


def _bears(name: str, slugs: Sequence[str]) -> bool:
    return any(name.startswith(slug) and name[len(slug) : len(slug) + 1] in (".", "-", "_", "") for slug in slugs)


def campaign_links(workspace: Workspace, catalogue: PublicCatalogue, problem: Problem) -> tuple[tuple[str, str], ...]:
    """Every tracked address of the problem: the campaign and channel in words, and the address."""
    url = settings(workspace.public).site_url
    found = []
    for campaign in catalogue.campaigns:
        if problem.slug in campaign.problems or any(ad.problem == problem.slug for ad in campaign.ads):
            for channel in campaign.channels:
                address = tagged(f"{url}problems/{problem.slug}/", url, utm(campaign, channel))
                found.append((f"{campaign.name}, {channel.name}", address))
    return tuple(found)


def given_to(workspace: Workspace, problem: Problem) -> tuple[str, ...]:
    """Whoever private/results says has the paper: each line that names it, with its place. Private."""
    return tuple(_rows(workspace, (problem.slug, *problem.old_slugs)))


def _rows(workspace: Workspace, names: Iterable[str]) -> Iterator[str]:
    wanted = tuple(name.casefold() for name in names)
    folder = workspace.private.root / "results"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in RESULTS and not path.name.startswith("."):
            text = read(path, path.name, []) or ""
            for number, row in enumerate(text.split("\n"), 1):
                if any(name in row.casefold() for name in wanted):
                    yield f"{workspace.public.relative(path)}:{number}: {' '.join(row.split())}"


def asked(url: str) -> Iterator[str]:
    """Whom to ask about an address, in sentences."""
    day, asks = whom_to_ask(url)
    yield f"Ask those who keep copies (addresses as of {day}):"
    for one in asks:
        where = f" {one.where}" if one.where else ""
        yield f"  {one.who}:{where}"
        yield f"    {one.say}"


def listed(title: str, rows: Sequence[str]) -> Iterator[str]:
    """A title with its rows, shortened where they are many; nothing where there are none."""
    if rows:
        yield title
        yield from (f"  {row}" for row in rows[:_MOST])
        if len(rows) > _MOST:
            yield f"  and {len(rows) - _MOST} more"
