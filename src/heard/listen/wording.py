"""What words do: split into sentences, and say how strongly a sentence tells of a problem, and of which kind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from heard.listen.cues import Tells, cues_for

_END = re.compile(r"(?<=[.!?…])[\"”“»’)\]]*\s+(?=[\"“„«(\[]?[A-ZÀ-ÞŁŚŻ0-9])")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|mr|mrs|ms|dr|prof|st|no|nr|vs|approx|ca|etc|inc|ltd|co|z\.\s?b|bzw|incl|min|v|a\.m|"
    r"p\.m)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_SHORT_ALONE = re.compile(r"(?:^|\s)[A-Z]\.$")

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
_CURLY = re.compile(r"’")


_THEN = re.compile(r"((?:\s+[^\W\d_][\w'’-]*){1,3})")
_HANGING_WORDS = (
    "a an the to of in on at for and or that it our my his her their this these der die das den dem ein eine einen uns "
    "mir im am zu mit und dass"
)
_HANGING = frozenset(_HANGING_WORDS.split())


class Weight(NamedTuple):
    """How strongly words tell of a problem (about 0 to 8), its tags, and the strongest cue with its tag.

    `denied` says that the cue denies something (`don't last`), which is a problem told, but not named.
    """

    strength: float
    tags: tuple[str, ...]
    cue: str
    kind: str = ""
    denied: bool = False


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


@lru_cache(maxsize=4096)
def weigh(text: str) -> Weight:
    """How strongly a text tells of a problem, a cost, a workaround, a wish or an objection."""
    plain = _CURLY.sub("'", text)
    found = [(cue, match) for cue in cues_for(plain) if (match := cue.pattern.search(plain))]
    strength = sum(cue.weight for cue, _ in found)
    if _IDLE.search(plain) and count_words(plain) <= 9:
        strength -= 3
    if _NOT_TELLING.search(plain):
        strength -= 1.5
    if plain.rstrip('"” ').endswith("?"):
        strength -= 1
    tags = tuple(cue.tag for cue, _ in found if cue.tag)
    telling = [one for one in found if one[0].tells is not Tells.LEANS]
    if not telling:
        return Weight(strength, tags, "")
    # What names the matter says more than what only denies something.
    cue, match = max(telling, key=lambda one: one[0].weight + (one[0].tells is Tells.NAMES))
    denied = cue.tells is Tells.DENIES
    return Weight(strength, tags, _denial(plain, match) if denied else match[0].strip(), cue.tag, denied)


def _denial(text: str, match: re.Match[str]) -> str:
    """What is denied, with the words around it: `don't last`, `die Palette nie`, since `don't` alone says nothing."""
    behind = _THEN.match(text, match.end())
    kept = behind[1].split() if behind else []
    while kept and kept[-1].lower() in _HANGING:
        kept.pop()
    before = [] if kept else text[: match.start()].split()[-2:]
    return " ".join([*before, match[0], *kept])


_KINDS = {
    "cost": "names a cost",
    "workaround": "names a workaround",
    "wish": "names a wish",
    "objection": "names an objection",
    "trigger": "tells why now",
}


def told_of(weight: Weight) -> str:
    """What is said of words that are proposed: `, and it names a problem: “stuck”`; empty where they hardly do."""
    if weight.strength < 1.5 or not weight.cue:
        return ""
    kind = "says what goes wrong" if weight.denied else _KINDS.get(weight.kind, "names a problem")
    return f", and it {kind}: “{weight.cue}”"


def is_idle(text: str) -> bool:
    """Whether a short text is a greeting, thanks, or about the call itself."""
    return count_words(text) <= 9 and _IDLE.search(_CURLY.sub("'", text)) is not None
