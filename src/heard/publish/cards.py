"""The pictures that a shared link shows: the cover of a paper, 1200 × 630 pixels, one for each problem.

They are set like the PDFs, with our fonts alone and without the network, and drawn with a palette, so that a card
is some 20 KB and the same on every machine.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import metadata
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from heard.publish import measure, tally, wording
from heard.publish.colour import tokens
from heard.publish.engine import heeded, weasyprint_with
from heard.publish.fetcher import fetcher
from heard.publish.fonts import RECIPE, font_face_css
from heard.publish.glyphs import printable
from heard.publish.sheet import PRINT
from heard.values import Brand, HeardError

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE = (1200, 630)
"""Pixels: what every network shows without cutting."""

_LIBRARIES = ("weasyprint", "pydyf", "pypdfium2", "pillow")
_SCALE = 96 / 72
_MILLIMETRES = 25.4 / 96
_STEPS = 12
"""Shades between two colours: what the edges of letters need."""

_TITLES = ((84, 3), (72, 3), (62, 4), (52, 5), (44, 6))
"""Sizes in pixels, and how many lines of each leave the strokes their room."""

_setting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Card:
    """What one card shows: the words in large, who signs, and the strokes.

    `count` is a published step or 0; `quoted` whether there is a voice to put a quote mark for.
    """

    words: str
    name: str
    lang: str = "en"
    count: int = 0
    seed: str = ""
    quoted: bool = False
    says: str = ""


def render(card: Card, brand: Brand, fonts: Path, templates: Sequence[Path] = ()) -> bytes:
    """A card as a PNG; a fifth of a second. Raises HeardError where Pango is missing or a template is broken."""
    colour = tokens(brand)
    with _setting, heeded():
        return _png(_page(_document(card, colour, fonts, templates)), colour)


def fingerprint(card: Card, brand: Brand, fonts: Path, templates: Sequence[Path] = ()) -> str:
    """A hash of all that decides a card's bytes; equal fingerprints mean equal files."""
    plain = {"card": asdict(card), "colour": [brand.colour, brand.signal], "fonts": fonts.name}
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode())
    digest.update(_ground())
    for folder in templates:
        for path in sorted(path for path in folder.glob("*.html") if path.is_file()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _ground() -> bytes:
    """What decides the bytes of all cards alike: the libraries, our code, our templates."""
    digest = hashlib.sha256(" ".join(f"{name}={metadata.version(name)}" for name in _LIBRARIES).encode())
    digest.update(str(RECIPE).encode())
    here = Path(__file__).parent
    for name in ("cards.py", "tally.py", "measure.py", "colour.py", "print/card.html", "print/words.html"):
        digest.update((here / name).read_bytes())
    for path in (here / "wording.py", *sorted((here / "words").glob("*.yml"))):
        digest.update(path.read_bytes())
    return digest.digest()


def _document(card: Card, colour: Mapping[str, str], fonts: Path, templates: Sequence[Path]) -> bytes:
    weasyprint, configuration = weasyprint_with(fonts)
    fetch = fetcher([fonts, PRINT, *templates])
    faces = weasyprint.CSS(
        string=font_face_css(fonts.resolve().as_uri() + "/", "ttf", fonts), font_config=configuration, url_fetcher=fetch
    )
    page = weasyprint.HTML(string=_html(card, colour, fonts, templates), url_fetcher=fetch)
    written: bytes = page.write_pdf(font_config=configuration, stylesheets=[faces])
    return written


def _html(card: Card, colour: Mapping[str, str], fonts: Path, templates: Sequence[Path]) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([os.fspath(folder) for folder in (*templates, PRINT)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals |= {"lists": wording.every_list(), "told_me": wording.said}
    try:
        template = environment.get_template("card.html")
        return template.render(_shown(card, colour, fonts))
    except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise HeardError(f"the template card.html cannot be used: {error}") from error


def _shown(card: Card, colour: Mapping[str, str], fonts: Path) -> dict[str, object]:
    """What the template shows of a card; the strokes begin where the words end."""
    display = fonts / "newsreader-display-400.ttf"
    words = printable(card.words, fonts).strip() or card.name
    lines, size = _title(words, display)
    top = 44 + size * len(lines) + 118
    high = max(SIZE[1] - top, 160)
    inks = tally.CoverColours(colour["stroke"], colour["cross"], colour["deep2"])
    return {
        "card": card, "colour": colour, "lines": lines, "size": size, "top": top,
        "strokes": Markup(_strokes(card, inks, high)), "name": printable(card.name, fonts),
    }  # fmt: skip


def _title(words: str, display: Path) -> tuple[tuple[str, ...], int]:
    """The words in balanced lines, and their size in pixels; of very many words the first lines."""
    width = 1060 * _MILLIMETRES
    lines: tuple[str, ...] = (words,)
    size, most = _TITLES[0]
    for size, most in _TITLES:
        points = size * 0.75
        lines = measure.title(words, display, width=width, sizes=(points,), most=most).lines
        if len(lines) <= most and all(
            measure.fit(line, display, width=width, largest=points) == points for line in lines
        ):
            return lines, size
    smallest = min(measure.fit(line, display, width=width, largest=size * 0.75) for line in lines)
    return lines[:most], int(smallest / 0.75)


def _strokes(card: Card, inks: tally.CoverColours, high: int) -> str:
    if card.count or card.quoted:
        # Somewhat wider than the card: they begin under the words and run off its edge.
        ground = tally.Ground((SIZE[0] + 40) * _MILLIMETRES, high * _MILLIMETRES)
        return tally.strokes(card.count, card.seed, inks, ground)
    return tally.cover(0, card.seed, inks, quoted=False)


def _page(document: bytes) -> Image:
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(document)
    try:
        drawn: Image = pdf[0].render(scale=_SCALE).to_pil().convert("RGB")
        return drawn if drawn.size == SIZE else drawn.crop((0, 0, *SIZE))
    finally:
        pdf.close()


def _png(page: Image, colour: Mapping[str, str]) -> bytes:
    """The page with as few colours as its edges need, and nothing but pixels in the file."""
    from PIL.Image import Dither

    drawn = page.quantize(palette=_palette(colour), dither=Dither.NONE)
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()


def _palette(colour: Mapping[str, str]) -> Image:
    from PIL.Image import new

    plain = [_rgb(colour[name]) for name in ("deep", "ondeep", "signal", "stroke", "cross", "deep2")]
    found: dict[tuple[int, int, int], None] = dict.fromkeys(plain)
    for one, other in combinations(dict.fromkeys(plain), 2):
        for step in range(1, _STEPS):
            shade = [round(a + (b - a) * step / _STEPS) for a, b in zip(one, other, strict=True)]
            found.setdefault((shade[0], shade[1], shade[2]))
    picture = new("P", (1, 1))
    picture.putpalette([part for one in found for part in one])
    return picture


def _rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
