"""Looks through everything that is about to be public, and says what may not be there, without repeating it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from heard.base.fields import flag
from heard.base.text import counted, squeeze_company
from heard.leaks.allowed import Allowed, lets_pass, lets_unread
from heard.leaks.artefacts import contents
from heard.leaks.gather import single_words
from heard.leaks.matcher import Matcher, find
from heard.leaks.secret import Form, Hit, Kind, Piece, Secret, Sureness
from heard.values import Finding

_APART = "search_index.json"
"""A file that holds the text of all pages: there a name may stand only in the part of a page that shows its entry."""

_MASK = "█████"
_PLACES = 3
_EXEMPT = (Kind.PERSON, Kind.ACCOUNT, Kind.ALIAS, Kind.NAME_WORD)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of each approved entry, by the entry's id, and the entries that a path is known to draw on."""

    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret in a file: where, how sure, and by which id it may be spoken of."""

    uri: str
    line: int
    where: str
    secret: str
    kind: Kind
    sureness: Sureness
    how: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was found in one file: leaks, and in words what of it could not be read.

    `shown` is its path with the parts masked that hold a secret.
    """

    uri: str
    shown: str
    leaks: tuple[Leak, ...] = ()
    unread: tuple[str, ...] = ()


def scan(uri: str, data: bytes, matcher: Matcher, names: Names) -> Scanned:
    """Look through one file, its name included."""
    read = contents(uri, data)
    units: dict[str, list[Piece]] = {}
    for piece in read.pieces:
        units.setdefault(piece.where if uri.endswith(_APART) else "", []).append(piece)
    hits = [(piece, hit) for pieces in units.values() for piece, hit in _apart(uri, pieces, matcher, names)]
    in_name = [(Piece(uri, Form.NAME, "its name"), hit) for hit in find(matcher, Piece(uri, Form.NAME))]
    both = [(piece, hit) for piece, hit in (*in_name, *hits) if hit.secret.kind is not Kind.SHOWN]
    shown = masked(uri, matcher) if in_name else uri
    part = _page if uri.endswith(_APART) else str
    where = {piece.where: _silent(part(piece.where), matcher) for piece, _ in both}
    return Scanned(uri, shown, tuple(_leak(uri, where[piece.where], hit) for piece, hit in both), read.unread)


def _page(where: str) -> str:
    """The part of a search index, in words."""
    return f"the entry {where}" if where.removeprefix("of").strip() else "the entry of the first page"


def _silent(where: str, matcher: Matcher) -> str:
    """Where in a file something stands; the name of an inner part may be a secret itself."""
    return "a part whose name is private" if where and find(matcher, Piece(where, Form.NAME)) else where


def masked(uri: str, matcher: Matcher) -> str:
    """The path with a block in the place of each part that holds a secret; of all where it is no single one of them."""
    if not find(matcher, Piece(uri, Form.NAME)):
        return uri
    parts = uri.split("/")
    silent = [_MASK if find(matcher, Piece(part, Form.NAME)) else part for part in parts]
    return "/".join(silent if silent != parts else [_MASK])


def _apart(uri: str, pieces: Sequence[Piece], matcher: Matcher, names: Names) -> Iterator[tuple[Piece, Hit]]:
    """The hits in pieces that belong together, but for the names of the approved entries that stand in them."""
    hits = [(piece, hit) for piece in pieces for hit in find(matcher, piece)]
    entries = {hit.secret.id for _, hit in hits if hit.secret.kind is Kind.SHOWN} | set(names.drawn.get(uri, ()))
    some = tuple(name for entry in entries for name in names.of.get(entry, ()))
    ids, companies = _within(some, matcher), frozenset(map(squeeze_company, some))
    return ((piece, hit) for piece, hit in hits if not _is_exempt(hit.secret, ids, companies))


def _within(names: Iterable[str], matcher: Matcher) -> frozenset[str]:
    """The ids of the secrets that stand in these names: in the whole ones, and in their single words."""
    parts = {part for name in names for part in (name, *single_words(name))}
    return frozenset(hit.secret.id for part in parts for hit in find(matcher, Piece(part)))


def _is_exempt(secret: Secret, ids: frozenset[str], companies: frozenset[str]) -> bool:
    """Whether it stands in a name that may be shown, or is a company's name without the legal form."""
    return secret.kind in _EXEMPT and (secret.id in ids or squeeze_company(secret.text) in companies)


def _leak(uri: str, where: str, hit: Hit) -> Leak:
    return Leak(uri, hit.line, where, hit.secret.id, hit.secret.kind, hit.sureness, hit.how)


def findings(found: Iterable[Scanned], allowed: Sequence[Allowed]) -> tuple[Finding, ...]:
    """What stops a build, in the order of the files."""
    told: list[Finding] = []
    for one in sorted(found, key=lambda scanned: scanned.uri):
        if one.unread and not lets_unread(allowed, one.uri):
            told += [flag(one.shown, 1, f"cannot be looked through: it {why}", "leak/unread") for why in one.unread]
        groups: dict[tuple[str, Kind], list[Leak]] = {}
        for leak in one.leaks:
            if not lets_pass(allowed, leak.secret, one.uri):
                groups.setdefault((leak.secret, leak.kind), []).append(leak)
        told += [_told(one.shown, leaks) for leaks in groups.values()]
    return tuple(told)


def _told(path: str, leaks: Sequence[Leak]) -> Finding:
    """One finding for all the places of a secret in a file."""
    first = min(leaks, key=lambda leak: (leak.sureness is not Sureness.BLOCK, leak.line))
    sure = first.sureness is Sureness.BLOCK
    places = list(dict.fromkeys(leak.where for leak in leaks if leak.where))
    where = f" in {', '.join(places[:_PLACES])}{', …' if len(places) > _PLACES else ''}" if places else ""
    times = f" ({counted(len(leaks), 'place')})" if len(leaks) > 1 and not places else ""
    how = f", written so that it is read only when that is undone: {first.how}" if first.how else ""
    what = f"{_noun(first.kind)} {first.secret}"
    message = f"{what}{where}{times}{how}" if sure else f"may be private: {what}{where}{times}{how}"
    return flag(path, max(first.line, 1), message, "leak/secret" if sure else "leak/maybe")


def _noun(kind: Kind) -> str:
    return {Kind.ALIAS: "name", Kind.NAME_WORD: "word of a name", Kind.WORDS: "client's words"}.get(kind, str(kind))
