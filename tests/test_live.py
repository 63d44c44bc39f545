"""`heard check --live` fetches what is deployed, and says in plain words what search engines make of it."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import stories
from heard.base import web
from stories import build, problem, run


@dataclass
class Changed:
    """What the server does otherwise than a good host: per path its status, headers and body."""

    status: dict[str, int] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    body: dict[str, bytes] = field(default_factory=dict)
    everywhere: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    not_found: int = 404


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[tuple[int, Changed]]:
    """A web server for a folder that a test can spoil."""
    changed = Changed()

    class Host(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def do_GET(self) -> None:
            changed.asked.append(self.path)
            special = self.path in changed.status or self.path in changed.body
            there = Path(self.translate_path(self.path)).exists()
            if not special and there:
                super().do_GET()
                return
            body = changed.body.get(self.path, b"<title>Nothing</title>")
            self.send_response(changed.status.get(self.path, 200 if special else changed.not_found))
            if self.path not in changed.headers:
                self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def end_headers(self) -> None:
            for name, value in {**changed.everywhere, **changed.headers.get(self.path, {})}.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *arguments: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Host) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port, changed
        server.shutdown()


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> tuple[Path, int]:
    """A workspace whose site is built for an address of this machine, with an old address and a retired paper."""
    root = stories.workspace(tmp_path_factory.mktemp("live") / "workspace", shared)
    problem(root, "flat", old_slugs=["older"])
    problem(root, "gone", retired="2026-10-01")
    with serving(root) as (port, _):
        pass
    config = root / "mkdocs.yml"
    url = f"http://127.0.0.1:{port}/"
    config.write_text(re.sub(r"^site_url:.*", f"site_url: {url}", config.read_text("utf-8"), flags=re.M), "utf-8")
    done = build(root)
    assert done.code == 0, done.err
    return root, port


@dataclass
class Live:
    """The deployed site: its workspace, its server's faults, and what the command says."""

    root: Path
    site: Path
    url: str
    changed: Changed

    def check(self) -> tuple[set[tuple[str, str, str]], stories.Result]:
        done = run(self.root, "check", "--live", "--json")
        return {(row["path"].removeprefix(self.url), row["code"], row["severity"]) for row in done.data}, done

    def codes(self) -> set[tuple[str, str]]:
        return {(path, code) for path, code, _ in self.check()[0]}

    def page(self, uri: str, change: Callable[[str], str]) -> None:
        path = self.site / uri / "index.html"
        path.write_text(change(path.read_text("utf-8")), "utf-8")


@pytest.fixture
def live(deployed: tuple[Path, int], tmp_path: Path) -> Iterator[Live]:
    """A copy of the workspace and of the site, served where the site says it is."""
    before, port = deployed
    root = tmp_path / "workspace"
    shutil.copytree(before, root, symlinks=True)
    site = tmp_path / "host"
    shutil.move(root / "site", site)
    with serving(site, port) as (_, changed):
        yield Live(root, site, f"http://127.0.0.1:{port}/", changed)


def host(live: Live, name: str, more: str = "") -> None:
    expert = live.root / "content/expert.yml"
    expert.write_text(expert.read_text("utf-8").replace("host: github-pages", f"host: {name}") + more, "utf-8")


def test_a_good_site_has_no_findings_and_is_added_up_in_words(live: Live) -> None:
    done = run(live.root, "check", "--live")
    assert done.code == 0, done.out
    pages = len(list(live.site.rglob("index.html"))) - 2
    assert f"Search engines may list {pages} of {pages} pages and 1 of 1 PDF." in done.out
    assert "The PDFs are listed for themselves" in done.out
    assert "Old addresses: 0 lead on by a redirect, 2 by a page that forwards." in done.out
    assert "0 to fix, 0 worth a look." in done.err
    asked = set(live.changed.asked)
    assert {"/", "/robots.txt", "/sitemap.xml", "/papers/flat.pdf", "/papers/older.pdf", "/feed.xml"} <= asked


def test_json_is_a_list_of_findings(live: Live) -> None:
    assert json.loads(run(live.root, "check", "--live", "--json").out) == []


def test_what_does_not_answer_is_to_fix(live: Live) -> None:
    (live.site / "papers/flat.pdf").unlink()
    live.changed.status["/about/"] = 500
    found, done = live.check()
    assert ("papers/flat.pdf", "live/missing", "to fix") in found
    assert ("about/", "live/missing", "to fix") in found
    assert done.code == 1


