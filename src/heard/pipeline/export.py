"""The story of the export: the site's sources as plain files that plain MkDocs builds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from heard.base.files import walk, write_if_changed
from heard.pipeline.leaks import look_before_writing
from heard.pipeline.pdf import Progress, silent
from heard.pipeline.site import THEME, Build, build
from heard.publish.body import slotted
from heard.values import Finding, HeardError, Output
from heard.workspace import PublicWorkspace, Workspace, settings

MARK = ".heard-export"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and what is wrong with it; `not_run` says in one line if the leak check could not be made."""

    files: int
    findings: tuple[Finding, ...]
    without_pdfs: str
    not_run: str


def export(place: Workspace, folder: Path, *, today: date, progress: Progress = silent) -> Exported:
    """Write `docs/`, `theme/` and `mkdocs.yml` to a folder that is new, empty, or an earlier export.

    Raises `HeardError` for any other folder, so that nothing of a person's is ever replaced, and where the leak
    check finds something; then nothing is written.
    """
    workspace = place.public
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise HeardError(f"{folder} is not empty and no earlier export. Name a new folder.")
    if folder.resolve().is_relative_to(workspace.content.resolve()):
        raise HeardError(f"{folder} lies in content/, which is what is exported. Name a folder elsewhere.")
    made = build(workspace, settings(workspace), today=today, progress=progress)
    files = {f"docs/{uri}": content for uri, content in _docs(workspace, made).items()}
    for source in (THEME, workspace.templates):
        for entry in walk(source, ""):
            path = Path(entry.path)
            files[f"theme/{path.relative_to(source).as_posix()}"] = path.read_bytes()
    as_is = [output for output in made.outputs if output.as_is]
    files |= {f"theme/{output.uri}": _as_template(output) for output in as_is}
    text = (workspace.root / "mkdocs.yml").read_text(encoding="utf-8")
    files["mkdocs.yml"] = mkdocs_config(text, made.extra, [output.uri for output in as_is]).encode()
    not_run = look_before_writing(place, [Output(uri, content) for uri, content in files.items()])
    for name in ("docs", "theme"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for uri, content in files.items():
        _put(folder, uri, content)
    _put(folder, MARK, b"Written by `heard export`, which may replace docs/, theme/ and mkdocs.yml here.\n")
    docs = sum(uri.startswith("docs/") for uri in files)
    return Exported(docs, made.findings, made.without_pdfs, not_run)


def _docs(workspace: PublicWorkspace, made: Build) -> dict[str, bytes]:
    """The pages and files of the site by their path, the hand-written ones among them."""
    files = {output.uri: output.read() for output in made.outputs if not output.as_is}
    for entry in walk(workspace.pages, ""):
        path = Path(entry.path)
        files[path.relative_to(workspace.pages).as_posix()] = path.read_bytes()
    if "index.md" in files:
        # Other builders' templates cannot find the place of the list by themselves.
        files["index.md"] = slotted(files["index.md"].decode("utf-8", errors="replace")).encode()
    return files


def _as_template(output: Output) -> bytes:
    """A file that plain MkDocs would make a page of, or leave out, as a template that yields exactly its text."""
    text = output.read().decode()
    # Whatever stands within the marks is left alone, but for the mark that ends them; one line's end is dropped.
    quoted = text.replace("{%", "{% endraw %}{{ '{%' }}{% raw %}")
    return f"{{% raw %}}{quoted}{{% endraw %}}\n".encode()


def _put(folder: Path, uri: str, content: bytes) -> None:
    path = folder / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, content)


def mkdocs_config(text: str, extra: object, templates: Sequence[str] = ()) -> str:
    """The workspace's mkdocs.yml for a plain tree: our plugin left out, what it would add put in.

    `templates` are those of the theme that make a file of their own name.

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
    if templates:
        _set(theme, "static_templates", yaml.SequenceNode("tag:yaml.org,2002:seq", [_scalar(one) for one in templates]))
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
