"""Everything that `check` says of one text: a handful of findings, each with its line and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from heard.base.fields import flag
from heard.base.text import counted, shortened
from heard.values import Finding, Severity
from heard.write.prose import sections
from heard.write.prose.claims import unsupported
from heard.write.prose.covering import COVERED
from heard.write.prose.markdown import PROSE, Prose
from heard.write.prose.phrases import Phrases, find
from heard.write.prose.readers import SHARE, share
from heard.write.prose.sentences import Sentence, grade, mean_length, of_block, sentences
from heard.write.prose.words import Lists, Reason, lists
from heard.write.prose.worn import worn

MOST = 3
"""So many phrases of one kind are told one by one; one more finding names the others."""

ENOUGH = 100
"""Below so many words the length of sentences and the grade say nothing, and sections are not asked for."""

_LISTED = 8
_PARAGRAPH = 30

Rule = Callable[["Piece", Lists], Iterator[Finding]]


class Genre(Enum):
    """What a text is for, and so what is asked of it."""

    PAPER = auto()
    PAGE = auto()
    ABOUT = auto()
    LEGAL = auto()
    LINE = auto()
    AD = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to look at. `line_of` tells the line of an offset where the text does not lie in its file as it is.

    `names` are those of the company and its people; `backed` the numbers that something stands behind
    already; `outline` whether a paper's sections are asked for, `not_for` whether its header says for whom it is not.
    """

    path: str
    text: Prose
    lang: str
    genre: Genre
    names: tuple[str, ...] = ()
    backed: frozenset[float] = frozenset()
    outline: bool = False
    not_for: bool = False
    line_of: Callable[[int], int] | None = field(default=None, compare=False)

    def line(self, offset: int) -> int:
        """The line of the file that an offset lies in."""
        return self.line_of(offset) if self.line_of else self.text.line(offset)


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that were found, at a line; how the list has them; what is said of them."""

    line: int
    words: str
    phrase: str
    reason: Reason


def check(piece: Piece) -> tuple[Finding, ...]:
    """What a text does that costs its writer the reader's trust. A language without lists is passed over."""
    known = lists(piece.lang)
    if known is None:
        return ()
    return tuple(finding for rule in _RULES[piece.genre] for finding in rule(piece, known))


def _pitch(piece: Piece, known: Lists) -> Iterator[Finding]:
    """No praise of oneself, and no adjective where a figure belongs."""
    yield from _grouped(piece, "prose/pitch", _phrases(piece, known, known.pitch))


def _begging(piece: Piece, known: Lists) -> Iterator[Finding]:
    """No pleading and no pressure: an expert is asked."""
    yield from _grouped(piece, "prose/begging", _phrases(piece, known, known.begging))


def _phrases(piece: Piece, known: Lists, wanted: Phrases) -> Iterator[_Said]:
    for block, spoken in piece.text.spoken:
        shown = piece.text.of(block)
        for hit in find(shown, spoken, wanted):
            said = _flat(shown[hit.start : hit.end])
            yield _Said(piece.line(block.start + hit.start), said, hit.phrase, known.reasons[hit.group])


def _worn(piece: Piece, known: Lists) -> Iterator[Finding]:
    """No worn phrases."""
    if known.lang == "en":
        told = {
            (one.line, word) for one in _phrases(piece, known, known.pitch) for word in one.words.casefold().split()
        }
        found = (_Said(piece.line(one.start), one.words, one.words.casefold(), one.reason) for one in worn(piece.text))
        new = (one for one in found if not told & {(one.line, word) for word in one.phrase.split()})
        yield from _grouped(piece, "prose/worn-words", new)


def _grouped(piece: Piece, code: str, found: Iterable[_Said]) -> Iterator[Finding]:
    """One finding for each phrase, with the other lines that it stands in; what is beyond a handful in one."""
    by_words: dict[str, list[_Said]] = {}
    for one in found:
        by_words.setdefault(one.phrase, []).append(one)
    groups = list(by_words.values())
    for some in groups[:MOST]:
        first = some[0]
        message = f"“{first.words}”{_also(some)}: {first.reason.why}; {first.reason.write}"
        yield _look(piece, first.line, message, code)
    left = [some[0] for some in groups[MOST:]]
    if left:
        named = ", ".join(f"“{one.words}” (line {one.line})" for one in left[:_LISTED])
        more = f"and {counted(len(left), 'phrase')} more of the kind: {named}{', …' if len(left) > _LISTED else ''}"
        yield _look(piece, left[0].line, more, code)


def _also(some: Sequence[_Said]) -> str:
    lines = [str(line) for line in sorted({one.line for one in some[1:]} - {some[0].line})]
    named = ", ".join(lines[:_LISTED]) + (", …" if len(lines) > _LISTED else "")
    return f" (also line{'s' if len(lines) > 1 else ''} {named})" if lines else ""


