"""`heard match`: which problem somebody's words belong to. It suggests, and files nothing."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from heard.base.text import percent
from heard.cli.edge import json_option, say, show, show_json, stop, workspace
from heard.pipeline import catalogue
from heard.pipeline import matching as story
from heard.values import Suggestion

_CHUNK = 1 << 16
_LONG = 120


@click.command()
@click.argument("words", nargs=-1)
@click.option("-k", "most", type=click.IntRange(1), default=3, show_default=True, help="How many problems to name.")
@json_option
@click.option("--batch", metavar="FILE", default="", help="Answer every line of a file (- for stdin) with a JSON line.")
@click.pass_context
def match(ctx: click.Context, words: tuple[str, ...], most: int, as_json: bool, batch: str) -> None:
    """Say which problem somebody's words belong to, and how likely it is a new one.

    \b
    heard match "The trucks stop at three in the night."
    heard match --batch quotes.txt > suggestions.jsonl

    The percentages of all problems and of “a new problem” add up to 100. Nothing is filed: that is yours
    to decide.
    """
    text = " ".join(words).strip()
    if bool(text) == bool(batch):
        raise click.UsageError('say their words (heard match "…"), or name a file of them with --batch')
    place = workspace(ctx)
    if batch and batch != "-" and not Path(batch).is_file():
        raise stop(f"There is no file {batch}.")
    found = catalogue.read(place)
    model = story.current_model(place, found, say)
    if batch:
        for lines in _lines(batch):
            told = story.suggest(model, lines, most)
            show("\n".join(json.dumps(_data(one), ensure_ascii=False) for one in told))
            sys.stdout.flush()
        return
    near = story.suggest(model, [text], most)[0]
    if as_json:
        show_json(_data(near))
        return
    _show(near, {one.slug: one.problem for one in found.catalogue.problems}, text)


def _data(near: Suggestion) -> dict[str, object]:
    matches = [{"problem": match.problem, "score": match.score} for match in near.matches]
    return {"new": near.new, "matches": matches}


def _show(near: Suggestion, problems: dict[str, str], text: str) -> None:
    rows = [(match.score, problems.get(match.problem, match.problem)) for match in near.matches]
    for share, name in sorted([*rows, (near.new, "a new problem")], key=lambda row: -row[0]):
        show(f"{percent(share):>6}  {name}")
    said = _quoted(text)
    if not near.matches:
        say("There is no problem yet. To make the first:")
    if not near.matches or near.new >= near.matches[0].score:
        say(f'To take it down: heard log {said} --new "the problem in their words"')
    else:
        say(f"To take it down: heard log {said} --problem {near.matches[0].problem}")


def _quoted(text: str) -> str:
    return shlex.quote(text) if len(text) <= _LONG else '"their words"'


def _lines(name: str) -> Iterator[list[str]]:
    """The lines of a file or of stdin, as many at a time as have arrived."""
    with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
        # Not `read`, which waits for the whole chunk.
        read = getattr(file, "read1", file.read)
        rest = b""
        while some := read(_CHUNK):
            *whole, rest = (rest + some).split(b"\n")
            if whole:
                yield [_text(line) for line in whole]
    if rest:
        yield [_text(rest)]


def _text(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").removeprefix("\ufeff").strip()
