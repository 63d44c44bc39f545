"""Which kind of file each key belongs to, so that a misplaced one is not merely unknown."""

from __future__ import annotations

from collections.abc import Mapping

KEYS: Mapping[str, str] = {
    "content/expert.yml": (
        "address ask bio brand deploy domains email fonts gates host lang languages name notice paper_size "
        "pdf_canonical phone portrait same_as team trade"
    ),
    "content/expert.yml, below `brand:`": "colour logo signal",
    "content/expert.yml, below `ask:`": "button link text title",
    "content/expert.yml, below `deploy:`": "branch remote target",
    "content/expert.yml, below `fonts:`": "labels text titles",
    "a paper’s header": (
        "aliases answer author borrowed description figures industries kind lang merged_into not_for old_slugs problem "
        "published retired review_by roles slug title translates updated where"
    ),
    "a paper’s header, below `borrowed:`": "how industry source",
    "a paper’s header, below `figures:`": "number says",
    "a file of content/industries": "audience name vocabulary watering_holes",
    "a file of content/authors": "bio name portrait same_as trade",
    "a file of content/campaigns": "ads channels ends name problems starts",
    "a file of content/campaigns, below `channels:`": "name utm_medium utm_source",
    "content/fit.yml": "rules",
    "content/fit.yml, below `rules:`": "disqualify name say weight when",
    "a note": "account date industry person quotable role source",
    "a file of content/private/accounts": "aliases because distinct_from domains facts fit industry name people",
    "a file of content/private/proof": "account consent kind outcome person problems",
    "a file of content/private/proof, below `consent:`": ("expires granted level scope sha256 shown signed withdrawn"),
    "a file of content/private/proof, below `outcome:`": "baseline measured metric period result",
}
"""The keys of each place, separated by spaces. A test holds them to what is read there."""

_MOST = 3


def belongs(key: str, path: str = "") -> str:
    """`it belongs into …` for a key that is read elsewhere than at the top of this file; empty where it is nowhere."""
    places = [place for place, keys in KEYS.items() if key in keys.split()]
    # Below one of its own keys is nearer than any other file.
    places.sort(key=lambda place: not path.startswith(place.partition(",")[0]))
    if not places:
        return ""
    shown, more = places[:_MOST], len(places) > _MOST
    return f"it belongs into {'; or '.join(shown)}{'; or elsewhere' if more else ''}"
