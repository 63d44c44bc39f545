"""From the bytes of any file to its texts: what the leak check looks through.

A reader for each kind of file gives pieces of text, and says in words what it could not read. Sounds, films, programs
and pictures' pixels are not read; what is unknown, damaged or encrypted is `unread`, which stops a build.

PDFs are read with PDFium, which must not run in two threads of one process: use processes, not threads.
"""

from __future__ import annotations

from collections.abc import Iterator

from heard.leaks.artefacts import archives, exif, fonts, heif, jpeg, mail, pdf, pictures, plain, png
from heard.leaks.artefacts.parts import DAMAGED, UNKNOWN, Nest, Part, Reader, Unread, UnreadError
from heard.leaks.artefacts.sniff import Sort, reason_of, sort_of
from heard.leaks.secret import Contents, Piece

_MOST_REASONS = 20
_READERS: dict[Sort, Reader] = {
    Sort.TEXT: plain.read,
    Sort.MAIL: mail.read,
    Sort.GZIP: archives.read_gzip,
    Sort.ZLIB: archives.read_zlib,
    Sort.BZIP2: archives.read_bzip2,
    Sort.XZ: archives.read_xz,
    Sort.ZIP: archives.read_zip,
    Sort.TAR: archives.read_tar,
    Sort.PDF: pdf.read,
    Sort.PNG: png.read,
    Sort.JPEG: jpeg.read,
    Sort.GIF: pictures.read_gif,
    Sort.WEBP: pictures.read_webp,
    Sort.ICO: pictures.read_icon,
    Sort.TIFF: exif.read_tiff,
    Sort.HEIF: heif.read,
    Sort.FONT: fonts.read,
}


def contents(name: str, data: bytes) -> Contents:
    """All texts of a file, and what of it could not be read. It raises nothing, whatever the bytes are.

    `name` is the file's name or path; it only helps where the bytes do not say what they are. The name itself is no
    part of what is given; the names of members of archives and of attachments are, as `Form.NAME`.
    """
    pieces: list[Piece] = []
    reasons: dict[str, None] = {}
    for part in _parts(name, data, Nest(_parts)):
        if isinstance(part, Piece):
            if part.text and not part.text.isspace():
                pieces.append(part)
        elif len(reasons) < _MOST_REASONS:
            reasons[part.reason] = None
    return Contents(tuple(pieces), tuple(reasons))


def _parts(name: str, data: bytes, nest: Nest) -> Iterator[Part]:
    """The parts of any bytes; whatever goes wrong in a reader is a part that is unread."""
    sort = sort_of(name, data)
    if sort is Sort.EMPTY:
        return
    if sort is Sort.FOREIGN:
        yield Unread(reason_of(data) or UNKNOWN)
        return
    try:
        yield from _READERS[sort](name, data, nest)
    except UnreadError as error:
        yield Unread(str(error))
    except Exception:
        # Readers and the libraries under them meet hostile bytes; what they said is not shown, as it may quote them.
        yield Unread(DAMAGED)
