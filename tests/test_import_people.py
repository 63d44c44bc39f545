"""`heard import`: who a note's first line means, whose words it reports, and what is said of them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

import stories
from heard.base.domains import company_in
from heard.base.text import percent
from heard.listen.headers import Keys
from heard.listen.known import known_names
from heard.listen.note_drafts import note_drafts, open_note
from heard.listen.people import has_title, ours, without_title
from heard.listen.wording import told_of, weigh
from heard.values import Draft
from stories import run, terminal, until

WORDS = "We wait an hour for a free dock every morning."


def proposed(text: str, name: str = "note.txt", accounts: tuple[str, ...] = ()) -> list[Draft]:
    return note_drafts(open_note(text, name, []), Keys({}), known_names(accounts, [], ours(["Karla Weiss"])))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace of Karla Weiss in which nothing was heard yet."""
    root = stories.workspace(tmp_path / "workspace")
    (root / "content/expert.yml").write_text("name: Karla Weiss\ndomains: [weiss.example]\n", "utf-8")
    return root


# Who, and at which company


@pytest.mark.parametrize(
    ("first", "speaker", "account", "person"),
    [
        ("Call with Tom, Rotterdam Hub", "Tom", "Rotterdam Hub", "Tom"),
        ("Call with Rotterdam Hub, Tom", "Tom", "Rotterdam Hub", "Tom"),
        ("Call with Acme Foods, Dana Ruiz", "", "Acme Foods", "Dana Ruiz"),
        ("Call with Hallfrost, Kjersti Dahl", "", "Hallfrost", "Kjersti Dahl"),
        ("Call with Kjersti Dahl, Hallfrost", "", "Hallfrost", "Kjersti Dahl"),
        ("Call with Kjersti, Northwind", "Kjersti", "Northwind", "Kjersti"),
        ("Zoom with Priya, Globex GmbH", "", "Globex GmbH", "Priya"),
        ("Zoom with Globex GmbH, Priya", "", "Globex GmbH", "Priya"),
        ("Call with Tom, Jansen Logistics", "", "Jansen Logistics", "Tom"),
        ("Spoke to Tom at Rotterdam Hub", "", "Rotterdam Hub", "Tom"),
        ("Call with Tom", "Tom", "", "Tom"),
        ("Mr Tom Baker, Rotterdam Hub, call", "", "Rotterdam Hub", "Tom Baker"),
        ("Gespräch mit Frau Größler, Überlinger Lager, 3.9.2026", "", "Überlinger Lager", "Größler"),
        ("Besuch Überlinger Lager, Frau Größler, 3.9.2026", "Frau Größler", "Überlinger Lager", "Größler"),
        ("Meeting mit Herrn Prof. Dr. Weber bei Sonnlechner", "", "Sonnlechner", "Weber"),
        ("Rendez-vous avec Mme Durand, Entrepôt Lyon, 3 mars 2026", "", "Entrepôt Lyon", "Durand"),
        ("Termin mit Herrn Voss, Voss Logistik GmbH", "", "Voss Logistik GmbH", "Voss"),
        ("Call with Dr. Oetker GmbH, Anna", "", "Dr. Oetker GmbH", "Anna"),
        ("Call with ING Bank, Petra", "", "ING Bank", "Petra"),
        ("Meeting Tinsley and Crook 3 Dec 2025", "", "Tinsley and Crook", ""),
        ("Call with Old Quern Seafood, Nuno Carvalho", "", "Old Quern Seafood", "Nuno Carvalho"),
    ],
)
def test_a_first_line_names_a_person_and_a_company_in_either_order(
    first: str, speaker: str, account: str, person: str
) -> None:
    (draft,) = proposed(f"{first}\n\n{f'{speaker}: {WORDS}' if speaker else f'“{WORDS}”'}\n")
    assert (draft.account, draft.person) == (account, person)


