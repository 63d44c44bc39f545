"""Makes files of every kind with a text planted in every spot that can hold one.

`PLANTS` maps what a plant is called (`pdf: outline`) to a function from the text to the file's name and bytes.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import planting_pdf
from PIL import Image, PngImagePlugin

Plant = Callable[[str], tuple[str, bytes]]
Members = Mapping[str, bytes]

_MARKUP = {
    "text": "<p>{}</p>",
    "attribute": '<p title="{}">x</p>',
    "comment": "<!-- {} --><p>x</p>",
    "script": "<script>var a = '{}';</script>",
    "json-ld": '<script type="application/ld+json">{{"name": "{}"}}</script>',
    "style": "<style>p::before {{ content: '{}'; }}</style>",
    "link": '<a href="/{}/">x</a>',
}
_TEXTS = {
    "feed.xml": "<?xml version='1.0'?><rss><channel><title>{}</title></channel></rss>",
    "sitemap.xml": "<?xml version='1.0'?><urlset><url><loc>https://example.com/{}/</loc></url></urlset>",
    "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'><desc>{}</desc></svg>",
    "data.json": '{{"a": ["{}"]}}',
    "script.js": "const a = `{}`;",
    "style.css": "/* {} */ p {{ color: red; }}",
    "bundle.js.map": '{{"version": 3, "sources": [], "sourcesContent": ["// {}"]}}',
    "table.csv": "a,b\r\n1,{}\r\n",
    "notes.yml": "a: '{}'\n",
    "page.md": "# A\n\n{}\n",
    "robots.txt": "# {}\n",
    "captions.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v {}>Hello\n",
    "meeting.ics": "BEGIN:VCALENDAR\r\nSUMMARY:{}\r\nEND:VCALENDAR\r\n",
}
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le")
_WORD = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
_TYPES = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}


def _page(inner: str) -> bytes:
    return f"<!doctype html><html><head><title>A</title></head><body>{inner}</body></html>".encode()


def _texts() -> dict[str, Plant]:
    plants: dict[str, Plant] = {
        f"html: {spot}": lambda text, frame=frame: ("index.html", _page(frame.format(text)))
        for spot, frame in _MARKUP.items()
    }
    plants |= {
        f"text: {name}": lambda text, name=name, frame=frame: (name, frame.format(text).encode())
        for name, frame in _TEXTS.items()
    }
    plants |= {
        f"encoding: {name}": lambda text, name=name: ("a.txt", f"Some words, {text}, more words.\n".encode(name))
        for name in _ENCODINGS
    }
    plants["encoding: declared"] = lambda text: ("a.html", f"<meta charset='utf-16-le'>{text}".encode("utf-16-le"))
    plants["search index: text"] = lambda text: _index({"location": "a/", "title": "A", "text": f"<p>{text}</p>"})
    plants["search index: title"] = lambda text: _index({"location": "a/#b", "title": text, "text": ""})
    plants["search index: tags"] = lambda text: _index({"location": "a/", "title": "A", "text": "", "tags": [text]})
    plants["search index: address"] = lambda text: _index({"location": f"{text}/", "title": "A", "text": ""})
    plants["html: packed picture"] = lambda text: (
        "a.html",
        _page(f"<img src='{_address('image/png', text_png(text))}'>"),
    )
    plants["css: packed file"] = lambda text: (
        "a.css",
        f"a {{ src: url({_address('application/zip', zipped({'a.txt': text.encode()}))}) }}".encode(),
    )
    return plants


def _index(entry: Mapping[str, object]) -> tuple[str, bytes]:
    other = {"location": "other/", "title": "Other", "text": "Nothing."}
    return "search/search_index.json", json.dumps({"config": {"lang": ["en"]}, "docs": [other, entry]}).encode()


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def zipped(members: Members, comment: bytes = b"", packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.comment = comment
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(name: str, data: bytes, **fields: object) -> bytes:
    """A tar file of one member."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        for key, value in fields.items():
            setattr(member, key, value)
        archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _zip_entry(text: str, field: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo("a.txt")
        packed = text.encode()
        member.comment = packed if field == "comment" else b""
        member.extra = struct.pack("<HH", 0x6375, len(packed)) + packed if field == "extra" else b""
        archive.writestr(member, b"nothing")
    return out.getvalue()


def _gzip_named(text: str) -> bytes:
    """As programs do that write any name into the head."""
    whole = bytearray(gzip.compress(b"nothing", mtime=0))
    whole[3] |= 8
    return bytes(whole[:10]) + text.encode() + b"\0" + bytes(whole[10:])


def _archives() -> dict[str, Plant]:
    return {
        "gzip: name": lambda text: ("a.gz", _gzip_named(text)),
        "gzip: content": lambda text: ("sitemap.xml.gz", gzip.compress(f"<a>{text}</a>".encode(), mtime=0)),
        "gzip: second member": lambda text: (
            "a.gz",
            gzip.compress(b"nothing", mtime=0) + gzip.compress(text.encode(), mtime=0),
        ),
        "zlib: content": lambda text: ("a.z", zlib.compress(text.encode())),
        "bzip2: content": lambda text: ("a.txt.bz2", bz2.compress(text.encode())),
        "xz: content": lambda text: ("a.txt.xz", lzma.compress(text.encode())),
        "zip: member": lambda text: ("a.zip", zipped({"a.txt": text.encode()})),
        "zip: stored member": lambda text: ("a.zip", zipped({"a.txt": text.encode()}, packing=zipfile.ZIP_STORED)),
        "zip: name": lambda text: ("a.zip", zipped({f"{text.replace('/', '-')}.txt": b"nothing"})),
        "zip: comment": lambda text: ("a.zip", zipped({"a.txt": b"nothing"}, text.encode())),
        "zip: member's comment": lambda text: ("a.zip", _zip_entry(text, "comment")),
        "zip: member's extra field": lambda text: ("a.zip", _zip_entry(text, "extra")),
        "zip: zip in zip": lambda text: ("a.zip", zipped({"b.zip": zipped({"c.txt": text.encode()})})),
        "tar: member": lambda text: ("a.tar", tarred("a.txt", text.encode())),
        "tar: name": lambda text: ("a.tar", tarred(text, b"nothing")),
        "tar: owner": lambda text: ("a.tar", tarred("a.txt", b"nothing", uname=text)),
        "tar: comment": lambda text: ("a.tar", tarred("a.txt", b"nothing", pax_headers={"comment": text})),
        "tar: packed": lambda text: ("a.tar.gz", gzip.compress(tarred("a.txt", text.encode()), mtime=0)),
    }


def _office() -> dict[str, Plant]:
    def office(member: str, frame: str, kind: str) -> Plant:
        return lambda text: (f"a.{kind}", zipped({**_TYPES, member: frame.replace("{}", html.escape(text)).encode()}))

    def split(text: str) -> tuple[str, bytes]:
        runs = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{html.escape(letter)}</w:t></w:r>" for letter in text)
        body = f"<w:document {_WORD}><w:body><w:p>{runs}</w:p></w:body></w:document>"
        return "a.docx", zipped({**_TYPES, "word/document.xml": body.encode()})

    return {
        "docx: split over runs": split,
        "docx: author": office("docProps/core.xml", "<c><dc:creator>{}</dc:creator></c>", "docx"),
        "docx: company": office("docProps/app.xml", "<Properties><Company>{}</Company></Properties>", "docx"),
        "docx: comment": office("word/comments.xml", "<w:comments><w:t>{}</w:t></w:comments>", "docx"),
        "docx: deleted text": office(
            "word/document.xml", "<w:p><w:del><w:delText>{}</w:delText></w:del></w:p>", "docx"
        ),
        "docx: reviewer": office("word/document.xml", "<w:p><w:ins w:author='{}'/></w:p>", "docx"),
        "docx: custom XML": office("customXml/item1.xml", "<a><b>{}</b></a>", "docx"),
        "docx: header": office("word/header1.xml", "<w:hdr><w:t>{}</w:t></w:hdr>", "docx"),
        "docx: link": office("word/_rels/document.xml.rels", "<R><R Target='https://example.com/{}'/></R>", "docx"),
        "docx: picture": lambda text: ("a.docx", zipped({**_TYPES, "word/media/image1.png": text_png(text)})),
        "pptx: slide": office("ppt/slides/slide1.xml", "<p:sld><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>", "pptx"),
        "pptx: notes": office("ppt/notesSlides/notesSlide1.xml", "<p:notes><a:t>{}</a:t></p:notes>", "pptx"),
        "xlsx: cell": office("xl/sharedStrings.xml", "<sst><si><t>{}</t></si></sst>", "xlsx"),
        "xlsx: sheet's name": office("xl/workbook.xml", "<workbook><sheet name='{}'/></workbook>", "xlsx"),
        "odt: text": lambda text: (
            "a.odt",
            zipped(
                {"mimetype": b"application/vnd.oasis", "content.xml": f"<text:p>{html.escape(text)}</text:p>".encode()}
            ),
        ),
        "epub: chapter": lambda text: (
            "a.epub",
            zipped(
                {"mimetype": b"application/epub+zip", "a.xhtml": f"<html><p>{html.escape(text)}</p></html>".encode()}
            ),
        ),
    }


def picture() -> Image.Image:
    """A small picture."""
    return Image.new("RGB", (8, 8), "teal")


def saved(kind: str, **settings: object) -> bytes:
    """A small picture as a file of a kind."""
    out = io.BytesIO()
    picture().save(out, kind, **settings)
    return out.getvalue()


def text_png(text: str) -> bytes:
    """A PNG with a packed international text."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", text, zip=True)
    return saved("png", pnginfo=info)


def png_with(kind: bytes, body: bytes) -> bytes:
    """A PNG with one more chunk before its end."""
    data = saved("png")
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:-12] + chunk + data[-12:]


def exif(text: str, tag: int = 0x010E) -> bytes:
    """A block of EXIF with the text in one field: UTF-8, or UTF-16 for Windows' own fields."""
    found = Image.Exif()
    found[tag] = text.encode("utf-16-le") + b"\0\0" if tag >= 0x9C9B else text.encode()
    return found.tobytes()


def _exif_comment(text: str) -> bytes:
    found = Image.Exif()
    found.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + text.encode("utf-16-be")
    return found.tobytes()


def jpeg_with(mark: int, body: bytes) -> bytes:
    """A JPEG with one more segment at its beginning."""
    data = saved("jpeg")
    return data[:2] + bytes((0xFF, mark)) + struct.pack(">H", len(body) + 2) + body + data[2:]


def _iptc(text: str) -> bytes:
    packed = text.encode()
    dataset = b"\x1c\x02\x50" + struct.pack(">H", len(packed)) + packed
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(dataset)) + dataset + b"\0" * (len(dataset) % 2)
    return jpeg_with(0xED, b"Photoshop 3.0\0" + block)


