"""What Lighthouse says of the example's home, hub and problem page, on a phone with a slow line: the median of five.

Lighthouse comes from npm, pinned in `package-lock.json` beside this file, into `.venv/lighthouse`. It drives the
Chromium of the machine; without npm or Chromium this says so and leaves it out.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from lib.serving import served
from lib.timing import REPO, row, run, title

HERE = Path(__file__).parent
TOOLS = REPO / ".venv" / "lighthouse"
TIMES = 5
PAGES = {
    "home": "",
    "hub": "industries/cold-storage/",
    "problem": "problems/forklift-batteries-die-mid-shift/",
}
TARGETS = {"accessibility": 1.0, "seo": 1.0, "best-practices": 1.0, "performance": 0.95}
METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def main() -> int:
    """Build the example in a copy, measure its pages, print the medians."""
    title("the example in Lighthouse (bench/lighthouse.py)")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    missing = [name for name, there in (("Chromium", chromium), ("npm", shutil.which("npm"))) if not there]
    if missing or not installed():
        print(f"skipped: {', '.join(missing) or 'Lighthouse'} is not there")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else built(Path(folder))
        with served(site) as address:
            for name, uri in PAGES.items():
                report(name, [measured(address + uri, str(chromium), Path(folder)) for _ in range(TIMES)])
    return 0


def installed() -> bool:
    """Whether Lighthouse is there, in the pinned version; installs it where it is not."""
    lock = (HERE / "package-lock.json").read_bytes()
    mark = TOOLS / "installed"
    if not mark.is_file() or mark.read_bytes() != lock:
        TOOLS.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, TOOLS)
        if subprocess.run(["npm", "ci", "--silent"], cwd=TOOLS, capture_output=True, check=False).returncode:
            return False
        mark.write_bytes(lock)
    return True


def built(folder: Path) -> Path:
    """The example's site, built in a copy."""
    for name in ("content", "templates"):
        shutil.copytree(REPO / name, folder / name, ignore=shutil.ignore_patterns(".heard"))
    shutil.copy(REPO / "mkdocs.yml", folder)
    done = run(["mkdocs", "build", "--quiet"], folder)
    if done.code:
        raise SystemExit(done.err)
    return folder / "site"


def measured(address: str, chromium: str, folder: Path) -> dict[str, Any]:
    """What Lighthouse reports of one visit."""
    into = folder / "report.json"
    command = ["node", str(TOOLS / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
    command += [f"--output-path={into}", f"--chrome-flags={FLAGS}"]
    subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(into.read_text("utf-8"))
    return found


def report(name: str, runs: list[dict[str, Any]]) -> None:
    """The medians of a page, each score beside its target."""
    for category, target in TARGETS.items():
        scores = [float(one["categories"][category]["score"]) for one in runs]
        spread = f"{min(scores):.2f} to {max(scores):.2f}, target {target:.2f}"
        row(f"{name}: {category}", f"{statistics.median(scores):.2f}", spread)
    for metric in METRICS:
        values = [float(one["audits"][metric]["numericValue"]) for one in runs]
        row(f"  {metric}", f"{statistics.median(values):.0f} ms")
    shift = statistics.median(float(one["audits"]["cumulative-layout-shift"]["numericValue"]) for one in runs)
    size = statistics.median(float(one["audits"]["total-byte-weight"]["numericValue"]) for one in runs)
    row("  cumulative-layout-shift", f"{shift:.3f}")
    row("  sent", f"{size / 1000:.0f} KB")
    speed = statistics.median(float(one["environment"]["benchmarkIndex"]) for one in runs)
    row("  this machine's speed (Lighthouse's index)", f"{speed:.0f}")


if __name__ == "__main__":
    sys.exit(main())
