"""The story of the cards: the pictures of shared links, from the cache or drawn, each once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from heard.base.files import outdated, write
from heard.pipeline.pdf import workers
from heard.publish.cards import Card, fingerprint, render
from heard.publish.fonts import FOLDER
from heard.values import Brand

_KEPT = 200
_WORTH_WORKERS = 8
"""From so many cards on it pays to start workers, which take a second each to begin."""


def draw_all(
    cards: Mapping[str, Card], brand: Brand, cache: Path, templates: Sequence[Path] = (), fonts: Path = FOLDER
) -> dict[str, Path]:
    """Every card's file by the card's address, set with these fonts, drawn only if its fingerprint is new.

    Raises `HeardError` where none can be drawn at all, such as without Pango.
    """
    folder = cache / "cards"
    paths = {uri: folder / f"{fingerprint(card, brand, fonts, templates)}.png" for uri, card in cards.items()}
    waiting = {path: cards[uri] for uri, path in paths.items() if not path.is_file()}
    if waiting:
        folder.mkdir(parents=True, exist_ok=True)
        _draw(waiting, brand, templates, fonts)
        _forget_old(folder, max(_KEPT, 4 * len(cards)), set(paths.values()))
    return paths


def _draw(waiting: Mapping[Path, Card], brand: Brand, templates: Sequence[Path], fonts: Path) -> None:
    cores = min(os.cpu_count() or 1, len(waiting))
    if cores < 2 or len(waiting) < _WORTH_WORKERS:
        for path, card in waiting.items():
            _draw_one(path, card, brand, templates, fonts)
        return
    with workers(cores) as pool:
        drawn = [pool.submit(_draw_one, path, card, brand, templates, fonts) for path, card in waiting.items()]
        for one in drawn:
            one.result()


def _draw_one(path: Path, card: Card, brand: Brand, templates: Sequence[Path], fonts: Path) -> None:
    write(path, render(card, brand, fonts, templates))


def _forget_old(folder: Path, keep: int, used: set[Path]) -> None:
    """Delete the cards that were drawn longest ago, beyond a number worth keeping."""
    for path in outdated(folder.glob("*.png"), keep, used):
        path.unlink(missing_ok=True)
