"""How somebody's names may be written: each spelling as a pattern over folded text."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from heard.base.text import fold, slugify, squeeze, squeeze_company
from heard.base.text import words as words_of
from heard.values import Account, Person

_LOOSE = 6
"""From so many letters on, words may be joined in any way (`AcmeFoods`, `acme-foods`)."""

SHORT = 4
"""A single word of at most so many letters may be an ordinary one: only its own capitals mean the name."""

_GAP = r"(?:[ \t\-‐-―_.'’&+/]{0,3}|[ \t]*\r?\n[ \t>]{0,20})"
_COMMA_GAP = r"[ \t]{0,2},[ \t]{0,2}"
_TITLES = frozenset(
    "dr prof mr mrs ms mx herr frau sir dame von van vom zu de der den del di da dos du la le".split()  # noqa: SIM905
)
_LETTER = r"[^\W\d_]"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a name.

    `pattern` is searched in folded text. With `capital` only what begins with a capital letter is meant, or what
    stands where a name stands; with `exact` only these very letters, likewise; with `near` only in files that are
    about the account. What is `kept` is another's name, in which nothing is replaced.
    """

    text: str
    pattern: str
    capital: bool = False
    exact: bool = False
    near: bool = False
    kept: bool = False

    @property
    def key(self) -> str:
        """The letters that stand wherever the spelling stands, for a quick look."""
        return max(words_of(self.text) or [fold(self.text)], key=len)


def company(account: Account, also: Iterable[str] = ()) -> tuple[Spelling, ...]:
    """Every spelling of an account: names, aliases, file name, domains; `also` are those that notes use."""
    found: list[Spelling] = []
    for text in dict.fromkeys((account.name, *account.aliases, *also)):
        if "." in text and "@" not in text and " " not in text.strip():
            found.append(_domain(text))
        found += _named(text)
        if bare := _without_form(text):
            found += [replace(one, capital=one.capital or " " not in bare) for one in _named(bare)]
    found += [replace(one, capital=" " not in one.text) for one in _named(account.slug.replace("-", " "))]
    found += [_domain(domain) for domain in account.domains]
    return _distinct(found)


def person(who: Person, also: Iterable[str] = ()) -> tuple[Spelling, ...]:
    """Every spelling of a person: whole names anywhere, single words and initials only near."""
    found: list[Spelling] = []
    for text in dict.fromkeys((who.name, *who.aliases, *also)):
        if "@" in text:
            found.append(_email(text))
            continue
        parts = [part for part in words_of(text) if part not in _TITLES]
        if len(words_of(text)) > 1 and parts:
            found += _named(text)
            found += _turned(parts)
        found += [_word(part) for part in parts if len(part) > 1]
    found += [_email(who.email)] if who.email else []
    found += _phone(who.phone) if who.phone else []
    return _distinct(found)


def literal(text: str) -> tuple[Spelling, ...]:
    """The spellings of words that are no known account's or person's."""
    if "@" in text:
        return (_email(text),)
    return _distinct(_named(text))


def kept(names: Iterable[str], meant: Iterable[Spelling]) -> tuple[Spelling, ...]:
    """The names of others in which a spelling that is meant stands: longer ones, which stay whole."""
    inside = {tuple(words_of(one.text)) for one in meant if words_of(one.text)}
    exact = {squeeze(one.text) for one in meant}
    found: list[Spelling] = []
    for name in dict.fromkeys(names):
        own = words_of(name)
        if squeeze(name) not in exact and any(_within(part, own) for part in inside):
            found += [replace(one, kept=True, capital=False, exact=False) for one in _named(name)]
    return _distinct(found)


def _within(part: tuple[str, ...], whole: list[str]) -> bool:
    return any(tuple(whole[at : at + len(part)]) == part for at in range(len(whole) - len(part) + 1))


def _named(text: str) -> list[Spelling]:
    text = " ".join(text.split())
    ways = dict.fromkeys((text, text.translate(_UMLAUTS), *([slugify(text).replace("-", " ")] if text else [])))
    found = []
    for way in ways:
        if pattern := _pattern(way):
            short = len(squeeze(way)) <= SHORT and len(words_of(way)) < 2
            found.append(Spelling(way, pattern, exact=short))
    return found


def _pattern(text: str) -> str:
    folded = fold(unicodedata.normalize("NFC", text))
    parts = list(re.finditer(r"[^\W_]+", folded))
    if not parts:
        return re.escape(folded.strip())
    loose = sum(len(part[0]) for part in parts) >= _LOOSE
    built = re.escape(parts[0][0])
    for last, part in itertools.pairwise(parts):
        between = folded[last.end() : part.start()]
        own = re.escape(between.strip())
        exactly = rf"[ \t]{{0,2}}{own}[ \t]{{0,2}}" if own else r"(?:[ \t]{1,3}|[ \t]*\r?\n[ \t>]{0,20})"
        built += (f"(?:{_GAP}|{exactly})" if loose else exactly) + re.escape(part[0])
    before, behind = folded[: parts[0].start()].strip(), folded[parts[-1].end() :].strip()
    bounded = _bounded(built, parts[0][0][0], parts[-1][0])
    # `Acme Inc.` has its full stop as well, where it is written with it.
    return (f"(?:{re.escape(before)})?" if before else "") + bounded + (f"(?:{re.escape(behind)})?" if behind else "")


