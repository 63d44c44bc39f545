"""The story of the deployed site: fetched as a search engine would, and said in plain words what it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from heard.base.text import counted
from heard.base.web import Answer, fetch
from heard.catalogue.public import read_public
from heard.pipeline import live_parts as parts
from heard.pipeline.live_parts import LOOK, Page, Robots, about, page_of
from heard.publish.hosts import CAN_SEND_HEADERS, NAMES
from heard.publish.redirects import copies, moved
from heard.values import Finding, HeardError, Problem, PublicCatalogue, State
from heard.workspace import PublicWorkspace, settings

Fetch = Callable[[str], Answer]

MOST = 500
"""Addresses that are looked at; a larger site is looked at in part."""

_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Live:
    """What the deployed site is like: findings (their path is an address), and sentences that add them up."""

    findings: tuple[Finding, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Site:
    """What is known before the site is asked, and how it is asked."""

    url: str
    catalogue: PublicCatalogue
    ask: Fetch

    @property
    def host(self) -> str:
        return self.catalogue.expert.host

    @property
    def living(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.catalogue.problems if one.state is State.PUBLISHED)

    def all(self, addresses: Iterable[str]) -> list[Answer]:
        """The answers, asked for a few at a time, in the order of the addresses."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(self.ask, addresses))


def look(workspace: PublicWorkspace) -> Live:
    """Fetch the deployed site and judge it. Raises `HeardError` where nothing says where it is."""
    url = settings(workspace).site_url
    if not url:
        raise HeardError(
            "mkdocs.yml says no `site_url:`, so it is not known where the site is. Write the address there."
        )
    # A site on the own machine may be looked at; whatever it leads to elsewhere may not be private.
    own = frozenset({urlsplit(url).hostname or ""})
    catalogue, _ = read_public(workspace)
    site = _Site(url, catalogue, partial(fetch, private=own))
    home = site.ask(url)
    if not home.status:
        return Live((about(url, home.error, "live/unreachable"),), ("Search engines cannot reach the site at all.",))
    robots = parts.robots_of(site.ask(parts.root(url) + "robots.txt"))
    listed, in_map = parts.sitemap_of(site.ask(f"{url}sitemap.xml"), url)
    expected = _expected(site)
    addresses = list(dict.fromkeys((url, *expected, *listed)))
    answers = site.all(addresses[:MOST])
    pages = [page_of(one) for one in answers if not _is_pdf(one.asked)]
    pdfs = [one for one in answers if _is_pdf(one.asked)]
    olds, how = _olds(site)
    findings = [
        *in_map,
        *_map_is_named(site, robots, in_map),
        *_behind(site, listed, expected),
        *(finding for page in pages for finding in parts.judged(page, robots)),
        *parts.same_titles(pages),
        *(finding for pdf in pdfs for finding in _judged_pdf(site, pdf, robots)),
        *olds,
        *_encrypted(site),
        *_says_not_found(site),
        *_headers(site, home),
        *_pictures(site, pages),
    ]
    return Live(tuple(dict.fromkeys(findings)), tuple(_sentences(site, pages, pdfs, robots, how, len(addresses))))


def _is_pdf(address: str) -> bool:
    return urlsplit(address).path.lower().endswith(".pdf")


def _expected(site: _Site) -> list[str]:
    """What has to be there, as the files say."""
    slugs = [one.slug for one in site.living]
    hubs = [one.slug for one in site.catalogue.industries]
    return [
        *(f"{site.url}problems/{slug}/" for slug in slugs),
        *(f"{site.url}industries/{slug}/" for slug in hubs),
        *(f"{site.url}papers/{slug}.pdf" for slug in slugs),
        f"{site.url}feed.xml",
    ]


def _map_is_named(site: _Site, robots: Robots, in_map: Sequence[Finding]) -> Iterator[Finding]:
    if robots.status and not in_map and f"{site.url}sitemap.xml" not in robots.sitemaps:
        message = f"does not name the sitemap: add the line “Sitemap: {site.url}sitemap.xml”"
        yield about(parts.root(site.url) + "robots.txt", message, "live/sitemap", LOOK)


def _behind(site: _Site, listed: Sequence[str], expected: Sequence[str]) -> Iterator[Finding]:
    """What the files say and the deployed sitemap does not know."""
    known = set(listed)
    ranked = site.catalogue.expert.pdf_canonical != "page"
    for address in expected if known else ():
        wanted = (ranked or not _is_pdf(address)) and not address.endswith("feed.xml")
        if wanted and address not in known:
            yield about(address, "is not in the deployed sitemap: build and deploy again", "live/behind", LOOK)
    gone = [one for one in site.catalogue.problems if one.state is State.RETIRED]
    for answer in site.all(f"{site.url}papers/{one.slug}.pdf" for one in gone):
        if answer.status == 200:
            message = "was taken back and still answers: deploy again, and delete it on the host if it stays"
            yield about(answer.asked, message, "live/behind")


