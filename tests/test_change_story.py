"""Changing the catalogue: merge, rename, split and undo, as a person does it."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

import stories
from heard.base import changes
from heard.base.journal import Step
from heard.catalogue.edits import with_added, with_names
from heard.values import FileChange
from stories import file, note, problem, proof, run, tree

KEPT_OUT = ("content/private/.changes", "content/private/.heard", ".heard")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two private problems and a published one, heard from four companies."""
    root = tmp_path / "workspace"
    (root / "content/private/notes").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Test\nsite_url: https://example.org/\n", "utf-8")
    (root / "content/expert.yml").write_text("name: Maren Tolksdorf\n", "utf-8")
    problem(root, "doors-freeze", public=False, body="", problem="Dock doors freeze shut")
    problem(root, "ice-at-the-door", public=False, body="", problem="There is ice at the door")
    problem(root, "flat", problem="Batteries are flat at three", aliases=["Empty before the night ends"])
    note(root, "2026-01-05", "Acme Foods", "The doors freeze shut.", at="doors-freeze")
    note(root, "2026-01-06", "Nordfrost", "Ice on the door, every Friday.", at="ice-at-the-door")
    note(root, "2026-01-07", "Acme Foods", "Ice again.", at="ice-at-the-door")
    note(root, "2026-01-08", "Birkenlund", "Flat at three.", at="flat")
    return root


def files(root: Path) -> dict[str, str]:
    return tree(root, *KEPT_OUT)


def companies(root: Path) -> dict[str, int]:
    return {row["slug"]: row["companies"] for row in run(root, "problems", "--json").data}


def text(root: Path, name: str) -> str:
    return (root / "content" / name).read_text("utf-8")


def test_a_merged_problem_is_a_pointer_that_undo_takes_away(root: Path) -> None:
    before = files(root)
    done = run(root, "merge", "dock doors", "ice")
    assert done.code == 0
    assert "Merged “Dock doors freeze shut” into “There is ice at the door”" in done.out
    assert "2 companies together, 1 of which said both" in done.err
    changed = {name for name, content in files(root).items() if before.get(name) != content}
    assert changed == {"content/private/problems/doors-freeze.md"}
    assert "merged_into: ice-at-the-door\n" in text(root, "private/problems/doors-freeze.md")
    assert companies(root) == {"ice-at-the-door": 2, "flat": 1}
    undone = run(root, "undo")
    assert "Taken back: merged “Dock doors freeze shut” into “There is ice at the door”" in undone.out
    assert files(root) == before
    assert companies(root) == {"doors-freeze": 1, "ice-at-the-door": 2, "flat": 1}


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        ("ice", "ice", "is one problem already"),
        ("flat", "ice", "published and “There is ice at the door” is not"),
        ("flat", "ice", "`heard merge ice-at-the-door flat`"),
        ("old", "ice", "was merged into `flat` already"),
        ("ice", "old", "was merged into `flat`: name that one"),
        ("flat", "old", "was merged into “Batteries are flat at three” already"),
        ("nothing like it", "ice", "No problem is called"),
    ],
)
def test_what_cannot_be_merged_is_told_and_left_alone(root: Path, one: str, two: str, says: str) -> None:
    problem(root, "old", public=False, body="", problem="An old one", merged_into="flat")
    before = files(root)
    done = run(root, "merge", one, two)
    assert done.code == 1
    assert says in done.err
    assert files(root) == before


def test_private_words_reach_no_public_file_by_a_merge(root: Path) -> None:
    before = files(root)
    assert run(root, "merge", "doors-freeze", "flat").code == 0
    assert {name for name, content in files(root).items() if before[name] != content} == {
        "content/private/problems/doors-freeze.md"
    }
    assert companies(root)["flat"] == 2


