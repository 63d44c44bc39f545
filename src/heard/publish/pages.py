"""The pages as values: Markdown files whose front matter holds all that the templates show.

Whatever a template needs beyond the site-wide facts travels under the key `heard`, so that the same
files build with any MkDocs that has the theme.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from heard.publish import sharing, structured, wording
from heard.publish.body import page_body
from heard.publish.feed import NEVER, changed
from heard.publish.fonts import FOLDER
from heard.publish.languages import Others, locale
from heard.publish.tally import CoverColours, cover, tally
from heard.values import ApprovedProof, Author, Industry, Output, Paper

Meta = dict[str, object]

COVER = CoverColours("var(--h-stroke)", "var(--h-cross)", "var(--h-deep2)")

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # ten times as fast where it is there

RELATED = 3
"""How many other problems a paper's page points to."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A paper's PDF: its address below the site, its size in bytes and its number of pages."""

    uri: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class Context:
    """What pages need to know about the rest of the site; `cards` are alternative texts by the cards' addresses.

    `lang` is the language of what stands on every page; `related` are the slugs of the papers to show beside a paper.
    """

    site_url: str
    papers: tuple[Paper, ...]
    pdfs: Mapping[str, PdfFile]
    industries: Mapping[str, Industry]
    portraits: Mapping[str, str]
    site_name: str = ""
    cards: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Others] = field(default_factory=dict)
    lang: str = "en"
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fonts: Path = FOLDER


def problem_page(paper: Paper, context: Context) -> Output:
    """`problems/<slug>.md`: the paper's page, its fixed words in the paper's language."""
    lang = paper.lang or context.lang
    known = wording.words(lang)
    uri = f"problems/{paper.slug}/"
    crumbs = [(str(wording.words(context.lang)["problems"]), ""), *_hubs(paper, context)[:1]]
    told = {
        "count": paper.heard.heard_from,
        "told": wording.told(paper.heard.heard_from, lang),
        "tally": _tally(paper, lang),
        "from": ", ".join(paper.heard.roles),
        "industries": ", ".join(wording.inside(name_of(slug, context)) for slug in paper.heard.industries),
        "since": wording.since(paper.heard.since, lang),
    }
    own_pdf = _pdf(paper, context)
    heard: Meta = {
        "uri": uri,
        "problem": paper.problem,
        "answer": paper.answer,
        "lang": lang,
        "words": known["lang"],
        "locale": locale(lang),
        "draft": paper.draft,
        "long": len(paper.title) > 90,
        "crumbs": [{"name": name, "uri": where} for name, where in crumbs],
        "told": told,
        "published": paper.published.isoformat() if paper.published else "",
        "updated": "" if changed(paper) == NEVER else changed(paper).isoformat(),
        "day": wording.day(paper.updated or paper.published, lang),
        "first_day": _first_day(paper, lang),
        "month": wording.month(paper.updated or paper.published, lang),
        "cover": _cover(paper) if own_pdf else "",
        "pdf": own_pdf,
        "proof": [proof_item(proof, lang) for proof in paper.proof],
        "author": _author(paper.author, context),
        "related": [row(other, context, lang) for other in _related(paper, context)],
        "elsewhere": [{"name": name, "uri": where} for name, where in _elsewhere(paper, context)],
        "card": card(sharing.of_paper(paper.slug), context),
        "alternates": alternates(paper, context, "problems/{}/"),
    }
    if context.site_url and not paper.draft:
        heard["markdown"] = f"{uri}index.md"
        heard["jsonld"] = structured.article(
            paper, [*crumbs, (paper.problem, uri)], context.site_url,
            picture=_own_card(paper, context), publisher=context.site_name,
        )  # fmt: skip
    front: Meta = {
        "title": paper.title or paper.problem,
        "description": paper.description or paper.answer,
        "template": "problem.html",
        "heard": heard,
    }
    if paper.draft:
        front["search"] = {"exclude": True}
    body = page_body(paper, {other.slug for other in context.papers}, context.fonts)
    return Output(f"problems/{paper.slug}.md", document(front, body), paper.source.path)


def card(uri: str, context: Context) -> Meta:
    """The card of a page as its head names it, or nothing: then the site's card stands for it."""
    if not context.site_url or uri not in context.cards:
        return {}
    return {"url": f"{context.site_url}{uri}", "alt": context.cards[uri]}