def _bounded(built: str, first: str, last: str) -> str:
    """The pattern as whole words; a final `s` of a genitive may follow, and scripts without spaces know no words."""
    before = rf"(?<!{_LETTER})" if _ends_words(first) else r"(?<!\d)" if first.isdigit() else ""
    genitive = "s?" if len(last) >= SHORT and last[-1] != "s" else ""
    after = rf"(?={genitive}(?!{_LETTER}))" if _ends_words(last[-1]) else r"(?!\d)" if last[-1].isdigit() else ""
    return f"{before}{built}{after}"


def _ends_words(char: str) -> bool:
    return char.isalpha() and unicodedata.east_asian_width(char) not in "WF" and not "\u0e00" <= char <= "\u0eff"


def _turned(parts: list[str]) -> Iterator[Spelling]:
    """A person's name surname first, without middle names, and near also with an initial."""
    first, last = parts[0], parts[-1]
    if len(parts) < 2:
        return
    gap = _GAP if len(first) + len(last) >= _LOOSE else r"[ \t]{1,3}"
    yield Spelling(f"{last} {first}", _bounded(rf"{last}(?:{_COMMA_GAP}|{gap}){first}", last[0], first))
    yield Spelling(f"{first} {last}", _bounded(f"{first}{gap}{last}", first[0], last))
    initial = rf"{first[0]}(?:\.[ \t]{{0,2}}|[ \t]{{1,2}}|_|-){last}"
    yield Spelling(f"{first[0]} {last}", _bounded(initial, first[0], last), near=True)


def _word(word: str) -> Spelling:
    return Spelling(word, _bounded(re.escape(word), word[0], word), capital=True, near=True)


def _email(address: str) -> Spelling:
    return Spelling(address, rf"(?<![\w.+-]){re.escape(fold(address.strip()))}(?![\w-])(?!\.\w)")


def _domain(name: str) -> Spelling:
    """A domain with the mailbox or the host before it: `x@mail.acme.example`."""
    bare = fold(name.strip()).removeprefix("www.")
    before = r"(?:(?<![\w.+-])[\w.+-]{1,64}@)?(?:(?<![\w-])[\w-]{1,63}\.){0,4}"
    return Spelling(bare, rf"{before}(?<![\w-]){re.escape(bare)}(?![\w-])(?!\.\w)")


def _phone(number: str) -> Iterator[Spelling]:
    digits = "".join(char for char in unicodedata.normalize("NFKC", number) if char.isdigit())
    if len(digits) < 6:
        return
    between = r"[ \t().\-/‐-―]{0,3}"
    yield Spelling(number, _dialled(digits, between))
    if number.strip().startswith(("+", "00")):
        country = digits.removeprefix("00")
        for code in (1, 2, 3):
            rest = country[code:]
            if len(rest) >= SHORT + 3:
                whole = rf"(?:\+|00)?{between}{between.join(country[:code])}{between}\(?0?\)?{between}"
                yield Spelling(number, rf"(?<![\d+]){whole}{between.join(rest)}(?!\d)")
                yield Spelling(number, rf"(?<![\d+])\(?0{between}{between.join(rest)}(?!\d)")


def _dialled(digits: str, between: str) -> str:
    return rf"(?<![\d+])(?:\+|00)?{between}{between.join(digits)}(?!\d)"


def _without_form(name: str) -> str:
    """A company's name without its legal form, or nothing if it has none."""
    own, bare = words_of(name.replace("&", " ")), squeeze_company(name)
    for start in range(len(own)):
        for end in range(len(own), start, -1):
            if "".join(own[start:end]) == bare and end - start < len(own):
                return " ".join(own[start:end])
    return ""


def _distinct(found: Iterable[Spelling]) -> tuple[Spelling, ...]:
    """Each pattern once, in its widest meaning; the longest first, so that the longest name is found."""
    kept_ones: dict[str, Spelling] = {}
    for one in found:
        other = kept_ones.get(one.pattern)
        if other is None or _narrowness(one) < _narrowness(other):
            kept_ones[one.pattern] = one
    return tuple(sorted(kept_ones.values(), key=lambda one: (-len(squeeze(one.text)), one.text)))


def _narrowness(one: Spelling) -> int:
    return 4 * one.near + 2 * one.exact + one.capital
