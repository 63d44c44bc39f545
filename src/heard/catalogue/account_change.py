"""Makes one account of two, adds a spelling, and says that two are different: which files change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from heard.base import yamlio
from heard.base.document import Document, parse, render, set_key
from heard.base.text import slugify
from heard.catalogue.accounts import AccountBook, key_of
from heard.catalogue.edits import Change, Files, text_of, with_added, with_keys
from heard.catalogue.entries import read_account
from heard.values import Account, FileChange, HeardError, Place

FOLDER = "content/private/accounts"

_OWN = frozenset({"name", "aliases", "domains", "people", "facts", "distinct_from"})


def without_file(name: str, taken: Iterable[str]) -> Account:
    """An account that stands only in notes, as the file would say it that is still to be made."""
    slug = plain = slugify(name) or "account"
    known = set(taken)
    number = 1
    while slug in known:
        number += 1
        slug = f"{plain}-{number}"
    return Account(Place(f"{FOLDER}/{slug}.md"), slug, name)


def merge(files: Files, one: Account, two: Account) -> Change:
    """The change that puts all of `one` into the file of `two`, and takes the file of `one` away.

    What both files say differently stays as `two` says it; what `one` said is kept below its header. Raises
    `HeardError` if they are one account already.
    """
    if one.place == two.place:
        raise HeardError(f"“{one.name}” is one account already. Name two.")
    before = files.there(two.place.path)
    start = before if before is not None else _new_file(two)
    source = files.there(one.place.path)
    gone = () if source is None else (FileChange(files.root / one.place.path, source, None),)
    after = _joined(start, source if source is not None else _new_file(one), one, two)
    changes = (FileChange(files.root / two.place.path, before, after), *gone)
    says = [f"“{two.name}” now answers to {_listed(_spellings(one, two))} as well, in {two.place.path}."]
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
            f'`heard account merge "{owner.name}" "{one.name}"`.'
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


def _spellings(one: Account, two: Account) -> list[str]:
    """All that means `one`, each spelling once, without what means `two` already; its file's name, too."""
    known = {key_of(name) for name in (two.name, two.slug, *two.aliases)}
    found: dict[str, str] = {}
    for name in (one.name, *one.aliases, one.slug):
        if key_of(name) not in known:
            found.setdefault(key_of(name), name)
    return list(found.values())


def _joined(content: bytes, source: bytes, one: Account, two: Account) -> bytes:
    path = two.place.path
    kept: list[str] = []
    domains = [domain for domain in one.domains if domain not in two.domains]
    for key, held, more in (("aliases", two.aliases, _spellings(one, two)), ("domains", two.domains, domains)):
        items = list(held)
        for name in more:
            content = with_added(content, path, key, items, name)
            items.append(name)
    distinct = _still_distinct(one, two)
    if distinct != two.distinct_from:
        content = with_keys(content, path, {"distinct_from": distinct or None})
    theirs, ours = _table(source, one.place.path), _table(content, path)
    for key, value in theirs.items():
        if key not in _OWN:
            content = _with_key(content, path, key, value, ours.get(key), kept)
    people = _people(ours.get("people"), theirs.get("people"), kept)
    content = _longer(content, path, ours.get("people"), people)
    content = _with_node(content, path, "people", people, "".join(f"\n  - {_flow(person)}" for person in people.items))
    facts = _facts(ours.get("facts"), theirs.get("facts"), kept)
    content = _with_node(content, path, "facts", facts, f" {_flow(facts)}")
    content = _with_text(content, path, one, kept, parse(text_of(source, one.place.path)).body)
    found = read_account(text_of(content, path), path, [])
    answers = {key_of(name) for name in (*found.aliases, found.name, found.slug)} if found else set()
    if not {key_of(name) for name in (one.name, one.slug, *one.aliases)} <= answers:
        raise HeardError(f"{path} would not read back as it is meant, so nothing was changed. Merge the files by hand.")
    return content


def _still_distinct(one: Account, two: Account) -> tuple[str, ...]:
    """Who is another company than both: neither of the two is, any more."""
    mine = {key_of(name) for both in (one, two) for name in (both.name, both.slug, *both.aliases, *both.domains)}
    found = {key_of(name): name for name in (*one.distinct_from, *two.distinct_from) if key_of(name) not in mine}
    return tuple(found.values())


def _table(content: bytes, path: str) -> dict[str, yamlio.Node]:
    try:
        node = yamlio.load(parse(text_of(content, path)).header or "")
    except yamlio.YamlError as error:
        raise HeardError(f"{path}: {error.message}. Mend it first: `heard check`.") from error
    return {key.text: value for key, value in node.items} if isinstance(node, yamlio.Table) else {}


def _with_key(
    content: bytes, path: str, key: str, value: yamlio.Node, ours: yamlio.Node | None, kept: list[str]
) -> bytes:
    """The file with a key of the other's header, where it has none of its own or one that says nothing."""
    text = _flow(value)
    if not text or text in ('""', "unknown") or (ours is not None and _flow(ours) == text):
        return content
    if ours is None or _flow(ours) in ("", '""', "unknown"):
        if isinstance(value, yamlio.Scalar):
            return with_keys(content, path, {key: value.text})
        return _with_node(content, path, key, value, f" {text}")
    kept.append(f"{key}: {text}")
    return content


