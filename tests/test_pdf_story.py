"""`heard pdf`: the same bytes everywhere, every link absolute and tracked, and a sentence where Pango is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest

import stories
from stories import process, run, tree

SITE = "https://cold-store-notes.example.com/"
SLUG = "forklift-batteries-die-mid-shift"
WORDS = "Forklift batteries die mid-shift in the freezer"
UTM = {"utm_source": ["linkedin"], "utm_medium": ["social"], "utm_campaign": ["spring"]}


def links(path: Path) -> list[str]:
    """The addresses of all links of a PDF."""
    found: list[str] = []
    for page in pypdf.PdfReader(path).pages:
        for one in page.get("/Annots") or []:
            action: Any = one.get_object().get("/A")
            if action and "/URI" in action:
                found.append(str(action["/URI"]))
    return found


@pytest.fixture(scope="module")
def campaign(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after `heard pdf --campaign spring` and one paper without."""
    root = tmp_path_factory.mktemp("campaign") / "copy"
    shutil.copytree(example, root, symlinks=True)
    done = run(root, "pdf", "--campaign", "spring")
    assert done.code == 0, done.err
    assert run(root, "pdf", WORDS).code == 0
    return root


def test_pdfs_are_named_after_their_problem(campaign: Path) -> None:
    assert sorted(path.name for path in (campaign / "build/campaigns/spring").iterdir()) == [
        "forklift-batteries-die-mid-shift.pdf", "ice-builds-up-behind-the-freezer-door.pdf",
    ]  # fmt: skip
    assert [path.name for path in (campaign / "build/papers").iterdir()] == [f"{SLUG}.pdf"]
    assert (campaign / f"build/papers/{SLUG}.pdf").read_bytes() == (campaign / f"site/papers/{SLUG}.pdf").read_bytes()


def test_the_same_bytes_in_another_process_and_place(campaign: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(campaign, other, symlinks=True, ignore=shutil.ignore_patterns(".heard", "build", "site", "private"))
    odd = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "SOURCE_DATE_EPOCH": ""}
    done = process(other, "pdf", SLUG, "--json", **odd)
    assert done.code == 0, done.err
    assert (other / f"build/papers/{SLUG}.pdf").read_bytes() == (campaign / f"build/papers/{SLUG}.pdf").read_bytes()
    assert done.data["findings"] == []
    assert [set(one) for one in done.data["pdfs"]] == [{"problem", "path", "pages", "bytes"}]
    assert done.data["pdfs"][0]["bytes"] == (other / f"build/papers/{SLUG}.pdf").stat().st_size


def test_a_second_run_renders_nothing(campaign: Path) -> None:
    before = tree(campaign / "build")
    done = run(campaign, "pdf", "--campaign", "spring")
    assert done.out.count("unchanged") == 2
    assert tree(campaign / "build") == before


def test_metadata_and_bookmarks(campaign: Path) -> None:
    reader = pypdf.PdfReader(campaign / f"build/papers/{SLUG}.pdf")
    facts = reader.metadata
    assert facts is not None
    assert facts.title == "How to stop forklift batteries dying mid-shift in the freezer"
    assert facts.author == "Maren Tolksdorf"
    assert facts.creation_date is not None
    assert facts.creation_date.date().isoformat() == "2026-02-17"
    assert facts.modification_date is not None
    assert facts.modification_date.date().isoformat() == "2026-10-06"
    assert facts.get("/Keywords")
    assert reader.root_object["/Lang"] == "en"
    title, sections, *_ = reader.outline
    assert title["/Title"] == facts.title  # type: ignore[call-overload, index]
    assert len(sections) >= 5
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in
             (one.get_object() for one in page["/Resources"]["/Font"].values())}  # type: ignore[index]  # fmt: skip
    assert all(re.match(r"/[A-Z]{6}\+(Newsreader|Archivo)", font) for font in fonts), fonts


def test_every_link_is_absolute(campaign: Path) -> None:
    found = links(campaign / f"build/papers/{SLUG}.pdf")
    assert any(link.startswith(SITE) for link in found)
    assert all(urlsplit(link).scheme in ("https", "http", "mailto", "tel") for link in found), found
    assert not any("utm_" in link for link in found)


def test_every_own_link_of_a_campaign_is_tracked(campaign: Path) -> None:
    for path in (campaign / "build/campaigns/spring").glob("*.pdf"):
        found = links(path)
        own = [link for link in found if link.startswith(SITE)]
        assert f"{SITE}contact/" in {link.partition("?")[0] for link in own}
        assert all(parse_qs(urlsplit(link).query).items() >= UTM.items() for link in own), own
        assert not any("utm_" in link for link in found if not link.startswith(SITE))


