"""Keeps a model in one file that is mapped into memory: asking reads only the rows that it needs."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from heard.base.files import PRIVATE_MODE, write
from heard.base.similarity.embedding import identity
from heard.base.similarity.model import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAGIC = b"heard arrays 1\n"
_ALIGNED = 64

FORMAT = "3"
"""Changes whenever an older model could not be asked, or would answer differently."""


def save(model: Model, path: Path) -> None:
    """Keep a model; equal models give equal bytes. Raises `HeardError` if the disk refuses."""
    head = {
        "format": FORMAT,
        "slugs": model.slugs,
        "quotes": model.quotes,
        "made_of": dict(model.made_of),
        "words": identity("words"),
    }
    save_arrays(path, head, model.arrays)


def load(path: Path) -> Model | None:
    """The model that was kept; None if there is none, or it is damaged or was made with other libraries."""
    found = load_arrays(path)
    try:
        if found is None or (found[0]["format"], found[0]["words"]) != (FORMAT, identity("words")):
            return None
        head, arrays = found
        return Model(tuple(head["slugs"]), float(head["quotes"]), arrays, head["made_of"])
    except (KeyError, TypeError, ValueError):
        return None


def save_arrays(path: Path, head: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays with some words about them (as JSON knows them) in a file that only its owner reads."""
    import numpy as np

    body, table = bytearray(), {}
    for name, array in sorted(arrays.items()):
        body += bytes(-len(body) % _ALIGNED)
        table[name] = [array.dtype.str, list(array.shape), len(body)]
        body += np.ascontiguousarray(array).tobytes()
    about = {"about": head, "arrays": table, "sum": crc32(body)}
    line = json.dumps(about, ensure_ascii=False).encode("utf-8", "surrogatepass")
    start = len(_MAGIC) + 8 + len(line)
    write(
        path,
        b"".join((_MAGIC, len(line).to_bytes(8, "little"), line, bytes(-start % _ALIGNED), body)),
        mode=PRIVATE_MODE,
    )


def load_arrays(path: Path) -> tuple[Any, dict[str, NDArray[Any]]] | None:
    """What was kept, its arrays read-only; None if there is no such file or it is damaged."""
    import numpy as np

    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if held[: len(_MAGIC)] != _MAGIC:
            return None
        at = len(_MAGIC) + 8
        end = at + int.from_bytes(held[len(_MAGIC) : at], "little")
        about = json.loads(held[at:end].decode("utf-8", "surrogatepass"))
        body = memoryview(held)[end + -end % _ALIGNED :]
        if crc32(body) != about["sum"]:
            return None
        arrays = {
            name: np.frombuffer(body, np.dtype(kind), int(np.prod(shape)), start).reshape(shape)
            for name, (kind, shape, start) in about["arrays"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None
    return about["about"], arrays
