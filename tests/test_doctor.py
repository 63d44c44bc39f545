"""`heard doctor` on the private side: who else may read it, whether it has a backup, and what a synced folder does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from heard.base import git
from heard.pipeline.doctor import Row, examine
from heard.pipeline.doctor_files import synced_by
from heard.pipeline.doctor_private import _plain
from heard.pipeline.setup import Answers, init
from heard.values import Severity
from heard.workspace import find

LOOK, FIX = Severity.WORTH_A_LOOK, Severity.TO_FIX


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds a new workspace, `site`, and somebody who commits."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Anna")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "anna@keller.example")
    init(tmp_path / "site", Answers(site_url="https://keller.example/"))
    return tmp_path


def rows(root: Path, what: str) -> list[Row]:
    return [row for row in examine(find(root)) if row.what == what]


def typed(command: str, place: Path) -> None:
    subprocess.run(["bash", "-c", command.partition(", and ")[0]], cwd=place, check=True, capture_output=True)


def test_a_new_workspace_has_nothing_private_to_fix(home: Path) -> None:
    found = examine(find(home / "site"))
    assert {row.what for row in found if row.severity} == {"Private side", "Pages"}
    assert [row.says for row in rows(home / "site", "Site's repository")] == ["ignores content/private"]


def test_a_repository_of_the_whole_home_folder_that_took_private_files(home: Path) -> None:
    private = home / "site/content/private"
    (private / "held.yml").write_text("version: 1\n", "utf-8")
    (private / ".git").rename(home / "aside")
    (home / "site/.git").rename(home / "aside.site")
    (home / "site/.gitignore").unlink()
    git.start(home)
    git.git(home, "add", "site")
    (home / "aside.site").rename(home / "site/.git")
    (home / "aside").rename(private / ".git")
    git.git(home, "remote", "add", "origin", "https://anna:secret@github.com/anna/dotfiles.git")
    (row,) = rows(home / "site", "Repository around it")
    assert row.severity is FIX
    assert row.says == f"{home} (pushed to github.com) holds 2 private files"
    assert "secret" not in str(row)
    typed(row.mend, home)
    assert not rows(home / "site", "Repository around it")


def test_a_home_folder_that_is_the_repository_has_to_ignore_the_private_side(home: Path) -> None:
    import shutil

    for name in ("site/.git", "site/content/private/.git"):
        shutil.rmtree(home / name)
    (home / "site/.gitignore").unlink()
    git.start(home)
    (row,) = rows(home / "site", "Site's repository")
    assert (row.severity, row.says) == (FIX, "does not ignore content/private")
    typed(row.mend, home)
    assert [row.severity for row in rows(home / "site", "Site's repository")] == [None]


def test_private_files_in_the_history_of_the_sites_repository(home: Path) -> None:
    root = home / "site"
    (root / "content/private/.git").rename(home / "aside")
    git.git(root, "add", "--force", "content/private/held.yml", "content/private/.gitignore")
    git.git(root, "commit", "--no-verify", "-m", "all")
    git.git(root, "rm", "--cached", "-r", "content/private")
    git.git(root, "commit", "--no-verify", "-m", "not all")
    (home / "aside").rename(root / "content/private/.git")
    found = rows(root, "Site's repository")
    assert [(row.severity, row.says[:32]) for row in found] == [
        (None, "ignores content/private"), (FIX, "its history holds private files,")
    ]  # fmt: skip


def test_a_submodule_is_public_with_the_site(home: Path) -> None:
    root, private = home / "site", home / "site/content/private"
    git.git(private, "add", "-A")
    git.git(private, "commit", "-m", "notes")
    git.git(root, "add", "--force", "content/private")
    (row,) = rows(root, "Site's repository")
    assert row.severity is FIX
    assert "as a submodule" in row.says


@pytest.mark.parametrize(
    ("site", "private", "same"),
    [
        ("git@github.com:anna/site.git", "https://github.com/Anna/site", True),
        ("ssh://git@github.com:22/anna/site", "https://anna:pw@github.com/anna/site.git", True),
        ("https://github.com/anna/site", "https://github.com/anna/notes", False),
        ("/backup/site.git", "/backup/notes.git", False),
    ],
)
def test_the_same_address_in_other_letters(site: str, private: str, same: bool, home: Path) -> None:
    assert (_plain(site) == _plain(private)) is same
    git.git(home / "site", "remote", "add", "origin", site)
    git.git(home / "site/content/private", "remote", "add", "origin", private)
    (row,) = rows(home / "site", "Private side")
    assert (row.says == "has the site's repository as its remote") is same


def test_a_backup_at_a_public_host_is_worth_a_look(home: Path) -> None:
    private = home / "site/content/private"
    git.git(private, "add", "-A")
    git.git(private, "commit", "-m", "notes")
    (row,) = rows(home / "site", "Private side")
    assert row.severity is LOOK
    assert "on this machine alone" in row.says
    git.git(private, "remote", "add", "origin", "git@github.com:anna/notes.git")
    git.git(private, "update-ref", "refs/remotes/origin/main", "HEAD")
    (row,) = rows(home / "site", "Private side")
    assert row.severity is LOOK
    assert "pushed to github.com: only you should see it" in row.says
    assert "https://github.com/anna/notes" in row.mend
    git.git(private, "remote", "set-url", "origin", "nas.example:notes.git")
    assert rows(home / "site", "Private side")[0].severity is None


def test_notes_elsewhere_that_are_pushed_with_the_site(home: Path) -> None:
    vault = home / "vault"
    vault.mkdir()
    git.start(vault)
    (home / "site/content/private/settings.yml").write_text(f"notes: {vault}\n", "utf-8")
    assert rows(home / "site", "Notes")[0].severity is None
    for place in (vault, home / "site"):
        git.git(place, "remote", "add", "origin", "https://github.com/anna/all.git")
    assert rows(home / "site", "Notes")[0].severity is FIX


@pytest.mark.parametrize(
    ("place", "mark", "service"),
    [
        ("Dropbox/work", "", "Dropbox"),
        ("Dropbox (Personal)", "", "Dropbox"),
        ("box", ".dropbox.cache/", "Dropbox"),
        ("OneDrive - Keller", "", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-anna@keller.example/My Drive", "", "Google Drive"),
        ("Library/CloudStorage/Box-Box", "", "Box"),
        ("cloud", "._sync_0a1b2c.db", "Nextcloud"),
        ("cloud", ".owncloudsync.log", "ownCloud"),
        ("shared", ".stfolder/", "Syncthing"),
        ("work", "", ""),
    ],
)
def test_synced_folders_are_known(place: str, mark: str, service: str, tmp_path: Path) -> None:
    folder = tmp_path / place / "site/content/private"
    folder.mkdir(parents=True)
    if mark:
        (tmp_path / place / mark.rstrip("/")).touch()
    assert synced_by(folder) == service


def test_a_repository_in_a_synced_folder_is_taken_out_of_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home / "home"))
    (home / ".stfolder").mkdir()
    root = home / "site"
    (row,) = rows(root, "Synced folder")
    assert row.severity is LOOK
    assert "lies in Syncthing with its repository inside" in row.says
    (home / "home").mkdir()
    subprocess.run(["bash", "-c", row.mend], check=True, capture_output=True)
    assert not rows(root, "Synced folder")
    assert git.repository(root / "content/private") == (root / "content/private").resolve()


def test_files_that_are_not_there_or_twice(home: Path) -> None:
    notes = home / "site/content/private/notes"
    for name in ("a.md", "a 2.md", ".b.md.icloud", "2026/.c.md.icloud"):
        (notes / name).parent.mkdir(exist_ok=True)
        (notes / name).write_text("> It leaks.\n", "utf-8")
    found = [(row.severity, row.says) for row in rows(home / "site", "Private files")]
    assert found == [
        (FIX, "iCloud took 2 files off this machine: not read, and not counted"),
        (LOOK, "1 conflict copy, which nobody reads"),
    ]


def test_private_files_that_others_can_read(home: Path) -> None:
    private = home / "site/content/private"
    (private / "notes/a.md").write_text("> It leaks.\n", "utf-8")
    (private / "notes/a.md").chmod(0o644)
    assert not rows(home / "site", "Private files")
    private.chmod(0o755)
    (row,) = rows(home / "site", "Private files")
    assert row.severity is LOOK
    assert row.says.startswith("1 file in ")
    subprocess.run(["bash", "-c", row.mend], check=True)
    assert not rows(home / "site", "Private files")
    assert (private / "notes/a.md").stat().st_mode & 0o777 == 0o600


def test_commits_that_nobody_looks_through(home: Path) -> None:
    hook = home / "site/.git/hooks/pre-commit"
    assert rows(home / "site", "Commits")[0].severity is None
    hook.chmod(0o644)
    assert rows(home / "site", "Commits")[0].mend == f"chmod +x {hook}"
    hook.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    assert rows(home / "site", "Commits")[0].mend == "heard init --hook"
