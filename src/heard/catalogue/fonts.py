"""Reads which fonts of their own an expert names, and what for."""

from __future__ import annotations

from heard.base.fields import Fields
from heard.values import FontFile

ROLES = ("text", "titles", "labels")
"""What a font may be for."""

CUTS = ("regular", "italic", "bold")
"""The files that a role may have, where one is not enough."""


def font_files(fields: Fields | None) -> tuple[FontFile, ...]:
    """The fonts below `fonts:` of expert.yml; each role is one file, or a file for each cut."""
    if fields is None:
        return ()
    found = [one for role in ROLES for one in _role(role, fields)]
    fields.close()
    return tuple(one for one in found if one.file)


def _role(role: str, fields: Fields) -> tuple[FontFile, ...]:
    if fields.listed(role):
        return (FontFile(role, "", fields.text(role), fields.place(role).line),)
    inner = fields.child(role)
    if inner is None:
        return ()
    found = tuple(FontFile(role, cut, inner.text(cut), inner.place(cut).line) for cut in CUTS)
    inner.close()
    return found
