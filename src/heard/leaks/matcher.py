"""Finds known secrets in texts, however they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from heard.leaks import judge, looks, ordinary, words
from heard.leaks.normal import key, places, plain
from heard.leaks.pattern import Pattern
from heard.leaks.patterns import quotations, sought
from heard.leaks.secret import Hit, Kind, Piece, Secret, Sureness
from heard.leaks.views import ESCAPED, SIGNS, View, views
from heard.leaks.words import Stand

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

MOST_LINES = 5
"""On so many lines of a piece is each secret told of; whoever mends those will look for more."""

_QUOTED = (Kind.WORDS, Kind.SHOWN)
_NEARBY = 300
_BEGINNING = 14
"""So many letters of a pattern are searched for, the rest compared: sentences of a quote begin alike, names do not."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """All secrets, ready to be looked for. A pickled one holds the secrets alone, and is made anew from them."""

    secrets: tuple[Secret, ...]
    lang: str
    patterns: tuple[tuple[Pattern, ...], ...] = field(repr=False, compare=False)
    automaton: BytesAhoCorasick | None = field(repr=False, compare=False)
    index: looks.Index = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Matcher({len(self.secrets)} secrets)"

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return build, (self.secrets, self.lang)


def build(secrets: Iterable[Secret], lang: str = "en") -> Matcher:
    """A matcher of these secrets, in a workspace of this language."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    known = tuple(secrets)
    langs = ordinary.languages(lang)
    quoted = [at for at, secret in enumerate(known) if secret.kind in _QUOTED]
    everything = [(at, sought(at, secret, langs)) for at, secret in enumerate(known) if secret.kind not in _QUOTED]
    by_beginning: dict[bytes, list[Pattern]] = {}
    for pattern in quotations(quoted, [known[at].text for at in quoted]):
        by_beginning.setdefault(pattern.key[:_BEGINNING], []).append(pattern)
    for _, one in everything:
        for pattern in dict.fromkeys(one.patterns):
            by_beginning.setdefault(pattern.key[:_BEGINNING], []).append(pattern)
    automaton = None
    if by_beginning:
        automaton = BytesAhoCorasick(
            list(by_beginning), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
    return Matcher(
        known, lang, tuple(tuple(some) for some in by_beginning.values()), automaton, looks.index(everything, langs)
    )


def find(matcher: Matcher, piece: Piece) -> tuple[Hit, ...]:
    """The secrets in a piece: one hit for each and each line, on at most a few lines."""
    found: dict[tuple[int, int], Hit] = {}
    for view in views(piece):
        text = plain(view.text)
        some = _outermost(matcher, list(_stands(matcher, view, text)))
        for stand, line in zip(some, view.lines_of(text, [stand.start for stand in some]), strict=True):
            written = text[stand.start : stand.end]
            if view.how == SIGNS and line and written in _from_line(piece.text, line):
                # No sign stands for a letter of it, so it was judged already, with what really stands around it.
                continue
            place = stand.secret, line
            hit = Hit(matcher.secrets[stand.secret], stand.sureness, line, stand.how or view.how)
            if place not in found or _surer(hit, found[place]):
                as_written = hit.how == ESCAPED and written in piece.text
                found[place] = replace(hit, how="") if as_written else hit
    return tuple(_few(found))


def _from_line(text: str, line: int) -> str:
    """What begins on a line, as far as one may look for what was found around a sign there."""
    return text.split("\n", line - 1)[-1][:_NEARBY]


def _stands(matcher: Matcher, view: View, text: str) -> Iterator[Stand]:
    if view.whole and matcher.automaton is not None:
        yield from _squeezed(matcher, matcher.automaton, view, text)
    if view.words:
        yield from words.stands(matcher.index, text, view.form)


def _squeezed(matcher: Matcher, automaton: BytesAhoCorasick, view: View, text: str) -> Iterator[Stand]:
    """What is found in the letters of a text, judged by the text itself."""
    letters = key(text)
    candidates: list[tuple[Pattern, int, int]] = []
    for number, start, _ in automaton.find_matches_as_indexes(letters, overlapping=True):
        candidates += [
            (pattern, start, start + len(pattern.letters))
            for pattern in matcher.patterns[number]
            if len(pattern.letters) <= _BEGINNING or letters.startswith(pattern.key, start)
        ]
    if not candidates:
        return
    at = places(text, [place for _, start, end in candidates for place in (start, end - 1)])
    for pattern, start, end in candidates:
        sureness = judge.judged(pattern, text, at[start], at[end - 1] + 1, view.form)
        if sureness is not None:
            yield Stand(pattern.secret, sureness, at[start], at[end - 1] + 1, pattern.how)


def _outermost(matcher: Matcher, some: Sequence[Stand]) -> Sequence[Stand]:
    """Without names that are part of a longer one: `Sara` is not found where `Sara Schwarz` stands."""
    apart = [stand for stand in some if matcher.secrets[stand.secret].kind in _QUOTED]
    names = [stand for stand in some if matcher.secrets[stand.secret].kind not in _QUOTED]
    names.sort(key=lambda stand: (stand.start, -stand.end, stand.sureness is Sureness.REVIEW))
    kept: list[Stand] = []
    for stand in names:
        if not any(_hides(other, stand) for other in kept[-8:]):
            kept.append(stand)
    return sorted([*apart, *kept], key=lambda stand: stand.start)


def _hides(outer: Stand, inner: Stand) -> bool:
    """Whether the inner one need not be told of: it is part of a longer one that is as sure."""
    if inner.start < outer.start or inner.end > outer.end:
        return outer.secret == inner.secret and inner.start < outer.end and inner.how != ""
    longer = outer.end - outer.start > inner.end - inner.start
    as_sure = outer.sureness is Sureness.BLOCK or inner.sureness is Sureness.REVIEW
    return as_sure and (longer or outer.secret == inner.secret)


def _surer(one: Hit, other: Hit) -> bool:
    return (one.sureness is Sureness.REVIEW, one.how != "") < (other.sureness is Sureness.REVIEW, other.how != "")


def _few(found: Mapping[tuple[int, int], Hit]) -> Iterator[Hit]:
    by_secret: dict[int, list[tuple[int, Hit]]] = {}
    for (secret, line), hit in found.items():
        by_secret.setdefault(secret, []).append((line, hit))
    for some in by_secret.values():
        placed = sorted((one for one in some if one[0]), key=lambda one: one[0])
        # Where a line is known, nobody needs to hear that there is a place that is not.
        for _, hit in (placed or some)[:MOST_LINES]:
            yield hit
