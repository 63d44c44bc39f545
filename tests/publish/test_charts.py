"""Charts: what may be typed, what is drawn, and what is said of a slip."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validators import faults

from heard.publish import pdf
from heard.publish.charts import cells
from heard.publish.charts.checking import check
from heard.publish.charts.drawing import PAGE, as_text, drawn, on_page, printed
from heard.publish.charts.fences import charts
from heard.publish.charts.lettering import wide
from heard.publish.charts.reading import Reading, read
from heard.publish.charts.svg import NARROW, WIDE
from heard.publish.colour import tokens
from heard.publish.dialect import expand
from heard.publish.glyphs import missing
from heard.publish.markdown import to_html
from heard.values import Author, Brand, Expert, Finding, Paper, PdfJob, Place, Severity

ROOT = Path(__file__).parents[2]
PATH = "content/problems/x.md"
HEAD = "title: Fans cost most\nunit: kWh a night\nsource: meter\n"
BAR = f"```chart\nkind: bar\n{HEAD}highlight: Fans\n---\nWhat, kWh\nFans, 40\nDoors, 12\n```\n"
NIGHT = (
    "```chart\nkind: bar\ntitle: The truck stops at 03:40\nunit: when\nsource: log\nfrom: 22:00\n"
    "threshold: 06:00 shift ends\nhighlight: -10 °C\n---\n"
    "Electrolyte, Stops, Where\n30 °C, 06:05, as on the plate\n−10 °C, 03:40, in the aisle\n```\n"
)
LINE = (
    f"```chart\nkind: line\n{HEAD}highlight: cold\nthreshold: 40 A limit\n---\n"
    "Minutes; cold; warm\n0; 98,5; 99\n10; 60; 98\n60; ; 96\n70; 20; 95\n```\n"
)
TIME = (
    f"```chart\nkind: before-after\n{HEAD}change: painted\n---\nWeek, before, after\n1, 5\n2, 6\n3, , 2\n4, , 0\n```\n"
)
PAIRS = f"```chart\nkind: before-after\n{HEAD}---\nDock, before, after\nNorth, 50, 10\nSouth, 40, 30\n```\n"
CELLS = ["", "5", "-3,5", "22:00", "a b", "1.200", "–", "é|<", '"', "0", "2026-01-02"]
EVERY = [BAR, NIGHT, LINE, TIME, PAIRS]


def reading(text: str) -> Reading:
    return read(charts(text.split("\n"))[0], PATH, 1)


def svgs(text: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", on_page(text))]


def texts(drawing: ElementTree.Element) -> list[str]:
    return [(one.text or "").replace("\u00a0", " ") for one in drawing.iter("text")]


def said(findings: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [f"{one.place.line} {one.code}" for one in findings]


@pytest.mark.parametrize("text", EVERY)
def test_a_chart_is_drawn_wide_and_narrow_with_every_figure_in_its_title(text: str) -> None:
    assert not list(check(text, PATH, 1))
    found = reading(text)
    assert found.chart
    drawings = svgs(text)
    assert [one.get("class") for one in drawings] == ["h-chart__wide", "h-chart__narrow"]
    for drawing in drawings:
        title = drawing[0]
        assert title.tag == "title"
        assert all(value.text in (title.text or "") for row in found.chart.rows for value in row.values if value)
        assert drawing.get("font-family", "").startswith("Archivo")
        assert not any("opacity" in one.attrib or "id" in one.attrib for one in drawing.iter())


@pytest.mark.parametrize("text", EVERY)
def test_page_and_pdf_have_the_same_lines_in_other_colours(text: str) -> None:
    page = re.search(r"<svg.*?</svg>", on_page(text))
    paper = re.search(r"<svg.*?</svg>", printed(text, tokens(Brand())))
    assert page
    assert paper
    blank = re.compile(r'"(?:var\(--h-\w+\)|#[0-9A-F]{6})"')
    assert blank.sub("C", page[0]).replace(' class="h-chart__wide"', "") == blank.sub("C", paper[0])
    assert "#" not in page[0]
    assert "var(" not in paper[0]
    assert printed(text, tokens(Brand())) == printed(text, tokens(Brand()))


@pytest.mark.parametrize("text", EVERY)
def test_nothing_is_drawn_beyond_the_edges(text: str) -> None:
    for drawing in svgs(text):
        *_, width, height = map(float, drawing.get("viewBox", "").split())
        size = float(drawing.get("font-size", 0))
        for one in drawing.iter("text"):
            long = wide(one.text or "", replace(WIDE, size=size), bold=one.get("font-weight") == "600")
            left = float(one.get("x", 0)) - {"middle": long / 2, "end": long}.get(one.get("text-anchor", ""), 0)
            assert left >= -0.6
            assert left + long <= width + 0.6
            assert size * 0.6 <= float(one.get("y", 0)) <= height
        for one in drawing.iter("rect"):
            assert float(one.get("width", 0)) >= 0
            assert float(one.get("y", 0)) + float(one.get("height", 0)) <= height + 2


def test_a_phone_reads_letters_of_eleven_pixels() -> None:
    assert NARROW.size * 280 / NARROW.width >= 11


def test_the_named_bar_alone_has_the_brands_colour() -> None:
    chart = reading(BAR).chart
    assert chart
    bars = re.findall(r'<rect [^>]*height="19" fill="([^"]*)"', drawn(chart, WIDE, PAGE))
    assert bars == [PAGE.named, PAGE.grey]


def test_times_go_on_after_midnight() -> None:
    chart = reading(NIGHT).chart
    assert chart
    assert [row.values[0].at for row in chart.rows if row.values[0]] == [1440 + 365, 1440 + 220]
    assert chart.threshold
    assert chart.threshold.at == 1440 + 360
    wide_one, narrow = svgs(NIGHT)
    assert texts(wide_one)[:4] == ["22:00", "00:00", "02:00", "04:00"]
    assert "06:00 shift ends" in texts(wide_one)
    assert {"as on the plate", "in the aisle", "−10 °C"} <= {*texts(wide_one), *texts(narrow)}


def test_a_line_is_broken_where_a_figure_is_missing_and_lies_as_far_as_its_numbers_are() -> None:
    wide_one = svgs(LINE)[0]
    paths = [one.get("d", "") for one in wide_one.iter("path") if one.get("stroke") == PAGE.named]
    assert len(paths) == 1
    first, second = (float(x) for x in re.findall(r"[ML]([\d.]+) ", paths[0]))
    dots = [float(one.get("cx", 0)) for one in wide_one.iter("circle") if one.get("fill") == PAGE.named]
    assert second - first == pytest.approx((max(dots) - min(dots)) / 7, abs=0.3)
    assert {"cold", "warm", "40 A limit", "98,5", "20"} <= set(texts(wide_one))


def test_before_and_after_stand_in_time_or_below_each_other() -> None:
    time, pairs = svgs(TIME)[0], svgs(PAIRS)[0]
    assert {"before", "after", "painted", "5", "0"} <= set(texts(time))
    assert {"50 before", "10 after", "40", "30"} <= set(texts(pairs))


def test_caption_and_source_stand_around_it_and_are_numbered_with_the_figures() -> None:
    body = f"Figure: First\n\n![x](x.png)\n\n{BAR}\n{LINE}"
    html = to_html(on_page(expand(body, [], Place(PATH, 1))[0]))
    assert '<p class="caption"><span class="number">Figure 2</span> Fans cost most</p>\n<figure class="h-chart"' in html
    assert "</figure>\n\n" in html or "</figure>\n<p" in html
    assert '<p class="source">kWh a night. Source: meter</p>' in html
    assert "Figure 3" in html
    assert "```" not in html
    german = expand(BAR, [], Place(PATH, 1), None, "de")[0]
    assert "Abbildung 1" in german
    assert "Quelle: meter" in german


def test_search_does_not_read_the_figures() -> None:
    assert on_page(BAR).count('<figure class="h-chart" data-search-exclude="true">') == 1


def test_the_text_beside_the_page_has_a_table() -> None:
    assert "| What | kWh |\n| --- | --- |\n| Fans | 40 |\n| Doors | 12 |" in as_text(BAR)
    assert "```" not in as_text(f"a\n\n{BAR}\nb\n")


def test_other_code_is_left_alone() -> None:
    body = f"a\n\n````\n{BAR}````\n\n```python\nchart\n```\n"
    assert on_page(body) == body
    assert expand(body, [], Place(PATH, 1)) == (body, ())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", 1200), ("1.200,5", 1200.5), ("€2,400", 2400), ("−3,5 %", -3.5), ("-40", -40), ("12 %", 12),
        ("0.125", 0.125), ("1 200 h", 1200), ("≈ 40 min", 40), ("12’000", 12000), ("3.5 kWh/t", 3.5), ("−€5", -5),
        ("1,234,567", 1234567), ("7.", 7),
    ],
)  # fmt: skip
def test_figures_are_read_as_people_type_them(text: str, number: float) -> None:
    assert cells.number(text, cells.decimal_sign([text]) or ".") == number


@pytest.mark.parametrize(
    "text", ["", "–", "15–30", "2 h 54 min", "twelve", "12 trucks every night and more", "1..2,,3", "٣"]
)
def test_what_is_no_figure_is_none(text: str) -> None:
    assert cells.number(text) is None


def test_the_decimal_sign_is_the_one_that_the_chart_uses() -> None:
    text = LINE.replace("98,5", "1.200").replace("60;", "3,5;", 1)
    chart = reading(text).chart
    assert chart
    assert chart.rows[0].values[0]
    assert chart.rows[0].values[0].at == 1200


def test_a_figure_that_may_mean_two_things_is_told() -> None:
    findings = list(check(BAR.replace("40", "1.200"), PATH, 1))
    assert said(findings) == ["9 chart/value"]
    assert "read as 1.2: write 1200" in findings[0].message


def chart_of(data: str, kind: str = "bar", more: str = "") -> str:
    return f"```chart\nkind: {kind}\n{HEAD}{more}---\n{data}\n```\n"


@pytest.mark.parametrize(
    ("text", "expected", "message"),
    [
        (BAR.replace("kind: bar", "kind: bars"), "2 yaml/unknown-word", "did you mean `bar`?"),
        (BAR.replace("unit:", "units:"), "4 yaml/unknown-key", "did you mean `unit`?"),
        (BAR.replace("highlight: Fans", "highlight: Fan"), "1 chart/highlight", "did you mean `Fans`?"),
        (BAR.replace("title: Fans cost most\n", ""), "1 chart/incomplete", "no `title:`"),
        (BAR.replace("source: meter\n", ""), "1 chart/incomplete", "no `source:`"),
        (BAR.replace("highlight", "unit: a\nhighlight"), "6 chart/head", "twice"),
        (BAR.replace("---\n", ""), "7 chart/head", "a line ---"),
        (BAR.replace("12\n", "twelve\n"), "10 chart/value", "“twelve” is not a figure"),
        (NIGHT.replace("03:40", "40"), "12 chart/value", "a time like 22:05"),
        (BAR.replace("Doors, 12", "Doors, 1,2"), "10 chart/row", "put `;`"),
        (BAR.replace("What, kWh\n", ""), "8 chart/row", "looks like a figure"),
        (chart_of("a, b, c, d\nx, 1, 2, 3"), "1 chart/size", "one column of figures"),
        (chart_of("a, b\nx, 1", "before-after"), "1 chart/size", "three columns"),
        (chart_of("a, b\n" + "\n".join(f"x{n}, {n}" for n in range(61))), "1 chart/size", "61 rows"),
        (chart_of(""), "1 chart/data", "without data"),
        (chart_of("a, b\nx, –"), "1 chart/data", "none of"),
        (chart_of("a, b\nx, 1", more="threshold: limit\n"), "1 chart/value", "write it like"),
        (chart_of("a, b\nx, 1", more="from: noon\n"), "1 chart/value", "no number"),
        (BAR.removesuffix("```\n"), "1 chart/place", "never closed"),
        (f"- x\n\n  {BAR}".replace("\n", "\n  "), "3 chart/place", "left edge"),
        (BAR.replace("chart", "charts", 1), "1 chart/place", "did you mean ```chart?"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(text: str, expected: str, message: str) -> None:
    findings = list(check(text, PATH, 1))
    assert said(findings) == [expected]
    assert message in findings[0].message
    assert findings[0].place.path == PATH
    html = to_html(on_page(expand(text, [], Place(PATH, 1))[0]))
    shown = {"chart/place": "What, kWh", "chart/data": "<"}.get(findings[0].code, "<figure")
    broken = findings[0].severity is Severity.TO_FIX and findings[0].code in ("chart/row", "chart/size", "chart/value")
    assert ("<table>" if broken else shown) in html


@pytest.mark.parametrize("kind", ["bar", "line"])
@pytest.mark.parametrize(
    "data",
    ["a, b\nx, 5", "a, b\nx, 0", "a, b\nx, -5\ny, -7", "a, b\nx, 0\ny, 0", "a, b\nx, -3\ny, \nz, 3", "a, b\nx, 06:05",
     "a, b\n" + "\n".join(f"row number {n}, {n * 37 % 23}" for n in range(40)),
     "a, b\n" + "long " * 30 + ", 5\ny, 1000000"],
)  # fmt: skip
def test_hard_data_are_drawn(kind: str, data: str) -> None:
    text = chart_of(data, kind)
    assert not list(check(text, PATH, 1))
    test_nothing_is_drawn_beyond_the_edges(text)


def test_data_may_be_a_list_of_names_and_figures() -> None:
    chart = reading(f"```chart\nkind: bar\n{HEAD}data:\n  Fans: 40\n  Doors, south: 12\n```\n").chart
    assert chart
    assert [(row.label, row.values[0] and row.values[0].at) for row in chart.rows] == [
        ("Fans", 40),
        ("Doors, south", 12),
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["bar", "line", "before-after"]),
    st.lists(st.lists(st.sampled_from(CELLS), max_size=4), max_size=5),
    st.text(alphabet="ab:;,-`~\n0 \"<|", max_size=40),
)  # fmt: skip
def test_whatever_is_typed_the_page_stands(kind: str, rows: list[list[str]], noise: str) -> None:
    data = "\n".join(", ".join(row) for row in rows)
    named = f"highlight: {noise.strip().partition(chr(10))[0]}\n"
    text = "before\n\n" + chart_of(f"n, a{noise}\n{data}", kind, named) + "\n\nafter\n"
    body, findings = expand(text, [], Place(PATH, 1))
    assert all(1 <= one.place.line <= len(text.split("\n")) for one in findings)
    for made in (on_page(body), printed(body, tokens(Brand())), as_text(body)):
        assert "before" in to_html(made)
        for drawing in re.findall(r"<svg.*?</svg>", made):
            ElementTree.fromstring(drawing)


def test_the_examples_of_the_documentation_have_no_slips_and_no_missing_letters() -> None:
    docs = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    found = [match[0] for match in re.finditer(r"^~~~chart\n.*?^~~~$", docs, re.MULTILINE | re.DOTALL)]
    assert len(found) == 3
    for text in found:
        assert not list(check(text, PATH, 1))
        assert all(not missing(words) for drawing in svgs(text) for words in texts(drawing))
        assert on_page(text).count("<svg") == 2


def test_a_paper_with_every_kind_of_chart_is_a_valid_pdf_and_small(fonts: Path, tmp_path: Path) -> None:
    body = "## In short\n\nCharts.\n\n" + "".join(f"## Part {n}\n\nWords.\n\n{text}\n" for n, text in enumerate(EVERY))
    markdown = expand(body, [], Place(PATH, 1))[0]
    paper = Paper(
        "charts", "Trucks die", "How to stop trucks dying", "Drawn.", "What.", "en", markdown, "https://x.example/problems/charts/",
        Author("", "Ada Brandt"), Place(PATH),
    )  # fmt: skip
    expert = Expert(Place("content/expert.yml"), name="Ada Brandt", email="ada@x.example")
    made, findings = pdf.render(PdfJob(paper, expert, "https://x.example/", paper.url, paper.url, tmp_path), fonts)
    assert not findings
    path = tmp_path / "charts.pdf"
    path.write_bytes(made.content)
    assert faults(path) == []
    assert len(made.content) < 80_000
