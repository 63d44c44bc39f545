"""Asks for words, or for one of the problems, in the middle of a sitting."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import FuzzyWordCompleter
from prompt_toolkit.output import create_output

from heard.cli.edge import say
from heard.pipeline.inbox import problem_meant
from heard.values import HeardError


def asked(question: str) -> str | None:
    """What a person typed; None if they thought better of it (Ctrl-C, Ctrl-D)."""
    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))
    try:
        return " ".join(session.prompt(question).split())
    except (EOFError, KeyboardInterrupt):
        return None


def chosen(problems: Mapping[str, str]) -> str:
    """The slug of the problem that a person chooses by any part of its name; empty if they choose none."""
    if not problems:
        say("There is no problem yet: make one first.")
        return ""
    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))
    completer = FuzzyWordCompleter(list(problems.values()))
    try:
        while answer := session.prompt(
            "Which problem? (any part of its name; Enter = none) ", completer=completer
        ).strip():
            try:
                return problem_meant(answer, problems)
            except HeardError as error:
                say(str(error))
    except (EOFError, KeyboardInterrupt):
        pass
    return ""
