"""The story of proof: where each stands, taking one back at once, and keeping a signed answer with its hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from heard.approve.file import approved_text
from heard.approve.narrow import narrowed
from heard.approve.states import refusal, standing
from heard.base import changes, git
from heard.base.document import parse, render
from heard.base.files import read_file
from heard.base.nested import set_inner
from heard.catalogue.consent import hash_of
from heard.catalogue.edits import text_of
from heard.catalogue.entries import read_proof
from heard.catalogue.match import find
from heard.pipeline import approve as approval
from heard.pipeline import outside
from heard.pipeline.catalogue import Read, need_private, read
from heard.values import Approved, ApprovedProof, FileChange, HeardError, Level, Problem, State
from heard.values import Proof as Proof
from heard.workspace import Workspace, settings

_IN_HISTORY = "Git keeps content/approved.yml as it was: `heard leaks --git` looks through what it keeps."

LARGEST = 20_000_000
"""A signed answer is a letter or a picture of one: bytes."""


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One proof, where it stands in words, and what of it is public."""

    proof: Proof
    state: str
    shown: ApprovedProof | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A consent that is to be withdrawn: the files that change, and where the proof is out already."""

    proof: Proof
    files: tuple[FileChange, ...]
    was_public: bool
    outside: tuple[str, ...]


def rows(workspace: Workspace, today: date) -> tuple[ProofRow, ...]:
    """Every proof with its state, by slug."""
    need_private(workspace, "proof")
    found = read(workspace)
    return tuple(_row(found, proof, today) for proof in sorted(found.catalogue.proof, key=lambda one: one.slug))


def _row(found: Read, proof: Proof, today: date) -> ProofRow:
    shown = shown_of(found.catalogue.public.approved, proof)
    held = next((one for one in found.catalogue.held if proof.slug == one.id or one.words == proof.words != ""), None)
    live = {one.slug for one in found.catalogue.public.problems if one.state is State.PUBLISHED}
    state = refusal(proof.consent, today)
    if not state and held:
        state = f"held back: {held.because}" if held.because else "held back"
    if not state and proof.problems and not live & set(proof.problems):
        state = "waits until its problem is published"
    return ProofRow(proof, state or standing(proof.consent, today, shown=shown is not None), shown)


def shown_of(approved: Approved, proof: Proof) -> ApprovedProof | None:
    """What is public of a proof."""
    same = (proof.kind, proof.words, proof.outcome)
    return next((one for one in approved.proof if (one.kind, one.text, one.outcome) == same), None)


def find_proof(found: Read, words: str) -> Proof:
    """The proof that any unambiguous part of its file's name, its person or its account means."""
    return find(words, found.catalogue.proof, "proof", lambda one: (one.slug, one.person, one.account))


def plan_withdraw(workspace: Workspace, words: str, day: date, today: date) -> Withdrawal:
    """What taking back a consent changes: its file and approved.yml, both at once."""
    need_private(workspace, "proof withdraw")
    found = read(workspace)
    proof = find_proof(found, words)
    if proof.consent.withdrawn is not None:
        raise HeardError(f"{proof.place.path} was withdrawn on {proof.consent.withdrawn} already.")
    if day > today:
        raise HeardError(f"{day} is still to come: what is withdrawn is withdrawn at once. Leave --date out.")
    edit = _edited(workspace, proof, {"withdrawn": day.isoformat()})
    without = replace(proof, consent=replace(proof.consent, withdrawn=day))
    catalogue = replace(found.catalogue, proof=tuple(without if one == proof else one for one in found.catalogue.proof))
    public = shown_of(found.catalogue.public.approved, proof)
    letter = approved_change(workspace, replace(found, catalogue=catalogue), today, gone=public)
    problems = [one for one in found.catalogue.public.problems if one.slug in proof.problems]
    where = _outside(workspace, found, problems, proof) if public else ()
    return Withdrawal(proof, (edit, *letter), public is not None, where)


def approved_change(
    workspace: Workspace, after: Read, today: date, gone: ApprovedProof | None = None
) -> tuple[FileChange, ...]:
    """The change that leaves in approved.yml only what was public and still may be; nothing newly goes out."""
    path = workspace.public.approved
    held = read_file(path)
    if held is None:
        return ()
    proposal = approval.propose(workspace, today, found=after, doubts=False)
    kept = narrowed(proposal.before, proposal.after)
    kept = replace(kept, proof=tuple(one for one in kept.proof if gone is None or one.id != gone.id))
    if kept == proposal.before:
        return ()
    return (FileChange(path, held, approved_text(kept).encode()),)


