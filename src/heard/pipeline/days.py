"""On which day each hand-written page was last changed, as git knows: what the sitemap may promise."""

from __future__ import annotations

from pathlib import Path

from heard.base.git import git
from heard.workspace import CACHE, PublicWorkspace


def page_days(workspace: PublicWorkspace) -> dict[str, str]:
    """The day (ISO) of each page's last commit, by its path below the pages' folder.

    A page that was changed since, or is new, is left out; so is everything where git knows too little: outside of a
    repository, and in a shallow one, where every file seems to be as old as the last commit.
    """
    root = _origin(workspace.root)
    if not any(workspace.pages.rglob("*.md")) or git(root, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    folder = workspace.pages.relative_to(workspace.root).as_posix()
    prefix = git(root, "rev-parse", "--show-prefix") or ""
    log = _lines(root, "log", "--format=%x00%cs", "--name-only", "--", folder)
    tracked = set(_lines(root, "ls-files", "--full-name", "--", folder))
    tracked -= set(_lines(root, "diff", "--name-only", "HEAD", "--", folder))
    found: dict[str, str] = {}
    day = ""
    for line in log:
        if line.startswith("\0"):
            day = line[1:]
        elif line in tracked:
            # The newest commit comes first.
            found.setdefault(line, day)
    below = f"{prefix}{folder}/"
    days = {path.removeprefix(below): day for path, day in found.items() if path.startswith(below)}
    return {name: day for name, day in sorted(days.items()) if (workspace.pages / name).is_file()}


def _lines(root: Path, *arguments: str) -> list[str]:
    return (git(root, "-c", "core.quotePath=off", *arguments) or "").splitlines()


def _origin(root: Path) -> Path:
    """The workspace itself: `heard publish` builds in a copy below its cache, of which git knows nothing."""
    return root.parent.parent if root.parent.name == CACHE else root
