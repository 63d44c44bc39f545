"""The dialect of papers becomes standard Markdown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from heard.publish.dialect import expand, in_short
from heard.publish.markdown import to_html
from heard.values import ApprovedQuote, Place

PLACE = Place("content/problems/x.md", 20)
ONE = ApprovedQuote("k1", "We lose <two> hours & more.\n\nEvery night.", "an operations manager")
TWO = ApprovedQuote("k2", "It *ices* up.", "a client")


def test_slots_are_filled_in_order_and_what_is_left_vanishes() -> None:
    body = "a\n\n[[quote]]\n\nb\n\n[[quote]]\n\n[[quote]]\n\nc\n"
    text, findings = expand(body, [ONE, TWO], PLACE)
    assert not findings
    assert "[[" not in text
    assert text.index("We lose") < text.index("\nb\n") < text.index("ices") < text.index("\nc\n")
    assert text.count("<blockquote") == 2


def test_a_quote_is_escaped_and_its_words_are_no_markdown() -> None:
    html = to_html(expand("a\n\n[[quote]]\n\n[[quote]]\n", [ONE, TWO], PLACE)[0])
    assert "<p>We lose &lt;two&gt; hours &amp; more.</p>\n<p>Every night.</p>" in html
    assert "It *ices* up." in html
    assert "<footer>an operations manager</footer>" in html


def test_without_a_slot_the_first_quote_follows_the_second_sections_first_paragraph() -> None:
    body = "## In short\n\nx\n\n## Night\n\nfirst\nline\n\nsecond\n"
    text, _ = expand(body, [ONE, TWO], PLACE)
    assert text.index("line") < text.index("We lose") < text.index("second")
    assert "ices" not in text


def test_without_quotes_nothing_is_put_in() -> None:
    body = "## In short\n\nx\n\n## Night\n\nfirst\n"
    assert expand(body, [], PLACE)[0] == body


def test_captions_are_numbered_and_sources_marked() -> None:
    table = "| a | b |\n|---|---|\n| x | 1 |\n"
    body = f"Table: The first\n\n{table}\nSource: my log\nof May\n\nTable: The second\n\n{table}"
    html = to_html(expand(body, [], PLACE)[0])
    assert '<p class="caption"><span class="number">Table 1</span> The first</p>' in html
    assert '<span class="number">Table 2</span> The second' in html
    assert '<p class="source">Source: my log\nof May</p>' in html


def test_a_caption_without_a_table_is_left_alone() -> None:
    body = "Table: for two\n\nWords.\n\nSource: hearsay\n"
    assert expand(body, [], PLACE)[0] == body


def test_columns_of_figures_are_set_right_unless_the_writer_chose() -> None:
    body = "| a | b | c | d |\n|---|---|:--|---|\n| x | −1,200 h | 3 | in 3 days |\n| y | — | 4 | 5 |\n"
    assert "| --- | --: | :-- | --- |" in expand(body, [], PLACE)[0]


def test_code_is_left_alone() -> None:
    body = "a\n\n```\n[[quote]]\n# no heading\n[[x]]\n```\n\n    [[quote]]\n\n`[[x]]`\n"
    text, findings = expand(body, [ONE], PLACE, lambda slug: None)
    assert text == body
    assert not findings


def test_links_to_other_problems() -> None:
    body = 'See [[ice|the ice]] and [[ice]].\n\n!!! takeaway "T"\n    Not [[fire]].\n'
    known = {"ice": ("https://x.example/ice/", "Ice [builds] up")}
    text, findings = expand(body, [], PLACE, known.get)
    assert "[the ice](https://x.example/ice/)" in text
    assert "[Ice \\[builds\\] up](https://x.example/ice/)" in text
    assert "Not fire." in text
    assert [str(one) for one in findings] == [
        "content/problems/x.md:23: to fix: no published problem “fire” to link to [paper/unknown-link]"
    ]


def test_without_a_resolver_links_stay() -> None:
    assert "[[ice]]" in expand("See [[ice]].\n", [], PLACE)[0]


def test_a_slot_amid_words_is_a_finding() -> None:
    _, findings = expand("As they say [[quote]] so.\n", [ONE], PLACE, lambda slug: None)
    assert [one.code for one in findings] == ["paper/unknown-link"]
    assert "alone" in findings[0].message


def test_headings_of_level_one_and_skipped_levels_are_findings() -> None:
    _, findings = expand("# A\n\n## B\n\n#### C\n\nD\n===\n", [], PLACE)
    assert [(one.place.line, one.code) for one in findings] == [
        (20, "paper/heading"), (24, "paper/heading"), (27, "paper/heading"),
    ]  # fmt: skip


def test_in_short_is_taken_out() -> None:
    short, rest = in_short("## In short\n\nThe answer.\n\n## Night\n\nfirst\n")
    assert short == "The answer.\n"
    assert rest == "## Night\n\nfirst\n"
    assert in_short("## Night\n\nfirst\n") == ("", "## Night\n\nfirst\n")


@settings(deadline=None)
@given(st.text(alphabet="[]|#`~ \n\tTable: quoteSource-x1=!", max_size=200))
def test_expanding_never_raises(body: str) -> None:
    text, findings = expand(body, [ONE], PLACE, lambda slug: None)
    to_html(text)
    assert all(one.place.line >= 20 for one in findings)


def test_a_body_without_sections_has_no_summary() -> None:
    assert in_short("Only words.\n") == ("", "Only words.\n")
