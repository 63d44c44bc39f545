"""The story of approval: what would newly go public, in sentences; then approved.yml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from heard.approve import decide as rules
from heard.approve import names
from heard.approve.file import approved_text
from heard.approve.sentences import StaysPrivate, changes, waits
from heard.base.fields import listed
from heard.base.files import write_if_changed
from heard.base.text import squeeze
from heard.catalogue.heard_from import Hearing, add_up, book_of, hearings, link_targets
from heard.catalogue.public import read_approved
from heard.listen.log import new_id
from heard.pipeline import naming
from heard.pipeline.catalogue import Read, need_private, read, unread
from heard.values import PUBLIC_SOURCES, Approved, Finding, HeardError, Place, Problem, Proof, Quote, Severity, State
from heard.workspace import PRIVATE, Workspace


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is public now, what would be, the difference in sentences, and what stays private."""

    before: Approved
    after: Approved
    sentences: tuple[str, ...]
    stays: StaysPrivate
    stale: bool
    """Whether the file would change, even if only in ways that no sentence tells."""
    unread: int = 0
    """How many files could not be read, so that figures may be too low."""
    waiting: tuple[str, ...] = ()
    """A sentence for every quote and proof that was allowed, but names somebody."""


def propose(
    workspace: Workspace,
    today: date,
    *,
    also: Iterable[str] = (),
    without: Iterable[str] = (),
    found: Read | None = None,
    doubts: bool = True,
) -> Proposal:
    """What `heard approve` would write today.

    `also` names problems that are about to be published, `without` those about to be taken off. Whoever only takes
    back may go on without `doubts` about files that could hold something back.

    Raises `HeardError` without a private side.
    """
    need_private(workspace, "approve")
    found = found or read(workspace)
    if doubts:
        _stop_at(found.findings)
    catalogue = found.catalogue
    published = {p.slug for p in catalogue.problems if p.state is State.PUBLISHED}
    shown = (published | set(also)) - set(without)
    public = {problem.slug: problem for problem in catalogue.problems if problem.slug in shown}
    old = catalogue.public.approved
    industries = {industry.slug: industry.name for industry in catalogue.public.industries}

    def industry_name(slug: str) -> str:
        return industries.get(slug, slug.replace("-", " "))

    settled = _settled(found, today)
    originals = [slug for slug, problem in public.items() if not problem.translates]
    evidence = _evidence(settled, originals)
    names_in = naming.names_in(catalogue, found.book)
    allowed = rules.permitted(evidence, catalogue.held)
    proof = [one for one in _proof(found) if rules.may_be_shown(one.proof, catalogue.held, today)]
    waiting = (*names.waiting(allowed, names_in), *names.waiting_proof(proof, names_in))
    new = rules.decide(
        names.without(evidence, allowed, names_in),
        [one for one in proof if not names_in(one.proof)],
        catalogue.held,
        old,
        today=today,
        industry_name=industry_name,
        new_id=new_id,
    )
    titles = {problem.slug: problem.problem for problem in catalogue.problems}
    sentences = changes(old, new, lambda slug: titles.get(slug, slug), industry_name)
    path = workspace.public.approved
    written = path.read_bytes() if path.is_file() else b""
    stale = approved_text(new).encode() != written
    told = waits(waiting, _places(found), lambda slug: titles.get(slug, slug))
    return Proposal(old, new, sentences, stays_private(found, new), stale, unread(found.findings), told)


def _places(found: Read) -> Callable[[Quote | Proof], str]:
    """Where a quote or proof stands."""
    places = {(q.text, q.account): Place(n.path, q.line) for n in found.catalogue.notes for q in n.quotes}
    return lambda one: str(one.place if isinstance(one, Proof) else places[one.text, one.account])


def write(workspace: Workspace, approved: Approved) -> bool:
    """Write content/approved.yml after proving that it reads back as meant; True if it changed."""
    text = approved_text(approved)
    findings: list[Finding] = []
    if read_approved(text, "content/approved.yml", findings) != approved or findings:
        raise HeardError("approved.yml would not read back as it was meant, so it was not written.")
    return write_if_changed(workspace.public.approved, text.encode())


