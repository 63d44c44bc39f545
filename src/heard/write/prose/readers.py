"""Whom a text is about: how often it says `you`, and how often `I`, `we`, and the names of the company's people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.write.prose.markdown import PROSE, Prose
from heard.write.prose.sentences import of_block
from heard.write.prose.words import Lists, headed

SHARE = 0.6
"""So much of a text should be about its reader."""

FEWEST = 8
"""Below so many words of either kind a share says nothing."""

_JOINING = frozenset({"and", "as", "but", "nor", "or", "than"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Share:
    """How many words mean the reader and the writer, and the offset where the writer comes most thickly."""

    reader: int
    writer: int
    thickest: int

    @property
    def about_reader(self) -> float:
        """The reader's part, 0 to 1."""
        return self.reader / (self.reader + self.writer)


def share(text: Prose, known: Lists, names: Sequence[str]) -> Share | None:
    """Whom a text is about; None where it has too few such words.

    The section that says where the knowledge comes from has to say `I`, and is left out.
    """
    reader = writer = most = thickest = 0
    for block in text.blocks:
        if block.kind not in PROSE or "know" in headed(known.lang, block.section):
            continue
        you = we = 0
        for one in of_block(text, block.start, block.end, known):
            more = list(_people(text.shown[one.start : one.end], known, names))
            you, we = you + more.count("you"), we + more.count("we")
        reader, writer = reader + you, writer + we
        if we - you > most:
            most, thickest = we - you, block.start
    return Share(reader, writer, thickest) if reader + writer >= FEWEST else None


def _people(sentence: str, known: Lists, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        times = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", sentence))
        yield from ["we"] * times
        sentence = sentence.replace(name, " ") if times else sentence
    before = ""
    for at, found in enumerate(_WORD.finditer(sentence)):
        word = found[0]
        if word in known.reader_capital and at:
            # At the beginning of a sentence every word has a capital letter, and may mean anybody.
            yield "you"
        elif word.casefold() in known.reader and word not in known.reader_capital:
            yield "you"
        elif word.casefold() in known.writer and not _is_numeral(word, before, sentence[found.end() :]):
            yield "we"
        before = word.casefold()


def _is_numeral(word: str, before: str, after: str) -> bool:
    """Whether `I` is a number, as in “Type I”: no verb follows, and no `and` stands before it."""
    return word == "I" and before not in _JOINING and not re.match(r"[’']|\s*[^\W\d_]", after)
