"""What people call our keys: in the headers of their notes, and in the columns of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from heard.base.text import squeeze

NOTE_KEYS = ("account", "person", "role", "industry", "date", "source", "quotable")
"""What a header of a note may say."""

TABLE_KEYS = ("quote", "notes", "problem", *NOTE_KEYS, "tags")
"""What a column of a table may hold. `notes` is a text that quotes are looked for in."""

OFF_RECORD = re.compile(
    r"(?<!\w)(?:#(?:off-?(?:the-?)?record|confidential|vertraulich|private|nda|do-?not-?quote)(?![\w-])"
    r"|off the record)",
    re.IGNORECASE,
)
"""What says within somebody's words, or beside them, that they are not to be repeated."""

IGNORED = "ignore"
"""Stands in a map for a key that is none of ours."""

NEVER_ASKED = frozenset(
    [
        "tags",
        "tag",
        "aliases",
        "alias",
        "cssclasses",
        "cssclass",
        "title",
        "id",
        "uuid",
        "status",
        "type",
        "kind",
        "next",
        "topic",
        "location",
        "publish",
        "modified",
        "updated",
        "template",
        "banner",
        "cover",
        "parent",
        "up",
        "related",
        "links",
        "url",
        "rating",
        "mood",
        "weather",
        "project",
        "area",
        "category",
        "stage",
        "value",
        "amount",
        "owner",
        "archived",
        "createdby",
        "lang",
    ]
)
"""Squeezed keys of notes that are the person's own for certain."""

_SPELLINGS: Mapping[str, str] = {
    "account": (
        "account|company|client|customer|organisation|organization|org|firm|business|prospect|employer|"
        "account name|company name|associated company|client name|customer name|organization name|"
        "related to|firma|kunde|kundin|unternehmen|betrieb|klant|bedrijf|entreprise|société|client(e)|"
        "empresa|cliente|azienda|kund|klient|företag|company/account"
    ),
    "person": (
        "person|with|contact|attendees|participants|people|who|contact name|contact person|full name|"
        "speaker|said by|interviewee|respondent|caller|present|attendee|participant|associated contact|"
        "sender|from|reviewer|ansprechpartner|ansprechpartnerin|gesprächspartner|gesprächspartnerin|"
        "teilnehmer|kontakt|wer|mit|contactpersoon|persona|contacto|contatto|deltagare|first name|name"
    ),
    "role": ("role|job title|position|job|function|rolle|funktion|functie|rôle|cargo|jobtitle|title of contact"),
    "industry": "industry|sector|vertical|segment|branche|market|bransch|settore",
    "date": (
        "date|when|day|activity date|call date|meeting date|date of call|timestamp|created|created at|"
        "create date|created date|creation date|start time|started at|recorded|datum|wann|tag|fecha|data|"
        "activitydate|createddate|hs_timestamp|activity created|marked as done time|due date|"
        "last modified date"
    ),
    "source": "source|channel|type|kind|activity type|medium|quelle|kanal|art|bron|call type",
    "quotable": "quotable|may quote|may we quote|permission to quote|zitierbar",
    "quote": (
        "quote|verbatim|said|their words|words|text|utterance|feedback|comment|comments|message|review|"
        "response|answer|customer said|what they said|zitat|aussage|kommentar|rückmeldung|citaat|"
        "opmerking|citation|commentaire|cita"
    ),
    "notes": (
        "notes|note|call notes|meeting notes|note body|description|body|content|summary|details|"
        "full comments|task/notes|hs_call_body|hs_note_body|hs_email_text|call summary|notizen|notiz|"
        "beschreibung|bemerkung|bemerkungen|notities|subject|title|activity subject"
    ),
    "problem": (
        "problem|problems|category|pain point|pain|issue|theme|topic|intent|label|challenge|reason|"
        "lost reason|closed lost reason|kategorie|thema|probleem|categorie|problème|catégorie"
    ),
    "tags": "tags|tag|labels|keywords|schlagworte",
}
_NOT_IN_NOTES = frozenset(("name", "from", "title", "tag", "reason", "job", "function", "market"))
"""Words that mean something else in a note's header than in a table."""

_MEANS = {
    ours: {squeeze(word): rank for rank, word in enumerate(spellings.split("|"))}
    for ours, spellings in _SPELLINGS.items()
}


def guess_note_key(name: str) -> str:
    """Which of our keys a key of a note's header means; empty where nobody could tell."""
    key = squeeze(name)
    if key in _NOT_IN_NOTES:
        return ""
    return next((ours for ours in NOTE_KEYS if key in _MEANS[ours]), "")


def guess_columns(columns: Sequence[str], rows: Iterable[Sequence[str]] = ()) -> dict[str, str]:
    """For each of our keys the column that most likely holds it. A column is taken once.

    `rows` are some of the table's, so that an empty column, or one of bare codes, is no text.
    """
    sample = list(rows)
    taken: dict[str, str] = {}
    for ours in TABLE_KEYS:
        ranked = sorted(
            (_MEANS[ours][squeeze(name)], at)
            for at, name in enumerate(columns)
            if squeeze(name) in _MEANS[ours] and name not in taken.values()
        )
        fitting = [columns[at] for _, at in ranked if _fits(ours, [row[at] for row in sample if at < len(row)])]
        if fitting and not (ours == "notes" and "quote" in taken):
            taken[ours] = fitting[0]
    return taken


def _fits(ours: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    if not cells:
        return True
    if not filled:
        return False
    if ours in ("quote", "notes"):
        return sum(len(cell.split()) for cell in filled) / len(filled) >= 3
    if ours in ("account", "person", "role", "problem"):
        # Ids and long texts are no names.
        return all(len(cell) < 200 for cell in filled) and any(not cell[:1].isdigit() for cell in filled)
    return True
