"""The story of publishing: everything is built and checked beside the workspace before a byte of it changes.

A problem's new state is built in a copy of the public files. Only when a person has seen it and said
yes are the paper, approved.yml and the site put into place, so that a no, a fault or a lost terminal
leaves everything as it was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from heard.approve.file import approved_text
from heard.base import changes
from heard.base.document import parse, remove_key, render, set_key
from heard.base.fields import listed
from heard.base.files import PRIVATE_MODE, PUBLIC_MODE, change, remove, turn, write_new
from heard.catalogue.entries import read_problem
from heard.catalogue.match import find_problem
from heard.catalogue.public import read_public
from heard.pipeline import approve as approval
from heard.pipeline import outside
from heard.pipeline.catalogue import Read, need_private
from heard.pipeline.checking import check
from heard.pipeline.leaks import LATER, of_site
from heard.pipeline.site import swap
from heard.publish.fetcher import allowed
from heard.values import Finding, HeardError, Problem, Severity, State
from heard.workspace import PRIVATE, PublicWorkspace, Workspace, settings


@dataclass(frozen=True, slots=True)
class Plan:
    """A change of one problem's state that is built but not made.

    `before` is the file as it was read (a private one when publishing), `target` where the new text goes;
    `campaigns` names those that the problem is part of; `built` is the finished site.
    """

    problem: Problem
    source: Path
    before: bytes
    target: Path
    after: bytes
    approval: approval.Proposal
    findings: tuple[Finding, ...]
    campaigns: tuple[str, ...]
    built: Path

    @property
    def page(self) -> Path:
        """The problem's page in the preview."""
        return self.built / "problems" / self.problem.slug / "index.html"

    @property
    def pdf(self) -> Path:
        """The problem's PDF in the preview; it may be missing."""
        return self.built / "papers" / f"{self.problem.slug}.pdf"


@contextmanager
def alone(workspace: Workspace) -> Iterator[None]:
    """Keep every other `heard publish` and `heard retract` of the workspace away, since all build in one preview.

    Raises `HeardError` if one is running. Whoever plans holds this until the plan is carried out or cleared.
    """
    with turn(workspace.public.cache / "publish.lock", waiting=False) as held:
        if not held:
            raise HeardError(
                "Another `heard publish` or `heard retract` is running here, or waits for an answer. "
                "Nothing was changed: run this one again when it has ended."
            )
        yield


def plan_publish(workspace: Workspace, words: str, today: date) -> Plan:
    """Check, approve and build a problem's publication. Raises `HeardError` with what is in the way."""
    need_private(workspace, "publish")
    found, findings = check(workspace, today)
    problem = find_problem(words, found.catalogue.problems)
    target = workspace.public.content / "problems" / f"{problem.slug}.md"
    source = workspace.root / problem.place.path
    if problem.state is State.RETIRED:
        target = source
    _may_be_published(problem, target, found)
    before = source.read_bytes()
    _stop_at((*findings, *_as_public(before, problem), *_once_public(findings, problem)), problem)
    after = _published(before, problem, today)
    proposal = approval.propose(workspace, today, also=(problem.slug,), found=found)
    about = tuple(finding for finding in findings if finding.place.path == problem.place.path)
    named = _campaigns_with(found, problem.slug)
    return _built(workspace, Plan(problem, source, before, target, after, proposal, about, named, _built_at(workspace)))


def plan_retract(workspace: Workspace, words: str, today: date) -> Plan:
    """Approve and build a published problem's retirement."""
    need_private(workspace, "retract")
    found, _ = check(workspace, today)
    living = approval.find_published(found)
    if not living:
        raise HeardError("No problem is published, so there is nothing to take back.")
    problem = find_problem(words, living)
    source = workspace.root / problem.place.path
    before = source.read_bytes()
    after = _with(before, retired=today.isoformat())
    proposal = approval.propose(workspace, today, without=(problem.slug,), found=found)
    named = _campaigns_with(found, problem.slug)
    return _built(workspace, Plan(problem, source, before, source, after, proposal, (), named, _built_at(workspace)))


