"""Tables come in from any program: their columns guessed and said, mapped once, filed at once or waiting."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest

import stories
from heard.listen.drafts import read_drafts
from heard.listen.habits import guess_columns
from heard.listen.recognise import recognise
from heard.listen.tables import looks_like_table, read_table
from heard.pipeline.catalogue import read, rows
from heard.workspace import at
from stories import run

SHARED = stories.REPOSITORY.parent / "shared"
BANKING = SHARED / "data/banking77/train.csv"
needs_banking = pytest.mark.skipif(not BANKING.exists(), reason=f"the 10,003 real utterances are not at {BANKING}")
needs_samples = pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="no samples of exports")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return stories.workspace(tmp_path / "workspace")


def written(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


ANSWERS = (
    "Their answer;Topic;Firm;When\n"
    "We wait, for hours;dock_waiting;Acme;13.03.2025\n"
    "Nobody can repair it;night_repair;Nordfrost;14.03.2025\n"
)
MAPS = ("--map", "quote=Their answer", "--map", "problem=Topic", "--map", "account=Firm", "--map", "date=When")


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1 x,2 y\n3,4\n",
        "a;b\n1 x;2 y\n3;4\n".encode("utf-16"),
        b"\xef\xbb\xbfa\tb\r\n1 x\t2 y\r\n3\t4\r\n",
        b'"a"|"b"\n"1 x"|"2 y"\n3|4\n',
    ],
)
def test_a_table_is_a_table_whatever_it_is_written_in(content: bytes) -> None:
    found = recognise(content, "x.txt")
    assert found.kind == "table"
    table = read_table(found.text)
    assert table.columns == ("a", "b")
    assert table.rows[0] == (2, ("1 x", "2 y"))


def test_letters_of_windows_and_of_the_east_are_kept() -> None:
    western = recognise("Firma;Kommentar\nMüller;Die Tür schließt nie, „fünf Grad“\n".encode("cp1252"), "x.csv")
    assert "Die Tür schließt nie, „fünf Grad“" in western.text


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\n\nwe wait, and wait.\nBest, D\n",
        "# Title, and more\n\n- a, b\n- c, d\n",
        "[12.05.25, 23:41:18] Petr: hi\n[12.05.25, 23:41:50] Karla: Always\n",
        "Dana said, we wait.\nPetr said, we freeze.\n",
    ],
)
def test_words_with_commas_are_no_table(text: str) -> None:
    assert not looks_like_table(text)


def test_lines_inside_cells_and_ragged_rows_lose_nothing() -> None:
    table = read_table('a,b\n"one\ntwo",x\n3,y,z\n4\n')
    assert table.rows == ((2, ("one\ntwo", "x")), (4, ("3", "y,z")), (5, ("4", "")))


def test_rows_become_drafts_with_why_and_place_and_the_map_is_remembered(desk: Path, tmp_path: Path) -> None:
    first = run(desk, "import", written(tmp_path, "a.csv", ANSWERS), *MAPS)
    assert "2 quotes proposed from 2 companies" in first.out
    drafts, findings = read_drafts(desk / "content/private/inbox", "inbox")
    assert [(d.text, d.account, d.problem, d.origin, str(d.heard)) for d in drafts] == [
        ("We wait, for hours", "Acme", "dock waiting", "a.csv:2", "2025-03-13 00:00:00"),
        ("Nobody can repair it", "Nordfrost", "night repair", "a.csv:3", "2025-03-14 00:00:00"),
    ]
    assert (drafts[0].why, findings) == ("stands in the column “Their answer”", ())
    later = ANSWERS + "It is too cold;night_repair;Acme;15.03.2025\n"
    second = run(desk, "import", written(tmp_path, "next month.csv", later))
    assert "1 quote proposed" in second.out
    assert "2 quotes came in before" in second.out
    assert "quote = “Their answer”" in second.err


def test_guessed_columns_are_said_and_unknown_ones_name_the_nearest(desk: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Company,Feedback\nAcme,we wait for hours\n")
    wrong = run(desk, "import", path, "--map", "quote=Fedback")
    assert (wrong.code, "did you mean `Feedback`" in wrong.err) == (1, True)
    said = run(desk, "import", path)
    assert "quote = “Feedback”, account = “Company” (guessed" in said.err


def test_a_table_without_words_is_left_out_with_its_columns_named(desk: Path, tmp_path: Path) -> None:
    result = run(desk, "import", written(tmp_path, "a.csv", "Clicks,Path\n12,/a\n13,/b\n"))
    assert result.code == 1
    assert (
        "a.csv:1: to fix: which column holds their words? Say --map quote=COLUMN. It has “Clicks”, “Path” "
        "[import/no-column]" in result.err
    )


def test_dates_that_may_be_two_are_left_out_and_others_in_the_column_decide(desk: Path, tmp_path: Path) -> None:
    head = "Comment,Date\n"
    unclear = run(desk, "import", written(tmp_path, "a.csv", f"{head}we wait for hours,03/04/2025\n"), "--json")
    assert "[import/date]" in unclear.err
    assert unclear.data["drafts"][0]["heard"] is None
    clear = run(
        desk,
        "import",
        written(tmp_path, "b.csv", f"{head}we wait long,03/04/2025\nwe freeze a lot,25/04/2025\n"),
        "--json",
    )
    assert [draft["heard"] for draft in clear.data["drafts"]] == ["2025-04-03T00:00", "2025-04-25T00:00"]


def test_a_date_that_cannot_be_read_is_told_at_its_line_and_the_words_come_in(desk: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "wer,was,wann\nTom,We wait an hour for a dock,31.02.2026\nAnna,The returns pile up for days,2026-03-01\n"
        "Bob,Nobody finds the key at night,soon\nJim,Nobody knows where it is,\nEve,The scanner dies at six,n/a\n",
        "utf-8",
    )
    done = run(desk, "import", str(table), "--map", "person=wer", "--map", "quote=was", "--map", "date=wann")
    assert (done.code, "5 quotes proposed" in done.out) == (0, True)
    assert "t.csv:2: worth a look: `31.02.2026` is not a day of the calendar" in done.err
    assert "t.csv:4: worth a look: `soon` is not a date" in done.err
    assert done.err.count("[import/date]") == 2


def test_a_column_that_holds_no_dates_at_all_is_told_once(desk: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = "".join(f"We wait for the dock number {at} every day,soon\n" for at in range(30))
    table.write_text(f"Comment,When\n{rows}", "utf-8")
    done = run(desk, "import", str(table), "--map", "quote=Comment", "--map", "date=When")
    assert done.err.count("[import/date]") == 1
    assert "“When” holds no dates (here “soon”)" in done.err


def test_many_dates_that_cannot_be_read_are_counted(desk: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    days = ["31.02.2026"] * 12 + ["2026-03-01"] * 20
    rows = "".join(f"We wait for the dock number {at} every day,{day}\n" for at, day in enumerate(days))
    table.write_text(f"Comment,When\n{rows}", "utf-8")
    done = run(desk, "import", str(table), "--map", "quote=Comment", "--map", "date=When")
    assert done.err.count("[import/date]") == 11
    assert "t.csv:12: worth a look: and so are the dates of 2 more rows" in done.err


def test_a_crms_notes_are_looked_through_and_not_taken_whole(desk: Path, tmp_path: Path) -> None:
    text = (
        "Company name,Contact,Note body,Activity date\n"
        'Acme,Dana Ruiz,"<p>Good call. She said ""nobody can repair it at night"".</p><p>Send offer.</p>",2025-03-13\n'
        "Acme,Dana Ruiz,Left voicemail,2025-03-14\n"
    )
    data = run(desk, "import", written(tmp_path, "crm.csv", text), "--json").data
    (draft,) = data["drafts"]
    assert (draft["text"], draft["person"], draft["related"]) == (
        "nobody can repair it at night",
        "Dana Ruiz",
        'Good call. She said "nobody can repair it at night".\nSend offer.',
    )


def test_accepted_rows_are_filed_and_what_is_missing_is_made(desk: Path, tmp_path: Path) -> None:
    stories.account(desk, "acme-foods", "Acme Foods", aliases=["Acme"])
    stories.problem(desk, "dock-waiting", public=False, body="")
    text = ANSWERS + "Nobody knows why;;Acme;13.03.2025\nAnd so do we;Dock waiting;Acme;13.03.2025\n"
    path = written(tmp_path, "a.csv", text)
    planned = run(desk, "import", path, *MAPS, "--accept", "--dry-run")
    assert "3 quotes under problems, and keep 1 unfiled, in 2 notes; 1 new problem and 1 new account" in planned.out
    result = run(desk, "import", path, *MAPS, "--accept")
    assert result.out.startswith("Filed 3 quotes under problems, and kept 1 unfiled, in 2 notes; 1 new problem")
    found = read(at(desk))
    assert {row.problem.slug: len(row.heard.accounts) for row in rows(found)} == {"dock-waiting": 1, "night-repair": 1}
    notes = {note.account: [(quote.text, quote.problems) for quote in note.quotes] for note in found.catalogue.notes}
    assert notes["Nordfrost"] == [("Nobody can repair it", ("night-repair",))]
    assert notes["Acme Foods"] == [
        ("We wait, for hours", ("dock-waiting",)), ("Nobody knows why", ()), ("And so do we", ("dock-waiting",))
    ]  # fmt: skip
    assert {one.name for one in found.catalogue.accounts} == {"Acme Foods", "Nordfrost"}
    assert "4 quotes came in before" in run(desk, "import", path, "--accept").out
    assert len(read(at(desk)).catalogue.notes) == 2


def test_an_accepted_import_is_taken_back_whole(desk: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", ANSWERS)
    run(desk, "import", path, *MAPS, "--accept")
    from heard.base.changes import undo

    private = at(desk).private
    undo(private.changes, desk)
    assert list(private.notes.rglob("*.md")) == []
    assert "Filed 2 quotes" in run(desk, "import", path, "--accept").out


def test_words_that_no_note_can_hold_are_told_and_the_rest_is_filed(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from heard.pipeline import log

    whole = log.texts_of
    monkeypatch.setattr(log, "texts_of", lambda text: [one for one in whole(text) if "unkeepable" not in one])
    result = run(
        desk,
        "import",
        written(tmp_path, "a.csv", "Comment,Topic\nunkeepable words here,a\nwe wait for hours,a\n"),
        "--accept",
    )
    assert "a.csv:2: to fix: these words cannot be kept as a Markdown quote" in result.err
    assert "[import/words]" in result.err
    (note,) = read(at(desk)).catalogue.notes
    assert [quote.text for quote in note.quotes] == ["we wait for hours"]


def test_words_that_look_like_marks_stay_words(desk: Path, tmp_path: Path) -> None:
    odd = ["> we wait", "#cost is all they see", "[[dock]] is the problem here", "— Dana, of all people", "see ^abc"]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["quote", "problem"], *([text, "x y"] for text in odd)])
    run(desk, "import", written(tmp_path, "a.csv", buffer.getvalue()), "--accept")
    (note,) = read(at(desk)).catalogue.notes
    assert [quote.text for quote in note.quotes] == odd
    assert {quote.problems for quote in note.quotes} == {("x-y",)}


@needs_banking
def test_ten_thousand_real_rows_are_filed_in_seconds_and_none_twice(desk: Path) -> None:
    start = time.monotonic()
    result = run(desk, "import", str(BANKING), "--map", "quote=text", "--map", "problem=category", "--accept")
    taken = time.monotonic() - start
    assert result.out.startswith("Filed 10,003 quotes under problems, in 51 notes; 77 new problems.")
    assert taken < 20
    found = read(at(desk))
    assert sum(len(note.quotes) for note in found.catalogue.notes) == 10_003
    assert all(quote.problems for note in found.catalogue.notes for quote in note.quotes)
    assert len(found.catalogue.drafts) == 77
    assert max(len(note.quotes) for note in found.catalogue.notes) == 200
    with BANKING.open(encoding="utf-8", newline="") as stream:
        texts = sorted(" ".join(row["text"].split()) for row in csv.DictReader(stream))
    assert sorted(" ".join(quote.text.split()) for note in found.catalogue.notes for quote in note.quotes) == texts
    before = stories.tree(desk / "content/private", ".heard")
    assert "10,003 quotes came in before" in run(desk, "import", str(BANKING), "--accept").out
    assert stories.tree(desk / "content/private", ".heard") == before


@needs_samples
def test_the_columns_of_crms_are_known() -> None:
    head = (SHARED / "samples/salesforce-task-header.csv").read_text("utf-8").strip().split(",")
    guessed = guess_columns(head)
    assert (guessed["notes"], guessed["date"]) == ("Description", "ActivityDate")
    hubspot = guess_columns(
        ["Record ID", "Company name", "Contact", "Job title", "Note body", "Activity date", "Activity type"]
    )
    assert hubspot == {
        "notes": "Note body",
        "account": "Company name",
        "person": "Contact",
        "role": "Job title",
        "date": "Activity date",
        "source": "Activity type",
    }
    pipedrive = guess_columns(["Subject", "Note", "Organization", "Contact person", "Due date", "Type"])
    assert (pipedrive["notes"], pipedrive["account"], pipedrive["person"]) == ("Note", "Organization", "Contact person")


def test_a_table_whose_words_were_not_found_comes_in_when_they_are_named(desk: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "foo,bar\nWe wait for hours,x\nNobody can repair it,y\n")
    assert run(desk, "import", path).code == 1
    assert "2 quotes proposed" in run(desk, "import", path, "--map", "quote=foo").out


def test_rows_that_were_taken_back_come_in_again_though_a_note_came_with_them(desk: Path, tmp_path: Path) -> None:
    rows = written(tmp_path, "a.csv", "quote,problem\nWe wait for hours,waiting\n")
    call = written(tmp_path, "b.md", "# Call Acme 2026-03-01\n> Nobody can repair it at night, we lose a day.\n")
    run(desk, "import", rows, call, "--accept")
    run(desk, "undo")
    assert "Filed 1 quote" in run(desk, "import", rows, "--accept").out


def test_two_exports_with_the_same_row_give_it_once(desk: Path, tmp_path: Path) -> None:
    one = written(tmp_path, "a.csv", "quote,account\nWe wait for hours,Acme\n")
    two = written(tmp_path, "b.csv", "quote,account\nWe wait for hours,Acme\nNobody can repair it,Acme\n")
    assert "2 quotes proposed" in run(desk, "import", one, two).out


def test_rows_that_came_apart_are_told(desk: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", 'account,quote\nAcme,We wait, for hours\nAcme,"We lose money\nOther,x\n')
    told = run(desk, "import", path).err
    assert told.count("[import/row]") == 2
    assert "never closed" in told


def test_columns_of_one_name_stay_apart() -> None:
    assert read_table("x,x (3),x\n1,2,3\n").columns == ("x", "x (3)", "x (4)")


def test_rows_off_the_record_stay_so_however_they_are_tagged(desk: Path, tmp_path: Path) -> None:
    rows = "quote,tags\nNobody can repair it,#cost #offrecord\nWe wait all night,confidential\nWe lose it #offrecord,\n"
    run(desk, "import", written(tmp_path, "a.csv", rows))
    drafts, _ = read_drafts(desk / "content/private/inbox", "inbox")
    assert [draft.quotable.value for draft in drafts] == ["offrecord"] * 3


def test_a_table_with_names_that_nobody_knows_asks_and_is_read_as_told(desk: Path, tmp_path: Path) -> None:
    rows = (
        "Kundennr.;Praxis;Wer hat's gesagt;am;Freitext;Quelle\n"
        '17;Praxis am Markt;Dr. Weiß;05.06.2026;"Der Motor fällt aus; dann stehen wir eine Stunde.";Telefon\n'
        "20;Zahnklinik Süd;Hr. Öztürk;;Labor liefert Kronen zu spät, der Patient sitzt schon da.;Telefon\n"
    )
    table = tmp_path / "umfrage.csv"
    table.write_text(rows, "utf-16")
    asked = run(desk, "import", str(table))
    assert asked.code == 1
    assert "Freitext" in asked.err
    done = run(desk, "import", str(table), "--map", "quote=Freitext", "--map", "account=Praxis", "--json")
    said = {draft["account"]: draft["text"] for draft in done.data["drafts"]}
    assert said["Praxis am Markt"] == "Der Motor fällt aus; dann stehen wir eine Stunde."
    assert set(said) == {"Praxis am Markt", "Zahnklinik Süd"}
