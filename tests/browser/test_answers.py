"""Whatever the site names of itself answers: pages, PDFs, pictures, feeds, the sitemap's lines, and every anchor."""

from __future__ import annotations

import re
from collections import defaultdict
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pypdf
from lxml import html
from sites import Site, redirects

from served import served

TEXTS = {".html", ".xml", ".json", ".txt", ".md"}
ADDRESSES = "//@href | //@src | //@action | //@poster | //@data-src"


def named(site: Site) -> dict[str, set[str]]:
    """Every own address with its anchor, and which files name it."""
    found: dict[str, set[str]] = defaultdict(set)
    absolute = re.compile(re.escape(site.url) + r"[^\s\"'<>()\[\]\\,]*")
    for path in site.folder.rglob("*"):
        name = path.relative_to(site.folder).as_posix()
        if path.suffix in TEXTS:
            text = path.read_text("utf-8")
            for address in absolute.findall(text):
                found[address.rstrip(".").replace("&amp;", "&")].add(name)
        if path.suffix == ".html":
            here = site.url + name.removesuffix("index.html")
            for address in html.fromstring(text.encode()).xpath(ADDRESSES):
                found[urljoin(here, address)].add(name)
        if path.suffix == ".pdf":
            for address in in_pdf(path):
                found[address].add(name)
    return {address: names for address, names in found.items() if address.startswith(site.url)}


def in_pdf(path: Path) -> set[str]:
    """The addresses that a PDF links to."""
    found = set()
    for page in pypdf.PdfReader(path).pages:
        for link in page.get("/Annots", ()):
            action = link.get_object().get("/A", {})
            if "/URI" in action:
                found.add(str(action["/URI"]))
    return found


def test_every_own_address_answers(site: Site) -> None:
    addresses = named(site)
    wrong = []
    with served(site.folder) as local:
        connection = HTTPConnection(urlsplit(local).netloc)
        for path in sorted({urlsplit(address).path for address in addresses}):
            connection.request("GET", path)
            with connection.getresponse() as got:
                body = got.read()
                kind = got.headers["Content-Type"]
            if got.status != 200 or (
                path.endswith(".pdf") and not (kind == "application/pdf" and body[:5] == b"%PDF-")
            ):
                wrong.append((got.status, path, [names for one, names in addresses.items() if path in one][:1]))
        connection.close()
    assert wrong == []
    assert len(addresses) >= 20


def test_every_anchor_is_there(site: Site) -> None:
    ids: dict[str, set[str]] = {}
    wrong = []
    for address, names in named(site).items():
        parts = urlsplit(address)
        path = site.folder / parts.path.lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if parts.fragment and path.suffix == ".html":
            if path.name not in ids:
                ids[str(path)] = set(html.fromstring(path.read_bytes()).xpath("//@id"))
            if unquote(parts.fragment) not in ids[str(path)]:
                wrong.append((address, names))
    assert wrong == []


def test_nothing_of_the_sites_own_is_left_out_of_the_sitemap(site: Site) -> None:
    listed = set(re.findall("<loc>(.*?)</loc>", (site.folder / "sitemap.xml").read_text("utf-8")))
    assert listed >= {site.url + uri for uri in site.pages() if uri != "404.html"}


def test_old_addresses_lead_to_new_ones(patterns_site: Site) -> None:
    stubs = [path for path in patterns_site.folder.rglob("index.html") if redirects(path)]
    assert len(stubs) == 3
    for path in stubs:
        target = re.search('url=([^"]*)"', path.read_text("utf-8"))
        assert target
        new = (path.parent / target[1] / "index.html").resolve()
        assert new.is_file()
        assert not redirects(new)
