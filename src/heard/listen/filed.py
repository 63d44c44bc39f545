"""Notes of words that a table files itself: rows that agree in who, where and when share a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from heard.base import yamlio
from heard.base.fields import flag
from heard.listen.accept import draft_id, note_name
from heard.listen.drafts import cleaned, moment
from heard.listen.log import QuoteDraft, ReadTexts, quote_block
from heard.listen.seen import key_of
from heard.values import Draft, Finding

MOST = 200
"""So many quotes share a note at most."""

Head = tuple[tuple[str, str], ...]


def filed_notes(
    drafts: Iterable[Draft], slugs: Mapping[str, str], read_texts: ReadTexts, findings: list[Finding]
) -> dict[PurePosixPath, str]:
    """The notes, by their paths below the notes' folder; `slugs` says where a draft's problem is filed.

    Every note is proved by reading it back. Words that cannot be kept as a quote are left out, with a finding.
    """
    groups: dict[Head, list[Draft]] = {}
    for draft in map(cleaned, drafts):
        groups.setdefault(_head(draft), []).append(draft)
    found: dict[PurePosixPath, str] = {}
    for head, group in groups.items():
        for at in range(0, len(group), MOST):
            some = group[at : at + MOST]
            if text := _note(head, some, slugs, read_texts, findings):
                found[note_name(some[0], key_of(*(draft.key for draft in some))[:8])] = text
    return found


def _head(draft: Draft) -> Head:
    return (
        ("date", moment(draft)),
        ("source", draft.source.value),
        ("account", draft.account),
        ("person", draft.person),
        ("role", draft.role),
        ("industry", draft.industry),
        ("quotable", draft.quotable.value),
    )


def _note(
    head: Head, drafts: Sequence[Draft], slugs: Mapping[str, str], read_texts: ReadTexts, findings: list[Finding]
) -> str:
    top = "".join(f"{key}: {yamlio.scalar(value)}\n" for key, value in head if value)
    quotes = [_quote(draft, slugs) for draft in drafts]
    for escape in (False, True):
        text = f"---\n{top}---\n" + "\n".join(quote_block(quote, escape=escape) for quote in quotes)
        if list(read_texts(text)) == [quote.text for quote in quotes]:
            return text
    fine = list(_keepable(drafts, quotes, read_texts, findings))
    return _note(head, fine, slugs, read_texts, findings) if fine else ""


def _keepable(
    drafts: Sequence[Draft], quotes: Sequence[QuoteDraft], read_texts: ReadTexts, findings: list[Finding]
) -> Iterator[Draft]:
    for draft, quote in zip(drafts, quotes, strict=True):
        if any(list(read_texts(quote_block(quote, escape=escape))) == [quote.text] for escape in (False, True)):
            yield draft
        else:
            path, _, line = draft.origin.rpartition(":")
            message = "these words cannot be kept as a Markdown quote, and were left out"
            findings.append(flag(path, int(line) if line.isdigit() else 1, message, "import/words"))


def _quote(draft: Draft, slugs: Mapping[str, str]) -> QuoteDraft:
    slug = slugs.get(draft.problem, "")
    return QuoteDraft(draft.text, (slug,) if slug else (), draft_id(draft), tags=draft.tags)
