"""`heard inbox`: decide on what was imported and is not filed; a key a decision, or commands with ids."""

from __future__ import annotations

from collections.abc import Callable

import click

from heard.base.clock import today
from heard.base.text import counted, percent
from heard.cli.edge import json_option, may_ask, no_input_option, plain, say, say_findings, show, show_json, workspace
from heard.pipeline import inbox as story
from heard.pipeline.catalogue import need_private
from heard.pipeline.inbox import Alike, Decided, Divided, Inbox, Item, NewProblem, Words
from heard.values import HeardError, Severity
from heard.workspace import Workspace


@click.group(invoke_without_command=True)
@no_input_option
@click.pass_context
def inbox(ctx: click.Context, no_input: bool) -> None:
    """Decide on what was imported and on quotes that are filed under no problem.

    On a terminal every item is shown with its keys: y does what is proposed, u takes back, q keeps the
    rest for later. Without a terminal: `heard inbox list`, then accept, file, reject or undo with ids.
    """
    if ctx.invoked_subcommand is None:
        if may_ask(no_input):
            _sit(workspace(ctx))
        else:
            ctx.invoke(list_items)


def _sit(place: Workspace) -> None:
    from heard.cli.sitting import sit

    need_private(place, "inbox")
    say("Reading…")
    found = story.open_inbox(place, tell=say)
    _say_broken(found)
    if not found.items:
        say("Nothing waits. `heard import FILE…` takes in notes, transcripts and tables.")
        return
    sit(place, found, today())


@inbox.command("list")
@json_option
@click.option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@click.pass_context
def list_items(ctx: click.Context, as_json: bool, most: int) -> None:
    """List what waits: proposed problems first, then single quotes."""
    place = workspace(ctx)
    need_private(place, "inbox")
    found = story.open_inbox(place, tell=say)
    _say_broken(found)
    if as_json:
        show_json([_item_data(found, item) for item in found.items])
        return
    for item in found.items[:most]:
        show(_line(found, item))
    if len(found.items) > most:
        say(f"{len(found.items) - most} more: -n {len(found.items)} shows all.")
    if found.items:
        say("Decide at a terminal with `heard inbox`, or with ids: `heard inbox accept ID`, `file`, `reject`.")
    else:
        say("Nothing waits.")


_problem_option = click.option("--problem", default="", help="The problem: any part of its name.")
_new_option = click.option("--new", "name", default="", metavar="WORDS", help="Make a new problem of this name.")
_ids = click.argument("ids", nargs=-1, required=True, metavar="ID...")


@inbox.command()
@_ids
@_new_option
@json_option
@click.pass_context
def accept(ctx: click.Context, ids: tuple[str, ...], name: str, as_json: bool) -> None:
    """Do what is proposed: make the problem, file the quote, merge, split.

    A draft for which no problem is likely is kept as a quote that is not filed.
    """
    place, _, items = _named(ctx, ids)

    def accepted(item: Item) -> Decided:
        if isinstance(item, NewProblem):
            return story.make(place, item.words, name or item.name)
        if isinstance(item, Alike):
            return story.merge(place, item.one, item.other)
        if isinstance(item, Divided):
            return story.split(place, item, name or item.parts[0].name)
        if name:
            return story.make(place, (item,), name)
        if item.proposed:
            return story.file(place, (item,), item.proposed)
        if item.draft:
            return story.keep(place, (item,))
        raise HeardError(f"No problem is likely for {item.id}: `heard inbox file {item.id} --problem …`, or --new.")

    _decide(items, accepted, as_json)


@inbox.command()
@_ids
@_problem_option
@_new_option
@json_option
@click.pass_context
def file(ctx: click.Context, ids: tuple[str, ...], problem: str, name: str, as_json: bool) -> None:
    """File quotes, or all quotes of a proposed problem, under a problem."""
    if bool(problem) == bool(name):
        raise click.UsageError("say under which problem: --problem WORDS, or --new WORDS")
    place, found, items = _named(ctx, ids)
    words: list[Words] = []
    for item in items:
        if isinstance(item, Alike | Divided):
            raise click.UsageError(f"{item.id} is no quote: `heard inbox accept {item.id}`, or reject it")
        words += item.words if isinstance(item, NewProblem) else (item,)
    words = list({one.id: one for one in words}.values())
    if name:
        _told([story.make(place, words, name)], as_json)
    else:
        _told([story.file(place, words, story.problem_meant(problem, found.problems))], as_json)


