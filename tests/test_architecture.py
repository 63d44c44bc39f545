"""Who may import whom: what ARCHITECTURE.md draws, held."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import heard

SOURCE = Path(heard.__file__).parent
STAGES = ("listen", "catalogue", "approve", "write", "publish", "leaks", "campaign", "measure")
BOTTOM = ("heard", "heard.values", "heard.workspace", "heard.base")
SHOWN = (*BOTTOM, "heard.pipeline")
ALLOWED = {
    "values": (),
    "base": ("heard", "heard.values", "heard.base"),
    "workspace": ("heard.values", "heard.base"),
    "pipeline": (*SHOWN, *(f"heard.{stage}" for stage in STAGES)),
    "cli": (*SHOWN, "heard.cli"),
    "desk": (*SHOWN, "heard.desk"),
    "mkdocs_parts": BOTTOM,
    "mkdocs_plugin": (*SHOWN, "heard.mkdocs_parts"),
} | {stage: (*BOTTOM, f"heard.{stage}") for stage in STAGES}


def modules() -> dict[str, Path]:
    """Every module of the package by its full name."""
    paths = {path.relative_to(SOURCE.parent).with_suffix(""): path for path in SOURCE.rglob("*.py")}
    return {".".join(name.parts).removesuffix(".__init__"): path for name, path in paths.items()}


def imports(path: Path, known: dict[str, Path]) -> set[str]:
    """Our own modules that a file imports, in functions and for types only, too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write whole names, not relative ones"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in known else node.module or "" for name in whole}
    return {name for name in found if name in known}


GRAPH = {name: imports(path, modules()) for name, path in sorted(modules().items())}


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_imports_go_only_downwards(part: str) -> None:
    mine = {name: used for name, used in GRAPH.items() if name.split(".")[1:2] == [part]}
    wrong = {
        f"{name} imports {other}"
        for name, used in mine.items()
        for other in used
        if not any(other == one or (one != "heard" and other.startswith(f"{one}.")) for one in ALLOWED[part])
    }
    assert wrong == set()


def test_every_part_has_a_rule() -> None:
    parts = {name.split(".")[1] for name in GRAPH if "." in name}
    assert parts - set(ALLOWED) <= {"__main__", "codes"}


def test_no_imports_go_in_circles() -> None:
    TopologicalSorter(GRAPH).prepare()
