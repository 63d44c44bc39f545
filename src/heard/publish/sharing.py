"""Which picture each page shows when somebody shares its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heard.publish import wording
from heard.publish.cards import Card
from heard.values import Industry, Paper, PublicCatalogue

SITE = "cards/site.png"
"""The card of the first page, and of every page that has none of its own."""


def of_paper(slug: str) -> str:
    """The address of a paper's card below the site."""
    return f"cards/problems/{slug}.png"


def of_industry(slug: str) -> str:
    """The address of an industry's card below the site."""
    return f"cards/industries/{slug}.png"


def cards(catalogue: PublicCatalogue, papers: Sequence[Paper], claim: str) -> dict[str, Card]:
    """Every card by its address; `papers` are published ones, `claim` is the first page's heading."""
    expert = catalogue.expert
    any_voice = any(paper.heard.quotes for paper in papers)
    site = Card(claim or expert.name, expert.name, expert.lang, says=expert.trade, seed="", quoted=any_voice)
    hubs = {of_industry(one.slug): _hub(one, catalogue, papers) for one in catalogue.industries}
    return {SITE: site, **hubs, **{of_paper(paper.slug): _paper(paper) for paper in papers}}


def _paper(paper: Paper) -> Card:
    heard = paper.heard
    words = paper.problem or paper.title
    return Card(words, paper.author.name, paper.lang, heard.heard_from, paper.slug, quoted=bool(heard.quotes))


def _hub(industry: Industry, catalogue: PublicCatalogue, papers: Sequence[Paper]) -> Card:
    expert = catalogue.expert
    mine = [paper for paper in papers if industry.slug in paper.industries]
    quoted = any(paper.heard.quotes for paper in mine)
    return Card(industry.name, expert.name, expert.lang, seed=industry.slug, quoted=quoted, says=industry.audience)


def alternatives(made: Mapping[str, Card]) -> dict[str, str]:
    """What each card shows, in words, for those who cannot see it."""
    return {uri: alternative(card) for uri, card in made.items()}


def alternative(card: Card) -> str:
    """What a card shows, in words."""
    told = wording.said(wording.words(card.lang), card.count)
    said = told[:1].upper() + told[1:] if told else card.says
    parts = (card.words.rstrip("."), said.rstrip("."), card.name)
    return ". ".join(part for part in parts if part)
