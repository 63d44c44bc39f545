"""`heard publish` and `heard retract`: the one verb, and its way back."""

from __future__ import annotations

import click

from heard.base.clock import today
from heard.cli.edge import ask, may_ask, no_input_option, say, say_findings, show, workspace
from heard.pipeline import publish as story
from heard.workspace import Workspace


@click.command()
@click.argument("problem")
@click.option("--yes", is_flag=True, help="Publish without asking.")
@no_input_option
@click.pass_context
def publish(ctx: click.Context, problem: str, yes: bool, no_input: bool) -> None:
    """Publish a problem's paper. PROBLEM is any part of its name.

    Checks the files, says in sentences what would go public, builds the whole site with the paper's
    page and PDF beside the old one, shows where to look, and asks. Until you say yes nothing changes.
    """
    place = workspace(ctx)
    with story.alone(place):
        say("Checking and building…")
        plan = story.plan_publish(place, problem, today())
        say_findings(plan.findings)
        _show_approval(plan)
        if not yes:
            say(f"Look at it: {plan.page}")
            if plan.pdf.exists():
                say(f"      PDF: {plan.pdf}")
        _decide(place, plan, f"Publish “{plan.problem.problem}”?", yes=yes, no_input=no_input)
        show(f"Published: /problems/{plan.problem.slug}/ and /papers/{plan.problem.slug}.pdf")
        say(f"The paper is now {place.public.relative(plan.target)}; the site is built and waits for your deploy.")
        say(_dated(plan))


@click.command()
@click.argument("problem")
@click.option("--yes", is_flag=True, help="Retract without asking.")
@no_input_option
@click.pass_context
def retract(ctx: click.Context, problem: str, yes: bool, no_input: bool) -> None:
    """Take a published problem off the site: page, PDF and evidence. Its address leads to its industry.

    Says what is out there already and cannot be called back.
    """
    place = workspace(ctx)
    with story.alone(place):
        plan = story.plan_retract(place, problem, today())
        _show_approval(plan)
        for line in story.out_there(place, plan):
            say(line)
        _decide(place, plan, f"Take “{plan.problem.problem}” off the site?", yes=yes, no_input=no_input)
        show(f"Retracted: /problems/{plan.problem.slug}/. The site is built; deploy it to make that true.")
        say(f"The paper stays in {place.public.relative(plan.target)}, marked `retired:`.")
        say(f"`heard publish {plan.problem.slug}` brings it back{_as_of(plan)}.")
        for line in story.to_ask(place, plan):
            say(line)


def _dated(plan: story.Plan) -> str:
    if plan.problem.published:
        return f"It keeps the day of its first publication: {plan.problem.published}."
    return f"Its `published:` is today, {today()}. If it was public before, write that day instead."


def _as_of(plan: story.Plan) -> str:
    first = plan.problem.published
    return f", as published on {first}" if first else "; it then has the day of that as `published:`"


def _show_approval(plan: story.Plan) -> None:
    for sentence in plan.approval.sentences:
        show(sentence)
    show(f"{plan.approval.stays}")


def _decide(place: Workspace, plan: story.Plan, question: str, *, yes: bool, no_input: bool) -> None:
    if not yes and not may_ask(no_input):
        say("Nothing was changed: add --yes to do it.")
        raise click.exceptions.Exit(1)
    if not yes and not ask(question):
        story.clear(place)
        say("Nothing was changed.")
        raise click.exceptions.Exit(1)
    story.carry_out(place, plan)
