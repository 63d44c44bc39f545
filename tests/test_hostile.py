"""A workspace that others prepared: every command ends with a finding or a sentence; nothing gets in or out."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml import html

import stories
from heard.catalogue.copies import without_copies
from heard.workspace import at
from stories import run
from workspaces import checked

SECRET = "Zyxwvut of the vault"
PRIVATE = "content/private"
NOTE = "---\ndate: 2026-01-10\naccount: Acme Foods\n---\n> It stops.\n> [[flat]]\n"
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("problems",),
    ("next",),
    ("notes", "stops"),
    ("show", "flat"),
    ("accounts",),
    ("inbox",),
    ("approve", "--yes"),
    ("log", "It stops again.", "--account", "../../evil\n<b>", "--problem", "flat"),
    ("draft", "icy", "--no-input"),
    ("rename", "flat", "It is flat"),
    ("pdf", "--out", "{out}"),
    ("export", "{out}/export"),
)
BOTH_WAYS = (*COMMANDS, ("publish", "icy", "--yes"), ("retract", "flat", "--yes"))


@pytest.fixture
def place(tmp_path: Path, shared: Path) -> Path:
    """A workspace with a published problem and a draft, and a folder beside it that is nobody's business."""
    root = stories.workspace(tmp_path / "inside/workspace", shared)
    stories.problem(root, "flat")
    stories.problem(root, "icy", public=False)
    for name in stories.COMPANIES[:4]:
        stories.note(root, "2026-01-10", name)
    outside = tmp_path / "outside"
    outside.mkdir()
    entry = f"---\nname: {SECRET}\nproblem: {SECRET}\n---\n> {SECRET}\n"
    (outside / "entry.md").write_text(entry, "utf-8")
    (outside / "entry.yml").write_text(f"name: {SECRET}\nbio: {SECRET}\n", "utf-8")
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{SECRET}</text></svg>'
    (outside / "picture.svg").write_text(picture, "utf-8")
    return root


