"""`heard retract`: everything of the paper leaves the site, its addresses lead to the hub, and copies are named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from stories import run

SLUG = "forklift-batteries-die-mid-shift"
OLD = "forklift-batteries-cold"


@pytest.fixture(scope="module")
def retracted(example: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The example without its first paper, and what the command said."""
    import shutil

    root = tmp_path_factory.mktemp("retract") / "copy"
    shutil.copytree(example, root, symlinks=True)
    paper = root / f"content/problems/{SLUG}.md"
    text = paper.read_text("utf-8")
    paper.write_text(text.replace("\nkind:", f"\nold_slugs: [{OLD}]\nkind:", 1) if "\nkind:" in text else text.replace(
        "\nslug:", f"\nold_slugs: [{OLD}]\nslug:", 1), "utf-8")  # fmt: skip
    assert OLD in paper.read_text("utf-8")
    for name in (f"spring/{SLUG}.pdf", f"spring/{OLD}.pdf", f"spring/{SLUG}-linkedin.png", "spring/unrelated.pdf"):
        kit = root / "build/campaigns" / name
        kit.parent.mkdir(parents=True, exist_ok=True)
        kit.write_bytes(b"x")
    results = root / "content/private/results"
    results.mkdir(exist_ok=True)
    (results / "given.yml").write_text(
        f"- {{to: Quarrystone, paper: {SLUG}}}\n- {{to: Ixtapa Prawns, paper: other}}\n", "utf-8"
    )
    (results / "visits.jsonl").write_text(json.dumps({"who": "Wexholm", "file": f"{OLD}.pdf"}) + "\n", "utf-8")
    done = run(root, "retract", "forklift", "--yes")
    assert done.code == 0, done.err
    return root, done.err


def test_page_pdf_feed_sitemap_search_and_cards_are_gone(retracted: tuple[Path, str]) -> None:
    site = retracted[0] / "site"
    assert not list((site / "papers").glob(f"*{SLUG}*"))
    assert not (site / f"papers/{OLD}.pdf").exists()
    for name in (
        "feed.xml",
        "sitemap.xml",
        "search/search_index.json",
        "index.html",
        "industries/cold-storage/index.html",
    ):
        text = (site / name).read_text("utf-8")
        assert SLUG not in text, name
        assert OLD not in text, name
    assert SLUG not in gzip.decompress((site / "sitemap.xml.gz").read_bytes()).decode()
    stubs = {site / f"problems/{slug}/index.html" for slug in (SLUG, OLD)}
    assert {path for path in site.rglob("*") if SLUG in path.name or OLD in path.name} == {one.parent for one in stubs}
    left = [
        path for path in site.rglob("*") if path.is_file() and path not in stubs and SLUG.encode() in path.read_bytes()
    ]
    assert left == []
    quoted = b"We changed one name on one list"
    assert [path for path in site.rglob("*.html") if quoted in path.read_bytes()] == []


@pytest.mark.parametrize("slug", [SLUG, OLD])
def test_its_addresses_lead_to_its_hub(retracted: tuple[Path, str], slug: str) -> None:
    stub = retracted[0] / f"site/problems/{slug}/index.html"
    text = stub.read_text("utf-8")
    assert "url=../../industries/cold-storage/" in text
    assert (stub.parent / "../../industries/cold-storage/index.html").is_file()


def test_the_way_back_is_named_with_the_day_that_stays(retracted: tuple[Path, str]) -> None:
    root, said = retracted
    assert f"`heard publish {SLUG}` brings it back, as published on 2026-02-17." in said
    undone = run(root, "undo")
    assert undone.code == 1
    assert f"What was done last is: {SLUG} retracted. `heard publish {SLUG}` brings it back." in undone.err


def test_what_is_out_there_is_named_with_whom_to_ask(retracted: tuple[Path, str]) -> None:
    said = retracted[1]
    for name in (f"spring/{SLUG}.pdf", f"spring/{OLD}.pdf", f"spring/{SLUG}-linkedin.png"):
        assert f"build/campaigns/{name}" in said
    assert "unrelated.pdf" not in said
    assert f"Spring, linkedin: https://cold-store-notes.example.com/problems/{SLUG}/?utm_source=linkedin" in said
    assert "given.yml:1: - {to: Quarrystone" in said
    assert "Ixtapa" not in said
    assert "Wexholm" in said
    assert f"papers/{OLD}.pdf" in said
    for whom in (
        "search.google.com/search-console/removals",
        "bing.com/webmasters",
        "info@archive.org",
        "Feed readers",
    ):
        assert whom in said
