"""The story of links within the site: every one leads to a page, a file or a part of a page that will be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from heard.base.fields import flag
from heard.base.text import did_you_mean
from heard.catalogue.rules import LineOf
from heard.pipeline.texts import PAPER, Text, files
from heard.publish.addresses import Addresses, Meant, addresses, meant, nearest
from heard.publish.fetcher import allowed
from heard.publish.hrefs import Href, hrefs
from heard.publish.pictures import KINDS
from heard.values import Catalogue, Finding, Paper, Severity, State
from heard.workspace import PublicWorkspace

_LOOK = Severity.WORTH_A_LOOK
_ID = re.compile(r"\b(?:id|name)=(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_OF_BROWSERS = ("__", ":~:", "page=")
"""Parts of a page that no text names: those of the theme, of words to mark, of a PDF's pages."""


def broken_links(
    workspace: PublicWorkspace,
    catalogue: Catalogue,
    some: Sequence[Text],
    papers: Sequence[Paper],
    site_url: str,
    line_of: LineOf,
) -> Iterator[Finding]:
    """What leads nowhere in pages, industries and papers, drafts included, and in expert.yml and the authors' files."""
    drafts = [one for one in catalogue.drafts if one.state is State.DRAFTING]
    site = addresses(catalogue.public, (*files(workspace), *_pictures(workspace)), site_url, drafts)
    parts: dict[str, frozenset[str]] = {}
    bodies = _bodies(some, papers)
    for text in some:
        for href in hrefs(text.body, text.line):
            target = href.target.strip()
            if text.kind == PAPER and href.picture and _is_picture(workspace, target):
                continue
            if (what := meant(target, text.source, site)) is None:
                continue
            if what.uri is None:
                yield _nowhere(href, target, text, site)
            elif what.part:
                yield from _part(what, target, text, href.line, site, bodies, parts)
    yield from _of_people(workspace, catalogue, site, line_of)


def _nowhere(href: Href, target: str, text: Text, site: Addresses) -> Finding:
    hint = nearest(target, text.source, site, html=href.html)
    if not href.picture:
        message = f"`{target}` leads to no page and no file of the site{hint}"
        return flag(text.path, href.line, message, "link/missing", _LOOK)
    message = f"`{target}`: there is no such picture among the public files{hint}"
    if text.kind != PAPER:
        return flag(text.path, href.line, message, "link/missing", _LOOK)
    # The site is not built with --strict until it is there.
    return flag(text.path, href.line, message, "paper/image", Severity.TO_FIX if text.public else _LOOK)


def _is_picture(workspace: PublicWorkspace, target: str) -> bool:
    """Whether a paper shows a file that is there: its address is that of the file beside the paper's."""
    path = workspace.content / "problems" / unquote(target.partition("#")[0].partition("?")[0])
    try:
        return path.is_file() and allowed(path, [workspace.content])
    except (OSError, ValueError):
        return False


def _pictures(workspace: PublicWorkspace) -> Iterator[str]:
    """The pictures beside the papers, which go where the papers' pages expect them."""
    folder = workspace.content / "problems"
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.suffix.lower() in KINDS and path.is_file() and not path.is_symlink():
            yield f"problems/{path.relative_to(folder).as_posix()}"


def _bodies(some: Sequence[Text], papers: Sequence[Paper]) -> Mapping[str, Text | Paper]:
    """What each page is made of, by its name for the builder."""
    made = {f"problems/{paper.slug}.md": paper for paper in papers}
    return {**{text.source: text for text in some if text.kind != PAPER}, **made}


def _part(
    what: Meant,
    target: str,
    text: Text,
    line: int,
    site: Addresses,
    bodies: Mapping[str, Text | Paper],
    parts: dict[str, frozenset[str]],
) -> Iterator[Finding]:
    """A link's `#part` is the name of a heading, or of something else, on the page that it leads to."""
    uri = what.uri or ""
    body = bodies.get(site.sources.get(uri, ""))
    if body is None or what.part.startswith(_OF_BROWSERS) or what.part == "top":
        return
    if uri not in parts:
        parts[uri] = _ids(body)
    if what.part not in parts[uri]:
        known = [f"#{name}" for name in sorted(parts[uri]) if not name.startswith(("fn:", "fnref:"))]
        where = "this page" if body is bodies.get(text.source) else f"/{uri}"
        message = f"`{target}`: {where} has no heading of that name{did_you_mean(f'#{what.part}', known)}"
        yield flag(text.path, line, message, "link/no-part", _LOOK)


def _ids(body: Text | Paper) -> frozenset[str]:
    """The names of a page's parts, as its HTML has them."""
    from heard.publish.markdown import to_html

    found = frozenset(one or two for one, two in _ID.findall(to_html(_markdown(body))))
    # A paper's summary has this name in every language.
    return found | ({"in-short"} if isinstance(body, Paper) else frozenset())


def _markdown(body: Text | Paper) -> str:
    return body.body if isinstance(body, Text) else body.markdown


def _of_people(workspace: PublicWorkspace, catalogue: Catalogue, site: Addresses, line_of: LineOf) -> Iterator[Finding]:
    """The portraits and the logo are there, and the next step that each page ends with leads somewhere."""
    expert, content = catalogue.public.expert, workspace.content
    shown = [(expert.place.path, "portrait", expert.portrait), (expert.place.path, "brand", expert.brand.logo)]
    shown += [(f"content/authors/{one.slug}.md", "portrait", one.portrait) for one in catalogue.public.authors]
    for path, key, name in shown:
        if name and not _is_public(content / name, content):
            kinds = sorted(one.name for one in content.glob("*") if one.suffix.lower() in KINDS)
            word = "logo" if key == "brand" else key
            message = f"`{word}: {name}`: there is no such picture below content/{did_you_mean(name, kinds)}"
            yield flag(path, line_of(path, key), message, "link/missing", _LOOK)
    link = expert.ask.link
    what = meant(link if link.startswith(("/", "#")) else _rooted(link), "index.md", site)
    if what and what.uri is None and "" in site.sources:
        message = f"`ask:` ends every page with a link to `{link}`, which is no page of the site"
        message += nearest(link, "index.md", site)
        yield flag(expert.place.path, line_of(expert.place.path, "ask"), message, "link/missing", _LOOK)


def _rooted(link: str) -> str:
    return link if ":" in link.partition("/")[0] else f"/{link}"


def _is_public(path: Path, content: Path) -> bool:
    try:
        return path.is_file() and allowed(path, [content])
    except (OSError, ValueError):
        return False
