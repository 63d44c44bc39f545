"""What a secret is searched by: its letters as they may be written, and what has to hold where they are found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from heard.leaks.normal import keyed
from heard.leaks.secret import Sureness

ANYWHERE = 10
"""Names of so many letters are found in the midst of others, too."""


class Rule(Enum):
    """What has to hold where a pattern is found."""

    ANYWHERE = "anywhere"
    NAME = "begins and ends a word, and is cut where the name's words are"
    INITIALS = "the same, and the initial is a capital"
    ONE_WORD = "is one word"
    DOMAIN = "has dots, and no letter before or behind it"
    PHONE = "is a number of its own"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to write a secret: its letters, the places between its words, and when it counts.

    `common` says that all of its words are everyday ones: then it is sure only where they are capitalised.
    """

    secret: int
    letters: bytes
    joints: frozenset[int] = frozenset()
    rule: Rule = Rule.ANYWHERE
    sureness: Sureness = Sureness.BLOCK
    common: bool = False
    how: str = ""
    family_first: bool = False

    @property
    def key(self) -> bytes:
        """What is searched for."""
        return keyed(self.letters)


@dataclass(frozen=True, slots=True)
class Word:
    """A secret that is one word, looked up among the words of a text.

    `cased` words count in prose only with a capital; `common` ones, moreover, not at the beginning of a sentence and
    not in addresses. `upper` ones count only in capitals.
    """

    secret: int
    letters: bytes
    sureness: Sureness
    cased: bool = True
    common: bool = False
    upper: bool = False
    ends: bool = False
    initial: str = ""
    """The letter that has to stand beside it: `B. Ott`. With `ends`, an ending may follow: `Kowalczyka`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last word of a name, which may each be written nearly like that."""

    secret: int
    first: bytes
    last: bytes
    between: int = 0
    """How many of its words stand between them."""
    family_first: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """All that one secret is searched by."""

    patterns: tuple[Pattern, ...] = ()
    words: tuple[Word, ...] = ()
    pairs: tuple[Pair, ...] = ()
    near: tuple[bytes, ...] = ()
    """One-word companies that are found nearly so spelt, too."""
