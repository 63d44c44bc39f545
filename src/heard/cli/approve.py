"""`heard approve`: a person reads what would newly go public, and lets it out."""

from __future__ import annotations

import click

from heard.base.clock import today
from heard.base.text import counted
from heard.cli.edge import ask, json_option, may_ask, no_input_option, say, say_unread, show, show_json, workspace
from heard.pipeline import approve as story


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; end with 1 if anything would change.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@json_option
@no_input_option
@click.pass_context
def approve(ctx: click.Context, only_check: bool, yes: bool, as_json: bool, no_input: bool) -> None:
    """Show in sentences what would newly go public, and what stays private; then write approved.yml.

    Counts are told in steps (3, 6, 10, 20, 50, 100) and only from notes dated before this month. Quotes
    go public word for word, only if permitted. A line in content/private/held.yml holds one back.
    """
    place = workspace(ctx)
    proposal = story.propose(place, today())
    say_unread(proposal.unread)
    if as_json:
        waiting = list(proposal.waiting)
        show_json({"changes": list(proposal.sentences), "waiting": waiting, "stays_private": proposal.stays})
    else:
        for sentence in proposal.sentences:
            show(sentence)
        for sentence in proposal.waiting:
            show(sentence)
        show(f"{proposal.stays}")
    if not proposal.sentences and not proposal.stale:
        say("Nothing new to approve.")
        return
    if not proposal.sentences:
        say("Nothing newly goes public; content/approved.yml would only be written anew.")
    if only_check:
        raise click.exceptions.Exit(1)
    if not yes and not may_ask(no_input):
        say("Nothing was written: add --yes to approve this.")
        raise click.exceptions.Exit(1)
    if not yes and not ask(_question(len(proposal.sentences))):
        say("Nothing was written. A line in content/private/held.yml holds a quote or a proof back.")
        raise click.exceptions.Exit(1)
    story.write(place, proposal.after)
    say(f"Written: content/approved.yml ({counted(len(proposal.sentences), 'change')}).")


def _question(changes: int) -> str:
    if not changes:
        return "Write it?"
    return "Let this out?" if changes == 1 else "Let all of this out?"
