"""Vectors of texts that were worked out before: MiniLM takes milliseconds a text, and the texts seldom change.

They are kept on the private side, by a hash of each text; the file may be deleted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from heard.base.similarity.embedding import embed_sentences, embed_words, has_semantic, identity
from heard.base.similarity.storing import load_arrays, save_arrays
from heard.values import HeardError
from heard.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

MOST = 50_000
"""So many rows are kept; beyond that only those that were asked for last."""


def vectors(workspace: Workspace) -> Callable[[Sequence[str]], Vectors]:
    """A unit row for every text, by the best embedding that is installed."""
    # The other takes less time than reading what was kept.
    return remembered(workspace) if has_semantic() else embed_words


def remembered(workspace: Workspace) -> Callable[[Sequence[str]], Vectors]:
    """MiniLM's rows, worked out only for texts that are new."""
    path = workspace.private.cache / "sentences.bin"

    def embed(texts: Sequence[str]) -> Vectors:
        import numpy as np

        found = load_arrays(path)
        rows: dict[str, Vectors] = {}
        if found and found[0].get("seen") == identity("sentences"):
            rows = dict(zip(found[0]["texts"], found[1]["rows"], strict=True))
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
        if missing:
            rows |= zip(missing, embed_sentences(list(missing.values())).astype(np.float16), strict=True)
            kept = sorted(rows if len(rows) <= MOST else set(keys))
            # It only saves time: a full disk must not keep anybody from an answer.
            with suppress(HeardError):
                if workspace.private.exists:
                    about = {"seen": identity("sentences"), "texts": kept}
                    save_arrays(path, about, {"rows": np.stack([rows[key] for key in kept])})
        return np.stack([rows[key] for key in keys]).astype(np.float32) if keys else embed_sentences([])

    return embed


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
