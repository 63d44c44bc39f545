"""WeasyPrint, as papers use it: our fonts only, guarded reading, and its log turned into findings."""

from __future__ import annotations

import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from heard.publish import record
from heard.publish.fetcher import fetcher
from heard.publish.finishing import finish
from heard.publish.fonts import FOLDER, font_face_css
from heard.publish.pictures import pictures
from heard.publish.places import place_of
from heard.publish.sheet import PRINT, Sheet, documents
from heard.values import Finding, HeardError, PdfJob, Severity

OPTIONS: Mapping[str, Any] = {
    "pdf_variant": "pdf/a-3a",
    "optimize_images": True,
    "dpi": 150,
    "jpeg_quality": 80,
}
_HELD = "*{opacity:1!important}*,img,svg{image-rendering:crisp-edges!important}"
"""What no template or paper may undo: PDF/A-3a and PDF/UA-1 have no see-through groups and no smoothed pictures."""

_WORDLESS = "has no required alt description"

_NO_DAY = datetime(2000, 1, 1)
"""What the record of a paper without a day is dated: WeasyPrint would take the clock."""

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
        string=font_face_css(sheet.fonts.resolve().as_uri() + "/", "ttf", sheet.fonts) + css + _HELD,
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
    """What was logged, as findings about the paper's file, at the line that has the words in question."""
    shown = [path.as_uri() for _, path in pictures(job.paper, job.root / "content")]
    for message in messages:
        if _WORDLESS in message and any(f'"{address}"' in message for address in shown):
            continue  # It became decoration, and `raw_html` says so where it was a slip.
        said = message.replace(job.root.as_uri() + "/", "")
        if missing := re.search(r"unsupported by fonts: (.*)", said):
            said = f"neither typeface has {missing[1]}: write it another way"
        quoted = re.findall(r"[`'\"]([^`'\"]{3,})[`'\"]", message)
        words = [part for whole in quoted for part in (whole, whole.rpartition("/")[2])]
        yield Finding(place_of(words, job), Severity.TO_FIX, f"in the PDF: {said}", "pdf/warning")


def bytes_of(weasyprint: Any, document: Any, job: PdfJob, fonts: Path = FOLDER) -> bytes:
    """The finished PDF of what was laid out with these fonts."""
    made = record.times(job) or (_NO_DAY, _NO_DAY)
    attached = weasyprint.Attachment(
        string=record.record(job).decode(), name=record.name(job), description=record.SAYS,
        created=made[0], modified=made[1], relationship="Data",
    )  # fmt: skip
    with warnings.catch_warnings():
        # WeasyPrint opens the colour profile of PDF/A without closing it.
        warnings.simplefilter("ignore", ResourceWarning)
        written: bytes = document.write_pdf(
            finisher=partial(finish, own_fonts=fonts != FOLDER), attachments=[attached], **OPTIONS
        )
    return written
