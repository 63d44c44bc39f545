"""A paper's HTML and CSS for print, from the templates in `print/` or a person's own."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from markupsafe import Markup

from heard.publish import links, measure, tally, wording
from heard.publish.fetcher import allowed
from heard.publish.shape import Section
from heard.publish.sizes import Size, size_of
from heard.values import ApprovedQuote, HeardError, PdfJob

PRINT = Path(__file__).parent / "print"
_TITLE_SIZES = (45.0, 40.0, 35.0, 30.0, 26.0, 22.0, 18.0)
_PROBLEM_SIZES = (42.0, 38.0, 34.0, 30.0, 26.0, 22.0, 18.0, 14.0)
_LIGHT_SIZES = (32.0, 28.0, 24.0, 20.0, 17.0)


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to do, and who does it in how long."""

    words: Markup
    who: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a paper's one page to hand out shows; `strokes` and `gap` are millimetres.

    `endless` is for measuring: a page so long that everything fits.
    """

    heading: str = ""
    items: tuple[Item, ...] = ()
    summary: str = ""
    quote: ApprovedQuote | None = None
    figures: bool = False
    answer: bool = True
    strokes: float = 24.0
    gap: float = 0.0
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A job with everything that its template shows, made once for all forms of a paper.

    `light`: without cover and contents; `loose`: without the blank log; `tight`: a little closer; `close`: in smaller
    letters, too; `brief`: its end below the last words instead of on a back; `dense`: summary and contents closer;
    `rows`: of a blank log that fills the last page, where there was no room for it below the check list.
    """

    job: PdfJob
    fonts: Path
    colour: Mapping[str, str]
    short: Section | None
    sections: tuple[Section, ...]
    light: bool = False
    loose: bool = False
    tight: bool = False
    close: bool = False
    brief: bool = False
    dense: bool = False
    rows: int = 0
    plan: Plan | None = None

    @property
    def edges(self) -> Size:
        """The sheet of paper it is set for."""
        return size_of(self.job.expert.paper_size)


def documents(sheet: Sheet) -> tuple[str, str]:
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
    environment.globals |= {
        "Markup": Markup,
        "lists": wording.every_list(),
        "told_me": wording.said,
        "period": wording.period,
    }
    name = "one-page" if sheet.plan else "paper"
    context = _context(sheet) | (_one_page(sheet, sheet.plan) if sheet.plan else {})
    try:
        html = environment.get_template(f"{name}.html").render(context)
        return html, environment.get_template(f"{name}.css").render(context)
    except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise HeardError(_broken(error, folders)) from error


def _context(sheet: Sheet) -> dict[str, object]:
    job, paper, colour = sheet.job, sheet.job.paper, sheet.colour
    display = sheet.fonts / "newsreader-display-400.ttf"
    light, edges = sheet.light, sheet.edges
    spoken = paper.title.strip() or paper.problem.strip() or paper.slug
    big = tally.CoverColours(colour["stroke"], colour["cross"], colour["deep2"])
    return {
        "paper": paper,
        "expert": job.expert,
        "author": paper.author,
        "job": job,
        "colour": colour,
        "edges": edges,
        "light": light,
        "loose": sheet.loose,
        "close": sheet.close,
        "brief": sheet.brief,
        "dense": sheet.dense,
        "tight": sheet.tight,
        "rows": sheet.rows,
        "short": sheet.short,
        "sections": sheet.sections,
        "heard": paper.heard,
        "title": measure.title(spoken, display, width=116, sizes=_LIGHT_SIZES, most=8),
        "slack": partial(_slack, sheet.fonts),
        "cover": measure.cover(spoken, paper.answer, display, sheet.fonts / "archivo-400.ttf",
                               width=164, height=edges.legend - edges.title - 6, sizes=_TITLE_SIZES),
        "spoken": spoken,
        "slacks": [
            (section.id, measure.slack(section.title, display, width=116, size=23))
            for section in sheet.sections
        ],
        "figures": [
            (figure, measure.fit(figure.number, display, width=34, largest=30))
            for figure in paper.figures
        ],
        "strokes": Markup(
            tally.cover(paper.heard.heard_from, paper.slug, big, quoted=bool(paper.heard.quotes),
                        ground=tally.Ground(edges.width, edges.height - edges.strokes, edges.left))
        ),
        "tally": _tally(paper.heard.heard_from, paper.slug, colour),
        "qr": Markup(_qr(job.ask_link, links.words(job.ask_link))),
        "qr_code": lambda label: Markup(_qr(job.ask_link, label)),
        "ask_words": links.words(job.ask_link),
        "link_words": links.words(job.link),
        "portrait": path.as_uri() if (path := portrait(job)) else "",
        "logo": path.as_uri() if (path := logo(job)) else "",
        "monogram": "".join(word[0] for word in paper.author.name.split()[:2]).upper(),
        "keywords": _keywords(job),
        "dates": (paper.published or paper.updated, paper.updated or paper.published),
        "midnight": _midnight,
    }  # fmt: skip