def _more_xmp(text: str) -> bytes:
    body = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", 1, 0) + planting_pdf.packet_of(text)
    return jpeg_with(0xE1, body)


def _thumbnail(text: str) -> bytes:
    inner = jpeg_with(0xFE, text.encode())
    head = b"II*\0" + struct.pack("<IH", 8, 0) + struct.pack("<I", 14)
    fields = (
        struct.pack("<H", 2) + struct.pack("<HHII", 0x201, 4, 1, 44) + struct.pack("<HHII", 0x202, 4, 1, len(inner))
    )
    return jpeg_with(0xE1, b"Exif\0\0" + head + fields + struct.pack("<I", 0) + inner)


def profile(text: str) -> bytes:
    """A colour profile whose description is the text."""
    packed = text.encode("utf-16-be")
    body = b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(packed), 28) + packed
    table = struct.pack(">I", 1) + b"desc" + struct.pack(">II", 144, len(body))
    return struct.pack(">I", 144 + len(body)).ljust(128, b"\0") + table + body


def _gif(text: str, label: int) -> bytes:
    packed = text.encode()
    blocks = b"".join(bytes((len(packed[i : i + 255]),)) + packed[i : i + 255] for i in range(0, len(packed), 255))
    return saved("gif")[:-1] + bytes((0x21, label)) + blocks + b"\0;"


