"""What the header of somebody's note says in our words, whatever their habit is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from heard.base.dates import any_date, why_unread
from heard.base.document import Document
from heard.base.domains import company_in, domain_of
from heard.base.fields import flag
from heard.base.text import LEGAL_FORMS, shortened, squeeze
from heard.base.yamlio import Listing, Node, Scalar, Table, YamlError, load
from heard.listen.habits import IGNORED, NOTE_KEYS, OFF_RECORD, guess_note_key
from heard.listen.known import Known, begins
from heard.listen.whereabouts import Where, people_in, source_in
from heard.values import Finding, Quotable, Severity, Source

Said = Mapping[str, tuple[str, ...]]
"""The keys of a header with their values as texts."""

_LINE = re.compile(r"(?:\*\*|[-*] )?([^\W\d_][\w /&+-]{0,30}?)(?:\*\*)?:(?:\*\*)?\s+(\S.*)$")
_LINK = re.compile(r"\[\[([^\]|#^]+)[^\]]*\]\]")
_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+)\.[\w.-]+")
_MOST_META = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """How headers are read: their keys as the person mapped them (`ignore` for none of ours), by squeezed name."""

    mapped: Mapping[str, str]
    guessing: bool = True

    def ours(self, name: str) -> str:
        """Which of our keys a key is; empty for none."""
        if name in NOTE_KEYS:
            return name
        if (mapped := self.mapped.get(squeeze(name))) is not None:
            return "" if mapped == IGNORED else mapped
        return guess_note_key(name) if self.guessing else ""


def header_values(document: Document, path: str, findings: list[Finding]) -> Said:
    """All keys of a note's header; one that is no YAML is read line by line, with a finding."""
    if not document.header:
        return {}
    try:
        node = load(document.header, 2)
    except YamlError as error:
        message = f"this header is no YAML ({error.message}); it was read line by line"
        findings.append(flag(path, error.line, message, "import/header", Severity.WORTH_A_LOOK))
        return dict(_lines(document.header.split("\n")))
    return {key.text: tuple(_texts(value)) for key, value in node.items} if isinstance(node, Table) else {}


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        if node.text.strip():
            yield node.text.strip()
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _texts(item)
    else:
        # `[[Acme]]` without quotation marks is a list in a list to YAML; a table is passed over.
        yield from ()


def meta_lines(body: str) -> Said:
    """`Company: Acme` lines at the beginning of a note without a header, as Notion exports them."""
    rows = [row.strip() for row in body.split("\n") if row.strip() and not row.lstrip().startswith("#")]
    return {key: values for key, values in _lines(rows[:_MOST_META]) if guess_note_key(key) or key == "title"}


def _lines(rows: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, row in enumerate(rows):
        if match := _LINE.match(row.strip()):
            yield match[1].strip(), (match[2].strip().strip("*\"'"),)
        elif row.rstrip().endswith(":") and (key := row.strip()[:-1]).replace("_", "").isalnum():
            items = itertools.takewhile(lambda item: item.lstrip().startswith("- "), rows[number + 1 :])
            if values := tuple(item.strip()[2:].strip(" \"'") for item in items):
                yield key, values


_TAGS = ("tag", "tags")


def where_of(said: Said, keys: Keys, known: Known) -> Where:
    """What a header says of the conversation."""
    ours: dict[str, list[str]] = {}
    for name, values in said.items():
        if values and (key := keys.ours(name)):
            ours.setdefault(key, []).extend(_unlinked(value) for value in values)
    people = people_in("; ".join(ours.get("person", ())), known)
    account = next((value for value in ours.get("account", ()) if not any_date(value)), "")
    dates = (any_date(value) for value in ours.get("date", ()))
    tags = " ".join(f"#{tag.lstrip('#')}" for name, values in said.items() if squeeze(name) in _TAGS for tag in values)
    quotable = quotable_of(" ".join(ours.get("quotable", ())))
    return Where(
        account=known.account(account) or account,
        people=tuple(name for name, _ in people),
        roles=tuple(pair for pair in people if pair[1]),
        industry=next(iter(ours.get("industry", ())), ""),
        heard=next((found for found in dates if found), None),
        source=source_of(" ".join(ours.get("source", ()))),
        quotable=Quotable.OFFRECORD if OFF_RECORD.search(tags) else quotable,
        role=next(iter(ours.get("role", ())), ""),
    )


def unread_dates(said: Said, keys: Keys, lines: Sequence[str], path: str) -> Iterator[Finding]:
    """What is said about dates in a note's header that cannot be read. `lines` are those of the whole file."""
    for name, values in said.items():
        if keys.ours(name) != "date" or any(map(any_date, values)):
            continue
        # Other keys that may hold a date hold words as often (`when: next week`).
        wrong = (one for one in values if name == "date" or re.search(r"\d", one))
        for text, why in ((text, why) for text in wrong if (why := why_unread(text)) and "{{" not in text):
            begins_so = re.compile(rf"\W*{re.escape(name)}\W*:")
            line = next((number for number, row in enumerate(lines, 1) if begins_so.match(row)), 1)
            message = f"`{name}: {shortened(text, 30)}` {why}: write it like 2026-11-21"
            yield flag(path, line, message, "import/date", Severity.WORTH_A_LOOK)


def _unlinked(value: str) -> str:
    return _LINK.sub(lambda link: link[1].rpartition("/")[2].strip(), value)


def source_of(text: str) -> Source | None:
    """Our word for a kind of conversation, or None."""
    word = text.strip().lower()
    return next((source for source in Source if source.value == word), None) or (source_in(text) if word else None)


def quotable_of(text: str) -> Quotable:
    """Our word for a permission; a word that is not known is taken for the most careful one."""
    word = text.strip().lower()
    if not word:
        return Quotable.NO
    return next((allowed for allowed in Quotable if allowed.value == word), Quotable.OFFRECORD)


def signed_account(text: str, known: Known) -> str:
    """The company of a mail: a line with a legal form, a known name in a domain, or whose domain the sender has."""
    for row in text.split("\n"):
        parts = row.strip().strip("*_,.").split()
        if 2 <= len(parts) <= 6 and parts[-1].replace(".", "").lower() in LEGAL_FORMS and parts[0][:1].isupper():
            return known.account(" ".join(parts)) or " ".join(parts)
    domains = {squeeze(domain) for domain in _ADDRESS.findall(text)}
    own = {squeeze("".join(name.split())) for name in known.ours.names}
    for key, name in known.accounts:
        if len(key[0]) > 3 and any(begins((domain,), key) or begins(key, (domain,)) for domain in domains - own):
            return name
    return _account_by_domain(text, known)


def _account_by_domain(text: str, known: Known) -> str:
    """The account of the domain that a mail comes from, or goes to where we wrote it."""
    for keys in ("From|Von|De|Van", "To|An|À|Aan"):
        for row in re.findall(rf"^(?:{keys}): (.*)$", text, re.MULTILINE):
            if re.split(r"[<(]", row)[0].strip(" \"'") in known.ours:
                continue
            found = (domain_of(match[0]) for match in _ADDRESS.finditer(row))
            for domain in (one for one in found if one and one not in known.ours.domains):
                return _owner(domain, known) or known.account(company_in(domain)) or company_in(domain)
    return ""


def _owner(domain: str, known: Known) -> str:
    labels = domain.split(".")
    wider = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((known.domains[one] for one in wider if one in known.domains), "")
