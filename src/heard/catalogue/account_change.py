"""Makes one account of two, adds a spelling, and says that two are different: which files change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from heard.base import yamlio
from heard.base.shell import command
from heard.base.text import slugify
from heard.catalogue.account_join import joined, spellings
from heard.catalogue.accounts import AccountBook, key_of
from heard.catalogue.edits import Change, Files, with_added
from heard.values import Account, FileChange, HeardError, Place

FOLDER = "content/private/accounts"


def without_file(name: str, taken: Iterable[str]) -> Account:
    """An account that stands only in notes, as the file would say it that is still to be made."""
    slug = plain = slugify(name) or "account"
    known = set(taken)
    number = 1
    while slug in known:
        number += 1
        slug = f"{plain}-{number}"
    return Account(Place(f"{FOLDER}/{slug}.md"), slug, name)


def merge(files: Files, one: Account, two: Account, used: Collection[str]) -> Change:
    """The change that puts all of `one` into the file of `two`, and takes the file of `one` away.

    `used` are the keys of all names that other files use. What both files say differently stays as `two` says
    it; what `one` said is kept below its header. Raises `HeardError` if they are one account already.
    """
    if one.place == two.place:
        raise HeardError(f"“{one.name}” is one account already. Name two.")
    before = files.there(two.place.path)
    start = before if before is not None else _new_file(two)
    source = files.there(one.place.path)
    gone = () if source is None else (FileChange(files.root / one.place.path, source, None),)
    after = joined(start, source if source is not None else _new_file(one), one, two, used)
    changes = (FileChange(files.root / two.place.path, before, after), *gone)
    answers = [name for names in spellings(one, two, used) for name in names]
    says = [f"“{two.name}” now answers to {_listed(answers)} as well, in {two.place.path}."]
    return Change(f"merged the account “{one.name}” into “{two.name}”", changes, tuple(says))


def add_alias(files: Files, book: AccountBook, one: Account, spelling: str) -> Change:
    """The change that adds another spelling. Raises `HeardError` for one that means another account."""
    spelling = " ".join(spelling.split())
    if not key_of(spelling):
        raise HeardError("An empty spelling means nobody.")
    owner = book.find(spelling)
    if owner is not None and owner.place == one.place:
        raise HeardError(f"“{spelling}” means “{one.name}” already.")
    if owner is not None:
        raise HeardError(
            f"“{spelling}” means “{owner.name}” ({owner.place.path}). If both are one company: "
            f"`{command('account merge', owner.name, one.name)}`."
        )
    change = _with_item(files, one, "aliases", one.aliases, spelling)
    return Change(f"gave the account “{one.name}” the spelling “{spelling}”", (change,))


def part(files: Files, one: Account, two: Account) -> Change:
    """The change that says that two accounts, though alike, are different ones."""
    if one.place == two.place or key_of(one.name) == key_of(two.name):
        raise HeardError(f"“{one.name}” and “{two.name}” are one name to heard: give one of them a longer name first.")
    held = next(
        (a for a, b in ((one, two), (two, one)) if key_of(b.name) in {key_of(n) for n in a.distinct_from}), None
    )
    if held is not None:
        raise HeardError(f"{held.place.path} says so already.")
    first, second = (one, two) if files.there(one.place.path) is not None else (two, one)
    change = _with_item(files, first, "distinct_from", first.distinct_from, second.name)
    return Change(f"told the accounts “{one.name}” and “{two.name}” apart", (change,))


def _with_item(files: Files, one: Account, key: str, items: Sequence[str], item: str) -> FileChange:
    path = one.place.path
    before = files.there(path)
    after = with_added(before if before is not None else _new_file(one), path, key, items, item)
    return FileChange(files.root / path, before, after)


def _new_file(one: Account) -> bytes:
    return f"---\nname: {yamlio.scalar(one.name)}\nfit: unknown\n---\n".encode()


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names]
    return (
        " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown) or "the same spellings"
    )
