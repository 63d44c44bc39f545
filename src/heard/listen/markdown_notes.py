"""Takes a note apart, however its writer writes: what was said, by whom, under which heading, and where.

Nothing is changed or judged here; `proposals` decides what of it may be a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from heard.listen import reported
from heard.listen.habits import OFF_RECORD
from heard.listen.known import Known
from heard.listen.labels import SPEAKER, STAMP, US, speakers
from heard.listen.people import whole_name, without_title
from heard.listen.whereabouts import Where, at_heading_time, below, title_below
from heard.values import Quotable


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a note says.

    `kind` is `quote` (a blockquote), `line` (somebody's `Name: words`), `told` (words behind `she says`, which is then
    its `lead`), `point` (a bullet or a cell of a table) or `text` (a paragraph); `speaker` is who said it, as far as
    the note tells, and `ours` that it was us; `section` is the heading, or label, that it stands below.
    """

    text: str
    line: int
    kind: str
    where: Where
    section: str = ""
    speaker: str = ""
    ours: bool = False
    role: str = ""
    lead: str = ""


_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"\*\*([^*]+?):?\*\*:?\s*$|__([^_]+?):?__:?\s*$")
_LABEL = re.compile(r"([^\W\d][^.!?\"“”„]{1,70}):\s*$")
_NUMBERED_HEAD = re.compile(r"\d{1,2}[.)] (\S+(?: \S+){0,5})$")
_BULLET = re.compile(r"(\s*)(?:[-*+•–→]|->|\d{1,2}[.)])\s+(.*)$")
_BOX = re.compile(r"\[[ xX/-]\]\s")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$")
_CALLOUT = re.compile(r"\[!(\w+)\][+-]?\s*(.*)")
_SAID_BY = re.compile(r"^(?:—|–|--)\s*(\S.*)$")
_REPLY = re.compile(
    r"^(?:On|Am|Le|Op) .{6,90}(?:wrote|schrieb|écrit|schreef).*:?\s*$|^-{3,} ?(?:Original Message|"
    r"Ursprüngliche Nachricht)"
)
_INLINE_FIELD = re.compile(r"^\w+:: ")
_MAIL_HEAD = re.compile(r"^(From|To|Sent|Date|Subject|Cc|Bcc|Reply-To|Von|An|Gesendet|Datum|Betreff): (.*)$")
_MOST_LINES = 20_000


def read_note_file(body: str, first: int, where: Where, known: Known) -> list[Statement]:
    """Everything that a note's body says, in its order. `first` is the line that the body begins at."""
    lines = body.split("\n")[:_MOST_LINES]
    return list(_Reading(lines, first, where, known).statements())


