"""Known secrets are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pickle
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

import people
import real
from hiding import ADDRESS_WAYS, ANYTHING, LONG_NAMES, PHONE_WAYS, WAYS, Way

from heard.leaks.matcher import Matcher, build, find
from heard.leaks.normal import key, places, plain, squeezed
from heard.leaks.secret import Form, Hit, Kind, Piece, Secret, Sureness

PERSONS = (
    "Zofia Kowalczyk",
    "Ina Berger",
    "Björn Åkesson",
    "Jörg Müller",
    "Ludwig van der Berg",
    "Søren Østergård",
    "Ann Lee",
)
COMPANIES = ("Müller Fördertechnik GmbH", "Nordfrost AS", "Acme Foods Ltd", "Wilhelmsen & Voss SARL")
EMAILS = ("z.kowalczyk@mueller-foerdertechnik.example", "info@mft.example")
DOMAINS = ("mueller-foerdertechnik.example", "mft.example")
PHONES = ("+49 30 5550 100", "+1 212 555 0100", "+44 20 7946 0018")

needs_data = pytest.mark.skipif(not real.DATA.is_dir(), reason=f"the real texts are not at {real.DATA}")


def of(kind: Kind, *texts: str, lang: str = "en") -> Matcher:
    return build([Secret(f"s{number:03}", kind, text) for number, text in enumerate(texts)], lang)


def hits(matcher: Matcher, text: str, form: Form = Form.TEXT) -> tuple[Hit, ...]:
    return find(matcher, Piece(text, form))


def told(matcher: Matcher, text: str, form: Form = Form.TEXT) -> set[tuple[str, str, int]]:
    return {(hit.secret.text, hit.sureness.value, hit.line) for hit in hits(matcher, text, form)}


def frames(hidden: str, form: Form) -> Sequence[str]:
    if form is Form.NAME:
        return (hidden, f"site/{hidden}/index.html")
    if form is Form.MARKUP:
        return (f"<p>We spoke with {hidden} of it.</p>", f"<li>\n({hidden}), and</li>")
    return (f"We spoke with {hidden} of it.", f"So:\n({hidden}), and")


def missed(way: Way, secret: str, matcher: Matcher) -> list[str]:
    return [
        f"{form}: {text}"
        for form in way.forms
        for text in frames(way.hide(secret), form)
        if not hits(matcher, text, form)
    ]


def test_there_are_a_hundred_ways_to_hide() -> None:
    assert len({way.name for way in WAYS}) == len(WAYS) >= 100


@pytest.fixture(scope="module")
def persons() -> dict[str, Matcher]:
    return {name: of(Kind.PERSON, name) for name in PERSONS}


@pytest.fixture(scope="module")
def companies() -> dict[str, Matcher]:
    return {name: of(Kind.ACCOUNT, name) for name in COMPANIES}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_person_is_found_however_hidden(way: Way, persons: dict[str, Matcher]) -> None:
    for name, matcher in persons.items():
        if way.of != LONG_NAMES or max(map(len, name.split())) >= 5:
            assert missed(way, name, matcher) == []


@pytest.mark.parametrize("way", [way for way in WAYS if way.of == ANYTHING], ids=lambda way: way.name)
def test_a_company_is_found_however_hidden(way: Way, companies: dict[str, Matcher]) -> None:
    for name, matcher in companies.items():
        assert missed(way, name, matcher) == []


@pytest.mark.parametrize("way", ADDRESS_WAYS, ids=lambda way: way.name)
def test_an_address_is_found_however_hidden(way: Way) -> None:
    for text in EMAILS:
        assert missed(way, text, of(Kind.EMAIL, text)) == []
    for text in DOMAINS:
        assert missed(way, text, of(Kind.DOMAIN, text)) == []


@pytest.mark.parametrize("way", PHONE_WAYS, ids=lambda way: way.name)
def test_a_number_is_found_however_written(way: Way) -> None:
    for text in PHONES:
        assert missed(way, text, of(Kind.PHONE, text)) == []


def test_the_whole_name_is_told_of_and_not_its_parts() -> None:
    matcher = build(
        [
            Secret("a001", Kind.PERSON, "Sara Schwarz"),
            Secret("a002", Kind.NAME_WORD, "Sara"),
            Secret("a003", Kind.NAME_WORD, "Schwarz"),
        ]
    )
    assert told(matcher, "We asked Sara Schwarz.\nThen Sara left.") == {
        ("Sara Schwarz", "block", 1),
        ("Sara", "review", 2),
    }
    assert told(matcher, "SARA SCHWARZ") == {("Sara Schwarz", "block", 1)}
    assert told(matcher, "we asked <b>Sara</b> Schwarz", Form.MARKUP) == {("Sara Schwarz", "block", 1)}
    assert told(matcher, "team/sara.html", Form.NAME) == {("Sara", "review", 1)}
    assert told(matcher, "sahara sarah-free sarafan") == set()


def test_short_names_need_the_edges_of_words() -> None:
    matcher = of(Kind.PERSON, "Ann Lee")
    for there in (
        "Ann Lee",
        "ANN LEE",
        "AnnLee",
        "ann-lee",
        "Ann\nLee",
        "A n n  L e e",
        "Lee, Ann",
        "Ann Lees",
        "A. Lee",
    ):
        assert hits(matcher, f"with {there}, too"), there
    for other in ("mann leer", "Joann Leeds", "an nlee", "plan. Leeward", "channel e e"):
        assert not hits(matcher, other), other


def test_everyday_words_that_are_names_need_a_capital() -> None:
    matcher = of(Kind.NAME_WORD, "Will", "Mark", "Kowalczyk")
    assert told(matcher, "You will mark it.") == set()
    assert told(matcher, "Mark the box. Will it do?") == set()
    assert told(matcher, "<p>Yes</p><p>Mark the box</p>", Form.MARKUP) == set()
    assert told(matcher, "mark-will.html", Form.NAME) == set()
    assert told(matcher, "We asked Mark about it.") == {("Mark", "review", 1)}
    assert told(matcher, "We asked kowalczyk about it.") == set()
    assert told(matcher, "See https://x.example/kowalczyk/ for it.") == {("Kowalczyk", "review", 1)}
    assert told(matcher, "We asked\nKowalczyka and Kowalczyk's") == {("Kowalczyk", "review", 2)}


def test_names_of_everyday_words_are_sure_only_with_capitals() -> None:
    matcher = of(Kind.PERSON, "Will Price")
    assert told(matcher, "and Will Price said") == {("Will Price", "block", 1)}
    assert told(matcher, "what it will price at") == {("Will Price", "review", 1)}
    assert told(matcher, "I will. Price is what matters") == set()


def test_companies_that_are_ordinary_words_are_for_a_person_to_look_at() -> None:
    matcher = of(Kind.ACCOUNT, "Target Corp.", "Nordfrost AS")
    assert told(matcher, "on target with Target") == {("Target Corp.", "review", 1)}
    assert told(matcher, "with Target Corp") == {("Target Corp.", "block", 1)}
    assert told(matcher, "with nordfrost") == {("Nordfrost AS", "block", 1)}
    assert told(matcher, "bei Nordfrosts und Norfrost") == {("Nordfrost AS", "review", 1)}


def test_short_aliases_are_for_a_person_to_look_at() -> None:
    matcher = of(Kind.ALIAS, "MFT", "Zosia")
    assert told(matcher, "MFT and Zosia, soft mft") == {("MFT", "review", 1), ("Zosia", "block", 1)}
    assert told(matcher, "mft-report.pdf", Form.NAME) == {("MFT", "review", 1)}


def test_the_ends_of_two_names_in_a_list_are_no_third_name() -> None:
    matcher = of(Kind.PERSON, "Igor Popov")
    for names in ("- Jack Popov\n- Igor Quist", "Jack Popov, Igor Quist", "Ann Popov & Igor Quist"):
        assert {hit.sureness for hit in hits(matcher, names)} == {Sureness.REVIEW}, names
    assert {hit.sureness for hit in hits(matcher, "<li>Jack Popov</li><li>Igor Quist</li>", Form.MARKUP)} == {
        Sureness.REVIEW
    }
    assert {hit.sureness for hit in hits(matcher, "by Popov, Igor")} == {Sureness.BLOCK}


def test_letters_that_follow_each_other_by_chance_are_for_a_person_to_look_at() -> None:
    matcher = of(Kind.PERSON, "Andrea King")
    assert told(matcher, "lurking and reading lowers") == {("Andrea King", "review", 1)}
    assert told(matcher, "by xAndreaKingx and") == {("Andrea King", "block", 1)}


def test_domains_are_no_sentences() -> None:
    matcher = of(Kind.DOMAIN, "open.example", "mft.example")
    assert hits(matcher, "https://mft.example/a?b")
    assert hits(matcher, "mail to x@mft.example.")
    assert not hits(matcher, "it is open. Example one")
    assert not hits(matcher, "xmft.example or mft.examples")


def test_a_number_is_no_part_of_another_one() -> None:
    matcher = of(Kind.PHONE, "+49 30 5550 100")
    for other in ("130555010012", "30, 5550, 100", "eosssoioo"):
        assert not hits(matcher, other), other
    for there in ("Tel. 030/5550100", "0049 (0)30 5550-100"):
        assert hits(matcher, there), there


def test_six_words_of_a_quote_are_found_over_lines_and_tags() -> None:
    matcher = of(Kind.WORDS, "the first two hours of every")
    page = "<p>We lose <em>the first\ntwo</em> hours, of every night</p>"
    assert told(matcher, page, Form.MARKUP) == {("the first two hours of every", "block", 1)}
    assert not hits(matcher, "the first three hours of every")


def test_what_is_shown_hides_no_name_in_it() -> None:
    matcher = build(
        [Secret("a001", Kind.SHOWN, "Zofia Kowalczyk told us this."), Secret("a002", Kind.PERSON, "Zofia Kowalczyk")]
    )
    assert {hit.secret.id for hit in hits(matcher, "“Zofia Kowalczyk told us this.”")} == {"a001", "a002"}


@pytest.mark.parametrize(
    ("text", "form", "line"),
    [
        ("a\nb\nby Zofia Kowalczyk", Form.TEXT, 3),
        ("<p>a</p>\n<!-- x\ny -->\n<p\nid=a>Zo<b>fia</b> Kowalczyk", Form.MARKUP, 5),
        ("<p>\n<!-- x\nZofia Kowalczyk -->\n", Form.MARKUP, 3),
        ('<p>\n<img\nsrc="a" alt="Zofia Kowalczyk">', Form.MARKUP, 2),
        ("a\n\nWm9maWEgS293YWxjenlr", Form.DATA, 3),
        ("&amp;\n&#10;\nZofia&#32;Kowalczyk", Form.MARKUP, 3),
        ("Zofia Kowal-\nczyk", Form.TEXT, 1),
    ],
)
def test_the_line_is_told(text: str, form: Form, line: int) -> None:
    assert {hit.line for hit in hits(of(Kind.PERSON, "Zofia Kowalczyk"), text, form)} == {line}


def test_it_is_told_how_a_secret_was_hidden() -> None:
    matcher = of(Kind.PERSON, "Zofia Kowalczyk")
    assert [hit.how for hit in hits(matcher, "Zofia Kowalczyk &amp; Wm9maWEgS293YWxjenlr")] == [""]
    assert [hit.how for hit in hits(matcher, "Wm9maWEgS293YWxjenlr")] == ["base64"]
    assert [hit.how for hit in hits(matcher, "kyzclawoK aifoZ")] == ["reversed"]
    assert [hit.how for hit in hits(matcher, "Zofia Kowalczik")] == ["nearly so spelt"]


def test_only_a_few_lines_are_told_of_a_secret() -> None:
    assert [hit.line for hit in hits(of(Kind.PERSON, "Zofia Kowalczyk"), "Zofia Kowalczyk\n" * 100)] == [1, 2, 3, 4, 5]


def test_a_matcher_goes_to_other_processes_and_says_nothing_of_its_secrets() -> None:
    matcher = of(Kind.PERSON, "Zofia Kowalczyk")
    again = pickle.loads(pickle.dumps(matcher))
    assert hits(again, "zofia-kowalczyk", Form.NAME) == hits(matcher, "zofia-kowalczyk", Form.NAME) != ()
    assert "Zofia" not in repr(matcher)


def test_nothing_is_found_without_secrets_or_in_secrets_without_letters() -> None:
    assert hits(build([]), "Zofia Kowalczyk") == ()
    empty = build(
        [Secret(f"e{n}", kind, text) for kind in Kind for n, text in enumerate(("", " ", "—", "@", "+", "."))]
    )
    assert hits(empty, "Zofia — @ + . Kowalczyk <b>&amp;</b>") == ()


def test_other_scripts_are_found_in_any_case() -> None:
    matcher = of(Kind.PERSON, "Иван Кузнецов", "Γιώργος Παπαδόπουλος")
    for text in ("иван кузнецов", "ИВАН КУЗНЕЦОВ", "Иван Кузнецов", "ΓΙΏΡΓΟΣ ΠΑΠΑΔΌΠΟΥΛΟΣ", "Γιώργος Παπαδόπουλος"):
        assert hits(matcher, f"— {text}."), text
    assert hits(of(Kind.ACCOUNT, "株式会社山田製作所"), "昨日、山田製作所の人と話した")


MATCHER = of(Kind.PERSON, "Zofia Kowalczyk")
EVERYTHING = build(people.secrets(30, 30, rest=True))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(Form))
def test_a_name_is_found_in_any_text(before: str, behind: str, form: Form) -> None:
    assert hits(MATCHER, f"{before}\n Zofia Kowalczyk \n{behind}", form)


ODD = st.text(
    st.sampled_from("&%\\<>=#x;uU0123456789abcdefABCDEF+/-_\"'@$!.\n\r\x00\x1e \u00adüя漢\U0001d400\ud800![]()"),
    max_size=120,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ODD, st.text(max_size=120)), st.sampled_from(Form))
def test_no_text_makes_it_fail(text: str, form: Form) -> None:
    for hit in hits(EVERYTHING, text, form):
        assert 0 <= hit.line <= text.count("\n") + 1


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.sampled_from(Kind))
def test_any_secret_can_be_looked_for(text: str, kind: Kind) -> None:
    hits(of(kind, text), f"so {text} it is")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=600))
def test_letters_are_found_back(text: str) -> None:
    folded = plain(text)
    letters = key(folded)
    at = places(folded, range(len(letters)))
    assert all(letters[number] in key(folded[place]) for number, place in at.items())
    assert len(at) == len(letters)


def test_squeezed_is_what_is_left_of_a_text() -> None:
    assert squeezed("Ｍüller–Fördertеchnik, GmbH ™") == "mullerfordertechnikgmbh"


@pytest.mark.parametrize(
    "repeated",
    [
        "&",
        "&#",
        "&amp;",
        "%",
        "%4",
        "%41",
        "\\",
        "\\u",
        "\\u00",
        "\\41 ",
        "<",
        "<a ",
        "<!--",
        "<!-- -->",
        '<a b="',
        "<a b='>",
        "](",
        "[a](",
        "QUJD",
        "aGVsbG8g",
        "a",
        "A",
        "aB",
        "4",
        "41",
        "41 ",
        "=",
        "=\n",
        "=41",
        "-\n",
        "a-\n",
        "a ",
        "a.",
        "@",
        "a@",
        "$a",
        "xn--",
        "Zofia ",
        "Zofia Kowalczyk ",
        "zofiakowalczy",
        "\x00",
        "a\x00",
        "\xc3\xbc",
        "ü",
        "\u0308",
        "я",
        "0x41, ",
        "data-cfemail='",
        "fromCharCode(65,",
    ],
)
@pytest.mark.parametrize("form", [Form.MARKUP, Form.DATA])
def test_time_grows_with_the_text_only(repeated: str, form: Form) -> None:
    text = (repeated * 50_000)[:50_000]
    started = time.process_time()
    hits(EVERYTHING, text, form)
    hits(MATCHER, text, form)
    assert time.process_time() - started < 1


def blocks(matcher: Matcher, most: int) -> tuple[list[str], Counter[str], int, list[str]]:
    """What of real text is taken for a secret that it is not, what is to be looked at, and of how many characters.

    A name that stands there letter for letter belongs to somebody of that name: it is rightly found, and told of apart.
    """
    wrong: list[str] = []
    there: list[str] = []
    review: Counter[str] = Counter()
    looked = 0
    for folder, text in real.texts():
        if looked < most:
            looked += len(text)
            lines = text.split("\n")
            for hit in hits(matcher, text, Form.DATA if folder == "feed-cases" else Form.TEXT):
                if hit.sureness is Sureness.BLOCK and hit.secret.text in lines[hit.line - 1]:
                    there.append(f"{folder}:{hit.line}: {hit.secret.text}")
                elif hit.sureness is Sureness.BLOCK:
                    wrong.append(f"{folder}:{hit.line}: {hit.secret.text}")
                else:
                    review[hit.secret.kind.value] += 1
    return wrong, review, looked, there


@needs_data
def test_real_text_holds_no_leak_by_chance() -> None:
    wrong, review, looked, there = blocks(build(people.secrets(500, 500)), 5_000_000)
    assert wrong == there == []
    assert looked > 5_000_000
    assert sum(review.values()) * 1_000_000 / looked < 3


@needs_data
@pytest.mark.stress
def test_no_other_names_are_in_real_text_either() -> None:
    for seed in range(10, 20):
        some = [Secret(f"p{n:05}", Kind.PERSON, name) for n, name in enumerate(people.persons(2500, seed))]
        some += [Secret(f"c{n:05}", Kind.ACCOUNT, name) for n, name in enumerate(people.companies(2500, seed))]
        wrong, _, _, there = blocks(build(some), 20_000_000)
        assert wrong == []
        assert len(there) < 20, there


def test_an_address_is_told_as_one_and_not_as_signs_for_letters() -> None:
    known = (Secret("a", Kind.ACCOUNT, "Forno Bassi"), Secret("d", Kind.DOMAIN, "forno-bassi.example"))
    hits = find(build(known), Piece("one\nmail gerda@forno-bassi.example now"))
    assert [(hit.secret.kind, hit.line, hit.how) for hit in hits] == [(Kind.DOMAIN, 2, "")]
    assert [hit.how for hit in find(build(known), Piece("F@rno and Forno B@ssi"))] == ["signs for letters"]
