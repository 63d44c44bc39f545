"""`heard merge`, `rename`, `split` and `undo`: change the catalogue, and take it back."""

from __future__ import annotations

import click

from heard.base.shell import command, quoted
from heard.base.text import shortened
from heard.cli.edge import ask, json_option, may_ask, no_input_option, say, show, show_json, workspace
from heard.pipeline import change as story
from heard.workspace import Workspace


@click.command()
@click.argument("one")
@click.argument("two")
@json_option
@click.pass_context
def merge(ctx: click.Context, one: str, two: str, as_json: bool) -> None:
    """Make one problem of two: ONE becomes a pointer to TWO. Each is any part of its name.

    Notes stay as they are, since links to ONE lead on to TWO. `heard undo` parts them again.
    """
    place = workspace(ctx)
    _told(story.carry_out(place, story.plan_merge(place, one, two)), as_json)


@click.command()
@click.argument("problem")
@click.argument("words")
@click.option("--url", is_flag=True, help="Move a published one's address, too; what that costs is said first.")
@click.option("--yes", is_flag=True, help="Move the address without asking.")
@json_option
@no_input_option
@click.pass_context
def rename(ctx: click.Context, problem: str, words: str, url: bool, yes: bool, as_json: bool, no_input: bool) -> None:
    """Give PROBLEM (any part of its name) other WORDS.

    An unpublished one gets a new file name, and the links in your notes follow. A published one keeps its
    address, unless --url moves it; its old words stay among its aliases.
    """
    place = workspace(ctx)
    plan = story.plan_rename(place, problem, words, url=url)
    for sentence in plan.stakes:
        say(sentence)
    if plan.stakes and not yes:
        if not may_ask(no_input):
            say("Nothing was changed: add --yes to move the address.")
            raise click.exceptions.Exit(1)
        if not ask("Move the address?"):
            say("Nothing was changed.")
            raise click.exceptions.Exit(1)
    _told(story.carry_out(place, plan), as_json)


@click.command()
@click.argument("problem")
@click.argument("words", required=False, default="")
@click.option("--quote", "quotes", multiple=True, metavar="ID|PATH:LINE", help="A quote that moves; may be repeated.")
@click.option("--like", default="", metavar="WORDS", help="Move the quotes that are nearer to these words.")
@json_option
@no_input_option
@click.pass_context
def split(
    ctx: click.Context, problem: str, words: str, quotes: tuple[str, ...], like: str, as_json: bool, no_input: bool
) -> None:
    """Make two problems of one: some quotes of PROBLEM are filed under a new one called WORDS.

    \b
    heard split doors                             its quotes, and how they might be parted
    heard split doors "Dock doors ice up" --quote k3f9 --quote notes/a.md:14
    heard split doors "Dock doors ice up" --like "ice on the door"
    """
    place = workspace(ctx)
    if words and (quotes or like):
        _told(story.carry_out(place, story.plan_split(place, problem, words, quotes, like)), as_json)
        return
    if quotes or like:
        raise click.UsageError('say what the new problem is called: heard split PROBLEM "its words" --quote …')
    if words:
        raise click.UsageError("say which quotes move: --quote ID|PATH:LINE, or --like WORDS")
    say("Comparing its quotes…")
    found = story.parting(place, problem)
    if as_json:
        show_json(_parting_data(found))
    elif may_ask(no_input) and found.proposed:
        _ask_for_each(place, found)
    else:
        _show_parting(found)


@click.command()
@click.option("--keep", is_flag=True, help="Leave the last change as it is for good, and go on with the one before it.")
@json_option
@click.pass_context
def undo(ctx: click.Context, keep: bool, as_json: bool) -> None:
    """Take back the last change: a note you logged, a decision of the inbox, a merge, rename or split, a draft.

    Again, it takes back the one before. What you edited yourself since is never overwritten. What cannot be taken
    back here (you published, retracted) is named, and nothing older is touched: --keep passes over it.
    """
    if keep:
        _say_kept(*story.leave(workspace(ctx)), as_json)
        return
    done = story.undo(workspace(ctx), logged=True)
    if as_json:
        show_json({"undone": done.words, "says": list(done.says), "files": list(done.files)})
        return
    show(f"Taken back: {done.words}")
    for sentence in done.says:
        say(sentence)
    if done.files:
        _say_files(done)
    else:
        say("Its files were as before already.")


def _say_kept(kept: str, older: str, as_json: bool) -> None:
    if as_json:
        show_json({"kept": kept, "next": older})
        return
    show(f"Kept: {kept}")
    say(f"`heard undo` now takes back: {older}." if older else "Nothing is left that could be taken back.")


def _told(done: story.Done, as_json: bool) -> None:
    if as_json:
        show_json({"done": done.words, "says": list(done.says), "files": list(done.files)})
        return
    show(done.words[:1].upper() + done.words[1:])
    for sentence in done.says:
        say(sentence)
    _say_files(done)
    say("`heard undo` takes it back.")


def _say_files(done: story.Done, most: int = 8) -> None:
    more = len(done.files) - most
    shown = ", ".join(done.files[:most]) + (f" and {more} more" if more > 0 else "")
    say(f"Changed: {shown}")


def _show_parting(found: story.Parting) -> None:
    show(f"{found.problem.problem}: {len(found.quotes)} quotes")
    for one in found.quotes:
        show(f"  {story.place_of(one)}  {shortened(one.quote.text, 90)}")
    for words, quotes in found.proposed:
        chosen = " ".join(f"--quote {quoted(story.place_of(one))}" for one in quotes)
        parted = command("split", found.problem.slug, words or "its words")
        say(f"\nThese may be a problem of their own:\n  {parted} {chosen}")
    if not found.proposed:
        say(f'\nChoose those that move: heard split {found.problem.slug} "the new one\'s words" --quote …')


def _ask_for_each(place: Workspace, found: story.Parting) -> None:
    for words, quotes in found.proposed:
        say(f"\n“{words}”:")
        for one in quotes:
            say(f"  > {shortened(one.quote.text, 90)}")
        if ask(f"Split these {len(quotes)} off “{found.problem.problem}”?"):
            called = click.prompt("Its words", default=words, err=True)
            chosen = [story.place_of(one) for one in quotes]
            _told(story.carry_out(place, story.plan_split(place, found.problem.slug, called, chosen)), as_json=False)


def _parting_data(found: story.Parting) -> dict[str, object]:
    return {
        "problem": found.problem.slug,
        "quotes": [_quote_data(one) for one in found.quotes],
        "proposed": [
            {"problem": words, "quotes": [story.place_of(one) for one in quotes]} for words, quotes in found.proposed
        ],
    }


def _quote_data(one: story.Hearing) -> dict[str, object]:
    return {"quote": story.place_of(one), "note": one.note.path, "line": one.quote.line, "text": one.quote.text}
