"""Calls the fonts in a PDF what they are called: WeasyPrint calls them what the style sheet does.

An expert's own font goes by the name of ours there, since it stands in its place.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from heard.publish.finishing.tree import follow

_FILES = ("FontFile2", "FontFile3")


def name(pdf: Any) -> None:
    """Write the name that each embedded font has of itself wherever the PDF names it."""
    import pydyf

    dictionaries = [one for one in pdf.objects if isinstance(one, pydyf.Dictionary)]
    called: dict[Any, str] = {}
    for one in dictionaries:
        file = next((one[key] for key in _FILES if key in one), None)
        names = _names(follow(pdf, file)) if file is not None else None
        if names:
            called[one["FontName"]] = names[0]
            one["FontFamily"] = pydyf.String(names[1])
    for one in dictionaries:
        for key in ("FontName", "BaseFont"):
            if one.get(key) in called:
                prefix = bytes(one[key]).partition(b"+")[0]
                one[key] = prefix + b"+" + called[one[key]].encode()


def _names(stream: Any) -> tuple[str, str] | None:
    """The PostScript name and the family in an embedded font, if it has them."""
    from fontTools.ttLib import TTFont, TTLibError

    whole = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in stream.stream)
    try:
        with TTFont(BytesIO(whole), lazy=True) as font:
            table = font["name"]
            script = re.sub(r"[^A-Za-z0-9-]", "", table.getDebugName(6) or "")
            family = table.getDebugName(16) or table.getDebugName(1) or script
    except (TTLibError, KeyError):
        return None
    return (script, str(family)) if script else None
