"""robots.txt: who may read the site, and where its map is."""

from __future__ import annotations

from urllib.parse import urlsplit

from heard.values import Output

CAMPAIGNS = "campaigns/"
"""Where the variants of campaigns lie if a person puts them on the site."""


def robots(site_url: str, *, hide_campaigns: bool) -> tuple[Output, ...]:
    """The file, or nothing for a site below a path: only the one at the root of a host counts.

    `hide_campaigns` is for hosts that cannot say `noindex` about a PDF.
    """
    if not counts(site_url):
        return ()
    lines = ["User-agent: *", f"Disallow: /{CAMPAIGNS}" if hide_campaigns else "Allow: /"]
    if site_url:
        lines += ["", sitemap_line(site_url)]
    return (Output("robots.txt", "".join(f"{line}\n" for line in lines).encode()),)


def counts(site_url: str) -> bool:
    """Whether a robots.txt of the site is the one that robots read."""
    return urlsplit(site_url).path in ("", "/")


def sitemap_line(site_url: str) -> str:
    """The line that names the map of the site."""
    return f"Sitemap: {site_url}sitemap.xml"
