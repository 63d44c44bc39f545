"""The leak check as a person meets it: in builds, exports, PDFs, commits, and as `heard leaks`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import stories
from stories import BODY, Result, account, build, note, proof, run, workspace

SECRETS = ("Quarrystone", "Zofia", "Kowalczyk", "kowalczyk", "quarrystone.example", "5550100", "5550 100")
CLIENT = "We lose the first two hours of every night shift because the batteries freeze."


@pytest.fixture
def place(tmp_path: Path, shared: Path) -> Path:
    """A workspace with a published problem, a client who is to stay unknown, and what the client said."""
    root = workspace(tmp_path / "w", shared)
    stories.problem(root, "flat")
    account(
        root, "quarrystone", "Quarrystone Foods GmbH", domains=["quarrystone.example"],
        people=[{"name": "Zofia Kowalczyk", "email": "z.kowalczyk@quarrystone.example", "phone": "+49 30 5550 100"}],
    )  # fmt: skip
    note(root, "2026-01-10", "Quarrystone Foods GmbH", CLIENT, person="Zofia Kowalczyk")
    return root


def page(root: Path, words: str, name: str = "about.md") -> None:
    path = root / "content/pages" / name
    before = path.read_text("utf-8") if path.exists() else "# Page\n"
    path.write_text(f"{before}\n{words}\n", "utf-8")


def silent(done: Result) -> Result:
    """The result, after looking that it repeats no secret."""
    for said in (done.out, done.err):
        assert not [one for one in SECRETS if one.lower() in said.lower()], said
    return done


def ids(done: Result, code: str = "leak/") -> list[str]:
    """The ids in the findings."""
    rows = [row for row in (done.out + done.err).splitlines() if f"[{code}" in row]
    return [found for row in rows for found in re.findall(r"\b[0-9a-f]{8}\b", row)]


PLANTED = {
    "a full name": "Ask Zofia Kowalczyk.",
    "surname first": "Ask Kowalczyk, Zofia.",
    "a company": "As at Quarrystone Foods.",
    "a domain": "See https://www.quarrystone.example/jobs.",
    "an address": "Write to z.kowalczyk@quarrystone.example.",
    "a number": "Call 030 5550100.",
    "a client's words": "Many lose the first two hours of every night shift to ice.",
    "a comment": "<!-- told by Zofia Kowalczyk -->",
    "an attribute": '<span data-who="Zofia&#32;Kowalczyk">a client</span>',
}


IN_A_BUILD = ("a full name", "surname first", "a client's words", "an attribute")
"""A whole build takes seconds, and tests/leaks/test_planted.py looks for every way in every spot."""


@pytest.mark.parametrize(
    "how", [how if how in IN_A_BUILD else pytest.param(how, marks=pytest.mark.stress) for how in PLANTED]
)
def test_a_build_that_would_leak_leaves_the_old_site_as_it_was(how: str, place: Path) -> None:
    assert silent(build(place)).code == 0
    before = stories.tree(place / "site")
    page(place, PLANTED[how])
    done = silent(build(place))
    assert done.code == 1, done.err
    assert "about/index.html" in done.err
    assert ("leak/maybe" if how == "surname first" else "leak/secret") in done.err
    assert stories.tree(place / "site") == before
    assert not [path.name for path in place.iterdir() if path.name.startswith(".site")]


def test_a_paper_that_names_a_client_gives_no_pdf_no_export_and_is_not_published(place: Path, tmp_path: Path) -> None:
    stories.problem(place, "icy", public=False, body=f"{BODY}\nZofia Kowalczyk told me so.\n")
    done = silent(run(place, "publish", "icy", "--yes"))
    assert done.code == 1
    assert "nothing was published" in done.err
    assert not (place / "content/problems/icy.md").exists()
    stories.problem(place, "icy", body=f"{BODY}\nZofia Kowalczyk told me so.\n")
    for arguments in (("pdf", "icy"), ("export", str(tmp_path / "out"))):
        done = silent(run(place, *arguments))
        assert done.code == 1
        assert "nothing was written" in done.err
    assert not (place / "build").exists()
    assert not (tmp_path / "out").exists()


def test_a_file_name_is_masked(place: Path) -> None:
    page(place, "Nothing else.", "zofia-kowalczyk.md")
    # Without -q MkDocs itself names the pages that are in no menu.
    done = silent(build(place, "-q"))
    assert done.code == 1
    assert "█████" in done.err


def test_a_single_name_is_worth_a_decision_and_can_be_allowed_with_a_reason(place: Path) -> None:
    page(place, "In the old days Kowalczyk was a common name here.")
    done = silent(build(place))
    assert done.code == 1
    assert "[leak/maybe]" in done.err
    name = ids(done)[0]
    refused = silent(run(place, "leaks", "--allow", name, "--because", "Zofia Kowalczyk is well known"))
    assert refused.code == 1
    assert silent(run(place, "leaks", "--allow", name)).code == 2
    assert silent(run(place, "leaks", "--allow", name, "--in", "elsewhere/", "--because", "a street")).code == 0
    assert build(place).code == 1
    assert silent(run(place, "leaks", "--allow", name, "--in", "about/", "--because", "a street")).code == 0
    # The search index holds the page's text once more.
    assert ids(done) == [name] * len(ids(done))
    assert silent(run(place, "leaks", "--allow", name, "--in", "search/*", "--because", "a street")).code == 0
    assert silent(build(place)).code == 0, build(place).err
    assert silent(run(place, "leaks")).code == 0


def test_exceptions_need_a_reason_and_a_living_secret(place: Path) -> None:
    text = 'allowed:\n  - secret: "0badcafe"\n    because: gone\n  - secret: "12345678"\n  - because: of what\n'
    (place / "content/allowed.yml").write_text(text)
    found = run(place, "check").out + run(place, "check").err
    assert "content/allowed.yml:4" in found
    assert "allowed/no-reason" in found
    assert "allowed/which" in found
    page(place, "Ask Zofia Kowalczyk.")
    assert "allowed/unused" in build(place).err


def test_names_may_stand_where_their_approved_entry_is_shown_and_nowhere_else(place: Path) -> None:
    consent = {"level": "named", "granted": "2026-03-01"}
    proof(place, "p1", consent, "It ended in a week.", account="Quarrystone Foods GmbH", person="Zofia Kowalczyk")
    assert run(place, "approve", "--yes").code == 0
    done = build(place)
    assert done.code == 0, done.err
    assert "Zofia Kowalczyk" in (place / "site/proof/index.html").read_text()
    page(place, "Zofia Kowalczyk wrote to me.")
    done = build(place)
    assert done.code == 1
    assert {row.split()[3].partition("/")[0] for row in done.err.splitlines() if "[leak/" in row} == {"about", "search"}


def test_what_the_expert_says_of_themselves_is_no_secret(place: Path) -> None:
    expert = place / "content/expert.yml"
    own = re.sub(r"^team:.*$", "", expert.read_text(), flags=re.MULTILINE)
    expert.write_text(f"{own}\nteam: [Zofia Kowalczyk]\n")
    page(place, "Zofia Kowalczyk works with me.")
    assert build(place).code == 0


def test_a_private_file_that_cannot_be_read_stops_the_build(place: Path) -> None:
    (place / "content/private/accounts/other.md").write_text("---\nname: [Acme\n---\n")
    done = silent(build(place))
    assert done.code == 1
    assert "leak/unknown" in done.err


def test_what_cannot_be_looked_through_stops_the_build_until_it_is_allowed(place: Path) -> None:
    (place / "content/pages/film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 9)
    done = silent(build(place))
    assert done.code == 1
    assert "film.mp4" in done.err
    assert "leak/unread" in done.err
    (place / "content/allowed.yml").write_text("allowed:\n  - file: film.mp4\n    because: seen by two of us\n")
    assert build(place).code == 0


def test_copies_of_private_files_and_notes_among_the_pages_stop_the_build(place: Path) -> None:
    kept = place / "content/private/notes/plan.bin"
    kept.write_bytes(b"\x00\x01\x02")
    (place / "content/pages/plan.bin").write_bytes(b"\x00\x01\x02")
    shutil.copy(next((place / "content/private/notes").glob("*.md")), place / "content/pages/call.md")
    done = silent(build(place))
    assert done.code == 1
    assert "leak/copy" in done.err
    assert "leak/note" in done.err


def test_without_the_private_side_it_says_so_and_may_be_required(place: Path) -> None:
    stories.problem(place, "icy", public=False)
    config = (place / "mkdocs.yml").read_text()
    required = re.sub(r"^( *)- heard\b.*$", r"\1- heard:\n\1    leaks: required", config, flags=re.MULTILINE)
    assert required != config
    (place / "mkdocs.yml").write_text(required)
    assert run(place, "publish", "icy", "--yes").code == 0
    shutil.rmtree(place / "content/private")
    done = build(place)
    assert done.code == 1
    assert "did not run" in done.err
    (place / "mkdocs.yml").write_text(config)
    done = build(place)
    assert done.code == 0
    assert done.err.count("The leak check did not run") == 1
    assert run(place, "leaks", str(place / "site")).code == 1


def test_what_was_clean_is_looked_at_again_when_more_is_known(place: Path) -> None:
    page(place, "I like Grumbleton Hall.")
    assert build(place).code == 0
    assert run(place, "leaks").code == 0
    note(place, "2026-02-01", "Grumbleton Hall")
    assert run(place, "leaks").code == 1
    assert build(place).code == 1


def test_ids_tell_nothing_without_the_private_key(place: Path) -> None:
    page(place, "Ask Zofia Kowalczyk.")
    first = ids(build(place))
    key = place / "content/private/leaks.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert ids(build(place)) == first
    key.unlink()
    again = ids(build(place))
    assert len(again) == len(first)
    assert not set(first) & set(again)


def test_an_id_is_explained_on_a_terminal_only(place: Path) -> None:
    page(place, "Ask Zofia Kowalczyk.")
    name = ids(silent(build(place)))[0]
    assert silent(run(place, "leaks", "--explain", name)).code == 1
    with stories.terminal(place, "leaks", "--explain", name) as (_, descriptor):
        assert "Kowalczyk" in stories.until(descriptor, "known from")


Git = Callable[..., Result]


@pytest.fixture
def git(place: Path) -> Git:
    def call(*arguments: str) -> Result:
        who = ("-c", "user.name=M", "-c", "user.email=m@example.com")
        return stories.command(place, "git", *who, *arguments)

    assert call("init", "-q", "-b", "main").code == 0
    (place / ".gitignore").write_text("/content/private/\n/site/\n/.heard/\n/.heard\n")
    return call


def test_a_commit_with_a_private_word_is_refused(place: Path, git: Git) -> None:
    assert "looks for private words" in run(place, "init", "--hook").out
    git("add", "-A")
    assert git("commit", "-qm", "one").code == 0
    page(place, "Ask Zofia Kowalczyk.")
    git("add", "-A")
    done = silent(git("commit", "-qm", "two"))
    assert done.code != 0
    assert "content/pages/about.md" in done.out + done.err
    git("reset", "-q", "--hard")
    page(place, "Nothing private.")
    git("add", "-A")
    assert git("commit", "-qm", "three").code == 0


def test_another_hook_stays_and_ours_is_put_once(place: Path, git: Git) -> None:
    hook = place / ".git/hooks/pre-commit"
    assert run(place, "init", "--hook").code == 0
    assert "there already" in run(place, "init", "--hook").out
    hook.write_text("#!/bin/sh\nexit 0\n")
    done = run(place, "init", "--hook")
    assert "another hook" in done.out
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"


def test_all_that_git_keeps_is_looked_through(place: Path, git: Git) -> None:
    git("add", "-A")
    git("commit", "-qm", "one")
    assert run(place, "leaks", "--git").code == 0
    page(place, "Ask Zofia Kowalczyk.")
    git("add", "-A")
    git("commit", "-qm", "two")
    git("reset", "-q", "--hard", "HEAD~1")
    done = silent(run(place, "leaks", "--git"))
    assert done.code == 1
    assert "blob" in done.out
    git("commit", "-q", "--allow-empty", "-m", "For Quarrystone Foods")
    assert "commit" in silent(run(place, "leaks", "--git")).out


def test_the_findings_as_data(place: Path) -> None:
    page(place, "Ask Zofia Kowalczyk.", "who.md")
    done = silent(run(place, "leaks", str(place / "content/pages"), "--json"))
    assert done.code == 1
    assert {one["code"] for one in done.data["findings"]} == {"leak/secret"}
    assert {one["path"] for one in done.data["findings"]} == {"content/pages/who.md"}


def test_what_came_with_the_theme_is_no_leak_of_mine_but_what_i_changed_in_it_is(place: Path) -> None:
    account(place, "rxjs", "Reactivex Holdings Ltd", aliases=["Symbol Asynciterator"])
    built = build(place, "--quiet")
    assert built.code == 0, silent(built).err
    theme = next((place / "site/assets/javascripts").glob("bundle.*.js"))
    assert "symbol.asynciterator" in theme.read_text("utf-8").lower()
    assert run(place, "leaks", str(place / "site")).code == 0
    theme.write_text(theme.read_text("utf-8") + "//", "utf-8")
    assert "leak/" in silent(run(place, "leaks", str(place / "site"))).out


def test_a_file_anywhere_on_the_disk_is_looked_through(place: Path, tmp_path: Path) -> None:
    offer = tmp_path / "elsewhere/offer.txt"
    offer.parent.mkdir()
    offer.write_text("Call Zofia Kowalczyk", "utf-8")
    for path in (offer, offer.parent):
        assert "leak/secret" in silent(run(place, "leaks", str(path))).out
    offer.write_text("Call me", "utf-8")
    assert "Nothing private in 1 file." in run(place, "leaks", str(offer)).err


def test_a_copy_of_a_private_file_is_named_where_its_name_tells_nothing(place: Path) -> None:
    shutil.copy(place / "content/private/accounts/quarrystone.md", place / "content/pages/hello.md")
    done = silent(build(place, "--quiet"))
    assert "content/pages/hello.md:1: to fix: is a copy of a private file" in done.err
    assert "heard leaks --explain" in done.err


@pytest.mark.parametrize(("branch", "message"), [("main", "as Zofia Kowalczyk said"), ("for-quarrystone-foods", "one")])
def test_neither_message_nor_branch_may_name_a_client(place: Path, git: Git, branch: str, message: str) -> None:
    assert run(place, "init", "--hook").code == 0
    git("checkout", "-q", "-b", "plain" if branch == "main" else branch)
    git("add", "-A")
    done = silent(git("commit", "-qm", message))
    assert done.code != 0
    assert "commit again" in done.out + done.err
    git("checkout", "-q", "-b", "fine")
    assert git("commit", "-qm", "# Zofia Kowalczyk, in what git leaves out\none").code == 0


@pytest.mark.parametrize("reason", ["not Zofia", "as Zofia Kowalczyk is"])
def test_a_reason_tells_no_name(place: Path, reason: str) -> None:
    page(place, "Ask Kowalczyk.")
    found = ids(silent(build(place, "--quiet")))[0]
    assert "Say it without" in silent(run(place, "leaks", "--allow", found, "--because", reason)).err
    for _ in range(2):
        assert run(place, "leaks", "--allow", found, "--because", "somebody else").code == 0
    assert (place / "content/allowed.yml").read_text("utf-8").count("somebody else") == 1
