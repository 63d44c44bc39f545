"""Drafts from a call's transcript (WebVTT): the telling sentences of every speaker's turns.

A speaker's adjoining cues are one turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from heard.base.fields import flag
from heard.listen.known import Known
from heard.listen.people import whole_name
from heard.listen.proposals import told
from heard.listen.seen import key_of
from heard.listen.whereabouts import Where, read_title
from heard.listen.wording import count_words, told_of, weigh
from heard.values import Draft, Finding, Place, Severity, Source

A_CALL = 12
"""So many proposals an hour of talk makes, and half of it for a shorter call; the strongest stay."""

WITH_US = 40
"""The same for a call in which one of us takes part."""

_LEAST = 3.0
_LEAST_WITH_US = 0.5
_FEW = 3
_CONCRETE = re.compile(
    r"\b(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|"
    r"every|each|when|last (?:week|night|month|year)|monday|friday|midnight|morning|because|so)\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>")
_NAMED = re.compile(r"^([^:<>]{1,60}): (.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody said in one go: since when (seconds), and the line of the file it begins at."""

    speaker: str
    text: str
    start: float
    end: float
    line: int

    @property
    def time(self) -> str:
        """When it begins, as `0:12:31`."""
        whole = int(self.start)
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def read_turns(text: str, path: str, findings: list[Finding]) -> list[Turn]:
    """The turns of a WebVTT file. A cue that cannot be read is told of and passed over.

    A name is what stands in `<v Name>`, or before the first colon and space, if that occurs as a name.
    """
    cues = list(_cues(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), path, findings))
    names = _names([cue[3] for cue in cues])
    turns: list[Turn] = []
    for start, end, line, words in cues:
        for speaker, said in _spoken(words, names):
            last = turns[-1] if turns else None
            if last and (speaker == last.speaker or not speaker) and start - last.end < 8:
                turns[-1] = Turn(last.speaker, f"{last.text} {said}", last.start, end, last.line)
            elif said:
                turns.append(Turn(speaker, said, start, end, line))
    return turns


def _cues(lines: Sequence[str], path: str, findings: list[Finding]) -> Iterator[tuple[float, float, int, str]]:
    at = 0
    while at < len(lines):
        match = _CUE.match(lines[at])
        if not match:
            if "-->" in lines[at]:
                message = "this time cannot be read, so its words were left out"
                findings.append(flag(path, at + 1, message, "import/cue", Severity.WORTH_A_LOOK))
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].strip() and "-->" not in lines[end]:
            end += 1
        # A cue without the empty line behind it: what stands before the next time is that one's number.
        last = end - 1 if end < len(lines) and "-->" in lines[end] and lines[end - 1].strip().isdigit() else end
        yield _seconds(match[1]), _seconds(match[2]), at + 1, "\n".join(lines[at + 1 : last]).strip()
        at = end


def _seconds(stamp: str) -> float:
    parts = [float(part) for part in stamp.replace(",", ".").split(":")]
    return float(sum(part * 60.0**power for power, part in enumerate(reversed(parts))))


def _names(cues: Sequence[str]) -> frozenset[str]:
    """What stands before a colon often enough, or looks enough like one, to be a speaker's name."""
    counts: dict[str, int] = {}
    for words in cues:
        if match := _NAMED.match(words):
            counts[match[1]] = counts.get(match[1], 0) + 1
    share = sum(counts.values()) / max(1, len(cues))
    return frozenset(name for name, many in counts.items() if many > 1 or (share > 0.5 and len(name.split()) <= 5))


def _spoken(words: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    voices = list(_VOICE.finditer(words))
    if voices:
        for number, voice in enumerate(voices):
            end = voices[number + 1].start() if number + 1 < len(voices) else len(words)
            yield _name(voice[1]), _plain(words[voice.end() : end])
        return
    match = _NAMED.match(words)
    if match and match[1] in names:
        yield _name(match[1]), _plain(match[2])
    else:
        yield "", _plain(words)


def _plain(words: str) -> str:
    text = _TAG.sub("", words)
    for mark, letter in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", "")):
        text = text.replace(mark, letter)
    return " ".join(text.split())


def _name(name: str) -> str:
    return " ".join(name.split()).strip(" ,")


def call_drafts(turns: Sequence[Turn], name: str, known: Known) -> list[Draft]:
    """The sentences of a call that tell a problem, with the turn they stand in, and the one before it.

    Where one of us takes part, or only a few speak, it is a conversation with the others, and most of what they
    tell counts; in a meeting of many strangers only what plainly names a problem does.
    """
    with_us = any(turn.speaker in known.ours for turn in turns) or len({turn.speaker for turn in turns}) <= _FEW
    where = _where(turns, name, known)
    found: list[tuple[float, int, Draft]] = []
    for at, turn in enumerate(turns):
        if turn.speaker in known.ours:
            continue
        found += [
            (_telling(text), at, _draft(text, turn, turns[max(0, at - 1) : at], name, where, known))
            for text in told(turn.text, least=_LEAST_WITH_US if with_us else _LEAST)
            if count_words(text) >= (9 if with_us else 8)
        ]
    hours = (turns[-1].end - turns[0].start) / 3600 if turns else 0
    most = max(8, round(WITH_US * hours)) if with_us else max(A_CALL // 2, round(A_CALL * hours))
    kept = sorted(found, key=lambda one: (-one[0], one[1]))[:most]
    return [draft for _, _, draft in sorted(kept, key=lambda one: one[1])]


def _where(turns: Sequence[Turn], name: str, known: Known) -> Where:
    where = read_title(PurePosixPath(name).stem, known)
    others = {turn.speaker for turn in turns if turn.speaker and turn.speaker not in known.ours}
    named = {account for label in others if (account := _who(label, known)[1])}
    account = named.pop() if len(named) == 1 else known.employer(_who(label, known)[0] for label in others)
    return replace(where, account=where.account or account)


def _who(label: str, known: Known) -> tuple[str, str]:
    """The person and the account of a speaker's label (`Reto Ammann - Polarhaus`)."""
    name, _, behind = re.sub(r"\s*[(|/]|\s+[-–]\s+", "\x1f", label, count=1).partition("\x1f")
    account = known.account(behind.strip(" )")) if behind else ""
    return whole_name(name, known.people) or name.strip(), account


def _telling(text: str) -> float:
    """How much words tell: the problem that they name, and how concrete they are about it."""
    length = min(count_words(text), 40)
    return weigh(text).strength + 0.4 * len(_CONCRETE.findall(text)) + length / 10


def _draft(text: str, turn: Turn, before: Sequence[Turn], name: str, where: Where, known: Known) -> Draft:
    weight = weigh(text)
    speaker = _who(turn.speaker, known)[0]
    around = [f"{one.speaker or 'Somebody'} ({one.time}): {one.text}" for one in [*before, turn]]
    return Draft(
        place=Place("", 1),
        text=text,
        why=f"{speaker or 'Somebody'} said it{told_of(weight)}",
        origin=f"{name} {turn.time}",
        key=key_of("turn", turn.time, turn.speaker, text),
        conversation=key_of("call", PurePosixPath(name).name)[:12],
        heard=where.heard,
        source=Source.CALL,
        account=where.account,
        person=speaker,
        tags=tuple(tag for tag in weight.tags if tag != "trigger")[:2],
        related="\n\n".join(around)[:3000],
    )
