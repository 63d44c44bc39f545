"""Reads content/approved.yml, which `heard approve` writes."""

from __future__ import annotations

from heard.base.fields import Fields, header
from heard.catalogue.entries import read_outcome
from heard.values import Approved, ApprovedProblem, ApprovedProof, ApprovedQuote, Finding

APPROVED_LIMIT = 16 * 1024 * 1024
"""approved.yml grows with the catalogue, and heard writes it: bytes."""

STEPS = (0, 3, 6, 10, 20, 50, 100)
"""The figures that may stand in public."""


def read_approved(text: str, path: str, findings: list[Finding]) -> Approved:
    """content/approved.yml; what cannot be read counts as not approved."""
    fields = header(text, path, findings, line=1, limit=APPROVED_LIMIT)
    if fields is None:
        return Approved()
    if fields.text("version") not in ("", "1"):
        fields.wrong("version", "written by a newer heard: run `heard approve` again", "approved/version")
    approved = Approved(
        problems={slug: _approved_problem(inner) for slug, inner in fields.named("problems")},
        proof=tuple(_approved_proof(inner) for inner in fields.children("proof")),
    )
    fields.close()
    return approved


def _approved_problem(fields: Fields) -> ApprovedProblem:
    quotes = []
    for quote in fields.children("quotes"):
        quotes.append(ApprovedQuote(quote.text("id"), quote.text("text"), quote.text("by"), quote.texts("names")))
        quote.close()
    found = ApprovedProblem(
        heard_from=_step(fields),
        since=fields.text("since"),
        industries=fields.texts("industries"),
        roles=fields.texts("roles"),
        quotes=tuple(quotes),
    )
    fields.close()
    return found


def _approved_proof(fields: Fields) -> ApprovedProof:
    found = ApprovedProof(
        id=fields.text("id"),
        kind=fields.text("kind"),
        problems=fields.texts("problems"),
        text=fields.text("text"),
        by=fields.text("by"),
        names=fields.texts("names"),
        outcome=read_outcome(fields.child("outcome"), complete=False),
        expires=fields.date("expires"),
        scope=fields.texts("scope"),
    )
    fields.close()
    return found


def _step(fields: Fields) -> int:
    given = fields.integer("heard_from")
    lower = max(step for step in STEPS if step <= max(given, 0))
    if given != lower:
        message = f"`heard_from: {given}` is not one of {', '.join(map(str, STEPS[1:]))}: taken as {lower}"
        fields.wrong("heard_from", message, "approved/not-a-step")
    return lower