def _icon(text: str) -> bytes:
    inner = text_png(text)
    return b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 8, 8, 0, 0, 1, 32, len(inner), 22) + inner


def _pictures() -> dict[str, Plant]:
    def png(kind: bytes, body: Callable[[str], bytes]) -> Plant:
        return lambda text: ("a.png", png_with(kind, body(text)))

    return {
        "png: tEXt": png(b"tEXt", lambda text: b"Author\0" + text.encode()),
        "png: tEXt's key": png(b"tEXt", lambda text: text.encode() + b"\0a"),
        "png: zTXt": png(b"zTXt", lambda text: b"Author\0\0" + zlib.compress(text.encode())),
        "png: iTXt": png(b"iTXt", lambda text: b"Author\0\0\0en\0A\0" + text.encode()),
        "png: iTXt packed": lambda text: ("a.png", text_png(text)),
        "png: XMP": png(b"iTXt", lambda text: b"XML:com.adobe.xmp\0\0\0\0\0" + planting_pdf.packet_of(text)),
        "png: eXIf": png(b"eXIf", lambda text: exif(text).removeprefix(b"Exif\0\0")),
        "png: iCCP": png(b"iCCP", lambda text: b"a\0\0" + zlib.compress(profile(text))),
        "png: after its end": lambda text: ("a.png", saved("png") + text.encode()),
        "png: zip after its end": lambda text: ("a.png", saved("png") + zipped({"a.txt": text.encode()})),
        "jpeg: EXIF": lambda text: ("a.jpg", saved("jpeg", exif=exif(text))),
        "jpeg: EXIF of Windows": lambda text: ("a.jpg", saved("jpeg", exif=exif(text, 0x9C9D))),
        "jpeg: EXIF comment": lambda text: ("a.jpg", saved("jpeg", exif=_exif_comment(text))),
        "jpeg: XMP": lambda text: (
            "a.jpg",
            jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + planting_pdf.packet_of(text)),
        ),
        "jpeg: long XMP": lambda text: ("a.jpg", _more_xmp(text)),
        "jpeg: IPTC": lambda text: ("a.jpg", _iptc(text)),
        "jpeg: comment": lambda text: ("a.jpg", jpeg_with(0xFE, text.encode())),
        "jpeg: unknown block": lambda text: ("a.jpg", jpeg_with(0xEA, b"Vendor\0" + text.encode("utf-16-le"))),
        "jpeg: thumbnail": lambda text: ("a.jpg", _thumbnail(text)),
        "jpeg: colour profile": lambda text: ("a.jpg", saved("jpeg", icc_profile=profile(text))),
        "jpeg: after its end": lambda text: ("a.jpg", saved("jpeg") + text.encode()),
        "webp: EXIF": lambda text: ("a.webp", saved("webp", exif=exif(text))),
        "webp: XMP": lambda text: ("a.webp", saved("webp", xmp=planting_pdf.packet_of(text))),
        "webp: colour profile": lambda text: ("a.webp", saved("webp", icc_profile=profile(text))),
        "gif: comment": lambda text: ("a.gif", _gif(text, 0xFE)),
        "gif: application block": lambda text: ("a.gif", _gif(text, 0xFF)),
        "gif: after its end": lambda text: ("a.gif", saved("gif") + text.encode()),
        "ico: png": lambda text: ("a.ico", _icon(text)),
        "tiff: description": lambda text: ("a.tif", saved("tiff", tiffinfo={270: text.encode()})),
        "avif: EXIF": lambda text: ("a.avif", saved("avif", exif=exif(text))),
        "avif: XMP": lambda text: ("a.avif", saved("avif", xmp=planting_pdf.packet_of(text))),
    }


