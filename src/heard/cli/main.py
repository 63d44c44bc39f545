"""The `heard` command: finds the command's module when it is called, and is the one place that exits."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

from heard import __version__

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("setup", "Make a new workspace that builds at once."),
    "log": ("log", "Take down what somebody said."),
    "import": ("imports", "Take in notes, transcripts and tables as they are."),
    "inbox": ("inbox", "Decide on what was imported and is not filed yet."),
    "match": ("matching", "Say which problem somebody's words belong to."),
    "problems": ("catalogue", "List the problems, most heard first."),
    "show": ("catalogue", "Show one problem with all its quotes."),
    "notes": ("catalogue", "Search the notes."),
    "next": ("ranking", "Say what to write next, and why."),
    "draft": ("drafting", "Seven questions, and the outline of a paper with your answers."),
    "account": ("accounts", "Show what an account said, before you call; merge two; add a spelling."),
    "accounts": ("accounts", "List the accounts."),
    "merge": ("change", "Make one problem of two."),
    "rename": ("change", "Give a problem other words, or another address."),
    "split": ("change", "Make two problems of one."),
    "undo": ("change", "Take back what was done last."),
    "check": ("check", "Say everything that is wrong with the files."),
    "approve": ("approve", "Show what would newly go public, and let it out."),
    "publish": ("publish", "Publish a problem's paper: check, approve, build, ask."),
    "retract": ("publish", "Take a published problem off the site."),
    "deploy": ("deploy", "Push the built site, and only it, to its host."),
    "proof": ("proof", "Say where each proof stands; withdraw a consent; keep a signed answer."),
    "forget": ("forget", "Erase a person or an account everywhere."),
    "pdf": ("build", "Make the problem-named PDFs."),
    "leaks": ("leaks", "Look for private names and words in what is about to be public."),
    "export": ("build", "Write the whole site as plain files that plain MkDocs builds."),
    "doctor": ("setup", "Say what works here, and the command that mends the rest."),
}
"""Every command with the module of this package that holds it, in the order of the help."""

_FUNCTIONS = {"show": "show_one", "import": "import_files", "next": "what_next"}
"""The commands whose function has another name, since the command's is taken."""


class LazyGroup(click.Group):
    """Imports a command's module only when that command is called: `heard log` may not wait."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"heard.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, _FUNCTIONS.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant; a slip is answered with the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from heard.base.text import did_you_mean

            ctx.fail(f"no such command “{args[0]}”{did_you_mean(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-C", "directory", metavar="DIR", default=".", help="Work in the workspace that DIR lies in.")
@click.version_option(__version__, prog_name="heard")
@click.pass_context
def heard(ctx: click.Context, directory: str) -> None:
    """Log the problems you hear on calls; publish a white paper for each.

    Start with `heard init`, then `heard log`. Everything is a plain text file in your workspace.
    """
    ctx.obj = Path(directory)


def main() -> NoReturn:
    """Run the command line; every error ends here as one sentence on stderr."""
    from heard.values import HeardError

    _ready_streams()
    try:
        code = heard.main(standalone_mode=False, color=False if os.environ.get("NO_COLOR") else None)
    except click.UsageError as error:
        error.show()
        code = 2
    except click.ClickException as error:
        error.show()
        code = 1
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo("\nStopped.", err=True)
        code = 130
    except HeardError as error:
        click.echo(f"heard: {error}", err=True)
        code = 1
    except BrokenPipeError:
        # Whoever read our output has closed it; writing more at exit would only complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        click.echo(f"heard: {error.filename or 'a file'}: {error.strerror or error}.", err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _ready_streams() -> None:
    """Give a closed stream a place to go, and never fail over a letter that a terminal does not know."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
