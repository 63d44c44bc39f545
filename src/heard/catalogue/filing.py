"""Files a quote of a note under problems, by the smallest edit of the text; every other byte stays.

A text is a whole note, decoded from UTF-8 and otherwise as it lies on disk. Each edit is proved: the edited
text is read again, and nothing but the filing may differ. What cannot be proved is not done; the error says
what to type by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from heard.catalogue.notes import block_end, filing_lines, read_note
from heard.catalogue.quotes import LINK, is_marks, target
from heard.values import Finding, HeardError, Note, Quote

_Way = Callable[[re.Match[str]], str]
"""What a link becomes."""

_PREFIX = re.compile(r"[ \t]{0,3}(?:>[ \t]*)*")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A quote in its note's text: the lines of its blockquote, and all that may file it, from 0."""

    mark: str
    lines: tuple[str, ...]
    note: Note
    codes: tuple[str, ...]
    at: int
    start: int
    end: int
    below: tuple[int, ...]

    @property
    def quote(self) -> Quote:
        return self.note.quotes[self.at]

    @property
    def rows(self) -> tuple[int, ...]:
        return (*range(self.start, self.end), *self.below)


def file_under(text: str, line: int, words: str, slugs: Sequence[str], path: str = "the note") -> str:
    """The text with the quote filed under these problems as well.

    The quote is the one that begins at `line` (from 1) and whose words are `words`; if the note was edited,
    the one with these words. Links join those that are there, or get a line of their own in the quote.
    Raises `HeardError`, naming `path`, if there is no such quote or the edit cannot be proved.
    """
    spot = _spot(text, line, words, path)
    fresh = [slug for slug in dict.fromkeys(slugs) if slug not in spot.quote.problems]
    if not fresh:
        return text
    meant = replace(spot.quote, problems=(*spot.quote.problems, *fresh))
    links = " ".join(f"[[{slug}]]" for slug in fresh)
    return _first_proved(_with_links(spot, links), spot, meant) or _fail(spot, path, f"write `{links}` below the quote")


def refile(text: str, line: int, words: str, old: str, new: str, path: str = "the note") -> str:
    """The text with the quote's links to `old` pointing at `new`; labels and words stay.

    Where it is filed under `new` already, the link to `old` goes. Raises `HeardError` as `file_under` does.
    """
    spot = _spot(text, line, words, path)
    if old not in spot.quote.problems or old == new:
        return text
    if new in spot.quote.problems:
        return unfile(text, line, words, old, path)
    meant = replace(spot.quote, problems=tuple(new if slug == old else slug for slug in spot.quote.problems))
    ways: tuple[_Way, ...] = (lambda link: _link(new, link[2]), lambda link: _link(new, link[2] or target(link[1])))
    edited = _each_link(spot, old, ways)
    return _first_proved([edited], spot, meant) or _fail(spot, path, f"write `[[{new}]]` instead of `[[{old}]]`")


def refile_all(text: str, wanted: Sequence[tuple[Quote, str]], new: str, path: str = "the note") -> str:
    """The text with many quotes of its note refiled: pairs of a quote and the link of it that shall be `new`.

    A note of ten thousand quotes takes as long as reading it twice. Raises `HeardError` as `file_under` does.
    """
    edited = _refiled_at_once(text, wanted, new)
    if edited:
        return edited
    # From below, so that a line that goes moves no quote that is still to come.
    for quote, old in sorted(wanted, key=lambda pair: -pair[0].line):
        text = refile(text, quote.line, quote.text, old, new, path)
    return text


def unfile(text: str, line: int, words: str, slug: str, path: str = "the note") -> str:
    """The text with the quote not filed under `slug` any more; a link within the words becomes its words.

    Raises `HeardError` as `file_under` does.
    """
    spot = _spot(text, line, words, path)
    if slug not in spot.quote.problems:
        return text
    meant = replace(spot.quote, problems=tuple(one for one in spot.quote.problems if one != slug))
    ways: tuple[_Way, ...] = (lambda link: "", lambda link: link[2] or target(link[1]))
    edited = _each_link(spot, slug, ways)
    return _first_proved([edited], spot, meant) or _fail(spot, path, f"delete `[[{slug}]]`")


