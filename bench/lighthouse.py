"""What Lighthouse says of the example's home, hub and problem page, on a phone with a slow line: the median of five.

`make test` installs it, pinned in `tests/browser/package-lock.json`. It drives the Chromium of the machine; without
either this says so and leaves it out.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from lib.lighthouse import PAGES, missing, visit
from lib.serving import served
from lib.timing import REPO, row, run, title

TIMES = 5
TARGETS = {"accessibility": 1.0, "seo": 1.0, "best-practices": 1.0, "performance": 0.95}
METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index")


def main() -> int:
    """Build the example in a copy, measure its pages, print the medians."""
    title("the example in Lighthouse (bench/lighthouse.py)")
    if what := missing():
        print(f"skipped: {what} is not there; `make test` installs Lighthouse")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else built(Path(folder))
        with served(site) as address:
            for name, uri in PAGES.items():
                report(name, [visit(address + uri, Path(folder)) for _ in range(TIMES)])
    return 0


def built(folder: Path) -> Path:
    """The example's site, built in a copy."""
    for name in ("content", "templates"):
        shutil.copytree(REPO / name, folder / name, ignore=shutil.ignore_patterns(".heard"))
    shutil.copy(REPO / "mkdocs.yml", folder)
    done = run(["mkdocs", "build", "--quiet"], folder)
    if done.code:
        raise SystemExit(done.err)
    return folder / "site"


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
