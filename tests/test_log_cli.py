"""`heard log` in all its forms: the words are safe on disk before anything else happens."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import stories
from heard.catalogue.notes import read_note
from heard.cli.questions import who
from heard.values import Note, Quotable, Source
from stories import account, process, run

NOTES = "content/private/notes"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with two problems and an account."""
    root = tmp_path / "workspace"
    (root / NOTES).mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Test\n")
    stories.problem(root, "batteries-die-mid-shift", public=False)
    stories.problem(root, "dock-doors-ice-up")
    account(root, "nordfrost-ice", "Nordfrost Ice GmbH", aliases=["NFI"], domains=["nordfrost.example"])
    return root


def logged(root: Path) -> list[Note]:
    """The notes that were made, read back."""
    files = sorted((root / NOTES).rglob("*.md"), key=lambda path: path.stat().st_mtime_ns)
    return [read_note(path.read_text("utf-8"), path.name, []) for path in files]


def only(root: Path) -> Note:
    """The one note that was made."""
    (note,) = logged(root)
    return note


def words_of(note: Note) -> list[str]:
    return [quote.text for quote in note.quotes]


@pytest.mark.parametrize(
    ("arguments", "quotes"),
    [
        (("We lose two hours.",), ["We lose two hours."]),
        (("We", "lose", "two", "hours."), ["We lose two hours."]),
        (("We lose two hours.", "And it costs us."), ["We lose two hours.", "And it costs us."]),
        (("$40,000 “again”: #cost [[no link]] — Bob",), ["$40,000 “again”: #cost [[no link]] — Bob"]),
        (("> quoted",), ["> quoted"]),
        (("🥶 ❄️",), ["🥶 ❄️"]),
        (("Line one\nline two",), ["Line one\nline two"]),
        (("w" * 9000,), ["w" * 9000]),
    ],
)  # fmt: skip
def test_words_are_kept_as_they_are(root: Path, arguments: tuple[str, ...], quotes: list[str]) -> None:
    done = run(root, "log", *arguments)
    assert done.code == 0, done.err
    assert words_of(only(root)) == quotes


def test_the_note_says_what_was_given(root: Path) -> None:
    done = run(
        root, "log", "It ices up.", "--account", "nordfrost", "--person", "P. Novak", "--role", "shift lead",
        "--industry", "cold-storage", "--source", "event", "--date", "2026-10-03 09:15", "--quotable", "anonymous",
        "--problem", "dock doors",
    )  # fmt: skip
    assert done.code == 0, done.err
    note = only(root)
    assert (note.account, note.person, note.role, note.industry) == (
        "Nordfrost Ice GmbH", "P. Novak", "shift lead", "cold-storage",
    )  # fmt: skip
    assert (note.source, note.quotable) == (Source.EVENT, Quotable.ANONYMOUS)
    assert note.heard is not None
    assert note.heard.isoformat() == "2026-10-03T09:15:00"
    assert note.quotes[0].problems == ("dock-doors-ice-up",)
    said = re.fullmatch(r"Saved (content/private/notes/2026/2026-10-03 0915-\w+\.md)\n", done.out)
    assert said
    assert (root / said[1]).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("when", "day"),
    [("yesterday", "2026-11-20"), ("3 days ago", "2026-11-18"), ("today", "2026-11-21"), ("2026-02-28", "2026-02-28")],
)
def test_days_in_words(root: Path, when: str, day: str) -> None:
    assert run(root, "log", "x y", "--date", when).code == 0
    assert str(only(root).day) == day


@pytest.mark.parametrize("when", ["3 Sep", "soon", "99999999999999999999 days ago", "0001-01-01", "800000 days ago"])
def test_what_is_no_day_is_said_before_anything_is_written(root: Path, when: str) -> None:
    done = run(root, "log", "x y", "--date", when)
    assert done.code == 2
    assert "is not a date" in done.err
    assert logged(root) == []


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("31.02.2026", "“31.02.2026” is no day of the calendar: write 2026-11-21,"),
        ("2026-13-40", "“2026-13-40” is no day of the calendar: write 2026-11-21,"),
        ("3 Sep", "“3 Sep” is not a date: write 2026-11-21, “2026-11-21 14:32”, today, yesterday or “40 days ago”"),
        ("28.02.2026", "“28.02.2026” is not written as dates are here: write 2026-02-28"),
        ("03/04/2026", "“03/04/2026” is not a date"),
    ],
)
def test_a_date_that_is_not_read_is_told_how_it_is_written(root: Path, when: str, said: str) -> None:
    done = run(root, "log", "x y", "--date", when)
    assert done.code == 2
    assert said in done.err
    assert logged(root) == []


