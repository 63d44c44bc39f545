"""Reads one note: its header, its quotes, and the rest of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from heard.base.document import parse_to_read
from heard.base.fields import flag
from heard.base.text import near_miss
from heard.catalogue.heading import NO_KEYS, Keys, read_heading
from heard.catalogue.quotes import KNOWN_TAGS, Heading, Row, has_link, is_marks, read_quote
from heard.values import Finding, Note, Quote, Severity

_FENCE = re.compile(r"`{3,}(?=[^`]*\Z)|~{3,}")
_SAID = re.compile(r"\[!(?:quote|cite)\][+-]?\s*(.*)", re.IGNORECASE)
_MERGE_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MERGE_END = ">>>>>>> "
_SLIPS = 100
"""So many strange tags of one note are compared with ours; a text with more is no note."""


def read_note(text: str, path: str, findings: list[Finding], keys: Keys = NO_KEYS) -> Note:
    """The note of a file's text. Whatever is wrong is added to the findings; reading never fails.

    `keys` says what the person's own keys in the header mean.
    """
    document = parse_to_read(text)
    head = read_heading(document, path, findings, keys)
    strange: list[Row] = []
    cut: list[int] = []
    quotes, rest, fence = _read_body(document.body, document.body_line, head, strange, cut)
    if strange:
        _report_slips(strange, path, findings)
    for line in cut[:_SLIPS]:
        message = (
            "this line touches the quote above it, but is not read as part of it: begin it with `> `, or leave a line"
        )
        findings.append(flag(path, line, message, "note/cut-quote", Severity.WORTH_A_LOOK))
    if fence:
        message = "this block of code is never closed, so quotes below it are not read"
        findings.append(flag(path, fence, message, "note/open-code", Severity.WORTH_A_LOOK))
    elif not quotes:
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


def _report_slips(strange: Sequence[Row], path: str, findings: list[Finding]) -> None:
    known = sorted(KNOWN_TAGS)
    for line, tag in strange[:_SLIPS]:
        if slip := near_miss(tag, known):
            message = f"`#{tag}` looks like a slip of `#{slip}`, and is not read"
            findings.append(flag(path, line, message, "note/unknown-tag"))


def _read_body(
    body: str, first: int, head: Heading, strange: list[Row], cut: list[int]
) -> tuple[tuple[Quote, ...], str, int]:
    """The quotes, the other words, and the line of a block of code that swallows quotes (0: none).

    The lines that only seem to belong to the quote above them are added to `cut`.
    """
    lines = body.split("\n")
    quotes: list[Quote] = []
    rest: list[str] = []
    fence, opened, at = "", 0, 0
    while at < len(lines):
        line = lines[at]
        bare = line.lstrip()
        if fence or bare[:3] in ("```", "~~~"):
            opened = opened if fence else at
            fence = _fence_after(fence, bare)
        elif bare[:1] == ">" and len(line) - len(bare) < 4 and not line.startswith(_MERGE_END):
            start, at = at, block_end(lines, at)
            block = [row.lstrip("> \t").strip() for row in lines[start:at]]
            if block[0].startswith("[!"):
                said = _SAID.fullmatch(block[0])
                if not said:
                    rest += lines[start:at]
                    continue
                # Obsidian's own way to quote: its title is who said it.
                block = ["", *block[1:], *([f"— {said[1]}"] if said[1] else [])]
            if at < len(lines) and _seems_to_go_on(lines[at]):
                cut.append(first + at)
            after, at = filing_lines(lines, at, first)
            if quote := read_quote(block, after, first + start, head, strange):
                quotes.append(quote)
            continue
        rest.append(line)
        at += 1
    swallowed = fence and any(line.lstrip()[:1] == ">" for line in lines[opened:])
    return tuple(quotes), "\n".join(rest).strip(), first + opened if swallowed else 0


def _seems_to_go_on(line: str) -> bool:
    """Whether a line directly below a quote would be taken for a part of it by other readers."""
    return bool(line.strip()) and not is_marks(line.strip()) and not line.startswith(_MERGE_MARKS)


def _fence_after(fence: str, bare: str) -> str:
    """The fence of the block of code that is open after a line; empty for none."""
    if fence:
        row = bare.rstrip()
        return "" if len(row) >= len(fence) and not row.strip(fence[0]) else fence
    match = _FENCE.match(bare)
    return match[0] if match else ""


def block_end(lines: Sequence[str], at: int) -> int:
    """The line behind the blockquote that begins at a line; both counted from 0."""
    while at < len(lines) and lines[at].lstrip()[:1] == ">" and not lines[at].startswith(_MERGE_END):
        at += 1
    return at


def filing_lines(lines: Sequence[str], at: int, first: int) -> tuple[list[Row], int]:
    """The lines below a blockquote that hold only marks, one with links at most, and where they end."""
    found: list[Row] = []
    end, linked = at, False
    for number in range(at, len(lines)):
        row = lines[number].strip()
        if not row:
            continue
        if not is_marks(row) or (linked and has_link(row)):
            break
        linked = linked or has_link(row)
        found.append((first + number, row))
        end = number + 1
    return found, end