def test_an_unpublished_problem_takes_its_links_along(root: Path) -> None:
    problem(root, "old", public=False, body="", problem="An old one", merged_into="doors-freeze")
    problem(root, "draft", public=False, body="See [[doors-freeze|the doors]] and [[flat]].\n")
    note(root, "2026-01-09", "Quarrystone", "Frozen shut.", at="old")
    note(root, "2026-01-10", "Tamworth Ice", "See it?", at="Dock doors freeze shut")
    proof(root, "p1", {"level": "named"}, problems=["doors-freeze", "flat"])
    file(root, "private/problems/doors-freeze.quotes.md", {"a": "b"}, "Words.\n")
    before, heard = files(root), companies(root)
    done = run(root, "rename", "dock", "Doors stick in the morning", "--json")
    assert done.code == 0
    assert done.data["done"] == "renamed “Dock doors freeze shut” to “Doors stick in the morning”"
    assert len(done.data["files"]) == 9
    assert not (root / "content/private/problems/doors-freeze.md").exists()
    renamed = text(root, "private/problems/doors-stick-in-the-morning.md")
    assert "problem: Doors stick in the morning\n" in renamed
    assert "slug: doors-stick-in-the-morning\n" in renamed
    assert "old_slugs" not in renamed
    assert "aliases" not in renamed
    assert "[[doors-stick-in-the-morning|the doors]] and [[flat]]" in text(root, "private/problems/draft.md")
    assert "doors-freeze" not in text(root, "private/proof/p1.md")
    assert text(root, "private/problems/doors-stick-in-the-morning.quotes.md")
    assert companies(root) == {
        ("doors-stick-in-the-morning" if k == "doors-freeze" else k): v for k, v in heard.items()
    }
    assert not [
        line for line in run(root, "check").out.split("\n") if "to fix" in line and "unknown-industry" not in line
    ]
    assert run(root, "undo").code == 0
    assert files(root) == before


def test_a_published_problem_keeps_its_address_and_its_old_words(root: Path) -> None:
    done = run(root, "rename", "flat", "Trucks stop at three")
    assert done.code == 0
    renamed = text(root, "problems/flat.md")
    assert "problem: Trucks stop at three\n" in renamed
    assert "slug: flat\n" in renamed
    assert "- Empty before the night ends\n- Batteries are flat at three\n" in renamed
    assert "The address stays /problems/flat/" in done.err
    assert run(root, "rename", "flat", "Batteries are flat at three").code == 0
    back = text(root, "problems/flat.md")
    assert "aliases: [Empty before the night ends, Trucks stop at three]\n" in back


def test_a_published_file_without_a_slug_gets_one_so_that_its_address_stays(root: Path) -> None:
    path = root / "content/problems/flat.md"
    path.write_text(path.read_text("utf-8").replace("slug: flat\n", "slug: batteries-are-flat-at-three\n"), "utf-8")
    path.write_text(path.read_text("utf-8").replace("slug: batteries-are-flat-at-three\n", ""), "utf-8")
    assert run(root, "rename", "Batteries", "Trucks stop at three").code == 0
    assert "slug: batteries-are-flat-at-three\n" in text(root, "problems/flat.md")


CAMPAIGN = """name: Frühling  # and summer
problems: [ice-at-the-door, flat]
channels: [linkedin]
ads:
  flat:  # the best one
    google: {headlines: [Flat?], descriptions: [Flat at three?]}
"""


def test_an_address_moves_only_after_a_yes(root: Path) -> None:
    (root / "content/campaigns").mkdir()
    (root / "content/campaigns/spring.yml").write_bytes(CAMPAIGN.replace("\n", "\r\n").encode())
    before = files(root)
    for more in ((), ("--no-input",)):
        asked = run(root, "rename", "flat", "Trucks stop at three", "--url", *more)
        assert asked.code == 1
        for said in ("/problems/flat/ becomes", "QR codes", "weeks", "campaign Frühling", "same bytes", "add --yes"):
            assert said in asked.err
        assert files(root) == before
    assert run(root, "rename", "flat", "Trucks stop at three", "--url", "--yes").code == 0
    moved = text(root, "problems/trucks-stop-at-three.md")
    assert "slug: trucks-stop-at-three\n" in moved
    assert "old_slugs: [flat]\n" in moved
    spring = (root / "content/campaigns/spring.yml").read_bytes().decode()
    assert spring == CAMPAIGN.replace("flat", "trucks-stop-at-three").replace("\n", "\r\n")
    assert companies(root)["trucks-stop-at-three"] == 1
    assert run(root, "undo").code == 0
    assert files(root) == before


