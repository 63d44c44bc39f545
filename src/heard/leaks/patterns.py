"""Makes the patterns of each secret: the ways in which a name, a company, an address or a number may be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from heard.leaks import ordinary, spellings
from heard.leaks.normal import BREAK, lower, plain
from heard.leaks.pattern import ANYWHERE, Pair, Pattern, Rule, Sought, Word
from heard.leaks.secret import Kind, Secret, Sureness

_TURNED = 9
"""Names of so many letters are also looked for in reverse and in ROT13."""

_SHORTEST_TURNED = 6
_SHORT_NAME = 7
_SHORT_ALIAS = 5
_PHONE_DIGITS = 7
# The countries whose calling code is not two digits long, as far as they begin it.
_ONE_DIGIT = "17"
_THREE_DIGITS = re.compile(r"2[1-689]|35|37|38|42|50|59|67|68|69|80|85|87|88|96|97|99")


def sought(at: int, secret: Secret, langs: Sequence[str]) -> Sought:
    """What the secret with this number is searched by, words of quotes aside; nothing where it has no letters."""
    return _MADE[secret.kind](at, secret.text, langs)


def _person(at: int, text: str, langs: Sequence[str]) -> Sought:
    ways = spellings.person(text)
    if not ways or len(ways[0].words) < 2:
        return _name_word(at, text, langs)
    patterns: list[Pattern] = []
    words: list[Word] = []
    for way in ways:
        if way.initials and len(way.words) == 2 and sum(map(len, way.words)) < _SHORT_NAME:
            words += _with_initial(at, way, langs)
        else:
            patterns += _named(at, way, langs)
    whole = ways[0]
    return Sought(
        (*patterns, *_turned(at, whole)),
        tuple(dict.fromkeys(words)),
        pairs=tuple({_pair(at, way): None for way in ways if not way.initials}),
    )


def _pair(at: int, way: spellings.Spelling) -> Pair:
    return Pair(at, way.words[0], way.words[-1], len(way.words) - 2, way.family_first)


def _with_initial(at: int, way: spellings.Spelling, langs: Sequence[str]) -> Iterator[Word]:
    """A short surname with an initial: its letters occur everywhere, so that it is looked up as a word."""
    first, last = way.words
    if len(first) == 1 and len(last) > 1:
        rare = not ordinary.is_known(last.decode(), langs)
        sureness = Sureness.BLOCK if rare else Sureness.REVIEW
        yield Word(at, last, sureness, common=ordinary.is_common(last.decode(), langs), initial=first.decode())


def _company(at: int, text: str, langs: Sequence[str]) -> Sought:
    patterns: list[Pattern] = []
    words: list[Word] = []
    near: dict[bytes, None] = {}
    pairs: dict[Pair, None] = {}
    for way in spellings.company(text):
        if len(way.words) > 1:
            patterns += _named(at, way, langs)
        else:
            some, word = _one_word(at, way.words[0], langs, text)
            patterns += some
            words.append(word)
            if word.sureness is Sureness.BLOCK and len(word.letters) >= 6:
                near[word.letters] = None
        patterns += _turned(at, way)
    for way in spellings.without_legal_form(text):
        if len(way.words) > 1:
            pairs[_pair(at, way)] = None
    return Sought(tuple(patterns), tuple(words), tuple(pairs), tuple(near))


def _alias(at: int, text: str, langs: Sequence[str]) -> Sought:
    found = _company(at, text, langs)
    if len(lower(plain(text))) >= _SHORT_ALIAS:
        return Sought(found.patterns, found.words, found.pairs)
    review = tuple(_reviewed(pattern) for pattern in found.patterns)
    return Sought(review, found.words)


def _reviewed(pattern: Pattern) -> Pattern:
    return Pattern(
        pattern.secret, pattern.letters, pattern.joints, pattern.rule, Sureness.REVIEW, pattern.common, pattern.how
    )


def _one_word(at: int, letters: bytes, langs: Sequence[str], text: str) -> tuple[list[Pattern], Word]:
    known = ordinary.is_known(letters.decode(), langs)
    sureness = Sureness.REVIEW if known or len(letters) < _SHORT_ALIAS else Sureness.BLOCK
    upper = len(letters) < 4 and text.isupper()
    word = Word(
        at,
        letters,
        sureness,
        cased=known or len(letters) < 6,
        common=ordinary.is_common(letters.decode(), langs),
        upper=upper,
        ends=not known and len(letters) >= 5,
    )
    if known or len(letters) < 6:
        return [], word
    return [Pattern(at, letters, rule=Rule.ONE_WORD, sureness=sureness)], word


def _name_word(at: int, text: str, langs: Sequence[str]) -> Sought:
    words: list[Word] = []
    for part in re.findall(r"[^\W_]+", text):
        for letters in spellings.squeezed_forms(part):
            common = ordinary.is_common(letters.decode(), langs)
            ends = not common and len(letters) >= 5
            if len(letters) > 1:
                words.append(Word(at, letters, Sureness.REVIEW, common=common, ends=ends))
    return Sought(words=tuple(words))


def _named(at: int, way: spellings.Spelling, langs: Sequence[str]) -> Iterator[Pattern]:
    letters = b"".join(way.words)
    if len(letters) < 3:
        return
    joints = _joints(way.words)
    telling = [word.decode() for word in way.words if len(word) > 1]
    common = all(ordinary.is_common(word, langs) for word in telling)
    if way.initials:
        rare = not any(ordinary.is_known(word, langs) for word in telling)
        sureness = Sureness.BLOCK if rare else Sureness.REVIEW
        yield Pattern(at, letters, joints, Rule.INITIALS, sureness)
    else:
        rule = Rule.NAME if len(letters) < ANYWHERE or common else Rule.ANYWHERE
        yield Pattern(at, letters, joints, rule, Sureness.BLOCK, common, family_first=way.family_first)


def _joints(some: Sequence[bytes]) -> frozenset[int]:
    found = []
    size = 0
    for word in some[:-1]:
        size += len(word)
        found.append(size)
    return frozenset(found)


def _turned(at: int, way: spellings.Spelling) -> Iterator[Pattern]:
    letters = b"".join(way.words)
    if len(letters) >= _TURNED:
        yield Pattern(at, spellings.mirrored(letters), how="reversed")
        yield Pattern(at, spellings.rotated(letters), how="ROT13")
    elif len(letters) >= _SHORTEST_TURNED and len(way.words) > 1:
        back = _joints([word[::-1] for word in reversed(way.words)])
        yield Pattern(at, spellings.mirrored(letters), back, Rule.NAME, how="reversed")
        yield Pattern(at, spellings.rotated(letters), _joints(way.words), Rule.NAME, how="ROT13")


def _domain(at: int, text: str, langs: Sequence[str]) -> Sought:
    host = text.strip().lower().partition("://")[2] or text.strip().lower()
    host = host.partition("/")[0].removeprefix("www.").strip(".")
    found: dict[bytes, None] = {}
    for labels in _international(host):
        for between in (b"", b"dot", b"punkt"):
            for some in spellings.squeezed_forms(".".join(labels))[:1]:
                found[some if not between else between.join(_squeezed(label) for label in labels)] = None
    patterns = [Pattern(at, letters, rule=Rule.DOMAIN) for letters in found if letters]
    return Sought((*patterns, *_turned(at, spellings.Spelling((next(iter(found), b""),)))))


def _international(host: str) -> list[list[str]]:
    labels = host.split(".")
    try:
        other = [label.encode().decode("idna") if label.startswith("xn--") else label for label in labels]
    except UnicodeError:
        other = labels
    raw = [label.removeprefix("xn--").replace("-", "") for label in labels]
    return [other] if other == labels else [other, raw]


def _squeezed(text: str) -> bytes:
    return lower(plain(text))


def _email(at: int, text: str, langs: Sequence[str]) -> Sought:
    local, sign, host = text.strip().partition("@")
    if not sign:
        return _domain(at, text, langs)
    found: dict[bytes, None] = {}
    for sign_word in ("", "at"):
        for dot in ("", "dot", "punkt"):
            for whole in (f"{local}{sign_word}{host.replace('.', dot)}", f"{local}{sign_word}{host}".replace(".", dot)):
                found[_squeezed(whole)] = None
    rule = [Rule.ANYWHERE if len(letters) >= ANYWHERE else Rule.NAME for letters in found]
    patterns = [Pattern(at, letters, rule=one) for letters, one in zip(found, rule, strict=True) if letters]
    return Sought((*patterns, *_turned(at, spellings.Spelling((next(iter(found)),)))))


def _phone(at: int, text: str, langs: Sequence[str]) -> Sought:
    digits = national(text)
    if len(digits) < _PHONE_DIGITS:
        return Sought()
    # Between the country's code and the rest, a trunk zero may stand: only the rest is always written.
    return Sought((Pattern(at, digits.encode(), rule=Rule.PHONE),))


def national(text: str) -> str:
    """The digits of a phone number without its country's code and trunk zero."""
    number = re.sub(r"\(0\)", "", plain(text))
    number = re.split(r"(?i)ext|x|durchwahl", number)[0]
    digits = re.sub(r"[^0-9]", "", number)
    abroad = number.strip().startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0")
    if not abroad:
        return digits
    code = 1 if digits[:1] in _ONE_DIGIT else 3 if _THREE_DIGITS.match(digits) else 2
    return digits[code:].lstrip("0")


def quotations(numbers: Sequence[int], texts: Sequence[str]) -> Iterator[Pattern]:
    """The patterns of secrets that are words of quotes: tens of thousands, so that they are folded in one go."""
    folded = lower(plain(BREAK.join(text.replace(BREAK, " ") for text in texts))).split(BREAK.encode())
    for at, letters in zip(numbers, folded, strict=False):
        if letters:
            yield Pattern(at, letters, rule=Rule.ANYWHERE if len(letters) >= ANYWHERE else Rule.NAME)


_MADE: Mapping[Kind, Callable[[int, str, Sequence[str]], Sought]] = {
    Kind.PERSON: _person,
    Kind.ACCOUNT: _company,
    Kind.ALIAS: _alias,
    Kind.DOMAIN: _domain,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.NAME_WORD: _name_word,
}
