"""Which problems words may belong to, at once: from what was learnt last, and never learning anything.

`heard log` suggests this way. A problem that is newer than what was learnt is found by its names alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from heard.base.similarity.lexical import rank
from heard.catalogue.names import Known
from heard.values import HeardError, Match, Suggestion
from heard.workspace import Workspace

if TYPE_CHECKING:
    from heard.base.similarity.model import Model

PASSED = "passed"
"""Among what a model was made of: the problems that it leaves out on purpose, such as merged ones."""


def model_path(workspace: Workspace) -> Path:
    """Where the model of a workspace is kept."""
    return workspace.private.cache / "matching.bin"


def suggest(
    workspace: Workspace, texts: Sequence[str], known: Sequence[Known], most: int = 3
) -> tuple[Suggestion, ...]:
    """For each text the likeliest of the known problems; by their names alone while nothing was learnt."""
    model = kept_model(workspace)
    passed = set(model.made_of.get(PASSED, "").split()) if model else set()
    fresh = {
        one.slug: (one.name, *one.others)
        for one in known
        if one.slug not in passed and not (model and one.slug in model.slugs)
    }
    living = {one.slug for one in known}
    return tuple(_suggest_one(model, text, fresh, living, most) for text in texts)


def kept_model(workspace: Workspace) -> Model | None:
    """What was learnt last, if it can be asked here."""
    path = model_path(workspace)
    if not path.is_file():
        return None
    try:
        from heard.base.similarity.storing import load

        return load(path)
    except (ImportError, HeardError):
        # Without the libraries the names still find much.
        return None


def _suggest_one(
    model: Model | None, text: str, fresh: Mapping[str, Sequence[str]], living: set[str], most: int
) -> Suggestion:
    new, matches = 1.0, []
    if model:
        from heard.base.similarity.model import suggest as ask

        learnt = ask(model, [text], len(model.slugs), light=True)[0]
        new, matches = learnt.new, [match for match in learnt.matches if match.problem in living]
    named = rank(text, fresh)
    if named:
        # What may be new to the model may be one of the problems that it has not seen, or none.
        likely, total = named[0][1] * new, sum(score for _, score in named) or 1.0
        matches += [Match(slug, round(likely * score / total, 4)) for slug, score in named]
        new -= likely
    best = sorted(matches, key=lambda match: (-match.score, match.problem))
    return Suggestion(round(max(new, 0.0), 4), tuple(best[:most]))
