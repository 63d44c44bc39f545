"""`heard init` and `heard doctor`: for newcomers, and for machines where something is missing."""

from __future__ import annotations

from pathlib import Path

import click

from heard.base.text import counted, did_you_mean
from heard.cli.edge import json_option, may_ask, say, show, show_json
from heard.pipeline import doctor as health
from heard.pipeline import setup as story
from heard.pipeline.hook import install
from heard.values import Severity
from heard.workspace import Workspace, find


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--name", default="", help="Your name, as it stands on the site.")
@click.option("--audience", default="", metavar="WORDS", help="Whom you help, such as “people who run cold stores”.")
@click.option("--site-url", default="", metavar="URL", help="Where the site will be found.")
@click.option("--host", metavar="HOST", help=f"Who will serve it: {', '.join(story.HOSTS)}.")
@click.option(
    "--notes",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Take an existing folder of Markdown as the notes; it stays where it is.",
)
@click.option("--hook", is_flag=True, help="Only put the leak check before each commit, in a workspace that is there.")
@click.option("--no-input", is_flag=True, help="Never ask; take the defaults.")
@click.pass_context
def init(
    ctx: click.Context,
    folder: Path | None,
    name: str,
    audience: str,
    site_url: str,
    host: str | None,
    notes: Path | None,
    hook: bool,
    no_input: bool,
) -> None:
    """Make a new workspace in DIR (here, if none is named) that builds at once.

    Asks for your name, whom you help, the site's address and its host; all can be changed later. The private
    side, content/private, becomes a git repository of its own, which the site's one ignores; before each commit
    of the site git looks for private words. Files that are there already are never replaced.
    """
    root = ctx.obj / folder if folder else ctx.obj
    if hook:
        show(install(find(root)))
        return
    story.check_folder(root, named=folder is not None)
    asking = may_ask(no_input)
    answers = story.Answers(
        name=name or _answer("Your name", story.NAME, asking),
        audience=audience or _answer("Whom do you help?", story.AUDIENCE, asking),
        site_url=_address(site_url, asking),
        host=_host(host or "", asking),
        notes=notes,
    )
    made = story.init(root, answers)
    show(f"Made a workspace in {made.root if root == Path() else root}: {counted(len(made.files), 'file')}.")
    for remark in made.remarks:
        say(remark)
    here = made.root == Path.cwd()
    say(f"Next: {'' if here else f'cd {root}, then '}`heard log` what somebody said, or `mkdocs build` the site.")
    if notes:
        say("`heard import` proposes quotes from your notes, where they lie, and learns what their headers' keys mean.")
    say("`heard doctor` lists what is still to be filled in.")


def _answer(question: str, default: str, asking: bool) -> str:
    return str(click.prompt(question, default=default, err=True)) if asking else default


def _address(given: str, asking: bool) -> str:
    try:
        if given or not asking:
            return story.site_address(given)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--site-url") from error
    while True:
        answer = click.prompt("The site's address (Enter = later)", default="", show_default=False, err=True)
        try:
            return story.site_address(answer)
        except ValueError as error:
            say(str(error))


def _host(given: str, asking: bool) -> str:
    if given and given.lower() not in story.HOSTS:
        raise click.BadParameter(_no_host(given), param_hint="--host")
    if given or not asking:
        return given.lower() or "other"
    while True:
        answer = click.prompt(f"Who serves the site? ({', '.join(story.HOSTS)})", default="other", err=True)
        if answer.lower() in story.HOSTS:
            return str(answer.lower())
        say(_no_host(answer))


def _no_host(given: str) -> str:
    hint = did_you_mean(given, story.HOSTS) or f": write one of {', '.join(story.HOSTS)}"
    return f"“{given}” is not known{hint}"


@click.command()
@json_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Say what works here, and the command that mends the rest.

    Looks at Python, Pango (which sets the PDFs), the fonts, git, and in a workspace at its repositories and at
    what is still to be filled in. Changes nothing. Ends with 1 if something is to fix.
    """
    rows = health.examine(_workspace(ctx))
    if as_json:
        show_json(rows)
    else:
        for row in rows:
            _show(row)
    if any(row.severity is Severity.TO_FIX for row in rows):
        raise click.exceptions.Exit(1)


def _show(row: health.Row) -> None:
    colour = {None: "green", Severity.TO_FIX: "red", Severity.WORTH_A_LOOK: "yellow"}[row.severity]
    standing = row.severity.value if row.severity else "fine"
    show(f"{click.style(f'{standing:<12}', fg=colour)}  {row.what}: {row.says}")
    if row.mend:
        show(f"{'':<12}  → {row.mend}")


def _workspace(ctx: click.Context) -> Workspace | None:
    # What is wrong with a workspace that is there has to be said: it is not the same as none.
    return find(ctx.obj) if story.workspace_around(ctx.obj) else None
