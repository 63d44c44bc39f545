"""What the leak check looks for: read from the whole private side, and from the public files that make exceptions."""

from __future__ import annotations

import secrets as randomness
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from heard.base.files import PRIVATE_MODE, read_file, write_new
from heard.base.shingles import Shingle, shingles
from heard.base.text import words
from heard.catalogue.heard_from import book_of
from heard.catalogue.overlap import MANY, approved_shingles
from heard.catalogue.read import read_catalogue
from heard.leaks.allowed import Allowed, read_allowed, unused
from heard.leaks.gather import Spoken, secrets, shown, telling
from heard.leaks.matcher import Matcher, build
from heard.leaks.scan import Names
from heard.leaks.secret import Secret
from heard.listen.drafts import read_drafts
from heard.values import PUBLIC_SOURCES, Approved, Catalogue, Draft, Finding, HeardError
from heard.workspace import PrivateWorkspace, PublicWorkspace, Workspace

KEY = "leaks.key"

_UNREAD = frozenset({"file/unreadable", "file/evicted", "file/no-notes", "yaml/unreadable", "yaml/not-closed"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is looked for: the secrets, the approved entries beside which names may stand, and the exceptions.

    `unread` is how many private files could not be read, so that nobody knows what they keep secret.
    """

    secrets: tuple[Secret, ...]
    shown: tuple[Secret, ...]
    names: Names
    allowed: tuple[Allowed, ...]
    lang: str
    unread: int
    in_allowed: tuple[Finding, ...]

    @property
    def matcher(self) -> Matcher:
        """What finds them in a text; takes a moment to build."""
        return build((*self.secrets, *self.shown), self.lang)

    def with_id(self, name: str) -> tuple[Secret, ...]:
        """The secrets whose ids begin with these letters, four or more."""
        return tuple(one for one in self.secrets if len(name) > 3 and one.id.startswith(name.lower()))


def known(workspace: Workspace, approved: Approved | None = None) -> Known:
    """Everything that must not become public. Reads the whole private side.

    `approved` is what will be approved once the outputs are public, where that is not yet what approved.yml says.
    """
    catalogue, wrong = read_catalogue(workspace)
    if approved is not None:
        catalogue = replace(catalogue, public=replace(catalogue.public, approved=approved))
    drafts, in_drafts = read_drafts(workspace.private.inbox, workspace.public.relative(workspace.private.inbox))
    kept = secrets(catalogue, drafts, _spoken(catalogue, drafts), _key(workspace.private))
    entries, names = shown(catalogue.public.approved)
    allowed, in_allowed = read_exceptions(workspace.public)
    stale = unused(allowed, frozenset(one.id for one in kept))
    unread = {one.place.path for one in (*wrong, *in_drafts) if one.code in _UNREAD and _is_private(one, workspace)}
    drawn = _drawn(catalogue)
    lang = catalogue.public.expert.lang
    return Known(kept, entries, Names(names, drawn), allowed, lang, len(unread), (*in_allowed, *stale))


def read_exceptions(public: PublicWorkspace) -> tuple[tuple[Allowed, ...], tuple[Finding, ...]]:
    """content/allowed.yml, and what is wrong with it."""
    found: list[Finding] = []
    content = read_file(public.content / "allowed.yml")
    text = content.decode("utf-8", errors="replace") if content else ""
    return read_allowed(text, "content/allowed.yml", found) if text.strip() else (), tuple(found)


def _spoken(catalogue: Catalogue, drafts: Iterable[Draft]) -> Iterator[Spoken]:
    """Every run of words that fewer than three accounts said and nobody approved."""
    book = book_of(catalogue)
    said: dict[Shingle, tuple[set[str], str, str]] = {}
    for text, account, place in (*_quoted(catalogue), *((d.text, d.account, str(d.place)) for d in drafts)):
        who = book.counts_as(account) if account else ""
        for shingle in shingles(words(text)):
            said.setdefault(shingle, (set(), text, place))[0].add(who)
    approved = frozenset(approved_shingles(catalogue.public.approved))
    langs = {catalogue.public.expert.lang, *(one.lang for one in catalogue.problems if one.lang)}
    for shingle, (accounts, text, place) in said.items():
        if shingle not in approved and len(accounts - {""}) < MANY and telling(shingle, langs):
            yield Spoken(shingle, text, place)


def _quoted(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for note in catalogue.notes:
        public = note.source in PUBLIC_SOURCES
        for quote in note.quotes:
            yield quote.text, "" if public else quote.account, f"{note.path}:{quote.line}"
    yield from ((proof.words, proof.account, str(proof.place)) for proof in catalogue.proof)


def _drawn(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The entries that each source file draws on: a paper's own, and approved.yml all."""
    approved = catalogue.public.approved
    drawn = {"content/approved.yml": tuple(q.id for one in approved.problems.values() for q in one.quotes)}
    drawn["content/approved.yml"] += tuple(one.id for one in approved.proof)
    for problem in catalogue.public.problems:
        one = approved.problems.get(problem.slug)
        quotes = tuple(quote.id for quote in one.quotes) if one else ()
        proof = tuple(proof.id for proof in approved.proof if problem.slug in proof.problems)
        drawn[problem.place.path] = (*quotes, *proof)
    return drawn


def _is_private(finding: Finding, workspace: Workspace) -> bool:
    return (workspace.root / finding.place.path).is_relative_to(workspace.private.root) or not (
        workspace.root / finding.place.path
    ).is_relative_to(workspace.public.content)


def _key(private: PrivateWorkspace) -> bytes:
    """The private side's own key for the ids of secrets, made the first time; shared with its repository."""
    path = private.root / KEY
    if (found := read_file(path)) and found.strip():
        return found.strip()
    made = randomness.token_hex(32).encode()
    try:
        write_new(path, made + b"\n", mode=PRIVATE_MODE)
    except FileExistsError:
        return (read_file(path) or made).strip()
    except HeardError:
        # A folder that cannot be written to: the ids then hold for this one run.
        return made
    return made