def alternates(paper: Paper, context: Context, address: str) -> list[Meta]:
    """The paper in every language, itself included; `address` takes a slug. Nothing where there is but one."""
    if not context.site_url or paper.draft:
        return []
    others = context.translations.get(paper.slug, ())
    return [{"lang": lang, "url": f"{context.site_url}{address.format(slug)}"} for lang, slug in others]


def _own_card(paper: Paper, context: Context) -> str:
    uri = sharing.of_paper(paper.slug)
    return uri if uri in context.cards else ""


def row(paper: Paper, context: Context, lang: str = "") -> Meta:
    """A paper's line in a list of problems, told in a language: the site's unless it is another."""
    lang = lang or context.lang
    pdf = context.pdfs.get(paper.slug)
    return {
        "uri": f"problems/{paper.slug}/",
        "problem": paper.problem or paper.title,
        "answer": paper.answer,
        "count": paper.heard.heard_from,
        "tally": _tally(paper, lang),
        "lang": paper.lang if paper.lang and paper.lang != lang else "",
        "pages": wording.counted(pdf.pages, "pages", lang) if pdf else "",
        "month": wording.month(paper.updated or paper.published, lang),
        "industries": list(paper.industries),
        "draft": paper.draft,
    }


def proof_item(proof: ApprovedProof, lang: str, papers: Sequence[Paper] = ()) -> Meta:
    """A proof as the templates show it; the part of `by` before its first comma is set bold.

    Of `papers` the first that the proof belongs to is named, so that a reader finds what was done.
    """
    who, comma, rest = proof.by.partition(",")
    outcome = proof.outcome
    measured = filter(None, (outcome.measured, wording.period(outcome.period, lang))) if outcome else ()
    told = next((paper for paper in papers if paper.slug in proof.problems and not paper.draft), None)
    return {
        "uri": f"problems/{told.slug}/" if told else "",
        "title": (told.title or told.problem) if told else "",
        "words": [part.strip() for part in re.split(r"\n\s*\n", proof.text) if part.strip()],
        "who": who,
        "rest": comma + rest,
        "metric": outcome.metric if outcome else "",
        "baseline": outcome.baseline if outcome else "",
        "result": outcome.result if outcome else "",
        "measured": ", ".join(measured),
    }


def hub_page(industry: Industry, quotes: Sequence[Meta], context: Context) -> Output:
    """`industries/<slug>.md`: one audience, what it says, its problems, its words."""
    papers = [paper for paper in context.papers if industry.slug in paper.industries]
    shown = [paper for paper in papers if not paper.draft]
    uri = f"industries/{industry.slug}/"
    known = wording.words(context.lang)
    crumbs = ((str(known["problems"]), ""), (str(known["industries"]), "industries/"), (industry.name, uri))
    heard: Meta = {
        "uri": uri,
        "name": industry.name,
        "audience": wording.inside(industry.audience),
        "count": wording.counted(len(shown), "papers", context.lang) if shown else "",
        "crumbs": [{"name": name, "uri": where} for name, where in crumbs[:-1]],
        "quotes": list(quotes),
        "groups": _groups(papers, context),
        "vocabulary": list(industry.vocabulary),
        "proof": [proof_item(proof, context.lang, shown) for proof in distinct_proof(shown)],
        "updated": last_change(shown),
        "card": card(sharing.of_industry(industry.slug), context),
    }
    if context.site_url:
        heard["jsonld"] = [structured.breadcrumbs(crumbs, context.site_url)]
    who = wording.inside(industry.audience) or known["people_in"] % wording.inside(industry.name)
    front: Meta = {
        "title": industry.name,
        "description": known["hub_says"] % who,
        "template": "hub.html",
        "heard": heard,
    }
    return Output(f"industries/{industry.slug}.md", document(front, industry.body), industry.place.path)


