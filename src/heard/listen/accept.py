"""Makes a note of accepted drafts: the drafts of one conversation share a note."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from heard.base import yamlio
from heard.listen.drafts import moment
from heard.listen.log import QuoteDraft, ReadTexts, letters, quote_block
from heard.values import Draft, HeardError


def note_of(draft: Draft, notes: Path) -> Path:
    """The note that a draft goes into: one for each conversation, day, company and permission.

    The name tells when and nothing else; an undated conversation goes to `undated/`.
    """
    letters = _letters("\0".join((draft.conversation or draft.key, *(value for _, value in _head(draft)))))
    return notes / note_name(draft, letters)


def note_name(draft: Draft, letters: str) -> PurePosixPath:
    """The path of a note below the notes' folder: its day, its time where that is known, and some letters."""
    when = moment(draft).replace(":", "")
    return PurePosixPath(when[:4], f"{when}-{letters}.md") if when else PurePosixPath("undated", f"{letters}.md")


def with_draft(text: str | None, draft: Draft, problems: Sequence[str], read_texts: ReadTexts) -> str:
    """The note's text with the draft's words as its last quote; `text` is None for a new note.

    Proved by reading it back. Raises `HeardError` where the words cannot be kept as a quote.
    """
    head = "".join(f"{key}: {yamlio.scalar(value)}\n" for key, value in _head(draft) if value)
    before = f"---\n{head}---\n" if text is None else text.rstrip("\n") + "\n\n"
    meant = [*(read_texts(text) if text else ()), draft.text]
    quote = QuoteDraft(draft.text, tuple(problems), draft_id(draft), said_by(draft), draft.tags)
    for escape in (False, True):
        after = f"{before}{quote_block(quote, escape=escape)}\n{_origin(draft)}"
        if list(read_texts(after)) == meant:
            return after
    raise HeardError(f"The words of {draft.place.path} cannot be kept as a quote as they stand: mend the file.")


def draft_id(draft: Draft) -> str:
    """The block id of a draft's quote, the same whenever it is accepted."""
    return _letters(draft.key or draft.text)


def said_by(draft: Draft) -> str:
    """`who, account, role` as a quote's last line has it; empty where nobody is named."""
    who = " ".join(reversed([part.strip() for part in draft.person.split(",", 1)]))
    who = " ".join(who.replace(",", " ").split())
    if not draft.role:
        return who
    return f"{who}, {draft.account}, {draft.role}"


def _head(draft: Draft) -> list[tuple[str, str]]:
    return [
        ("date", moment(draft)),
        ("source", draft.source.value),
        ("account", draft.account),
        ("industry", draft.industry),
        ("quotable", draft.quotable.value),
    ]


def _origin(draft: Draft) -> str:
    # In parentheses, so that no reader takes it for a link or a tag that files the quote above.
    return f"(from {draft.origin})\n" if draft.origin else ""


def _letters(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
    return letters(digest)
