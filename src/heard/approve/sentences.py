"""Says in plain sentences what would newly go public, what would vanish, and what stays private."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from heard.approve.names import Waiting
from heard.base.text import counted
from heard.values import Approved, ApprovedProblem, ApprovedProof, Proof, Quote

Name = Callable[[str], str]

_NUMBERS = {3: "three", 6: "six", 10: "ten", 20: "twenty", 50: "fifty", 100: "a hundred"}


@dataclass(frozen=True, slots=True)
class StaysPrivate:
    """How much stays on the private side."""

    companies: int
    people: int
    quotes: int

    def __str__(self) -> str:
        parts = (
            counted(self.companies, "company"),
            counted(self.people, "person", "people"),
            counted(self.quotes, "quote"),
        )
        return f"{', '.join(parts)} stay private."


def changes(before: Approved, after: Approved, title: Name, industry: Name) -> tuple[str, ...]:
    """One sentence for everything that differs; none if nothing does."""
    return (
        *_problem_changes(before, after, title, industry),
        *_proof_changes(before.proof, after.proof, title),
    )


def heard_from(one: ApprovedProblem, industry: Name) -> str:
    """What a page says of a problem's figures, as one phrase."""
    if not one.heard_from:
        return "nothing is said about how many companies told you"
    said = f"heard from at least {_NUMBERS.get(one.heard_from, str(one.heard_from))} companies"
    since = f" since {one.since}" if one.since else ""
    who = [", ".join(industry(slug) for slug in one.industries), ", ".join(one.roles)]
    return said + since + "".join(f"; {part}" for part in who if part)


def waits(some: Sequence[Waiting], place: Callable[[Quote | Proof], str], title: Name) -> tuple[str, ...]:
    """One sentence for every quote and proof that was allowed, but waits for a name to be taken out."""
    return tuple(_wait(one, place(one.of), title) for one in some)


def _wait(one: Waiting, place: str, title: Name) -> str:
    what = f"{', '.join(one.names[:-1])} and {one.names[-1]}" if len(one.names) > 1 else one.names[0]
    of = f"{title(one.problem)}: a quote" if one.problem else "A proof"
    return f"{of} waits, since its words hold {what}: write [a supplier] or … for it in {place}."


def _problem_changes(before: Approved, after: Approved, title: Name, industry: Name) -> Iterator[str]:
    for slug in sorted(set(before.problems) | set(after.problems)):
        old = before.problems.get(slug, ApprovedProblem())
        new = after.problems.get(slug, ApprovedProblem())
        name = title(slug)
        if heard_from(old, industry) != heard_from(new, industry):
            was = f" (until now: {heard_from(old, industry)})" if old.heard_from else ""
            yield f"{name}: {heard_from(new, industry)}{was}."
        known = {(quote.text, quote.by): quote for quote in old.quotes}
        for quote in new.quotes:
            if (quote.text, quote.by) not in known:
                yield f"{name}: a quote, word for word: {quoted(quote.text)} — {quote.by}"
        kept = {(quote.text, quote.by) for quote in new.quotes}
        for quote in old.quotes:
            if (quote.text, quote.by) not in kept:
                yield f"{name}: no longer shown: {quoted(quote.text)} — {quote.by}"


def _proof_changes(before: Sequence[ApprovedProof], after: Sequence[ApprovedProof], title: Name) -> Iterator[str]:
    for one in after:
        if one not in before:
            until = f" Until {one.expires}." if one.expires else ""
            until += f" Only in: {', '.join(one.scope)}." if one.scope else ""
            yield f"Proof ({one.kind}){_of(one, title)}: {_proof(one)} — {_ended(one.by)}{until}"
    kept = {one.id for one in after}
    for one in before:
        if one.id not in kept:
            yield f"Proof ({one.kind}){_of(one, title)} is no longer shown: {_proof(one)} — {_ended(one.by)}"


def _ended(by: str) -> str:
    return by if by.endswith(".") else f"{by}."


def _of(one: ApprovedProof, title: Name) -> str:
    return f" of “{title(one.problems[0])}”" if one.problems else ""


def _proof(one: ApprovedProof) -> str:
    parts = (one.outcome.phrase if one.outcome else "", quoted(one.text) if one.text else "")
    return " ".join(part for part in parts if part)


def quoted(text: str) -> str:
    """Somebody's words on one line, in quotation marks."""
    return f"“{' '.join(text.split())}”"
