"""Old addresses that keep answering: stubs for renamed, merged and retired problems."""

from __future__ import annotations

from collections.abc import Mapping, Set
from html import escape

from heard.values import Output, Problem, PublicCatalogue, State


def stubs(catalogue: PublicCatalogue, live: Set[str], site_url: str) -> tuple[Output, ...]:
    """A page at every old address that sends the reader on; `live` are the slugs that have a page."""
    targets = _targets(catalogue, live)
    return tuple(
        Output(f"problems/{old}/index.html", _stub(target, site_url), source)
        for old, (target, source) in sorted(targets.items())
        if old not in live
    )


def moved(catalogue: PublicCatalogue, live: Set[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of an old page's address and where it leads, for hosts that send true redirects."""
    targets = sorted(_targets(catalogue, live).items())
    return tuple((f"problems/{old}/", target) for old, (target, _) in targets if old not in live)


def copies(catalogue: PublicCatalogue, with_pdf: Set[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of an old PDF's name and the one whose bytes it shall answer with."""
    by_slug = {problem.slug: problem for problem in catalogue.problems}
    pairs: dict[str, str] = {}
    for problem in catalogue.problems:
        final = _final(problem, by_slug)
        olds = (*problem.old_slugs, *((problem.slug,) if final is not problem else ()))
        for old in olds if final.slug in with_pdf else ():
            if old not in with_pdf:
                pairs[f"papers/{old}.pdf"] = f"papers/{final.slug}.pdf"
    return tuple(sorted(pairs.items()))


def _targets(catalogue: PublicCatalogue, live: Set[str]) -> dict[str, tuple[str, str]]:
    by_slug = {problem.slug: problem for problem in catalogue.problems}
    hubs = {industry.slug for industry in catalogue.industries}
    targets: dict[str, tuple[str, str]] = {}
    for problem in catalogue.problems:
        final = _final(problem, by_slug)
        target = _address(final, live, hubs)
        gone = problem.state in (State.MERGED, State.RETIRED)
        for old in (*problem.old_slugs, *((problem.slug,) if gone else ())):
            targets[old] = (target, problem.place.path)
    return targets


def _final(problem: Problem, by_slug: Mapping[str, Problem]) -> Problem:
    """Where a chain of merges ends; a chain that bites its tail ends where it began."""
    seen, here = {problem.slug}, problem
    while here.merged_into in by_slug and here.merged_into not in seen:
        seen.add(here.merged_into)
        here = by_slug[here.merged_into]
    return problem if here.merged_into in seen else here


def _address(problem: Problem, live: Set[str], hubs: Set[str]) -> str:
    if problem.slug in live:
        return f"problems/{problem.slug}/"
    hub = next((slug for slug in problem.industries if slug in hubs), "")
    return f"industries/{hub}/" if hub else ""


def _stub(target: str, site_url: str) -> bytes:
    href = escape(f"../../{target}", quote=True)
    canonical = f'\n<link rel="canonical" href="{escape(site_url + target)}">' if site_url else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Moved</title>'
        f'{canonical}\n<meta http-equiv="refresh" content="0; url={href}">\n</head>\n'
        f'<body><main><h1>This page has moved</h1><p><a href="{href}">Read on here</a></p></main></body>\n</html>\n'
    ).encode()
