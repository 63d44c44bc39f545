"""Taking a file apart and changing one key: every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heard.base.document import parse, parse_to_read, remove_key, render, set_key

PIECES = ("---", "\n", "\r\n", "\r", "\ufeff", "key: value", "a:", " ", "\t", "# c", "...", "> said", "ü", "--- x")
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


@settings(deadline=None)
@given(TEXTS)
@example("---\nkey: value\n---\nbody")
@example("\ufeff---\r\nkey: value\r\n---\r\nbody\r\n")
@example("---\r\nkey: value\n---\nmixed\r\n")
@example("--- \nkey: value\n---\t\n")
@example("---\n--- no header")
def test_rendering_what_was_parsed_gives_the_same_text(text: str) -> None:
    assert render(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "header", "body", "line"),
    [
        ("---\na: b\n---\nbody\n", "a: b\n", "body\n", 4),
        ("\ufeff---\r\na: b\r\n---\r\nbody\r\n", "a: b\n", "body\n", 4),
        ("---\r\na: b\n---\nbody\r\n", "a: b\n", "body\n", 4),
        ("--- \na: b\n---  \nbody\n", "a: b\n", "body\n", 4),
        ("---\n---\nbody\n", "", "body\n", 3),
        ("---\na: b\n---", "a: b\n", "", 4),
        ("---\n--- x\n", None, "---\n--- x\n", 1),
        ("----\nx\n----\n", None, "----\nx\n----\n", 1),
        ("words\n---\n", None, "words\n---\n", 1),
        ("", None, "", 1),
    ],
)
def test_a_header_stands_between_two_fences(text: str, header: str | None, body: str, line: int) -> None:
    document = parse_to_read(text)
    assert (document.header, document.body, document.body_line) == (header, body, line)


def test_a_header_that_nothing_closes_is_noticed() -> None:
    assert parse("---\ndate: 2026-11-21\n\n> words\n").unclosed
    assert not parse("---\n\nA rule, and words.\n").unclosed
    assert not parse("---\na: b\n---\n").unclosed


ALIASES = "aliases:   # mine, too\n  - one\n  - two\n"
HEADER = """---
# mine
problem: Old words   # the market's
answer: >-
  folded
  words

# about aliases
aliases:   # mine, too
  - one
  - two
# about the slug
slug: 'x # y' # pinned
empty:
quoted: "a: b"
---
> The body stays.
"""


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("problem", "New: words", "problem: Old words ", 'problem: "New: words" '),
        ("answer", "Short", "answer: >-\n  folded\n  words\n", "answer: Short\n"),
        (
            "aliases",
            ["one", "a, b"],
            "aliases:   # mine, too\n  - one\n  - two\n",
            'aliases: [one, "a, b"]   # mine, too\n',
        ),
        ("slug", "z", "slug: 'x # y' # pinned", "slug: z # pinned"),
        ("empty", "no", "empty:\n", "empty: no\n"),
        ("quoted", "c", 'quoted: "a: b"', "quoted: c"),
        ("new", "😀\x00", 'quoted: "a: b"\n', 'quoted: "a: b"\nnew: "😀\\x00"\n'),
    ],
)
def test_a_key_is_set_and_every_other_byte_stays(key: str, value: str | list[str], before: str, after: str) -> None:
    assert render(set_key(parse(HEADER), key, value)) == HEADER.replace(before, after)
    windows = HEADER.replace("\n", "\r\n")
    assert render(set_key(parse(windows), key, value)) == HEADER.replace(before, after).replace("\n", "\r\n")


def test_a_block_of_words_goes_as_a_whole_though_it_ends_like_a_comment() -> None:
    text = "---\na: |\n  words\n  # no comment\nb: c\n---\n"
    assert render(set_key(parse(text), "a", "d")) == "---\na: d\nb: c\n---\n"
    assert render(remove_key(parse(text), "a")) == "---\nb: c\n---\n"


def test_removing_a_key_takes_its_line_alone() -> None:
    assert render(remove_key(parse(HEADER), "slug")) == HEADER.replace("slug: 'x # y' # pinned\n", "")
    assert render(remove_key(parse(HEADER), "aliases")) == HEADER.replace(
        "aliases:   # mine, too\n  - one\n  - two\n", ""
    )
    assert render(remove_key(parse(HEADER), "nothing")) == HEADER


@settings(deadline=None)
@given(st.sampled_from(["problem", "answer", "aliases", "slug", "empty", "quoted", "new"]), st.text())
def test_setting_a_key_back_keeps_all_other_keys(key: str, value: str) -> None:
    changed = set_key(parse(HEADER), key, value)
    assert render(changed).endswith("> The body stays.\n")
    again = set_key(parse(render(changed)), key, value)
    assert render(again) == render(changed)
    for comment in ("# mine", "# the market's", "# about aliases", "# about the slug"):
        assert comment in render(changed)


@pytest.mark.parametrize("text", ["---\n- a list\n---\n", "---\n{a: b}\n---\n", "---\na: [\n---\n"])
def test_a_header_that_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        set_key(parse(text), "b", "c")


def test_a_file_without_a_header_gets_one() -> None:
    assert render(set_key(parse("words\n"), "a", "b")) == "---\na: b\n---\nwords\n"
