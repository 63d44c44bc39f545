"""What the rules of `check` have in common: the catalogue as they see it, and how they say things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from heard.base.document import parse_to_read
from heard.base.fields import flag
from heard.base.reading import read
from heard.base.text import did_you_mean, nearest, slugify
from heard.base.yamlio import Table, YamlError, load
from heard.catalogue.entries import stem
from heard.catalogue.heard_from import link_targets
from heard.values import Catalogue, Finding, Problem, Proof, Quote, Severity

LineOf = Callable[[str, str], int]
"""The line at which a key stands in the file of a path below the workspace; 1 where it does not."""

NamesIn = Callable[[Quote | Proof], tuple[str, ...]]
"""Says in words what a quote or proof names that its speaker did not allow; nothing for most."""

TO_FIX, LOOK = Severity.TO_FIX, Severity.WORTH_A_LOOK

_UNREAD = frozenset({"file/unreadable", "file/conflict-copy", "yaml/unreadable", "yaml/not-closed"})


@dataclass(frozen=True, slots=True)
class World:
    """What a rule sees: the catalogue, the day, every name of a problem, and which files were not read.

    `names_in` says what the words of a quote or proof name.
    """

    catalogue: Catalogue
    today: date
    targets: Mapping[str, str]
    unread: frozenset[str]
    line_of: LineOf
    names_in: NamesIn

    def knows_problem(self, name: str) -> bool:
        """Whether a name means a problem, or may mean one whose file could not be read."""
        return name.casefold() in self.targets or self.is_unread(name)

    def is_unread(self, name: str) -> bool:
        """Whether a file of this name is there but could not be read: it has its own finding."""
        return name.casefold() in self.unread or slugify(name) in self.unread

    def nearest_problem(self, name: str) -> str:
        """`: did you mean …?` with the slug of the nearest problem, or nothing."""
        found = nearest(name, self.targets)
        return f": did you mean `{self.targets[found]}`?" if found else ""

    def say(self, path: str, key: str, message: str, code: str, severity: Severity = TO_FIX) -> Finding:
        """A finding about a key of a file."""
        return flag(path, self.line_of(path, key), message, code, severity)

    def unknown(
        self, path: str, key: str, names: Iterable[str], known: Iterable[str], noun: str, code: str
    ) -> Iterator[Finding]:
        """A finding for every name that is none of the known ones."""
        known = tuple(known)
        for name in names:
            if name and name not in known and not self.is_unread(name):
                message = f"`{key}: {name}`: there is no such {noun}{did_you_mean(name, known)}"
                yield self.say(path, key, message, code)

    def unknown_problems(self, path: str, key: str, names: Iterable[str], code: str) -> Iterator[Finding]:
        """A finding for every name that means no problem."""
        for name in names:
            if name and not self.knows_problem(name):
                message = f"`{key}: {name}`: there is no such problem{self.nearest_problem(name)}"
                yield self.say(path, key, message, code)

    @property
    def living(self) -> tuple[Problem, ...]:
        """The published problems whose pages stand: neither retired nor merged."""
        return tuple(p for p in self.catalogue.public.problems if not p.retired and not p.merged_into)


Rule = Callable[[World], Iterable[Finding]]


def nothing(words: Quote | Proof) -> tuple[str, ...]:
    """What words name, for those who know no names."""
    return ()


def world(
    catalogue: Catalogue, today: date, found: Iterable[Finding], line_of: LineOf, names_in: NamesIn = nothing
) -> World:
    """The world of a catalogue, of which `found` was said when it was read."""
    unread = frozenset(stem(f.place.path).casefold() for f in found if f.code in _UNREAD)
    return World(catalogue, today, link_targets(catalogue.problems), unread, line_of, names_in)


def first_line(path: str, key: str) -> int:
    """The line of a key for those who cannot look into the files."""
    return 1


def line_finder(root: Path) -> LineOf:
    """Looks up the lines of keys in the files of a workspace, each file once."""
    seen: dict[str, Mapping[str, int]] = {}

    def line_of(path: str, key: str) -> int:
        if path not in seen:
            seen[path] = _key_lines(root / path)
        return seen[path].get(key, 1)

    return line_of


def _key_lines(path: Path) -> Mapping[str, int]:
    text = read(path, path.name, [])
    if text is None:
        return {}
    header, line = (text, 1) if path.suffix == ".yml" else (parse_to_read(text).header or "", 2)
    try:
        node = load(header, line)
    except YamlError:
        return {}
    return {key.text: key.line for key, _ in node.items} if isinstance(node, Table) else {}
