"""Documents and recordings among the notes: `heard check` and `heard import` say that nobody reads them, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

import stories
from stories import run

WORD = b"PK\x03\x04" + bytes(40)
NOTE = "---\ndate: 2026-03-01\naccount: Acme\n---\nWe talked.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with one note."""
    root = stories.workspace(tmp_path / "workspace")
    (root / "content/private/notes/a.md").write_text(NOTE, "utf-8")
    return root


def laid(folder: Path, name: str, content: bytes = WORD) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def unread(root: Path) -> dict[str, str]:
    """What check says of files that nobody reads, by their place."""
    data = run(root, "check", "--json").data
    return {one["path"]: one["message"] for one in data if one["code"] == "import/unread"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("call.docx", WORD, "this is a Word, Excel or ZIP file, which heard does not read: save a document as .txt"),
        ("broken.docx", b"half a file", "this is a Word file by its name, but broken"),
        ("empty.docx", b"", "this is a Word file with nothing in it"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(8), "this is an old Word or Excel file"),
        ("call.rtf", b"{\\rtf1 We wait.}", "this is an RTF file, which heard does not read: save it as .txt"),
        ("call.odt", WORD, "which heard does not read"),
        ("rows.xlsx", WORD, "a table as CSV"),
        ("2026/call.pages", WORD, "which heard does not read"),
    ],
)
def test_a_document_is_told_by_check_as_by_import(desk: Path, name: str, content: bytes, says: str) -> None:
    path = laid(desk / "content/private/notes", name, content)
    found = unread(desk)
    assert list(found) == [f"content/private/notes/{name}"]
    assert says in found[f"content/private/notes/{name}"]
    done = run(desk, "import", str(path))
    assert (done.code, says in done.err, "had nothing to propose" in done.out) == (1, True, False)


def test_a_recording_and_a_folder_of_pages_are_told(desk: Path) -> None:
    notes = desk / "content/private/notes"
    laid(notes, "call.m4a", bytes(8))
    laid(notes, "talk.pages/Index.zip")
    laid(notes, "talk.pages/Data/one.docx")
    found = unread(desk)
    assert sorted(found) == ["content/private/notes/call.m4a", "content/private/notes/talk.pages"]
    assert "make a transcript" in found["content/private/notes/call.m4a"]


def test_notes_elsewhere_are_looked_through_as_well(desk: Path, tmp_path: Path) -> None:
    laid(tmp_path / "vault", "call.docx")
    (desk / "content/private/settings.yml").write_text(f"notes: {tmp_path / 'vault'}\n", "utf-8")
    assert list(unread(desk)) == [str(tmp_path / "vault/call.docx")]


@pytest.mark.parametrize(
    "name",
    [
        "photo.png", "offer.pdf", "slides.pptx", ".DS_Store", "~$call.docx", ".obsidian/plugins/x.docx",
        ".trash/call.docx", "attachments/call.docx", "2026/Anhänge/call.docx", "_resources/call.mp3", "linked.docx",
        "done.docx", "heard.m4a",
    ],
)  # fmt: skip
def test_what_people_keep_there_is_passed_over(desk: Path, name: str) -> None:
    notes = desk / "content/private/notes"
    (notes / "a.md").write_text(f"{NOTE}\nSee [[linked.docx]] and ![[files/heard.m4a|the call]].\n", "utf-8")
    laid(notes, "done.txt", b"We talked.")
    laid(notes, name)
    assert unread(desk) == {}


def test_many_are_counted(desk: Path) -> None:
    for at in range(30):
        laid(desk / "content/private/notes", f"{at:02}.docx")
    found = unread(desk)
    assert len(found) == 21
    assert "and 10 more files" in found["content/private/notes/20.docx"]
