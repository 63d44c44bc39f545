"""Makes a note of what somebody said, and saves it before anything else happens."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from heard.base import yamlio
from heard.base.files import PRIVATE_MODE, write_new
from heard.values import HeardError, Quotable, Source

ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
ID_LENGTH = 6

_MARKS = re.compile(r"\\|^[>—–-]|(?<!\S)[#^]|\[(?=[\[!])", re.MULTILINE)
"""What a reader of notes would take for a mark, where it stands."""

_UNQUOTED = re.compile(r"^>|\A[\[#^]", re.MULTILINE)

ReadTexts = Callable[[str], Sequence[str]]
"""Reads a note's text and gives the words of its quotes."""


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Somebody's words, not saved yet, and the slugs of the problems they are filed under.

    `said_by` is `who, account, role`, where it is not what the note's header says.
    """

    text: str
    problems: tuple[str, ...] = ()
    id: str = ""
    said_by: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note that is not saved yet."""

    heard: datetime
    quotes: tuple[QuoteDraft, ...]
    source: Source = Source.CALL
    account: str = ""
    person: str = ""
    role: str = ""
    industry: str = ""
    quotable: Quotable = Quotable.NO
    rest: str = ""


def new_id() -> str:
    """A random id; it says nothing about who or when."""
    # Not `secrets`: what it imports would be a tenth of the time that logging takes.
    return letters(os.urandom(ID_LENGTH))


def letters(some: bytes) -> str:
    """The letters of an id that bytes stand for."""
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in some[:ID_LENGTH])


def with_ids(draft: NoteDraft) -> NoteDraft:
    """The draft with an id for every quote."""
    return replace(draft, quotes=tuple(replace(quote, id=quote.id or new_id()) for quote in draft.quotes))


def note_text(draft: NoteDraft, read_texts: ReadTexts) -> str:
    """The note as Markdown, proved by reading it back.

    Words that Markdown or heard would take for a mark (`#cost`, `[[link]]`, `— name`) are escaped with
    a backslash, but only where they have to be.
    """
    meant = [_clean(quote.text) for quote in draft.quotes]
    if not all(meant):
        raise HeardError("There are no words to keep. Say what was said.")
    for escape in (False, True):
        text = _markdown(draft, escape=escape)
        if list(read_texts(text)) == meant:
            return text
    raise HeardError("These words cannot be kept as a Markdown quote as they stand. Use `heard log -e`.")


def _clean(text: str) -> str:
    # A terminal in another encoding gives halves of characters, which no file can hold.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(row.strip() for row in rows).strip()


def _markdown(draft: NoteDraft, *, escape: bool) -> str:
    head = [
        ("date", draft.heard.strftime("%Y-%m-%d %H:%M")),
        ("source", draft.source.value),
        ("account", draft.account),
        ("person", draft.person),
        ("role", draft.role),
        ("industry", draft.industry),
        ("quotable", draft.quotable.value),
    ]
    rows = [f"{key}: {yamlio.scalar(_clean(value))}\n" for key, value in head if value.strip()]
    blocks = [quote_block(quote, escape=escape) for quote in draft.quotes]
    rest = _rest(draft.rest)
    return "---\n" + "".join(rows) + "---\n" + "\n".join([*blocks, rest] if rest else blocks)


def _rest(text: str) -> str:
    """Words that are nobody's: not quoted, and not taken for what files the quote above them."""
    rows = _clean(text)
    return _UNQUOTED.sub(r"\\\g<0>", rows) + "\n" if rows else ""


def quote_block(quote: QuoteDraft, *, escape: bool) -> str:
    """The quote as a Markdown blockquote with its marks."""
    text = _clean(quote.text)
    rows = (_MARKS.sub(r"\\\g<0>", text) if escape else text).split("\n")
    if quote.id:
        rows[-1] = f"{rows[-1]} ^{quote.id}"
    rows += [f"— {quote.said_by}"] if quote.said_by else []
    marks = [*(f"[[{slug}]]" for slug in quote.problems), *(f"#{tag}" for tag in quote.tags)]
    rows += [" ".join(marks)] if marks else []
    return "".join(f"> {row}".rstrip() + "\n" for row in rows)


def save_note(folder: Path, heard: datetime, text: str, name: str = "") -> Path:
    """Save a note's text under a new name; it is safe on disk when this returns.

    Raises `HeardError` when it cannot be saved; then nothing is left behind.
    """
    for _ in range(20):
        path = folder / str(heard.year) / f"{heard:%Y-%m-%d %H%M}-{name or new_id()}.md"
        try:
            write_new(path, text.encode(), mode=PRIVATE_MODE)
        except FileExistsError:
            name = ""
            continue
        return path
    raise HeardError(f"No free file name was found in {folder}.")


def quotes_of(words: Sequence[str]) -> tuple[str, ...]:
    """What a command line's words mean: each quoted argument is one quote, loose words are one together."""
    given = [word for word in words if word.strip()]
    if len(given) > 1 and any(re.search(r"\s", word.strip()) for word in given):
        return tuple(given)
    return (" ".join(given),) if given else ()


def paragraphs(text: str) -> tuple[str, ...]:
    """The quotes of a plain text: what stands between blank lines."""
    return tuple(part.strip() for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if part.strip())
