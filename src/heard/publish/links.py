"""Addresses in a PDF: always absolute, tagged where they lead to the own site."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit


def absolute(address: str, base: str, site_url: str, tags: str) -> str:
    """The address as a PDF can use it, or nothing where it cannot be made absolute."""
    joined = urljoin(base, address.strip())
    if urlsplit(joined).scheme not in ("http", "https", "mailto", "tel"):
        return ""
    return tagged(joined, site_url, tags)


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