def test_a_new_problem_that_is_there_already_is_told_how_to_name_it(root: Path) -> None:
    done = run(root, "log", "It ices up.", "--new", "Dock doors ice up")
    assert done.code == 1
    assert "`dock-doors-ice-up` already: name it with `--problem dock-doors-ice-up`." in done.err
    assert "`heard inbox` files them." in done.err
    assert words_of(only(root)) == ["It ices up."]


def test_stdin_is_cut_at_empty_lines(root: Path) -> None:
    done = run(root, "log", "-", stdin="\ufeffFirst line\r\nand on.\r\n\r\n\r\nSecond, with “$1” and `ticks`.\n")
    assert done.code == 0
    assert words_of(only(root)) == ["First line\nand on.", "Second, with “$1” and `ticks`."]


def test_stdin_of_another_encoding_is_not_lost(root: Path) -> None:
    assert run(root, "log", "-", stdin="Im Kühlhaus".encode("cp1252")).code == 0
    assert only(root).quotes[0].text.startswith("Im K")


def test_json_is_exactly_this(root: Path) -> None:
    done = run(
        root, "log", "--json", "the batteries die mid shift", "our dock doors ice up", "--problem", "dock-doors-ice-up"
    )
    assert done.code == 0
    assert done.err.startswith("Saved ")
    assert Path(done.data["note"]).is_absolute()
    assert Path(done.data["note"]).is_file()
    assert len(done.data["quotes"]) == 2
    for quote, text in zip(done.data["quotes"], ("the batteries die mid shift", "our dock doors ice up"), strict=True):
        assert {"id", "text", "problem", "suggestions"} <= set(quote)
        assert quote["text"] == text
        assert re.fullmatch(r"[a-z0-9]{4,}", quote["id"])
        assert f"^{quote['id']}" in Path(done.data["note"]).read_text("utf-8")
        assert quote["problem"] == "dock-doors-ice-up"
        assert set(quote["suggestions"]) == {"new", "matches"}
        assert 0 <= quote["suggestions"]["new"] <= 1
        assert [set(match) for match in quote["suggestions"]["matches"]] == [{"problem", "score"}] * 2
    best = done.data["quotes"][0]["suggestions"]["matches"][0]
    assert best["problem"] == "batteries-die-mid-shift"


def test_an_unfiled_quote_has_no_problem_in_json(root: Path) -> None:
    assert run(root, "log", "--json", "some words").data["quotes"][0]["problem"] is None


def test_a_missing_problem_costs_no_word(root: Path) -> None:
    done = run(root, "log", "They die at night.", "--problem", "batteries dying mid shift")
    assert done.code == 1
    assert "The nearest is batteries-die-mid-shift." in done.err
    assert "not filed under it: `heard inbox` files them." in done.err
    assert "saved, but not filed" in done.err
    assert words_of(only(root)) == ["They die at night."]
    assert only(root).quotes[0].problems == ()


def test_a_missing_problem_beside_one_that_is_there(root: Path) -> None:
    done = run(root, "log", "They die.", "--problem", "nothing like it", "--problem", "dock")
    assert done.code == 1
    assert only(root).quotes[0].problems == ("dock-doors-ice-up",)


def test_a_new_problem_in_their_words(root: Path) -> None:
    done = run(root, "log", "Nobody counts them.", "--new", "Pallets vanish: 10% a year #lost")
    assert done.code == 0, done.err
    assert "New problem: content/private/problems/pallets-vanish-10-a-year-lost.md" in done.err
    assert only(root).quotes[0].problems == ("pallets-vanish-10-a-year-lost",)
    (listed,) = [one for one in run(root, "problems", "--json").data if one["slug"].startswith("pallets")]
    assert listed["problem"] == "Pallets vanish: 10% a year #lost"
    assert listed["quotes"] == 1
    assert "pallets" not in run(root, "check").out


