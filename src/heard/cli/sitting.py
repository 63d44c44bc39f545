"""`heard inbox` at a terminal: one item, one key, the next item at once.

Decisions are carried out one after the other by a second thread while the next item is shown; what cannot
be done comes back as an item.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import click

from heard.base.similarity.model import Examples, Model
from heard.base.text import counted, percent
from heard.cli.choosing import asked, chosen
from heard.cli.edge import say, terminal_width
from heard.cli.keys import END, keyboard
from heard.pipeline import inbox as story
from heard.pipeline.inbox import Alike, Decided, Divided, Inbox, Item, NewProblem, Words
from heard.values import HeardError
from heard.workspace import Workspace

_ON_LINES = 3
"""So many of the likely problems stand on lines of their own; the others follow on one."""

Deed = Callable[[], Decided]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a sitting stands: what waits, what was left for later, and how many items were passed."""

    inbox: Inbox
    later: tuple[Item, ...] = ()
    passed: int = 0

    @property
    def where(self) -> str:
        """Which item this is, of how many."""
        return f"{self.passed + 1} of {self.passed + len(self.inbox.items)}"

    @property
    def item(self) -> Item:
        """The item to decide on now."""
        return self.inbox.items[0]


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was handed on: the step before it, and what comes of it (None: nothing on disk)."""

    before: Step
    deed: Future[Decided] | None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt in this sitting, of what, and what is being learnt while the person decides."""

    of: Mapping[str, Examples]
    model: Model | None = None
    future: Future[Model | None] | None = None


def sit(workspace: Workspace, inbox: Inbox, today: date) -> None:
    """Show every item and carry out what the keys say, until nothing waits or the person quits."""
    step, history = Step(inbox), list[Done]()
    with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(1) as learner, keyboard() as next_key:
        lesson = Lesson(inbox.known)
        while step.inbox.items:
            step = _with_failed(step, history)
            lesson = _learnt(workspace, step.inbox, lesson, learner)
            step = _suggested(step, lesson)
            show_item(step.inbox, step.item, step.where)
            try:
                key = next_key().lower()
            except KeyboardInterrupt:
                break
            if key in ("q", END):
                break
            if key == "u":
                step = _undone(workspace, step, history, worker)
                continue
            after, deed = _decided(workspace, step, key, today)
            if after is None:
                continue
            history.append(Done(step, worker.submit(deed) if deed else None))
            step = after
    step = _with_failed(step, history, wait=True)
    _say_end(step, history)


def _learnt(workspace: Workspace, inbox: Inbox, lesson: Lesson, learner: ThreadPoolExecutor) -> Lesson:
    """The lesson when the one under way is over, and the next begun where something was filed since."""
    if lesson.future and lesson.future.done():
        learnt = None if lesson.future.exception() else lesson.future.result()
        lesson = replace(lesson, model=learnt or lesson.model, future=None)
    if lesson.future is None and inbox.known is not lesson.of:
        lesson = replace(lesson, of=inbox.known, future=learner.submit(story.learn, workspace, inbox))
    return lesson


def _suggested(step: Step, lesson: Lesson) -> Step:
    """The step with what was learnt last about the item that is to be shown."""
    if lesson.model is None or not isinstance(step.item, Words):
        return step
    items = (story.suggested(lesson.model, step.item), *step.inbox.items[1:])
    return replace(step, inbox=replace(step.inbox, items=items))


def _with_failed(step: Step, history: list[Done], *, wait: bool = False) -> Step:
    """The step with the items whose decision could not be carried out at its end."""
    for done in list(history):
        if done.deed is None or not (wait or done.deed.done()):
            continue
        error = done.deed.exception()
        if error is None:
            continue
        if not isinstance(error, HeardError | OSError):
            raise error
        history.remove(done)
        say(click.style(f"Not done, it stays in the inbox: {error}", fg="red"))
        inbox = step.inbox
        step = replace(step, inbox=replace(inbox, items=(*inbox.items, done.before.item)), passed=step.passed - 1)
    return step


def _undone(workspace: Workspace, step: Step, history: list[Done], worker: ThreadPoolExecutor) -> Step:
    while history:
        last = history.pop()
        if last.deed is None:
            return last.before
        try:
            last.deed.result()
            told = worker.submit(story.undo, workspace).result()
        except (HeardError, OSError) as error:
            say(f"{error}")
            if last.deed.exception():
                return last.before
            history.append(last)
            return step
        say(f"Taken back: {told}.")
        return last.before
    say("Nothing was decided yet in this sitting. `heard undo` takes back what was done before.")
    return step


