"""Typographer's marks in place of a typewriter's: quotation marks, apostrophes and French spaces, by language.

Marks that somebody typed as they should be stay as they are; so does everything in a language without a list of words.
Code, addresses, tags and whatever else Markdown reads as signs is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from heard.publish.lines import Line
from heard.publish.words import ENGLISH, base, list_of, raw

_SIGNS = re.compile(
    r"(?P<tag><[A-Za-z/!][^<>]*>)"
    r"|`+[^`]*`+|\[gap:[^\[\]]*\]|\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|\{[^{}\n]*\}|\[\[[^\[\]\n]*\]\]|\[\^[^\[\]\n]*\]:?"
    r"|https?://[^\s\"<>]+|[^\s\"'<>@]{1,64}@[^\s\"'<>@]+|\\.|&#?\w{1,12};"
    r"|^[ ]{0,3}\[[^\[\]\n]+\]:.*$|^[ ]{0,3}\*\[[^\[\]\n]+\]:.*$"
    r"|^[ ]*(?:!!!|\?\?\?\+?)[ ][^\"\n]*(?:\"|$)",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"(?P<tag>(?!))|https?://[^\s\"<>]+")
_TITLE_END = re.compile(r"^[ ]*(?:!!!|\?\?\?\+?)[ ][^\n]*(\")[ ]*$", re.MULTILINE)
_RAW = re.compile(r"<(pre|script|style|svg|textarea|math|code|samp|kbd)\b", re.IGNORECASE)
_BLOCK = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|\||\[\^|!!!|\?\?\?|:\s|>)")
_OPENS_AFTER = frozenset(" \n\t\u00a0\u202f([{|–—-/«‹„“‘‚¿¡>=+")
_NEVER_INSIDE = frozenset(" \n\t\u00a0\u202f.,;:!?)]}|")
_ELIDED = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|n)\b", re.IGNORECASE)
_GAP = "[ \u00a0\u202f]"
_BEFORE = re.compile(rf"(?<=[\w)\]»”’%°*_\"'\0]){_GAP}?(?=[;!?](?:[\s»”’\"')*_\0]|$)|:(?:[\s\0*_]|$)|[!?]{{2}})")
_GUILLEMETS = re.compile(rf"(?<=«){_GAP}?(?=\S)|(?<=\S){_GAP}?(?=»)")

Edit = tuple[int, int, str]


@dataclass(slots=True)
class _Text:
    """A text while its marks are looked for: `seen` is as long, with signs made letters and tags made nothing."""

    seen: str
    marks: tuple[str, str, str, str]
    before: list[str]
    after: list[str]
    open: list[str] = field(default_factory=list)
    outside: int = 0


def typeset(text: str, lang: str, *, quoted: bool = False) -> str:
    """A plain text with the marks of its language; `quoted` says that it will stand in quotation marks."""
    return _set(text, lang, _ADDRESS, quoted=quoted) if list_of(lang) else text


def typeset_lines(lines: Sequence[Line], lang: str) -> list[Line]:
    """The lines of a paper with the marks of its language; code and raw HTML that shows signs as they are stay."""
    if not list_of(lang):
        return list(lines)
    made: list[Line] = []
    for paragraph in _paragraphs(lines):
        if paragraph[0].code or _is_raw(paragraph):
            made += paragraph
            continue
        text = _set("\n".join(line.text for line in paragraph), lang, _SIGNS)
        made += [replace(line, text=said) for line, said in zip(paragraph, text.split("\n"), strict=True)]
    return made


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: no quotation reaches beyond them."""
    held: list[Line] = []
    shut = ""
    for line in lines:
        begins = not shut and (line.code or not line.text.strip() or bool(_BLOCK.match(line.text)))
        if held and (begins or held[-1].code or not held[-1].text.strip()) and not shut:
            yield held
            held = []
        held.append(line)
        shut = _still_raw(shut, line)
    if held:
        yield held


def _still_raw(shut: str, line: Line) -> str:
    """The end that raw HTML waits for after this line, or nothing."""
    low = line.text.lower()
    if shut:
        return "" if shut in low else shut
    found = None if line.code else _RAW.search(low)
    return f"</{found[1]}" if found and f"</{found[1]}" not in low[found.end() :] else ""


