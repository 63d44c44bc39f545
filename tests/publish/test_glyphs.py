"""Characters that cannot be printed are left out and told, never printed as boxes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from site_sample import paper

from heard.publish.fonts import drawable
from heard.publish.glyphs import check, missing, printable, printable_values
from heard.values import Place


@given(st.text())
def test_what_is_printable_can_be_drawn_or_is_white_space(text: str) -> None:
    assert all(ord(char) in drawable() or char in "\n\r\t" for char in printable(text))


def test_plain_sisters_are_drawn_for_signs_that_are_not_there() -> None:
    assert printable("✅ done, ❌ not, 💡idea") == "✔ done, ✖ not, idea"
    assert missing("✅ 💡 café 💡") == "💡"


def test_a_finding_names_the_line_and_the_sign() -> None:
    found = list(check("one\n\nan 💡 and ─\n", "content/problems/x.md", 10))
    assert [str(one.place) for one in found] == ["content/problems/x.md:12"]
    assert "💡 (electric light bulb)" in found[0].message.replace("”", "").replace("“", "")


def test_every_text_of_a_paper_is_made_printable_and_nothing_else() -> None:
    found = printable_values(replace(paper("x"), title="A 💡 b", aliases=("c💡",), source=Place("💡.md", 3)))
    assert (found.title, found.aliases, found.source.path) == ("A  b", ("c",), "💡.md")
    assert found.published == paper("x").published
