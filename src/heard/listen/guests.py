"""Which names of a title are people's: “with Tom, Rotterdam Hub” and “Rotterdam Hub, Tom” both meet Tom.

Nobody knows these names yet. What tells is how somebody is addressed, a common first name, who speaks in the note,
the words that companies are called by, and the order: behind “with” the person is named first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from heard.base.text import LEGAL_FORMS, fold
from heard.base.text import words as key_words
from heard.listen.first_names import is_first_name
from heard.listen.people import has_title, is_name, whole_name, without_title

SURE = 2
"""From this leaning on a name is a person's, whatever stands beside it."""

_TITLED = 4
_COMPANY_WORDS = """
    agency airlines association bakeries bakery bank beverage beverages brewery brothers bros builders capital cargo
    chemicals city clinic club coffee cold college company construction consulting council couriers dairy data depot
    digital distribution distributors dock docks drinks electric energy engineering enterprises estates exports express
    factory farm farms fish fisheries fisk food foods foundation freight fresh frozen fruit furniture global group
    haulage holding holdings homes hospital hotel hub imports industrial industries institute insurance international
    labs logistics manufacturing market markets meat meats media medical metals mills motors networks packers packing
    pallet parcel partners pharma pharmacy plant plastics port ports print printing produce properties quarry rail
    retail school seafood services shipping shop software solutions sons stationery steel storage store stores studio
    studios supplies supply systems tech technologies technology terminal textiles timber trading transport university
    ventures warehouse warehouses warehousing wholesale works yard
    backerei betriebe brauerei buro center diakonie druckerei fleischerei frische genossenschaft grosshandel gruppe hof
    kanzlei klinik klinikum lager logistik markt metzgerei mobel molkerei praxis schreinerei spedition stadtwerke
    technik tischlerei transporte verband verein verlag verwaltung werk werke werkstatt zentrum
    boulangerie entrepot etablissements groupe maison societe transports usine almacenes grupo hermanos supermercados
    transportes azienda fratelli gruppo magazzini trasporti bedrijf bouw groep handel magazijn vervoer zonen firma
    grupa zaklady
"""
_COMPANY = frozenset(_COMPANY_WORDS.split())
_ENDINGS = (
    "backerei", "betriebe", "brauerei", "gruppe", "handel", "klinik", "kost", "lager", "logistik", "markt", "molkerei",
    "spedition", "technik", "transporte", "verband", "werk", "werke", "zentrum",
)  # fmt: skip
_DEPARTMENT = frozenset({"head", "logistics", "maintenance", "operations", "ops", "purchasing", "quality", "shift"})
_PLACES_WORDS = (
    "chief cold contract day director dock export fleet goods head import inbound inventory it key lead manager "
    "material materials night operations outbound plant production quality regional senior service shift site stock "
    "supply transport vp warehouse yard"
)
_PLACES = frozenset(_PLACES_WORDS.split())
_ODD = re.compile(r"\d|&|\b[A-ZÀ-Þ]{2,}\b|\b[A-ZÀ-Þ][a-zà-ÿ]+[A-ZÀ-Þ]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a title has and nobody knows: what leads to it, and whether it is known to be a company."""

    name: str
    behind_with: bool
    company: bool = False


def guests(candidates: Sequence[Candidate], speaking: Collection[str]) -> frozenset[str]:
    """The names among a title's candidates, in their order, that are people's though they stand first."""
    known = next((at for at, one in enumerate(candidates) if one.company), None)
    lean = [leaning(one.name, speaking) for one in candidates]
    if known is not None:
        before = range(known)
        return frozenset(candidates[at].name for at in before if _is_guest(candidates[at], lean[at]))
    if len(candidates) < 2:
        return frozenset(one.name for one, how in zip(candidates, lean, strict=True) if how >= SURE)
    place = _company_at(candidates, lean)
    if lean[place] >= SURE:
        return frozenset(one.name for one in candidates)
    return frozenset(candidates[at].name for at in range(place) if _is_guest(candidates[at], lean[at]))


def _is_guest(one: Candidate, lean: int) -> bool:
    return is_name(without_title(one.name)) and (lean >= SURE or (one.behind_with and lean >= 0))


def _company_at(candidates: Sequence[Candidate], lean: Sequence[int]) -> int:
    """Which of several is the company: the least like a person; behind “with” the second of two that are alike."""
    alike = [at for at, how in enumerate(lean) if how == min(lean)]
    return alike[1] if len(alike) > 1 and alike[0] == 0 and candidates[0].behind_with else alike[0]


def leaning(name: str, speaking: Collection[str]) -> int:
    """How much a name is like a person's (above 0) or a company's (below)."""
    if has_title(name):
        return _TITLED
    parts = name.split()
    lean = 1 if len(parts) == 2 else 0
    if is_first_name(parts[0]) and len(parts) < 4:
        lean = SURE
    if any(whole_name(label, [name]) for label in speaking if len(label) > 1):
        lean += SURE
    if sounds_like_a_company(name):
        lean -= 4
    return lean - 1 if _ODD.search(name) else lean


def sounds_like_a_company(name: str) -> bool:
    """Whether one of a name's words is what companies are called by (`Rotterdam Hub`, `Überlinger Lager`)."""
    folded = key_words(name)
    return any(word in _COMPANY or (len(word) > 7 and word.endswith(_ENDINGS)) for word in folded)


def has_legal_form(name: str) -> bool:
    """Whether a name ends as a registered company's does."""
    parts = name.split()
    return len(parts) > 1 and fold(parts[-1].replace(".", "")) in LEGAL_FORMS


def is_department(name: str) -> bool:
    """Whether words with a department's name are a role (`Plant Logistics`), and no company (`Jansen Logistics`)."""
    parts = key_words(name)
    if not _DEPARTMENT & set(parts) or len(parts) < 2 or not all(word[:1].isupper() for word in name.split()):
        return True
    return bool(_PLACES & set(parts)) or parts[0] in _DEPARTMENT
