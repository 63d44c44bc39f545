"""Reads the entries of the catalogue: problems, accounts and proof."""

from __future__ import annotations

import re
from typing import Literal, cast

from heard.base.document import parse_to_read
from heard.base.fields import Fields, flag, header_of
from heard.base.text import SLUG_LENGTH, slugify
from heard.catalogue.consent import Signed, read_consent
from heard.catalogue.links import link
from heard.catalogue.quotes import unlink
from heard.values import (
    Account,
    Borrowed,
    Finding,
    KeyFigure,
    Outcome,
    Person,
    Place,
    Problem,
    Proof,
    Severity,
)

KINDS = ("problem", "cost", "comparison", "review", "best-of")
PROOF_KINDS = ("testimonial", "review", "outcome")
OBSIDIAN_KEYS = ("tags", "cssclasses", "cssclass")
_OLD_SLUG = re.compile(r"\w[\w.~-]{0,200}")
QUOTES = ".quotes.md"
"""How the file of quotes beside a problem is called after its slug; it is no problem itself."""


def stem(path: str) -> str:
    """The file's name without folder and suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def read_problem(text: str, path: str, *, public: bool, findings: list[Finding]) -> Problem | None:
    """A problem's file as a value; None where the header cannot be read at all."""
    document = parse_to_read(text)
    fields = header_of(document, path, findings)
    if fields is None:
        return None
    words = fields.text("problem", required=True)
    found = Problem(
        place=Place(path),
        slug=_slug(fields, words, path, public=public),
        problem=words or stem(path),
        public=public,
        title=fields.text("title"),
        answer=fields.text("answer"),
        description=fields.text("description"),
        industries=tuple(unlink(name) for name in fields.texts("industries")),
        roles=fields.texts("roles"),
        kind=fields.word("kind", KINDS, "problem"),
        author=unlink(fields.text("author")),
        lang=fields.text("lang"),
        translates=unlink(fields.text("translates")),
        aliases=fields.texts("aliases"),
        old_slugs=_old_slugs(fields),
        borrowed=_borrowed(fields.child("borrowed")),
        not_for=fields.texts("not_for"),
        where=fields.text("where"),
        figures=_figures(fields.children("figures")),
        published=fields.date("published"),
        updated=fields.date("updated"),
        review_by=fields.date("review_by"),
        retired=fields.date("retired"),
        merged_into=unlink(fields.text("merged_into")),
        body=document.body,
        body_line=document.body_line,
    )
    fields.ignore(*OBSIDIAN_KEYS)
    fields.close(own_keys=not public)
    return found


def _slug(fields: Fields, words: str, path: str, *, public: bool) -> str:
    given = fields.text("slug")
    if not given:
        if public:
            message = f"no `slug:`: write `slug: {slugify(words) or stem(path)}`, or new words change the address"
            fields.wrong("slug", message, "problem/unpinned-slug", Severity.WORTH_A_LOOK)
        return slugify(words) or slugify(stem(path)) or "problem"
    clean = slugify(given)
    if given == clean and len(given) <= SLUG_LENGTH:
        return given
    shown = clean or slugify(words) or "problem"
    message = (
        f"`slug: {given}` should be lower-case ASCII words with hyphens "
        f"(at most {SLUG_LENGTH} characters), such as `{shown}`"
    )
    fields.wrong("slug", message, "problem/bad-slug")
    return shown


def _old_slugs(fields: Fields) -> tuple[str, ...]:
    """Addresses that lead here: any that a site may have had, but none that leads out of its folder."""
    given = fields.texts("old_slugs")
    for slug in given:
        if not _OLD_SLUG.fullmatch(slug):
            message = f"`old_slugs`: `{slug}` is no address: write letters, digits and hyphens alone"
            fields.wrong("old_slugs", message, "problem/bad-slug")
    return tuple(slug for slug in given if _OLD_SLUG.fullmatch(slug))


def _borrowed(fields: Fields | None) -> Borrowed | None:
    if fields is None:
        return None
    found = Borrowed(
        fields.text("industry", required=True),
        fields.text("how", required=True),
        link(fields, "source"),
    )
    fields.close()
    return found


def _figures(items: list[Fields]) -> tuple[KeyFigure, ...]:
    found = []
    for fields in items:
        found.append(KeyFigure(fields.text("number", required=True), fields.text("says", required=True)))
        fields.close()
    return tuple(found)


def read_account(text: str, path: str, findings: list[Finding]) -> Account | None:
    """An account's file as a value; None where the header cannot be read at all."""
    fields = header_of(parse_to_read(text), path, findings)
    if fields is None:
        return None
    found = Account(
        place=Place(path),
        slug=stem(path),
        name=fields.text("name", required=True) or stem(path),
        aliases=fields.texts("aliases"),
        domains=tuple(domain.lower().removeprefix("www.") for domain in fields.texts("domains")),
        industry=unlink(fields.text("industry")),
        fit=cast(
            'Literal["yes", "no", "unknown"]',
            fields.word("fit", ("yes", "no", "unknown"), "unknown"),
        ),
        because=fields.text("because"),
        people=tuple(_person(person) for person in fields.children("people")),
        facts=fields.pairs("facts"),
        distinct_from=tuple(unlink(name) for name in fields.texts("distinct_from")),
    )
    fields.close(own_keys=True)
    return found


def _person(fields: Fields) -> Person:
    found = Person(
        name=fields.text("name", required=True),
        aliases=fields.texts("aliases"),
        role=fields.text("role"),
        email=fields.text("email"),
        phone=fields.text("phone"),
    )
    fields.close(own_keys=True)
    return found


def read_proof(text: str, path: str, findings: list[Finding], signed: Signed | None = None) -> Proof | None:
    """A proof's file as a value; None where the header cannot be read at all.

    `signed` looks up the signed answers; without it they are not checked.
    """
    document = parse_to_read(text)
    fields = header_of(document, path, findings)
    if fields is None:
        return None
    words, outcome = _words(document.body), read_outcome(fields.child("outcome"))
    found = Proof(
        place=Place(path),
        slug=stem(path),
        kind=fields.word("kind", PROOF_KINDS, "testimonial"),
        problems=tuple(unlink(slug) for slug in fields.texts("problems")),
        account=unlink(fields.text("account")),
        person=unlink(fields.text("person")),
        words=words,
        outcome=outcome,
        consent=read_consent(fields.child("consent"), words, outcome, signed),
    )
    fields.close(own_keys=True)
    if not found.words and found.outcome is None:
        findings.append(flag(path, 1, "neither words nor an outcome: a proof needs one of them", "proof/empty"))
    return found


def _words(body: str) -> str:
    lines = [line.removeprefix("> ").removeprefix(">") for line in body.strip().split("\n")]
    return "\n".join(lines).strip()


def read_outcome(fields: Fields | None, *, complete: bool = True) -> Outcome | None:
    """A measured result; it has to be complete before anybody approves it."""
    if fields is None:
        return None
    found = Outcome(
        metric=fields.text("metric", required=complete),
        baseline=fields.text("baseline", required=complete),
        result=fields.text("result", required=complete),
        period=fields.text("period"),
        measured=fields.text("measured"),
    )
    fields.close()
    return found
