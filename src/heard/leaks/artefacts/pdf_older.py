"""What lies in a PDF although the document no longer uses it: objects and contents that were replaced or deleted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from heard.leaks.artefacts.parts import Nest, Part, Unread, UnreadError
from heard.leaks.artefacts.pdf_content import written
from heard.leaks.artefacts.pdf_fonts import Font
from heard.leaks.artefacts.pdf_layout import Layout, Stream
from heard.leaks.artefacts.pdf_streams import draws_text, is_picture, read_picture, read_stream, unfiltered
from heard.leaks.artefacts.pdf_strings import strings
from heard.leaks.secret import Form, Piece

_WHERE = "an older object"
_SLASH = re.compile(rb"\s*/")
_COUNT = re.compile(rb"/N (\d{1,9})")
_IN_FILE, _IN_STREAM = 1, 2


def older_parts(
    data: bytes, parts: Layout, entries: Mapping[Any, Any], live: bytes, fonts: Mapping[str, Font], nest: Nest
) -> Iterator[Part]:
    """Strings and streams that are in the file's bytes, but not among its objects; `live` is the syntax of those."""
    begin = max(0, data.find(b"%PDF-"))
    used = {entry.offset for entry in entries.values() if entry.type == _IN_FILE}
    used |= {offset + begin for offset in used}
    packed = Counter(entry.obj_stream_number for entry in entries.values() if entry.type == _IN_STREAM)
    found = dict.fromkeys(strings(parts.rest))
    for one in parts.streams:
        head = _SLASH.sub(b" /", one.head)
        if b"/Type /XRef" in head:
            continue
        try:
            if b"/Type /ObjStm" in head:
                if not _is_whole(one, head, packed):
                    found |= dict.fromkeys(strings(unfiltered(head, one.body, nest.allowance)))
            elif one.start not in used:
                yield from _stream(head, one.body, fonts, nest)
        except UnreadError as error:
            yield Unread(f"holds {_WHERE}, which {error}")
    known = set(strings(live)) if found else set()
    yield Piece("\n".join(text for text in found if text not in known), Form.DATA, _WHERE)


def _is_whole(one: Stream, head: bytes, packed: Counter[int]) -> bool:
    """Whether all objects of a stream of objects are in use."""
    number, count = re.match(rb"\d+", one.head), _COUNT.search(head)
    return bool(number and count) and packed[int(number[0])] == int(count[1]) if number and count else False


def _stream(head: bytes, body: bytes, fonts: Mapping[str, Font], nest: Nest) -> Iterator[Part]:
    if is_picture(head):
        yield from read_picture(head, body, nest)
        return
    whole = unfiltered(head, body, nest.allowance)
    if not draws_text(head, whole):
        yield from read_stream(head, whole, "", _WHERE, nest)
        return
    said = written(whole, fonts)
    yield Piece(said.shown, Form.TEXT, _WHERE)
    yield Piece(said.marks, Form.DATA, _WHERE)