def stays_private(found: Read, approved: Approved) -> StaysPrivate:
    """How many companies, people and quotes stay private beside what is approved."""
    notes = found.catalogue.notes
    shown = {quote.text for one in approved.problems.values() for quote in one.quotes}
    named = {squeeze(name) for one in approved.problems.values() for q in one.quotes for name in q.names}
    named |= {squeeze(name) for one in approved.proof for name in one.names}
    companies = {account.slug: account.name for account in found.catalogue.accounts}
    for note in notes:
        for quote in note.quotes:
            if quote.account and note.source not in PUBLIC_SOURCES:
                companies.setdefault(found.book.counts_as(quote.account), quote.account)
    people = {squeeze(person.name) for account in found.catalogue.accounts for person in account.people}
    people |= {squeeze(quote.person) for note in notes for quote in note.quotes if quote.person}
    return StaysPrivate(
        companies=sum(squeeze(name) not in named for name in companies.values()),
        people=len(people - named),
        quotes=sum(quote.text not in shown for note in notes for quote in note.quotes),
    )


def _settled(found: Read, today: date) -> Read:
    """What was heard before this month, and nobody who was not: even a new name that two old ones resemble
    would move a figure."""
    catalogue, month = found.catalogue, today.replace(day=1)
    notes = tuple(note for note in catalogue.notes if note.day is not None and note.day < month)
    named = {quote.account for note in notes for quote in note.quotes}
    heard = {account.slug for name in named if (account := found.book.find(name))}
    settled = replace(catalogue, notes=notes, accounts=tuple(one for one in catalogue.accounts if one.slug in heard))
    book = book_of(settled)
    return Read(settled, book, hearings(settled, book), found.findings)


def _stop_at(findings: Iterable[Finding]) -> None:
    """Raise `HeardError` where a file that could hold something back is not understood."""
    in_the_way = [finding for finding in findings if _could_hold_back(finding)]
    if in_the_way:
        raise HeardError(
            f"These files say what may go public, or who counts as one. Fix them first:\n{listed(in_the_way)}"
        )


def _could_hold_back(finding: Finding) -> bool:
    private, to_fix = f"content/{PRIVATE}/", finding.severity is Severity.TO_FIX
    if finding.place.path.startswith(f"{private}proof/"):
        # A slip in `withdrawn:` is only a key that nobody reads, and would leave a consent standing. An
        # unknown word is no danger: it is taken for the most careful one.
        return finding.code.startswith("yaml/") and finding.code != "yaml/unknown-word"
    return to_fix and finding.place.path.startswith((f"{private}held.yml", f"{private}accounts/"))


def _evidence(settled: Read, slugs: Iterable[str]) -> dict[str, rules.Evidence]:
    """All that is known of some problems; what was filed under a translation is evidence of its original."""
    targets = link_targets(settled.catalogue.problems)
    owners = {
        one.slug: targets.get(one.translates.casefold(), one.translates)
        for one in settled.catalogue.problems
        if one.translates
    }
    filed: dict[str, list[Hearing]] = {}
    for slug, some in settled.hearings.items():
        filed.setdefault(owners.get(slug, slug), []).extend(some)
    return {slug: _evidence_of(settled, filed.get(slug, ())) for slug in slugs}


def _evidence_of(settled: Read, counted: Sequence[Hearing]) -> rules.Evidence:
    total = add_up(counted)
    figures = rules.Figures(
        accounts=len(total.days),
        industries=total.industries,
        roles=total.roles,
        third=total.days[rules.FLOOR - 1] if len(total.days) >= rules.FLOOR else None,
        shared=_shared(counted),
    )
    candidates = tuple(rules.Candidate(h.quote, _account_name(settled, h), h.industry) for h in counted)
    return rules.Evidence(figures, candidates)


def _shared(counted: Iterable[Hearing]) -> dict[tuple[str, str], int]:
    accounts: dict[tuple[str, str], set[str]] = {}
    for h in counted:
        role, industry = squeeze(h.quote.role), squeeze(h.industry)
        for key in {(role, industry), (role, ""), ("", industry)} if h.account else ():
            accounts.setdefault(key, set()).add(h.account)
    return {key: len(many) for key, many in accounts.items()}


def _account_name(found: Read, hearing: Hearing) -> str:
    known = found.book.find(hearing.quote.account)
    return known.name if known else hearing.quote.account


def _proof(found: Read) -> list[rules.ProofSource]:
    sources = []
    for proof in found.catalogue.proof:
        account = found.book.find(proof.account)
        people = account.people if account else ()
        role = next(
            (p.role for p in people if squeeze(proof.person) in {squeeze(n) for n in (p.name, *p.aliases)}),
            "",
        )
        name = account.name if account else proof.account
        sources.append(rules.ProofSource(proof, name, account.industry if account else "", role))
    return sources


def find_published(found: Read) -> tuple[Problem, ...]:
    """The problems that are public today."""
    return tuple(p for p in found.catalogue.public.problems if p.state is State.PUBLISHED)
