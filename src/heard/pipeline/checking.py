"""The story of `heard check`: read everything, and say what is wrong with it."""

from __future__ import annotations

from datetime import date

from heard.base.fields import sorted_findings
from heard.base.files import sweep
from heard.catalogue.check import check as check_catalogue
from heard.catalogue.copies import lying_about
from heard.catalogue.rules import line_finder
from heard.listen.beside import beside_notes
from heard.pipeline import gates, outward, prose
from heard.pipeline.catalogue import Read, read
from heard.pipeline.known import read_exceptions
from heard.pipeline.naming import names_in
from heard.pipeline.searched import found_by_searchers, site_url_of
from heard.pipeline.typefaces import typefaces
from heard.publish import brand
from heard.publish.papers import papers
from heard.values import Finding
from heard.workspace import Workspace


def check(workspace: Workspace, today: date) -> tuple[Read, tuple[Finding, ...]]:
    """Everything that is wrong with the workspace's files."""
    # What a killed process left half-written holds private words, and counts for nothing.
    for folder in workspace.private.folders:
        sweep(folder)
    found = read(workspace)
    catalogue = found.catalogue
    fonts, in_fonts = typefaces(workspace.public, catalogue.public.expert)
    made, in_papers = papers(
        catalogue.public,
        site_url="",
        content=workspace.public.content,
        today=today,
        drafts=catalogue.drafts,
        fonts=fonts,
    )
    line_of = line_finder(workspace.root)
    together = check_catalogue(catalogue, today, found.findings, line_of, names_in(catalogue, found.book))
    _, in_allowed = read_exceptions(workspace.public)
    folders = dict.fromkeys((workspace.public.content, *workspace.private.folders[1:]))
    beside = [one for path in folders for one in lying_about(path, workspace.public.relative, found.findings)]
    beside += beside_notes(workspace.private.notes, workspace.public.relative, [note.rest for note in catalogue.notes])
    in_prose = prose.look_through(workspace, catalogue)
    site_url = site_url_of(workspace.public)
    searched = found_by_searchers(workspace.public, catalogue.public, site_url)
    in_brand = brand.findings(catalogue.public.expert, line_of)
    looked_at = gates.look_through(
        workspace,
        catalogue,
        found.hearings,
        found.book,
        made,
        found=found.findings,
        site_url=site_url,
        line_of=line_of,
        today=today,
    )
    in_public = (*searched, *in_brand, *in_fonts, *in_prose, *looked_at)
    told = [*found.findings, *together, *in_papers, *in_allowed, *beside, *in_public]
    return found, sorted_findings(gates.held(told, catalogue))


def online(workspace: Workspace, found: Read) -> tuple[tuple[Finding, ...], str]:
    """What is wrong with the addresses that public texts lead out to, which are asked; and how many are."""
    public = found.catalogue.public
    told = outward.ask_all(outward.places(workspace.public, public, site_url_of(workspace.public)))
    return tuple(gates.held(told.findings, found.catalogue)), told.sentence
