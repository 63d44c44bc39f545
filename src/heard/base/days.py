"""Days as a person says them: today, yesterday, last week, in March."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def ago(day: date, today: date) -> str:
    """When a day was, told from today; a day that is still to come is told as a date."""
    days = (today - day).days
    near = {0: "today", 1: "yesterday"}
    if days < 0:
        return f"on {day}"
    if days in near:
        return near[days]
    if days < 7:
        return f"{days} days ago"
    if days < 14:
        return "last week"
    return f"{days // 7} weeks ago" if days < 35 else f"in {month(day, today)}"


def month(day: date, today: date) -> str:
    """`March`, or `March 2025` where that could be another one."""
    same = (today - day).days < 330
    return _MONTHS[day.month - 1] if same else f"{_MONTHS[day.month - 1]} {day.year}"
