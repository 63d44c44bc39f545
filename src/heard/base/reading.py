"""A file's text, whatever bytes a person's tools left in it."""

from __future__ import annotations

import os
import re
import stat
from io import FileIO
from pathlib import Path

from heard.base.fields import flag
from heard.values import Finding, Severity

LARGE = 5_000_000
"""Above this many bytes a text file is probably something else."""

_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}
_MERGE = re.compile(r"^<<<<<<< ", re.MULTILINE)


def decode(content: bytes, path: str, findings: list[Finding]) -> str:
    """The text of a file. What is not UTF-8 is read as Windows-1252, with a finding, so nothing is lost."""
    if len(content) > LARGE:
        size = len(content) / 1_000_000
        message = f"{size:.0f} MB: read, but a text of this size is probably a mistake"
        findings.append(flag(path, 1, message, "file/large", Severity.WORTH_A_LOOK))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02x} is not UTF-8; read as Windows-1252: save the file as UTF-8"
        findings.append(flag(path, line, found, "file/not-utf8"))
        text = content.decode("utf-8", errors="surrogateescape").translate(_WINDOWS)
    if "<<<<<<< " in text and (mark := _MERGE.search(text)):
        message = "a merge was left unfinished here: keep one side and delete the marks"
        findings.append(flag(path, text.count("\n", 0, mark.start()) + 1, message, "file/merge-mark"))
    return text


def read(path: Path | str, name: str, findings: list[Finding]) -> str | None:
    """The text of a file, or None with a finding if it cannot be opened."""
    try:
        # Without a buffer: this reads ten thousand small files.
        with FileIO(path, opener=_opened) as file:
            content = file.readall()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        findings.append(flag(name, 1, message, "file/unreadable"))
        return None
    return decode(content, name, findings)


def _opened(path: str, flags: int) -> int:
    """A descriptor of a real file: a pipe would keep us waiting for ever."""
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("it is no file")
    return descriptor
