"""Accounts: which name means which company, in every country's habit; and what mends it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stories
from heard.base.domains import domain_of
from heard.base.text import squeeze_company
from heard.catalogue.accounts import account_book, key_of
from heard.values import Account, Place
from stories import account, file, note, run, tree

KEPT_OUT = ("content/private/.changes", "content/private/.heard", ".heard")

FORMS = {
    "Austria": ["Nordfrost GesmbH", "Nordfrost Ges.m.b.H.", "Nordfrost e.U.", "Nordfrost OG"],
    "Belgium": ["Nordfrost BV", "Nordfrost B.V.B.A.", "Nordfrost SRL", "Nordfrost SPRL", "Nordfrost NV"],
    "Bulgaria": ["Nordfrost OOD", "Nordfrost EOOD", "Nordfrost AD"],
    "Croatia": ["Nordfrost d.o.o.", "Nordfrost d. o. o.", "Nordfrost j.d.o.o.", "Nordfrost d.d."],
    "Czechia": ["Nordfrost s.r.o.", "Nordfrost, spol. s r.o.", "Nordfrost a.s.", "Nordfrost v.o.s."],
    "Denmark": ["Nordfrost A/S", "Nordfrost ApS", "Nordfrost K/S", "Nordfrost I/S", "Nordfrost P/S"],
    "Estonia": ["Nordfrost OÜ", "Nordfrost AS"],
    "Finland": ["Nordfrost Oy", "Oy Nordfrost Ab", "Nordfrost Oyj", "Nordfrost Ky"],
    "France": ["Nordfrost SAS", "Nordfrost S.A.R.L.", "Nordfrost S.à r.l.", "Nordfrost EURL",
               "Nordfrost Société Anonyme"],
    "Germany": [
        "Nordfrost GmbH", "Nordfrost GmbH & Co. KG", "Nordfrost AG & Co. KGaA", "Nordfrost UG (haftungsbeschränkt)",
        "Nordfrost e.K.", "Nordfrost eG", "Nordfrost gGmbH", "Nordfrost G.m.b.H.", "Nordfrost OHG", "Nordfrost mbH",
    ],
    "Greece": ["Nordfrost Α.Ε.", "Nordfrost A.E.", "Nordfrost Ε.Π.Ε.", "Nordfrost Ι.Κ.Ε.", "Nordfrost E.P.E."],
    "Hungary": ["Nordfrost Kft.", "Nordfrost Zrt.", "Nordfrost Nyrt.", "Nordfrost Bt."],
    "India": ["Nordfrost Pvt. Ltd.", "Nordfrost Private Limited"],
    "Ireland": ["Nordfrost DAC", "Nordfrost Teoranta", "Nordfrost CLG"],
    "Italy": ["Nordfrost S.p.A.", "Nordfrost S. p. A.", "Nordfrost S.r.l.", "Nordfrost S.n.c.", "Nordfrost S.r.l.s."],
    "Japan": ["株式会社Nordfrost", "Nordfrost株式会社", "㈱Nordfrost", "Nordfrost K.K.",
              "Nordfrost Co., Ltd.", "（株）Nordfrost"],
    "Latvia and Lithuania": ["SIA Nordfrost", "UAB „Nordfrost“", "Nordfrost, UAB"],
    "Luxembourg": ["Nordfrost S.à r.l.", "Nordfrost S.C.A."],
    "Mexico and Brazil": ["Nordfrost S.A. de C.V.", "Nordfrost S. de R.L. de C.V.", "Nordfrost Ltda."],
    "Netherlands": ["Nordfrost B.V.", "Nordfrost N.V.", "Nordfrost V.O.F.", "Nordfrost Coöperatie U.A."],
    "Norway": ["Nordfrost AS", "Nordfrost ASA", "Nordfrost ANS"],
    "Poland": ["Nordfrost Sp. z o.o.", "Nordfrost sp. z o. o.", "Nordfrost sp.zo.o.", "Nordfrost Sp. z o.o. Sp. k.",
               "Nordfrost S.A.",
               "Nordfrost Spółka z ograniczoną odpowiedzialnością", "Nordfrost sp. j."],
    "Portugal": ["Nordfrost, Lda.", "Nordfrost S.A.", "Nordfrost Unipessoal Lda", "Nordfrost SGPS, S.A."],
    "Romania": ["S.C. Nordfrost S.R.L.", "Nordfrost SRL", "SC Nordfrost SA"],
    "Russia": ["ООО «Nordfrost»", "OOO Nordfrost", "ЗАО Nordfrost"],
    "Slovakia": ["Nordfrost, s. r. o.", "Nordfrost a. s."],
    "Slovenia": ["Nordfrost d.o.o.", "Nordfrost d.d."],
    "Spain": ["Nordfrost S.L.", "Nordfrost, S.A.", "Nordfrost S.L.U.", "Nordfrost S. Coop."],
    "Sweden": ["Nordfrost AB", "AB Nordfrost", "Nordfrost AB (publ)", "Nordfrost Aktiebolag", "Nordfrost HB"],
    "Switzerland": ["Nordfrost AG", "Nordfrost Sàrl", "Nordfrost Sagl", "Nordfrost GmbH"],
    "Turkey": ["Nordfrost A.Ş.", "Nordfrost Ltd. Şti."],
    "United Kingdom": ["Nordfrost Ltd", "Nordfrost Ltd.", "Nordfrost Limited", "Nordfrost PLC",
                       "Nordfrost LLP", "Nordfrost C.I.C."],
    "United States": ["Nordfrost, Inc.", "Nordfrost Corp.", "Nordfrost LLC", "Nordfrost L.L.C.",
                      "Nordfrost Co.", "Nordfrost & Company"],
}  # fmt: skip


@pytest.mark.parametrize("country", FORMS)
def test_legal_forms_of_every_country_are_left_off(country: str) -> None:
    assert len(FORMS) >= 20
    assert {name: squeeze_company(name) for name in FORMS[country]} == dict.fromkeys(FORMS[country], "nordfrost")


@pytest.mark.parametrize(
    ("name", "squeezed"),
    [
        ("Berlin Zoo", "berlinzoo"),
        ("Otto AG", "otto"),
        ("SA Foods", "safoods"),
        ("CO Bakery", "cobakery"),
        ("AS", "as"),
        ("GmbH", "gmbh"),
        ("Co. KG", "co"),
        ("株式会社", "株式会社"),
        ("SC Freiburg", "scfreiburg"),
        ("What Is", "whatis"),
        ("Sapphire", "sapphire"),
        ("株式会社山田製作所", "山田製作所"),
    ],
)
def test_what_only_looks_like_a_legal_form_stays(name: str, squeezed: str) -> None:
    assert squeeze_company(name) == squeezed


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("z.kowalczyk@mueller.example", "mueller.example"),
        ("<Z.Kowalczyk@Mueller.Example>", "mueller.example"),
        ("mailto:a@b.example", "b.example"),
        ("https://www.mueller.example/kontakt?x=1#y", "mueller.example"),
        ("http://user@mueller.example:8080", "mueller.example"),
        ("www.mueller.example/de", "mueller.example"),
        ("mueller.example", "mueller.example"),
        ("müller.example", "müller.example"),
        ("zofia@gmail.com", ""),
        ("zofia@yahoo.co.uk", ""),
        ("zofia@gmx.net", ""),
        ("https://www.linkedin.com/in/zofia", ""),
        ("Nordfrost S.p.A.", ""),
        ("Dr. Oetker", ""),
        ("a@b", ""),
        ("", ""),
    ],
)
def test_domains_are_read_out_of_addresses(text: str, domain: str) -> None:
    assert domain_of(text) == domain


MUELLER = Account(Place("a.md"), "mueller", "Müller Fördertechnik GmbH", domains=("mueller.example",))


@pytest.mark.parametrize(
    "name",
    ["z.kowalczyk@mueller.example", "https://mueller.example/team", "Mueller.example", "bot@mail.mueller.example"],
)
def test_an_address_means_the_account_of_its_domain(name: str) -> None:
    book = account_book([MUELLER], [name])
    assert book.find(name) is MUELLER
    assert book.counts_as(name) == "mueller"


def test_addresses_at_one_unknown_domain_are_one_account_and_those_of_anybody_are_not() -> None:
    names = ["a@acme.example", "b@acme.example", "anna@gmail.com", "bert@gmail.com", "c@acne.example"]
    book = account_book([MUELLER], names)
    assert len({book.counts_as(name) for name in names}) == 4
    assert book.counts_as("a@acme.example") == book.counts_as("b@acme.example")
    assert book.find("anna@gmail.com") is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_every_name_has_a_key_and_reading_it_never_fails(name: str) -> None:
    assert bool(key_of(name)) is bool(name.strip())
    assert account_book([MUELLER], [name]).counts_as(name) or not name.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three companies with files, two of them alike, and one that stands only in notes."""
    root = tmp_path / "workspace"
    (root / "content/private/notes").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    (root / "content/expert.yml").write_text("name: Maren Tolksdorf\n", "utf-8")
    file(root, "private/problems/doors-freeze.md", {"problem": "Dock doors freeze shut"})
    account(root, "mueller", "Müller Lagertechnik GmbH", domains=["mueller.example"], fit="yes", because="uptime")
    account(root, "muller", "Müller Lagertechnic")
    account(root, "nordfrost", "Nordfrost", aliases=["NF"])
    note(root, "2026-01-05", "Müller Lagertechnik", "Frozen.", at="doors-freeze")
    note(root, "2026-01-06", "Müller Lagertechnic", "Frozen again.", at="doors-freeze")
    note(root, "2026-01-07", "Birkenlund Oy", "Shut.", at="doors-freeze")
    note(root, "2026-01-08", "Birkenlund", "Shut again.", at="")
    note(root, "2026-01-09", "Birkenlund Oy", "Still shut.", at="")
    note(root, "2025-01-09", "[[mueller]]", "Open for once.", at="")
    return root


