"""Reading a workspace: all of it, all that is wrong with it, and none of it twice."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heard.base import files
from heard.base.files import change
from heard.base.reading import decode
from heard.catalogue import kept
from heard.catalogue.check import check
from heard.catalogue.kept import read_notes
from heard.catalogue.names import account_named, known_accounts, known_problems, problem_named
from heard.catalogue.notes import read_note
from heard.catalogue.read import read_catalogue
from heard.values import Finding, HeardError, Severity, State
from heard.workspace import at, find, settings
from workspaces import NOTES, TODAY, checked, codes, make

ROOT = Path(__file__).parents[1]
NOTE = "---\ndate: 2026-11-05\n---\n> The doors ice up.\n> [[dock-doors-ice-up]]\n"
PROBLEM = {"content/private/problems/dock-doors-ice-up.md": "---\nproblem: Dock doors ice up\n---\n"}


def test_the_example_workspace_has_nothing_to_fix() -> None:
    workspace = at(ROOT)
    catalogue, findings = read_catalogue(workspace)
    wrong = [str(f) for f in (*findings, *check(catalogue, TODAY, findings)) if f.severity is Severity.TO_FIX]
    assert wrong == []
    assert catalogue.notes
    assert catalogue.public.problems


def test_no_workspace_is_told_with_what_mends_it(tmp_path: Path) -> None:
    with pytest.raises(HeardError, match="heard init"):
        find(tmp_path)
    with pytest.raises(HeardError, match="no folder"):
        find(tmp_path / "missing")


def test_a_workspace_is_found_upwards(tmp_path: Path) -> None:
    workspace = make(tmp_path, {"content/private/notes/2026/a.md": NOTE})
    assert find(tmp_path / "content/private/notes/2026") == workspace == find(tmp_path)


def test_an_empty_workspace_has_no_findings(tmp_path: Path) -> None:
    catalogue, findings = checked(make(tmp_path))
    assert (catalogue.notes, catalogue.problems, findings) == ((), (), ())


def test_without_its_private_side_a_workspace_is_read_all_the_same(tmp_path: Path) -> None:
    workspace = make(tmp_path)
    (tmp_path / "content/private").rmdir()
    catalogue, findings = checked(workspace)
    assert (catalogue.notes, findings) == ((), ())
    assert not (tmp_path / "content/private").exists()


def test_notes_may_lie_in_a_vault_elsewhere(tmp_path: Path) -> None:
    vault = tmp_path / "my vault"
    vault.mkdir()
    (vault / "Anything at all.md").write_text(NOTE)
    root = tmp_path / "work"
    workspace = make(root, {"content/private/settings.yml": f"notes: '{vault}'  # my vault\n", **PROBLEM})
    catalogue, findings = checked(workspace)
    assert [note.path for note in catalogue.notes] == [(vault / "Anything at all.md").as_posix()]
    assert findings == ()


@pytest.mark.parametrize("text", ["site_name: [", "site_name: 2026-13-40\n", "site_url: !ENV []\n"])
def test_a_broken_mkdocs_file_is_one_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(HeardError, match=r"mkdocs\.yml"):
        settings(make(tmp_path, {"mkdocs.yml": text}).public)


def test_settings_pass_over_what_only_mkdocs_understands(tmp_path: Path) -> None:
    text = "site_name: A\nsite_url: https://a.example\nx: !!python/name:os.system\n"
    found = settings(make(tmp_path, {"mkdocs.yml": text}).public)
    assert (found.site_name, found.site_url, found.site_dir) == ("A", "https://a.example/", "site")


def test_a_broken_account_has_no_follow_ups(tmp_path: Path) -> None:
    notes = {
        f"{NOTES}2026-11-{day:02}.md": NOTE.replace("---\n>", "account: Acme Foods\n---\n>") for day in range(1, 21)
    }
    account = {"content/private/accounts/acme-foods.md": "---\nname: Acme Foods\nname: Acme\n---\n"}
    _, findings = checked(make(tmp_path, {**notes, **account, **PROBLEM}))
    assert codes(findings) == ["content/private/accounts/acme-foods.md:3 yaml/unreadable"]


def test_a_broken_problem_has_no_follow_ups(tmp_path: Path) -> None:
    broken = {"content/private/problems/dock-doors-ice-up.md": "---\n\tproblem: Dock doors ice up\n---\n"}
    more = {
        "content/campaigns/spring.yml": "name: Spring\nproblems: [dock-doors-ice-up]\nchannels: [linkedin]\n",
        "content/private/problems/b.md": "---\nproblem: B\nmerged_into: dock-doors-ice-up\n---\n",
        "content/private/held.yml": "held: [{id: k3f9}]\n",
    }
    note = NOTE.replace("[[", "[[Dock doors ice up]] [[")
    _, findings = checked(make(tmp_path, {f"{NOTES}a.md": note, **broken, **more}))
    assert codes(findings) == ["content/private/problems/dock-doors-ice-up.md:2 yaml/unreadable"]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    account = "---\nnmae: Acme\nfit: maybe\npeople: Zofia\nfacts: [1]\nindustry: [a, b]\n---\n"
    _, findings = checked(make(tmp_path, {"content/private/accounts/a.md": account}))
    assert [(finding.place.line, finding.code) for finding in findings] == [
        (2, "yaml/missing-key"),
        (2, "yaml/near-miss-key"),
        (3, "yaml/unknown-word"),
        (4, "yaml/wrong-type"),
        (5, "yaml/wrong-type"),
        (6, "yaml/wrong-type"),
    ]
    assert "`name`" in findings[1].message


def test_what_cannot_be_opened_is_a_finding_and_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = make(tmp_path, {f"{NOTES}a.md": NOTE, f"{NOTES}b.md": NOTE, **PROBLEM})
    real = kept.read

    def refused(path: Path | str, name: str, findings: list[Finding]) -> str | None:
        return real(tmp_path if Path(path).name == "a.md" else path, name, findings)

    monkeypatch.setattr(kept, "read", refused)
    catalogue, findings = checked(workspace)
    assert codes(findings) == [f"{NOTES}a.md:1 file/unreadable"]
    assert len(catalogue.notes) == 1
    monkeypatch.undo()
    catalogue, findings = checked(workspace)
    assert (len(catalogue.notes), findings) == (2, ())


@pytest.mark.parametrize("part", ["We wait two hours at the dock. ", "#", "[", "> ", "> We wait two hours.\n"])
def test_a_note_of_ten_megabytes_is_read_in_time(part: str) -> None:
    assert_quick("> " + part * (10_000_000 // len(part)), 2)


@pytest.mark.parametrize(
    ("start", "part", "end"),
    [
        ("", ">\n", ""),
        ("", "> — a\n", ""),
        ("", "> a\n\n", ""),
        ("", "> a\n\n[[b]]\n", ""),
        ("> ", "#anonymus ", ""),
        ("> #", "a", ""),
        ("> ", " ^a", ""),
        ("> [[", "a|", ""),
        ("", "[[a]] #x\n", ""),
        ("> a\n", "\n", "[[a]]"),
        ("", "---\n", ""),
        ("---\n", "a: b\n", "---\n"),
        ("---\na:", " ", "b\n---\n> words\n"),
        ("", "```\n", ""),
        ("> — a", ",", ""),
    ],
)
def test_no_shape_of_a_note_takes_more_than_its_length(start: str, part: str, end: str) -> None:
    # What takes the square of its length would take minutes.
    assert_quick(start + part * (400_000 // len(part)) + end, 2)
    assert_quick(start + part * (60_000 // len(part)) + end, 2)


def assert_quick(text: str, seconds: float) -> None:
    findings: list[Finding] = []
    begun = time.process_time()
    read_note(text, "notes/big.md", findings)
    took = time.process_time() - begun
    assert took < seconds
    assert len(findings) < 200


def test_a_large_file_is_read_and_told_of(tmp_path: Path) -> None:
    text = NOTE + "> " + "x" * 10_000_000 + "\n"
    begun = time.process_time()
    catalogue, findings = checked(make(tmp_path, {f"{NOTES}big.md": text, **PROBLEM}))
    assert time.process_time() - begun < 2
    assert codes(findings) == [f"{NOTES}big.md:1 file/large"]
    assert len(catalogue.notes[0].quotes[0].text) > 10_000_000


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"M\xfcller \x93said\x94", "Müller “said”"),
        ("Müller".encode() + b" \xfc", "Müller ü"),
        (b"\x81", "\ufffd"),
    ],
)
def test_what_is_not_utf8_is_read_as_windows_1252(content: bytes, text: str) -> None:
    findings: list[Finding] = []
    assert decode(content, "a.md", findings) == text
    assert [finding.code for finding in findings] == ["file/not-utf8"]


def test_a_note_of_the_same_size_that_was_changed_is_read_again(tmp_path: Path) -> None:
    workspace = make(tmp_path, {f"{NOTES}a.md": NOTE, **PROBLEM})
    path = tmp_path / NOTES / "a.md"
    times = path.stat()
    assert read_catalogue(workspace)[0].notes[0].quotes[0].text == "The doors ice up."
    time.sleep(0.02)
    change(path, NOTE.encode(), NOTE.replace("doors", "gates").encode())
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert read_catalogue(workspace)[0].notes[0].quotes[0].text == "The gates ice up."


def test_what_was_kept_says_the_same_as_reading(tmp_path: Path) -> None:
    head = '---\ndate: 1\nsource: cal\naccount: "😀\\u2028"\n---\n'
    odd = head + "> a\n> — b, c, d #named #cost #csot ^x\n\n[[e]] \n\n> f\n"
    workspace = make(
        tmp_path, {f"{NOTES}2026-01-02.md": NOTE, f"{NOTES}odd.md": odd, f"{NOTES}empty.md": "", **PROBLEM}
    )
    first = read_catalogue(workspace)
    cache = tmp_path / "content/private/.heard/notes.json"
    assert cache.stat().st_mode & 0o777 == 0o600
    inode = cache.stat().st_ino
    assert read_catalogue(workspace) == first
    assert cache.stat().st_ino == inode
    (tmp_path / NOTES / "empty.md").unlink()
    assert [note.path for note in read_catalogue(workspace)[0].notes] == [f"{NOTES}odd.md", f"{NOTES}2026-01-02.md"]


def damages(good: bytes) -> Iterator[bytes]:
    """What may be left of a cache."""
    yield from (b"", b"{", good[: len(good) // 2], b"[]", b"null", b"\xff\xfe", b'{"format": 1}')
    kept = json.loads(good)
    for rows in ([], {}, None, [[]], ["x"], [[None] * 4], [["x"] * 4], [kept["notes"][0][:2]], 7):
        yield json.dumps({**kept, "notes": rows}).encode()
    for at_ in range(4):
        row = list(kept["notes"][0])
        for value in (None, "x", 7, [[]], [["x"]]):
            yield json.dumps({**kept, "notes": [[*row[:at_], value, *row[at_ + 1 :]]]}).encode()


def test_a_deleted_or_damaged_cache_changes_nothing(tmp_path: Path) -> None:
    workspace = make(tmp_path, {f"{NOTES}a.md": NOTE.replace("doors", "dorrs #csot"), **PROBLEM})
    expected = read_catalogue(workspace)
    cache = tmp_path / "content/private/.heard/notes.json"
    for damaged in damages(cache.read_bytes()):
        cache.write_bytes(damaged)
        assert read_catalogue(workspace) == expected, damaged
        assert json.loads(cache.read_bytes())["notes"], damaged
    cache.unlink()
    assert read_catalogue(workspace) == expected


def test_a_full_disk_does_not_keep_anybody_from_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = make(tmp_path, {f"{NOTES}a.md": NOTE, **PROBLEM})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    assert len(read_catalogue(workspace)[0].notes) == 1
    private = workspace.private
    assert known_problems([private.problems], private.cache)[0].slug == "dock-doors-ice-up"


def test_many_notes_are_read_by_all_cores_with_the_same_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {f"{NOTES}2026-01-{day:02}.md": NOTE.replace("-11-05", f"-01-{day:02}") for day in range(1, 13)})
    folder, cache = tmp_path / NOTES, tmp_path / "cache"
    one = read_notes(folder, "notes", cache)
    (cache / "notes.json").unlink()
    monkeypatch.setattr(kept, "MANY", 4)
    monkeypatch.setattr(kept.os, "cpu_count", lambda: 2)
    assert read_notes(folder, "notes", cache) == one
    assert len(one[0]) == 12


def test_names_alone_are_kept_ready_and_a_damaged_cache_is_passed_over(tmp_path: Path) -> None:
    text = "---\nname: Acme Foods Ltd\naliases: [AF]\ndomains: [www.acme.example]\n---\n"
    accounts = {"content/private/accounts/acme.md": text}
    private = make(tmp_path, {**accounts, **PROBLEM}).private
    first = known_accounts(private.accounts, private.cache)
    cache = private.cache / "accounts.json"
    for damaged in (b"{", b"[]", b'{"format": "x"}', cache.read_bytes().replace(b"[", b"{", 1), b"null"):
        cache.write_bytes(damaged)
        assert known_accounts(private.accounts, private.cache) == first
    stored = json.loads(cache.read_bytes())
    for rows in ([], {"a": 1}, {str(private.accounts / "acme.md"): [[1, 2, 3], None]}):
        cache.write_text(json.dumps({**stored, "rows": rows}))
        assert known_accounts(private.accounts, private.cache) == first
    for name in ("acme foods", "AF", "acme.example", "acme", "Foods"):
        assert account_named(name, first) == first[0], name
    assert account_named("Nordfrost", first) is None


def test_a_problem_is_named_by_a_part_or_the_nearest_is_told(tmp_path: Path) -> None:
    private = make(tmp_path, PROBLEM).private
    known = known_problems([private.problems], private.cache)
    assert problem_named("ICE up", known).slug == "dock-doors-ice-up"
    with pytest.raises(HeardError, match="nearest is dock-doors-ice-up"):
        problem_named("dock door icing", known)


def test_a_file_that_was_renamed_after_publication_keeps_its_address(tmp_path: Path) -> None:
    text = "---\nproblem: Dock doors ice up\nslug: dock-doors-ice-up\n---\nThe paper.\n"
    catalogue, findings = checked(make(tmp_path, {"content/problems/doors.md": text, f"{NOTES}a.md": NOTE}))
    assert catalogue.public.problems[0].slug == "dock-doors-ice-up"
    assert ("content/problems/doors.md", 3, "problem/renamed") in [
        (finding.place.path, finding.place.line, finding.code) for finding in findings
    ]
    assert "note/unknown-problem" not in [finding.code for finding in findings]


@pytest.mark.parametrize(("title", "slug"), [("🧊🚪", "doors"), ("Ice " * 75, "ice-" * 14 + "ice")])
def test_strange_titles_have_a_slug(title: str, slug: str, tmp_path: Path) -> None:
    text = f"---\nproblem: {title}\ntitle: {title}\n---\nThe paper.\n"
    catalogue, _ = checked(make(tmp_path, {"content/private/problems/doors.md": text}))
    assert catalogue.drafts[0].slug == slug
    assert catalogue.drafts[0].problem == title.strip()


def test_the_state_of_a_problem_is_where_it_lies_and_what_it_holds(tmp_path: Path) -> None:
    def text(name: str, more: str = "", body: str = "") -> str:
        return f"---\nproblem: {name}\n{more}---\n{body}"

    problems = {
        "content/private/problems/a.md": text("Aa"),
        "content/private/problems/b.md": text("Bb", body="Words.\n"),
        "content/problems/c.md": text("Cc", body="Words.\n"),
        "content/problems/d.md": text("Dd", "retired: 2026-01-01\n", "Words.\n"),
        "content/problems/e.md": text("Ee", "merged_into: cc\n"),
    }
    catalogue, _ = checked(make(tmp_path, problems))
    assert {problem.problem: problem.state for problem in catalogue.problems} == {
        "Aa": State.COLLECTING,
        "Bb": State.DRAFTING,
        "Cc": State.PUBLISHED,
        "Dd": State.RETIRED,
        "Ee": State.MERGED,
    }


def test_a_link_to_a_retired_problem_is_fine(tmp_path: Path) -> None:
    text = "---\nproblem: Dock doors ice up\nslug: dock-doors-ice-up\nretired: 2026-01-01\n---\nThe paper.\n"
    _, findings = checked(make(tmp_path, {"content/problems/dock-doors-ice-up.md": text, f"{NOTES}a.md": NOTE}))
    assert findings == ()


def test_numbered_notes_are_notes_and_conflict_copies_are_not(tmp_path: Path) -> None:
    notes = {f"{NOTES}2026-11-05 Acme 2.md": NOTE, f"{NOTES}2026-11-06.md": NOTE, f"{NOTES}2026-11-06 2.md": NOTE}
    catalogue, findings = checked(make(tmp_path, {**notes, **PROBLEM}))
    assert len(catalogue.notes) == 2
    assert codes(findings) == [f"{NOTES}2026-11-06 2.md:1 file/conflict-copy"]


def test_findings_are_in_the_order_of_files_and_lines_each_once(tmp_path: Path) -> None:
    bad = "---\nname: A\nzz: 1\nyy: 2\n---\n"
    _, findings = checked(make(tmp_path, {f"content/authors/{name}.md": bad for name in "ba"}))
    assert [str(finding.place) for finding in findings] == [
        "content/authors/a.md:3",
        "content/authors/a.md:4",
        "content/authors/b.md:3",
        "content/authors/b.md:4",
    ]
