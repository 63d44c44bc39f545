"""Each host is told what it can do, in its own language; what it cannot do is said instead of written."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import site_sample as sample

from heard.publish import hosts
from heard.publish.site import Site
from heard.publish.site import site as make_site
from heard.values import Campaign, Expert, Output, Place, Problem, PublicCatalogue
from stories import problem as problem_file
from stories import run, workspace

EXPERT = Place("content/expert.yml")
HOSTS = ("github-pages", "cloudflare", "netlify", "nginx", "apache", "other")


def made(
    fonts: Path,
    host: str,
    *,
    site_url: str = sample.URL,
    pdf_canonical: str = "",
    campaigns: bool = False,
    papers: int = 2,
) -> Site:
    """A site on a host: papers p0…, p0 renamed from `older`, `gone` taken back."""
    slugs = [f"p{number}" for number in range(papers)]
    problems = [sample.problem(slug, old_slugs=("older",) if slug == "p0" else ()) for slug in slugs]
    gone: Problem = sample.problem("gone", retired=date(2026, 6, 1))
    of = PublicCatalogue(
        Expert(EXPERT, "Ada Example", host=host, pdf_canonical=pdf_canonical),
        problems=(*problems, gone),
        campaigns=(Campaign(Place("content/campaigns/a.yml"), "a", "A", ("p0",), ()),) if campaigns else (),
    )
    some = [sample.paper(slug) for slug in slugs]
    return make_site(of, some, sample.pdfs(some), site_url=site_url, fonts=fonts, content=Path("/nowhere"))


def text_of(site: Site, uri: str) -> str:
    found = [one for one in site.outputs if one.uri == uri]
    assert len(found) == 1, f"{uri}: {len(found)}"
    return found[0].read().decode()


def own_files(site: Site) -> set[str]:
    """The files that only a host reads."""
    names = {".nojekyll", "CNAME", "_headers", "_redirects", ".htaccess"}
    return {one.uri for one in site.outputs if one.uri in names}


def headers(text: str) -> dict[str, dict[str, str]]:
    """`_headers` as Cloudflare and Netlify read it: a path, then its headers indented."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            assert line.startswith("/"), line
            assert line not in found, f"{line} stands twice, so that its headers would be doubled"
            path = line
            found[path] = {}
        else:
            name, colon, value = line.strip().partition(": ")
            assert colon, line
            found[path][name] = value
        assert len(line) < 2000
    return found


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("github-pages", {".nojekyll", "CNAME"}), ("cloudflare", {"_headers", "_redirects"}),
        ("netlify", {"_headers", "_redirects"}), ("nginx", set()), ("apache", {".htaccess"}), ("other", set()),
    ],
)  # fmt: skip
def test_no_host_gets_a_file_that_it_does_not_read(fonts: Path, host: str, expected: set[str]) -> None:
    site = made(fonts, host, pdf_canonical="page")
    assert own_files(site) == expected
    assert (site.beside is not None) == (host == "nginx")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://cold.example.com/", "cold.example.com\n"), ("https://ada.github.io/", ""),
        ("https://cold.example.com/notes/", ""), ("http://127.0.0.1:8000/", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_a_whole_domain_of_ones_own_gets_a_cname(fonts: Path, url: str, name: str) -> None:
    site = made(fonts, "github-pages", site_url=url)
    assert (text_of(site, "CNAME") if "CNAME" in own_files(site) else "") == name
    # An empty file would be left out when the site is exported.
    assert text_of(site, ".nojekyll").strip()


@pytest.mark.parametrize("host", ["cloudflare", "netlify"])
def test_pdfs_rank_for_themselves_unless_their_pages_shall(fonts: Path, host: str) -> None:
    plain = headers(text_of(made(fonts, host), "_headers"))
    assert not [path for path in plain if path.endswith(".pdf")]
    assert plain["/campaigns/*"] == {"X-Robots-Tag": "noindex"}
    site = made(fonts, host, pdf_canonical="page")
    told = headers(text_of(site, "_headers"))
    page = {"Link": f'<{sample.URL}problems/p0/>; rel="canonical"'}
    assert told["/papers/p0.pdf"] == page
    assert told["/papers/older.pdf"] == page
    assert site.extra["pdfs"] == []
    assert len(made(fonts, host).extra["pdfs"]) == 2  # type: ignore[arg-type]


def test_every_papers_markdown_names_its_page(fonts: Path) -> None:
    one_by_one = headers(text_of(made(fonts, "netlify"), "_headers"))
    assert one_by_one["/problems/p1/index.md"] == {"Link": f'<{sample.URL}problems/p1/>; rel="canonical"'}
    by_name = headers(text_of(made(fonts, "cloudflare"), "_headers"))
    assert by_name["/problems/:slug/index.md"] == {"Link": f'<{sample.URL}problems/:slug/>; rel="canonical"'}


@pytest.mark.parametrize(("host", "code"), [("cloudflare", "301"), ("netlify", "301!")])
def test_old_addresses_are_redirected_where_the_host_can(fonts: Path, host: str, code: str) -> None:
    rows = [line.split() for line in text_of(made(fonts, host), "_redirects").splitlines() if line[0] != "#"]
    assert ["/problems/older/", "/problems/p0/", code] in rows
    assert ["/problems/gone/", "/", code] in rows
    assert all(len(row) == 3 for row in rows)


def test_cloudflare_is_told_no_more_than_it_reads(fonts: Path) -> None:
    site = made(fonts, "cloudflare", pdf_canonical="page", papers=120)
    assert len(headers(text_of(site, "_headers"))) == hosts.MOST_RULES
    expert = Expert(EXPERT, host="cloudflare", pdf_canonical="page")
    found = list(hosts.findings(expert, sample.URL, papers=120, line_of=lambda path, key: 1))
    assert [one.code for one in found] == ["host/too-many-rules"]
    assert not list(hosts.findings(expert, sample.URL, papers=90, line_of=lambda path, key: 1))


def blocks(text: str) -> list[str]:
    """The directives of a piece of nginx's configuration, with their blocks; fails where it is not closed."""
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    depth, start, quoted, found = 0, 0, "", []
    for at, sign in enumerate(text):
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'\"":
            quoted = sign
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        if not quoted and depth == 0 and sign in ";}":
            found.append(" ".join(text[start : at + 1].split()))
            start = at + 1
    assert (depth, quoted, text[start:].strip()) == (0, "", "")
    return found


@pytest.mark.parametrize("below", ["", "sub/"])
def test_nginx_gets_its_part_of_a_server_block(fonts: Path, below: str, tmp_path: Path) -> None:
    url = sample.URL + below
    part = made(fonts, "nginx", site_url=url, pdf_canonical="page").beside
    assert isinstance(part, Output)
    text = part.read().decode()
    found = blocks(text)
    assert f'location = "/{below}problems/older/" {{ return 301 "{url}problems/p0/"; }}' in found
    # nginx hands no header down into a location that adds one of its own.
    where = [one for one in found if one.startswith(f'location = "/{below}papers/older.pdf"')]
    assert where
    assert f"""add_header Link '<{url}problems/p0/>; rel="canonical"' always;""" in where[0]
    assert "add_header X-Content-Type-Options 'nosniff' always;" in where[0]
    assert [one for one in found if one.startswith(f'location ^~ "/{below}campaigns/"') and "noindex" in one]
    assert f"error_page 404 /{below}404.html;" in found
    if shutil.which("nginx"):
        _accepted_by_nginx(text, tmp_path)


def _accepted_by_nginx(text: str, folder: Path) -> None:
    (folder / "part.conf").write_text(text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {own} server {{ listen 127.0.0.1:8099; include {folder}/part.conf; }} }}\n"
    )
    done = subprocess.run(
        ["nginx", "-t", "-p", folder, "-c", folder / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("below", ["", "sub/"])
def test_apache_gets_an_htaccess_that_needs_only_fileinfo(fonts: Path, below: str) -> None:
    url = sample.URL + below
    lines = text_of(made(fonts, "apache", site_url=url, pdf_canonical="page"), ".htaccess").splitlines()
    opened: list[str] = []
    for line in lines:
        if begin := re.match(r"\s*<(\w+) ", line):
            opened.append(begin[1])
        elif end := re.match(r"\s*</(\w+)>", line):
            assert opened.pop() == end[1]
    assert opened == []
    directives = {line.split()[0] for line in lines if line.strip() and line.strip()[0] not in "<#"}
    assert directives == {
        "AddCharset", "AddDefaultCharset", "AddType", "ErrorDocument", "ForceType", "Header", "RedirectMatch",
        "SetEnvIf",
    }  # fmt: skip
    redirects = [line.split('"')[1::2] for line in lines if line.startswith("RedirectMatch 301")]
    assert [f"^/{below}problems/older/?$", f"{url}problems/p0/"] in redirects
    assert f'  SetEnvIf Request_URI "^/{below}papers/older\\.pdf$" "CANONICAL={url}problems/p0/"' in lines
    assert f"ErrorDocument 404 /{below}404.html" in lines


@pytest.mark.parametrize("host", HOSTS)
def test_campaigns_are_kept_out_of_searches_as_well_as_the_host_can(fonts: Path, host: str) -> None:
    robots = text_of(made(fonts, host, campaigns=True), "robots.txt")
    # Where the header can be sent, robots have to be let in to see it.
    assert ("Disallow: /campaigns/" in robots) == (host in ("github-pages", "other"))
    assert "Disallow" not in text_of(made(fonts, host), "robots.txt")


def test_below_a_path_no_robots_txt_is_written_since_nobody_reads_it(fonts: Path) -> None:
    site = made(fonts, "github-pages", site_url="https://ada.github.io/notes/")
    assert not [one for one in site.outputs if one.uri == "robots.txt"]


def told(root: Path, extra: str, site_url: str) -> dict[str, Any]:
    """The findings about the host, by code."""
    config = root / "mkdocs.yml"
    config.write_text(re.sub(r"^site_url:.*", f"site_url: {site_url}", config.read_text("utf-8"), flags=re.M), "utf-8")
    expert = root / "content/expert.yml"
    before = expert.read_text("utf-8")
    expert.write_text(before + extra, "utf-8")
    found = run(root, "check", "--json").data
    expert.write_text(before, "utf-8")
    return {one["code"]: one for one in found if one["code"].startswith("host/")}


def test_what_the_host_cannot_do_is_said_at_its_line(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    problem_file(root, "flat")
    url = "https://ada.github.io/notes/"
    found = told(root, "pdf_canonical: page\n", url)
    assert set(found) == {"host/no-headers", "host/robots-elsewhere"}
    rows = (root / "content/expert.yml").read_text("utf-8").splitlines()
    assert found["host/no-headers"]["line"] == len(rows) + 1
    assert rows[found["host/robots-elsewhere"]["line"] - 1] == "host: github-pages"
    assert "https://ada.github.io/robots.txt" in found["host/robots-elsewhere"]["message"]
    assert f"Sitemap: {url}sitemap.xml" in found["host/robots-elsewhere"]["message"]
    assert all(one["severity"] == "worth a look" for one in found.values())
    assert told(root, "", "https://cold.example.com/") == {}


def test_a_slip_in_the_settings_names_the_nearest_word(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    with (root / "content/expert.yml").open("a") as file:
        file.write("pdf_canonical: pages\ndeploy:\n  tarket: x\n")
    said = [one["message"] for one in run(root, "check", "--json").data if one["path"] == "content/expert.yml"]
    assert [one for one in said if "`page`" in one]
    assert [one for one in said if "`target`" in one]


def test_a_hostile_address_stays_within_its_quotes(fonts: Path) -> None:
    url = "https://notes.example.com/a'b\"c$d;e{f/"
    part = made(fonts, "nginx", site_url=url).beside
    assert part
    text = part.read().decode()
    blocks(text)
    assert not [line for line in text.splitlines() if "$d" in line or "'b" in line]
