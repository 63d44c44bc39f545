"""The story of the export: the site's sources as plain files that plain MkDocs builds."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from heard.base.files import walk, write_if_changed
from heard.pipeline.pdf import Progress, silent
from heard.pipeline.site import THEME, build, notes_among_pages
from heard.publish.body import slotted
from heard.values import Finding, HeardError
from heard.workspace import PublicWorkspace, settings

MARK = ".heard-export"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what is wrong with it."""

    files: int
    findings: tuple[Finding, ...]
    without_pdfs: str


def export(workspace: PublicWorkspace, folder: Path, *, today: date, progress: Progress = silent) -> Exported:
    """Write `docs/`, `theme/` and `mkdocs.yml` to a folder that is new, empty, or an earlier export.

    Raises `HeardError` for any other folder, so that nothing of a person's is ever replaced.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise HeardError(f"{folder} is not empty and no earlier export. Name a new folder.")
    if folder.resolve().is_relative_to(workspace.content.resolve()):
        raise HeardError(f"{folder} lies in content/, which is what is exported. Name a folder elsewhere.")
    if strays := notes_among_pages(workspace):
        raise HeardError(f"These pages look like private notes, so nothing was written: {', '.join(strays)}")
    made = build(workspace, settings(workspace), today=today, progress=progress)
    for name in ("docs", "theme"):
        shutil.rmtree(folder / name, ignore_errors=True)
    files = {output.uri: output.read() for output in made.outputs}
    for entry in walk(workspace.pages, ""):
        path = Path(entry.path)
        files[path.relative_to(workspace.pages).as_posix()] = path.read_bytes()
    if "index.md" in files:
        # Other builders' templates cannot find the place of the list by themselves.
        files["index.md"] = slotted(files["index.md"].decode("utf-8", errors="replace")).encode()
    for uri, content in files.items():
        _put(folder / "docs", uri, content)
    for source in (THEME, workspace.templates):
        for entry in walk(source, ""):
            path = Path(entry.path)
            _put(folder / "theme", path.relative_to(source).as_posix(), path.read_bytes())
    config = mkdocs_config((workspace.root / "mkdocs.yml").read_text(encoding="utf-8"), made.extra)
    _put(folder, "mkdocs.yml", config.encode())
    _put(folder, MARK, b"Written by `heard export`, which may replace docs/, theme/ and mkdocs.yml here.\n")
    return Exported(len(files), made.findings, made.without_pdfs)


def _put(folder: Path, uri: str, content: bytes) -> None:
    path = folder / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, content)


def mkdocs_config(text: str, extra: object) -> str:
    """The workspace's mkdocs.yml for a plain tree: our plugin left out, what it would add put in.

    Works on the YAML's nodes, so that tags which only MkDocs understands stay as they are.
    """
    import yaml

    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    top = {key.value: (key, value) for key, value in root.value}
    _set(root, "docs_dir", _scalar("docs"))
    theme = top.get("theme", (None, None))[1]
    if not isinstance(theme, yaml.MappingNode):
        name = theme if isinstance(theme, yaml.ScalarNode) else _scalar("material")
        theme = yaml.MappingNode("tag:yaml.org,2002:map", [(_scalar("name"), name)])
        _set(root, "theme", theme)
    _set(theme, "custom_dir", _scalar("theme"))
    plugins = top.get("plugins", (None, None))[1]
    if isinstance(plugins, yaml.SequenceNode):
        plugins.value = [node for node in plugins.value if not _is_ours(node)]
    elif isinstance(plugins, yaml.MappingNode):
        plugins.value = [(key, value) for key, value in plugins.value if key.value != "heard"]
    heard: Any = yaml.compose(json.dumps(extra, ensure_ascii=False), Loader=yaml.SafeLoader)
    if isinstance(top.get("extra", (None, None))[1], yaml.MappingNode):
        _set(top["extra"][1], "heard", heard)
    else:
        _set(root, "extra", yaml.MappingNode("tag:yaml.org,2002:map", [(_scalar("heard"), heard)]))
    return str(yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True, width=1000))


def _is_ours(node: Any) -> bool:
    import yaml

    if isinstance(node, yaml.MappingNode):
        return any(key.value == "heard" for key, _ in node.value)
    return bool(node.value == "heard")


def _scalar(text: str) -> Any:
    import yaml

    return yaml.ScalarNode("tag:yaml.org,2002:str", text)


def _set(node: Any, key: str, value: Any) -> None:
    node.value = [(k, v) for k, v in node.value if k.value != key] + [(_scalar(key), value)]
