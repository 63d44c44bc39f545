"""The questions of `heard draft` at a terminal; each answer is saved before the next is asked."""

from __future__ import annotations

import sys

from prompt_toolkit import PromptSession
from prompt_toolkit.output import create_output

from heard.base.gaps import Gap
from heard.base.text import counted
from heard.cli.edge import say
from heard.pipeline import drafting as story
from heard.pipeline.drafting import Drafting
from heard.values import HeardError


def interview(drafting: Drafting) -> None:
    """Ask for the gaps of a paper, one by one. After Ctrl-C all that was typed is in the file."""
    session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr))
    asked = story.to_ask(drafting)
    noun = "gap" if drafting.begun else "question"
    say(f"{counted(len(asked), noun)}. An empty line ends an answer; Enter alone leaves a marked gap.")
    for number, gap in enumerate(asked, 1):
        say()
        _say_question(gap, f"{number} of {len(asked)}")
        rows: list[str] = []
        try:
            _read(session, rows)
        except KeyboardInterrupt:
            # The line that was not ended counts as well.
            rows.append(session.default_buffer.text)
            _save(drafting, gap, rows)
            raise
        _save(drafting, gap, rows)


def _say_question(gap: Gap, at: str) -> None:
    question = story.question_of(gap.mark)
    say(f"{at}  {question.asks if question else gap.asks[:1].upper() + gap.asks[1:]}")
    if question:
        say(f"        {question.hint}")


def _read(session: PromptSession[str], rows: list[str]) -> None:
    while True:
        try:
            row = session.prompt("> ")
        except EOFError:
            # Ctrl-D answers like Enter, and loses nothing.
            return
        # A text that was pasted may hold empty lines of its own.
        if not row.strip():
            return
        rows.append(row.rstrip())


def _save(drafting: Drafting, gap: Gap, rows: list[str]) -> None:
    words = "\n".join(row for row in rows if row.strip())
    if not words:
        return
    try:
        found = story.answer(drafting, gap.mark, words)
    except HeardError:
        say(f"This answer is not saved:\n\n{words}\n")
        raise
    if found is None:
        say(f"That gap is filled already, so your answer is not in the paper:\n\n{words}\n")
        return
    for one in found:
        say(f"  line {one.place.line} {one.message}")