@pytest.mark.parametrize("by", ["head", "header"])
def test_a_page_that_hides_from_engines_is_told_with_who_says_so(live: Live, by: str) -> None:
    if by == "head":
        live.page("about", lambda text: text.replace("<head>", '<head><meta name="robots" content="noindex, follow">'))
    else:
        live.changed.headers["/about/"] = {"X-Robots-Tag": "noindex"}
    done = run(live.root, "check", "--live")
    assert done.code == 1
    said = "the header X-Robots-Tag" if by == "header" else "its own head"
    assert f"{live.url}about/ to fix: asks engines not to list it ({said}) [live/noindex]" in done.out


def test_robots_txt_that_keeps_engines_away(live: Live) -> None:
    (live.site / "robots.txt").write_text("User-agent: *\nDisallow: /problems/\n")
    codes = live.codes()
    assert ("problems/flat/", "live/blocked") in codes
    assert ("about/", "live/blocked") not in codes
    assert ("robots.txt", "live/sitemap") in codes
    live.changed.status["/robots.txt"] = 503
    assert ("about/", "live/blocked") in live.codes()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('rel="canonical"', 'rel="nothing"'),
        lambda text: text.replace("<title>", '<link rel="canonical" href="https://other.example/"><title>'),
        lambda text: text.replace("/about/", "/contact/"),
    ],
)
def test_a_page_has_one_canonical_address_its_own(live: Live, change: Callable[[str], str]) -> None:
    live.page("about", change)
    assert live.codes() == {("about/", "live/canonical")}


def test_titles_are_there_and_differ(live: Live) -> None:
    live.page("about", lambda text: re.sub(r"<title>.*?</title>", "<title> </title>", text, flags=re.DOTALL))
    live.page("contact", lambda text: re.sub(r"<title>.*?</title>", "<title>Same</title>", text, flags=re.DOTALL))
    live.page("imprint", lambda text: re.sub(r"<title>.*?</title>", "<title>Same</title>", text, flags=re.DOTALL))
    assert live.codes() == {("about/", "live/title"), ("imprint/", "live/title")}


def test_the_sitemap_is_there_readable_and_of_this_site(live: Live) -> None:
    path = live.site / "sitemap.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</urlset>", ""))
    assert ("sitemap.xml", "live/sitemap") in live.codes()
    path.write_text(text.replace(live.url, "https://old.example/"))
    assert ("sitemap.xml", "live/sitemap") in live.codes()
    path.unlink()
    assert ("sitemap.xml", "live/sitemap") in live.codes()


def test_a_pdf_is_a_pdf_by_bytes_type_and_name(live: Live) -> None:
    live.changed.headers["/papers/flat.pdf"] = {"Content-Disposition": 'attachment; filename="download.pdf"'}
    assert live.codes() == {("papers/flat.pdf", "live/pdf")}
    (live.site / "papers/flat.pdf").write_bytes(b"<html>")
    assert ("papers/flat.pdf", "live/pdf", "to fix") in live.check()[0]
    live.changed.body["/papers/flat.pdf"] = b"%PDF-1.7"
    live.changed.headers["/papers/flat.pdf"] = {"Content-Type": "application/octet-stream"}
    done = run(live.root, "check", "--live")
    assert "is sent as application/octet-stream, not as application/pdf" in done.out


def test_old_addresses_lead_on(live: Live) -> None:
    old = "/problems/older/"
    live.changed.status[old] = 301
    live.changed.headers[old] = {"Location": "/problems/flat/"}
    assert live.codes() == set()
    live.changed.status[old] = 302
    assert ("problems/older/", "live/old-address", "worth a look") in live.check()[0]
    live.changed.status[old] = 404
    assert ("problems/older/", "live/old-address", "to fix") in live.check()[0]
    (live.site / "papers/older.pdf").unlink()
    assert ("papers/older.pdf", "live/old-address") in live.codes()


def test_a_host_that_could_redirect_is_asked_to(live: Live) -> None:
    host(live, "netlify")
    live.changed.everywhere["X-Content-Type-Options"] = "nosniff"
    assert live.codes() == {("problems/older/", "live/old-address"), ("problems/gone/", "live/old-address")}


def test_headers_that_the_host_was_told_to_send(live: Live) -> None:
    host(live, "nginx", "pdf_canonical: page\n")
    codes = live.codes()
    assert ("", "live/headers") in codes
    assert ("papers/flat.pdf", "live/headers") in codes
    live.changed.everywhere["X-Content-Type-Options"] = "nosniff"
    live.changed.headers["/papers/flat.pdf"] = {"Link": f'<{live.url}problems/flat/>; rel="canonical"'}
    assert "live/headers" not in {code for _, code in live.codes()}
    assert "The PDFs leave searches to their pages." in run(live.root, "check", "--live").out


