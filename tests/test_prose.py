"""What `heard check` says of prose: which sentences it stops at, which it leaves alone, and where it points."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.base.text import counted
from heard.catalogue.public import GATED
from heard.catalogue.read import read_catalogue
from heard.codes import CODES
from heard.pipeline.checking import check as check_workspace
from heard.pipeline.gates import held
from heard.pipeline.prose import look_through
from heard.values import Finding, Severity
from heard.workspace import at
from heard.write.prose.check import MOST, Genre, Piece, check
from heard.write.prose.claims import claims
from heard.write.prose.markdown import prose
from heard.write.prose.sentences import grade, mean_length, sentences, syllables
from heard.write.prose.words import Lists, languages, lists
from stories import run
from test_codes import example
from workspaces import TODAY, codes, make

BROKEN = sorted((Path(__file__).parent / "broken/prose").glob("*.txt"))
ROOT = Path(__file__).parents[1]
PATTERNS = ROOT.parent / "shared/data/innersource-patterns/patterns"


def known(lang: str = "en") -> Lists:
    found = lists(lang)
    assert found is not None
    return found


def said(text: str, lang: str = "en", genre: Genre = Genre.PAPER, **more: object) -> tuple[Finding, ...]:
    return check(Piece("a.md", prose(text), lang, genre, **more))  # type: ignore[arg-type]


def found(text: str, code: str, lang: str = "en", genre: Genre = Genre.PAPER) -> list[str]:
    return [one.message for one in said(text, lang, genre) if one.code == f"prose/{code}"]


def words(messages: Iterable[str]) -> list[str]:
    return [re.findall(r"“([^”]+)”", message)[0] for message in messages]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_workspace_has_exactly_the_findings_it_announces(path: Path, tmp_path: Path) -> None:
    expected, files = example(path)
    workspace = make(tmp_path, files)
    catalogue, _ = read_catalogue(workspace)
    findings = look_through(workspace, catalogue)
    assert sorted(codes(findings)) == sorted(expected), "\n".join(map(str, findings))
    assert {one.severity for one in findings} == {Severity.WORTH_A_LOOK}


def test_every_code_of_prose_is_shown() -> None:
    shown = {line.rpartition(" ")[2] for path in BROKEN for line in example(path)[0]}
    assert shown == {code for code in CODES if code.startswith("prose/")}
    assert {name for name in GATED if name.startswith("prose")} == shown | {"prose"}


PITCHES = [
    ("We are a world-class provider.", "en", ["world-class"]),
    ("We are a world\nclass provider.", "en", ["world class"]),
    ("We are a **world-class** provider.", "en", ["world-class"]),
    ("Our LEADING   PROVIDER status.", "en", ["LEADING PROVIDER"]),
    ("We leverage it; she leverages it.", "en", ["leverage"]),
    ("An easy-to-use and user friendly thing.", "en", ["easy-to-use", "user friendly"]),
    ("| A | B |\n|---|---|\n| world-class | innovative |", "en", []),
    ("Table: A world-class dock", "en", ["world-class"]),
    ("## A cutting-edge dock", "en", ["cutting-edge"]),
    ("It is world. Class begins at nine.", "en", []),
    ("The class of 1990 saw the world.", "en", []),
    ("A first: class-leading is no word here.", "en", []),
    ("Open the lock and unlock the door.", "en", []),
    ("They wrote “world-class” on it.", "en", []),
    ('They wrote "world-class" on it.', "en", []),
    ("The ‘world-class’ dock.", "en", []),
    ("> We are world-class.\n> And innovative.", "en", []),
    ("```\nworld-class\n```", "en", []),
    ("Type `world-class` here.", "en", []),
    ("See [the dock](https://example.com/world-class).", "en", []),
    ("See [a world-class dock](https://example.com/).", "en", ["world-class"]),
    ("<!-- world-class\n\ninnovative -->", "en", []),
    ("![world-class](a.png)", "en", []),
    ("[gap: world-class words]", "en", []),
    ("Text.[^1]\n\n[^1]: A world-class source, 1999.", "en", []),
    ("Source: a world-class book", "en", []),
    ('!!! takeaway "A world-class box"\n    An innovative line.', "en", ["innovative"]),
    ("Robust shelves and flexible hoses, a unique number.", "en", []),
    ("The team had limited time and a proven method.", "en", []),
    ("Wir sind Marktführer und bieten innovative Lösungen.", "de", ["Marktführer", "innovative"]),
    ("„Innovativ“ steht im Prospekt; »maßgeschneidert« auch.", "de", []),
    ("Der Führer des Staplers führt den Markt.", "de", []),
    ("Notre solution innovante est clé en main.", "fr", ["innovante", "clé en main"]),
    ("Il écrit « innovant » partout.", "fr", []),
    ("Somos líderes en frío, con última generación.", "es", ["líderes en", "última generación"]),
    ("Una soluzione all'avanguardia.", "it", ["all'avanguardia"]),
    ("Wij zijn toonaangevend.", "nl", ["toonaangevend"]),
    ("Innowacyjne rozwiązania szyte na miarę.", "pl", ["Innowacyjne", "szyte na miarę"]),
    ("World-class in a language without lists.", "xx", []),
]


@pytest.mark.parametrize(("text", "lang", "expected"), PITCHES)
def test_pitch_phrases(text: str, lang: str, expected: list[str]) -> None:
    assert words(found(text, "pitch", lang)) == expected


BEGGING = [
    ("Book a demo.", "en", ["Book a demo"]),
    ("Act now, for a limited time only!", "en", ["Act now", "for a limited time only"]),
    ("Please contact us.", "en", ["Please contact us"]),
    ("Schedule a call\ntoday.", "en", ["Schedule a call"]),
    ("Send me one ordinary week.", "en", []),
    ("The drivers act. Now the dock is empty.", "en", []),
    ("They book the slot and call the yard today.", "en", []),
    ("People have limited time for this.", "en", []),
    ("Zögern Sie nicht, jetzt anrufen!", "de", ["Zögern Sie nicht"]),
    ("Vereinbaren Sie eine Zeit mit dem Fahrer.", "de", []),
    ("N'hésitez pas, contactez-nous !", "fr", ["contactez-nous"]),
    ("Klik hier.", "nl", ["Klik hier"]),
]


@pytest.mark.parametrize(("text", "lang", "expected"), BEGGING)
def test_begging(text: str, lang: str, expected: list[str]) -> None:
    hits = words(found(text, "begging", lang))
    assert [one for one in hits if one in expected] == expected
    assert bool(hits) is bool(expected)


CLAIMS = [
    ("Costs fell by 12.5 % in a year.", ["12.5 %"]),
    ("Seventy per cent of them stop.", ["Seventy per cent"]),
    ("It saves €6,750 a year.", ["€6,750"]),
    ("It saves 40,000 dollars.", ["40,000 dollars"]),
    ("It is 3x faster.", ["3x"]),
    ("It runs three times as fast, a tenfold gain.", ["three times as", "tenfold"]),
    (
        "Seven out of ten trucks wait, and 9 of 10 drivers; one in four leaves.",
        ["Seven out of ten", "9 of 10", "one in four"],
    ),
    ("On 12 May 2024 at 6:30, in the 3rd week, on day 90.", []),
    ("See page 5 of 40, figure 3, table 12 and step 2 of 10.", []),
    ("Two in ten minutes; three trucks; four of the doors; one of two.", []),
    ("A room at −22 °C, a door of 2.5 × 3 m, 620 Ah.", []),
    ("They spend 20 % of their time on it, and are 100 % sure.", []),
    ("IEC 60254-1, EN 511, version 2.0.", []),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_what_is_a_claim(text: str, expected: list[str]) -> None:
    assert [one.words for one in claims(text, known())] == expected


def test_what_is_a_claim_in_german() -> None:
    text = "Die Kosten sanken um 12,5 %, sieben von zehn warten, 3-mal so lang. Am 3. Mai um 6:30 Uhr, Seite 4 von 20."
    assert [one.words for one in claims(text, known("de"))] == ["12,5 %", "sieben von zehn", "3-mal so"]


SUPPORT = [
    ("Costs fell by 12 %.", False),
    ("Costs fell by 12 %.[^1]\n\n[^1]: A book, 1999.", True),
    ("Costs fell by 12 %, says [the report](https://example.com/r).", True),
    ("Costs fell by 12 %; see [[dock-doors-ice-up]].", True),
    ("Costs fell by 12 %.\n\nA line with a footnote and 12 %.[^1]\n\n[^1]: A book.", True),
    ("Costs fell by 12 %.\n\nA line with another number, 13 %.[^1]\n\n[^1]: A book.", False),
    ("I measured it: costs fell by 12 %.", True),
    ("In my log, 12 % stop.", True),
    ("As a rule of thumb 12 % stop.", True),
    ("If 12 % stop, change the plan.", True),
    ("Three of 25 are 3 ÷ 25 = 12 %.", True),
    ("## A worked example\n\nCosts fall by 12 %.", True),
    ("## How we know\n\nCosts fall by 12 %.", True),
    ("| A |\n|---|\n| 12 % |\n\nSource: gate book\n\nCosts fell by 12 %.", True),
    ("| A |\n|---|\n| 12 % |\n\nCosts fell by 12 %.", False),
    ("| A | B |\n|---|---|\n| 12 % | 4x faster |", True),
    ("## 12 % less\n\nWords.", True),
    ("> Costs fell by 12 %.", True),
    ("He said “costs fell by 12 %” and left.", True),
    ("`12 %` and ```12 %```", True),
    ("- [ ] **Look** whether 12 % stop. *You, 5 min*", True),
    ("Costs fell by 12 %, as ISO 50006 has it.", True),
]


@pytest.mark.parametrize(("text", "supported"), SUPPORT)
def test_what_stands_behind_a_number(text: str, supported: bool) -> None:
    assert bool(found(text, "unsupported-number")) is not supported


def test_numbers_without_a_source_are_one_finding_with_all_their_lines() -> None:
    message, *others = found("It saves 12 %.\n\nAnd 3x faster it is.\n\nSeven out of ten say so.", "unsupported-number")
    assert not others
    assert message.startswith("“12 %”")
    assert "“3x” (line 3), “Seven out of ten” (line 5)" in message


READERS = [
    ("You see it, you write it down, your shift checks it, and you know. I add it up for you and yours.", None),
    ("We know it. We built it. Our people, our work, our dock, and I. You wait. We come.", 1),
    ("Maren Tolksdorf knows. Tolksdorf came, Tolksdorf saw. Maren Tolksdorf says: you, you, you, you.", 0.5),
    ("We, we, we and you.", None),
    ("> We, we, we, we, we, we, we, we, we, we.\n\nYou.", None),
    ("They said “we, we, we, we, we, we, we, we” to you.", None),
    ("## How we know\n\nI measured it. We counted. My log, our log, my watch, I and we and us.", None),
    ("Type I and type I, class I, class I, type I, type I, type I, type I, type I. You.", None),
]


@pytest.mark.parametrize(("text", "expected"), READERS)
def test_whom_a_text_is_about(text: str, expected: float | None) -> None:
    findings = [one for one in said(text, names=("Maren Tolksdorf", "Tolksdorf")) if one.code == "prose/about-yourself"]
    assert len(findings) == (expected is not None)


def test_german_capital_letters_tell_the_reader_from_her_and_them() -> None:
    reader = "Wenn Sie messen, sehen Sie es. Dann haben Sie Ihre Zahl, und Ihnen hilft Ihr Plan. " * 2
    assert not found(reader + "Wir helfen, und ich.", "about-yourself", "de")
    others = "Sie gehen. Ihre Schicht endet. Sie sehen sie und ihre Tore. " * 3
    assert found(others + "Wir, wir, uns, unser, ich, mein, wir, wir.", "about-yourself", "de")


def test_an_about_page_may_speak_of_its_writer() -> None:
    text = "I came. I saw. My dock, my door, my watch, and me. We wrote, and I drew."
    assert found(text, "about-yourself", genre=Genre.PAGE)
    assert not found(text, "about-yourself", genre=Genre.ABOUT)


SENTENCES = [
    ("One. Two! Three? Four…", "en", 4),
    ("About 3.5 kg, e.g. two cartons, i.e. one pallet. Then more.", "en", 2),
    ("Dr. Weber came at 6.30 p.m. and left.", "en", 1),
    ("See Fig. 3 for it. J. D. C. Little proved it.", "en", 2),
    ("He said “Stop. Go.” and went.", "en", 1),
    ("1. Charge outside.\n2. Park inside.", "en", 2),
    ("- Karl Weber\n- Ada Brandt", "en", 0),
    ("Am 3. Mai kamen sie, z. B. um 6 Uhr, d. h. früh. Dann nicht.", "de", 2),
    ("Il vient à 6 h. M. Dupont aussi.", "fr", 2),
    ("It is the driver’s. The dock is ours. It took 6 h. Then 5 m. And I. So it is.", "en", 6),
]


@pytest.mark.parametrize(("text", "lang", "expected"), SENTENCES)
def test_where_sentences_end(text: str, lang: str, expected: int) -> None:
    assert len(sentences(prose(text), known(lang))) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dock", 1),
        ("battery", 3),
        ("charge", 1),
        ("table", 2),
        ("little", 2),
        ("created", 3),
        ("stopped", 1),
        ("idea", 3),
    ],
)
def test_syllables(word: str, expected: int) -> None:
    assert abs(syllables(word) - expected) <= (word == "idea")


def test_grades_order_texts_as_a_reader_would() -> None:
    easy = "The truck stops. You walk to the office. The dock is cold, and the night is long. " * 5
    hard = "Organisational responsibilities necessitate considerable administrative documentation procedures. " * 5
    for lang, scale in (("en", "flesch-kincaid"), ("de", "lix")):
        one, other = (sentences(prose(text), known(lang)) for text in (easy, hard))
        assert grade(one, scale) < 6 < 20 < grade(other, scale)
    assert mean_length(sentences(prose(easy), known())) == pytest.approx(17 / 3)


def test_the_longest_sentence_is_told_with_its_line() -> None:
    short = "It stops.\n\n"
    long = "The truck " + "and the dock " * 40 + "stop.\n\n"
    findings = [one for one in said(short + long + short, genre=Genre.PAGE) if one.code == "prose/long-sentences"]
    assert [one.place.line for one in findings] == [3]
    assert "“The truck and the dock" in findings[0].message


def test_a_hard_text_is_told_at_its_hardest_paragraph() -> None:
    hard = "Organisational responsibilities necessitate considerable administrative documentation procedures. " * 8
    text = "You see it.\n\n" + hard + "\n\n" + hard.replace("documentation", "") + "\n\nThen you go."
    findings = [one for one in said(text, genre=Genre.PAGE) if one.code == "prose/hard-to-read"]
    assert [one.place.line for one in findings] == [3]


WORN = [
    ("Keep it, at the end of the day.", ["at the end of the day"]),
    ("The past history of the the dock.", ["past history", "the the"]),
    ("It is a very cold dock, in the long run.", []),
    ("They call it “synergy” and a no brainer.", ["no brainer"]),
    ("We need synergy.", []),
    ("Audit\n\nAudit the log.", []),
]


@pytest.mark.parametrize(("text", "expected"), WORN)
def test_worn_words(text: str, expected: list[str]) -> None:
    # What is told as pitch is not told twice.
    assert words(one.message for one in said(text) if one.code == "prose/worn-words") == expected


def test_a_short_text_is_not_graded() -> None:
    assert not found("The truck " + "and the dock " * 20 + "stop.", "long-sentences")


OUTLINE = (
    "## In short\n\nYes.\n\n## What one stop costs\n\nMuch.\n\n| Cause | Trace |\n|---|---|\n| Cold | Log |\n\n"
    "## A worked example\n\nOne.\n\n## What gets in the way\n\nHabit.\n\n"
    + "The dock is cold. "
    * 30
    + "\n\n## Where this fails\n\nHere.\n\n"
    "- [ ] **Look**. *You*\n\n[^1]: A book.\n"
)


def test_the_sections_of_the_outline_are_known_by_heading_table_list_and_footnote() -> None:
    # A few words are no paper yet.
    assert not said("Nothing of it.", outline=True)
    assert not said(OUTLINE, outline=True)
    shorter = OUTLINE.replace("## What gets in the way\n\n", "").replace("## A worked example\n\nOne.\n\n", "")
    findings = said(shorter, outline=True)
    assert [one.code for one in findings] == ["prose/missing-section", "prose/no-example"]
    assert "“What gets in the way”" in findings[0].message
    assert not said("Nothing of it.", outline=False)
    without = OUTLINE.replace("## Where this fails\n\nHere.\n\n", "")
    assert not said(without, outline=True, not_for=True)
    assert said(without, outline=True)


def test_a_paper_that_is_badly_off_gets_a_handful() -> None:
    phrases = (
        "world-class",
        "innovative",
        "leverage",
        "seamless",
        "proud to",
        "unrivalled",
        "market leader",
        "win-win",
    )
    text = "\n\n".join(f"It is {one} here." for one in phrases for _ in range(5))
    messages = found(text, "pitch")
    assert len(messages) == MOST + 1
    assert "(also lines 3, 5, 7, 9)" in messages[0]
    assert counted(len(phrases) - MOST, "phrase") in messages[-1]


def test_messages_say_what_stands_there_why_it_costs_trust_and_what_to_write() -> None:
    for reason in known().reasons.values():
        assert len(reason.why) > 20 < len(reason.write)
    (message,) = found("A world-class dock.", "pitch")
    assert re.fullmatch(r"“world-class”: [^;]+; write [^;]+", message)
    assert "\n" not in message


@pytest.mark.parametrize("lang", languages())
def test_every_list_is_whole(lang: str) -> None:
    some = known(lang)
    groups = {group for one in (some.pitch, some.begging) for found in one.by_start.values() for _, group in found}
    assert groups - {""} <= set(some.reasons)
    assert [one.key for one in some.sections] == [one.key for one in known().sections]
    assert not some.reader & some.writer
    assert 15 <= some.sentence <= 25
    assert set(languages()) >= {"en", "de", "fr", "es", "it", "nl", "pl"}


def outcome(tmp_path: Path, gates: str, *, gap: str = "") -> list[tuple[str, Severity]]:
    text = f"---\nproblem: Dock doors ice up\nslug: dock-doors-ice-up\nkind: review\n---\nA world-class dock. {gap}\n"
    files: dict[str, str | bytes | None] = {
        "content/expert.yml": f"name: Maren\n{gates}",
        "content/problems/dock-doors-ice-up.md": text,
        "content/private/problems/other.md": text.replace("ock doors ice up", "oors jam").replace(
            "dock-doors-ice-up", "other"
        ),
    }
    workspace = make(tmp_path, files)
    catalogue, wrong = read_catalogue(workspace)
    assert not [one for one in wrong if one.place.path == "content/expert.yml"]
    return [(one.place.path.split("/")[1], one.severity) for one in held(look_through(workspace, catalogue), catalogue)]


LOOK, TO_FIX = Severity.WORTH_A_LOOK, Severity.TO_FIX


def test_house_gates_make_findings_graver_or_silent(tmp_path: Path) -> None:
    assert outcome(tmp_path / "a", "") == [("problems", LOOK), ("private", LOOK)]
    assert outcome(tmp_path / "b", "gates: {prose: to fix}\n") == [("problems", TO_FIX), ("private", TO_FIX)]
    assert outcome(tmp_path / "c", "gates: {prose/pitch: off}\n") == []
    assert outcome(tmp_path / "d", "gates: {prose: off}\n") == []
    assert outcome(tmp_path / "e", "gates: {prose: to fix, prose/pitch: worth a look}\n") == [
        ("problems", LOOK),
        ("private", LOOK),
    ]
    assert outcome(tmp_path / "f", "gates: {prose: off, prose/pitch: to fix}\n") == [
        ("problems", TO_FIX),
        ("private", TO_FIX),
    ]


def test_a_draft_with_gaps_is_not_held_to_the_gates(tmp_path: Path) -> None:
    found = outcome(tmp_path, "gates: {prose: to fix}\n", gap="[gap: the rest]")
    assert found == [("problems", TO_FIX), ("private", LOOK)]


def test_a_gate_that_nobody_knows_is_told(tmp_path: Path) -> None:
    workspace = make(tmp_path, {"content/expert.yml": "name: Maren\ngates:\n  prose/pitsch: to fix\n  prose: loud\n"})
    _, findings = check_workspace(workspace, TODAY)
    assert [f"{one.place.line} {one.code}" for one in findings] == ["3 yaml/unknown-key", "4 yaml/unknown-word"]
    assert "did you mean `prose" in findings[0].message


def test_what_the_expert_says_in_another_language_is_read_in_it(tmp_path: Path) -> None:
    expert = (
        "name: Maren\nbio: A world-class adviser.\nlanguages:\n  de:\n    bio: Innovative Beratung.\n"
        "    ask: {text: Jetzt einen Termin buchen!}\n"
    )
    workspace = make(tmp_path, {"content/expert.yml": expert})
    catalogue, wrong = read_catalogue(workspace)
    assert not wrong
    found = codes(look_through(workspace, catalogue))
    assert found[0] == "content/expert.yml:2 prose/pitch"
    assert {row.split()[0] for row in found[1:]} == {"content/expert.yml:5", "content/expert.yml:6"}


def test_a_folded_header_points_at_the_words(tmp_path: Path) -> None:
    header = (
        "problem: Doors ice up\nslug: doors\nkind: review\nanswer: >-\n  Dry the air\n  with an\n  innovative fan.\n"
    )
    workspace = make(tmp_path, {"content/problems/doors.md": f"---\n{header}---\nWords.\n"})
    catalogue, _ = read_catalogue(workspace)
    assert codes(look_through(workspace, catalogue)) == ["content/problems/doors.md:8 prose/pitch"]


PARTS = st.sampled_from(
    [
        "world-class",
        "book a demo",
        "We",
        "you",
        "12 %",
        "[^1]",
        "“",
        "”",
        '"',
        "„",
        "«",
        "»",
        "‘",
        "’",
        "`",
        "```",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "## ",
        "| a |",
        "|---|",
        "<!--",
        "-->",
        "[gap: ",
        "]",
        "](",
        ")",
        "[[",
        "]]",
        '!!! takeaway "x"',
        "    ",
        "Source: x",
        "\0",
        "\r",
        "é",
        ".",
    ]
)
TEXTS = st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["en", "de", "fr", "xx"]), st.sampled_from(list(Genre)))
def test_any_text_is_looked_through_and_lines_point_at_the_words(text: str, lang: str, genre: Genre) -> None:
    rows = text.split("\n")
    for one in said(text, lang, genre, names=("We",), outline=True):
        assert 1 <= one.place.line <= len(rows)
        if one.code in ("prose/pitch", "prose/begging") and not one.message.startswith("and "):
            first = words([one.message])[0].split()[0].split("-")[0]
            assert first in rows[one.place.line - 1]


OWN = st.sampled_from(["The dock is cold.", "You look.", "Write it down tonight."])
BAD = st.sampled_from(
    [
        "We are world-class.",
        "Book a demo.",
        "It saves 40 % and 3x more.",
        "We leverage synergies, at the end of the day.",
    ]
)
QUOTED = st.one_of(
    BAD.map(lambda words: "> " + words),
    BAD.map(lambda words: f"They say “{words}” there."),
    BAD.map(lambda words: f'They say "{words}" there.'),
    BAD.map(lambda words: f"„{words}“ heißt es."),
    BAD.map(lambda words: f"« {words} »"),
    BAD.map(lambda words: f"> [!quote] Who\n> {words}\nand on"),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(OWN, QUOTED), max_size=8))
def test_a_quotation_never_causes_a_finding(parts: list[str]) -> None:
    assert not said("\n\n".join(parts))


def test_odd_marks_take_no_longer_than_others() -> None:
    for piece in ("“", "`" * 3 + " `", "<!--", "[[", "](", "![", "<a", '"', "1.", "* ", "12 of ", "$1,000", "a@"):
        started = time.process_time()
        said(piece * (60_000 // len(piece)))
        assert time.process_time() - started < 5, piece


def test_the_example_is_clean() -> None:
    workspace = at(ROOT)
    catalogue, _ = read_catalogue(workspace)
    findings = [one for one in look_through(workspace, catalogue) if "/private/" not in one.place.path]
    assert not findings, "\n".join(map(str, findings))


def test_check_tells_of_prose_and_the_gate_makes_it_fail(tmp_path: Path) -> None:
    text = "---\nproblem: Dock doors ice up\nslug: dock-doors-ice-up\nkind: review\n---\nA world-class dock.\n"
    make(tmp_path, {"content/problems/dock-doors-ice-up.md": text})
    done = run(tmp_path, "check")
    assert done.code == 0
    assert "content/problems/dock-doors-ice-up.md:6: worth a look: “world-class”" in done.out
    make(tmp_path, {"content/expert.yml": "name: Maren\ngates: {prose: to fix}\n"})
    done = run(tmp_path, "check")
    assert done.code == 1
    assert "content/problems/dock-doors-ice-up.md:6: to fix: “world-class”" in done.out


def test_a_new_workspace_is_clean(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "new", "--no-input").code == 0
    done = run(tmp_path / "new", "check", "--json")
    assert done.code == 0
    assert "prose/" not in done.out


def test_eighty_papers_take_seconds() -> None:
    if not PATTERNS.exists():
        pytest.skip(f"{PATTERNS} is not on this machine")
    texts = [path.read_text(encoding="utf-8") for path in sorted(PATTERNS.rglob("*.md"))]
    started = time.process_time()
    findings = [one for text in texts for one in said(text)]
    assert time.process_time() - started < 6
    assert len(findings) < 3 * len(texts)
    by_code = {code: sum(one.code == code for one in findings) for code in CODES if code.startswith("prose/")}
    assert by_code["prose/begging"] == 0
    assert by_code["prose/about-yourself"] < 8 > by_code["prose/unsupported-number"]


def test_prose_is_not_loaded_where_it_is_not_asked_for() -> None:
    heavy = "{'proselint', 're2', 'yaml'}"
    code = f"import sys, heard.pipeline.prose; print({heavy} & {{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
