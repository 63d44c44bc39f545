"""What in a paper's own HTML, or in its pictures, a PDF for everybody cannot have: told with its line.

The PDF is set validly all the same (`tame`, `finishing`): what cannot stay is left out or read as plain
text there, and the writer should know. A tag ends at the next `<` or `>`, so that a slip cannot make
this slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from heard.publish.lines import Line, level, split
from heard.values import Finding, Place, Severity

UNPRINTABLE = frozenset(("opacity", "mix-blend-mode", "appearance", "image-rendering"))
"""Properties of CSS that a PDF/A or PDF/UA cannot have, or that WeasyPrint does not know."""

UNPRINTABLE_VALUE = "device-cmyk("
CONTROLS = frozenset(("button", "input", "select", "textarea"))

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)>")
_STYLE = re.compile(r"\bstyle\s*=\s*(\"[^\"]*\"|'[^']*')")
_PICTURE = re.compile(r"!\[\s*\]\(")
_SAID = re.compile(r"\b(?:alt|aria-label|aria-labelledby)\s*=\s*(\"[^\"]*\"|'[^']*')")
_DECORATES = re.compile(r"\b(aria-hidden\s*=\s*.?true|role\s*=\s*.?(presentation|none)\b)")
_SPAN = re.compile(r"\bcolspan\s*=\s*[\"']?(\d{1,3})")
_CODE = re.compile(r"`[^`]*`")


class _Tag(NamedTuple):
    """A tag, its line, and the words between it and the next one."""

    line: int
    name: str
    closes: bool
    attributes: str
    after: str


def check(body: str, path: str, first: int) -> Iterator[Finding]:
    """Findings about a paper's text as it was written; `first` is the line of the file where it begins."""
    lines = split(body, first)
    yield from _pictures(lines, path)
    if "<" not in body:
        return
    tags = [*_tags(lines)]
    for line, message, code in (*_images(tags), *_tables(tags), *_lists(tags), *_styles(tags), *_controls(tags)):
        yield Finding(Place(path, line), Severity.WORTH_A_LOOK, message, code)
    yield from _headings(tags, lines, path)


def unprintable(property_: str, value: str) -> bool:
    """Whether a declaration of CSS is left out of the PDF."""
    return property_.strip().lower() in UNPRINTABLE or UNPRINTABLE_VALUE in value.lower()


def _tags(lines: list[Line]) -> Iterator[_Tag]:
    """The tags of a text, without its code and comments."""
    text = _uncommented("\n".join("" if line.code else _CODE.sub(_blank, line.text) for line in lines))
    found = [*_TAG.finditer(text)]
    number, at = lines[0].number if lines else 1, 0
    for one, following in pairwise((*found, None)):
        assert one is not None
        number += text.count("\n", at, one.start())
        at = one.start()
        after = text[one.end() : following.start() if following else len(text)]
        yield _Tag(number, one[2].lower(), bool(one[1]), one[3], after)


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])


