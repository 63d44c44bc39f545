"""Reads a whole workspace, its private side included, into one catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from heard.base.fields import Fields, flag, header, sorted_findings
from heard.catalogue.consent import signed_in
from heard.catalogue.copies import read_one
from heard.catalogue.entries import QUOTES, read_account, read_problem, read_proof
from heard.catalogue.kept import read_notes
from heard.catalogue.public import read_folder, read_public
from heard.catalogue.rejected import REJECTED, read_rejected
from heard.values import Account, Catalogue, Finding, Held, Problem, Proof, PublicCatalogue
from heard.workspace import PrivateWorkspace, Workspace, own_keys


def read_catalogue(workspace: Workspace) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Everything that lies in the workspace, and everything that is wrong with it."""
    public, wrong = read_public(workspace.public)
    catalogue, found = read_private(workspace, public)
    return catalogue, sorted_findings([*wrong, *found])


def read_private(workspace: Workspace, public: PublicCatalogue) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The private files added to the public ones."""
    private = workspace.private
    if not private.exists:
        return Catalogue(public), ()
    findings: list[Finding] = []
    if not private.notes.is_dir() and private.notes != private.root / "notes":
        message = f"`notes:` names {private.notes}, which is no folder here: no note was read"
        findings.append(flag(workspace.public.relative(private.root / "settings.yml"), 1, message, "file/no-notes"))
    read_one(private.settings, workspace.public.relative(private.settings), findings)
    notes, wrong = read_notes(private.notes, notes_name(workspace), private.cache, own_keys(private))
    findings += wrong
    catalogue = Catalogue(
        public=public,
        notes=notes,
        accounts=read_accounts(workspace, findings),
        drafts=read_drafts(workspace, findings),
        proof=_proof(workspace, findings),
        held=read_held(private, workspace.public.relative, findings),
        rejected=frozenset(_rejected(workspace, findings)),
    )
    return catalogue, tuple(findings)


def notes_name(workspace: Workspace) -> str:
    """How findings name the folder of the notes."""
    return workspace.public.relative(workspace.private.notes)


def read_accounts(workspace: Workspace, findings: list[Finding]) -> tuple[Account, ...]:
    """All accounts."""
    return read_folder(workspace.private.accounts, ".md", workspace.public.relative, read_account, findings)


def read_drafts(workspace: Workspace, findings: list[Finding]) -> tuple[Problem, ...]:
    """All problems that are not public."""

    def draft(text: str, path: str, wrong: list[Finding]) -> Problem | None:
        return None if path.endswith(QUOTES) else read_problem(text, path, public=False, findings=wrong)

    return read_folder(workspace.private.problems, ".md", workspace.public.relative, draft, findings)


def _proof(workspace: Workspace, findings: list[Finding]) -> tuple[Proof, ...]:
    signed = signed_in(workspace.private.proof)

    def proof(text: str, path: str, wrong: list[Finding]) -> Proof | None:
        return read_proof(text, path, wrong, signed)

    return read_folder(workspace.private.proof, ".md", workspace.public.relative, proof, findings)


def _rejected(workspace: Workspace, findings: list[Finding]) -> Mapping[str, str]:
    path = workspace.private.inbox / REJECTED
    name = workspace.public.relative(path)
    return read_rejected(read_one(path, name, findings), name, findings)


def read_held(private: PrivateWorkspace, name: Callable[[Path], str], findings: list[Finding]) -> tuple[Held, ...]:
    """private/held.yml: what a person decided not to publish."""
    path = private.held
    text = read_one(path, name(path), findings)
    fields = header(text, name(path), findings, line=1) if text else None
    if fields is None:
        return ()
    fields.ignore("version")
    held = tuple(_held(inner) for inner in fields.children("held"))
    fields.close()
    return held


def _held(fields: Fields) -> Held:
    words = fields.text("words")
    found = Held(fields.text("id", required=not words), fields.text("because"), words)
    fields.close()
    return found
