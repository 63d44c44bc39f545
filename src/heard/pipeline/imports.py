"""The story of an import: files are recognised, read and proposed from; what came in before is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from heard.base import changes
from heard.base.fields import sorted_findings
from heard.base.text import counted
from heard.catalogue.accounts import key_of
from heard.listen.batch import write_all_new
from heard.listen.drafts import cleaned, fill_in, read_drafts, save_drafts
from heard.listen.habits import NOTE_KEYS as NOTE_KEYS
from heard.listen.habits import TABLE_KEYS as TABLE_KEYS
from heard.listen.row_drafts import Choice
from heard.listen.seen import ledger_file, read_ledger
from heard.listen.sources import found_files
from heard.listen.sources import other_transcriber as other_transcriber
from heard.listen.sources import transcriber as transcriber
from heard.pipeline import meanings
from heard.pipeline.accepting import Accepted, accept_rows
from heard.pipeline.import_reading import Found, read_files
from heard.pipeline.meanings import Wishes as Wishes
from heard.values import Draft, Finding
from heard.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, or would do.

    `before` counts the words that came in before, `filled` those of them that wait and were completed; `nothing` names
    the files without a proposal. `keys` are those of the notes' own that were mapped just now; `columns` pairs a
    table's name with the columns that were read.
    """

    files: int
    drafts: tuple[Draft, ...]
    before: int
    nothing: tuple[str, ...]
    recordings: tuple[Path, ...]
    keys: Mapping[str, str]
    columns: tuple[tuple[str, Choice], ...]
    filled: int
    accepted: Accepted
    in_place: bool
    findings: tuple[Finding, ...]

    @property
    def accounts(self) -> int:
        """How many companies the new drafts come from."""
        return len({key_of(draft.account) for draft in self.drafts if draft.account})


def import_all(workspace: Workspace, wishes: Wishes, today: date) -> Taken:
    """Read the files, and save what is new: as drafts in the inbox, or with `accept` a table's rows as notes.

    Nothing that is imported is ever changed. Raises `HeardError` where a file that was named is not there.
    """
    findings: list[Finding] = []
    files = found_files(wishes.paths, workspace.root, _own(workspace), findings)
    reading = read_files(workspace, wishes, files, findings)
    waits = _waiting(workspace)
    ledger = read_ledger(workspace.private.inbox) | waits.keys()
    fresh = [one for one in reading.found if one.draft.key not in ledger and one.source not in ledger]
    filed = [one for one in fresh if wishes.accept and one.row]
    waiting = [one.draft for one in fresh if not (wishes.accept and one.row)]
    filled = _filled_in((one.draft for one in reading.found), waits)
    if not wishes.dry_run:
        meanings.keep(workspace, reading.meanings)
        for before, after in filled:
            fill_in(workspace.root / before.place.path, before, after)
        # What was filed is in a ledger of its own, which goes when that is taken back: after this, so before it.
        _save(workspace, waiting, _keys(reading.found) - ledger - _keys(filed), today)
    accepted = _accepted(workspace, filed, findings, today, dry_run=wishes.dry_run)
    return Taken(
        files=len(files),
        drafts=tuple(waiting),
        before=len(reading.found) - len(fresh) + reading.copies,
        nothing=reading.nothing,
        recordings=tuple(file.path for file in files if file.found.kind == "recording"),
        keys=reading.meanings.fresh_keys,
        columns=tuple(reading.meanings.choices.items()),
        filled=len(filled),
        accepted=accepted,
        in_place=reading.in_place,
        findings=sorted_findings(findings),
    )


def _own(workspace: Workspace) -> tuple[Path, ...]:
    """What heard itself keeps in the workspace, and what is published: nothing of it is anybody's note."""
    private, public = workspace.private, workspace.public
    content = public.content.iterdir() if public.content.is_dir() else ()
    return (
        *(path for path in content if path != private.root),
        *(private.accounts, private.problems, private.proof, private.inbox, private.root / "results"),
        *(private.held, private.settings, public.templates),
        *(workspace.root / name for name in ("mkdocs.yml", "site", "build")),
    )


def _accepted(
    workspace: Workspace, filed: Sequence[Found], findings: list[Finding], today: date, *, dry_run: bool
) -> Accepted:
    if not filed:
        return Accepted()
    extra = ledger_file(workspace.private.inbox, _keys(filed), today)
    return accept_rows(workspace, [one.draft for one in filed], extra, findings, dry_run=dry_run)


def _keys(found: Iterable[Found]) -> set[str]:
    return {key for one in found for key in (one.draft.key, one.source)}


def _save(workspace: Workspace, waiting: Sequence[Draft], keys: set[str], today: date) -> None:
    """Save the drafts, and what came in with them in the ledger: both go when that is taken back."""
    made = save_drafts(workspace.private.inbox, waiting, today)
    path, content = ledger_file(workspace.private.inbox, keys, today)
    fresh = bool(keys) and not path.exists()
    if fresh:
        write_all_new({path: content})
    if made:
        told = f"{counted(len(made), 'draft')} imported into the inbox"
        changes.remember(workspace.private.changes, workspace.root, told, (*made, path) if fresh else made)


def _waiting(workspace: Workspace) -> dict[str, Draft]:
    """The drafts that wait, by their keys: a crash may have kept them from the ledger."""
    folder = workspace.private.inbox
    drafts, _ = read_drafts(folder, workspace.public.relative(folder))
    return {draft.key: draft for draft in drafts if draft.key}


def _filled_in(drafts: Iterable[Draft], waits: Mapping[str, Draft]) -> list[tuple[Draft, Draft]]:
    """Drafts that wait, and with what this reading knows of them and the one before did not: whose words, and when."""
    found = []
    for draft in drafts:
        before = waits.get(draft.key)
        if before is None:
            continue
        whole = replace(
            before,
            heard=before.heard or draft.heard,
            **{
                key: getattr(before, key) or getattr(draft, key)
                for key in ("account", "person", "role", "industry", "problem")
            },
        )
        if cleaned(whole) != before:
            found.append((before, cleaned(whole)))
    return found
