"""`heard publish` and `heard retract`: a person's yes changes everything at once, anything else changes nothing."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest

import stories
from heard.pipeline import publish as publish_story
from heard.values import HeardError
from heard.workspace import at
from stories import approved, build, note, problem, run, tree

KEPT = (".heard", "content/private/.heard", "content/private/leaks.key")


@pytest.fixture
def draft(root: Path) -> Path:
    """A site with one published problem and one paper that waits."""
    problem(root, "flat")
    problem(root, "icy", public=False, body=stories.BODY + "\nSee [[flat]].\n")
    for number, name in enumerate(stories.COMPANIES[:4]):
        words = f"Ice at our door {number}."
        note(root, "2026-01-10", name, words, at="icy", quotable="anonymous", industry="cold-storage")
    run(root, "approve", "--yes")
    assert build(root).code == 0
    return root


def test_yes_publishes_page_pdf_and_evidence(draft: Path) -> None:
    done = run(draft, "publish", "icy", "--yes")
    assert done.code == 0, done.err
    assert "Icy: heard from at least three companies since 2026-Q1; Cold storage." in done.out
    assert "4 companies, 0 people, 0 quotes stay private." in done.out
    assert "Published: /problems/icy/" in done.out
    text = (draft / "content/problems/icy.md").read_text("utf-8")
    assert "published: 2026-11-21" in text
    assert "Its `published:` is today, 2026-11-21." in done.err
    assert "slug: icy" in text
    assert text.endswith(stories.BODY + "\nSee [[flat]].\n")
    assert not (draft / "content/private/problems/icy.md").exists()
    page = (draft / "site/problems/icy/index.html").read_text("utf-8")
    assert 'href="../../papers/icy.pdf"' in page
    assert "Ice at our " in page
    assert (draft / "site/papers/icy.pdf").read_bytes().startswith(b"%PDF")
    assert approved(draft)["problems"]["icy"]["heard_from"] == 3
    before = tree(draft / "site")
    assert build(draft).code == 0
    assert tree(draft / "site") == before
    assert run(draft, "approve", "--check").code == 0
    again = run(draft, "publish", "icy", "--yes")
    assert again.code == 1
    assert "published already" in again.err


def test_nobody_said_yes(draft: Path) -> None:
    before = tree(draft, *KEPT)
    done = run(draft, "publish", "icy")
    assert done.code == 1
    assert "add --yes" in done.err
    assert tree(draft, *KEPT) == before


def test_a_no_changes_no_byte_and_the_page_can_be_looked_at_before(draft: Path) -> None:
    before = tree(draft, *KEPT)
    with stories.terminal(draft, "publish", "icy") as (child, screen):
        shown = stories.until(screen, "Publish “Icy”? [y/N]", 90)
        page = Path(shown.partition("Look at it: ")[2].split("\n")[0].strip())
        assert "Ice at our " in page.read_text("utf-8")
        assert (page.parents[2] / "papers/icy.pdf").exists()
        assert tree(draft, *KEPT) == before
        stories.typed(screen, "n")
        stories.until(screen, "\0")
        assert child.wait(20) == 1
    assert tree(draft, *KEPT) == before
    assert not (draft / ".heard/preview").exists()


def test_a_lost_terminal_changes_no_byte(draft: Path) -> None:
    before = tree(draft, *KEPT)
    with stories.terminal(draft, "publish", "icy") as (child, screen):
        stories.until(screen, "[y/N]", 90)
        child.kill()
        child.wait(20)
    assert tree(draft, *KEPT) == before


def test_a_draft_that_was_changed_meanwhile_stays(draft: Path) -> None:
    path = draft / "content/private/problems/icy.md"
    with stories.terminal(draft, "publish", "icy") as (child, screen):
        stories.until(screen, "[y/N]", 90)
        path.write_text(path.read_text("utf-8") + "One more sentence.\n", "utf-8")
        before = tree(draft, *KEPT)
        stories.typed(screen, "y")
        assert "changed meanwhile" in stories.until(screen, "\0")
        assert child.wait(20) == 1
    assert tree(draft, *KEPT) == before


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ({}, "", "has no paper yet. Write it below the header of content/private/problems/new.md"),
        ({"merged_into": "flat"}, stories.BODY, "was merged into flat"),
        ({"slug": "flat"}, stories.BODY, "flat"),
        ({"slug": "../../evil"}, stories.BODY, "content/private/problems/new.md:"),
        ({"titel": "x"}, stories.BODY, "title"),
        ({}, stories.BODY + "\n# Again\n", "heading"),
        ({}, stories.BODY + "\nSee [[nothing-here]].\n", "nothing-here"),
        ({"review_by": "2026-02-31"}, stories.BODY, "review_by"),
    ],
)
def test_what_is_in_the_way_is_named_and_nothing_happens(
    root: Path, head: dict[str, object], body: str, said: str
) -> None:
    problem(root, "flat")
    problem(root, "new", public=False, body=body, **head)
    before = tree(root, *KEPT)
    done = run(root, "publish", "content/private/problems/new.md" if "slug" in head else "new", "--yes")
    if "slug" in head:
        done = run(root, "publish", "New", "--yes")
    assert done.code == 1
    assert said in done.err
    assert "Traceback" not in done.err
    assert tree(root, *KEPT) == before


def test_a_key_that_is_not_read_in_public_is_told_with_the_drafts_own_line(draft: Path) -> None:
    path = draft / "content/private/problems/icy.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nindustry: cold-storage\n", 1), "utf-8")
    before = tree(draft, *KEPT)
    done = run(draft, "publish", "icy", "--yes")
    assert done.code == 1
    assert "content/private/problems/icy.md:2: to fix: unknown key `industry`: did you mean `industries`?" in done.err
    assert tree(draft, *KEPT) == before


def test_a_build_that_fails_changes_nothing(draft: Path) -> None:
    (draft / "content/pages/about.md").write_text("# About\n\n[gone](nowhere.md)\n", "utf-8")
    before = tree(draft, *KEPT)
    done = run(draft, "publish", "icy", "--yes")
    assert done.code == 1
    assert "does not build, so nothing was published" in done.err
    assert "nowhere.md" in done.err
    assert tree(draft, *KEPT) == before


@pytest.mark.parametrize(
    ("name", "broken"),
    [("problem.html", "{% if %}"), ("problem.html", "{{ page.no.such.thing }}"), ("print/paper.html", "{% if %}")],
)
def test_a_broken_template_is_named_with_its_line(draft: Path, name: str, broken: str) -> None:
    path = draft / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html>\n\n{broken}\n</html>\n", "utf-8")
    before = tree(draft, *KEPT)
    done = run(draft, "publish", "icy", "--yes")
    assert done.code == 1
    assert f"{name}:3" in done.err, done.err
    assert "Traceback" not in done.err
    assert tree(draft, *KEPT) == before


def test_without_the_private_side(draft: Path) -> None:
    (draft / "content/private").rename(draft.parent / "elsewhere")
    done = run(draft, "publish", "icy", "--yes")
    assert done.code == 1
    assert "needs content/private" in done.err


def test_a_file_written_on_windows_keeps_its_line_ends(draft: Path) -> None:
    path = draft / "content/private/problems/icy.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(draft, "publish", "icy", "--yes").code == 0
    content = (draft / "content/problems/icy.md").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf---\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"published: 2026-11-21\r\n" in content


def test_a_header_that_cannot_be_changed_is_left_to_the_person(root: Path) -> None:
    problem(root, "icy", public=False)
    path = root / "content/private/problems/icy.md"
    path.write_text(path.read_text("utf-8").replace("slug: icy\n", "slug: icy\naliases: [why? so]\n"), "utf-8")
    before = tree(root, *KEPT)
    done = run(root, "publish", "icy", "--yes")
    assert done.code == 1
    assert "Write it by hand: slug: icy" in done.err
    assert tree(root, *KEPT) == before


def test_there_and_back_again(draft: Path) -> None:
    """Retract leaves a page that leads on, and says what cannot be called back; publish revives it."""
    assert run(draft, "publish", "icy", "--yes").code == 0
    (draft / "build/papers").mkdir(parents=True)
    (draft / "build/papers/icy.pdf").write_bytes(b"%PDF")
    stories.file(draft, "x.md", {})
    (draft / "content/x.md").unlink()
    campaigns = draft / "content/campaigns"
    campaigns.mkdir()
    (campaigns / "spring.yml").write_text("name: Spring\nproblems: [icy]\nchannels: [linkedin]\n")
    done = run(draft, "retract", "icy", "--yes")
    assert done.code == 0, done.err
    for said in (
        "since 2026-11-21",
        "papers/icy.pdf",
        "Spring",
        "build/papers/icy.pdf",
    ):
        assert said in done.err
    assert "no longer shown: “Ice at our door 0.”" in done.out
    assert "retired: 2026-11-21" in (draft / "content/problems/icy.md").read_text("utf-8")
    stub = (draft / "site/problems/icy/index.html").read_text("utf-8")
    assert 'url=../../industries/cold-storage/"' in stub
    assert not (draft / "site/papers/icy.pdf").exists()
    for page in draft.glob("site/**/*.html"):
        assert "Ice at our" not in page.read_text("utf-8"), page
    assert "icy" not in approved(draft)["problems"]
    assert run(draft, "approve", "--check").code == 0
    assert "No problem is called" in run(draft, "retract", "icy", "--yes").err
    revived = run(draft, "publish", "icy", "--yes", SOURCE_DATE_EPOCH=str(int(stories.NOON.timestamp()) + 86_400))
    assert revived.code == 0, revived.err
    assert "It keeps the day of its first publication: 2026-11-21." in revived.err
    text = (draft / "content/problems/icy.md").read_text("utf-8")
    assert "retired" not in text
    assert "published: 2026-11-21" in text
    assert (draft / "site/papers/icy.pdf").exists()
    assert approved(draft)["problems"]["icy"]["heard_from"] == 3


def test_a_paper_that_others_link_to_can_be_retracted(draft: Path) -> None:
    """Taking something back must not wait for edits elsewhere: the link's words stay, without the link."""
    assert run(draft, "publish", "icy", "--yes").code == 0
    done = run(draft, "retract", "flat", "--yes")
    assert done.code == 0, done.err
    page = (draft / "site/problems/icy/index.html").read_text("utf-8")
    assert "See Flat." in page
    assert "content/problems/icy.md" in run(draft, "check").out
    assert "[paper/retired-link]" in run(draft, "check").out