@pytest.mark.parametrize("first", ["Call with Tom, Skagen Ny", "Call with Skagen Ny, Tom"])
def test_a_company_that_is_known_is_the_company_on_either_side(first: str) -> None:
    (draft,) = proposed(f"{first}\nTom: {WORDS}\n", accounts=("Skagen Ny A/S",))
    assert (draft.account, draft.person) == ("Skagen Ny A/S", "Tom")


def test_several_people_of_one_company_are_nobody_in_particular() -> None:
    (draft,) = proposed(f"Spoke with Tom and Anna, Rotterdam Hub\n\n“{WORDS}”\n")
    assert (draft.account, draft.person) == ("Rotterdam Hub", "")


def test_only_people_are_addressed() -> None:
    assert all(map(has_title, ("Frau Größler", "Mr. Baker", "Dr. Rao", "Mme Durand", "Herr Dr. Voss")))
    assert not any(map(has_title, ("ING Bank", "MS Logistik", "Mag Lev", "Rotterdam Hub", "Frau")))
    assert without_title("Herrn Prof. Dr. Weber") == "Weber"


def test_why_never_lacks_its_subject() -> None:
    (draft,) = proposed(f"Acme: {WORDS}\n", accounts=("Acme Foods",))
    assert draft.why.startswith("somebody at Acme Foods said it")


# An e-mail's domain


MAIL = (
    "From: Piet Janssen <piet@{}>\nTo: Karla <k@weiss.example>\nDate: Mon, 2 Nov 2026 10:00:00 +0100\n\n"
    "We wait an hour for a free dock every morning and nobody tells us why.\n"
)


@pytest.mark.parametrize(
    ("domain", "account"),
    [
        ("janssen-lager.example", "Janssen Lager"),
        ("mail.harbour.example", "Harbour Freight Ltd"),
        ("gmail.com", ""),
    ],
)
def test_an_e_mail_proposes_the_account_of_its_domain(desk: Path, tmp_path: Path, domain: str, account: str) -> None:
    stories.account(desk, "harbour", "Harbour Freight Ltd", domains=["harbour.example"])
    mail = tmp_path / "dock.eml"
    mail.write_text(MAIL.format(domain), "utf-8")
    (draft,) = run(desk, "import", str(mail), "--json").data["drafts"]
    assert (draft["account"], draft["person"]) == (account, "Piet Janssen")


def test_our_own_mail_speaks_of_whom_it_goes_to(desk: Path, tmp_path: Path) -> None:
    mail = tmp_path / "dock.eml"
    mail.write_text(
        "From: Karla Weiss <k@weiss.example>\nTo: piet@janssen-lager.example\n\n"
        "On 2 Nov 2026, at 10:00, Piet Janssen wrote:\n\n> Nobody finds the key at night and we lose an hour.\n",
        "utf-8",
    )
    found = run(desk, "import", str(mail), "--json").data["drafts"]
    assert [one["account"] for one in found] == ["Janssen Lager"] * len(found)


def test_a_domain_is_read_as_its_owner_is_called() -> None:
    assert company_in("mail.janssen-lager.co.uk") == "Janssen Lager"


# Words that a note reports


@pytest.mark.parametrize(
    ("text", "words", "person"),
    [
        ("He said: we never find the pallet when it is late", "we never find the pallet when it is late", ""),
        ("she says the returns pile up until Saturday", "the returns pile up until Saturday", ""),
        ("Er sagt, wir finden die Palette nie.", "wir finden die Palette nie.", ""),
        ("Nice man. He told me they lose an hour each night. Lunch.", "they lose an hour each night.", ""),
        ("- The owner complained that nobody finds the key here", "nobody finds the key here", ""),
        ("Frau Voss meinte: Die Retouren liegen bis Samstag herum.", "Die Retouren liegen bis Samstag herum.", "Voss"),
        ("Anna Weber says the batteries die at night", "the batteries die at night", "Anna Weber"),
    ],
)
def test_words_behind_she_says_are_the_other_sides(text: str, words: str, person: str) -> None:
    (draft,) = proposed(f"{text}\n")
    assert (draft.text, draft.person) == (words, person)
    assert draft.why.startswith("follows “")


