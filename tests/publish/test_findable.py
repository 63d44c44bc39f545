"""Search engines, networks and machines find what they need of the site, and it is valid to their own parsers."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
import yaml
from lxml import etree, html
from PIL import Image
from site_sample import paper

import stories
from heard.publish.cards import SIZE, Card, fingerprint, render
from heard.publish.fonts import FOLDER
from heard.publish.heads import claim
from heard.publish.languages import translations
from heard.publish.llms import markdown
from heard.values import Brand
from stories import build, problem

URL = "https://cold-store-notes.example.com/"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"

REQUIRED = {
    "Article": ("headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"),
    "BreadcrumbList": ("itemListElement",),
    "Organization": ("name", "url"),
    "ProfilePage": ("mainEntity",),
    "WebSite": ("name", "url"),
}
"""What the engines' documentation asks of each type (conventions of the field, section 1)."""

NEVER = {"AggregateRating", "FAQPage", "HowTo", "Review"}
"""Types that bring nothing, or that a site may not say of itself."""

APPROVED: dict[str, Any] = {
    "version": 1,
    "problems": {
        "flat": {"heard_from": 10, "since": "2026-Q1", "industries": ["cold-storage"], "roles": [], "quotes": [
            {"id": "q1", "text": "It stops & starts at <three>.", "by": "a shift lead, cold storage", "names": []}]},
    },
    "proof": [{"id": "p1", "kind": "testimonial", "problems": ["flat"], "text": "It ended.", "by": "a client"}],
}  # fmt: skip


def workspace(root: Path, shared: Path | None) -> Path:
    """Four papers: one heard and renamed, its translation, a plain one, one taken back."""
    stories.workspace(root, shared)
    problem(
        root, "flat", old_slugs=["older"], body="\n## In short\n\nGive it one name. See [[icy]].\n\n## Then\n\nDo.\n"
    )
    problem(root, "platt", lang="de", translates="flat", title="Was Staplerbatterien sterben lässt",
            problem="Staplerbatterien sterben", description="Warum die Batterien der Stapler in der Nachtschicht "
            "aufgeben, und wie sich die eigene Ursache in einer Woche finden lässt.")  # fmt: skip
    problem(root, "icy", published="2026-06-01", updated="2026-06-01")
    problem(root, "gone", retired="2026-10-01")
    (root / "content/approved.yml").write_text(yaml.safe_dump(APPROVED, allow_unicode=True), "utf-8")
    shutil.rmtree(root / "content/private")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """The four papers as a built site."""
    made = workspace(tmp_path_factory.mktemp("findable") / "workspace", shared)
    done = build(made)
    assert done.code == 0, done.err
    assert "WARNING" not in done.err
    return made


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return root / "site"


def page(site: Path, uri: str) -> Any:
    return html.fromstring((site / uri / "index.html").read_text("utf-8"))


def pages(site: Path) -> Iterator[tuple[str, Any]]:
    """Every page but the stubs and the 404."""
    for path in sorted(site.rglob("index.html")):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            folder = path.parent.relative_to(site).as_posix()
            yield "" if folder == "." else f"{folder}/", html.fromstring(text)


def meta(tree: Any, name: str) -> str:
    found = tree.xpath("//meta[@property=$n or @name=$n]/@content", n=name)
    assert len(found) == 1, f"{name}: {found}"
    return str(found[0])


def data(tree: Any) -> list[dict[str, Any]]:
    return [json.loads(one) for one in tree.xpath('//script[@type="application/ld+json"]/text()')]


def types(node: object) -> Iterator[str]:
    """Every @type in a piece of structured data."""
    if isinstance(node, dict):
        yield from (node["@type"],) if "@type" in node else ()
        for value in node.values():
            yield from types(value)
    elif isinstance(node, list):
        for value in node:
            yield from types(value)


