"""`heard deploy`: the built site, and only it, to its host."""

from __future__ import annotations

import click

from heard.base.clock import today
from heard.base.text import counted
from heard.cli.edge import ask, may_ask, no_input_option, say, show, workspace
from heard.pipeline import deploy as story

_LISTED = 10


@click.command()
@click.option("--dry-run", is_flag=True, help="Check everything and say what would be sent; send nothing.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@no_input_option
@click.pass_context
def deploy(ctx: click.Context, dry_run: bool, yes: bool, no_input: bool) -> None:
    """Push the built site, and only it, to its host.

    First the leak check looks through exactly what will be sent. `host:` and `deploy:` in content/expert.yml say
    where it goes: a branch for GitHub Pages, a server's folder with rsync; for other hosts the folder to upload is
    told. A site that was built before the last change is refused.
    """
    place = workspace(ctx)
    say("Looking through the site…")
    plan = story.plan(place, today())
    say(f"The leak check passed: {counted(plan.files, 'file')}, {plan.size / 1_000_000:.1f} MB.")
    if plan.settings:
        changed = "has changed: put it in place, then reload nginx" if plan.settings_changed else "is as it was"
        say(f"{place.public.relative(plan.settings)} {changed}.")
    _say_stale(plan)
    if dry_run:
        story.clear(plan)
        show(f"Would go to: {plan.target}")
        return
    if plan.way is not story.Way.UPLOAD and not yes:
        _ask(plan, no_input)
    show(story.carry_out(place, plan))
    if plan.way is not story.Way.UPLOAD and plan.address:
        say(f"In a minute or two, look at {plan.address} and type `heard check --live`.")


def _say_stale(plan: story.Plan) -> None:
    if plan.stale:
        shown = ", ".join(plan.stale[:_LISTED]) + (", …" if len(plan.stale) > _LISTED else "")
        say(f"{counted(len(plan.stale), 'file')} of an earlier deploy will be deleted there: {shown}")


def _ask(plan: story.Plan, no_input: bool) -> None:
    asking = may_ask(no_input)
    if asking and ask(f"Send it to {plan.target}?"):
        return
    story.clear(plan)
    say("Nothing was sent." if asking else "Nothing was sent: add --yes to do it.")
    raise click.exceptions.Exit(1)
