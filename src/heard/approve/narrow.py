"""What stays of approved.yml when something is taken back: never more than was public before, and than may be now.

Whoever withdraws or forgets does not read sentences about what would newly go public, so nothing does.
"""

from __future__ import annotations

from datetime import date

from heard.approve.decide import ANONYMOUS
from heard.values import Approved, ApprovedProblem, ApprovedProof, ApprovedQuote


def narrowed(before: Approved, after: Approved) -> Approved:
    """What both `before`, which is public, and `after`, which may be, say; figures as the smaller one has them."""
    problems = {
        slug: _problem(old, after.problems[slug]) for slug, old in before.problems.items() if slug in after.problems
    }
    now = {proof.id: proof for proof in after.proof}
    shown = [_proof(old, now[old.id]) for old in before.proof if old.id in now]
    return Approved(problems, tuple(proof for proof in shown if proof is not None))


def _problem(old: ApprovedProblem, new: ApprovedProblem) -> ApprovedProblem:
    now = {quote.id: quote for quote in new.quotes}
    quotes = [
        _quote(quote, now[quote.id]) for quote in old.quotes if quote.id in now and quote.text == now[quote.id].text
    ]
    figure = min(old.heard_from, new.heard_from)
    return ApprovedProblem(
        heard_from=figure,
        since=max(old.since, new.since) if figure and old.since and new.since else "",
        industries=_both(old.industries, new.industries) if figure else (),
        roles=_both(old.roles, new.roles) if figure else (),
        quotes=tuple(quotes),
    )


def _both(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in old if name in new)


def _quote(old: ApprovedQuote, new: ApprovedQuote) -> ApprovedQuote:
    if (old.by, old.names) == (new.by, new.names):
        return old
    # Which of two attributions tells less cannot be seen: this one always does.
    return ApprovedQuote(old.id, old.text, ANONYMOUS)


def _proof(old: ApprovedProof, new: ApprovedProof) -> ApprovedProof | None:
    problems = tuple(slug for slug in old.problems if slug in new.problems)
    scope = _scope(old.scope, new.scope)
    same = (old.kind, old.text, old.outcome) == (new.kind, new.text, new.outcome)
    if not same or scope is None or (old.problems and not problems):
        return None
    named = (old.by, old.names) == (new.by, new.names)
    by, names = (old.by, old.names) if named else (ANONYMOUS, ())
    return ApprovedProof(
        old.id, old.kind, problems, old.text, by, names, old.outcome, _sooner(old.expires, new.expires), scope
    )


def _scope(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...] | None:
    """Where both may be shown; empty for everywhere, None for nowhere."""
    if not old or not new:
        return old or new
    return _both(old, new) or None


def _sooner(old: date | None, new: date | None) -> date | None:
    return min((day for day in (old, new) if day), default=None)