def test_every_page_has_one_title_one_description_one_canonical_and_a_card(site: Path) -> None:
    titles, descriptions = [], []
    for uri, tree in pages(site):
        assert tree.xpath('//link[@rel="canonical"]/@href') == [f"{URL}{uri}"]
        assert len(tree.xpath("//head/title")) == 1
        titles.append(tree.xpath("//head/title/text()")[0])
        descriptions.append(meta(tree, "description"))
        assert meta(tree, "og:url") == f"{URL}{uri}"
        assert meta(tree, "og:title")
        assert meta(tree, "og:type") == ("article" if uri.startswith("problems/") else "website")
        picture = meta(tree, "og:image")
        assert picture.startswith(f"{URL}cards/")
        assert (site / urlsplit(picture).path.lstrip("/")).is_file(), picture
        assert meta(tree, "og:image:alt")
        assert meta(tree, "twitter:card") == "summary_large_image"
        assert not tree.xpath('//meta[@name="robots"]')
    assert len(titles) > 10
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_a_card_is_a_small_picture_of_the_right_size_with_nothing_else_in_it(site: Path) -> None:
    cards = sorted(site.glob("cards/**/*.png"))
    assert {path.relative_to(site / "cards").as_posix() for path in cards} >= {
        "site.png", "industries/cold-storage.png", "problems/flat.png", "problems/icy.png", "problems/platt.png",
    }  # fmt: skip
    assert not (site / "cards/problems/gone.png").exists()
    for path in cards:
        content = path.read_bytes()
        assert len(content) <= 60_000, path
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.size == SIZE
            assert not picture.info
        kinds = re.findall(rb"(IHDR|PLTE|IDAT|IEND|tEXt|iTXt|zTXt|eXIf|tIME|pHYs)", content)
        assert set(kinds) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_a_card_says_the_problem_and_how_many_told_it(site: Path) -> None:
    assert meta(page(site, "problems/flat/"), "og:image:alt").startswith("Flat. At least ten companies told me this")
    other = meta(page(site, "problems/icy/"), "og:image:alt")
    assert other.startswith("Icy")
    assert "companies" not in other


def test_equal_cards_are_equal_files_and_what_changes_a_card_changes_its_name() -> None:
    card, brand = Card("Trucks wait two hours", "Ada Example", count=10, seed="x"), Brand()
    assert render(card, brand, FOLDER) == render(card, brand, FOLDER)
    others = [Card("Trucks wait", "Ada Example", count=10, seed="x"), Card("Trucks wait two hours", "Ada Example")]
    names = {fingerprint(one, brand, FOLDER) for one in (card, *others)}
    names.add(fingerprint(card, Brand(colour="#FFD400"), FOLDER))
    assert len(names) == 4


@pytest.mark.parametrize(
    "words", ["X", "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente", "long words " * 40, "💡"]
)
def test_a_card_is_made_of_any_words(words: str) -> None:
    with Image.open(io.BytesIO(render(Card(words, "A <b>&"), Brand(colour="#FFD400"), FOLDER))) as picture:
        assert picture.size == SIZE


def test_an_unchanged_card_is_not_drawn_again(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, symlinks=True)
    before = {path: path.stat().st_mtime_ns for path in (copy / ".heard/cards").iterdir()}
    assert build(copy).code == 0
    assert {path: path.stat().st_mtime_ns for path in (copy / ".heard/cards").iterdir()} == before


def test_structured_data_holds_what_is_asked_and_nothing_that_brings_nothing(site: Path) -> None:
    seen: set[str] = set()
    for uri, tree in pages(site):
        for node in data(tree):
            assert node["@context"] == "https://schema.org"
            kind = node["@type"]
            seen.add(kind)
            assert [key for key in REQUIRED[kind] if not node.get(key)] == [], (uri, kind)
            assert not NEVER & set(types(node))
    assert seen == set(REQUIRED)


def test_an_article_names_author_days_with_a_zone_picture_and_crumbs(site: Path) -> None:
    article, crumbs = data(page(site, "problems/flat/"))
    assert article["author"][0]["name"] == "Maren Tolksdorf"
    assert article["author"][0]["url"] == f"{URL}about/"
    for key, day in (("datePublished", "2026-05-01"), ("dateModified", "2026-05-02")):
        assert re.fullmatch(rf"{day}T\d\d:\d\d:\d\d[+-]\d\d:\d\d", article[key])
    assert article["image"] == [f"{URL}cards/problems/flat.png"]
    assert article["publisher"] == {"@type": "Organization", "name": "Cold-store notes", "url": URL}
    items = crumbs["itemListElement"]
    assert [item["position"] for item in items] == [1, 2, 3]
    assert all(item["name"] and item["item"].startswith(URL) for item in items)


def test_the_page_about_the_expert_is_a_profile_and_the_first_page_says_whose_site_it_is(site: Path) -> None:
    assert [node["mainEntity"]["@type"] for node in data(page(site, "about/"))] == ["Person"]
    home = {node["@type"]: node for node in data(page(site, ""))}
    assert home["Organization"]["founder"]["name"] == "Maren Tolksdorf"
    assert home["WebSite"]["name"] == "Cold-store notes"


def sitemap(site: Path) -> dict[str, Any]:
    tree = etree.fromstring((site / "sitemap.xml").read_bytes())
    return {row.findtext(f"{MAP}loc"): row for row in tree.findall(f"{MAP}url")}


