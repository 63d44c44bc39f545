"""Papers in five languages: their words, marks, hyphens and letters, in print and on the page."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from site_sample import HAND_WRITTEN, URL, build, catalogue
from validators import faults

from heard.base.gaps import gaps
from heard.catalogue.public import read_expert
from heard.pipeline.drafting import _outline_words
from heard.pipeline.pdf import job
from heard.publish import pdf, speaking, wording
from heard.publish.body import page_body
from heard.publish.dialect import expand, in_short
from heard.publish.engine import weasyprint_with
from heard.publish.finishing import hyphens
from heard.publish.fonts import FOLDER, font_face_css
from heard.publish.languages import locale
from heard.publish.lines import split
from heard.publish.papers import papers
from heard.publish.site import site
from heard.publish.typography import typeset, typeset_lines
from heard.publish.words import languages, raw
from heard.values import (
    Approved,
    ApprovedProblem,
    ApprovedQuote,
    Ask,
    Author,
    Expert,
    Finding,
    KeyFigure,
    Paper,
    Place,
    Problem,
    PublicCatalogue,
    Speech,
)
from heard.workspace import PublicWorkspace, Settings
from heard.write.outline import outline
from heard.write.prose.words import headed, lists

HERE = Path(__file__).parent / "languages"
FIVE = ("de", "fr", "es", "pl", "el")
HEADS = yaml.safe_load((HERE / "heads.yml").read_text(encoding="utf-8"))
DAY = date(2026, 11, 1)

GERMAN = Speech(
    "de", "Kühlhäuser bei Nacht", "Elf Jahre lang habe ich nachts gezählt.",
    ask=Ask("Schicken Sie mir eine Woche", "Zurück kommt eine Seite.", "Messwerte schicken", "contact/"),
)  # fmt: skip
MARKED = {
    "de": ("„aufgerundet“", "Das war schon ‚immer‘ so.“", "„Ladeverhalten in Kühlhäusern“", "‚morgen‘"),
    "fr": ("personne\u00a0: la", "«\u00a0C’est “toujours” comme ça.\u00a0»", "panne", "“demain”", "Non\u00a0!"),
    "es": ("«Esto “siempre” ha sido así.»", "¿Hace falta otro cargador?", "“mañana”"),
    "pl": ("„Tak było «zawsze».”", "„Ładowanie w chłodniach”", "«jutro»", "Zażółcony"),
    "el": ("«Έτσι ήταν “πάντα”.»", "“αύριο”", "φορτιστής; Όχι!"),
}
"""What stands in each paper once its straight marks are set."""

WORDS = {
    "de": (
        "Kurz gesagt",
        "mindestens sechs Unternehmen haben mir das gesagt",
        "Fassung vom 1. November 2026",
        "Tabelle 1",
    ),
    "fr": ("En bref", "au moins six entreprises me l’ont dit", "Version du 1er novembre 2026", "Tableau 1"),
    "es": ("En resumen", "al menos seis empresas me lo han contado", "Versión del 1 de noviembre de 2026", "Tabla 1"),
    "pl": ("W skrócie", "co najmniej sześć firm powiedziało mi o tym", "Wersja z 1 listopada 2026", "Tabela 1"),
    "el": ("Με λίγα λόγια", "τουλάχιστον έξι εταιρείες μου το έχουν πει", "1 Νοεμβρίου 2026", "Πίνακας 1"),
}
"""Fixed words that each PDF says."""


@cache
def made() -> dict[str, Paper]:
    """The five papers, as the site makes them."""
    problems, heard = [], {}
    for lang in FIVE:
        head, place = HEADS[lang], Place(f"content/problems/{lang}.md")
        problems.append(
            Problem(
                place,
                lang,
                head["problem"],
                public=True,
                title=head["title"],
                answer=head["answer"],
                lang=lang,
                not_for=(head["not_for"],),
                figures=(KeyFigure("2 h", head["problem"]),),
                published=DAY,
                body=(HERE / f"{lang}.md").read_text(encoding="utf-8"),
                body_line=10,
                aliases=(head["title"],),
            )
        )
        quote = ApprovedQuote("k3f9", head["quote"], head["by"])
        heard[lang] = ApprovedProblem(6, "2026-Q1", ("cold",), (head["by"].split(",")[0],), (quote,))
    whole = replace(known(), problems=tuple(problems), approved=Approved(problems=heard))
    found, findings = papers(whole, site_url=URL, content=Path("content"), today=DAY)
    assert not findings
    return {paper.lang: paper for paper in found}


def known() -> PublicCatalogue:
    """A writer of English, with an ask, who speaks German, too."""
    found = catalogue()
    return replace(found, expert=replace(found.expert, languages=(GERMAN,)))


@cache
def printed(lang: str) -> tuple[bytes, int]:
    """A paper's PDF and its pages."""
    expert = replace(known().expert, address="Am Musterkai 12", email="a@cold.example", notice="")
    made_job = job(made()[lang], expert, PublicWorkspace(Path("/nowhere")), Settings("Notes", URL))
    found, findings = pdf.render(made_job, FOLDER)
    assert not findings
    return found.content, found.pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDFs of all five, by language."""
    whole = tmp_path_factory.mktemp("languages")
    for lang in FIVE:
        (whole / f"{lang}.pdf").write_bytes(printed(lang)[0])
    return whole


def copied(path: Path, how: str = "") -> str:
    """The words of a PDF as they come out where somebody copies them: soft hyphens join what they divide."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here")
    done = subprocess.run(["pdftotext", *how.split(), str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("lang", FIVE)
def test_a_pdf_is_valid_and_says_its_language(lang: str, folder: Path) -> None:
    assert faults(folder / f"{lang}.pdf") == []
    with pikepdf.open(folder / f"{lang}.pdf") as opened:
        assert str(opened.Root.Lang) == lang


@pytest.mark.parametrize("lang", FIVE)
def test_a_pdf_has_the_words_and_marks_of_its_language(lang: str, folder: Path) -> None:
    text = " ".join(re.sub("\u00ad\n", "", copied(folder / f"{lang}.pdf")).replace("\u00ad", "").split(" "))
    text = re.sub(r"[ \n\f]+", " ", text)
    plain = text.replace("\u00a0", " ")
    for words in (*WORDS[lang], *MARKED[lang]):
        assert words.replace("\u00a0", " ") in plain, words
    first, last = (mark.strip("\u00a0") for mark in raw(lang)["voice"])
    spoken = typeset(HEADS[lang]["quote"], lang, quoted=True)
    assert re.search(rf"{first}\s*{re.escape(spoken[:20])}", plain)
    assert re.search(rf"{re.escape(spoken[-12:])}\s*{last}", plain)
    for english in ("White paper", "Contents", "Version of", "In short", "companies"):
        assert english not in plain


@pytest.mark.parametrize("lang", FIVE)
def test_words_are_hyphenated_and_come_out_whole(lang: str, tmp_path: Path) -> None:
    weasyprint, configuration = weasyprint_with(FOLDER)
    css = font_face_css(FOLDER.as_uri() + "/", "ttf") + "@page{size:60mm 900mm;margin:10mm}p{font:10pt Newsreader}"
    sheet = weasyprint.CSS(string=css + "p{hyphens:auto;hyphenate-limit-chars:7 3 3}", font_config=configuration)
    words = [re.sub(r"[^\w\s,.]", "", line) for line in (HERE / f"{lang}.md").read_text("utf-8").split("\n")]
    narrow = f"<html lang={lang}><p>{' '.join(words)} well-known well-known well-known"
    page = weasyprint.HTML(string=narrow).render(font_config=configuration, stylesheets=[sheet])
    page.write_pdf(tmp_path / "a.pdf", finisher=lambda _, file: hyphens.soften(file))
    text = copied(tmp_path / "a.pdf", "-raw")
    broken = re.findall(r"([^\W\d_]{2,})\u00ad\s*\n?([^\W\d_]{2,})", text)
    assert len(broken) > 8
    assert all(start + end in narrow for start, end in broken)
    assert "\u2010" not in text
    assert "well-" in text


@pytest.mark.parametrize("lang", FIVE)
def test_every_letter_is_drawn_by_a_text_face(lang: str, folder: Path) -> None:
    with pikepdf.open(folder / f"{lang}.pdf") as opened:
        fonts = {
            str(one.BaseFont) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        }
    assert not any("Mono" in name or "Symbols" in name for name in fonts)
    assert any("Newsreader-Condensed" in name for name in fonts) == (lang == "el")


def test_only_greek_is_larger() -> None:
    sizes = {lang: len(printed(lang)[0]) for lang in FIVE}
    assert max(size for lang, size in sizes.items() if lang != "el") < 110_000
    assert sizes["el"] < 140_000


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of all five."""
    whole = replace(known(), approved=Approved())
    value = site(whole, list(made().values()), {}, site_url=URL, fonts=FOLDER, content=Path("content"))
    return build(value, tmp_path_factory.mktemp("site"), HAND_WRITTEN)[0]


@pytest.mark.parametrize("lang", FIVE)
def test_a_page_speaks_the_papers_language_and_the_site_its_own(lang: str, pages: Path) -> None:
    text = html.unescape((pages / "problems" / lang / "index.html").read_text(encoding="utf-8"))
    words = wording.words(lang)
    article = text[text.index("<article") : text.index("</article>")]
    assert f'lang="{lang}"' in article[:200]
    for key in ("heard_at", "since_label", "published", "on_this_page", "not_for_page"):
        assert words[key] in article, key
    assert wording.told(6, lang) in article
    assert wording.day(DAY, lang) in article
    assert f'title="{words["back_to_note"]} 1"' in article
    assert f'<meta property="og:locale" content="{words["locale"]}">' in text
    for mark in MARKED[lang]:
        assert mark in re.sub(r"<[^>]+>", "", article), mark
    footer = text[text.index('<footer class="md-footer') :]
    assert wording.words("en")["promise"] in footer
    assert '<html lang="en"' in text


def test_a_page_ends_in_its_papers_language_if_the_expert_speaks_it(pages: Path) -> None:
    german, french, home = (
        html.unescape((pages / name / "index.html").read_text(encoding="utf-8"))
        for name in ("problems/de", "problems/fr", ".")
    )
    for text, words in ((german, GERMAN), (french, known().expert), (home, known().expert)):
        box = text[text.index('<section class="h-deep h-ask"') :].partition("</section>")[0]
        assert words.ask.title
        assert words.ask.title in box
        assert words.ask.text in box
        assert words.ask.button in box
        assert ('lang="de"' in box) == (words is GERMAN)
    author = german[german.index("h-author") :].partition("</section>")[0]
    assert GERMAN.bio in author
    assert 'lang="de"' in author
    assert GERMAN.bio not in french


def test_a_paper_ends_in_its_language_if_the_expert_speaks_it(folder: Path) -> None:
    english = known().expert
    for lang, words, others in (("de", GERMAN, english), ("fr", english, GERMAN)):
        text = " ".join(copied(folder / f"{lang}.pdf").split())
        for mine, other in ((words.ask.title, others.ask.title), (words.bio, others.bio)):
            assert mine in text
            assert other not in text


def test_words_of_two_languages_do_not_mix() -> None:
    expert = replace(known().expert, notice="All invented.", languages=(GERMAN, Speech("fr", ask=Ask("Écrivez-moi"))))
    german, french = expert.speaking("de-AT"), expert.speaking("fr")
    assert (german.lang, german.trade, german.ask) == ("de-AT", GERMAN.trade, GERMAN.ask)
    assert (french.trade, french.bio, french.ask.text) == ("", "", "")
    assert german.notice == french.notice == "All invented."
    assert expert.speaking("pl") is expert
    assert expert.speaking("en") is expert


def test_the_words_of_each_language_are_read_and_checked() -> None:
    findings: list[Finding] = []
    text = (
        "name: Ada\nask: {title: Write, link: talk/}\nlanguages:\n"
        "  de:\n    bio: Elf Jahre.\n    ask: {title: Schreiben Sie}\n    trad: Nacht\n"
    )
    expert = read_expert(text, "content/expert.yml", findings)
    assert expert.languages == (Speech("de", bio="Elf Jahre.", ask=Ask("Schreiben Sie", link="talk/")),)
    assert [(one.place.line, one.code) for one in findings] == [(7, "yaml/unknown-key")]
    assert "`trade`" in findings[0].message


def test_the_sheet_gives_each_language_its_marks(pages: Path) -> None:
    css = (pages / "assets/heard/tokens.css").read_text(encoding="utf-8")
    assert ':lang(de) { --h-open: "„"; --h-close: "“";' in css
    assert ':lang(fr) { --h-open: "«\u00a0"; --h-close: "\u00a0»";' in css


def test_the_menu_follows_the_theme_and_rows_say_what_they_are_in(tmp_path: Path) -> None:
    from heard.publish.site import About

    value = site(
        known(), list(made().values()), {}, site_url=URL, fonts=FOLDER, content=tmp_path, about=About(lang="de")
    )
    assert value.extra["lang"] == "de"
    rows = {row["uri"]: row for row in value.extra["problems"]}  # type: ignore[attr-defined]
    assert rows["problems/de/"]["lang"] == ""
    assert rows["problems/fr/"]["lang"] == "fr"
    assert rows["problems/fr/"]["month"] == "November 2026"
    assert {output.uri: output for output in value.outputs}["proof/index.md"].read().startswith(b"---\ntitle: Belege")


def test_every_list_has_every_word() -> None:
    english = raw("en")
    assert set(languages()) == {*FIVE, "en"}
    for lang in FIVE:
        mine = raw(lang)
        assert set(english) <= set(mine)
        for key, value in english.items():
            assert type(mine[key]) is type(value), key
            if isinstance(value, str):
                assert mine[key].count("[") == value.count("["), key
                assert key in ("people_in", "hub_says") or mine[key].count("%s") == value.count("%s"), key
        assert len(mine["months"]) == 12
        assert mine["numbers"].keys() == english["numbers"].keys()
        assert len(mine["pages"]) == {"polish": 3}.get(mine["plural"], 2)


@pytest.mark.parametrize("lang", FIVE)
def test_a_new_outline_speaks_the_papers_language_and_is_understood(lang: str) -> None:
    text = outline(_outline_words(f"{lang}-XX"))
    markdown, findings = expand(text, (), Place("x.md", 1), None, lang)
    assert not findings
    assert in_short(markdown)[0].startswith("[gap: the answer")
    assert [gap.mark for gap in gaps(text)] == [gap.mark for gap in gaps(outline())]
    english = set(outline().split("\n"))
    ours = {line for line in text.split("\n") if line in english and line.startswith(("## ", "Table:", "!!!"))}
    assert not ours
    for section in lists(lang).sections:  # type: ignore[union-attr]
        assert any(section.key in headed(lang, line[3:]) for line in text.split("\n") if line.startswith("## "))


def test_plurals_sizes_and_days() -> None:
    assert [wording.counted(n, "pages", "pl").split("\u00a0")[1] for n in (1, 2, 5, 12, 22, 25, 112)] == [
        "strona", "strony", "stron", "stron", "strony", "stron", "stron",
    ]  # fmt: skip
    assert wording.counted(0, "pages", "fr") == "0\u00a0page"
    assert wording.counted(0, "pages", "de") == "0\u00a0Seiten"
    assert [wording.size(1_250_000, lang) for lang in ("en", "fr", "de")] == [
        "1.2\u00a0MB",
        "1,2\u00a0Mo",
        "1,2\u00a0MB",
    ]
    assert wording.said(wording.words("pl"), 3) == "co najmniej trzy firmy powiedziały mi o tym"
    assert wording.day(date(2026, 11, 20), "es") == "20 de noviembre de 2026"
    assert wording.month(DAY, "pl") == "listopad 2026"
    assert wording.since("2026-Q2", "pl") == "II kwartału 2026"
    assert wording.told(10, "it") == "at least ten companies"


@pytest.mark.parametrize("lang", languages())
def test_a_summary_table_and_source_are_known_in_each_language(lang: str) -> None:
    words = raw(lang)
    body = (
        f"## {words['short'][-1]}\n\nA.\n\n## B\n\n{words['tables'][0]}: Title\n\n| a | b |\n|---|---|\n| c | 1 |\n\n"
        f"{words['sources'][0]} : here\n"
    )
    text, findings = expand(body, (), Place("x.md", 1), None, lang)
    assert not findings
    assert in_short(text)[0] == "A.\n"
    assert f'<span class="number">{words["tables"][0]} 1</span> Title' in text
    assert "{ .source }" in text


TYPED = [
    ("en", "He said \"it's 'dead' at two\".", "He said “it’s ‘dead’ at two”."),
    ("en", "the '90s, rock 'n' roll, a 5\" pipe", 'the ’90s, rock ’n’ roll, a 5" pipe'),
    ("en", '*"Yes"* ("no") "[a](b "t")"', '*“Yes”* (“no”) “[a](b "t")”'),
    ("en", '`"a"` <b class="x">"b"</b> https://x.example/?a="b" \\"c\\"', None),
    ("en", '!!! takeaway "Don\'t"', '!!! takeaway "Don’t"'),
    ("de", 'Er sagte "nein".', "Er sagte „nein“."),
    ("de", "Er sagte “nein”, „ja“.", "Er sagte “nein”, „ja“."),
    ("fr", "Quoi? L'eau: 14:30; «oui» !", "Quoi\u00a0? L’eau\u00a0: 14:30\u00a0; «\u00a0oui\u00a0»\u00a0!"),
    ("fr", "![a](b.png) [x](y) : z\n: d", "![a](b.png) [x](y)\u00a0: z\n: d"),
    ("it", 'L\'acqua "fredda"?', 'L\'acqua "fredda"?'),
]


@pytest.mark.parametrize(("lang", "typed", "meant"), TYPED)
def test_straight_marks_become_those_of_the_language(lang: str, typed: str, meant: str | None) -> None:
    text = "\n".join(line.text for line in typeset_lines(split(typed, 1), lang))
    assert text == (meant if meant is not None else typed.replace('>"b"<', ">“b”<"))


def test_code_and_raw_html_stay_as_they_are() -> None:
    body = '```\n"a" \'b\'\n```\n\n    "c"\n\n<pre>\n"d"\n\n"e"\n</pre>\n'
    assert "\n".join(line.text for line in typeset_lines(split(body, 1), "en")) == body.rstrip("\n")


@given(st.text(alphabet="\"' ab.*_`[]()<>!?;:«»|-\n#{}\\&", max_size=60), st.sampled_from(languages()))
def test_setting_marks_loses_no_letter_and_is_stable(text: str, lang: str) -> None:
    once = typeset(text, lang)
    letters = re.sub(r"[^\w]", "", text)
    assert re.sub(r"[^\w]", "", once) == letters
    assert len(typeset_lines(split(text, 1), lang)) == len(split(text, 1))


def test_a_language_without_words_is_told_once() -> None:
    paper = next(iter(made().values()))
    italian = [replace(paper, lang=lang, source=Place(f"{lang}.md")) for lang in ("it", "it-CH", "nl", "de")]
    assert [(one.place.path, one.code) for one in speaking.of_papers(italian)] == [
        ("it.md", "paper/language"), ("nl.md", "paper/language"),
    ]  # fmt: skip


def test_a_menu_in_another_language_than_the_writer_is_told() -> None:
    expert = replace(Expert(Place("content/expert.yml"), "Ada"), lang="de")
    assert [one.code for one in speaking.of_site(expert, "en")] == ["site/language"]
    assert not [*speaking.of_site(expert, "de")]


def test_open_graph_names_a_locale() -> None:
    assert [locale(lang) for lang in ("de", "de-AT", "fr", "it", "")] == ["de_DE", "de_AT", "fr_FR", "", "en_US"]


def test_the_summary_keeps_its_heading_on_the_page() -> None:
    assert page_body(made()["el"], set()).startswith("## Με λίγα λόγια { #in-short .h-short }")
    assert made()["el"].author == Author("", "Ada Example", trade="Cold stores", bio="I listen.")
