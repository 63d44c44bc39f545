"""A git repository is read with all that it still holds; a commit is read as it will be made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from heard.leaks.objects import objects, staged
from heard.values import HeardError

WHO = {"GIT_AUTHOR_NAME": "Ann Author", "GIT_AUTHOR_EMAIL": "ann@example.com"}
WHO |= {"GIT_COMMITTER_NAME": "Carl Committer", "GIT_COMMITTER_EMAIL": "carl@example.com"}


def git(root: Path, *arguments: str, given: bytes = b"", **more: str) -> str:
    env = {"PATH": os.environ["PATH"], "HOME": str(root.parent), **WHO, **more}
    return subprocess.run(
        ["git", *arguments], cwd=root, env=env, input=given, capture_output=True, check=True
    ).stdout.decode()


def commit(root: Path, name: str, text: str, message: str = "A change", **who: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message, **who)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "-c", "init.defaultBranch=main", "init", "-q")
    commit(root, "first.txt", "first")
    return root


def all_text(root: Path) -> str:
    """Everything that is read of a repository, the labels and paths too."""
    return "\n".join(f"{label} {path} {data.decode('utf-8', 'replace')}" for label, path, data in objects(root))


def test_a_deleted_file_is_still_read(repository: Path) -> None:
    commit(repository, "folder/secret-name.txt", "secret words")
    git(repository, "rm", "-q", "folder/secret-name.txt")
    git(repository, "commit", "-q", "-m", "Gone")
    found = [(label[:4], path) for label, path, data in objects(repository) if data == b"secret words"]
    assert found == [("blob", "folder/secret-name.txt")]


def test_an_amended_commit_is_still_read(repository: Path) -> None:
    commit(repository, "a.txt", "secret words", "Secret message")
    (repository / "a.txt").write_text("harmless", "utf-8")
    git(repository, "commit", "-q", "-a", "--amend", "-m", "Harmless")
    text = all_text(repository)
    assert "secret words" in text
    assert "Secret message" in text


def test_what_no_branch_reaches_is_still_read(repository: Path) -> None:
    git(repository, "hash-object", "-w", "--stdin", given=b"a stray blob")
    git(repository, "checkout", "-q", "-b", "gone-branch")
    commit(repository, "b.txt", "from a branch", "On a branch")
    git(repository, "checkout", "-q", "main")
    git(repository, "branch", "-q", "-D", "gone-branch")
    git(repository, "reflog", "expire", "--expire=now", "--all")
    text = all_text(repository)
    assert all(words in text for words in ("a stray blob", "from a branch", "On a branch", "b.txt"))


def test_packed_objects_are_read(repository: Path) -> None:
    for number in range(30):
        commit(repository, "a.txt", f"line {number}\n" * 50)
    git(repository, "gc", "-q")
    assert all(f"line {number}\n" in all_text(repository) for number in (0, 15, 29))


def test_names_of_people_branches_tags_notes_and_stashes_are_read(repository: Path) -> None:
    commit(repository, "a.txt", "a", GIT_AUTHOR_NAME="Sára Schwärz", GIT_AUTHOR_EMAIL="sara@quarry.example")
    git(repository, "branch", "quarrystone-offer")
    git(repository, "tag", "v-quarrystone")
    git(repository, "tag", "-a", "v1", "-m", "For Zofia")
    git(repository, "notes", "add", "-m", "said by Kowalczyk")
    (repository / "a.txt").write_text("stashed words", "utf-8")
    git(repository, "stash", "push", "-q", "-m", "before the call")
    text = all_text(repository)
    for words in (
        "Sára Schwärz", "sara@quarry.example", "Carl Committer", "refs/heads/quarrystone-offer",
        "refs/tags/v-quarrystone", "For Zofia", "said by Kowalczyk", "stashed words", "before the call", "refs/stash",
    ):  # fmt: skip
        assert words in text, words


def test_names_in_trees_are_read(repository: Path) -> None:
    commit(repository, "Quarry Stöne/übel.txt", "x")
    trees = [data.decode() for label, _, data in objects(repository) if label.startswith("tree")]
    assert "übel.txt" in trees
    assert any("Quarry Stöne" in one.split("\n") for one in trees)


def test_the_log_of_a_branch_is_read(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "secret-branch")
    git(repository, "checkout", "-q", "main")
    git(repository, "branch", "-q", "-D", "secret-branch")
    assert "moving from secret-branch to main" in all_text(repository)


def test_a_replaced_object_is_read_as_it_is(repository: Path) -> None:
    commit(repository, "a.txt", "the secret original")
    old = git(repository, "rev-parse", "HEAD:a.txt").strip()
    new = git(repository, "hash-object", "-w", "--stdin", given=b"harmless").strip()
    git(repository, "replace", old, new)
    assert "the secret original" in all_text(repository)


def test_an_empty_repository_holds_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert "blob" not in {label[:4] for label, _, _ in objects(tmp_path)}
    assert list(staged(tmp_path)) == []


def test_no_repository_is_one_sentence(tmp_path: Path) -> None:
    for read in (objects, staged):
        with pytest.raises(HeardError, match=r"^git could not read the repository") as failed:
            list(read(tmp_path))
        assert "\n" not in str(failed.value)


def test_a_damaged_object_is_one_sentence(repository: Path) -> None:
    name = git(repository, "rev-parse", "HEAD:first.txt").strip()
    path = repository / ".git" / "objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(b"nothing that git wrote")
    with pytest.raises(HeardError, match="git"):
        list(objects(repository))


def test_staged_is_what_would_be_committed(repository: Path) -> None:
    (repository / "Ä new.txt").write_text("staged", "utf-8")
    git(repository, "add", "-A")
    (repository / "Ä new.txt").write_text("changed after that", "utf-8")
    (repository / "not added.txt").write_text("x", "utf-8")
    git(repository, "rm", "-q", "first.txt")
    (repository / "link").symlink_to("Quarrystone/target")
    git(repository, "add", "link")
    assert sorted(staged(repository)) == [("link", b"Quarrystone/target"), ("Ä new.txt", b"staged")]


def test_staged_gives_renames_and_changes(repository: Path) -> None:
    git(repository, "mv", "first.txt", "Quarrystone.txt")
    assert list(staged(repository)) == [("Quarrystone.txt", b"first")]


def test_staged_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.txt").write_text("a", "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "add", "-A")
    assert list(staged(tmp_path)) == [("a.txt", b"a")]


def test_staged_leaves_out_what_has_no_bytes(repository: Path, tmp_path: Path) -> None:
    (repository / "later.txt").write_text("x", "utf-8")
    git(repository, "add", "-N", "later.txt")
    head = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    assert list(staged(repository)) == []


def test_in_a_hook_the_commit_is_read_as_it_is_made(repository: Path) -> None:
    """`git commit -a` keeps the new state in an index of its own, which only the hook is told."""
    seen = repository.parent / "seen.txt"
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    program = (
        "import pathlib, sys; from heard.leaks.objects import staged; "
        f"pathlib.Path({str(seen)!r}).write_text(repr(list(staged(pathlib.Path.cwd()))))"
    )
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{program}"\n', "utf-8")
    hook.chmod(0o755)
    (repository / "first.txt").write_text("new words", "utf-8")
    git(repository, "commit", "-q", "-a", "-m", "All", PYTHONPATH=os.pathsep.join(sys.path))
    assert seen.read_text("utf-8") == "[('first.txt', b'new words')]"


def test_the_index_of_another_repository_is_not_read(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    (other / "theirs.txt").write_text("theirs", "utf-8")
    git(other, "add", "-A")
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert list(staged(repository)) == []
    assert "theirs" not in all_text(repository)