def test_another_channel_and_another_folder(campaign: Path, tmp_path: Path) -> None:
    done = run(campaign, "pdf", SLUG, "--campaign", "Spring", "--channel", "newsletter", "--out", str(tmp_path / "a/b"))
    assert done.code == 0, done.err
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == [f"{SLUG}.pdf"]
    own = [link for link in links(tmp_path / f"a/b/{SLUG}.pdf") if link.startswith(SITE)]
    assert {parse_qs(urlsplit(link).query)["utm_source"][0] for link in own} == {"newsletter"}


@pytest.mark.skipif(
    not shutil.which("zbarimg") or not shutil.which("pdftoppm"), reason="zbarimg and pdftoppm read QR codes"
)
def test_the_qr_code_is_a_tracked_link(campaign: Path, tmp_path: Path) -> None:
    pdf = campaign / f"build/campaigns/spring/{SLUG}.pdf"
    subprocess.run(["pdftoppm", "-r", "110", "-png", pdf, tmp_path / "p"], check=True)
    found = set()
    for page in sorted(tmp_path.glob("*.png")):
        done = subprocess.run(["zbarimg", "-q", "--raw", page], capture_output=True, text=True, check=False)
        found |= set(done.stdout.split())
    (link,) = found
    assert link.startswith(SITE)
    assert parse_qs(urlsplit(link).query) == UTM


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--campaign", "sprnig"), "There is no campaign “sprnig”: did you mean `spring`?"),
        (("--campaign", "spring", "--channel", "tv"), "has no channel “tv”; it has linkedin, newsletter"),
        (("forklift truck",), "The nearest is forklift-batteries-die-mid-shift"),
        (("freezer",), "could be any of"),
        (("defrost water",), "No problem is called"),
        (("--out", "mkdocs.yml/x", SLUG), "mkdocs.yml/x"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(campaign: Path, arguments: tuple[str, ...], said: str) -> None:
    done = process(campaign, "pdf", *arguments)
    assert done.code == 1
    assert said in done.err
    assert done.err.startswith("heard: ")
    assert done.err.count("\n") == 1


def test_nothing_is_published_yet(root: Path) -> None:
    assert "No problem is published yet" in run(root, "pdf").err


def test_a_campaign_needs_the_sites_address(root: Path) -> None:
    stories.problem(root, "flat")
    (root / "content/campaigns").mkdir()
    (root / "content/campaigns/spring.yml").write_text("name: Spring\nproblems: [flat]\nchannels: [linkedin]\n")
    config = root / "mkdocs.yml"
    config.write_text(re.sub(r"(?m)^site_url:.*\n", "", config.read_text("utf-8")), "utf-8")
    assert "write `site_url:` into mkdocs.yml" in run(root, "pdf", "--campaign", "spring").err


def test_a_private_picture_never_gets_into_a_pdf(root: Path, tmp_path: Path) -> None:
    secret = root / "content/private/secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>S3CRET</text></svg>')
    outside = tmp_path / "outside.svg"
    outside.write_text(secret.read_text())
    for number, source in enumerate(("../private/secret.svg", outside.as_uri(), "https://tracker.example/x.png")):
        stories.problem(root, f"flat{number}", body=f"{stories.BODY}\n![a picture]({source})\n")
    done = run(root, "pdf")
    assert done.code == 1
    assert done.err.count("[pdf/") + done.err.count("[paper/") >= 3
    for path in (root / "build/papers").glob("*.pdf"):
        assert "S3CRET" not in "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.fixture
def without_pango(tmp_path: Path) -> str:
    """A folder to put first in Python's path, where loading WeasyPrint fails as it does without Pango."""
    (tmp_path / "path/weasyprint").mkdir(parents=True)
    (tmp_path / "path/weasyprint/__init__.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    return str(tmp_path / "path")


def test_without_pango_the_pages_are_built_and_one_line_says_what_mends_it(root: Path, without_pango: str) -> None:
    (root / ".heard/pdf").unlink()
    stories.problem(root, "flat")
    done = process(root, "build", program="mkdocs", PYTHONPATH=without_pango)
    assert done.code == 0, done.err
    said = [row for row in done.err.splitlines() if "Pango" in row]
    assert len(said) == 1
    assert "apt-get install" in said[0]
    assert "brew install pango" in said[0]
    page = (root / "site/problems/flat/index.html").read_text("utf-8")
    assert "papers/flat.pdf" not in page
    failed = process(root, "pdf", PYTHONPATH=without_pango)
    assert failed.code == 1
    assert "apt-get install" in failed.err
    assert failed.err.count("\n") == 1


def test_broken_cache_is_rendered_again(root: Path) -> None:
    (root / ".heard/pdf").unlink()
    stories.problem(root, "flat")
    assert run(root, "pdf").code == 0
    good = (root / "build/papers/flat.pdf").read_bytes()
    for kept in (root / ".heard/pdf").glob("*.json"):
        kept.write_text("{")
    assert run(root, "pdf").code == 0
    assert (root / "build/papers/flat.pdf").read_bytes() == good
