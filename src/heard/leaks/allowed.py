"""content/allowed.yml: what the leak check was told to let pass, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from heard.base.fields import Fields, flag, header
from heard.base.yamlio import scalar
from heard.values import Finding, Place, Severity

HEAD = """\
# What the leak check lets pass, reviewed by a person. This file may be public: never write a name into a reason.
allowed:
"""


@dataclass(frozen=True, slots=True)
class Allowed:
    """One exception: a secret by its id, or a file that cannot be read; `within` is a path or pattern, or nothing."""

    place: Place
    because: str
    secret: str = ""
    file: str = ""
    within: str = ""


def read_allowed(text: str, path: str, findings: list[Finding]) -> tuple[Allowed, ...]:
    """The exceptions of allowed.yml; one without a reason is a finding and allows nothing."""
    fields = header(text, path, findings, line=1)
    if fields is None:
        return ()
    fields.ignore("version")
    found = [_read(inner) for inner in fields.children("allowed")]
    fields.close()
    return tuple(one for one in found if one is not None)


def _read(fields: Fields) -> Allowed | None:
    secret, file = fields.text("secret"), fields.text("file")
    because = fields.text("because")
    place = fields.place("secret" if secret else "file")
    within = fields.text("in")
    if bool(secret) == bool(file):
        fields.wrong("secret", "name either a `secret:` by its id or a `file:`", "allowed/which")
    elif not because:
        fields.wrong("because", "`because:` is missing: say why it may pass, without the name", "allowed/no-reason")
    fields.close()
    return Allowed(place, because, secret, file, within) if because and bool(secret) != bool(file) else None


def lets_pass(allowed: Iterable[Allowed], secret: str, uri: str) -> bool:
    """Whether a secret may stand in a file."""
    return any(one.secret == secret and _within(one.within, uri) for one in allowed)


def lets_unread(allowed: Iterable[Allowed], uri: str) -> bool:
    """Whether a file may be published unread."""
    return any(one.file and _within(one.file, uri) for one in allowed)


def _within(pattern: str, uri: str) -> bool:
    if not pattern or uri == pattern:
        return True
    return uri.startswith(pattern) if pattern.endswith("/") else fnmatchcase(uri, pattern)


def unused(allowed: Sequence[Allowed], known: frozenset[str]) -> tuple[Finding, ...]:
    """Exceptions for what is no secret any more."""
    message = "allows a secret that the private side does not know (any more): delete the entry"
    return tuple(
        flag(one.place.path, one.place.line, message, "allowed/unused", Severity.WORTH_A_LOOK)
        for one in allowed
        if one.secret and one.secret not in known
    )


def with_entry(text: str, secret: str, within: str, because: str) -> str:
    """The file's text with one more exception at its end."""
    text = text.replace("allowed: []", "allowed:")
    before = text if "allowed:" in text else f"{text}{HEAD}"
    before = before if before.endswith("\n") else f"{before}\n"
    where = f"    in: {scalar(within)}\n" if within else ""
    return f"{before}  - secret: {scalar(secret)}\n{where}    because: {scalar(because)}\n"
