"""The files that an import reads: found in folders, and recognised by what they hold."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from heard.base.fields import flag
from heard.base.files import walk
from heard.listen.recognise import Recognised, recognise
from heard.values import Finding, HeardError, Severity

HUGE = 200_000_000
"""Files of more bytes are not opened unless they are recordings by their beginning."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to import: where it lies, how it is told of, whether it was named itself, and what it holds."""

    path: Path
    name: str
    named: bool
    content: bytes
    found: Recognised


def found_files(paths: Iterable[Path], inside: Path, findings: list[Finding]) -> list[File]:
    """All files, those of folders in order, each once. A file that cannot be opened is a finding.

    `inside` is the folder of the workspace, below which files are told of by their path.
    """
    files: list[File] = []
    taken: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise HeardError(f"There is no file {path}.")
        for one in _below(path):
            if (whole := one.resolve()) in taken:
                continue
            taken.add(whole)
            if file := _opened(one, _name(one, path, inside), one == path, findings):
                files.append(file)
    return files


def _below(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(Path(entry.path) for entry in walk(path, ""))
    else:
        yield path


def _name(path: Path, root: Path, inside: Path) -> str:
    whole = path.resolve()
    if whole.is_relative_to(inside.resolve()):
        return whole.relative_to(inside.resolve()).as_posix()
    if path == root:
        return path.name
    return f"{root.resolve().name}/{path.relative_to(root).as_posix()}"


def _opened(path: Path, name: str, named: bool, findings: list[Finding]) -> File | None:
    try:
        with path.open("rb") as stream:
            head = stream.read(65536)
            kind = recognise(head, name) if len(head) == 65536 else None
            large = kind is not None and kind.kind in ("recording", "unread")
            content = head if large or path.stat().st_size > HUGE else head + stream.read()
    except OSError as error:
        findings.append(flag(name, 1, f"cannot be read: {error.strerror or error}", "file/unreadable"))
        return None
    found = kind if kind is not None and large else recognise(content, name)
    if found.kind == "unread":
        severity = Severity.TO_FIX if named else Severity.WORTH_A_LOOK
        findings.append(flag(name, 1, _unread(found.what), "import/unread", severity))
    return File(path, name, named, content, found)


def _unread(what: str) -> str:
    hint = {
        "a PDF": "save its text as .txt or .md",
        "a Word, Excel or ZIP file": "save a document as .txt, a table as CSV",
        "an old Word or Excel file": "save a document as .txt, a table as CSV",
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
