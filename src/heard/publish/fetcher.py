"""What a PDF may read while it is set: files below a few folders, and data inside the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from heard.workspace import PRIVATE


def allowed(path: Path, roots: Sequence[Path]) -> bool:
    """Whether a file lies below one of the folders, and not on the workspace's private side."""
    real = path.resolve()
    for root in roots:
        folder = root.resolve()
        if real.is_relative_to(folder):
            return PRIVATE not in real.relative_to(folder).parts[:2]
    return False


def fetcher(roots: Sequence[Path]) -> Any:
    """A WeasyPrint URL fetcher that refuses everything but `data:` and files below the folders."""
    from weasyprint.urls import URLFetcher

    class Fetcher(URLFetcher):  # type: ignore[misc]
        """Deny by default: no network, no redirect, no file elsewhere."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            """Read an address, or raise ValueError, which WeasyPrint logs."""
            parts = urlsplit(url)
            if parts.scheme == "file":
                local = parts.netloc in ("", "localhost")
                if not local or not allowed(Path(url2pathname(parts.path)), roots):
                    raise ValueError("the file is outside the workspace")
            elif parts.scheme != "data":
                raise ValueError("a paper takes nothing from the network")
            return super().fetch(url, headers)

    # What is refused is logged and becomes a finding; to fail on errors would end the whole build.
    return Fetcher(allowed_protocols=("file", "data"), allow_redirects=False, fail_on_errors=False)
