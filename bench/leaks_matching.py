"""How fast the leak check looks through pages, and how often it is wrong about real text.

Run it with `python bench/leaks_matching.py [MEGABYTES]`: pages made of real text, 5,000 secrets, one core.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "leaks"))

import people
import real

from heard.leaks.matcher import Matcher, build, find
from heard.leaks.secret import Form, Kind, Piece, Secret

MEGA = 1_000_000


def megabytes_a_second(matcher: Matcher, size: int, form: Form) -> float:
    """The speed over so many characters of pages, or of their text as a search index holds it."""
    looked = 0
    spent = 0.0
    for page in cycle(real.pages(60_000)):
        text = page if form is Form.MARKUP else json.dumps([{"location": "a/", "text": page}])
        started = time.process_time()
        find(matcher, Piece(text, form))
        spent += time.process_time() - started
        looked += len(text)
        if looked >= size:
            return looked / MEGA / spent
    return 0.0


def main() -> None:
    """Print all figures."""
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else "20") * MEGA)
    everything = people.secrets(800, 600, rest=True)[:5000]
    started = time.process_time()
    matcher = build(everything)
    print(f"{len(everything)} secrets built in {time.process_time() - started:.2f} s")
    for form in (Form.MARKUP, Form.DATA):
        print(f"{form}: {megabytes_a_second(matcher, size, form):.1f} MB/s of {size / MEGA:.0f} MB")
    _wrong()
    _sentences()


def _wrong() -> None:
    full = build(people.secrets(500, 500))
    words = build(people.secrets(500, 500, rest=True))
    for name, matcher in (("full names and companies", full), ("with name words, domains, numbers", words)):
        looked = 0
        hits: Counter[str] = Counter()
        for _, text in real.texts():
            looked += len(text)
            hits.update(f"{hit.sureness} {hit.secret.kind}" for hit in find(matcher, Piece(text, Form.TEXT)))
        print(f"{name}: {looked / MEGA:.1f} MB of real text: {dict(hits)}")


def _sentences() -> None:
    words = [word for paragraph in real.prose() for word in paragraph.lower().split()]
    known = {" ".join(words[at : at + 6]): None for at in range(0, len(words) - 6, max(len(words) // 60_000, 1))}
    some = [Secret(f"{at:06x}", Kind.WORDS, text) for at, text in enumerate(list(known)[:60_000])]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    build(some)
    spent = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{len(some)} six-word patterns built in {spent:.2f} s, {grown:.0f} MB more")


if __name__ == "__main__":
    main()