def test_an_address_moves_back_where_it_came_from(root: Path) -> None:
    assert run(root, "rename", "flat", "Trucks stop at three", "--url", "--yes").code == 0
    assert run(root, "rename", "trucks", "Flat", "--url", "--yes").code == 0
    back = text(root, "problems/flat.md")
    assert "old_slugs: [trucks-stop-at-three]\n" in back
    assert not [line for line in run(root, "check").out.split("\n") if "old-slug" in line]


def test_what_was_approved_follows_the_address(tmp_path: Path) -> None:
    root = stories.workspace(tmp_path / "w")
    problem(root, "flat")
    problem(root, "platt", translates="flat", lang="de")
    problem(root, "old", merged_into="flat")
    stories.heard(root, {"cold-storage": 4}, quotable="anonymous")
    assert run(root, "approve", "--yes").code == 0
    held = stories.approved(root)["problems"]
    assert run(root, "rename", "flat", "Trucks stop at three", "--url", "--yes").code == 0
    moved = stories.approved(root)["problems"]
    assert moved.pop("trucks-stop-at-three") == held.pop("flat")
    assert moved == held
    assert run(root, "approve", "--check").code == 0
    assert "translates: trucks-stop-at-three\n" in text(root, "problems/platt.md")
    assert "merged_into: trucks-stop-at-three\n" in text(root, "problems/old.md")
    assert run(root, "check").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("doors-freeze", "There is ice at the door!"), "`there-is-ice-at-the-door` is taken by"),
        (("doors-freeze", "Flat"), "is taken by content/problems/flat.md"),
        (("doors-freeze", "Empty, before the night ends"), "another wording of “Batteries are flat at three”"),
        (("doors-freeze", "Oddly named"), "`oddly-named` is taken by content/problems/Oddly-Named.md"),
        (("doors-freeze", "Quote"), "means something else"),
        (("doors-freeze", "The index"), "means something else"),
        (("doors-freeze", "¿?"), "no letters"),
        (("doors-freeze", "Doors stick", "--url"), "not published"),
        (("ice", "There is ice at the door", "--yes"), "already"),
        (("old", "Doors stick"), "was merged into"),
    ],
)
def test_what_cannot_be_renamed_is_told_and_left_alone(root: Path, arguments: tuple[str, ...], says: str) -> None:
    problem(root, "old", public=False, body="", problem="An old one", merged_into="flat")
    problem(root, "Oddly-Named", problem="Another", slug="another")
    problem(
        root,
        "ice-at-the-door",
        public=False,
        body="",
        problem="There is ice at the door",
        slug="there-is-ice-at-the-door",
    )
    before = files(root)
    done = run(root, "rename", *arguments)
    assert done.code == 1
    assert says in done.err
    assert files(root) == before


def test_a_file_in_the_way_is_not_overwritten(root: Path) -> None:
    (root / "content/private/problems/doors-stick.md").write_text("---\nproblem: [\n---\n", "utf-8")
    before = files(root)
    done = run(root, "rename", "doors-freeze", "Doors stick")
    assert done.code == 1
    assert "There is content/private/problems/doors-stick.md already" in done.err
    assert files(root) == before


def split_root(root: Path) -> Path:
    """A problem with quotes that say two things, one of them by hand and twice filed."""
    body = (
        "> Ice on the floor. ^aaaaaa\n> [[ice-at-the-door]] #critical\n\n> The seal is torn.\n> [[ice-at-the-door]]\n"
    )
    file(root, "private/notes/two.md", {"date": "2026-02-01", "account": "Wexholm"}, body)
    return root


def test_quotes_move_to_a_new_problem(root: Path) -> None:
    before = files(split_root(root))
    done = run(root, "split", "ice", "The door seal is torn", "--quote", "two.md:8", "--quote", "^aaaaaa")
    assert done.code == 0, done.err
    moved = text(root, "private/notes/two.md")
    assert "> Ice on the floor. ^aaaaaa\n> [[door-seal-is-torn]] #critical\n\n" in moved
    assert moved.endswith("> The seal is torn.\n> [[door-seal-is-torn]]\n")
    assert "problem: The door seal is torn\n" in text(root, "private/problems/door-seal-is-torn.md")
    assert "2 quotes from 1 company moved" in done.err
    assert companies(root)["door-seal-is-torn"] == 1
    assert run(root, "undo").code == 0
    assert files(root) == before


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        (("ice", "Torn", "--quote", "bbbbbb"), "“bbbbbb” is no quote of this problem", 1),
        (("ice", "Torn", "--quote", "two.md:9"), "is no quote of this problem", 1),
        (("ice", "Torn", "--quote", ""), "“” is no quote of this problem", 1),
        (("flat", "Torn", "--quote", "n003.md:6"), "all quotes of “Batteries are flat at three”", 1),
        (("ice", "Flat", "--quote", "aaaaaa"), "is taken by", 1),
        (("ice", "Torn"), "--quote", 2),
        (("ice", "--quote", "aaaaaa"), "what the new problem is called", 2),
    ],
)
def test_what_cannot_be_split_is_told_and_left_alone(
    root: Path, arguments: tuple[str, ...], says: str, code: int
) -> None:
    before = files(split_root(root))
    done = run(root, "split", *arguments)
    assert done.code == code
    assert says in done.err
    assert files(root) == before


