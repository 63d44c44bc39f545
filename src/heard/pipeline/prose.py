"""The story of prose: which texts of a workspace are looked at, and as what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from heard.base.document import parse_to_read
from heard.base.files import walk
from heard.base.gaps import gaps
from heard.base.reading import read
from heard.base.yamlio import Listing, Node, Scalar, Table, YamlError, load
from heard.values import Catalogue, Expert, Finding, Problem, State
from heard.workspace import Workspace
from heard.write.prose.check import Genre, Piece, check
from heard.write.prose.claims import numbers
from heard.write.prose.markdown import plain, prose

_OUTLINED = ("problem", "cost")
"""Kinds of papers that follow the outline."""

_ABOUT = (
    "about",
    "about-me",
    "about-us",
    "a-propos",
    "bio",
    "chi-siamo",
    "over-mij",
    "team",
    "ueber-mich",
    "ueber-uns",
)
_LEGAL = ("datenschutz", "impressum", "imprint", "legal", "licence", "license", "privacy", "terms")
_PAGES: Mapping[str, Genre] = {**dict.fromkeys(_ABOUT, Genre.ABOUT), **dict.fromkeys(_LEGAL, Genre.LEGAL)}
"""Pages that are known by their names; any other asks to be about its reader."""

_HEADER = ("problem", "title", "answer", "description")
_EXPERT = ("trade", "bio", "title", "text", "button", "notice")
_AD = ("headlines", "descriptions")
_SHORT = 3
_FOLDED = 8
"""A word of a folded text stands at most so many lines below the one before it."""


def look_through(workspace: Workspace, catalogue: Catalogue) -> tuple[Finding, ...]:
    """What costs trust in the papers, pages and ads, whatever `gates:` in expert.yml says."""
    return tuple(one for piece in _pieces(workspace, catalogue) for one in check(piece))


def _pieces(workspace: Workspace, catalogue: Catalogue) -> Iterator[Piece]:
    """Every text that is, or may become, public."""
    public = catalogue.public
    lang = public.expert.lang
    names = _names(public.expert, [one.name for one in public.authors])
    papers = [p for p in catalogue.problems if p.state in (State.PUBLISHED, State.DRAFTING)]
    for problem in papers:
        yield from _paper(workspace, problem, lang, names)
    said = {problem.slug: problem.body for problem in papers if problem.public}
    yield from _pages(workspace, lang, names)
    yield from _adverts(workspace, catalogue, said)
    yield from _about(workspace, lang)


def _names(expert: Expert, authors: Iterable[str]) -> tuple[str, ...]:
    """What the company and its people are called, the longest first: whole names, and surnames alone."""
    whole = [name for name in (expert.name, *expert.team, *authors) if name]
    surnames = [name.split()[-1] for name in whole if len(name.split()) > 1 and len(name.split()[-1]) > _SHORT]
    return tuple(sorted({*whole, *surnames}, key=lambda name: (-len(name), name)))


def _paper(workspace: Workspace, problem: Problem, lang: str, names: tuple[str, ...]) -> Iterator[Piece]:
    path, lang = problem.place.path, problem.lang or lang
    finished = problem.public or not gaps(problem.body)
    yield from _lines(workspace.root / path, path, lang, _HEADER)
    yield Piece(
        path,
        prose(problem.body, problem.body_line),
        lang,
        Genre.PAPER,
        names,
        outline=finished and problem.kind in _OUTLINED,
        not_for=bool(problem.not_for),
    )


def _pages(workspace: Workspace, lang: str, names: tuple[str, ...]) -> Iterator[Piece]:
    """The hand-written pages, those of the industries, and the bios of authors."""
    content = workspace.public.content
    for folder, usual in (("pages", Genre.PAGE), ("industries", Genre.PAGE), ("authors", Genre.ABOUT)):
        for path in sorted(Path(entry.path) for entry in walk(content / folder, ".md")):
            name = workspace.public.relative(path)
            text = read(path, name, [])
            if text is not None:
                document = parse_to_read(text)
                yield from _lines(path, name, lang, ("title", "description"))
                genre = _PAGES.get(path.stem, usual)
                yield Piece(name, prose(document.body, document.body_line), lang, genre, names)


def _about(workspace: Workspace, lang: str) -> Iterator[Piece]:
    """What expert.yml says of the expert, and asks of the reader, in each language that it does."""
    path = workspace.public.content / "expert.yml"
    name = workspace.public.relative(path)
    root, rows = _yaml(path)
    for key, node in root.items if isinstance(root, Table) else ():
        others = node.items if key.text == "languages" and isinstance(node, Table) else ()
        for scalar in () if others else _under(node, _EXPERT, wanted=key.text in _EXPERT):
            yield _line(name, scalar, rows, lang, Genre.LINE)
        for other, said in others:
            yield from (_line(name, scalar, rows, other.text, Genre.LINE) for scalar in _under(said, _EXPERT))


def _adverts(workspace: Workspace, catalogue: Catalogue, said: Mapping[str, str]) -> Iterator[Piece]:
    """The lines of the campaigns' ads; a number in one has to stand in its paper."""
    languages = {problem.slug: problem.lang for problem in catalogue.problems}
    usual = catalogue.public.expert.lang
    for campaign in catalogue.public.campaigns:
        path = campaign.place.path
        root, rows = _yaml(workspace.root / path)
        ads = root.get("ads") if isinstance(root, Table) else None
        for slug, ad in ads.items if isinstance(ads, Table) else ():
            backed = numbers(said.get(slug.text, ""))
            for line in _under(ad, _AD):
                lang = languages.get(slug.text) or usual
                yield _line(path, line, rows, lang, Genre.AD, backed)


