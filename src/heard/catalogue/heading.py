"""Reads the header of a note: when, where, and who spoke."""

from __future__ import annotations

import re
from datetime import datetime

from heard.base.document import Document
from heard.base.fields import Fields, flag, header_of
from heard.base.yamlio import plain_words
from heard.catalogue.quotes import Heading, unlink
from heard.values import Finding, Quotable, Severity, Source

_DATE_IN_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T_](\d{2})[.:]?(\d{2}))?")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
_SOURCES = {source.value: source for source in Source}
_QUOTABLE = {quotable.value: quotable for quotable in Quotable}
_KEYS = frozenset(("date", "source", "account", "person", "role", "industry", "quotable"))


def read_heading(document: Document, path: str, findings: list[Finding]) -> Heading:
    """The heading of a note's header. Whatever is wrong is added to the findings."""
    quick = _read_quickly(document.header) if document.header else None
    return quick or _read_fields(header_of(document, path, findings), path, findings)


def _read_quickly(header: str) -> Heading | None:
    """The heading of a header of plain lines with our keys and a date; None for any other.

    Nearly all notes have one, and reading ten thousand of them with every check takes a second.
    """
    said = dict.fromkeys(_KEYS, "")
    seen = set()
    for row in header.split("\n"):
        if not row:
            continue
        key, _, value = row.partition(":")
        words = plain_words(value) if value else ""
        if words is None or key not in _KEYS or key in seen or not row.isprintable():
            return None
        seen.add(key)
        said[key] = words
    source = _SOURCES.get(said["source"] or ("other" if "source" in seen else "call"))
    quotable = _QUOTABLE.get(said["quotable"] or "no")
    if not source or not quotable or not _STAMP.fullmatch(said["date"]):
        return None
    try:
        heard = datetime.fromisoformat(said["date"])
    except ValueError:
        return None
    account, person, industry = unlink(said["account"]), unlink(said["person"]), unlink(said["industry"])
    return Heading(heard, source, account, person, said["role"], industry, quotable)


def _read_fields(fields: Fields | None, path: str, findings: list[Finding]) -> Heading:
    if fields is None:
        # What such a header allowed is not known. That it cannot be read was said already.
        return Heading(_date_in_name(path), Source.OTHER, "", "", "", "", Quotable.OFFRECORD)
    heard = fields.stamp("date") or _date_in_name(path)
    if heard is None:
        message = "no date: write `date: 2026-11-21` into the header; until then it counts for no figure"
        findings.append(flag(path, fields.line, message, "note/no-date", Severity.WORTH_A_LOOK))
    # A word that is not known is taken for the most careful one.
    source = Source.OTHER if "source" in fields else Source.CALL
    quotable = Quotable.OFFRECORD if fields.text("quotable") else Quotable.NO
    heading = Heading(
        heard=heard,
        source=fields.choice("source", Source, source),
        account=unlink(fields.text("account")),
        person=unlink(fields.text("person")),
        role=fields.text("role"),
        industry=unlink(fields.text("industry")),
        quotable=fields.choice("quotable", Quotable, quotable),
    )
    fields.close(own_keys=True)
    return heading


def _date_in_name(path: str) -> datetime | None:
    match = _DATE_IN_NAME.search(path.rpartition("/")[2])
    try:
        return datetime(*(int(part) for part in match.groups() if part)) if match else None  # type: ignore[arg-type]
    except ValueError:
        return None
