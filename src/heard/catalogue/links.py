"""Takes only links that lead to a page, an address or a telephone: any other could run in a reader's browser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from heard.base.fields import Fields

_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-\s]*):", re.IGNORECASE)
_KNOWN = ("http", "https", "mailto", "tel")


def link(fields: Fields, key: str) -> str:
    """A key's link; empty, with a finding, if it is none that may be shown."""
    return next(iter(_safe(fields, key, (fields.text(key),))), "")


def links(fields: Fields, key: str) -> tuple[str, ...]:
    """A key's links, without those that may not be shown, of which findings tell."""
    return _safe(fields, key, fields.texts(key))


def _safe(fields: Fields, key: str, given: Sequence[str]) -> tuple[str, ...]:
    wrong = [one for one in given if (found := _SCHEME.match(one)) and found[1].lower() not in _KNOWN]
    for one in wrong:
        message = f"`{key}: {one}`: only links that begin with https:, http:, mailto: or tel: are shown"
        fields.wrong(key, message, "yaml/bad-link")
    return tuple(one for one in given if one not in wrong)
