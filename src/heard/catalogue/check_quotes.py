"""The rules of `check` about words that may be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.base.fields import flag
from heard.catalogue.rules import LOOK, Rule, World
from heard.values import Finding, Level, Proof, Quotable, is_held

_MAY_BE_QUOTED = (Quotable.ANONYMOUS, Quotable.NAMED)


def quotes_name_nobody(world: World) -> Iterator[Finding]:
    """A quote that may be published names nobody but, if they allowed it, who said it."""
    held = world.catalogue.held
    for note in world.catalogue.notes:
        for quote in note.quotes:
            if quote.quotable not in _MAY_BE_QUOTED or not quote.problems or is_held(held, quote.id, quote.text):
                continue
            if names := world.names_in(quote):
                others = quote.quotable is Quotable.NAMED
                yield flag(note.path, quote.line, _message(names, others=others), "quote/names-somebody", LOOK)


def proof_names_nobody(world: World) -> Iterator[Finding]:
    """The words of a proof name nobody but, if they allowed it, who gave it."""
    for one in world.catalogue.proof:
        if not _may_be_shown(one) or is_held(world.catalogue.held, one.slug, one.words):
            continue
        if names := world.names_in(one):
            message = _message(names, others=one.consent.level is Level.NAMED)
            yield flag(one.place.path, one.place.line, message, "quote/names-somebody", LOOK)


def _may_be_shown(proof: Proof) -> bool:
    return proof.consent.level is not Level.NONE and proof.consent.withdrawn is None


def _message(names: Sequence[str], *, others: bool) -> str:
    what = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    whose = "somebody else’s name may not stand with theirs" if others else "may be quoted only without names"
    return (
        f"{whose}, and the words hold {what}: write [a supplier], [our site] or … for it, or ask whether it may stand; "
        "until then they are not published"
    )


QUOTE_RULES: tuple[Rule, ...] = (quotes_name_nobody, proof_names_nobody)