def _decided(workspace: Workspace, step: Step, key: str, today: date) -> tuple[Step | None, Deed | None]:
    """The step after a key and what is to be done; no step where the key was none of the item's."""
    item = step.item
    if key in (" ", "\r", "\n", "l"):
        return replace(_next(step), later=(*step.later, item)), None
    if key == "x":
        because = asked("Why? (Enter = no reason) ")
        return (None, None) if because is None else (_next(step), lambda: story.reject(workspace, item, because, today))
    if isinstance(item, NewProblem):
        return _on_new(workspace, step, item, key)
    if isinstance(item, Words):
        return _on_words(workspace, step, item, key)
    if key == "y" and isinstance(item, Alike):
        return _next(step), lambda: story.merge(workspace, item.one, item.other)
    if key == "o" and isinstance(item, Alike):
        return _next(step), lambda: story.merge(workspace, item.other, item.one)
    if key in ("y", "r") and isinstance(item, Divided):
        name = item.parts[0].name if key == "y" else asked("Its name (Enter = not now): ")
        return _split(workspace, step, item, name or "")
    say("That key does nothing here.")
    return None, None


def _on_new(workspace: Workspace, step: Step, item: NewProblem, key: str) -> tuple[Step | None, Deed | None]:
    if key in ("y", "r"):
        name = item.name if key == "y" else asked("Its name, in their words (Enter = not now): ")
        return _make(workspace, step, item.words, name or "")
    if key in ("m", "f"):
        return _file(workspace, step, item.words, chosen(step.inbox.problems))
    if key == "s":
        return replace(step, inbox=story.taken_apart(step.inbox, item)), None
    if key == "a":
        _show_words(item.words)
        return None, None
    say("That key does nothing here.")
    return None, None


def _on_words(workspace: Workspace, step: Step, item: Words, key: str) -> tuple[Step | None, Deed | None]:
    near = story.candidates(step.inbox, item)
    if key.isdigit() and 0 < int(key) <= len(near):
        return _file(workspace, step, (item,), near[int(key) - 1].problem)
    if key == "y" and near and near[0].proposed:
        return _file(workspace, step, (item,), near[0].problem)
    if key in ("f", "m"):
        return _file(workspace, step, (item,), chosen(step.inbox.problems))
    if key in ("n", "r"):
        return _make(workspace, step, (item,), asked("The problem, in their words (Enter = not now): ") or "")
    if key == "y":
        say("Nothing is proposed here: a number files it, n makes a problem, k keeps it as a quote.")
        return None, None
    if key == "k":
        # A quote of a note that is kept without a problem stays as it is: it is left for later.
        if item.draft is None:
            return replace(_next(step), later=(*step.later, item)), None
        return _next(step), lambda: story.keep(workspace, (item,))
    say("That key does nothing here.")
    return None, None


def _file(workspace: Workspace, step: Step, words: Sequence[Words], slug: str) -> tuple[Step | None, Deed | None]:
    if not slug:
        return None, None
    after = _next(step)
    return replace(after, inbox=story.with_filed(after.inbox, slug, words)), lambda: story.file(workspace, words, slug)


def _make(workspace: Workspace, step: Step, words: Sequence[Words], name: str) -> tuple[Step | None, Deed | None]:
    if not name.strip():
        return None, None
    try:
        slug = story.slug_for(step.inbox, name)
    except HeardError as error:
        say(f"{error} Press m to file them under it, or r for another name.")
        return None, None
    after = _next(step)
    inbox = story.with_problem(after.inbox, slug, name, words)
    return replace(after, inbox=inbox), lambda: story.make(workspace, words, name)


def _split(workspace: Workspace, step: Step, item: Divided, name: str) -> tuple[Step | None, Deed | None]:
    if not name.strip():
        return None, None
    return _next(step), lambda: story.split(workspace, item, name)


def _next(step: Step) -> Step:
    return replace(step, inbox=replace(step.inbox, items=step.inbox.items[1:]), passed=step.passed + 1)


