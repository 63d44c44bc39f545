"""The story of the hooks: git asks the leak check about each commit to the site's repository, and about its message."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from heard.base import git
from heard.base.files import PUBLIC_MODE, read_file, write_new
from heard.values import HeardError
from heard.workspace import Workspace

MARK = "# heard: looks for private words before each commit"
HOOKS = {"pre-commit": "leaks --staged", "commit-msg": 'leaks --message "$1"'}
"""What git runs before each commit, and what each asks."""

_EXECUTABLE = PUBLIC_MODE | 0o111


def hooks_of(workspace: Workspace) -> tuple[Path, ...]:
    """Where git looks for the hooks of the repository that the site lies in; none where there is no repository."""
    if not git.installed() or git.repository(workspace.root) is None:
        return ()
    named = git.git(workspace.root, "rev-parse", "--git-path", "hooks")
    return tuple(workspace.root / named / name for name in HOOKS) if named else ()


def install(workspace: Workspace) -> str:
    """Put the hooks in their place; what was done, in sentences. Another hook that is there stays as it is.

    Raises `HeardError` where there is no repository.
    """
    paths = hooks_of(workspace)
    if not paths:
        raise HeardError(f"{workspace.root} is in no git repository, so there are no commits to look through.")
    return "\n".join(_install(workspace, path) for path in paths)


def _install(workspace: Workspace, path: Path) -> str:
    before = read_file(path)
    text = _script(workspace, path.name)
    if before == text.encode():
        return f"{path} is there already."
    if before is not None and MARK.encode() not in before:
        ours = _command(workspace, path.name)
        return f"There is another hook, {path}, and it stays as it is. Add this line to it: {ours}"
    if before is not None:
        path.unlink()
    write_new(path, text.encode(), mode=_EXECUTABLE)
    path.chmod(_EXECUTABLE)
    return f"Before each commit git now looks for private words: {path}"


def _command(workspace: Workspace, name: str) -> str:
    return f"{shlex.quote(sys.executable)} -m heard -C {shlex.quote(str(workspace.root))} {HOOKS[name]}"


def _script(workspace: Workspace, name: str) -> str:
    return f"""#!/bin/sh
{MARK}
# To commit without it, once: git commit --no-verify
if [ ! -x {shlex.quote(sys.executable)} ]; then
	echo "heard is not where it was, so nothing was looked through: run heard init --hook again." >&2
	exit 1
fi
exec {_command(workspace, name)}
"""