def files(root: Path) -> dict[str, str]:
    return tree(root, *KEPT_OUT)


def text(root: Path, name: str) -> str:
    return (root / "content/private/accounts" / name).read_text("utf-8")


def companies(root: Path) -> int:
    return int(run(root, "problems", "--json").data[0]["companies"])


def test_the_list_has_everybody_and_says_who_counts_as_one(root: Path) -> None:
    told = run(root, "accounts")
    assert [line.split("  ")[0] for line in told.out.strip().split("\n")] == [
        "Birkenlund Oy", "Müller Lagertechnic", "Müller Lagertechnik GmbH", "Nordfrost",
    ]  # fmt: skip
    assert "no file yet, last 2026-01-09" in told.out
    assert 'One company: heard account merge "Müller Lagertechnik GmbH" "Müller Lagertechnic"' in told.err
    assert told.err.count("count as one company") == 1
    data = {row["name"]: row for row in run(root, "account", "list", "--json").data}
    assert data["Birkenlund Oy"] == {
        "name": "Birkenlund Oy", "slug": None, "path": None, "industry": "", "fit": "unknown", "quotes": 3,
        "problems": 1, "last": "2026-01-09", "counts_as_one_with": [], "may_be_short_for": [],
    }  # fmt: skip
    assert data["Müller Lagertechnic"]["counts_as_one_with"] == ["Müller Lagertechnik GmbH"]
    assert data["Nordfrost"]["quotes"] == 0