def show_item(inbox: Inbox, item: Item, where: str) -> None:
    """An item as a person reads it, with the keys that answer it."""
    say()
    if isinstance(item, NewProblem):
        _show_new(inbox, item, where)
    elif isinstance(item, Words):
        _show_single(inbox, item, where)
    elif isinstance(item, Alike):
        say(click.style(f"{where} · two problems that may be one", dim=True))
        say(f"  {click.style(inbox.problems.get(item.one, item.one), bold=True)}")
        say(f"  {click.style(inbox.problems.get(item.other, item.other), bold=True)}")
        say(_wrapped(item.why, "  "))
        _keys("y  the first goes into the second", "o  the other way round", "x  they differ")
    else:
        say(click.style(f"{where} · a problem that may be two", dim=True))
        say(f"  {click.style(inbox.problems.get(item.problem, item.problem), bold=True)}: {item.why}")
        for part in item.parts:
            say(f"  “{part.name}”")
            for _, text in part.quotes[:3]:
                say(_wrapped(text, "    > "))
        _keys("y  split it off under this name", "r  under another name", "x  it is one")


def _show_new(inbox: Inbox, item: NewProblem, where: str) -> None:
    companies = counted(len(item.accounts), "company")
    told = f"{companies}, {counted(len(item.words), 'quote')}" if item.accounts else counted(len(item.words), "quote")
    say(click.style(f"{where} · may be a new problem · {told}", dim=True))
    say(f"  {click.style(item.name, bold=True)}")
    if item.accounts:
        shown = ", ".join(item.accounts[:6])
        say(_wrapped(shown + (f" and {len(item.accounts) - 6} more" if len(item.accounts) > 6 else ""), "  "))
    _show_words(item.words[:4])
    if len(item.words) > 4:
        say(f"    … {len(item.words) - 4} more: a shows all")
    if item.nearest:
        name = inbox.problems.get(item.nearest.problem, item.nearest.problem)
        say(f"  nearest: {name} ({percent(item.nearest.score)})")
    _keys(
        "y  make it a problem",
        "r  under another name",
        "m  into a problem you have",
        "s  one by one",
        "x  reject, and why",
    )


def _show_single(inbox: Inbox, item: Words, where: str) -> None:
    say(click.style(" · ".join(part for part in (where, str(item.day or ""), item.origin) if part), dim=True))
    _show_words((item,))
    if item.why:
        say(f"  why: {item.why}")
    near = story.candidates(inbox, item)
    likely = [one for one in near if one.told][:_ON_LINES]
    for number, one in enumerate(likely, 1):
        say(f"  {number}  {inbox.problems.get(one.problem, one.problem)}  {click.style(one.told, dim=True)}")
    others = [f"{n} {inbox.problems.get(one.problem, one.problem)}" for n, one in enumerate(near, 1)][len(likely) :]
    if others:
        say(click.style(_wrapped(" · ".join(others), "  "), dim=True))
    yes = "y  file under 1" if near and near[0].proposed else ""
    numbers = (f"1–{len(near)}  file there" if len(near) > 1 else "1  file there") if near else ""
    keep = "k  keep, not filed" if item.draft else ""
    _keys(yes, numbers, "f  another problem", "n  new problem", keep, "x  reject, and why")


def _show_words(words: Sequence[Words]) -> None:
    for one in words:
        say(_wrapped(one.text, "  > "))
        if one.who:
            say(click.style(_wrapped(f"— {one.who}", "    "), dim=True))


def _keys(*keys: str) -> None:
    rows = [""]
    for key in (*(key for key in keys if key), "space  later", "u  undo", "q  quit"):
        longer = f"{rows[-1]} · {key}" if rows[-1] else key
        rows = [*rows[:-1], longer] if len(longer) <= _width() else [*rows, key]
    say(click.style("\n".join(f"  {row}" for row in rows), fg="cyan"))


def _width() -> int:
    return max(40, min(terminal_width(), 110) - 4)


def _wrapped(text: str, prefix: str) -> str:
    rows = [line for row in text.split("\n") for line in textwrap.wrap(row, _width()) or [""]]
    return "\n".join(prefix + row for row in rows)


def _say_end(step: Step, history: Sequence[Done]) -> None:
    made = sum(done.deed is not None for done in history)
    left = len(step.inbox.items) + len(step.later)
    say()
    say(
        f"{counted(made, 'decision')} saved. {counted(left, 'item')} {'is' if left == 1 else 'are'} still in the inbox."
    )
    if made:
        say("`heard problems` shows the catalogue, `heard undo` takes back the last decision.")
