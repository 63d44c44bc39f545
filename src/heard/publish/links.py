"""Addresses in a PDF: always absolute, tagged where they lead to the own site."""

from __future__ import annotations

import posixpath
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_INDEXES = ("index", "README")
"""The names of files that are their folder's page."""


def absolute(address: str, base: str, site_url: str, tags: str) -> str:
    """The address as a PDF can use it, or nothing where it cannot be made absolute.

    `base` is the address of the paper's page. The name of a file is meant as the site's builder reads it, from the
    folder that the paper's source lies in or, after a slash, from the site's root; all else as a browser does.
    """
    try:
        joined = urljoin(base, _as_built(address.strip(), base, site_url))
        scheme = urlsplit(joined).scheme
    except ValueError:
        return ""
    return tagged(joined, site_url, tags) if scheme in ("http", "https", "mailto", "tel") else ""


def _as_built(address: str, base: str, site_url: str) -> str:
    """What the site's builder makes of the name of a file; every other address as it is."""
    parts = urlsplit(address)
    rooted, name = parts.path.startswith("/"), posixpath.basename(parts.path)
    if parts.scheme or parts.netloc or not base or not (rooted or _is_file(name)):
        return address
    site = urlsplit(site_url).path.rstrip("/") + "/"
    folder = site if rooted else posixpath.dirname(urlsplit(base).path.rstrip("/"))
    path = posixpath.normpath(posixpath.join(folder, parts.path.lstrip("/")))
    if not path.startswith(site):
        return address if path + "/" != site else site
    return urlunsplit(parts._replace(path=_page(path) if name.endswith(".md") else path.rstrip("/") + "/" * (not name)))


def _is_file(name: str) -> bool:
    """Whether the builder looks for a file of this name; a page that is written out is for browsers."""
    return "." in name.strip(".") and not name.endswith((".html", ".htm"))


def _page(path: str) -> str:
    """The address of the page that a Markdown file becomes."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    return posixpath.join(folder, "" if name in _INDEXES else f"{name}/")


def tagged(address: str, site_url: str, tags: str) -> str:
    """The address with the campaign's tags, if it is one of the site's; own tags win."""
    if not tags or not site_url or not _of_site(address, site_url):
        return address
    parts = urlsplit(address)
    have = parse_qsl(parts.query, keep_blank_values=True)
    new = [pair for pair in parse_qsl(tags) if pair[0] not in dict(have)]
    return urlunsplit(parts._replace(query=urlencode([*have, *new])))


def words(address: str) -> str:
    """The address as a person reads it: without scheme, campaign tags and trailing slash."""
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith("utm_")]
    query = f"?{urlencode(kept)}" if kept else ""
    return (parts.netloc + parts.path).rstrip("/") + query or address


def _of_site(address: str, site_url: str) -> bool:
    site, parts = urlsplit(site_url), urlsplit(address)
    folder = site.path.rstrip("/") + "/"
    return parts.netloc.lower() == site.netloc.lower() and (parts.path + "/").startswith(folder)
