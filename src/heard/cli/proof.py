"""`heard proof`: where each proof stands; withdraw a consent at once; keep a signed answer."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from heard.base.clock import today
from heard.base.text import shortened
from heard.cli.edge import (
    ask,
    column,
    cut,
    json_option,
    may_ask,
    no_input_option,
    plain,
    say,
    show,
    show_json,
    stop,
    workspace,
)
from heard.pipeline import proof as story


@click.group(invoke_without_command=True, subcommand_metavar="[COMMAND] …")
@json_option
@click.pass_context
def proof(ctx: click.Context, as_json: bool) -> None:
    """Say where each testimonial, review and outcome stands; take one back; keep what was signed.

    \b
    heard proof                          all of them: approved until …, waits for consent, withdrawn
    heard proof withdraw WHICH           somebody takes a consent back: out of approved.yml at once
    heard proof sign WHICH FILE          keep the signed answer beside it, with its hash

    WHICH is any part of the file's name, of the person's or of the account's.
    """
    if ctx.invoked_subcommand is None:
        _list(ctx, as_json)


@proof.command("list")
@json_option
@click.pass_context
def list_proof(ctx: click.Context, as_json: bool) -> None:
    """List every proof with where it stands; `heard proof` does the same."""
    _list(ctx, as_json)


@proof.command("withdraw")
@click.argument("which")
@click.option("--date", "day", metavar="DAY", default="", help="When it was withdrawn, such as 2026-11-21; today.")
@click.option("--yes", is_flag=True, help="Withdraw without asking.")
@json_option
@no_input_option
@click.pass_context
def withdraw(ctx: click.Context, which: str, day: str, yes: bool, as_json: bool, no_input: bool) -> None:
    """Take a consent back: the proof leaves approved.yml at once, and the site with the next build.

    Says where it is out already, and whom to ask.
    """
    place = workspace(ctx)
    plan = story.plan_withdraw(place, which, _day(day), today())
    say(_about(plan.proof))
    if not yes and not may_ask(no_input):
        say("Nothing was changed: add --yes to withdraw it.")
        raise click.exceptions.Exit(1)
    if not yes and not ask("Withdraw this consent?"):
        say("Nothing was changed.")
        raise click.exceptions.Exit(1)
    files = story.carry_out(place, plan.files, f"withdrew the consent of {plan.proof.slug}")
    if as_json:
        show_json({"withdrawn": plan.proof.slug, "was_public": plan.was_public, "files": files, "says": plan.outside})
        return
    show(f"Withdrawn: {plan.proof.place.path}")
    if not plan.was_public:
        say("It was not public, so nothing else changes.")
        return
    show("It is out of content/approved.yml. Now type `mkdocs build`, and deploy what it built.")
    for line in plan.outside:
        say(line)


@proof.command("sign")
@click.argument("which")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_context
def sign(ctx: click.Context, which: str, file: Path, as_json: bool) -> None:
    """Keep a signed answer: FILE (a PDF, a picture, a mail) is copied into content/private/proof/, readable by you
    alone, and its name and hash are written into the proof."""
    place = workspace(ctx)
    chosen, changes = story.plan_sign(place, which, file)
    files = story.carry_out(place, changes, f"kept the signed answer of {chosen.slug}")
    if as_json:
        show_json({"signed": chosen.slug, "files": files})
        return
    show(f"Signed: {chosen.place.path}" if files else f"It is kept already: {chosen.place.path}")
    if files:
        say(f"Changed: {', '.join(files)}")
        say("`heard undo` takes it back. Whether it may be shown now: `heard proof`.")


def _list(ctx: click.Context, as_json: bool) -> None:
    found = story.rows(workspace(ctx), today())
    if as_json:
        show_json([_data(row) for row in found])
        return
    if not found:
        say("No proof yet: a file in content/private/proof/ makes one (docs/formats.md shows how).")
    width = column((row.proof.slug for row in found), 60, 40)
    for row in found:
        show(f"{cut(row.proof.slug, width)}  {row.state}")
        show(f"    {_about(row.proof)}")


def _about(one: story.Proof) -> str:
    who = ", ".join(part for part in (one.person, one.account) if part) or "nobody named"
    words = f": “{shortened(one.words, 60)}”" if one.words else ""
    return f"{one.kind}, {who} ({one.consent.level.value}){words}"


def _data(row: story.ProofRow) -> dict[str, object]:
    one = row.proof
    return {
        "slug": one.slug,
        "path": one.place.path,
        "kind": one.kind,
        "state": row.state,
        "public": row.shown is not None,
        "problems": list(one.problems),
        "account": one.account,
        "person": one.person,
        "consent": plain(one.consent),
    }


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise stop(f"`--date {text}` is not a day: write it like 2026-11-21.") from error
