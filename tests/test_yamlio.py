"""YAML as text: nothing is guessed, everything knows its line, and what surprises is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heard.base import yamlio
from heard.base.yamlio import Listing, Node, Scalar, Table, YamlError, load

PIECES = (
    "key", "date", "ä", ":", ": ", " ", "\n", "#", " # c", "no", "1:02:03", "2026-13-40", "~", "-", "- ", "[", "]",
    "{", "}", ",", "'", '"', "&a", "*a", "!x", "|", ">", "%", "@", "`", "?", "\t", "\u00a0", "\u2028", "\ufeff", "x",
    "---", "...", "\x07", "😀", "=", "<<",
)  # fmt: skip


def slowly(text: str) -> Node | YamlError | None:
    try:
        return yamlio._slowly(text, 1)
    except YamlError as error:
        return error


@settings(deadline=None)
@given(st.one_of(st.lists(st.sampled_from(PIECES)).map("".join), st.text(), st.from_regex(r"([a-z]+: [^\n]*\n)*")))
@example("a: b # c\n")
@example("a:  b :c  \n")
@example("a: b\n\nb:\n")
@example(f"{'k' * 1200}: v\n")
def test_the_quick_path_reads_what_the_parser_reads(text: str) -> None:
    quick = yamlio._quickly(text, 1)
    assert quick is None or quick == slowly(text)


@settings(deadline=None)
@given(st.text(), st.booleans())
@example("😀\x00", False)
@example("a: b", False)
@example("a, b", True)
@example("", True)
@example("0?", True)
def test_a_scalar_reads_back_as_the_same_text(text: str, flow: bool) -> None:
    written = yamlio.scalar(text, flow=flow)
    assert "\n" not in written
    line = f"key: [{written}]\n" if flow else f"key: {written}\n"
    node = load(line)
    found = yaml.compose(line, Loader=yaml.SafeLoader).value[0][1]
    assert (found.value[0] if flow else found).value == text
    assert isinstance(node, Table)
    value = node.get("key")
    assert value == (Listing((Scalar(text, 1),), 1) if flow else Scalar(text, 1))


@pytest.mark.parametrize(
    "value", ["no", "yes", "on", "1:02:03", "2026-13-40", "2026-11-21", "0x1F", "1e3", "null", "="]
)
@pytest.mark.parametrize("around", ["key: {}\n", "key: [{}]\n", 'key: "{}"\n'])
def test_nothing_is_guessed_about_a_value(value: str, around: str) -> None:
    node = load(around.format(value))
    assert isinstance(node, Table)
    found = node.items[0][1]
    assert found == Scalar(value, 1) or found == Listing((Scalar(value, 1),), 1)


def test_an_empty_value_and_a_tilde_are_no_words() -> None:
    node = load("a:\nb: ~\nc: '~'\n")
    assert isinstance(node, Table)
    assert [value for _, value in node.items] == [Scalar("", 1), Scalar("", 2), Scalar("~", 3)]
    assert load("") is None
    assert load("# only a comment\n") is None


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: b\nc: &x d\n", 11, "anchors"),
        ("a: b\nc: *x\n", 11, "aliases"),
        ("a: b\na: c\n", 11, "twice"),
        ("a: {b: 1, b: 2}\n", 10, "twice"),
        ("a: b\n\tc: d\n", 11, "tab"),
        ("a: !!python/object:os.system x\n", 10, "tags"),
        ("a: b\n---\nc: d\n", 11, "second"),
        ("a: b\nc: d: e\n", 11, "colon"),
        ("a: [b\nc: d\n", 10, "not closed"),
        ("a: 'b\nc: d\n", 10, "not closed"),
        ("a: b\nc: \x07\n", 11, "U+0007"),
        ("a: " + "[" * 50 + "]" * 50 + "\n", 10, "deeply"),
        ("? [a]\n: b\n", 10, "key"),
        ("a: " + "x" * 70_000, 10, "64 KB"),
        ("a: " + "ä" * 40_000, 10, "64 KB"),
        ("a: b\n" + "[" * 60_000, 11, ""),
    ],
)
def test_what_surprises_is_refused_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(YamlError) as caught:
        load(text, 10)
    assert caught.value.line == line
    assert word in caught.value.message


@settings(deadline=None)
@given(st.text())
def test_reading_fails_in_one_way_only(text: str) -> None:
    failed = None
    try:
        load(text)
    except YamlError as error:
        failed = error
    lines = sum(map(text.count, "\n\r\x85\u2028\u2029")) + 2
    assert failed is None or 1 <= failed.line <= lines
