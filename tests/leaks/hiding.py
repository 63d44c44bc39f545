"""Ways to hide a text in plain sight: what a name may look like by the time that it is published.

Each is a `Way`: a function from a text to the hidden text, the forms of text that it occurs in, and what it can be
done to (`names` of persons, with long words only, `anything`). Others plant what comes out into files.
"""

from __future__ import annotations

import base64
import codecs
import html
import json
import quopri
import random
import unicodedata
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass

from heard.leaks.secret import Form

EVERYWHERE = (Form.TEXT, Form.MARKUP, Form.DATA)
MARKED = (Form.MARKUP, Form.DATA)
NAMES = "names"
LONG_NAMES = "names with a word of five letters"
ANYTHING = "anything"


@dataclass(frozen=True)
class Way:
    """A way to hide a text: what it is called, what it does, where it occurs, what it can be done to."""

    name: str
    hide: Callable[[str], str]
    forms: tuple[Form, ...] = EVERYWHERE
    of: str = ANYTHING


def _each(text: str, change: Callable[[str], str]) -> str:
    return "".join(change(c) if c.isalnum() else c for c in text)


def _between(text: str, what: str) -> str:
    """Something between all letters of each word."""
    return " ".join(what.join(word) for word in text.split(" "))


def _mid(text: str, what: str, behind: str = "") -> str:
    """Something in the middle of each word, and something behind the word."""
    words = [f"{w[: len(w) // 2]}{what}{w[len(w) // 2 :]}{behind}" if len(w) > 1 else w for w in text.split(" ")]
    return " ".join(words)


def _wrap(text: str, before: str, behind: str) -> str:
    """Tags around the second half of each word."""
    words = [f"{w[: len(w) // 2]}{before}{w[len(w) // 2 :]}{behind}" if len(w) > 1 else w for w in text.split(" ")]
    return " ".join(words)


def _mapped(plain: str, other: str) -> Callable[[str], str]:
    table = str.maketrans(dict(zip(plain, other, strict=True)))
    return lambda text: _ascii(text).translate(table)


def _ascii(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.translate(str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "đ": "d"}))


def _alphabet(upper: int, lower: int, digits: int = 0) -> Callable[[str], str]:
    """Letters of one of Unicode's other alphabets, from the places of its A, a and 0."""

    def change(c: str) -> str:
        if "A" <= c <= "Z":
            return chr(upper + ord(c) - 65)
        if "a" <= c <= "z":
            return chr(lower + ord(c) - 97)
        return chr(digits + ord(c) - 48) if digits and "0" <= c <= "9" else c

    return lambda text: "".join(map(change, _ascii(text)))


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe", "å": "aa"}
)
_UNDONE = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss", "æ": "ae"})
_CYRILLIC = ("aceopxyABCEHKMOPTXsijh", "асеорхуАВСЕНКМОРТХѕіјһ")
_GREEK = ("oABEHIKMNOPTXYZv", "οΑΒΕΗΙΚΜΝΟΡΤΧΥΖν")
_SMALL_CAPITALS = ("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀsᴛᴜᴠᴡʏᴢ")


def _surname_first(text: str) -> str:
    first, *last = text.split(" ")
    return f"{' '.join(last)} {first}"


def _initial(text: str) -> str:
    first, *last = text.split(" ")
    return f"{first[0]}. {' '.join(last)}"


def _b64(text: str, before: bytes = b"", behind: bytes = b"") -> str:
    return base64.b64encode(before + text.encode() + behind).decode()


def _wrapped(text: str) -> str:
    whole = base64.b64encode(
        ("All of this was said, and more than that, by " + text + " on the telephone.").encode()
    ).decode()
    return "\n".join(whole[at : at + 64] for at in range(0, len(whole), 64))


