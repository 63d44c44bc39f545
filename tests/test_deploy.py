"""`heard deploy` sends the built site and nothing else, and only what the leak check has seen."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import stories
from heard.pipeline import built
from heard.workspace import at
from stories import account, build, note, problem, run, tree

URL = "https://cold-store-notes.example.com/"
GIT = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
NAMED = {f"GIT_{who}_{what}": said for who in ("AUTHOR", "COMMITTER") for what, said in
         (("NAME", "A"), ("EMAIL", "a@example.com"))}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *GIT, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A built workspace with something private, in a repository whose remote is a folder."""
    root = stories.workspace(tmp_path_factory.mktemp("deploy") / "workspace", shared)
    problem(root, "flat")
    account(root, "nordfrost", "Nordfrost")
    note(root, "2026-01-10", "Nordfrost")
    done = build(root)
    assert done.code == 0, done.err
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "workspace"
    shutil.copytree(made, copy, symlinks=True)
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(copy, "init", "-q")
    git(copy, "remote", "add", "origin", str(tmp_path / "remote.git"))
    (copy / ".gitignore").write_text("/content/private/\n/.heard/\n/site/\n")
    return copy


def pushed(root: Path) -> list[str]:
    """The files on the remote's branch, after every deploy."""
    return git(root.parent / "remote.git", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()


def deploy(root: Path, *arguments: str, **env: str) -> stories.Result:
    return run(root, "deploy", *arguments, **NAMED, **env)


def as_built(root: Path) -> None:
    """Take the site for one that was just built: what is in it does not matter here, and a build takes seconds."""
    built.remember(at(root).public, root / "site", stories.NOON.date())


def setting(root: Path, host: str, more: str = "") -> None:
    """Choose a host."""
    expert = root / "content/expert.yml"
    expert.write_text(expert.read_text("utf-8").replace("host: github-pages", f"host: {host}") + more, "utf-8")
    as_built(root)


def test_exactly_the_built_site_is_pushed(root: Path) -> None:
    done = deploy(root, "--yes")
    assert done.code == 0, done.err
    assert "The leak check passed" in done.err
    assert sorted(pushed(root)) == sorted(tree(root / "site"))
    assert {".nojekyll", "CNAME", "index.html", "papers/flat.pdf", "problems/flat/index.md"} <= set(pushed(root))
    folder = root.parent / "out"
    git(root.parent, "clone", "-q", "-b", "gh-pages", "remote.git", "out")
    shutil.rmtree(folder / ".git")
    assert tree(folder) == tree(root / "site")
    assert not (root / ".heard/deploy").exists()
    assert git(root.parent / "remote.git", "for-each-ref", "--format=%(refname)") == "refs/heads/gh-pages\n"


def test_what_was_taken_back_does_not_stay_in_the_branchs_history(root: Path) -> None:
    assert deploy(root, "--yes").code == 0
    (root / "site/problems/icy").mkdir()
    (root / "site/problems/icy/index.html").write_text("<title>Icy</title>")
    as_built(root)
    assert deploy(root, "--yes").code == 0
    remote = root.parent / "remote.git"
    assert "problems/icy/index.html" in pushed(root)
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"


def test_a_branch_that_holds_something_else_is_left_alone(root: Path) -> None:
    other = root.parent / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "gh-pages")
    (other / "thesis.html").write_text("mine")
    git(other, "add", ".")
    git(other, "commit", "-qm", "My thesis")
    git(other, "push", "-q", str(root.parent / "remote.git"), "gh-pages")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "“My thesis”" in done.err
    assert pushed(root) == ["thesis.html"]


@pytest.mark.parametrize("branch", ["main", "--upload-pack=touch", "a b"])
def test_the_branch_of_the_sources_and_what_is_no_branch_are_refused(root: Path, branch: str) -> None:
    with (root / "content/expert.yml").open("a") as file:
        file.write(f'deploy:\n  branch: "{branch}"\n')
    as_built(root)
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "branch" in done.err
    assert git(root.parent / "remote.git", "for-each-ref") == ""