def carry_out(workspace: Workspace, plan: Plan) -> None:
    """Put the paper, approved.yml and the built site into place; if a disk refuses, nothing of it."""
    if plan.source.read_bytes() != plan.before:
        raise HeardError(f"{plan.problem.place.path} was changed meanwhile. Nothing was published; run it again.")
    _put_paper(workspace, plan)
    try:
        if plan.target != plan.source:
            remove(plan.source, plan.before)
        approval.write(workspace, plan.approval.after)
    except (HeardError, OSError):
        _take_back(plan)
        raise
    swap(plan.built, workspace.root / settings(workspace.public).site_dir)
    clear(workspace)
    _remember(workspace, plan.problem)


def _remember(workspace: Workspace, problem: Problem) -> None:
    """Let `heard undo` say that this came after what it would take back."""
    slug = problem.slug
    retracted = problem.state is State.PUBLISHED
    words, back = (f"{slug} retracted", f"`heard publish {slug}` brings it back.") if retracted else (
        f"{slug} published", f"`heard retract {slug}` takes it off the site."
    )  # fmt: skip
    # It is done, whether or not that can be noted down.
    with suppress(HeardError):
        changes.remember(workspace.private.changes, workspace.root, words, back=back)


def _put_paper(workspace: Workspace, plan: Plan) -> None:
    if plan.target == plan.source:
        change(plan.source, plan.before, plan.after, keep=False)
        return
    try:
        write_new(plan.target, plan.after, mode=PUBLIC_MODE)
    except FileExistsError as error:
        raise HeardError(f"{workspace.public.relative(plan.target)} is there already.") from error


def _take_back(plan: Plan) -> None:
    if plan.target == plan.source:
        change(plan.source, plan.after, plan.before, keep=False)
        return
    if not plan.source.exists():
        write_new(plan.source, plan.before, mode=PRIVATE_MODE)
    plan.target.unlink(missing_ok=True)


def clear(workspace: Workspace) -> None:
    """Remove the preview."""
    shutil.rmtree(_preview(workspace.public), ignore_errors=True)


def out_there(workspace: Workspace, plan: Plan) -> tuple[str, ...]:
    """Where a published problem may be already, and taking it off the site does not reach."""
    problem = plan.problem
    since = f" since {problem.published}" if problem.published else ""
    catalogue, _ = read_public(workspace.public)
    links = outside.campaign_links(workspace, catalogue, problem)
    return (
        *outside.listed(f"Anybody may have kept these{since}:", outside.pages(workspace, problem)),
        *outside.listed("Kits and copies on this machine; delete them:", outside.kits(workspace, problem)),
        *outside.listed("Campaigns link to it:", [f"{where}: {address}" for where, address in links]),
        *outside.listed("These have it, as your results say:", outside.given_to(workspace, problem)),
    )


def to_ask(workspace: Workspace, plan: Plan) -> tuple[str, ...]:
    """Whom to ask, and where, for the copies that others keep of a retracted paper."""
    return tuple(outside.asked(outside.pages(workspace, plan.problem)[0]))


def _campaigns_with(found: Read, slug: str) -> tuple[str, ...]:
    """The names of the campaigns that a problem is part of."""
    return tuple(one.name for one in found.catalogue.public.campaigns if slug in one.problems)


def _may_be_published(problem: Problem, target: Path, found: Read) -> None:
    if problem.state is State.PUBLISHED:
        raise HeardError(f"{problem.slug} is published already. After an edit: `heard approve`, then `mkdocs build`.")
    if problem.state is State.MERGED:
        raise HeardError(f"{problem.slug} was merged into {problem.merged_into}. Publish that one.")
    if problem.state is State.COLLECTING:
        raise HeardError(f"{problem.slug} has no paper yet. Write it below the header of {problem.place.path}.")
    taken = {p.slug for p in found.catalogue.public.problems if p.place != problem.place}
    if problem.slug in taken or (target.exists() and problem.state is not State.RETIRED):
        raise HeardError(
            f"Another published problem has the slug {problem.slug}. Change `slug:` in {problem.place.path}."
        )


def _as_public(content: bytes, problem: Problem) -> tuple[Finding, ...]:
    """What will be wrong with a draft's header once it is public: there, keys of one's own are not read over."""
    findings: list[Finding] = []
    read_problem(content.decode("utf-8", errors="replace"), problem.place.path, public=True, findings=findings)
    return tuple(findings)


def _once_public(findings: tuple[Finding, ...], problem: Problem) -> tuple[Finding, ...]:
    """What may be left in a draft, and has to be fixed in what is published: gaps, and clients' words."""
    codes = ("paper/gap", "paper/repeats-client")
    found = (one for one in findings if one.place.path == problem.place.path and one.code in codes)
    return tuple(replace(one, severity=Severity.TO_FIX) for one in found)


