"""docs/first-hour.md, done as it is told by somebody who reads carefully, with an invented folder of notes."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from heard.base.text import squeeze
from heard.listen.drafts import read_drafts
from stories import REPOSITORY, process, run, terminal

FOLDER = REPOSITORY / "tests/first_hour"
GUIDE = REPOSITORY / "docs/first-hour.md"
TRUTH: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text("utf-8"))
NAMES = {one["slug"]: one["words"] for one in TRUTH["problems"]}

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ITEM = re.compile(r"(\d+) of (\d+) · ")
_CHOICE = re.compile(r"(?:^\s+|· )(\d) {1,2}(.+?)(?= · |  |$)", re.MULTILINE)


def problem_of(text: str) -> str | None:
    """What a careful reader files the words under; empty for words worth nothing, None for no problem of hers."""
    said = squeeze(text)
    scores = [(fuzz.partial_ratio(said, squeeze(one["text"])), one["problem"]) for one in TRUTH["quotes"]]
    best = max(scores, key=lambda pair: pair[0])
    return best[1] if best[0] > 85 else ""


class Reader:
    """Sits at `heard inbox` and answers every item; counts the keys of decisions."""

    def __init__(self, screen: int, waiting: Mapping[str, str | None]) -> None:
        self.screen = screen
        self.waiting = waiting
        self.made: set[str] = set()
        self.decisions = 0
        self.shown = ""

    def read(self, words: str) -> str:
        """What is shown until these words stand there; what follows them is kept for the next time."""
        import select

        while not (found := re.search(words, self.shown)):
            ready, _, _ = select.select([self.screen], [], [], 20)
            assert ready, f"{words} was not shown, but: {self.shown}"
            try:
                self.shown += _COLOUR.sub("", os.read(self.screen, 65536).decode(errors="replace")).replace("\r", "")
            except OSError:
                break
        end = found.end() if found else len(self.shown)
        text, self.shown = self.shown[:end], self.shown[end:]
        return text

    def type(self, keys: str) -> None:
        """Press these keys."""
        os.write(self.screen, keys.encode())

    def sit(self) -> None:
        """Decide on everything that waits."""
        while "decisions saved" not in (text := self.read(r"q  quit|decisions saved")):
            self.decide(text[max(m.start() for m in _ITEM.finditer(text)) :])

    def decide(self, item: str) -> None:
        """Answer one item."""
        self.decisions += 1
        if "may be one\n" in item or "may be two\n" in item:
            self.type("x\r")
        elif "may be a new problem" in item:
            self.on_group(item)
        else:
            self.on_words(item, self.meant(item)[0])

    def meant(self, item: str) -> list[str | None]:
        """The problems of all words that an item shows."""
        seen = squeeze(item.replace("  > ", " "))
        found = {text: slug for text, slug in self.waiting.items() if text in seen}
        whole = [slug for text, slug in found.items() if not any(text in other for other in found if other != text)]
        assert whole, item
        return whole

    def on_group(self, item: str) -> None:
        """One problem or none: as a whole; anything else: one by one."""
        if "a shows all" in item:
            self.type("a")
            item = self.read(r"q  quit")
        problems = set(self.meant(item))
        slug = problems.pop() if len(problems) == 1 else None
        if not slug:
            self.type("s")
        elif slug in self.made:
            self.type("m")
            self.answer(NAMES[slug])
        else:
            self.type("r")
            self.read("Its name")
            self.make(slug, clear=True)

    def on_words(self, item: str, slug: str | None) -> None:
        """Under its problem, with one key where it is among those that are shown."""
        choices = {name.strip(): key for key, name in _CHOICE.findall(item)}
        if not slug:
            self.type("x")
            self.read(r"Why\?")
            self.type("\r")
        elif slug not in self.made:
            self.type("n")
            self.read("in their words")
            self.make(slug)
        elif NAMES[slug] in choices:
            self.type(choices[NAMES[slug]])
        else:
            self.type("f")
            self.answer(NAMES[slug])

    def make(self, slug: str, *, clear: bool = False) -> None:
        """Type the name of a new problem."""
        self.made.add(slug)
        self.type(("\x15" if clear else "") + NAMES[slug] + "\r")

    def answer(self, words: str) -> None:
        """Name a problem that there is."""
        self.read("Which problem")
        self.type(words + "\r")


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reader]:
    """The workspace after the sitting, and who sat."""
    root = tmp_path_factory.mktemp("hour") / "site"
    process(root.parent, "init", str(root), "--no-input")
    for name in ("notes", "calls", "crm.csv"):
        given = FOLDER / name
        (shutil.copytree if given.is_dir() else shutil.copy)(given, root.parent / name)
    run(root, "import", *(str(root.parent / name) for name in ("notes", "crm.csv", "calls")))
    drafts, _ = read_drafts(root / "content/private/inbox", "inbox")
    with terminal(root, "inbox", COLUMNS="300") as (child, screen):
        reader = Reader(screen, {squeeze(one.text): problem_of(one.text) for one in drafts})
        reader.sit()
        child.wait(20)
    return root, reader


def test_sixty_notes_become_a_ranked_catalogue(hour: tuple[Path, Reader]) -> None:
    root, _ = hour
    found = {row["problem"]: row["companies"] for row in run(root, "problems", "--json").data}
    assert set(found) == set(NAMES.values())
    assert next(iter(found.items())) == ("batteries die before the night shift ends", 9)
    assert run(root, "check").code == 0
