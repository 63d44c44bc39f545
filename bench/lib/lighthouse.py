"""Lighthouse, as `make test` installs it: one visit of a page, and what it says of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / ".venv/checkers/node_modules/lighthouse/cli/index.js"
PAGES = {
    "home": "",
    "hub": "industries/cold-storage/",
    "problem": "problems/forklift-batteries-die-mid-shift/",
}
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def chromium() -> str:
    """The path of the machine's Chromium, or nothing."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None) or ""


def missing() -> str:
    """What is not there of what a visit needs, in words; nothing if all is."""
    there = {"Chromium": bool(chromium()), "node": bool(shutil.which("node")), "Lighthouse": PROGRAM.is_file()}
    return ", ".join(name for name, found in there.items() if not found)


def visit(address: str, folder: Path, only: Sequence[str] = ()) -> dict[str, Any]:
    """Lighthouse's report of one visit, as on a slow phone; of these categories only, if any are named."""
    into = folder / "report.json"
    command = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={into}"]
    command += [f"--chrome-flags={_FLAGS}", *([f"--only-categories={','.join(only)}"] if only else [])]
    subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(into.read_text("utf-8"))
    return found