def test_an_account_is_shown_by_name_address_or_without_a_file(root: Path) -> None:
    assert "no file yet" in run(root, "account", "birken").out
    assert run(root, "account", "x@mueller.example", "--json").data["account"]["slug"] == "mueller"
    assert run(root, "account", "--json", "NF").data["account"]["name"] == "Nordfrost"
    assert run(root, "account", "show", "NF").out.startswith("Nordfrost\n")
    assert run(root, "account", "nobody at all").code == 1


def test_two_accounts_become_one_and_two_again(root: Path) -> None:
    people = [{"name": "Zofia Kowalczyk", "role": "operations manager"}, {"name": "Petra Novak", "vip": "yes"}]
    theirs = [{"name": "Zofia Kowalczyk", "email": "z@mueller.example", "role": "shift lead"}]
    account(root, "muller", "Müller Lagertechnic", people=people, distinct_from=["Müller Lagertechnik", "Mühler"])
    account(
        root, "mueller", "Müller Lagertechnik GmbH", domains=["mueller.example"], fit="yes", because="uptime",
        people=theirs, facts={"sites": "4"}, tags=["own"], distinct_from=["muller"],
    )  # fmt: skip
    path = root / "content/private/accounts/mueller.md"
    path.write_text(path.read_text("utf-8") + "Met them in May.\n", "utf-8")
    before, counted = files(root), companies(root)
    done = run(root, "account", "merge", "mueller", "Lagertechnic")
    assert done.code == 0, done.err
    assert not path.exists()
    merged = text(root, "muller.md")
    for kept in ("uptime", "Met them in May.", "z@mueller.example", "vip", "Mühler", "sites", "own", "shift lead"):
        assert kept in merged, kept
    one = run(root, "account", "muller", "--json").data
    assert one["account"]["fit"] == "yes"
    assert one["account"]["distinct_from"] == ["Mühler"]
    assert [person["name"] for person in one["account"]["people"]] == ["Zofia Kowalczyk", "Petra Novak"]
    assert one["account"]["people"][0]["role"] == "operations manager"
    assert len(one["quotes"]) == 3
    for spelling in ("Müller Lagertechnik GmbH", "mueller", "a@mueller.example"):
        assert run(root, "account", spelling, "--json").data["account"]["slug"] == "muller"
    assert companies(root) == counted - 1
    assert run(root, "check").code == 0
    assert "merged the account" in run(root, "undo").out
    assert files(root) == before


