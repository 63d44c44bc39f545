"""Runs commands and takes their time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
SCRATCH = REPO / "build"
BIN = Path(sys.executable).parent
QUIET = {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Run:
    """A command that ended: seconds, exit code, and all that it said."""

    seconds: float
    code: int
    out: str
    err: str


def run(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command of this environment to its end, whatever that is."""
    words = [str(BIN / command[0]) if (BIN / command[0]).exists() else command[0], *command[1:]]
    start = time.perf_counter()
    done = subprocess.run(
        words, cwd=folder, env={**os.environ, **QUIET, **(env or {})}, capture_output=True, text=True, check=False
    )
    return Run(time.perf_counter() - start, done.returncode, done.stdout, done.stderr)


def until(command: Sequence[str], word: str, env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds until a line of the output begins with the word, and until the command has ended.

    Raises `RuntimeError` where no line does.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **QUIET, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        seen = next((time.perf_counter() - start for line in process.stdout if line.startswith(word)), None)
        process.stdout.read()
        complaints = process.stderr.read()
        process.wait()
    whole = time.perf_counter() - start
    if seen is None:
        raise RuntimeError(f"{' '.join(command)} never said “{word}”: {complaints}")
    return seen, whole


def taken(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(times: int, work: Callable[[], object]) -> float:
    """The median of the seconds that the same work takes several times."""
    return statistics.median(taken(work) for _ in range(times))


def title(words: str) -> None:
    """Begin a bench on the screen."""
    print(f"\n== {words}")


def row(what: str, figure: str, remark: str = "") -> None:
    """One figure on a line of its own."""
    print(f"{what:<46} {figure:>14}  {remark}".rstrip())


def seconds(value: float) -> str:
    """Seconds as a person reads them."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"
