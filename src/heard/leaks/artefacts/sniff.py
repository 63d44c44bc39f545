"""Says what kind of file bytes are: by what they begin with, and only then by the name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath


class Sort(StrEnum):
    """What a reader is chosen by."""

    EMPTY = "empty"
    TEXT = "text"
    MAIL = "mail"
    GZIP = "gzip"
    ZLIB = "zlib"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZIP = "zip"
    TAR = "tar"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    ICO = "ico"
    TIFF = "tiff"
    HEIF = "heif"
    FONT = "font"
    FOREIGN = "foreign"


_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", Sort.PNG),
    (b"\xff\xd8\xff", Sort.JPEG),
    (b"GIF87a", Sort.GIF),
    (b"GIF89a", Sort.GIF),
    (b"\x1f\x8b", Sort.GZIP),
    *((b"BZh%d1AY&SY" % size, Sort.BZIP2) for size in range(1, 10)),
    (b"\xfd7zXZ\0", Sort.XZ),
    (b"PK\x03\x04", Sort.ZIP),
    (b"PK\x05\x06", Sort.ZIP),
    (b"\0\0\1\0", Sort.ICO),
    (b"\0\0\2\0", Sort.ICO),
    (b"II*\0", Sort.TIFF),
    (b"MM\0*", Sort.TIFF),
    (b"\0\1\0\0\0", Sort.FONT),
    (b"OTTO\0", Sort.FONT),
    (b"true\0", Sort.FONT),
    (b"typ1\0", Sort.FONT),
    (b"ttcf\0", Sort.FONT),
    (b"wOFF", Sort.FONT),
    (b"wOF2", Sort.FONT),
)
_FOREIGN = {
    b"\0asm": "is a program (WebAssembly)",
    b"\x7fELF": "is a program",
    b"MZ\x90\0": "is a program",
    b"\xcf\xfa\xed\xfe": "is a program",
    b"\xca\xfe\xba\xbe": "is a program",
    b"SQLite format 3\0": "is a database",
    b"\x1aE\xdf\xa3": "is a video",
    b"OggS": "is a sound or a video",
    b"fLaC\0": "is a sound",
    b"ID3": "is a sound",
    b"FLV\1": "is a video",
    b"\0\0\1\xba": "is a video",
    b"\0\0\1\xb3": "is a video",
    b"7z\xbc\xaf\x27\x1c": "is an archive of a kind that is not read",
    b"Rar!\x1a\x07": "is an archive of a kind that is not read",
    b"\x28\xb5\x2f\xfd": "is an archive of a kind that is not read",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "is an Office file that is old or encrypted",
    b"8BPS\0": "is a picture of a kind that is not read",
    b"BM": "is a picture of a kind that is not read",
    b"\xff\x0a": "is a picture of a kind that is not read",
    b"\0\0\0\x0cJXL \r\n": "is a picture of a kind that is not read",
    b"\0\0\0\x0cjP  \r\n": "is a picture of a kind that is not read",
    b"\xff\x4f\xff\x51": "is a picture of a kind that is not read",
}
_PICTURES = frozenset({b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MAIL = (".eml", ".mht", ".mhtml")
_MAIL_BEGINS = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,40}:)")
_MAIL_HEAD = 8_192
_PDF_WITHIN = 1024
_TAR_MARK = slice(257, 262)


def sort_of(name: str, data: bytes) -> Sort:
    """The kind of these bytes; `FOREIGN` for kinds that are known and not read, `TEXT` for all that is left."""
    if not data:
        return Sort.EMPTY
    for magic, sort in _MAGIC:
        if data.startswith(magic):
            return sort
    if reason_of(data):
        return Sort.FOREIGN
    return _by_parts(data) or _by_name(name, data)


def reason_of(data: bytes) -> str | None:
    """For a kind that is known and not read: which, in words that follow the file's name."""
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI "):
        return "is a sound or a video"
    if data[4:8] == b"ftyp" and data[8:12] not in _PICTURES:
        return "is a video"
    # A text may begin with the same letters; a program or a film soon has other bytes.
    if data[:64].isascii() and b"\0" not in data[:64]:
        return None
    return next((reason for magic, reason in _FOREIGN.items() if data.startswith(magic)), None)


def _by_parts(data: bytes) -> Sort | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Sort.WEBP
    if data[4:8] == b"ftyp":
        return Sort.HEIF
    if _is_pdf(data):
        return Sort.PDF
    if data[_TAR_MARK] == b"ustar":
        return Sort.TAR
    # A zlib stream's first two bytes are a multiple of 31; no text in UTF-8 begins with the three usual pairs but one.
    return Sort.ZLIB if data[:2] in (b"x\x01", b"x\x9c", b"x\xda") else None


def _is_pdf(data: bytes) -> bool:
    """Readers of PDFs forgive a beginning of other bytes; but a page that is about PDFs is none."""
    if data.startswith(b"%PDF-"):
        return True
    return b"%PDF-" in data[:_PDF_WITHIN] and b"startxref" in data[-_PDF_WITHIN:] and b" obj" in data


def _by_name(name: str, data: bytes) -> Sort:
    if PurePosixPath(name.lower()).suffix in _MAIL:
        return Sort.MAIL
    is_mail = _MAIL_BEGINS.match(data) and b"mime-version:" in data[:_MAIL_HEAD].lower()
    return Sort.MAIL if is_mail else Sort.TEXT
