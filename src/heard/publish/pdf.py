"""The PDF of a white paper: a pure function of its job and the fonts.

`render` sets a paper; `fingerprint` names everything that decides its bytes, for a cache.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import asdict, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from heard.publish import shape
from heard.publish.colour import tokens
from heard.publish.engine import as_findings, bytes_of, heeded, lay_out, weasyprint_with
from heard.publish.fill import tighter, would_fit
from heard.publish.fonts import RECIPE
from heard.publish.glyphs import printable_values
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
    """Set a paper with the fonts of `fonts.FOLDER`; about a second for eight pages.

    Raises HeardError where Pango is missing or a template is broken.
    """
    job = _printable(job)
    short, sections, findings = shape.shape(job)
    brief = len(job.paper.markdown.split()) < BRIEF
    sheet = Sheet(job, fonts, tokens(job.expert.brand), short, sections, light=brief)
    with _setting, heeded() as warned:
        weasyprint, configuration = weasyprint_with(fonts)
        document = lay_out(weasyprint, configuration, sheet)
        better = _better(document, sheet)
        if better is not sheet:
            warned.clear()
            document = lay_out(weasyprint, configuration, better)
        for other in tighter(document, better):
            again = lay_out(weasyprint, configuration, other)
            if len(again.pages) < len(document.pages):
                document = again
                break
        content = bytes_of(weasyprint, document, job)
        pages = len(document.pages)
    return Pdf(content, pages), (*findings, *as_findings(warned, job))


def _better(document: Any, sheet: Sheet) -> Sheet:
    """The form that suits the paper, now that its length is known.

    A short paper goes without cover and contents. A check list that left the page before it mostly
    empty, and would fit there, goes without its blank log.
    """
    short = len(document.pages) < LIGHT
    if sheet.light or short:
        return sheet if sheet.light == short else replace(sheet, light=short)
    return replace(sheet, loose=True) if would_fit(document) else sheet


def _printable(job: PdfJob) -> PdfJob:
    paper = printable_values(job.paper)
    names = (paper.title, paper.problem, paper.slug.replace("-", " ").capitalize())
    titled = replace(paper, title=next((name for name in names if name.strip()), ""))
    return replace(job, paper=titled, expert=printable_values(job.expert))


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
    return [*sorted(here.rglob("*.py")), *sorted(path for path in PRINT.rglob("*") if path.is_file())]
