"""`heard import`: notes as they are, calls, and whatever else lies in the folder; nothing twice, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stories
from heard.base.dates import any_date
from heard.listen.drafts import cleaned, draft_text, read_draft, read_drafts, save_drafts
from heard.listen.headers import Keys
from heard.listen.known import known_names
from heard.listen.note_drafts import note_drafts, open_note
from heard.listen.people import ours
from heard.listen.recognise import recognise
from heard.listen.remembered import KEYS, with_entries
from heard.listen.seen import LEDGER, numbered
from heard.listen.tables import read_table
from heard.listen.transcripts import call_drafts, read_turns
from heard.pipeline.catalogue import read
from heard.values import Draft, Finding, Place, Quotable, Source
from heard.workspace import at
from stories import run

GOLDEN = Path(__file__).parent / "imports"
SHARED = stories.REPOSITORY.parent / "shared"
FIRST_HOUR = Path(__file__).parent / "first_hour"
KNOWN = known_names([], [], ours(["Karla Weiss"]))
DAY = date(2026, 11, 21)

needs_calls = pytest.mark.skipif(not (SHARED / "data/zoom-vtt").is_dir(), reason=f"no real calls at {SHARED}")
needs_first_hour = pytest.mark.skipif(not (FIRST_HOUR / "truth.json").exists(), reason="no invented folder of notes")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace of Karla Weiss in which nothing was heard yet."""
    root = stories.workspace(tmp_path / "workspace")
    (root / "content/expert.yml").write_text("name: Karla Weiss\nteam: [Ada Brandt]\n", "utf-8")
    return root


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def waiting(root: Path) -> tuple[Draft, ...]:
    drafts, findings = read_drafts(root / "content/private/inbox", "inbox")
    assert findings == ()
    return drafts


def proposed(text: str, name: str = "note.md") -> list[Draft]:
    found: list[Finding] = []
    return note_drafts(open_note(text, name, found), Keys({}), KNOWN)


# What is proposed, and what is not


def golden(path: Path) -> str:
    """What a file makes, as it is kept beside it."""
    found: list[Finding] = []
    kind = recognise(path.read_bytes(), path.name)
    if kind.kind == "transcript":
        drafts = call_drafts(read_turns(kind.text, path.name, found), path.name, KNOWN)
    else:
        drafts = note_drafts(open_note(kind.text, path.name, found), Keys({}), KNOWN)
    rows = [
        f"{draft.origin} | {draft.heard or ''} | {draft.account} | {draft.person} | {draft.why}\n    {draft.text}\n"
        for draft in drafts
    ]
    return "".join([*rows, *(f"{finding}\n" for finding in found)])


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.in.*")), ids=lambda path: path.name)
def test_a_file_makes_what_is_kept_beside_it(path: Path) -> None:
    """`python tests/test_import.py` writes the expectations anew."""
    assert golden(path) == path.with_name(path.name.replace(".in.", ".out.") + ".txt").read_text("utf-8")


def test_what_we_say_do_and_plan_is_never_proposed() -> None:
    text = (
        "---\ncompany: Acme\nwith: Dana Ruiz\n---\n"
        "Me: We lose money every night, don't we?\nKarla: our problem is the same\nAda: nobody knows\n"
        "Dana: Nobody knows which truck is charged, so we lose an hour every night.\n"
        "## Next steps\n- [ ] call them about the problem that we have\n- We need to send the offer, which is late\n"
        "## Agenda\n- our problems with chargers\n"
    )
    assert [draft.text for draft in proposed(text)] == [
        "Nobody knows which truck is charged, so we lose an hour every night."
    ]


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        (
            "## Pains\n- Trucks stand still from three on\n",
            "Trucks stand still from three on",
            "a bullet under “Pains”",
        ),
        (
            'They call it "the night nobody can repair a thing".',
            "the night nobody can repair a thing",
            "quotation marks",
        ),
        ("> We count by hand.\n> — Dana\n", "We count by hand.", "a quote in the note already, said by Dana"),
        (
            "Dana: We count all of it by hand.\n",
            "We count all of it by hand.",
            "Dana said it, and it names a workaround",
        ),
        ("« On compte toujours tout à la main »", "On compte toujours tout à la main", "quotation marks"),
        (
            "| who | said |\n|---|---|\n| D | we lose the key every week |\n",
            "we lose the key every week",
            "column “said”",
        ),
    ],
)
def test_every_habit_says_why(text: str, words: str, why: str) -> None:
    (draft,) = proposed(f"---\ncompany: Acme\n---\n{text}")
    assert draft.text == words
    assert why in draft.why
    assert draft.account == "Acme"


