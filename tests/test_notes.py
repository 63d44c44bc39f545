"""Reading one note: every form that people write, and no text that breaks it."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heard.base.document import parse
from heard.base.fields import header_of
from heard.catalogue import heading
from heard.catalogue.notes import read_note
from heard.values import Finding, Note, Quotable, Quote, Source

HEAD = """---
date: 2026-11-21 14:32
source: call            # call meeting event
account: Acme Foods     # name
person: D. Ruiz
role: operations manager
industry: cold-storage
quotable: no
---
"""


def read(body: str, head: str = HEAD, path: str = "notes/note.md") -> tuple[Note, list[str]]:
    findings: list[Finding] = []
    note = read_note(head + body, path, findings)
    return note, [f"{finding.place.line} {finding.code}" for finding in findings]


def quote(body: str, head: str = HEAD) -> Quote:
    note, _ = read(body, head)
    assert len(note.quotes) == 1, note.quotes
    return note.quotes[0]


def test_the_example_of_the_design() -> None:
    note, findings = read(
        "> We lose the first two hours because the batteries die. ^k3f9\n"
        "> [[forklift-batteries-die-mid-shift]] #critical\n\n"
        "> Then the dock doors ice up and we wait for maintenance.\n"
        "> — P. Novak, Nordfrost, shift lead #anonymous\n\n"
        "They tried a second charger in March.\n"
    )
    assert findings == []
    assert note == Note(
        path="notes/note.md",
        heard=datetime(2026, 11, 21, 14, 32),
        source=Source.CALL,
        account="Acme Foods",
        person="D. Ruiz",
        role="operations manager",
        industry="cold-storage",
        quotable=Quotable.NO,
        quotes=(
            Quote(
                text="We lose the first two hours because the batteries die.",
                problems=("forklift-batteries-die-mid-shift",),
                account="Acme Foods",
                person="D. Ruiz",
                role="operations manager",
                industry="cold-storage",
                quotable=Quotable.NO,
                tags=("critical",),
                id="k3f9",
                line=10,
            ),
            Quote(
                text="Then the dock doors ice up and we wait for maintenance.",
                problems=(),
                account="Nordfrost",
                person="P. Novak",
                role="shift lead",
                industry="",
                quotable=Quotable.ANONYMOUS,
                tags=(),
                id="",
                line=13,
            ),
        ),
        rest="They tried a second charger in March.",
    )


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("> It broke.\n> [[a]]\n", ["a"]),
        ("> It broke. [[a]]\n", ["a"]),
        ("> It broke.\n[[a]]\n", ["a"]),
        ("> It broke.\n\n\n[[a]]\n", ["a"]),
        ("> It broke.\n\n[[a]] [[b|label]]\n", ["a", "b"]),
        ("> It broke.\n\n^k3f9\n\n[[a]]\n", ["a"]),
        ("> It broke.\n\n[[a]]\n\n[[b]]\n", ["a"]),
        ("> It broke. [[a]]\n> [[b]] #cost\n[[c]]\n", ["a", "b", "c"]),
        ("> It broke.\n> [[a]]\n> [[a]]\n", ["a"]),
        ("> It broke.\n\nMore on [[a]].\n", []),
        ("> It broke.\n\nWords.\n\n[[a]]\n", []),
        ("> It broke.\n> [[problems/a#why|label]] [[b.md]] [[c^k3f9]]\n", ["a", "b", "c"]),
        ("> It broke. ![[picture.png]]\n", []),
        ("> It broke. \\[[a]]\n", []),
        ("> It broke. [[#heading]]\n", []),
        ("> It broke.\n> — P. Novak, [[Nordfrost]], fitter\n", []),
    ],
)
def test_links_file_a_quote(body: str, problems: list[str]) -> None:
    assert list(quote(body).problems) == problems


def test_a_link_within_the_words_leaves_its_label() -> None:
    assert quote("> The [[forklift-batteries|batteries]] die in [[winter]].\n").text == "The batteries die in winter."


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("— P. Novak, Nordfrost, shift lead", ("P. Novak", "Nordfrost", "shift lead", "")),
        ("– P. Novak", ("P. Novak", "Acme Foods", "", "cold-storage")),
        ("-- D. Ruiz", ("D. Ruiz", "Acme Foods", "operations manager", "cold-storage")),
        ("— , Nordfrost", ("", "Nordfrost", "", "")),
        ("— , , fitter", ("D. Ruiz", "Acme Foods", "fitter", "cold-storage")),
        ("— P. Novak, Nordfrost, Inc., shift lead", ("P. Novak", "Nordfrost, Inc.", "shift lead", "")),
        ("— P. Novak, [[accounts/nordfrost|Nordfrost]]", ("P. Novak", "nordfrost", "", "")),
        ("— P. Novak ^k3f9", ("P. Novak", "Acme Foods", "", "cold-storage")),
    ],
)
def test_a_last_line_with_a_dash_says_who_said_it(line: str, who: tuple[str, str, str, str]) -> None:
    found = quote(f"> It broke.\n> {line}\n> [[a]]\n")
    assert (found.person, found.account, found.role, found.industry) == who
    assert found.text == "It broke."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("> - one\n> - two\n", "- one\n- two"),
        ("> — a dash alone\n", "— a dash alone"),
        ("> It broke.\n> — and then\n> nothing.\n", "It broke.\n— and then\nnothing."),
        ("> It broke.\n> \\— and then\n", "It broke.\n— and then"),
        (">It broke.\n>\n>   Twice.  \n", "It broke.\n\nTwice."),
        ("  > It broke.\n", "It broke."),
        ("> > It broke.\n", "It broke."),
        ("> \\# 1 \\[[a]] \\> \\^x \\\\ \\n\n", "# 1 [[a]] > ^x \\ \\n"),
        ("> C# and #1 and a#b\n", "C# and #1 and a#b"),
    ],
)
def test_words_stay_as_they_were_said(body: str, text: str) -> None:
    assert quote(body).text == text


@pytest.mark.parametrize(
    ("head", "tags", "allowed"),
    [
        ("no", "", Quotable.NO),
        ("no", "#anonymous", Quotable.ANONYMOUS),
        ("named", "#anonymous", Quotable.ANONYMOUS),
        ("no", "#named", Quotable.NAMED),
        ("named", "#offrecord #named", Quotable.OFFRECORD),
        ("anonymous", "#named #anonymous", Quotable.ANONYMOUS),
        ("offrecord", "#named", Quotable.OFFRECORD),
        ("", "", Quotable.NO),
        ("nmaed", "#named", Quotable.OFFRECORD),
    ],
)
def test_what_is_allowed_is_taken_with_care(head: str, tags: str, allowed: Quotable) -> None:
    assert quote(f"> It broke. {tags}\n", f"---\nquotable: {head}\n---\n").quotable is allowed


def test_a_header_that_cannot_be_read_allows_nothing() -> None:
    head = "---\ndate: 2026-11-21\nquotable: named\nquotable: no\n---\n"
    assert quote("> It broke. #named\n", head).quotable is Quotable.OFFRECORD
    assert read("> It broke. #named\n", head)[1] == ["4 yaml/unreadable"]


def test_tags_are_read_and_slips_are_told() -> None:
    note, findings = read("> It cost us. #Cost #serious #anonymus #ours\n> [[a]] #trigger\n")
    assert note.quotes[0].tags == ("cost", "serious", "trigger")
    assert note.quotes[0].text == "It cost us. #anonymus #ours"
    assert findings == ["10 note/unknown-tag"]


def test_slips_on_filing_lines_are_told_with_their_own_line() -> None:
    assert read("> It cost us.\n\n\n[[a]] #critcal\n")[1] == ["13 note/unknown-tag"]


@pytest.mark.parametrize("mark", ["> It broke. ^k3f9\n", "> It broke.\n> ^k3f9\n", "> It broke.\n\n^k3f9\n"])
def test_block_ids_are_read_where_obsidian_puts_them(mark: str) -> None:
    found = quote(mark)
    assert (found.id, found.text) == ("k3f9", "It broke.")


def test_a_caret_within_the_words_is_no_id() -> None:
    assert quote("> 2^10 is ^ many\n").id == ""
    assert quote("> They lost 2^10\n").text == "They lost 2^10"


def test_callouts_and_code_are_no_quotes_but_are_kept() -> None:
    note, findings = read(
        "> [!note] Mine\n> not theirs\n\n```text\n> code\n```\n\n~~~~\n```\n> code\n~~~~\n\n"
        "```inline``` code\n\n    > indented\n\n> It broke.\n"
    )
    assert [found.text for found in note.quotes] == ["It broke."]
    assert note.rest.startswith("> [!note] Mine\n> not theirs")
    assert "> code" in note.rest
    assert findings == []


def test_the_day_may_stand_in_the_name_of_the_file() -> None:
    note, findings = read("> It broke.\n", "", "notes/2026-11-21 1432-k3f9.md")
    assert (note.heard, note.source, findings) == (datetime(2026, 11, 21, 14, 32), Source.CALL, [])
    note, _ = read("> It broke.\n", "---\ndate: 2025-01-02\n---\n", "notes/2026-11-21.md")
    assert note.heard == datetime(2025, 1, 2)
    assert read("> It broke.\n", "", "notes/2026-13-41.md")[1] == ["1 note/no-date"]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_do_not_matter(end: str, mark: str) -> None:
    text = HEAD + "> It broke.\n> — P. Novak, Nordfrost\n> [[a]] #cost ^k3f9\n\nWords.\n"
    findings: list[Finding] = []
    assert read_note(mark + text.replace("\n", end), "n", findings) == read_note(text, "n", findings)
    mixed = text.replace("---\n", "---\r\n").replace("broke.\n", "broke.\r\n")
    assert read_note(mixed, "n", findings) == read_note(text, "n", findings)
    assert findings == []


def test_keys_of_the_person_are_theirs_and_slips_of_ours_are_told() -> None:
    note, findings = read("> It broke.\n", "---\ndate: 2026-11-21\nmood: good\ncssclasses: [x]\nacount: Acme\n---\n")
    assert findings == ["5 yaml/near-miss-key"]
    assert note.account == ""


PIECES = (
    "> ", ">", "\n", "\n\n", "---\n", "[[a]]", "[[", "]]", "|", "#cost", "#", " ^k3f9", "^", "— x, y, z", "```", "~~~",
    "[!note]", "\\", "date: 2026-11-21\n", "quotable: named\n", ":", "\t", "\r\n", "\r", "\ufeff", "\x00", "😀",
    ">>>>>>> ", "word ",
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
@example("---\n---")
@example("> \u2028> #cost")
def test_no_text_breaks_reading(text: str) -> None:
    findings: list[Finding] = []
    note = read_note(text, "notes/note.md", findings)
    lines = text.count("\n") + 3
    assert all(1 <= found.line <= lines and found.text.strip() for found in note.quotes)
    assert all(1 <= finding.place.line <= lines for finding in findings)


_HEADER_ROWS = st.sampled_from(
    [
        "date: 2026-11-21 14:32",
        "date: 2026-11-21",
        "date: 2026-13-40",
        "date:",
        "date: 2026-11-21T14:32",
        "date: '2026-11-21'",
        "source: call",
        "source: Call",
        "source:",
        "source: cal",
        "source: meeting  # on site",
        "account: Acme",
        "account: [[Acme|A]]",
        'account: "[[Acme]]"',
        "account: [a, b]",
        "acount: Acme",
        "person: D. Ruiz",
        "role: shift lead",
        "role: a: b",
        "role:x",
        "industry: cold-storage",
        "quotable: no",
        "quotable: maybe",
        "quotable: ~",
        "quotable: NO",
        "tags: [a]",
        "",
        "  more words",
        "account: é\t",
        "person: - x",
        "date: 0000-01-01",
        "role: #x",
        "role: x #y",
        "account: ~",
        "account: null",
    ]
)


@given(st.lists(_HEADER_ROWS, max_size=7))
def test_the_quick_way_through_a_header_says_what_the_careful_one_says(rows: list[str]) -> None:
    header = "".join(f"{row}\n" for row in rows)
    quick = heading._read_quickly(header)
    findings: list[Finding] = []
    careful = heading._read_fields(header_of(parse(f"---\n{header}---\n"), "x.md", findings), "x.md", findings)
    assert quick is None or (quick, []) == (careful, findings)


def test_a_usual_header_is_read_the_quick_way() -> None:
    header = "date: 2026-11-21 14:32\nsource: call   # call meeting\naccount: Acme Foods\nquotable: no\n"
    found = heading._read_quickly(header)
    assert found is not None
    assert (found.account, found.source) == ("Acme Foods", Source.CALL)


@pytest.mark.parametrize("tag", ["offrecrd", "off-record", "anonymos", "offtherecord", "private", "confidential", "no"])
def test_a_tag_that_may_hold_words_back_holds_them_back(tag: str) -> None:
    head = HEAD.replace("quotable: no", "quotable: named")
    note, _ = read(f"> It broke. #{tag}\n> [[doors]]\n\n> It works.\n", head)
    assert [quote.quotable for quote in note.quotes] == [Quotable.OFFRECORD, Quotable.NAMED]


def test_a_persons_own_tags_hold_nothing_back() -> None:
    head = HEAD.replace("quotable: no", "quotable: named")
    note, _ = read("> It broke.\n> [[doors]] #followup\n", head)
    assert note.quotes[0].quotable is Quotable.NAMED


def test_a_link_at_the_end_files_the_words_and_is_none_of_them() -> None:
    note, _ = read("> The flour is dear. [[dough-is-cold]] [[bills]] #critical ^k3f9\n")
    quote = note.quotes[0]
    assert (quote.text, quote.problems, quote.id) == ("The flour is dear.", ("dough-is-cold", "bills"), "k3f9")
    note, _ = read("> The [[dough-is-cold|dough]] is cold.\n")
    assert (note.quotes[0].text, note.quotes[0].problems) == ("The dough is cold.", ("dough-is-cold",))


def test_obsidians_quote_callout_is_a_quote_and_others_are_not() -> None:
    note, _ = read("> [!quote] P. Novak, Nordfrost\n> It broke.\n\n> [!note] Mine\n> not theirs\n")
    assert [(quote.text, quote.person, quote.account) for quote in note.quotes] == [
        ("It broke.", "P. Novak", "Nordfrost")
    ]


def test_a_line_that_only_seems_to_belong_to_a_quote_is_told() -> None:
    note, codes = read("> It broke, and\nnobody cared.\n")
    assert note.quotes[0].text == "It broke, and"
    assert [code.split()[1] for code in codes] == ["note/cut-quote"]
