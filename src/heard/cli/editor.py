"""`heard log -e`: a note written in the person's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from heard.base.yamlio import scalar
from heard.cli.edge import stop
from heard.pipeline import log as story
from heard.pipeline.log import NoteDraft
from heard.values import HeardError
from heard.workspace import Workspace

_COMMENTS = {"quotable": "            # no | anonymous | named"}


def edited(place: Workspace, draft: NoteDraft) -> story.Logged:
    """Save what a person writes in the editor; if it cannot be saved, what was written is kept aside."""
    template = _template(draft)
    descriptor, name = tempfile.mkstemp(suffix=".md", prefix="heard-")
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(template)
    try:
        code = _edit(path)
        text = path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if code or text.strip() in ("", template.strip()):
        path.unlink(missing_ok=True)
        raise stop("Nothing was written, so nothing was logged.")
    try:
        logged = story.save_text(place, draft, text)
    except HeardError as error:
        raise stop(f"{error} What you wrote is in {path}") from error
    path.unlink(missing_ok=True)
    return logged


def _edit(path: Path) -> int:
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return subprocess.run([*shlex.split(given), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise stop(f"The editor {given} cannot be started: {error}. Set EDITOR.") from error


def _template(draft: NoteDraft) -> str:
    head = {
        "date": draft.heard.strftime("%Y-%m-%d %H:%M"),
        "source": draft.source.value,
        "account": draft.account,
        "person": draft.person,
        "role": draft.role,
        **({"industry": draft.industry} if draft.industry else {}),
        "quotable": draft.quotable.value,
    }
    rows = [f"{key}: {scalar(text) if text else ''}".rstrip() + _COMMENTS.get(key, "") for key, text in head.items()]
    quote = draft.quotes[0]
    filed = f"> {' '.join(f'[[{slug}]]' for slug in quote.problems)}\n" if quote.problems else ""
    return "\n".join(["---", *rows, "---", f"> {quote.text}".rstrip(), ""]) + filed + "\n"