def written(root: Path, name: str, content: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
    return path


def linked(root: Path, name: str, target: Path) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """End what hangs."""

    def late(*_: object) -> None:
        raise TimeoutError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def everything(root: Path, *, build: bool = True, commands: tuple[tuple[str, ...], ...] = COMMANDS) -> str:
    """What all commands say, each of which ends in time, without a trace, and touches nothing outside."""
    base = root.parents[1]
    out = base / "inside/out"
    before = stories.tree(base, "inside/")
    said = ""
    for words in commands:
        with at_most(60):
            done = run(root, *(word.format(out=out) for word in words))
        assert done.code in (0, 1), (words, done)
        assert "Traceback" not in done.err, (words, done.err)
        said += done.out + done.err
    if build:
        done = stories.process(root, "build", program="mkdocs")
        assert "Traceback" not in done.err, done.err
        said += done.out + done.err
    assert stories.tree(base, "inside/") == before
    assert sorted(path.name for path in base.iterdir()) == ["inside", "outside"]
    assert {path.name for path in (base / "inside").iterdir()} <= {"workspace", "out"}
    return said


def leaked(root: Path) -> list[Path]:
    """Every file that holds what lies outside, links themselves left out."""
    files = [path for path in root.parents[0].rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if SECRET.encode() in path.read_bytes()]


def found(root: Path) -> set[str]:
    return {f"{one.place.path} {one.code}" for one in checked(at(root))[1]}


FOLDERS = ("problems", "industries", "authors", "private/problems", "private/accounts", "private/proof")


def test_links_that_lead_out_are_not_followed(place: Path) -> None:
    outside = place.parents[1] / "outside"
    for folder in (*FOLDERS, "private/notes", "private/inbox", "pages"):
        linked(place, f"content/{folder}/out.md", outside / "entry.md")
        linked(place, f"content/{folder}/passwd.md", Path("/etc/passwd"))
    for name in ("fit.yml", "campaigns/out.yml", "private/held.yml"):
        linked(place, f"content/{name}", outside / "entry.yml")
    for name in ("pages/folder", "private/notes/folder"):
        linked(place, f"content/{name}", outside)
    for name in ("pages/p.svg", "problems/p.svg"):
        linked(place, f"content/{name}", outside / "picture.svg")
    linked(place, f"{PRIVATE}/notes/round", place / f"{PRIVATE}/notes/round")
    linked(place, f"{PRIVATE}/notes/up", place / "content")
    paper = place / "content/problems/flat.md"
    ways = ("p.svg", "../../../outside/picture.svg", f"{outside}/picture.svg", f"file://{outside}/picture.svg")
    paper.write_text(paper.read_text("utf-8") + "".join(f"\n![x]({way})\n" for way in ways), "utf-8")
    said = everything(place, commands=BOTH_WAYS)
    assert SECRET not in said
    assert "root:x:0" not in said
    assert leaked(place) == []
    codes = found(place)
    for folder in (*FOLDERS, "private/notes"):
        assert f"content/{folder}/out.md file/link" in codes
    assert {"content/fit.yml file/link", f"{PRIVATE}/held.yml file/link"} <= codes
    assert "content/pages/out.md:1: to fix: a link" in run(place, "check").out
    assert "not read and not counted" in run(place, "problems").err


@pytest.mark.parametrize("back", [".", ".."])
def test_a_circle_of_links_among_the_pages_is_named(back: str, place: Path) -> None:
    (place / "content/pages/folder").mkdir()
    linked(place, "content/pages/folder/back", Path(back))
    done = stories.process(place, "build", program="mkdocs")
    assert done.code == 1
    assert "content/pages/folder/back is a link that leads back to where it lies" in done.err
    assert "Traceback" not in done.err


def test_paths_in_values_lead_nowhere(place: Path) -> None:
    for number, slug in enumerate(("../../../outside/evil", "CON", "x\0y")):
        stories.problem(place, f"p{number}", slug=slug, author=slug, industries=[slug])
    stories.problem(place, "old", old_slugs=["../../evil", "/etc/evil", "..", "a/b", "fine-one"])
    written(
        place,
        "content/expert.yml",
        "name: X\nportrait: ../../outside/picture.svg\nbrand: {logo: ../../outside/picture.svg}\n",
    )
    written(place, "content/campaigns/x.yml", "name: ../../../outside/evil\nproblems: [../x]\nchannels: [../y]\n")
    stories.account(place, "evil", "../../../../outside/evil")
    stories.note(place, "2026-01-10", "../../outside/evil", at="../../outside/evil")
    everything(place, commands=COMMANDS[:9])
    assert leaked(place) == []
    assert "content/problems/old.md problem/bad-slug" in found(place)
    assert [path for path in place.parent.rglob("*evil*") if "private" not in path.parts and "site" in path.parts] == []


NAMES = (
    "CON.md", "NUL.md", "aux.md", "a\nb.md", "a\x01b.md", "a\x1b[31mred.md", "\u202egnp.md", "\u200f.md", " .md",
    "-rf.md", "\"q'.md", "a\\b.md", "*?.md", "a|b.md", ":x.md", "%2e%2e.md", "a\u2028c.md", "na\u0308h.md", "näh.md",
    "x" * 252 + ".md", os.fsdecode(b"bad\xff.md"),
)  # fmt: skip


def test_any_name_of_a_file_is_read_or_told(place: Path) -> None:
    for name in NAMES:
        written(place, f"{PRIVATE}/notes/{name}", NOTE)
    for folder in FOLDERS:
        for name in ("a\nb.md", os.fsdecode(b"bad\xff.md"), "\u202egnp.md"):
            written(place, f"content/{folder}/{name}", "---\nname: Odd Ltd\nproblem: Odd\n---\nWords.\n")
    deep = place / f"{PRIVATE}/notes" / "/".join(f"d{number}" for number in range(80))
    deep.mkdir(parents=True)
    (deep / "note.md").write_text(NOTE, "utf-8")
    said = everything(place)
    assert "\x1b" not in said
    assert "\u202e" not in run(place, "check").out
    catalogue, _ = checked(at(place))
    assert len([note for note in catalogue.notes if note.account == "Acme Foods"]) == len(NAMES) + 2
    assert "content/problems/a\nb.md file/bad-name" in found(place)
    assert all(line.count(": ") >= 2 for line in run(place, "check").out.splitlines())


EVIL = (
    "{{ config }} {% include 'x' %} {{ 7*7 }} ${7*7} <script>alert(1)</script> [x](javascript:alert(1)) "
    "<img src=x onerror=alert(1)> <a href='java&#x73;cript:alert(1)'>y</a> <iframe src=//evil.example></iframe>"
)


def dangerous(tag: html.HtmlElement) -> Iterator[str]:
    """What a browser would run, or fetch from a stranger."""
    for name, value in tag.attrib.items():
        address = "".join(value.split()).lower()
        if (name.startswith("on") and "alert" in value) or address.startswith("javascript:") or "//evil" in address:
            yield f"<{tag.tag} {name}={value}>"
    if tag.tag == "script" and tag.get("type") in (None, "module") and "alert(1)" in (tag.text or ""):
        yield "a script"


def test_words_that_look_like_a_template_or_a_page_stay_words(place: Path) -> None:
    for name in stories.COMPANIES[:4]:
        stories.note(place, "2026-01-10", name, EVIL, quotable="anonymous", role=EVIL, person="{{ 7*7 }}")
    words = {"title": "{{ 7*7 }} {% include 'x' %} <b>", "answer": "{{ 7*7 }}<script>alert(1)</script>"}
    # The paper itself is its writer's, who may put HTML into it; templates are nobody's.
    body = "\n## In short\n\n{{ 7*7 }} {% include 'x' %} {{ config.site_name }}\n"
    more = {"problem": "{{ 7*7 }} <script>alert(1)</script>", "description": f'"><script>alert(1)</script>{"d" * 80}'}
    stories.problem(place, "evil", body=body, **words, **more)
    written(place, "content/expert.yml", "name: 'X {{ 7*7 }}<script>alert(1)</script>'\n"
            "same_as: ['javascript:alert(1)', 'https://fine.example/']\n"
            "ask: {title: '<script>alert(1)</script>', link: 'javascript:alert(1)', text: x, button: y}\n")  # fmt: skip
    everything(place, commands=(("check",), ("approve", "--yes"), ("show", "flat")))
    assert {"content/expert.yml yaml/bad-link"} <= found(place)
    pages = [path.read_text("utf-8") for path in (place / "site").rglob("*.html")]
    assert len(pages) > 5
    for page in pages:
        assert [what for tag in html.fromstring(page).iter("*") for what in dangerous(tag)] == []
    assert (
        "49"
        not in (place / "site/problems/evil/index.html").read_text("utf-8").partition("<main")[2].partition("</h1>")[0]
    )


BOMB = "---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n---\n> It stops.\n"
TEXTS: dict[str, str | bytes] = {
    "bomb": BOMB,
    "big": f"---\nx: {'y' * 70_000}\n---\n> It stops.\n",
    "deep": f"---\nx: {'[' * 20_000}{']' * 20_000}\n---\n> It stops.\n",
    "object": "---\nx: !!python/object/apply:os.mkdir ['pwned']\n---\n> It stops.\n",
    "nul": b"---\nacc\0ount: x\n---\n> It \0 stops.\n\0",
    "nothing": b"\0" * 100_000,
    "bytes": bytes(range(256)) * 200,
    "halves": b"> \xed\xa0\x80 half\n",
    "quotes": "> " * 5000 + "deep\n",
    "long": "> " + "a " * 200_000 + "\n",
    "brackets": "> " + "[[" * 50_000 + "\n",
    "hashes": "> " + "#" * 100_000 + "\n",
}


def test_bombs_and_rubbish_are_read_over(place: Path) -> None:
    for name, content in TEXTS.items():
        written(place, f"{PRIVATE}/notes/{name}.md", content)
    for folder in FOLDERS:
        for name in ("bomb", "deep", "object", "nul"):
            written(place, f"content/{folder}/{name}.md", TEXTS[name])
    written(place, f"{PRIVATE}/settings.yml", "notes: notes\nkeys: &a {x: y}\ntables: *a\n")
    written(place, f"{PRIVATE}/held.yml", b"\xff\xfe\0")
    written(place, f"{PRIVATE}/inbox/rejected.yml", "[[[[")
    written(place, "content/fit.yml", "a: &a [1]\nrules: *a\n")
    written(place, "content/campaigns/bomb.yml", BOMB.strip("-\n"))
    everything(place)
    assert not list(place.rglob("pwned"))
    codes = found(place)
    assert {f"content/{folder}/bomb.md yaml/unreadable" for folder in FOLDERS} <= codes


def test_pipes_and_sockets_keep_nobody_waiting(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"content/{folder}/pipe.md" for folder in (*FOLDERS, "private/notes", "private/inbox", "pages")]
    names += [f"content/{name}" for name in ("fit.yml", "campaigns/p.yml", "private/held.yml", "private/settings.yml")]
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(place / name)
    monkeypatch.chdir(place / f"{PRIVATE}/notes")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
        (place / f"{PRIVATE}/notes/folder.md").mkdir()
        everything(place)
    codes = found(place)
    assert {f"{PRIVATE}/notes/pipe.md file/no-file", f"{PRIVATE}/notes/socket.md file/no-file"} <= codes
    assert f"{PRIVATE}/held.yml file/unreadable" in codes


def test_what_cannot_be_opened_is_told_and_counted(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = place / f"{PRIVATE}/notes/n001.md"
    real_open: Callable[..., int] = os.open
    real_scandir = os.scandir

    def opened(path: object, *args: int, **kwargs: int) -> int:
        if str(path) == str(refused):
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *args, **kwargs)

    def scanned(path: str) -> object:
        if str(path).endswith("notes/closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_scandir(path)

    (place / f"{PRIVATE}/notes/closed").mkdir()
    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "scandir", scanned)
    for words in (("problems",), ("next",), ("approve", "--check")):
        assert "2 files were not read and not counted: `heard check` says which." in run(place, *words).err
    assert {f"{PRIVATE}/notes/n001.md file/unreadable", f"{PRIVATE}/notes/closed file/unreadable"} <= found(place)


def test_ten_thousand_files(place: Path) -> None:
    for number in range(10_000):
        path = place / f"{PRIVATE}/notes/{number % 50}/{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(NOTE, "utf-8")
    with at_most(60):
        done = run(place, "problems")
    assert done.code == 0
    assert "10,004 quotes" in done.out


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("a 2.md", True), ("a (1).md", True), ("a(1).md", True), ("a-DESKTOP-AB12CD.md", True),
        ("a-Karls-MacBook-Pro.md", True), ("b 2.md", False), ("b (1).md", False), ("b-DESKTOP-AB12CD.md", False),
        ("a-b.md", False), ("a 10.md", False), ("a (Karl's conflicted copy 2026-11-22).md", True),
        ("b (conflicted copy 2026-11-22 041200).md", True),
        ("b (In Konflikt stehende Kopie von X 2026-11-22).md", True),
        ("b.sync-conflict-20261122-041200-ABCDEFG.md", True), ("b_conflict-20261122-041200.md", True),
        ("b_LOCAL_1234.md", True), ("b.md.orig", True), ("b (conflicted copy of heard 2026-11-22 0412).md", True),
        ("b about a conflicted copy.md", False), ("2026 (conflicted copy)/b.md", True),
    ],
)  # fmt: skip
def test_copies_are_known_by_their_names(name: str, copy: bool) -> None:
    for folder in ("/notes", "/Dropbox (Personal)/notes"):
        files = dict.fromkeys((f"{folder}/a.md", f"{folder}/z.md", f"{folder}/{name}"))
        assert without_copies(files)[1] == ((f"{folder}/{name}",) if copy else ())


