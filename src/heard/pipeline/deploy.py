"""The story of deploying: the built site goes to its host, after the leak check has seen exactly these bytes.

What is pushed is a copy that nobody else writes to: it is looked through, and then it is sent.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from heard.base import git
from heard.base.fields import listed
from heard.base.files import write, write_if_changed
from heard.catalogue.public import read_public
from heard.pipeline import built
from heard.pipeline.catalogue import need_private
from heard.pipeline.leaks import outputs_below, veto
from heard.pipeline.site import build as build_values
from heard.publish.hosts import NAMES
from heard.values import Expert, HeardError, Output
from heard.workspace import Workspace, settings

MESSAGE = "The site as it was built"
"""The subject of every commit on the site's branch: only commits of ours are ever replaced."""

_SERVED = ("nginx", "apache", "other")
_TARGET = re.compile(r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+:(?!//)[A-Za-z0-9._~/ +-]+|/[A-Za-z0-9._~/ +-]+")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_UPLOADS = {
    "cloudflare": "or type: npx wrangler pages deploy {folder}",
    "netlify": "or type: npx netlify deploy --prod --dir {folder}",
}


class Way(StrEnum):
    """How the site gets to its host."""

    BRANCH = "branch"
    RSYNC = "rsync"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Plan:
    """A site that was looked through and waits to be sent.

    `copy` is what will be sent; `target` says where in words; `settings` is a file that the server reads beside the
    site, if there is one; `stale` are files that an earlier deploy sent, and that this one takes away again.
    """

    way: Way
    site: Path
    copy: Path
    files: int
    size: int
    target: str
    address: str
    stale: tuple[str, ...] = ()
    settings: Path | None = None
    settings_changed: bool = False


def plan(workspace: Workspace, today: date) -> Plan:
    """Look the site through, and say where it goes; nothing is sent. Raises `HeardError` with what is in the way."""
    need_private(workspace, "deploy")
    known = settings(workspace.public)
    site = (workspace.root / known.site_dir).resolve()
    _may_be_sent(workspace, site)
    catalogue, _ = read_public(workspace.public)
    expert = catalogue.expert
    way, target = _way(workspace, expert, site)
    copy = workspace.public.cache / "deploy"
    _copied(site, copy)
    if why := _old(workspace, copy, today):
        _clear(copy)
        raise HeardError(f"{_shown(workspace, site)} {why}. {_BUILD}")
    beside = _beside(workspace, known.site_url, today)
    found = veto(workspace, [*outputs_below(copy), *([beside] if beside else [])], copy)
    if found:
        _clear(copy)
        raise HeardError(f"The leak check found what is private, so nothing was sent:\n{listed(found)}")
    path, changed = _put_beside(workspace, beside)
    names = [one.relative_to(copy).as_posix() for one in sorted(copy.rglob("*")) if one.is_file()]
    size = sum((copy / name).stat().st_size for name in names)
    stale = tuple(sorted(_sent_before(workspace, target) - set(names))) if way is Way.RSYNC else ()
    return Plan(way, site, copy, len(names), size, target, known.site_url, stale, path, changed)


_BUILD = "Type `mkdocs build`, look at it, and deploy again."


def _may_be_sent(workspace: Workspace, site: Path) -> None:
    content = workspace.public.content.resolve()
    if site.is_relative_to(content) or content.is_relative_to(site):
        raise HeardError(
            f"`site_dir` in mkdocs.yml names {site}, which holds what is not public. Name a folder of its own."
        )
    if not (site / "index.html").is_file():
        raise HeardError(f"There is no built site in {_shown(workspace, site)}. {_BUILD}")


def _old(workspace: Workspace, copy: Path, today: date) -> str:
    """Why a site is not the one that the sources give now; empty if it is."""
    sources = built.sources_of(workspace.public, copy)
    if not sources:
        return "is not as a build left it on this machine"
    return "" if sources == built.sources_digest(workspace.public, today) else "was built before the last change"


def _copied(site: Path, copy: Path) -> None:
    _clear(copy)
    links = [path for path in site.rglob("*") if path.is_symlink()]
    if links:
        raise HeardError(f"{links[0]} is a link, and links are not sent. {_BUILD}")
    try:
        shutil.copytree(site, copy)
    except (OSError, shutil.Error) as error:
        _clear(copy)
        raise HeardError(f"The site could not be copied to {copy}: {error}") from error


def clear(plan: Plan) -> None:
    """Delete the copy."""
    _clear(plan.copy)


def _clear(copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)


def _beside(workspace: Workspace, site_url: str, today: date) -> Output | None:
    catalogue, _ = read_public(workspace.public)
    if catalogue.expert.host != "nginx":
        return None
    return build_values(workspace.public, settings(workspace.public), today=today).beside


def _put_beside(workspace: Workspace, beside: Output | None) -> tuple[Path | None, bool]:
    if beside is None:
        return None, False
    path = workspace.root / "build" / "host" / beside.uri
    path.parent.mkdir(parents=True, exist_ok=True)
    return path, write_if_changed(path, beside.read())


def _way(workspace: Workspace, expert: Expert, site: Path) -> tuple[Way, str]:
    """How the site gets to the chosen host, and where to in words."""
    deploy = expert.deploy
    if expert.host == "github-pages":
        return Way.BRANCH, _branch(workspace, deploy.remote, deploy.branch)
    if expert.host in _SERVED and deploy.target:
        if not _TARGET.fullmatch(deploy.target) or deploy.target.strip("/ ") == "":
            raise HeardError(
                f"`deploy: target: {deploy.target}` in content/expert.yml is no folder of a server: write it like "
                "karl@server.example:/var/www/site/"
            )
        if shutil.which("rsync") is None:
            raise HeardError("rsync is not installed, which sends the site to a server. Type: apt-get install rsync")
        return Way.RSYNC, deploy.target.rstrip("/") + "/"
    return Way.UPLOAD, NAMES[expert.host]


def _branch(workspace: Workspace, remote: str, branch: str) -> str:
    root = workspace.root
    if not _BRANCH.fullmatch(branch) or not _BRANCH.fullmatch(remote):
        raise HeardError(
            f"`deploy:` in content/expert.yml names “{remote}” and “{branch}”, no remote and branch of git."
        )
    if git.repository(root) is None:
        raise HeardError(
            f"{root} is no git repository, so there is nothing to push to. `heard doctor` says what to type."
        )
    if not (url := git.git(root, "remote", "get-url", remote)):
        raise HeardError(
            f"The repository has no remote “{remote}”. Make an empty repository at GitHub, then type: "
            f"git remote add {remote} git@github.com:NAME/REPOSITORY.git"
        )
    if branch in ("main", "master", git.git(root, "branch", "--show-current")):
        raise HeardError(
            f"The branch {branch} holds your sources. Name another under `deploy: branch:`, such as gh-pages."
        )
    return f"the branch {branch} of {_without_password(url)}"


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if parts.scheme else url


def carry_out(workspace: Workspace, plan: Plan) -> str:
    """Send the site, and say in one sentence what happened. Raises `HeardError` with what the host said."""
    catalogue, _ = read_public(workspace.public)
    deploy = catalogue.expert.deploy
    try:
        if plan.way is Way.BRANCH:
            _push(workspace.root, plan.copy, deploy.remote, deploy.branch)
            return f"Pushed to {plan.target}."
        if plan.way is Way.RSYNC:
            _send(workspace, plan)
            return f"Sent to {plan.target}"
        hint = _UPLOADS.get(catalogue.expert.host, "").format(folder=_shown(workspace, plan.site))
        into = f"Upload {_shown(workspace, plan.site)} to {plan.target}{f', {hint}' if hint else '.'}"
        more = " Or write the server's folder under `deploy: target:` in content/expert.yml, and heard sends it there."
        return into + (more if catalogue.expert.host in _SERVED else "")
    finally:
        clear(plan)


def _push(root: Path, folder: Path, remote: str, branch: str) -> None:
    """Push the folder as one commit without history: what was taken back shall not stay in the branch."""
    git.git(root, "fetch", "--quiet", "--depth=1", remote, f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}")
    before = git.git(root, "log", "-1", "--format=%s", f"refs/remotes/{remote}/{branch}")
    if before and before != MESSAGE:
        raise HeardError(
            f"The branch {branch} of {remote} holds something that heard did not put there (“{before}”). Rename or "
            "delete it, or name another branch under `deploy: branch:` in content/expert.yml."
        )
    command = [sys.executable, "-m", "ghp_import", "--no-history", "--push",
               "--message", MESSAGE, "--remote", remote, "--branch", branch, str(folder)]  # fmt: skip
    _run(command, root, f"git could not push to {remote}")


def _send(workspace: Workspace, plan: Plan) -> None:
    """Send the files, and take away those that an earlier deploy sent: never anything else on the server."""
    names = [one.relative_to(plan.copy).as_posix() for one in sorted(plan.copy.rglob("*")) if one.is_file()]
    listed = "".join(f"{name}\0" for name in (*names, *plan.stale))
    command = ["rsync", "--times", "--perms", "--chmod=D755,F644", "--compress", "--checksum", "--from0",
               "--files-from=-", "--delete-missing-args", "--", f"{plan.copy}/", plan.target]  # fmt: skip
    _run(command, workspace.root, f"rsync could not send the site to {plan.target}", listed)
    with suppress(HeardError, OSError):
        record = _record(workspace, plan.target)
        record.parent.mkdir(parents=True, exist_ok=True)
        write(record, json.dumps(names).encode())


def _run(command: Sequence[str], folder: Path, failed: str, given: str = "") -> None:
    try:
        done = subprocess.run(command, cwd=folder, input=given, stderr=subprocess.PIPE, text=True, errors="replace",
                              stdout=subprocess.DEVNULL, check=False)  # fmt: skip
    except OSError as error:
        raise HeardError(f"{failed}: {error.strerror}.") from error
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith(("Traceback", "  "))]
        raise HeardError(f"{failed}: {'; '.join(said[-3:]) or f'it ended with {done.returncode}'}")


def _sent_before(workspace: Workspace, target: str) -> set[str]:
    """The files that earlier deploys sent to a target, as far as this machine remembers."""
    try:
        kept = json.loads(_record(workspace, target).read_bytes())
    except (OSError, ValueError):
        return set()
    # What leads out of the folder was never sent by us.
    return {name for name in map(str, kept) if not name.startswith("/") and ".." not in name.split("/")}


def _record(workspace: Workspace, target: str) -> Path:
    return workspace.public.cache / "deployed" / f"{hashlib.sha256(target.encode()).hexdigest()[:16]}.json"


def _shown(workspace: Workspace, site: Path) -> str:
    return workspace.public.relative(site) + "/"
