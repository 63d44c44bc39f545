"""Drafts of the inbox as files: one Markdown file each, whose name says nothing about who or what.

A file is a header of our keys, the words as a blockquote, and below a blank line what was said around
them. It is written to be read by a person, and proved by reading it back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from heard.base import yamlio
from heard.base.document import parse, parse_to_read, render, set_key
from heard.base.fields import Fields, flag, header_of
from heard.base.files import change, walk
from heard.base.reading import read
from heard.base.yamlio import plain_words
from heard.listen.batch import write_all_new
from heard.listen.log import letters
from heard.values import Draft, Finding, HeardError, Place, Quotable, Source

_TEXTS = ("why", "origin", "key", "conversation", "account", "person", "role", "industry", "problem")
_KEYS = frozenset((*_TEXTS, "date", "source", "quotable", "tags"))
_SOURCES = {source.value: source for source in Source}
_QUOTABLE = {quotable.value: quotable for quotable in Quotable}
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
_LIST = re.compile(r" \[([a-z][\w/-]*(?:, [a-z][\w/-]*)*)\]")
_LONGEST = 1000
"""So many characters of a header's value are kept: a name that is longer is none."""


def draft_text(draft: Draft) -> str:
    """The draft as Markdown, proved by reading it back. Raises `HeardError` where it has no words."""
    meant = cleaned(draft)
    if not meant.text:
        raise HeardError("There are no words to keep.")
    rows = [f"{key}: {yamlio.scalar(value)}\n" for key, value in _head(meant) if value]
    tags = f"tags: {yamlio.flow(meant.tags)}\n" if meant.tags else ""
    words = "".join(f"> {row}".rstrip() + "\n" for row in meant.text.split("\n"))
    related = f"\n{meant.related}\n" if meant.related else ""
    text = f"---\n{''.join(rows)}{tags}---\n{words}{related}"
    if read_draft(text, meant.place.path, []) != replace(meant, place=Place(meant.place.path)):
        raise HeardError("These words cannot be kept as a draft. Log them with `heard log -e`.")
    return text


def moment(draft: Draft) -> str:
    """When the words were heard, as a header has it: without a time where none is known; empty without a day."""
    if draft.heard is None:
        return ""
    when = draft.heard.isoformat(sep=" ", timespec="minutes")
    return when.removesuffix(" 00:00")


def _head(draft: Draft) -> list[tuple[str, str]]:
    return [
        ("why", draft.why),
        ("date", moment(draft)),
        ("source", draft.source.value),
        ("account", draft.account),
        ("person", draft.person),
        ("role", draft.role),
        ("industry", draft.industry),
        ("quotable", draft.quotable.value),
        ("problem", draft.problem),
        ("origin", draft.origin),
        ("conversation", draft.conversation),
        ("key", draft.key),
    ]


def cleaned(draft: Draft) -> Draft:
    """The draft as a file can hold it: no half characters, no outer spaces, names on one line, no seconds."""
    heads: dict[str, Any] = {key: " ".join(_whole(getattr(draft, key)).split())[:_LONGEST].strip() for key in _TEXTS}
    heard = draft.heard.replace(second=0, microsecond=0, tzinfo=None) if draft.heard else None
    tags = tuple(dict.fromkeys(tag for tag in draft.tags if tag.strip()))
    return replace(draft, text=_rows(draft.text), related=_rows(draft.related), heard=heard, tags=tags, **heads)


