"""The outline of a paper: what its sections are for, and the seven questions whose answers stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from heard.base.gaps import gap


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven: what is asked, how to answer well, and what its gap in the outline says."""

    key: str
    asks: str
    hint: str
    gap: str

    @property
    def mark(self) -> str:
        """The gap that the answer goes into."""
        return gap(self.gap)


QUESTIONS = (
    Question(
        "tried",
        "What do they try first, and why does it fail?",
        "One attempt a line: a second charger: it stands in the same corner.",
        "what they try first, and why each attempt fails",
    ),
    Question(
        "cost",
        "What does it cost them?",
        "Hours, money, people; your own reckoning, not one client's figures.",
        "what it costs: hours, money, people",
    ),
    Question(
        "cause",
        "What is the cause?",
        "As you would explain it to the person who has to act.",
        "the cause, as you would explain it to the person who has to act",
    ),
    Question("works", "What works?", "In the order of doing.", "what works, in the order of doing"),
    Question(
        "seen",
        "Where did you see it work, and what changed there?",
        "The kind of site, before and after. No names.",
        "where you saw it work: the kind of site, before, what was changed, after",
    ),
    Question(
        "barriers",
        "What gets in the way?",
        "Whose floor, whose budget, whose habit; and the serious objection.",
        "what gets in the way: whose floor, whose budget, whose habit, and the serious objection",
    ),
    Question(
        "monday",
        "What can they do on Monday?",
        "One step a line, with who and how long: Print the charger log (shift lead, 40 min)",
        "five steps for Monday, each with who does it and how long it takes",
    ),
)
"""In the order in which an expert tells it; the paper has another one."""

_BY_MARK = {question.mark: question for question in QUESTIONS}
_MARK = {question.key: question.mark for question in QUESTIONS}

_HEADINGS = {
    "short": "In short",
    "looks": "What it looks like",
    "cost": "What it costs",
    "cause": "The cause, and how to tell yours",
    "tried": "What is tried first",
    "works": "What works",
    "example": "A worked example",
    "barriers": "What gets in the way",
    "limits": "Where this fails",
    "monday": "What to do on Monday",
    "know": "How we know",
    "takeaway": "Take this away",
    "traces": "Each cause leaves a trace of its own",
    "case": "One case, before and after",
}
"""What stands above the parts of the outline, by the names that other languages' words have."""

_OUTLINE = f"""
## In short

{gap("the answer in eighty to a hundred words: what happens, why, and what ends it; write it last")}

## What it looks like

{gap("the scene as your reader knows it: the hour, the place, who stands where; when it is worst, and when it is not")}

[[quote]]

## What it costs

{_MARK["cost"]}

{gap("the arithmetic, for readers to repeat with their own figures: how often × how long × how many")}

## The cause, and how to tell yours

{_MARK["cause"]}

Table: Each cause leaves a trace of its own

| Cause | The trace it leaves | What ends it |
| --- | --- | --- |
| {gap("a row for each cause, the most frequent first")} | | |

## What is tried first

{_MARK["tried"]}

[[quote]]

## What works

{_MARK["works"]}

!!! takeaway "Take this away"
    {gap("the one sentence that your reader should remember")}

## A worked example

{_MARK["seen"]}

Table: One case, before and after

| What was counted | Before | After |
| --- | ---: | ---: |
| {gap("round numbers, and the record they come from")} | | |

## What gets in the way

{_MARK["barriers"]}

[[quote]]

## Where this fails

- {gap("for whom this is not the answer, and what is; say it in `not_for:` of the header, too")}

## What to do on Monday

{_MARK["monday"]}

## How we know

{gap("what you measured, what you reckoned, what is a rule of thumb; the number to check in one's own records")} [^1]

[^1]: {gap("the source of your most important figure: author, title, year")}
"""


def outline(words: Mapping[str, Any] | None = None) -> str:
    """The body of a paper that nobody has begun, in the dialect of docs/formats.md; everything is a gap.

    `words` are the headings in another language, and the word before a table; the gaps speak to the writer in English.
    """
    if not words:
        return _OUTLINE
    lines = _OUTLINE.split("\n")
    known = {line: said for name, line in _HEADINGS.items() if (said := words.get(name))}
    return "\n".join(_said(line, words, known) for line in lines)


def _said(line: str, words: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """A line of the outline in another language, where it is a heading of any kind."""
    if line.startswith("## "):
        return f"## {known.get(line[3:], line[3:])}"
    if line.startswith("!!! "):
        return line.replace(_HEADINGS["takeaway"], str(words["takeaway"]))
    if line.startswith("Table: "):
        return f"{words['table']}: {known.get(line[7:], line[7:])}"
    for name, first in (("trace_columns", "| Cause "), ("case_columns", "| What was counted ")):
        if line.startswith(first):
            return f"| {' | '.join(words[name])} |"
    return line


def question_of(mark: str) -> Question | None:
    """The question whose answer a gap waits for; None for the other gaps."""
    return _BY_MARK.get(" ".join(mark.split()))
