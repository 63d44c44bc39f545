"""The site as values: every file that the site is built from, and the facts its templates share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from heard.publish import hosts, llms, pictures, sharing, wording
from heard.publish.facts import shared
from heard.publish.feed import feed
from heard.publish.feed import name as feed_name
from heard.publish.fonts import licences, shelf
from heard.publish.jsonfeed import jsonfeed
from heard.publish.languages import translations
from heard.publish.pages import (
    RELATED,
    Context,
    Meta,
    PdfFile,
    hub_page,
    last_change,
    list_page,
    problem_page,
)
from heard.publish.redirects import copies, moved, stubs
from heard.publish.related import related
from heard.publish.robots import robots
from heard.publish.styles import tokens_css
from heard.publish.words import ENGLISH
from heard.values import Author, Expert, Industry, Output, Paper, PublicCatalogue, State

__all__ = ["THEME", "About", "PdfFile", "Site", "site"]

THEME = Path(__file__).parent / "theme"
"""The packaged theme: templates and style sheet that lie over Material's."""

HUB_QUOTES = 3
"""How many voices open an industry's page."""


@dataclass(frozen=True, slots=True)
class About:
    """What a site is told about itself: its name, its cards (alternative texts by address), and on which day each
    hand-written page was last changed (by its source's path), where that is known. `lang` is the language of its menu
    and its search; empty: the expert's.
    """

    name: str = ""
    cards: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """All that the builder needs.

    `extra` is what the templates know as `config.extra.heard`; `copies` are pairs of addresses, an old
    PDF's and the one whose bytes it answers with; `beside` is what the host reads from outside of the site.
    """

    outputs: tuple[Output, ...]
    extra: Mapping[str, object]
    copies: tuple[tuple[str, str], ...] = ()
    beside: Output | None = None


def site(
    catalogue: PublicCatalogue,
    papers: Sequence[Paper],
    pdfs: Mapping[str, PdfFile],
    *,
    site_url: str,
    fonts: Path,
    content: Path,
    about: About | None = None,
) -> Site:
    """The whole site of `papers` (drafts, if any, are marked and kept out of feed and sitemap).

    `pdfs` by slug may lack papers; `site_url` may be empty, and then nothing absolute is written;
    `fonts` is the folder of woff2 files, `content` the one that portraits and logo lie below.
    """
    url = f"{site_url.rstrip('/')}/" if site_url else ""
    about = about or About()
    images = _images(catalogue.expert, papers, content)
    ordered = _ordered(catalogue, papers)
    context = Context(
        site_url=url,
        papers=ordered,
        pdfs=pdfs,
        industries={industry.slug: industry for industry in catalogue.industries},
        portraits={key: output.uri for key, output in images.items()},
        site_name=about.name,
        cards=about.cards,
        translations=translations([paper for paper in papers if not paper.draft]),
        lang=about.lang or catalogue.expert.lang or ENGLISH,
        related=related(ordered, [word for one in catalogue.industries for word in one.vocabulary], RELATED),
        fonts=fonts,
    )
    shown = tuple(paper for paper in context.papers if not paper.draft)
    live = {paper.slug for paper in context.papers}
    olds = copies(catalogue, live & set(pdfs))
    serving = _serving(catalogue, context, shown, olds)
    outputs = (
        *_pages(catalogue, context, shown),
        *_assets(catalogue.expert, images, fonts),
        *pictures.outputs(context.papers, content),
        *_machine_files(catalogue, context, shown),
        *hosts.files(serving),
    )
    extra = {**shared(catalogue, context, shown), "days": dict(about.days)}
    in_order = tuple(sorted(outputs, key=lambda output: output.uri))
    return Site(in_order, extra, olds, hosts.beside(serving))


def _serving(
    catalogue: PublicCatalogue, context: Context, shown: Sequence[Paper], olds: Sequence[tuple[str, str]]
) -> hosts.Serving:
    pages = {paper.slug: f"problems/{paper.slug}/" for paper in shown}
    pdfs = {context.pdfs[slug].uri: page for slug, page in pages.items() if slug in context.pdfs}
    markdown = {llms.address(paper): pages[paper.slug] for paper in shown} if context.site_url else {}
    live = {paper.slug for paper in context.papers}
    canonical = hosts.canonical(catalogue.expert, pdfs, olds, markdown)
    return hosts.Serving(catalogue.expert, context.site_url, canonical, moved(catalogue, live))


def _ordered(catalogue: PublicCatalogue, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Most heard first, then newest; drafts last; without what was retired or merged."""
    gone = {problem.slug for problem in catalogue.problems if problem.state in (State.RETIRED, State.MERGED)}

    def key(paper: Paper) -> tuple[bool, int, int, str]:
        born = paper.published.toordinal() if paper.published else 0
        return paper.draft, -paper.heard.heard_from, -born, paper.slug

    return tuple(sorted((paper for paper in papers if paper.slug not in gone), key=key))


def _pages(catalogue: PublicCatalogue, context: Context, shown: Sequence[Paper]) -> tuple[Output, ...]:
    known = wording.words(context.lang)
    return (
        *(problem_page(paper, context) for paper in context.papers),
        *(
            hub_page(industry, _quotes(industry, shown), context)
            for industry in catalogue.industries
        ),
        list_page(
            "industries/", known["industries"], known["industries_says"],
            "industries.html", last_change(shown),
        ),
        list_page("proof/", known["proof_title"], known["proof_says"], "proof.html", last_change(shown)),
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
    stems = dict.fromkeys(face.stem for face in shelf(fonts).web)
    return (
        Output("assets/heard/tokens.css", tokens_css(expert.brand, fonts), expert.place.path),
        *(Output(f"assets/heard/fonts/{stem}.woff2", fonts / f"{stem}.woff2") for stem in stems),
        *(Output(f"assets/heard/fonts/{path.name}", path) for path in licences(fonts)),
        *images.values(),
    )


def _machine_files(catalogue: PublicCatalogue, context: Context, shown: Sequence[Paper]) -> tuple[Output, ...]:
    expert, url = catalogue.expert, context.site_url
    hide = bool(catalogue.campaigns) and expert.host not in hosts.CAN_SEND_HEADERS
    live = {paper.slug for paper in shown}
    made = (*robots(url, hide_campaigns=hide), *stubs(catalogue, live, url))
    if not url:
        return made
    cards = {paper.slug: sharing.of_paper(paper.slug) for paper in shown}
    cards = {slug: uri for slug, uri in cards.items() if uri in context.cards}
    as_json = jsonfeed(shown, expert, url, title=feed_name(expert), pdfs=context.pdfs, pictures=cards)
    title = context.site_name or feed_name(expert)
    return (
        *made,
        Output("feed.xml", feed(shown, expert, url)),
        Output("feed.json", as_json),
        Output("llms.txt", llms.llms(shown, catalogue.industries, expert, url, title)),
        *llms.papers_as_markdown(shown, context.pdfs, url),
    )
