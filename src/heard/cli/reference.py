"""Writes docs/commands.md from the commands themselves: `python -m heard.cli.reference`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator

import click

from heard.cli.main import COMMANDS, heard

_HEAD = """# Commands

Written by `make docs` from the commands themselves; `heard COMMAND --help` says the same.

Data goes to stdout, everything else to stderr. A command ends with 0 if all is well (things may be worth a
look), with 1 if something is to fix or failed, and with 2 if it was called wrongly. It asks only on a
terminal, and never with `--no-input`. The workspace is looked for upwards from where you are, as git does;
`-C DIR` names another place. Where a command takes a problem or an account, any unambiguous part of its name
will do. `NO_COLOR` is honoured.
"""


def reference() -> str:
    """The page as Markdown."""
    group = click.Context(heard, info_name="heard")
    rows = [f"| [`heard {name}`](#heard-{name}) | {words} |" for name, (_, words) in COMMANDS.items()]
    index = "\n".join(["| command | does |", "| --- | --- |", *rows])
    return "\n".join([_HEAD, index, *(_section(name, group) for name in COMMANDS)])


def _section(name: str, group: click.Context) -> str:
    command = heard.get_command(group, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=group)
    parts = list(_parts(f"heard {name}", command, context, "##"))
    if isinstance(command, click.Group):
        for inner, one in sorted(command.commands.items()):
            parts += _parts(f"heard {name} {inner}", one, click.Context(one, info_name=inner, parent=context), "###")
    return "\n\n".join(part for part in parts if part) + ("\n" if name == list(COMMANDS)[-1] else "")


def _parts(name: str, command: click.Command, context: click.Context, level: str) -> Iterator[str]:
    usage = f"{name} {' '.join(command.collect_usage_pieces(context))}"
    paragraphs = list(_paragraphs(inspect.cleandoc(command.help or "")))
    yield f"\n{level} {name}" if level == "##" else f"{level} {name}"
    yield from paragraphs[:1]
    yield f"```text\n{usage}\n```"
    yield from paragraphs[1:]
    yield _options(command, context)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        lines = paragraph.split("\n")
        # Click leaves the lines of such a paragraph as they are.
        yield "\n".join(["```text", *lines[1:], "```"]) if lines[0] == "\b" else paragraph


def _options(command: click.Command, context: click.Context) -> str:
    options = [one for one in command.params if isinstance(one, click.Option)]
    rows = [f"| `{names}` | {words} |" for names, words in _told(one.get_help_record(context) for one in options)]
    return "\n".join(["| option | |", "| --- | --- |", *rows]) if rows else ""


def _told(records: Iterable[tuple[str, str] | None]) -> Iterator[tuple[str, str]]:
    for record in records:
        if record:
            yield record[0].replace("|", "\\|"), record[1].replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
