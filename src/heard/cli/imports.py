"""`heard import`: what lies around already becomes drafts, or with --accept notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from heard.base.clock import today
from heard.base.text import counted
from heard.cli.edge import (
    finding_data,
    json_option,
    may_ask,
    no_input_option,
    plain,
    say,
    say_findings,
    show,
    show_json,
    stop,
    workspace,
)
from heard.pipeline import imports as story
from heard.pipeline.imports import Taken
from heard.values import Severity

_SHOWN = 5
"""So many files without a proposal are named."""


@click.command("import")
@click.argument("paths", metavar="[FILE|FOLDER]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="OURS=THEIRS",
    help="What a column, or a key in your notes' headers, is: --map quote=Comment --map account=klant. Remembered.",
)
@click.option("--accept", is_flag=True, help="File a table's rows at once; missing problems are made.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would happen.")
@json_option
@no_input_option
@click.pass_context
def import_files(
    ctx: click.Context,
    paths: tuple[Path, ...],
    maps: tuple[str, ...],
    accept: bool,
    dry_run: bool,
    as_json: bool,
    no_input: bool,
) -> None:
    """Take in notes, transcripts and tables as they are, and propose quotes from them.

    \b
    heard import notes/ crm.csv call.vtt   whatever they are; folders are looked through
    heard import                           your own notes, where they lie
    heard import answers.csv --map quote=Comment --map problem=Topic --accept

    A file is recognised by what it holds: notes in Markdown or plain text, calls as VTT, any table as CSV. For a
    recording you are told how to make a transcript of it. Nothing that is imported is changed, and importing the
    same again adds nothing. What is proposed waits in the inbox: `heard inbox`.

    A column, or a key of your notes, can be: account, person, role, industry, date, source, quotable; a column
    also quote (their words), notes (a text to look for quotes in), problem, tags.
    """
    place = workspace(ctx)
    if not place.private.exists:
        raise stop("`heard import` needs content/private, which is not here. Nothing was written.")
    asking = may_ask(no_input)
    wishes = story.Wishes(
        paths=paths or (place.private.notes,),
        given=dict(_pair(one) for one in maps),
        accept=accept,
        dry_run=dry_run,
        ask_key=_ask_key if asking else None,
        ask_column=_ask_column if asking else None,
    )
    taken = story.import_all(place, wishes, today())
    if as_json:
        show_json(_data(taken, dry_run))
    else:
        _tell(taken, dry_run=dry_run, accept=accept)
    say_findings(taken.findings)
    if any(finding.severity is Severity.TO_FIX for finding in taken.findings):
        raise click.exceptions.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    ours, equals, theirs = text.partition("=")
    if not (equals and ours.strip() and theirs.strip()):
        raise click.BadParameter(f"“{text}” should be like quote=Comment: ours, then theirs", param_hint="--map")
    return ours.strip().lower(), theirs.strip()


def _ask_key(name: str, values: Sequence[str], many: int) -> str:
    shown = ", ".join(f"“{value}”" for value in values)
    say(f"In {counted(many, 'note')} the header has `{name}` (such as {shown}).")
    kinds = (*story.NOTE_KEYS, "none")
    answer = str(click.prompt("What is it?", type=click.Choice(kinds), default="none", err=True))
    return "" if answer == "none" else answer


def _ask_column(name: str, columns: Sequence[str]) -> str:
    say(f"{name} has these columns:")
    for number, column in enumerate(columns, 1):
        say(f"{number:>4}  {column}")
    answer = click.prompt(
        "Which one holds their words? (0 = leave the file out)",
        type=click.IntRange(0, len(columns)),
        default=0,
        err=True,
    )
    return columns[int(answer) - 1] if answer else ""


def _tell(taken: Taken, *, dry_run: bool, accept: bool) -> None:
    _tell_meanings(taken, dry_run)
    for path in taken.recordings:
        _tell_recording(path)
    done = taken.accepted
    if done.quotes:
        _tell_accepted(taken, dry_run)
    elif accept and not taken.drafts and not taken.before:
        say("--accept files the rows of tables: there were none.")
    if done.quotes and not taken.drafts:
        return
    show(_summary(taken, dry_run))


def _summary(taken: Taken, dry_run: bool) -> str:
    many = len(taken.drafts)
    verb = "would be proposed" if dry_run else "proposed"
    parts = [f"Read {counted(taken.files, 'file')}: {counted(many, 'quote') if many else 'no quote'} {verb}"]
    if taken.accounts:
        parts[0] += f" from {counted(taken.accounts, 'company')}"
    if taken.before:
        parts.append(f"{counted(taken.before, 'quote')} came in before")
    if taken.filled:
        parts.append(f"who or when was added to {counted(taken.filled, 'waiting draft')}")
    if taken.nothing:
        parts.append(f"{counted(len(taken.nothing), 'file')} had nothing to propose ({_few(taken.nothing)})")
    text = "; ".join(parts) + "."
    if taken.in_place:
        text += " Blockquotes in your notes are quotes already, so only their other sentences were looked at."
    if many and not dry_run:
        text += " Decide on them with `heard inbox`."
    elif many:
        text += " Nothing was written."
    return text


def _few(names: Sequence[str]) -> str:
    shown = names if len(names) <= _SHOWN + 1 else names[:_SHOWN]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more


def _tell_meanings(taken: Taken, dry_run: bool) -> None:
    kept = "" if dry_run else "; kept in content/private/settings.yml"
    known = [f"`{theirs}` as {ours}" for theirs, ours in taken.keys.items() if ours != "ignore"]
    if known:
        say(f"Your notes' headers: took {', '.join(known)}{kept}.")
    for name, choice in taken.columns:
        read = ", ".join(f"{ours} = “{theirs}”" for ours, theirs in choice.columns.items())
        guessed = " (guessed: say --map quote=COLUMN to change it)" if choice.guessed else ""
        say(f"{name}: {read}{guessed}.")


def _tell_recording(path: Path) -> None:
    command, then = story.transcriber(path)
    say(f"{path.name} is a recording. Make a transcript of it on this machine, with one of these:")
    say(f"  {command}")
    say(f"  {story.other_transcriber(path)}")
    say(f"and then type:\n  {then}")


def _tell_accepted(taken: Taken, dry_run: bool) -> None:
    done = taken.accepted
    would = "Would file" if dry_run else "Filed"
    text = f"{would} {counted(done.filed, 'quote')} under {'problems' if done.filed else 'no problem'}"
    loose = done.quotes - done.filed
    if loose:
        text += f", and {'keep' if dry_run else 'kept'} {loose:,} unfiled"
    text += f", in {counted(done.notes, 'note')}"
    made = [counted(len(done.problems), "new problem")] if done.problems else []
    made += [counted(len(done.accounts), "new account")] if done.accounts else []
    text += f"; {' and '.join(made)}" if made else ""
    before = f" {counted(taken.before, 'row')} came in before." if taken.before else ""
    after = "" if dry_run else " `heard undo` takes it back."
    show(f"{text}.{before}{after}")
    if done.undated:
        say(
            f"{counted(done.undated, 'quote')} without a date: they count for no figure until their notes say when. "
            "If a column does, name it with --map date=COLUMN."
        )


def _data(taken: Taken, dry_run: bool) -> dict[str, object]:
    return {
        "files": taken.files,
        "proposed": len(taken.drafts),
        "accounts": taken.accounts,
        "before": taken.before,
        "completed": taken.filled,
        "nothing": list(taken.nothing),
        "filed": taken.accepted.filed,
        "quotes": taken.accepted.quotes,
        "notes": taken.accepted.notes,
        "problems": list(taken.accepted.problems),
        "new_accounts": list(taken.accepted.accounts),
        "keys": dict(taken.keys),
        "columns": {name: dict(choice.columns) for name, choice in taken.columns},
        "recordings": [
            {"path": str(path), "command": story.transcriber(path)[0], "then": story.transcriber(path)[1]}
            for path in taken.recordings
        ],
        "dry_run": dry_run,
        "drafts": [_draft_data(plain(draft)) for draft in taken.drafts],
        "findings": [finding_data(finding) for finding in taken.findings],
    }


def _draft_data(data: object) -> object:
    return {key: value for key, value in data.items() if key != "place"} if isinstance(data, dict) else data
