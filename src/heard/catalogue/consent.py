"""Reads a consent: what somebody allowed, and whether what they saw and signed is what would be published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from heard.base.fields import Fields
from heard.base.text import did_you_mean, shortened
from heard.values import SCOPES, Consent, Level, Outcome, Severity

Signed = Callable[[str], str]
"""The SHA-256 of a signed answer's file by its name, empty where there is no such file."""


def signed_in(folder: Path) -> Signed:
    """Looks up the signed answers that lie in a folder; a name that leads out of it names no file."""
    inside = folder.resolve()

    def digest(name: str) -> str:
        path = (folder / name).resolve()
        try:
            return hash_of(path.read_bytes()) if path.is_relative_to(inside) and path != inside else ""
        except (OSError, ValueError):
            return ""

    return digest


def hash_of(content: bytes) -> str:
    """The hash that `sha256:` holds."""
    return hashlib.sha256(content).hexdigest()


def read_consent(fields: Fields | None, words: str, outcome: Outcome | None, signed: Signed | None) -> Consent:
    """The consent of a header; what makes it doubtful is a finding, and keeps the proof from being approved.

    Without `signed` (a text that lies in no folder) the signed answer is not looked for.
    """
    if fields is None:
        return Consent()
    found = Consent(
        level=fields.choice("level", Level, Level.NONE),
        granted=fields.date("granted"),
        expires=fields.date("expires"),
        withdrawn=fields.date("withdrawn"),
        shown=fields.text("shown"),
        signed=fields.text("signed"),
        sha256=fields.text("sha256").lower(),
        scope=fields.texts("scope"),
    )
    fields.close()
    wrong = _scope(fields, found) or _shown(fields, found, words, outcome)
    if signed is not None:
        wrong = _signed(fields, found, signed) or wrong
    return replace(found, doubt=wrong)


def _scope(fields: Fields, consent: Consent) -> str:
    strange = [word for word in consent.scope if word not in SCOPES]
    if strange:
        hint = did_you_mean(strange[0], SCOPES) or f": write some of {', '.join(SCOPES)}"
        fields.wrong("scope", f"`scope: {strange[0]}` is not known{hint}; until then nothing is shown", "proof/scope")
    return f"`scope: {strange[0]}` is not known" if strange else ""


def _shown(fields: Fields, consent: Consent, words: str, outcome: Outcome | None) -> str:
    """Quotation marks mean exact words: what they saw has to be what is published."""
    if not consent.shown or consent.level is Level.NONE:
        return ""
    seen, told = _plain(consent.shown), outcome.phrase if outcome else ""
    if seen in {_plain(words or told), _plain(f"{words} {told}"), _plain(f"{told} {words}")}:
        return ""
    message = (
        f"`shown:` is not what would be published: “{shortened(consent.shown, 60)}” is not "
        f"“{shortened(words or told, 60)}”. Put the exact words there, or ask again with the new ones"
    )
    fields.wrong("shown", message, "proof/shown-differs")
    return "they saw other words than would be published"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _signed(fields: Fields, consent: Consent, signed: Signed) -> str:
    name = consent.signed
    if not name or consent.level is Level.NONE:
        return ""
    held = signed(name)
    if not held:
        message = f"`signed: {name}`: there is no such file in content/private/proof; `heard proof sign` puts it there"
        fields.wrong("signed", message, "proof/signed-missing")
        return f"the signed answer {name} is missing"
    if not consent.sha256:
        message = f"`sha256:` of {name} is missing, so nobody can tell whether it was changed: `heard proof sign`"
        fields.wrong("signed", message, "proof/signed-unsealed", Severity.WORTH_A_LOOK)
    elif held != consent.sha256:
        message = f"`sha256:` is not that of {name}: the file was changed or replaced after it was signed"
        fields.wrong("sha256", message, "proof/signed-changed")
        return f"the signed answer {name} was changed"
    return ""
