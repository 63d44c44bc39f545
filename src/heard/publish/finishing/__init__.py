"""The last hand on a PDF before its bytes are written: what makes it PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

from typing import Any

from heard.publish.finishing import artifacts, hyphens, identity, links, lists, markers, tables, tree, typefaces, words


def finish(document: Any, pdf: Any, *, own_fonts: bool = False) -> None:
    """WeasyPrint's hook: `document` is what was laid out, `pdf` what of it is about to be written.

    With `own_fonts` some of its fonts are called what ours are called, until here.
    """
    if own_fonts:
        typefaces.name(pdf)
    identity.identify(pdf)
    _once(pdf)
    hyphens.soften(pdf)
    if found := tree.read(pdf):
        links.describe(found, document)
        artifacts.set_apart(found, markers.settle(found, document))
        words.prune(found)
        lists.put_right(found)
        tables.put_right(found)
        words.put_right(found)


def _once(pdf: Any) -> None:
    """Name every attachment once: WeasyPrint finds it twice."""
    import pydyf

    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