def test_a_dry_run_says_where_it_would_go_and_sends_nothing(root: Path) -> None:
    done = deploy(root, "--dry-run")
    assert done.code == 0
    assert "Would go to: the branch gh-pages of" in done.out
    assert git(root.parent / "remote.git", "for-each-ref") == ""
    assert not (root / ".heard/deploy").exists()


def test_nothing_is_sent_unless_somebody_says_so(root: Path) -> None:
    done = deploy(root, "--no-input")
    assert done.code == 1
    assert "add --yes" in done.err
    assert git(root.parent / "remote.git", "for-each-ref") == ""


def test_an_answer_at_a_terminal_sends_it(root: Path) -> None:
    with stories.terminal(root, "deploy", **NAMED) as (child, ours):
        stories.until(ours, "gh-pages of")
        stories.typed(ours, "y")
        stories.until(ours, "Pushed to")
        assert child.wait(20) == 0
    assert "index.html" in pushed(root)


def change_paper(root: Path) -> None:
    path = root / "content/problems/flat.md"
    path.write_text(path.read_text("utf-8").replace("Count the stops", "Count all stops"), "utf-8")


def add_page(root: Path) -> None:
    (root / "content/pages/new.md").write_text("# New\n")


def delete_industry(root: Path) -> None:
    next((root / "content/industries").glob("*.md")).unlink()


def override_template(root: Path) -> None:
    (root / "templates/404.html").write_text("{% extends 'main.html' %}")


@pytest.mark.parametrize("edit", [change_paper, add_page, delete_industry, override_template])
def test_a_site_that_is_older_than_its_sources_is_refused_with_the_command(root: Path, edit: object) -> None:
    assert callable(edit)
    edit(root)
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "site/ was built before the last change. Type `mkdocs build`" in done.err
    assert git(root.parent / "remote.git", "for-each-ref") == ""


def test_times_of_files_mean_nothing_and_private_edits_neither(root: Path) -> None:
    for path in (root / "content").rglob("*"):
        os.utime(path)
    note(root, "2026-02-10", "Nordfrost")
    assert deploy(root, "--dry-run").code == 0


def test_a_proof_that_has_expired_since_asks_for_a_new_build(root: Path) -> None:
    stories.proof(root, "one", {"level": "anonymous", "granted": "2026-02-01", "expires": "2026-11-30"})
    assert run(root, "approve", "--yes").code == 0
    as_built(root)
    assert deploy(root, "--dry-run").code == 0
    assert deploy(root, "--dry-run", SOURCE_DATE_EPOCH="1796126400").code == 1


def test_a_site_that_somebody_edited_is_refused(root: Path) -> None:
    with (root / "site/index.html").open("a") as file:
        file.write("<!-- Nordfrost -->")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "not as a build left it" in done.err


def test_what_became_a_secret_since_the_build_stops_the_deploy(root: Path) -> None:
    account(root, "tolksdorf-partner", "Bremerhaven Kühlhaus Nord")
    (root / "site/new").mkdir()
    (root / "site/new/index.html").write_text("<title>New</title><p>Bremerhaven Kühlhaus Nord.", "utf-8")
    as_built(root)
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "The leak check found what is private, so nothing was sent" in done.err
    assert "new/index.html" in done.err
    assert "Kühlhaus" not in done.err
    assert git(root.parent / "remote.git", "for-each-ref") == ""


def test_without_the_private_side_nothing_is_sent(root: Path) -> None:
    shutil.rmtree(root / "content/private")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "content/private" in done.err
    assert git(root.parent / "remote.git", "for-each-ref") == ""


def test_a_site_dir_among_the_sources_is_never_sent(root: Path) -> None:
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\nsite_dir: content\n", "utf-8")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "holds what is not public" in done.err


