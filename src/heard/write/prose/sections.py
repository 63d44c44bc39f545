"""What a paper's outline asks for, and a text lacks."""

from __future__ import annotations

from heard.write.prose.markdown import Kind, Prose
from heard.write.prose.phrases import holds
from heard.write.prose.words import Lists, Section, headed

EXAMPLE = "example"
SHORT = "short"


def missing(text: Prose, known: Lists, *, says_not_for: bool) -> tuple[Section, ...]:
    """The sections of the outline that no heading, table or list of the text stands for, in their order.

    `says_not_for` is whether the paper's header says for whom it is not.
    """
    return tuple(one for one in known.sections if not _is_there(one, known.lang, text, says_not_for))


def _is_there(section: Section, lang: str, text: Prose, says_not_for: bool) -> bool:
    if any(block.kind is Kind.HEADING and section.key in headed(lang, block.section) for block in text.blocks):
        return True
    if section.key == "limits":
        return says_not_for
    if section.key == "monday":
        return any(block.task for block in text.blocks)
    if section.key == "know":
        return any(block.kind is Kind.NOTE for block in text.blocks)
    return any(holds(_head(text, block.start), section.table) for block in text.blocks if block.kind is Kind.TABLE)


def _head(text: Prose, start: int) -> str:
    """A table's first row."""
    return text.raw[start:].partition("\n")[0]
