"""What the plugin needs of MkDocs' own values: files, places, and where an error comes from."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb

from jinja2 import TemplateSyntaxError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import CountHandler

from heard.values import Output
from heard.workspace import Workspace, at


def file_of(config: MkDocsConfig, output: Output, path: Path) -> File:
    """An output, which lies at the path, as a file of MkDocs."""
    if not output.as_is:
        return File.generated(config, output.uri, abs_src_path=str(path))
    # MkDocs would make a page of Markdown, and leave out what begins with a dot: to it, this is some other file.
    file = File.generated(config, f"{output.uri}.as-is", abs_src_path=str(path), inclusion=InclusionLevel.INCLUDED)
    file.dest_uri = output.uri
    return file


def take_out(files: Files, config: MkDocsConfig, is_public: Callable[[str | None], bool]) -> list[File]:
    """Remove the files that are no part of the site; those are given back that lead to what is not public."""
    mine = (config.docs_dir, config.theme.custom_dir)
    hidden = [file for file in files if file.src_dir in mine and not is_public(file.abs_src_path)]
    # The PDFs' templates share the person's folder with the site's.
    for file in (*hidden, *(file for file in files if file.src_uri.startswith("print/"))):
        if files.get_file_from_path(file.src_uri) is file:
            files.remove(file)
    return hidden


def workspace_of(config: MkDocsConfig) -> Workspace:
    """The workspace that mkdocs.yml lies in."""
    return at(Path(config.config_file_path or "mkdocs.yml").resolve().parent)


def in_template(error: Exception) -> str:
    """The template's file and line that an error comes from, which MkDocs would show as a traceback."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}:{error.lineno}"
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith((".html", ".xml"))]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def warned() -> bool:
    """Whether MkDocs has counted a warning in this build."""
    counters = [one for one in logging.getLogger("mkdocs").handlers if isinstance(one, CountHandler)]
    return any(one.get_counts() for one in counters)


def beside(site_dir: Path) -> Path:
    """Where a site is built before it takes the place of the old one."""
    return site_dir.with_name(f".{site_dir.name}-staging")
