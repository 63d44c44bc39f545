"""What search results need of every page: a title and a description of its own, and of a length that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.base.document import parse_to_read
from heard.base.fields import flag
from heard.base.yamlio import Scalar, Table, YamlError, load
from heard.values import Finding, PublicCatalogue, Severity, State

TITLE = (10, 75)
"""Characters of a hand-written page's title; a paper's needs more to say what it is about."""

DESCRIPTION = (50, 160)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says of itself: its file below the workspace, title and description with their lines."""

    path: str
    title: str = ""
    title_line: int = 1
    description: str = ""
    description_line: int = 1


def written_pages(folder: Path, root: Path) -> tuple[PageHead, ...]:
    """The heads of all hand-written pages."""
    paths = sorted(path for path in folder.rglob("*.md") if path.is_file() and not path.is_symlink())
    heads = (_head(path, path.relative_to(root).as_posix()) for path in paths)
    return tuple(head for head in heads if head)


def claim(folder: Path) -> str:
    """The heading of the first page, as plain words; empty if it has none."""
    try:
        text = (folder / "index.md").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = re.search(r"^# +(.+?)[ #]*$", parse_to_read(text).body, re.MULTILINE)
    return re.sub(r"[*_`]|\{[^}]*\}|\]\([^)]*\)|\[", "", found[1]).strip() if found else ""


def findings(pages: Sequence[PageHead], catalogue: PublicCatalogue) -> Iterator[Finding]:
    """Titles and descriptions that are missing, too short or too long, or stand on two pages."""
    for page in pages:
        yield from _lengths(page)
    living = [one for one in catalogue.problems if one.state is State.PUBLISHED]
    papers = [PageHead(one.place.path, one.title, 1, one.description, 1) for one in living]
    every = (*papers, *pages)
    yield from _twice(((one.title, one.path, one.title_line) for one in every), "title", "page/same-title")
    rows = ((one.description, one.path, one.description_line) for one in every)
    yield from _twice(rows, "description", "page/same-description")


def _lengths(page: PageHead) -> Iterator[Finding]:
    if not page.description:
        message = "no `description:`: a search result shows whatever stands first on the page"
        yield _say(page.path, 1, message, "page/no-description")
    rows = (("title", page.title, page.title_line, TITLE),
            ("description", page.description, page.description_line, DESCRIPTION))  # fmt: skip
    for key, text, line, (least, most) in rows:
        if text and not least <= len(text) <= most:
            message = f"`{key}` has {len(text)} characters; {least} to {most} read best"
            yield _say(page.path, line, message, "page/length")


def _twice(rows: Iterable[tuple[str, str, int]], key: str, code: str) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for text, path, line in rows:
        same = " ".join(text.split()).casefold()
        if same and (other := first.setdefault(same, path)) != path:
            yield _say(path, line, f"the {key} is that of {other}: searchers cannot tell the two apart", code)


def _say(path: str, line: int, message: str, code: str) -> Finding:
    return flag(path, line, message, code, Severity.WORTH_A_LOOK)


def _head(path: Path, name: str) -> PageHead | None:
    # Front matter of MkDocs may hold what our reader does not read: then nothing is said of it.
    document = parse_to_read(path.read_text(encoding="utf-8", errors="replace"))
    try:
        node = load(document.header, 2) if document.header else None
    except YamlError:
        return None
    table = node if isinstance(node, Table) else None
    texts = {}
    for key in ("title", "description"):
        value = table.get(key) if table else None
        texts[key] = (value.text, value.line) if isinstance(value, Scalar) else ("", 1)
    return PageHead(name, *texts["title"], *texts["description"])
