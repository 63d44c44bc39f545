"""The fixed words of PDFs and pages, by language: everything that heard says in a paper and its writer did not.

Each language is a file beside this one. What a list lacks is said in English, as is everything in a language that has
no list.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yml")))


def list_of(lang: str) -> str:
    """The list for a language such as `de` or `de-AT`; empty where there is none."""
    name = base(lang)
    return name if name in languages() else ""


def base(lang: str) -> str:
    """`de` for `de-AT`, English for nothing."""
    return lang.replace("_", "-").partition("-")[0].strip().lower() or ENGLISH


@cache
def forms(kind: str) -> frozenset[str]:
    """All words of a kind that heard understands, such as `short`, in every language; as `plain` makes them."""
    return frozenset(plain(word) for lang in languages() for word in raw(lang)[kind])


def plain(word: str) -> str:
    """A word as it is compared: without case, and with a typewriter's apostrophe."""
    return " ".join(word.casefold().replace("\u2019", "'").split())


@cache
def raw(name: str) -> dict[str, Any]:
    """A language's list as it is written."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return dict(yaml.load((HERE / f"{name}.yml").read_text(encoding="utf-8"), Loader=loader))
