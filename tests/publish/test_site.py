"""The site as values: what is listed, in which order, and what never gets out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import feedparser
import pytest
import site_sample as sample
import yaml
from hypothesis import given
from hypothesis import strategies as st

from heard.publish.body import page_body, slotted
from heard.publish.colour import contrast
from heard.publish.pages import document
from heard.publish.site import Site
from heard.publish.styles import tokens_css
from heard.values import ApprovedProblem, ApprovedQuote, Brand


@pytest.fixture(scope="module")
def built(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sample.made(fonts, tmp_path_factory.mktemp("content"), sample.sample_papers())


def read(site: Site, uri: str) -> str:
    found = [output for output in site.outputs if output.uri == uri]
    assert len(found) == 1, f"{uri}: {len(found)} outputs"
    return found[0].read().decode()


def front(site: Site, uri: str) -> dict[str, object]:
    loaded = yaml.safe_load(read(site, uri).split("---\n")[1])
    assert isinstance(loaded, dict)
    return loaded


def listed(site: Site) -> list[str]:
    rows = site.extra["problems"]
    assert isinstance(rows, list)
    return [row["uri"].split("/")[1] for row in rows]


def test_the_most_heard_problem_comes_first_then_the_newest_and_drafts_last(fonts: Path, tmp_path: Path) -> None:
    papers = [
        sample.paper("draft", heard=100, draft=True),
        sample.paper("old", heard=3, published=date(2026, 1, 1)),
        sample.paper("new", heard=3, published=date(2026, 2, 1)),
        sample.paper("loud", heard=20),
    ]
    assert listed(sample.made(fonts, tmp_path, papers)) == ["loud", "new", "old", "draft"]


def test_retired_and_merged_problems_are_not_listed(fonts: Path, tmp_path: Path) -> None:
    of = sample.catalogue(
        sample.problem("gone", retired=date(2026, 6, 1), industries=("food",)),
        sample.problem("joined", merged_into="first"),
        sample.problem("first"),
    )
    papers = [sample.paper(slug) for slug in ("gone", "joined", "first")]
    site = sample.made(fonts, tmp_path, papers, of)
    assert listed(site) == ["first"]
    assert "../../industries/food/" in read(site, "problems/gone/index.html")
    assert "../../problems/first/" in read(site, "problems/joined/index.html")


def test_old_addresses_lead_to_the_end_of_the_chain_and_never_hide_a_page(fonts: Path, tmp_path: Path) -> None:
    of = sample.catalogue(
        sample.problem("a", merged_into="b", old_slugs=("older",)),
        sample.problem("b", merged_into="c"),
        sample.problem("c", old_slugs=("oldest", "d")),
        sample.problem("d"),
    )
    site = sample.made(fonts, tmp_path, [sample.paper("c"), sample.paper("d")], of)
    for old in ("a", "b", "older", "oldest"):
        stub = read(site, f"problems/{old}/index.html")
        assert 'content="0; url=../../problems/c/"' in stub
        assert f'<link rel="canonical" href="{sample.URL}problems/c/">' in stub
        assert "noindex" not in stub
    assert not [one for one in site.outputs if one.uri == "problems/d/index.html"]
    assert ("papers/oldest.pdf", "papers/c.pdf") in site.copies
    assert ("papers/a.pdf", "papers/c.pdf") in site.copies
    assert "papers/d.pdf" not in dict(site.copies)


def test_merges_in_a_circle_end(fonts: Path, tmp_path: Path) -> None:
    of = sample.catalogue(sample.problem("a", merged_into="b"), sample.problem("b", merged_into="a"))
    site = sample.made(fonts, tmp_path, [], of)
    assert 'url=../../"' in read(site, "problems/a/index.html")


def test_the_feed_is_valid_absolute_and_without_drafts(built: Site) -> None:
    feed = feedparser.parse(read(built, "feed.xml").encode())
    assert not feed.bozo
    links = [entry.link for entry in feed.entries]
    assert f"{sample.URL}problems/first/" in links
    assert not [link for link in links if "unfinished" in link or not link.startswith("https:")]
    assert feed.feed.updated == "2026-04-02T00:00:00+00:00"
    assert sample.HOSTILE in [entry.title_detail.value for entry in feed.entries]


def test_without_an_address_nothing_absolute_is_written(fonts: Path, tmp_path: Path) -> None:
    site = sample.made(fonts, tmp_path, sample.sample_papers(), site_url="")
    uris = [output.uri for output in site.outputs]
    assert "feed.xml" not in uris
    assert "Sitemap" not in read(site, "robots.txt")
    assert "jsonld" not in read(site, "problems/first.md")


def test_a_paper_without_pdf_promises_none(built: Site) -> None:
    assert front(built, "problems/bare.md")["heard"]["pdf"] == {}  # type: ignore[index]
    pdf = front(built, "problems/first.md")["heard"]["pdf"]  # type: ignore[index]
    assert pdf["name"] == "first.pdf"
    assert pdf["facts"] == "9\u00a0pages, 94\u00a0KB, no\u00a0form"


def test_shared_facts_survive_yaml(built: Site) -> None:
    assert yaml.safe_load(yaml.safe_dump(dict(built.extra))) == built.extra


def test_equal_input_gives_equal_output(built: Site, fonts: Path, tmp_path: Path) -> None:
    again = sample.made(fonts, tmp_path, sample.sample_papers())
    assert [(one.uri, one.read()) for one in again.outputs] == [(one.uri, one.read()) for one in built.outputs]
    assert again.extra == built.extra


def test_a_hub_never_quotes_another_industry(fonts: Path, tmp_path: Path) -> None:
    quotes = (
        ApprovedQuote("a", "We bake.", "a baker, food making"),
        ApprovedQuote("b", "We freeze.", "a shift lead, cold storage"),
        ApprovedQuote("c", "We wait.", "a client"),
    )
    both = ("cold", "food")
    papers = [sample.paper("x", ApprovedProblem(3, quotes=quotes), industries=both)]
    site = sample.made(fonts, tmp_path, papers)
    hub = front(site, "industries/food.md")["heard"]
    assert [quote["text"] for quote in hub["quotes"]] == ["We bake."]  # type: ignore[index]


def test_a_hub_tells_no_more_of_a_quote_than_was_approved(fonts: Path, tmp_path: Path) -> None:
    quotes = (ApprovedQuote("c", "We wait.", "a client"), ApprovedQuote("d", "We stand.", "a shift lead"))
    site = sample.made(fonts, tmp_path, [sample.paper("x", ApprovedProblem(3, quotes=quotes), industries=("food",))])
    assert front(site, "industries/food.md")["heard"]["quotes"] == []  # type: ignore[index]


def test_a_papers_images_lie_where_its_page_expects_them(fonts: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name in ("problems/a b.png", "images/c.svg", "private/d.png", "problems/e.exe"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(b"x")
    text = "![a](a%20b.png) ![c](../images/c.svg) ![d](../private/d.png) ![e](e.exe) ![f](gone.png)"
    site = sample.made(fonts, content, [sample.paper("x", markdown=text)])
    uris = {output.uri for output in site.outputs}
    assert {"problems/a b.png", "images/c.svg"} <= uris
    assert not [uri for uri in uris if uri.endswith(("d.png", "e.exe", "gone.png"))]


def test_fonts_are_given_away_with_their_licences(built: Site) -> None:
    texts = [output.read() for output in built.outputs if output.uri.endswith("LICENSE.txt")]
    assert len(texts) == 4
    assert all(b"SIL OPEN FONT LICENSE" in text.upper() for text in texts)


def test_portraits_and_logo_are_published_only_if_they_are_images(fonts: Path, tmp_path: Path) -> None:
    (tmp_path / "me.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("no")
    writer = sample.Author("guest", "Guest", portrait=str(tmp_path / "me.svg"))
    other = sample.Author("spy", "Spy", portrait=str(tmp_path / "secret.txt"))
    papers = [sample.paper("a", author=writer), sample.paper("b", author=other)]
    site = sample.made(fonts, tmp_path, papers)
    uris = [output.uri for output in site.outputs]
    assert "assets/heard/author-guest.svg" in uris
    assert not [uri for uri in uris if "spy" in uri]


def test_a_guest_is_not_sent_to_the_experts_page(fonts: Path, tmp_path: Path) -> None:
    papers = [sample.paper("a", author=sample.Author("guest", "Guest")), sample.paper("b")]
    site = sample.made(fonts, tmp_path, papers)
    authors = {
        slug: front(site, f"problems/{slug}.md")["heard"]["jsonld"][0]["author"][0]  # type: ignore[index]
        for slug in ("a", "b")
    }
    assert authors["a"] == {"@type": "Person", "name": "Guest"}
    assert authors["b"]["url"] == f"{sample.URL}about/"


@pytest.mark.parametrize("brand", ["#00696B", "#FFD400", "#C8E000", "#111111", "#8A1538"])
def test_a_button_stands_out_whatever_the_brand(brand: str) -> None:
    sheet = tokens_css(Brand(colour=brand)).decode()
    for scheme in re.split(r"(?<!-)color-scheme:", sheet)[1:]:
        of = dict(re.findall(r"--h-(\w+): (#\w{6})", scheme))
        assert contrast(of["button"], of["page"]) >= 3
        assert contrast(of["button"], of["onbutton"]) >= 4.5


def test_the_summary_is_marked_and_followed_by_what_belongs_to_the_page() -> None:
    paper = sample.paper("x", not_for=("<Nobody>",), figures=(sample.KeyFigure("5 h", "a night"),))
    body = page_body(paper, {"x", "second"})
    order = ["## In short { #in-short .h-short }", "quokkas", "5 h", "&lt;Nobody&gt;", "## What it"]
    places = [body.index(part) for part in order]
    assert places == sorted(places)
    assert "](second.md#in-short)" in body


def test_links_to_unknown_papers_are_left_alone() -> None:
    assert "](../second/#in-short)" in page_body(sample.paper("x"), {"x"})


def test_the_lists_place_goes_before_the_first_section_and_only_once() -> None:
    marked = slotted("# Claim\n\nTwo.\n\n## How\n\n## More\n")
    assert marked.index("<!-- problems -->") < marked.index("## How")
    assert slotted(marked) == marked
    assert slotted("# Claim").count("<!-- problems -->") == 1


@given(st.text(), st.text())
def test_front_matter_keeps_every_text(title: str, said: str) -> None:
    written = document({"title": title, "heard": {"said": [said]}}, "Body.").decode()
    head = written.removeprefix("---\n").rpartition("---\n\nBody.\n")[0]
    assert yaml.safe_load(head) == {"title": title, "heard": {"said": [said]}}
