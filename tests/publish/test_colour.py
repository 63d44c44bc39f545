"""Colours: whatever the brand colour, the promised contrasts hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.publish.brand import findings
from heard.publish.colour import LIGHT_GROUND, contrast, to_hex, to_oklch, tokens
from heard.values import Brand, Expert, HeardError, Place

KEYS = {
    "page", "paper", "ink", "ink2", "rule", "grey", "brandtext", "deep", "deep2", "ondeep",
    "ondeep2", "tint", "tint2", "signal", "onsignal", "dark_page", "dark_surface", "dark_ink",
    "dark_ink2", "dark_rule", "dark_brandtext",
}  # fmt: skip

colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@settings(deadline=None)
@given(colours)
def test_promised_contrasts_hold_for_any_brand(brand: str) -> None:
    found = tokens(Brand(colour=brand))
    assert found.keys() >= KEYS
    assert contrast(found["ink"], found["page"]) >= 12
    assert contrast(found["ink2"], found["page"]) >= 6.2
    assert contrast(found["brandtext"], found["page"]) >= 5.5
    assert contrast(found["brandtext"], found["tint"]) >= 4.5
    assert contrast(found["dark_ink"], found["dark_surface"]) >= 10
    assert contrast(found["dark_ink2"], found["dark_surface"]) >= 6.2
    assert contrast(found["dark_brandtext"], found["dark_surface"]) >= 7
    assert contrast(found["ondeep2"], found["deep"]) >= 5.6
    assert contrast(found["onsignal"], found["signal"]) >= 4.5
    if to_oklch(brand).light <= LIGHT_GROUND:
        assert contrast(found["ondeep"], found["deep"]) >= 9.5
        assert contrast(found["signal"], found["deep"]) >= 6.5
    else:
        assert found["deep"] == brand


@settings(deadline=None)
@given(colours, colours)
def test_any_signal_stands_out_on_deep(brand: str, signal: str) -> None:
    found = tokens(Brand(colour=brand, signal=signal))
    assert contrast(found["signal"], found["deep"]) >= 5.6


@settings(deadline=None)
@given(colours)
def test_oklch_and_back_is_the_same_colour(colour: str) -> None:
    assert to_hex(to_oklch(colour)) == colour


def test_the_example_brand_looks_as_it_was_drawn() -> None:
    found = tokens(Brand("#00696B"))
    assert found["page"] == "#F9FBFB"
    assert found["ink"] == "#0F2222"
    assert found["ink2"] == "#516161"
    assert found["brandtext"] == "#00696B"
    assert found["dark_brandtext"] == "#7CCED0"


def test_a_grey_brand_has_no_hue() -> None:
    found = tokens(Brand("#222422"))
    for key in ("page", "ink", "tint", "rule", "deep"):
        red, green, blue = (found[key][at : at + 2] for at in (1, 3, 5))
        assert red == green == blue


def test_a_brand_near_the_signal_gets_a_pale_complement() -> None:
    brown = tokens(Brand("#7A5200"))
    assert abs((to_oklch(brown["signal"]).hue - to_oklch("#7A5200").hue) % 360 - 180) < 15


def test_a_yellow_brand_keeps_its_ground_and_is_written_on_in_ink() -> None:
    found = tokens(Brand("#E0A000"))
    assert found["deep"] == "#E0A000"
    assert found["ondeep"] == found["signal"] == found["stroke"]
    assert found["cross"] == "#FFFFFF"


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_something_else_than_a_colour_is_said_so() -> None:
    with pytest.raises(HeardError, match="teal"):
        tokens(Brand("teal"))


def told(colour: str, signal: str = Brand().signal) -> list[str]:
    """What is said of a brand's colours."""
    expert = Expert(Place("content/expert.yml"), brand=Brand(colour, signal))
    found = list(findings(expert, lambda path, key: {"brand": 7}[key]))
    assert {(one.place.line, one.code, one.severity.value) for one in found} <= {(7, "expert/contrast", "worth a look")}
    return [one.message for one in found]


@pytest.mark.parametrize("colour", ["#00696B", "#000000", "#C8102E", "#1F4E9E", "#2E7D32", "#6A0DAD", "#7A5200"])
def test_a_colour_that_can_be_read_needs_no_word(colour: str) -> None:
    assert told(colour) == []


@pytest.mark.parametrize(
    ("colour", "holds"),
    [("#FFC72C", "#816200"), ("#B7E000", "#596E00"), ("#D9DDE2", "#666666"), ("#FFFFFF", "#666666"),
     ("#8A8A8A", "#666666")],
)  # fmt: skip
def test_a_colour_too_light_for_words_is_told_with_the_nearest_that_holds(colour: str, holds: str) -> None:
    (message,) = told(colour)
    assert f'`colour: "{holds}"`' in message
    assert contrast(holds, tokens(Brand(colour))["page"]) >= 5.5
    assert told(holds) == []


def test_only_a_colour_like_the_page_makes_covers_like_paper() -> None:
    assert "like plain paper" in told("#FFFFFF")[0]
    assert "like plain paper" not in told("#FFF200")[0]


def test_a_signal_that_was_chosen_and_cannot_be_used_is_told() -> None:
    assert "does not stand out" in told("#00696B", "#222222")[0]
    assert "is not used" in told("#FFC72C", "#FF0000")[1]
    assert told("#00696B", "#FFE066") == []


@settings(deadline=None)
@given(colours)
def test_every_stroke_can_be_told_from_its_ground(brand: str) -> None:
    found = tokens(Brand(colour=brand))
    assert contrast(found["deep2"], found["deep"]) >= 1.2
    assert contrast(found["cross"], found["deep"]) >= 1.45
    assert contrast(found["stroke"], found["deep"]) >= 5.5
