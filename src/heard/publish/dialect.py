"""The dialect of papers: what a person writes shortly becomes standard Markdown.

`[[quote]]` alone on a line is a slot for the next approved quote; `Table: …` before a table (or
`Figure: …` before an image) becomes a numbered caption, `Source: …` after it a source line; a block
```chart gets both, too, and is drawn where page and PDF are made; `[[slug]]` and `[[slug|label]]`
link to other problems. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import pairwise

from heard.publish.captions import replacements
from heard.publish.charts import checking as charts
from heard.publish.lines import Line, level, split
from heard.publish.lists import widened
from heard.publish.typography import typeset_lines
from heard.publish.words import forms, plain
from heard.values import ApprovedQuote, Finding, Place, Severity

Link = Callable[[str], tuple[str, str] | None]
"""Gives the address (empty: taken off the site) and title of another problem, or None where there is none."""


def says_in_short(heading: str) -> bool:
    """Whether a heading is that of the summary, in any language that has words."""
    return plain(heading.strip(" #")) in forms("short")


_SLOT = re.compile(r" {0,3}\[\[quote\]\]\s*")
_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")


def expand(
    body: str,
    quotes: Sequence[ApprovedQuote],
    place: Place,
    link: Link | None = None,
    lang: str = "en",
) -> tuple[str, tuple[Finding, ...]]:
    """Standard Markdown of a paper's body; `place` is the line of the file where the body begins.

    Without `link`, `[[…]]` links are left as they are. `lang` is that of the words before a chart's number.
    """
    lines = typeset_lines(widened(body, place.line), lang)
    findings = [*_check_headings(lines, place.path), *charts.check(body, place.path, place.line)]
    if quotes and not any(_is_slot(line) for line in lines):
        lines = _with_slot(lines)
    out: list[str] = []
    waiting = iter(quotes)
    captions = replacements(lines, lang)
    for at, line in enumerate(lines):
        if at in captions:
            out.extend(captions[at])
        elif line.code:
            out.append(line.text)
        elif _is_slot(line):
            out.extend(_quote(next(waiting, None)))
        else:
            text, wrong = _linked(line, place.path, link)
            out.append(text)
            findings.extend(wrong)
    return "\n".join(out) + "\n", tuple(sorted(findings, key=lambda one: one.place))


def in_short(body: str) -> tuple[str, str]:
    """The text of the “In short” section without its heading, and everything else.

    The first is empty where a paper has no such section.
    """
    lines = split(body, 1)
    starts = [at for at, line in enumerate(lines) if level(line) == 2]
    for begin, end in pairwise([*starts, len(lines)]):
        if says_in_short(lines[begin].text):
            short = "\n".join(line.text for line in lines[begin + 1 : end])
            rest = "\n".join(line.text for line in (*lines[:begin], *lines[end:]))
            return short.strip("\n") + "\n", rest.strip("\n") + "\n"
    return "", body


def _is_slot(line: Line) -> bool:
    return not line.code and bool(_SLOT.fullmatch(line.text))


def _with_slot(lines: list[Line]) -> list[Line]:
    """The lines with a slot after the first paragraph of the second section, where there is one."""
    sections = [at for at, line in enumerate(lines) if level(line) == 2]
    if len(sections) < 2:
        return lines
    at = sections[1] + 1
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    while at < len(lines) and lines[at].text.strip() and not level(lines[at]):
        at += 1
    slot = [Line(0, text, False) for text in ("", "[[quote]]", "")]
    return [*lines[:at], *slot, *lines[at:]]


def _quote(quote: ApprovedQuote | None) -> list[str]:
    """The HTML block of a quote; nothing for a slot that no quote is left for."""
    if quote is None:
        return []
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", quote.text.strip())]
    words = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs)
    by = f"\n<footer>{escape(quote.by, quote=False)}</footer>" if quote.by else ""
    return ["", f'<blockquote class="market">\n{words}{by}\n</blockquote>', ""]


def _linked(line: Line, path: str, link: Link | None) -> tuple[str, list[Finding]]:
    """A line with its `[[…]]` resolved, outside of code spans."""
    findings: list[Finding] = []
    if link is None or "[[" not in line.text:
        return line.text, findings

    def resolve(found: re.Match[str]) -> str:
        slug, label = found[1].strip(), (found[2] or "").strip()
        target = link(slug)
        if target is None:
            message = f"no published problem “{slug}” to link to"
            if slug == "quote":
                message = "[[quote]] must stand alone on a line"
            findings.append(Finding(Place(path, line.number), Severity.TO_FIX, message, "paper/unknown-link"))
            return label or slug
        # A label is this paper's own Markdown; the name of another problem is plain text.
        words = re.sub(r"([\[\]\\])", r"\\\1", label) or _plain_text(target[1])
        if not target[0]:
            message = f"“{slug}” is not published any more, so its words stand here without a link"
            findings.append(Finding(Place(path, line.number), Severity.WORTH_A_LOOK, message, "paper/retired-link"))
            return words
        return f"[{words}](<{target[0]}>)" if " " in target[0] else f"[{words}]({target[0]})"

    parts = re.split(r"(`+[^`]*`+)", line.text)
    parts[::2] = [_LINK.sub(resolve, part) for part in parts[::2]]
    return "".join(parts), findings


def _plain_text(words: str) -> str:
    """A text as Markdown that shows exactly these words."""
    return re.sub(r"([\\`*_\[\]])", r"\\\1", escape(words, quote=False))


def _check_headings(lines: list[Line], path: str) -> Iterator[Finding]:
    """A heading of level 1 (the title is that), or one that skips a level."""
    last = 1
    for before, line in zip([None, *lines], lines, strict=False):
        depth = level(line)
        underlined = re.fullmatch(r"={2,}\s*", line.text) and before and before.text.strip()
        message = ""
        if depth == 1 or (underlined and not line.code):
            message = "the title is the paper's only heading of level 1: write ## here"
        elif depth > last + 1:
            message = f"a heading of level {depth} follows one of level {last}: write {'#' * (last + 1)}"
        if message:
            yield Finding(Place(path, line.number), Severity.TO_FIX, message, "paper/heading")
        last = max(depth, 2) if depth else last