def _stop_at(findings: tuple[Finding, ...], problem: Problem) -> None:
    private = f"content/{PRIVATE}/"
    in_the_way = [
        finding
        for finding in findings
        if finding.severity is Severity.TO_FIX
        and (finding.place.path == problem.place.path or not finding.place.path.startswith(private))
    ]
    if in_the_way:
        raise HeardError(f"Fix this first:\n{listed(in_the_way)}")


def _published(before: bytes, problem: Problem, today: date) -> bytes:
    dated = _with(before, slug=problem.slug, published=(problem.published or today).isoformat())
    return render(remove_key(parse(dated.decode("utf-8")), "retired")).encode("utf-8")


def _with(content: bytes, **values: str) -> bytes:
    document = parse(content.decode("utf-8"))
    try:
        for key, value in values.items():
            document = set_key(document, key, value)
    except ValueError as error:
        raise HeardError(f"{error}. Write it by hand: {', '.join(f'{k}: {v}' for k, v in values.items())}") from error
    return render(document).encode("utf-8")


def _built_at(workspace: Workspace) -> Path:
    return _preview(workspace.public) / "site"


def _built(workspace: Workspace, plan: Plan) -> Plan:
    """The plan after its site was built in the copy, and looked through for private files."""
    copy = _copy(workspace.public)
    moved = copy / plan.target.relative_to(workspace.root)
    moved.parent.mkdir(parents=True, exist_ok=True)
    moved.write_bytes(plan.after)
    (copy / "content" / "approved.yml").write_text(approved_text(plan.approval.after), encoding="utf-8")
    try:
        _build(copy, plan.built)
    except HeardError as error:
        # The copy is gone when a person reads this: the file to mend is the one that it was made from.
        built_from = plan.target.relative_to(workspace.root).as_posix()
        raise HeardError(str(error).replace(built_from, plan.problem.place.path)) from error
    found, _ = of_site(workspace, plan.built, required=True, approved=plan.approval.after)
    if found:
        clear(workspace)
        raise HeardError(f"The leak check found what is private, so nothing was published:\n{listed(found)}")
    return plan


def _preview(public: PublicWorkspace) -> Path:
    return public.cache / "preview"


def _copy(public: PublicWorkspace) -> Path:
    """A copy of the public files, for a build that may come to nothing; everything else is linked."""
    copy = _preview(public)
    shutil.rmtree(copy, ignore_errors=True)
    (copy / "content").mkdir(parents=True)
    left = {"content", ".git", ".venv", public.cache.name, settings(public).site_dir, "build"}
    for entry in sorted(public.root.iterdir()):
        if entry.name not in left:
            (copy / entry.name).symlink_to(entry)
    (copy / "mkdocs.yml").unlink()
    shutil.copy2(public.root / "mkdocs.yml", copy / "mkdocs.yml")
    (copy / public.cache.name).mkdir()
    for kept in ("pdf", "cards", "built", "fonts"):
        (public.cache / kept).mkdir(parents=True, exist_ok=True)
        (copy / public.cache.name / kept).symlink_to(public.cache / kept)

    def left_out(folder: str, names: list[str]) -> set[str]:
        """Links that lead out of the public files, and what is no file: the build does not take them either."""
        paths = {name: Path(os.path.realpath(Path(folder, name))) for name in names}
        inside = {name for name, path in paths.items() if allowed(path, [public.root])}
        return {name for name in names if name not in inside or not (paths[name].is_dir() or paths[name].is_file())}

    for entry in sorted(public.content.iterdir()):
        if entry.name == PRIVATE:
            continue
        if entry.is_dir():
            shutil.copytree(entry, copy / "content" / entry.name, ignore=left_out)
        elif allowed(entry, [public.root]) and entry.is_file():
            shutil.copy2(entry, copy / "content" / entry.name)
    return copy


def _build(root: Path, site_dir: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-f",
        str(root / "mkdocs.yml"),
        "-d",
        str(site_dir),
    ]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", LATER: "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith("INFO")).strip()
        if "Traceback" in said:
            said = said.splitlines()[-1]
        raise HeardError(f"The site does not build, so nothing was published:\n{said or done.stdout.strip()}")
