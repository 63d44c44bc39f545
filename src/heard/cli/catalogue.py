"""`heard problems`, `show` and `notes`: what the catalogue holds."""

from __future__ import annotations

import click

from heard.base.text import counted, shortened
from heard.cli.edge import (
    column,
    cut,
    json_option,
    plain,
    say,
    say_findings,
    say_unread,
    show,
    show_json,
    workspace,
)
from heard.pipeline import catalogue as story
from heard.values import Note, Severity


@click.command()
@json_option
@click.pass_context
def problems(ctx: click.Context, as_json: bool) -> None:
    """List the problems, most heard first: by how many companies, then by how many quotes."""
    found = story.read(workspace(ctx))
    rows = story.rows(found)
    say_unread(story.unread(found.findings))
    if as_json:
        show_json([_row_data(row) for row in rows])
        return
    if not rows:
        say('No problem yet. `heard log "their words" --new "the problem in their words"` makes the first.')
    width = column((row.problem.problem for row in rows), 58)
    for row in rows:
        heard = row.heard
        companies = counted(len(heard.accounts), "company")
        quotes = counted(heard.quotes, "quote")
        last = f", last {heard.last}" if heard.last else ""
        name = cut(row.problem.problem, width)
        show(f"{name}  {companies:>12}  {quotes:>10}  {row.problem.state.value}{last}")
    _say_unfiled(found)


@click.command("show")
@click.argument("problem")
@json_option
@click.pass_context
def show_one(ctx: click.Context, problem: str, as_json: bool) -> None:
    """Show one problem with its figures and all its quotes. PROBLEM is any part of its name.

    The figures here are exact and private; what may be said in public is shown by `heard approve`.
    """
    found = story.read(workspace(ctx))
    row, quotes = story.one_problem(found, problem)
    if as_json:
        show_json({**_row_data(row), "quoted": [hearing_data(found, one) for one in quotes]})
        return
    heard = row.heard
    show(row.problem.problem)
    into = f" into `{row.problem.merged_into}`, which has its quotes" if row.problem.merged_into else ""
    show(f"  {row.problem.state.value}{into}, {row.problem.place.path}")
    if row.problem.answer:
        show(f"  answer: {row.problem.answer}")
    show(f"  heard from {counted(len(heard.accounts), 'company')} in {counted(heard.quotes, 'quote')}")
    for label, groups in (("industries", heard.industries), ("roles", heard.roles)):
        if groups:
            show(f"  {label}: " + ", ".join(f"{name} {count}" for name, count in groups))
    if heard.in_public:
        show(f"  also asked in public: {counted(heard.in_public, 'quote')}")
    for one in quotes:
        show()
        show("\n".join(f"  > {line}" for line in one.quote.text.split("\n")))
        who = ", ".join(part for part in (one.quote.person, one.quote.role, one.quote.account) if part)
        marks = " ".join(f"#{tag}" for tag in one.quote.tags)
        about = [str(one.day or "no date"), who, f"may be quoted: {one.quote.quotable.value}", marks]
        show("    " + " · ".join(part for part in about if part))
        show(f"    {one.note.path}:{one.quote.line}")


@click.command()
@click.argument("words", nargs=-1)
@json_option
@click.option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@click.pass_context
def notes(ctx: click.Context, words: tuple[str, ...], as_json: bool, most: int) -> None:
    """Search the notes: those that hold every word, newest first. Without words: the newest."""
    found = story.read(workspace(ctx))
    kept = story.search_notes(found, " ".join(words))
    if as_json:
        show_json([_note_data(note) for note in kept])
        return
    for note in kept[:most]:
        show(f"{note.heard:%Y-%m-%d}  {note.account or '–'}  {note.path}" if note.heard else note.path)
        for quote in note.quotes:
            show(f"    > {shortened(quote.text, 100)}")
    if len(kept) > most:
        say(f"{len(kept) - most} more: add words, or -n {len(kept)}.")
    if not kept:
        say("No note holds all of these words.")


def _say_unfiled(found: story.Read) -> None:
    unfiled = sum(not quote.problems for note in found.catalogue.notes for quote in note.quotes)
    if unfiled:
        say(f"{counted(unfiled, 'quote')} not filed under any problem yet: `heard inbox`.")
    broken = [one for one in found.findings if one.severity is Severity.TO_FIX]
    if broken:
        say_findings(broken[:3])
        say(f"{len(broken)} to fix in the files that were read; `heard check` says all.")


def _row_data(row: story.ProblemRow) -> dict[str, object]:
    heard = row.heard
    return {
        "slug": row.problem.slug,
        "problem": row.problem.problem,
        "state": row.problem.state.value,
        "path": row.problem.place.path,
        "companies": len(heard.accounts),
        "industries": dict(heard.industries),
        "roles": dict(heard.roles),
        "quotes": heard.quotes,
        "in_public": heard.in_public,
        "since": plain(heard.days[0]) if heard.days else None,
        "last": plain(heard.last),
    }


def hearing_data(found: story.Read, one: story.Hearing) -> dict[str, object]:
    """A quote as JSON data, with its note and its account's name."""
    known = found.book.find(one.quote.account)
    quote = plain(one.quote)
    assert isinstance(quote, dict)
    return {
        **quote,
        "account": known.name if known else one.quote.account,
        "note": one.note.path,
        "day": plain(one.day),
    }


def _note_data(note: Note) -> dict[str, object]:
    data = plain(note)
    assert isinstance(data, dict)
    return data
