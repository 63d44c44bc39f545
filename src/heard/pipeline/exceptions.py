"""The story of an exception: a person lets something pass the leak check, and says why."""

from __future__ import annotations

from heard.base.files import change, read_file, write_new
from heard.leaks.allowed import read_allowed, with_entry
from heard.leaks.matcher import build, find
from heard.leaks.secret import Piece
from heard.pipeline.known import known
from heard.values import Finding, HeardError
from heard.workspace import Workspace


def allow(workspace: Workspace, name: str, within: str, because: str) -> str:
    """Add an exception to content/allowed.yml; the file's name. Raises `HeardError` where the reason tells a secret."""
    what = known(workspace)
    ids = sorted({one.id for one in what.with_id(name)})
    if len(ids) != 1:
        raise HeardError(
            f"{name} is the beginning of several ids: give all its letters."
            if ids
            else f"{name} is the id of no secret. `heard leaks` says the ids of what it finds."
        )
    if find(build(what.secrets, what.lang), Piece(f"{because}\n{within}")):
        raise HeardError(
            "The reason or path holds a private name itself, and allowed.yml may be public. Say it without."
        )
    path = workspace.public.content / "allowed.yml"
    before = read_file(path)
    held = (before or b"").decode("utf-8")
    said = (ids[0], within, because)
    if any((one.secret, one.within, one.because) == said for one in read_allowed(held, "", [])):
        return workspace.public.relative(path)
    text = with_entry(held, ids[0], within, because)
    findings: list[Finding] = []
    read = read_allowed(text, "content/allowed.yml", findings)
    if findings or not any(one.secret == ids[0] and one.because == because for one in read):
        raise HeardError("content/allowed.yml is not as it should be: `heard check` says what is wrong with it.")
    if before is None:
        write_new(path, text.encode())
    else:
        change(path, before, text.encode())
    return workspace.public.relative(path)
