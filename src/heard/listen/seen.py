"""Remembers what came in already, so that importing twice adds nothing, whatever was decided meanwhile.

The ledger is a folder in the inbox with a text file for each import: hashes, one a line. Nobody ever changes one, so
two machines that import never meet in the same file, and taking an import back takes its file away.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from heard.values import Draft, HeardError

LEDGER = "seen"
"""The ledger's folder in the inbox."""

_KEY = re.compile(r"^[0-9a-f]{16}\s*$", re.MULTILINE)


def key_of(*parts: str) -> str:
    """16 hexadecimal digits that stand for these texts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def content_key(content: bytes) -> str:
    """The key of a file's whole content: the same under whatever name."""
    return hashlib.sha256(b"file\0" + content).hexdigest()[:16]


def numbered(drafts: Iterable[Draft], taken: Counter[str]) -> tuple[Draft, ...]:
    """The drafts with keys that tell equal ones apart: the second occurrence of a key is another draft.

    `taken` counts the keys of all files that are read together, and is counted on.
    """
    found = []
    for draft in drafts:
        number = taken[draft.key]
        taken[draft.key] += 1
        found.append(replace(draft, key=key_of(draft.key, str(number))) if number else draft)
    return tuple(found)


def read_ledger(inbox: Path) -> frozenset[str]:
    """All keys that came in; what is no key is passed over."""
    keys: set[str] = set()
    try:
        for path in sorted((inbox / LEDGER).glob("*.txt")):
            keys.update(found.strip() for found in _KEY.findall(path.read_text("ascii", errors="replace")))
    except OSError as error:
        raise HeardError(f"{error.filename} cannot be read: {error.strerror}.") from error
    return frozenset(keys)


def ledger_file(inbox: Path, keys: Iterable[str], today: date) -> tuple[Path, bytes]:
    """The file that remembers these keys, and what it holds."""
    text = "".join(f"{key}\n" for key in sorted(set(keys)))
    return inbox / LEDGER / f"{today.isoformat()}-{key_of(text)}.txt", text.encode()
