"""The commands that read: what they print, as text and as data, and what they end with."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import stories
from heard.cli.main import COMMANDS
from stories import account, file, note, problem, process, run

FINDING = re.compile(r"content/[^:]+:[1-9]\d*: (to fix|worth a look): .+ \[[a-z]+/[a-z0-9-]+\]")


@pytest.fixture
def heard_root(root: Path) -> Path:
    """Two problems, three accounts and a few quotes."""
    problem(root, "flat-batteries")
    problem(root, "flat-tyres", public=False, body="")
    problem(root, "icy-doors", public=False)
    account(root, "nordfrost", "Nordfrost GmbH", aliases=["NF"], industry="cold-storage", fit="yes", because="uptime",
            people=[{"name": "Petra Novak", "role": "shift lead", "email": "p@nordfrost.example"}])  # fmt: skip
    account(root, "nordlicht", "Nordlicht AG")
    for day, name in (("2026-01-10", "Nordfrost"), ("2026-02-11", "Zephyria"), ("2026-11-20", "Lumbridge")):
        note(root, day, name, f"Flat again at {name}.", at="flat-batteries", role="shift lead", industry="cold-storage")
    note(root, "2026-03-01", "NF", "Nobody filed this.", at="")
    note(root, "2026-03-02", "Nordlicht", "Asked in a review.", at="flat-batteries", source="review")
    return root


def test_problems_most_heard_first(heard_root: Path) -> None:
    done = run(heard_root, "problems")
    assert done.code == 0
    rows = [re.split(r"\s{2,}", row) for row in done.out.splitlines()]
    assert rows[0] == ["Flat batteries", "3 companies", "4 quotes", "published, last 2026-11-20"]
    assert sorted((row[0], row[-1]) for row in rows[1:]) == [("Flat tyres", "collecting"), ("Icy doors", "drafting")]
    assert "1 quote not filed" in done.err


def test_problems_as_data(heard_root: Path) -> None:
    first = run(heard_root, "problems", "--json").data[0]
    assert first == {
        "slug": "flat-batteries", "problem": "Flat batteries", "state": "published",
        "path": "content/problems/flat-batteries.md", "companies": 3, "industries": {"cold-storage": 3},
        "roles": {"shift lead": 3}, "quotes": 4, "in_public": 1, "since": "2026-01-10", "last": "2026-11-20",
    }  # fmt: skip


def test_show_has_figures_and_every_quote(heard_root: Path) -> None:
    done = run(heard_root, "show", "batteries")
    assert done.code == 0
    assert "heard from 3 companies in 4 quotes" in done.out
    assert "also asked in public: 1 quote" in done.out
    for name in ("Nordfrost", "Zephyria", "Lumbridge"):
        assert f"> Flat again at {name}." in done.out
    data = run(heard_root, "show", "batteries", "--json").data
    assert data["quoted"][0]["text"] == "Flat again at Nordfrost."
    assert data["quoted"][0]["account"] == "Nordfrost GmbH"
    assert data["quoted"][0]["day"] == "2026-01-10"
    assert re.fullmatch(r"content/private/notes/n\d+\.md", data["quoted"][0]["note"])


def test_account_shows_everything_they_said_filed_or_not(heard_root: Path) -> None:
    done = run(heard_root, "account", "frost")
    assert done.code == 0
    assert "Nordfrost GmbH" in done.out
    assert "fit: yes (uptime)" in done.out
    assert "Petra Novak · shift lead · p@nordfrost.example" in done.out
    assert done.out.index("Nobody filed this.") < done.out.index("Flat again at Nordfrost.")
    assert "2026-03-01  not filed" in done.out
    data = run(heard_root, "account", "NF", "--json").data
    assert [quote["text"] for quote in data["quotes"]] == ["Nobody filed this.", "Flat again at Nordfrost."]
    assert len(data["notes"]) == 2


def test_notes_are_searched_by_all_words(heard_root: Path) -> None:
    done = run(heard_root, "notes", "FLAT", "zephyria")
    assert done.code == 0
    assert done.out.count("> ") == 1
    assert "2026-02-11  Zephyria" in done.out
    newest = run(heard_root, "notes", "-n", "1")
    assert newest.out.startswith("2026-11-20  Lumbridge")
    assert "4 more" in newest.err
    assert [one["account"] for one in run(heard_root, "notes", "review", "--json").data] == ["Nordlicht"]
    assert "No note holds all of these words." in run(heard_root, "notes", "nowhere").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "flat"), "“flat” could be any of: "),
        (("account", "nord"), "“nord” could be any of: "),
        (("show", "flat battery"), "The nearest is flat-batteries"),
        (("account", "Nordfrots"), "The nearest is Nordfrost GmbH"),
        (("show", "-"), "No problem is called"),
        (("publish", "flat"), "could be any of"),
        (("pdf", "no such"), "No problem is called “no such”. The nearest is flat-batteries"),
    ],
)
def test_names_that_mean_no_single_thing(heard_root: Path, arguments: Sequence[str], said: str) -> None:
    done = run(heard_root, *arguments)
    assert done.code == 1
    assert said in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("shwo",), "did you mean `show`?"),
        (("show",), "Missing argument"),
        (("log", "--sorce", "x"), "No such option"),
        (("log", "x y", "--source", "pigeon"), "pigeon"),
        (("notes", "-n", "0"), "0 is not in the range"),
        (("pdf", "--channel", "x"), "--channel goes with --campaign"),
    ],
)
def test_wrong_usage_ends_with_2(heard_root: Path, arguments: Sequence[str], said: str) -> None:
    done = run(heard_root, *arguments)
    assert done.code == 2
    assert said in done.err


def test_check_names_path_line_and_code(heard_root: Path) -> None:
    file(heard_root, "private/notes/bad.md", {"date": "2026-13-40", "acount": "x"}, "> hi\n> [[flat-batterys]]\n")
    done = run(heard_root, "check")
    assert done.code == 1
    rows = done.out.splitlines()
    assert rows
    assert all(FINDING.fullmatch(row) for row in rows), done.out
    assert any(row.startswith("content/private/notes/bad.md:2: to fix: `date: 2026-13-40`") for row in rows)
    assert any("content/private/notes/bad.md:3: " in row and "account" in row for row in rows)
    assert any("flat-batterys" in row and "flat-batteries" in row for row in rows)
    data = run(heard_root, "check", "--json")
    assert data.code == 1
    assert [f"{d['path']}:{d['line']}: {d['severity']}: {d['message']} [{d['code']}]" for d in data.data] == rows
    github = run(heard_root, "check", "--github").out.splitlines()
    assert len(github) == len(rows)
    assert all(re.match(r"::(error|warning) file=content/[^,]+,line=\d+,title=\w+/[\w-]+::", row) for row in github)


def test_things_worth_a_look_are_no_failure(heard_root: Path) -> None:
    done = run(heard_root, "check")
    assert "worth a look" in done.out
    assert done.code == 0, done.out


def test_github_annotations_escape_what_would_end_them(heard_root: Path) -> None:
    (heard_root / "content/private/notes/100%, a: b.md").write_text("---\nacount: x\n---\n> hi\n")
    rows = [row for row in run(heard_root, "check", "--github").out.splitlines() if "100" in row]
    assert rows
    assert all("file=content/private/notes/100%25%2C a%3A b.md,line=" in row for row in rows)


def test_the_workspace_is_found_upwards_and_by_name(heard_root: Path) -> None:
    inside = heard_root / "content/private/notes"
    assert process(inside, "problems").out == run(heard_root, "problems").out
    assert process(heard_root.parent, "-C", str(inside), "problems").out == run(heard_root, "problems").out
    nowhere = process(heard_root.parent, "problems")
    assert nowhere.code == 1
    assert "is not in a heard workspace" in nowhere.err
    gone = process(heard_root, "-C", "/no/such/place", "problems")
    assert (gone.code, gone.err) == (1, "heard: There is no folder /no/such/place.\n")


def test_an_empty_workspace(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    for command in (("problems",), ("notes",), ("check",)):
        assert run(tmp_path, *command).code == 0
    assert json.loads(run(tmp_path, "problems", "--json").out) == []
    assert "There is no problem yet." in run(tmp_path, "show", "x").err
    assert "There is no account yet." in run(tmp_path, "account", "x").err
    assert run(tmp_path, "log", "first words").code == 0


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_colours_on_a_terminal_unless_somebody_minds(heard_root: Path, env: dict[str, str], coloured: bool) -> None:
    with stories.terminal(heard_root, "check", **env) as (_, screen):
        shown = stories.until(screen, "worth a look.")
    assert ("\x1b[33m" in shown) == coloured
    assert "\x1b" not in run(heard_root, "check").out


def test_no_input_never_asks(heard_root: Path) -> None:
    for command in (("log", "--no-input"), ("approve", "--no-input")):
        with stories.terminal(heard_root, *command) as (child, screen):
            stories.until(screen, "\0")
            assert child.wait(20) == 1


def test_help_names_every_command_and_each_has_one() -> None:
    listed = run(Path("/"), "--help").out
    for name in COMMANDS:
        assert f"  {name} " in listed
        done = run(Path("/"), name, "--help")
        assert done.code == 0
        assert done.out.startswith("Usage: ")


def test_a_reader_that_goes_away(heard_root: Path) -> None:
    for number in range(150):
        note(heard_root, "2026-01-01", "Nordfrost", f"Words {number} " * 60, at="")
    command = f"'{stories.BIN / 'heard'}' notes --json | head -c 1 > /dev/null"
    done = subprocess.run(
        ["sh", "-c", command], cwd=heard_root, env=stories.environment(), capture_output=True, check=False
    )
    assert done.stderr == b""


HOSTILE = {
    "latin.md": "---\ndate: 2026-01-01\naccount: Kälte\n---\n> Grüße\n".encode("latin-1"),
    "crlf.md": b"\xef\xbb\xbf---\r\ndate: 2026-01-01\r\n---\r\n> hi\r\n> [[flat-batteries]]\r\n",
    "no quote.md": b"---\ndate: 2026-01-01\n---\nnothing said\n",
    "empty.md": b"",
    "nul.md": b"---\ndate: 2026-01-01\n---\n> a\x00b\n",
    "list.md": b"---\n- a\n- b\n---\n> hi\n",
    "deep.md": b"---\naccount: " + b"[" * 3000 + b"\n---\n> hi\n",
    "bomb.md": b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n> hi\n",
    "tabs.md": b"---\n\tdate: 2026-01-01\n---\n> hi\n",
    "twice.md": b"---\naccount: A\naccount: B\n---\n> hi\n",
    "large.md": b"---\nrole: " + b"x" * 65_000 + b"\n---\n> hi\n",
    "table.md": b"---\naccount: {a: b}\nquotable: [named]\n---\n> hi\n",
    "\udcff.md": b"---\ndate: 2026-01-01\n---\n> bad name\n",
}  # fmt: skip


def test_whatever_lies_in_the_notes_is_read_or_named(heard_root: Path) -> None:
    for name, content in HOSTILE.items():
        (heard_root / "content/private/notes" / name).write_bytes(content)
        (heard_root / "content/private/accounts" / name).write_bytes(content)
        (heard_root / "content/private/problems" / name).write_bytes(content)
        (heard_root / "content/private/proof").mkdir(exist_ok=True)
        (heard_root / "content/private/proof" / name).write_bytes(content)
    (heard_root / "content/private/held.yml").write_text("- a\n- {b: [c]}\n")
    (heard_root / "content/allowed.yml").write_text("[[[\n")
    (heard_root / "content/private/notes/loop").symlink_to(heard_root)
    for command in (
        ("check",),
        ("check", "--json"),
        ("problems",),
        ("notes", "--json"),
        ("show", "flat-batteries"),
        ("approve", "--check"),
    ):
        done = run(heard_root, *command)
        assert done.code in (0, 1), done.err
        assert "Traceback" not in done.err
    found = run(heard_root, "check")
    assert found.code == 1
    assert all(FINDING.fullmatch(row) for row in found.out.splitlines())
    for name in ("latin.md", "list.md", "deep.md", "tabs.md", "twice.md"):
        assert f"content/private/notes/{name}:" in found.out


@pytest.mark.parametrize("text", ["a: [", "- x", "\t", "site_url: {a: b}\nsite_name: [x]", "a: &a [*a]", "\udcff"])
def test_a_broken_mkdocs_yml_is_one_sentence(heard_root: Path, text: str) -> None:
    (heard_root / "mkdocs.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run(heard_root, "pdf", "no-such-problem")
    assert done.code == 1
    assert done.err.count("\n") <= 2
    assert run(heard_root, "log", "saved anyway").code == 0


def test_check_sweeps_what_a_killed_process_left(root: Path) -> None:
    stray = root / "content/private/notes/2026/.heard-99999999-abcd1234.tmp"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("> half a wor")
    run(root, "check")
    assert not stray.exists()