@pytest.mark.parametrize(
    "text",
    [
        "I said we never find the time",
        "Karla said we lose too much money every night",
        "He said he will send the offer, it is late",
        "He said yes. Sie sagen, was sie wollen.",
        "## Next steps\nShe said we need the offer, the last one was wrong",
    ],
)
def test_our_own_words_and_plans_are_not_reported_ones(text: str) -> None:
    assert proposed(f"{text}\n") == []


# What is said of them


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Die Retouren liegen bis Samstag herum.", "names a problem: “liegen bis Samstag herum”"),
        ("Die Nacht weiß, dass der Ofen spinnt.", ""),
        ("The batteries die before the night shift ends.", "names a problem: “die”"),
        ("In summer the batteries don’t last until the end of our shift.", "says what goes wrong: “don't last until"),
        ("We don't have a list and the trucks wait for us.", "names a problem: “wait”"),
        ("Wir finden die Palette nie, und keiner sucht.", "says what goes wrong: “keiner sucht”"),
    ],
)
def test_a_sentence_is_weighed_in_its_own_language_and_says_what_it_names(words: str, told: str) -> None:
    said = told_of(weigh(words))
    assert told in said
    assert bool(said) == bool(told)


def test_a_share_is_written_in_one_way() -> None:
    assert [percent(share) for share in (0, 0.004, 0.714, 0.999, 1)] == ["0 %", "< 1 %", "71 %", "99 %", "100 %"]


# What is left over


def test_files_without_a_proposal_are_named(desk: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"n{at}.txt" for at in range(1, 9)]
    for at, path in enumerate(paths):
        path.write_text(f"lunch at noon {at}\n", "utf-8")
    few = run(desk, "import", "--dry-run", *map(str, paths[:6]))
    assert "6 files had nothing to propose (n1.txt, n2.txt, n3.txt, n4.txt, n5.txt, n6.txt)" in few.out
    many = run(desk, "import", "--dry-run", *map(str, paths))
    assert "8 files had nothing to propose (n1.txt, n2.txt, n3.txt, n4.txt, n5.txt and 3 more)" in many.out


def test_a_date_in_a_header_that_cannot_be_read_is_told_and_the_words_come_in(desk: Path, tmp_path: Path) -> None:
    note = tmp_path / "n.md"
    note.write_text(
        "---\naccount: Acme\ndate: 2026-31-09\nwhen: next week\n---\nDana: We lose an hour every night.\n", "utf-8"
    )
    done = run(desk, "import", str(note))
    assert (done.code, "1 quote proposed" in done.out) == (0, True)
    assert "n.md:3: worth a look: `date: 2026-31-09` is not a day of the calendar" in done.err
    assert done.err.count("[import/date]") == 1


@pytest.mark.parametrize("early", ["xq", "Q"])
def test_q_ends_the_inbox_though_it_was_typed_while_it_read(desk: Path, early: str) -> None:
    note = desk.parent / "n.txt"
    note.write_text(f"Call with Tom, Rotterdam Hub\nTom: {WORDS}\n", "utf-8")
    run(desk, "import", str(note))
    with terminal(desk, "inbox") as (child, screen):
        until(screen, "Reading")
        os.write(screen, early.encode())
        assert "0 decisions saved. 1 item is" in until(screen, "still in the inbox")
        assert child.wait(20) == 0


def test_ctrl_c_ends_the_inbox_while_it_reads(desk: Path) -> None:
    with terminal(desk, "inbox") as (child, screen):
        until(screen, "Reading")
        child.send_signal(signal.SIGINT)
        assert child.wait(20) in (0, 1, 130)
