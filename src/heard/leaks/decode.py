"""Undoes escapes: entities, percent, backslashes, CSS, quoted-printable, punycode, UTF-8 read as Latin-1.

Each takes linear time, adds no line ends and takes none away, so that lines can be counted afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5

ROUNDS = 3
"""So often are escapes within escapes undone."""

_FEW = 24
_Instead = Callable[[re.Match[str]], str]

_ENTITY = re.compile(r"&(?:#0{0,20}([0-9]{1,7})|#[xX]0{0,20}([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));?")
_ENTITY_SEEN = re.compile(r"&(?:#[0-9]{1,27}|#[xX][0-9a-fA-F]{1,26}|[A-Za-z][A-Za-z0-9]{1,31});?")
# One percent sign before the alternatives: it is found many times faster than one that begins each of them.
_PERCENT = re.compile(r"%(?:[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*|u[0-9a-fA-F]{4})")
_BACKSLASH = re.compile(
    r"\\(?:u\{0{0,8}([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|([nrtbfv/\"'\\]))"
)
_BACKSLASH_SEEN = re.compile(
    r"\\(?:u\{[0-9a-fA-F]{1,14}\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-3][0-7]{2}|[nrtbfv/\"'\\])"
)
_CSS = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\f]?")
_CSS_SEEN = re.compile(r"\\(?:[0-9a-fA-F]{4,6}|[0-9a-fA-F]{2,3}(?![0-9a-fA-F]))")
_QUOTED = re.compile(r"(?:=[0-9A-Fa-f]{2})+|=[ \t]{0,20}\r?\n")
_QUOTED_SEEN = re.compile(r"=(?:[89A-F][0-9A-F]|[0-7][0-9A-F]=[0-9A-F]{2}|3D|20[A-Za-z]|[ \t]{0,20}\r?\n)")
_PUNYCODE = re.compile(r"(?i)\bxn--([a-z0-9-]{1,59})")
# Two and more characters that bytes of UTF-8 become when they are read as Latin-1 or Windows-1252.
_MOJIBAKE = re.compile(r"[\xc2-\xf4][\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]+")
# The same in UTF-8, as a search for one byte: a look ahead that costs a tenth.
_MOJIBAKE_SEEN = re.compile(rb"\xc3(?:[\x82-\xb4][\xc2\xc3\xc5\xc6\xcb\xe2])")
_SURROGATES = re.compile(r"[\ud800-\udfff]+")
_CLOUDFLARE = re.compile(r"(?:data-cfemail=[\"']?|email-protection#)((?:[0-9a-fA-F]{2}){4,200})")


def unescaped(text: str) -> str:
    """The text with everything undone that can be told from prose; what it says is left as it is."""
    for _ in range(ROUNDS):
        before = text
        if "&" in text:
            text = _replaced(_ENTITY_SEEN, _ENTITY, _entity, text)
        if "%" in text:
            text = _PERCENT.sub(_percent, text)
        if "\\" in text:
            text = _replaced(_BACKSLASH_SEEN, _BACKSLASH, _backslash, text)
            text = _SURROGATES.sub(_joined, text) if _has_surrogates(text) else text
        if not text.isascii() and _MOJIBAKE_SEEN.search(text.encode("utf-8", "surrogatepass")):
            text = _MOJIBAKE.sub(_misread, text)
        if text == before:
            break
    if "xn--" in text or "XN--" in text:
        text = _PUNYCODE.sub(_international, text)
    if "data-cfemail" in text or "email-protection#" in text:
        text = _CLOUDFLARE.sub(_masked_address, text)
    return text


def _has_surrogates(text: str) -> bool:
    # Writing a text out is much faster than searching it, and such halves of letters are rare.
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def css_escapes(text: str) -> Iterator[tuple[int, int]]:
    """Where CSS's escapes may stand (`\\5A ofia`)."""
    return (match.span() for match in _CSS_SEEN.finditer(text)) if "\\" in text else iter(())


def css(text: str) -> str:
    """The text with CSS's escapes undone; they may also be something else, so that nothing else should be left out."""
    return _CSS.sub(lambda match: _character(int(match[1], 16)), text)


def mail_escapes(text: str) -> Iterator[tuple[int, int]]:
    """Where the escapes of mail may stand (`M=C3=BCller`)."""
    return (match.span() for match in _QUOTED_SEEN.finditer(text)) if "=" in text else iter(())


def quoted_printable(text: str) -> str:
    """The text with the escapes of mail undone, wherever they may be some."""
    return _QUOTED.sub(_quoted, text)


def _replaced(seen: re.Pattern[str], pattern: re.Pattern[str], instead: _Instead, text: str) -> str:
    """`pattern.sub`, but much faster where the same few things are found again and again; `seen` has no groups."""
    found = set(seen.findall(text))
    if len(found) > _FEW:
        return pattern.sub(instead, text)
    # The longest first: `&#39` is the beginning of `&#390;`.
    for written in sorted(found, key=len, reverse=True):
        text = text.replace(written, pattern.sub(instead, written))
    return text


def _character(code: int) -> str:
    if code in (10, 13) or not code:
        return " " if code else ""
    return chr(code) if code <= 0x10FFFF else ""


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is None:
        return _character(int(decimal) if decimal else int(hexadecimal, 16))
    # Some names may go without a semicolon; the long ones are told apart by it.
    whole = html5.get(f"{name};") if match[0][-1] == ";" else html5.get(name)
    return match[0] if whole is None else whole.replace("\n", " ")


def _percent(match: re.Match[str]) -> str:
    if match[0][1] == "u":
        return _character(int(match[0][2:], 16))
    return _text(bytes.fromhex(match[0].replace("%", "")))


def _text(some: bytes) -> str:
    try:
        text = some.decode()
    except UnicodeDecodeError:
        text = some.decode("latin-1")
    return text.replace("\r", " ").replace("\n", " ")


def _backslash(match: re.Match[str]) -> str:
    braced, four, eight, two, octal, letter = match.groups()
    if letter:
        return letter if letter in "/\"'\\" else " "
    if octal:
        return _character(int(octal, 8))
    return _character(int(braced or four or eight or two, 16))


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _misread(match: re.Match[str]) -> str:
    some = bytearray()
    for character in match[0]:
        try:
            some += character.encode("latin-1" if character < "\u0100" else "cp1252")
        except UnicodeEncodeError:
            return match[0]
    try:
        return some.decode().replace("\n", " ")
    except UnicodeDecodeError:
        return match[0]


def _quoted(match: re.Match[str]) -> str:
    if match[0][-1] == "\n":
        # The line end stays, to be counted; it is only moved behind the word by those who join broken words.
        return "\n"
    return _text(bytes.fromhex(match[0].replace("=", "")))


def _international(match: re.Match[str]) -> str:
    try:
        return match[1].encode().decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return match[0]


def _masked_address(match: re.Match[str]) -> str:
    some = bytes.fromhex(match[1])
    return f" {_text(bytes(byte ^ some[0] for byte in some[1:]))} "
