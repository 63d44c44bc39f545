"""The words that tell of a trouble, its cost, a way around it or a wish, in English and in German.

A sentence is weighed with the words of its own language alone: “die” is an article in one and a trouble in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from heard.base.shingles import STOP_WORDS
from heard.base.text import words


class Tells(Enum):
    """What a word does: it names the matter, denies something (so what follows has to be told), or only leans."""

    NAMES = "names"
    DENIES = "denies"
    LEANS = "leans"


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of words: how they are spelled, how much they weigh, and the tag that they give."""

    pattern: re.Pattern[str]
    weight: float
    tag: str
    tells: Tells


_Row = tuple[str, str, float, str, Tells]
"""English, German, weight, tag, and what it does. A pattern is alternatives of whole words."""

_ROWS: tuple[_Row, ...] = (
    # what goes wrong
    (
        r"problems?|issues?|trouble\w*|pain(?:s|ful)?|headache\w*|nightmare\w*|chaos|mess",
        r"probleme?n?|chaos|alptraum|albtraum",
        1.5,
        "",
        Tells.NAMES,
    ),
    (
        r"can'?t|can ?not|could ?n'?t|unable to|no way to|impossible|isn'?t possible",
        r"unm[oö]glich|(?:kann|k[oö]nnen|geht|gehen|l[aä][sß]s?t sich) (?:\w+ ){0,2}nicht",
        1.5,
        "",
        Tells.DENIES,
    ),
    (
        r"does ?n'?t|does not|do not|did not|will not|do ?n'?t|did ?n'?t|wo ?n'?t|would ?n'?t|is ?n'?t|are ?n'?t|"
        r"was ?n'?t|never|not one|not a single",
        r"nie(?:mals)?|nicht mehr|immer noch nicht|nicht ein(?:e[nmrs]?)?",
        1.0,
        "",
        Tells.DENIES,
    ),
    (
        r"nobody|no one|no-one|nothing",
        r"niemand\w*|keiner|nichts",
        1.5,
        "",
        Tells.DENIES,
    ),
    (
        r"fail(?:s|ed|ing|ure)?|broke(?:n)?|breaks?(?: down)?|crash\w*|die[sd]?|dying|dead|empty|flat|jam(?:s|med)?|"
        r"freezes|freezing|froze\w*|stuck|stand(?:s|ing)? still|down again|(?:pil(?:e[sd]?|ing)|back(?:s|ed|ing)?) up|"
        r"lie around|lying around",
        r"kaputt|leer|defekt\w*|ausf[aä]ll\w*|klemm\w*|(?:steh(?:t|en)|stand(?:en)?) still|"
        r"(?:lieg|steh|lauf|such|fahr|irr)\w* (?:\w+ ){0,4}herum|herum\w*|"
        r"bleib\w* (?:\w+ ){0,2}(?:liegen|stehen|h[aä]ngen)|stapel[nt]\w*|stau(?:en|t)",
        1.5,
        "",
        Tells.NAMES,
    ),
    (
        r"los[et](?:s|ing)?|lost|missing|disappear\w*",
        r"verlier\w*|verloren|fehl(?:t|en|te)|verschw[iu]nd\w*|vermiss\w*",
        1.5,
        "",
        Tells.NAMES,
    ),
    (r"wrong|mistakes?|errors?|mix(?:ed)? up", r"falsch\w*|fehler\w*|verwechsel\w*", 1.5, "", Tells.NAMES),
    (
        r"late|delay\w*|behind schedule|overdue|slow\w*|wait(?:s|ed|ing)?|queue\w*|takes? (?:us |me |them |ages|"
        r"forever|too|hours|days|weeks)",
        r"dauert|warte\w*|versp[aä]t\w*|langsam\w*",
        1.0,
        "",
        Tells.NAMES,
    ),
    (
        r"struggl\w*|frustrat\w*|annoy\w*|fed up|sick of|hate[sd]?|complain\w*|angry|furious|scared|afraid|"
        r"worr(?:y|ied|ies)",
        r"nervt?|[aä]rger\w*|sauer|frust\w*|beschwer\w*",
        2.0,
        "",
        Tells.NAMES,
    ),
    (
        r"too (?:slow|late|long|much|many|complex|complicated|few|little|hard|small|big)|hard to|difficult|bottleneck|"
        r"overwhelm\w*",
        r"zu (?:sp[aä]t|langsam|lange?|viele?|wenige?|kompliziert)|schwierig\w*|engpass",
        1.5,
        "",
        Tells.NAMES,
    ),
    (
        r"every (?:time|night|day|morning|week|month|single)|again and again|always|constantly|keeps? \w+ing",
        r"st[aä]ndig|jede[nsr]? (?:nacht|tag|woche|mal)|immer wieder",
        0.5,
        "",
        Tells.LEANS,
    ),
    (
        r"only find out|have no idea|no idea|guess(?:ing)?|blind(?:ly)?",
        r"wei[sß]+ (?:keiner|niemand)|keine ahnung",
        1.5,
        "",
        Tells.NAMES,
    ),
    # what it costs
    (
        r"costs? (?:us|me|them)|we pay|i pay|paying for|bills?|invoices? me|fees?|penalt\w+|fine[sd]|detention|"
        r"wast(?:e[sd]?|ing)",
        r"kostet|zahle[n]?|kosten",
        1.5,
        "cost",
        Tells.NAMES,
    ),
    (
        r"(?:\d+|two|three|four|five|six|ten|twenty|half an?) (?:hours?|days?|weeks?|months?|minutes?)",
        r"(?:\d+|zwei|drei|vier|f[uü]nf|eine halbe) (?:stunden?|tage?|wochen?|monate?|minuten?)",
        0.7,
        "",
        Tells.LEANS,
    ),
    # how they help themselves
    (
        r"by hand|manual(?:ly)?|spreadsheets?|excel(?:-\w+)?|whats ?app|work ?around|whiteboard|clipboard|post-?its?|"
        r"on paper|cardboard|copy and paste|re-?typ\w+",
        r"von hand|mit der hand|auf papier|excel(?:-\w+)?|whats ?app|tafel|klemmbrett|zettel\w*|abtippen",
        1.5,
        "workaround",
        Tells.NAMES,
    ),
    (r"so we (?:just|now)|we ended up|we end up|in the end we", "", 1.0, "workaround", Tells.NAMES),
    # what they wish
    (
        r"i wish|we wish|if only|would love|we'd love|i'd love|ideally|we need (?:a|some|something|to)|would be "
        r"(?:great|nice|good) (?:if|to)|want to be able|looking for a|what (?:i|we)'d (?:want|like|need)|(?:i|we) "
        r"would like (?:to have|to see|a)",
        r"h[aä]tten? (?:\w+ ){0,2}gern\w*|w[uü]nsch\w+|w[aä]re (?:gut|sch[oö]n|toll)",
        2.0,
        "wish",
        Tells.NAMES,
    ),
    # what holds them back
    (
        r"too expensive|no budget|not in the budget|can'?t justify|not convinced|skeptical|sceptical|already (?:have|"
        r"tried)|(?:we|i) tried|tried .{0,30}(?:before|once)|burn(?:ed|t) (?:us|before|by)|too risky|management "
        r"(?:says|said|won'?t)|board (?:says|said|won'?t)|not at any price|why would (?:we|i)",
        r"zu teuer|kein budget|schon (?:versucht|probiert)",
        2.0,
        "objection",
        Tells.NAMES,
    ),
    # why now
    (
        r"since the (?:audit|merger|move|cold|new)|after the audit|new (?:regulation|law|rule)s?|auditors?|inspectors?|"
        r"recall",
        r"pr[uü]fer\w*|seit (?:dem|der) (?:audit|umzug|fusion)|neue[ns]? (?:gesetz|vorschrift)\w*",
        0.7,
        "trigger",
        Tells.NAMES,
    ),
    # whose words they are
    (r"we|we're|we've|our|ours|us|i|i've|i'm|my|me", r"wir|uns\w*|ich|mein\w*|bei uns", 0.5, "", Tells.LEANS),
)
_SUM = (
    r"(?:[$€£]|\b(?:eur|usd|chf|gbp|pln|nok)\b) ?\d|\d[\d.,]* ?(?:k|m|%|€|£|\$|euros?|dollars?|pounds?|francs?|eur|"
    r"chf|grand|prozent|percent)(?!\w)|\b(?:thousand|grand|million|tausend)\b"
)
"""An amount of money, in whatever language."""