def _judged_pdf(site: _Site, answer: Answer, robots: Robots) -> Iterator[Finding]:
    yield from parts.judged_pdf(answer, robots)
    link = answer.headers.get("link", "")
    has = 'rel="canonical"' in link or "rel=canonical" in link
    by_page = site.catalogue.expert.pdf_canonical == "page"
    if answer.status == 200 and by_page and not has and site.host in CAN_SEND_HEADERS:
        message = f'lacks the header `Link: …; rel="canonical"`, which {NAMES[site.host]} was told to send'
        yield about(answer.asked, message, "live/headers", LOOK)
    if answer.status == 200 and has and not by_page:
        message = f"is sent with the header `Link: {link}`, so that its page is listed and it is not"
        yield about(answer.asked, message, "live/headers", LOOK)


def _olds(site: _Site) -> tuple[list[Finding], dict[str, int]]:
    """Whether old addresses lead on, and how many do in which way."""
    live = frozenset(one.slug for one in site.living)
    pairs = moved(site.catalogue, live)
    how = {"redirect": 0, "stub": 0}
    found: list[Finding] = []
    for answer, (_, new) in zip(site.all(f"{site.url}{old}" for old, _ in pairs), pairs, strict=True):
        way, wrong = parts.led_on(answer, f"{site.url}{new}", could_redirect=site.host in CAN_SEND_HEADERS)
        found += wrong
        if way:
            how[way] += 1
    for answer in site.all(f"{site.url}{old}" for old, _ in copies(site.catalogue, live)):
        if answer.status != 200 or not answer.body.startswith(b"%PDF-"):
            message = "is the old name of a PDF, and does not answer with it: whoever has the link finds nothing"
            found.append(about(answer.asked, message, "live/old-address"))
    return found, how


def _encrypted(site: _Site) -> Iterator[Finding]:
    parts_of = urlsplit(site.url)
    if parts_of.scheme == "http":
        if parts_of.hostname not in ("localhost", "127.0.0.1", "::1"):
            yield about(site.url, "is not encrypted: switch HTTPS on at the host, and change `site_url`", "live/https")
        return
    answer = site.ask(f"http://{parts_of.netloc}{parts_of.path}")
    if answer.status and not answer.url.startswith("https://"):
        message = "answers without encryption instead of leading to https: switch “enforce HTTPS” on at the host"
        yield about(answer.asked, message, "live/https", LOOK)


def _says_not_found(site: _Site) -> Iterator[Finding]:
    answer = site.ask(f"{site.url}there-is-no-such-page-here/")
    if answer.status == 200:
        message = "does not exist, and yet answers as if it did: the host has to send the status 404 with 404.html"
        yield about(answer.asked, message, "live/not-found", LOOK)


def _headers(site: _Site, home: Answer) -> Iterator[Finding]:
    if site.host in CAN_SEND_HEADERS and home.headers.get("x-content-type-options", "") != "nosniff":
        message = f"is sent without the headers that {NAMES[site.host]} was told: its settings are not in use"
        yield about(site.url, message, "live/headers", LOOK)


def _pictures(site: _Site, pages: Sequence[Page]) -> Iterator[Finding]:
    cards = list(dict.fromkeys(page.picture for page in pages if page.picture.startswith(site.url)))
    for answer in site.all(cards[:MOST]):
        if answer.status != 200 or not answer.headers.get("content-type", "").startswith("image/"):
            yield about(answer.asked, "is no picture, so shared links show none: deploy again", "live/missing")


def _sentences(
    site: _Site, pages: Sequence[Page], pdfs: Sequence[Answer], robots: Robots, how: dict[str, int], addresses: int
) -> Iterator[str]:
    feed = f"{site.url}feed.xml"
    shown = [page for page in pages if page.answer.asked != feed]
    open_ones = sum(parts.may_be_listed(page, robots) for page in shown)
    good = sum(one.status == 200 and not parts.hidden(one.headers) and robots.allows(one.asked) for one in pdfs)
    of_pages, of_pdfs = counted(len(shown), "page"), counted(len(pdfs), "PDF")
    yield f"Search engines may list {open_ones} of {of_pages} and {good} of {of_pdfs}."
    if pdfs:
        yield _what_pdfs_do(site)
    if any(how.values()):
        yield f"Old addresses: {how['redirect']} lead on by a redirect, {how['stub']} by a page that forwards."
    if addresses > MOST:
        yield f"Only {MOST} of {addresses} addresses were looked at."
    yield "Whether and when they do is theirs to decide: https://search.google.com/search-console tells for Google."


def _what_pdfs_do(site: _Site) -> str:
    if site.catalogue.expert.pdf_canonical != "page":
        return "The PDFs are listed for themselves, beside their pages."
    if site.host in CAN_SEND_HEADERS:
        return "The PDFs leave searches to their pages."
    return f"The PDFs are not in the sitemap; that their pages stand for them, {NAMES[site.host]} cannot say."
