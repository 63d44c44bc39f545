"""WeasyPrint, as papers use it: our fonts only, guarded reading, and its log turned into findings."""

from __future__ import annotations

import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from heard.publish.fetcher import fetcher
from heard.publish.fonts import font_face_css
from heard.publish.sheet import PRINT, Sheet, documents
from heard.values import Finding, HeardError, PdfJob, Severity

OPTIONS: Mapping[str, Any] = {
    "pdf_variant": "pdf/ua-1",
    "optimize_images": True,
    "dpi": 150,
    "jpeg_quality": 80,
}
_PANGO = (
    "setting PDFs needs Pango, which is not installed: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0, or: brew install pango"
)


def weasyprint_with(fonts: Path) -> tuple[Any, Any]:
    """WeasyPrint and a font configuration that knows no font but ours.

    The fonts of the machine would otherwise fill in for missing letters, so that the same paper came
    out differently elsewhere.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = os.fspath(fonts / "no-system-fonts.conf")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration

            return weasyprint, FontConfiguration()
    except OSError as error:
        raise HeardError(_PANGO) from error
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def lay_out(weasyprint: Any, configuration: Any, sheet: Sheet) -> Any:
    """Lay a paper out, as a WeasyPrint document."""
    roots = [sheet.job.root / "content", sheet.fonts, PRINT, *sheet.job.templates]
    fetch = fetcher(roots)
    html, css = documents(sheet)
    style = weasyprint.CSS(
        string=font_face_css(sheet.fonts.resolve().as_uri() + "/", "ttf") + css,
        font_config=configuration, url_fetcher=fetch, base_url=PRINT.as_uri() + "/",
    )  # fmt: skip
    page = weasyprint.HTML(string=html, url_fetcher=fetch, base_url=sheet.job.root.as_uri() + "/")
    return page.render(font_config=configuration, stylesheets=[style], **OPTIONS)


@contextmanager
def heeded() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs while a paper is set: it never raises, it only logs."""
    heard: list[str] = []
    mine = threading.get_ident()

    class Collector(logging.Handler):
        """Keeps the messages of this thread."""

        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == mine and record.getMessage() not in heard:
                heard.append(record.getMessage())

    logger, collector = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield heard
    finally:
        logger.removeHandler(collector)


def as_findings(messages: list[str], job: PdfJob) -> Iterator[Finding]:
    """What was logged, as findings about the paper's file."""
    for message in messages:
        said = message.replace(job.root.as_uri() + "/", "")
        if missing := re.search(r"unsupported by fonts: (.*)", said):
            said = f"neither typeface has {missing[1]}: write it another way"
        yield Finding(job.paper.source, Severity.TO_FIX, f"in the PDF: {said}", "pdf/warning")


def finish(document: Any, pdf: Any) -> None:
    """Say for every table heading that it heads a column: WeasyPrint leaves it out."""
    del document
    import pydyf

    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("S") == "/TH":
            one["A"] = pydyf.Dictionary({"O": "/Table", "Scope": "/Column"})
