"""What a search engine reads of one address: the page's head, robots.txt, the sitemap; and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from heard.base.web import Answer
from heard.values import Finding, Place, Severity

LOOK = Severity.WORTH_A_LOOK
ROBOT = "Googlebot"
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass(frozen=True, slots=True)
class Page:
    """What the head of a page says."""

    answer: Answer
    title: str = ""
    canonical: tuple[str, ...] = ()
    noindex: bool = False
    refresh: str = ""
    picture: str = ""

    @property
    def is_html(self) -> bool:
        """Whether it is a page at all, and no feed."""
        return "html" in self.answer.headers.get("content-type", "html")


@dataclass(frozen=True, slots=True)
class Robots:
    """robots.txt: its status (0 where the host has none), whom it lets in, and the sitemaps that it names."""

    status: int
    parser: RobotFileParser | None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether a search engine may fetch an address."""
        return self.parser is None or self.parser.can_fetch(ROBOT, url)


def about(url: str, message: str, code: str, severity: Severity = Severity.TO_FIX) -> Finding:
    """A finding about an address."""
    return Finding(Place(url), severity, message, code)


def root(url: str) -> str:
    """The root of an address's host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def robots_of(answer: Answer) -> Robots:
    """robots.txt as Google reads it: none means welcome, a broken server means keep out."""
    if not answer.status or 400 <= answer.status < 500:
        return Robots(0, None)
    parser = RobotFileParser()
    text = answer.body.decode("utf-8", "replace") if answer.status == 200 else "User-agent: *\nDisallow: /"
    parser.parse(text.splitlines())
    return Robots(answer.status, parser, tuple(parser.site_maps() or ()))


def sitemap_of(answer: Answer, site_url: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The addresses of a sitemap, and what is wrong with it."""
    if answer.status != 200:
        message = f"is not there ({_status(answer)}): build with `site_url` in mkdocs.yml, and deploy again"
        return (), (about(answer.asked, message, "live/sitemap"),)
    try:
        tree = ElementTree.fromstring(answer.body)
    except ElementTree.ParseError as error:
        return (), (about(answer.asked, f"cannot be read: {error}", "live/sitemap"),)
    found = tuple((one.text or "").strip() for one in tree.iter(_LOC))
    foreign = [one for one in found if not one.startswith(site_url)]
    if foreign:
        message = f"names addresses of another site, such as {foreign[0]}: build again with the `site_url` of now"
        return tuple(one for one in found if one not in foreign), (about(answer.asked, message, "live/sitemap"),)
    return found, ()


def page_of(answer: Answer) -> Page:
    """The head of a page."""
    head = _Head()
    head.feed(answer.body.decode("utf-8", "replace"))
    canonical = tuple(urljoin(answer.url, one) for one in head.canonical)
    noindex = "noindex" in head.robots or hidden(answer.headers)
    refresh = urljoin(answer.url, head.refresh) if head.refresh else ""
    return Page(answer, " ".join(head.title.split()), canonical, noindex, refresh, head.picture)


def hidden(headers: Mapping[str, str]) -> bool:
    """Whether a header keeps an address out of searches."""
    return "noindex" in headers.get("x-robots-tag", "").lower()


def may_be_listed(page: Page, robots: Robots) -> bool:
    """Whether nothing keeps a page out of searches."""
    return page.answer.status == 200 and not page.noindex and robots.allows(page.answer.asked)


def judged(page: Page, robots: Robots) -> Iterator[Finding]:
    """What is wrong with a page that the sitemap names."""
    url = page.answer.asked
    if page.answer.status != 200:
        yield about(url, f"does not answer as a page ({_status(page.answer)}): deploy again", "live/missing")
        return
    if not robots.allows(url):
        yield about(url, f"robots.txt keeps {ROBOT} away from it", "live/blocked")
    if page.noindex:
        yield about(url, f"asks engines not to list it ({_who_hides(page)})", "live/noindex")
    if not page.is_html or page.refresh:
        return
    if page.answer.hops:
        yield about(url, f"leads on to {page.answer.url}, which is what engines will list", "live/canonical", LOOK)
    elif len(page.canonical) != 1:
        said = "no canonical address" if not page.canonical else f"{len(page.canonical)} canonical addresses"
        yield about(url, f"names {said}: engines guess which one to list", "live/canonical")
    elif page.canonical[0] != url:
        yield about(url, f"says that {page.canonical[0]} is to be listed instead of it", "live/canonical")
    if not page.title:
        yield about(url, "has no title: a search result shows something else", "live/title")


