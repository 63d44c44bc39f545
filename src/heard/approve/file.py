"""Writes content/approved.yml: sorted, a line a value, so that git can merge it and a person can read it."""

from __future__ import annotations

from collections.abc import Iterator

from heard.base.yamlio import flow, scalar
from heard.values import Approved, ApprovedProblem, ApprovedProof, ApprovedQuote, Outcome

HEAD = "# Written by `heard approve`; all that ever leaves the private side. Do not edit it: run that again.\n"


def approved_text(approved: Approved) -> str:
    """The file's text. Equal values give equal bytes."""
    return HEAD + "".join(f"{row}\n" for row in _rows(approved))


def _rows(approved: Approved) -> Iterator[str]:
    yield "version: 1"
    yield "problems:" if approved.problems else "problems: {}"
    for slug in sorted(approved.problems):
        yield f"  {scalar(slug)}:"
        yield from _problem(approved.problems[slug])
    yield "proof:" if approved.proof else "proof: []"
    for proof in sorted(approved.proof, key=lambda one: one.id):
        yield from _item("  ", _proof(proof))


def _problem(one: ApprovedProblem) -> Iterator[str]:
    yield f"    heard_from: {one.heard_from}"
    if one.heard_from:
        yield f"    since: {scalar(one.since)}"
        yield f"    industries: {flow(one.industries)}"
        yield f"    roles: {flow(one.roles)}"
    yield "    quotes:" if one.quotes else "    quotes: []"
    for quote in sorted(one.quotes, key=lambda one: one.id):
        yield from _item("      ", _quote(quote))


def _quote(quote: ApprovedQuote) -> Iterator[str]:
    yield f"id: {scalar(quote.id)}"
    yield f"text: {scalar(quote.text)}"
    yield f"by: {scalar(quote.by)}"
    yield f"names: {flow(quote.names)}"


def _proof(proof: ApprovedProof) -> Iterator[str]:
    yield f"id: {scalar(proof.id)}"
    yield f"kind: {scalar(proof.kind)}"
    yield f"problems: {flow(proof.problems)}"
    yield f"text: {scalar(proof.text)}"
    yield f"by: {scalar(proof.by)}"
    yield f"names: {flow(proof.names)}"
    if proof.outcome:
        yield "outcome:"
        yield from (f"  {row}" for row in _outcome(proof.outcome))
    if proof.expires:
        yield f"expires: {proof.expires}"
    if proof.scope:
        yield f"scope: {flow(proof.scope)}"


def _outcome(outcome: Outcome) -> Iterator[str]:
    yield f"metric: {scalar(outcome.metric)}"
    yield f"baseline: {scalar(outcome.baseline)}"
    yield f"result: {scalar(outcome.result)}"
    yield f"period: {scalar(outcome.period)}"
    yield f"measured: {scalar(outcome.measured)}"


def _item(indent: str, rows: Iterator[str]) -> Iterator[str]:
    for at, row in enumerate(rows):
        yield f"{indent}{'- ' if at == 0 else '  '}{row}"
