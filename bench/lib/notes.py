"""An invented workspace of any size: 400 accounts, 80 problems, and as many notes as wanted.

The same numbers give the same files. Notes differ as a person's do: one to four quotes, some loose
text, some in Obsidian's own keys, some headers nearly empty, some filed, some not.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

THINGS = ("battery", "dock door", "scanner", "pick list", "freezer fan", "pallet wrap", "label printer", "night shift",
          "reach truck", "stock count", "defrost timer", "returns desk", "loading plan", "key customer",
          "spare part", "forecast")  # fmt: skip
TROUBLES = ("dies before the shift ends", "is never where it should be", "costs us two hours a night",
            "has been broken since March", "works only when Pavel is here")  # fmt: skip
ASIDES = ("and nobody says so", "and the customer noticed", "which is £4,000 a month", "“it always was so”",
          "so we bought one", "and the supplier shrugs", "— every Monday", "although we paid for it")  # fmt: skip
FIRST = ("Nord", "Halmer", "Tolva", "Quern", "Dodder", "Ostra", "Mroz", "Val", "Ploen", "Thrap", "Kusper", "Tindre",
         "Ombre", "Wilcze", "Bjarn", "Castel", "Furu", "Gans", "Hvit", "Isel")  # fmt: skip
SECOND = ("frost", "sund", "ro", "hithe", "voort", "merle", "nia", "lostra", "nike", "wick", "au", "vag", "lune",
          "stok", "holm", "mar", "berg", "dorp", "fell", "mere")  # fmt: skip
FORMS = ("GmbH", "B.V.", "AB", "Ltd", "S.L.", "S.A.", "sp. z o.o.", "Oy", "& Sons", "Group")
ROLES = ("operations manager", "shift lead", "site manager", "buyer", "technical manager", "")
SOURCES = ("call", "call", "call", "meeting", "email", "event", "chat", "survey")
INDUSTRIES = ("cold-storage", "food-manufacturing", "grocery-distribution", "")
PEOPLE = ("Zofia K.", "D. Ruiz", "Ines Halvorsen", "P. Novak", "M. O’Dowd", "Jürgen Thieß", "")


def accounts(count: int = 400) -> tuple[str, ...]:
    """Names of companies, no two alike."""
    return tuple(f"{FIRST[at % 20]}{SECOND[at // 20 % 20]} {FORMS[at * 7 % 10]}" for at in range(count))


def problems() -> tuple[tuple[str, str], ...]:
    """80 problems: the slug and the words of each."""
    pairs = [f"The {thing} {trouble}" for thing in THINGS for trouble in TROUBLES]
    return tuple((words[4:].lower().replace(" ", "-"), words) for words in pairs)


def make(root: Path, notes: int) -> None:
    """Write a workspace with this many notes; the files are plain ones, as a person's would be."""
    content, private = root / "content", root / "content" / "private"
    for folder in (content / "pages", private / "accounts", private / "problems", private / "notes"):
        folder.mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text("site_name: Bench\ndocs_dir: content/pages\nplugins: [search, heard]\n")
    (content / "expert.yml").write_text("name: Bench\n")
    (content / "approved.yml").write_text("version: 1\n")
    for name in accounts():
        short = name.split()[0]
        text = f"---\nname: {name}\naliases: [{short}]\ndomains: [{short.lower()}.example]\nfit: unknown\n---\n"
        (private / "accounts" / f"{short.lower()}.md").write_text(text, encoding="utf-8")
    for slug, words in problems():
        text = f"---\nproblem: {words}\nslug: {slug}\naliases: [{words.lower()} again]\n---\n"
        (private / "problems" / f"{slug}.md").write_text(text, encoding="utf-8")
    dice = random.Random(1)
    for at in range(notes):
        heard = datetime(2023, 1, 2, 8) + timedelta(minutes=140 * at + dice.randrange(60))
        path = private / "notes" / str(heard.year) / f"{heard:%Y-%m-%d %H%M}-{at:05d}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_note(dice, heard, at), encoding="utf-8")


def _note(dice: random.Random, heard: datetime, at: int) -> str:
    head = [f"date: {heard:%Y-%m-%d %H:%M}", f"source: {dice.choice(SOURCES)}"]
    for key, values in (("account", accounts()), ("person", PEOPLE), ("role", ROLES), ("industry", INDUSTRIES)):
        value = dice.choice(values)
        if value and dice.random() < 0.9:
            head.append(f"{key}: {value}")
    head += ["quotable: no            # no | anonymous | named"] if dice.random() < 0.8 else []
    head += ["tags: [calls, 2026]", "cssclasses: wide"] if dice.random() < 0.1 else []
    blocks = [_quote(dice, f"{at:x}{number}") for number in range(dice.choice((1, 1, 2, 2, 3, 4)))]
    if dice.random() < 0.5:
        blocks.append(" ".join(f"They {_words(dice)}." for _ in range(dice.randrange(1, 5))) + "\n")
    return "---\n" + "\n".join(head) + "\n---\n" + "\n".join(blocks)


def _quote(dice: random.Random, identifier: str) -> str:
    text = f"Our {_words(dice)}" + "".join(f", {dice.choice(ASIDES)}" for _ in range(dice.randrange(3))) + "."
    lines = [f"> {text} ^{identifier}" if dice.random() < 0.7 else f"> {text}"]
    if dice.random() < 0.85:
        links = " ".join(f"[[{slug}]]" for slug, _ in dice.sample(problems(), dice.choice((1, 1, 1, 2))))
        lines.append(f"> {links} #serious" if dice.random() < 0.3 else f"> {links}")
    return "\n".join(lines) + "\n"


def _words(dice: random.Random) -> str:
    return f"{dice.choice(THINGS)} {dice.choice(TROUBLES)}"