def test_a_link_in_the_site_is_not_followed(root: Path) -> None:
    (root / "site/notes").symlink_to(root / "content/private/notes")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "is a link" in done.err


def test_without_a_repository_or_a_remote_it_says_what_to_do(root: Path) -> None:
    git(root, "remote", "remove", "origin")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "git remote add origin" in done.err
    shutil.rmtree(root / ".git")
    assert "no git repository" in deploy(root, "--yes").err


def test_no_built_site_is_said_with_the_command(root: Path) -> None:
    shutil.rmtree(root / "site")
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "There is no built site in site/. Type `mkdocs build`" in done.err


def test_what_was_just_published_can_be_deployed_at_once(root: Path) -> None:
    problem(root, "icy", public=False)
    done = run(root, "publish", "icy", "--yes")
    assert done.code == 0, done.err
    done = deploy(root, "--yes")
    assert done.code == 0, done.err
    assert "problems/icy/index.html" in pushed(root)


@pytest.mark.parametrize(
    ("host", "said"), [("netlify", "netlify deploy --prod --dir site/"), ("cloudflare", "wrangler pages deploy site/"),
                       ("other", "deploy: target:")]
)  # fmt: skip
def test_for_hosts_that_take_a_folder_it_says_which(root: Path, host: str, said: str) -> None:
    setting(root, host)
    done = deploy(root)
    assert done.code == 0, done.err
    assert "Upload site/ to" in done.out
    assert said in done.out


@pytest.mark.parametrize("target", ["-e evil", "/", "server.example", "a@b.example:$(x)", "https://a.example/"])
def test_a_target_that_is_no_folder_of_a_server_is_refused(root: Path, target: str) -> None:
    setting(root, "apache", f'deploy:\n  target: "{target}"\n')
    done = deploy(root, "--yes")
    assert done.code == 1
    assert "is no folder of a server" in done.err


def test_nginx_gets_its_settings_beside_the_site(root: Path) -> None:
    setting(root, "nginx")
    first, second = deploy(root), deploy(root)
    assert "build/host/nginx.conf has changed" in first.err
    assert "build/host/nginx.conf is as it was" in second.err
    assert "location" in (root / "build/host/nginx.conf").read_text("utf-8")
    assert not list((root / "site").rglob("nginx.conf"))


@pytest.mark.skipif(not shutil.which("rsync"), reason="needs rsync")
def test_a_server_gets_the_site_and_keeps_what_is_not_ours(root: Path) -> None:
    target = root.parent / "server"
    (target / ".well-known").mkdir(parents=True)
    (target / ".well-known/mine").write_text("mine")
    (root / "site/papers/icy.pdf").write_bytes((root / "site/papers/flat.pdf").read_bytes())
    setting(root, "apache", f"deploy:\n  target: {target}\n")
    assert deploy(root, "--yes").code == 0
    ours = {name: one for name, one in tree(target).items() if not name.startswith(".well-known")}
    assert ours == tree(root / "site")
    (root / "site/papers/icy.pdf").unlink()
    as_built(root)
    done = deploy(root, "--yes")
    assert "of an earlier deploy will be deleted there" in done.err
    assert not (target / "papers/icy.pdf").exists()
    assert (target / ".well-known/mine").read_text() == "mine"


def test_the_workflow_in_the_docs_builds_what_it_uploads() -> None:
    page = (stories.REPOSITORY / "docs/publishing.md").read_text("utf-8")
    found = re.search(r'```yaml title="\.github/workflows/site\.yml"\n(.*?)```', page, re.DOTALL)
    assert found
    workflow = yaml.safe_load(found[1])
    steps = workflow["jobs"]["site"]["steps"]
    runs = [step.get("run", step.get("uses", "")) for step in steps]
    assert runs.index("mkdocs build --strict") < runs.index("actions/upload-pages-artifact@v3")
    assert workflow["permissions"]["contents"] == "read"
    assert next(step for step in steps if "checkout" in step.get("uses", ""))["with"]["fetch-depth"] == 0