def test_the_sitemap_lists_pages_and_pdfs_with_true_days(site: Path) -> None:
    rows = sitemap(site)
    day = {loc: row.findtext(f"{MAP}lastmod") for loc, row in rows.items()}
    assert day[f"{URL}problems/flat/"] == day[f"{URL}papers/flat.pdf"] == "2026-05-02"
    assert day[f"{URL}problems/icy/"] == day[f"{URL}papers/icy.pdf"] == "2026-06-01"
    assert day[URL] == "2026-06-01"
    # Nothing here is a git repository, so nobody knows when these were changed.
    assert day[f"{URL}about/"] is None
    assert stories.NOON.date().isoformat() not in day.values()
    assert f"{URL}papers/older.pdf" not in rows
    assert not [loc for loc in rows if "gone" in loc or "older" in loc]
    assert (site / "papers/older.pdf").read_bytes() == (site / "papers/flat.pdf").read_bytes()


def test_a_hand_written_page_bears_the_day_of_its_last_commit(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, symlinks=True)

    def git(*arguments: str, day: str = "2026-03-04") -> None:
        moment = f"{day}T12:00:00+00:00"
        names = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        done = stories.command(copy, "git", *names, *arguments, GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
        assert done.code == 0, done.err

    git("init", "-q")
    git("add", "content")
    git("commit", "-qm", "one")
    with (copy / "content/pages/contact.md").open("a") as file:
        file.write("\nMore.\n")
    git("commit", "-qam", "two", day="2026-03-09")
    with (copy / "content/pages/imprint.md").open("a") as file:
        file.write("\nNot committed.\n")
    assert build(copy).code == 0
    day = {loc: row.findtext(f"{MAP}lastmod") for loc, row in sitemap(copy / "site").items()}
    assert day[f"{URL}about/"] == "2026-03-04"
    assert day[f"{URL}contact/"] == "2026-03-09"
    assert day[f"{URL}imprint/"] is None
    assert day[URL] == "2026-06-01"
    git("clone", "-q", "--depth=1", f"file://{copy}", str(tmp_path / "shallow"))
    shallow = tmp_path / "shallow"
    shutil.copy(copy / "mkdocs.yml", shallow)
    (shallow / "templates").mkdir()
    (shallow / ".heard").symlink_to(copy / ".heard")
    assert build(shallow).code == 0
    assert sitemap(shallow / "site")[f"{URL}about/"].findtext(f"{MAP}lastmod") is None


def test_translations_name_each_other_and_themselves(site: Path) -> None:
    expected = [
        ("de", f"{URL}problems/platt/"), ("en", f"{URL}problems/flat/"), ("x-default", f"{URL}problems/flat/"),
    ]  # fmt: skip
    for slug in ("flat", "platt"):
        links = page(site, f"problems/{slug}/").xpath("//link[@hreflang]")
        assert [(link.get("hreflang"), link.get("href")) for link in links] == expected
        # With more than the word itself, Material's script leaves the link alone.
        assert {link.get("rel").split()[0] for link in links} == {"alternate"}
        assert "alternate" not in {link.get("rel") for link in links}
        row = sitemap(site)[f"{URL}problems/{slug}/"]
        assert [(one.get("hreflang"), one.get("href")) for one in row.findall(f"{XHTML}link")] == expected
    row = sitemap(site)[f"{URL}papers/platt.pdf"]
    assert len(row.findall(f"{XHTML}link")) == 3
    assert not page(site, "problems/icy/").xpath("//link[@hreflang]")


def test_translations_of_what_is_not_published_still_name_each_other() -> None:
    both = [paper("b", translates="a", lang="de"), paper("c", translates="a", lang="fr"), paper("d")]
    assert translations(both) == dict.fromkeys("bc", (("de", "b"), ("fr", "c"), ("x-default", "b")))


def test_the_atom_feed_and_the_json_feed_say_the_same(site: Path) -> None:
    atom = feedparser.parse((site / "feed.xml").read_bytes())
    assert not atom.bozo
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == URL
    assert feed["feed_url"] == f"{URL}feed.json"
    assert [item["url"] for item in feed["items"]] == [entry.link for entry in atom.entries]
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in atom.entries]
    for item in feed["items"]:
        assert item["id"] == item["url"]
        assert item["content_text"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}[+-]\d\d:\d\d", item["date_modified"])
        (pdf,) = item["attachments"]
        assert pdf["mime_type"] == "application/pdf"
        assert pdf["size_in_bytes"] == (site / urlsplit(pdf["url"]).path.lstrip("/")).stat().st_size
    links = page(site, "").xpath('//link[@type="application/feed+json"]/@href')
    assert links == ["feed.json"]