@inbox.command()
@_ids
@click.option("--because", default="", metavar="WORDS", help="Why it is nothing for the catalogue.")
@json_option
@click.pass_context
def reject(ctx: click.Context, ids: tuple[str, ...], because: str, as_json: bool) -> None:
    """Put items away for good: drafts go, notes stay as they are, and none is proposed again."""
    place, _, items = _named(ctx, ids)
    _decide(items, lambda item: story.reject(place, item, because, today()), as_json)


@inbox.command()
@json_option
@click.pass_context
def undo(ctx: click.Context, as_json: bool) -> None:
    """Take back the last decision. Again: the one before it."""
    place = workspace(ctx)
    need_private(place, "inbox")
    told = story.undo(place)
    if as_json:
        show_json({"undone": told})
    else:
        show(f"Taken back: {told}")


def _named(ctx: click.Context, ids: tuple[str, ...]) -> tuple[Workspace, Inbox, tuple[Item, ...]]:
    place = workspace(ctx)
    need_private(place, "inbox")
    # Single words are found without adding everything up anew, which takes its time.
    found = story.open_inbox(place, proposed=any("-" in one for one in ids), tell=say)
    return place, found, story.find_items(found, ids)


def _decide(items: tuple[Item, ...], deed: Callable[[Item], Decided], as_json: bool) -> None:
    done: list[Decided] = []
    try:
        for item in items:
            done.append(deed(item))  # noqa: PERF401 - what was done before an error is told
    finally:
        _told(done, as_json)


def _told(done: list[Decided], as_json: bool) -> None:
    if as_json:
        show_json([{"decided": one.words, "problem": one.problem or None, "files": plain(one.paths)} for one in done])
        return
    for one in done:
        show(one.words)


def _item_data(found: Inbox, item: Item) -> dict[str, object]:
    if isinstance(item, NewProblem):
        return {
            "id": item.id,
            "kind": "new problem",
            "name": item.name,
            "companies": list(item.accounts),
            "why": item.why,
            "nearest": plain(item.nearest),
            "quotes": [_item_data(found, one) for one in item.words],
        }
    if isinstance(item, Words):
        return {
            "id": item.id,
            "kind": "draft" if item.draft else "quote",
            "text": item.text,
            "who": item.who,
            "account": item.account,
            "day": plain(item.day),
            "origin": item.origin,
            "why": item.why,
            "path": item.place.path,
            "line": item.place.line,
            "proposed": item.proposed or None,
            "suggestions": {"new": item.suggestion.new, "matches": plain(item.suggestion.matches[:3])},
        }
    if isinstance(item, Alike):
        return {"id": item.id, "kind": "merge", "one": item.one, "other": item.other, "why": item.why}
    parts = [{"name": part.name, "quotes": [{"at": str(p), "text": t} for p, t in part.quotes]} for part in item.parts]
    return {"id": item.id, "kind": "split", "problem": item.problem, "why": item.why, "parts": parts}


def _line(found: Inbox, item: Item) -> str:
    if isinstance(item, NewProblem):
        quotes = counted(len(item.words), "quote")
        told = f"{counted(len(item.accounts), 'company')}, {quotes}" if item.accounts else quotes
        return f"{item.id}  new problem: {item.name} ({told})"
    if isinstance(item, Words):
        text = " ".join(item.text.split())
        to = f"  → {item.proposed} {percent(item.suggestion.matches[0].score)}" if item.proposed else ""
        return f"{item.id}  {text if len(text) <= 90 else text[:89].rstrip() + '…'}{to}"
    if isinstance(item, Alike):
        return f"{item.id}  one problem? {found.problems.get(item.one)} = {found.problems.get(item.other)}"
    return f"{item.id}  two problems? {found.problems.get(item.problem)}: “{item.parts[0].name}” may be one of its own"


def _say_broken(found: Inbox) -> None:
    broken = [one for one in found.findings if one.severity is Severity.TO_FIX]
    say_findings(broken[:3])
    if len(broken) > 3:
        say(f"{len(broken)} to fix in the files that were read; `heard check` says all.")
