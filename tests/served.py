"""How a static host serves a built site, and what a reader's browser sees of it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a static host does, without a word."""

    def send_error(self, code: int, *more: str | None) -> None:
        """The site's own page where there is no file."""
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address on this machine at which the folder is served."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Watched:
    """What a page asked for and complained about while it was open."""

    def __init__(self, page: Page, own: str) -> None:
        self.wrong: list[str] = []
        page.on("request", lambda sent: None if sent.url.startswith((own, "data:")) else self.wrong.append(sent.url))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("response", lambda got: self.wrong.append(got.url) if got.status >= 400 else None)


def search(page: Page, words: str) -> None:
    """Search as a person does, and wait for a result."""
    opener = page.locator("label[for=__search]:visible").first
    if page.viewport_size and page.viewport_size["width"] < 960:
        opener.click()
    field = page.get_by_role("textbox")
    field.click()
    field.press_sequentially(words, delay=20)
    page.wait_for_function("document.querySelector('[data-md-component=search-result] a[href]')")