@pytest.mark.parametrize("head", ["tags: [confidential]", "tags: nda", "tags:\n  - '#offrecord'"])
def test_a_note_that_its_tags_call_confidential_is_off_the_record(head: str) -> None:
    (draft,) = proposed(f"---\n{head}\ncompany: Acme\n---\n> The batteries die every night at three.\n")
    assert draft.quotable is Quotable.OFFRECORD


def test_a_line_of_a_chat_is_never_the_end_of_another() -> None:
    chat = (
        "[14/05/2026, 09:12:33] Dr Amina Yusuf: the lab lost another impression and nobody called, third this year\n"
        "[14/05/2026, 09:13:10] Jo: oh no. which lab?\n"
        "[14/05/2026, 09:13:50] Dr Amina Yusuf: I had to ring the patient and take it again, he was furious\n"
        "[14/05/2026, 09:15:02] Dr Amina Yusuf: 🙈\n"
    )
    said = [draft.text for draft in proposed(chat, "whatsapp.txt")]
    assert "I had to ring the patient and take it again, he was furious" in said
    assert not any("2026" in text for text in said)


def test_a_call_of_two_is_a_conversation_even_where_nobody_knows_which_of_them_is_us() -> None:
    vtt = (
        "WEBVTT\n\n00:00:03.100 --> 00:00:06.000\nJo Newcomer: Thanks for making time. Where does it hurt?\n\n"
        "00:00:06.500 --> 00:00:14.000\nDr Lena Park: Honestly the claims. We send them on Friday and a third come "
        "back by Wednesday, and nobody can tell me why. It costs us a day a week.\n"
    )
    drafts = call_drafts(read_turns(vtt, "call.vtt", []), "call.vtt", KNOWN)
    assert [draft.person for draft in drafts] == ["Dr Lena Park"]
    assert "a third come back by Wednesday" in drafts[0].text


def test_a_daily_note_holds_several_conversations() -> None:
    text = (
        '# Tuesday\n\n## 10:00 Acme call – Dana\n- "We lose two hours a night."\n\n'
        "## 14:30 [[Nordfrost]] - Petr Novak\n> Nobody can repair it at night.\n\n## Pains\n- the doors "
        "freeze every night\n"
    )
    drafts = proposed(text, "2025-03-02.md")
    assert [(d.account, d.person, d.heard) for d in drafts[:2]] == [
        ("Acme", "Dana", datetime(2025, 3, 2, 10)),
        ("Nordfrost", "Petr Novak", datetime(2025, 3, 2, 14, 30)),
    ]
    assert drafts[0].conversation != drafts[1].conversation


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [
        ("2025-03-02", datetime(2025, 3, 2)),
        ("2. März 2025", datetime(2025, 3, 2)),
        ("March 2nd, 2025 3:15 pm", datetime(2025, 3, 2, 15, 15)),
        ("02.03.25", datetime(2025, 3, 2)),
        ("23/1/2025", datetime(2025, 1, 23)),
        ("2025-03-02T10:00:00Z", datetime(2025, 3, 2, 10)),
        ("1740909600000", datetime(2025, 3, 2, 10)),
        ("03/04/2025", None),
        ("2025-02-31", None),
        ("twelve", None),
    ],
)
def test_dates_are_read_as_people_write_them(written_as: str, meant: datetime | None) -> None:
    assert any_date(written_as) == meant


# The command


