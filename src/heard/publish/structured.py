"""Structured data (schema.org) for the pages: only what the page shows, absolute addresses."""

from __future__ import annotations

from collections.abc import Sequence

from heard.publish.wording import instant
from heard.values import Author, Expert, Paper

Node = dict[str, object]


def article(
    paper: Paper, crumbs: Sequence[tuple[str, str]], site_url: str, *, picture: str = "", publisher: str = ""
) -> list[Node]:
    """Article and BreadcrumbList of a paper's page.

    `crumbs` are names and addresses below the site, `picture` is the address of the card, `publisher` the site's name.
    """
    url = f"{site_url}problems/{paper.slug}/"
    node: Node = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": paper.title or paper.problem,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": paper.lang or "en",
        "author": [author(paper.author, site_url)],
    }
    if picture:
        node["image"] = [f"{site_url}{picture}"]
    if publisher:
        node["publisher"] = {"@type": "Organization", "name": publisher, "url": site_url}
    if paper.answer:
        node["description"] = paper.answer
    if paper.published:
        node["datePublished"] = instant(paper.published)
        node["dateModified"] = instant(paper.updated or paper.published)
    return [node, breadcrumbs(crumbs, site_url)]


def breadcrumbs(crumbs: Sequence[tuple[str, str]], site_url: str) -> Node:
    """BreadcrumbList of the names and addresses that lead to a page, itself included."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": f"{site_url}{uri}"}
            for position, (name, uri) in enumerate(crumbs, 1)
        ],
    }


def author(who: Author, site_url: str) -> Node:
    """Person: who wrote a paper; only the expert (whose slug is empty) has a page about them."""
    person: Node = {"@type": "Person", "name": who.name}
    if not who.slug:
        person["url"] = f"{site_url}about/"
    elif who.same_as:
        person["sameAs"] = list(who.same_as)
    return person


def profile(expert: Expert, portrait: str, site_url: str) -> Node:
    """ProfilePage of the expert, for the page about them; `portrait` is an address below the site."""
    person: Node = {"@type": "Person", "name": expert.name, "url": f"{site_url}about/"}
    if expert.trade:
        person["jobTitle"] = expert.trade
    if expert.bio:
        person["description"] = expert.bio
    if portrait:
        person["image"] = f"{site_url}{portrait}"
    if expert.same_as:
        person["sameAs"] = list(expert.same_as)
    return {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": person}


def organization(expert: Expert, title: str, logo: str, site_url: str) -> Node:
    """Organization, for the first page: who stands behind the site; `logo` is an address below it, or nothing."""
    node: Node = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": title or expert.name,
        "url": site_url,
    }
    if expert.name:
        node["founder"] = {"@type": "Person", "name": expert.name, "url": f"{site_url}about/"}
    if logo:
        node["logo"] = f"{site_url}{logo}"
    if expert.email:
        node["email"] = expert.email
    if expert.same_as:
        node["sameAs"] = list(expert.same_as)
    return node


def website(expert: Expert, site_url: str, title: str = "") -> Node:
    """WebSite, for the first page; `title` is the site's name where it has one."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": title or expert.name,
        "url": site_url,
        "inLanguage": expert.lang or "en",
    }