def same_titles(pages: Sequence[Page]) -> Iterator[Finding]:
    """Pages that bear the title of another."""
    first: dict[str, str] = {}
    for page in pages:
        url = page.answer.asked
        if page.title and page.is_html and not page.refresh and first.setdefault(page.title, url) != url:
            yield about(url, f"has the title of {first[page.title]}: “{page.title}”", "live/title", LOOK)


def judged_pdf(answer: Answer, robots: Robots) -> Iterator[Finding]:
    """What is wrong with a PDF."""
    url = answer.asked
    if answer.status != 200:
        yield about(url, f"does not answer with the PDF ({_status(answer)}): deploy again", "live/missing")
        return
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    if not answer.body.startswith(b"%PDF-"):
        yield about(url, "is no PDF, whatever its name says: deploy again", "live/pdf")
    elif kind != "application/pdf":
        yield about(url, f"is sent as {kind or 'nothing in particular'}, not as application/pdf", "live/pdf")
    name = _file_name(answer.headers.get("content-disposition", ""))
    own = unquote(urlsplit(url).path.rpartition("/")[2])
    if name and name != own:
        yield about(url, f"is saved as “{name}” by who downloads it, not as “{own}”", "live/pdf", LOOK)
    if hidden(answer.headers):
        yield about(url, "asks engines not to list it (the header X-Robots-Tag)", "live/noindex", LOOK)
    if not robots.allows(url):
        yield about(url, f"robots.txt keeps {ROBOT} away from it", "live/blocked")


def led_on(answer: Answer, target: str, *, could_redirect: bool) -> tuple[str, tuple[Finding, ...]]:
    """How an old address leads on (`redirect`, `stub`, or empty where it does not), and what is wrong with that."""
    url, code = answer.asked, "live/old-address"
    page = page_of(answer)
    if answer.status != 200:
        return "", (about(url, f"was the address of a paper and leads nowhere now ({_status(answer)})", code),)
    if answer.hops:
        wrong = [status for status in answer.hops if status not in (301, 308)]
        message = (
            f"leads on by a redirect for the time being ({', '.join(map(str, wrong))}): engines keep the old address"
        )
        return "redirect", (about(url, message, code, LOOK),) if wrong else ()
    if not page.refresh:
        return "", (about(url, f"was the address of a paper and does not lead to {target}: deploy again", code),)
    message = (
        f"leads on by a page that forwards, where the host could redirect to {target}: its settings are not in use"
    )
    return "stub", (about(url, message, code, LOOK),) if could_redirect else ()


def _who_hides(page: Page) -> str:
    return "the header X-Robots-Tag" if hidden(page.answer.headers) else "its own head"


def _status(answer: Answer) -> str:
    return f"status {answer.status}" if answer.status else answer.error


def _file_name(disposition: str) -> str:
    found = re.search(r'filename="?([^";]+)', disposition)
    return found[1].strip() if found else ""


class _Head(HTMLParser):
    """The parts of a page's head that engines read."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.robots, self.refresh, self.picture = "", "", "", ""
        self.canonical: list[str] = []
        self._in_title = self._titled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down what a tag says."""
        said = {name: value or "" for name, value in attrs}
        if tag == "title" and not self._titled:
            self._in_title = self._titled = True
        elif tag == "link" and "canonical" in said.get("rel", "").lower().split():
            self.canonical.append(said.get("href", ""))
        elif tag == "meta":
            self._meta(said)

    def _meta(self, said: Mapping[str, str]) -> None:
        content = said.get("content", "")
        if said.get("name", "").lower() in ("robots", ROBOT.lower()):
            self.robots += content.lower()
        elif said.get("property") == "og:image":
            self.picture = self.picture or content
        elif said.get("http-equiv", "").lower() == "refresh":
            self.refresh = content.partition("=")[2].strip(" '\"")

    def handle_endtag(self, tag: str) -> None:
        """The end of the title."""
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        """The words of the title."""
        if self._in_title:
            self.title += data