def _with_node(content: bytes, path: str, key: str, value: yamlio.Node, text: str) -> bytes:
    """The file with a key whose value is YAML, proved by reading it back; nothing to do for an empty one."""
    document = parse(text_of(content, path))
    if not text.strip(" []{}") or (document.header is not None and _flow_of(document, key) == _flow(value)):
        return content
    marked = set_key(document, key, _MARK)
    changed = replace(marked, header=(marked.header or "").replace(f" {yamlio.scalar(_MARK)}", text, 1))
    if _flow_of(changed, key) != _flow(value):
        raise HeardError(f"{path}: `{key}:` cannot be changed safely. Merge the files by hand; nothing was changed.")
    return render(changed).encode()


def _longer(content: bytes, path: str, ours: yamlio.Node | None, people: yamlio.Listing) -> bytes:
    """The file with the new people below its own, where those stay as they are, a line or more for each."""
    document = parse(text_of(content, path))
    header = document.header or ""
    mine = _items(ours)
    if not mine or [_flow(one) for one in people.items[: len(mine)]] != [_flow(one) for one in mine]:
        return content
    span = yamlio.spans(header)["people"]
    start = header.rfind("\n", 0, span.value) + 1
    mark = header[start : span.value + 2]
    if mark.strip() != "-":
        return content
    more = "".join(f"\n{mark}{_flow(person)}" for person in people.items[len(mine) :])
    changed = replace(document, header=f"{header[: span.end]}{more}{header[span.end :]}")
    return render(changed).encode() if _flow_of(changed, "people") == _flow(people) else content


_MARK = "heard puts it here"


def _flow_of(document: Document, key: str) -> str:
    node = yamlio.load(document.header or "")
    value = node.get(key) if isinstance(node, yamlio.Table) else None
    return _flow(value) if value is not None else ""


def _flow(node: yamlio.Node) -> str:
    """A value on one line."""
    if isinstance(node, yamlio.Listing):
        return f"[{', '.join(_flow(item) for item in node.items)}]"
    if isinstance(node, yamlio.Table):
        return (
            "{" + ", ".join(f"{yamlio.scalar(key.text, flow=True)}: {_flow(value)}" for key, value in node.items) + "}"
        )
    return yamlio.scalar(node.text, flow=True) if node.text else '""'


def _people(ours: yamlio.Node | None, theirs: yamlio.Node | None, kept: list[str]) -> yamlio.Listing:
    """Everybody once; nobody if nobody is added. Who is in both files keeps what either says."""
    mine, others = _items(ours), _items(theirs)
    if not others:
        return yamlio.Listing((), 1)
    people = {_name(person): person for person in mine}
    for person in others:
        name = _name(person)
        people[name] = _both(people[name], person, kept, name) if name in people else person
    return yamlio.Listing(tuple(people.values()), 1)


def _items(node: yamlio.Node | None) -> list[yamlio.Table]:
    return [item for item in node.items if isinstance(item, yamlio.Table)] if isinstance(node, yamlio.Listing) else []


def _name(person: yamlio.Table) -> str:
    found = person.get("name")
    return " ".join(found.text.split()).casefold() if isinstance(found, yamlio.Scalar) else _flow(person)


def _facts(ours: yamlio.Node | None, theirs: yamlio.Node | None, kept: list[str]) -> yamlio.Table:
    if not isinstance(theirs, yamlio.Table):
        return yamlio.Table((), 1)
    return _both(ours, theirs, kept, "facts") if isinstance(ours, yamlio.Table) else theirs


def _both(ours: yamlio.Table, theirs: yamlio.Table, kept: list[str], where: str) -> yamlio.Table:
    """Our table with the keys that only theirs has; where they differ, theirs is kept as words."""
    held: Mapping[str, yamlio.Node] = {key.text: value for key, value in ours.items}
    items = list(ours.items)
    for key, value in theirs.items:
        if key.text not in held:
            items.append((key, value))
        elif _flow(held[key.text]) != _flow(value) and key.text != "name":
            kept.append(f"{where}, {key.text}: {_flow(value)}")
    return yamlio.Table(tuple(items), ours.line)


def _with_text(content: bytes, path: str, one: Account, kept: Sequence[str], body: str) -> bytes:
    """The file with the other's words below its own, and with what its header said differently."""
    rows = [f"- {row}" for row in kept]
    parts = [part for part in ("\n".join(rows), body.strip("\n")) if part.strip()]
    if not parts:
        return content
    document = parse(text_of(content, path))
    own = document.body.rstrip("\n")
    text = "\n\n".join([*([own] if own else []), f"From {one.name}:", *parts])
    return render(replace(document, body=f"{text}\n")).encode()


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names]
    return (
        " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown) or "the same spellings"
    )
