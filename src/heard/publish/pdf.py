"""The PDF of a white paper: a pure function of its job and the fonts.

`render` sets a paper; `fingerprint` names everything that decides its bytes, for a cache.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from heard.publish import links, measure, shape, tally
from heard.publish.colour import tokens
from heard.publish.fetcher import allowed, fetcher
from heard.publish.fonts import font_face_css
from heard.publish.shape import Section
from heard.values import Finding, HeardError, Pdf, PdfJob, Severity

PRINT = Path(__file__).parent / "print"
LIGHT = 6
"""A paper of fewer pages gets neither cover nor contents."""

FULL_ENOUGH = 0.6
"""The part of a page that is to be filled before the check list begins a new one."""

HEADING_ROOM = 40.0
"""Pixels above a heading that stand only when something comes before it on the page."""

_PANGO = (
    "setting PDFs needs Pango, which is not installed: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0, or: brew install pango"
)
_LIBRARIES = ("weasyprint", "pydyf", "markdown", "pymdown-extensions", "segno", "heard")
_TITLE_SIZES = (45.0, 40.0, 35.0, 30.0, 26.0, 22.0, 18.0)
_LIGHT_SIZES = (32.0, 28.0, 24.0, 20.0, 17.0)
_setting = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A job with everything that its template shows, made once for both forms of a paper."""

    job: PdfJob
    fonts: Path
    colour: Mapping[str, str]
    short: Section | None
    sections: tuple[Section, ...]
    light: bool = False
    loose: bool = False


def render(job: PdfJob, fonts: Path) -> tuple[Pdf, tuple[Finding, ...]]:
    """Set a paper with the fonts of `fonts.ensure`; about a second for eight pages.

    Raises HeardError where Pango is missing or a template is broken.
    """
    short, sections, findings = shape.shape(job)
    sheet = _Sheet(job, fonts, tokens(job.expert.brand), short, sections)
    with _setting, _heeded() as warned:
        weasyprint, configuration = _weasyprint(fonts)
        document = _lay_out(weasyprint, configuration, sheet)
        better = _better(document, sheet)
        if better is not sheet:
            warned.clear()
            document = _lay_out(weasyprint, configuration, better)
        content = document.write_pdf(
            finisher=_finish, pdf_variant="pdf/ua-1", optimize_images=True, dpi=150, jpeg_quality=80,
        )  # fmt: skip
        pages = len(document.pages)
    return Pdf(content, pages), (*findings, *_as_findings(warned, job))


def _better(document: Any, sheet: _Sheet) -> _Sheet:
    """The form that suits the paper, now that its length is known.

    A short paper goes without cover and contents. A check list that left the page before it mostly
    empty, and would fit there, goes without its blank log.
    """
    if len(document.pages) < LIGHT:
        return replace(sheet, light=True)
    return replace(sheet, loose=True) if _would_fit(document) else sheet


def _would_fit(document: Any) -> bool:
    """Whether the check list alone would fill up the page that its blank log pushed it from."""
    found = {
        name: (at, box)
        for at, page in enumerate(document.pages)
        for name, box in page.anchors.items()
        if name.startswith("heard-")
    }
    if not {"heard-before", "heard-list", "heard-log"} <= found.keys():
        return False
    (page, before), (list_page, listed) = found["heard-before"], found["heard-list"]
    log_page, log = found["heard-log"]
    if list_page == page or log_page != list_page:
        return False
    height = document.pages[page].height
    needed = log[1] - listed[1] + HEADING_ROOM
    return bool(before[3] < FULL_ENOUGH * height and before[3] + needed < height * (1 - 27 / 297))


def fingerprint(job: PdfJob, fonts: Path) -> str:
    """A hash of all that decides a PDF's bytes; equal fingerprints mean equal files."""
    digest = hashlib.sha256()
    plain = asdict(replace(job, root=Path(), templates=()))
    plain["paper"]["author"]["portrait"] = ""
    digest.update(json.dumps(plain, sort_keys=True, default=str, ensure_ascii=False).encode())
    digest.update(" ".join(f"{name}={metadata.version(name)}" for name in _LIBRARIES).encode())
    digest.update(fonts.name.encode())
    files = [*_sources(), *shape.images(job)]
    files += [path for path in (_portrait(job), _logo(job)) if path]
    for folder in job.templates:
        files += sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    """Our own code and templates: while heard is being changed, its version says too little."""
    here = Path(__file__).parent
    return [*sorted(here.glob("*.py")), *sorted(path for path in PRINT.rglob("*") if path.is_file())]


def _lay_out(weasyprint: Any, configuration: Any, sheet: _Sheet) -> Any:
    roots = [sheet.job.root, sheet.fonts, PRINT, *sheet.job.templates]
    fetch = fetcher(roots)
    html, css = _documents(sheet)
    style = weasyprint.CSS(
        string=font_face_css(sheet.fonts.resolve().as_uri() + "/", "ttf") + css,
        font_config=configuration, url_fetcher=fetch, base_url=PRINT.as_uri() + "/",
    )  # fmt: skip
    page = weasyprint.HTML(string=html, url_fetcher=fetch, base_url=sheet.job.root.as_uri() + "/")
    return page.render(
        font_config=configuration, stylesheets=[style], pdf_variant="pdf/ua-1",
        optimize_images=True, dpi=150, jpeg_quality=80,
    )  # fmt: skip


