"""A key that belongs to another file is told where it belongs; a word that breaks off is told how it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heard.base.fields import Fields
from heard.base.keys import KEYS, belongs
from heard.base.text import did_you_mean
from heard.catalogue.campaigns import read_campaign
from heard.catalogue.entries import OBSIDIAN_KEYS, read_account, read_problem, read_proof
from heard.catalogue.notes import read_note
from heard.catalogue.public import GATED, read_author, read_expert, read_fit, read_industry
from heard.values import Finding

Reader = Callable[[str, str, list[Finding]], object]


def published(text: str, path: str, findings: list[Finding]) -> object:
    return read_problem(text, path, public=True, findings=findings)


READERS: dict[str, tuple[Reader, str]] = {
    "content/expert.yml": (read_expert, "brand: {a: b}\nask: {a: b}\ndeploy: {a: b}\nfonts: {a: b}\n"),
    "a paper’s header": (published, "---\nborrowed: {a: b}\nfigures: [{a: b}]\n---\n"),
    "a file of content/industries": (read_industry, "---\na: b\n---\n"),
    "a file of content/authors": (read_author, "---\na: b\n---\n"),
    "a file of content/campaigns": (read_campaign, "channels: [{a: b}]\n"),
    "content/fit.yml": (read_fit, "rules: [{a: b}]\n"),
    "a note": (read_note, "---\na: b\n---\n"),
    "a file of content/private/accounts": (read_account, "---\na: b\n---\n"),
    "a file of content/private/proof": (read_proof, "---\noutcome: {a: b}\nconsent: {a: b}\n---\n"),
}


def said(reader: Reader, text: str, path: str) -> list[str]:
    findings: list[Finding] = []
    reader(text, path, findings)
    return [one.message for one in findings if one.code == "yaml/unknown-key"]


def test_every_key_that_is_read_is_known_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    read: dict[str, set[str]] = {}
    close = Fields.close

    def closed(self: Fields, *, own_keys: bool = False) -> None:
        below = f", below `{self._where.removesuffix('.')}:`" if self._where else ""
        read[self.path + below] = self._asked - {*OBSIDIAN_KEYS, "version"}
        close(self, own_keys=own_keys)

    monkeypatch.setattr(Fields, "close", closed)
    for place, (reader, text) in READERS.items():
        reader(text, place, [])
    assert {place: set(keys.split()) for place, keys in KEYS.items()} == read


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("paper_size", "content/expert.yml"),
        ("watering_holes", "a file of content/industries"),
        ("channels", "a file of content/campaigns"),
        ("quotable", "a note"),
        ("colour", "content/expert.yml, below `brand:`"),
    ],
)
def test_a_key_of_another_file_is_sent_there(key: str, place: str) -> None:
    found = said(published, f"---\nproblem: Flat\nslug: flat\n{key}: x\n---\n", "content/problems/flat.md")
    assert found == [f"unknown key `{key}`: it belongs into {place}"]


def test_a_key_below_one_of_this_file_is_sent_there_first() -> None:
    assert said(read_expert, "name: A\ntitle: B\n", "content/expert.yml") == [
        "unknown key `title`: it belongs into content/expert.yml, below `ask:`; or a paper’s header"
    ]


def test_a_slip_is_still_a_slip_and_nobodys_key_is_unknown() -> None:
    head = "---\nproblem: Flat\nslug: flat\nindustry: x\nautor: y\nmood: good\n---\n"
    assert said(published, head, "content/problems/flat.md") == [
        "unknown key `industry`: did you mean `industries`?",
        "unknown key `autor`: did you mean `author`?",
        "unknown key `mood`",
    ]
    assert belongs("mood") == ""


def test_a_word_that_breaks_off_means_what_begins_so() -> None:
    assert did_you_mean("prose/hard", GATED) == ": did you mean `prose/hard-to-read`?"
    assert did_you_mean("prose/pich", GATED) == ": did you mean `prose/pitch`?"
    text = "name: A\ngates:\n  prose: to fix\n  prose/hard: off\n"
    assert said(read_expert, text, "content/expert.yml") == [
        "unknown key `gates.prose/hard`: did you mean `prose/hard-to-read`?"
    ]
