"""The story of the PDFs: which ones, from the cache or rendered on all cores, each once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from heard.base.files import outdated, write
from heard.publish.fonts import FOLDER
from heard.publish.links import tagged
from heard.publish.papers import paper_for
from heard.publish.pdf import common_ground, fingerprint, render
from heard.values import (
    Expert,
    Finding,
    Paper,
    Pdf,
    PdfJob,
    Place,
    Severity,
)
from heard.workspace import PublicWorkspace, Settings

_KEPT = 200

Progress = Callable[[int, int, str], None]
"""Called with how many PDFs are done, of how many, and the slug of the last one."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished PDF: where its bytes lie in the cache, its pages, and what is wrong with it."""

    path: Path
    pages: int
    findings: tuple[Finding, ...]
    kept: bool

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size


def silent(done: int, total: int, slug: str) -> None:
    """Report no progress."""


def job(
    paper: Paper,
    expert: Expert,
    workspace: PublicWorkspace,
    site: Settings,
    tags: str = "",
    *,
    one_page: bool = False,
) -> PdfJob:
    """What goes into a paper's PDF; `tags` is the UTM query of a campaign, or empty."""
    expert = expert.speaking(paper.lang)
    ask = expert.ask.link
    absolute = ask if "://" in ask or ask.startswith("mailto:") else f"{site.site_url}{ask.lstrip('/')}"
    templates = workspace.templates / "print"
    return PdfJob(
        paper=paper_for(paper, "campaigns" if tags else "papers"),
        expert=expert,
        site_url=site.site_url,
        link=tagged(paper.url, site.site_url, tags),
        ask_link=tagged(absolute, site.site_url, tags),
        root=workspace.root,
        tags=tags,
        templates=(templates,) if templates.is_dir() else (),
        one_page=one_page,
    )


def render_all(
    jobs: Mapping[str, PdfJob], cache: Path, progress: Progress = silent, fonts: Path = FOLDER
) -> dict[str, Made]:
    """Every job's PDF by its key, set with these fonts, rendered only if its fingerprint is new.

    Raises `HeardError` where no PDF can be rendered at all, such as without Pango.
    """
    if not jobs:
        return {}
    done: dict[str, Made] = {}
    waiting: dict[str, tuple[PdfJob, Path]] = {}
    ground = common_ground(fonts)
    for key, one in jobs.items():
        path = cache / "pdf" / f"{fingerprint(one, fonts, ground)}.pdf"
        made = _kept(path)
        if made:
            done[key] = made
            progress(len(done), len(jobs), key)
        else:
            waiting[key] = (one, path)
    for key, made in _render_waiting(waiting, fonts):
        done[key] = made
        progress(len(done), len(jobs), key)
    _forget_old(cache / "pdf", keep=max(_KEPT, 4 * len(jobs)), used={made.path for made in done.values()})
    return {key: done[key] for key in jobs}


def _forget_old(folder: Path, keep: int, used: set[Path]) -> None:
    """Delete the PDFs that were rendered longest ago, beyond a number worth keeping."""
    for path in outdated(folder.glob("*.pdf"), keep, used):
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)


def _render_waiting(waiting: Mapping[str, tuple[PdfJob, Path]], fonts: Path) -> Iterator[tuple[str, Made]]:
    cores = min(os.cpu_count() or 1, len(waiting))
    if cores < 2:
        for key, (one, path) in waiting.items():
            yield key, _render_one(one, path, fonts)
        return
    with workers(cores) as pool:
        futures: dict[Future[Made], str] = {
            pool.submit(_render_one, one, path, fonts): key for key, (one, path) in waiting.items()
        }
        for future in as_completed(futures):
            yield futures[future], future.result()


@contextmanager
def workers(cores: int) -> Iterator[Executor]:
    """Processes to work in, which end with this one whatever ends it."""
    pool = ProcessPoolExecutor(cores, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """End this worker with the program that started it: after a kill it would wait for work for ever."""

    def wait() -> None:
        if parent := parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def _render_one(one: PdfJob, path: Path, fonts: Path) -> Made:
    pdf, findings = render(one, fonts)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, pdf.content)
    write(path.with_suffix(".json"), json.dumps(_facts(pdf, findings)).encode())
    return Made(path, pdf.pages, findings, kept=False)


def _facts(pdf: Pdf, findings: Sequence[Finding]) -> dict[str, object]:
    rows = [[f.place.path, f.place.line, f.severity.value, f.message, f.code] for f in findings]
    return {"pages": pdf.pages, "findings": rows}


def _kept(path: Path) -> Made | None:
    try:
        facts = json.loads(path.with_suffix(".json").read_bytes())
        rows = tuple(Finding(Place(p, n), Severity(s), m, c) for p, n, s, m, c in facts["findings"])
        return Made(path, int(facts["pages"]), rows, kept=True) if path.is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