def test_a_command_that_is_proposed_can_be_pasted(root: Path) -> None:
    done = run(root, "split", "flat", 'Say "$HOME" `now`', "--quote", "n003.md:6")
    assert shlex.split(done.err.partition("`")[2].rpartition("` gives")[0]) == [
        "heard", "rename", "flat", 'Say "$HOME" `now`',
    ]  # fmt: skip


def test_a_bare_split_names_the_quotes_and_how_they_may_be_parted(root: Path) -> None:
    data = run(split_root(root), "split", "ice", "--json").data
    assert [one["quote"] for one in data["quotes"]] == [
        "content/private/notes/n001.md:6",
        "content/private/notes/n002.md:6",
        "aaaaaa",
        "content/private/notes/two.md:8",
    ]
    told = run(root, "split", "ice")
    assert told.code == 0
    assert "aaaaaa  Ice on the floor." in told.out
    assert "heard split ice-at-the-door" in told.err


SEALS = ("The rubber seal at the dock is torn.", "A torn seal lets the warm air in.", "Nobody mends the torn seal.",
         "The seal hangs down, it is torn.", "Torn seals on four docks.", "We tape the torn rubber seal.")  # fmt: skip
BILLS = ("The invoice came twice.", "Their invoice has the wrong total.", "The invoice is never right.",
         "We pay the same invoice twice.", "An invoice without a number.", "Every invoice is wrong.")  # fmt: skip


def test_two_things_under_one_name_are_proposed_as_two_problems(root: Path) -> None:
    problem(root, "trouble", public=False, body="", problem="There is trouble")
    for number, words in enumerate((*SEALS, *BILLS)):
        note(root, f"2026-03-{number + 1:02}", stories.COMPANIES[number], words, at="trouble")
    proposed = run(root, "split", "trouble", "--json").data["proposed"]
    assert len(proposed) == 1
    texts = {one["quote"]: one["text"] for one in run(root, "split", "trouble", "--json").data["quotes"]}
    assert {texts[one] for one in proposed[0]["quotes"]} in (set(SEALS), set(BILLS))
    told = run(root, "split", "trouble")
    command = told.err.partition("heard split trouble ")[2].partition("\n")[0]
    words, *quotes = shlex.split(command)
    assert words == proposed[0]["problem"]
    assert run(root, "split", "trouble", words, *quotes).code == 0
    assert companies(root)["trouble"] == 6


def test_a_division_is_asked_for_at_a_terminal(root: Path) -> None:
    problem(root, "trouble", public=False, body="", problem="There is trouble")
    for number, words in enumerate((*SEALS, *BILLS)):
        note(root, f"2026-03-{number + 1:02}", stories.COMPANIES[number], words, at="trouble")
    with stories.terminal(root, "split", "trouble") as (child, ours):
        stories.until(ours, "[y/N]")
        stories.typed(ours, "y")
        stories.until(ours, "Its words")
        stories.typed(ours, "It is something else")
        stories.until(ours, "heard undo")
        assert child.wait(20) == 0
    assert companies(root)["it-is-something-else"] == companies(root)["trouble"] == 6


def test_moving_an_address_is_asked_for_at_a_terminal(root: Path) -> None:
    before = files(root)
    for answer, code in (("", 1), ("y", 0)):
        with stories.terminal(root, "rename", "flat", "Trucks stop at three", "--url") as (child, ours):
            assert "QR codes" in stories.until(ours, "Move the address? [y/N]")
            stories.typed(ours, answer)
            stories.until(ours, "Nothing was changed" if code else "heard undo")
            assert child.wait(20) == code
        assert (files(root) == before) is bool(code)


