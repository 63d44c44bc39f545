"""The story of the site: from the public files to every file of it, and into its place at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from heard.base.document import parse
from heard.base.fields import sorted_findings
from heard.base.files import walk, write_if_changed
from heard.catalogue.check_problems import old_slugs_are_free, slugs_differ
from heard.catalogue.public import read_public
from heard.catalogue.read import read_drafts
from heard.catalogue.rules import line_finder, world
from heard.pipeline.pdf import Made, Progress, job, render_all, silent
from heard.publish.body import slotted
from heard.publish.fonts import FOLDER
from heard.publish.papers import living
from heard.publish.papers import papers as make_papers
from heard.publish.site import THEME, PdfFile
from heard.publish.site import site as make_site
from heard.values import Catalogue, Finding, HeardError, Output, Paper, Problem, PublicCatalogue, State
from heard.workspace import PublicWorkspace, Settings, Workspace

__all__ = ["THEME", "Build", "build", "drafts", "notes_among_pages", "place", "private_copies", "slotted", "swap"]


@dataclass(frozen=True, slots=True)
class Build:
    """The whole site as values: its files, what its templates know, and what is wrong.

    `without_pdfs` says in one line why there are no PDFs and what mends it; empty if there are.
    """

    outputs: tuple[Output, ...]
    extra: Mapping[str, object]
    findings: tuple[Finding, ...]
    without_pdfs: str = ""


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
    papers, in_papers = make_papers(
        catalogue, site_url=site.site_url, content=workspace.content, today=today, drafts=drafts
    )
    made, without = _pdfs(workspace, site, catalogue, papers, progress)
    files = {slug: PdfFile(f"papers/{slug}.pdf", one.size, one.pages) for slug, one in made.items()}
    values = make_site(
        _still_valid(catalogue, today),
        papers,
        files,
        site_url=site.site_url,
        fonts=FOLDER,
        content=workspace.content,
    )
    pdfs = {f"papers/{slug}.pdf": one.path for slug, one in made.items()}
    pdfs |= {old: pdfs[new] for old, new in values.copies if new in pdfs}
    outputs = (*values.outputs, *(Output(uri, path) for uri, path in sorted(pdfs.items())))
    in_pdfs = [finding for one in made.values() for finding in one.findings]
    findings = [*wrong, *_addresses(workspace, catalogue, today, wrong), *in_papers, *in_pdfs]
    return Build(outputs, values.extra, sorted_findings(findings), without)


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
) -> tuple[Mapping[str, Made], str]:
    jobs = {p.slug: job(p, catalogue.expert, workspace, site) for p in papers if not p.draft}
    try:
        return render_all(jobs, workspace.cache, progress), ""
    except HeardError as error:
        if "Pango" not in str(error):
            raise
        return {}, f"The pages are built without PDFs. {error}"


def _still_valid(catalogue: PublicCatalogue, today: date) -> PublicCatalogue:
    valid = living(catalogue.approved.proof, today)
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


def private_copies(workspace: Workspace, staged: Path) -> tuple[str, ...]:
    """The public files that are byte for byte a private one: reasons to stop before anything is public.

    Looks at what was built, and at the hand-written pages, which look different once they are built.
    This is where the leak check belongs: after the build, reading both sides, able only to veto.
    """
    if not workspace.private.exists:
        return ()
    by_size: dict[int, list[Path]] = {}
    for folder in workspace.private.folders:
        for entry in walk(folder, ""):
            by_size.setdefault(entry.stat().st_size, []).append(Path(entry.path))
    pages = workspace.public.pages
    found = [path.relative_to(staged).as_posix() for path in _files(staged) if _is_copy(path, by_size)]
    found += [workspace.public.relative(path) for path in _files(pages) if _is_copy(path, by_size)]
    return tuple(sorted(found))


def notes_among_pages(public: PublicWorkspace) -> tuple[str, ...]:
    """The hand-written pages that look like a note: one saved in the wrong folder would be read by everybody."""
    pages = (path for path in _files(public.pages) if path.suffix == ".md")
    return tuple(sorted(public.relative(path) for path in pages if _looks_like_a_note(path)))


def _looks_like_a_note(path: Path) -> bool:
    header = parse(path.read_text(encoding="utf-8", errors="replace")).header or ""
    return any(row.startswith(("quotable:", "account:")) for row in header.split("\n"))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder; those behind links, too, since MkDocs follows them."""
    for place, _, names in os.walk(folder, followlinks=True):
        yield from (path for path in (Path(place, name) for name in names) if path.is_file())


def _is_copy(path: Path, by_size: Mapping[int, Sequence[Path]]) -> bool:
    size = path.stat().st_size
    twins = by_size.get(size, ()) if size else ()
    return bool(twins) and any(twin.read_bytes() == path.read_bytes() for twin in twins)


def swap(staged: Path, site_dir: Path) -> None:
    """Put the staged site in the place of the old one, which is moved aside first and then deleted.

    A `site_dir` that is a link stays one: what it leads to is replaced.
    """
    site_dir = site_dir.resolve()
    old = site_dir.with_name(f".{site_dir.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    site_dir.parent.mkdir(parents=True, exist_ok=True)
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
