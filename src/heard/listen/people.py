"""Who speaks: names and initials as notes write them, and whether they are the expert's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from heard.base.domains import domain_of
from heard.base.text import words as key_words

_OURS_WORDS = "me i ich myself we wir us my self moi yo ik jag jeg"
OURS = frozenset(_OURS_WORDS.split())
"""Labels by which people mean themselves in their own notes."""

_NAME = re.compile(
    r"[A-ZÀ-ÞŁŚŻĐØ][\w’'-]*\.?(?: (?:v\.|van|von|de|der|den|di|la|el|al|bin|y|zu|(?:[A-ZÀ-ÞŁŚŻĐØ][\w’'-]*\.?))){0,3}"
)
_TITLE = re.compile(
    # What is a word or a company's name as well counts only with its dot, and none of them in capitals (`ING Bank`).
    r"^(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|M[sx]|ms|[Mm]iss|[Hh]errn?|[Ff]rau|[Mm]me|[Mm]lle|Madame|Monsieur|Señora?|Senhora?|"
    r"Signora?|Mevrouw|Meneer|Pani|[Dd]hr|[Mm]evr|[Ss]ra|[Dd]ra)\.?\s+|(?:[Ii]ng|[Mm]ag|[Dd]ipl(?:\.?-Ing)?|Hr|Fr|Sr|Sig|Mw)"
    r"\.\s*(?=\S))+"
)


@dataclass(frozen=True, slots=True)
class Ours:
    """The names that speak for us: the expert's and the team's, folded, with first names, initials, domains."""

    names: frozenset[str] = frozenset()
    initials: frozenset[str] = field(default=frozenset())
    domains: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        folded = " ".join(key_words(name))
        return folded in OURS or folded in self.names


def ours(names: Iterable[str], domains: Iterable[str] = ()) -> Ours:
    """Who we are, by the names and the domains in expert.yml."""
    whole = [key_words(name) for name in names if name.strip()]
    spelled = {" ".join(parts) for parts in whole} | {parts[0] for parts in whole if parts}
    letters = {"".join(part[0] for part in parts) for parts in whole if len(parts) > 1}
    first = {parts[0][0] for parts in whole if parts}
    return Ours(frozenset(spelled), frozenset(letters | first), frozenset(filter(None, map(domain_of, domains))))


def is_name(text: str) -> bool:
    """Whether a text looks like somebody's name: one to four capitalised words."""
    return len(text) < 50 and _NAME.fullmatch(text) is not None


def without_title(name: str) -> str:
    """`Dr. Anita Rao` as `Anita Rao`."""
    return _TITLE.sub("", name).strip() or name.strip()


def has_title(name: str) -> bool:
    """Whether a text begins as only people are addressed (`Frau Größler`), so that it is no company."""
    match = _TITLE.match(name)
    return match is not None and is_name(name[match.end() :].strip())


def whole_name(label: str, people: Iterable[str]) -> str:
    """The person of the conversation that a first name, last name or initials mean; empty for none or several."""
    wanted = _parts(without_title(label))
    known = list(dict.fromkeys(people))
    for fits in (_same, _part, _initials):
        found = [person for person in known if wanted and fits(wanted, _parts(person))]
        if len(found) == 1:
            return found[0]
        if found:
            return ""
    return ""


@lru_cache(maxsize=100_000)
def _parts(name: str) -> list[str]:
    return key_words(name)


def _same(wanted: list[str], name: list[str]) -> bool:
    return wanted == name


def _part(wanted: list[str], name: list[str]) -> bool:
    return (len(wanted) == 1 and len(wanted[0]) > 1 and wanted[0] in name) or (
        len(wanted) > 1 and len(name) > 1 and wanted[-1] == name[-1] and wanted[0][0] == name[0][0]
    )


def _initials(wanted: list[str], name: list[str]) -> bool:
    letters = "".join(part[0] for part in name)
    return len(wanted) == 1 and len(wanted[0]) <= 3 and (wanted[0] == letters or wanted[0] == letters[:1])