@pytest.mark.parametrize(("people", "facts"), [("Dana", "many"), (["Dana", {"name": "Bo"}], ["many"])])
def test_what_is_written_wrongly_is_kept_as_words(people: object, facts: object, tmp_path: Path) -> None:
    root = stories.workspace(tmp_path / "w")
    account(root, "one", "Acme Foods", people=people, facts=facts)
    account(root, "two", "Nordfrost")
    assert run(root, "account", "merge", "Acme Foods", "Nordfrost").code == 0
    joined = (root / "content/private/accounts/two.md").read_text("utf-8")
    assert "- people: Dana\n" in joined
    assert "- facts: many\n" in joined
    assert ("{name: Bo}" in joined) is isinstance(people, list)


def test_a_name_without_a_file_can_be_merged_either_way(root: Path) -> None:
    assert run(root, "account", "merge", "Birkenlund", "Nordfrost").code == 0
    assert "- NF\n- Birkenlund Oy\n" in text(root, "nordfrost.md")
    assert run(root, "undo").code == 0
    assert run(root, "account", "merge", "Nordfrost", "Birkenlund").code == 0
    assert not (root / "content/private/accounts/nordfrost.md").exists()
    assert run(root, "account", "NF", "--json").data["account"]["name"] == "Birkenlund Oy"
    assert run(root, "undo").code == 0
    assert not (root / "content/private/accounts/birkenlund-oy.md").exists()


def test_an_address_that_was_taken_for_a_name_becomes_a_domain(root: Path) -> None:
    account(root, "anna", "anna@birkenlund.example")
    note(root, "2026-01-10", "bob@birkenlund.example", "Shut.", at="doors-freeze")
    assert run(root, "account", "merge", "anna@birkenlund.example", "Birkenlund").code == 0
    merged = text(root, "birkenlund-oy.md")
    assert "domains: [birkenlund.example]\n" in merged
    assert "aliases" not in merged
    assert len(run(root, "account", "birkenlund", "--json").data["quotes"]) == 4


def test_people_that_are_added_leave_the_others_as_they_stand(root: Path) -> None:
    path = root / "content/private/accounts/nordfrost.md"
    rows = "people:\n- name: Petra Novak   # shift lead\n  phone: +49 30 5550\n"
    path.write_text(f"---\nname: Nordfrost\n{rows}---\nWords.\n", "utf-8", newline="\r\n")
    account(root, "muller", "Müller Lagertechnic", people=[{"name": "Zofia Kowalczyk"}])
    assert run(root, "account", "merge", "muller", "nordfrost").code == 0
    longer = f"{rows}- {{name: Zofia Kowalczyk}}\n".replace("\n", "\r\n")
    assert longer in path.read_bytes().decode()


def test_a_spelling_is_added_and_means_the_account(root: Path) -> None:
    before = files(root)
    assert run(root, "account", "alias", "Nordfrost", "Nord Frost Logistik").code == 0
    assert "- NF\n- Nord Frost Logistik\n" in text(root, "nordfrost.md")
    made = run(root, "account", "alias", "Birkenlund", "BKL", "--json")
    assert made.data["files"] == ["content/private/accounts/birkenlund-oy.md"]
    assert run(root, "account", "bkl", "--json").data["account"]["name"] == "Birkenlund Oy"
    assert run(root, "undo").code == run(root, "undo").code == 0
    assert files(root) == before


