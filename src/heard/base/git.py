"""Asks git: the few questions about repositories that heard has."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


def installed() -> bool:
    """Whether git is on this machine."""
    return shutil.which("git") is not None


def git(folder: Path, *arguments: str) -> str | None:
    """What git prints when it is run in the folder; None if it fails or is not installed."""
    # Called from a hook, git's own variables would name the repository of the hook.
    env = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    env |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=env, capture_output=True, text=True, errors="replace", check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def repository(folder: Path) -> Path | None:
    """The root of the repository that the folder lies in, or None."""
    top = git(folder, "rev-parse", "--show-toplevel")
    return Path(top).resolve() if top else None


def start(folder: Path) -> bool:
    """Make the folder a repository with the branch `main`; False if git cannot."""
    return git(folder, "-c", "init.defaultBranch=main", "init", "--quiet") is not None
