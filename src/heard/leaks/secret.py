"""The values of the leak check: what must not be found, what was looked through, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a secret is. `SHOWN` is none: the text of an approved entry, beside which its names may stand."""

    PERSON = "person"
    ACCOUNT = "account"
    ALIAS = "alias"
    DOMAIN = "domain"
    EMAIL = "e-mail address"
    PHONE = "phone number"
    WORDS = "words of a quote"
    NAME_WORD = "single word of a name"
    SHOWN = "approved entry"


class Sureness(StrEnum):
    """How sure a hit is: both stop a build, but only what is surely a secret is called a leak."""

    BLOCK = "block"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that must not become public.

    `id` is what may be shown of it: four or more letters and digits, from which nothing can be read back. `text` is
    the secret as the private side spells it; for `WORDS` six consecutive words, folded, with spaces between.
    `place` is the private file and line that it is known from, to be shown on a terminal only.
    """

    id: str
    kind: Kind
    text: str
    place: str = ""


class Form(StrEnum):
    """How a piece of text is written, which says what has to be decoded."""

    TEXT = "text"
    MARKUP = "markup"
    """HTML, XML, SVG: tags may stand between the letters of a word."""
    DATA = "data"
    """JSON, JavaScript, CSS, CSV, Markdown, PDF strings: escapes and markup may occur in it."""
    NAME = "name"
    """A path, a file's name, a URL: words are lower case and joined by hyphens."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of an artefact; `where` says in words in which part (`page 3`, `XMP`), empty for the file itself."""

    text: str
    form: Form = Form.TEXT
    where: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All the text of an artefact, and in words what of it could not be read: reasons to stop."""

    pieces: tuple[Piece, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A secret that stands in a piece: on which line of it (0 where that is not known), and how it was written.

    `how` is empty for a plain spelling, else says in words what had to be undone (`base64`, `reversed`, `nearly`).
    """

    secret: Secret
    sureness: Sureness
    line: int = 0
    how: str = ""