class _Reading:
    """One note while it is read: the headings around the line, and who was seen to speak."""

    def __init__(self, lines: Sequence[str], first: int, where: Where, known: Known) -> None:
        self.lines = lines
        self.first = first
        self.known = known
        self.outer = where
        self.levels: list[tuple[int, Where]] = []
        self.section = ""
        self.labels = speakers(lines, where, known)
        self.own_mail = False
        self.in_mail = False

    @property
    def where(self) -> Where:
        return self.levels[-1][1] if self.levels else self.outer

    def statements(self) -> Iterator[Statement]:
        at, fence = 0, ""
        while at < len(self.lines):
            line = self.lines[at]
            if (mark := _FENCE.match(line)) and not re.fullmatch(r"\s*~{5,}\s*", line):
                fence = "" if fence == mark[1] else fence or mark[1]
                at += 1
                continue
            if fence or not line.strip() or _RULE.match(line) or _INLINE_FIELD.match(line):
                at += 1
                continue
            end = self._block_end(at)
            yield from self._block(at, end)
            at = end

    def _block_end(self, at: int) -> int:
        """Where the lines end that belong together: a blockquote, a table, or a paragraph of wrapped lines."""
        line = self.lines[at]
        end = at + 1
        if line.lstrip()[:1] == ">":
            while end < len(self.lines) and self.lines[end].lstrip()[:1] == ">":
                end += 1
            return end
        if _is_row(line):
            while end < len(self.lines) and _is_row(self.lines[end]):
                end += 1
            return end
        while end < len(self.lines) and self._goes_on(self.lines[end - 1], self.lines[end]):
            end += 1
        return end

    def _goes_on(self, line: str, following: str) -> bool:
        """Whether a line was wrapped by an editor or a mail program, so that the next one goes on with it."""
        bare = following.strip()
        if not bare or len(line) < 55 or line.rstrip()[-1:] in '.!?:;"”“»' or _HEADING.match(line):
            return False
        beginnings = (_BULLET.match(following), _HEADING.match(following), _FENCE.match(following), STAMP.match(bare))
        starts = any(beginnings) or bare[:1] in '>|"“„«'
        return (
            not starts
            and not (SPEAKER.match(bare) and self._speaker(bare)[0])
            and (bare[:1].islower() or len(line) > 65)
        )

    def _block(self, at: int, end: int) -> Iterator[Statement]:
        line, number = self.lines[at], self.first + at
        if heading := _HEADING.match(line):
            self._enter(len(heading[1]), heading[2])
        elif self._is_underlined(at, end):
            self._enter(1 if self.lines[at + 1].strip()[:1] == "=" else 2, line.strip())
        elif line.lstrip()[:1] == ">":
            yield from self._quote(at, end)
        elif _is_row(line):
            yield from self._table(at, end)
        elif bullet := _BULLET.match(line):
            yield from self._point(bullet, at, end)
        elif not self._is_around(line.strip()):
            text = " ".join(row.strip() for row in self.lines[at:end])
            yield from self._words(text, number, "text")

    def _is_around(self, line: str) -> bool:
        """Whether a line only says what stands below it: a mail's head, a label, a time with a name."""
        if _REPLY.match(line):
            self.own_mail = False
        elif mail := _MAIL_HEAD.match(line):
            self._mail(mail[1], mail[2])
        elif bold := _BOLD_LINE.match(line):
            self.section = (bold[1] or bold[2]).strip()
        elif label := _LABEL.match(line):
            self.section = label[1].strip()
        else:
            return self._enters_by_time(line, 9)
        return True

    def _is_underlined(self, at: int, end: int) -> bool:
        """Whether a line is a heading by the row of `===` or `---` below it."""
        following = self.lines[at + 1].strip() if at + 1 < len(self.lines) else ""
        return end == at + 1 and len(self.lines[at]) < 90 and re.fullmatch(r"={3,}|-{3,}", following) is not None

    def _enter(self, level: int, text: str) -> None:
        while self.levels and self.levels[-1][0] >= level:
            self.levels.pop()
        title = title_below(text, self.outer, self.known)
        inner = at_heading_time(below(self.where, title), text) if title.account or title.people else self.where
        # A heading without a name (`## Pains`) stays within its conversation.
        self.levels.append((level, inner))
        self.section = re.sub(r"[*_`]+", "", text).strip()

    def _mail(self, key: str, value: str) -> None:
        if key in ("From", "Von"):
            name = re.split(r"[<(]", value)[0].strip(" \"'")
            self.in_mail = True
            self.own_mail = name in self.known.ours
            if name and not self.own_mail:
                person = whole_name(name, self.where.people) or name
                self.outer = replace(self.outer, people=(person,))
                self.levels = []

    def _quote(self, at: int, end: int) -> Iterator[Statement]:
        rows = [re.sub(r"^\s*>+ ?", "", row).strip() for row in self.lines[at:end]]
        callout = _CALLOUT.match(rows[0])
        said_by = ""
        if callout:
            if callout[1].lower() not in ("quote", "cite"):
                return
            rows, said_by = rows[1:], callout[2]
        if any(_MAIL_HEAD.match(row) for row in rows[:3]):
            yield from self._quoted_mail(rows, at)
            return
        if any(_REPLY.match(row) for row in rows) or (rows and rows[0].startswith("**") and at <= 1):
            return
        words: list[str] = []
        for row in rows:
            if words and (by := _SAID_BY.match(row)):
                said_by = by[1]
            else:
                words.append(row)
        text = re.sub(r"(?:\s*(?:\^[\w-]+|\[\[[^\]]+\]\]|(?<!\S)#[A-Za-z][\w/-]*))+\s*$", "", "\n".join(words)).strip()
        if not text:
            return
        where = self.where
        if OFF_RECORD.search("\n".join(rows)):
            where = replace(where, quotable=Quotable.OFFRECORD)
        statement = Statement(text, self.first + at, "quote", where, self.section, self.where.person)
        yield self._said_by(statement, said_by) if said_by else statement

    def _quoted_mail(self, rows: Sequence[str], at: int) -> Iterator[Statement]:
        """A mail that stands in the note as a blockquote, read as the mail that it is."""
        inner = _Reading(rows, self.first + at, self.where, self.known)
        yield from inner.statements()

    def _said_by(self, statement: Statement, said_by: str) -> Statement:
        who, _, rest = said_by.partition(",")
        where, _, role = rest.partition(",")
        name = whole_name(who, statement.where.people) or without_title(who.strip())
        account = where.strip().strip("[]")
        inside = replace(statement.where, account=account, people=(name,)) if account else statement.where
        return replace(statement, speaker=name, role=role.strip(), where=inside, ours=who.strip() in self.known.ours)

    def _table(self, at: int, end: int) -> Iterator[Statement]:
        titles = _cells(self.lines[at])
        said = [
            number
            for number, title in enumerate(titles)
            if re.search(
                r"\b(?:said|says|quote|words|verbatim|pain|problem|heard|gesagt|zitat)\w*", title, re.IGNORECASE
            )
        ]
        for number in range(at + 2, end):
            cells = _cells(self.lines[number])
            for column in said:
                if column < len(cells) and cells[column]:
                    self.section, before = titles[column], self.section
                    yield from self._words(cells[column], self.first + number, "cell")
                    self.section = before

    def _point(self, bullet: re.Match[str], at: int, end: int) -> Iterator[Statement]:
        text = " ".join([bullet[2], *(row.strip() for row in self.lines[at + 1 : end])]).strip()
        indent = len(bullet[1].replace("\t", "    "))
        while self.levels and self.levels[-1][0] >= 10 + indent:
            self.levels.pop()
        if _BOX.match(text):
            return
        if numbered := _NUMBERED_HEAD.match(self.lines[at].strip()):
            following = next((row.strip() for row in self.lines[end:] if row.strip()), "")
            if following and not _BULLET.match(following) and following[:1] not in '"“„>':
                self.section = numbered[1]
                return
        if self._enters_by_time(text, 10 + indent):
            return
        yield from self._words(text, self.first + at, "point")

    def _enters_by_time(self, text: str, level: int) -> bool:
        """Whether a line such as `10:00 – Acme, Dana` begins a conversation of its own."""
        if not re.match(r"\d{1,2}[:.]\d\d\b", text) or len(text) > 80 or re.search(r"[\"“„»:;]\s|[\"”»]$", text):
            return False
        title = title_below(text, self.where, self.known)
        if not (title.account or title.people):
            return False
        while self.levels and self.levels[-1][0] >= level:
            self.levels.pop()
        self.levels.append((level, at_heading_time(below(self.where, title), text)))
        self.section = ""
        return True

    def _words(self, text: str, number: int, kind: str) -> Iterator[Statement]:
        bare = STAMP.sub("", text)
        speaker, own, words = self._speaker(bare)
        if speaker or own:
            where = self._spoken(speaker)
            yield Statement(words, number, "line", where, self.section, speaker if speaker[:1] != "(" else "", own)
            return
        bare = re.sub(r"^\*\*[^*]{1,40}\*\*:? +(?=\S)", "", bare)
        # A mail's words are its sender's.
        kind = "mail" if self.in_mail and kind == "text" else kind
        if kind not in ("text", "point") or self.own_mail:
            yield Statement(bare, number, kind, self.where, self.section, self.where.person, self.own_mail)
            return
        for part in reported.parts(bare, self.where.people, self.known.ours):
            who = part.speaker or self.where.person
            told = "told" if part.lead else kind
            yield Statement(part.text, number, told, self.where, self.section, who, lead=part.lead)

    def _spoken(self, speaker: str) -> Where:
        """Where somebody speaks: at the company that the notes name with them (`Met **Derek (Copperwick)**`)."""
        account = self.labels.get(f"@{speaker}", "")
        return replace(self.where, account=account) if account else self.where

    def _speaker(self, text: str) -> tuple[str, bool, str]:
        """Who says a `Name: words` line, whether it is us, and the words; nothing for any other line."""
        match = SPEAKER.match(text)
        if not match:
            return "", False, text
        label = re.sub(r"\s*\([^)]*\)", "", match[1]).strip()
        words = match[2].strip().strip("*_").strip()
        if label in self.known.ours or label.lower() in ("my take", "my read", "meine einschätzung", "meine rechnung"):
            return "", True, words
        if account := self.known.account(label):
            person = (re.search(r"\(([^)]*)\)", match[1]) or ["", ""])[1]
            name = whole_name(person, self.known.people) or person
            self.labels[f"@{name or '(somebody)'}"] = account
            return name or "(somebody)", False, words
        name = self.labels.get(label, "")
        if name == US:
            return "", True, words
        return name, False, words


def _is_row(line: str) -> bool:
    bare = line.strip()
    return bare.startswith("|") and bare.count("|") >= 3


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
