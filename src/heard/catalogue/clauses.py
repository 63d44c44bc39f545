"""The parts of what somebody said that can stand alone, short enough to be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.base.text import words

LONGEST = 10
"""A name has at most so many words."""

_SENTENCES = re.compile(r"(?<=[.!?…;:])\s+|\n+|\s+[–—-]{1,2}\s+|[()\[\]\"“”„«»]|(?<=[:;!?])")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")

_DEGREE = r"(?!\ (?:far|much|many|long|often|that)\b)"
_JOINING = f"and|but|because|so{_DEGREE}|when|while|since|although|though|if|unless|before|after|until"
_RELATING = "which|who|where|as|or|that|due|instead"
_BORDER = re.compile(rf"(?ix)\s*,\s*|\s+(?=(?:{_JOINING}|{_RELATING})\b)")

_CALLS = "please|hi|hello|hey|thanks|sorry|help|look|listen|um+|uh+|erm?|hm+|ah|oh|yeah|yes|okay|ok|well|like(?=,)"
_ADVERBS = """honestly|basically|actually|frankly|however|moreover|therefore|potentially|again|also|now|then|first|too
    |anyway|just|really|currently|recently"""
_LINKS = f"because|and|but|or|so{_DEGREE}|that"
_PHRASES = r"you\ (?:know|see)|i\ mean|to\ be\ honest|the\ (?:thing|problem|issue|trouble|point|fact)\ is"
_OPINIONS = r"""(?:i|we)\ (?:just\ )?(?:think|guess|believe|feel|noticed?|see|saw|find|found|hear|said|say|know)
        (?:\ that)?
    |it\ (?:seems|looks)(?:\ like|\ as\ if|\ that)?"""
_REQUESTS = r"""(?:can|could|would)\ (?:you|i|somebody|someone)\ (?:please\ )?(?:just\ )?
        (?:tell|help|explain|let|check|show|ask)(?:\ (?:me|us))?(?:\ know)?
    |(?:tell|show|explain\ to|help|advise)\ (?:me|us)(?:\ with)?
    |(?:i|we)(?:['’]d|\ would)\ like\ to(?:\ know)?"""
_OFTEN = r"(?:\ (?:just|already|recently|also))*"
_DONE = r"""\w+ed|set|lost|forgotten|bought|found|made|paid|sent|seen|put|taken|given|told|tried|gone|cut|left|kept|run
    |broken|an?|the|no|some|this|these|two|three"""
_SPEAKERS = rf"""(?:i|we)(?:\ ha(?:ve|d)|['’]ve|['’]d){_OFTEN}\ been
    |(?:i|we)(?:\ (?:am|are|was|were)|['’]m|['’]re)\b(?!\ not)
    |(?:i|we)(?:\ (?:have|had|got)|['’]ve|['’]d){_OFTEN}(?=\ (?:{_DONE})\b)
    |(?:i|we)(?=\ )
    |there(?:\ (?:is|are|was)|['’]s)(?=\ \w)"""
_OPENING = re.compile(
    rf"(?ix)^(?:{_REQUESTS}|{_CALLS}|{_ADVERBS}|{_LINKS}|{_PHRASES}|{_OPINIONS}|{_SPEAKERS})(?![\w'’-])[\s,]*"
)

_LOOSE_WORDS = """
    a an the and but or so of to in on at for from by with without as is are was were be been has have had do does did
    will would can could should may might must my our your their his her its this that these those than then when while
    if because since who which what where how why no very just too i we you he she they about into under over between
    only also even still already get gets got im ive am eg ie etc e.g i.e
"""
LOOSE = frozenset(_LOOSE_WORDS.split())
"""English words at which no clause ends."""

_PREPOSITION_WORDS = "of to in on at for from by with without about into under over between during per via"
PREPOSITIONS = frozenset(_PREPOSITION_WORDS.split())
"""English words before which a sentence may end early."""

_UNFREE_WORDS = "if unless before after until which who where when while as or due instead than"
_UNFREE = frozenset(_UNFREE_WORDS.split())
_RELATIVE = frozenset(("that", "which", "who", "where"))
_TORN = 0.6
_CUT = 0.8


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of what was said, and how well it stands alone (1 best)."""

    text: str
    whole: float


def clauses(text: str) -> Iterator[Clause]:
    """The parts of a text that may stand alone, of 2 to `LONGEST` words, without what people say first."""
    for sentence in _SENTENCES.split(_LINK.sub(r"\1", text)):
        cuts = [0, *(border.end() for border in _BORDER.finditer(sentence)), len(sentence)]
        for at, start in enumerate(cuts[:-1]):
            for end in cuts[at + 1 :]:
                if whole := _whole(sentence, start, end):
                    yield from _shortened(bare(sentence[start:end]), whole)


def bare(text: str) -> str:
    """A clause without what people say before they say something, and without loose ends."""
    text = " ".join(text.split()).strip(" ,;:.!?…*_#>-")
    while (shorter := _OPENING.sub("", text, count=1)) != text:
        text = shorter
    return _ended(text.split())


def _whole(sentence: str, start: int, end: int) -> float:
    """How well the part of a sentence between two borders stands alone; 0 if it does not."""
    first, after = words(sentence[start : start + 20])[:1], words(sentence[end : end + 20])[:1]
    if start and first and first[0] in _UNFREE:
        return 0.0
    whole = 1.0
    if first == ["and"] and start and "," not in sentence[max(0, start - 3) : start]:
        whole *= _TORN
    if (start and first == ["that"]) or (after and after[0] in _RELATIVE):
        whole *= _TORN
    return whole


def _shortened(text: str, whole: float) -> Iterator[Clause]:
    spoken = text.split()
    if 1 < len(spoken) <= LONGEST:
        yield Clause(text, whole)
    for size in range(min(LONGEST, len(spoken) - 1), 3, -1):
        if spoken[size].casefold() in PREPOSITIONS or size == LONGEST:
            short = _ended(spoken[:size])
            if len(short.split()) > 1:
                yield Clause(short, whole * _CUT)


def _ended(spoken: Sequence[str]) -> str:
    kept = list(spoken)
    while kept and kept[-1].casefold().strip(",;:.!?…*_") in LOOSE:
        kept.pop()
    return " ".join(kept).rstrip(" ,;:.!?…*_")
