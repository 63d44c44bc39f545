"""Puts all that one account's file says into the file of another, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from heard.base import yamlio
from heard.base.document import Document, parse, render, set_key
from heard.base.domains import domain_of
from heard.catalogue.accounts import key_of
from heard.catalogue.edits import text_of, with_added, with_keys
from heard.catalogue.entries import read_account
from heard.values import Account, HeardError

_OWN = frozenset({"name", "aliases", "domains", "people", "facts", "distinct_from"})
_MARK = "heard puts it here"


def spellings(one: Account, two: Account, used: Collection[str]) -> tuple[list[str], list[str]]:
    """All that means `one` and not `two` already, each spelling once: names, and domains.

    An address counts by its domain. The name of the file that goes is one if it is among the `used` keys.
    """
    known = {key_of(name) for name in (two.name, two.slug, *two.aliases, *two.domains)}
    names: dict[str, str] = {}
    domains: dict[str, str] = {}
    for name in (*one.domains, one.name, *one.aliases, *([one.slug] if key_of(one.slug) in used else [])):
        key, domain = key_of(name), domain_of(name) if "." in name else ""
        if key in known or key in names or key in domains:
            continue
        if domain:
            domains[key] = domain
        else:
            names[key] = name
    return list(names.values()), list(domains.values())


def joined(content: bytes, source: bytes, one: Account, two: Account, used: Collection[str]) -> bytes:
    """The file of `two` with all that `source`, the file of `one`, says; where they differ, `two` is right.

    What `one` said differently is kept as words below the header. Raises `HeardError` where that cannot be proved.
    """
    path = two.place.path
    kept: list[str] = []
    names, domains = spellings(one, two, used)
    for key, held, more in (("aliases", two.aliases, names), ("domains", two.domains, domains)):
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
    answers = {key_of(name) for name in (*found.aliases, *found.domains, found.name, found.slug)} if found else set()
    if not {key_of(name) for name in (one.name, *one.aliases, *one.domains, *names)} <= answers:
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
    kept += [
        f"people: {_flow(one)}"
        for one in _listed(theirs)
        if not isinstance(one, yamlio.Table) and _flow(one).strip('"')
    ]
    if not others:
        return yamlio.Listing((), 1)
    people = {_name(person): person for person in mine}
    for person in others:
        name = _name(person)
        people[name] = _both(people[name], person, kept, name) if name in people else person
    return yamlio.Listing(tuple(people.values()), 1)


def _items(node: yamlio.Node | None) -> list[yamlio.Table]:
    return (
        [item for item in _listed(node) if isinstance(item, yamlio.Table)] if isinstance(node, yamlio.Listing) else []
    )


def _listed(node: yamlio.Node | None) -> Sequence[yamlio.Node]:
    """The items of a list; what stands where a list was meant is one item."""
    return node.items if isinstance(node, yamlio.Listing) else (node,) if node else ()


def _name(person: yamlio.Table) -> str:
    found = person.get("name")
    return " ".join(found.text.split()).casefold() if isinstance(found, yamlio.Scalar) else _flow(person)


def _facts(ours: yamlio.Node | None, theirs: yamlio.Node | None, kept: list[str]) -> yamlio.Table:
    if not isinstance(theirs, yamlio.Table):
        kept += [f"facts: {_flow(one)}" for one in _listed(theirs) if _flow(one).strip('"')]
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