def test_a_folder_comes_in_and_a_second_time_nothing_does(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    written(folder, "2025-03-02 Acme call.md", "## Pains\n- Trucks stand still from three on\n- We count by hand\n")
    written(
        folder,
        "b/Nordfrost.md",
        "---\nclient: Nordfrost AS\nwith: [Petr Novak, me]\n---\nPetr: We wait for an hour every night.\n",
    )
    written(folder, "todo.txt", "- buy milk\n- call mum\n")
    before = stories.tree(folder)
    first = run(desk, "import", str(folder))
    assert first.code == 0, first.err
    assert "Read 3 files: 2 quotes proposed from 2 companies; 1 file had nothing to propose" in first.out
    assert "`heard inbox`" in first.out
    assert "`client` as account" in first.err
    assert stories.tree(folder) == before
    drafts = {draft.text: draft for draft in waiting(desk)}
    petr = drafts["We wait for an hour every night."]
    assert (petr.account, petr.person, petr.origin) == ("Nordfrost AS", "Petr Novak", "vault/b/Nordfrost.md:5")
    inbox = stories.tree(desk / "content/private")
    again = run(desk, "import", str(folder))
    assert "no quote proposed; 2 quotes came in before" in again.out
    assert stories.tree(desk / "content/private") == inbox


def test_what_was_decided_moved_or_renamed_does_not_come_back_but_what_is_new_comes(desk: Path, tmp_path: Path) -> None:
    note = written(tmp_path, "acme.md", "---\ncompany: Acme\n---\n## Pains\n- Trucks stand still from three on\n")
    run(desk, "import", str(note))
    for path in (desk / "content/private/inbox").glob("*.md"):
        path.unlink()
    moved = note.rename(tmp_path / "other name.md")
    assert "no quote proposed" in run(desk, "import", str(moved)).out
    back = moved.rename(note)
    back.write_text(back.read_text("utf-8") + "- The doors freeze from three on\n", "utf-8")
    assert "1 quote proposed" in run(desk, "import", str(back)).out
    assert [draft.text for draft in waiting(desk)] == ["The doors freeze from three on"]


def test_a_crash_before_the_ledger_was_written_doubles_nothing(desk: Path, tmp_path: Path) -> None:
    note = written(tmp_path, "acme.md", "---\ncompany: Acme\n---\n## Pains\n- Trucks stand still from three on\n")
    run(desk, "import", str(note))
    shutil.rmtree(desk / "content/private/inbox" / LEDGER)
    assert "no quote proposed" in run(desk, "import", str(note)).out
    assert len(waiting(desk)) == 1


def test_equal_words_in_one_file_are_two_drafts() -> None:
    drafts = proposed("---\ncompany: Acme\n---\nDana: We wait for hours.\n\nDana: We wait for hours every night.\n" * 2)
    keys = [draft.key for draft in numbered(drafts, Counter())]
    assert len(keys) == len(set(keys)) == len(drafts)
    assert [draft.key for draft in numbered(drafts, Counter())] == keys


def test_a_dry_run_writes_nothing(desk: Path, tmp_path: Path) -> None:
    note = written(tmp_path, "acme.md", "---\nclient: Acme\n---\n## Pains\n- Trucks stand still from three on\n")
    before = stories.tree(desk)
    result = run(desk, "import", str(note), "--dry-run")
    assert "1 quote would be proposed" in result.out
    assert "Nothing was written." in result.out
    assert stories.tree(desk) == before


def test_an_unknown_key_is_told_given_once_and_remembered_and_what_waits_is_completed(
    desk: Path, tmp_path: Path
) -> None:
    for number, name in enumerate(("Acme", "Nordfrost", "Lumbridge")):
        written(
            tmp_path / "v",
            f"n{number}.md",
            f"---\nopdrachtgever: {name}\n---\n## Pains\n- Trucks stand still, number {number}\n",
        )
    first = run(desk, "import", str(tmp_path / "v"))
    assert "import/unknown-key" in first.err
    assert "--map account=opdrachtgever" in first.err
    second = run(desk, "import", str(tmp_path / "v"), "--map", "account=opdrachtgever")
    assert "who or when was added to 3 waiting drafts" in second.out
    assert sorted(draft.account for draft in waiting(desk)) == ["Acme", "Lumbridge", "Nordfrost"]
    assert "  opdrachtgever: account\n" in (desk / "content/private/settings.yml").read_text("utf-8")
    third = run(desk, "import", str(tmp_path / "v"))
    assert "import/unknown-key" not in third.err


def test_a_map_of_something_that_is_not_there_names_the_nearest(desk: Path, tmp_path: Path) -> None:
    note = written(tmp_path, "a.md", "---\nopdrachtgever: Acme\n---\nx\n")
    result = run(desk, "import", str(note), "--map", "account=opdrachtgver")
    assert (result.code, "did you mean `opdrachtgever`" in result.err) == (1, True)
    assert run(desk, "import", str(note), "--map", "acount=x").code == 1
    assert run(desk, "import", str(note), "--map", "account").code == 2


def test_a_key_is_asked_for_once_on_a_terminal(desk: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("Acme", "Nordfrost")):
        written(
            tmp_path / "v",
            f"n{number}.md",
            f"---\nopdrachtgever: {name}\n---\n## Pains\n- Trucks stand still, no {number}\n",
        )
    with stories.terminal(desk, "import", str(tmp_path / "v")) as (child, screen):
        shown = stories.until(screen, "What is it?")
        stories.typed(screen, "account")
        shown += stories.until(screen, "heard inbox`.")
        assert child.wait(20) == 0
    assert "“Acme”, “Nordfrost”" in shown
    assert {draft.account for draft in waiting(desk)} == {"Acme", "Nordfrost"}
    assert "opdrachtgever: account" in (desk / "content/private/settings.yml").read_text("utf-8")


def test_a_recording_gets_the_command_that_makes_a_transcript(desk: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "Dana's call.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00sound")
    result = run(desk, "import", str(path))
    assert result.code == 0
    assert f"whisper '{tmp_path}/Dana'\"'\"'s call.mp3' --output_format vtt" in result.err
    assert "ffmpeg -i" in result.err
    assert f"heard import '{tmp_path}/Dana'\"'\"'s call.vtt'" in result.err


def test_what_is_not_read_is_one_line_and_the_rest_comes_in(desk: Path, tmp_path: Path) -> None:
    folder = tmp_path / "v"
    written(folder, "photo.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    written(folder, "odd.bin", bytes(range(256)) * 20)
    written(folder, "empty.md", "")
    written(folder, "acme.md", "---\ncompany: [Acme\n---\n## Pains\n- Trucks stand still from three on\n")
    result = run(desk, "import", str(folder))
    assert result.code == 0, result.err
    assert result.err.count("[import/unread]") == 2
    assert "acme.md:2: worth a look: this header is no YAML" in result.err
    assert "[import/header]" in result.err
    assert "1 quote proposed" in result.out
    named = run(desk, "import", str(folder / "photo.png"))
    assert (named.code, "to fix: this is a picture" in named.err) == (1, True)
    assert run(desk, "import", str(tmp_path / "nothing")).code == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_rights_is_a_finding_and_fails_the_command(desk: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", "x")
    path.chmod(0)
    result = run(desk, "import", str(path))
    assert (result.code, "[file/unreadable]" in result.err) == (1, True)


def test_json_has_the_drafts_and_what_was_understood(desk: Path, tmp_path: Path) -> None:
    note = written(
        tmp_path,
        "acme.md",
        "---\nFirma: Acme\nDatum: 14.01.2025\n---\n## Was weh tut\n- Der Stapler ist um vier immer leer\n",
    )
    data = run(desk, "import", str(note), "--json").data
    assert (data["files"], data["proposed"], data["keys"]) == (1, 1, {"Firma": "account", "Datum": "date"})
    (draft,) = data["drafts"]
    assert (draft["account"], draft["heard"], draft["origin"]) == ("Acme", "2025-01-14T00:00", "acme.md:6")


# Notes in their place


def test_notes_that_lie_elsewhere_count_for_the_company_their_own_key_names(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    text = (
        '---\ncompany: "[[Acme Foods]]"\nattendees: [Dana Ruiz, me]\nwhen: 2 March 2025\n---\n'
        "> We wait for hours.\n\nDana: Nobody can repair it at night.\n"
    )
    written(vault, "one.md", text)
    root = tmp_path / "w"
    made = run(tmp_path, "init", str(root), "--no-input", "--notes", str(vault))
    assert "heard import" in made.err
    (note,) = read(at(root)).catalogue.notes
    assert note.account == ""
    result = run(root, "import")
    assert "1 quote proposed" in result.out
    assert "are quotes already" in result.out
    (note,) = read(at(root)).catalogue.notes
    assert (note.account, note.person, note.heard) == ("Acme Foods", "Dana Ruiz", datetime(2025, 3, 2))
    assert note.quotes[0].account == "Acme Foods"
    assert (vault / "one.md").read_text("utf-8") == text
    assert [draft.text for draft in waiting(root)] == ["Nobody can repair it at night."]
    assert "notes: " in (root / "content/private/settings.yml").read_text("utf-8")


def test_our_own_keys_win_in_place_and_several_people_are_nobody(desk: Path) -> None:
    written(desk, "content/private/settings.yml", "keys: {Firma: account, wer: person, art: source}\n")
    head = "---\naccount: Nordfrost\nfirma: Acme\nwer: [Dana, Petr]\nart: strange\ndate: 2025-03-02\n---\n> x y\n"
    written(desk, "content/private/notes/a.md", head)
    found = read(at(desk))
    (note,) = found.catalogue.notes
    assert (note.account, note.person, note.source) == ("Nordfrost", "", Source.CALL)
    assert [f for f in found.findings if f.place.path.endswith("a.md")] == []


# What is kept


def test_settings_keep_every_byte_that_is_not_ours() -> None:
    text = "# mine\nnotes:   /vault  # where\nkeys:\n    # hers\n    klant: role   # hm\nother: [1, 2]\n"
    changed = with_entries(text, KEYS, {"klant": "account", "mit wem": "person"}, Path("settings.yml"))
    expected = text.replace("klant: role   # hm\n", "klant: account   # hm\n    mit wem: person\n")
    assert changed == expected


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(
    WORDS, WORDS, WORDS, WORDS,
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)) | st.none(),
    st.sampled_from(Source), st.sampled_from(Quotable), st.lists(st.sampled_from(["cost", "wish", "x y"])),
)  # fmt: skip
def test_a_draft_that_is_saved_reads_back_as_it_was(
    text: str,
    why: str,
    account: str,
    related: str,
    heard: datetime | None,
    source: Source,
    allowed: Quotable,
    tags: list[str],
) -> None:
    place = Place("inbox/a.md")
    draft = Draft(
        place,
        f"a {text}",
        why,
        "o",
        "k",
        "c",
        heard,
        source,
        account,
        quotable=allowed,
        tags=tuple(tags),
        related=related,
    )
    findings: list[Finding] = []
    assert read_draft(draft_text(draft), place.path, findings) == cleaned(draft)
    assert findings == []


def test_a_drafts_file_tells_no_name_and_ten_thousand_are_read_fast(tmp_path: Path) -> None:
    drafts = [
        Draft(Place(""), f"words {n}", "because", "acme.md:1", f"{n:016x}", "c", account="Acme") for n in range(30)
    ]
    paths = save_drafts(tmp_path / "inbox", drafts, DAY)
    assert all(path.name.startswith("2026-11-21-") and "acme" not in path.name.lower() for path in paths)
    back, findings = read_drafts(tmp_path / "inbox", "inbox")
    assert (sorted(draft.text for draft in back), findings) == (sorted(draft.text for draft in drafts), ())


def test_a_draft_without_words_is_a_finding() -> None:
    findings: list[Finding] = []
    assert read_draft("---\nwhy: x\n---\nno quote\n", "inbox/a.md", findings) is None
    assert [(f.place.line, f.code) for f in findings] == [(4, "inbox/no-words")]


# Calls


def test_cues_of_one_speaker_are_one_turn_and_names_end_at_the_first_colon() -> None:
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nDana Ruiz: It is like this: nobody\n\n"
        "2\n00:00:03.000 --> 00:00:05.000\nDana Ruiz: can repair it.\n\n3\n00:00:06.000 --> 00:00:07.000\n<v "
        "Petr>Yes, Ada.</v>\n\n"
        "4\n00:00:08.000 --> 00:00:99\nlost\n"
    )
    findings: list[Finding] = []
    turns = read_turns(text, "a.vtt", findings)
    assert [(turn.speaker, turn.text, turn.time, turn.line) for turn in turns] == [
        ("Dana Ruiz", "It is like this: nobody can repair it.", "0:00:01", 4),
        ("Petr", "Yes, Ada.", "0:00:06", 12),
    ]
    assert [f"{f.place} {f.code}" for f in findings] == ["a.vtt:16 import/cue"]


@needs_calls
def test_real_calls_become_a_few_drafts_with_speakers_and_times(desk: Path) -> None:
    result = run(desk, "import", str(SHARED / "data/zoom-vtt"), "--json")
    drafts = [draft for draft in result.data["drafts"] if ".vtt " in draft["origin"]]
    assert 40 <= len(drafts) <= 160
    assert all(draft["person"] and draft["related"] for draft in drafts)
    texts = {path.name: " ".join(path.read_text("utf-8").split()) for path in (SHARED / "data/zoom-vtt").glob("*.vtt")}
    for draft in drafts[:20]:
        name = draft["origin"].split("/")[-1].split()[0]
        assert draft["text"].split()[0] in texts[name]


@needs_calls
def test_our_reading_of_cues_is_that_of_the_library() -> None:
    import webvtt

    for path in sorted((SHARED / "data/zoom-vtt").glob("*.vtt"))[:3]:
        cues = webvtt.read(path)
        theirs = "".join("".join(cue.text.partition(": ")[2].split()) for cue in cues)
        mine = "".join("".join(turn.text.split()) for turn in read_turns(path.read_text("utf-8"), path.name, []))
        assert mine == theirs


# Anything


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400) | st.text(alphabet='-#>*:|"“”[]() \n\tABabI0129.,;', max_size=300).map(str.encode))
def test_reading_whatever_bytes_never_raises(content: bytes) -> None:
    found: list[Finding] = []
    for name in ("a.md", "a.csv", "a.vtt", "a.mp3", "a"):
        kind = recognise(content, name)
        if kind.text:
            note_drafts(open_note(kind.text, name, found), Keys({}), KNOWN)
            read_table(kind.text)
            call_drafts(read_turns(f"WEBVTT\n{kind.text}", name, found), name, KNOWN)


