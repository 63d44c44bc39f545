"""A page is calm, is read without JavaScript, follows the reader's system, and comes out on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sites import TEMPLATES, Site, redirects

from served import Watched, search, served

PROBLEM = TEMPLATES["problem"]


@pytest.fixture(scope="module")
def address(example_site: Site) -> Iterator[str]:
    with served(example_site.folder) as found:
        yield found


def brightness(page: Page, what: str) -> float:
    """How bright a colour of the page is, from 0 to 255."""
    red, green, blue = page.evaluate(
        f"getComputedStyle(document.querySelector('main h1')).{what}"
        if what == "color"
        else "getComputedStyle(document.body).backgroundColor"
    )[4:-1].split(",")[:3]
    return (float(red) + float(green) + float(blue)) / 3


@pytest.mark.parametrize(("name", "width"), [("example_site", 1280), ("starter_site", 360), ("patterns_site", 360)])
def test_no_page_calls_elsewhere_complains_or_overflows(
    browser: Browser, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    site: Site = request.getfixturevalue(name)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark")
    page = context.new_page()
    with served(site.folder) as address:
        watched = Watched(page, address)
        for uri in TEMPLATES.values() if name == "example_site" else site.pages():
            page.goto(address + uri)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, uri
            assert watched.wrong == [], uri
        context.close()


def test_a_missing_address_deep_down_shows_a_page_that_leads_on(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}no/such/place/")
    assert page.locator("h1").count() == 1
    page.locator("main a:visible").first.click()
    page.wait_for_url(address)
    page.close()


def test_an_old_address_leads_to_the_new_page(browser: Browser, patterns_site: Site) -> None:
    page = browser.new_page()
    stub = next(path for path in patterns_site.folder.rglob("index.html") if redirects(path))
    with served(patterns_site.folder) as address:
        watched = Watched(page, address)
        page.goto(address + stub.parent.relative_to(patterns_site.folder).as_posix() + "/")
        page.wait_for_selector("main h1")
        assert page.locator('a[href$=".pdf"]').count() >= 1
        assert watched.wrong == []
        page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("template", TEMPLATES)
def test_without_javascript_all_is_there_to_read(browser: Browser, address: str, template: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + TEMPLATES[template])
    for link in page.get_by_role("banner").get_by_role("link").all():
        assert link.is_visible()
    assert page.get_by_role("banner").get_by_role("link").count() >= 4
    assert page.locator("main h1").is_visible()
    assert page.locator("header label:visible, header input:visible, header button:visible").count() == 0
    hidden = page.locator(
        "main :is(p, li, td, blockquote, h2):not(details *):not(nav *):not(:visible)"
    ).all_inner_texts()
    assert [words for words in hidden if words.strip()] == []
    context.close()


def test_without_javascript_the_paper_is_downloaded_and_the_box_opens(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PROBLEM)
    with page.expect_download() as download:
        page.locator("a[download]:visible").first.click()
    assert download.value.suggested_filename == f"{PROBLEM.split('/')[1]}.pdf"
    box = page.locator("main details").first
    box.locator("summary").click()
    assert box.locator("li").first.is_visible()
    context.close()


def test_the_colours_follow_the_system_until_somebody_chooses(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("main h1")
    assert brightness(page, "backgroundColor") < 60 < 180 < brightness(page, "color")
    page.locator("label[for^=__palette]:visible").click()
    for uri in ("", PROBLEM):
        page.goto(address + uri)
        page.mouse.move(9, 9)
        assert brightness(page, "color") < 60 < 180 < brightness(page, "backgroundColor")
    context.close()


def test_what_is_dark_on_a_screen_is_dark_on_light_on_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address + PROBLEM)
    page.emulate_media(media="print")
    assert brightness(page, "color") < 60 < 180 < brightness(page, "backgroundColor")
    assert page.locator("main details li").first.is_visible()
    assert page.get_by_role("banner").get_by_role("link").count() == 0
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_search_answers_whoever_types_at_once(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + "about/")
    search(page, "batteries")
    page.locator("[data-md-component=search-result] a[href]").first.click()
    page.wait_for_url(f"**/{PROBLEM}*")
    context.close()


def test_a_page_is_read_without_the_search_and_its_index(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(address + PROBLEM, wait_until="networkidle")
    assert [url for url in asked if url.endswith((".js", ".json"))] == []
    page.close()
