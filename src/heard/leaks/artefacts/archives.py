"""Files in files: gzip, zlib, bzip2, xz, tar and zip, in bounds of number, size and ratio."""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from heard.leaks.artefacts.office import is_office, label_of, office_text
from heard.leaks.artefacts.parts import (
    AFTER_END,
    DAMAGED,
    ENCRYPTED,
    TOO_MUCH,
    TRUNCATED,
    Nest,
    Part,
    Unread,
    UnreadError,
    labelled,
    most_of,
    texts,
    unpack,
    unpack_first,
)
from heard.leaks.secret import Form, Piece

_GZIP = zlib.MAX_WBITS | 16
_LOCAL = 30
_END = 22
_DESCRIPTOR = 24
_TAR_BLOCK = 512


def read_gzip(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """Every member of a gzip file, and what its head may hold: a name, a comment."""
    number = 0
    while data.strip(b"\0"):
        number += 1
        if not data.startswith(b"\x1f\x8b"):
            raise UnreadError(AFTER_END)
        yield from texts(_gzip_head(data), "the head of the gzip file", Form.NAME)
        whole, rest = unpack_first(data, nest.allowance, wbits=_GZIP)
        yield from nest.inside(f"file {number}", name.removesuffix(".gz"), whole)
        data = rest


def _gzip_head(data: bytes) -> bytes:
    """The optional fields of the head."""
    flags = data[3] if len(data) > 10 else 0
    at = 10
    if flags & 4:
        at += 2 + int.from_bytes(data[10:12], "little")
    for bit in (8, 16):
        if flags & bit:
            end = data.find(b"\0", at)
            at = len(data) if end < 0 else end + 1
    return data[10:at]


def read_zlib(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """What a zlib stream holds."""
    yield from nest.inside("file 1", name, unpack(data, nest.allowance))


def read_bzip2(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """What a bzip2 file holds."""
    yield from nest.inside("file 1", name.removesuffix(".bz2"), _drained(bz2.BZ2Decompressor(), data, nest))


def read_xz(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """What an xz file holds."""
    stream = lzma.LZMADecompressor(memlimit=1 << 27)
    yield from nest.inside("file 1", name.removesuffix(".xz"), _drained(stream, data, nest))


def _drained(stream: bz2.BZ2Decompressor | lzma.LZMADecompressor, data: bytes, nest: Nest) -> bytes:
    most = most_of(len(data), nest.allowance)
    try:
        whole = stream.decompress(data, most + 1)
    except (OSError, ValueError, lzma.LZMAError) as error:
        raise UnreadError(DAMAGED) from error
    if len(whole) > most:
        raise UnreadError(TOO_MUCH)
    nest.allowance.spend(len(whole))
    if not stream.eof:
        raise UnreadError(TRUNCATED)
    if stream.unused_data.strip(b"\0"):
        raise UnreadError(AFTER_END)
    return whole


def read_tar(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The members of a tar file, with their names, owners and comments."""
    end = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, member in enumerate(archive, 1):
                yield from _tar_member(archive, member, number, nest)
                end = max(end, archive.offset)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise UnreadError(DAMAGED) from error
    if data[end:].strip(b"\0"):
        raise UnreadError(AFTER_END)
    if len(data) - end < _TAR_BLOCK:
        raise UnreadError(TRUNCATED)


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo, number: int, nest: Nest) -> Iterator[Part]:
    label = f"file {number}"
    said = (member.name, member.linkname, member.uname, member.gname, *member.pax_headers.values())
    yield Piece("\n".join(str(word) for word in said if word), Form.NAME, label)
    if not member.isreg():
        nest.allowance.enter()
        return
    nest.allowance.spend(member.size)
    content = archive.extractfile(member)
    whole = content.read(member.size) if content else b""
    if len(whole) < member.size:
        raise UnreadError(TRUNCATED)
    yield from nest.inside(label, member.name, whole)


def read_zip(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The members of a zip file, with their names and comments; of office documents also their text, joined."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members, comment, directory = archive.infolist(), archive.comment, archive.start_dir
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise UnreadError(DAMAGED) from error
    yield from texts(comment, "the comment of the archive")
    if _has_gaps(data, members, directory) or data.rfind(b"PK\5\6") + _END + len(comment) != len(data):
        yield Unread("has bytes between its files that no program shows")
    office = is_office({member.filename for member in members})
    for number, member in enumerate(members, 1):
        label = label_of(member.filename, number) if office else f"file {number}"
        yield from _zip_member(data, member, label, nest, office)


def _zip_member(data: bytes, member: zipfile.ZipInfo, label: str, nest: Nest, office: bool) -> Iterator[Part]:
    start, name, extra = _local(data, member)
    names = {member.filename, member.orig_filename, name.decode("utf-8", "replace")}
    yield Piece("\n".join(sorted(names)), Form.NAME, label)
    yield from texts(member.comment + b"\n" + member.extra + b"\n" + extra, label)
    try:
        whole = _unzipped(data[start : start + member.compress_size], member, nest)
    except UnreadError as error:
        yield Unread(f"holds {label}, which {error}")
        return
    if member.is_dir() and not whole:
        nest.allowance.enter()
        return
    if office and PurePosixPath(member.filename).suffix in (".xml", ".rels"):
        yield from labelled(label, office_text(whole))
    yield from nest.inside(label, member.filename, whole)


def _local(data: bytes, member: zipfile.ZipInfo) -> tuple[int, bytes, bytes]:
    """Where a member's bytes begin, and the name and the extra field that stand before them."""
    at = member.header_offset
    head = data[at : at + _LOCAL]
    if at < 0 or len(head) < _LOCAL or not head.startswith(b"PK\3\4"):
        raise UnreadError(DAMAGED)
    name, extra = at + _LOCAL, at + _LOCAL + int.from_bytes(head[26:28], "little")
    start = extra + int.from_bytes(head[28:30], "little")
    return start, data[name:extra], data[extra:start]


def _unzipped(packed: bytes, member: zipfile.ZipInfo, nest: Nest) -> bytes:
    if member.flag_bits & 1:
        raise UnreadError(ENCRYPTED)
    if len(packed) < member.compress_size:
        raise UnreadError(TRUNCATED)
    if member.compress_type == zipfile.ZIP_STORED:
        nest.allowance.spend(len(packed))
        whole = packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        whole = unpack(packed, nest.allowance, wbits=-zlib.MAX_WBITS)
    else:
        raise UnreadError("is packed in a way that is not read")
    if zlib.crc32(whole) != member.CRC:
        raise UnreadError(DAMAGED)
    return whole


def _has_gaps(data: bytes, members: list[zipfile.ZipInfo], directory: int) -> bool:
    """Whether bytes lie before or between the members that belong to none of them."""
    at = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset - at > _DESCRIPTOR or (not at and member.header_offset):
            return True
        at = _local(data, member)[0] + member.compress_size
    return directory - at > _DESCRIPTOR
