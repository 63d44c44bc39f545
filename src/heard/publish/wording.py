"""How numbers, dates and names are said on pages and in PDFs, in the language of a paper or of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from heard.publish.typography import typeset
from heard.publish.words import ENGLISH, languages, list_of, raw

Words = Mapping[str, Any]
"""Words by their names; `%s` in them stands for what is put in. A list has the forms of the plural."""


@cache
def words(lang: str) -> Words:
    """The fixed words for a language such as `de` or `de-AT`; English ones where there are none."""
    name = list_of(lang) or ENGLISH
    found = {**raw(ENGLISH), **raw(name), "lang": name}
    return {key: _with_marks(value, name) for key, value in found.items()}


def every_list() -> Mapping[str, Words]:
    """All fixed words, by language."""
    return {lang: words(lang) for lang in languages()}


def day(when: date | None, lang: str = ENGLISH) -> str:
    """`20 November 2026`, `20. November 2026`, `1er novembre 2026`; nothing for no day."""
    if not when:
        return ""
    known = words(lang)
    names = known.get("months_of", known["months"])
    first = known.get("first_day", "1")
    number = first if when.day == 1 else str(when.day)
    return str(known["day"]).format(day=number, month=names[when.month - 1], year=when.year)


def month(when: date | None, lang: str = ENGLISH) -> str:
    """`November 2026`, or nothing."""
    known = words(lang)
    return str(known["month_year"]).format(month=known["months"][when.month - 1], year=when.year) if when else ""


def period(text: str, lang: str = ENGLISH) -> str:
    """`February to May 2026` for `2026-02 to 2026-05`; anything else stays as it is."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2]) to (\d{4})-(0[1-9]|1[0-2])", text)
    if not found:
        return text
    first, last = date(int(found[1]), int(found[2]), 1), date(int(found[3]), int(found[4]), 1)
    known = words(lang)
    start = known["months"][first.month - 1] if first.year == last.year else month(first, lang)
    return str(known["span"]) % (start, month(last, lang))


def instant(when: date) -> str:
    """The start of a day as an ISO instant, as feeds and structured data want it."""
    return f"{when.isoformat()}T00:00:00+00:00"


def told(count: int, lang: str = ENGLISH) -> str:
    """`at least ten companies` for one of the published steps, nothing for 0."""
    return _counted(words(lang), "told", count) if count else ""


def said(known: Words, count: int) -> str:
    """`at least ten companies told me this`, in words of `words`; nothing for 0."""
    return _counted(known, "said", count) if count else ""


def since(quarter: str, lang: str = ENGLISH) -> str:
    """`Q1 2026` for `2026-Q1`; anything else stays as it is."""
    year, dash, part = quarter.partition("-Q")
    return f"{words(lang)['quarters'][int(part) - 1]} {year}" if dash and part in ("1", "2", "3", "4") else quarter


def size(octets: int, lang: str = ENGLISH) -> str:
    """A file's size as readers know it: `94 KB`, `1.2 MB`, `1,2 Mo`."""
    known = words(lang)
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0{known['sizes'][0]}"
    return f"{octets / 1_000_000:.1f}\u00a0{known['sizes'][1]}".replace(".", known["decimal"])


def counted(count: int, noun: str, lang: str = ENGLISH) -> str:
    """`1 page`, `12 stron`, with a space that does not break; `noun` is `pages` or `papers`."""
    known = words(lang)
    return f"{count}\u00a0{_form(known, known[noun], count)}"


def figure(lang: str) -> str:
    """The word before a chart's number."""
    return str(words(lang)["figures"][0])


def source(lang: str, said: str) -> str:
    """`Source: …`, with the signs of the language."""
    return typeset(f"{words(lang)['sources'][0]}: {said}", lang)


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def first_sentence(text: str) -> str:
    """The first sentence of a text, or nothing where that is longer than two lines."""
    found = re.match(r"\s*(.{10,160}?[.!?])(?:\s|$)", text, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def inside(name: str) -> str:
    """A name as it stands inside a sentence: `cold storage` for `Cold storage`; `HVAC` stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def monogram(name: str) -> str:
    """At most two initials, for where a portrait is missing."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _counted(known: Words, name: str, count: int) -> str:
    """A sentence with a number in it, as a word where it is one of the published steps."""
    return str(_form(known, known[name], count) % known["numbers"].get(count, count))


def _form(known: Words, forms: Sequence[str], count: int) -> str:
    return str(forms[min(_PLURALS[known["plural"]](count), len(forms) - 1)])


def _polish(count: int) -> int:
    few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
    return 0 if count == 1 else 1 if few else 2


_PLURALS: Mapping[str, Callable[[int], int]] = {
    "two": lambda count: int(count != 1),
    "french": lambda count: int(count > 1),
    "polish": _polish,
}
"""Which form of a noun goes with a number, for each rule that a list of words may name."""


def _with_marks(value: Any, lang: str) -> Any:
    """The value with typographic marks in every text of it, however deep; the marks themselves stay."""
    if isinstance(value, str):
        return typeset(value, lang) if len(value) > 3 else value
    if isinstance(value, list):
        return [_with_marks(item, lang) for item in value]
    if isinstance(value, dict):
        return {key: _with_marks(item, lang) for key, item in value.items()}
    return value
