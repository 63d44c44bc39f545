"""Every page of the example in a real browser, and hostile words on a page of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser

import stories
from served import Watched, served
from stories import account, note, problem, proof, run, straight

URL = "https://cold-store-notes.example.com/"
EVIL = '<script>alert(1)</script> & "quotes"'


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    with served(example / "site") as found:
        yield found


def pages(site: Path) -> list[str]:
    """The addresses of all pages below the site."""
    return sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_page_of_the_example(example: Path, browser: Browser, address: str, scripts: bool) -> None:
    """No foreign request, nothing in the console, one h1, a canonical address, no sideways scrolling."""
    site = example / "site"
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    page = context.new_page()
    watched = Watched(page, address)
    linked: set[str] = set()
    titles: dict[str, str] = {}
    found = pages(site)
    assert len(found) >= 17
    for name in found:
        here = address if name == "." else f"{address}{name}/"
        page.goto(here, wait_until="load")
        assert page.locator("h1:visible").count() == 1, name
        assert page.locator("link[rel=canonical]").get_attribute("href") == here.replace(address, URL), name
        titles[name] = page.title()
        assert 10 < len(titles[name]) < 130, name
        assert 30 < len(page.locator("meta[name=description]").first.get_attribute("content") or "") < 260, name
        assert page.locator("html").get_attribute("lang") == "en"
        width = page.locator("html").evaluate("e => [e.scrollWidth, document.body.scrollWidth]") if scripts else [0]
        assert max(width) <= 360, (name, width)
        linked |= set(page.evaluate("[...document.querySelectorAll('a[href]')].map(e => e.href)")) if scripts else set()
        assert "invented" in page.locator("body").inner_text(), name
    assert len(set(titles.values())) == len(titles)
    assert not watched.wrong
    if scripts:
        own = {unquote(urlsplit(link).path) for link in linked if link.startswith(address)}
        assert sum(path.endswith(".pdf") for path in own) >= 8
        for path in own:
            target = site / path.lstrip("/")
            assert (target / "index.html").is_file() if path.endswith("/") else target.is_file(), path
        fragments = {link for link in linked if link.startswith(address) and urlsplit(link).fragment}
        for link in fragments:
            parts = urlsplit(link)
            text = (site / parts.path.lstrip("/") / "index.html").read_text("utf-8")
            assert f'id="{unquote(parts.fragment)}"' in text, link
        assert not [link for link in linked if urlsplit(link).scheme not in ("http", "https", "mailto", "tel")]
    context.close()


def test_a_paper_in_the_dark_and_wide(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1400, "height": 900})
    page = context.new_page()
    watched = Watched(page, address)
    page.goto(f"{address}problems/forklift-batteries-die-mid-shift/", wait_until="load")
    with page.expect_download() as download:
        page.locator('a[href$="forklift-batteries-die-mid-shift.pdf"][download]').first.click()
    assert download.value.suggested_filename == "forklift-batteries-die-mid-shift.pdf"
    assert not watched.wrong
    context.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A built workspace in which every text is hostile."""
    root = stories.workspace(tmp_path_factory.mktemp("hostile") / "workspace", shared)
    problem(
        root, "evil", problem=EVIL, title=f"Title {EVIL}", answer=f"Answer {EVIL}", description=f"What {EVIL} " * 2,
        not_for=[EVIL], aliases=[EVIL], roles=[EVIL], figures=[{"number": "1 %", "says": EVIL}],
        borrowed={"industry": EVIL, "how": EVIL},
    )  # fmt: skip
    problem(root, "tame", body=f"{stories.BODY}\nSee [[evil]].\n")
    for number, name in enumerate(stories.COMPANIES[:4]):
        account(root, f"a{number}", f"{name} {EVIL}")
        note(
            root, "2026-01-10", f"{name} {EVIL}", f"Quote {number} {EVIL} {{{{ 7*7 }}}}", at="evil",
            quotable="named", person=f"P {EVIL}", role=f"role {EVIL}", industry="cold-storage",
        )  # fmt: skip
    outcome = {"metric": EVIL, "baseline": EVIL, "result": EVIL, "period": EVIL}
    proof(
        root, "one", {"level": "named", "granted": "2026-02-01"}, f"Proof {EVIL}", problems=["evil"], outcome=outcome,
        account=f"{stories.COMPANIES[0]} {EVIL}", person=f"P {EVIL}", kind="outcome",
    )  # fmt: skip
    assert run(root, "approve", "--yes").code == 0
    done = stories.build(root)
    assert done.code == 0, done.err
    return root


def test_hostile_words_stay_words_in_every_file(hostile: Path) -> None:
    site = hostile / "site"
    mentioned = 0
    for path in [*site.rglob("*.html"), *site.glob("*.xml")]:
        text = path.read_text("utf-8")
        assert "<script>alert" not in text, path
        mentioned += "alert(1)" in text
    assert mentioned >= 5
    feed = (site / "feed.xml").read_text("utf-8")
    assert "alert(1)" in feed


@pytest.fixture(scope="module")
def hostile_address(hostile: Path) -> Iterator[str]:
    with served(hostile / "site") as found:
        yield found


def test_hostile_words_run_nothing_in_a_browser(hostile: Path, hostile_address: str, browser: Browser) -> None:
    address = hostile_address
    context = browser.new_context()
    page = context.new_page()
    watched = Watched(page, address)
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    shown = ""
    for name in pages(hostile / "site"):
        page.goto(address if name == "." else f"{address}{name}/", wait_until="load")
        shown += page.locator("body").inner_text()
        for data in page.locator('script[type="application/ld+json"]').all():
            json.loads(data.inner_text())
    for words in (f"Title {EVIL}", f"Answer {EVIL}", "{{ 7*7 }}", f"Proof {EVIL}", f"P {EVIL}"):
        assert words in straight(shown), words
    assert not ran
    assert not watched.wrong
    context.close()


def test_hostile_words_stay_words_in_the_pdf(hostile: Path) -> None:
    reader = pypdf.PdfReader(hostile / "site/papers/evil.pdf")
    text = straight(" ".join("".join(page.extract_text() for page in reader.pages).split()))
    assert reader.metadata is not None
    assert straight(str(reader.metadata.title)) == f"Title {EVIL}"
    assert f"Answer {EVIL}" in text
    assert '& "quotes" {{ 7*7 }}' in text or "{{ 7*7 }}" in text
