"""The site as values: every file that the site is built from, and the facts its templates share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.publish import pictures
from heard.publish.facts import shared
from heard.publish.feed import feed
from heard.publish.fonts import WEB_FACES, licences
from heard.publish.pages import (
    Context,
    Meta,
    PdfFile,
    hub_page,
    last_change,
    list_page,
    problem_page,
)
from heard.publish.redirects import copies, stubs
from heard.publish.styles import tokens_css
from heard.values import Author, Expert, Industry, Output, Paper, PublicCatalogue, State

__all__ = ["THEME", "PdfFile", "Site", "site"]

THEME = Path(__file__).parent / "theme"
"""The packaged theme: templates and style sheet that lie over Material's."""

HUB_QUOTES = 3
"""How many voices open an industry's page."""


@dataclass(frozen=True, slots=True)
class Site:
    """All that the builder needs.

    `extra` is what the templates know as `config.extra.heard`; `copies` are pairs of addresses, an old
    PDF's and the one whose bytes it answers with.
    """

    outputs: tuple[Output, ...]
    extra: Mapping[str, object]
    copies: tuple[tuple[str, str], ...] = ()


def site(
    catalogue: PublicCatalogue,
    papers: Sequence[Paper],
    pdfs: Mapping[str, PdfFile],
    *,
    site_url: str,
    fonts: Path,
    content: Path,
) -> Site:
    """The whole site of `papers` (drafts, if any, are marked and kept out of feed and sitemap).

    `pdfs` by slug may lack papers; `site_url` may be empty, and then nothing absolute is written;
    `fonts` is the folder of woff2 files, `content` the one that portraits and logo lie below.
    """
    url = f"{site_url.rstrip('/')}/" if site_url else ""
    images = _images(catalogue.expert, papers, content)
    context = Context(
        site_url=url,
        papers=_ordered(catalogue, papers),
        pdfs=pdfs,
        industries={industry.slug: industry for industry in catalogue.industries},
        portraits={key: output.uri for key, output in images.items()},
    )
    shown = tuple(paper for paper in context.papers if not paper.draft)
    outputs = (
        *_pages(catalogue, context, shown),
        *_assets(catalogue.expert, images, fonts),
        *pictures.outputs(context.papers, content),
        *_machine_files(catalogue, shown, url),
    )
    live = {paper.slug for paper in context.papers}
    return Site(
        tuple(sorted(outputs, key=lambda output: output.uri)),
        shared(catalogue, context, shown),
        copies(catalogue, live & set(pdfs)),
    )


def _ordered(catalogue: PublicCatalogue, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Most heard first, then newest; drafts last; without what was retired or merged."""
    gone = {problem.slug for problem in catalogue.problems if problem.state in (State.RETIRED, State.MERGED)}

    def key(paper: Paper) -> tuple[bool, int, int, str]:
        born = paper.published.toordinal() if paper.published else 0
        return paper.draft, -paper.heard.heard_from, -born, paper.slug

    return tuple(sorted((paper for paper in papers if paper.slug not in gone), key=key))


def _pages(catalogue: PublicCatalogue, context: Context, shown: Sequence[Paper]) -> tuple[Output, ...]:
    proof_says = "What changed after the problem was solved: counted before and after, with consent."
    return (
        *(problem_page(paper, context) for paper in context.papers),
        *(
            hub_page(industry, _quotes(industry, shown), context)
            for industry in catalogue.industries
        ),
        list_page(
            "industries/", "Industries", "The problems by industry: who told me what.",
            "industries.html", last_change(shown),
        ),
        list_page("proof/", "Proof", proof_says, "proof.html", last_change(shown)),
    )  # fmt: skip


def _quotes(industry: Industry, shown: Sequence[Paper]) -> list[Meta]:
    """At most three voices, one a problem, and only those whose attribution names this industry.

    Any other quote would be told more of here than was approved.
    """
    name = industry.name.casefold()
    mine: list[Meta] = []
    for paper in shown:
        for quote in paper.heard.quotes if industry.slug in paper.industries else ():
            by = quote.by.casefold()
            item: Meta = {"text": quote.text, "by": quote.by, "uri": f"problems/{paper.slug}/"}
            if name in by:
                mine.append(item)
    one_each: dict[object, Meta] = {}
    for item in mine:
        if item["text"] not in [other["text"] for other in one_each.values()]:
            one_each.setdefault(item["uri"], item)
    return list(one_each.values())[:HUB_QUOTES]


def _images(expert: Expert, papers: Sequence[Paper], content: Path) -> dict[str, Output]:
    """The portraits by the author's slug (the expert's is empty), and the logo by `/logo`."""
    found: dict[str, Output] = {}
    wanted = [("", "portrait", content / expert.portrait if expert.portrait else None)]
    wanted.append(("/logo", "logo", content / expert.brand.logo if expert.brand.logo else None))
    authors: dict[str, Author] = {paper.author.slug: paper.author for paper in papers}
    for slug, author in sorted(authors.items()):
        if slug and author.portrait:
            wanted.append((slug, f"author-{slug}", Path(author.portrait)))
    for key, stem, path in wanted:
        if path and path.suffix.lower() in pictures.KINDS and path.is_file():
            found[key] = Output(f"assets/heard/{stem}{path.suffix.lower()}", path)
    return found


def _assets(expert: Expert, images: Mapping[str, Output], fonts: Path) -> tuple[Output, ...]:
    faces = [(face.stem, fonts / f"{face.stem}.woff2") for face in WEB_FACES]
    return (
        Output("assets/heard/tokens.css", tokens_css(expert.brand), expert.place.path),
        *(Output(f"assets/heard/fonts/{stem}.woff2", path) for stem, path in faces),
        *(Output(f"assets/heard/fonts/{path.name}", path) for path in licences()),
        *images.values(),
    )


def _machine_files(catalogue: PublicCatalogue, shown: Sequence[Paper], url: str) -> tuple[Output, ...]:
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {url}sitemap.xml\n" if url else "")
    feeds = (Output("feed.xml", feed(shown, catalogue.expert, url)),) if url else ()
    live = {paper.slug for paper in shown}
    return (Output("robots.txt", robots.encode()), *feeds, *stubs(catalogue, live, url))
