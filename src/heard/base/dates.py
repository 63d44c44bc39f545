"""Dates as people and their programs write them: `2 March 2025`, `02.03.2025`, `Mar 2, 2025 10:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero gennaio januari",
            "february feb februar février febrero febbraio februari",
            "march mar märz maerz mrz mars marzo maart",
            "april apr avril abril aprile",
            "may mai mayo maggio mei",
            "june jun juni juin junio giugno",
            "july jul juli juillet julio luglio",
            "august aug août agosto augustus",
            "september sep sept septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/._](\d{1,2})[-/._](\d{1,2})(?!\d)")
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_WORDS = re.compile(
    rf"(?<!\w)(\d{{1,2}})(?:st|nd|rd|th|\.)?[ ./-](?:of )?({_MONTH})\.?,?[ ./-]'?(\d{{4}}|\d\d)(?!\w)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"(?<!\w)({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? |, ?)(\d{{4}})(?!\w)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d\d)(?![\d])")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])")
_TIME = re.compile(
    r"(?<![\d:.])([012]?\d)(?::|h|\.)([0-5]\d)(?::[0-5]\d)?(?:\s?([ap])\.?m\b\.?)?(?![\d])", re.IGNORECASE
)
_NO_DATE = frozenset(("na", "nan", "nil", "none", "null", "unknown", "unbekannt", "ka", "tbd", "nat"))
"""What people and their programs write where there is no date."""

_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


def any_date(text: str, *, day_first: bool | None = None) -> datetime | None:
    """The first date in a text, with the time of day where it says one; None where there is none.

    `03/04/2025` is read only if `day_first` says how, or if one of its numbers is above 12. Time zones are
    passed over: a note is local.
    """
    found = find_date(text, day_first=day_first)
    return found[0] if found else None


def find_date(text: str, *, day_first: bool | None = None) -> tuple[datetime, str] | None:
    """The first date in a text, and the text without it (and without its time)."""
    if _EPOCH.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(text.strip()[:10]), UTC).replace(tzinfo=None), ""
    for pattern, order in ((_ISO, "ymd"), (_PACKED, "ymd"), (_WORDS, "dmy"), (_MONTH_FIRST, "mdy"), (_DOTTED, "dmy")):
        for match in pattern.finditer(text):
            if day := _day(dict(zip(order, match.groups(), strict=True))):
                return _with_time(day, text, match)
    for match in _SLASHED.finditer(text):
        one, _, two, year = match.groups()
        if day := _slashed(int(one), int(two), year, day_first):
            return _with_time(day, text, match)
    return None


def day_first_of(texts: Iterable[str]) -> bool | None:
    """Whether `13/04/2025` stands among the texts (True), or `04/13/2025` (False); None where neither does."""
    for text in texts:
        for match in _SLASHED.finditer(text):
            if int(match[1]) > 12 >= int(match[3]):
                return True
            if int(match[3]) > 12 >= int(match[1]):
                return False
    return None


def is_ambiguous(text: str) -> bool:
    """Whether a text has a date that may be read in two ways."""
    return any_date(text) is None and any_date(text, day_first=True) is not None


def why_unread(text: str) -> str:
    """What keeps a text that should be a date from being one, in words; empty where it is one, or says nothing."""
    bare = "".join(filter(str.isalnum, text.lower()))
    if not bare or bare in _NO_DATE or any_date(text):
        return ""
    if is_ambiguous(text):
        return "may be read in two ways"
    shaped = any(pattern.search(text) for pattern in (_ISO, _WORDS, _MONTH_FIRST, _DOTTED, _SLASHED))
    return "is not a day of the calendar" if shaped else "is not a date"


def _slashed(one: int, two: int, year: str, day_first: bool | None) -> datetime | None:
    if one > 12 or (two <= 12 and day_first):
        return _day({"d": str(one), "m": str(two), "y": year})
    if two > 12 or day_first is False or one == two:
        return _day({"d": str(two), "m": str(one), "y": year})
    return None


def _day(parts: dict[str, str]) -> datetime | None:
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    month = _MONTHS.get(parts["m"].lower()) or (int(parts["m"]) if parts["m"].isdigit() else 0)
    try:
        return datetime(year, month, int(parts["d"])) if 1970 <= year < 2200 else None
    except ValueError:
        return None


def _with_time(day: datetime, text: str, match: re.Match[str]) -> tuple[datetime, str]:
    before, after = text[: match.start()], text[match.end() :]
    # Behind a date a time may follow its `T` or `_`; a compact one (`1432`) is read only there.
    after = re.sub(r"^[T_]", " ", after)
    after = re.sub(r"^ ([012]\d)([0-5]\d)(?!\d)", r" \1:\2", after)
    time = _TIME.search(after) or _TIME.search(before)
    if not time:
        return day, f"{before} {after}"
    moment = at_time(day, time)
    rest = f"{before} {after}".replace(time[0], " ", 1)
    return moment, re.sub(r"(?<=\s)(?:Z|[+-]\d\d:?\d\d)(?!\S)", "", rest)


def find_time(text: str) -> re.Match[str] | None:
    """A time of day in a text: `10:00`, `10.30`, `3:15 pm`."""
    return _TIME.search(text)


def at_time(day: datetime, time: re.Match[str]) -> datetime:
    """The day at the time that `find_time` found; the day itself where there is no such time."""
    hour, minute = int(time[1]), int(time[2])
    if time[3]:
        hour = hour % 12 + (12 if time[3].lower() == "p" else 0)
    return day.replace(hour=hour, minute=minute) if hour < 24 else day
