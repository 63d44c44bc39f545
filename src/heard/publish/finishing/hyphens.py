"""Hyphens that only a line's end asked for: soft ones, so that the words are whole again where text is copied.

A hyphen that belongs to a word is another character, and stays.
"""

from __future__ import annotations

from typing import Any

SET, SOFT = b" <2010>", b" <00ad>"
"""What WeasyPrint hyphenates with, and what PDF wants such a hyphen to mean (ISO 32000-1, 14.8.2.2.3)."""


def soften(pdf: Any) -> None:
    """Say in every font that the hyphen of automatic hyphenation is a soft one."""
    for one in pdf.objects:
        parts = getattr(one, "stream", None)
        if isinstance(parts, list) and any(isinstance(part, bytes) and b"beginbfchar" in part for part in parts):
            one.stream = [part.removesuffix(SET) + SOFT if _is_set(part) else part for part in parts]


def _is_set(part: object) -> bool:
    return isinstance(part, bytes) and part.endswith(SET)
