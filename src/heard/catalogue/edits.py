"""Edits of the files of the catalogue, one at a time, as changes that are not carried out yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from heard.base import yamlio
from heard.base.document import Document, parse, remove_key, render, set_key
from heard.base.respell import plain, respelled
from heard.catalogue.filing import refile_all
from heard.catalogue.quotes import LINK, target, unlink
from heard.values import FileChange, HeardError, Note, Quote

_ITEM = re.compile(r" *- +")


@dataclass(frozen=True, slots=True)
class Files:
    """The files as they lie on disk: by the path that findings name, their bytes or None."""

    root: Path
    read: Callable[[Path], bytes | None]

    def held(self, path: str) -> bytes:
        """The bytes of a file that was read before. Raises `HeardError` if it is gone meanwhile."""
        content = self.read(self.root / path)
        if content is None:
            raise HeardError(f"{path} is gone meanwhile. Run the command again.")
        return content

    def there(self, path: str) -> bytes | None:
        """The bytes of a file that may be there."""
        return self.read(self.root / path)

    def changed(self, path: str, after: bytes | None) -> FileChange:
        """The change that leaves the file with these bytes, or without any."""
        return FileChange(self.root / path, self.read(self.root / path), after)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the catalogue that is ready to be made.

    `words` say in the past tense what was done, `says` what follows from it; `stakes` has to be said, and
    agreed to, before.
    """

    words: str
    files: tuple[FileChange, ...]
    says: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()


def text_of(content: bytes, path: str) -> str:
    """The text of a file that is to be edited. Raises `HeardError` if it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HeardError(f"{path} is not UTF-8, so it is not edited: save it as UTF-8 first.") from error


def with_keys(content: bytes, path: str, values: Mapping[str, str | Sequence[str] | None]) -> bytes:
    """A Markdown file with keys of its header set, or taken out where the value is None."""
    document = parse(text_of(content, path))
    if document.header is None:
        document = replace(document, header="")
    try:
        for key, value in values.items():
            document = remove_key(document, key) if value is None else set_key(document, key, value)
    except ValueError as error:
        wanted = ", ".join(f"`{key}: {value}`" for key, value in values.items() if value is not None)
        raise HeardError(f"{path}: {error}. Write it by hand: {wanted}.") from error
    return render(document).encode()


def with_added(content: bytes, path: str, key: str, items: Sequence[str], item: str) -> bytes:
    """A Markdown file with one more item at the end of a list of its header, which holds `items` now."""
    document = parse(text_of(content, path))
    header = document.header or ""
    span = yamlio.spans(header).get(key)
    last = header[header.rfind("\n", 0, span.end) + 1 : span.end] if span else ""
    mark = _ITEM.match(last)
    if span is None or not mark or not items:
        return with_keys(content, path, {key: [*items, item]})
    longer = f"{header[: span.end]}\n{mark[0]}{yamlio.scalar(item)}{header[span.end :]}"
    # A list with a line for each stays one; a list in any other shape is written anew.
    meant = with_keys(content, path, {key: [*items, item]})
    same = plain(yamlio.load(longer)) == plain(yamlio.load(parse(text_of(meant, path)).header or ""))
    return render(replace(document, header=longer)).encode() if same else meant


def with_names(content: bytes, path: str, keys: Collection[str], means: Callable[[str], bool], new: str) -> bytes:
    """A file with `new` wherever a name that is meant stands under one of its keys."""
    text = text_of(content, path)
    document = parse(text)
    if path.endswith(".yml"):
        whole = text.removeprefix("\ufeff")
        whole = whole.replace("\r\n", "\n") if document.newline == "\r\n" else whole
        document = Document(whole, "", 1, "", document.newline, document.mark, "")
    try:
        header = respelled(document.header or "", keys, lambda name: means(unlink(name)), new)
    except ValueError as error:
        raise HeardError(f"{path} cannot be changed: {error}. Write `{new}` into it by hand.") from error
    return render(replace(document, header=header if document.header is not None else None)).encode()


def with_links(content: bytes, path: str, means: Callable[[str], bool], new: str) -> bytes:
    """A Markdown file whose body links to `new` wherever it linked to a name that is meant; labels stay."""
    document = parse(text_of(content, path))

    def link(found: re.Match[str]) -> str:
        return f"[[{new}{f'|{found[2]}' if found[2] else ''}]]" if means(target(found[1])) else found[0]

    return render(replace(document, body=LINK.sub(link, document.body))).encode()


def refiled(
    files: Files, notes: Iterable[Note], links: Callable[[Note, Quote], Sequence[str]], new: str
) -> Iterator[FileChange]:
    """The notes in which quotes have links that shall name the problem `new`; `links` says which."""
    for note in notes:
        wanted = [(quote, link) for quote in note.quotes for link in links(note, quote)]
        if wanted:
            before = files.held(note.path)
            after = refile_all(text_of(before, note.path), wanted, new, note.path).encode()
            yield FileChange(files.root / note.path, before, after)