def carry_out(workspace: Workspace, files: Sequence[FileChange], words: str) -> tuple[str, ...]:
    """Make the changes, all of them or none; the names of the files."""
    changes.carry_out(workspace.private.changes, workspace.root, words, files)
    return tuple(workspace.public.relative(one.path) for one in files if one.before != one.after)


def plan_sign(workspace: Workspace, words: str, file: Path) -> tuple[Proof, tuple[FileChange, ...]]:
    """What keeping a signed answer changes: its copy in private/proof, and the two keys that name it."""
    need_private(workspace, "proof sign")
    proof = find_proof(read(workspace), words)
    content = _answer(file)
    target = _free_name(workspace.private.proof, file.name, content)
    edit = _edited(workspace, proof, {"signed": target.name, "sha256": hash_of(content)})
    copy = FileChange(target, read_file(target), content)
    return proof, tuple(one for one in (copy, edit) if one.before != one.after)


def _answer(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise HeardError(f"{file} is larger than {LARGEST // 1_000_000} MB: that is no letter.")
        content = file.read_bytes()
    except OSError as error:
        raise HeardError(f"{file} cannot be read: {error.strerror}.") from error
    if not content:
        raise HeardError(f"{file} is empty.")
    if file.suffix.lower() == ".md":
        raise HeardError(f"{file} would be read as a proof of its own: save the answer as PDF, picture, mail or text.")
    return content


def _free_name(folder: Path, name: str, content: bytes) -> Path:
    """Where the answer goes: its own name, or one with a number where another file has that."""
    stem, suffix = Path(name).stem, Path(name).suffix
    wanted = folder / name
    number = 2
    while (held := read_file(wanted)) is not None and held != content:
        wanted = folder / f"{stem}-{number}{suffix}"
        number += 1
    return wanted


def _edited(workspace: Workspace, proof: Proof, values: dict[str, str]) -> FileChange:
    path = workspace.root / proof.place.path
    before = read_file(path)
    if before is None:
        raise HeardError(f"{proof.place.path} is gone meanwhile. Run the command again.")
    document = parse(text_of(before, proof.place.path))
    try:
        for key, value in values.items():
            document = set_inner(document, "consent", key, value)
    except ValueError as error:
        wanted = ", ".join(f"{key}: {value}" for key, value in values.items())
        raise HeardError(f"{proof.place.path}: {error}. Write below `consent:` by hand: {wanted}") from error
    after = render(document).encode()
    again = read_proof(after.decode(), proof.place.path, [])
    if again is None or any(str(getattr(again.consent, key)) != value for key, value in values.items()):
        raise HeardError(f"{proof.place.path} would not read back as it is meant. Change it by hand.")
    return FileChange(path, before, after)


def _outside(workspace: Workspace, found: Read, problems: Sequence[Problem], proof: Proof) -> tuple[str, ...]:
    """Where a proof that was public is already."""
    url = found_url(workspace)
    pages = [*(address for one in problems for address in outside.pages(workspace, one)), f"{url}proof/"]
    pages = list(dict.fromkeys([*pages, *outside.holding(workspace, _telling(proof))]))
    kits = [name for one in problems for name in outside.kits(workspace, one)]
    people = [row for one in problems for row in outside.given_to(workspace, one)]
    said = "It stood on these pages and in these PDFs; anybody may have kept them:"
    named = proof.consent.level is Level.NAMED
    return (
        *outside.listed(said, pages),
        *outside.listed("Copies on this machine; make them anew or delete them:", kits),
        *outside.listed("These have one of its papers:", people),
        *(["Their name stood beside it."] if named else []),
        *(outside.asked(pages[0]) if pages else ()),
        *(["The same holds for the other addresses above."] if pages[1:] else []),
        *([_IN_HISTORY] if git.installed() and git.repository(workspace.root) else []),
    )


def _telling(proof: Proof) -> str:
    """The words by which a page that shows a proof is known."""
    return proof.words or (proof.outcome.metric if proof.outcome else "")


def found_url(workspace: Workspace) -> str:
    """The site's address, or a slash."""
    return settings(workspace.public).site_url or "/"
