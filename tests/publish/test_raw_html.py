"""What a PDF cannot have is told with its line: paper/alt, paper/html, and headings written as HTML."""

from __future__ import annotations

import time

import pytest

from heard.publish import raw_html

PATH = "content/problems/a.md"


def found(body: str) -> list[str]:
    """Line and code of every finding about a text that begins on line 8."""
    return [f"{one.place.line} {one.code}" for one in raw_html.check(body, PATH, 8)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("one\n\n![](a.png)\n", ["10 paper/alt"]),
        ("![ ](a.png) ![a face](b.png)\n", ["8 paper/alt"]),
        ('<img src="a.png">\n', ["8 paper/alt"]),
        ("one\n<svg\n  width='9'><rect/></svg>\n", ["9 paper/alt"]),
        ('<p style="opacity: .5">x</p>\n', ["8 paper/html"]),
        ("<style>\np { color: device-cmyk(0 1 1 0) }\n</style>\n", ["8 paper/html"]),
        ("<ul>words<li>item</li></ul>\n", ["8 paper/html"]),
        ("<ul>\n<li>a</li>\nwords\n</ul>\n", ["9 paper/html"]),
        ("<table><tr><td>a</td></tr></table>\n", ["8 paper/html"]),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>\n", ["8 paper/html"]),
        ("a\n\n<form>\n<select><option>x</option></select>\n</form>\n", ["11 paper/html"]),
        ("## Two\n\n<h4>Four</h4>\n", ["10 paper/heading"]),
        ("<h1>One</h1>\n", ["8 paper/heading"]),
    ],
)
def test_what_breaks_a_pdf_is_told_at_its_line(body: str, expected: list[str]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "![a face](a.png) and <https://example.com/> and a < b\n",
        '<img src="a.png" alt="">\n<img src="b.png" alt="A face">\n',
        "<svg><title>A face</title></svg> <svg aria-hidden='true'></svg> <svg aria-label='A face'></svg>\n",
        "```\n<svg></svg> ![](a.png)\n```\n\nSay `<svg>` and `![](a.png)`.\n",
        "<!-- <svg></svg> -->\n",
        '<p style="color: red; opacity-like: 1">x</p>\n',
        "<ul>\n<li>a<ul><li>b</li></ul></li>\n</ul>\n",
        "<table><tr><th colspan='2'>a</th></tr><tr><td>1</td><td>2</td></tr></table>\n",
        "<table><tr><th>a</th><th>b</th></tr><tr><td rowspan='2'>1</td><td>2</td></tr><tr><td>3</td></tr></table>\n",
        "## Two\n\n<h3>Three</h3>\n\n#### Four\n",
    ],
)
def test_what_is_in_order_is_not(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<!--", '<p style="', "<table>", "<ul>", "</li>", "<svg>", "`", "![", "a:"]
)
def test_no_text_makes_it_slow(piece: str) -> None:
    start = time.process_time()
    list(raw_html.check(piece * (50_000 // len(piece)), PATH, 1))
    assert time.process_time() - start < 2
