"""The questions of a bare `heard log`: who, their words, which problem, may I quote it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import DummyCompleter, FuzzyWordCompleter
from prompt_toolkit.output import create_output

from heard.base.text import LEGAL_FORMS, percent
from heard.cli.edge import say, stop
from heard.pipeline.log import Names, NoteDraft, QuoteDraft, nearest_problem, new_slug, problem_slug, with_problem
from heard.values import HeardError, Quotable, Suggestion

UNLIKELY = 0.05
"""A problem that is no likelier than this is not named."""

_ANSWERS = {
    "": Quotable.NO,
    "n": Quotable.NO,
    "a": Quotable.ANONYMOUS,
    "y": Quotable.NAMED,
    "o": Quotable.OFFRECORD,
}


def answered(
    draft: NoteDraft, known: Names, problems: Sequence[str], new: str, near: Callable[[str, Names], Suggestion]
) -> tuple[NoteDraft, tuple[str, ...]]:
    """The draft with a person's answers, and the names of the problems that are new.

    Enter leaves a question for later; several quotes may follow each other. Where `problems` or `new` file
    the whole note already, no problem is asked for; else `near` says which ones are likely.
    """
    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))
    account, person, role = draft.account, "", ""
    if not account:
        account, person, role = who(
            _ask(session, "Who? (company, person, role) ", [one.name for one in known.accounts])
        )
    draft = replace(draft, account=account, person=draft.person or person, role=draft.role or role)
    quotes: list[QuoteDraft] = []
    fresh: list[str] = []
    rows: list[str] = []
    say("Their words, as they said them. An empty line ends a quote; another one ends the note.")
    try:
        while text := _words(session, rows):
            quotes.append(QuoteDraft(text))
            rows.clear()
            slug, words = ("", "") if problems or new else _problem(session, known, near(text, known))
            if words:
                known = with_problem(known, slug, words)
                fresh.append(words)
            quotes[-1] = QuoteDraft(text, (slug,) if slug else ())
        if not quotes:
            raise stop("No words, so nothing was logged.")
        quotable = draft.quotable if draft.quotable is not Quotable.NO else _quotable(session)
    except KeyboardInterrupt:
        if typed := [*(quote.text for quote in quotes), *(["\n".join(rows)] if rows else [])]:
            say("\nNothing was saved. What you typed:\n\n" + "\n\n".join(typed))
        raise
    return replace(draft, quotes=tuple(quotes), quotable=quotable), tuple(fresh)


def who(text: str) -> tuple[str, str, str]:
    """Company, person and role of what somebody typed; a legal form stays with its company (`Acme, Inc.`)."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1 and parts[1].replace(".", "").lower() in LEGAL_FORMS:
        parts[:2] = [f"{parts[0]}, {parts[1]}"]
    company, person, *role = [*parts, ""] if len(parts) < 2 else parts
    return company, person, ", ".join(role)


def _ask(session: PromptSession[str], question: str, words: Sequence[str]) -> str:
    try:
        # Without a completer of its own a question would keep that of the one before.
        completer = FuzzyWordCompleter(list(words)) if words else DummyCompleter()
        return session.prompt(question, completer=completer).strip()
    except EOFError:
        # Ctrl-D is no reason to lose what was typed before: it answers like Enter.
        return ""


def _words(session: PromptSession[str], rows: list[str]) -> str:
    """Their words, to the next empty line; each line is in `rows` as soon as it is typed."""
    while row := _ask(session, "> ", ()):
        rows.append(row)
    return "\n".join(rows)


def _problem(session: PromptSession[str], known: Names, near: Suggestion) -> tuple[str, str]:
    """The slug of the problem that a person names, and its words if it is a new one."""
    names = {one.slug: one.name for one in known.problems}
    likely = [match for match in near.matches if match.score > UNLIKELY and match.problem in names]
    for number, match in enumerate(likely, 1):
        say(f"  {number}  {names[match.problem]}  {percent(match.score)}")
    any_number = "a number, " if likely else ""
    while answer := _ask(session, f"Problem? ({any_number}any part of its name, Enter = later) ", list(names)):
        if answer.isdigit() and 0 < int(answer) <= len(likely):
            return likely[int(answer) - 1].problem, ""
        slug, words = _named(session, known, answer)
        if slug:
            return slug, words
    return "", ""


def _named(session: PromptSession[str], known: Names, answer: str) -> tuple[str, str]:
    """The problem of which a person typed a name, and its words if it shall be a new one; empty to ask again.

    A slip takes no more than Enter to mend, and no single key makes a second problem of it.
    """
    try:
        return problem_slug(answer, known), ""
    except HeardError as error:
        say(str(error))
    near = nearest_problem(answer, known)
    if near is None:
        meant = _ask(session, f"Make “{answer}” a new problem? (y, Enter = no) ", []).lower()
        makes = meant.startswith("y")
    else:
        meant = _ask(session, f"Enter = {near.slug}, n = neither, new = make “{answer}” a new problem: ", []).lower()
        makes = meant == "new"
        if meant in ("", "y", "yes"):
            return near.slug, ""
    if makes:
        try:
            return new_slug(answer, known), answer
        except HeardError as error:
            say(str(error))
    return "", ""


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
