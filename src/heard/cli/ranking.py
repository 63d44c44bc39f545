"""`heard next`: what to write next, and why."""

from __future__ import annotations

from collections import Counter

import click

from heard.base.clock import today
from heard.base.shell import command
from heard.base.text import counted
from heard.cli.edge import flowing, json_option, plain, say, say_unread, show, show_json, workspace
from heard.pipeline import ranking as story
from heard.pipeline.ranking import Advice, Next

_NAMED = 2


@click.command("next")
@click.option("-n", "most", type=click.IntRange(1), default=5, show_default=True, help="How many at most.")
@click.option("--why", is_flag=True, help="Show every reason's share of the score.")
@json_option
@click.pass_context
def what_next(ctx: click.Context, most: int, why: bool, as_json: bool) -> None:
    """Say what to write next, most pressing first, and why.

    What counts: how many companies said it, whether you can help them (`fit:` in their files, then
    content/fit.yml), how bad it is and what it costs, how lately it was heard, and whether a paper is
    there. Companies that you do not serve count for nothing. Below three companies it is too early to
    say, and you are told what to ask next. The figures here are exact and private.
    """
    found = story.what_next(workspace(ctx), today())
    shown = found.todo[:most]
    say_unread(found.unread)
    if as_json:
        show_json([_data(one) for one in (*found.todo, *found.rest)])
        return
    for number, one in enumerate(shown, 1):
        show(flowing(f"{number}. {one.sentence}", "   "))
        if one.step:
            show(f"   {one.step}")
        if why:
            _show_why(one)
    _say_rest(found, shown)


def _show_why(one: Advice) -> None:
    show(f"   {one.ranked.score:6.1f} points")
    for points, words in one.shares:
        show(f"   {points:+6.1f}  {words}")


def _say_rest(found: Next, shown: tuple[Advice, ...]) -> None:
    waiting = len(found.todo) - len(shown)
    if waiting:
        say(f"{waiting} more: heard next -n {len(found.todo)}")
    if not found.todo and not found.rest and not found.unfiled:
        say('Nothing was heard yet. `heard log "their words" --new "the problem in their words"` begins.')
    elif not found.todo and found.rest:
        say("Nothing is waiting to be written. Go and listen.")
    done = Counter(one.ranked.action.value for one in found.rest)
    if done["covered"]:
        say(f"{counted(done['covered'], 'paper')} in good order: nothing to do.")
    if done["leave"]:
        say(f"{counted(done['leave'], 'problem')} heard only from companies that you do not serve.")
    if found.undecided:
        named = ", ".join(f"`{command('account', name)}`" for name in found.undecided[:_NAMED])
        say(
            f"Can you help them? Nobody said so yet of {counted(len(found.undecided), 'company')}. "
            f"Look at what they said ({named}), then write `fit: yes` or `fit: no` into their file."
        )
    if found.unfiled:
        say(f"{counted(found.unfiled, 'quote')} not filed under any problem yet, and not counted here: heard inbox")


def _data(one: Advice) -> dict[str, object]:
    ranked = one.ranked
    problem = ranked.problem
    reasons = [{"reason": r.name, "count": r.count, "points": round(r.points, 4)} for r in ranked.reasons]
    return {
        "slug": problem.slug,
        "problem": problem.problem,
        "state": problem.state.value,
        "path": problem.place.path,
        "action": ranked.action.value,
        "sentence": one.sentence,
        "step": one.step,
        "score": ranked.score,
        "reasons": reasons,
        "companies": list(one.companies),
        "helped": ranked.helped,
        "turned_down": ranked.turned_down,
        "fit_unknown": len(ranked.undecided),
        "quotes": ranked.quotes,
        "nameless": ranked.nameless,
        "in_public": ranked.in_public,
        "last": plain(ranked.last),
        "gaps": ranked.gaps,
        "due": plain(ranked.due),
    }
