"""Reads one note: its header, and the quotes in it with who said them and where they are filed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heard.base.document import parse
from heard.base.fields import Fields, flag, header
from heard.base.text import near_miss
from heard.values import Finding, Note, Quotable, Quote, Severity, Source

KINDS = ("trigger", "workaround", "cost", "wish", "objection")
SERIOUSNESS = ("minor", "serious", "critical")
_PERMISSIONS = {
    "anonymous": Quotable.ANONYMOUS,
    "named": Quotable.NAMED,
    "offrecord": Quotable.OFFRECORD,
}
_KNOWN_TAGS = (*KINDS, *SERIOUSNESS, *_PERMISSIONS)

_LINK = re.compile(r"(?<!\\)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_TAG = re.compile(r"(?<!\S)#([A-Za-z][\w/-]*)")
_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\s*$")
_ESCAPED = re.compile(r"\\([\\#\[^>—–-])")
_DATE_IN_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T_](\d{2})[.:]?(\d{2}))?")
_ATTRIBUTION = re.compile(r"(?:—|–|--)\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class _Header:
    heard: datetime | None
    source: Source
    account: str
    person: str
    role: str
    industry: str
    quotable: Quotable


def read_note(text: str, path: str, findings: list[Finding]) -> Note:
    """The note of a file's text. Whatever is wrong is added to the findings; reading never fails."""
    document = parse(text)
    fields = header(document.header, path, findings)
    head = _read_header(fields, path, findings)
    quotes, rest = _read_body(document.body, document.body_line, head, path, findings)
    if not quotes:
        message = "no quote in this note: begin every line of what somebody said with `> `"
        findings.append(flag(path, 1, message, "note/no-quotes", Severity.WORTH_A_LOOK))
    return Note(
        path,
        head.heard,
        head.source,
        head.account,
        head.person,
        head.role,
        head.industry,
        head.quotable,
        quotes,
        rest,
    )


def _read_header(fields: Fields | None, path: str, findings: list[Finding]) -> _Header:
    fields = fields or Fields(None, path, findings)
    heard = fields.stamp("date")
    if heard is None:
        heard = _date_in_name(path)
        if heard is None:
            message = (
                "no date: write `date: 2026-11-21` into the header. Until then the note counts for no figure"
            )
            findings.append(flag(path, fields.line, message, "note/no-date", Severity.WORTH_A_LOOK))
    head = _Header(
        heard=heard,
        source=fields.choice("source", Source, Source.OTHER if "source" in fields else Source.CALL),
        account=unlink(fields.text("account")),
        person=unlink(fields.text("person")),
        role=fields.text("role"),
        industry=unlink(fields.text("industry")),
        quotable=fields.choice("quotable", Quotable, Quotable.NO),
    )
    fields.close(own_keys=True)
    return head


def _date_in_name(path: str) -> datetime | None:
    match = _DATE_IN_NAME.search(path.rpartition("/")[2])
    try:
        return datetime(*(int(part) for part in match.groups() if part)) if match else None  # type: ignore[arg-type]
    except ValueError:
        return None


def unlink(text: str) -> str:
    """`[[folder/Acme Foods|Acme]]` as the plain name `Acme Foods`."""
    match = _LINK.fullmatch(text) if "[[" in text else None
    return target(match[1]) if match else text


def target(link: str) -> str:
    """What a wikilink points at, without folder, heading, block or suffix."""
    return re.split(r"[#^]", link)[0].rpartition("/")[2].removesuffix(".md").strip()


def _read_body(
    body: str, first: int, head: _Header, path: str, findings: list[Finding]
) -> tuple[tuple[Quote, ...], str]:
    lines = body.split("\n")
    quotes: list[Quote] = []
    rest: list[str] = []
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        bare = line.lstrip()
        if fence or bare.startswith(("```", "~~~")):
            fence = "" if fence and bare.startswith(fence) else fence or bare[:3]
            rest.append(line)
            at += 1
        elif bare.startswith(">") and len(line) - len(bare) < 4:
            at = _take_quote(lines, at, first, head, path, quotes, findings)
        else:
            rest.append(line)
            at += 1
    return tuple(quotes), "\n".join(rest).strip()


