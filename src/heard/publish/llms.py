"""The papers for machines that read Markdown: each beside its page, and llms.txt, which lists them.

No search engine is known to reward it; it costs nothing, and who asks an assistant gets the whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from heard.publish import wording
from heard.publish.charts.drawing import as_text
from heard.publish.pages import PdfFile
from heard.values import ApprovedProof, Expert, Industry, Output, Paper

_QUOTE = re.compile(r'<blockquote class="market">\n(.*?)\n</blockquote>', re.DOTALL)
_ATTRIBUTES = re.compile(r"^\{ \.(?:caption|source) \}\n", re.MULTILINE)
_NUMBER = re.compile(r'<span class="number">([^<]*)</span>')
_LINK = re.compile(r"(\]\(<?)([^)\s>#/][^)\s>]*)")


def address(paper: Paper) -> str:
    """Where a paper's Markdown lies below the site."""
    return f"problems/{paper.slug}/index.md"


def llms(papers: Sequence[Paper], industries: Sequence[Industry], expert: Expert, site_url: str, title: str) -> bytes:
    """llms.txt: who this is, and every paper with its answer."""
    lines = [f"# {_line(title or expert.name or 'Papers')}", ""]
    said = " ".join(part for part in (_line(expert.name), _line(expert.trade)) if part)
    about = _line(expert.bio) or said
    if about:
        lines += [f"> {about}", ""]
    lines += ["Each paper answers one problem that people told the author about, and gives the answer away.", ""]
    lines += _listed("Problems", [(_name(paper), address(paper), paper.answer) for paper in papers], site_url)
    hubs = [(one.name, f"industries/{one.slug}/", one.audience) for one in industries]
    lines += _listed("Industries", hubs, site_url)
    lines += _listed("About", [(f"About {expert.name}".strip(), "about/", expert.trade)], site_url)
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", "replace")


def papers_as_markdown(papers: Sequence[Paper], pdfs: Mapping[str, PdfFile], site_url: str) -> tuple[Output, ...]:
    """Each paper's Markdown as a file beside its page."""
    return tuple(
        Output(address(paper), markdown(paper, pdfs.get(paper.slug), site_url), paper.source.path, as_is=True)
        for paper in papers
    )


def markdown(paper: Paper, pdf: PdfFile | None, site_url: str) -> bytes:
    """A paper as one Markdown file that says by itself whose it is, from when, and where its page is."""
    url = f"{site_url}problems/{paper.slug}/"
    facts = [f"Problem: {_line(paper.problem)}" if paper.problem != paper.title else ""]
    facts += [f"Author: {_line(paper.author.name)}" if paper.author.name else ""]
    facts += [f"Heard from: {wording.told(paper.heard.heard_from)}" if paper.heard.heard_from else ""]
    facts += [f"Published: {paper.published}" if paper.published else ""]
    facts += [f"Updated: {paper.updated}" if paper.updated else ""]
    facts += [f"Page: {url}" if site_url else "", f"PDF: {site_url}{pdf.uri}" if pdf and site_url else ""]
    parts = [f"# {_line(paper.title or paper.problem)}"]
    parts += [f"> {_line(paper.answer)}"] if paper.answer else []
    parts += ["\n".join(f"- {fact}" for fact in facts if fact)]
    parts += [_plain(paper.markdown, url if site_url else "").strip()]
    parts += ["## It worked here"] if paper.proof else []
    parts += [_proof(one) for one in paper.proof]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def _plain(text: str, url: str) -> str:
    """The paper's Markdown without what only our pages need, its links whole."""
    text = as_text(_QUOTE.sub(_quote, text))
    text = _NUMBER.sub(r"**\1**", _ATTRIBUTES.sub("", text))
    text = re.sub(r"\n{3,}", "\n\n", text)
    return _LINK.sub(lambda found: found[1] + _whole(found[2], url), text) if url else text


def _whole(target: str, url: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return target
    # Papers link to their neighbours as their pages do, to pictures as their source files do.
    below = url.rsplit("/", 2)[0] + "/"
    if re.fullmatch(r"\.\./[a-z0-9-]+/(#.*)?", target):
        return below + target[3:]
    if target.startswith("../"):
        return below.rsplit("/", 2)[0] + "/" + target.lstrip("./")
    return below + target.removeprefix("./")


def _quote(found: re.Match[str]) -> str:
    words = [unescape(part) for part in re.findall(r"<p>(.*?)</p>", found[1], re.DOTALL)]
    by = [f"— {unescape(part)}" for part in re.findall(r"<footer>(.*?)</footer>", found[1], re.DOTALL)]
    return "\n>\n".join(f"> {part}" for part in (*words, *by))


def _proof(proof: ApprovedProof) -> str:
    said = [f"> {_line(part)}" for part in re.split(r"\n\s*\n", proof.text) if part.strip()]
    by = [f"> — {_line(proof.by)}"] if proof.by else []
    outcome = proof.outcome
    measured = f"{outcome.metric}: {outcome.baseline} → {outcome.result}" if outcome else ""
    return "\n\n".join(part for part in (measured, "\n>\n".join((*said, *by))) if part)


def _listed(title: str, rows: Sequence[tuple[str, str, str]], site_url: str) -> list[str]:
    shown = [f"- [{_name_of(name)}]({site_url}{uri}){_note(says)}" for name, uri, says in rows]
    return [f"## {title}", "", *shown, ""] if shown else []


def _note(says: str) -> str:
    return f": {_line(says)}" if says.strip() else ""


def _name(paper: Paper) -> str:
    return paper.title or paper.problem


def _name_of(name: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", _line(name))


def _line(text: str) -> str:
    return " ".join(text.split())
