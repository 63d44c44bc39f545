"""The facts that every page of the site shares: what templates know as `config.extra.heard`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from heard.publish import sharing, structured, wording
from heard.publish.fonts import shelf
from heard.publish.languages import locale
from heard.publish.pages import (
    Context,
    Meta,
    alternates,
    card,
    distinct_proof,
    last_change,
    proof_item,
    row,
)
from heard.values import Expert, Industry, Paper, PublicCatalogue

INDUSTRY_ROWS = 5
"""How many problems of an industry the page of all industries shows."""


def shared(catalogue: PublicCatalogue, context: Context, shown: Sequence[Paper]) -> Mapping[str, object]:
    """The facts as strings, numbers, lists and dictionaries: they must pass through YAML unchanged."""
    expert, url, portraits = catalogue.expert, context.site_url, context.portraits
    proof = {item.id: item for item in (*distinct_proof(shown), *catalogue.approved.proof)}
    spoken = {context.lang, *(paper.lang for paper in context.papers)}
    return {
        "lang": wording.words(context.lang)["lang"],
        "locale": locale(context.lang),
        "words": {wording.words(lang)["lang"]: _page_words(lang) for lang in sorted(spoken)},
        "name": expert.name,
        "trade": expert.trade,
        "bio": expert.bio,
        "byline": wording.first_sentence(expert.bio) or expert.trade,
        "email": expert.email,
        "phone": expert.phone,
        "address": [line.strip() for line in expert.address.splitlines() if line.strip()],
        "notice": expert.notice,
        "same_as": [{"url": link, "name": _host(link)} for link in expert.same_as],
        "portrait": portraits.get("", ""),
        "logo": portraits.get("/logo", ""),
        "monogram": wording.monogram(expert.name),
        "ask": _ask(expert),
        "asks": {lang: _ask(one) for lang in sorted(spoken) if (one := expert.speaking(lang)) is not expert},
        "feed": f"{url}feed.xml" if url else "",
        "jsonfeed": f"{url}feed.json" if url else "",
        "card": card(sharing.SITE, context),
        "counted": any(paper.heard.heard_from for paper in shown),
        "problems": [row(paper, context) for paper in context.papers],
        "industries": [_industry(industry, context) for industry in catalogue.industries],
        "quote": _lead_quote(shown),
        "proof": [proof_item(item, context.lang, shown) for item in proof.values()],
        "updated": last_change(shown),
        "pdfs": _pdf_addresses(context, shown) if expert.pdf_canonical != "page" else [],
        "preload": [f"assets/heard/fonts/{stem}.woff2" for stem in shelf(context.fonts).preload],
        "profile": structured.profile(expert, portraits.get("", ""), url) if url else {},
        "website": structured.website(expert, url, context.site_name) if url else {},
        "organization": _organization(expert, context) if url else {},
    }


def _ask(expert: Expert) -> Meta:
    ask = expert.ask
    return {"title": ask.title, "text": ask.text, "button": ask.button, "link": ask.link}


def _host(link: str) -> str:
    """Where a link leads, as a reader knows the place: without what comes before and after."""
    return (urlsplit(link).hostname or link).removeprefix("www.")


def _page_words(lang: str) -> Meta:
    """What templates say in a language; the rest of the words is for print, and for reading papers."""
    return {key: value for key, value in wording.words(lang).items() if isinstance(value, str)}


def _industry(industry: Industry, context: Context) -> Meta:
    """An industry in the lists; `rows` are the places of its most heard problems in `problems`."""
    rows = [at for at, paper in enumerate(context.papers) if industry.slug in paper.industries]
    count = sum(not context.papers[at].draft for at in rows)
    return {
        "slug": industry.slug,
        "uri": f"industries/{industry.slug}/",
        "name": industry.name,
        "audience": industry.audience,
        "who": wording.inside(industry.audience),
        "count": wording.counted(count, "papers", context.lang) if count else "",
        "rows": rows[:INDUSTRY_ROWS],
        "more": len(rows) > INDUSTRY_ROWS,
    }


def _lead_quote(shown: Sequence[Paper]) -> Meta:
    """The voice on the first page: the shortest of the most heard problem that has one."""
    for paper in shown:
        quotes = sorted(paper.heard.quotes, key=lambda quote: (len(quote.text), quote.id))
        for quote in quotes[:1]:
            return {"text": quote.text, "by": quote.by, "uri": f"problems/{paper.slug}/"}
    return {}


def _pdf_addresses(context: Context, shown: Sequence[Paper]) -> list[Meta]:
    if not context.site_url:
        return []
    return [
        {
            "url": f"{context.site_url}{context.pdfs[paper.slug].uri}",
            "updated": last_change([paper]),
            "alternates": _pdf_alternates(paper, context),
        }
        for paper in shown
        if paper.slug in context.pdfs
    ]


def _pdf_alternates(paper: Paper, context: Context) -> list[Meta]:
    """The PDF in every language; nothing unless all of them are there."""
    slugs = {slug for _, slug in context.translations.get(paper.slug, ())}
    return alternates(paper, context, "papers/{}.pdf") if slugs <= set(context.pdfs) else []


def _organization(expert: Expert, context: Context) -> structured.Node:
    return structured.organization(expert, context.site_name, context.portraits.get("/logo", ""), context.site_url)
