"""The Markdown texts of a workspace that become pages: each with its file, and with the name its builder has for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from heard.base.document import parse_to_read
from heard.base.files import walk
from heard.base.reading import read
from heard.values import Catalogue, Problem, State
from heard.workspace import PublicWorkspace
from heard.write.prose.covering import without_comments

PAGE, HUB, PAPER = "page", "hub", "paper"


@dataclass(frozen=True, slots=True)
class Text:
    """A text without its comments: the file, the line its body begins on, and what it becomes.

    `source` is the page's name for the site's builder (`problems/flat.md`); `kind` is PAGE for a hand-written one, HUB
    for an industry's, PAPER for a problem's.
    """

    path: str
    source: str
    body: str
    line: int
    kind: str
    public: bool = True


def texts(workspace: PublicWorkspace, catalogue: Catalogue) -> tuple[Text, ...]:
    """Every text that is, or may become, a page: hand-written ones, industries', papers, drafts."""
    living = [one for one in catalogue.problems if one.state in (State.PUBLISHED, State.DRAFTING)]
    return (*_written(workspace, "pages", PAGE), *_written(workspace, "industries", HUB), *map(_paper, living))


def files(workspace: PublicWorkspace) -> tuple[str, ...]:
    """All files below the folder of hand-written pages, as its builder names them."""
    found = (Path(entry.path) for entry in walk(workspace.pages, ""))
    return tuple(sorted(path.relative_to(workspace.pages).as_posix() for path in found))


def _written(workspace: PublicWorkspace, folder: str, kind: str) -> Iterator[Text]:
    root = workspace.content / folder
    for path in sorted(Path(entry.path) for entry in walk(root, ".md", [])):
        name = workspace.relative(path)
        text = read(path, name, [])
        if text is not None:
            document = parse_to_read(text)
            source = path.relative_to(root).as_posix()
            source = f"industries/{source}" if kind == HUB else source
            yield Text(name, source, without_comments(document.body), document.body_line, kind)


def _paper(problem: Problem) -> Text:
    body = without_comments(problem.body)
    return Text(problem.place.path, f"problems/{problem.slug}.md", body, problem.body_line, PAPER, problem.public)


def of_kind(some: Iterable[Text], *kinds: str) -> tuple[Text, ...]:
    """Those of some kinds."""
    return tuple(one for one in some if one.kind in kinds)