def with_id(text: str, line: int, words: str, identifier: str, path: str = "the note") -> str:
    """The text with `^identifier` at the quote, if it has no id yet.

    Raises `HeardError` as `file_under` does.
    """
    spot = _spot(text, line, words, path)
    if spot.quote.id:
        return text
    meant = replace(spot.quote, id=identifier)
    ways = _with_mark(spot, f"^{identifier}")
    return _first_proved(ways, spot, meant) or _fail(spot, path, f"write `^{identifier}` at the end of the quote")


def _refiled_at_once(text: str, wanted: Sequence[tuple[Quote, str]], new: str) -> str:
    """The text with all the links changed where they stand; empty if it would not read back as meant."""
    findings: list[Finding] = []
    note = read_note(text, "", findings)
    at = {quote: number for number, quote in enumerate(note.quotes)}
    lines = text.split("\n")
    meant = list(note.quotes)
    for quote, old in wanted:
        if quote not in at or new in quote.problems:
            return ""
        number = at[quote]
        meant[number] = replace(quote, problems=tuple(new if one == old else one for one in meant[number].problems))
        end = block_end(lines, quote.line - 1)
        below, _ = filing_lines(lines, end, 0)
        for row in (*range(quote.line - 1, end), *(row for row, _ in below)):
            if old in lines[row]:
                lines[row] = _relinked(lines[row], old, new)
    edited = "\n".join(lines)
    again: list[Finding] = []
    same = read_note(edited, "", again) == replace(note, quotes=tuple(meant))
    return edited if same and [f.code for f in again] == [f.code for f in findings] else ""


def _spot(text: str, line: int, words: str, path: str) -> _Spot:
    findings: list[Finding] = []
    note = read_note(text, "", findings)
    alike = [at for at, quote in enumerate(note.quotes) if quote.text == words]
    here = [at for at in alike if note.quotes[at].line == line] or alike
    if len(here) != 1:
        shown = " ".join(words.split())
        shown = shown if len(shown) <= 60 else shown[:59].rstrip() + "…"
        why = "stands there several times" if here else "is not there any more"
        raise HeardError(f"{path}:{line}: the quote “{shown}” {why}. Nothing was changed.")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text[len(mark) :].split("\n")
    start = note.quotes[here[0]].line - 1
    end = block_end(lines, start)
    below, _ = filing_lines(lines, end, 0)
    codes = tuple(sorted(finding.code for finding in findings))
    return _Spot(mark, tuple(lines), note, codes, here[0], start, end, tuple(number for number, _ in below))


def _first_proved(ways: Iterable[Sequence[str]], spot: _Spot, meant: Quote) -> str:
    """The first way of editing that reads back as meant; empty if none does."""
    for lines in ways:
        text = spot.mark + "\n".join(lines)
        if _reads_as(text, spot, meant):
            return text
    return ""


def _reads_as(text: str, spot: _Spot, meant: Quote) -> bool:
    findings: list[Finding] = []
    found = read_note(text, "", findings)
    quotes = [*spot.note.quotes[: spot.at], meant, *spot.note.quotes[spot.at + 1 :]]
    return (
        replace(found, quotes=()) == replace(spot.note, quotes=())
        and [replace(quote, line=0) for quote in found.quotes] == [replace(quote, line=0) for quote in quotes]
        and found.quotes[spot.at].line == spot.quote.line
        and tuple(sorted(finding.code for finding in findings)) == spot.codes
    )


