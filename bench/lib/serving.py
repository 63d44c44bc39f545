"""A folder as a static host serves it: compressed, kept-alive connections, and an own page for what is not there."""

from __future__ import annotations

import functools
import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

PACKED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
"""What hosts compress; pictures, typefaces and PDFs are compressed already."""


class Host(http.server.BaseHTTPRequestHandler):
    """Answers GET and HEAD with a file of the folder."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        """Send a file."""
        path = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body, kind = _file(path if found else self.folder / "404.html")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if kind.startswith(PACKED):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@functools.cache
def _file(path: Path) -> tuple[bytes, str]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    kind = "application/javascript" if kind == "text/javascript" else kind
    body = path.read_bytes() if path.is_file() else b""
    return (gzip.compress(body, 6, mtime=0) if kind.startswith(PACKED) else body), kind


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder's site on this machine, while it is open."""
    handler = type("Served", (Host,), {"folder": folder})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
