"""`mkdocs build` alone builds the whole site, out of public files alone, and a failure leaves the old one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import stories
from stories import account, build, note, problem, proof, run, tree

SLUGS = sorted(path.stem for path in (stories.REPOSITORY / "content/problems").glob("*.md"))


def test_the_example_builds_without_a_warning(example: Path) -> None:
    said = (example / "built.txt").read_text("utf-8")
    assert "WARNING" not in said
    assert "ERROR" not in said
    assert "Documentation built" in said
    assert not list(example.glob(".site*"))


def test_the_tree_of_the_site(example: Path) -> None:
    site = example / "site"
    assert len(SLUGS) >= 8
    assert sorted(path.name for path in (site / "problems").iterdir()) == SLUGS
    assert sorted(path.name for path in (site / "papers").iterdir()) == [f"{slug}.pdf" for slug in SLUGS]
    industries = sorted(path.stem for path in (example / "content/industries").glob("*.md"))
    assert sorted(path.name for path in (site / "industries").iterdir() if path.is_dir()) == industries
    for name in ("index.html", "feed.xml", "sitemap.xml", "robots.txt", "404.html", "search/search_index.json"):
        assert (site / name).is_file(), name
    for name in ("proof", "about", "contact", "imprint", "privacy", "industries"):
        assert (site / name / "index.html").is_file(), name
    for path in (site / "papers").iterdir():
        assert path.read_bytes().startswith(b"%PDF-")


def test_papers_are_reached_from_hubs_and_not_from_the_menu(example: Path) -> None:
    site = example / "site"
    hubs = "".join(path.read_text("utf-8") for path in (site / "industries").glob("*/index.html"))
    imprint = (site / "imprint/index.html").read_text("utf-8")
    for slug in SLUGS:
        assert f"problems/{slug}/" in hubs
        assert f"problems/{slug}/" in (site / "index.html").read_text("utf-8")
        assert f"problems/{slug}/" not in imprint
        assert f'href="../../papers/{slug}.pdf"' in (site / f"problems/{slug}/index.html").read_text("utf-8")


@pytest.fixture
def evident(root: Path) -> Path:
    """A small site with evidence, and secrets that it does not show."""
    problem(root, "flat")
    problem(root, "icy", public=False)
    for name in stories.COMPANIES[:4]:
        account(root, name.lower().replace(" ", "-"), name, industry="cold-storage")
        note(root, "2026-01-10", name, f"We wait, says {name[:3]}.", quotable="anonymous", person="Zed Zorba")
    proof(root, "one", {"level": "anonymous", "granted": "2026-02-01"}, account="Acme Foods", person="Zed Zorba")
    assert run(root, "approve", "--yes").code == 0
    done = build(root)
    assert done.code == 0, done.err
    return root


def test_deleting_or_renaming_everything_private_changes_no_byte(evident: Path) -> None:
    before = tree(evident / "site")
    private = evident / "content/private"
    for path in sorted(private.rglob("*.md"), reverse=True):
        text = path.read_text("utf-8")
        for name in (*stories.COMPANIES, "Zed Zorba", "We wait", "Icy"):
            text = text.replace(name, f"Xqvarle {name[::-1]}")
        path.with_name(f"other-{path.name}").write_text(text, "utf-8")
        path.unlink()
    assert build(evident).code == 0
    assert tree(evident / "site") == before
    shutil.rmtree(private)
    done = build(evident)
    assert done.code == 0
    assert "WARNING" not in done.err
    assert tree(evident / "site") == before


def test_two_builds_elsewhere_are_the_same(evident: Path, tmp_path: Path) -> None:
    other = tmp_path / "another place"
    shutil.copytree(evident, other, symlinks=True, ignore=shutil.ignore_patterns("site", "private", ".heard"))
    done = build(other, PYTHONHASHSEED="4711", TZ="Asia/Kathmandu", LC_ALL="C")
    assert done.code == 0, done.err
    assert tree(other / "site") == tree(evident / "site")


def test_nothing_private_is_in_any_file(evident: Path) -> None:
    for path in (evident / "site").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Zorba" not in content, path
            assert b"Acme Foods" not in content, path


def test_expired_proof_is_gone_at_the_next_build(root: Path) -> None:
    problem(root, "flat")
    proof(root, "one", {"level": "named", "granted": "2026-02-01", "expires": "2026-11-30"})
    assert run(root, "approve", "--yes").code == 0
    assert build(root).code == 0
    pages = ("proof/index.html", "problems/flat/index.html")
    assert all("Dana Ruiz" in (root / "site" / page).read_text("utf-8") for page in pages)
    assert build(root, SOURCE_DATE_EPOCH="1796126400").code == 0
    assert not any("Dana Ruiz" in (root / "site" / page).read_text("utf-8") for page in pages)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("content/pages/about.md", "# About\n\n[gone](nowhere.md)\n", "nowhere.md"),
        ("content/problems/flat.md", "---\nproblem: Flat\nslug: flat\n---\n# Again\n", "problems/flat.md:5: to fix"),
        ("content/expert.yml", "name: [Maren\n", "content/expert.yml:1: to fix"),
        ("templates/problem.html", "a\n{% if %}\n", "templates/problem.html:2"),
        ("templates/main.html", "<html>\n{{ no.such.thing }}\n</html>", "templates/main.html:2"),
    ],
)  # fmt: skip
def test_a_build_that_fails_leaves_the_old_site(root: Path, name: str, text: str, said: str) -> None:
    problem(root, "flat")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("the old one")
    (root / name).write_text(text, "utf-8")
    done = build(root)
    assert done.code == 1
    assert said in done.err, done.err
    assert "Traceback" not in done.err
    assert [path.name for path in (root / "site").iterdir()] == ["index.html"]
    assert (root / "site/index.html").read_text() == "the old one"
    assert not list(root.glob(".site*"))


@pytest.mark.parametrize("quiet", [(), ("-q",)])
def test_findings_fail_a_strict_build_even_if_nobody_reads_them(root: Path, quiet: tuple[str, ...]) -> None:
    problem(root, "flat", body="\nSee [[nothing-here]].\n")
    assert build(root, *quiet).code == 1
    assert not (root / "site").exists()
    assert stories.process(root, "build", *quiet, program="mkdocs").code == 0
    assert (root / "site/problems/flat/index.html").exists()


def test_a_note_saved_among_the_pages_is_refused(root: Path) -> None:
    problem(root, "flat")
    (root / "content/pages/2026-10-01.md").write_text("---\naccount: Acme\nquotable: no\n---\n> A secret.\n")
    done = build(root)
    assert done.code == 1
    assert "content/pages/2026-10-01.md" in done.err
    assert not (root / "site").exists()
    assert "looks like a note" in run(root, "export", str(root / "out")).err
    assert not (root / "out").exists()


def test_a_private_file_among_the_pages_is_refused(evident: Path) -> None:
    before = tree(evident / "site")
    source = next((evident / "content/private/notes").glob("*.md"))
    for name in ("notes.md", "data.txt"):
        copy = evident / "content/pages" / name
        shutil.copy(source, copy)
        done = build(evident)
        assert done.code == 1
        assert "leak/copy" in done.err
        assert name in done.err
        copy.unlink()
    link = evident / "content/pages/linked"
    link.symlink_to("../private/notes")
    done = build(evident)
    assert done.code == 1
    assert "linked/" in done.err
    assert "[file/link]" in done.err
    link.unlink()
    assert tree(evident / "site") == before
    assert not list(evident.glob(".site*"))


def test_no_approved_yml_is_one_line(root: Path) -> None:
    problem(root, "flat")
    done = build(root)
    assert done.code == 0
    assert done.err.count("no content/approved.yml") == 1
    assert "WARNING" not in done.err


def test_a_page_of_ones_own_stands_for_a_made_one(root: Path) -> None:
    problem(root, "flat")
    (root / "content/pages/problems").mkdir()
    (root / "content/pages/problems/flat.md").write_text("# Mine\n\nWritten by hand.\n")
    (root / "templates/404.html").write_text("my own 404")
    done = build(root)
    assert done.code == 0, done.err
    assert "Written by hand." in (root / "site/problems/flat/index.html").read_text("utf-8")
    assert (root / "site/404.html").read_text() == "my own 404"


def test_a_renamed_file_keeps_its_address(root: Path) -> None:
    path = problem(root, "flat")
    path.rename(path.with_name("another name.md"))
    found = run(root, "check")
    assert "content/problems/another name.md:" in found.out
    assert build(root).code == 0
    assert (root / "site/problems/flat/index.html").exists()


def test_an_old_slug_keeps_answering_with_the_same_bytes(root: Path) -> None:
    problem(root, "flat", old_slugs=["dead"])
    assert build(root).code == 0
    assert 'url=../../problems/flat/"' in (root / "site/problems/dead/index.html").read_text("utf-8")
    assert (root / "site/papers/dead.pdf").read_bytes() == (root / "site/papers/flat.pdf").read_bytes()


def test_two_problems_with_one_slug_do_not_overwrite_each_other_silently(root: Path) -> None:
    problem(root, "flat")
    problem(root, "other")
    path = root / "content/problems/other.md"
    path.write_text(path.read_text("utf-8").replace("slug: other", "slug: flat"), "utf-8")
    found = run(root, "check")
    assert found.code == 1
    assert re.search(r"content/problems/(flat|other)\.md:\d+: to fix: .*flat", found.out)
    done = build(root)
    assert done.code == 1
    assert "flat" in done.err


ODD = ("🔋🔋🔋", "x" * 300, "A word " * 43, "../../../etc", "Straße & “Kühl” <b>", "日本の冷蔵庫")


def test_odd_names_have_a_page_of_their_own(root: Path) -> None:
    for number, words in enumerate(ODD):
        head = {"problem": words, "published": "2026-05-01"}
        stories.file(root, f"problems/odd {number}.md", head, stories.BODY)
    done = stories.process(root, "build", program="mkdocs")
    assert done.code == 0, done.err
    names = sorted(path.name for path in (root / "site/problems").iterdir())
    assert len(names) == len(ODD)
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", name) for name in names), names
    assert sorted(path.stem for path in (root / "site/papers").iterdir()) == names
    assert [path.name for path in root.parent.iterdir()] == ["workspace"]
