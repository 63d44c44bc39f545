"""Plans what happens to every file when somebody is forgotten: it goes, is rewritten, gets another name, or stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from heard.approve.erase import Finder, Span, find, name_erased, rewritten
from heard.approve.seen import decoded

Edit = Callable[[bytes], bytes]
"""What happens to a file's bytes before names are looked for, such as quotes that are taken out."""


@dataclass(frozen=True, slots=True)
class Held:
    """A private file: where it lies, its name below the folder that names may be changed in, and its bytes."""

    path: Path
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a file: `after` is None if it goes; `places` says how often the name stood there."""

    held: Held
    target: Path
    after: bytes | None
    places: int

    @property
    def is_changed(self) -> bool:
        """Whether anything happens to it at all."""
        return self.after != self.held.content or self.target != self.held.path


@dataclass(frozen=True, slots=True)
class Rules:
    """How files are treated: those that go, those about the account, those whose text is changed first, and spans of
    a text that stay."""

    goes: Collection[Path]
    about: Callable[[Path], bool]
    edits: Mapping[Path, Edit]
    stays: Callable[[Path, str], Sequence[Span]]


def fates(files: Iterable[Held], anywhere: Finder, near: Finder, rules: Rules) -> tuple[Fate, ...]:
    """What becomes of every file, in the order given."""
    files = tuple(files)
    targets = _targets([held for held in files if held.path not in rules.goes], anywhere)
    renamed = _renamed(targets)
    return tuple(_fate(held, targets.get(held.path, held.path), renamed, anywhere, near, rules) for held in files)


def _fate(held: Held, target: Path, renamed: Mapping[str, str], anywhere: Finder, near: Finder, rules: Rules) -> Fate:
    how = near if rules.about(held.path) else anywhere
    if held.path in rules.goes:
        return Fate(held, held.path, None, places(held.content, how))
    edit = rules.edits.get(held.path)
    content = edit(held.content) if edit else held.content
    text = decoded(content)
    stays = rules.stays(held.path, text.text) if text else ()
    after, many = rewritten(content, how, renamed, stays)
    if edit and content != held.content:
        many = max(1, places(held.content, how))
    return Fate(held, target, after, many)


def places(content: bytes, how: Finder) -> int:
    """In how many places of a text the name stands; 0 for what is no text."""
    text = decoded(content)
    return len(find(text.text, how)) if text else 0


def _targets(files: Sequence[Held], how: Finder) -> dict[Path, Path]:
    """The new path of each file whose name, or whose folder's, holds the name."""
    taken = {held.path for held in files}
    found: dict[Path, Path] = {}
    for held in files:
        parts = PurePosixPath(held.name).parts
        base = held.path.parents[len(parts) - 1]
        new = [name_erased(part, how) for part in parts]
        if new != list(parts):
            found[held.path] = _free(base.joinpath(*new), taken)
            taken.add(found[held.path])
    return found


def _free(path: Path, taken: Collection[Path]) -> Path:
    # Not “… 2.md” or “… (2).md”, which look like a synchronised folder's second copy.
    wanted, number = path, 2
    while wanted in taken or wanted.exists():
        wanted = path.with_name(f"{path.stem}, {number}{path.suffix}")
        number += 1
    return wanted


def _renamed(targets: Mapping[Path, Path]) -> dict[str, str]:
    """How links follow: old names, case folded and without `.md`, with the new ones."""
    return {old.name.removesuffix(".md").casefold(): new.name.removesuffix(".md") for old, new in targets.items()}