def test_copies_beside_the_files_that_are_read_are_told_too(place: Path) -> None:
    names = (
        "private/settings (conflicted copy of heard 2026-11-22 0412).yml",
        "private/notes/b.md.orig",
        "pages/about 2.md",
    )
    for name in names:
        written(place, f"content/{name}", "words")
    said = run(place, "check").out
    for name in names:
        assert f"content/{name}:1: to fix: " in said
    assert said.count("[file/conflict-copy]") == len(names)
    assert "an edit that heard could not make" in said


def test_everything_that_heard_writes_in_private_is_for_its_owner_alone(tmp_path: Path) -> None:
    from heard.pipeline.setup import Answers, init

    before = os.umask(0)
    try:
        root = tmp_path / "new"
        init(root, Answers())
        quotes = tmp_path / "quotes.csv"
        quotes.write_text("quote,account,klant\nIt leaks all night.,Acme,x\nThe doors ice up.,Nordfrost,y\n", "utf-8")
        for words in (
            ("log", "It stops at night.", "--account", "Acme", "--new", "Trucks stop"),
            ("log", "It stops in the cold.", "--account", "Nordfrost", "--problem", "trucks-stop"),
            ("import", str(quotes), "--map", "quote=quote"),
            ("draft", "trucks-stop", "--no-input"),
            ("match", "it stops"),
            ("inbox", "--no-input"),
            ("rename", "trucks-stop", "Trucks stop at night"),
            ("account", "merge", "Acme", "Nordfrost", "--yes"),
            ("next",),
            ("undo",),
            ("check",),
            ("approve", "--yes"),
        ):
            done = run(root, *words)
            assert "Traceback" not in done.err, (words, done.err)
    finally:
        os.umask(before)
    private = root / PRIVATE
    every = [path for path in private.rglob("*") if ".git" not in path.relative_to(private).parts[:1]]
    assert {f"{PRIVATE}/.changes", f"{PRIVATE}/.heard", f"{PRIVATE}/inbox"} <= {
        p.relative_to(root).as_posix() for p in every
    }
    assert len([path for path in every if path.is_file()]) > 15
    assert {str(path): oct(path.stat().st_mode) for path in every if path.stat().st_mode & 0o077} == {}