def test_a_disk_that_refuses_halfway_leaves_the_draft_a_draft(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = at(draft)
    plan = publish_story.plan_publish(workspace, "icy", date(2026, 11, 21))
    before = tree(draft, *KEPT)

    def refuse(*_: object) -> bool:
        raise HeardError("approved.yml could not be saved: No space left on device.")

    monkeypatch.setattr(publish_story.approval, "write", refuse)
    with pytest.raises(HeardError, match="No space left"):
        publish_story.carry_out(workspace, plan)
    assert tree(draft, *KEPT) == before


def test_a_site_folder_that_is_a_link_stays_one(draft: Path) -> None:
    elsewhere = draft.parent / "www"
    (draft / "site").rename(elsewhere)
    (draft / "site").symlink_to(elsewhere)
    assert run(draft, "publish", "icy", "--yes").code == 0
    assert (draft / "site").is_symlink()
    assert (elsewhere / "problems/icy/index.html").is_file()


def test_retract_asks_first(draft: Path) -> None:
    before = tree(draft, *KEPT)
    done = run(draft, "retract", "flat")
    assert done.code == 1
    assert tree(draft, *KEPT) == before


def test_nothing_is_published(root: Path) -> None:
    assert "No problem is published" in run(root, "retract", "x").err


def test_two_at_once_publish_one_whole_site(draft: Path) -> None:
    """Whoever comes second is told so in a sentence, and the site is whole."""
    results: list[stories.Result] = []
    threads = [
        threading.Thread(target=lambda: results.append(stories.process(draft, "publish", "icy", "--yes")))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    assert sorted(result.code for result in results) == [0, 1], results
    second = next(result for result in results if result.code)
    assert second.err.startswith("heard: Another `heard publish`"), second.err
    assert (draft / "site/problems/icy/index.html").exists()
    assert (draft / "content/problems/icy.md").exists()
    assert not (draft / "content/private/problems/icy.md").exists()


def test_while_one_waits_for_an_answer_nobody_else_publishes(draft: Path) -> None:
    workspace = at(draft)
    with publish_story.alone(workspace), stories.terminal(draft, "retract", "flat") as (child, screen):
        assert "or waits for an answer" in stories.until(screen, "\0")
        assert child.wait(20) == 1
    with publish_story.alone(workspace):
        pass


def test_two_builds_at_once_leave_one_whole_site(draft: Path) -> None:
    before = tree(draft / "site")
    results: list[stories.Result] = []
    threads = [threading.Thread(target=lambda: results.append(build(draft))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.code for result in results] == [0, 0], results
    assert "waiting until it has ended" in results[0].err + results[1].err
    assert tree(draft / "site") == before
    assert [path.name for path in draft.glob(".site*")] == []
