"""The site as plain MkDocs builds it: strict, escaped, findable, and calm in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import site_sample as sample
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from playwright.sync_api import TimeoutError as TooSlow

from heard.values import Expert, Place, PublicCatalogue
from served import Watched, served
from stories import straight


@pytest.fixture(scope="module")
def built(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("tree")
    value = sample.made(fonts, folder, sample.sample_papers())
    return sample.build(value, folder, sample.HAND_WRITTEN)


@pytest.fixture(scope="module")
def site(built: tuple[Path, str]) -> Path:
    return built[0]


CELLS = " | ".join(["Some words"] * 7)
WIDE = f"""
| a | b | c | d |
|---|---|---|---|
| +12.0 °C | 8.7 g/kg | 150 min | 75 min |

| {CELLS} |
{"|---" * 7}|
| {CELLS} |
"""


class Page(HTMLParser):
    """The elements of a page, and the text of its JSON-LD scripts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.data: list[str] = []
        self.text = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.elements and self.elements[-1][1].get("type") == "application/ld+json":
            self.data.append(data)

    def attributes(self, tag: str, **having: str) -> list[dict[str, str | None]]:
        found = [attrs for name, attrs in self.elements if name == tag]
        return [one for one in found if having.items() <= one.items()]


def test_a_strict_build_warns_of_nothing(built: tuple[Path, str]) -> None:
    assert not re.findall("WARNING|ERROR", built[1]), built[1]


def test_hostile_text_stays_text(site: Path) -> None:
    for uri in ("", "problems/hostile/", "industries/", "industries/cold/"):
        page = Page(site / uri / "index.html")
        assert not page.attributes("img", src="x"), uri
        assert sample.HOSTILE in straight(page.text), uri
    page = Page(site / "problems/hostile/index.html")
    assert page.attributes("meta", property="og:title")[0]["content"] == sample.HOSTILE


def test_structured_data_is_json_about_the_visible_page(site: Path) -> None:
    nodes = [json.loads(text) for text in Page(site / "problems/hostile/index.html").data if text.strip()]
    assert [node["@type"] for node in nodes] == ["Article", "BreadcrumbList"]
    assert nodes[0]["headline"] == sample.HOSTILE
    assert nodes[0]["datePublished"] == "2026-03-01T00:00:00+00:00"
    about = [json.loads(text) for text in Page(site / "about/index.html").data if text.strip()]
    assert about[0]["@type"] == "ProfilePage"
    assert about[0]["mainEntity"]["name"] == "Ada Example"


