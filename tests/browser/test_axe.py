"""Nothing on a page keeps anybody from reading it: axe finds no violation, narrow or wide, light or dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sites import TEMPLATES, Site

from served import search, served

RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
    return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target} ${node.failureSummary}`))
}"""
WIDTHS = [360, 1280]


@pytest.fixture(scope="module")
def address(example_site: Site) -> Iterator[str]:
    with served(example_site.folder) as found:
        yield found


@pytest.fixture
def page(browser: Browser, axe: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab in which axe is ready on every page."""
    context = browser.new_context(viewport={"width": getattr(request, "param", 1280), "height": 800})
    context.add_init_script(axe)
    yield context.new_page()
    context.close()


def dark(page: Page) -> None:
    """Switch to the other colours as a person does."""
    page.locator("label[for^=__palette]:visible").click()
    page.wait_for_function("getComputedStyle(document.body).colorScheme === 'dark'")


@pytest.mark.parametrize("page", WIDTHS, indirect=True)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_in_the_light_and_in_the_dark(page: Page, address: str, template: str) -> None:
    page.goto(address + TEMPLATES[template])
    assert page.evaluate(RUN) == []
    dark(page)
    assert page.evaluate(RUN) == []


@pytest.mark.parametrize("page", WIDTHS, indirect=True)
def test_the_open_search_and_its_results(page: Page, address: str) -> None:
    page.goto(address)
    dark(page)
    search(page, "batteries")
    assert page.evaluate(RUN) == []


@pytest.mark.parametrize("template", ["home", "problem", "proof"])
def test_on_paper(page: Page, address: str, template: str) -> None:
    """Paper does not scroll, whatever axe thinks of its root."""
    page.emulate_media(media="print")
    page.goto(address + TEMPLATES[template])
    found = page.evaluate(RUN)
    assert [one for one in found if not one.startswith("scrollable-region-focusable: html ")] == []


@pytest.mark.parametrize("page", [360], indirect=True)
def test_the_first_and_the_real_pages_of_others(page: Page, starter_site: Site, patterns_site: Site) -> None:
    problem = next(uri for uri in patterns_site.pages() if uri.startswith("problems/"))
    sampled = [(starter_site, ["", "industries/", "proof/"])]
    sampled += [(patterns_site, ["", "about/", "contact/", "industries/innersource/", problem])]
    for site, uris in sampled:
        with served(site.folder) as address:
            for uri in uris:
                page.goto(address + uri)
                assert page.evaluate(RUN) == [], uri