def list_page(uri: str, title: str, description: str, template: str, updated: str) -> Output:
    """A page that shows only site-wide facts: the industries, the proof."""
    heard: Meta = {"uri": uri, "updated": updated}
    front: Meta = {"title": title, "description": description, "template": template, "heard": heard}
    return Output(f"{uri}index.md", document(front, ""))


def document(front: Meta, body: str) -> bytes:
    """A Markdown file with its front matter."""
    head = yaml.dump(front, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{body.strip()}\n".encode()


def distinct_proof(papers: Sequence[Paper]) -> list[ApprovedProof]:
    """The proof of several papers, each once, in the papers' order."""
    return list({proof.id: proof for paper in papers for proof in paper.proof}.values())


def last_change(papers: Sequence[Paper]) -> str:
    """The ISO day on which one of the papers changed last, or nothing."""
    latest = max(map(changed, papers), default=NEVER)
    return "" if latest == NEVER else latest.isoformat()


def name_of(slug: str, context: Context) -> str:
    """An industry's name; its slug in words where the industry has no file."""
    industry = context.industries.get(slug)
    return industry.name if industry else slug.replace("-", " ").capitalize()


def _hubs(paper: Paper, context: Context) -> list[tuple[str, str]]:
    known = [slug for slug in paper.industries if slug in context.industries]
    return [(context.industries[slug].name, f"industries/{slug}/") for slug in known]


def _cover(paper: Paper) -> str:
    return cover(paper.heard.heard_from, paper.slug, COVER, quoted=bool(paper.heard.quotes))


def _tally(paper: Paper, lang: str) -> str:
    """The strokes of a paper, or a quote mark; nothing where neither figure nor quote was approved."""
    count = paper.heard.heard_from
    if not count and not paper.heard.quotes:
        return ""
    known = wording.words(lang)
    label = wording.said(known, count) if count else str(known["in_market"])
    label = label[:1].upper() + label[1:]
    return tally(count, more=count > 0, seed=paper.slug, label=label)


def _pdf(paper: Paper, context: Context) -> Meta:
    pdf = context.pdfs.get(paper.slug)
    if not pdf:
        return {}
    lang = paper.lang or context.lang
    no_form = wording.words(lang)["no_form"].replace(" ", "\u00a0")
    facts = f"{wording.counted(pdf.pages, 'pages', lang)}, {wording.size(pdf.size, lang)}, {no_form}"
    return {"uri": pdf.uri, "name": pdf.uri.rpartition("/")[2], "facts": facts}


def _author(author: Author, context: Context) -> Meta:
    return {
        "name": author.name,
        "bio": author.bio,
        "portrait": context.portraits.get(author.slug, ""),
        "monogram": wording.monogram(author.name),
        "about": "" if author.slug else "about/",
    }


def _related(paper: Paper, context: Context) -> list[Paper]:
    by_slug = {other.slug: other for other in context.papers}
    return [by_slug[slug] for slug in context.related.get(paper.slug, ())]


def _elsewhere(paper: Paper, context: Context) -> list[tuple[str, str]]:
    """The other industries that have the problem; the first one is named at the head of the page."""
    heard = [slug for slug in paper.heard.industries if slug not in paper.industries]
    known = [slug for slug in (*paper.industries, *heard) if slug in context.industries]
    return [(context.industries[slug].name, f"industries/{slug}/") for slug in known[len(_hubs(paper, context)[:1]) :]]


def _first_day(paper: Paper, lang: str) -> str:
    """The day on which a paper came out, where it was changed since."""
    if not paper.published or changed(paper) == paper.published:
        return ""
    return wording.day(paper.published, lang).replace(" ", "\u00a0")


def _groups(papers: Sequence[Paper], context: Context) -> list[Meta]:
    """The problems by where they hurt, the group of the most heard one first; one group without a name if none says.

    Those that do not say come last.
    """
    places = list(dict.fromkeys(paper.where for paper in papers if paper.where))
    last = [""] if any(not paper.where for paper in papers) else []
    elsewhere = str(wording.words(context.lang)["elsewhere"]) if places else ""
    return [
        {"name": place or elsewhere, "rows": [row(paper, context) for paper in papers if paper.where == place]}
        for place in (*places, *last)
    ]