def _documents(sheet: _Sheet) -> tuple[str, str]:
    """The HTML and the CSS of a paper, from the templates."""
    import jinja2

    job = sheet.job
    folders = [*job.templates, PRINT]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([os.fspath(folder) for folder in folders]),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css"] = _css_string
    context = _context(sheet)
    try:
        html = environment.get_template("paper.html").render(context)
        return html, environment.get_template("paper.css").render(context)
    except jinja2.TemplateError as error:
        raise HeardError(_broken(error, folders)) from error


def _context(sheet: _Sheet) -> dict[str, object]:
    from markupsafe import Markup

    job, paper, colour = sheet.job, sheet.job.paper, sheet.colour
    display = sheet.fonts / "newsreader-display-400.ttf"
    light = sheet.light
    sizes = _LIGHT_SIZES if light else _TITLE_SIZES
    spoken = paper.title.strip() or paper.problem.strip() or paper.slug
    big = tally.CoverColours(colour["stroke"], colour["cross"], colour["deep2"])
    return {
        "paper": paper,
        "expert": job.expert,
        "author": paper.author,
        "job": job,
        "colour": colour,
        "light": light,
        "loose": sheet.loose,
        "short": sheet.short,
        "sections": sheet.sections,
        "heard": paper.heard,
        "title": measure.title(spoken, display, width=116 if light else 164, sizes=sizes,
                               most=8 if light else 4),
        "spoken": spoken,
        "figures": [
            (figure, measure.fit(figure.number, display, width=34, largest=30))
            for figure in paper.figures
        ],
        "strokes": Markup(tally.strokes(paper.heard.heard_from, paper.slug, big)),
        "tally": _tally(paper.heard.heard_from, paper.slug, colour),
        "qr": Markup(_qr(job.ask_link)),
        "ask_words": links.words(job.ask_link),
        "link_words": links.words(job.link),
        "portrait": path.as_uri() if (path := _portrait(job)) else "",
        "logo": path.as_uri() if (path := _logo(job)) else "",
        "monogram": "".join(word[0] for word in paper.author.name.split()[:2]).upper(),
        "keywords": _keywords(job),
        "dates": (paper.published or paper.updated, paper.updated or paper.published),
        "midnight": _midnight,
    }  # fmt: skip


def _tally(counted: int, seed: str, colour: Mapping[str, str]) -> object:
    """How a template draws the tally: `tally(label)`."""
    from markupsafe import Markup

    pair = (colour["ink"], colour["brandtext"])
    return lambda label: Markup(
        tally.tally(counted, more=counted > 0, seed=seed, label=label, colours=pair)
    )


def _keywords(job: PdfJob) -> str:
    paper = job.paper
    words = (paper.problem, *paper.aliases, *paper.industries)
    return ", ".join(dict.fromkeys(word.replace(",", " ") for word in words if word))


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _qr(link: str) -> str:
    import segno

    if not link:
        return ""
    code = segno.make(link, error="m", micro=False, boost_error=False)
    return str(
        code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", title=link)
    )


def _portrait(job: PdfJob) -> Path | None:
    return _picture(job.paper.author.portrait, job)


def _logo(job: PdfJob) -> Path | None:
    return _picture(job.expert.brand.logo, job)


def _picture(named: str, job: PdfJob) -> Path | None:
    """The file of a picture, absolute or below content/, if it is public."""
    path = job.root / "content" / named
    return path if named and path.is_file() and allowed(path, [job.root]) else None


def _css_string(text: str) -> str:
    """The text inside a CSS string in double quotes."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3C ")
    return " ".join(quoted.split())


def _broken(error: Any, folders: list[Path]) -> str:
    """Which template is broken, where, and how."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if not name and any(file.is_relative_to(folder) for folder in folders):
            line = trace.tb_lineno
            where = str(file)
        trace = trace.tb_next
    where = name or locals().get("where") or getattr(error, "name", None) or "paper.html"
    return f"the template {where}:{line or 1} cannot be used: {error.message or error}"


def _weasyprint(fonts: Path) -> tuple[Any, Any]:
    """WeasyPrint and a font configuration that knows no font but ours.

    The fonts of the machine would otherwise fill in for missing letters, so that the same paper came
    out differently elsewhere.
    """
    empty = fonts.parent / "no-system-fonts.conf"
    if not empty.exists():
        empty.write_text("<?xml version='1.0'?><fontconfig></fontconfig>\n", encoding="utf-8")
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = os.fspath(empty.resolve())
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


@contextmanager
def _heeded() -> Iterator[list[str]]:
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


def _as_findings(messages: list[str], job: PdfJob) -> Iterator[Finding]:
    for message in messages:
        said = message.replace(job.root.as_uri() + "/", "")
        if missing := re.search(r"unsupported by fonts: (.*)", said):
            said = f"neither typeface has {missing[1]}: write it another way"
        yield Finding(job.paper.source, Severity.TO_FIX, f"in the PDF: {said}", "pdf/warning")


def _finish(document: Any, pdf: Any) -> None:
    """Say for every table heading that it heads a column: WeasyPrint leaves it out."""
    del document
    import pydyf

    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("S") == "/TH":
            one["A"] = pydyf.Dictionary({"O": "/Table", "Scope": "/Column"})
