"""Who, where and when a conversation was, as titles, first lines, headings and file names tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from heard.base.dates import at_time, find_date, find_time
from heard.base.text import words as key_words
from heard.listen.guests import SURE, Candidate, guests, has_legal_form, is_department, leaning
from heard.listen.known import Known, name_words
from heard.listen.people import has_title, is_name, whole_name, without_title
from heard.values import Quotable, Source


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of a conversation. `people` are those of the other side, `person` is the only one, if so."""

    account: str = ""
    people: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    industry: str = ""
    heard: datetime | None = None
    source: Source | None = None
    quotable: Quotable = Quotable.NO
    role: str = ""

    @property
    def person(self) -> str:
        """The one person of the other side; empty for none or several."""
        return self.people[0] if len(self.people) == 1 else ""

    def role_of(self, person: str) -> str:
        """What somebody does, where it was said."""
        return dict(self.roles).get(person, self.role if person == self.person else "")


_ABROAD = (
    r"rendez-vous|entretien|r[ée]union|visite|reuni[oó]n|visita|gesprek|bezoek|incontro|rozmowa|spotkanie|treffen|"
    r"unterhaltung"
)
"""What a meeting is called in other languages."""

_SOURCES: tuple[tuple[Source, str], ...] = (
    (Source.EMAIL, r"e-?mail|mail"),
    (Source.CHAT, r"whatsapp|chat|slack|signal|sms"),
    (Source.EVENT, r"fair|expo|conference|messe|summit|congress|event|trade show|panel|webinar"),
    (Source.CALL, r"(?:video|phone )?calls?|phone[d]?|telephone|rang|zoom|teams|telefonat|anruf|telefon|appel|llamada"),
    (
        Source.MEETING,
        r"meetings?|mtg|visit(?:ed)?|walkthrough|workshop|minutes|besuch|begehung|gespr[aä]ch|termin|lunch|"
        rf"on ?site|site visit|{_ABROAD}",
    ),
    (Source.SURVEY, r"survey|umfrage|questionnaire|nps"),
    (Source.REVIEW, r"review|bewertung|g2|capterra"),
)
_SOURCE_WORDS = tuple((source, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for source, words in _SOURCES)
_NOISE = (
    r"calls?|phone|telephone|zoom|teams|google meet|meetings?|mtg|visits?|kick-?off|intro(?:duction)?|first|"
    r"second|third|"
    r"1st|2nd|3rd|follow-?up|video|besuch|gespr[aä]ch|erstgespr[aä]ch|begehung|telefonat|telefon|termin|"
    r"interview|demo|"
    r"discovery|notes?|notizen|minutes|summary|site|visit|walkthrough|workshop|transcript|recording|check-?in|"
    rf"sync|catch-?up|appel|llamada|{_ABROAD}|"
    r"re|fwd?|fw|by|on|in|at|the|from|with|mit|bei|via|re_|spoke|spoken|talk(?:ed)?|chat(?:ted)?|to|gesprochen|"
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"jan(?:uar|uary)?|feb(?:ruar|ruary)?|m[aä]rz|march|april|mai|may|juni|june|juli|july|august|aug|sept?(?:ember)?|"
    r"o[kc]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|spring|summer|autumn|fall|winter|herbst|sommer|fr[uü]hling"
)
_EDGE = re.compile(rf"^(?:(?:{_NOISE})(?!\w)[\s:,.#_]*)+|(?:[\s:,.#_]*(?<!\w)(?:{_NOISE})\.?)+$", re.IGNORECASE)
_TALK = re.compile(
    rf"(?<!\w)(?:{_ABROAD}|appel|llamada|calls?|phone[d]?|rang|zoom|teams|meeting|mtg|visit|kick-?off|intro|besuch|gespr[aä]ch|"
    r"begehung|telefonat|termin|"
    r"interview|demo|discovery|minutes|walkthrough|workshop|follow-?up|check-?in|spoke|talked|chatted|gesprochen)(?!\w)",
    re.IGNORECASE,
)
_NO_COMPANY = re.compile(
    r"(?<!\w)(?:fair|expo|conference|messe|summit|panel|webinar|handbook|agenda|todos?|to-?do|ideas?|"
    r"templates?|how to|plan(?:ning)?|"
    r"reading|article|books?|goals?|review|journal|daily|weekly|inbox|index|readme|draft|untitled|admin|lunch|"
    r"dentist|yoga|"
    r"evening|morning|mittag|abend|dinner|breakfast|survey|observation|training|holiday|draft|context|"
    r"background|pains?|problems?|next|summary|money|offer|actions?)(?!\w)",
    re.IGNORECASE,
)
_NO_NAME_WORDS = (
    "i he she they we it the a an left needs need sent called wrote asked told said got met saw went arrived "
    "start break back up down no yes and but so then now today tomorrow yesterday new old my our his her their "
    "what why how where who when ich er sie wir der die das ein eine"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_ROLE = re.compile(
    r"(?<!\w)(?:manager(?:in)?|director|head|lead(?:er)?|chief|c[eoit]o|cfo|md|vp|owner|founder|"
    r"super(?:visor)?|plant logistics|ops|"
    r"quality|maintenance|buyer|engineer|planner|logistics|leiter(?:in)?|leitung|schichtleit\w+|"
    r"gesch[aä]ftsf[uü]hr\w+|"
    r"betriebsleiter(?:in)?|operations|purchasing|dyrektor|responsable|gerente|president|technician|"
    r"night super|shift)(?!\w)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(
    r"\s+[–—-]+\s+|\s*[|/•<>();,]+\s*|\s+(?:with|w/|mit|avec|met|from|at|bei|chez)\s+(?=[A-ZÀ-ÞŁŚŻ])|"
    r"(?<=\w{3})(?<![Pp]rof)(?<!Mevr)[.]\s+|"
    r"\s*(?:\[\[|\]\])\s*|\s*:\s+|\s{2,}"
)
_WITH = re.compile(r"(?<!\w)(?:with|w/|mit|avec|met|(?:spoke|spoken|talk|talked|chatted) to)\s", re.IGNORECASE)
_AND = re.compile(r"\s+(?:&|and|und|\+)\s+")
_MARKS = re.compile(r"[*_`#>~]+|!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[\[([^\]|#^]+)[^\]]*\]\]")
_RECORDING = re.compile(r"GMT(\d{8})-(\d\d)(\d\d)\d\d_Recording\S*")
_LONG_HEX = re.compile(r"\s*\b[0-9a-f]{32}\b")


def source_in(text: str) -> Source | None:
    """The kind of conversation that a text names, or None."""
    return next((source for source, pattern in _SOURCE_WORDS if pattern.search(text)), None)


def read_title(text: str, known: Known, *, account: str = "", sure: bool = False, strict: bool = False) -> Where:
    """What a title, a heading or a file's name says of a conversation, with the `account` if that is known.

    A company that nobody has named so far is taken only where the text speaks of a conversation, has a date,
    or the caller is `sure` that it is about one; never where it is `strict`.
    """
    bare = _LONG_HEX.sub("", _MARKS.sub(" ", _RECORDING.sub(r"\1 \2:\3 ", text).replace("_", " "))).strip()
    heard, rest = None, bare
    if found := find_date(bare):
        heard, rest = found
    elif time := find_time(bare):
        rest = bare.replace(time[0], " ", 1)
    linked = [link.rpartition("/")[2].strip() for link in _LINK.findall(rest)]
    spoken = sure or heard is not None or find_time(bare) is not None or bool(_TALK.search(rest)) or bool(linked)
    sure = spoken and not strict
    where = Where(account=account, heard=heard, source=source_in(rest))
    parts = list(_parted(rest))
    people = frozenset[str]() if account or not sure else guests(_candidates(parts, known), known.speaking)
    for _, part in parts:
        pieces = _AND.split(part) if where.account or _are_people(part) else [part]
        for piece in pieces:
            where = _with_part(where, piece.strip(" .:-–—\t"), known, people, sure=sure)
    return where


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a title, each with what stands before it."""
    lead, at = "", 0
    for mark in _SEPARATORS.finditer(text):
        yield lead, text[at : mark.start()]
        lead, at = mark[0], mark.end()
    yield lead, text[at:]


def _are_people(part: str) -> bool:
    """Whether a part names several people (`Tom and Anna`), and is no company's name (`Tinsley and Crook`)."""
    names = [_trimmed(one) for one in _AND.split(part)]
    return len(names) > 1 and all(is_name(without_title(one)) and leaning(one, ()) >= SURE for one in names)


def _candidates(parts: Iterable[tuple[str, str]], known: Known) -> list[Candidate]:
    """What a title has that may be a company or somebody whom nobody knows yet."""
    found = []
    for lead, part in parts:
        for piece in _AND.split(part) if _are_people(part) else [part]:
            name = _trimmed(piece.strip(" .:-–—\t"))
            if not name or name in known.ours or (_person(name, known) and not has_title(name)):
                continue
            company = bool(known.account(name)) or has_legal_form(name)
            if company or (_may_name(name) and not (_ROLE.search(name) and is_department(name))):
                before, _, _ = f"{lead}{part}".partition(name)
                found.append(Candidate(_named(name) or name, bool(_WITH.search(before)), company))
    return found


def _named(name: str) -> str:
    """The words of a part that are a name: all of somebody's who is addressed, else those with a capital."""
    return name if has_title(name) else _leading_name(name)


def _may_name(name: str) -> bool:
    named = _leading_name(name)
    first, *others = named.lower().split() or [""]
    # `Old Quern Seafood`, but no `new chargers`.
    free = first in ("old", "new") and bool(others)
    return len(named) > 1 and (free or first not in _NO_NAME) and not _NO_COMPANY.search(name)


def _with_part(where: Where, part: str, known: Known, guests: frozenset[str], *, sure: bool) -> Where:
    name = _trimmed(part)
    if not name or name in known.ours:
        return where
    if person := _person(name, known) or _guest(name, known, guests):
        return replace(where, people=(*where.people, person))
    if account := known.account(name):
        return where if where.account else replace(where, account=account)
    role = _ROLE.search(name) and (where.account or is_department(name))
    if where.people and role and not where.roles:
        return replace(where, roles=((where.people[-1], part),))
    if not sure or not _may_name(name):
        return where
    if not where.account:
        return replace(where, account=_leading_name(name))
    new = is_name(name) and not has_legal_form(name) and name != where.account
    if new and not known.account(name) and not _ROLE.search(name):
        return replace(where, people=(*where.people, without_title(name)))
    return where


def _guest(name: str, known: Known, guests: frozenset[str]) -> str:
    """Who somebody is that the title names as a person, or that is addressed as one; empty for anything else."""
    if _named(name) in guests or (has_title(name) and not known.account(name) and not has_legal_form(name)):
        bare = without_title(_named(name))
        return whole_name(bare, known.people) or bare
    return ""


def _person(name: str, known: Known) -> str:
    bare = without_title(name)
    if not is_name(bare) or known.account(name):
        return ""
    # A last name alone may as well be a company's.
    whole = whole_name(bare, known.people)
    return whole if " " in bare or key_words(whole)[:1] == key_words(bare) else ""


def _trimmed(part: str) -> str:
    return _EDGE.sub("", _EDGE.sub("", part)).strip(" .:-–—_")


def _leading_name(name: str) -> str:
    """The capitalised words that a text begins with: `Elzenveld slots` → `Elzenveld`."""
    kept: list[str] = []
    for word in name.split():
        if not (
            word[:1].isupper() or word[:1].isdigit() or (kept and word in ("&", "and", "of", "de", "van", "und", "+"))
        ):
            break
        kept.append(word)
    while kept and kept[-1] in ("&", "and", "of", "de", "van", "und", "+"):
        kept.pop()
    return " ".join(kept) if kept and kept[0][:1].isupper() else ""


def people_in(text: str, known: Known) -> tuple[tuple[str, str], ...]:
    """The people of the other side that a list names (`Dana Ruiz (ops); Tom, me`), each with the role in brackets."""
    found: dict[str, str] = {}
    for item in re.split(r"\s*[;,\n]\s*(?![^(]*\))|\s+(?:and|und|&|\+)\s+", text):
        match = re.fullmatch(r"\[*([^(\[\]|]+)[^(]*?(?:\(([^)]*)\)?)?", item.strip(" \"'"))
        name = without_title(match[1].strip()) if match else ""
        if name and name not in known.ours and name[:1].isupper() and "@" not in name and len(name) < 60:
            found[_fuller(name, known)] = (match[2] or "").strip() if match else ""
    return tuple(found.items())


def _fuller(name: str, known: Known) -> str:
    return whole_name(name, known.people) or name


def merged(first: Where, second: Where) -> Where:
    """The first, with what only the second knows; a longer spelling of the same account wins."""
    account = first.account or second.account
    if first.account and second.account and _extends(second.account, first.account):
        account = second.account
    return Where(
        account=account,
        people=tuple(dict.fromkeys((*first.people, *second.people))) if not first.people else first.people,
        roles=first.roles or second.roles,
        industry=first.industry or second.industry,
        heard=first.heard or second.heard,
        source=first.source or second.source,
        quotable=first.quotable if first.quotable is not Quotable.NO else second.quotable,
        role=first.role or second.role,
    )


def title_below(text: str, outer: Where, known: Known) -> Where:
    """What a heading within a note says; one without a time, a date or a link names no company of its own."""
    anew = find_time(text) is not None or find_date(text) is not None or "[[" in text
    if anew or not outer.account:
        return read_title(text, known)
    return read_title(text, known, strict=True)


def _extends(longer: str, shorter: str) -> bool:
    long, short = name_words(longer), name_words(shorter)
    return len(long) > len(short) and long[: len(short)] == short


def below(outer: Where, inner: Where) -> Where:
    """What is known below a heading: the heading's own, and what its file says where it names nobody else."""
    if inner.account and inner.account != outer.account and not _extends(outer.account, inner.account):
        outer = Where(heard=outer.heard)
    found = merged(inner, outer)
    if inner.people:
        found = replace(found, people=inner.people)
    return found


def at_heading_time(where: Where, text: str) -> Where:
    """The conversation at the time of day that a heading begins with (`10:00 Acme`)."""
    time = find_time(text)
    if not time or not where.heard or (where.heard.hour, where.heard.minute) != (0, 0):
        return where
    return replace(where, heard=at_time(where.heard, time))


def first_words(lines: Sequence[str], most: int = 4) -> list[str]:
    """The first lines of a text that may say what it is about, each only as far as its first sentence."""
    found = []
    for line in [line.strip() for line in lines if line.strip()][:most]:
        if len(line) > 160 or (line[:1] in '>-"“„«' or line[:2] == "* ") or re.match(r"\d+[.)] |\|", line):
            break
        found.append(re.split(r"(?:(?<=[^\W\d_]{3})(?<![Pp]rof)|(?<=\)))\. (?=[A-ZÀ-Þ])", line)[0])
    return found
