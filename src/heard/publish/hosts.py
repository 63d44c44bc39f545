"""What each host can do beyond serving files: headers, true redirects, its own files; and what it cannot.

GitHub Pages takes files and nothing else. Cloudflare and Netlify read `_headers` and `_redirects`, Apache reads
`.htaccess`; nginx reads a file that lies beside the site. Of any other host nothing is known, so nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from heard.base.fields import flag
from heard.publish import robots
from heard.publish.host_files import Header, Moved, apache, headers_file, nginx, redirects_file
from heard.values import Expert, Finding, Output, Severity

CAN_SEND_HEADERS = frozenset({"cloudflare", "netlify", "nginx", "apache"})
"""Hosts that send headers and true redirects when they are told to."""

NAMES: Mapping[str, str] = {
    "github-pages": "GitHub Pages", "cloudflare": "Cloudflare Pages", "netlify": "Netlify", "nginx": "nginx",
    "apache": "Apache", "other": "a host that heard does not know",
}  # fmt: skip

MOST_RULES = 100
"""Rules that Cloudflare reads of `_headers`; it ignores what follows (its documentation, November 2026)."""

LineOf = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Serving:
    """What a host has to know: who serves, where, and what is special about some of the files.

    `canonical` gives the page (an address below the site) that each PDF or Markdown file is another form of; `moved`
    are old addresses of pages and where they lead, below the site, too.
    """

    expert: Expert
    site_url: str
    canonical: Mapping[str, str]
    moved: Sequence[tuple[str, str]] = ()


def canonical(
    expert: Expert, pdfs: Mapping[str, str], copies: Sequence[tuple[str, str]], markdown: Mapping[str, str]
) -> dict[str, str]:
    """The pages that files are other forms of. PDFs only with `pdf_canonical: page`: else they rank for themselves.

    `pdfs` and `markdown` lead from a file to its page; `copies` from an old PDF to the one whose bytes it has.
    """
    if expert.pdf_canonical != "page":
        return dict(markdown)
    return {**pdfs, **{old: pdfs[new] for old, new in copies if new in pdfs}, **markdown}


def files(serving: Serving) -> tuple[Output, ...]:
    """The host's own files within the site."""
    host, source = serving.expert.host, serving.expert.place.path
    made: list[tuple[str, str]] = []
    if host == "github-pages":
        made.append((".nojekyll", "Files are served as they are.\n"))
        made += [("CNAME", f"{name}\n") for name in _own_domain(serving.site_url)]
    elif host in ("cloudflare", "netlify"):
        made.append(("_headers", headers_file(_headers(serving)[:MOST_RULES])))
        made += [("_redirects", redirects_file(_moved(serving), force=host == "netlify"))] if serving.moved else []
    elif host == "apache":
        made.append((".htaccess", apache(_headers(serving), _moved(serving), _folder(serving.site_url))))
    return tuple(Output(uri, text.encode(), source, as_is=True) for uri, text in made)


def beside(serving: Serving) -> Output | None:
    """What the host reads from outside of the site: nginx's part of a `server` block."""
    if serving.expert.host != "nginx":
        return None
    text = nginx(_headers(serving), _moved(serving), _folder(serving.site_url))
    return Output("nginx.conf", text.encode(), serving.expert.place.path)


def findings(expert: Expert, site_url: str, *, papers: int, line_of: LineOf) -> Iterator[Finding]:
    """What the chosen host cannot do of what is asked."""
    name = NAMES[expert.host]

    def say(key: str, message: str, code: str) -> Finding:
        path = expert.place.path
        return flag(path, line_of(path, key), message, code, Severity.WORTH_A_LOOK)

    if expert.pdf_canonical == "page" and expert.host not in CAN_SEND_HEADERS:
        message = (
            f"`pdf_canonical: page` needs a header, which {name} does not send: the PDFs leave the sitemap, no more"
        )
        yield say("pdf_canonical", message, "host/no-headers")
    if site_url and not robots.counts(site_url):
        root = f"{urlsplit(site_url).scheme}://{urlsplit(site_url).netloc}/robots.txt"
        message = f"robots read only {root}: see that it holds “{robots.sitemap_line(site_url)}”"
        yield say("host", message, "host/robots-elsewhere")
    if expert.host == "cloudflare" and expert.pdf_canonical == "page" and papers + _FIXED_RULES > MOST_RULES:
        message = f"Cloudflare reads {MOST_RULES} rules of `_headers`: some of {papers} PDFs get no canonical page"
        yield say("pdf_canonical", message, "host/too-many-rules")


_FIXED_RULES = 3


def _headers(serving: Serving) -> list[Header]:
    """The rules by path, most important first."""
    url = serving.site_url
    found = [
        Header("*", (("X-Content-Type-Options", "nosniff"),)),
        Header(f"{robots.CAMPAIGNS}*", (("X-Robots-Tag", "noindex"),)),
    ]
    # Cloudflare reads few rules, but fills in names: one rule does for every Markdown file.
    by_name = serving.expert.host == "cloudflare" and url
    if by_name and any(uri.endswith(".md") for uri in serving.canonical):
        found.append(Header("problems/:slug/index.md", (_link(f"{url}problems/:slug/"),)))
    for uri, page in sorted(serving.canonical.items()) if url else ():
        if not (by_name and uri.endswith(".md")):
            found.append(Header(uri, (_link(f"{url}{page}"),)))
    return found


def _link(address: str) -> tuple[str, str]:
    return "Link", f'<{_safe(address)}>; rel="canonical"'


def _moved(serving: Serving) -> list[Moved]:
    # A server behind another one would send a path to the wrong scheme or port.
    base = serving.site_url if serving.expert.host in ("nginx", "apache") else ""
    return [Moved(old, _safe(f"{base}{new}")) for old, new in serving.moved]


def _safe(address: str) -> str:
    """An address without a character that a host's language would take for its own."""
    return quote(address, safe=":/-._~%?=")


def _own_domain(site_url: str) -> list[str]:
    """The site's domain, if it is the person's own and the site is all of it."""
    name = urlsplit(site_url).hostname or ""
    of_github = name.endswith(".github.io")
    is_name = bool(re.fullmatch(r"[a-z0-9.-]+\.[a-z][a-z0-9-]*", name))
    return [name] if is_name and not of_github and robots.counts(site_url) else []


def _folder(site_url: str) -> str:
    """The path of the site on its host, with a slash at both ends."""
    path = urlsplit(site_url).path.strip("/")
    return f"/{_safe(path)}/" if path else "/"