def _is_raw(paragraph: Sequence[Line]) -> bool:
    return any(_RAW.search(line.text) for line in paragraph) and len(paragraph) > 1


def _set(text: str, lang: str, signs: re.Pattern[str], *, quoted: bool = False) -> str:
    if not any(mark in text for mark in "\"'«»") and not _spaced(lang):
        return text
    seen = signs.sub(lambda found: ("\0" if found["tag"] else "a") * len(found[0]), text)
    edits = [*_quotes(_text(seen, lang, quoted=quoted))]
    edits += [*_title_ends(text)] if signs is _SIGNS else []
    if _spaced(lang):
        edits += [(one.start(), one.end(), "\u00a0") for one in (*_BEFORE.finditer(seen), *_GUILLEMETS.finditer(seen))]
    parts, last = [], 0
    for start, end, put in sorted(set(edits)):
        if start >= last:
            parts += [text[last:start], put]
            last = end
    return "".join((*parts, text[last:]))


def _text(seen: str, lang: str, *, quoted: bool) -> _Text:
    before, after = [""] * len(seen), [""] * len(seen)
    last = ""
    for at, char in enumerate(seen):
        before[at] = last
        last = last if char in "*_~\0" else char
    last = ""
    for at in range(len(seen) - 1, -1, -1):
        after[at] = last
        last = last if seen[at] in "*_~\0" else seen[at]
    return _Text(seen, _marks(base(lang)), before, after, outside=int(quoted))


def _quotes(one: _Text) -> Iterator[Edit]:
    """What replaces each straight mark."""
    doubles = [at for at, char in enumerate(one.seen) if char == '"']
    singles = [at for at, char in enumerate(one.seen) if char == "'" and _may_end(one, at)]
    ends = {'"': doubles[-1] if doubles else -1, "'": singles[-1] if singles else -1}
    for at, char in enumerate(one.seen):
        if char in ends:
            put = _double(one, at, ends[char]) if char == '"' else _single(one, at, ends[char])
            if put:
                _remember(one, at, put)
                yield at, at + 1, put


def _remember(one: _Text, at: int, put: str) -> None:
    """What stands beside a mark sees what became of it."""
    if at + 1 < len(one.before) and one.before[at + 1] in "\"'":
        one.before[at + 1] = put.strip("\u00a0")


def _double(one: _Text, at: int, end: int) -> str:
    opens = _may_open(one, at)
    if '"' in one.open and not opens:
        return _close(one, '"')
    return _open(one, '"') if opens and at < end else ""


def _single(one: _Text, at: int, end: int) -> str:
    before, after = one.before[at], one.after[at]
    if before.isalnum() and after.isalnum():
        return "’"
    if "'" in one.open and before and not before.isspace():
        return _close(one, "'")
    if _may_open(one, at) and at < end and not _ELIDED.match(one.seen, at + 1):
        return _open(one, "'")
    return "’" if before.isalnum() or after.isalnum() else ""


def _may_open(one: _Text, at: int) -> bool:
    before, after = one.before[at], one.after[at]
    return (not before or before in _OPENS_AFTER) and bool(after) and after not in _NEVER_INSIDE


def _may_end(one: _Text, at: int) -> bool:
    before, after = one.before[at], one.after[at]
    return bool(before) and not before.isspace() and not after.isalnum()


def _open(one: _Text, kind: str) -> str:
    inner = (len(one.open) + one.outside) % 2 or (kind == "'" and not one.open)
    one.open.append(kind)
    return one.marks[2 if inner else 0]


def _close(one: _Text, kind: str) -> str:
    while one.open.pop() != kind:
        continue
    inner = (len(one.open) + one.outside) % 2 or (kind == "'" and not one.open)
    return one.marks[3 if inner else 1]


def _title_ends(text: str) -> Iterator[Edit]:
    """The mark that ends a box's title is Markdown's."""
    for found in _TITLE_END.finditer(text):
        yield found.start(1), found.end(1), '"'


@cache
def _marks(name: str) -> tuple[str, str, str, str]:
    one, two, three, four = raw(name if list_of(name) else ENGLISH)["quotes"]
    return str(one), str(two), str(three), str(four)


@cache
def _spaced(lang: str) -> bool:
    """Whether a language sets a space before high punctuation."""
    return bool(list_of(lang)) and bool(raw(base(lang)).get("spaced"))
