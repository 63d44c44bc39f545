"""The MkDocs plugin: hands the site's values to MkDocs, and swaps the finished site into its place."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from heard.base.clock import today
from heard.base.text import counted
from heard.mkdocs_parts import beside, file_of, in_template, take_out, warned, workspace_of
from heard.pipeline import built as record
from heard.pipeline import leaks, site
from heard.values import HeardError, Severity
from heard.workspace import Settings, Workspace

log = get_plugin_logger("heard")

_WAITING = "another build is running here: waiting until it has ended"
_WATCHED = ("problems", "industries", "authors", "fonts", "private/problems")


def _settings(config: MkDocsConfig) -> Settings:
    lang = str(config.theme.get("language") or "")
    return Settings(config.site_name, config.site_url or "", config.site_dir, lang)


class HeardPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Adds the catalogue's pages, papers and PDFs to a MkDocs site."""

    config_scheme = (("leaks", Choice(("checked", "required"), default="checked")),)

    def __init__(self) -> None:
        self._serving = False
        self._dirty = False
        self._site_dir = ""
        self._to_fix = 0
        self._turn = ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command; that this exists keeps the plugin between the builds of `serve`."""
        self._serving = command == "serve"
        self._dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Lay the packaged theme under the person's templates, and build beside the old site."""
        workspace = workspace_of(config)
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(site.THEME))
        content = workspace.public.content
        watched = [*(content / name for name in _WATCHED), workspace.public.templates]
        # expert.yml, approved.yml, portraits; not the whole folder, which holds private/ as well.
        watched += sorted(path for path in content.glob("[!.]*") if path.is_file())
        config.watch.extend(str(path) for path in watched if path.exists())
        if link := site.circle(Path(config.docs_dir)):
            raise PluginError(f"heard: {link} is a link that leads back to where it lies: delete it")
        self._to_fix = 0
        self._site_dir = ""
        if not self._serving and not self._dirty:
            self._turn.enter_context(site.one_build(workspace.public, lambda: log.info(_WAITING)))
            self._site_dir = config.site_dir
            config.site_dir = str(beside(Path(config.site_dir)))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every file of the site that no hand-written one stands for."""
        workspace = workspace_of(config)
        made = self._build(workspace, _settings(config))
        config.extra["heard"] = dict(made.extra)
        for file in take_out(files, config, lambda path: site.is_public(workspace, path)):
            self._to_fix += 1
            log.warning(f"{file.src_uri}: to fix: it leads to a file that is not public, so it is left out [file/link]")
        # A preview holds drafts: the site that is built meanwhile must not read them.
        cache = workspace.public.cache / ("shown" if self._serving else "pages")
        for output in made.outputs:
            if files.get_file_from_path(output.uri) is not None:
                continue
            try:
                file = file_of(config, output, site.place(output, cache))
            except HeardError as error:
                raise PluginError(f"heard: {error}") from error
            if output.source and config.edit_uri:
                file.edit_uri = os.path.relpath(workspace.root / output.source, config.docs_dir)
            files.append(file)
        return files

    def _build(self, workspace: Workspace, settings: Settings) -> site.Build:
        drafts, wrong = site.drafts(workspace) if self._serving else ((), ())
        try:
            made = site.build(workspace.public, settings, today=today(), drafts=drafts)
        except (HeardError, OSError) as error:
            raise PluginError(f"heard: {error}") from error
        if not workspace.public.approved.exists():
            log.info("no content/approved.yml: the papers show no evidence. `heard approve` writes it.")
        if made.without_pdfs:
            log.warning(made.without_pdfs)
        for finding in (*made.findings, *wrong):
            to_fix = finding.severity is Severity.TO_FIX
            self._to_fix += to_fix
            (log.warning if to_fix else log.info)(str(finding))
        return made

    def on_page_markdown(self, markdown: str, *, page: Page, **_: object) -> str:
        """Mark the place of the list of problems on the hand-written first page."""
        return site.slotted(markdown) if page.file.src_uri == "index.md" else markdown

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Check what was built, then put it in the place of the old site."""
        # MkDocs counts warnings by its log level, so that `-q --strict` would let them pass; and it looks
        # at them only after this, when the old site would be gone.
        if config.strict and (self._to_fix or warned()):
            what = f"{self._to_fix} to fix" if self._to_fix else "warnings in strict mode"
            raise PluginError(f"heard: {what}, as told above; the old site is as it was")
        if self._serving:
            return
        built = Path(config.site_dir)
        try:
            self._look_for_leaks(workspace_of(config), built)
            if self._site_dir:
                config.site_dir = self._site_dir
                record.remember(workspace_of(config).public, built, today())
                site.swap(built, Path(self._site_dir))
            self._turn.close()
        except HeardError as error:
            raise PluginError(f"heard: {error}") from error

    def _look_for_leaks(self, workspace: Workspace, built: Path) -> None:
        found, not_run = leaks.of_site(workspace, built, required=self.config["leaks"] == "required")
        if not_run:
            log.info(not_run)
        for finding in found:
            log.error(str(finding))
        if found:
            kept = "the old site is as it was" if self._site_dir else "so do not publish what was built --dirty"
            mend = "What an id stands for: heard leaks --explain ID"
            raise HeardError(f"{counted(len(found), 'finding')} of the leak check, as told above; {kept}. {mend}")

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old site as it was, and nothing half-built beside it."""
        if self._site_dir:
            shutil.rmtree(beside(Path(self._site_dir)), ignore_errors=True)
            self._turn.close()
        place = in_template(error)
        if place and not isinstance(error, BuildError):
            raise PluginError(f"heard: {place}: {error}; the old site is as it was") from error