def _with_links(spot: _Spot, links: str) -> Iterator[list[str]]:
    """The ways to add links: behind the last link of the quote, or on a line of their own."""
    for number in reversed(spot.rows):
        found = list(LINK.finditer(spot.lines[number]))
        if found:
            line, at = spot.lines[number], found[-1].end()
            yield _changed(spot.lines, number, f"{line[:at]} {links}{line[at:]}")
            break
    yield from _on_a_new_line(spot, links)


def _with_mark(spot: _Spot, mark: str) -> Iterator[list[str]]:
    """The ways to add a block id: behind the last words, behind any other line, on a line of its own."""
    rows = [number for number in reversed(range(spot.start, spot.end)) if _bare(spot.lines[number])]
    own = [number for number in rows if not is_marks(_bare(spot.lines[number]))]
    own = [number for number in own if _bare(spot.lines[number])[:1] not in "—–-"] or own
    for number in dict.fromkeys([*own[:1], *rows]):
        line = spot.lines[number]
        text = line.rstrip()
        yield _changed(spot.lines, number, f"{text} {mark}{line[len(text) :]}")
    yield from _on_a_new_line(spot, mark)


def _on_a_new_line(spot: _Spot, marks: str) -> Iterator[list[str]]:
    last = max(
        (n for n in range(spot.start, spot.end) if _bare(spot.lines[n])),
        default=spot.end - 1,
    )
    line = spot.lines[last]
    prefix = _PREFIX.match(line)
    start = (prefix[0].rstrip() if prefix else ">") + " "
    for number in dict.fromkeys([last + 1, spot.end]):
        # The last line of a file may have no line end: the new one then takes over its place.
        ends = line.endswith("\r") or (number == len(spot.lines) and "\r\n" in "\n".join(spot.lines))
        lines = list(spot.lines)
        if number == len(lines):
            lines[-1] += "\r" if ends else ""
            yield [*lines, start + marks]
        else:
            yield [*lines[:number], start + marks + ("\r" if ends else ""), *lines[number:]]


def _each_link(spot: _Spot, slug: str, ways: Sequence[_Way]) -> list[str]:
    """The lines with every link to a problem rewritten, each in the first way that leaves the words as they are."""
    lines: list[str | None] = list(spot.lines)
    for number in spot.rows:
        for link in reversed(list(LINK.finditer(spot.lines[number]))):
            if target(link[1]) != slug:
                continue
            for way in ways:
                line = _replaced(lines[number] or "", link, way(link))
                edited = [*lines[:number], line if _bare(line) else None, *lines[number + 1 :]]
                if _same_words(spot, edited):
                    lines = edited
                    break
    return [line for line in lines if line is not None]


def _replaced(line: str, link: re.Match[str], text: str) -> str:
    before, after = line[: link.start()], line[link.end() :]
    if not text:
        # One of the two gaps around the link goes with it; the one behind the mark of quotation stays.
        before = before.rstrip(" \t") if before[-1:] in (" ", "\t") and _bare(before) else before
        after = after.lstrip(" \t") if not _bare(before) else after
    return before + text + after


def _same_words(spot: _Spot, lines: Sequence[str | None]) -> bool:
    found = read_note("\n".join(line for line in lines if line is not None), "", []).quotes
    blank = [replace(quote, problems=(), line=0) for quote in found]
    return blank == [replace(quote, problems=(), line=0) for quote in spot.note.quotes]


def _changed(lines: Sequence[str], number: int, line: str) -> list[str]:
    return [*lines[:number], line, *lines[number + 1 :]]


def _relinked(line: str, old: str, new: str) -> str:
    return LINK.sub(lambda link: _link(new, link[2]) if target(link[1]) == old else link[0], line)


def _link(slug: str, label: str | None) -> str:
    return f"[[{slug}|{label}]]" if label else f"[[{slug}]]"


def _bare(line: str) -> str:
    return line.lstrip("> \t").strip()


def _fail(spot: _Spot, path: str, by_hand: str) -> str:
    raise HeardError(
        f"{path}:{spot.quote.line}: this quote cannot be edited safely, so it was left as it is: {by_hand} yourself."
    )