def _js(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _masked(text: str) -> str:
    return (
        f'<a href="/cdn-cgi/l/email-protection" data-cfemail="5a{"".join(f"{b ^ 0x5A:02x}" for b in text.encode())}">'
    )


def _latin(text: str) -> bytes:
    return text.encode("latin-1", "ignore") if all(ord(c) < 256 for c in text) else text.encode()


def _typo(text: str) -> str:
    """Two neighbouring letters changed for each other in the longest word."""
    words = text.split(" ")
    at = max(range(len(words)), key=lambda n: len(words[n]))
    w = words[at]
    m = len(w) // 2
    words[at] = w[:m] + w[m + 1] + w[m] + w[m + 2 :] if w[m] != w[m + 1] else w[:m] + w[m + 1 :]
    return " ".join(words)


def _dropped(text: str) -> str:
    words = text.split(" ")
    at = max(range(len(words)), key=lambda n: len(words[n]))
    words[at] = words[at][: len(words[at]) // 2] + words[at][len(words[at]) // 2 + 1 :]
    return " ".join(words)


def _doubled(text: str) -> str:
    words = text.split(" ")
    at = max(range(len(words)), key=lambda n: len(words[n]))
    m = len(words[at]) // 2
    words[at] = words[at][:m] + words[at][m] + words[at][m:]
    return " ".join(words)


def _windows(text: str) -> str:
    return "".join(
        bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in text.encode()
    )


def _zalgo(text: str) -> str:
    chance = random.Random(1)
    return _each(text, lambda c: c + "".join(chr(chance.randint(0x300, 0x36F)) for _ in range(3)))


WAYS: tuple[Way, ...] = (
    # Case and spacing
    Way("as it is", lambda t: t),
    Way("capitals", str.upper),
    Way("small letters", str.lower),
    Way("swapped case", str.swapcase),
    Way("title case", str.title),
    Way("no spaces", lambda t: t.replace(" ", "")),
    Way("camel case", lambda t: "".join(w[:1].upper() + w[1:].lower() for w in t.split(" "))),
    Way("no-break spaces", lambda t: t.replace(" ", "\u00a0")),
    Way("thin spaces", lambda t: t.replace(" ", "\u2009")),
    Way("ideographic spaces", lambda t: t.replace(" ", "\u3000")),
    Way("tabs", lambda t: t.replace(" ", "\t")),
    Way("many spaces", lambda t: t.replace(" ", "     ")),
    Way("line breaks", lambda t: t.replace(" ", "\n")),
    Way("windows line breaks", lambda t: t.replace(" ", "\r\n    ")),
    Way("line separators", lambda t: t.replace(" ", "\u2028")),
    Way("hyphenated at the line's end", lambda t: _mid(t, "-\n")),
    Way("hyphenated with a soft line end", lambda t: _mid(t, "\u2010\n  ")),
    Way("slug", lambda t: t.lower().replace(" ", "-"), (*EVERYWHERE, Form.NAME)),
    Way("snake case", lambda t: t.lower().replace(" ", "_"), (*EVERYWHERE, Form.NAME)),
    Way("dotted", lambda t: t.replace(" ", "."), (*EVERYWHERE, Form.NAME)),
    Way("slashes", lambda t: t.replace(" ", "/"), (*EVERYWHERE, Form.NAME)),
    Way("file name", lambda t: f"papers/{_ascii(t).lower().replace(' ', '-')}.pdf", (Form.NAME, Form.TEXT, Form.DATA)),
    Way("letter-spaced", lambda t: " ".join(t)),
    Way("letter-spaced with two spaces", lambda t: "  ".join(" ".join(w) for w in t.split(" "))),
    Way("letter-spaced with hyphens", lambda t: _between(t, "-")),
    Way("letter-spaced with dots", lambda t: _between(t, ".")),
    Way("letter-spaced with stars", lambda t: _between(t, "*")),
    Way("letter-spaced with thin spaces", lambda t: _between(t, "\u200a")),
    Way("a letter a line", "\n".join),
    Way("asterisks within", lambda t: _wrap(t, "*", "*")),
    Way("emphasis", lambda t: _wrap(t, "**", "**")),
    Way("underlined", lambda t: f"__{t}__"),
    # Marks and invisible characters
    Way("decomposed", lambda t: unicodedata.normalize("NFD", t)),
    Way("diacritics dropped", lambda t: _ascii(t).translate(_UNDONE)),
    Way("umlauts as two letters", lambda t: t.translate(_UMLAUTS)),
    Way("soft hyphens", lambda t: _between(t, "\u00ad")),
    Way("one soft hyphen", lambda t: _mid(t, "\u00ad")),
    Way("zero-width spaces", lambda t: _between(t, "\u200b")),
    Way("zero-width joiners", lambda t: _between(t, "\u200d")),
    Way("zero-width non-joiners", lambda t: _mid(t, "\u200c")),
    Way("word joiners", lambda t: _mid(t, "\u2060")),
    Way("byte order marks", lambda t: _mid(t, "\ufeff")),
    Way("direction marks", lambda t: f"\u202a{_mid(t, chr(0x200E))}\u202c"),
    Way("isolates", lambda t: f"\u2068{t}\u2069"),
    Way("invisible operators", lambda t: _mid(t, "\u2063")),
    Way("Mongolian vowel separators", lambda t: _mid(t, "\u180e")),
    Way("variation selectors", lambda t: _between(t, "\ufe0f")),
    Way("grapheme joiners", lambda t: _between(t, "\u034f")),
    Way("Hangul fillers", lambda t: _mid(t, "\u3164")),
    Way("strike-through", lambda t: _each(t, lambda c: c + "\u0336")),
    Way("marks piled up", _zalgo),
    Way("control characters", lambda t: _mid(t, "\x08")),
    Way("NULs", lambda t: _mid(t, "\x00")),
    Way("replacement characters", lambda t: _mid(t, "\ufffd")),
    Way("tag letters", lambda t: "".join(chr(0xE0000 + ord(c)) for c in _ascii(t))),
    # Look-alikes
    Way("Cyrillic", _mapped(*_CYRILLIC)),
    Way("Greek", _mapped(*_GREEK)),
    Way("small capitals", lambda t: _mapped(*_SMALL_CAPITALS)(t.lower())),
    Way("fullwidth", _alphabet(0xFF21, 0xFF41, 0xFF10)),
    Way("mathematical bold", _alphabet(0x1D400, 0x1D41A, 0x1D7CE)),
    Way("mathematical sans-serif", _alphabet(0x1D5A0, 0x1D5BA)),
    Way("mathematical script", _alphabet(0x1D4D0, 0x1D4EA)),
    Way("mathematical fraktur", _alphabet(0x1D56C, 0x1D586)),
    Way("monospace", _alphabet(0x1D670, 0x1D68A)),
    Way("circled", _alphabet(0x24B6, 0x24D0)),
    Way("squared", lambda t: _alphabet(0x1F130, 0x1F130)(t.upper())),
    Way("negative squared", lambda t: _alphabet(0x1F170, 0x1F170)(t.upper())),
    Way("regional indicators", lambda t: _alphabet(0x1F1E6, 0x1F1E6)(t.upper())),
    Way("in brackets", _alphabet(0x1F110, 0x249C)),
    Way("ligatures", lambda t: t.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ").replace("st", "ﬆ")),
    Way("long s", lambda t: t.replace("s", "ſ")),
    Way("dotless i", lambda t: t.replace("i", "ı")),
    Way("leet", _mapped("aeiosAEIOS", "4310543105")),
    Way("leet in part", _mapped("oO", "00")),
    Way("signs for letters", _mapped("asAS", "@$@$")),
    Way("capital I for l", lambda t: t.replace("l", "I")),
    # Names only
    Way("surname first", _surname_first, of=NAMES),
    Way("surname first with a comma", lambda t: ", ".join(reversed(t.split(" ", 1))), of=NAMES),
    Way("initial", _initial, of=NAMES),
    Way("initial behind", lambda t: f"{t.split(' ', 1)[1]}, {t[0]}.", of=NAMES),
    Way("middle initial", lambda t: f"{t.split(' ', 1)[0]} M. {t.split(' ', 1)[1]}", of=NAMES),
    Way("title before", lambda t: f"Dr. {t}"),
    Way("possessive", lambda t: f"{t}'s"),
    Way("typographic possessive", lambda t: f"{t}’s"),
    Way("genitive", lambda t: f"{t}s", of=NAMES),
    Way("inflected", lambda t: f"{t}em", of=LONG_NAMES),
    Way("letters changed for each other", _typo, of=LONG_NAMES),
    Way("letter dropped", _dropped, of=LONG_NAMES),
    Way("letter doubled", _doubled, of=LONG_NAMES),
    # Entities and escapes
    Way("decimal entities", lambda t: "".join(f"&#{ord(c)};" for c in t), MARKED),
    Way("hexadecimal entities", lambda t: "".join(f"&#x{ord(c):X};" for c in t), MARKED),
    Way("entities with zeros", lambda t: "".join(f"&#{ord(c):07d};" for c in t), MARKED),
    Way("entities without semicolons", lambda t: "".join(f"&#{ord(c)}" for c in t), MARKED),
    Way(
        "named entities",
        lambda t: html.escape(t).replace("ü", "&uuml;").replace("ö", "&ouml;").replace(" ", "&nbsp;"),
        MARKED,
    ),
    Way("double entities", lambda t: "".join(f"&amp;#{ord(c)};" for c in t), MARKED),
    Way("threefold entities", lambda t: "".join(f"&amp;amp;#{ord(c)};" for c in t), MARKED),
    Way("soft hyphen entities", lambda t: _mid(t, "&shy;"), MARKED),
    Way("zero-width entities", lambda t: _mid(t, "&ZeroWidthSpace;"), MARKED),
    Way("percent", lambda t: urllib.parse.quote(t), (*EVERYWHERE, Form.NAME)),
    Way("all percent", lambda t: "".join(f"%{b:02X}" for b in t.encode()), (*EVERYWHERE, Form.NAME)),
    Way(
        "double percent",
        lambda t: urllib.parse.quote("".join(f"%{b:02x}" for b in t.encode())),
        (*EVERYWHERE, Form.NAME),
    ),
    Way("percent of Latin-1", lambda t: "".join(f"%{b:02x}" for b in _latin(t)), (*EVERYWHERE, Form.NAME)),
    Way("percent u", lambda t: "".join(f"%u{ord(c):04x}" for c in t)),
    Way("plus for spaces", lambda t: urllib.parse.quote_plus(t), (*EVERYWHERE, Form.NAME)),
    Way("JSON", json.dumps),
    Way("JSON in JSON", lambda t: json.dumps(json.dumps({"name": t}))),
    Way("JavaScript escapes", _js),
    Way("JavaScript braces", lambda t: "".join(f"\\u{{{ord(c):x}}}" for c in t)),
    Way("x escapes", lambda t: "".join(f"\\x{b:02x}" for b in t.encode())),
    Way("octal", lambda t: "".join(f"\\{b:03o}" for b in _latin(t))),
    Way("octal of UTF-8", lambda t: "".join(chr(b) if b < 128 else f"\\{b:03o}" for b in t.encode())),
    Way("Python escapes", lambda t: "".join(f"\\U{ord(c):08x}" for c in t)),
    Way("CSS escapes", lambda t: '"' + "".join(f"\\{ord(c):06x}" for c in t) + '"'),
    Way("CSS escapes with spaces", lambda t: "".join(f"\\{ord(c):x} " for c in t)),
    Way("CSS content", lambda t: f'.a::after{{content:"{t}"}}'),
    Way("quoted-printable", lambda t: quopri.encodestring(t.encode(), quotetabs=True).decode()),
    Way("all quoted-printable", lambda t: "".join(f"={b:02X}" for b in t.encode())),
    Way("quoted-printable line ends", lambda t: _mid(t, "=\n")),
    Way("mojibake", lambda t: t.encode().decode("latin-1")),
    Way("mojibake of Windows", _windows),
    Way("double mojibake", lambda t: t.encode().decode("latin-1").encode().decode("latin-1")),
    Way("string joined in a script", lambda t: _mid(t, '" + "')),
    Way("character codes", lambda t: f"String.fromCharCode({', '.join(str(b) for b in t.encode())})"),
    # Markup
    Way("bold within", lambda t: _wrap(t, "<b>", "</b>"), MARKED),
    Way("spans", lambda t: _each(t, lambda c: f'<span class="c">{c}</span>'), MARKED),
    Way("nested tags", lambda t: _wrap(t, '<span style="a"><i>', "</i></span>"), MARKED),
    Way("tag with a bracket in its value", lambda t: _wrap(t, '<b title="a > b">', "</b>"), MARKED),
    Way("comments", lambda t: _mid(t, "<!-- no -->"), MARKED),
    Way("comments with tags in them", lambda t: _mid(t, "<!-- <b> > -->"), MARKED),
    Way("within a comment", lambda t: f"<!-- {t} -->", MARKED),
    Way("tags within a comment", lambda t: f"<!-- {_wrap(t, '<b>', '</b>')} -->", MARKED),
    Way("wbr", lambda t: _mid(t, "<wbr>"), MARKED),
    Way("empty tags", lambda t: _mid(t, "<i></i>"), MARKED),
    Way("CDATA", lambda t: f"<![CDATA[{t}]]>", MARKED),
    Way("split CDATA", lambda t: _wrap(t, "<![CDATA[", "]]>"), MARKED),
    Way("processing instructions", lambda t: _mid(t, "<?x y?>"), MARKED),
    Way("data attribute", lambda t: f'<p data-who="{t}">x</p>', MARKED),
    Way("alternative text", lambda t: f"<img src=a.png alt='{t}'>", MARKED),
    Way("attribute with entities", lambda t: f'<p title="{"".join(f"&#{ord(c)};" for c in t)}">x</p>', MARKED),
    Way("link", lambda t: f'<a href="/x/?q={urllib.parse.quote(t)}">x</a>', MARKED),
    Way("script", lambda t: f"<script>var a = {json.dumps(t)};</script>", MARKED),
    Way("JSON-LD", lambda t: f'<script type="application/ld+json">{json.dumps({"name": t})}</script>', MARKED),
    Way("tspan", lambda t: "<svg><text>" + _wrap(t, '<tspan x="3">', "</tspan>") + "</text></svg>", MARKED),
    Way("escaped tags", lambda t: html.escape(_wrap(t, "<b>", "</b>")), MARKED),
    Way("escaped tags in JSON", lambda t: json.dumps(_wrap(t, "<b>", "</b>")).replace("<", "\\u003c"), MARKED),
    Way(
        "split Markdown links",
        lambda t: " ".join(f"[{w[:2]}](https://a.example)[{w[2:]}](b)" for w in t.split(" ")),
        (Form.DATA,),
    ),
    Way(
        "Markdown links side by side",
        lambda t: " ".join(f"[{w}](https://a.example/{n})" for n, w in enumerate(t.split(" "))),
        (Form.DATA,),
    ),
    # Whole other alphabets
    Way("base64", _b64),
    Way("base64, one byte in", lambda t: _b64(t, b"x")),
    Way("base64, two bytes in", lambda t: _b64(t, b"xy ")[1:]),
    Way("base64, three bytes in", lambda t: _b64(t, b"Who: ", b" said so")),
    Way("urlsafe base64", lambda t: base64.urlsafe_b64encode(f"?>{t}?>?>".encode()).decode().rstrip("=")),
    Way("base64 in lines", _wrapped),
    Way("base64 of base64", lambda t: _b64(_b64(t, b"So: "))),
    Way("base64 of JSON", lambda t: _b64(json.dumps({"who": t}))),
    Way("base64 of UTF-16", lambda t: base64.b64encode(t.encode("utf-16")).decode()),
    Way("data URI", lambda t: f"data:text/plain;base64,{_b64(t)}"),
    Way("data URI with percent", lambda t: f"data:text/plain,{''.join(f'%{b:02x}' for b in t.encode())}"),
    Way("base64 among bytes", lambda t: _b64(t, bytes(range(128, 160)) + b"  ", bytes(range(160, 190)))),
    Way("hexadecimal", lambda t: t.encode().hex()),
    Way("hexadecimal capitals", lambda t: f"0x{t.encode().hex().upper()}"),
    Way("hexadecimal with spaces", lambda t: t.encode().hex(" ")),
    Way("hexadecimal list", lambda t: ", ".join(f"0x{b:02x}" for b in t.encode())),
    Way("PDF hexadecimal string", lambda t: f"<{_latin(t).hex()}>"),
    Way("PDF UTF-16 string", lambda t: f"<FEFF{t.encode('utf-16-be').hex().upper()}>"),
    Way("UTF-16 read as bytes", lambda t: t.encode("utf-16-le").decode("latin-1")),
    Way("big-endian UTF-16 read as bytes", lambda t: t.encode("utf-16-be").decode("latin-1")),
    Way("ROT13", lambda t: codecs.encode(_ascii(t), "rot13")),
    Way("reversed", lambda t: t[::-1]),
    Way("masked address", _masked, (Form.MARKUP,)),
)

# For addresses and domains.
ADDRESS_WAYS: tuple[Way, ...] = (
    Way("at and dot", lambda t: t.replace("@", " at ").replace(".", " dot ")),
    Way("at in brackets", lambda t: t.replace("@", " [at] ").replace(".", "[dot]")),
    Way("at in parentheses", lambda t: t.replace("@", "(at)").replace(".", "(dot)")),
    Way("only the host's dots spelt", lambda t: t[: t.find("@") + 1] + t[t.find("@") + 1 :].replace(".", " dot ")),
    Way("mailto", lambda t: f'<a href="mailto:{urllib.parse.quote(t)}?subject=Hi">', (Form.MARKUP,)),
    Way("link to it", lambda t: f"https://www.{t.rpartition('@')[2]}/about?from={urllib.parse.quote(t)}"),
    Way("German", lambda t: t.replace("@", " at ").replace(".", " Punkt ")),
    Way("capitals", str.upper),
    Way("entities", lambda t: "".join(f"&#{ord(c)};" for c in t), MARKED),
    Way("masked", _masked, (Form.MARKUP,)),
    Way("base64", lambda t: _b64(t, b"To: ")),
    Way("percent", lambda t: "".join(f"%{b:02X}" for b in t.encode())),
    Way("soft hyphens", lambda t: _mid(t, "\u00ad")),
    Way("split", lambda t: _wrap(t, "<span>", "</span>"), MARKED),
    Way("JavaScript escapes", _js),
    Way("reversed", lambda t: t[::-1]),
    Way("fullwidth", _alphabet(0xFF21, 0xFF41, 0xFF10)),
)

PHONE_WAYS: tuple[Way, ...] = (
    Way("as it is", lambda t: t),
    Way("national", lambda t: "0" + t.split(" ", 1)[1]),
    Way("zeros abroad", lambda t: "00" + t[1:]),
    Way("no spaces", lambda t: t.replace(" ", "")),
    Way("slashes", lambda t: ("0" + t.split(" ", 1)[1]).replace(" ", "/", 1)),
    Way("hyphens", lambda t: t.replace(" ", "-")),
    Way("dots", lambda t: t.replace(" ", ".")),
    Way("trunk zero", lambda t: t.replace(" ", " (0)", 1)),
    Way("brackets", lambda t: f"(0{t.split(' ')[1]}) {' '.join(t.split(' ')[2:])}"),
    Way("link", lambda t: f'<a href="tel:{t.replace(" ", "")}">', (Form.MARKUP,)),
    Way("fullwidth", _alphabet(0xFF21, 0xFF41, 0xFF10)),
    Way("no-break spaces", lambda t: t.replace(" ", "\u00a0")),
    Way("entities", lambda t: "".join(f"&#{ord(c)};" for c in t), MARKED),
    Way("tags", lambda t: t.replace(" ", "</span> <span>"), MARKED),
)
