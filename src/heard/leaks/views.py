"""The ways to read a piece: as it is, decoded, without its tags, and every text that is hidden within it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from heard.leaks import binary, decode, markup
from heard.leaks.normal import BREAK
from heard.leaks.secret import Form, Piece

DEPTH = 3
"""So often are texts within texts looked into: base64 of JSON with base64 in it."""

ESCAPED = "escaped characters"
SIGNS = "signs for letters"

_LINE_BREAKS = ("-\n", "-\r\n", "- \n", "\u2010\n", "\u00ad\n", "\u00ad\r\n", "=\n", "=\r\n")
_BROKEN = re.compile(r"[-\u2010\u00ad=](?<=[^\W\d_].)[ \t]{0,4}\r?\n[ \t]{0,40}([^\W\d_]{1,40})")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*·|,/+\u00a0\u2002-\u200a\u202f][^\W_](?![^\W_])){3,}")
_GAPS = " .-_*·|,/+\u00a0"
_LETTERS_AND_GAPS = "".join("a" if chr(c).isalnum() else " " if chr(c) in _GAPS else "." for c in range(256)).encode()
_NO_LETTERS = re.compile(r"[\W_]+")
_SIGN = re.compile(r"[@$!€|]")
_SIGN_LETTERS = str.maketrans("@$!€|", "asiel")
_AROUND = 60
_TAG_LETTERS_SEEN = "\U000e0020".encode()[:2]
"""How they begin in UTF-8: a search for bytes, which costs next to nothing."""

_TAG_LETTERS = {code: chr(code - 0xE0000) for code in range(0xE0020, 0xE007F)}


@dataclass(frozen=True, slots=True)
class View:
    """A text as it is read, and how lines of the piece are found again.

    `whole` is to be searched for everything that is squeezed, `words` for single words and near spellings.
    `lines` holds the line of each of the texts that were joined; empty where the text has the piece's own lines. With
    `source` the line of a part is that of its first place there.
    """

    text: str
    form: Form
    how: str = ""
    whole: bool = True
    words: bool = True
    lines: tuple[int, ...] = ()
    source: str = ""

    def lines_of(self, text: str, places: Sequence[int]) -> Iterator[int]:
        """The lines of places, in order, in `text`, which is the view's own with other letters; 0 for unknown ones."""
        separator = BREAK if self.lines or self.source else "\n"
        parts = self.text.split(BREAK) if self.source and places else []
        before = last = 0
        for place in places:
            before += text.count(separator, last, place)
            last = place
            yield self._line_of_part(parts[before]) if self.source else self.outer_line(before)

    def _line_of_part(self, part: str) -> int:
        at = self.source.find(part)
        return self.outer_line(self.source.count(BREAK if self.lines else "\n", 0, at)) if at >= 0 else 0

    def outer_line(self, before: int) -> int:
        """The line of the piece, after so many line ends or joints of the view."""
        if not self.lines:
            return before + 1
        return self.lines[before] if before < len(self.lines) else 0


def views(piece: Piece) -> Iterator[View]:
    """Every way to read a piece, the plainest first."""
    text = piece.text.replace(BREAK, "") if BREAK in piece.text else piece.text
    yield from _views(View(text, piece.form), DEPTH)


def _views(view: View, depth: int) -> Iterator[View]:
    text = view.text
    inner = decode.unescaped(text)
    read = view if inner == text else replace(view, text=inner, how=view.how or ESCAPED)
    # Undoing escapes may spoil a name (`C:\\new`), but entities alone never do.
    if inner != text and ("\\" in text or "%" in text):
        yield replace(view, words=False)
    yield from _read(read)
    signs = (match.span() for match in _SIGN.finditer(inner) if _in_word(inner, match.start()))
    yield from _joined(read, _around(inner, signs, _with_letters), SIGNS, words=False)
    if depth:
        for seen, change in ((decode.css_escapes, decode.css), (decode.mail_escapes, decode.quoted_printable)):
            for other in _joined(view, _around(text, seen(text), change), ESCAPED):
                yield from _views(other, min(depth - 1, 1))
        yield from _hidden(read, depth)


