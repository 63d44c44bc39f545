"""Characters that no typeface of the PDF can draw: left out there, and told with their line.

An empty box in print looks like a fault of the paper; on the page the reader's own fonts fill in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from heard.publish.fonts import FOLDER, drawable
from heard.values import Finding, Place, Severity

T = TypeVar("T")

_SAME = str.maketrans(
    {"✅": "✔", "❎": "✖", "❌": "✖", "⛔": "✖", "➡": "→", "⬅": "←", "⁃": "•", "\u2010": "-", "\u202f": "\u00a0"}
)
_SURE = frozenset((*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2013, 0x2027), 0x20AC, 0x2212, 0x0A, 0x09, 0x0D))


def missing(text: str, fonts: Path = FOLDER) -> str:
    """The characters of a text that cannot be drawn, each once, in their order."""
    rare = {char for char in text.translate(_SAME) if ord(char) not in _SURE}
    lost = {char for char in rare if ord(char) not in drawable(fonts) and not _unseen(char)} if rare else set()
    return "".join(dict.fromkeys(char for char in text if char in lost))


def printable(text: str, fonts: Path = FOLDER) -> str:
    """The text without what cannot be drawn; some signs are drawn as their plain sisters."""
    text = text.translate(_SAME)
    if all(ord(char) in _SURE for char in text):
        return text
    return "".join(char for char in text if ord(char) in _SURE or ord(char) in drawable(fonts))


def printable_values(value: T, fonts: Path = FOLDER) -> T:
    """A frozen value with every text in it made printable; paths and dates stay."""
    made: Any = value
    if isinstance(value, str):
        made = printable(value, fonts)
    elif isinstance(value, tuple):
        made = tuple(printable_values(item, fonts) for item in value)
    elif is_dataclass(value) and not isinstance(value, (type, Place)):
        made = replace(value, **{f.name: printable_values(getattr(value, f.name), fonts) for f in fields(value)})
    return made  # type: ignore[no-any-return]


def check(text: str, path: str, first: int, fonts: Path = FOLDER) -> Iterator[Finding]:
    """A finding for every line of a text with something that cannot be drawn."""
    if not missing(text, fonts):
        return
    for number, line in enumerate(text.split("\n"), first):
        for char in missing(line, fonts):
            name = unicodedata.name(char, "").lower()
            said = f"the PDF's typefaces have no “{char}”{f' ({name})' if name else ''}; there it is left out"
            yield Finding(Place(path, number), Severity.WORTH_A_LOOK, said, "paper/glyph")


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Mn", "Zl", "Zp", "Zs")