def _uncommented(text: str) -> str:
    """The text with its comments emptied; one that nothing closes goes on to the end."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join((*parts, text[at:]))


_Said = Iterator[tuple[int, str, str]]


def _pictures(lines: list[Line], path: str) -> Iterator[Finding]:
    for line in lines:
        if not line.code and "![" in line.text and _PICTURE.search(_CODE.sub("", line.text)):
            message = "a picture without words: write what it shows, ![like this](…)"
            yield Finding(Place(path, line.number), Severity.WORTH_A_LOOK, message, "paper/alt")


def _images(tags: list[_Tag]) -> _Said:
    for at, tag in enumerate(tags):
        if tag.closes or tag.name not in ("img", "svg") or _says(tag.attributes):
            continue
        if tag.name == "img" and not re.search(r"\balt\s*=", tag.attributes):
            yield (
                tag.line,
                'a picture without words: write alt="what it shows", or alt="" if it only decorates',
                "paper/alt",
            )
        if tag.name == "svg" and not _DECORATES.search(tag.attributes) and not _has_title(tags, at):
            yield (
                tag.line,
                "a drawing without words: write <title>what it shows</title> as the first thing in it",
                "paper/alt",
            )


def _says(attributes: str) -> bool:
    return any(said[1:-1].strip() for said in _SAID.findall(attributes))


def _has_title(tags: list[_Tag], at: int) -> bool:
    for tag in tags[at + 1 :]:
        if tag.name == "title":
            return bool(tag.after.strip())
        if tag.name == "svg":
            break
    return False


def _tables(tags: list[_Tag]) -> _Said:
    """A table without headings, or with rows of unequal length."""
    open_: list[tuple[int, set[str], list[int]]] = []
    for tag in tags:
        if tag.name == "table" and not tag.closes:
            open_.append((tag.line, set(), []))
        elif tag.name == "table" and open_:
            yield from _judged(*open_.pop())
        elif open_ and not tag.closes and tag.name in ("tr", "th", "td"):
            _, kinds, rows = open_[-1]
            kinds |= {tag.name, *(["span"] if "rowspan" in tag.attributes.lower() else [])}
            if tag.name == "tr":
                rows.append(0)
            elif rows:
                span = _SPAN.search(tag.attributes.lower())
                rows[-1] += int(span[1]) if span else 1


def _judged(line: int, kinds: set[str], rows: list[int]) -> _Said:
    if "th" not in kinds:
        yield (
            line,
            "a table without headings, which is read out as plain text: write <th> for the cells that head others",
            "paper/html",
        )
    elif "span" not in kinds and len({row for row in rows if row}) > 1:
        yield (
            line,
            f"a table with rows of {min(filter(None, rows))} to {max(rows)} cells, which is read out as plain text",
            "paper/html",
        )


def _lists(tags: list[_Tag]) -> _Said:
    depth: list[str] = []
    for tag in tags:
        if tag.name not in ("ul", "ol", "li"):
            continue
        if not tag.closes:
            depth.append(tag.name)
        elif tag.name in depth:
            while depth.pop() != tag.name:
                pass
        if depth and depth[-1] != "li" and tag.after.strip() and "markdown" not in tag.attributes:
            yield (
                tag.line,
                f"words in a list but in none of its items: write them into <li> or outside of the <{depth[-1]}>",
                "paper/html",
            )


def _styles(tags: list[_Tag]) -> _Said:
    for tag in tags:
        sheet = [tag.after] if tag.name == "style" and not tag.closes else []
        for written in (*sheet, *(style[1:-1] for style in _STYLE.findall(tag.attributes))):
            for declaration in re.split(r"[;{}]", written):
                name, colon, value = declaration.partition(":")
                if colon and unprintable(name, value):
                    said = f"the PDF leaves `{declaration.strip()}` out: a file made to last has no such thing"
                    yield tag.line, said, "paper/html"


def _controls(tags: list[_Tag]) -> _Said:
    for tag in tags:
        if tag.name in CONTROLS and not tag.closes:
            yield (
                tag.line,
                f"a paper is read and not filled in: the PDF shows <{tag.name}> without its function",
                "paper/html",
            )


def _headings(tags: list[_Tag], lines: list[Line], path: str) -> Iterator[Finding]:
    """Headings written as HTML; those of Markdown are looked at in `dialect`."""
    found = [(tag.line, int(tag.name[1]), True) for tag in tags if re.fullmatch("h[1-6]", tag.name) and not tag.closes]
    if not found:
        return
    last = 1
    for line, depth, raw in sorted((*found, *((one.number, level(one), False) for one in lines if level(one)))):
        message = ""
        if depth == 1:
            message = "the title is the paper's only heading of level 1: write <h2> here"
        elif depth > last + 1:
            message = f"a heading of level {depth} follows one of level {last}: write <h{last + 1}>"
        if message and raw:
            yield Finding(Place(path, line), Severity.TO_FIX, message, "paper/heading")
        last = max(depth, 2)
