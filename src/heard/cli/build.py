"""`heard pdf` and `heard export`: what a person takes away from the site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from heard.base.clock import today
from heard.cli.edge import finding_data, json_option, say, say_findings, show, show_json, terminal_width, workspace
from heard.pipeline import export as export_story
from heard.pipeline import papers as story
from heard.values import Finding, Severity


@click.command()
@click.argument("problems", nargs=-1, metavar="[PROBLEM]...")
@click.option("--campaign", default="", metavar="NAME", help="Track every link for this campaign; its problems only.")
@click.option("--channel", default="", metavar="NAME", help="Track for this channel instead of the campaign's first.")
@click.option("--one-page", is_flag=True, help="One page of each to hand out, which leads to the whole paper.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write them to this folder.")
@json_option
@click.pass_context
def pdf(
    ctx: click.Context,
    problems: tuple[str, ...],
    campaign: str,
    channel: str,
    one_page: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make the PDFs of published problems, each named after its problem.

    Without PROBLEM all of them. They go to build/papers/, or with --campaign to build/campaigns/NAME/,
    where every link to the site carries the campaign's UTM tags. Only what changed is rendered again.

    With --one-page each becomes a single page for a fair or a mail, PROBLEM-one-page.pdf. The site never
    publishes it: its QR code and link lead to the paper's page.
    """
    place = workspace(ctx)
    if channel and not campaign:
        raise click.UsageError("--channel goes with --campaign")
    with _bar() as progress:
        done = story.write_pdfs(
            place,
            problems,
            today=today(),
            campaign=campaign,
            channel=channel,
            one_page=one_page,
            out=out,
            progress=progress,
        )
    if done.not_run:
        say(done.not_run)
    if as_json:
        wrong = [finding_data(one) for one in done.findings]
        show_json({"pdfs": [_data(one) for one in done.written], "findings": wrong})
    else:
        for one in done.written:
            shown = place.public.relative(one.path.resolve())
            pages = "1 page" if one.pages == 1 else f"{one.pages} pages"
            show(f"{shown}  {pages}, {one.size / 1000:.0f} KB{', unchanged' if one.kept else ''}")
        say_findings(done.findings)
    _end(done.findings)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def export(ctx: click.Context, folder: Path) -> None:
    """Write the whole site's sources to DIR as plain files, PDFs included.

    `mkdocs build` builds them there without heard. DIR must be new, empty, or an earlier export.
    """
    place = workspace(ctx)
    with _bar() as progress:
        done = export_story.export(place, folder, today=today(), progress=progress)
    for line in (done.without_pdfs, done.not_run):
        if line:
            say(line)
    say_findings(done.findings)
    show(f"{folder}: {done.files} files. Build them with: mkdocs build -f {folder / 'mkdocs.yml'}")
    _end(done.findings)


def _data(one: story.Written) -> dict[str, object]:
    return {"problem": one.problem, "path": str(one.path.resolve()), "pages": one.pages, "bytes": one.size}


def _end(findings: tuple[Finding, ...]) -> None:
    if any(finding.severity is Severity.TO_FIX for finding in findings):
        raise click.exceptions.Exit(1)


@contextmanager
def _bar() -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on a terminal's stderr, and nothing elsewhere."""
    stream = sys.stderr
    if not stream.isatty():
        yield story.silent
        return

    def draw(done: int, total: int, slug: str) -> None:
        filled = round(24 * done / total)
        line = f"[{'#' * filled}{'.' * (24 - filled)}] {done}/{total} {slug[:40]}"
        stream.write(f"\r\033[K{line[: terminal_width() - 1]}")
        stream.flush()

    try:
        yield draw
    finally:
        stream.write("\r\033[K")
        stream.flush()
