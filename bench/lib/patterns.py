"""Turns the Markdown of an InnerSource pattern into a problem's file with its paper.

Nothing is mended by hand: a section is kept as it was written. Only what points out of the file
(pictures, links to other files) is resolved, and headings are brought to a gapless order.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from heard.base.text import slugify

SOURCE = "https://github.com/InnerSourceCommons/InnerSourcePatterns/blob/main/"
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
NOTICE = "Text: InnerSource Commons and contributors, CC BY-SA 4.0; converted by a program, not endorsed."

_FENCED = re.compile(r"^([ \t]*)(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\2[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_DEFINITION = re.compile(r"^\[([^\]^][^\]]*)\]:[ \t]+(\S+)[^\n]*\n?", re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_HTML_PICTURE = re.compile(r"<img\b[^>]*>")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^)\s]+)[^)]*\)")
_REFERENCE = re.compile(r"(?<![!\]])\[([^\[\]]+)\](?:\[([^\[\]]*)\])?(?![\[(:])")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|<[^>]+>")
_TROUBLE = re.compile(
    r"\b(not|no|nobody|n't|cannot|can't|don't|doesn't|isn't|hard|harder|difficult|lack|lacks|reluctant|resist|"
    r"resists|struggle|struggles|fail|fails|friction|delays?|without|unable|never|conflict|discouraged|uneven|how)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(this|that|it|they|these|but|however|as|in|for|if|so|when|while|without|with|other|we|there|by|then|also|also,|"
    r"after|one|their|such|often|since|although|because|potentially|lack of|finding|how to|escalation)\b",
    re.IGNORECASE,
)
"""How a sentence begins that says little without the one before it."""
_SKIPPED = ("title", "patlet", "patlet / summary", "alias")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it was read: where from, its title, and its sections by their headings."""

    path: PurePosixPath
    title: str
    summary: str
    aliases: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]

    def section(self, name: str) -> str:
        """The text of the first section of this name, or nothing."""
        return next((text for heading, text in self.sections if heading.casefold() == name), "")


def read_patterns(data: Path) -> tuple[Pattern, ...]:
    """All patterns that the data's own list names, in its order."""
    listed = json.loads((data / "problems.json").read_text(encoding="utf-8"))
    return tuple(_read(PurePosixPath(one["file"]), (data / one["file"]).read_text(encoding="utf-8")) for one in listed)


def _read(path: PurePosixPath, text: str) -> Pattern:
    text = re.sub(r"^# (?=Title)", "## ", text, count=1, flags=re.MULTILINE)
    parts = re.split(r"^##[ \t]+(?!#)(.+?)[ \t]*$", text, flags=re.MULTILINE)
    sections = tuple(
        (re.sub(r"\s*\(optional\)", "", heading), body.strip("\n"))
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    )
    first = {heading.casefold(): body for heading, body in reversed(sections)}
    title = next(iter(_items(first.get("title", ""))), path.stem)
    summary = first.get("patlet") or first.get("patlet / summary") or ""
    return Pattern(path, title, summary, tuple(_items(first.get("alias", ""))), sections)


def _items(text: str) -> list[str]:
    rows = [plain(re.sub(r"^[*-][ \t]+", "", row)) for row in text.splitlines()]
    return [row for row in rows if row]


def plain(text: str) -> str:
    """A text's words on one line, without Markdown."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def named(patterns: tuple[Pattern, ...]) -> dict[PurePosixPath, tuple[str, str]]:
    """Each pattern's problem in words, and the slug of those: its problem's first sentence, else its title."""
    found: dict[PurePosixPath, tuple[str, str]] = {}
    taken: set[str] = set()
    for pattern in patterns:
        for words in (_spoken(pattern), pattern.title):
            slug = slugify(words)
            if words and slug not in taken:
                break
        taken.add(slug)
        found[pattern.path] = (words, slug)
    return found


def _spoken(pattern: Pattern) -> str:
    """The first short sentence of the problem or the summary that speaks of trouble; nothing if none does."""
    texts = (pattern.section("problem"), pattern.summary)
    blocks = [
        plain(block) for text in texts for block in re.split(r"\n\s*\n|^[ \t]*[*-][ \t]+", text, flags=re.MULTILINE)
    ]
    sentences = [one.rstrip(".: ") for block in blocks for one in re.split(r"(?<=[.?!:])\s|; ", block)]
    clauses = [
        one[: one.find(mark)] for one in sentences for mark in (", ", " because ", " and ", " so that ") if mark in one
    ]
    fit = (
        one
        for one in (*sentences, *clauses)
        if 30 <= len(one) <= 90 and one[0].isupper() and _TROUBLE.search(one) and not _LEANS.match(one)
    )
    return next(fit, "")


def problem_text(
    pattern: Pattern,
    names: Mapping[PurePosixPath, tuple[str, str]],
    keep_picture: Callable[[PurePosixPath], str],
) -> str:
    """The problem's file. `keep_picture` gives the new address of a picture, or nothing if it is not there."""
    words, slug = names[pattern.path]
    title = pattern.title if len(pattern.title) >= 30 else f"{pattern.title}: an InnerSource pattern"
    summary = plain(pattern.summary)
    header = {
        "problem": words,
        "title": title,
        "answer": re.split(r"(?<=[.!?])\s+(?=[A-Z])", summary)[-1],
        "description": textwrap.shorten(summary, 160, placeholder=" …"),
        "slug": slug,
        "industries": ["innersource"],
        "aliases": [one for one in (pattern.title, *pattern.aliases) if one not in (words, title)],
        "published": "2026-11-01",
    }
    rows = [
        f"{key}: {value if key == 'published' else json.dumps(value, ensure_ascii=False)}"
        for key, value in header.items()
    ]
    body = _body(pattern, names, keep_picture)
    return "---\n" + "\n".join(rows) + f"\n---\n\n{body}\n\n## Source and licence\n\n{_credit(pattern)}\n"