def _rows(text: str) -> str:
    rows = _whole(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(row.strip() for row in rows).strip()


def _whole(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def read_draft(text: str, path: str, findings: list[Finding]) -> Draft | None:
    """The draft of a file's text; None (and a finding) where there are no words or the header is broken."""
    document = parse_to_read(text)
    words, related = _body(document.body)
    if not words:
        message = "no words in this draft: begin every line of what somebody said with `> `"
        findings.append(flag(path, document.body_line, message, "inbox/no-words"))
        return None
    bare = Draft(Place(path), words, why="", origin="", key="", conversation="", related=related)
    if document.header and (quick := _read_quickly(document.header, bare)):
        return quick
    fields = header_of(document, path, findings)
    return _read_fields(fields, bare) if fields else None


def _body(body: str) -> tuple[str, str]:
    rows = body.lstrip("\n").split("\n")
    end = next((at for at, row in enumerate(rows) if row[:1] != ">"), len(rows))
    said = "\n".join(row[1:].strip() for row in rows[:end]).strip()
    return said, "\n".join(rows[end:]).strip()


def _read_quickly(header: str, bare: Draft) -> Draft | None:
    """The draft of a header as we write it; None for any other, which is read with every check."""
    said: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for row in header.split("\n"):
        if not row:
            continue
        key, _, value = row.partition(":")
        if key not in _KEYS or key in said or not row.isprintable():
            return None
        if key == "tags" and (listed := _LIST.fullmatch(value)):
            tags, said[key] = tuple(listed[1].split(", ")), ""
            continue
        words = _quoted(value) if value[:2] == ' "' else plain_words(value) if value else ""
        if words is None or key == "tags":
            return None
        said[key] = words
    return _typed(bare, said, tags)


def _quoted(value: str) -> str | None:
    # What YAML and JSON escape differently goes to the YAML reader.
    if "\\x" in value or "\\U" in value or "\\u" in value or "\\/" in value:
        return None
    with suppress(ValueError):
        words = json.loads(value[1:])
        return words if isinstance(words, str) else None
    return None


def _typed(bare: Draft, said: Mapping[str, str], tags: Sequence[str]) -> Draft | None:
    source, quotable = _SOURCES.get(said.get("source") or "other"), _QUOTABLE.get(said.get("quotable") or "no")
    when = said.get("date", "")
    if not source or not quotable or (when and not _STAMP.fullmatch(when)):
        return None
    try:
        heard = datetime.fromisoformat(when) if when else None
    except ValueError:
        return None
    texts: dict[str, Any] = {key: said[key] for key in _TEXTS if key in said}
    return replace(bare, heard=heard, source=source, quotable=quotable, tags=tuple(tags), **texts)


def _read_fields(fields: Fields, bare: Draft) -> Draft:
    # A word that is not known is taken for the most careful one.
    careful = Quotable.OFFRECORD if fields.text("quotable") else Quotable.NO
    texts: dict[str, Any] = {key: fields.text(key) for key in _TEXTS}
    found = replace(
        bare,
        heard=fields.stamp("date"),
        source=fields.choice("source", Source, Source.OTHER),
        quotable=fields.choice("quotable", Quotable, careful),
        tags=fields.texts("tags"),
        **texts,
    )
    fields.close(own_keys=True)
    return found


def read_drafts(folder: Path, name: str) -> tuple[tuple[Draft, ...], tuple[Finding, ...]]:
    """All drafts below a folder in the order of their files' names, and everything that is wrong in them.

    `name` is how findings name the folder; a draft's place is its file below it.
    """
    drafts: list[Draft] = []
    findings: list[Finding] = []
    skip = len(str(folder)) + 1
    for path in sorted(entry.path for entry in walk(folder, ".md")):
        shown = f"{name}/{path[skip:]}"
        text = read(path, shown, findings)
        draft = read_draft(text, shown, findings) if text is not None else None
        if draft:
            drafts.append(draft)
    return tuple(drafts), tuple(findings)


def save_drafts(folder: Path, drafts: Iterable[Draft], today: date) -> tuple[Path, ...]:
    """Save each draft as a new file; all are whole and on disk when this returns.

    A file's name is the day (`today` where a draft has none) and letters made from the draft's key, so
    that nothing in it tells who or what. Raises `HeardError` when the disk refuses.
    """
    taken = {path.name for path in folder.glob("*.md")}
    files: dict[Path, bytes] = {}
    for draft in drafts:
        name = _free_name(draft, today, taken)
        taken.add(name)
        files[folder / name] = draft_text(draft).encode()
    write_all_new(files)
    return tuple(files)


def fill_in(path: Path, before: Draft, after: Draft) -> None:
    """Set what a waiting draft lacked (`after` has it, `before` had not); every other byte of its file stays.

    A file that was changed meanwhile, or cannot be read back as meant, stays as it is.
    """
    content = path.read_bytes()
    try:
        document = parse(content.decode())
        for (key, old), (_, new) in zip(_head(before), _head(after), strict=True):
            if old != new:
                document = set_key(document, key, new)
        text = render(document)
    except ValueError:
        return
    if read_draft(text, before.place.path, []) == after:
        change(path, content, text.encode(), keep=False)


def _free_name(draft: Draft, today: date, taken: set[str]) -> str:
    day = draft.heard.date() if draft.heard else today
    for number in range(1000):
        digest = hashlib.sha256(f"{draft.key}\0{number}".encode("utf-8", "replace")).digest()
        if (name := f"{day.isoformat()}-{letters(digest)}.md") not in taken:
            return name
    raise HeardError("No free file name was found in the inbox.")