def _numbers(piece: Piece, known: Lists) -> Iterator[Finding]:
    """Every number that claims something has something behind it."""
    found = unsupported(piece.text, known, piece.backed)
    if not found:
        return
    said = [_Said(piece.line(one.start), _flat(one.words), "", _NO_SOURCE) for one in found]
    left = ", ".join(f"“{one.words}” (line {one.line})" for one in said[1 : _LISTED + 1])
    first = said[0]
    also = f"; so {'do' if len(said) > 2 else 'does'} {left}{', …' if len(said) > _LISTED + 1 else ''}" if left else ""
    told = _IN_AD if piece.genre is Genre.AD else _NO_SOURCE
    yield _look(piece, said[0].line, f"“{first.words}” {told.why}: {told.write}{also}", "prose/unsupported-number")


_NO_SOURCE = Reason(
    "stands there without a source, and who doubts one number doubts the paper",
    "add a footnote, a link, or say that you measured or assumed it",
)
_IN_AD = Reason(
    "is a number that the paper does not have, and the first reader who looks for it leaves",
    "put it into the paper with its source, or take it out here",
)


def _reader(piece: Piece, known: Lists) -> Iterator[Finding]:
    """A text is about its reader."""
    found = share(piece.text, known, piece.names)
    if found and found.about_reader < SHARE:
        message = (
            f"of {found.reader + found.writer} words for people, {found.about_reader:.0%} mean the reader and the "
            f"others you, most of them here; from {SHARE:.0%} on it reads as help: tell what they see, do and get"
        )
        yield _look(piece, piece.line(found.thickest), message, "prose/about-yourself")


def _sentences(piece: Piece, known: Lists) -> Iterator[Finding]:
    """Sentences have twenty words on average, and words that can be read in passing."""
    some = sentences(piece.text, known)
    if sum(len(one.words) for one in some) < ENOUGH:
        return
    mean = mean_length(some)
    if mean > known.sentence:
        longest = max(some, key=lambda one: len(one.words))
        message = (
            f"sentences have {mean:.1f} words on average; {known.sentence:.0f} read easily. The longest has "
            f"{len(longest.words)}: “{_opening(piece, longest)}” Cut it where it takes breath"
        )
        yield _look(piece, piece.line(longest.start), message, "prose/long-sentences")
    value = grade(some, known.scale)
    if value > known.grade:
        yield _hard(piece, known, value)


def _hard(piece: Piece, known: Lists, value: float) -> Finding:
    start, hardest = _hardest(piece, known)
    scale = "LIX" if known.scale == "lix" else "Flesch-Kincaid grade"
    message = (
        f"hard to read: {scale} {value:.1f}, and above {known.grade:.0f} busy people give up; the hardest paragraph is "
        f"this one ({hardest:.1f}): write shorter words and sentences, and who does what"
    )
    return _look(piece, piece.line(start), message, "prose/hard-to-read")


def _hardest(piece: Piece, known: Lists) -> tuple[int, float]:
    """The offset and the grade of the hardest paragraph of some length."""
    found = [(0.0, piece.text.blocks[0].start)]
    for block in piece.text.blocks:
        if block.kind in PROSE:
            some = list(of_block(piece.text, block.start, block.end, known, block.kind))
            if sum(len(one.words) for one in some) >= _PARAGRAPH:
                found.append((grade(some, known.scale), some[0].start))
    value, start = max(found)
    return start, value


def _opening(piece: Piece, one: Sentence) -> str:
    return shortened(piece.text.shown[one.start : one.end].replace(COVERED, ""), 60)


def _outline(piece: Piece, known: Lists) -> Iterator[Finding]:
    """A paper has the sections of the outline, and a worked example."""
    if not piece.outline or sum(len(spoken) for _, spoken in piece.text.spoken) < ENOUGH:
        return
    lacking = sections.missing(piece.text, known, says_not_for=piece.not_for)
    line = piece.line(piece.text.blocks[0].start if piece.text.blocks else 0)
    names = [f"“{one.name}”" for one in lacking if one.key != sections.EXAMPLE]
    if names:
        message = f"no section {_or(names)}, under any such name: readers look for each; `heard draft` has the outline"
        yield _look(piece, line, message, "prose/missing-section")
    if len(names) < len(lacking):
        message = "no worked example: take one case through with round numbers, so that readers can put in their own"
        yield _look(piece, line, message, "prose/no-example")


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _flat(words: str) -> str:
    return " ".join(words.split())


def _look(piece: Piece, line: int, message: str, code: str) -> Finding:
    return flag(piece.path, line, message, code, Severity.WORTH_A_LOOK)


_RULES: Mapping[Genre, tuple[Rule, ...]] = {
    Genre.PAPER: (_pitch, _begging, _worn, _reader, _sentences, _numbers, _outline),
    Genre.PAGE: (_pitch, _begging, _worn, _reader, _sentences, _numbers),
    Genre.ABOUT: (_pitch, _begging, _worn, _sentences),
    Genre.LEGAL: (_pitch, _begging),
    Genre.LINE: (_pitch, _begging, _worn),
    Genre.AD: (_pitch, _begging, _worn, _numbers),
}
"""Whoever opens an about page asks about the writer; an imprint and a line of the header have their own form."""
