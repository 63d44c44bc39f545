"""`heard forget`: every spelling goes, every other byte stays, nothing brings it back, and a kill leaves no half."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from heard.approve.erase import erased, find, finder
from heard.approve.spellings import company, kept, person
from heard.base import changes
from heard.pipeline import forget as story
from heard.pipeline.catalogue import read
from heard.values import FORGOTTEN, Account, HeardError, Person, Place, Quotable
from heard.workspace import Workspace
from stories import account, approved, file, note, problem, proof, run, tree
from workspaces import make

TODAY = date(2026, 11, 21)
ACME = Account(Place("x"), "acme-foods", "Acme Foods GmbH", ("AFX", "Akme Nahrung"), ("acme.example",))
DANA = Person("Dana Ruíz", ("Danita",), "", "d.ruiz@acme.example", "+49 30 5550 100")


def without(text: str, *, near: bool = True, others: tuple[str, ...] = ()) -> str:
    mine = (*company(ACME), *person(DANA))
    return erased(text, finder(mine, kept(others, mine), near=near), {}).text


@pytest.mark.parametrize(
    "written",
    [
        "Acme Foods GmbH", "ACME FOODS", "acme foods", "Acme-Foods", "acme_foods", "AcmeFoods", "#acmefoods",
        "Acme\u00a0Foods", "Ac\u200bme Foods", "Acme%20Foods", "Acme&nbsp;Foods", r"\u0041cme Foods", "AFX",
        "Akme Nahrung", "acme.example", "www.acme.example", "info@acme.example", "x@mail.acme.example",
        "Dana Ruíz", "DANA RUIZ", unicodedata.normalize("NFD", "Dana Ruíz"), "Ruíz, Dana", "Dana Ru%C3%ADz",
        r"Dana Ru\u00edz", "Dana Ru&iacute;z", "d.ruiz@acme.example", "+49 30 5550 100", "+49 (0)30 5550-100",
        "0049305550100", "030/5550100", "(030) 5550 100", "D. Ruíz", "Dana", "Danita", "Ruíz", "[[Acme Foods|Acme]]",
        "[[accounts/acme-foods|they]]", "[[Acme Foods GmbH#Calls]]",
    ],
)  # fmt: skip
def test_every_way_to_write_a_name_goes(written: str) -> None:
    assert without(f"We met {written} in May.").replace("#", "").replace("www.", "") == f"We met {FORGOTTEN} in May."


@pytest.mark.parametrize(
    "text",
    [
        "An acme of food, and foods.", "Acmeology Foodservice", "notacme.example", "acme.example.org", "afx is a file",
        "danad ruize", "1049305550100", "dana is Arabic for a pearl", "030 5550 1001", "Fooddana",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    assert without(text) == text


def test_a_genitive_a_quote_s_line_break_and_a_header_keep_their_shape() -> None:
    assert without("Acme Foods' and Acme Foods’s and Ruízs Wort") == (
        f"{FORGOTTEN}' and {FORGOTTEN}’s and {FORGOTTEN}s Wort"
    )
    assert without("> We asked Acme\n> Foods twice.") == f"> We asked {FORGOTTEN}\n>  twice."
    assert without("---\na: Acme\nFoods: x\n---\n") == "---\na: Acme\nFoods: x\n---\n"


def test_another_s_name_that_holds_the_name_stays_whole() -> None:
    text = "Acme Foods Nord AG bought Acme Foods. Dana Foods too."
    assert without(text, others=("Acme Foods Nord AG", "Dana Foods")) == (
        f"Acme Foods Nord AG bought {FORGOTTEN}. Dana Foods too."
    )


def test_a_short_alias_is_meant_where_it_is_written_so_or_where_names_stand() -> None:
    short = Account(Place("x"), "itx", "Information Technologies", ("IT",))
    how = finder(company(short), near=True)
    text = "---\naccount: it\n---\n> IT broke it.\n> — M. Kern, it, clerk\n[[it]] is it, or [[that|it]]?"
    assert [text[start:end] for start, end in find(text, how)] == ["it", "IT", "it", "it", "it"]
    assert "broke it." in erased(text, how, {}).text


def world(root: Path, extra: dict[str, str | bytes | None] | None = None) -> Workspace:
    files: dict[str, str | bytes | None] = {
        "content/private/accounts/acme-foods.md": (
            "---\nname: Acme Foods GmbH\naliases: [AFX]\ndomains: [acme.example]\npeople:\n"
            "  - {name: Dana Ruiz, email: d.ruiz@acme.example, phone: +49 30 5550 100}\n"
            "  - {name: Piet Kramer}\n---\nDana likes coffee.\n"
        ),
        "content/private/accounts/nordfrost.md": "---\nname: Nordfrost\npeople: [{name: Dana Olsen}]\n---\n",
        "content/private/notes/a.md": (
            "---\ndate: 2026-01-10\naccount: Acme Foods\nperson: Dana Ruiz\nquotable: named\n---\n"
            "> It stops. ^a1\n> [[flat]]\n\nDana said AFX pays. Call 030 5550100.\n"
        ),
        "content/private/notes/b.md": (
            "---\ndate: 2026-01-11\naccount: Nordfrost\nperson: Dana Olsen\nquotable: anonymous\n---\n"
            "> Dana Ruiz sent me. ^b2\n> [[flat]]\n\nAlso at [[Acme Foods|Acme]]. Dana again.\n"
        ),
        "content/private/problems/flat.md": "---\nproblem: Flat\nslug: flat\n---\n",
        **(extra or {}),
    }
    return make(root, files)


def everything(root: Path) -> bytes:
    return b"\n".join(
        bytes(path.relative_to(root)) + b"\n" + path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    )


def test_an_account_goes_with_its_people_and_counts_for_nothing(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    story.carry_out(workspace, story.plan(workspace, "afx", TODAY))
    assert not re.search(rb"(?i)acme|afx|ruiz|kramer|5550", everything(tmp_path))
    assert not (tmp_path / "content/private/accounts/acme-foods.md").exists()
    text = (tmp_path / "content/private/notes/a.md").read_text("utf-8")
    assert text == (
        "---\ndate: 2026-01-10\naccount: (forgotten)\nperson: (forgotten)\nquotable: named\n---\n"
        "> It stops. ^a1\n> [[flat]]\n\n(forgotten) said (forgotten) pays. Call (forgotten).\n"
    )
    other = (tmp_path / "content/private/notes/b.md").read_text("utf-8")
    assert other.endswith("> (forgotten) sent me. ^b2\n> [[flat]]\n\nAlso at (forgotten). Dana again.\n")
    found = read(workspace)
    theirs = next(q for one in found.catalogue.notes for q in one.quotes if q.id == "a1")
    assert (theirs.account, theirs.quotable) == ("", Quotable.OFFRECORD)
    assert {hearing.account for hearing in found.hearings["flat"]} == {"", "nordfrost"}


def test_a_person_goes_and_the_account_stays(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    plan = story.plan(workspace, "Dana Ruiz", TODAY)
    # Dana Olsen's own name is no such word, but that Dana who is named alone may be either of them.
    assert plan.elsewhere == ("content/private/notes/b.md:10",)
    story.carry_out(workspace, plan)
    text = (tmp_path / "content/private/accounts/acme-foods.md").read_text("utf-8")
    assert text == (
        "---\nname: Acme Foods GmbH\naliases: [AFX]\ndomains: [acme.example]\npeople:\n"
        "  - {name: Piet Kramer}\n---\n(forgotten) likes coffee.\n"
    )
    note_b = (tmp_path / "content/private/notes/b.md").read_text("utf-8")
    assert "Dana Olsen" in note_b
    assert "Dana again" in note_b
    assert "(forgotten) sent me" in note_b
    counted = {hearing.account for hearing in read(workspace).hearings["flat"]}
    assert counted == {"", "nordfrost"}


def test_two_people_of_one_name_are_told_apart(tmp_path: Path) -> None:
    other = "---\ndate: 2026-01-12\naccount: Nordfrost\nperson: Dana Ruiz\n---\n> Hm. ^c3\n"
    workspace = world(tmp_path, {"content/private/notes/c.md": other})
    with pytest.raises(HeardError, match="“Dana Ruiz, Acme Foods GmbH”; “Dana Ruiz, Nordfrost”"):
        story.plan(workspace, "Dana Ruiz", TODAY)
    story.carry_out(workspace, story.plan(workspace, "Dana Ruiz, Nordfrost", TODAY))
    assert "person: (forgotten)" in (tmp_path / "content/private/notes/c.md").read_text("utf-8")
    assert "Dana Ruiz" in (tmp_path / "content/private/notes/a.md").read_text("utf-8")


def test_files_of_every_kind_and_encoding_keep_their_other_bytes(tmp_path: Path) -> None:
    latin = "Gr\xfc\xdfe an M\xfcller Werke, \x80 5".encode("latin-1")
    wide = "Müller Werke\r\n".encode("utf-16")
    odd = "ok é ".encode() + b"\xff M\xfcller Werke\r\nend"
    workspace = make(
        tmp_path,
        {
            "content/private/accounts/mueller-werke.md": "---\nname: Müller Werke\n---\n",
            "content/private/notes/latin.md": latin,
            "content/private/notes/wide.txt": wide,
            "content/private/notes/odd.md": odd,
            "content/private/.obsidian/workspace.json": '{"lastOpenFiles": ["accounts/mueller-werke.md", "x"]}',
            "content/private/notes/.trash/old.md": "M\u00fcller Werke",
            "content/private/results/given.csv": "who,what\nm\u00fcller-werke,flat\n",
            "content/private/notes/Müller Werke/call (Müller Werke).md": "---\naccount: Müller Werke\n---\n> Hi.\n",
            "content/private/notes/links.md": "See [[call (Müller Werke)|it]] and [[Müller Werke]].\r\n",
            "content/private/notes/picture.png": b"\x89PNG\0M\xc3\xbcller Werke",
        },
    )
    plan = story.plan(workspace, "Müller Werke", TODAY)
    story.carry_out(workspace, plan)
    notes = tmp_path / "content/private/notes"
    assert (notes / "latin.md").read_bytes() == b"Gr\xfc\xdfe an (forgotten), \x80 5"
    assert (notes / "wide.txt").read_bytes() == "(forgotten)\r\n".encode("utf-16")
    assert (notes / "odd.md").read_bytes() == "ok é ".encode() + b"\xff (forgotten)\r\nend"
    assert (notes / ".trash/old.md").read_text("utf-8") == "(forgotten)"
    assert (notes / "links.md").read_bytes() == b"See [[call ((forgotten))|it]] and (forgotten).\r\n"
    assert (notes / "(forgotten)/call ((forgotten)).md").is_file()
    assert not (notes / "Müller Werke").exists()
    assert (tmp_path / "content/private/results/given.csv").read_text("utf-8") == "who,what\n(forgotten),flat\n"
    assert "(forgotten)" in (tmp_path / "content/private/.obsidian/workspace.json").read_text("utf-8")
    assert [row.partition(":")[0] for row in plan.unread] == ["notes/picture.png"]


def test_renamed_files_never_take_one_another_s_name(tmp_path: Path) -> None:
    names = [f"content/private/notes/{name}.md" for name in ("Acme Foods call", "AFX call", "(forgotten) call")]
    workspace = world(tmp_path, {name: f"---\ndate: 2026-01-01\n---\n> {at}\n" for at, name in enumerate(names)})
    story.carry_out(workspace, story.plan(workspace, "Acme Foods", TODAY))
    held = sorted(path.read_text("utf-8")[-2:-1] for path in (tmp_path / "content/private/notes").glob("*call*"))
    assert held == ["0", "1", "2"]
    assert len(read(workspace).catalogue.notes) == 5


def test_with_words_what_they_said_goes_too(tmp_path: Path) -> None:
    text = (
        "---\naccount: Nordfrost\n---\n> Ours. ^n1\n\n> Theirs,\n> two lines.\n> — Dana Ruiz, Acme Foods\n\n"
        "[[flat]]\n\nEnd.\n"
    )
    draft = "---\nwhy: x\naccount: Acme Foods\nkey: k\n---\n> Waiting.\n"
    extra: dict[str, str | bytes | None] = {
        "content/private/notes/c.md": text, "content/private/inbox/2026-01-01 d.md": draft,
    }  # fmt: skip
    workspace = world(tmp_path, extra)
    story.carry_out(workspace, story.plan(workspace, "Acme Foods", TODAY, words=True))
    after = (tmp_path / "content/private/notes/c.md").read_text("utf-8")
    assert after == "---\naccount: Nordfrost\n---\n> Ours. ^n1\n\n\n\nEnd.\n"
    assert not list((tmp_path / "content/private/inbox").glob("*.md"))
    assert "It stops" not in (tmp_path / "content/private/notes/a.md").read_text("utf-8")


def test_the_path_of_notes_elsewhere_stays_and_the_notes_are_rewritten(tmp_path: Path) -> None:
    vault = tmp_path / "Acme Foods vault"
    (vault / "x").mkdir(parents=True)
    (vault / "x/AFX.md").write_text("---\naccount: AFX\n---\n> Hm. [[flat]]\n", "utf-8")
    root = tmp_path / "ws"
    settings_text = f"notes: {vault}\nkeys:\n  acme foods: account\n"
    workspace = world(root, {"content/private/settings.yml": settings_text, "content/private/notes/a.md": None})
    assert workspace.private.notes == vault
    story.carry_out(workspace, story.plan(workspace, "Acme Foods", TODAY))
    assert f"notes: {vault}\n" in (root / "content/private/settings.yml").read_text("utf-8")
    assert (vault / "x/(forgotten).md").read_text("utf-8") == "---\naccount: (forgotten)\n---\n> Hm. [[flat]]\n"


def test_nothing_brings_it_back(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    assert run(tmp_path, "account", "alias", "Nordfrost", "NF").code == 0
    assert run(tmp_path, "account", "merge", "Nordfrost", "Acme Foods").code == 0
    run(tmp_path, "undo")
    run(tmp_path, "match", "it stops")
    assert run(tmp_path, "forget", "Acme Foods", "--yes").code == 0
    assert not re.search(rb"(?i)acme|QWNtZQ|YWNtZ|ruiz", everything(tmp_path))
    assert "There is no change" in run(tmp_path, "undo").err
    before = tree(tmp_path)
    again = run(tmp_path, "forget", "Acme Foods", "--yes")
    assert again.code == 1
    assert "stands nowhere" in again.err
    caches = ("content/private/.heard", "content/private/leaks")
    assert tree(tmp_path, *caches) == {name: held for name, held in before.items() if not name.startswith(caches)}
    assert workspace.private.exists


def test_nothing_stays_in_what_was_kept_of_builds_and_previews(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    for name in ("preview/site/index.html", "pages/a.md", "shown/a.md", "pdf/1.pdf", "cards/1.png"):
        path = workspace.public.cache / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Acme Foods", "utf-8")
    assert run(tmp_path, "forget", "Acme Foods", "--yes").code == 0
    assert not [path for path in workspace.public.cache.rglob("*") if path.is_file()]


def test_a_dry_run_and_a_no_change_nothing_and_json_tells_all(tmp_path: Path) -> None:
    world(tmp_path)
    run(tmp_path, "check")
    before = tree(tmp_path)
    shown = run(tmp_path, "forget", "Acme Foods", "--dry-run", "--json")
    assert shown.code == 0, shown.err
    assert shown.data["done"] is False
    assert {row["path"]: row["becomes"] for row in shown.data["files"]} == {
        "content/private/accounts/acme-foods.md": None,
        "content/private/notes/a.md": "content/private/notes/a.md",
        "content/private/notes/b.md": "content/private/notes/b.md",
    }
    refused = run(tmp_path, "forget", "Acme Foods", "--no-input")
    assert refused.code == 1
    assert "--yes" in refused.err
    assert tree(tmp_path) == before


class Killed(BaseException):
    """What a killed process does: nothing at all after it."""


def test_killed_at_every_step_it_is_done_or_untouched_after_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = ("link", "rename", "replace", "unlink", "rmdir", "fsync", "mkdir")
    ended = []
    for at in itertools.count(1):
        root = tmp_path / str(at)
        workspace = world(root, {"content/private/notes/AFX/AFX.md": "---\naccount: AFX\n---\n> x\n"})
        run(root, "account", "alias", "Nordfrost", "NF")
        plan = story.plan(workspace, "Acme Foods", TODAY)
        before = _words(root)
        with monkeypatch.context() as patched:
            made = _killing(patched, calls, at)
            with contextlib.suppress(Killed):
                story.carry_out(workspace, plan)
        changes.resume(workspace.private.changes, root)
        for path in root.rglob(".heard-*.tmp"):
            path.unlink()
        gone = not re.search(rb"(?i)acme|afx|ruiz|QWNtZ", everything(root)) and not _named_folders(root)
        assert gone or _words(root) == before
        ended.append(gone)
        if made[0] < at:
            break
    assert ended[-1]
    assert not ended[0]
    assert ended == sorted(ended)
    assert len(ended) > 15


def _killing(patched: pytest.MonkeyPatch, names: tuple[str, ...], at: int) -> list[int]:
    made = [0]

    def wrap(real: Any) -> Any:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            made[0] += 1
            if made[0] >= at:
                raise Killed
            return real(*args, **kwargs)

        return wrapped

    for name in names:
        patched.setattr(os, name, wrap(getattr(os, name)))
    return made


def _words(root: Path) -> dict[str, str]:
    return tree(root / "content/private", ".heard", ".changes", "leaks")


def _named_folders(root: Path) -> list[Path]:
    return [path for path in root.rglob("*AFX*") if path.is_dir()]


@pytest.fixture
def public(root: Path) -> Path:
    problem(root, "flat")
    for at, name in enumerate(("Acme Foods", "Nordfrost", "Birkenlund")):
        note(root, "2026-01-10", name, f"It stops at {at}.", quotable="named", person=f"Anna Person{'abc'[at]}")
    account(root, "acme-foods", "Acme Foods", people=[{"name": "Dana Ruiz"}])
    proof(root, "acme", {"level": "named", "granted": "2026-02-01"})
    assert run(root, "approve", "--yes").code == 0
    return root


def test_what_was_public_of_them_leaves_approved_yml_at_once_and_nothing_new_comes(public: Path) -> None:
    held = approved(public)
    assert held["problems"]["flat"]["heard_from"] == 3
    assert len(held["problems"]["flat"]["quotes"]) == 3
    note(public, "2026-02-10", "Quarrystone", "Not read by anybody yet.", quotable="anonymous")
    done = run(public, "forget", "Acme Foods", "--yes")
    assert done.code == 0, done.err
    after = approved(public)
    assert after["problems"]["flat"]["heard_from"] == 3
    assert {quote["text"] for quote in after["problems"]["flat"]["quotes"]} == {"It stops at 1.", "It stops at 2."}
    assert after["proof"] == []
    assert b"Acme" not in (public / "content/approved.yml").read_bytes()
    assert run(public, "forget", "Nordfrost", "--yes").code == 0
    assert approved(public)["problems"]["flat"]["heard_from"] == 0


def test_where_it_was_published_is_told(public: Path) -> None:
    file(public, "problems/icy.md", {"problem": "Icy", "published": "2026-01-01"}, "\nAcme Foods did it.\n")
    (public / "build/campaigns/x").mkdir(parents=True)
    (public / "build/campaigns/x/acme-foods.csv").write_text("to,Dana Ruiz\n", "utf-8")
    (public / "site").mkdir()
    (public / "site/index.html").write_text("<p>Ac<b>me</b> &amp; <i>Acme&nbsp;Foods</i></p>", "utf-8")
    done = run(public, "forget", "Acme Foods", "--dry-run", "--json")
    told = [row.partition(":")[0] for row in done.data["public"]]
    assert {"content/problems/icy.md", "build/campaigns/x/acme-foods.csv", "site/index.html"} <= set(told)


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@host.example", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_what_git_still_holds_is_listed_with_commands_that_name_it(tmp_path: Path) -> None:
    world(tmp_path)
    private = tmp_path / "content/private"
    git(private, "init", "-q")
    git(private, "add", "-A")
    git(private, "commit", "-qm", "Call with Acme Foods")
    deleted = private / "notes/gone.md"
    deleted.write_text("Dana Ruiz\n", "utf-8")
    git(private, "add", "-A")
    git(private, "commit", "-qm", "more")
    git(private, "reset", "-q", "--hard", "HEAD~1")
    done = run(tmp_path, "forget", "Acme Foods", "--yes")
    assert done.code == 0, done.err
    assert "The git history of content/private still holds it" in done.err
    assert "accounts/acme-foods.md: 1 version" in done.err
    assert "notes/gone.md: 1 version" in done.err
    assert "1 commit, by the message" in done.err
    assert "literal:Acme Foods==>(forgotten)" in done.err
    assert "--invert-paths --path accounts/acme-foods.md" in done.err
    assert "gc --prune=now" in done.err
    assert "Dana Olsen" not in done.err


PARTS = st.sampled_from(
    ["Müller", "Ångström", "O'Neill", "Weiß-Krüger", "Łódź", "C++", "A.B", "(Nord)", "Foods", "Frost", "Zephyria",
     "Tamworth", "Drumcondra", "Σίγμα", "Birken", "$tart", "[Quay]", "Name*", "Kraków", "d'Or"]
)  # fmt: skip
NAMES = st.lists(PARTS, min_size=2, max_size=3, unique=True).map(" ".join)
FILL = st.text("abc xyzäß.,\n>-#1", max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    NAMES, NAMES, st.lists(st.tuples(FILL, st.sampled_from(["", "upper", "lower", "nfd", "link"])), max_size=4), FILL
)
@example("Łódź Name*", "Müller Ångström", [("", "link")], "")
def test_no_spelling_is_left_and_all_else_is_unchanged(
    name: str, other: str, pieces: list[tuple[str, str]], end: str
) -> None:
    ways = {
        "": name, "upper": name.upper(), "lower": name.lower(), "nfd": unicodedata.normalize("NFD", name),
        "link": f"[[{name}]]" if not set(name) & set("[]") else name,
    }  # fmt: skip
    body = "".join(f"{fill} {ways[how]} " for fill, how in pieces) + end
    expected = "".join(f"{fill} {{}} " for fill, _ in pieces) + end
    header = f"---\ndate: 2026-01-01\naccount: {json.dumps(name, ensure_ascii=False)}\n---\n"
    apart = f"---\ndate: 2026-01-02\naccount: {json.dumps(other, ensure_ascii=False)}\n---\n> Mine. [[flat]]\n"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        workspace = make(root, {"content/private/notes/a.md": header + body, "content/private/notes/b.md": apart})
        before = read(workspace)
        if name == other or before.book.counts_as(name) == before.book.counts_as(other):
            return
        story.carry_out(workspace, story.plan(workspace, f"{name} (account)", TODAY))
        text = (root / "content/private/notes/a.md").read_text("utf-8")
        assert text.startswith("---\ndate: 2026-01-01\naccount: ")
        plain = text.partition("\n---\n")[2]
        if other not in name and name not in other:
            assert re.sub(r"\(forgotten\)[^a-zäß\s]*", "{}", plain) == re.sub(r"\{\}[^a-zäß\s]*", "{}", expected)
        assert name not in everything(root).decode("utf-8", "replace") or name in other
        assert (root / "content/private/notes/b.md").read_text("utf-8") == apart
        after = read(workspace)
        assert [quote.account for one in after.catalogue.notes for quote in one.quotes if quote.text == "Mine."] == [
            other
        ]
        assert len(after.catalogue.notes) == 2


def test_ten_thousand_letters_of_anything_are_looked_through_in_no_time() -> None:
    how = finder((*company(ACME), *person(DANA)), near=True)
    for text in ("a." * 25_000, "0 " * 25_000, "x@" * 25_000, "acme " * 10_000, "%41" * 15_000, "[[" * 25_000):
        assert len(find(text, how)) >= 0


def test_a_word_that_is_nobodys_name_is_erased_only_if_one_says_so(tmp_path: Path) -> None:
    world(tmp_path)
    before = tree(tmp_path, "content/private/.heard")
    refused = run(tmp_path, "forget", "stops", "--yes")
    assert refused.code == 1
    assert "No account and no person is called “stops”" in refused.err
    assert tree(tmp_path, "content/private/.heard") == before
    assert "did you mean `Acme Foods" in run(tmp_path, "forget", "Acne Fods", "--yes").err
    assert run(tmp_path, "forget", "stops", "--yes", "--anywhere").code == 0
    assert "It (forgotten)" in everything(tmp_path).decode("utf-8", "replace")


def test_branches_and_tags_that_bear_the_name_are_told_with_what_to_type(tmp_path: Path) -> None:
    workspace = world(tmp_path)
    for arguments in (("init", "-q"), ("add", "mkdocs.yml"), ("commit", "-qm", "one"), ("branch", "for-acme-foods"),
                      ("tag", "acme-foods-1")):  # fmt: skip
        subprocess.run(
            ["git", "-c", "user.name=M", "-c", "user.email=m@example.com", *arguments], cwd=tmp_path, check=True
        )
    told = "\n".join(story.history(workspace, story.plan(workspace, "Acme Foods", TODAY)))
    assert "2 names of branches or tags" in told
    assert "branch -m for-acme-foods branch-1" in told
    assert "tag -d acme-foods-1" in told
