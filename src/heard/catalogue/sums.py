"""Whether somebody's words name what a thing costs: a sum of money, or time lost."""

from __future__ import annotations

import re

from heard.base.text import fold

_SPELLED = (
    "a an one two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty "
    "hundred thousand"
)
_TIMES = (
    "hour hours hr hrs minute minutes min mins shift shifts day days weekend weekends week weeks month months "
    "stunde stunden minuten tag tage tagen wochen monate heures jours horas dias ore giorni uren dagen"
)
_COINS = (
    "euro euros eur dollar dollars usd pound pounds gbp quid franc francs chf franken kronor kroner zloty grand € £ [$]"
)
# Time alone may be a date or an age; with one of these it is lost.
_LOSSES = (
    r"lose loses losing lost cost costs waste wastes wasted wasting wait waits waiting waited spend spends spent take "
    r"takes took overtime extra verlier\w+ kost\w+ wart\w+ perd\w+"
)


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_NUMBER = rf"(?:\d[\d.,'’ ]*|\b{_any(_SPELLED)}\b)(?:\s*(?:k|m|hundred|thousand|million|tausend)\b)?"
_TIME = rf"{_NUMBER}(?:\s\w+)?[\s-]{_any(_TIMES)}\b"
_LOSS = rf"\b{_any(_LOSSES)}\b"
_BETWEEN = r"[^.;!?]{0,40}?"
_SUM = re.compile(rf"[€$£]\s?\d|{_NUMBER}\s*{_any(_COINS)}(?!\w)|\b(?:eur|usd|gbp|chf)\s?\d")
_LOST = re.compile(rf"{_LOSS}{_BETWEEN}{_TIME}|{_TIME}{_BETWEEN}{_LOSS}")


def names_a_sum(words: str) -> bool:
    """Whether the words name money, or hours and the like that are lost, waited or spent."""
    plain = fold(words)
    return bool(_SUM.search(plain) or _LOST.search(plain))
