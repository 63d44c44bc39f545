"""docs/first-hour.md, done as it is told by somebody who reads carefully, with an invented folder of notes."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from heard.base.text import squeeze
from heard.listen.drafts import read_drafts
from stories import REPOSITORY, process, run, terminal, tree

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
        self.seen = ""

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
        self.seen += text
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
            self.make(slug)

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

    def make(self, slug: str) -> None:
        """Type the name of a new problem."""
        self.made.add(slug)
        self.type(NAMES[slug] + "\r")

    def answer(self, words: str) -> None:
        """Name a problem that there is."""
        self.read("Which problem")
        self.type(words + "\r")


def steps() -> Iterator[tuple[str, list[str]]]:
    """The commands of the guide, each with the lines that it shall answer."""
    for block in re.findall(r"^```console\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *answers = part.rstrip("\n").split("\n")
            yield command, [line for line in answers if line != "…"]


def screens() -> list[str]:
    """What the guide shows of the sitting."""
    return re.findall(r"^```text\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def answered(said: str, answers: Sequence[str]) -> list[str]:
    """The answers of the guide that were not given; `…` stands for anything."""
    patterns = [re.escape(line).replace("…", ".*") for line in answers]
    return [one for one in patterns if not any(re.fullmatch(one, line) for line in said.splitlines())]


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reader]:
    """The workspace after everything that the guide says, and who sat at the inbox."""
    here = tmp_path_factory.mktemp("hour")
    for name in ("notes", "calls", "crm.csv"):
        given = FOLDER / name
        (shutil.copytree if given.is_dir() else shutil.copy)(given, here / name)
    before, reader = tree(here), None
    for command, answers in steps():
        words = shlex.split(command)
        if words[0] == "cd":
            here = here / words[1]
        elif words == ["heard", "inbox"]:
            reader = sitting(here)
        else:
            done = process(here, *words[1:], program=words[0])
            assert (done.code, answered(done.out, answers)) == (0, []), f"{command}\n{done.out}\n{done.err}"
    assert reader
    assert {name: content for name, content in tree(here.parent).items() if not name.startswith("site/")} == before
    return here, reader


def sitting(root: Path) -> Reader:
    """Decide on everything that waits, as the truth has it."""
    drafts, _ = read_drafts(root / "content/private/inbox", "inbox")
    with terminal(root, "inbox", COLUMNS="300") as (child, screen):
        reader = Reader(screen, {squeeze(one.text): problem_of(one.text) for one in drafts})
        reader.sit()
        assert child.wait(20) == 0
    return reader


def test_sixty_notes_become_a_ranked_catalogue(hour: tuple[Path, Reader]) -> None:
    root, _ = hour
    found = {row["problem"]: row["companies"] for row in run(root, "problems", "--json").data}
    assert set(found) == set(NAMES.values())
    assert next(iter(found.items())) == ("batteries die before the night shift ends", 9)
    assert run(root, "check").code == 0


def test_the_counts_are_those_of_a_careful_reader(hour: tuple[Path, Reader]) -> None:
    said: dict[str, set[str]] = {}
    for one in TRUTH["quotes"]:
        if one["problem"] and one["account"]:
            said.setdefault(NAMES[one["problem"]], set()).add(one["account"])
    for row in run(hour[0], "problems", "--json").data:
        assert abs(row["companies"] - len(said[row["problem"]])) <= 1, row["problem"]


def test_the_sitting_takes_less_than_one_decision_a_quote(hour: tuple[Path, Reader]) -> None:
    _, reader = hour
    assert reader.decisions < 1.1 * len(reader.waiting)
    assert run(hour[0], "inbox", "list", "--json").data == []


@pytest.mark.parametrize("screen", screens())
def test_the_guide_shows_what_a_plain_install_shows(hour: tuple[Path, Reader], screen: str) -> None:
    # `…` stands for anything; where lines are wrapped is the terminal's.
    pattern = re.sub(r"(?:\\ |\\\n|\s)+", r"\\s+", re.escape(screen.strip())).replace("…", r"[^\x00]{1,600}?")
    assert re.search(pattern, hour[1].seen), f"the sitting began with: {hour[1].seen[:800]}"


def test_importing_again_adds_nothing(hour: tuple[Path, Reader]) -> None:
    root, _ = hour
    before = tree(root / "content/private", ".heard")
    done = run(root, "import", *(str(root.parent / name) for name in ("notes", "crm.csv", "calls")), "--json")
    assert done.data["drafts"] == 0 or done.data["drafts"] == []
    assert tree(root / "content/private", ".heard") == before