def _take_quote(
    lines: list[str],
    start: int,
    first: int,
    head: _Header,
    path: str,
    quotes: list[Quote],
    findings: list[Finding],
) -> int:
    at = start
    block: list[str] = []
    while at < len(lines) and lines[at].lstrip().startswith(">"):
        block.append(lines[at].lstrip().lstrip(">").removeprefix(" "))
        at += 1
    if block[0].startswith("[!"):
        return at
    after, end = _filing_lines(lines, at)
    quote = _quote(block, after, first + start, head, path, findings)
    if quote is not None:
        quotes.append(quote)
    return end


def _filing_lines(lines: list[str], at: int) -> tuple[list[str], int]:
    """The lines after a blockquote that hold only links, tags or a block id, and where they end."""
    found: list[str] = []
    end = at
    while at < len(lines):
        line = lines[at]
        if line.strip():
            if not _only_marks(line):
                break
            found.append(line)
            end = at + 1
        at += 1
    return found, end


def _only_marks(line: str) -> bool:
    if line.lstrip()[:1] not in ("[", "#", "^"):
        return False
    return not _ID.sub("", _TAG.sub("", _LINK.sub("", line))).strip()


def _quote(
    block: Sequence[str],
    after: Sequence[str],
    line: int,
    head: _Header,
    path: str,
    findings: list[Finding],
) -> Quote | None:
    words: list[str] = []
    problems: list[str] = []
    tags: list[str] = []
    identifier, by = "", ""
    for offset, row in enumerate([*block, *after]):
        if "^" in row and (match := _ID.search(row)):
            identifier, row = match[1], row[: match.start()]
        if "[[" in row:
            problems += [target(link[1]) for link in _LINK.finditer(row)]
        marks = _only_marks(row) if row.strip() else False
        if "#" in row:
            row = _take_tags(row, marks, tags, path, line + offset, findings)
        if marks:
            continue
        attribution = _ATTRIBUTION.fullmatch(row.strip()) if row.lstrip()[:1] in "—–-" else None
        if attribution and offset and not any(r.strip() and not _only_marks(r) for r in block[offset + 1 :]):
            by = attribution[1]
            continue
        words.append(_LINK.sub(lambda m: m[2] or target(m[1]), row) if "[[" in row else row)
    text = "\n".join(words).strip()
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if not text:
        return None
    return _said(head, by, text, tuple(dict.fromkeys(problems)), tuple(tags), identifier, line)


def _take_tags(row: str, marks: bool, tags: list[str], path: str, line: int, findings: list[Finding]) -> str:
    def taken(match: re.Match[str]) -> str:
        tag = match[1].lower()
        if tag in _KNOWN_TAGS:
            tags.append(tag)
            return ""
        if slip := near_miss(tag, _KNOWN_TAGS):
            message = f"`#{match[1]}` looks like a slip of `#{slip}`, and is not read"
            findings.append(flag(path, line, message, "note/unknown-tag"))
        return "" if marks else match[0]

    return _TAG.sub(taken, row).rstrip()


def _said(
    head: _Header,
    by: str,
    text: str,
    problems: tuple[str, ...],
    tags: tuple[str, ...],
    identifier: str,
    line: int,
) -> Quote:
    person, account, role = head.person, head.account, head.role
    if by:
        parts = [unlink(part.strip()) for part in by.split(",", 2)] + ["", ""]
        same = not parts[0] or parts[0] == person
        person = parts[0] or person
        account = parts[1] or account
        role = parts[2] or (role if same else "")
    # An industry said of one company is not said of another.
    industry = head.industry if account == head.account else ""
    quotable = next((_PERMISSIONS[tag] for tag in reversed(tags) if tag in _PERMISSIONS), head.quotable)
    if head.quotable is Quotable.OFFRECORD or "offrecord" in tags:
        quotable = Quotable.OFFRECORD
    kept = tuple(tag for tag in tags if tag not in _PERMISSIONS)
    return Quote(text, problems, account, person, role, industry, quotable, kept, identifier, line)