def test_every_page_has_one_canonical_one_h1_and_the_notice(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Page(path)
        assert "Example: all invented." in page.text, path
        assert len(page.attributes("h1")) == 1, path
        if path.name != "404.html":
            folder = path.parent.relative_to(site).as_posix()
            where = sample.URL if folder == "." else f"{sample.URL}{folder}/"
            assert [one["href"] for one in page.attributes("link", rel="canonical")] == [where]
            assert page.attributes("link", type="application/atom+xml"), path


def test_drafts_are_marked_and_kept_from_engines_sitemap_and_search(site: Path) -> None:
    page = Page(site / "problems/unfinished/index.html")
    assert page.attributes("meta", name="robots", content="noindex")
    assert "Draft, not published" in page.text
    assert "unfinished" not in (site / "sitemap.xml").read_text()
    assert "unfinished" not in (site / "search/search_index.json").read_text()
    assert not Page(site / "problems/first/index.html").attributes("meta", name="robots")


def test_the_sitemap_tells_true_days_and_lists_pdfs(site: Path) -> None:
    text = (site / "sitemap.xml").read_text()
    days = dict(re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", text))
    assert days[f"{sample.URL}problems/first/"] == "2026-04-02"
    assert days[f"{sample.URL}papers/first.pdf"] == "2026-04-02"
    assert f"<loc>{sample.URL}problems/bare/</loc></url>" in text
    assert f"{sample.URL}papers/bare.pdf" not in text


def test_search_finds_a_papers_own_words_and_how_people_say_it(site: Path) -> None:
    docs = json.loads((site / "search/search_index.json").read_text())["docs"]
    found = {one["location"].split("#")[0] for one in docs if "quokkas" in one["text"]}
    assert "problems/first/" in found
    assert [one for one in docs if "it goes flat" in one["text"]]


def test_a_page_without_pdf_has_no_button(site: Path) -> None:
    assert not Page(site / "problems/bare/index.html").attributes("a", **{"class": "h-button"})
    button = Page(site / "problems/first/index.html").attributes("a", **{"class": "h-button"})
    assert button[0]["href"] == "../../papers/first.pdf"


def test_home_lists_problems_and_industries(site: Path) -> None:
    page = Page(site / "index.html")
    rows = [one["href"] for one in page.attributes("a", **{"class": "h-row"})]
    assert rows[:2] == ["problems/first/", "problems/quoted/"]
    assert "industries/cold/" in [one.get("href") for one in page.attributes("a")]


def test_nothing_is_said_to_be_heard_of_which_there_is_no_evidence(site: Path) -> None:
    bare = Page(site / "problems/bare/index.html")
    assert "Heard" not in bare.text.partition("One line.")[0]
    assert not bare.attributes("svg", **{"class": "tally tally-none"})
    quoted = Page(site / "problems/onlyquoted/index.html")
    assert "Heard in the market" in quoted.text
    rows = (site / "index.html").read_text().split('class="h-row"')
    signs = {
        name: sum("tally-none" in row for row in rows if f"problems/{name}/" in row) for name in ("bare", "onlyquoted")
    }
    assert signs == {"bare": 0, "onlyquoted": 1}


@pytest.fixture(scope="module")
def many(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("many")
    papers = [
        sample.paper(f"p{number:02}", industries=("food",) if number % 5 == 4 else ("cold",),
                     markdown=WIDE if number == 0 else "Words.\n")
        for number in range(30)
    ]  # fmt: skip
    with served(sample.build(sample.made(fonts, folder, papers), folder, sample.HAND_WRITTEN)[0]) as found:
        yield found


@pytest.mark.parametrize("script", [True, False])
def test_a_long_list_shows_its_first_part_and_opens_without_javascript(
    browser: Browser, many: str, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(many)
    rows = page.locator(".h-list .h-row:visible")
    assert rows.count() == 24
    page.locator(".h-filter label", has_text="Food making").click()
    assert rows.count() == 6
    page.locator(".h-filter label", has_text="All industries").click()
    page.locator("summary", has_text="All 30 problems").click()
    assert rows.count() == 30
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_wide_table_scrolls_in_its_own_box_on_a_phone(browser: Browser, many: str, script: bool) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{many}problems/p00/")
    boxes = page.locator(".h-table")
    over = "box => box.scrollWidth - box.clientWidth"
    assert boxes.nth(0).evaluate(over) == 0
    assert boxes.nth(1).evaluate(over) > 50
    assert "gradient" in boxes.nth(1).evaluate("box => getComputedStyle(box).backgroundImage")
    boxes.nth(1).focus()
    page.mouse.wheel(0, 10_000)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    context.close()


def test_a_fresh_workspace_builds_and_says_how_it_begins(fonts: Path, tmp_path: Path) -> None:
    value = sample.made(fonts, tmp_path, (), PublicCatalogue(Expert(Place("content/expert.yml"))))
    site, said = sample.build(value, tmp_path, sample.HAND_WRITTEN)
    assert "WARNING" not in said
    assert "The first paper is not out yet" in Page(site / "index.html").text


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.mark.parametrize("uri", ["", "problems/first/", "problems/hostile/", "industries/cold/",
                                 "industries/", "proof/", "about/"])  # fmt: skip
def test_on_a_phone_nothing_overflows_fails_or_calls_elsewhere(browser: Browser, address: str, uri: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    watched = Watched(page, address)
    page.goto(address + uri, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not watched.wrong
    page.close()


def test_the_list_filters_by_industry_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    everything = page.locator(".h-list .h-row:visible").count()
    page.locator(".h-filter label", has_text="Food making").click()
    assert 0 < page.locator(".h-list .h-row:visible").count() < everything
    context.close()


def test_search_opens_over_the_page_and_finds(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address, wait_until="networkidle")
    before = page.locator(".h-nav").bounding_box()
    _search(page, "quokkas")
    assert page.locator(".h-nav").bounding_box() == before
    page.close()


def _search(page: Tab, words: str, tries: int = 3) -> None:
    """Search as a person does; on a starved machine keys may be gone before the page listens, so again."""
    try:
        page.mouse.move(9, 9)
        page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.includes('Type to')")
        field = page.locator(".md-search__input")
        field.click()
        field.press_sequentially(words, delay=50)
        page.wait_for_selector(".md-search-result__link")
    except TooSlow:
        if tries == 1:
            raise
        page.reload(wait_until="networkidle")
        _search(page, words, tries - 1)
