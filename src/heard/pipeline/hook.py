"""The story of the hook: git asks the leak check before each commit to the site's repository."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from heard.base import git
from heard.base.files import PUBLIC_MODE, read_file, write_new
from heard.values import HeardError
from heard.workspace import Workspace

MARK = "# heard: looks for private words before each commit"

_EXECUTABLE = PUBLIC_MODE | 0o111


def hook_of(workspace: Workspace) -> Path | None:
    """Where git looks for the hook of the repository that the site lies in; None where there is none."""
    if not git.installed() or git.repository(workspace.root) is None:
        return None
    named = git.git(workspace.root, "rev-parse", "--git-path", "hooks/pre-commit")
    return workspace.root / named if named else None


def install(workspace: Workspace) -> str:
    """Put the hook in its place; what was done, in a sentence. Another hook that is there stays as it is.

    Raises `HeardError` where there is no repository.
    """
    path = hook_of(workspace)
    if path is None:
        raise HeardError(f"{workspace.root} is in no git repository, so there are no commits to look through.")
    before = read_file(path)
    text = _script(workspace)
    if before == text.encode():
        return f"{path} is there already."
    if before is not None and MARK.encode() not in before:
        return f"There is another hook, {path}, and it stays as it is. Add this line to it: {_command(workspace)}"
    if before is not None:
        path.unlink()
    write_new(path, text.encode(), mode=_EXECUTABLE)
    path.chmod(_EXECUTABLE)
    return f"Before each commit git now looks for private words: {path}"


def _command(workspace: Workspace) -> str:
    return f"{shlex.quote(sys.executable)} -m heard -C {shlex.quote(str(workspace.root))} leaks --staged"


def _script(workspace: Workspace) -> str:
    return f"""#!/bin/sh
{MARK}
# To commit without it, once: git commit --no-verify
if [ ! -x {shlex.quote(sys.executable)} ]; then
	echo "heard is not where it was, so nothing was looked through: run heard init --hook again." >&2
	exit 1
fi
exec {_command(workspace)}
"""
