"""The questions of a bare `heard log`: who, their words, which problem, may I quote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import DummyCompleter, FuzzyWordCompleter
from prompt_toolkit.output import create_output

from heard.cli.edge import say, stop
from heard.pipeline.log import Names, NoteDraft, QuoteDraft, problem_slug
from heard.values import HeardError, Quotable

_ANSWERS = {
    "": Quotable.NO,
    "n": Quotable.NO,
    "a": Quotable.ANONYMOUS,
    "y": Quotable.NAMED,
    "o": Quotable.OFFRECORD,
}


def answered(
    draft: NoteDraft, known: Names, problems: Sequence[str], new: str
) -> tuple[NoteDraft, tuple[str, ...], str]:
    """The draft with a person's answers, the problems it is filed under, and a new problem's name.

    Enter leaves a question for later; several quotes may follow each other.
    """
    import sys

    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))
    account = draft.account or _ask(session, "Who? ", [one.name for one in known.accounts])
    person = draft.person
    if account and not person and "," in account:
        account, _, person = (part.strip() for part in account.partition(","))
    quotes: list[QuoteDraft] = []
    say("Their words, as they said them. An empty line ends a quote; another one ends the note.")
    while text := _words(session):
        slugs = () if problems or new else _problem(session, known)
        quotes.append(QuoteDraft(text, slugs))
    if not quotes:
        raise stop("No words, so nothing was logged.")
    quotable = draft.quotable if draft.quotable is not Quotable.NO else _quotable(session)
    draft = replace(draft, account=account, person=person, quotes=tuple(quotes), quotable=quotable)
    return draft, tuple(problems), new


def _ask(session: PromptSession[str], question: str, words: Sequence[str]) -> str:
    try:
        # Without a completer of its own a question would keep that of the one before.
        completer = FuzzyWordCompleter(list(words)) if words else DummyCompleter()
        return session.prompt(question, completer=completer).strip()
    except EOFError:
        # Ctrl-D is no reason to lose what was typed before: it answers like Enter.
        return ""


def _words(session: PromptSession[str]) -> str:
    rows: list[str] = []
    while row := _ask(session, "> ", ()):
        rows.append(row)
    return "\n".join(rows)


def _problem(session: PromptSession[str], known: Names) -> tuple[str, ...]:
    while answer := _ask(session, "Problem? (Enter = later) ", [one.slug for one in known.problems]):
        try:
            return (problem_slug(answer, known),)
        except HeardError as error:
            say(f"{error} Enter leaves it for later.")
    return ()


def _quotable(session: PromptSession[str]) -> Quotable:
    while True:
        answer = _ask(
            session,
            "May I quote it? [n]o, [a]nonymously, [y]es with name, [o]ff the record (Enter = no) ",
            [],
        )
        found = _ANSWERS.get(answer.lower()[:1])
        if found is not None:
            return found
