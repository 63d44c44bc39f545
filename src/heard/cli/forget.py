"""`heard forget`: erase a person or an account everywhere on the private side, and say where else it still stands."""

from __future__ import annotations

import click

from heard.base.clock import today
from heard.base.shell import command
from heard.base.text import counted
from heard.cli.edge import ask, json_option, may_ask, no_input_option, say, show, show_json, workspace
from heard.pipeline import forget as story
from heard.values import HeardError
from heard.workspace import Workspace

_MOST = 30


@click.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Change nothing; list every file and what would become of it.")
@click.option("--words", is_flag=True, help="Also take out what they said, not only who said it.")
@click.option("--anywhere", is_flag=True, help="Erase NAME as mere words, where it is nobody's name that heard knows.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@json_option
@no_input_option
@click.pass_context
def forget(
    ctx: click.Context,
    name: str,
    dry_run: bool,
    words: bool,
    anywhere: bool,
    yes: bool,
    as_json: bool,
    no_input: bool,
) -> None:
    """Erase a person, or an account with its people: every spelling of NAME in every private file.

    "(forgotten)" takes its place; all other bytes stay. The account's file and proof of them are deleted, and
    approved.yml loses what was theirs at once. Nothing of it can be undone: earlier changes neither.

    \b
    heard forget "Dana Ruiz" --dry-run       look first
    heard forget "Dana Ruiz, Acme Foods"     where two people have the name
    """
    place = workspace(ctx)
    plan = story.plan(place, name, today(), words=words)
    if not as_json:
        _show(place, plan)
    if not plan.whom.is_known and not anywhere:
        _nobody(plan, name, dry_run=dry_run)
    if not dry_run:
        _agree(yes=yes, no_input=no_input)
    public = story.published(place, plan)
    if not dry_run:
        story.carry_out(place, plan)
    history = tuple(story.history(place, plan))
    if as_json:
        show_json(_data(place, plan, public, history, done=not dry_run))
        return
    if not dry_run:
        show("Erased. It cannot be undone; earlier changes cannot be undone any more, either.")
    _say_rest(plan, public, history)


def _nobody(plan: story.Plan, name: str, *, dry_run: bool) -> None:
    """A word that is nobody's name may be any word of what clients said: it is erased only if one says so."""
    said = f"No account and no person is called “{name}”{plan.near or '.'}"
    if not dry_run:
        how = command("forget", name, "--anywhere")
        raise HeardError(f"{said} To erase the words themselves, wherever they stand, clients' quotes too: {how}")
    say(said)


def _agree(*, yes: bool, no_input: bool) -> None:
    if yes:
        return
    if not may_ask(no_input):
        say("Nothing was changed: add --yes to erase it, or --dry-run to see everything first.")
        raise click.exceptions.Exit(1)
    if not ask("Erase all of this for good?"):
        say("Nothing was changed.")
        raise click.exceptions.Exit(1)


def _show(place: Workspace, plan: story.Plan) -> None:
    people = f", with {counted(len(plan.whom.people), 'person', 'people')}" if plan.whom.people else ""
    files = [fate for fate in plan.fates if fate.is_changed]
    show(f"{plan.whom.told}{people}: {counted(plan.places, 'place')} in {counted(len(files), 'file')}")
    for fate in files:
        show(f"  {_fate(place, fate)}")
    for one in plan.letter:
        show(f"  {place.public.relative(one.path)}: loses what was theirs")


def _fate(place: Workspace, fate: story.Fate) -> str:
    name = place.public.relative(fate.held.path)
    if fate.after is None:
        return f"{name}: deleted"
    renamed = f", is called {fate.target.name} then" if fate.target != fate.held.path else ""
    return f"{name}: {counted(fate.places, 'place')}{renamed}"


def _say_rest(plan: story.Plan, public: tuple[str, ...], history: tuple[str, ...]) -> None:
    _listed("These hold the name still, and heard cannot change them:", plan.unread)
    _listed("Single words of the name in what is about others; look whether they mean the same person:", plan.elsewhere)
    for one in plan.alike:
        say(f"“{one}” counts as one with it only since the names are alike, and stays: {command('forget', one)}")
    if public:
        _listed("It was published; these files hold the name:", public)
        say("Take it out of content/ by hand, type `mkdocs build`, deploy, and delete what lies in build/.")
        say("Whom to ask for what others keep of your pages: `heard retract` and `heard proof withdraw` list them.")
    else:
        say("No public file, page or kit on this machine holds the name.")
    for row in history:
        say(row)


def _listed(title: str, rows: tuple[str, ...]) -> None:
    if rows:
        say(title)
        for row in rows[:_MOST]:
            say(f"  {row}")
        if len(rows) > _MOST:
            say(f"  and {len(rows) - _MOST} more: --json lists all")


def _data(
    place: Workspace, plan: story.Plan, public: tuple[str, ...], history: tuple[str, ...], *, done: bool
) -> dict[str, object]:
    return {
        "forgotten": plan.whom.told,
        "done": done,
        "places": plan.places,
        "files": [
            {
                "path": place.public.relative(fate.held.path),
                "places": fate.places,
                "becomes": None if fate.after is None else place.public.relative(fate.target),
            }
            for fate in plan.fates
        ],
        "approved_changes": bool(plan.letter),
        "not_changed": list(plan.unread),
        "elsewhere": list(plan.elsewhere),
        "alike": list(plan.alike),
        "public": list(public),
        "history": list(history),
    }
