"""What is said where a paper's language, or the site's, has no words of heard's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from heard.publish.words import base, languages, list_of
from heard.values import Expert, Finding, Paper, Place, Severity


def of_papers(papers: Iterable[Paper]) -> Iterator[Finding]:
    """A finding for each language without words, at its first paper."""
    told: set[str] = set()
    for paper in papers:
        if list_of(paper.lang) or base(paper.lang) in told:
            continue
        told.add(base(paper.lang))
        known = ", ".join(languages())
        said = f"heard's own words in a paper are not there in “{paper.lang}”, so they are English: it knows {known}"
        yield Finding(Place(paper.source.path), Severity.WORTH_A_LOOK, said, "paper/language")


def of_site(expert: Expert, theme: str) -> Iterator[Finding]:
    """A finding where the menu and the writer speak differently; `theme` is mkdocs.yml's `theme.language`, or empty."""
    if theme and expert.lang and base(theme) != base(expert.lang):
        said = f"the menu and the search speak “{theme}”, you “{expert.lang}”: write `language: {base(expert.lang)}`"
        message = f"{said} below `theme:` in mkdocs.yml, or another `lang:` here"
        yield Finding(Place(expert.place.path), Severity.WORTH_A_LOOK, message, "site/language")
