"""Every way to hide a name, in every spot of every kind of file that can hold it: all are found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hiding import ANYTHING, WAYS, Way
from planting import PLANTS

from heard.leaks.matcher import Matcher, build
from heard.leaks.scan import Names, scan
from heard.leaks.secret import Form, Kind, Secret

PERSON = "Zofia Kowalczyk"
COMPANY = "Quarrystone Foods"
EACH = 9
"""So many ways are tried in each spot; all of them in the large run."""

MARKED = ("html", "text", "search index", "mail")
"""Files in which markup and escapes are undone; elsewhere they are letters like others."""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return build([Secret("aaaa", Kind.PERSON, PERSON), Secret("bbbb", Kind.ACCOUNT, f"{COMPANY} GmbH")])


def pairs(large: bool) -> Iterator[tuple[str, Way]]:
    """The spots with the ways that may occur there, in turn."""
    at = 0
    for spot in PLANTS:
        ways = [way for way in WAYS if _fits(spot, way)]
        count = len(ways) if large else min(EACH, len(ways))
        for _ in range(count):
            yield spot, ways[at % len(ways)]
            at += 1


def _fits(spot: str, way: Way) -> bool:
    family = spot.partition(":")[0]
    if spot == "html: comment" and way.name.startswith(("comments", "split CDATA")):
        return False  # The first of them ends the comment: the name would be torn.
    if spot == "pdf: page, typeset" and way.name in ("variation selectors", "grapheme joiners"):
        return False  # Between f and i they make a ligature whose letters the file itself does not name any more.
    return Form.TEXT in way.forms or (family in MARKED and Form.MARKUP in way.forms)


def _can_hold(spot: str, hidden: str) -> tuple[str, bytes] | None:
    """The file; None where a text like this cannot stand there: breaks, or letters that its code page lacks."""
    if not spot.startswith(("html", "text: page.md", "text: robots")) and not hidden.isprintable():
        return None
    try:
        return PLANTS[spot](hidden)
    except (ValueError, UnicodeError, OSError):
        return None


def look(matcher: Matcher, large: bool) -> tuple[int, list[str]]:
    """How many were planted, and those that were not found."""
    tried, missed = 0, []
    for spot, way in pairs(large):
        for secret in (PERSON, COMPANY):
            if way.of != ANYTHING and secret == COMPANY:
                continue
            planted = _can_hold(spot, way.hide(secret))
            if planted is None:
                continue
            tried += 1
            found = scan(*planted, matcher, Names())
            if not found.leaks and not found.unread:
                missed.append(f"{spot} | {way.name} | {secret}")
    return tried, missed


def test_whatever_is_planted_is_found(matcher: Matcher) -> None:
    tried, missed = look(matcher, large=False)
    assert tried > 1000
    assert not missed, f"{len(missed)} of {tried}:\n" + "\n".join(missed[:50])


@pytest.mark.stress
def test_every_way_in_every_spot_is_found(matcher: Matcher) -> None:
    tried, missed = look(matcher, large=True)
    assert tried > 20_000
    assert not missed, f"{len(missed)} of {tried}:\n" + "\n".join(missed[:50])


def test_the_clean_ones_are_clean(matcher: Matcher) -> None:
    for spot, plant in PLANTS.items():
        found = scan(*plant("An ordinary sentence"), matcher, Names())
        assert not found.leaks, spot
        assert not found.unread, spot
