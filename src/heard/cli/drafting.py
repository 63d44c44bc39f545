"""`heard draft`: seven questions, and the outline of a paper with the answers in place."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

import click

from heard.base.clock import today
from heard.base.text import counted
from heard.cli.edge import (
    finding_data,
    json_option,
    may_ask,
    no_input_option,
    say,
    show,
    show_json,
    stop,
    workspace,
)
from heard.pipeline import drafting as story
from heard.pipeline.drafting import Drafting
from heard.values import Finding

_LISTED = 12


@click.command()
@click.argument("problem")
@click.option("--answers", type=click.File(encoding="utf-8"), help="Read the answers from a file (- for stdin).")
@click.option("-e", "--edit", is_flag=True, help="Open the paper in your editor at the end.")
@json_option
@no_input_option
@click.pass_context
def draft(ctx: click.Context, problem: str, answers: TextIO | None, edit: bool, as_json: bool, no_input: bool) -> None:
    """Begin a problem's paper: seven questions, and an outline with your answers in place.

    PROBLEM is any part of its name. Enter skips a question and leaves a marked gap; each answer is
    saved at once. A paper that is there already is never overwritten: its gaps are asked for, one by one.
    What the clients said is put into a private file beside the paper; where you repeat their words you
    are told. --no-input writes the outline alone. In a file of answers an empty line ends an answer, and
    `-` alone leaves its gap.
    """
    place = workspace(ctx)
    drafting = story.begin(place, problem, today())
    _say_where(drafting)
    try:
        if answers is not None:
            _take(drafting, answers.read())
        elif may_ask(no_input) and _goes_on(drafting):
            from heard.cli.interview import interview

            interview(drafting)
    finally:
        # After Ctrl-C, too: what was typed is in the file.
        _report(drafting, as_json)
    if edit:
        click.edit(filename=str(drafting.path))


def say_repeated(findings: Sequence[Finding]) -> None:
    """Where the paper repeats a client, as a person reads it."""
    for one in findings:
        say(f"  line {one.place.line} {one.message}")


def _take(drafting: Drafting, text: str) -> None:
    texts = [part.strip("\n") for part in _paragraphs(text)]
    for mark, words in story.given(texts, story.to_ask(drafting)):
        if story.answer(drafting, mark, words) is None:
            raise stop(f"A gap was filled meanwhile in {drafting.problem.place.path}: look there, and run it again.")


def _paragraphs(text: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in text.removeprefix("\ufeff").splitlines():
        if line.strip():
            parts[-1].append(line.rstrip())
        elif parts[-1]:
            parts.append([])
    return ["\n".join(part) for part in parts if part]


def _say_where(drafting: Drafting) -> None:
    heard = drafting.heard
    path, quotes = drafting.problem.place.path, drafting.workspace.public.relative(drafting.quotes)
    say(
        f"“{drafting.problem.problem}”: {counted(len(heard.accounts), 'company')}, {counted(heard.quotes, 'quote')}. "
        f"Their words: {quotes}"
    )
    if drafting.kept:
        say(f"You changed {quotes}, so it was left as it is. Delete it, and it is made anew.")
    if drafting.begun:
        say(f"{path} has a paper already; not a word of it is overwritten.")
    else:
        say(f"The outline is in {path}.")


def _goes_on(drafting: Drafting) -> bool:
    """Whether a person wants to be asked: always for a new outline; for a paper that was begun they say."""
    many = len(story.to_ask(drafting))
    if not drafting.begun or not many:
        return bool(many)
    return click.confirm(f"Go on with {counted(many, 'gap')} in it?", default=True, err=True)


def _report(drafting: Drafting, as_json: bool) -> None:
    gaps, repeated = story.left(drafting), story.repeated(drafting)
    path = drafting.problem.place.path
    if as_json:
        data = {"path": path, "quotes": drafting.workspace.public.relative(drafting.quotes)}
        asked = [{"line": gap.line, "asks": gap.asks} for gap in gaps]
        show_json({**data, "gaps": asked, "repeats": [finding_data(one) for one in repeated]})
        return
    show(path)
    sys.stdout.flush()
    say_repeated(repeated)
    if gaps:
        rows = list(dict.fromkeys(str(gap.line) for gap in gaps))
        lines = ", ".join(rows[:_LISTED]) + (", …" if len(rows) > _LISTED else "")
        say(f"{counted(len(gaps), 'gap')} left, in line{'s' if len(rows) > 1 else ''} {lines}.")
    else:
        say("No gap is left.")
    if keys := story.missing(drafting):
        say(f"The header still needs {' and '.join(f'`{key}:`' for key in keys)}.")
    slug = drafting.problem.slug
    say("Next: write on in your editor, then")
    for command, what in (
        (f"heard draft {slug}", "asks for the gaps that are left") if gaps else ("", ""),
        ("heard check", "says what is still wrong"),
        (f"heard publish {slug}", "builds it, shows it to you, and asks"),
    ):
        if command:
            say(f"  {command:<{len(slug) + 16}}{what}")
