"""Decisions that something in the inbox is not worth keeping: content/private/inbox/rejected.yml.

An entry holds a key and a reason, never the words themselves, so that nothing has to be erased from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from heard.base import yamlio
from heard.base.fields import header
from heard.base.text import squeeze
from heard.values import Finding

REJECTED = "rejected.yml"
_HEAD = "version: 1\nrejected:\n"


def key_of_words(text: str) -> str:
    """What stands for a quote's words: equal for equal words, however they are spaced."""
    return f"words-{hashlib.sha256((squeeze(text) or text).encode('utf-8', 'replace')).hexdigest()[:16]}"


def read_rejected(text: str | None, path: str, findings: list[Finding]) -> Mapping[str, str]:
    """Every rejected key with its reason."""
    fields = header(text, path, findings, line=1, limit=yamlio.LIMIT * 64) if text else None
    if fields is None:
        return {}
    fields.ignore("version")
    found = {}
    for one in fields.children("rejected"):
        found[one.text("key", required=True)] = one.text("because")
        one.ignore("on")
        one.close()
    fields.close()
    return found


def with_rejected(text: str, keys: Iterable[str], because: str, day: date) -> str:
    """The file's text with more keys at its end; every byte before them stays."""
    head = text or _HEAD
    rows = [f"  - {{key: {yamlio.scalar(key)}, because: {_quoted(because)}, on: {day}}}\n" for key in keys]
    return f"{head}{'' if head.endswith(chr(10)) else chr(10)}{''.join(rows)}"


def _quoted(text: str) -> str:
    # A flow entry ends at a comma or a brace, so a reason always stands in quotation marks.
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