@pytest.mark.parametrize("new", ["🔥🔥", "Dock doors ice up", "batteries die mid shift"])
def test_a_new_problem_that_cannot_be_made_costs_no_word(root: Path, new: str) -> None:
    before = stories.tree(root / "content/private/problems")
    done = run(root, "log", "They told me.", "--new", new)
    assert done.code == 1
    assert "saved, but not filed" in done.err
    assert words_of(only(root)) == ["They told me."]
    assert stories.tree(root / "content/private/problems") == before


def test_a_very_long_name_makes_a_short_slug(root: Path) -> None:
    assert run(root, "log", "x y", "--new", "the quick brown fox " * 15).code == 0
    (slug,) = only(root).quotes[0].problems
    assert len(slug) <= 60
    assert slug.startswith("quick-brown-fox-the")


@pytest.mark.parametrize(
    "name", ["nordfrost ice", "NFI", "nordfrost.example", "Ice", "NORDFROST ICE AG", "nordfrost-ice"]
)
def test_a_known_account_by_a_part_of_its_name(root: Path, name: str) -> None:
    done = run(root, "log", "x y", "--account", name)
    assert "New account" not in done.err
    assert only(root).account == "Nordfrost Ice GmbH"


@pytest.mark.parametrize(
    "name", ["Zephyria Foods", "Müller & Söhne: Kälte #1", "../../../evil", "🥶", "yes", "日本冷蔵"]
)
def test_an_account_is_made_on_the_fly(root: Path, name: str) -> None:
    before = stories.tree(root.parent)
    done = run(root, "log", "x y", "--account", name, "--industry", "cold-storage")
    assert done.code == 0, done.err
    assert f"New account {name}" in done.err
    new = set(stories.tree(root.parent)) - set(before)
    assert all(path.startswith("workspace/content/private/") for path in new)
    assert run(root, "account", name, "--json").data["account"]["name"] == name
    again = run(root, "log", "more words", "--account", name)
    assert "New account" not in again.err
    assert len(list((root / "content/private/accounts").glob("*.md"))) == 2


@pytest.mark.parametrize(
    ("arguments", "stdin"), [(("log",), ""), (("log", ""), ""), (("log", "-"), "\n \n"), (("log", "--no-input"), "x")]
)
def test_nothing_to_log(root: Path, arguments: tuple[str, ...], stdin: str) -> None:
    done = run(root, *arguments, stdin=stdin)
    assert done.code == 1
    assert "nothing to log" in done.err
    assert logged(root) == []


def test_no_workspace(tmp_path: Path) -> None:
    done = run(tmp_path, "log", "x y")
    assert done.code == 1
    assert "is not in a heard workspace" in done.err
    assert "heard init" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file(root: Path) -> None:
    (root / NOTES).rmdir()
    (root / NOTES).symlink_to("/proc/self")
    done = run(root, "log", "x y")
    assert done.code == 1
    assert "could not be saved" in done.err
    assert "Saved" not in done.out


def test_a_full_disk(root: Path) -> None:
    older = run(root, "log", "the older one")
    before = stories.tree(root / NOTES)
    limited = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
sys.argv[0] = "heard"
from heard.cli.main import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", limited, "log", "w" * 500],
        cwd=root, capture_output=True, text=True, check=False, env=stories.environment(),
    )  # fmt: skip
    assert older.code == 0
    assert done.returncode == 1
    assert "could not be saved" in done.stderr
    assert "Saved" not in done.stdout
    assert stories.tree(root / NOTES) == before


