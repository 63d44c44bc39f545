"""Reads the header of a note: when, where, and who spoke."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_SELF = frozenset(("me", "i", "myself", "ich", "ik", "moi", "yo"))
_KEYS = frozenset(("date", "source", "account", "person", "role", "industry", "quotable"))

Keys = Mapping[str, str]
"""What the keys of the person's own notes mean: theirs in lower case, and ours."""

NO_KEYS: Keys = {}


def read_heading(document: Document, path: str, findings: list[Finding], keys: Keys = NO_KEYS) -> Heading:
    """The heading of a note's header. Whatever is wrong is added to the findings.

    `keys` says which of our keys the person's own ones mean (`klant` → `account`); ours win.
    """
    quick = _read_quickly(document.header) if document.header else None
    return quick or _read_fields(header_of(document, path, findings, _KEYS), path, findings, keys)


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


def _read_fields(fields: Fields | None, path: str, findings: list[Finding], keys: Keys = NO_KEYS) -> Heading:
    if fields is None:
        # What such a header allowed is not known. That it cannot be read was said already.
        return Heading(_date_in_name(path), Source.OTHER, "", "", "", "", Quotable.OFFRECORD)
    own = _own(fields, keys) if keys else {}
    heard = _other_date(fields) or fields.stamp("date") or _own_date(own) or _date_in_name(path)
    if heard is None:
        message = "no date: write `date: 2026-11-21` into the header; until then it counts for no figure"
        findings.append(flag(path, fields.line, message, "note/no-date", Severity.WORTH_A_LOOK))
    # A word that is not known is taken for the most careful one.
    source = Source.OTHER if "source" in fields else _SOURCES.get(_only(own, "source").lower(), Source.CALL)
    quotable = Quotable.OFFRECORD if fields.text("quotable") else _own_permission(own)
    heading = Heading(
        heard=heard,
        source=fields.choice("source", Source, source),
        account=unlink(fields.text("account")) or _first(own, "account"),
        person=unlink(fields.text("person")) or _only(own, "person"),
        role=fields.text("role") or _only(own, "role"),
        industry=unlink(fields.text("industry")) or _first(own, "industry"),
        quotable=fields.choice("quotable", Quotable, quotable),
    )
    fields.close(own_keys=True)
    return heading


def _other_date(fields: Fields) -> datetime | None:
    """A date that is not written as ours are but is plain, such as `2 March 2025`: notes are read as they are."""
    text = fields.text("date")
    if not text or text[4:5] == "-":
        return None
    from heard.base.dates import any_date

    return any_date(text)


def _own(fields: Fields, keys: Keys) -> dict[str, tuple[str, ...]]:
    """What the person's own keys say, by ours."""
    found: dict[str, tuple[str, ...]] = {}
    for name in fields.names():
        if name not in _KEYS and (ours := keys.get(name.lower())) in _KEYS:
            values = tuple(unlink(value) for value in fields.listed(name) if value and value.lower() not in _SELF)
            found.setdefault(ours, values)
    return found


def _first(own: Mapping[str, tuple[str, ...]], key: str) -> str:
    return next(iter(own.get(key, ())), "")


def _only(own: Mapping[str, tuple[str, ...]], key: str) -> str:
    # Of several people who were there, nobody knows who said what.
    values = own.get(key, ())
    return values[0] if len(values) == 1 and not re.search(r"[;,]", values[0]) else ""


def _own_date(own: Mapping[str, tuple[str, ...]]) -> datetime | None:
    if not own.get("date"):
        return None
    from heard.base.dates import any_date

    return next((found for value in own["date"] if (found := any_date(value))), None)


def _own_permission(own: Mapping[str, tuple[str, ...]]) -> Quotable:
    said = _first(own, "quotable").lower()
    return _QUOTABLE.get(said, Quotable.OFFRECORD) if said else Quotable.NO


def _date_in_name(path: str) -> datetime | None:
    match = _DATE_IN_NAME.search(path.rpartition("/")[2])
    try:
        return datetime(*(int(part) for part in match.groups() if part)) if match else None  # type: ignore[arg-type]
    except ValueError:
        return None
