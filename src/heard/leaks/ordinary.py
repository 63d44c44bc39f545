"""Which words are ordinary: those say nothing of a person or company when they stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

KNOWN = 2.5
"""From this Zipf frequency up, a company's one word is one that people use: Target, Apple."""

COMMON = 4.0
"""From this Zipf frequency up, a name is also an everyday word: Mark, Rose, Will."""

# Frequent because many people are called so, not because they are words.
_NAMES = """
aaron abraham adam alan albert alex alexander alexandra alice allan allen amanda amy ana anderson andrea andreas
andrew andy angela anna anne annie anthony antonio arthur barbara ben benjamin bernard beth betty brian bruce bryan
carl carlos caroline catherine charles charlie charlotte chris christian christina christine christopher claire
clark clinton colin collins craig cruz dan daniel danny dave david davis deborah dennis diana diane diego donald
donna dorothy doug douglas ed eddie edward edwards elena elizabeth ellen emily emma eric erik eva evans evelyn
fernandez florian francis francisco franz fred frederick friedrich garcia gary george georgia gerald gordon graham
greg gregory hans harris harrison harry heinrich helen helena henry hermann hernandez howard hughes ian isabella
ivan jackson jacob jake james jan jane janet jason jean jeff jeffrey jennifer jenny jeremy jerry jessica jesus jim
jimmy joan joe joel johann john johnny johnson jon jonathan jones jordan jorge jose joseph josh joshua juan julia
julian julie justin karen karl kate katherine kathy katie keith kelly ken kennedy kenneth kevin kim klaus kumar kyle
larry laura lauren lawrence lee leo leon leonard lewis linda lisa lopez louis louise lucas lucy luis luke luther
maria marcus margaret marie marion mario martha martin martinez mary matt matthew max melissa michael michel
michelle miguel mike miller mitchell mohamed mohammed monica morgan morris murphy nancy natalie nathan neil nelson
nicholas nick nicole oliver olivia oscar pablo pamela parker patricia patrick paul paula pedro pete peter philip
phillip phillips rachel ralph ramirez raymond rebecca ricardo richard richardson rick robert roberto roberts
robertson robin robinson rodriguez roger ronald ross russell ruth ryan sam samantha samuel sanchez sandra santiago
sara sarah schmidt schneider scott sean sebastian sharon simon simpson singh smith sophia sophie stefan stephanie
stephen steve steven stewart stuart susan taylor ted teresa terry theresa thomas thompson tim timothy todd tom tommy
tony tracy tyler vanessa victor victoria vincent virginia walter wayne wendy william williams wilson wolfgang xavier
zoe schulz hoffmann wagner becker meyer weber schwarz kaiser krause lehmann werner hartmann
"""
_ONLY_NAMES = frozenset(_NAMES.split())


def is_known(word: str, langs: Sequence[str]) -> bool:
    """Whether people who write these languages use the word."""
    return frequency(word, tuple(langs)) >= KNOWN


def is_common(word: str, langs: Sequence[str]) -> bool:
    """Whether the word is an everyday one of these languages, and no mere name."""
    return word not in _ONLY_NAMES and frequency(word, tuple(langs)) >= COMMON


@lru_cache(maxsize=65_536)
def frequency(word: str, langs: tuple[str, ...]) -> float:
    """The highest Zipf frequency of the word, case aside: 0 for an unknown one, 7 for `the`."""
    from wordfreq import zipf_frequency

    return max((float(zipf_frequency(word, lang)) for lang in langs), default=0.0)


def languages(lang: str) -> tuple[str, ...]:
    """English and the language of the workspace, where its words are known."""
    from wordfreq import available_languages

    own = lang.partition("-")[0].lower()
    return ("en", own) if own != "en" and own in available_languages() else ("en",)
