"""The leak check: 100 MB of a site's files with 5,000 secrets, and its share of a build of the example."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from heard.leaks.scan import Names
from heard.leaks.secret import Kind, Secret
from heard.pipeline.known import Known
from heard.pipeline.leaks import outputs_below, scan_all
from lib.timing import REPO, row, run, seconds, title

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".heard", "build", "site", "src", "tests", "*_cache", ".hypothesis")
FIRST = "Anna Bela Cyril Dana Emil Fatma Goran Hedwig Ines Jarek Karim Lena Milos Nadia Otto Petra Quirin Rosa"
LAST = "Abel Brandt Czerny Dvorak Ekholm Farkas Gruber Horvat Ivanov Jansen Kowal Lindt Moreau Novak Olsen Petit"
ENDS = "berg feld mann sen ova ski son ström well wood"


def main() -> int:
    """Make the files, take the times, print them."""
    title("the leak check (bench/leaks.py)")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        example(place / "example")
        hundred(place, place / "example" / "site")
    return 0


def example(place: Path) -> None:
    """What the check adds to builds of the example."""
    shutil.copytree(REPO, place, ignore=LEFT_OUT)
    cold = run(["mkdocs", "build", "--quiet"], place).seconds
    row("mkdocs build of the example, nothing cached", seconds(cold))
    (place / "content/private/.heard/clean.json").unlink(missing_ok=True)
    alone = run(["heard", "leaks", "site"], place).seconds
    row("heard leaks site, a process of its own", seconds(alone), f"{alone / cold:.2f} of that build")
    again = run(["heard", "leaks", "site"], place).seconds
    row("  again, nothing changed", seconds(again))


def hundred(place: Path, site: Path) -> None:
    """100 MB: 70 of HTML and JSON, 20 of PDF, 10 of images; 5,000 secrets, of which half are six-word runs."""
    files = place / "files"
    for name, size, make in (("pages", 70e6, pages), ("papers", 20e6, papers), ("images", 10e6, images)):
        (files / name).mkdir(parents=True)
        made = 0
        for at, (suffix, content) in enumerate(make(site)):
            (files / name / f"{at}{suffix}").write_bytes(content)
            made += len(content)
            if made >= size:
                break
    outputs = tuple(outputs_below(files))
    what = Known(tuple(secrets()), (), Names(), (), "en", 0, ())
    before = time.perf_counter()
    found = scan_all(outputs, what)
    taken = time.perf_counter() - before
    unread = sum(bool(one.unread) for one in found)
    size = sum(path.stat().st_size for path in files.rglob("*") if path.is_file())
    row(f"{size / 1e6:.0f} MB in {len(outputs)} files, {len(what.secrets)} secrets", seconds(taken), f"{unread} unread")


def pages(site: Path) -> Iterator[tuple[str, bytes]]:
    """HTML pages of the example with more of their words, shuffled, and search indexes of the same words."""
    shuffle = random.Random(7)
    some = [path.read_text("utf-8") for path in sorted(site.rglob("index.html"))]
    words = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", " ".join(some), flags=re.DOTALL).split()
    while True:
        body = " ".join(f"<p>{' '.join(shuffle.choices(words, k=120))}</p>" for _ in range(60))
        yield ".html", f"{shuffle.choice(some)}{body}".encode()
        docs = [{"location": f"p{n}/", "text": " ".join(shuffle.choices(words, k=300))} for n in range(40)]
        yield ".json", json.dumps({"docs": docs}).encode()


def papers(site: Path) -> Iterator[tuple[str, bytes]]:
    """The example's PDFs, each with a byte behind its end that makes it another file."""
    some = [path.read_bytes() for path in sorted((site / "papers").glob("*.pdf"))]
    at = 0
    while True:
        yield ".pdf", some[at % len(some)] + b"\n" * (at // len(some))
        at += 1


def images(site: Path) -> Iterator[tuple[str, bytes]]:
    """Photographs of noise."""
    from PIL import Image

    shuffle = random.Random(7)
    while True:
        kept = io.BytesIO()
        kind = shuffle.choice(["JPEG", "PNG", "WEBP"])
        Image.frombytes("RGB", (400, 300), shuffle.randbytes(360_000)).save(kept, kind)
        yield f".{kind.lower()}", kept.getvalue()


def secrets() -> Iterator[Secret]:
    """5,000 names, companies, addresses and runs of words that are nowhere in the files."""
    shuffle = random.Random(7)
    words = [a + b for a in LAST.lower().split() for b in ENDS.split()]
    for at in range(1250):
        first, last = shuffle.choice(FIRST.split()), shuffle.choice(words).title()
        yield Secret(f"p{at:07}", Kind.PERSON, f"{first} {last}")
        yield Secret(f"c{at:07}", Kind.ACCOUNT, f"{last} {shuffle.choice(words).title()} GmbH")
        yield Secret(f"w{at:07}", Kind.WORDS, " ".join(shuffle.choices(words, k=6)))
        yield Secret(f"e{at:07}", Kind.EMAIL, f"{first.lower()}.{last.lower()}@{last.lower()}.example")


if __name__ == "__main__":
    sys.exit(main())
