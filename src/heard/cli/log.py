"""`heard log`: as fast as a shell command can be, since somebody is still on the phone."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import click

from heard.base.clock import now
from heard.base.text import percent
from heard.cli.edge import may_ask, no_input_option, say, show, show_json, stop, workspace
from heard.pipeline import log as story
from heard.pipeline.log import NoteDraft, QuoteDraft, paragraphs, quotes_of
from heard.values import Quotable, Source, Suggestion
from heard.workspace import Workspace

_TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
_AGO = re.compile(r"(\d+) days? ago")
_DAY = re.compile(
    r"(?:(?:19[7-9]|20\d)\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19[7-9]|20\d)\d)(?: .*|t.*)?"
)
"""A day in figures, of a year that notes may be of."""
_FIRST_YEAR = 1970
UNLIKELY = 0.1


@click.command()
@click.argument("words", nargs=-1)
@click.option("--account", default="", help="The company they speak for; a new one is made on the fly.")
@click.option("--person", default="", help="Who said it.")
@click.option("--role", default="", help="What they do there.")
@click.option("--industry", default="", help="The industry, by its slug.")
@click.option("--source", type=click.Choice([s.value for s in Source]), default="call", show_default=True)
@click.option(
    "--date", "when", default="", help="When, such as 2026-11-21, “2026-11-21 14:32”, yesterday or “40 days ago”."
)
@click.option("--problem", "problems", multiple=True, help="File it under this problem (any part of its name).")
@click.option("--new", "new_problem", default="", metavar="WORDS", help="File it under a new problem of this name.")
@click.option(
    "--quotable",
    type=click.Choice(["no", "anonymous", "named", "offrecord"]),
    default="no",
    show_default=True,
    help="What they allowed.",
)
@click.option("-e", "--edit", is_flag=True, help="Write the note in your editor.")
@click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")
@no_input_option
@click.pass_context
def log(
    ctx: click.Context,
    words: tuple[str, ...],
    account: str,
    person: str,
    role: str,
    industry: str,
    source: str,
    when: str,
    problems: tuple[str, ...],
    new_problem: str,
    quotable: str,
    edit: bool,
    as_json: bool,
    no_input: bool,
) -> None:
    """Take down what somebody said, in their words.

    \b
    heard log                        asks who, what, which problem, and whether you may quote it
    heard log "We lose two hours."   these words; several quoted arguments are several quotes
    heard log -                      words from stdin; an empty line starts the next quote
    heard log -e                     in your editor, as Markdown

    "Saved" means: whole and on disk. Words on the command line are changed by the shell before heard
    sees them ($40,000, quotation marks): use the bare command for those.
    """
    place = workspace(ctx)
    draft = NoteDraft(
        heard=_moment(when),
        quotes=(),
        source=Source(source),
        account=story.unlink(_one_line(account)),
        person=_one_line(person),
        role=_one_line(role),
        industry=_one_line(industry),
        quotable=Quotable(quotable),
    )
    known = story.names(place)
    texts = () if edit else _texts(words)
    fresh: tuple[str, ...] = ()
    if edit:
        draft = replace(draft, quotes=(QuoteDraft(" ".join(words)),))
    elif not texts and not words and may_ask(no_input):
        from heard.cli.questions import answered

        draft, fresh = answered(
            draft, known, problems, new_problem, lambda text, names: _nearest(place, [text], names)[0]
        )
    elif not texts:
        raise stop('There is nothing to log. Say it: `heard log "their words"`, or `heard log -` for stdin.')
    else:
        draft = replace(draft, quotes=tuple(QuoteDraft(text) for text in texts))
    draft, new_problem, complaints = story.resolve(draft, known, problems, new_problem)
    if edit:
        from heard.cli.editor import edited

        logged = edited(place, draft)
    else:
        logged = story.save(place, draft)
    _finish(place, known, logged, complaints, (*fresh, *([new_problem] if new_problem else [])), as_json)


def _finish(
    place: Workspace,
    known: story.Names,
    logged: story.Logged,
    complaints: tuple[str, ...],
    fresh: tuple[str, ...],
    as_json: bool,
) -> None:
    told = say if as_json else show
    told(f"Saved {place.public.relative(logged.path)}")
    sys.stdout.flush()
    files = []
    if made := story.make_account(place, logged.draft.account, known, industry=logged.draft.industry):
        say(f"New account {logged.draft.account}: {place.public.relative(made)}")
        files.append(made)
    for words in fresh:
        if made := story.make_problem(place, words, known):
            say(f"New problem: {place.public.relative(made)}")
            files.append(made)
    story.remember(place, logged, files)
    for complaint in complaints:
        say(f"{complaint.rstrip('.')}. The words are saved, but not filed under it: `heard inbox` files them.")
    if as_json:
        show_json({"note": str(logged.path), "quotes": _quotes_data(place, logged, known)})
    elif not complaints:
        _say_nearest(place, logged, known)
    if complaints:
        raise click.exceptions.Exit(1)


def _quotes_data(place: Workspace, logged: story.Logged, known: story.Names) -> list[dict[str, object]]:
    quotes = logged.draft.quotes
    near = _nearest(place, [quote.text for quote in quotes], known)
    return [_quote_data(quote, one) for quote, one in zip(quotes, near, strict=True)]


def _quote_data(quote: QuoteDraft, near: Suggestion) -> dict[str, object]:
    matches = [{"problem": match.problem, "score": match.score} for match in near.matches]
    return {
        "id": quote.id,
        "text": quote.text,
        "problem": quote.problems[0] if quote.problems else None,
        "problems": list(quote.problems),
        "suggestions": {"new": near.new, "matches": matches},
    }


def _say_nearest(place: Workspace, logged: story.Logged, known: story.Names) -> None:
    unfiled = [quote.text for quote in logged.draft.quotes if not quote.problems]
    for near in _nearest(place, unfiled, known) if unfiled and known.problems else ():
        likely = [f"{match.problem} ({percent(match.score)})" for match in near.matches if match.score > UNLIKELY]
        if likely:
            say(f"Not filed yet. Nearest: {', '.join(likely)}")
        elif near.new > 1 - UNLIKELY:
            say("Not filed yet: perhaps a new problem.")


def _nearest(place: Workspace, texts: Sequence[str], known: story.Names) -> tuple[Suggestion, ...]:
    # Loaded now, since the words are saved and nobody waits for them any more.
    from heard.pipeline.suggesting import suggest

    return suggest(place, texts, known.problems)


def _texts(words: tuple[str, ...]) -> tuple[str, ...]:
    if words == ("-",):
        return paragraphs(sys.stdin.buffer.read().decode("utf-8", errors="replace").removeprefix("\ufeff"))
    return quotes_of(words)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _moment(text: str) -> datetime:
    current = now().replace(second=0, microsecond=0)
    plain = " ".join(text.lower().split())
    if plain in ("", "now", "today"):
        return current
    if plain == "yesterday":
        return current - timedelta(days=1)
    with suppress(OverflowError):
        if ago := _AGO.fullmatch(plain):
            return current - timedelta(days=int(ago[1]))
    for form in _TIMES:
        with suppress(ValueError):
            found = datetime.strptime(text.strip(), form)
            if found.year >= _FIRST_YEAR:
                return found
    raise click.BadParameter(_no_date(text, plain), param_hint="--date")


def _no_date(text: str, plain: str) -> str:
    """What is said of a date that is not read: how it is written here, if it is clear which day is meant."""
    from heard.base.dates import any_date, is_ambiguous

    if meant := any_date(plain):
        return f"“{text}” is not written as dates are here: write {meant:%Y-%m-%d}"
    no_day = _DAY.fullmatch(plain) and not is_ambiguous(plain)
    what = "is no day of the calendar" if no_day else "is not a date"
    return f"“{text}” {what}: write 2026-11-21, “2026-11-21 14:32”, today, yesterday or “40 days ago”"
