"""What words do: split into sentences, and say how strongly a sentence tells of a problem, and of which kind."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(r"(?<=[.!?…])[\"”“»’)\]]*\s+(?=[\"“„«(\[]?[A-ZÀ-ÞŁŚŻ0-9])")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|mr|mrs|ms|dr|prof|st|no|nr|vs|approx|ca|etc|inc|ltd|co|z\.\s?b|bzw|incl|min|v|a\.m|"
    r"p\.m)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_SHORT_ALONE = re.compile(r"(?:^|\s)[A-Z]\.$")

_CUES: tuple[tuple[str, float, str], ...] = (
    # what goes wrong
    (
        r"\bproblems?\b|\bprobleme?n?\b|\bissues?\b|\btrouble|\bpain(?:s|ful)?\b|\bheadache|\bnightmare|"
        r"\bchaos|\bmess\b",
        1.5,
        "",
    ),
    (
        r"\b(?:can'?t|can ?not|could ?n'?t|unable to|no way to|impossible|isn'?t possible)\b",
        1.5,
        "",
    ),
    (
        r"\b(?:does ?n'?t|does not|do not|did not|will not|do ?n'?t|did ?n'?t|wo ?n'?t|would ?n'?t|is ?n'?t|"
        r"are ?n'?t|was ?n'?t|never|not one|not a single)\b",
        1.0,
        "",
    ),
    (
        r"\b(?:nobody|no one|no-one|nothing|niemand|keiner|nichts)\b",
        1.5,
        "",
    ),
    (
        r"\b(?:fail(?:s|ed|ing|ure)?|broke(?:n)?|breaks?(?: down)?|crash\w*|die[sd]?|dying|dead|empty|flat|"
        r"jam(?:s|med)?|freezes|freezing|froze\w*|stuck|stand(?:s|ing)? still|down again|kaputt|leer|"
        r"defekt\w*|ausf[aä]ll\w*)\b",
        1.5,
        "",
    ),
    (
        r"\b(?:los[et](?:s|ing)?|lost|missing|disappear\w*|verlier\w*|verloren|fehl(?:t|en|te))\b",
        1.5,
        "",
    ),
    (
        r"\b(?:wrong|mistakes?|errors?|mix(?:ed)? up|falsch\w*|fehler)\b",
        1.5,
        "",
    ),
    (
        r"\b(?:late|delay\w*|behind schedule|overdue|slow\w*|wait(?:s|ed|ing)?|queue\w*|takes? (?:us |me |"
        r"them |ages|forever|too|hours|days|weeks)|dauert|warte\w*|versp[aä]t\w*|langsam)\b",
        1.0,
        "",
    ),
    (
        r"\b(?:struggl\w*|frustrat\w*|annoy\w*|fed up|sick of|hate[sd]?|complain\w*|angry|furious|scared|"
        r"afraid|worr(?:y|ied|ies)|nervt?|[aä]rger\w*|sauer)\b",
        2.0,
        "",
    ),
    (
        r"\b(?:too (?:slow|late|long|much|many|complex|complicated|few|little|hard|small|big)|hard to|"
        r"difficult|bottleneck|overwhelm\w*|zu (?:sp[aä]t|langsam|viel|wenig|kompliziert)|schwierig)\b",
        1.5,
        "",
    ),
    (
        r"\b(?:every (?:time|night|day|morning|week|month|single)|again and again|always|constantly|"
        r"keeps? \w+ing|st[aä]ndig|jede[nsr]? (?:nacht|tag|woche|mal))\b",
        0.5,
        "",
    ),
    (
        r"\b(?:only find out|have no idea|no idea|guess(?:ing)?|blind(?:ly)?|wei[sß]+ (?:keiner|niemand))\b",
        1.5,
        "",
    ),
    # what it costs
    (
        r"(?:[$€£]|\b(?:eur|usd|chf|gbp|pln|nok)\b) ?\d|\d[\d.,]* ?(?:k|m|%|€|£|\$|euros?|dollars?|pounds?|"
        r"francs?|eur|chf|grand|prozent|percent)(?!\w)|\b(?:thousand|grand|million|tausend)\b",
        1.0,
        "cost",
    ),
    (
        r"\b(?:costs? (?:us|me|them)|we pay|i pay|paying for|bills?|invoices? me|fees?|penalt\w+|fine[sd]|"
        r"detention|wast(?:e[sd]?|ing)|kostet|zahle[n]?|kosten)\b",
        1.5,
        "cost",
    ),
    (
        r"\b(?:\d+|two|three|four|five|six|ten|twenty|half an?|zwei|drei|vier|f[uü]nf) (?:hours?|days?|weeks?|"
        r"months?|stunden?|tage?|wochen?|minutes?|minuten)\b",
        0.7,
        "",
    ),
    # how they help themselves
    (
        r"\b(?:by hand|manual(?:ly)?|spreadsheets?|excel(?:-\w+)?|whats ?app|work ?around|whiteboard|"
        r"clipboard|post-?its?|on paper|cardboard|copy and paste|re-?typ\w+|von hand|mit der hand|"
        r"auf papier)\b",
        1.5,
        "workaround",
    ),
    (
        r"\b(?:so we (?:just|now)|we ended up|we end up|in the end we)\b",
        1.0,
        "workaround",
    ),
    # what they wish
    (
        r"\b(?:i wish|we wish|if only|would love|we'd love|i'd love|ideally|we need (?:a|some|something|to)|"
        r"would be (?:great|nice|good) (?:if|to)|want to be able|looking for a|what (?:i|we)'d (?:want|like|"
        r"need)|(?:i|we) would like (?:to have|to see|a)|h[aä]tte gern\w*|w[uü]nsch\w+)\b",
        2.0,
        "wish",
    ),
    # what holds them back
    (
        r"\b(?:too expensive|no budget|not in the budget|can'?t justify|not convinced|skeptical|sceptical|"
        r"already (?:have|tried)|(?:we|i) tried|tried .{0,30}(?:before|once)|burn(?:ed|t) (?:us|before|by)|"
        r"too risky|management (?:says|said|won'?t)|board (?:says|said|won'?t)|zu teuer|kein budget|"
        r"not at any price|why would (?:we|i))\b",
        2.0,
        "objection",
    ),
    # why now
    (
        r"\b(?:since the (?:audit|merger|move|cold|new)|after the audit|new (?:regulation|law|rule)s?|"
        r"auditors?|inspectors?|recall)\b",
        0.7,
        "trigger",
    ),
    # whose words they are
    (
        r"\b(?:we|we're|we've|our|ours|us|i|i've|i'm|my|me|wir|uns\w*|ich|mein\w*|bei uns)\b",
        0.5,
        "",
    ),
)
_LEXICON = tuple((re.compile(pattern, re.IGNORECASE), weight, tag) for pattern, weight, tag in _CUES)
_IDLE = re.compile(
    r"\b(?:no (?:problem|worries|issue|rush)|not a problem|can'?t wait|sorry (?:i'?m|to be|for being) late|"
    r"thank(?:s| you)"
    r"|good (?:morning|afternoon|evening|night|question)|nice to (?:meet|see)|see you|talk (?:soon|to you)|"
    r"happy (?:new year|to)"
    r"|can (?:you|everyone|everybody) (?:hear|see)|(?:on|off) mute|share my screen|sharing my screen|"
    r"have a (?:good|great|nice)"
    r"|sounds good|bye|let'?s (?:get started|move on|start|go)|next (?:topic|item|agenda)|gute frage|"
    r"guten (?:tag|morgen))\b",
    re.IGNORECASE,
)
_NOT_TELLING = re.compile(
    r"\b(?:works? (?:fine|well|great|perfectly)|no (?:complaints|issues|problems)|all good|happy with|love it|"
    r"much better)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NEGATED = re.compile(r"’")


_GERMAN = re.compile(
    r"\b(?:und|nicht|ist|der|das|den|wir|ich|ein|eine|einen|auf|bis|f[uü]r|mit|sie|von|es|im|zu|keine[snr]?)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\bdie\b", re.IGNORECASE)


class Weight(NamedTuple):
    """How strongly words tell of a problem (about 0 to 8), its tags, and the strongest cue with its tag."""

    strength: float
    tags: tuple[str, ...]
    cue: str
    kind: str = ""


def sentences(text: str) -> list[str]:
    """The sentences of a text; abbreviations and initials end none."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        if (_SHORT.search(before) and not before.endswith(("a.m.", "p.m."))) or _SHORT_ALONE.search(before):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def weigh(text: str) -> Weight:
    """How strongly a text tells of a problem, a cost, a workaround, a wish or an objection."""
    plain = _NEGATED.sub("'", text)
    if len(_GERMAN.findall(plain)) > 1:
        plain = _ARTICLE.sub("", plain)
    strength, best = 0.0, 0.0
    tags: list[str] = []
    cue = kind = ""
    for pattern, weight, tag in _LEXICON:
        if match := pattern.search(plain):
            strength += weight
            if tag:
                tags.append(tag)
            if weight > best:
                best, cue, kind = weight, match[0], tag
    if _IDLE.search(plain) and count_words(plain) <= 9:
        strength -= 3
    if _NOT_TELLING.search(plain):
        strength -= 1.5
    if plain.rstrip('"” ').endswith("?"):
        strength -= 1
    return Weight(strength, tuple(tags), cue.strip(), kind)


def is_idle(text: str) -> bool:
    """Whether a short text is a greeting, thanks, or about the call itself."""
    return count_words(text) <= 9 and _IDLE.search(_NEGATED.sub("'", text)) is not None
