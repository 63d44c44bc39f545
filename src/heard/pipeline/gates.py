"""The story of the gates: what keeps papers and pages from being found and believed, as grave as the house says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from heard.base.gaps import gaps
from heard.catalogue.accounts import AccountBook
from heard.catalogue.check_heard import often_heard_is_answered, papers_answer_somebody
from heard.catalogue.check_texts import TEXT_RULES
from heard.catalogue.heard_from import Hearing
from heard.catalogue.public import GATED
from heard.catalogue.rank import rank
from heard.catalogue.rules import LineOf, world
from heard.pipeline.linked import broken_links
from heard.pipeline.texts import HUB, PAGE, of_kind, texts
from heard.publish import page_shape
from heard.values import Catalogue, Finding, Paper, Severity
from heard.workspace import Workspace


def look_through(
    workspace: Workspace,
    catalogue: Catalogue,
    hearings: Mapping[str, Sequence[Hearing]],
    book: AccountBook,
    papers: Sequence[Paper],
    *,
    found: Iterable[Finding],
    site_url: str,
    line_of: LineOf,
    today: date,
) -> Iterator[Finding]:
    """Everything that the gates say; `found` is what reading said, `papers` is what the problems became."""
    seen = world(catalogue, today, found, line_of)
    for rule in TEXT_RULES:
        yield from rule(seen)
    if workspace.private.exists:
        ranked = rank(catalogue, hearings, book, today)
        yield from often_heard_is_answered(seen, ranked)
        yield from papers_answer_somebody(seen, ranked)
    some = texts(workspace.public, catalogue)
    for text in of_kind(some, PAGE, HUB):
        yield from page_shape.check(text.body, text.path, text.line, titled=text.kind == HUB)
    yield from broken_links(workspace.public, catalogue, some, papers, site_url, line_of)


def held(findings: Iterable[Finding], catalogue: Catalogue) -> Iterator[Finding]:
    """The findings as grave as `gates:` in expert.yml says; a draft that has gaps is not held to them yet."""
    gates = dict(catalogue.public.expert.gates)
    unfinished = {one.place.path for one in catalogue.drafts if gaps(one.body)} if gates else set()
    for one in findings:
        family = one.code.partition("/")[0]
        gate = gates.get(one.code, gates.get(family, "")) if one.code in GATED else ""
        if gate == Severity.TO_FIX and one.place.path not in unfinished:
            yield replace(one, severity=Severity.TO_FIX)
        elif gate != "off":
            yield one
