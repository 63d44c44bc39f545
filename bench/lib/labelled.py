"""Utterances that people labelled with what they are about: banking77 and clinc150, by their halves."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lib.timing import REPO

DATA = REPO.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts, and for each what it is about."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


def banking77(half: str) -> Labelled:
    """`train` (10,003 questions to a bank, 77 problems) or `test` (3,080)."""
    with (DATA / "banking77" / f"{half}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Labelled(tuple(row["text"] for row in rows), tuple(row["category"] for row in rows))


def clinc150(half: str) -> Labelled:
    """`train` (15,000 requests, 150 intents) or `test` (4,500)."""
    rows = json.loads((DATA / "clinc150" / "data_full.json").read_text("utf-8"))[half]
    return Labelled(tuple(text for text, _ in rows), tuple(label for _, label in rows))


SETS: Mapping[str, Callable[[str], Labelled]] = {"banking77": banking77, "clinc150": clinc150}
