"""PDFs with a text planted in every spot that can hold one."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

_BODY = b"BT /F1 12 Tf 72 720 Td (An ordinary page of an ordinary paper.) Tj ET\n"
_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <ffff> endcodespacerange
%d beginbfchar
%s
endbfchar endcmap end end"""
Change = Callable[[Pdf, str], None]


def _document(text: str = "") -> Pdf:
    """A PDF of one page with two fonts: F1 for Latin letters, F2 for the letters of the text, by number."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    pairs = [b"<%04x> <%s>" % (code, one.encode("utf-16-be").hex().encode()) for one, code in _codes(text).items()]
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.Plain,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(
            Dictionary(Type=Name.FontDescriptor, FontName=Name.Plain, Flags=4, ItalicAngle=0, Ascent=800, Descent=-200)
        ),
    )
    wide = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name.Plain,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
        ToUnicode=Stream(pdf, _CMAP % (len(pairs), b"\n".join(pairs))),
    )
    simple = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(simple), F2=pdf.make_indirect(wide)))
    page.obj.Contents = Stream(pdf, _BODY)
    return pdf


def _saved(pdf: Pdf, **settings: bool) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True, **settings)
    return out.getvalue()


def _made(change: Change, **settings: bool) -> Callable[[str], bytes]:
    def make(text: str) -> bytes:
        with _document(text) as pdf:
            change(pdf, text)
            return _saved(pdf, **settings)

    return make


def _codes(text: str) -> dict[str, int]:
    return {one: code for code, one in enumerate(sorted(set(text)), 1)}


def _wide(text: str, within: str = "") -> bytes:
    codes = _codes(within or text)
    return b"<" + b"".join(b"%04x" % codes[one] for one in text) + b">"


def _drawn(before: bytes = b"", after: bytes = b"", move: bytes = b"72 600 Td") -> Change:
    def change(pdf: Pdf, text: str) -> None:
        content = before + b" BT /F2 12 Tf " + move + b" " + _wide(text) + b" Tj ET " + after
        pdf.pages[0].obj.Contents = Stream(pdf, _BODY + content)

    return change


def _by_letters(pdf: Pdf, text: str) -> None:
    content = b"".join(
        b"BT /F2 12 Tf %d 600 Td %s Tj ET\n" % (72 + 9 * i, _wide(one, text)) for i, one in enumerate(text)
    )
    pdf.pages[0].obj.Contents = Stream(pdf, _BODY + content)


def _kerned(pdf: Pdf, text: str) -> None:
    letters = b" -20 ".join(_wide(one, text) for one in text)
    pdf.pages[0].obj.Contents = Stream(pdf, _BODY + b"BT /F2 12 Tf 72 600 Td [" + letters + b"] TJ ET")


def _behind_another(pdf: Pdf, text: str) -> None:
    mark = b"/Span << /ActualText (nothing) >> BDC"
    _drawn(mark, b"EMC")(pdf, text)


def _marked(pdf: Pdf, text: str) -> None:
    value = b"<feff" + text.encode("utf-16-be").hex().encode() + b">"
    pdf.pages[0].obj.Contents = Stream(pdf, _BODY + b"/Span << /ActualText " + value + b" >> BDC EMC")


def _comment_in_content(pdf: Pdf, text: str) -> None:
    pdf.pages[0].obj.Contents = Stream(pdf, _BODY + b"% " + " ".join(text.split()).encode() + b"\n")


def _after_picture(pdf: Pdf, text: str) -> None:
    pixels = b"BI /W 1 /H 1 /BPC 8 /CS /G ID (EI \n EI\n"
    _drawn(pixels)(pdf, text)


def _form(pdf: Pdf, text: str) -> Stream:
    form = Stream(pdf, b"BT /F2 12 Tf 72 500 Td " + _wide(text) + b" Tj ET")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
    form.Resources = pdf.pages[0].obj.Resources
    return form


def _form_drawn(pdf: Pdf, text: str) -> None:
    resources = Dictionary(pdf.pages[0].obj.Resources)
    resources.XObject = Dictionary(X1=_form(pdf, text))
    pdf.pages[0].obj.Resources = resources
    pdf.pages[0].obj.Contents = Stream(pdf, _BODY + b"q /X1 Do Q")


def _form_unused(pdf: Pdf, text: str) -> None:
    pdf.Root.PieceInfo = Dictionary(App=Dictionary(Private=_form(pdf, text)))


def _pattern(pdf: Pdf, text: str) -> None:
    pattern = _form(pdf, text)
    del pattern.Subtype
    pattern.Type, pattern.PatternType = Name.Pattern, 1
    pdf.pages[0].obj.Resources.Pattern = Dictionary(P1=pattern)


def _letter(pdf: Pdf, text: str) -> None:
    glyph = Stream(pdf, b"10 0 d0 BT /F2 12 Tf 0 0 Td " + _wide(text) + b" Tj ET")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph), FirstChar=97, LastChar=97)
    font.Encoding = Dictionary(Differences=Array([97, Name.a]))
    pdf.pages[0].obj.Resources.Font.F3 = font


def _annotation(**fields: Callable[[Pdf, str], object]) -> Change:
    def change(pdf: Pdf, text: str) -> None:
        made = {key: value(pdf, text) for key, value in fields.items()}
        one = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), **made)
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(one)])

    return change


def _appearance(pdf: Pdf, text: str) -> Dictionary:
    return Dictionary(N=_form(pdf, text))


def _link(pdf: Pdf, text: str) -> Dictionary:
    return Dictionary(S=Name.URI, URI=String(f"https://example.com/{text}"))


def _said(pdf: Pdf, text: str) -> String:
    return String(text)


def _info(pdf: Pdf, text: str) -> None:
    pdf.docinfo["/Author"] = text


def _own_info(pdf: Pdf, text: str) -> None:
    pdf.docinfo[Name("/" + " ".join(text.split()))] = "x"


def packet_of(text: str) -> bytes:
    """A packet of XMP with the text as its creator."""
    names = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    inner = f"<rdf:Description rdf:about=''><dc:creator>{html.escape(text)}</dc:creator></rdf:Description>"
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF {names}>{inner}</rdf:RDF></x:xmpmeta>".encode()


def _xmp(pdf: Pdf, text: str) -> None:
    packet = Stream(pdf, packet_of(text))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet


def _outline(pdf: Pdf, text: str) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(text, 0))


def _destination(pdf: Pdf, text: str) -> None:
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(text), place])))


def _page_label(pdf: Pdf, text: str) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(text))]))


def _layer(pdf: Pdf, text: str) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(text)))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def _in_layer(pdf: Pdf, text: str) -> None:
    _layer(pdf, "A")
    pdf.pages[0].obj.Resources.Properties = Dictionary(L1=pdf.Root.OCProperties.OCGs[0])
    _drawn(b"/OC /L1 BDC", b"EMC")(pdf, text)


def _structure(key: str) -> Change:
    def change(pdf: Pdf, text: str) -> None:
        element = Dictionary(Type=Name.StructElem, S=Name.Figure, **{key: String(text)})
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(element))

    return change


def _script(pdf: Pdf, text: str) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{text}')"))


def _script_stream(pdf: Pdf, text: str) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=Stream(pdf, f"app.alert('{text}')".encode()))


def _file_name(pdf: Pdf, text: str) -> None:
    pdf.attachments[text] = pikepdf.AttachedFileSpec(pdf, b"nothing", filename=text)


def attached(name: str, data: bytes) -> bytes:
    """A PDF with an attachment."""
    with _document() as pdf:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
        return _saved(pdf)


def with_picture(jpeg: bytes) -> bytes:
    """A PDF whose page shows a JPEG."""
    with _document() as pdf:
        image = Stream(pdf, jpeg)
        image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
        image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = 8, 8, 8, Name.DeviceRGB
        pdf.pages[0].obj.Resources.XObject = Dictionary(I1=image)
        return _saved(pdf)


def with_font(sfnt: bytes) -> bytes:
    """A PDF with a font file in it."""
    with _document() as pdf:
        wide = pdf.pages[0].obj.Resources.Font.F2
        wide.DescendantFonts[0].FontDescriptor.FontFile2 = Stream(pdf, sfnt)
        return _saved(pdf)


def plain(text: str) -> bytes:
    """A PDF with the text on its page."""
    return _made(_drawn())(text)


def saved_again(before: bytes) -> bytes:
    """The PDF saved once more, with its page and its information replaced; what was there is still in the file."""
    with pikepdf.open(io.BytesIO(before)) as pdf:
        content = pdf.pages[0].obj.Contents.objgen[0]
        info = pdf.trailer.Info.objgen[0] if "/Info" in pdf.trailer else 0
        root, size = pdf.Root.objgen[0], int(pdf.trailer.Size)
    number = info if info else size
    out, places = before, dict[int, int]()
    for one, body in ((content, b"<< /Length 0 >>\nstream\n\nendstream"), (number, b"<< /Title (A) >>")):
        places[one] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (one, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (one, place) for one, place in sorted(places.items()))
    start = int(re.findall(rb"startxref\s+(\d+)", before)[-1])
    last = b"trailer << /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>" % (max(size, number + 1), root, number, start)
    return out + b"xref\n" + table + last + b"\nstartxref\n%d\n%%%%EOF\n" % len(out)


def _old(change: Change) -> Callable[[str], bytes]:
    return lambda text: saved_again(_made(change, object_stream_mode=pikepdf.ObjectStreamMode.disable)(text))


def _left_over(text: str) -> bytes:
    """An object that no table of the file lists."""
    made = plain("x")
    at = made.rfind(b"xref\n0 ") if b"xref\n0 " in made else made.rfind(b"startxref")
    said = "".join(f"\\{byte:03o}" for byte in text.encode("utf-16-be")).encode()
    return _moved(made, at, b"999 0 obj\n<< /Title (\\376\\377%s) >>\nendobj\n" % said)


def _comment_in_file(text: str) -> bytes:
    made = plain("x")
    at = made.rfind(b"xref\n0 ") if b"xref\n0 " in made else made.rfind(b"startxref")
    return _moved(made, at, b"% " + " ".join(text.split()).encode() + b"\n")


def _moved(made: bytes, at: int, more: bytes) -> bytes:
    """The file with bytes put before its table, and the table's place made right."""
    start = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    out = made[:at] + more + made[at:]
    return out.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + len(more))) if start >= at else out


