"""Names and titles as keys: normalise, squeeze, slugs, nearest spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from heard.base.legal_forms import BY_COUNTRY, FIRST, SPACED, UNSPACED

SLUG_LENGTH = 60
SAME_NAME = 85.0
"""Two account names at or above this similarity (0-100) count as one account."""

_ARTICLES = re.compile(r"^(?:the|a|an|der|die|das|le|la|les|el|los|las|il|lo)\s+", re.IGNORECASE)
LEGAL_FORMS = frozenset(form for forms in BY_COUNTRY.values() for form in forms.split())
_LONGEST_FORM = 6
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text without case, marks and compatibility forms; words stay words."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    stripped = "".join(c for c in decomposed if not unicodedata.combining(c))
    return stripped.replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("æ", "ae")


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def squeeze(text: str) -> str:
    """The folded letters and digits alone, so that spelling habits do not count."""
    return "".join(words(text))


def squeeze_company(name: str) -> str:
    """A company's name squeezed, its legal form left off (`Müller GmbH & Co. KG` → `muller`)."""
    parts = words(_without_unspaced(name.replace(".", "").replace("&", " ")))
    before = len(parts)
    while len(parts) > 1 and (form := _form_at_the_end(parts)):
        del parts[-form:]
    # `SC` alone may be a club's; before a company with a form behind it, it is Romania's.
    if len(parts) > 1 and parts[0] in FIRST and (parts[0] != "sc" or len(parts) < before):
        del parts[0]
    return "".join(parts)


def _form_at_the_end(parts: list[str]) -> int:
    """How many of the last words are a legal form, at least one word of the name left over."""
    for many in range(min(_LONGEST_FORM, len(parts) - 1), 0, -1):
        form = "".join(parts[-many:])
        if form in LEGAL_FORMS or (many > 1 and form in SPACED):
            return many
    return 0


def _without_unspaced(name: str) -> str:
    if name.isascii():
        return name
    # `㈱` and `（株）` stand for the same form.
    whole = unicodedata.normalize("NFKC", name).strip().replace("(株)", "株式会社").replace("(有)", "有限会社")
    for form in UNSPACED:
        shorter = whole.removeprefix(form).removesuffix(form)
        if shorter.strip() and shorter != whole:
            return shorter
    return whole


def slugify(text: str) -> str:
    """An ASCII slug of whole words, at most 60 characters, no leading article; may be empty."""
    from slugify import slugify as transliterate

    umlauts = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "ae"), ("Ö", "oe"), ("Ü", "ue")]
    bare = _ARTICLES.sub("", text.strip().replace("’", "").replace("'", ""))
    slug: str = transliterate(bare, max_length=SLUG_LENGTH, word_boundary=True, save_order=True, replacements=umlauts)
    return slug


def nearest(word: str, known: Iterable[str], *, cutoff: float = 60.0) -> str:
    """The known spelling nearest to the word, or an empty string where none is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(known), scorer=fuzz.WRatio, processor=fold, score_cutoff=cutoff)
    return found[0] if found else ""


def near_miss(word: str, known: Iterable[str]) -> str:
    """The known word that this one is probably a slip of, or an empty string."""
    from rapidfuzz.distance import OSA

    folded = fold(word).replace("-", "_")
    for candidate in known:
        allowed = 1 if len(candidate) < 6 else 2
        if len(candidate) > 3 and OSA.distance(folded, candidate, score_cutoff=allowed) <= allowed:
            return candidate
    return ""


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 55) -> str:
    """`: did you mean …?` with the nearest known spelling, or nothing; `cutoff` is how alike they are (0–100)."""
    from rapidfuzz import fuzz, process

    spellings, begun = list(known), fold(word)
    # Who breaks off in the middle means what begins so, however much of it is left.
    longer = sorted((one for one in spellings if len(begun) > 2 and fold(one).startswith(begun)), key=len)
    # The whole word counts here: a known one that is part of it is not what was meant.
    best = (
        None if longer else process.extractOne(word, spellings, scorer=fuzz.ratio, processor=fold, score_cutoff=cutoff)
    )
    found = longer[0] if longer else best[0] if best else ""
    return f": did you mean `{found}`?" if found else ""


def shortened(text: str, most: int) -> str:
    """The text on one line, cut with … where it has more letters than this."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def percent(share: float) -> str:
    """A share (0 to 1) as it is written everywhere: `71 %`; what is nearly none or all is not said to be."""
    if 0 < share < 0.01:
        return "< 1 %"
    return f"{min(round(share * 100), 99 if share < 1 else 100)} %"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 company`, `2 companies`: a number with its noun."""
    many = plural or (f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s")
    return f"{number:,} {noun if number == 1 else many}"
