"""Mail (EML, MHTML): its raw text, its heads and texts decoded, its attachments."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from heard.leaks.artefacts import plain
from heard.leaks.artefacts.parts import DAMAGED, Nest, Part, Unread
from heard.leaks.secret import Form, Piece

_MOST = 20_000_000
"""Bytes of a mail that is taken apart: taking apart costs more than reading."""


def read(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The mail as it is, and whatever it holds."""
    yield from plain.read(name, data, nest)
    if len(data) > _MOST:
        yield Unread("is a mail of more than 20 MB")
        return
    mail = email.message_from_bytes(data)
    for number, part in enumerate(mail.walk(), 1):
        yield Piece("\n".join(_heads(part)), Form.DATA, "the heads")
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            yield Unread(f"holds part {number}, which {DAMAGED}")
        elif body.strip():
            yield from nest.inside(f"part {number}", part.get_filename("") or "", body)


def _heads(part: Message) -> Iterator[str]:
    for key, value in part.items():
        yield f"{key}: {_plain(str(value))}"
    for key, value in part.get_params([]):
        yield f"{key}: {value}"
    yield str(part.get_filename(""))


def _plain(value: str) -> str:
    try:
        found = decode_header(value)
        return "".join(
            text.decode(name or "latin-1", "replace") if isinstance(text, bytes) else text for text, name in found
        )
    except (ValueError, LookupError, HeaderParseError):
        # A broken head is read as it stands.
        return value