def test_saved_is_said_when_the_file_and_its_name_are_on_disk(root: Path) -> None:
    """Every fsync of the note and of its folder comes before the word, and so does the link to its name."""
    order = """
import os, sys
calls = []
for name in ("fsync", "link"):
    def spy(*a, _real=getattr(os, name), _name=name, **k):
        calls.append(_name)
        return _real(*a, **k)
    setattr(os, name, spy)
import click
real = click.echo
def echo(message=None, **k):
    if str(message).startswith("Saved"):
        print("BEFORE", *calls, file=sys.stderr)
    return real(message, **k)
click.echo = echo
sys.argv[0] = "heard"
from heard.cli.main import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", order, "log", "x y"], cwd=root, capture_output=True, text=True, check=False,
        env=stories.environment(),
    )  # fmt: skip
    (before,) = [row.split()[1:] for row in done.stderr.splitlines() if row.startswith("BEFORE")]
    assert "link" in before
    assert "fsync" in before[: before.index("link")]
    assert "fsync" in before[before.index("link") :]


def test_killed_in_the_middle(root: Path) -> None:
    """A process killed at any moment leaves a whole note or none, and the older ones as they were."""
    run(root, "log", "the older one")
    before = stories.tree(root / NOTES)
    text = "words " * 20_000
    for wait in (0.05, 0.12, 0.16, 0.2, 0.25, 0.3):
        child = subprocess.Popen(
            [stories.BIN / "heard", "log", "-"], cwd=root, env=stories.environment(), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert child.stdin
        assert child.stdout
        child.stdin.write(text)
        child.stdin.close()
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        said = child.stdout.read()
        child.stdout.close()
        child.wait()
        new = sorted((root / NOTES).rglob("*.md"), key=lambda path: path.stat().st_mtime_ns)[1:]
        assert all(words_of(read_note(path.read_text("utf-8"), "n", [])) == [text.strip()] for path in new)
        if "Saved" in said:
            assert (root / said.removeprefix("Saved ").strip()).is_file()
    assert stories.tree(root / NOTES).items() >= before.items()


def test_many_at_once(root: Path) -> None:
    def log(number: int) -> int:
        words = f"number {number}"
        return process(root, "log", words, "--account", "Zephyria Foods", "--new", f"A brand new one {number % 2}").code

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(log, range(8)))
    assert sorted(words_of(note)[0] for note in logged(root)) == [f"number {n}" for n in range(8)]
    assert len(list((root / "content/private/accounts").glob("zephyria*.md"))) == 1
    assert len(list((root / "content/private/problems").glob("*brand-new-one*.md"))) == 2
    assert not list(root.rglob(".heard-*.tmp"))


def editor(root: Path, script: str) -> str:
    """The EDITOR that does this to the file."""
    path = root.parent / "editor.py"
    path.write_text(
        f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\ntext = path.read_text()\n{script}\n"
    )
    return f"'{sys.executable}' '{path}' --wait"


def test_in_an_editor(root: Path) -> None:
    write = (
        "text = text.replace('person:', 'person: P. Novak')\n"
        "path.write_text(text.replace('>\\n', '> It ices up. #cost\\n> [[dock-doors-ice-up]]\\n'))"
    )
    done = run(
        root, "log", "-e", "--account", "nordfrost", "--date", "2026-10-03", EDITOR=editor(root, write), VISUAL=""
    )
    assert done.code == 0, done.err
    note = only(root)
    assert (note.account, note.person, str(note.day)) == ("Nordfrost Ice GmbH", "P. Novak", "2026-10-03")
    assert note.quotes[0].text == "It ices up."
    assert note.quotes[0].tags == ("cost",)


def test_an_editor_starts_with_everything_that_was_given(root: Path) -> None:
    write = "path.write_text(text.replace('>\\n', '> It ices up.\\n', 1))"
    done = run(
        root, "log", "-e", "--account", "A: B #1", "--person", "O'Neil: “P”", "--role", "shift lead",
        "--source", "event", "--industry", "cold-storage", "--quotable", "anonymous", "--problem", "dock",
        "--new", "A brand new one",
        EDITOR=editor(root, write), VISUAL="",
    )  # fmt: skip
    assert done.code == 0, done.err
    note = only(root)
    assert (note.account, note.person, note.role, note.industry) == (
        "A: B #1",
        "O'Neil: “P”",
        "shift lead",
        "cold-storage",
    )
    assert (note.source, note.quotable) == (Source.EVENT, Quotable.ANONYMOUS)
    assert note.quotes[0].problems == ("dock-doors-ice-up", "brand-new-one")
    assert (root / "content/private/problems/brand-new-one.md").is_file()
    assert "New account A: B #1" in done.err


@pytest.mark.parametrize("script", ["pass", "path.write_text('')", "path.write_text('  \\n')", "sys.exit(1)"])
def test_an_editor_left_without_words(root: Path, script: str) -> None:
    done = run(root, "log", "-e", EDITOR=editor(root, script), VISUAL="")
    assert done.code == 1
    assert "nothing was logged" in done.err
    assert logged(root) == []


@pytest.mark.parametrize("command", ["/no/such/editor", "'unclosed", "/etc/hostname"])
def test_an_editor_that_does_not_start(root: Path, command: str) -> None:
    done = run(root, "log", "-e", EDITOR=command, VISUAL="")
    assert done.code == 1
    assert "cannot be started" in done.err
    assert "Set EDITOR" in done.err


def test_what_was_written_in_the_editor_is_kept_when_it_cannot_be_saved(root: Path) -> None:
    (root / NOTES).rmdir()
    (root / NOTES).symlink_to("/proc/self")
    done = run(root, "log", "-e", EDITOR=editor(root, "path.write_text('> It ices up.\\n')"), VISUAL="")
    assert done.code == 1
    kept = Path(done.err.strip().rpartition("What you wrote is in ")[2])
    assert kept.read_text("utf-8") == "> It ices up.\n"
    kept.unlink()


def test_the_bare_command_asks(root: Path) -> None:
    with stories.terminal(root, "log") as (child, screen):
        stories.until(screen, "Who?")
        stories.typed(screen, "nordfrost, P. Novak")
        stories.until(screen, "ends the note.")
        stories.typed(screen, "It cost $40,000 “again”,")
        stories.typed(screen, "and nobody cares.")
        stories.typed(screen, "")
        stories.until(screen, "Problem?")
        stories.typed(screen, "dock")
        stories.typed(screen, "A second one.")
        stories.typed(screen, "")
        stories.until(screen, "Problem?")
        stories.typed(screen, "")
        stories.typed(screen, "")
        stories.until(screen, "May I quote it?")
        stories.typed(screen, "a")
        shown = stories.until(screen, "Saved")
        assert "Saved" in shown
        stories.until(screen, "\0")
        assert child.wait(20) == 0
    note = only(root)
    assert (note.account, note.person, note.quotable) == ("Nordfrost Ice GmbH", "P. Novak", Quotable.ANONYMOUS)
    assert words_of(note) == ["It cost $40,000 “again”,\nand nobody cares.", "A second one."]
    assert [quote.problems for quote in note.quotes] == [("dock-doors-ice-up",), ()]


def test_a_problem_can_be_made_while_answering(root: Path) -> None:
    with stories.terminal(root, "log") as (child, screen):
        stories.until(screen, "Who?")
        stories.typed(screen, "")
        stories.until(screen, "ends the note.")
        stories.typed(screen, "The gate sticks.")
        stories.typed(screen, "")
        stories.until(screen, "Problem?")
        stories.typed(screen, "The yard gate sticks")
        stories.until(screen, "a new problem?")
        stories.typed(screen, "y")
        stories.typed(screen, "It sticks again.")
        stories.typed(screen, "")
        stories.until(screen, "Problem?")
        stories.typed(screen, "yard gate")
        stories.typed(screen, "")
        stories.until(screen, "May I quote it?")
        stories.typed(screen, "")
        stories.until(screen, "New problem: content/private/problems/yard-gate-sticks.md")
        stories.until(screen, "\0")
        assert child.wait(20) == 0
    assert [quote.problems for quote in only(root).quotes] == [("yard-gate-sticks",), ("yard-gate-sticks",)]
    made = (root / "content/private/problems/yard-gate-sticks.md").read_text("utf-8")
    assert "problem: The yard gate sticks\n" in made


def test_enter_is_later_and_ctrl_d_loses_nothing(root: Path) -> None:
    with stories.terminal(root, "log") as (child, screen):
        stories.until(screen, "Who?")
        stories.typed(screen, "")
        stories.until(screen, "ends the note.")
        stories.typed(screen, "Just this.")
        for _ in range(4):
            time.sleep(0.3)
            os.write(screen, b"\x04")
        stories.until(screen, "Saved")
        stories.until(screen, "\0")
        assert child.wait(20) == 0
    assert words_of(only(root)) == ["Just this."]
    assert only(root).account == ""


@pytest.mark.parametrize(
    ("answers", "filed"),
    [
        ([""], "dock-doors-ice-up"),
        (["y"], "dock-doors-ice-up"),
        (["n", "batteries"], "batteries-die-mid-shift"),
        (["new"], "dok-dors-ice-up"),
    ],
    ids=str,
)
def test_a_slip_in_a_problems_name_takes_one_key_to_mend(root: Path, answers: list[str], filed: str) -> None:
    with stories.terminal(root, "log") as (child, screen):
        stories.until(screen, "Who?")
        stories.typed(screen, "")
        stories.until(screen, "ends the note.")
        stories.typed(screen, "There is ice again.")
        stories.typed(screen, "")
        stories.until(screen, "Problem?")
        stories.typed(screen, "dok dors ice up")
        stories.until(screen, "Enter = dock-doors-ice-up")
        for answer in answers:
            stories.typed(screen, answer)
        stories.typed(screen, "")
        stories.until(screen, "May I quote it?")
        stories.typed(screen, "")
        stories.until(screen, "\0")
        assert child.wait(20) == 0
    assert [quote.problems for quote in only(root).quotes] == [(filed,)]
    made = root / "content/private/problems/dok-dors-ice-up.md"
    assert made.exists() == (answers == ["new"])


def test_ctrl_c_stops(root: Path) -> None:
    with stories.terminal(root, "log") as (child, screen):
        stories.until(screen, "Who?")
        os.write(screen, b"\x03")
        assert "Stopped." in stories.until(screen, "Stopped.")
        assert child.wait(20) == 130
    assert logged(root) == []


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(root: Path, stream: str) -> None:
    command = f"exec '{stories.BIN / 'heard'}' log 'x y' {stream}"
    done = subprocess.run(["sh", "-c", command], cwd=root, env=stories.environment(), capture_output=True, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert words_of(only(root)) == ["x y"]


@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONWARNINGS": "error"}, {"COLUMNS": "20"}],
    ids=str,
)  # fmt: skip
def test_odd_surroundings(root: Path, env: dict[str, str]) -> None:
    done = process(root, "log", "Im Kühlhaus: 🥶", "--account", "Kälte → Söhne", **env)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    assert words_of(only(root)) == ["Im Kühlhaus: 🥶"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Acme", ("Acme", "", "")),
        ("Acme, Jutta L.", ("Acme", "Jutta L.", "")),
        ("Acme, Inc., Jutta L., owner, founder", ("Acme, Inc.", "Jutta L.", "owner, founder")),
        ("", ("", "", "")),
    ],
)
def test_who_is_company_person_and_role(typed: str, meant: tuple[str, str, str]) -> None:
    assert who(typed) == meant


def test_ctrl_c_after_words_shows_them_again(root: Path) -> None:
    with stories.terminal(root, "log") as (child, screen):
        stories.until(screen, "Who?")
        stories.typed(screen, "")
        stories.until(screen, "ends the note.")
        stories.typed(screen, "It cost us the night.")
        stories.typed(screen, "")
        stories.until(screen, "Problem?")
        os.write(screen, b"\x03")
        stories.until(screen, "Nothing was saved. What you typed:")
        stories.until(screen, "It cost us the night.")
        stories.until(screen, "Stopped.")
        assert child.wait(20) == 130
    assert logged(root) == []


def test_notes_may_not_be_moved_among_the_public_files(root: Path) -> None:
    (root / "content/private/settings.yml").write_text("notes: ../pages\n")
    done = run(root, "log", "A secret.")
    assert done.code == 1
    assert "among the public files" in done.err
    assert not list((root / "content/pages").rglob("20*"))