def _typeset(text: str) -> bytes:
    import weasyprint

    page = f"<html lang='en'><p>An ordinary page.</p><p>{html.escape(text)}</p></html>"
    return bytes(weasyprint.HTML(string=page).write_pdf())


_OLD_STYLE = {"object_stream_mode": pikepdf.ObjectStreamMode.disable}
_PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
SPOTS: dict[str, Callable[[str], bytes]] = {
    "page": _made(_drawn()),
    "page, typeset": _typeset,
    "white text": _made(_drawn(b"1 1 1 rg")),
    "invisible text": _made(_drawn(b"3 Tr")),
    "tiny text": _made(_drawn(b"0.001 0 0 0.001 0 0 cm")),
    "text beside the page": _made(_drawn(move=b"5000 5000 Td")),
    "clipped text": _made(_drawn(b"q 0 0 1 1 re W n", b"Q")),
    "letter by letter": _made(_by_letters),
    "kerned": _made(_kerned),
    "text behind a replacement": _made(_behind_another),
    "replacement text": _made(_marked),
    "comment in the content": _made(_comment_in_content),
    "after an inline picture": _made(_after_picture),
    "drawing": _made(_form_drawn),
    "drawing that no page shows": _made(_form_unused),
    "pattern": _made(_pattern),
    "letter of a drawn font": _made(_letter),
    "appearance of a comment": _made(_annotation(AP=_appearance)),
    "comment": _made(_annotation(Contents=_said)),
    "author of a comment": _made(_annotation(T=_said)),
    "link": _made(_annotation(A=_link)),
    "field's value": _made(_annotation(FT=lambda pdf, text: Name.Tx, V=_said)),
    "author": _made(_info),
    "name of an own entry": _made(_own_info),
    "author, packed": _made(_info, **_PACKED),
    "XMP": _made(_xmp),
    "outline": _made(_outline),
    "outline, packed": _made(_outline, **_PACKED),
    "named destination": _made(_destination),
    "page label": _made(_page_label),
    "name of a layer": _made(_layer),
    "hidden layer": _made(_in_layer),
    "Alt": _made(_structure("Alt")),
    "ActualText": _made(_structure("ActualText")),
    "E": _made(_structure("E")),
    "T": _made(_structure("T")),
    "Lang": _made(_structure("Lang")),
    "script": _made(_script),
    "script as a stream": _made(_script_stream),
    "attachment": lambda text: attached("a.txt", text.encode()),
    "attachment's name": _made(_file_name),
    "replaced page": _old(_drawn()),
    "replaced author": _old(_info),
    "object that nothing lists": _left_over,
    "comment in the file": _comment_in_file,
    "after its end": lambda text: plain("x") + text.encode(),
}
