"""Runs of consecutive words, by which a text is known to repeat another.

Two texts share words when they share `SIZE` consecutive ones, of which at least `TELLING` are not stop
words of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from heard.base.text import words

SIZE = 6
"""So many consecutive words are a shingle."""

TELLING = 3
"""So many of them must not be stop words."""

Shingle = tuple[str, ...]

# The words as `base/text.words` gives them: without marks, and cut at the apostrophe.
_STOP_WORDS = {
    "en": """
        a about after all also am an and any are aren as at be because been before being but by can could couldn d
        did didn do does doesn doing don down for from get got had hadn has hasn have haven he her here hers him
        his how i if in into is isn it its just ll like m me more most my no nor not now of off on once only or
        other our ours out over own re s same she should shouldn so some such t than that the their theirs them
        then there these they this those through to too under until up us ve very was wasn we were weren what when
        where which while who whom why will with won would wouldn you your yours
    """,
    "de": """
        aber als am an auch auf aus bei bin bis bist da damit dann das dass dein dem den der des dich die dir doch
        du durch ein eine einem einen einer eines er es euch fur hab habe haben hat hatte hatten ich ihm ihn ihr
        im in ins ist ja jetzt kann kein keine konnen man mehr mein mich mir mit muss nach nicht noch nun nur ob
        oder schon sein sich sie sind so uber um und uns unser vom von vor war waren was wegen weil wenn wer wie
        wir wird wo zu zum zur
    """,
    "fr": """
        a au aux avec c ce ces cette d dans de des du elle en est et eu il ils j je l la le les leur lui m ma mais
        me mes moi mon n ne nos notre nous on ont ou par pas plus pour qu que qui s sa se ses son sont sur t ta te
        tes toi ton tu un une vos votre vous y
    """,
    "es": """
        a al como con cuando de del e el ella ellos en era es esta este ha han hay la las le les lo los mas me mi
        muy nada no nos nosotros o para pero por porque que se ser si sin son su sus te tiene todo tu un una uno
        unos y ya yo
    """,
    "it": """
        a al alla anche c che chi ci come con da dal dei del della delle di e ed era gli ha hanno ho i il in io l la
        le lei lo loro lui ma mi ne nei nel nella no noi non o per perche piu quando questo se si sono su sul tu tutti
        un una uno vi voi
    """,
    "nl": """
        aan al als bij daar dan dat de der deze die dit doen door dus een en er ge geen had heb hebben heeft het hij
        hoe hun ik in is je kan maar me meer men met mijn naar niet nog nu of om ons ook op over te tot uit van veel
        voor waar was wat we wel wie wij wordt ze zelf zich zij zijn zo zou
    """,
}
STOP_WORDS: Mapping[str, frozenset[str]] = {lang: frozenset(some.split()) for lang, some in _STOP_WORDS.items()}
"""Words that say nothing of themselves, by language."""

# What of Markdown is not words to read: the target of a link, a footnote's mark, a comment, a tag.
_MARKUP = re.compile(
    r"\[\[[^\[\]|\n]+\||(?<=\])\([^()\n]*\)|\[\^[^\]\n]+\]|<!--.*?-->|</?[A-Za-z][^<>\n]*>|https?://\S+"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that a text shares with others: the line that they begin on, and the shingles that they hold."""

    line: int
    words: tuple[str, ...]
    shingles: tuple[Shingle, ...]


def stop_words(lang: str) -> frozenset[str]:
    """The stop words of a language such as `en` or `de-CH`; none where we know none, which is the strict side."""
    return STOP_WORDS.get(lang.partition("-")[0].lower(), frozenset())


def shingles(spoken: Sequence[str]) -> Iterator[Shingle]:
    """Every six consecutive words, telling or not; none of a shorter text."""
    return zip(*(spoken[at:] for at in range(SIZE)), strict=False)


def runs(text: str, first: int, lang: str, shared: Callable[[Shingle], bool]) -> tuple[Run, ...]:
    """The runs of words whose shingles are telling and shared; `first` is the number of the text's first line.

    Overlapping shingles are one run, so that a whole sentence is told once.
    """
    lines, spoken = _placed(text, first)
    stop = stop_words(lang)
    found: list[Run] = []
    end = -1
    for at, shingle in enumerate(shingles(spoken)):
        if not shared(shingle) or sum(word not in stop for word in shingle) < TELLING:
            continue
        if at < end:
            last = found[-1]
            found[-1] = Run(last.line, last.words + tuple(spoken[end : at + SIZE]), (*last.shingles, shingle))
        else:
            found.append(Run(lines[at], shingle, (shingle,)))
        end = at + SIZE
    return tuple(found)


def _placed(text: str, first: int) -> tuple[list[int], list[str]]:
    """The words of Markdown, and the line of each."""
    lines: list[int] = []
    spoken: list[str] = []
    for number, row in enumerate(text.split("\n"), first):
        some = words(_MARKUP.sub(" ", row))
        spoken += some
        lines += [number] * len(some)
    return lines, spoken
