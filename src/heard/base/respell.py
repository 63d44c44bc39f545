"""Puts one name in the place of another in a YAML text, and leaves every other byte as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from heard.base import yamlio


def respelled(text: str, keys: Collection[str], means: Callable[[str], bool], new: str) -> str:
    """The text with `new` wherever a name that is meant stands under one of the top-level keys.

    A key's value, the items of its list, and the keys below it are looked at. Raises `ValueError` if the
    text is no list of keys, or if the result would not read back as meant.
    """
    import yaml

    before = yamlio.load(text)
    if before is None:
        return text
    # The parser that `load` uses: the other one does not read `[why? so]`.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node: Any = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(str(getattr(error, "problem", error))) from error
    if not isinstance(before, yamlio.Table):
        raise ValueError("it is not a list of keys")
    found = [one for key, value in node.value if key.value in keys for one in _names(value) if means(one.value)]
    for one in sorted(found, key=lambda one: -one.start_mark.index):
        text = text[: one.start_mark.index] + yamlio.scalar(new, flow=True) + text[one.end_mark.index :]
    if plain(yamlio.load(text)) != [(key, _meant(value, key in keys, means, new)) for key, value in plain(before)]:
        raise ValueError("it would not read back as it is meant")
    return text


def _names(node: Any) -> Iterator[Any]:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        yield from (item for item in node.value if isinstance(item, yaml.ScalarNode))
    elif isinstance(node, yaml.MappingNode):
        yield from (key for key, _ in node.value)


def plain(node: yamlio.Node | None) -> Any:
    """What a YAML text holds, without its lines: texts, tuples for lists, lists of pairs for tables."""
    if isinstance(node, yamlio.Table):
        return [(key.text, plain(value)) for key, value in node.items]
    if isinstance(node, yamlio.Listing):
        return tuple(plain(item) for item in node.items)
    return node.text if node else None


def _meant(value: Any, here: bool, means: Callable[[str], bool], new: str) -> Any:
    def name(one: Any) -> Any:
        return new if isinstance(one, str) and means(one) else one

    if not here:
        return value
    if isinstance(value, tuple):
        return tuple(name(one) for one in value)
    if isinstance(value, list):
        return [(name(key), inner) for key, inner in value]
    return name(value)
