"""The story of the site: from the public files to every file of it, and into its place at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from heard.base.fields import sorted_findings
from heard.base.files import locked, turn, write_if_changed
from heard.catalogue.check_problems import old_slugs_are_free, slugs_differ
from heard.catalogue.public import read_public
from heard.catalogue.read import read_drafts
from heard.catalogue.rules import line_finder, world
from heard.pipeline.cards import draw_all
from heard.pipeline.days import page_days
from heard.pipeline.pdf import Made, Progress, job, render_all, silent
from heard.pipeline.searched import found_by_searchers
from heard.pipeline.typefaces import typefaces
from heard.publish import heads, sharing, speaking
from heard.publish.body import slotted
from heard.publish.cards import Card
from heard.publish.fetcher import allowed
from heard.publish.papers import living, paper_for, shown_in
from heard.publish.papers import papers as make_papers
from heard.publish.site import THEME, About, PdfFile
from heard.publish.site import site as make_site
from heard.values import Catalogue, Finding, HeardError, Output, Paper, Problem, PublicCatalogue, State
from heard.workspace import PublicWorkspace, Settings, Workspace

__all__ = ["THEME", "Build", "build", "drafts", "one_build", "place", "slotted", "swap"]


@dataclass(frozen=True, slots=True)
class Build:
    """The whole site as values: its files, what its templates know, and what is wrong.

    `without_pdfs` says in one line why there are no PDFs and what mends it; empty if there are. `beside` is what the
    host reads from outside of the site, if it reads anything.
    """

    outputs: tuple[Output, ...]
    extra: Mapping[str, object]
    findings: tuple[Finding, ...]
    without_pdfs: str = ""
    beside: Output | None = None


def build(
    workspace: PublicWorkspace,
    site: Settings,
    *,
    today: date,
    drafts: Sequence[Problem] = (),
    progress: Progress = silent,
) -> Build:
    """Everything that the site is made of, PDFs included. It is a function of the public files and the day.

    `drafts` are shown too, marked, when a person previews. Without Pango the pages are made all the same.
    """
    catalogue, wrong = read_public(workspace)
    fonts, in_fonts = typefaces(workspace, catalogue.expert)
    papers, in_papers = make_papers(
        catalogue, site_url=site.site_url, content=workspace.content, today=today, drafts=drafts, fonts=fonts
    )
    made, without = _pdfs(workspace, site, catalogue, papers, progress, fonts)
    cards, drawn = _cards(workspace, site, catalogue, papers, fonts) if not without else ({}, {})
    files = {slug: PdfFile(f"papers/{slug}.pdf", one.size, one.pages) for slug, one in made.items()}
    values = make_site(
        _still_valid(catalogue, today),
        [paper_for(paper, "site") for paper in papers],
        files,
        site_url=site.site_url,
        fonts=fonts,
        content=workspace.content,
        about=About(site.site_name, sharing.alternatives(cards), page_days(workspace), site.lang),
    )
    pdfs = {f"papers/{slug}.pdf": one.path for slug, one in made.items()}
    pdfs |= {old: pdfs[new] for old, new in values.copies if new in pdfs}
    outputs = (*values.outputs, *(Output(uri, path) for uri, path in sorted({**pdfs, **drawn}.items())))
    in_pdfs = [finding for one in made.values() for finding in one.findings]
    findings = [*wrong, *_addresses(workspace, catalogue, today, wrong), *in_fonts, *in_papers, *in_pdfs]
    findings += speaking.of_site(catalogue.expert, site.lang)
    findings += found_by_searchers(workspace, catalogue, site.site_url)
    return Build(outputs, values.extra, sorted_findings(findings), without, values.beside)


def _cards(
    workspace: PublicWorkspace, site: Settings, catalogue: PublicCatalogue, papers: Sequence[Paper], fonts: Path
) -> tuple[Mapping[str, Card], Mapping[str, Path]]:
    """The cards and their files; none where the site's address is unknown, since their own must be whole."""
    if not site.site_url:
        return {}, {}
    claim = heads.claim(workspace.pages) or site.site_name
    cards = sharing.cards(catalogue, [paper for paper in papers if not paper.draft], claim)
    templates = workspace.templates / "print"
    folders = [templates] if templates.is_dir() else []
    return cards, draw_all(cards, catalogue.expert.brand, workspace.cache, folders, fonts)


