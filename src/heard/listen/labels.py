"""Whose words the `Name: words` lines of a note are: what its labels mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from heard.listen.known import Known
from heard.listen.people import has_title, is_name, whole_name, without_title
from heard.listen.whereabouts import Where, people_in

US = "(us)"
"""Stands for ourselves."""

STAMP = re.compile(
    r"^[\[(]?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? )?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?[\])]?\s*(?:[-–—]\s*)?",
    re.IGNORECASE,
)
"""What a line may begin with before its label: the time of a chat or a recording."""

SPEAKER = re.compile(
    r"^(?:\*\*|__|_)?([^\W\d_][\w.’'-]*(?: (?:[^\W\d_][\w.’'-]*|\([^)]*\))){0,3}?)(?:\*\*|__|"
    r"_)?\s?[:>](?:\*\*|__|_)?\s+(?=\S)(.+)$"
)
_NO_SPEAKER_WORDS = (
    "note notes todo to-do idea next offer fee cost costs date offen budget summary action actions agenda "
    "status type tags value photos cards says subject q a re fwd ps nb update result decision background "
    "context goal thoughts location price question questions follow-up followup homework money meine "
    "meine-einschätzung beobachtet thema apologies present bring company contact people real http https example "
    "warning caution important tip hint link links source author title where when what why how problem invited "
    "recorded duration time room program programme dots setup feedback wall so then room rapid reason pain "
    "pains issue issues impact workaround wish objection quote quotes result"
)
_NO_SPEAKER = frozenset(_NO_SPEAKER_WORDS.split())
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_THERE = ("present:", "participants:", "attendees:", "teilnehmer:", "anwesend:")
_PERSON_AT = re.compile(r"([A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)+) \(([A-Z0-9À-Þ][^)]{2,60})\)")
_AT_PERSON = re.compile(r"([A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*) \(([A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]*\.?)\)")
_PERSONAL = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|[Ii]ch|[Ww]ir|[Uu]ns\w*|[Mm]ein\w*)\b|^[\"“„]")


def speaking(lines: Sequence[str]) -> frozenset[str]:
    """The labels of `Name: words` lines that may be people's names."""
    bare = (STAMP.sub("", _BULLET.sub("", line.strip())) for line in lines)
    labels = {re.sub(r"\s*\([^)]*\)", "", match[1]).strip() for line in bare if (match := SPEAKER.match(line))}
    return frozenset(
        label
        for label in labels
        if len(label) > 2 and is_name(label) and not {part.lower() for part in label.split()} & _NO_SPEAKER
    )


def speakers(lines: Sequence[str], where: Where, known: Known) -> dict[str, str]:
    """Who the labels of `Name: words` lines mean: by the people of the note, by being used again, or by a name.

    `US` stands for ourselves; `@name` gives the company that a line names with somebody.
    """
    people = dict.fromkeys(where.people)
    found: dict[str, str] = {}
    seen: dict[str, list[str]] = {}
    for line in lines:
        bare = STAMP.sub("", _BULLET.sub("", line.strip()))
        if bare.lower().startswith(_THERE):
            people |= dict.fromkeys(name for name, _ in people_in(bare.partition(":")[2], known))
        for name, company in _named_with_company(line, where, known):
            people.setdefault(name)
            found[f"@{name}"] = company
        if match := SPEAKER.match(bare):
            seen.setdefault(re.sub(r"\s*\([^)]*\)", "", match[1]).strip(), []).append(match[2])
    dialogue = any(label in known.ours for label in seen)
    for label, said in seen.items():
        found |= _meaning(label, said, tuple(people), known, dialogue=dialogue)
    return found


def _named_with_company(line: str, where: Where, known: Known) -> Iterator[tuple[str, str]]:
    """`Derek Hsu (Copperwick)` and `Copperwick (Derek Hsu)`: the person and the company."""
    if "(" not in line:
        return
    for name, company in _PERSON_AT.findall(line):
        if (account := known.account(company)) or (is_name(company) and not where.account):
            yield name, account or company
    for company, name in _AT_PERSON.findall(line):
        words = company.split()
        ends = (account for at in range(len(words)) if (account := known.account(" ".join(words[at:]))))
        if account := next(ends, ""):
            yield whole_name(name, known.people) or name, account


def _meaning(
    label: str, said: Sequence[str], people: Sequence[str], known: Known, *, dialogue: bool
) -> Mapping[str, str]:
    first, _, last = label.rpartition(" ")
    if label.upper() == label and label.lower() in known.ours.initials and len(label) <= 3:
        return {label: US}
    if name := whole_name(label, people) or (whole_name(label, known.people) if len(label) > 3 else ""):
        return {label: name}
    if first and (account := known.account(last)):
        # In a telephone's address book: `Petr Hallfrost`.
        name = whole_name(first, known.people) or first
        return {label: name, f"@{name}": account}
    return {label: without_title(label)} if _may_speak(label, said, dialogue=dialogue) else {}


def _may_speak(label: str, said: Sequence[str], *, dialogue: bool) -> bool:
    parts = label.split()
    if parts[0].lower() in _NO_SPEAKER or parts[-1].lower() in _NO_SPEAKER or not is_name(label) or len(label) == 2:
        return False
    if any(words[:2] == "//" for words in said):
        return False
    personal = has_title(label) or any(_PERSONAL.search(words) for words in said)
    return personal or len(said) > 1 or (dialogue and len(parts) == 1 and label.isalpha())
