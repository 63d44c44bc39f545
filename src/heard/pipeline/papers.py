"""The story of `heard pdf`: which papers, with whose tracked links, looked through, then written where one wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from heard.base.files import write
from heard.base.text import did_you_mean
from heard.campaign.links import utm
from heard.catalogue.match import find_problem
from heard.catalogue.public import read_public
from heard.pipeline.leaks import look_before_writing
from heard.pipeline.pdf import Made, Progress, job, render_all
from heard.pipeline.pdf import silent as silent
from heard.pipeline.typefaces import typefaces
from heard.publish.papers import papers as make_papers
from heard.values import Campaign, Channel, Finding, HeardError, Output, Paper, PublicCatalogue, State
from heard.workspace import Workspace, settings

ONE_PAGE = "-one-page.pdf"
"""What ends the name of a page to hand out."""


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF that was written where a person wanted it."""

    problem: str
    path: Path
    pages: int
    size: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """The PDFs that were written, what is wrong with their papers, and one line if the leak check could not be made."""

    written: tuple[Written, ...]
    findings: tuple[Finding, ...]
    not_run: str


def write_pdfs(
    place: Workspace,
    words: Sequence[str],
    *,
    today: date,
    campaign: str = "",
    channel: str = "",
    one_page: bool = False,
    out: Path | None = None,
    progress: Progress = silent,
) -> Handed:
    """Write the PDFs of some problems (of all, or of a campaign's, if none is named).

    With `one_page` these are the pages to hand out, `<slug>-one-page.pdf`, which no site publishes.
    They go to `build/papers/`, or `build/campaigns/NAME/` with the campaign's tracked links, or `out`. Raises
    `HeardError` where the leak check finds something; then nothing is written.
    """
    workspace = place.public
    site = settings(workspace)
    catalogue, wrong = read_public(workspace)
    fonts, in_fonts = typefaces(workspace, catalogue.expert)
    all_papers, found = make_papers(
        catalogue, site_url=site.site_url, content=workspace.content, today=today, fonts=fonts
    )
    tags, wanted, folder = "", list(words), workspace.root / "build" / "papers"
    if campaign:
        one = find_campaign(catalogue, campaign)
        if not site.site_url:
            raise HeardError("A campaign's links need the site's address: write `site_url:` into mkdocs.yml.")
        tags = utm(one, find_channel(one, channel))
        wanted = wanted or list(one.problems)
        folder = workspace.root / "build" / "campaigns" / one.slug
    chosen = _chosen(catalogue, all_papers, wanted)
    jobs = {
        paper.slug: job(paper, catalogue.expert, workspace, site, tags, one_page=one_page)
        for paper in chosen
    }  # fmt: skip
    made = render_all(jobs, workspace.cache, progress, fonts)
    ending = ONE_PAGE if one_page else ".pdf"
    not_run = look_before_writing(place, [Output(f"papers/{slug}{ending}", one.path) for slug, one in made.items()])
    written = [_put(slug, f"{slug}{ending}", one, out or folder) for slug, one in made.items()]
    findings = [
        *_of(chosen, wrong),
        *in_fonts,
        *_of(chosen, found),
        *(f for one in made.values() for f in one.findings),
    ]
    return Handed(tuple(written), tuple(dict.fromkeys(findings)), not_run)


def _of(chosen: Sequence[Paper], findings: Sequence[Finding]) -> list[Finding]:
    paths = {paper.source.path for paper in chosen} | {"content/expert.yml", "content/approved.yml"}
    return [finding for finding in findings if finding.place.path in paths]


def _chosen(catalogue: PublicCatalogue, papers: Sequence[Paper], words: Sequence[str]) -> list[Paper]:
    by_slug = {paper.slug: paper for paper in papers}
    if not words:
        if not papers:
            raise HeardError("No problem is published yet, so there is no PDF to make. `heard publish` comes first.")
        return list(papers)
    living = [problem for problem in catalogue.problems if problem.state is State.PUBLISHED]
    return [by_slug[slug] for slug in dict.fromkeys(find_problem(word, living).slug for word in words)]


def _put(slug: str, name: str, made: Made, folder: Path) -> Written:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    content = made.path.read_bytes()
    write(path, content)
    return Written(slug, path, made.pages, len(content), made.kept)


def find_campaign(catalogue: PublicCatalogue, name: str) -> Campaign:
    """The campaign of this name or slug. Raises `HeardError` naming the nearest."""
    for one in catalogue.campaigns:
        if name.lower() in (one.slug, one.name.lower()):
            return one
    slugs = [one.slug for one in catalogue.campaigns]
    raise HeardError(f"There is no campaign “{name}”{did_you_mean(name, slugs)}")


def find_channel(campaign: Campaign, name: str) -> Channel:
    """The campaign's channel of this name; its first one for an empty name."""
    if not campaign.channels:
        raise HeardError(f"The campaign {campaign.name} has no channel: add `channels:` to {campaign.place.path}.")
    if not name:
        return campaign.channels[0]
    for channel in campaign.channels:
        if channel.name == name.lower():
            return channel
    names = [channel.name for channel in campaign.channels]
    raise HeardError(f"The campaign {campaign.name} has no channel “{name}”; it has {', '.join(names)}.")