def _lines(path: Path, name: str, lang: str, keys: tuple[str, ...]) -> Iterator[Piece]:
    """The texts below some keys of a file's header."""
    root, rows = _yaml(path)
    for scalar in _under(root, keys):
        yield _line(name, scalar, rows, lang, Genre.LINE)


def _yaml(path: Path) -> tuple[Node | None, list[str]]:
    """The header of a file, or the whole of a YAML file, and the lines of the file; nothing where it cannot be read."""
    text = read(path, path.name, [])
    if text is None:
        return None, []
    document = parse_to_read(text)
    whole = path.suffix == ".yml"
    try:
        node = load(text.removeprefix("\ufeff") if whole else document.header or "", 1 if whole else 2)
    except YamlError:
        return None, []
    return node, text.replace("\r\n", "\n").split("\n")


def _under(node: Node | None, keys: tuple[str, ...], *, wanted: bool = False) -> Iterator[Scalar]:
    """Every text below one of these keys, however deep."""
    if isinstance(node, Scalar) and wanted:
        yield node
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _under(item, keys, wanted=wanted)
    elif isinstance(node, Table):
        for key, value in node.items:
            yield from _under(value, keys, wanted=key.text in keys)


def _line(
    path: str, scalar: Scalar, rows: list[str], lang: str, genre: Genre, backed: frozenset[float] = frozenset()
) -> Piece:
    starts, lines = _places(scalar, rows)

    def line_of(offset: int) -> int:
        return lines[max(0, bisect_right(starts, offset) - 1)] if lines else scalar.line

    return Piece(path, plain(scalar.text, scalar.line), lang, genre, backed=backed, line_of=line_of)


def _places(scalar: Scalar, rows: list[str]) -> tuple[list[int], list[int]]:
    """Where each word of a YAML text begins, and the line of the file that it stands in: a text may be folded."""
    starts, lines = [], []
    line, column = scalar.line, 0
    for word in re.finditer(r"\S+", scalar.text):
        for number in range(line, min(line + _FOLDED, len(rows)) + 1):
            found = rows[number - 1].find(word[0], column if number == line else 0)
            if found >= 0:
                line, column = number, found + len(word[0])
                break
        starts.append(word.start())
        lines.append(line)
    return starts, lines
