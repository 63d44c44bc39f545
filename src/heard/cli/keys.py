"""Single keys from a terminal, none of which is lost, however fast they are typed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

END = "\x04"
"""What is read where the terminal is gone, as if Ctrl-D was pressed."""


@contextmanager
def keyboard() -> Iterator[Callable[[], str]]:
    """While it is open, the function that it gives waits for the next key; an arrow or function key is empty.

    Of what was typed before it was opened only `q` and Ctrl-D count, which ask for the end: nobody had seen yet what
    any other key would answer.
    """
    try:
        import termios
        import tty
    except ImportError:
        yield click.getchar
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        # Once for all keys: changing the mode for each would drop what is typed in between.
        tty.setcbreak(terminal, termios.TCSADRAIN)
        early = _early(terminal)
        yield lambda: early.pop() if early else _key(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _early(terminal: int) -> list[str]:
    """The key that asked for the end while there was nothing to answer yet, if one did; all others are thrown away."""
    import select

    typed = b""
    while select.select([terminal], [], [], 0)[0] and (more := os.read(terminal, 1024)):
        typed += more
    return ["q"] if set(typed.lower()) & set(b"q\x04") else []


def _key(terminal: int) -> str:
    first = os.read(terminal, 1)
    if not first:
        return END
    if first == b"\x1b":
        _rest_of_sequence(terminal)
        return ""
    # A letter beyond ASCII comes as several bytes.
    many = 1 if first[0] < 0xC0 else 2 if first[0] < 0xE0 else 3 if first[0] < 0xF0 else 4
    while len(first) < many and (more := os.read(terminal, many - len(first))):
        first += more
    return first.decode("utf-8", errors="replace")


def _rest_of_sequence(terminal: int) -> None:
    import select

    while select.select([terminal], [], [], 0.01)[0]:
        byte = os.read(terminal, 1)
        if not byte or byte.isalpha() or byte == b"~":
            return
