"""Languages as others want them named: translations of each other (hreflang), and Open Graph's locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heard.publish.words import list_of, raw
from heard.values import Paper

X_DEFAULT = "x-default"
"""For readers of every other language: the original."""

Others = tuple[tuple[str, str], ...]


def translations(papers: Sequence[Paper]) -> Mapping[str, Others]:
    """For each paper that has translations: every language of it with its slug, itself included, by slug.

    All of a group get the same list, so that what one says of the others they say of it.
    """
    groups: dict[str, dict[str, str]] = {}
    for paper in sorted(papers, key=lambda one: (bool(one.translates), one.slug)):
        groups.setdefault(paper.translates or paper.slug, {}).setdefault(paper.lang or "en", paper.slug)
    found: dict[str, Others] = {}
    for original, by_language in groups.items():
        if len(by_language) > 1:
            every = tuple(sorted(by_language.items()))
            slugs = set(by_language.values())
            default = original if original in slugs else every[0][1]
            found |= dict.fromkeys(slugs, (*every, (X_DEFAULT, default)))
    return found


def locale(lang: str) -> str:
    """A language as Open Graph names it: `de_AT` for `de-AT`, `de_DE` for `de`; nothing for one without words."""
    name, _, region = lang.replace("-", "_").partition("_")
    known = list_of(lang)
    if not known:
        return ""
    return f"{name.lower()}_{region.upper()}" if len(region) == 2 else str(raw(known)["locale"])
