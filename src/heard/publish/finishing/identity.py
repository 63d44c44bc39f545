"""What a PDF says it is: PDF/A-3a and PDF/UA-1 in one file.

WeasyPrint sets one of the two only. The identifier of PDF/UA is none of the properties that PDF/A knows,
so the file has to describe it (ISO 19005-3, 6.6.2.3; the schema is that of the PDF Association).
"""

from __future__ import annotations

from typing import Any

from heard.publish.finishing.tree import follow

_UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_END = b"</rdf:RDF>"


def identify(pdf: Any) -> None:
    """Add the PDF/UA identifier to the metadata of a PDF/A."""
    metadata = follow(pdf, pdf.catalog["Metadata"])
    whole = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    assert whole.count(_END) == 1
    metadata.stream = [whole.replace(_END, _UA.encode() + _END)]
