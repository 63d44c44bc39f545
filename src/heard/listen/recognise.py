"""What a file is, by its content: notes, a transcript, a table, a recording, or nothing that is read."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal, NamedTuple

Kind = Literal["notes", "transcript", "table", "recording", "empty", "unread"]

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_RECORDINGS = (
    (b"ID3", 0), (b"RIFF", 0), (b"OggS", 0), (b"fLaC", 0), (b"ftyp", 4), (b"\x1aE\xdf\xa3", 0), (b"FORM", 0),
    (b"#!AMR", 0), (b"0&\xb2u\x8ef\xcf\x11", 0), (b"\xff\xfb", 0), (b"\xff\xf3", 0), (b"\xff\xf2", 0), (b"\xff\xf1", 0),
    (b"caff", 0),
)  # fmt: skip
_RECORDING_NAMES_WORDS = ".mp3 .m4a .mp4 .wav .ogg .oga .opus .flac .aac .webm .mkv .mov .avi .wma .amr .aiff .3gp .m4v"
_RECORDING_NAMES = frozenset(_RECORDING_NAMES_WORDS.split())
_UNREAD = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
)
_DOCUMENTS = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), "a Word file"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb"), "an Excel file"),
    **dict.fromkeys((".pptx", ".key"), "a presentation"),
    **dict.fromkeys((".doc", ".xls", ".ppt"), "an old Word or Excel file"),
    **dict.fromkeys((".odt", ".ods"), "a LibreOffice file"),
    **dict.fromkeys((".pages", ".numbers"), "a Pages or Numbers file"),
    **dict.fromkeys((".rtf", ".rtfd"), "an RTF file"),
    ".one": "a OneNote file",
    ".msg": "an Outlook message",
}
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<svg|<\?xml)", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"])")
_SUBTITLES = re.compile(r"\s*1\s*\n\d\d:\d\d:\d\d,\d{3} --> ")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


BROKEN = " by its name, but broken, or something else"
HOLLOW = " with nothing in it"


def document_of(name: str) -> str:
    """What a file of a word processor or the like is, by its name: such as “a Word file”; empty for any other."""
    return _DOCUMENTS.get(PurePath(name).suffix.lower(), "")


def is_recording_name(name: str) -> bool:
    """Whether a file's name is that of a recording."""
    return PurePath(name).suffix.lower() in _RECORDING_NAMES


class Recognised(NamedTuple):
    """What a file is; its text, if it is one; and in words what it is, if it is not read."""

    kind: Kind
    text: str = ""
    what: str = ""


def recognise(content: bytes, name: str) -> Recognised:
    """What a file's content is. The name decides only where the content could be two things."""
    suffix = PurePath(name).suffix.lower()
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        what = document_of(name)
        return Recognised("unread", what=f"{what}{HOLLOW}") if what else Recognised("empty")
    if what := next((what for magic, what in _UNREAD if content.startswith(magic)), ""):
        return Recognised("unread", what=what)
    if _is_recording(content, suffix):
        return Recognised("recording")
    if what := document_of(name):
        return Recognised("unread", what=f"{what}{BROKEN}")
    text = text_of(content)
    if text is None:
        return Recognised("unread", what="no text")
    return _of_text(text, suffix)


def _is_recording(content: bytes, suffix: str) -> bool:
    marked = any(content[at : at + len(magic)] == magic for magic, at in _RECORDINGS)
    binary = b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if content.startswith(b"RIFF") and content[8:12] not in (b"WAVE", b"AVI "):
        return False
    return (marked and (binary or suffix in _RECORDING_NAMES)) or (binary and suffix in _RECORDING_NAMES)


def _of_text(text: str, suffix: str) -> Recognised:
    from heard.listen.tables import looks_like_table

    if text.lstrip().startswith("WEBVTT"):
        return Recognised("transcript", text)
    if _HTML.match(text):
        return Recognised("unread", what="a web page or XML")
    if _JSON.match(text) and suffix not in (".md", ".txt", ".csv"):
        return Recognised("unread", what="JSON")
    if _SUBTITLES.match(text.replace("\r", "")):
        return Recognised("unread", what="subtitles (SRT)")
    if looks_like_table(text, sure=suffix in (".csv", ".tsv", ".tab")):
        return Recognised("table", text)
    return Recognised("notes", text)


def text_of(content: bytes) -> str | None:
    """The text of a file in whatever encoding, or None if it is no text."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content)
    return None if _binary(text) else text


def _guessed(content: bytes) -> str | None:
    # UTF-16 without its mark: every other byte of plain words is zero.
    head = content[:2000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.7 * len(zeros):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content:
        return None
    plain = content.decode("cp1252", errors="replace")
    return None if _binary(plain) else _best(content) or plain


def _best(content: bytes) -> str | None:
    """The text in the likeliest of the encodings that offices use."""
    from charset_normalizer import from_bytes

    found = from_bytes(
        content[:50_000],
        cp_isolation=[
            "cp1252",
            "cp1250",
            "cp1251",
            "iso8859_2",
            "iso8859_15",
            "mac_roman",
            "shift_jis",
            "gb18030",
            "cp850",
        ],
    ).best()
    # A few letters are too little to tell Western encodings apart; Windows' own is the usual one.
    western = found is None or found.encoding in (
        "cp1252",
        "iso8859_15",
        "mac_roman",
        "cp850",
        "latin_1",
        "iso8859_2",
        "cp1250",
    )
    if western and found is not None and found.encoding in ("cp1250", "iso8859_2"):
        western = not re.search("[łŁśŚżŻźŹćĆńŃęĘąĄřŘěĚůŮőŐűŰ]", str(found))
    return content.decode("cp1252" if western or found is None else found.encoding, errors="replace")


def _binary(text: str) -> bool:
    head = text[:8000]
    return "\x00" in head or len(_CONTROL.findall(head)) > max(2, len(head) // 100)