_ARTICLE = re.compile(r"(?:^|(?<=[\s\"“„(]))[Dd]ie (?=[A-ZÄÖÜ])")
_DIE = "die"


def _compiled(which: tuple[int, ...]) -> tuple[Cue, ...]:
    cues = [Cue(re.compile(_SUM, re.IGNORECASE), 1.0, "cost", Tells.NAMES)]
    for row in _ROWS:
        spelled = "|".join(pattern for at in which if (pattern := str(row[at])))
        if spelled:
            cues.append(Cue(re.compile(rf"\b(?:{spelled})\b", re.IGNORECASE), row[2], row[3], row[4]))
    return tuple(cues)


_ENGLISH, _GERMAN, _EITHER = _compiled((0,)), _compiled((1,)), _compiled((0, 1))


@lru_cache(maxsize=4096)
def cues_for(text: str) -> tuple[Cue, ...]:
    """The words to look for in a sentence: of its language, and of both where it does not tell which it is."""
    lang = language(text)
    return _ENGLISH if lang == "en" else _GERMAN if lang == "de" else _EITHER


def language(text: str) -> str:
    """The language of a sentence by its stop words, such as `en` or `de`; empty where none is ahead."""
    # “die” itself tells nothing, unless it stands where only an article can.
    said = [word for word in words(text) if word != _DIE]
    counts = {lang: sum(word in known for word in said) for lang, known in STOP_WORDS.items()}
    counts["de"] += len(_ARTICLE.findall(text))
    best, second = sorted(counts, key=lambda lang: -counts[lang])[:2]
    return best if counts[best] > counts[second] else ""
