"""What all commands share: the workspace, today, asking, and saying."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import click

from heard.values import Finding, HeardError, Severity
from heard.workspace import Workspace, find

F = TypeVar("F", bound=Callable[..., Any])


def workspace(ctx: click.Context) -> Workspace:
    """The workspace that the command was called in, or that -C names.

    A change that was interrupted there is finished or taken back first.
    """
    found = find(ctx.obj or Path())
    # Nothing stands between somebody's words and the disk: whatever comes after `heard log` does it.
    if ctx.info_name != "log":
        _resume(found)
    return found


def _resume(found: Workspace) -> None:
    if (found.private.changes / "open.json").exists():
        from heard.base.changes import resume

        if said := resume(found.private.changes, found.root):
            say(said)


def json_option(command: F) -> F:
    """`--json`: data for programs on stdout."""
    return click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")(command)


def no_input_option(command: F) -> F:
    """`--no-input`: never ask."""
    return click.option("--no-input", is_flag=True, help="Never ask; fail instead, naming the option.")(command)


def terminal_width() -> int:
    """How many columns the terminal has; 80 where there is none."""
    return shutil.get_terminal_size().columns


def column(names: Iterable[str], others: int, most: int = 64) -> int:
    """How wide a column of names is, so that on a terminal the `others` fit on the line as well."""
    widest = min(max((len(name) for name in names), default=0), most)
    return max(20, min(widest, terminal_width() - others)) if sys.stdout.isatty() else widest


def cut(text: str, width: int) -> str:
    """The text in exactly so many columns on a terminal; elsewhere nothing is cut off."""
    if sys.stdout.isatty() and len(text) > width:
        text = text[: width - 1].rstrip() + "…"
    return f"{text:<{width}}"


def flowing(text: str, indent: str = "") -> str:
    """The text broken between words on a terminal, further lines indented; elsewhere it stays one line."""
    if not sys.stdout.isatty():
        return text
    return "\n".join(textwrap.wrap(text, terminal_width(), subsequent_indent=indent, break_on_hyphens=False))


def may_ask(no_input: bool) -> bool:
    """Whether there is somebody at a terminal who can answer."""
    return not no_input and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> bool:
    """A yes-or-no question on stderr; no is the default."""
    return click.confirm(question, default=False, err=True)


def say(text: str = "") -> None:
    """Tell a person something, on stderr."""
    click.echo(text, err=True)


def show(text: str = "") -> None:
    """Data, on stdout."""
    click.echo(text)


def show_json(value: object) -> None:
    """Data as JSON, on stdout."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: object) -> object:
    """Our values as what JSON knows; a place becomes `path` and `line`."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def finding_data(finding: Finding) -> dict[str, object]:
    """A finding as JSON data."""
    return {
        "path": finding.place.path,
        "line": finding.place.line,
        "severity": finding.severity.value,
        "message": finding.message,
        "code": finding.code,
    }


def say_unread(files: int) -> None:
    """Say that figures are too low, since files could not be read; nothing if all could."""
    if files:
        were = "was" if files == 1 else "were"
        say(f"{files} file{'s' * (files > 1)} {were} not read and not counted: `heard check` says which.")


def say_findings(findings: Iterable[Finding]) -> None:
    """Findings for a person, on stderr."""
    for finding in findings:
        say(styled(finding))


def styled(finding: Finding) -> str:
    """A finding as one line, its severity coloured on a terminal."""
    colour = "red" if finding.severity is Severity.TO_FIX else "yellow"
    severity = click.style(finding.severity.value, fg=colour)
    return f"{finding.place}: {severity}: {finding.message} [{finding.code}]"


def stop(message: str) -> HeardError:
    """An error to raise: one clear sentence."""
    return HeardError(message)
