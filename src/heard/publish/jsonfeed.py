"""The JSON Feed (version 1.1): the same entries as the Atom feed, with the PDFs as attachments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from heard.publish.feed import changed, newest_first
from heard.publish.pages import PdfFile
from heard.publish.wording import instant
from heard.values import Expert, Paper

VERSION = "https://jsonfeed.org/version/1.1"


def jsonfeed(
    papers: Sequence[Paper],
    expert: Expert,
    site_url: str,
    *,
    title: str,
    pdfs: Mapping[str, PdfFile],
    pictures: Mapping[str, str],
) -> bytes:
    """The feed as UTF-8; `site_url` ends in a slash, `papers` are published, `pictures` are cards by slug."""
    feed: dict[str, object] = {
        "version": VERSION,
        "title": title,
        "home_page_url": site_url,
        "feed_url": f"{site_url}feed.json",
        "language": expert.lang or "en",
    }
    if expert.name:
        feed["authors"] = [{"name": expert.name, "url": f"{site_url}about/"}]
    feed["items"] = [_item(paper, site_url, pdfs.get(paper.slug), pictures) for paper in newest_first(papers)]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(paper: Paper, site_url: str, pdf: PdfFile | None, pictures: Mapping[str, str]) -> dict[str, object]:
    url = f"{site_url}problems/{paper.slug}/"
    said = paper.answer or paper.description or paper.problem
    item: dict[str, object] = {
        "id": url,
        "url": url,
        "title": paper.title or paper.problem,
        "content_text": said,
        "summary": paper.description or said,
        "date_published": instant(paper.published or changed(paper)),
        "date_modified": instant(changed(paper)),
        "language": paper.lang or "en",
    }
    if paper.author.name:
        item["authors"] = [{"name": paper.author.name}]
    if paper.slug in pictures:
        item["image"] = f"{site_url}{pictures[paper.slug]}"
    if paper.industries:
        item["tags"] = list(paper.industries)
    if pdf:
        about = {"url": f"{site_url}{pdf.uri}", "mime_type": "application/pdf", "size_in_bytes": pdf.size}
        item["attachments"] = [about]
    return item