def _read(view: View) -> Iterator[View]:
    """What is read as words, and apart from it what stands in tags and comments."""
    text = view.text
    if view.form not in (Form.MARKUP, Form.DATA) or ("<" not in text and "](" not in text and "][" not in text):
        yield from _shown(view)
        return
    parts = markup.apart(text, markdown=view.form is Form.DATA)
    yield from _shown(replace(view, text=parts.shown))
    if parts.comments:
        yield replace(view, text=parts.comments)
        yield from _invisible(replace(view, text=parts.comments))
    if parts.tags:
        within = replace(view, text=BREAK.join(parts.tags), source=text)
        yield within
        yield from _invisible(within)


def _shown(view: View) -> Iterator[View]:
    """A text, also with broken and letter-spaced words put together."""
    text = view.text
    if any(some in text for some in _LINE_BREAKS):
        yield replace(view, text=_BROKEN.sub(lambda match: match[1] + "\n", text), whole=False)
        yield replace(view, words=False)
    else:
        yield view
    yield from _joined(view, _letter_spaced(text), "letter-spaced", whole=False)
    yield from _invisible(view)


def _invisible(view: View) -> Iterator[View]:
    """A text in which letters that nothing shows are read."""
    if not view.text.isascii() and _TAG_LETTERS_SEEN in view.text.encode("utf-8", "surrogatepass"):
        yield replace(view, text=view.text.translate(_TAG_LETTERS), how="invisible letters")


def _letter_spaced(text: str) -> Iterator[tuple[int, str]]:
    """The words of which each letter stands by itself, put together."""
    classes = text.encode("latin-1", "replace").translate(_LETTERS_AND_GAPS)
    at = classes.find(b"a a a a")
    while at >= 0:
        run = _SPACED.match(text, at)
        if run:
            yield at, _NO_LETTERS.sub("", run[0])
        at = classes.find(b"a a a a", run.end() if run else at + 1)


def _around(text: str, places: Iterable[tuple[int, int]], change: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    """What stands around these places, with a change: the rest of a long text is none the different for it."""
    first = end = -1
    for start, behind in places:
        if end < 0 or start - _AROUND > end:
            if end >= 0:
                yield first, change(text[first:end])
            first = max(start - _AROUND, 0)
        end = behind + _AROUND
    if end >= 0:
        yield first, change(text[first:end])


def _with_letters(text: str) -> str:
    return text.translate(_SIGN_LETTERS)


def _in_word(text: str, at: int) -> bool:
    """Whether a sign has letters beside it, as one has that stands for a letter."""
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalnum():
        return behind.isalnum() or (text[at] in "@$" and before.isalpha())
    return text[at] in "@$" and behind.isalpha()


def _hidden(view: View, depth: int) -> Iterator[View]:
    """The views of the texts in base64 and the like, joined by how they were written."""
    found: dict[str, list[tuple[int, str]]] = {}
    for at, text, how in binary.texts(view.text):
        found.setdefault(how, []).append((at, text.replace(BREAK, "")))
    for how, some in found.items():
        for inner in _joined(replace(view, form=Form.DATA), some, how):
            yield from _views(inner, depth - 1)


def _joined(
    view: View, some: Iterable[tuple[int, str]], how: str, *, whole: bool = True, words: bool = True
) -> Iterator[View]:
    """One view of all of these texts, which begin at these places of the view; none if there are none."""
    texts: list[str] = []
    lines: list[int] = []
    line = last = 0
    for at, text in sorted(some):
        line += view.text.count(BREAK if view.lines else "\n", last, at)
        last = at
        texts.append(text)
        lines.append(view.outer_line(line))
    if texts:
        yield View(
            BREAK.join(texts), view.form, how if view.how in ("", ESCAPED) else view.how, whole, words, tuple(lines)
        )
