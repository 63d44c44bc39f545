"""Figures as people type them: `1,200`, `−3,5 %`, `€2.400`, `06:05`, `2026-11-21`, or a dash for none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

MISSING = frozenset(("", "-", "–", "—", "−", "n/a", "n. a.", "k. a.", "?", "…", "..."))
LONGEST_UNIT = 12
"""Letters that may follow a number in its cell."""

_NUMBER = re.compile(r"(?:[~≈<>≤≥] ?)?([-−–+]?) ?(?:[€$£] ?)?([-−–+]?)([0-9][0-9.,'’ ]{0,30})(\D{0,14})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5]\d)(?: ?(?:h|Uhr))?")
_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


def number(text: str, decimal: str = ".") -> float | None:
    """The number in a cell, its unit or currency passed over; `decimal` is the chart's decimal sign."""
    found = _NUMBER.fullmatch(text.translate(_SPACES).strip())
    if not found or len(found[4].strip()) > LONGEST_UNIT:
        return None
    digits = re.sub(r"[ '’]", "", found[3]).rstrip(".,")
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", digits):
        return None
    whole, fraction = _parts(digits, decimal)
    size = float(f"{whole}.{fraction or 0}")
    return -size if {found[1], found[2]} & {"-", "−", "–"} else size


def clock(text: str) -> float | None:
    """A time of day in minutes."""
    found = _CLOCK.fullmatch(text.strip())
    return 60.0 * int(found[1]) + int(found[2]) if found and int(found[1]) <= 24 else None


def day(text: str) -> float | None:
    """A date in days; a month is its first day."""
    found, german = _DAY.fullmatch(text.strip()), _GERMAN_DAY.fullmatch(text.strip())
    if not found and not german:
        return None
    parts = (found[1], found[2], found[3] or "1") if found else german and (german[3], german[2], german[1])
    assert parts
    try:
        return float(date(*map(int, parts)).toordinal())
    except ValueError:
        return None


def missing(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return text.strip().casefold() in MISSING


def decimal_sign(texts: Iterable[str]) -> str:
    """The decimal sign that the cells of a chart use together; nothing where they do not tell."""
    for text in texts:
        for digits in re.findall(r"\d[\d.,]*\d", text.translate(_SPACES)):
            signs = re.findall(r"[.,]", digits)
            if len(set(signs)) == 2:
                return str(signs[-1])
            tail = re.split(r"[.,]", digits)
            if len(signs) == 1 and (len(tail[1]) != 3 or tail[0] == "0"):
                return str(signs[0])
            if len(signs) > 1:
                return "." if signs[0] == "," else ","
    return ""


def doubtful(text: str) -> bool:
    """Whether a number may mean a thousand times as much elsewhere: `1.200`."""
    return bool(re.search(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])", text))


def _parts(digits: str, decimal: str) -> tuple[str, str]:
    """The digits before and behind the decimal sign."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits, ""
    sign, many = digits[last], digits.count(digits[last])
    other = "," if sign == "." else "."
    decides = other in digits or sign == decimal or len(digits) - last != 4 or digits[:last] == "0"
    if many > 1 or not decides:
        return digits.replace(",", "").replace(".", ""), ""
    return digits[:last].replace(other, ""), digits[last + 1 :]
