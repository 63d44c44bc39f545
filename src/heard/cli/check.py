"""`heard check`: says what is wrong, in the files, at the addresses they lead to, or in what is deployed."""

from __future__ import annotations

import click

from heard.base.clock import today
from heard.base.fields import sorted_findings
from heard.base.text import counted
from heard.cli.edge import finding_data, json_option, say, show, show_json, styled, workspace
from heard.pipeline import checking as story
from heard.pipeline.catalogue import Read
from heard.values import Finding, Severity


@click.command()
@json_option
@click.option("--github", is_flag=True, help="Print annotations for GitHub Actions.")
@click.option("--online", is_flag=True, help="Ask the addresses that public texts link to, too: are they still there?")
@click.option("--live", is_flag=True, help="Fetch the deployed site instead, and say what search engines make of it.")
@click.pass_context
def check(ctx: click.Context, as_json: bool, github: bool, online: bool, live: bool) -> None:
    """Say everything that is wrong with the workspace's files.

    Ends with 1 if anything is to fix, and with 0 if things are only worth a look. Nothing is sent anywhere, unless you
    say `--online`: then each address in public texts is asked once, and nothing else.
    """
    if live and online:
        raise click.UsageError(
            "--live looks at the deployed site, --online at the links of the files: say one of them."
        )
    if live:
        _check_live(ctx, as_json)
        return
    found, findings = story.check(workspace(ctx), today())
    if online:
        findings = _with_online(ctx, found, findings)
    to_fix = [one for one in findings if one.severity is Severity.TO_FIX]
    if as_json:
        show_json([finding_data(one) for one in findings])
    elif github:
        for one in findings:
            show(_annotation(one))
    else:
        for one in findings:
            show(styled(one))
        catalogue = found.catalogue
        read = f"{counted(len(catalogue.notes), 'note')}, {counted(len(catalogue.problems), 'problem')}"
        say(f"Read {read}: {len(to_fix)} to fix, {len(findings) - len(to_fix)} worth a look.")
    if to_fix:
        raise click.exceptions.Exit(1)


def _with_online(ctx: click.Context, found: Read, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    say("Asking the addresses that your public texts link to…")
    more, sentence = story.online(workspace(ctx), found)
    say(sentence)
    return sorted_findings([*findings, *more])


def _check_live(ctx: click.Context, as_json: bool) -> None:
    from heard.pipeline.live import look

    say("Fetching the deployed site…")
    seen = look(workspace(ctx).public)
    to_fix = sum(one.severity is Severity.TO_FIX for one in seen.findings)
    if as_json:
        show_json([finding_data(one) for one in seen.findings])
    else:
        for one in seen.findings:
            # An address has no lines.
            show(styled(one).replace(f"{one.place}: ", f"{one.place.path} ", 1))
        for sentence in seen.sentences:
            show(sentence)
        say(f"{to_fix} to fix, {len(seen.findings) - to_fix} worth a look.")
    if to_fix:
        raise click.exceptions.Exit(1)


def _annotation(one: Finding) -> str:
    level = "error" if one.severity is Severity.TO_FIX else "warning"
    message, path = _github(one.message), _github(one.place.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={one.place.line},title={one.code}::{message}"


def _github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
