"""Decides which words of a note or a call are worth proposing as quotes, and says why in plain words.

What is looked for is the other side's own words about a problem, what it costs, how they help themselves,
what they wish and what holds them back. A few good ones are worth more than many weak ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from heard.listen.markdown_notes import Statement
from heard.listen.wording import Weight, count_words, is_idle, sentences, told_of, weigh


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of a statement that may be a quote: why, and what was said around them."""

    text: str
    statement: Statement
    why: str
    strength: float
    tags: tuple[str, ...]
    related: str = ""


_QUOTED = re.compile(r"[“„«](?P<curly>[^“”„«»\"]{2,600})[”“»\"]|(?<![\w\"])\"(?P<plain>[^\"]{2,600})\"(?![\w\"])")
_PAINS = re.compile(
    r"(?<!\w)(?:pains?(?: ?points?)?|problems?|challenges?|issues?|frustrations?|hurts?|troubles?|complaints?|"
    r"struggles?|bottlenecks?|"
    r"what (?:hurts|goes wrong|does(?:n'?t| not) work|(?:he|she|they) said)|(?:was|wo) (?:es |sie |"
    r"ihn )?(?:weh tut|dr[uü]ckt|nervt|klemmt|hakt|brennt)|"
    r"heard|said|says|in (?:his|her|their) (?:own )?words|word for word|verbatim|quotes?|o-?t[oö]ne|zitate?|"
    r"probleme?|sorgen|schmerz\w*|"
    r"[aä]rger|obst[aá]culos|dolores|problemas|probl[eè]mes|knelpunten|problemen)(?!\w)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?<!\w)(?:todos?|to-?dos?|next|next steps?|actions?|action items?|agenda|follow-?ups?|homework|"
    r"my (?:notes|take|thoughts|read|"
    r"homework|view)|thoughts|ideas?|attendees|participants|present|logistics|offer|proposal|money|prices?|"
    r"meine\w*|was ich denke|"
    r"n[aä]chste schritte|offen|aufgaben|apologies|aob|admin|links?|sources?|references?|reading|summary|"
    r"context|background|about|"
    r"what they tried|was ich gesehen habe|private?|groceries|shopping)(?!\w)",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(
    r"^(?:we (?:walked|met|agreed|discussed|talked|looked|sat|went|drove|spoke|said|should|could|will|need to|"
    r"had (?:lunch|coffee|dinner))|"
    r"my \w+:|i (?:said|suggested|told|asked|think|could|should|owe|promised|counted|will|need)|i'll|i'd|"
    r"my (?:take|read|view|guess)|me:|"
    r"told (?:him|her|them)|asked|ask|said i|send|sent|check|idea|bring|call|ring|offer|follow up|get|find|"
    r"todo|meine? |ich:|"
    r"agreed|decided|discussed|explained|outlined|described|wants|want to|fee|cost|cards|photos?|read|book|"
    r"buy|pay|invoice|"
    r"intro|quick win|next|maybe|remember|compare|prepare|review|schedule|she'?ll|he'?ll|they'?ll|(?:he|she|"
    r"they) (?:wants?|asked|sends?|"
    r"would like|has the|will|is to)|→|->)(?!\w)",
    re.IGNORECASE,
)
_OURS_BEFORE = re.compile(
    r"(?:\b(?:i|we) (?:said|asked|told|suggested)|\bme:|\bich:|title\??|called|named|says|book|article|song)[\s,:]*$",
    re.I,
)
_THIRD = re.compile(
    r"\b(?:he|she|they) (?:has|have|is|are|was|were|says?|thinks?|wants?|does|told|asked|drove|would)\b", re.IGNORECASE
)
_FIRST = re.compile(
    r"\b(?:we|we're|we've|we'd|our|ours|us|my|wir|uns|unsere?[nmrs]?|bei uns|mein\w*|i)\b", re.IGNORECASE
)
_THEIRS = re.compile(r"(?:we|our|wir|unsere?\w?)\b", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:<-|←|\((?:laughs?|he laughed|[A-ZÀ-Þ][\w]+, pointing)\)).*$")
_LONGEST = 60
"""A proposal of more words is split into the sentences that carry it."""


def propose(statements: Sequence[Statement]) -> list[Proposal]:
    """The statements' words that are worth a decision, in their order; each words once a statement."""
    found: list[Proposal] = []
    for at, statement in enumerate(statements):
        if statement.ours:
            continue
        around = _around(statements, at)
        taken = list(_of(statement))
        for text, why, weight in taken:
            found.append(Proposal(text, statement, why, weight.strength, _tags(weight), around(text)))
    return found


def _around(statements: Sequence[Statement], at: int) -> Callable[[str], str]:
    def related(text: str) -> str:
        rows = []
        for near in statements[max(0, at - 1) : at + 2]:
            label = "Me: " if near.ours and near.kind == "line" else f"{near.speaker}: " if near.kind == "line" else ""
            if near is statements[at] and near.text.strip('"“”„« ') == text:
                continue
            rows.append(label + near.text)
        return "\n\n".join(rows)[:1200]

    return related


def _of(statement: Statement) -> Iterator[tuple[str, str, Weight]]:
    quoted = list(_quoted(statement))
    if statement.kind == "quote":
        yield from _chunks(statement.text, _why_blockquote(statement), least=0)
    elif statement.kind == "line":
        yield from _line(statement, quoted)
    elif statement.kind == "told":
        yield from _reported(statement)
    elif quoted:
        for text in quoted:
            if _worth_quoting(text, statement):
                yield text, "stands in quotation marks", weigh(text)
    elif statement.kind == "mail":
        yield from _chunks_of_mail(statement)
    elif statement.kind == "cell":
        if count_words(statement.text) >= 4 and (_FIRST.search(statement.text) or weigh(statement.text).strength >= 1):
            yield (
                statement.text,
                f"stands in the column “{statement.section}”" if statement.section else "a cell",
                weigh(statement.text),
            )
    else:
        yield from _noted(statement)


def _quoted(statement: Statement) -> Iterator[str]:
    for match in _QUOTED.finditer(statement.text):
        before = statement.text[: match.start()]
        if not _OURS_BEFORE.search(before):
            yield (match["curly"] or match["plain"]).strip(" ,")


def _worth_quoting(text: str, statement: Statement) -> bool:
    strength = weigh(text).strength
    if count_words(text) < (4 if strength >= 1 else 5) or (strength < 1 and is_idle(text)):
        return False
    own = text.endswith("?") and not _FIRST.search(text)
    return not own or bool(statement.speaker and statement.kind == "line")


def _why_blockquote(statement: Statement) -> str:
    return "a quote in the note already" + (f", said by {statement.speaker}" if statement.speaker else "")


def _line(statement: Statement, quoted: Sequence[str]) -> Iterator[tuple[str, str, Weight]]:
    """Somebody's line: the words in quotation marks if it has some, else all of it."""
    whole = [text for text in quoted if count_words(text) >= 4 and len(text) > len(statement.text) / 2]
    texts = whole or [_COMMENT.sub("", statement.text)]
    for text in texts:
        if count_words(text) < 5 or _only_asks(text) or (count_words(text) < 8 and _says_little(text)):
            continue
        yield from _chunks(text, f"{statement.speaker or _somebody(statement)} said it", least=-0.5)


def _somebody(statement: Statement) -> str:
    return f"somebody at {statement.where.account}" if statement.where.account else "somebody"


def _reported(statement: Statement) -> Iterator[tuple[str, str, Weight]]:
    """The words behind `she says`, where they tell a trouble, or stand where troubles do."""
    text = _COMMENT.sub("", statement.text).strip()
    pains = bool(_PAINS.search(statement.section))
    aside = bool(_ASIDE.search(statement.section)) and not pains
    if aside or count_words(text) < 5 or _only_asks(text):
        return
    if weigh(text).strength >= 1 or (pains and count_words(text) > 7):
        yield from _chunks(text, f"follows “{statement.lead}”", least=-0.5)


def _says_little(text: str) -> bool:
    return weigh(text).strength < 1 and not _FIRST.search(text)


def _only_asks(text: str) -> bool:
    return text.rstrip('"”').endswith("?") and len(sentences(text)) == 1 and not _FIRST.search(text)


def _noted(statement: Statement) -> Iterator[tuple[str, str, Weight]]:
    """A bullet or a paragraph that nobody marked as said: below a heading that promises problems, or telling one."""
    pains = bool(_PAINS.search(statement.section))
    aside = bool(_ASIDE.search(statement.section)) and not pains
    text = _COMMENT.sub("", statement.text).strip()
    if aside or _OWN_VOICE.match(text) or count_words(text) < 5:
        return
    if pains and statement.kind == "point":
        yield text, f"a bullet under “{statement.section}”", weigh(text)
        return
    if not (statement.where.account or statement.where.people):
        return
    for sentence in sentences(text):
        weight = weigh(sentence)
        own = _FIRST.search(sentence) and not _OWN_VOICE.match(sentence)
        if _THIRD.search(sentence) or count_words(sentence) < 6 or "?" in sentence[-12:]:
            continue
        if weight.strength >= _needed(statement, sentence, bool(own)):
            yield sentence, _why_noted(statement, weight), weight


def _chunks_of_mail(statement: Statement) -> Iterator[tuple[str, str, Weight]]:
    for text in told(statement.text, least=1):
        weight = weigh(text)
        yield text, f"{statement.speaker or 'they'} wrote it{told_of(weight)}", weight


def _needed(statement: Statement, sentence: str, own: bool) -> float:
    """How strongly a sentence that nobody marked as said has to tell of a problem."""
    if statement.kind == "point":
        return 0.5 if own else 2.0
    if not own:
        return 9.0
    return 0.5 if _THEIRS.match(sentence) and count_words(sentence) > 7 else 2.5


def _why_noted(statement: Statement, weight: Weight) -> str:
    where = "a bullet" if statement.kind == "point" else "a sentence of the note"
    person = " in the first person" if _FIRST.search(statement.text) else ""
    return f"{where}{person}{told_of(weight)}"


def _chunks(text: str, why: str, *, least: float) -> Iterator[tuple[str, str, Weight]]:
    """The text whole if it is short, else the parts of it that weigh most."""
    text = _without_idle(text)
    if count_words(text) <= _LONGEST:
        weight = weigh(text)
        if weight.strength >= least - 1 and not (is_idle(text) and weight.strength < 1):
            yield text, why + told_of(weight), weight
        return
    for part in told(text, least=2):
        weight = weigh(part)
        yield part, why + told_of(weight), weight


def _without_idle(text: str) -> str:
    """The text without greetings at its beginning and its end."""
    parts = sentences(text)
    while len(parts) > 1 and is_idle(parts[0]):
        parts.pop(0)
    while len(parts) > 1 and is_idle(parts[-1]):
        parts.pop()
    return " ".join(parts) if len(parts) < len(sentences(text)) else text


_LEANS = re.compile(
    r"^(?:it|it's|that|that's|this|these|those|they|so|and|but|because|which|then|or|he|she|das|die|und|aber|also)\b",
    re.I,
)
_FULL = re.compile(r"[.!?…][\"”“»’)]*$")


def told(text: str, *, least: float) -> list[str]:
    """The parts of somebody's turn that tell a problem: whole sentences, with those that they lean on."""
    parts = sentences(text)
    weights = [weigh(part).strength for part in parts]
    found: list[str] = []
    used = -1
    for at, part in enumerate(parts):
        if at <= used or weights[at] < least or count_words(part) < 6 or not _FULL.search(part):
            continue
        start, end = at, at + 1
        if _LEANS.match(part) and at - 1 > used and count_words(parts[at - 1]) <= 30 and _FULL.search(parts[at - 1]):
            start = at - 1
        while (
            end < len(parts)
            and weights[end] >= max(1, least - 1)
            and _FULL.search(parts[end])
            and (count_words(" ".join(parts[start : end + 1])) <= _LONGEST)
        ):
            end += 1
        found.append(" ".join(parts[start:end]))
        used = end - 1
    return found


def _tags(weight: Weight) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag in weight.tags if tag != "trigger"))[:2]


def strongest(proposals: Iterable[Proposal], most: int) -> list[Proposal]:
    """So many of the proposals at most, the strongest, in their order; what the writer marked as a quote stays."""
    listed = list(proposals)
    marked = {at for at, one in enumerate(listed) if one.statement.kind == "quote"}
    kept = sorted(range(len(listed)), key=lambda at: (-listed[at].strength, at))[:most]
    return [listed[at] for at in sorted(marked.union(kept))]
