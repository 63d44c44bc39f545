"""The Markdown of a paper's page: the paper, and what the page adds around its summary.

It is Markdown and not a template's work because search indexes only what stands in the page.
"""

from __future__ import annotations

import re
from collections.abc import Set
from html import escape
from pathlib import Path

from heard.publish import wording
from heard.publish.charts.drawing import on_page
from heard.publish.dialect import in_short, says_in_short
from heard.publish.fonts import FOLDER
from heard.publish.wording import Words
from heard.values import Paper

SLOT = "<!-- problems -->"
"""Where the list of problems goes on a hand-written first page."""


def page_body(paper: Paper, slugs: Set[str], fonts: Path = FOLDER) -> str:
    """The paper, its summary first and marked, then what belongs to the page, then the rest.

    `slugs` are the papers that have a page; links to them become links between source files. Charts are lettered in
    `fonts`.
    """
    known = wording.words(paper.lang)
    linked = _source_links(on_page(paper.markdown, fonts), slugs)
    sections = any(line.startswith("## ") for line in linked.splitlines())
    summary, rest = in_short(linked) if sections else ("", linked)
    heading = f"## {_summary_heading(linked)} {{ #in-short .h-short }}" if summary else ""
    parts = (heading, summary, _figures(paper), _not_for(paper, known), rest, _aliases(paper, known))
    return "\n\n".join(part.strip("\n") for part in parts if part)


def _summary_heading(markdown: str) -> str:
    """The words above the summary, in the paper's own language."""
    lines = (line.strip(" #") for line in markdown.splitlines() if line.startswith("## "))
    return next((line for line in lines if says_in_short(line)), "In short")


def slotted(markdown: str) -> str:
    """A first page with the place of the list marked: before its first section, else at its end."""
    if SLOT in markdown:
        return markdown
    if re.search(r"^## ", markdown, re.MULTILINE):
        return re.sub(r"^## ", f"{SLOT}\n\n## ", markdown, count=1, flags=re.MULTILINE)
    return f"{markdown.rstrip()}\n\n{SLOT}\n"


def _source_links(markdown: str, slugs: Set[str]) -> str:
    """Links between papers as links between source files, so that MkDocs checks them."""

    def source(match: re.Match[str]) -> str:
        return f"]({match[1]}.md{match[2] or ''})" if match[1] in slugs else match[0]

    return re.sub(r"\]\(\.\./([a-z0-9-]+)/(#[^\s)]*)?\)", source, markdown)


def _figures(paper: Paper) -> str:
    if not paper.figures:
        return ""
    items = "".join(
        f"<div><dt>{escape(figure.number)}</dt><dd>{escape(figure.says)}</dd></div>" for figure in paper.figures
    )
    return f'<dl class="h-figures" data-search-exclude="true">{items}</dl>'


def _not_for(paper: Paper, known: Words) -> str:
    if not paper.not_for:
        return ""
    items = "".join(f"<li>{escape(who)}</li>" for who in paper.not_for)
    summary = f"<summary>{escape(known['not_for_page'])}</summary>"
    exclude = 'data-search-exclude="true"'
    return f'<details class="h-notfor" {exclude}>{summary}<ul>{items}</ul></details>'


def _aliases(paper: Paper, known: Words) -> str:
    problem = (paper.problem,) if paper.problem != paper.title else ()
    said = "; ".join(escape(words) for words in (*problem, *paper.aliases))
    if not said:
        return ""
    return f'<p class="h-aliases">{escape(known["as_said"], quote=False) % said}</p>'
