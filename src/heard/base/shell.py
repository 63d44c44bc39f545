"""Commands as a person can paste them into a shell, whatever the names in them hold."""

from __future__ import annotations

import re
import shlex

_PLAIN = re.compile(r"[a-z0-9_@%+=:,./-]+")
# Within double quotation marks these mean something to a shell.
_TELLING = frozenset('"$`\\!')


def quoted(text: str) -> str:
    """One word of a command: as it is, in double quotation marks, or as a shell needs it."""
    if _PLAIN.fullmatch(text):
        return text
    return shlex.quote(text) if _TELLING & {*text} else f'"{text}"'


def command(words: str, *given: str) -> str:
    """`heard` with the words of a command and what is given to it, which is never taken for an option."""
    apart = ["--"] if any(one.startswith("-") for one in given) else []
    return " ".join(["heard", words, *apart, *(quoted(one) for one in given)])
