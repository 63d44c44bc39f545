"""`heard leaks`: looks for what is private in anything that is about to be public."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from heard.base.text import counted
from heard.cli.edge import finding_data, json_option, say, show, show_json, workspace
from heard.pipeline import exceptions
from heard.pipeline import leaks as story
from heard.values import Finding, HeardError
from heard.workspace import Workspace, settings


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.option("--git", "history", is_flag=True, help="Look through all that git keeps: every version, author, message.")
@click.option("--staged", is_flag=True, help="Look through what would be committed next.")
@click.option(
    "--message", default=None, hidden=True, type=click.Path(exists=True, path_type=Path), help="A commit's message."
)
@click.option("--explain", default="", metavar="ID", help="Say what an id stands for; on a terminal only.")
@click.option("--allow", default="", metavar="ID", help="Let it pass from now on; needs --because.")
@click.option("--in", "within", default="", metavar="PATH", help="With --allow: in this file, folder/ or pattern only.")
@click.option("--because", default="", metavar="WORDS", help="Why it may pass. Do not write the name.")
@json_option
@click.pass_context
def leaks(
    ctx: click.Context,
    paths: tuple[Path, ...],
    history: bool,
    staged: bool,
    message: Path | None,
    explain: str,
    allow: str,
    within: str,
    because: str,
    as_json: bool,
) -> None:
    """Look for known secrets in files: names, companies, addresses, numbers, clients' words.

    Without PATH it looks through the built site and build/. A name is never shown, only its id:
    `heard leaks --explain ID` says on your terminal what it stands for. Every build does the same check.
    """
    place = workspace(ctx)
    if not place.private.exists:
        raise HeardError(story.NOT_RUN)
    if explain:
        _explain(place, explain)
        return
    if allow:
        _allow(place, allow, within, because)
        return
    if message is not None:
        found, looked = story.look_through_message(place, message)
    else:
        found, looked = _look(place, paths, history=history, staged=staged)
    if as_json:
        show_json({"files": looked, "findings": [finding_data(one) for one in found]})
    else:
        _tell(found, looked, again="commit" if staged or message is not None else "build")
    if found:
        raise click.exceptions.Exit(1)


def _look(place: Workspace, paths: tuple[Path, ...], *, history: bool, staged: bool) -> tuple[tuple[Finding, ...], int]:
    if history or staged:
        folders = paths or (place.root,)
        return story.look_through_git(place, folders, staged=staged)
    site = place.root / settings(place.public).site_dir
    usual = [path for path in (site, place.root / "build") if path.is_dir()]
    if not (paths or usual):
        raise HeardError("There is no built site here yet: `mkdocs build` makes it, or name what to look through.")
    return story.look_through(place, paths or usual)


def _tell(found: tuple[Finding, ...], looked: int, *, again: str) -> None:
    for one in found:
        show(str(one))
    if found:
        say(f"Take it out and {again} again. What an id stands for: heard leaks --explain ID")
        say('If it may stay: heard leaks --allow ID --because "why, without the name"')
    else:
        say(f"Nothing private in {counted(looked, 'file')}.")


def _explain(place: Workspace, name: str) -> None:
    if not sys.stdout.isatty():
        raise HeardError("--explain shows a secret, so it works on a terminal only, not into a file or a pipe.")
    for one in story.explain(place, name):
        show(f"{one.id}: {one.kind} “{one.text}”, known from {one.place}")


def _allow(place: Workspace, name: str, within: str, because: str) -> None:
    if not because.strip():
        raise click.UsageError('--allow needs a reason: --because "why it may pass, without the name"')
    path = exceptions.allow(place, name, within, because.strip())
    show(f"{path}: {name} may pass{f' in {within}' if within else ''}.")
