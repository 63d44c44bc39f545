"""What keeps the site's pages from being found as they could be: their titles and descriptions, what the host lacks."""

from __future__ import annotations

from collections.abc import Iterator

from heard.catalogue.rules import line_finder
from heard.publish import heads, hosts
from heard.values import Finding, HeardError, PublicCatalogue, State
from heard.workspace import PublicWorkspace, settings


def found_by_searchers(workspace: PublicWorkspace, catalogue: PublicCatalogue, site_url: str) -> Iterator[Finding]:
    """The findings about every hand-written page and paper, and about the host in expert.yml."""
    yield from heads.findings(heads.written_pages(workspace.pages, workspace.root), catalogue)
    living = sum(one.state is State.PUBLISHED for one in catalogue.problems)
    yield from hosts.findings(catalogue.expert, site_url, papers=living, line_of=line_finder(workspace.root))


def site_url_of(workspace: PublicWorkspace) -> str:
    """The site's address; empty where mkdocs.yml says none, or cannot be read, of which MkDocs tells."""
    try:
        return settings(workspace).site_url
    except HeardError:
        return ""