def font(text: str, flavour: str | None = None) -> bytes:
    """A font without letters whose copyright is the text."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "A", "styleName": "Regular", "copyright": text}, mac=False)
    builder.setupOS2()
    builder.setupPost()
    builder.font.flavor = flavour
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _web_font_metadata(text: str) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.sfnt import WOFFFlavorData

    whole = TTFont(io.BytesIO(font("A")))
    whole.flavor = "woff2"
    whole.flavorData = WOFFFlavorData()
    whole.flavorData.metaData = f"<metadata><credit name='{html.escape(text)}'/></metadata>".encode()
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _mail(place: str) -> Plant:
    def plant(text: str) -> tuple[str, bytes]:
        one_line = " ".join(text.split())
        mail = EmailMessage()
        mail["Subject"] = f"Züge: {one_line}" if place == "subject" else "A"
        mail["From"] = "a@example.com"
        mail.set_content(text if place == "text" else "Nothing.", cte="base64")
        attached = zipped({"a.txt": text.encode()}) if place == "attachment" else b"nothing"
        name = one_line if place == "attachment's name" else "a.bin"
        mail.add_attachment(attached, maintype="application", subtype="octet-stream", filename=name)
        return "a.eml", mail.as_bytes()

    return plant


def _others() -> dict[str, Plant]:
    return {
        "font: ttf": lambda text: ("a.ttf", font(text)),
        "font: woff": lambda text: ("a.woff", font(text, "woff")),
        "font: woff2": lambda text: ("a.woff2", font(text, "woff2")),
        "font: woff2's metadata": lambda text: ("a.woff2", _web_font_metadata(text)),
        **{f"mail: {place}": _mail(place) for place in ("subject", "text", "attachment", "attachment's name")},
    }


def _pdfs() -> dict[str, Plant]:
    jpeg: dict[str, Callable[[str], bytes]] = {
        "comment of a picture": lambda text: planting_pdf.with_picture(jpeg_with(0xFE, text.encode())),
        "zip as attachment": lambda text: planting_pdf.attached("a.zip", zipped({"a.txt": text.encode()})),
        "PDF as attachment": lambda text: planting_pdf.attached("a.pdf", planting_pdf.SPOTS["outline"](text)),
        "name in a font": lambda text: planting_pdf.with_font(font(text)),
        "zip after its end": lambda text: planting_pdf.plain("x") + zipped({"a.txt": text.encode()}),
    }
    return {
        f"pdf: {spot}": lambda text, make=make: ("a.pdf", make(text))
        for spot, make in (planting_pdf.SPOTS | jpeg).items()
    }


PLANTS: dict[str, Plant] = {**_texts(), **_archives(), **_office(), **_pictures(), **_others(), **_pdfs()}
