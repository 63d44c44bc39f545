"""Decides what may be said in public: counts in steps, permitted quotes, consented proof.

The rules for counts are stateless, so that no sequence of releases tells more than one of them: only
notes dated before this month count, a count is told as the largest step that it reaches, and an
industry or a role is named, without a number, from three accounts up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from heard.approve.states import refusal
from heard.base.text import squeeze, squeeze_company
from heard.values import (
    Approved,
    ApprovedProblem,
    ApprovedProof,
    ApprovedQuote,
    Held,
    Level,
    Proof,
    Quotable,
    Quote,
    is_held,
)

STEPS = (3, 6, 10, 20, 50, 100)
FLOOR = STEPS[0]
"""The smallest number of accounts that anything may be said about."""

ANONYMOUS = "a client"

_CAREFUL_FIRST = (Quotable.OFFRECORD, Quotable.NO, Quotable.ANONYMOUS, Quotable.NAMED)
_PERMITTED = (Quotable.ANONYMOUS, Quotable.NAMED)
_WORD = re.compile(r"\w+")

Shared = Mapping[tuple[str, str], int]
"""How many accounts share a (role, industry), a (role, "") or a ("", industry); both are squeezed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The exact figures of one problem, from notes dated before this month.

    `industries` and `roles` pair each name with its number of accounts; `third` is the day on which the
    third account was first heard; `shared` says how many accounts share what may be said of a speaker.
    """

    accounts: int = 0
    industries: tuple[tuple[str, int], ...] = ()
    roles: tuple[tuple[str, int], ...] = ()
    third: date | None = None
    shared: Shared | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that could go public, with the account's public name and the industry it was said in."""

    quote: Quote
    account: str
    industry: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one published problem."""

    figures: Figures
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofSource:
    """A proof with what its attribution needs: the account's name, industry and the person's role."""

    proof: Proof
    account: str
    industry: str
    role: str


def step(accounts: int) -> int:
    """The largest step that a number of accounts reaches, or 0 below three."""
    return max((one for one in STEPS if one <= accounts), default=0)


def quarter(day: date) -> str:
    """The quarter of a day, such as `2026-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def may_be_said(figures: Figures) -> ApprovedProblem:
    """What may be said of a problem's figures; below three accounts nothing."""
    told = step(figures.accounts)
    if not told:
        return ApprovedProblem()
    return ApprovedProblem(
        heard_from=told,
        since=quarter(figures.third) if figures.third else "",
        industries=tuple(sorted(name for name, count in figures.industries if count >= FLOOR)),
        roles=tuple(sorted(name for name, count in figures.roles if count >= FLOOR)),
    )


def attribution(role: str, industry: str, shared: Shared, industry_name: str) -> str:
    """The finest anonymous attribution that at least three accounts share, else `a client`."""
    role = " ".join(role.split())
    place = industry_name.lower() if industry_name[1:].islower() else industry_name
    ways = (
        ((squeeze(role), squeeze(industry)), f"{_article(role)}, {place}", role and industry),
        (("", squeeze(industry)), f"{ANONYMOUS}, {place}", industry),
        ((squeeze(role), ""), _article(role), role),
    )
    return next((words for key, words, known in ways if known and shared.get(key, 0) >= FLOOR), ANONYMOUS)


def _article(role: str) -> str:
    return f"{'an' if role[:1].lower() in 'aeiou' else 'a'} {role}"


def decide(
    evidence: Mapping[str, Evidence],
    proof: Iterable[ProofSource],
    held: Sequence[Held],
    before: Approved,
    *,
    today: date,
    industry_name: Callable[[str], str],
    new_id: Callable[[], str],
) -> Approved:
    """What may be public today, for the published problems given.

    An entry that was public before keeps its id; a new one gets the quote's own id or a random one.
    """
    problems = {}
    shared, allowed = _shared_by_words(evidence), permitted(evidence, held)
    for slug in sorted(evidence):
        old = before.problems.get(slug, ApprovedProblem())
        quotes = _quotes(allowed[slug], old, shared, industry_name, new_id)
        problems[slug] = replace(may_be_said(evidence[slug].figures), quotes=quotes)
    shown = [
        _proof(source, evidence, before, industry_name, new_id)
        for source in proof
        if may_be_shown(source.proof, held, today)
    ]
    return Approved(problems, tuple(sorted((p for p in shown if p is not None), key=lambda p: p.id)))


def permitted(evidence: Mapping[str, Evidence], held: Sequence[Held]) -> dict[str, tuple[Candidate, ...]]:
    """The quotes of each problem that their speakers allowed to be published and that nobody holds back.

    Where a company said the same words twice and allowed different things, the more careful one holds.
    """
    company = cache(squeeze_company)

    def said(one: Candidate) -> tuple[str, str]:
        return "".join(_WORD.findall(one.quote.text.casefold())), company(one.account)

    careful: dict[tuple[str, str], Quotable] = {}
    for one in (candidate for some in evidence.values() for candidate in some.candidates):
        key, allowed = said(one), one.quote.quotable
        careful[key] = min(careful.get(key, allowed), allowed, key=_CAREFUL_FIRST.index)
    return {
        slug: tuple(
            replace(one, quote=replace(one.quote, quotable=careful[said(one)]))
            for one in some.candidates
            if one.quote.quotable in _PERMITTED
            and careful[said(one)] in _PERMITTED
            and not is_held(held, one.quote.id, one.quote.text)
        )
        for slug, some in evidence.items()
    }


def _quotes(
    candidates: Iterable[Candidate],
    old: ApprovedProblem,
    shared: Mapping[str, Shared],
    industry_name: Callable[[str], str],
    new_id: Callable[[], str],
) -> tuple[ApprovedQuote, ...]:
    ids = {quote.text: quote.id for quote in old.quotes}
    found: dict[str, ApprovedQuote] = {}
    for candidate in candidates:
        quote = candidate.quote
        by, names = _by(candidate, shared[quote.text], industry_name)
        # Two quotes may stand under one id by mistake: the second is called otherwise.
        taken = {*ids.values(), *(one.id for one in found.values())}
        own = quote.id if _says_nothing(candidate) and quote.id not in taken else ""
        identifier = ids.get(quote.text) or own or new_id()
        found.setdefault(quote.text, ApprovedQuote(identifier, quote.text, by, names))
    return tuple(sorted(found.values(), key=lambda quote: quote.id))


def _shared_by_words(evidence: Mapping[str, Evidence]) -> dict[str, Shared]:
    """For every wording how many accounts share what may be said of its speaker, in each problem that shows it.

    The same words stand on the page of each: had they one attribution here and another there, both together
    could fit a single company.
    """
    found: dict[str, Shared] = {}
    for one in evidence.values():
        here = one.figures.shared or {}
        for text in {candidate.quote.text for candidate in one.candidates}:
            known = found.get(text, here)
            found[text] = {key: min(many, here.get(key, 0)) for key, many in known.items()}
    return found


def _says_nothing(candidate: Candidate) -> bool:
    """Whether a quote's own id could not have been made from a name."""
    own = squeeze(candidate.quote.id)
    names = squeeze(f"{candidate.account} {candidate.quote.person} {candidate.quote.account}")
    mixed = any(c.isdigit() for c in own) and any(c.isalpha() for c in own)
    return mixed and len(own) <= 8 and not any(own[at : at + 3] in names for at in range(len(own) - 2))


def _by(candidate: Candidate, shared: Shared, industry_name: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    quote = candidate.quote
    names = tuple(name for name in (quote.person, candidate.account) if name)
    if quote.quotable is Quotable.NAMED and names:
        return ", ".join(part for part in (quote.person, quote.role, candidate.account) if part), names
    return attribution(quote.role, candidate.industry, shared, industry_name(candidate.industry)), ()


def may_be_shown(proof: Proof, held: Sequence[Held], today: date) -> bool:
    """Whether somebody consented to the proof, still does, and nobody holds it back."""
    if refusal(proof.consent, today):
        return False
    return not is_held(held, proof.slug, proof.words)


def _proof(
    source: ProofSource,
    evidence: Mapping[str, Evidence],
    before: Approved,
    industry_name: Callable[[str], str],
    new_id: Callable[[], str],
) -> ApprovedProof | None:
    proof = source.proof
    problems = tuple(slug for slug in proof.problems if slug in evidence)
    if proof.problems and not problems:
        return None
    named = proof.consent.level is Level.NAMED
    names = tuple(name for name in (proof.person, source.account) if name) if named else ()
    shared = evidence[problems[0]].figures.shared or {} if problems else {}
    by = ", ".join(names) or attribution(source.role, source.industry, shared, industry_name(source.industry))
    known = {(p.kind, p.text, p.outcome): p.id for p in before.proof}
    return ApprovedProof(
        id=known.get((proof.kind, proof.words, proof.outcome)) or new_id(),
        kind=proof.kind,
        problems=problems,
        text=proof.words,
        by=by,
        names=names,
        outcome=proof.outcome,
        expires=proof.consent.expires,
        scope=proof.consent.scope,
    )
