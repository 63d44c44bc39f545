"""The files that an import reads: found in folders, and recognised by what they hold."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from heard.base.fields import flag
from heard.base.files import walk
from heard.listen.recognise import BROKEN, HOLLOW, Recognised, recognise
from heard.values import Finding, HeardError, Severity

HUGE = 200_000_000
"""Files of more bytes are not read."""

_HEAD = 65536
_TOO_LARGE = f"a file of more than {HUGE // 1_000_000} MB"


@dataclass(frozen=True, slots=True)
class File:
    """A file to import: where it lies (`whole`: without links), its name to tell, whether it was named, its content."""

    path: Path
    whole: Path
    name: str
    named: bool
    content: bytes
    found: Recognised


def found_files(paths: Iterable[Path], inside: Path, own: Iterable[Path], findings: list[Finding]) -> list[File]:
    """All files, those of folders in order, each once. A file that cannot be opened is a finding.

    `inside` is the folder of the workspace, below which files are told of by their path. What is `own` there is
    nobody's note, and left out.
    """
    root, files = inside.resolve(), list[File]()
    left_out = tuple(path.resolve() for path in own)
    taken: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise HeardError(f"There is no file {path}.")
        if _is_own(path.resolve(), left_out):
            message = "this is heard's own, and nothing to import"
            findings.append(flag(_name(path.resolve(), path, path, root), 1, message, "import/unread"))
            continue
        for one in _below(path):
            whole = one.resolve()
            if whole in taken or _is_own(whole, left_out):
                continue
            taken.add(whole)
            if file := _opened(one, whole, _name(whole, one, path, root), one == path, findings):
                files.append(file)
    return files


def _is_own(whole: Path, own: Iterable[Path]) -> bool:
    return any(whole == path or path in whole.parents for path in own)


def _below(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(Path(entry.path) for entry in walk(path, ""))
    else:
        yield path


def _name(whole: Path, path: Path, given: Path, root: Path) -> str:
    if whole.is_relative_to(root):
        return whole.relative_to(root).as_posix()
    if path == given:
        return path.name
    return f"{given.resolve().name}/{path.relative_to(given).as_posix()}"


def _opened(path: Path, whole: Path, name: str, named: bool, findings: list[Finding]) -> File | None:
    severity = Severity.TO_FIX if named else Severity.WORTH_A_LOOK
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            kind = recognise(head, name) if len(head) == _HEAD else None
            large = kind is not None and kind.kind in ("recording", "unread")
            huge = not large and path.stat().st_size > HUGE
            content = head if large or huge else head + stream.read()
    except OSError as error:
        findings.append(flag(name, 1, f"cannot be read: {error.strerror or error}", "file/unreadable"))
        return None
    found = Recognised("unread", what=_TOO_LARGE) if huge else kind if kind and large else recognise(content, name)
    if found.kind == "unread":
        findings.append(flag(name, 1, unread(found.what), "import/unread", severity))
    return File(path, whole, name, named, content, found)


def unread(what: str) -> str:
    """What is said of a file that heard does not read, with what to save it as."""
    if what.endswith((BROKEN, HOLLOW)):
        return f"this is {what}: open it, and save its words as .txt"
    hint = {
        _TOO_LARGE: "divide it into several",
        "a PDF": "save its text as .txt or .md",
        "a Word, Excel or ZIP file": "save a document as .txt, a table as CSV",
        "an old Word or Excel file": "save a document as .txt, a table as CSV",
        "a LibreOffice file": "save a document as .txt, a table as CSV",
        "a Pages or Numbers file": "export a document as .txt, a table as CSV",
        "a OneNote file": "copy its words into a .txt",
        "an Outlook message": "save its text as .txt",
        "an RTF file": "save it as .txt",
        "a presentation": "save its words as .txt",
        "JSON": "export the transcript as VTT, or the table as CSV",
        "subtitles (SRT)": "export them as VTT",
        "a web page or XML": "save its text as .txt",
    }.get(what, "")
    return f"this is {what}, which heard does not read{f': {hint}' if hint else ''}"


def transcriber(path: Path) -> tuple[str, str]:
    """For a recording: the command of a local transcriber, and what to type afterwards."""
    whole = path.resolve()
    folder, made = shlex.quote(str(whole.parent)), whole.with_suffix(".vtt")
    return (
        f"whisper {shlex.quote(str(whole))} --output_format vtt --output_dir {folder}",
        f"heard import {shlex.quote(str(made))}",
    )


def other_transcriber(path: Path) -> str:
    """The same with whisper.cpp, which reads only WAV: so ffmpeg goes first."""
    whole = path.resolve()
    wave, made = shlex.quote(str(whole.with_suffix(".16k.wav"))), shlex.quote(str(whole.with_suffix("")))
    convert = f"ffmpeg -i {shlex.quote(str(whole))} -ar 16000 -ac 1 {wave}"
    return f"{convert} && whisper-cli -m models/ggml-small.bin -l auto -f {wave} -ovtt -of {made}"
