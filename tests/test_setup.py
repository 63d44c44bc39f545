"""A new workspace builds at once and mixes nothing private with the site; the README's first paper is true."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import stories
from heard.base import git
from heard.base.clock import today
from heard.catalogue.public import read_public
from heard.cli import setup as commands
from heard.cli.main import heard
from heard.pipeline.checking import check
from heard.pipeline.doctor import Row, examine
from heard.pipeline.setup import Answers, init, site_address
from heard.values import HeardError, Severity
from heard.workspace import at, find

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(heard, arguments, input=answers)


def rows(root: Path) -> dict[str, Row]:
    return {row.what: row for row in examine(find(root))}


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def build(root: Path) -> str:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_new_workspace_builds_without_a_warning_and_shows_its_owner(tmp_path: Path) -> None:
    root = tmp_path / "site of mine"
    done = run("init", str(root), "--name", "A *B* & <C>", "--audience", "people who #bake", "--host", "netlify")
    assert done.exit_code == 0, done.output
    assert f"Made a workspace in {root}" in done.stdout
    assert "WARNING" not in build(root)
    home = (root / "site" / "index.html").read_text(encoding="utf-8")
    assert "<h1" in home
    assert "What keeps going wrong for people who #bake" in home
    assert "The first paper is not out yet" in home
    about = (root / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert "My name is A *B* &amp; &lt;C&gt;." in about
    assert "Netlify" in (root / "site" / "privacy" / "index.html").read_text(encoding="utf-8")
    assert {"contact", "imprint"} <= {path.name for path in (root / "site").iterdir()}


def test_a_host_that_is_not_known_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = run("init", str(tmp_path / "new"), "--no-input", "--host", "netlfy")
    assert done.exit_code == 2
    assert "“netlfy” is not known: did you mean `netlify`?" in done.stderr
    done = run("init", str(tmp_path / "new"), "--no-input", "--host", "sftp")
    assert "“sftp” is not known: write one of github-pages, cloudflare," in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_host_is_asked_for_until_it_is_known(tmp_path: Path) -> None:
    with stories.terminal(tmp_path, "init", "--name", "A", "--audience", "b", "--site-url", "a.example") as (
        child,
        screen,
    ):
        stories.until(screen, "Who serves the site?")
        stories.typed(screen, "sftp")
        stories.until(screen, "“sftp” is not known: write one of")
        stories.typed(screen, "nginx")
        assert f"Made a workspace in {tmp_path}:" in stories.until(screen, "doctor`").replace("\r\n", "")
        stories.until(screen, "\0")
        assert child.wait(20) == 0
    assert "host: nginx" in (tmp_path / "content/expert.yml").read_text("utf-8")
    assert not (tmp_path / "content/private/results").exists()


def test_a_new_workspace_has_nothing_to_fix(tmp_path: Path) -> None:
    init(tmp_path, Answers())
    _, findings = check(find(tmp_path), today())
    assert findings == ()
    assert [row for row in examine(find(tmp_path)) if row.severity is Severity.TO_FIX] == []


def test_without_input_the_defaults_are_taken(tmp_path: Path) -> None:
    git.start(tmp_path)
    assert run("-C", str(tmp_path), "init", "--no-input").exit_code == 0
    catalogue, _ = read_public(at(tmp_path).public)
    assert (catalogue.expert.name, catalogue.expert.host) == ("Your Name", "other")


def test_on_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "may_ask", lambda no_input: not no_input)
    answers = "Anna Keller\npeople who bake\nnot an address?\nkeller.example\nnginx\n"
    done = run("init", str(tmp_path / "new"), answers=answers)
    assert done.exit_code == 0, done.output
    expert = read_public(at(tmp_path / "new").public)[0].expert
    assert (expert.name, expert.host, expert.domains) == ("Anna Keller", "nginx", ("keller.example",))
    assert "https://keller.example/" in (tmp_path / "new" / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("taken", ["mkdocs.yml", "content/expert.yml"])
def test_a_workspace_is_never_written_over(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    with pytest.raises(HeardError, match=re.escape(str(tmp_path / taken.split("/", maxsplit=1)[0]))):
        init(tmp_path, Answers())
    assert files(tmp_path) == {str(tmp_path / taken): b"mine"}


def test_a_folder_with_files_has_to_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "may_ask", lambda no_input: True)
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("init")
    assert isinstance(done.exception, HeardError)
    assert "is not empty: `heard init DIR`" in str(done.exception)
    assert done.output == ""
    assert files(tmp_path) == {str(tmp_path / "letter.txt"): b"mine"}
    assert run("init", ".", answers="\n\n\n\n").exit_code == 0


@pytest.mark.parametrize("arguments", [[], ["sub"]])
def test_no_workspace_is_made_inside_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    init(tmp_path, Answers())
    inside = tmp_path / "content" / "pages" / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    done = run("init", *arguments, "--no-input")
    assert isinstance(done.exception, HeardError)
    assert f"inside the workspace {tmp_path.resolve()}" in str(done.exception)
    assert "`heard init DIR`" in str(done.exception)
    assert list(inside.iterdir()) == []


def test_a_new_workspace_is_left_by_the_path_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "above").mkdir()
    assert "cd above/new, then" in run("-C", "above", "init", "new", "--no-input").stderr
    (tmp_path / "bare").mkdir()
    assert "cd bare, then" in run("-C", "bare", "init", "--no-input").stderr


def test_files_that_are_there_stay_and_gitignore_gets_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("*.log\n/site/", encoding="utf-8")
    init(tmp_path, Answers())
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ignored[:2] == ["*.log", "/site/"]
    assert {"/content/private/", "/.heard/", "/build/"} <= set(ignored)
    assert ignored.count("/site/") == 1


def test_the_private_side_is_a_repository_that_the_sites_ignores(tmp_path: Path) -> None:
    root = tmp_path / "new"
    init(root, Answers())
    private = root / "content" / "private"
    assert git.repository(root) == root.resolve()
    assert git.repository(private) == private.resolve()
    seen = git.git(root, "ls-files", "--others", "--exclude-standard") or ""
    assert "mkdocs.yml" in seen
    assert "private" not in seen
    (private / ".heard").mkdir()
    (private / ".heard" / "notes.json").touch()
    assert ".heard" not in (git.git(private, "status", "--porcelain", "--untracked-files=all") or "")
    assert private.stat().st_mode & 0o077 == 0


def test_a_repository_around_it_stays_the_sites(tmp_path: Path) -> None:
    git.start(tmp_path)
    init(tmp_path / "new", Answers())
    assert git.repository(tmp_path / "new") == tmp_path.resolve()
    assert rows(tmp_path / "new")["Site's repository"].severity is None


def test_without_git_everything_else_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made = init(tmp_path / "new", Answers())
    assert "git is not installed" in " ".join(made.remarks)
    assert not (tmp_path / "new" / ".git").exists()
    assert rows(tmp_path / "new")["git"].severity is Severity.WORTH_A_LOOK


def test_an_existing_folder_serves_as_the_notes(tmp_path: Path) -> None:
    vault = tmp_path / "My vault" / "calls"
    vault.mkdir(parents=True)
    (vault / "one.md").write_text("> It leaks.\n", encoding="utf-8")
    root = tmp_path / "new"
    assert run("init", str(root), "--no-input", "--notes", str(vault)).exit_code == 0
    assert [note.quotes[0].text for note in check(find(root), today())[0].catalogue.notes] == ["It leaks."]
    assert not (root / "content" / "private" / "notes").exists()
    assert files(vault) == {str(vault / "one.md"): b"> It leaks.\n"}
    notes = rows(root)["Notes"]
    assert notes.severity is None
    assert f"in {vault}; the private side's repository does not hold them" in notes.says
    shutil.rmtree(vault)
    assert rows(root)["Notes"].severity is Severity.TO_FIX


@pytest.mark.parametrize("notes", [".", "new", "new/content/notes", "nowhere"])
def test_notes_that_would_mix_with_the_site_are_refused(tmp_path: Path, notes: str) -> None:
    if notes != "nowhere":
        (tmp_path / notes).mkdir(parents=True, exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    done = run("init", str(tmp_path / "new"), "--no-input", "--notes", str(tmp_path / notes))
    assert isinstance(done.exception, HeardError)
    assert sorted(tmp_path.rglob("*")) == before


def test_addresses_are_completed_or_refused() -> None:
    assert site_address(" example.org ") == "https://example.org/"
    assert site_address("http://example.org/papers") == "http://example.org/papers/"
    assert site_address("") == ""
    for wrong in ("ftp://example.org", "https://", "https://example.org/?a=b", "no address"):
        with pytest.raises(ValueError, match="address"):
            site_address(wrong)


def test_a_wrong_address_is_a_wrong_call(tmp_path: Path) -> None:
    done = run("init", str(tmp_path / "new"), "--site-url", "ftp://example.org")
    assert done.exit_code == 2
    assert not (tmp_path / "new").exists()


@settings(max_examples=40, deadline=None)
@given(name=st.text(max_size=30), audience=st.text(max_size=30))
def test_any_name_reads_back(tmp_path_factory: pytest.TempPathFactory, name: str, audience: str) -> None:
    root = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(git, "installed", lambda: False)
        init(root, Answers(name=name, audience=audience))
    catalogue, findings = read_public(at(root).public)
    shown = "".join(char if char.isprintable() else " " for char in name).split()
    assert catalogue.expert.name == (" ".join(shown) or "Your Name")
    assert findings == ()
    config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config["site_name"] == catalogue.expert.name
    for page in (root / "content" / "pages").iterdir():
        header = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
        assert isinstance(header["title"], str)


def test_doctor_tells_what_is_left_to_fill_in(tmp_path: Path) -> None:
    init(tmp_path, Answers(site_url="https://example.org/"))
    pages = rows(tmp_path)["Pages"]
    assert pages.severity is Severity.WORTH_A_LOOK
    assert "content/pages/about.md:8" in pages.says
    for page in (tmp_path / "content" / "pages").iterdir():
        page.write_text(page.read_text(encoding="utf-8").replace("[your ", "[my "), encoding="utf-8")
    assert "Pages" not in rows(tmp_path)
    assert "Site address" not in rows(tmp_path)


def test_doctor_finds_private_files_in_the_sites_repository(tmp_path: Path) -> None:
    init(tmp_path, Answers())
    shutil.rmtree(tmp_path / "content" / "private" / ".git")
    git.git(tmp_path, "add", "--force", "content/private/held.yml")
    assert "1 private file committed" in rows(tmp_path)["Site's repository"].says
    git.git(tmp_path, "rm", "--cached", "content/private/held.yml")
    (tmp_path / ".gitignore").unlink()
    done = run("-C", str(tmp_path), "doctor")
    assert done.exit_code == 1
    assert "does not ignore content/private" in done.stdout


def test_doctor_looks_at_where_the_private_side_is_pushed(tmp_path: Path) -> None:
    init(tmp_path, Answers())
    private = tmp_path / "content" / "private"
    git.git(tmp_path, "remote", "add", "origin", "https://example.org/site.git")
    git.git(private, "remote", "add", "origin", "https://example.org/site.git")
    assert rows(tmp_path)["Private side"].severity is Severity.TO_FIX
    git.git(private, "remote", "set-url", "origin", "https://example.org/private.git")
    assert rows(tmp_path)["Private side"].severity is Severity.WORTH_A_LOOK


def test_doctor_follows_the_private_side_from_the_first_commit_to_the_push(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Anna")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "anna@keller.example")
    root, far = tmp_path / "my site", tmp_path / "far.git"
    init(root, Answers())
    private = root / "content" / "private"
    assert git.git(tmp_path, "init", "--bare", "--quiet", str(far)) is not None

    def typed() -> Row:
        """The row, once what it told to type was typed."""
        row = rows(root)["Private side"]
        assert row.severity is Severity.WORTH_A_LOOK
        subprocess.run(["bash", "-c", row.mend], cwd=tmp_path, check=True, capture_output=True)
        return row

    assert typed().says == "no commit yet, so no history"
    alone = rows(root)["Private side"]
    assert "on this machine alone" in alone.says
    assert alone.severity is Severity.WORTH_A_LOOK
    git.git(private, "remote", "add", "far", str(far))
    assert typed().says == "1 commit not pushed"
    pushed = rows(root)["Private side"]
    assert (pushed.severity, pushed.says) == (None, "a repository of its own, pushed")
    (private / "notes" / "one.md").write_text("> It leaks.\n", encoding="utf-8")
    assert rows(root)["Private side"].says == "a repository of its own, pushed; 1 change not committed"
    git.git(private, "add", "-A")
    git.git(private, "commit", "-m", "notes")
    assert typed().says == "1 commit not pushed"
    assert rows(root)["Private side"].severity is None


def test_doctor_does_not_take_a_damaged_workspace_for_none(tmp_path: Path) -> None:
    init(tmp_path, Answers())
    (tmp_path / "content" / "private" / "settings.yml").write_text("notes: ../pages\n", encoding="utf-8")
    done = run("-C", str(tmp_path), "doctor")
    assert isinstance(done.exception, HeardError)
    assert "settings.yml" in str(done.exception)


def test_doctor_names_the_command_where_pango_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise OSError("cannot load library")

    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", Missing("weasyprint.text.ffi"))
    found = {row.what: row for row in examine(None)}
    assert found["Pango"].severity is Severity.TO_FIX
    assert "pango" in found["Pango"].mend
    assert found["Workspace"].mend == "heard init DIR"


def test_doctor_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path, Answers())
    before = files(tmp_path)
    assert run("-C", str(tmp_path), "doctor", "--json").exit_code == 0
    assert files(tmp_path) == before


def transcript() -> list[tuple[str, list[str]]]:
    """The commands of the README's first paper, each with the lines that it should answer."""
    section = README[README.index("## Your first paper") : README.index("\n## More")]
    found: list[tuple[str, list[str]]] = []
    for kind, text in re.findall(r"^```(sh|console)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL):
        if kind == "sh":
            found.append((text, []))
            continue
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, *answers = part.rstrip("\n").split("\n")
            found.append((command, answers))
    return found[1:]


def test_the_first_paper_of_the_readme_is_true(tmp_path: Path) -> None:
    here, commands_run = tmp_path, 0
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # The last day of a long month after a short one: where “35 days ago” is nearest to this month.
    env = {**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": "1806480000", "NO_COLOR": "1"}
    for command, answers in transcript():
        if command.startswith("cd "):
            here /= command.removeprefix("cd ")
            continue
        done = subprocess.run(
            ["bash", "-c", command], cwd=here, env=env, capture_output=True, text=True, check=False, timeout=300
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{command}\n{said}"
        for answer in answers:
            pattern = re.escape(answer).replace("…", ".*")
            assert any(re.fullmatch(pattern, line) for line in said.splitlines()), f"{command}\n{answer}\n{said}"
        commands_run += 1
    assert commands_run > 7
    assert (here / "site" / "papers" / "bread-is-gone-by-noon.pdf").read_bytes().startswith(b"%PDF")
    page = (here / "site" / "problems" / "bread-is-gone-by-noon" / "index.html").read_text(encoding="utf-8")
    assert "By noon the rye is gone" in page
    assert not any(b"Lorenz" in content for content in files(here / "site").values())
    wrong = check(find(here), date(2027, 3, 31))[1]
    # A first paper is short: what `heard check` says of its length and its prose is what a writer should hear.
    assert not [one for one in wrong if not one.code.startswith(("prose/", "paper/thin"))]


def test_the_lock_files_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    used, tests = project["dependencies"], [*extras["dev"], *extras["semantic"]]
    tests.remove("heard[semantic]")
    for lock, wanted in (("requirements.lock", used), ("requirements-dev.lock", [*used, *tests])):
        text = (ROOT / lock).read_text(encoding="utf-8")
        names = {re.split(r"[^\w.-]", one)[0].lower() for one in wanted}
        assert {name for name in names if f"\n{name}==" not in f"\n{text}"} == set()
        assert "://" not in text


def test_the_package_holds_the_starter_files(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name.removeprefix("heard/starter/") for name in wheel.namelist() if "/starter/" in name}
    starter = ROOT / "src" / "heard" / "starter"
    assert held == {path.relative_to(starter).as_posix() for path in starter.rglob("*") if path.is_file()}
    assert "content/private/gitignore" in held
