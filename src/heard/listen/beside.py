"""What lies among the notes, holds words, and is read by nobody: documents and recordings, which are no notes yet.

Pictures, PDFs, presentations, Obsidian's own folders and folders of attachments are what people keep there; and what
a note speaks of, or what lies beside its own text, was seen already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePath

from heard.base.fields import flag
from heard.base.files import walk
from heard.base.text import counted
from heard.listen.recognise import document_of, is_recording_name, recognise
from heard.listen.sources import unread
from heard.values import Finding, Severity

_KEPT = re.compile(
    r"(?:_?attach(?:e)?ments?|assets?|files?|media|images?|pictures?|photos?|_?resources?|anh[aä]nge?|anlagen?|dateien|"
    r"bilder|medien|vorlagen?|templates?|pi[eè]ces[ _-]jointes|adjuntos|allegati|bijlagen|contracts?|vertr[aä]ge|"
    r"invoices?|rechnungen|offers?|angebote)",
    re.IGNORECASE,
)
_KINDS_KEPT = frozenset((".pptx", ".ppt", ".key"))
_HEAD = 65536
_MOST = 20
_LOCKS = ("~$", ".~lock")


def beside_notes(folder: Path, name: Callable[[Path], str], notes: Iterable[str]) -> Iterator[Finding]:
    """The documents and recordings below a folder of notes that nothing shows to have been dealt with.

    `notes` are the notes' own words, which may speak of such a file.
    """
    paths = [Path(entry.path) for entry in walk(folder, "", [])]
    every = {path.relative_to(folder) for path in paths}
    # A Pages document may be a folder of its own.
    places = dict.fromkeys(_whole(path) for path in sorted(every))
    found = [path for path in places if _tells(path, every)]
    named = {linked for text in notes for linked in _linked(text)} if found else set[str]()
    found = [path for path in found if path.name.lower() not in named]
    for path in found[:_MOST]:
        yield flag(name(folder / path), 1, _said(folder / path), "import/unread", Severity.WORTH_A_LOOK)
    if len(found) > _MOST:
        message = f"and {counted(len(found) - _MOST, 'more file')} among your notes that heard does not read"
        yield flag(name(folder / found[_MOST]), 1, message, "import/unread", Severity.WORTH_A_LOOK)


def _whole(path: Path) -> Path:
    bundles = [one for one in path.parents if one.suffix.lower() in (".pages", ".numbers", ".rtfd")]
    return bundles[-1] if bundles else path


def _tells(path: Path, every: Collection[Path]) -> bool:
    if path.suffix.lower() in _KINDS_KEPT or path.name.startswith(_LOCKS):
        return False
    if not (document_of(path.name) or is_recording_name(path.name)):
        return False
    if any(_KEPT.fullmatch(part) for part in path.parts[:-1]):
        return False
    return not any(path.with_suffix(suffix) in every for suffix in (".md", ".txt", ".vtt", ".csv"))


def _said(path: Path) -> str:
    if path.is_dir():
        return unread(document_of(path.name))
    if is_recording_name(path.name):
        return "this is a recording, which is no note: `heard import` says how to make a transcript of it"
    try:
        with path.open("rb") as stream:
            found = recognise(stream.read(_HEAD), path.name)
    except OSError:
        found = None
    what = found.what if found and found.what else document_of(path.name)
    return f"{unread(what)}; then `heard import` takes it in"


def _linked(text: str) -> Iterator[str]:
    """The names, in small letters, of what a text links or embeds: `![[call.m4a]]`, `[offer](files/offer.docx)`."""
    found = re.findall(r"\[\[([^\]|#^\n]+)|\]\(<?([^)>\n]+)", text)
    yield from (PurePath((one or other).replace("%20", " ").strip()).name.lower() for one, other in found)
