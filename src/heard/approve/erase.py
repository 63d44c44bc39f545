"""Takes a name out of a text, and leaves every other byte as it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from heard.approve.seen import decoded, view
from heard.approve.spellings import Spelling
from heard.base.document import parse
from heard.base.text import fold, squeeze
from heard.base.text import words as words_of
from heard.values import FORGOTTEN

Span = tuple[int, int]

_LINK = re.compile(r"!?\[\[([^\[\]|\n]+)(\|[^\[\]\n]*)?\]\]")
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
_NO_DIGITS = re.compile(r"\D+")
_KEY = re.compile(r"[\s>]*(?:- +)?[\w-]+:")
_DASHES = ("—", "–", "--")


@dataclass(frozen=True, slots=True)
class Finder:
    """All spellings as one pattern, the longest first at each place."""

    spellings: tuple[Spelling, ...]
    pattern: re.Pattern[str]
    keys: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Erased:
    """A text without the name, and in how many places it stood."""

    text: str
    places: int


def finder(meant: Iterable[Spelling], others: Iterable[Spelling] = (), *, near: bool) -> Finder:
    """What finds the spellings that are meant, but for those within `others`' names.

    With `near` also those that only count in files about the account.
    """
    mine = [one for one in meant if near or not one.near]
    every = sorted((*others, *mine), key=lambda one: (-len(squeeze(one.text)), not one.kept, -len(one.text)))
    pattern = "|".join(f"(?P<s{at}>{one.pattern})" for at, one in enumerate(every))
    return Finder(tuple(every), re.compile(pattern or r"(?!)"), frozenset(_quick(one) for one in mine))


def _quick(one: Spelling) -> frozenset[str]:
    """What stands in every text that may hold the spelling: all its words, or of a number its last digits."""
    parts = words_of(one.text)
    if any(char.isalpha() for part in parts for char in part):
        return frozenset(parts)
    digits = "".join(parts)
    return frozenset({digits[-6:] if digits.isdigit() else fold(one.text)})


def find(text: str, how: Finder) -> list[Span]:
    """Where the name stands in a text, in order."""
    if not _may_hold(text, how):
        return []
    seen, at = view(text), 0
    header = _header_end(text)
    found: list[Span] = []
    while at <= len(seen.folded) and (match := how.pattern.search(seen.folded, at)):
        one = how.spellings[int((match.lastgroup or "s0")[1:])]
        if match.end() == match.start():
            at = match.end() + 1
            continue
        start, end = seen.span(match)
        if one.kept:
            at = match.end()
        elif _is_meant(text, start, end, one) and not (start < header and "\n" in text[start:end]):
            found.append((start, end))
            at = match.end()
        else:
            at = match.start() + 1
    return found


def _may_hold(text: str, how: Finder) -> bool:
    """A quick look, which nearly all texts do not pass."""
    plain = text.lower() if text.isascii() else fold(text.translate(_UNSEEN))
    # A number may be spaced in any way.
    digits = _NO_DIGITS.sub("", plain)
    if any(all(key in plain or (key.isdigit() and key in digits) for key in keys) for keys in how.keys):
        return True
    # What is escaped, or not UTF-8, shows only in the whole view.
    return any(sign in text for sign in "%\\&") or any("\udc80" <= char <= "\udcff" for char in text)


def _header_end(text: str) -> int:
    document = parse(text)
    return len(text) - len(document.body) if document.header is not None else 0


def _is_meant(text: str, start: int, end: int, one: Spelling) -> bool:
    said = text[start:end]
    if one.exact:
        return said == one.text or said.isupper() or _is_value(text, start, end)
    return not one.capital or said[:1].isupper() or not said[:1].islower() or _is_value(text, start, end)


def _is_value(text: str, start: int, end: int) -> bool:
    """Whether a name stands there by its place: the value of a key, the target of a link, who said something."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)].removeprefix(".md").lstrip(" \t\r\"'")
    behind = line.rstrip(" \t\"'")
    if rest[:1] not in ("", ",", "]", "}", "|", "#"):
        return False
    if behind.endswith(("[", "|", "{", "[[", "/")):
        return True
    if behind.endswith(",") or behind.lstrip("> \t").startswith(_DASHES):
        return behind.lstrip("> \t").startswith((*_DASHES, "[")) or "[" in behind
    return behind.endswith(":") and _KEY.fullmatch(behind) is not None


def erased(text: str, how: Finder, renamed: Mapping[str, str]) -> Erased:
    """The text with `(forgotten)` in every place where the name stands.

    A wikilink to the name becomes one word with its label; one to a file that is `renamed` (old names, case
    folded, without `.md`) follows it. What a line break or a blockquote's mark parts stays on its lines.
    """
    spans = find(text, how)
    edits = [(start, end, FORGOTTEN + _breaks(text[start:end])) for start, end in spans]
    if "[[" in text:
        edits = _with_links(text, edits, renamed)
    parts, at = [], 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return Erased("".join((*parts, text[at:])), len(edits))


def _breaks(said: str) -> str:
    match = re.search(r"\s*\n[\s>]*", said)
    return match[0] if match else ""


def _with_links(text: str, edits: list[tuple[int, int, str]], renamed: Mapping[str, str]) -> list[tuple[int, int, str]]:
    whole: list[tuple[int, int, str]] = []
    for link in _LINK.finditer(text):
        inner = [edit for edit in edits if link.start() < edit[0] and edit[1] < link.end()]
        start, end = _name_of(link)
        name = text[start:end]
        if any(edit[0] <= start and edit[1] >= end for edit in inner):
            whole.append((link.start(), link.end(), FORGOTTEN))
        elif (new := renamed.get(name.casefold())) is not None and new != name:
            label = [edit for edit in inner if edit[0] > end]
            folder = [edit for edit in inner if edit[1] < start]
            whole += [*folder, (start, end, new), *label]
        else:
            whole += inner
    outside = [edit for edit in edits if not any(s <= edit[0] and edit[1] <= e for s, e in _links(text))]
    return sorted({*whole, *outside})


def _links(text: str) -> list[Span]:
    return [link.span() for link in _LINK.finditer(text)]


def _name_of(link: re.Match[str]) -> Span:
    """Where the name of the file stands in a link's target: without folder, heading, block and suffix."""
    start, target = link.start(1), link[1]
    cut = min((at for at in (target.find("#"), target.find("^")) if at >= 0), default=len(target))
    target = target[:cut].rstrip()
    begin = target.rfind("/") + 1
    name = target[begin:].removesuffix(".md")
    lead = len(name) - len(name.lstrip())
    return start + begin + lead, start + begin + len(name)


def name_erased(name: str, how: Finder) -> str:
    """A file's or folder's name without the name that stands in it."""
    return erased(name, how, {}).text


def rewritten(content: bytes, how: Finder, renamed: Mapping[str, str], kept: Sequence[Span] = ()) -> tuple[bytes, int]:
    """A file's bytes without the name, and in how many places it stood; what is no text stays as it is.

    `kept` are the spans of its text in which nothing is replaced.
    """
    held = decoded(content)
    if held is None:
        return content, 0
    if kept:
        edges = [0, *(edge for span in kept for edge in span), len(held.text)]
        parts = [held.text[a:b] for a, b in itertools.pairwise(edges)]
        done = [erased(part, how, renamed) if at % 2 == 0 else Erased(part, 0) for at, part in enumerate(parts)]
        after = Erased("".join(one.text for one in done), sum(one.places for one in done))
    else:
        after = erased(held.text, how, renamed)
    return (held.encoded(after.text), after.places) if after.places else (content, 0)
