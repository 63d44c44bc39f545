"""Every address that the built site answers at, and what a link of a text means by its own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from heard.base.text import did_you_mean
from heard.publish.redirects import copies, moved
from heard.values import Problem, PublicCatalogue, State

MADE = frozenset({
    "404.html", "feed.json", "feed.xml", "industries/", "llms.txt", "proof/", "robots.txt", "search/", "sitemap.xml",
})  # fmt: skip
"""What every site has, whoever wrote it."""

_SOURCES = {"industries/": "industries/index.md", "proof/": "proof/index.md"}


@dataclass(frozen=True)
class Addresses:
    """The site's addresses (`problems/flat/`), each with the source that its builder makes it of (`problems/flat.md`).

    Files that are no page are their own source.
    """

    sources: Mapping[str, str]
    site_url: str = ""
    by_source: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The addresses that a person would link to."""
        return tuple(sorted(uri for uri in self.sources if not uri.startswith("assets/")))


@dataclass(frozen=True, slots=True)
class Meant:
    """What a link means: an address of the site (None: there is nothing), and the part of the page (empty: all)."""

    uri: str | None
    part: str = ""


def addresses(
    catalogue: PublicCatalogue, files: Iterable[str], site_url: str = "", drafts: Iterable[Problem] = ()
) -> Addresses:
    """The addresses of a site whose hand-written `files` are named as they lie below the folder of pages.

    `drafts` count as if they were public, as they would if all were published.
    """
    live = [one.slug for one in catalogue.problems if one.state is State.PUBLISHED]
    waiting = [one.slug for one in drafts]
    found = dict.fromkeys(MADE, "") | _SOURCES
    for slug in (*live, *waiting):
        found[f"problems/{slug}/"] = f"problems/{slug}.md"
        found[f"papers/{slug}.pdf"] = f"papers/{slug}.pdf"
    found |= {f"industries/{one.slug}/": f"industries/{one.slug}.md" for one in catalogue.industries}
    found |= {old: "" for old, _ in (*moved(catalogue, frozenset(live)), *copies(catalogue, frozenset(live)))}
    found |= {uri_of(name): name for name in files}
    return Addresses(found, site_url, {source: uri for uri, source in found.items() if source})


def uri_of(source: str) -> str:
    """The address of a hand-written file below the folder of pages."""
    if not source.endswith(".md"):
        return source
    folder, _, name = source.removesuffix(".md").rpartition("/")
    above = f"{folder}/" if folder else ""
    return above if name in ("index", "README") else f"{above}{name}/"


def meant(target: str, source: str, site: Addresses) -> Meant | None:
    """What an address in the page of a source means; None where it leads out of the site.

    The builder knows names of files (`../contact.md`); all else is left to browsers, which begin at the page's address.
    """
    inside = _within(target, site.site_url)
    try:
        parts = urlsplit(inside)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or "\0" in parts.path:
        return None
    here, part, path = site.by_source.get(source, ""), unquote(parts.fragment), unquote(parts.path)
    if not path:
        return Meant(here, part)
    if path.startswith("/"):
        return Meant(_root(path.lstrip("/"), site), part)
    from_file = site.by_source.get(_joined(posixpath.dirname(source), path))
    return Meant(_page(_joined(here, path), site) if from_file is None else from_file, part)


def _within(target: str, site_url: str) -> str:
    """The address below the site's root, if it is written out with the site's own."""
    if site_url and target.startswith(site_url):
        return "/" + target.removeprefix(site_url)
    return target


def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined + "/" * (path.endswith(("/", "/.", "/..")) or path in (".", ".."))


def _root(name: str, site: Addresses) -> str | None:
    """What a whole address means, of a source's file or of a page."""
    return site.by_source[name] if name in site.by_source else _page(name, site)


def _page(name: str, site: Addresses) -> str | None:
    """The site's address that a name means; it may lack its last slash, or end with the page's file."""
    bare = name.removesuffix("index.html")
    if not bare:
        return ""
    for one in (bare, f"{bare}/"):
        if one in site.sources:
            return one
    return bare if bare.startswith("assets/") else None


def nearest(target: str, source: str, site: Addresses, *, html: bool = False) -> str:
    """`: did you mean …?` with the address that was probably meant, written as this page would write it, or nothing.

    That is the name of a file where the builder reads it, and so anywhere but in HTML.
    """
    path = target.partition("#")[0]
    if path.startswith(("/", "http:", "https:")):
        before = site.site_url if ":" in path else "/"
        return did_you_mean(path, [before + uri for uri in site.pages])
    folder, here = posixpath.dirname(source), site.by_source.get(source, "")
    if (beside := _in_tree(source, path)) in site.by_source and not html:
        return f": did you mean `{posixpath.relpath(beside, folder or '.')}`?"
    as_file = {uri: posixpath.relpath(one, folder or ".") for one, uri in site.by_source.items()}
    spelled = {_relative(uri, here): as_file[uri] for uri in as_file if as_file[uri].endswith(".md") and not html}
    spelled = {_relative(uri, here): "" for uri in site.pages} | dict.fromkeys(as_file.values(), "") | spelled
    hint = did_you_mean(path, list(spelled))
    found = hint.partition("`")[2].rpartition("`")[0]
    return hint.replace(f"`{found}`", f"`{spelled[found] or found}`") if found else ""


def _in_tree(source: str, path: str) -> str:
    """The source that an address means as a path between files: there, the pages have a folder of their own."""
    folder = posixpath.dirname(source)
    own = folder if folder in ("problems", "industries") else posixpath.join("pages", folder)
    return _joined(own, path).removeprefix("pages/")


def _relative(uri: str, here: str) -> str:
    return posixpath.relpath(uri or ".", here or ".") + "/" * (uri.endswith("/") or not uri)
