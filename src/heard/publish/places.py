"""Where in a paper's file the words stand that something is wrong with."""

from __future__ import annotations

from collections.abc import Sequence

from heard.values import PdfJob, Place


def place_of(words: Sequence[str], job: PdfJob) -> Place:
    """The first line of the paper's file with the first of these words that is in it; else the paper's own place."""
    path = job.paper.source.path
    try:
        lines = (job.root / path).read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return job.paper.source
    found = (Place(path, at) for word in words if word for at, line in enumerate(lines, 1) if word in line)
    return next(found, job.paper.source)
