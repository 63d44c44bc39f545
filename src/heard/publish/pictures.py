"""The images that a paper's text refers to: public files of the workspace, and nothing else."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from heard.publish.fetcher import allowed
from heard.publish.markdown import parse, to_html
from heard.values import Output, Paper

KINDS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"})


def picture(address: str, paper: Paper, content: Path) -> Path | None:
    """The file that an image's address in a paper means, if it is a public one below `content`."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or "\0" in parts.path:
        return None
    path = (content.parent / paper.source.path).parent / unquote(parts.path)
    try:
        return path.resolve() if path.is_file() and allowed(path, [content]) else None
    except OSError:
        return None


def pictures(paper: Paper, content: Path) -> tuple[tuple[str, Path], ...]:
    """Every image of a paper that is there: its address in the text, and its file."""
    if "![" not in paper.markdown and "<img" not in paper.markdown:
        return ()
    addresses = {one.get("src", "") for one in parse(to_html(paper.markdown)).iter("img")}
    found = ((address, picture(address, paper, content)) for address in sorted(addresses))
    return tuple((address, path) for address, path in found if path)


def outputs(papers: Sequence[Paper], content: Path) -> tuple[Output, ...]:
    """The images of all papers, where the papers' pages expect them."""
    found: dict[str, Output] = {}
    for paper in papers:
        for address, path in pictures(paper, content):
            uri = posixpath.normpath(f"problems/{unquote(urlsplit(address).path)}")
            if path.suffix.lower() in KINDS and not uri.startswith(".."):
                found[uri] = Output(uri, path)
    return tuple(found.values())