def test_llms_txt_lists_every_paper_and_each_lies_beside_its_page(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Cold-store notes\n\n> ")
    targets = re.findall(r"^- \[[^\]]+\]\((\S+)\): .+$", text, re.MULTILINE)
    assert {f"{URL}problems/{slug}/index.md" for slug in ("flat", "platt", "icy")} <= set(targets)
    for target in targets:
        path = site / urlsplit(target).path.lstrip("/")
        assert path.is_file() or (path / "index.html").is_file(), target
    assert not (site / "problems/gone/index.md").exists()
    link = page(site, "problems/flat/").xpath('//link[@type="text/markdown"]/@href')
    assert link in (["index.md"], ["./index.md"])


def test_a_papers_markdown_says_by_itself_whose_it_is(site: Path) -> None:
    text = (site / "problems/flat/index.md").read_text("utf-8")
    assert text.startswith("# How to end it: Flat\n\n> Give one person the schedule.\n")
    for said in ("- Author: Maren Tolksdorf", "- Heard from: at least ten companies", "- Updated: 2026-05-02",
                 f"- Page: {URL}problems/flat/", f"- PDF: {URL}papers/flat.pdf"):  # fmt: skip
        assert said in text
    assert "> It stops & starts at <three>.\n>\n> — a shift lead, cold storage" in text
    assert f"[Icy]({URL}problems/icy/)" in text
    assert "> It ended.\n>\n> — a client" in text
    assert "<blockquote" not in text


def test_links_and_pictures_in_a_papers_markdown_are_whole() -> None:
    inside = "[a](../second/#in-short) ![b](b.png) ![c](../images/c.svg)"
    body = f"{inside} [d](https://d.example/) [e](#here) [f](mailto:f@g)\n"
    made = markdown(paper("first", markdown=body), None, "https://x.example/s/").decode()
    assert "[a](https://x.example/s/problems/second/#in-short)" in made
    assert "![b](https://x.example/s/problems/b.png)" in made
    assert "![c](https://x.example/s/images/c.svg)" in made
    assert "[d](https://d.example/) [e](#here) [f](mailto:f@g)" in made


def test_the_old_page_forwards_and_names_the_new_one(site: Path) -> None:
    tree = page(site, "problems/older/")
    assert tree.xpath('//meta[@http-equiv="refresh"]/@content') == ["0; url=../../problems/flat/"]
    assert tree.xpath('//link[@rel="canonical"]/@href') == [f"{URL}problems/flat/"]


def test_robots_are_told_where_the_map_is(site: Path) -> None:
    from urllib.robotparser import RobotFileParser

    parser = RobotFileParser()
    parser.parse((site / "robots.txt").read_text().splitlines())
    assert parser.site_maps() == [f"{URL}sitemap.xml"]
    assert parser.can_fetch("Googlebot", f"{URL}problems/flat/")


def test_pages_without_words_for_searchers_are_findings(tmp_path: Path) -> None:
    root = stories.workspace(tmp_path / "w")
    same = "The same words stand on two pages, and are long enough to be a description."
    texts = {
        "none.md": "# None\n", "short.md": f"---\ntitle: Ab\ndescription: {same}\n---\n# S\n",
        "twin.md": f"---\ntitle: A title of its own\ndescription: {same}\n---\n# T\n",
        "tagged.md": "---\ntitle: !ENV X\n---\n# T\n",
    }  # fmt: skip
    for name, text in texts.items():
        (root / "content/pages" / name).write_text(text, "utf-8")
    about = root / "content/pages/about.md"
    (root / "content/pages/again.md").write_text(
        about.read_text("utf-8").split("description")[0] + "---\n# A\n", "utf-8"
    )
    told = {(one["path"].rpartition("/")[2], one["code"]) for one in stories.run(root, "check", "--json").data}
    expected = {
        ("none.md", "page/no-description"), ("short.md", "page/length"), ("twin.md", "page/same-description"),
        ("again.md", "page/same-title"), ("again.md", "page/no-description"),
    }  # fmt: skip
    assert {one for one in told if one[1].startswith("page/")} == expected


def test_the_claim_is_the_first_pages_heading_as_plain_words(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("---\ntitle: T\n---\n\n# What *keeps* going [wrong](x.md) { .big }\n\n# No\n")
    assert claim(tmp_path) == "What keeps going wrong"
    assert claim(tmp_path / "none") == ""


def test_the_site_is_valid_xml_where_it_says_so(site: Path) -> None:
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--noout", site / "sitemap.xml", site / "feed.xml"], check=True)
    for name in ("sitemap.xml", "feed.xml"):
        etree.fromstring((site / name).read_bytes())


def test_a_card_is_the_same_whatever_the_time_zone_language_and_order_of_sets(tmp_path: Path) -> None:
    program = (
        "import sys; from heard.publish.cards import Card, render; from heard.publish.fonts import FOLDER\n"
        "from heard.values import Brand\n"
        "sys.stdout.buffer.write(render(Card('Ice', 'Ada', count=6, seed='x'), Brand(), FOLDER))\n"
    )
    made = set()
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "UTC", "de_DE.UTF-8")):
        env = stories.environment(PYTHONHASHSEED=seed, TZ=zone, LC_ALL=language)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=env, cwd=tmp_path, check=True)
        made.add(done.stdout)
    assert len(made) == 1
