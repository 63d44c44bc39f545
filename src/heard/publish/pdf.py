"""The PDF of a white paper: a pure function of its job and the fonts.

`render` sets a paper; `fingerprint` names everything that decides its bytes, for a cache.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import asdict, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from heard.publish import shape
from heard.publish.colour import tokens
from heard.publish.engine import as_findings, bytes_of, heeded, lay_out, weasyprint_with
from heard.publish.fill import blank_rows, ends_within, overflows, tighter, would_fit
from heard.publish.fonts import RECIPE
from heard.publish.glyphs import printable_values
from heard.publish.hand_out import Lay, lay_out_one, too_long
from heard.publish.pictures import pictures
from heard.publish.sheet import PRINT, Sheet, logo, portrait
from heard.values import Finding, Pdf, PdfJob

LIGHT = 6
"""A paper of fewer pages gets neither cover nor contents."""

BRIEF = 250
"""Words below which a paper is taken for a short one before it is laid out: it saves a layout."""

_LIBRARIES = ("weasyprint", "pydyf", "markdown", "pymdown-extensions", "segno", "heard")
_setting = threading.Lock()


def render(job: PdfJob, fonts: Path) -> tuple[Pdf, tuple[Finding, ...]]:
    """Set a paper with the fonts of a folder such as `fonts.FOLDER`; about a second for eight pages.

    Raises HeardError where Pango is missing or a template is broken.
    """
    job = _printable(job, fonts)
    short, sections, findings = shape.shape(job, fonts)
    brief = len(job.paper.markdown.split()) < BRIEF
    sheet = Sheet(job, fonts, tokens(job.expert.brand), short, sections, light=brief)
    with _setting, heeded() as warned:
        weasyprint, configuration = weasyprint_with(fonts)
        lay = partial(lay_out, weasyprint, configuration)
        document = lay_out_one(lay, sheet) if job.one_page else _whole(lay, sheet, warned)
        content = bytes_of(weasyprint, document, job, fonts)
        pages = len(document.pages)
    overlong = (too_long(sheet),) if job.one_page and pages > 1 else ()
    return Pdf(content, pages), (*findings, *as_findings(warned, job), *overlong)


def _whole(lay: Lay, sheet: Sheet, warned: list[str]) -> Any:
    """The whole paper in the form that fills its pages best, as a laid out document."""
    document = lay(sheet)
    if (light := len(document.pages) < LIGHT) != sheet.light:
        warned.clear()
        sheet = replace(sheet, light=light)
        document = lay(sheet)
    if not sheet.light and overflows(document):
        denser = replace(sheet, dense=True)
        if not overflows(again := lay(denser)):
            sheet, document = denser, again
    if would_fit(document, sheet.edges):
        sheet = replace(sheet, loose=True)
        document = lay(sheet)
    for other in tighter(document, sheet):
        again = lay(other)
        if len(again.pages) < len(document.pages):
            sheet, document = other, again
            break
    if sheet.light and ends_within(again := lay(replace(sheet, brief=True))):
        return again
    if rows := blank_rows(document, sheet):
        again = lay(replace(sheet, rows=rows))
        return again if len(again.pages) == len(document.pages) else document
    return document


def _printable(job: PdfJob, fonts: Path) -> PdfJob:
    paper = printable_values(job.paper, fonts)
    names = (paper.title, paper.problem, paper.slug.replace("-", " ").capitalize())
    titled = replace(paper, title=next((name for name in names if name.strip()), ""))
    return replace(job, paper=titled, expert=printable_values(job.expert, fonts))


def common_ground(fonts: Path) -> bytes:
    """A hash of what decides every PDF's bytes alike: the libraries, our own code and templates, the fonts."""
    digest = hashlib.sha256(" ".join(f"{name}={metadata.version(name)}" for name in _LIBRARIES).encode())
    digest.update(f"{fonts.name} {RECIPE}".encode())
    for path in _sources():
        digest.update(_file(path))
    return digest.digest()


def fingerprint(job: PdfJob, fonts: Path, ground: bytes = b"") -> str:
    """A hash of all that decides a PDF's bytes; equal fingerprints mean equal files.

    For many jobs `ground` is found once, with `common_ground`.
    """
    digest = hashlib.sha256(ground or common_ground(fonts))
    plain = asdict(replace(job, root=Path(), templates=()))
    plain["paper"]["author"]["portrait"] = ""
    # The folder is named by the bytes of the expert's own fonts; what their files are called changes no PDF.
    plain["expert"]["fonts"] = ()
    digest.update(json.dumps(plain, sort_keys=True, default=str, ensure_ascii=False).encode())
    files = [path for _, path in pictures(job.paper, job.root / "content")]
    files += [path for path in (portrait(job), logo(job)) if path]
    for folder in job.templates:
        files += sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        digest.update(_file(path))
    return digest.hexdigest()


def _file(path: Path) -> bytes:
    return path.name.encode() + b"\0" + path.read_bytes()


def _sources() -> list[Path]:
    """Our own code and templates: while heard is being changed, its version says too little."""
    here = Path(__file__).parent
    words = sorted((here / "words").glob("*.yml"))
    return [*sorted(here.rglob("*.py")), *words, *sorted(path for path in PRINT.rglob("*") if path.is_file())]