@needs_first_hour
def test_an_invented_folder_of_sixty_notes_comes_in_as_a_careful_reader_would_take_it_down(desk: Path) -> None:
    truth = json.loads((FIRST_HOUR / "truth.json").read_text("utf-8"))
    paths = [str(FIRST_HOUR / name) for name in ("notes", "calls", "crm.csv")]
    drafts = run(desk, "import", *paths, "--json").data["drafts"]
    found = [squeezed(draft["text"]) for draft in drafts]
    wanted = [squeezed(quote["text"]) for quote in truth["quotes"]]
    hit = [text for text in wanted if any(text in one or one in text for one in found)]
    right = [one for one in found if any(text in one or one in text for text in wanted)]
    assert len(hit) > 0.8 * len(wanted), f"{len(hit)} of {len(wanted)}"
    assert len(right) > 0.9 * len(found), f"{len(right)} of {len(found)}"


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def test_what_heard_keeps_itself_is_nobodys_note(desk: Path) -> None:
    written(
        desk / "content/private/notes", "n.md", "---\naccount: Acme\n---\nDana: Nobody can repair it, we lose a day.\n"
    )
    assert "1 quote proposed" in run(desk, "import").out
    assert "no quote proposed" in run(desk, "import", str(desk / "content/private")).out
    assert run(desk, "import", str(desk / "content/private/inbox")).code == 1


def test_words_off_the_record_stay_so() -> None:
    text = "> Nobody can repair it, we lose a day. #offrecord\n\nDana: We lose money every night here. #confidential\n"
    assert {draft.quotable for draft in proposed(f"---\naccount: Acme\n---\n{text}")} == {Quotable.OFFRECORD}


def test_no_quote_that_was_marked_is_left_out() -> None:
    rows = "\n".join(f"> Quote number {at} tells that we wait for hours.\n" for at in range(60))
    assert len(proposed(f"---\naccount: Acme\n---\n{rows}")) == 60


if __name__ == "__main__":
    for source in sorted(GOLDEN.glob("*.in.*")):
        source.with_name(source.name.replace(".in.", ".out.") + ".txt").write_text(golden(source), "utf-8")