def test_a_pdf_that_hands_its_place_to_its_page_unasked_is_told(live: Live) -> None:
    live.changed.headers["/papers/flat.pdf"] = {"Link": f'<{live.url}problems/flat/>; rel="canonical"'}
    assert live.codes() == {("papers/flat.pdf", "live/headers")}


def test_a_retired_paper_that_still_answers_is_to_fix(live: Live) -> None:
    shutil.copy(live.site / "papers/flat.pdf", live.site / "papers/gone.pdf")
    assert ("papers/gone.pdf", "live/behind", "to fix") in live.check()[0]


def test_what_is_not_deployed_yet_is_told(live: Live) -> None:
    problem(live.root, "icy")
    codes = live.codes()
    assert {("problems/icy/", "live/behind"), ("papers/icy.pdf", "live/behind")} <= codes


def test_a_host_that_never_says_not_found(live: Live) -> None:
    live.changed.not_found = 200
    assert ("there-is-no-such-page-here/", "live/not-found") in live.codes()


def test_a_card_that_is_gone(live: Live) -> None:
    (live.site / "cards/problems/flat.png").unlink()
    assert live.codes() == {("cards/problems/flat.png", "live/missing")}


def test_a_site_that_is_nowhere(live: Live) -> None:
    config = live.root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace(live.url, "http://127.0.0.1:9/"), "utf-8")
    done = run(live.root, "check", "--live")
    assert done.code == 1
    assert "[live/unreachable]" in done.out
    config.write_text(text.replace(live.url, '""'), "utf-8")
    done = run(live.root, "check", "--live")
    assert done.code == 1
    assert "no `site_url:`" in done.err


def test_unencrypted_sites_are_told(monkeypatch: pytest.MonkeyPatch, live: Live) -> None:
    config = live.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(live.url, "http://notes.example.com/"), "utf-8")

    def ask(url: str, **_: object) -> web.Answer:
        return web.Answer(url, url, 200, {"content-type": "text/html"}, b"<title>A</title>")

    monkeypatch.setattr("heard.pipeline.live.fetch", ask)
    found = {(row["path"], row["code"]) for row in run(live.root, "check", "--live", "--json").data}
    assert ("http://notes.example.com/", "live/https") in found
    config.write_text(config.read_text("utf-8").replace("http://notes", "https://notes"), "utf-8")
    found = {(row["path"], row["code"]) for row in run(live.root, "check", "--live", "--json").data}
    assert ("http://notes.example.com/", "live/https") in found


def test_nothing_of_a_private_network_is_asked_but_the_site_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("secret")
    with serving(tmp_path) as (port, changed):
        address = f"http://127.0.0.1:{port}/a.txt"
        refused = web.fetch(address)
        assert (refused.status, refused.body) == (0, b"")
        assert "private network" in refused.error
        assert changed.asked == []
        assert web.fetch(address, private={"127.0.0.1"}).body == b"secret"
        changed.status["/on"] = 302
        for target in ("file:///etc/passwd", f"http://localhost:{port}/a.txt", "http://u:p@127.0.0.1/", "gopher://x/"):
            changed.headers["/on"] = {"Location": target}
            led = web.fetch(f"http://127.0.0.1:{port}/on", private={"127.0.0.1"})
            assert led.status == 0, target
            assert led.error


def test_an_answer_is_bounded_in_size_and_redirects(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 300_000)
    with serving(tmp_path) as (port, changed):
        base, own = f"http://127.0.0.1:{port}", {"127.0.0.1"}
        assert len(web.fetch(f"{base}/big", most=100_000, private=own).body) == 100_000
        for step in range(6):
            changed.status[f"/{step}"] = 301
            changed.headers[f"/{step}"] = {"Location": f"/{step + 1}"}
        endless = web.fetch(f"{base}/0", private=own)
        assert endless.error == "leads on more than 3 times"
        assert web.fetch(f"{base}/3", private=own).hops == (301, 301, 301)
        assert changed.asked.count("/4") == 1
    assert "does not answer" in web.fetch(f"{base}/big", private=own).error


def test_names_that_do_not_exist_are_said_so() -> None:
    assert web.fetch("https://nothing.invalid/").error == "no machine has the name nothing.invalid"


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "0.0.0.0", "[::ffff:10.0.0.1]"]
)
def test_private_addresses_are_recognised_in_every_spelling(address: str) -> None:
    assert "private network" in web.fetch(f"http://{address}/").error
