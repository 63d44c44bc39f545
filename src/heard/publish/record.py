"""The problem as data, which travels inside the PDF: who finds a file only has what it says about itself."""

from __future__ import annotations

import json
from datetime import datetime, time

from heard.values import Paper, PdfJob

SAYS = "The problem, its answer and who told of it, as data"
"""What a reader's software shows beside the name of the record."""


def name(job: PdfJob) -> str:
    """The record's file name inside the PDF."""
    return f"{job.paper.slug}.json"


def record(job: PdfJob) -> bytes:
    """The record as JSON: nothing but what the paper's page shows, and never a campaign's tags."""
    paper = job.paper
    said: dict[str, object] = {
        "problem": paper.problem,
        "title": paper.title,
        "answer": paper.answer,
        "author": paper.author.name,
        "published": _day(paper.published),
        "updated": _day(paper.updated),
        "url": paper.url if job.site_url else "",
        "lang": paper.lang,
        "industries": list(paper.industries),
        "heard_from": _heard(paper),
    }
    kept = {key: value for key, value in said.items() if value}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def times(job: PdfJob) -> tuple[datetime, datetime] | None:
    """When the record was first made and last changed: the paper's days, so that no clock decides a byte."""
    first, last = job.paper.published or job.paper.updated, job.paper.updated or job.paper.published
    if first is None or last is None:
        return None
    return datetime.combine(first, time()), datetime.combine(last, time())


def _heard(paper: Paper) -> dict[str, object]:
    """The figures that were approved; nothing where none may be said."""
    heard = paper.heard
    if not heard.heard_from:
        return {}
    told = {"since": heard.since, "industries": list(heard.industries), "roles": list(heard.roles)}
    return {"companies_at_least": heard.heard_from} | {key: value for key, value in told.items() if value}


def _day(day: object) -> str:
    return str(day) if day else ""