def test_quotes_filed_through_a_merged_problem_move_as_well(root: Path) -> None:
    problem(root, "old", public=False, body="", problem="An old one", merged_into="ice-at-the-door")
    note(root, "2026-01-09", "Quarrystone", "The seal.", at="old]] [[ice-at-the-door")
    assert run(root, "split", "ice", "The seal is torn", "--quote", "n004.md:6").code == 0
    assert text(root, "private/notes/n004.md").endswith("> The seal.\n> [[seal-is-torn]]\n")


def test_notes_that_lie_elsewhere_are_changed_there(root: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (root / "content/private/notes").rename(vault)
    (root / "content/private/settings.yml").write_text(f"notes: {vault}\n", "utf-8")
    before = tree(vault)
    done = run(root, "rename", "dock", "Doors stick")
    assert done.code == 0, done.err
    assert "[[doors-stick]]" in (vault / "n000.md").read_text("utf-8")
    assert run(root, "undo").code == 0
    assert tree(vault) == before


def test_splitting_what_is_approved_says_so(tmp_path: Path) -> None:
    root = stories.workspace(tmp_path / "w")
    problem(root, "flat")
    stories.heard(root, {"cold-storage": 4}, quotable="anonymous")
    assert run(root, "approve", "--yes").code == 0
    done = run(root, "split", "flat", "It stops", "--quote", "n001.md:8")
    assert done.code == 0, done.err
    assert "run `heard approve` again" in done.err


def test_quotes_move_by_what_they_are_like(root: Path) -> None:
    for number, words in enumerate(("The rubber seal is torn.", "A torn seal lets the warm air in.")):
        note(root, f"2026-03-0{number + 1}", "Wexholm", words, at="ice-at-the-door")
    done = run(root, "split", "ice", "The seal is torn", "--like", "torn rubber seal")
    assert done.code == 0, done.err
    assert "2 quotes from 1 company moved" in done.err
    assert companies(root)["seal-is-torn"] == 1


def test_what_a_person_wrote_since_is_not_undone(root: Path) -> None:
    assert run(root, "merge", "doors-freeze", "ice").code == 0
    path = root / "content/private/problems/doors-freeze.md"
    path.write_text(path.read_text("utf-8") + "Words of mine.\n", "utf-8")
    before = files(root)
    done = run(root, "undo")
    assert done.code == 1
    assert "content/private/problems/doors-freeze.md was changed after “merged" in done.err
    assert files(root) == before


def test_what_was_put_back_by_hand_does_not_stand_in_the_way(root: Path) -> None:
    before = files(root)
    assert run(root, "merge", "doors-freeze", "ice").code == 0
    assert run(root, "merge", "ice", "flat").code == 0
    path = root / "content/private/problems/doors-freeze.md"
    path.write_text(path.read_text("utf-8").replace("merged_into: ice-at-the-door\n", ""), "utf-8")
    assert run(root, "undo").code == 0
    done = run(root, "undo")
    assert done.code == 0
    assert "as before already" in done.err
    assert files(root) == before
    assert "no change to take back" in run(root, "undo").err


def test_an_approval_since_does_not_keep_a_moved_address_from_moving_back(tmp_path: Path) -> None:
    root = stories.workspace(tmp_path / "w")
    problem(root, "flat")
    stories.heard(root, {"cold-storage": 5}, quotable="anonymous")
    assert run(root, "approve", "--yes").code == 0
    assert run(root, "rename", "flat", "Trucks stop at three", "--url", "--yes").code == 0
    note(root, "2026-02-01", "Zork Ltd", "Heard since, and longer than the others.", quotable="anonymous")
    assert run(root, "approve", "--yes").code == 0
    anew = (root / "content/approved.yml").read_bytes()
    done = run(root, "undo")
    assert done.code == 0, done.err
    assert "heard approve" in done.err
    assert "approved.yml" not in done.err.partition("Changed: ")[2]
    assert (root / "content/approved.yml").read_bytes() == anew
    assert (root / "content/problems/flat.md").exists()
    assert run(root, "approve", "--yes").code == 0
    assert list(stories.approved(root)["problems"]) == ["flat"]


def test_a_translation_is_no_place_for_quotes(root: Path) -> None:
    problem(root, "leer", translates="flat", lang="de")
    problem(root, "dead", public=True)
    before = files(root)
    for one in ("flat", "dead"):
        done = run(root, "merge", one, "leer")
        assert done.code == 1
        assert "is a translation of `flat`" in done.err
    assert files(root) == before
    done = run(root, "merge", "flat", "dead")
    assert done.code == 0
    assert "“Leer” translates it, and has no quotes of its own any more" in done.err


def test_without_anything_to_undo_it_says_so(root: Path) -> None:
    done = run(root, "undo")
    assert done.code == 1
    assert "no change to take back" in done.err


def test_the_next_command_finishes_what_was_interrupted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = root / "content/private/problems/doors-freeze.md", root / "content/private/notes/n000.md"
    edits = [FileChange(path, path.read_bytes(), path.read_bytes() + b"\nMore.\n") for path in (one, two)]
    apply = changes._apply

    def first_only(step: Step) -> None:
        if step.path == two:
            raise KeyboardInterrupt
        apply(step)

    with monkeypatch.context() as patched:
        patched.setattr(changes, "_apply", first_only)
        with pytest.raises(KeyboardInterrupt):
            changes.carry_out(root / "content/private/.changes", root, "added more", edits)
    logged = run(root, "log", "More words.", "--account", "Wexholm")
    assert "Saved" in logged.out
    assert "Finished" not in logged.err
    said = run(root, "problems")
    assert "Finished what was interrupted: “added more”." in said.err
    assert two.read_bytes().endswith(b"\nMore.\n")
    assert "Finished" not in run(root, "problems").err
    assert run(root, "undo", "--json").data["undone"] == "added more"


def test_changes_are_no_notes_and_not_committed(root: Path) -> None:
    assert run(root, "merge", "doors-freeze", "ice").code == 0
    assert not (root / "content/private/.changes/open.json").exists()
    assert (root / "content/private/.changes/.gitignore").read_text("utf-8") == "*\n"
    assert len(run(root, "notes", "--json").data) == 4


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_list_with_a_line_for_each_stays_one(ends: str) -> None:
    before = "---\naliases:  # other words\n  - One\n  - Two  # the best\nslug: a\n---\nBody\n".replace("\n", ends)
    after = with_added(before.encode(), "a.md", "aliases", ["One", "Two"], "a: b").decode()
    assert after in (
        before.replace("- Two  # the best", f'- Two  # the best{ends}  - "a: b"'),
        before.replace("- Two", f'- Two{ends}  - "a: b"'),
    )


def test_names_are_put_in_place_of_others_and_nothing_else(root: Path) -> None:
    before = b'---\nproblems: ["[[flat|x]]", flat, flatter] # flat\naccount: flat\n---\nflat\n'
    after = with_names(before, "p.md", ["problems"], lambda name: name == "flat", "new-one")
    assert after == b"---\nproblems: [new-one, new-one, flatter] # flat\naccount: flat\n---\nflat\n"


def test_a_renamed_paper_answers_at_its_old_address(copied: Path) -> None:
    """The built example: a moved address redirects, and the old PDF has the same bytes as the new one."""
    old, new = "scanners-fog-up-leaving-the-freezer", "screens-go-white-at-the-door"
    other = "trucks-wait-two-hours-at-the-dock"
    into = "stock-counts-in-the-freezer-never-match"
    shutil.rmtree(copied / "content/private/.changes", ignore_errors=True)
    assert run(copied, "rename", "scanners", "Screens go white at the door", "--url", "--yes").code == 0
    assert run(copied, "merge", other, into).code == 0
    done = stories.build(copied)
    assert done.code == 0, done.err
    site = copied / "site"
    assert f"../../problems/{new}/" in (site / f"problems/{old}/index.html").read_text("utf-8")
    assert (site / f"papers/{old}.pdf").read_bytes() == (site / f"papers/{new}.pdf").read_bytes()
    assert f"../../problems/{into}/" in (site / f"problems/{other}/index.html").read_text("utf-8")
    assert (site / f"papers/{other}.pdf").read_bytes() == (site / f"papers/{into}.pdf").read_bytes()
