"""The word lists: what is looked for in which language, read from the files in `words/` and `reasons.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from heard.write.prose.phrases import Phrases, holds, phrases

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Reason:
    """Why words cost trust, and what to write instead."""

    why: str
    write: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a paper's outline: its name, and the words that a heading, or a table's head, has of it."""

    key: str
    name: str
    heading: Phrases
    table: Phrases


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are said: what makes one a claim."""

    percent: tuple[str, ...]
    money: tuple[str, ...]
    times: tuple[str, ...]
    than: tuple[str, ...]
    of: tuple[str, ...]
    words: Mapping[str, int]
    units: Phrases
    but: Phrases
    references: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lists:
    """All that is known of one language. `grade` is the most that a text may have on its scale."""

    lang: str
    sentence: float
    scale: str
    grade: float
    reader: frozenset[str]
    reader_capital: frozenset[str]
    writer: frozenset[str]
    abbreviations: frozenset[str]
    ordinal_dot: bool
    pitch: Phrases
    begging: Phrases
    reasons: Mapping[str, Reason]
    numbers: Numbers
    support: Phrases
    conditions: frozenset[str]
    sections: tuple[Section, ...]


def languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.stem for path in (HERE / "words").glob("*.yml")))


@cache
def lists(lang: str) -> Lists | None:
    """The lists of a language such as `en` or `de-CH`; None where there are none."""
    name = lang.replace("_", "-").partition("-")[0].lower()
    if name not in languages():
        return None
    raw = _load(HERE / "words" / f"{name}.yml")
    pronouns = {one: raw[one] for one in ("reader", "writer")}
    return Lists(
        lang=name,
        sentence=float(raw["sentence"]),
        scale=raw["grade"]["scale"],
        grade=float(raw["grade"]["most"]),
        reader=frozenset(pronouns["reader"]["words"]),
        reader_capital=frozenset(pronouns["reader"].get("capital", ())),
        writer=frozenset(pronouns["writer"]["words"]),
        abbreviations=frozenset(word.casefold() for word in raw["abbreviations"]),
        ordinal_dot="ordinal_dot" in raw,
        pitch=_grouped(raw["pitch"]),
        begging=_grouped(raw["begging"]),
        reasons={key: Reason(**value) for key, value in _load(HERE / "reasons.yml").items()},
        numbers=_numbers(raw["numbers"]),
        support=phrases((word, "support") for row in raw["support"] for word in row.split(", ")),
        conditions=frozenset(raw["conditions"]),
        sections=tuple(_section(one) for one in raw["sections"]),
    )


@cache
def headed(lang: str, heading: str) -> frozenset[str]:
    """The keys of the outline's sections that a heading may be of."""
    known = lists(lang)
    return (
        frozenset(one.key for one in known.sections if holds(heading, one.heading))
        if known and heading
        else frozenset()
    )


def _grouped(entries: list[Any]) -> Phrases:
    def named() -> Iterator[tuple[str, str]]:
        for entry in entries:
            yield from ((words, entry["why"]) for words in entry["say"])
            yield from ((words, "") for words in entry.get("but", ()))

    return phrases(named())


def _numbers(raw: Any) -> Numbers:
    some = {key: tuple(raw[key]) for key in ("percent", "money", "times", "than", "of")}
    units = phrases((word, "unit") for word in raw["units"])
    but = phrases((word, "but") for word in raw.get("but", ()))
    values = {word: int(value) for word, value in raw["words"].items()}
    references = frozenset(word.casefold() for word in raw.get("references", ()))
    return Numbers(**some, words=values, units=units, but=but, references=references)


def _section(raw: Any) -> Section:
    heading, table = (phrases((word, raw["key"]) for word in raw.get(one, ())) for one in ("heading", "table"))
    return Section(raw["key"], raw["name"], heading, table)


def _load(path: Path) -> Any:
    import yaml

    # Every word as it stands: `no` is a word here, and no truth value.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
