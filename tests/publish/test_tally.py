"""The tally: as many strokes as companies were counted."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from heard.publish.tally import CoverColours, cover, strokes, tally

COLOURS = CoverColours("#111111", "#222222", "#333333")
SVG = "{http://www.w3.org/2000/svg}"


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("counted", [3, 6, 10, 20, 50, 100])
def test_one_stroke_for_each_and_the_fifth_crosses(counted: int) -> None:
    svg = parse(tally(counted, more=False, seed="a", label="x"))
    paths = svg.findall("path")
    assert len(paths) == counted
    assert len([one for one in paths if one.get("class") == "cross"]) == counted // 5


@pytest.mark.parametrize("counted", [3, 6, 10, 20, 50, 100])
def test_the_cover_counts_the_same(counted: int) -> None:
    paths = parse(strokes(counted, "a", COLOURS)).findall("path")
    drawn = [one.get("stroke") for one in paths]
    assert drawn.count("#111111") + drawn.count("#222222") == counted
    assert drawn.count("#222222") == counted // 5
    assert "#333333" in drawn


def test_more_is_a_plus() -> None:
    assert len(parse(tally(3, more=True, seed="a", label="x"))) == 1 + 3 + 1


def test_below_three_there_is_a_quote_mark_and_no_stroke() -> None:
    for svg in (tally(0, more=False, seed="a", label="x"), strokes(0, "a", COLOURS)):
        assert not [one for one in parse(svg).iter("path") if (one.get("stroke") or "none") != "none"]


def test_the_label_is_the_title_and_is_escaped() -> None:
    svg = parse(tally(3, more=True, seed="a", label="three <b> & more"))
    assert svg.get("role") == "img"
    assert svg.findtext("title") == "three <b> & more"


def test_every_seed_has_its_own_hand_and_keeps_it() -> None:
    drawn = {seed: tally(10, more=True, seed=seed, label="x") for seed in ("a", "b")}
    assert drawn["a"] != drawn["b"]
    assert drawn["a"] == tally(10, more=True, seed="a", label="x")


@pytest.mark.parametrize("counted", [3, 6, 10, 20, 50, 100])
def test_the_inline_tally_stays_inside_its_box(counted: int) -> None:
    svg = parse(tally(counted, more=True, seed="a", label="x"))
    width, height = (float(part) for part in svg.get("viewBox", "").split()[2:])
    for path in svg.findall("path"):
        data = path.get("d", "").replace("M", " ").replace("L", " ").partition("h")[0]
        numbers = [float(part) for part in data.split()]
        assert all(1 <= x <= width - 1 for x in numbers[::2])
        assert all(1 <= y <= height - 1 for y in numbers[1::2])


def test_a_cover_shows_a_quote_mark_only_where_there_is_a_quote() -> None:
    quoted, empty = (parse(cover(0, "a", COLOURS, quoted=one)) for one in (True, False))
    assert [path for path in quoted.iter() if "Z" in path.get("d", "")]
    assert not [path for path in empty.iter() if "Z" in path.get("d", "")]
    assert {path.get("stroke") for path in empty.iter() if path.get("d")} == {COLOURS.rest}
    assert cover(10, "a", COLOURS, quoted=False) == strokes(10, "a", COLOURS)
