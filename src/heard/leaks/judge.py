"""Whether what was found by its letters is the secret: where it begins and ends, how it is cut, and its capitals."""

from __future__ import annotations

import itertools
import re

from heard.leaks.normal import lower
from heard.leaks.pattern import ANYWHERE, Pattern, Rule
from heard.leaks.secret import Form, Sureness

_DOT = re.compile(r"\.|dot|punkt", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9 \t\r\n().+/\-\v\u2010-\u2015]+")
_DIGITS = re.compile(r"[^0-9]+")
_ATTACHED = re.compile(r"[0-9().+/\-]*\Z")
_ABROAD = re.compile(r"(?:00)?[1-9][0-9]{0,2}0?|0?")
# What stands within a word when half of it is emphasised, linked, or joined from two strings.
_STYLE = re.compile(r"[*_~`\[\]\\]+|[\"'`][ \t]{0,4}\+[ \t]{0,4}[\"'`]")
_SEPARATED = re.compile(r"[,;|/&]")
_NAME_BEFORE = re.compile(r"[A-Z][^\W\d_]*[.]?[ ]\Z")
_SENTENCE_END = re.compile(r"[.?!:;][\"')\]]{0,3}\s|\v|\n[ \t]*\n")
_ADDRESS = re.compile(r"[^\s\"'<>\x1e\v]*\Z")
_ADDRESS_END = re.compile(r"[^\s\"'<>\x1e\v]*")
_LIKE_ADDRESS = re.compile(
    r"://|\A\.{0,2}/|\Awww\.|@|\.(?:html?|pdf|md|png|jpe?g|webp|svg|css|js|json|xml|csv|gz)\b", re.IGNORECASE
)
_LONG = 14
"""So many letters do not follow each other by chance, wherever they are cut."""

_LONGEST_ADDRESS = 300


def judged(pattern: Pattern, text: str, start: int, end: int, form: Form) -> Sureness | None:
    """How sure it is that the letters from `start` to `end` are the secret; nothing if they are not."""
    span = text[start:end]
    if pattern.how and pattern.rule is Rule.ANYWHERE:
        return pattern.sureness
    if pattern.rule is Rule.PHONE:
        return pattern.sureness if _is_number(pattern, text, start, end) else None
    letters = lower(span)
    if letters != pattern.letters and not _looks_alike(letters, pattern.letters, span):
        return None
    if pattern.family_first and _in_a_list(text, start, end):
        return Sureness.REVIEW
    if pattern.rule is Rule.ANYWHERE:
        return pattern.sureness if _no_chance(pattern, text, start, end) else Sureness.REVIEW
    if not begins(text, start) or not _ends(pattern, text, end):
        return None
    return _CHECKS[pattern.rule](pattern, text, start, end, form)


def begins(text: str, at: int) -> bool:
    """Whether a word begins here, also within `camelCase`."""
    return at == 0 or not text[at - 1].isalnum() or (text[at].isupper() and text[at - 1].islower())


def ends(text: str, at: int) -> bool:
    """Whether a word ends before here, also within `camelCase`."""
    if at >= len(text) or not text[at].isalnum():
        return True
    return text[at].isupper() and (text[at - 1].islower() or text[at - 1].isdigit())


def is_address(text: str, start: int, end: int) -> bool:
    """Whether what stands here is part of a path or URL, where words are lower case."""
    before = _ADDRESS.search(text[max(start - _LONGEST_ADDRESS, 0) : start])
    after = _ADDRESS_END.match(text, end, end + _LONGEST_ADDRESS)
    whole = (before[0] if before else "") + text[start:end] + (after[0] if after else "")
    return _LIKE_ADDRESS.search(whole) is not None


def begins_sentence(text: str, at: int) -> bool:
    """Whether a capital is due here, whatever the word is."""
    before = text[max(at - 40, 0) : at].rstrip(" \t")
    if not before:
        return True
    return before[-1] in ".?!:;\"'([{*#>|•-–—_\v\x1e=,/\\`“”„«»" or before.endswith(("\n\n", "\n\v", "\r\n\r\n"))


def _looks_alike(found: bytes, sought: bytes, span: str) -> bool:
    """Whether other letters are digits in place of letters, or I in place of l."""
    if len(found) != len(sought):
        return False
    written = [c for c in span if c.isalnum()]
    if len(written) != len(found):
        return len(sought) >= ANYWHERE
    long = len(sought) >= ANYWHERE
    return all(a == b or c.isdigit() or c == "I" or long for a, b, c in zip(found, sought, written, strict=True))


def _no_chance(pattern: Pattern, text: str, start: int, end: int) -> bool:
    """Whether it is no chance that these letters follow each other, as in `lurking and reading` (King, Andrea)."""
    if len(pattern.letters) >= _LONG or (begins(text, start) and ends(text, end)):
        return True
    return _cut_well(*_cuts(text[start:end]), pattern)


