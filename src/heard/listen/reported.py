"""Words that a note reports: `He said: we never find it`, `she says the returns pile up`, `Frau Voss meinte, …`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from heard.listen.first_names import is_first_name
from heard.listen.people import Ours, has_title, is_name, whole_name, without_title
from heard.listen.wording import sentences

_VERBS = (
    r"said|says?|told (?:me|us)|tells? (?:me|us)|complain(?:s|ed)(?: that)?|explain(?:s|ed)(?: that)?|admit(?:s|ted)|"
    r"reports?|reported|mention(?:s|ed)|sag(?:t|te|en|ten)|mein(?:t|te|en|ten)|erz[aä]hlt?e?n?|klagt?e?n?|"
    r"berichtete?n?|erkl[aä]rte?n?"
)
_SOMEBODY = (
    r"he|she|they|er|sie|somebody|someone|one of them|jemand|einer|eine|"
    r"(?:the|their|his|her|der|die|ihr|ihre|sein|seine) [^\W\d_]+"
)
_REPORTED = re.compile(
    rf"(?P<who>(?i:{_SOMEBODY})|(?:(?:[Ff]rau|[Hh]err|Mr|Mrs|Ms|Dr)\.? )?[A-ZÀ-ÞŁŚŻ][\w’'-]+(?: [A-ZÀ-ÞŁŚŻ][\w’'.-]+)?)"
    rf" (?:(?i:also|then|again|even|auch|dann|noch) )?(?i:{_VERBS})(?: (?i:mir|uns))?"
    r"(?P<mark>\s*:\s+|,?\s+)(?i:(?:that|dass|daß) )?(?P<words>\S.*)",
    re.DOTALL,
)
_NOT_TOLD = re.compile(
    r"(?i:(?:he|she|they|er|sie)(?:'ll|’ll| will| would| wants?| asked| is going to| calls?| sends?)|(?:yes|no|ja|nein|"
    r"hello|goodbye|so|thanks|thank you)\b\W|(?:to|zu|about|[uü]ber|something|etwas)\b)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a note says: with `lead` (`she says`) somebody's words, and whose they are where it is told."""

    text: str
    lead: str = ""
    speaker: str = ""


def parts(text: str, people: Iterable[str], ours: Ours) -> Iterator[Part]:
    """The text in parts: the words that are reported, and what stands between them."""
    if re.search(r"[\"“”„«»]", text):
        # What stands in quotation marks is told by them.
        yield Part(text)
        return
    known = tuple(people)
    if (whole := _part(text, known, ours)) and ":" in text[: len(text) - len(whole.text)]:
        yield whole
        return
    between: list[str] = []
    for sentence in sentences(text):
        if told := _part(sentence, known, ours):
            if between:
                yield Part(" ".join(between))
            between = []
            yield told
        else:
            between.append(sentence)
    if between:
        yield Part(" ".join(between))


def _part(text: str, people: tuple[str, ...], ours: Ours) -> Part | None:
    match = _REPORTED.match(text)
    if not match or _NOT_TOLD.match(match["words"]):
        return None
    who = match["who"]
    somebody = re.fullmatch(_SOMEBODY, who, re.IGNORECASE) is not None
    speaker = "" if somebody else whole_name(who, people) or without_title(who)
    if speaker and (speaker in ours or who in ours):
        return None
    if not somebody and not (whole_name(who, people) or has_title(who) or (is_name(who) and is_first_name(who))):
        return None
    return Part(match["words"].strip(), text[: match.start("mark")], speaker)