def test_look_alikes_are_told_apart(root: Path) -> None:
    counted = companies(root)
    assert run(root, "account", "distinct", "mueller", "muller").code == 0
    assert "distinct_from: [Müller Lagertechnic]\n" in text(root, "mueller.md")
    assert companies(root) == counted + 1
    assert "count as one" not in run(root, "accounts").err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("merge", "NF", "nordfrost"), "is one account already"),
        (("merge", "nobody at all", "nordfrost"), "No account is called"),
        (("alias", "Nordfrost", "Müller Lagertechnik"), "means “Müller Lagertechnik GmbH” (content/private"),
        (("alias", "Nordfrost", "N.F."), "means “Nordfrost” already"),
        (("alias", "Nordfrost", " "), "empty spelling"),
        (("distinct", "NF", "Nordfrost"), "one name to heard"),
    ],
)
def test_what_cannot_be_is_told_and_left_alone(root: Path, arguments: tuple[str, ...], says: str) -> None:
    before = files(root)
    done = run(root, "account", *arguments)
    assert done.code == 1
    assert says in done.err
    assert files(root) == before


def test_told_apart_twice_changes_nothing(root: Path) -> None:
    assert run(root, "account", "distinct", "mueller", "muller").code == 0
    before = files(root)
    again = run(root, "account", "distinct", "muller", "mueller")
    assert again.code == 1
    assert "says so already" in again.err
    assert files(root) == before


def test_ambiguous_people_are_named_and_the_text_is_kept(root: Path) -> None:
    account(
        root,
        "nordfrost",
        "Nordfrost",
        people=[{"name": "Petra Novak"}, {"name": "Pavel Novak", "aliases": ["Petra Novak"]}],
    )
    note(root, "2026-02-01", "Nordfrost", "Whose?", at="doors-freeze", person="Petra Novak")
    before = files(root)
    told = run(root, "check")
    assert told.code == 0
    assert "“Petra Novak” may be Petra Novak (Nordfrost) and Pavel Novak (Nordfrost)" in told.out
    assert files(root) == before


def test_names_that_may_be_short_for_others_are_asked_about(root: Path) -> None:
    for name in (
        "Sonnlechner",
        "Sonnlechner Tiefkühlkost GmbH",
        "BVO",
        "Bäckerei-Verbund Oderbruchtal eG",
        "Acme Foods",
    ):
        note(root, "2026-03-01", name)
    listed = {row["name"]: row["may_be_short_for"] for row in run(root, "accounts", "--json").data}
    assert listed["Sonnlechner"] == ["Sonnlechner Tiefkühlkost GmbH"]
    assert listed["BVO"] == ["Bäckerei-Verbund Oderbruchtal eG"]
    assert listed["Acme Foods"] == []
    told = run(root, "accounts").err
    assert 'One company: heard account merge "BVO" "Bäckerei-Verbund Oderbruchtal eG"' in told


@pytest.mark.parametrize("name", ['O\'Hara "$HOME" `id` Foods', "Back\\slash! Foods", "--json Foods", "Plain Foods"])
def test_commands_that_are_shown_can_be_pasted(name: str, tmp_path: Path) -> None:
    root = stories.workspace(tmp_path / "w")
    account(root, "one", name)
    account(root, "two", f"{name} of Nowhere Hill")
    told = run(root, "accounts").err
    command = told.partition("One company: ")[2].partition("\n")[0]
    program, *words = shlex.split(command)
    assert program == "heard"
    assert run(root, *words).code == 0
    assert len(run(root, "accounts", "--json").data) == 1


def test_what_was_said_of_two_names_is_not_asked_again(root: Path) -> None:
    for name in ("Sonnlechner", "Sonnlechner Tiefkühlkost GmbH"):
        note(root, "2026-03-01", name)
    run(root, "account", "distinct", "Sonnlechner", "Sonnlechner Tiefkühlkost GmbH")
    assert "may be short" not in run(root, "accounts").err