def _addresses(
    workspace: PublicWorkspace, catalogue: PublicCatalogue, today: date, wrong: Sequence[Finding]
) -> Iterator[Finding]:
    """Two papers at one address: one would silently take the place of the other."""
    seen = world(Catalogue(catalogue), today, wrong, line_finder(workspace.root))
    yield from slugs_differ(seen)
    yield from old_slugs_are_free(seen)


def _pdfs(
    workspace: PublicWorkspace,
    site: Settings,
    catalogue: PublicCatalogue,
    papers: Sequence[Paper],
    progress: Progress,
    fonts: Path,
) -> tuple[Mapping[str, Made], str]:
    jobs = {p.slug: job(p, catalogue.expert, workspace, site) for p in papers if not p.draft}
    try:
        return render_all(jobs, workspace.cache, progress, fonts), ""
    except HeardError as error:
        if "Pango" not in str(error):
            raise
        return {}, f"The pages are built without PDFs. {error}"


def _still_valid(catalogue: PublicCatalogue, today: date) -> PublicCatalogue:
    valid = shown_in(living(catalogue.approved.proof, today), "site")
    return replace(catalogue, approved=replace(catalogue.approved, proof=valid))


def drafts(workspace: Workspace) -> tuple[tuple[Problem, ...], tuple[Finding, ...]]:
    """The problems that are being drafted, for a preview on the own machine only."""
    findings: list[Finding] = []
    found = read_drafts(workspace, findings)
    return tuple(one for one in found if one.state is State.DRAFTING), tuple(findings)


def place(output: Output, folder: Path) -> Path:
    """A file that holds the output: its own, or one written below the folder if it would change."""
    if isinstance(output.content, Path):
        return output.content
    path = folder / output.uri
    if not path.resolve().is_relative_to(folder.resolve()):
        raise HeardError(f"{output.uri} would lie outside of the site.")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, output.content)
    return path


def is_public(workspace: Workspace, path: str | None) -> bool:
    """Whether a hand-written file lies in the workspace, and not on its private side, wherever a link leads."""
    return not path or (Path(path).is_file() and allowed(Path(os.path.realpath(path)), [workspace.root]))


def circle(folder: Path) -> str:
    """A link below a folder that leads back into it, or nothing: whoever follows it never comes to an end."""
    root = folder.resolve()
    for place, names, _ in os.walk(folder):
        for link in (Path(place, name) for name in names):
            real = Path(os.path.realpath(link))
            if link.is_symlink() and (real.is_relative_to(root) or root.is_relative_to(real)):
                return str(link)
    return ""


@contextmanager
def one_build(public: PublicWorkspace, waits: Callable[[], object]) -> Iterator[None]:
    """Build alone: two builds at once would write into the same folders. `waits` is called before a wait."""
    lock = public.cache / "build.lock"
    with turn(lock, waiting=False) as free:
        if free:
            yield
            return
    waits()
    with turn(lock):
        yield


def swap(staged: Path, site_dir: Path) -> None:
    """Put the staged site in the place of the old one, which is moved aside first and then deleted.

    A `site_dir` that is a link stays one: what it leads to is replaced.
    """
    site_dir = site_dir.resolve()
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    with locked(site_dir.parent):
        _swap(staged, site_dir)


def _swap(staged: Path, site_dir: Path) -> None:
    old = site_dir.with_name(f".{site_dir.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        staged = _on_the_same_disk(staged, site_dir)
        if site_dir.exists():
            site_dir.rename(old)
        staged.rename(site_dir)
    except OSError as error:
        if old.exists() and not site_dir.exists():
            old.rename(site_dir)
        raise HeardError(f"{site_dir} could not be replaced: {error.strerror}. The old site is as it was.") from error
    shutil.rmtree(old, ignore_errors=True)


def _on_the_same_disk(staged: Path, site_dir: Path) -> Path:
    # Only there a rename puts the whole site in place at once.
    if staged.stat().st_dev == site_dir.parent.stat().st_dev:
        return staged
    near = site_dir.with_name(f".{site_dir.name}-new")
    shutil.rmtree(near, ignore_errors=True)
    shutil.copytree(staged, near)
    shutil.rmtree(staged, ignore_errors=True)
    return near
