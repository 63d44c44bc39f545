"""The story of matching: learns from the catalogue which words belong to which problem, and keeps it.

Learning takes from half a second to some ten, so it is done by commands that may take that long, and only
when enough has changed. `suggesting` uses what was learnt last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from heard.base.similarity.embedding import has_semantic, identity
from heard.base.similarity.model import Examples, Model
from heard.base.similarity.model import suggest as ask
from heard.base.similarity.storing import FORMAT, load, save
from heard.pipeline.catalogue import Read
from heard.pipeline.remembered import remembered
from heard.pipeline.suggesting import PASSED, model_path
from heard.values import HeardError, Problem, State, Suggestion
from heard.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

WITHIN = 50
"""One new quote in so many is no reason to learn everything again."""

Tell = Callable[[str], None]


def examples(found: Read) -> dict[str, Examples]:
    """Every living problem with its names and the quotes filed under it; translations count for their original."""
    problems = found.catalogue.problems
    living = [one for one in problems if one.state is not State.MERGED]
    slugs = {one.slug for one in living}
    names: dict[str, list[str]] = {}
    quotes: dict[str, list[str]] = {}
    for one in living:
        slug = one.translates if one.translates in slugs else one.slug
        names.setdefault(slug, []).extend(_names(one))
        quotes.setdefault(slug, []).extend(hearing.quote.text for hearing in found.hearings.get(one.slug, ()))
    return {slug: Examples(tuple(dict.fromkeys(names[slug])), tuple(quotes[slug])) for slug in sorted(names)}


def _names(problem: Problem) -> tuple[str, ...]:
    return tuple(name for name in (problem.problem, problem.title, *problem.aliases) if name.strip())


def current_model(workspace: Workspace, found: Read, tell: Tell = lambda _: None) -> Model:
    """What the catalogue teaches: as it was kept, or learnt now if problems, names or many quotes have changed.

    `tell` is given a sentence before something that takes long.
    """
    known = examples(found)
    made_of = _made_of(known, found.catalogue.problems)
    path = model_path(workspace)
    kept = load(path)
    if kept is not None and _is_current(kept.made_of, made_of):
        return kept
    # Only learning needs the libraries that take seconds to load.
    from heard.base.similarity.training import train

    count = sum(len(one.quotes) for one in known.values())
    if count > 1000:
        tell(f"Learning from {count:,} quotes: once, until many more are filed.")
    model = train(known, embed=remembered(workspace), made_of=made_of)
    # It only saves time: a full disk must not keep anybody from an answer.
    with suppress(HeardError):
        if workspace.private.exists:
            save(model, path)
    return model


def suggest(model: Model, texts: Sequence[str], most: int = 3) -> tuple[Suggestion, ...]:
    """For every text the most likely problems, and how likely it belongs to none of them."""
    return ask(model, texts, most)


def _made_of(known: Mapping[str, Examples], problems: Sequence[Problem]) -> dict[str, str]:
    names = {slug: one.names for slug, one in known.items()}
    seen = identity("sentences") if has_semantic() else ""
    quotes = sorted({_hash([slug, text], 4) for slug, one in known.items() for text in one.quotes})
    return {
        "names": _hash([FORMAT, names, identity("words"), seen], 16),
        "quotes": " ".join(quotes),
        PASSED: " ".join(sorted({one.slug for one in problems} - set(known))),
    }


def _is_current(kept: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    if kept.get("names") != wanted["names"]:
        return False
    before, after = set(kept.get("quotes", "").split()), set(wanted["quotes"].split())
    return len(before ^ after) * WITHIN <= len(before)


def _hash(value: object, size: int) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