def _credit(pattern: Pattern) -> str:
    file = f"[{pattern.path}]({SOURCE}{pattern.path})"
    return (
        f"“{pattern.title}”, InnerSource Commons and the people named above, {file}, licensed under "
        f"[CC BY-SA 4.0]({LICENCE}). Layout, headings and links were changed by a program; the words were not."
    )


def _body(
    pattern: Pattern,
    names: Mapping[PurePosixPath, tuple[str, str]],
    keep_picture: Callable[[PurePosixPath], str],
) -> str:
    parts = [("In short", pattern.summary)]
    parts += [(heading, text) for heading, text in pattern.sections if heading.casefold() not in _SKIPPED]
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts)
    body, code = _without_code(body)
    body = _resolved(_gapless(body), pattern.path, names, keep_picture)
    return re.sub(r"\0(\d+)\0", lambda found: code[int(found[1])], body).strip("\n")


def _without_code(text: str) -> tuple[str, list[str]]:
    code: list[str] = []

    def hide(found: re.Match[str]) -> str:
        code.append(found[0])
        return f"\0{len(code) - 1}\0"

    text = _FENCED.sub(hide, text)
    return re.sub(r"`[^`\n]+`", hide, text), code


def _gapless(text: str) -> str:
    """Headings from level 2 on, none more than one below the last."""
    last = 2

    def level(found: re.Match[str]) -> str:
        nonlocal last
        last = min(max(len(found[1]), 2), last + 1)
        return f"{'#' * last} {found[2]}"

    return _HEADING.sub(level, text)


def _resolved(
    text: str,
    path: PurePosixPath,
    names: Mapping[PurePosixPath, tuple[str, str]],
    keep_picture: Callable[[PurePosixPath], str],
) -> str:
    targets = {found[1].casefold(): found[2] for found in _DEFINITION.finditer(text)}
    local = {name: target for name, target in targets.items() if _is_local(target)}
    text = _DEFINITION.sub(lambda found: "" if found[1].casefold() in local else found[0], text)

    def picture(found: re.Match[str]) -> str:
        if not _is_local(found[2]):
            return f"({found[1]})"
        kept = keep_picture(_beside(path, found[2]))
        return f"![{found[1]}]({kept})" if kept else f"*(Picture: {found[1]})*"

    def link(found: re.Match[str]) -> str:
        return _linked(found[1], found[2], path, names) if _is_local(found[2]) else found[0]

    def reference(found: re.Match[str]) -> str:
        target = local.get((found[2] or found[1]).casefold())
        return _linked(found[1], target, path, names) if target else found[0]

    text = _HTML_PICTURE.sub("", _PICTURE.sub(picture, text))
    return _REFERENCE.sub(reference, _LINK.sub(link, text))


def _linked(words: str, target: str, path: PurePosixPath, names: Mapping[PurePosixPath, tuple[str, str]]) -> str:
    """A link to the pattern's problem; plain words where the target is no pattern."""
    known = names.get(_beside(path, target.partition("#")[0]))
    return f"[[{known[1]}|{words}]]" if known else words


def _is_local(target: str) -> bool:
    return not re.match(r"#|[a-z][a-z0-9+.-]*:", target, re.IGNORECASE)


def _beside(path: PurePosixPath, target: str) -> PurePosixPath:
    """The file that a relative address means, from the top of the data."""
    if target.startswith("/"):
        return PurePosixPath(target[1:])
    parts: list[str] = []
    for part in (path.parent / target).parts:
        if part == "..":
            del parts[-1:]
        else:
            parts.append(part)
    return PurePosixPath(*parts)
