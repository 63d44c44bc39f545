"""Lists written as GitHub, Obsidian and Prettier write them reach the page and the PDF as they were meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.publish.dialect import expand
from heard.publish.lists import widened
from heard.publish.markdown import parse, to_html
from heard.values import Place

PLACE = Place("x.md", 1)
Tree = list[tuple[str, tuple[str, ...], "Tree"]]


def wide(text: str) -> str:
    return "".join(f"{line.text}\n" for line in widened(text, 1))


def tags(text: str) -> str:
    """The tags and words of what becomes of a text, in a row."""
    tree = parse(to_html(expand(text, [], PLACE)[0]))
    shown = [one for one in tree.iter() if isinstance(one.tag, str) and one.tag not in ("body", "input")]
    found = [f"{one.tag}:{(one.text or '').strip()}".rstrip(":") for one in shown]
    return " ".join(" ".join(found).split())


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("- a\n  - b\n    - c\n- d\n", "ul li:a ul li:b ul li:c li:d"),
        ("1. a\n   - b\n   - c\n2. d\n", "ol li:a ul li:b li:c li:d"),
        ("1. a\n   1. b\n2. d\n", "ol li:a ol li:b li:d"),
        ("1. a\n  - b\n2. d\n", "ol li:a ul li:b li:d"),
        ("1. a\n\n - b\n\n2. d\n", "ol li p:a ul li:b li p:d"),
        ("- a\n\n  b\n\n- c\n", "ul li p:a p:b li p:c"),
        ("1. a\n\n   b\n   c\n2. d\n", "ol li p:a p:b c li p:d"),
        ("- a\n\n      b\n\n  c\n", "ul li p:a pre code:b p:c"),
        ("1. a\n   ```sh\n   b\n   ```\n2. c\n", "ol li p:a pre code:b li p:c"),
        ("- a\n    ```\n    b\n    ```\n", "ul li:a pre code:b"),
        ("- ```\n  a\n  ```\n- b\n", "ul li pre code:a li p:b"),
        ("1. a\n   - b\n\n   ```\n   c\n   ```\n", "ol li p:a ul li:b pre code:c"),
        ("- a\n\n  | b | c |\n  |---|---|\n  | d | e |\n", "ul li p:a table thead tr th:b th:c tbody tr td:d td:e"),
        ("Words\n- a\n- b\n", "p:Words ul li:a li:b"),
        ("Words since\n2019. Not a list.\n", "p:Words since 2019. Not a list."),
        ('!!! note "T"\n    - a\n      - b\n', "div p:T ul li:a ul li:b"),
        ("100. a\n     - b\n", "ol li:a ul li:b"),
    ],
)
def test_what_is_inside_stays_inside(body: str, becomes: str) -> None:
    assert tags(body) == becomes


def test_task_lists_nest() -> None:
    html = to_html(wide("- [ ] a\n  - [x] b\n"))
    assert html.count('<ul class="task-list">') == 2
    assert html.index("a<ul") < html.index("b</li>")


@pytest.mark.parametrize(
    "text",
    [
        "```\n- a\n  - b\n```\n",
        "    - a\n      - b\n",
        "<pre>\n- a\n  - b\n\n- c\n  - d\n</pre>\n",
        "- a\n  hangs\n- b\n",
        "- a\n\n        code\n          more\n\n    - b\n\n        c\n",
        " 9. a\n10. b\n",
        "-   a\n\n    b\n",
        "[^1]: a\n    b\n\n    c\n",
        '!!! takeaway "T"\n    a\n\n    - b\n        - c\n',
        "Term\n:   Words\n\n    more\n",
        "- - -\n\n* * *\n",
        "a\n---\n",
    ],
)
def test_what_is_right_stays_as_it_is(text: str) -> None:
    assert wide(text) == text


def test_code_in_an_item_keeps_its_text_and_its_line() -> None:
    body = "1. a\n   ```\n   [[quote]]\n\n     [[x]]\n   ```\n2. [[y]]\n"
    text, findings = expand(body, [], Place("x.md", 10), lambda slug: None)
    assert "        [[quote]]\n\n          [[x]]\n" in text
    assert [one.place.line for one in findings] == [16]


def written(tree: Tree, indent: int, width: int) -> list[str]:
    """A tree of lists, indented by the width of its markers or by `width`."""
    lines = []
    for mark, more, under in tree:
        inner = indent + (width or len(mark) + 1)
        lines.append(f"{' ' * indent}{mark} word")
        for words in more:
            lines += ["", f"{' ' * inner}{words}"]
        if more:
            lines.append("")
        lines += written(under, inner, width)
    return lines


def trees(depth: int) -> st.SearchStrategy[Tree]:
    under = trees(depth - 1) if depth else st.just([])
    more = st.lists(st.sampled_from(["words", "    code", "| a | b |", "> said"]), max_size=2).map(tuple)
    task = st.sampled_from(["-", "*", "- [ ]", "1."])
    return task.flatmap(lambda mark: st.lists(st.tuples(st.just(mark.split(" ")[0]), more, under), max_size=3))


@settings(deadline=None)
@given(trees(3))
def test_lists_indented_by_their_markers_become_lists_indented_by_four(tree: Tree) -> None:
    right = "".join(f"{line}\n" for line in written(tree, 0, 4))
    assert wide(right) == right
    assert wide("".join(f"{line}\n" for line in written(tree, 0, 0))) == right


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from(["- a", "1. a", "2. b", "10. c", "text", "```", "", "> q", "## h",
                                                      "[^1]: n", '!!! note "T"', "| a |", "<b>", "- ```", ": d", "-"]))
    )
)  # fmt: skip
def test_no_word_is_lost_and_every_line_keeps_its_number(parts: list[tuple[int, str]]) -> None:
    text = "\n".join(" " * indent + words for indent, words in parts)
    lines = widened(text, 1)
    kept = [(one.number, one.text.strip()) for one in lines if one.text.strip(" -") not in ("", "```")]
    kept = [one for one in kept if one[1] != "<!-- -->"]
    were = [(at, words) for at, (_, words) in enumerate(parts, 1)]
    assert set(kept) <= {*were, *((at, "- ") for at, _ in were)}
    assert {one for one in were if one[1] not in ("", "-", "```", "- ```")} <= set(kept)
    to_html("".join(f"{line.text}\n" for line in lines))