def _in_a_list(text: str, start: int, end: int) -> bool:
    """Whether a surname may end one entry of a list and the first name begin the next: `Jack Yang, Igor Popov`."""
    between = "".join(_cuts(text[start:end])[1])
    if "\n" in between or "\v" in between:
        return True
    return bool(_SEPARATED.search(between) and _NAME_BEFORE.search(text[max(start - 40, 0) : start]))


def _ends(pattern: Pattern, text: str, end: int) -> bool:
    # A genitive without an apostrophe: `Ina Bergers`.
    genitive = pattern.rule is Rule.NAME and text[end : end + 1] == "s" and ends(text, end + 1)
    return genitive or ends(text, end)


def _as_name(pattern: Pattern, text: str, start: int, end: int, form: Form) -> Sureness | None:
    cuts, between = _cuts(text[start:end])
    if not _cut_well(cuts, between, pattern):
        return None
    if not pattern.common:
        return pattern.sureness
    if any(_SENTENCE_END.search(some) for some in between):
        return None
    return pattern.sureness if _capitals(text[start:end], pattern.joints) else Sureness.REVIEW


def _with_initial(pattern: Pattern, text: str, start: int, end: int, form: Form) -> Sureness | None:
    cuts, between = _cuts(text[start:end])
    if not _cut_well(cuts, between, pattern):
        return None
    if not _capital_initials(text[start:end], pattern) and not (form is Form.NAME or is_address(text, start, end)):
        return None
    return pattern.sureness


def _as_one_word(pattern: Pattern, text: str, start: int, end: int, form: Form) -> Sureness | None:
    cuts, between = _cuts(text[start:end])
    if cuts and not _cut_well(cuts, between, pattern) and not _capitals(text[start:end], frozenset(cuts)):
        return None
    return pattern.sureness


def _as_domain(pattern: Pattern, text: str, start: int, end: int, form: Form) -> Sureness | None:
    span = text[start:end]
    if not _DOT.search(span) and not (form is Form.NAME and ("-" in span or "_" in span)):
        return None
    cuts, between = _cuts(span)
    spelt = any("." not in some and some.isspace() for some in between)
    # `open banking. Community`: the dot that ends a sentence is none of an address.
    if any(_SENTENCE_END.search(some) for some in between) or (spelt and not re.search("dot|punkt|at", span, re.I)):
        return pattern.sureness if len(cuts) >= len(pattern.letters) - 1 else None
    return pattern.sureness


_CHECKS = {
    Rule.NAME: _as_name,
    Rule.INITIALS: _with_initial,
    Rule.ONE_WORD: _as_one_word,
    Rule.DOMAIN: _as_domain,
}


def _cuts(span: str) -> tuple[list[int], list[str]]:
    """After how many letters something else stands in the span, and what."""
    cuts: list[int] = []
    between: list[str] = []
    letters = 0
    for character in span:
        if character.isalnum():
            letters += 1
        elif cuts and cuts[-1] == letters:
            between[-1] += character
        else:
            cuts.append(letters)
            between.append(character)
    return cuts, between


def _cut_well(cuts: list[int], between: list[str], pattern: Pattern) -> bool:
    """Whether the name is cut between its words only, at the ends of lines, or after each letter."""
    if len(cuts) >= len(pattern.letters) - 1 - len(pattern.joints):
        return True
    return all(
        cut in pattern.joints or "\n" in some or _STYLE.fullmatch(some) for cut, some in zip(cuts, between, strict=True)
    )


def _capitals(span: str, joints: frozenset[int]) -> bool:
    letters = [character for character in span if character.isalnum()]
    return bool(letters) and all(not letters[at].islower() for at in (0, *joints) if at < len(letters))


def _capital_initials(span: str, pattern: Pattern) -> bool:
    """Whether all words of one letter are capitals, and a longer one begins with one: `plan a. miller` is none."""
    letters = [character for character in span if character.isalnum()]
    starts = sorted({0, *pattern.joints, len(pattern.letters)})
    if len(letters) != len(pattern.letters):
        return _capitals(span, frozenset())
    words = [letters[first:last] for first, last in itertools.pairwise(starts)]
    longer = [word for word in words if len(word) > 1]
    return all(not word[0].islower() for word in words if len(word) == 1) and any(w[0].isupper() for w in longer)


def _is_number(pattern: Pattern, text: str, start: int, end: int) -> bool:
    span = text[start:end]
    if not _NUMBER.fullmatch(span) or _DIGITS.sub("", span).encode() != pattern.letters:
        return False
    if end < len(text) and text[end].isdigit():
        return False
    before = _ATTACHED.search(text[max(start - 12, 0) : start])
    return before is None or _ABROAD.fullmatch(_DIGITS.sub("", before[0])) is not None
