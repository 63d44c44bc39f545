"""`heard account` and `heard accounts`: who said what, who counts as whom, and what mends that."""

from __future__ import annotations

import click

from heard.base.shell import command
from heard.base.text import counted, shortened
from heard.cli.catalogue import hearing_data
from heard.cli.edge import column, cut, json_option, plain, say, show, show_json, workspace
from heard.pipeline import accounts as story
from heard.pipeline.catalogue import read


class _NameOrCommand(click.Group):
    """A group whose first word is an account's name, unless it is one of the commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was named; for any other word the one that shows an account."""
        if args and args[0] not in self.commands:
            args = ["show", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before the name belong to it: `heard account --json NAME`."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_NameOrCommand, subcommand_metavar="NAME | COMMAND …")
def account() -> None:
    """Show what an account said, newest first, and who is there; or say who counts as whom.

    \b
    heard account NAME                    any part of its name, a domain, an e-mail address of theirs
    heard account list                    all accounts, as `heard accounts`
    heard account merge ONE TWO           all of ONE goes into the file of TWO, and its names mean TWO
    heard account alias NAME SPELLING     notes may name it so, too
    heard account distinct ONE TWO        two companies, though their names are alike

    `heard undo` takes back what these did. An account that is called like a command: heard account show NAME.
    """


@account.command("show")
@click.argument("name")
@json_option
@click.pass_context
def show_account(ctx: click.Context, name: str, as_json: bool) -> None:
    """Show one account; `heard account NAME` does the same."""
    found = read(workspace(ctx))
    view = story.one_account(found, name)
    if as_json:
        about = plain(view.account)
        show_json({"account": about, "has_file": view.has_file, "notes": [note.path for note in view.notes],
                   "quotes": [hearing_data(found, one) for one in view.said]})  # fmt: skip
        return
    one = view.account
    because = f" ({one.because})" if one.because else ""
    show(one.name)
    place = one.place.path if view.has_file else "no file yet"
    show(f"  {one.industry or 'no industry'} · fit: {one.fit}{because} · {place}")
    for person in one.people:
        show("  " + " · ".join(part for part in (person.name, person.role, person.email, person.phone) if part))
    for said in view.said:
        show(f"  {said.day or 'no date'}  {', '.join(said.quote.problems) or 'not filed'}")
        show(f"      > {shortened(said.quote.text, 100)}")
        show(f"        may be quoted: {said.quote.quotable.value} · {said.note.path}:{said.quote.line}")
    if not view.notes:
        say("Nothing was heard from them yet.")


@account.command("list")
@json_option
@click.pass_context
def list_accounts(ctx: click.Context, as_json: bool) -> None:
    """List all accounts; `heard accounts` does the same."""
    _list(ctx, as_json)


@account.command("merge")
@click.argument("one")
@click.argument("two")
@json_option
@click.pass_context
def merge_accounts(ctx: click.Context, one: str, two: str, as_json: bool) -> None:
    """Make one account of two: all of ONE goes into the file of TWO, and its names mean TWO."""
    _told(story.merge(workspace(ctx), one, two), as_json)


@account.command("alias")
@click.argument("name")
@click.argument("spelling")
@json_option
@click.pass_context
def alias(ctx: click.Context, name: str, spelling: str, as_json: bool) -> None:
    """Give the account NAME another SPELLING, under which notes may name it."""
    _told(story.add_alias(workspace(ctx), name, spelling), as_json)


@account.command("distinct")
@click.argument("one")
@click.argument("two")
@json_option
@click.pass_context
def distinct(ctx: click.Context, one: str, two: str, as_json: bool) -> None:
    """Say that ONE and TWO are different companies, though their names are alike."""
    _told(story.part(workspace(ctx), one, two), as_json)


@click.command()
@json_option
@click.pass_context
def accounts(ctx: click.Context, as_json: bool) -> None:
    """List the accounts, those heard last first; names that stand only in notes, too."""
    _list(ctx, as_json)


def _list(ctx: click.Context, as_json: bool) -> None:
    rows = story.rows(read(workspace(ctx)))
    if as_json:
        show_json([_row_data(row) for row in rows])
        return
    if not rows:
        say('No account yet. `heard log "their words" --account "their company"` makes the first.')
    width = column((row.account.name for row in rows), 70, 48)
    for row in rows:
        one = row.account
        figures = f"{counted(row.quotes, 'quote'):>10}  {counted(row.problems, 'problem'):>11}"
        about = f"{one.industry or 'no industry'}, fit: {one.fit}" if row.has_file else "no file yet"
        show(f"{cut(one.name, width)}  {figures}  {about}{f', last {row.last}' if row.last else ''}")
    _say_alike(rows)


def _say_alike(rows: tuple[story.AccountRow, ...], most: int = 5) -> None:
    pairs: list[tuple[str, str]] = []
    told: set[str] = set()
    for row in rows:
        one = row.account.name
        pairs += [(one, other) for other in row.alike] if one not in told else []
        told |= {one, *row.alike}
    for one, other in pairs[:most]:
        _say_pair(other, one, f"“{one}” and “{other}” count as one company, since their names are alike.")
    if len(pairs) > most:
        say(f"\n{len(pairs) - most} more pairs count as one: `heard accounts --json` names them.")
    short = [(row.account.name, other) for row in rows for other in row.longer]
    for one, other in short[:most]:
        _say_pair(one, other, f"“{one}” may be short for “{other}”; they count as two companies.")
    if len(short) > most:
        say(f"\n{len(short) - most} more names may be short for others: `heard accounts --json` names them.")


def _say_pair(one: str, other: str, why: str) -> None:
    say(f"\n{why}")
    say(f"  One company: {command('account merge', one, other)}")
    say(f"  Two companies: {command('account distinct', one, other)}")


def _row_data(row: story.AccountRow) -> dict[str, object]:
    one = row.account
    return {
        "name": one.name,
        "slug": one.slug if row.has_file else None,
        "path": one.place.path if row.has_file else None,
        "industry": one.industry,
        "fit": one.fit,
        "quotes": row.quotes,
        "problems": row.problems,
        "last": plain(row.last),
        "counts_as_one_with": list(row.alike),
        "may_be_short_for": list(row.longer),
    }


def _told(done: story.Done, as_json: bool) -> None:
    if as_json:
        show_json({"done": done.words, "says": list(done.says), "files": list(done.files)})
        return
    show(done.words[:1].upper() + done.words[1:])
    for sentence in done.says:
        say(sentence)
    say(f"Changed: {', '.join(done.files)}")
    say("`heard undo` takes it back.")
