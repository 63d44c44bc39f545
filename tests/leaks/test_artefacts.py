"""Whatever a file is, all of its texts are read, or it is said that they are not; no bytes make the readers fail."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import random
import struct
import time
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pikepdf
import planting
import planting_pdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.leaks.artefacts import contents
from heard.leaks.secret import Contents, Form

TEXT = "Sára Schwärz Ωmega"
BINARY = ("png", "jpeg", "webp", "gif", "ico", "avif", "pdf", "zip", "gzip", "docx", "bzip2", "xz", "font")


def close(text: str) -> str:
    """What is left of a text when all that layout may do to it is undone."""
    return "".join(html.unescape(text).split())


def says(read: Contents, text: str = TEXT) -> bool:
    """Whether the text stands in one of the pieces."""
    return any(close(text) in close(piece.text) for piece in read.pieces)


@pytest.fixture(scope="module")
def planted() -> dict[str, tuple[str, bytes]]:
    return {spot: plant(TEXT) for spot, plant in planting.PLANTS.items()}


@pytest.mark.parametrize("spot", planting.PLANTS)
def test_a_text_is_read_wherever_it_stands(spot: str, planted: dict[str, tuple[str, bytes]]) -> None:
    read = contents(*planted[spot])
    assert says(read)
    assert read.unread == ()


def test_a_text_is_read_under_any_name(planted: dict[str, tuple[str, bytes]]) -> None:
    lost = [spot for spot, (_, data) in planted.items() if not spot.startswith("mail") and not says(contents("", data))]
    assert lost == []


def test_where_says_in_which_part() -> None:
    read = contents("a.pdf", planting_pdf.SPOTS["outline"](TEXT))
    assert [piece.where for piece in read.pieces if TEXT in piece.text] == ["the outline"]
    assert "page 1" in {piece.where for piece in read.pieces}
    inside = contents("a.zip", planting.zipped({"x/secret.pdf": planting_pdf.plain(TEXT)}))
    assert [piece.where for piece in inside.pieces if close(TEXT) in close(piece.text)] == ["file 1, page 1"]


def test_names_of_members_are_names_and_are_never_said() -> None:
    data = planting.zipped({f"{TEXT}.bin": b"\0\1\2\3\4"})
    read = contents("a.zip", data)
    assert [(piece.text, piece.form) for piece in read.pieces] == [(f"{TEXT}.bin", Form.NAME)]
    assert read.unread == ("holds file 1, which is of no known kind",)
    assert not any("Sára" in piece.where for piece in read.pieces)


def test_markup_is_told_from_data() -> None:
    assert contents("a.html", b"Hello").pieces[0].form is Form.MARKUP
    assert contents("", b"<?xml version='1.0'?><a/>").pieces[0].form is Form.MARKUP
    assert contents("a.json", b"{}").pieces[0].form is Form.DATA


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-2", "koi8-r", "shift_jis"])
def test_older_encodings_are_read_where_the_file_names_them(encoding: str) -> None:
    word = {"koi8-r": "Анна Каренина", "shift_jis": "山田太郎"}.get(encoding, "Müller & Söhne")
    data = f"<html><head><meta charset={encoding}></head><p>{word}</p></html>".encode(encoding)
    assert says(contents("a.html", data), word)


def test_a_packed_picture_is_read_however_its_lines_are_broken() -> None:
    packed = base64.encodebytes(planting.text_png(TEXT)).decode()
    for body in (packed, "\n" + packed.replace("\n", "\n    "), packed.replace("\n", "&#10;"), quote(packed)):
        assert says(contents("a.svg", f'<svg><image href="data:image/png;base64,{body}"/></svg>'.encode()))
    in_script = f"const a = `data:image/png;base64,{packed.replace(chr(10), '')}`,b=1"
    read = contents("a.js", in_script.encode())
    assert says(read)
    assert read.unread == ()


def test_an_older_encoding_is_read_without_a_word() -> None:
    mixed = "Müller & Söhne\n".encode() * 9 + "Jäger\n".encode("cp1252")
    assert says(contents("a.txt", mixed), "Müller & Söhne")
    assert says(contents("a.txt", mixed), "Jäger")
    assert says(contents("a.txt", "Die Firma Müller & Söhne".encode("cp1252")), "Müller & Söhne")


def test_the_search_index_is_read_page_by_page() -> None:
    docs = [
        {"location": "", "title": "Home", "text": "<p>A</p>"},
        {"location": "a/", "title": "One", "text": "<p>B</p>", "tags": ["t"]},
        {"location": "a/#x", "title": "Two", "text": "<p>C \\u0041</p>"},
    ]
    read = contents("search_index.json", json.dumps({"config": {"lang": ["en"]}, "docs": docs}).encode())
    texts = {(piece.where, piece.form): piece.text for piece in read.pieces}
    assert texts["of a/", Form.DATA] == "a/\nOne\n<p>B</p>\nt\na/#x\nTwo\n<p>C \\u0041</p>"
    assert texts["of a/", Form.NAME] == "a/\na/#x"
    assert texts["of ", Form.DATA].endswith("Home\n<p>A</p>")
    assert "lang" in texts["", Form.DATA]


@pytest.mark.parametrize(
    "index",
    [
        '{"docs": [{"location": "a/", "title": "SECRET", "title": "B", "text": ""}]}',
        '{"docs": [{"location": "a/", "title": "A", "text": "", "more": "SECRET"}]}',
        '{"docs": [{"location": "a/", "title": "SECRET"}]}',
        '{"docs": "SECRET", "location": 1}',
        '{"docs": [{"location": "SECRET"',
    ],
)
def test_an_index_of_another_shape_is_read_whole(index: str) -> None:
    assert says(contents("search_index.json", index.encode()), "SECRET")


def test_the_example_site_is_readable(example: Path) -> None:
    site = example / "site"
    unread = {
        str(path.relative_to(site)): read
        for path in sorted(site.rglob("*"))
        if path.is_file() and (read := contents(path.name, path.read_bytes()).unread)
    }
    assert unread == {}
    assert len(list(site.rglob("*.pdf"))) > 3


def test_a_paper_of_ours_is_read_once(example: Path) -> None:
    """The second reading of the pages adds nothing to what PDFium reads from what WeasyPrint writes."""
    for path in sorted((example / "site" / "papers").glob("*.pdf")):
        where = [piece.where for piece in contents(path.name, path.read_bytes()).pieces]
        pages = [one for one in where if one.startswith("page ")]
        assert len(pages) == len(set(pages))


# --- what is not read is said -----------------------------------------------------------------------------------------


def _encrypted(**settings: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(planting_pdf.plain(TEXT))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(**settings))
    return out.getvalue()


def _encrypted_zip() -> bytes:
    data = bytearray(planting.zipped({"a.txt": b"abc"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def _pictures_only() -> bytes:
    with pikepdf.open(io.BytesIO(planting_pdf.with_picture(planting.saved("jpeg")))) as pdf:
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"q 100 0 0 100 0 0 cm /I1 Do Q")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _letters_without_names() -> bytes:
    with pikepdf.open(io.BytesIO(planting_pdf.plain(TEXT))) as pdf:
        del pdf.pages[0].obj.Resources.Font.F2.ToUnicode
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _junk_between() -> bytes:
    made = planting_pdf.plain("x")
    start = made.rfind(b"startxref")
    return made[:start] + zlib.compress(TEXT.encode()) + b"\n" + made[start:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_encrypted(user="a", owner="b"), "is encrypted"),
        (_encrypted(user="", owner="b"), "is encrypted"),
        (_encrypted_zip(), "holds file 1, which is encrypted"),
        (_pictures_only(), "shows only pictures, and what stands in pictures is not read"),
        (_letters_without_names(), "has letters in page 1 that the file does not name"),
        (_junk_between(), "has bytes between its objects that no program shows"),
        (_junk_between() + b"and more", "has bytes between its objects that no program shows"),
        (planting_pdf.plain("x")[:-300], "ends in the middle"),
        (b"%PDF-1.7\nnothing", "is damaged"),
        (b"\0asm\1\0\0\0" + b"\0" * 50, "is a program (WebAssembly)"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2", "is a video"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "is a sound or a video"),
        (b"SQLite format 3\0" + b"\0" * 80, "is a database"),
        (b"\x7fELF\2\1\1" + b"\0" * 80, "is a program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 80, "is an Office file that is old or encrypted"),
        (random.Random(1).randbytes(4_000), "is of no known kind"),
        (planting.saved("bmp"), "is a picture of a kind that is not read"),
        (
            planting.saved("png") + random.Random(1).randbytes(400),
            "holds what follows its end, which is of no known kind",
        ),
        (planting.png_with(b"abCd", b"\1\2\3"), "holds a block of no known kind"),
        (planting.zipped({"a.txt": b"x"}) + b"more", "has bytes between its files that no program shows"),
        (gzip.compress(b"x", mtime=0) + b"more", "has bytes after its end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_read_is_said(data: bytes, reason: str) -> None:
    assert reason in contents("a.bin", data).unread


def test_nothing_is_said_of_what_is_fine() -> None:
    assert contents("a.bin", b"") == Contents()
    assert contents("a.png", planting.saved("png")).unread == ()
    assert contents("a.md", b"%PDF-1.7 is how a PDF begins; PK\3\4, MZ and OggS begin other files.").unread


def test_a_text_about_files_is_a_text() -> None:
    assert contents("a.md", b"Files begin with %PDF-1.7 or\nOggS and end with startxref").unread == ()
    assert contents("a.md", b"MZ begins a program, BM a picture, ID3 a sound").unread == ()


@pytest.mark.parametrize("sort", BINARY)
def test_a_file_that_was_cut_off_is_said(sort: str, planted: dict[str, tuple[str, bytes]]) -> None:
    for spot, (name, data) in planted.items():
        if spot.startswith(sort) and "after" not in spot and "second" not in spot:
            assert contents(name, data[: len(data) * 2 // 3]).unread, spot


def test_a_tar_that_was_cut_off_is_said() -> None:
    for size in (512, 600, 1_024):
        assert contents("a.tar", planting.tarred("a.txt", b"a" * 40)[:size]).unread


def test_a_reason_never_repeats_the_contents(planted: dict[str, tuple[str, bytes]]) -> None:
    for name, data in planted.values():
        for reason in contents(name, data[: len(data) - 9]).unread:
            assert "Schw" not in reason


# --- hostile files ----------------------------------------------------------------------------------------------------


def _zip_with_false_sizes() -> bytes:
    data = bytearray(planting.zipped({"a.txt": b"a" * 60_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        data[data.index(mark) + place :][:4] = struct.pack("<I", 10)
    return bytes(data)


def _drawings_in_drawings() -> bytes:
    with pikepdf.open(io.BytesIO(planting_pdf.plain("x"))) as pdf:
        inner = pikepdf.Stream(pdf, b"BT ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        for _ in range(20):
            outer = pikepdf.Stream(pdf, b"/X Do " * 20, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            outer.BBox = pikepdf.Array([0, 0, 9, 9])
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
            inner = outer
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=inner)
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b"/X Do")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _pdf_bomb() -> bytes:
    with pikepdf.open(io.BytesIO(planting_pdf.plain("x"))) as pdf:
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, b" " * 60_000_000)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


_GZIP_BOMB = gzip.compress(b"\0" * 60_000_000, 1, mtime=0)


def _zip_in_zip() -> bytes:
    data = b"nothing"
    for _ in range(6):
        data = planting.zipped({"a.zip": data})
    return data


@pytest.mark.parametrize(
    "data",
    [
        _GZIP_BOMB,
        bz2.compress(b"\0" * 60_000_000, 1),
        planting.zipped({"a.txt": b"a" * 60_000_000}),
        _zip_with_false_sizes(),
        planting.zipped({f"{i}.txt": b"a" for i in range(2_500)}, packing=zipfile.ZIP_STORED),
        _zip_in_zip(),
        _drawings_in_drawings(),
        _pdf_bomb(),
        planting.png_with(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 60_000_000, 1)),
        b"%PDF-1.4\n" + b"1 0 obj\n<<" * 30_000,
        b"%PDF-1.4\n" + b"stream\n" * 60_000,
        planting_pdf.plain("x").replace(b"An ordinary", b"(" * 50_000),
        b'{"docs": [{"location": ' + b"[" * 100_000,
        b"<a href='data:image/png;base64," * 20_000,
        b"data:a/a" * 50_000,
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 50_000,
        b"From: " + b"=?utf-8?q?" * 20_000 + b"\nMIME-Version: 1.0\n\n",
    ],
    ids=range(17),
)
def test_a_hostile_file_is_done_with_soon(data: bytes) -> None:
    began = time.process_time()
    read = contents("a", data)
    assert time.process_time() - began < 3
    assert sum(len(piece.text) for piece in read.pieces) < 60_000_000


def test_bombs_are_said() -> None:
    assert contents("a.gz", _GZIP_BOMB).unread == ("unpacks to more than is read",)
    assert contents("a.zip", _zip_in_zip()).unread
    assert "draws the same things too often" in contents("a.pdf", _drawings_in_drawings()).unread
    assert (
        "holds more than 2,000 files" in contents("a.zip", planting.zipped({f"{i}": b"a" for i in range(2_500)})).unread
    )


# fmt: off
_HEADS = st.sampled_from((
    b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"PK\3\4",
    b"\x1f\x8b\x08", b"wOF2", b"wOFF", b"\0\1\0\0\0", b"II*\0", b"\0\0\1\0", b"\0\0\0\x18ftypavif", b"x\x9c", b"{",
    b"MIME-Version: 1",
))
# fmt: on


@settings(max_examples=300, deadline=None)
@given(_HEADS, st.binary(max_size=400), st.text(max_size=9))
def test_no_bytes_make_it_fail(head: bytes, data: bytes, name: str) -> None:
    assert isinstance(contents(name, head + data), Contents)


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(planting.PLANTS)))
def test_no_change_of_a_real_file_makes_it_fail(chance: random.Random, spot: str) -> None:
    name, whole = _ONCE.setdefault(spot, planting.PLANTS[spot](TEXT))
    data = bytearray(whole)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        match chance.randint(0, 3):
            case 0:
                data[at] ^= 1 << chance.randint(0, 7)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = chance.randbytes(chance.randint(1, 9))
            case _:
                data[at : at + 4] = b"\xff\xff\xff\xff"
        data = data or bytearray(b"x")
    began = time.process_time()
    assert isinstance(contents(name, bytes(data)), Contents)
    assert time.process_time() - began < 5


_ONCE: dict[str, tuple[str, bytes]] = {}