def _one_page(sheet: Sheet, plan: Plan) -> dict[str, object]:
    """What only the page to hand out shows."""
    paper, edges = sheet.job.paper, sheet.edges
    display = sheet.fonts / "newsreader-display-400.ttf"
    named = paper.problem.strip() or paper.title
    inks = tally.CoverColours(sheet.colour["stroke"], sheet.colour["cross"], sheet.colour["deep2"])
    widest, most_rows = min(tally.WIDEST, 0.8 * plan.strokes + 8), max(1, int(plan.strokes // 28))
    ground = tally.Ground(edges.width, plan.strokes, edges.left, widest, most_rows)
    drawn = tally.cover(paper.heard.heard_from, paper.slug, inks, ground, quoted=bool(paper.heard.quotes))
    return {
        "plan": plan,
        "named": named,
        "problem": measure.title(named, display, width=164, sizes=_PROBLEM_SIZES, most=3),
        "figures": [(figure, measure.fit(figure.number, display, width=40 if at == 0 else 54, largest=30))
                    for at, figure in enumerate(paper.figures)],
        "strokes": Markup(drawn),
        "qr_to": lambda link, label: Markup(_qr(link, label)),
    }  # fmt: skip


def _slack(fonts: Path, text: str, face: str, width: float, size: float, tracking: float) -> float:
    """What to take from a width so that the lines are even: `slack(text, face, width, size, tracking)` in templates."""
    return measure.slack(text, fonts / f"{face}.ttf", width=width, size=size, tracking=tracking)


def _tally(counted: int, seed: str, colour: Mapping[str, str]) -> object:
    """How a template draws the tally: `tally(label)`."""
    pair = (colour["ink"], colour["brandtext"])
    return lambda label: Markup(tally.tally(counted, more=counted > 0, seed=seed, label=label, colours=pair))


def _keywords(job: PdfJob) -> str:
    paper = job.paper
    words = (paper.problem, *paper.aliases, *paper.industries)
    return ", ".join(dict.fromkeys(word.replace(",", " ") for word in words if word))


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _qr(link: str, label: str) -> str:
    import segno

    if not link:
        return ""
    code = segno.make(link, error="m", micro=False, boost_error=False)
    return str(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", title=label))


def portrait(job: PdfJob) -> Path | None:
    """The file of the author's portrait, if there is a public one."""
    return _picture(job.paper.author.portrait, job)


def logo(job: PdfJob) -> Path | None:
    """The file of the logo, if there is a public one."""
    return _picture(job.expert.brand.logo, job)


def _picture(named: str, job: PdfJob) -> Path | None:
    """The file of a picture, absolute or below content/, if it is public."""
    path = job.root / "content" / named
    return path if named and path.is_file() and allowed(path, [job.root / "content"]) else None


def _css_string(text: str) -> str:
    """The text inside a CSS string in double quotes."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3C ")
    return re.sub(r"[ \t\r\n\f\v]+", " ", quoted)


def _broken(error: Exception, folders: list[Path]) -> str:
    """Which template is broken, where, and how."""
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        code = Path(trace.tb_frame.f_code.co_filename)
        if any(code.is_relative_to(folder) for folder in folders):
            file, line = code, trace.tb_lineno
        trace = trace.tb_next
    where = file or getattr(error, "name", None) or "paper.html"
    return f"the template {where}:{line or 1} cannot be used: {error}"
