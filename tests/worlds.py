"""Whole workspaces made up by chance: problems with papers, notes, accounts, proof, industries, campaigns and pages.

A world is a table of files, path → text, made from a random generator that a test seeds. Nothing in it is real. Every
secret is one of `SECRETS`' making: a word that occurs nowhere in public, so that it can be renamed everywhere at once.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import stories
from heard.base.yamlio import scalar
from heard.catalogue.entries import read_account, read_problem, read_proof
from heard.catalogue.heard_from import book_of, hearings
from heard.catalogue.notes import read_note
from heard.catalogue.public import read_approved, read_expert, read_industry
from heard.pipeline.catalogue import Read
from heard.values import Approved, Catalogue, Expert, Finding, Place, PublicCatalogue

Files = dict[str, str]

DAY = date(2026, 11, 21)

COMPANIES = (
    "Acrefold Vroom", "Birkenlund", "Castellan Reef", "Drumcondra", "Estermoor Kasse", "Fjelldorf", "Gristmont",
    "Hollybank Ijs", "Ixtapa Prawns", "Jasperholt", "Kirkwall Nets", "Lumbridge", "Moorefield Zuivel", "Nordfrost",
    "Okavango Fish",
)  # fmt: skip
"""Names that nothing takes for one another."""

PEOPLE = ("Zofia Kowalczyk", "Jiri Havelka", "Anneke Wouwenaar", "Dragan Petrovski", "Siobhan Quillfeather")
ROLES = ("shift lead", "operations manager", "owner", "buyer")
INDUSTRIES = ("cold-storage", "food-making", "retail")
SLUGS = ("batteries-die", "doors-ice-up", "trucks-wait", "pallets-break", "labels-peel")
SAID = ("it stops at three", "nobody owns it", "we wait for hours", "the ice is back by noon", "we pay twice")


@dataclass(frozen=True)
class Sizes:
    """How much a world holds at most."""

    companies: int = 9
    problems: int = 3
    notes: int = 14
    proof: int = 3


def header(values: Mapping[str, object], body: str = "") -> str:
    """A Markdown file. Written by hand, since a YAML library takes longer than all that is tested."""
    rows = (
        f"{key}: {scalar(value) if isinstance(value, str) else json.dumps(value)}\n" for key, value in values.items()
    )
    return f"---\n{''.join(rows)}---\n{body}"


def world(rng: random.Random, sizes: Sizes = Sizes()) -> Files:
    """A workspace's public and private files, approved.yml apart."""
    slugs = rng.sample(SLUGS, rng.randint(1, sizes.problems))
    companies = rng.sample(COMPANIES, rng.randint(2, sizes.companies))
    return {
        **_public(rng, slugs),
        **{f"content/private/accounts/{name.lower().replace(' ', '-')}.md": _account(rng, name) for name in companies},
        **_notes(rng, slugs, companies, rng.randint(1, sizes.notes)),
        **_proof(rng, slugs, companies, rng.randint(0, sizes.proof)),
        **_drafts(rng),
    }


def _public(rng: random.Random, slugs: Sequence[str]) -> Files:
    files = {
        "mkdocs.yml": (stories.REPOSITORY / "mkdocs.yml").read_text("utf-8"),
        "content/expert.yml": "name: Maren Tolksdorf\nbio: I listen.\nteam: [Ada Brandt]\n",
        "content/pages/index.md": "---\ntemplate: home.html\n---\n# What stops your cold store\n\nHere it is.\n",
    }
    for name in ("about", "contact", "imprint", "privacy"):
        files[f"content/pages/{name}.md"] = f"# {name.capitalize()}\n\n{_sentences(rng)}\n"
    for slug in INDUSTRIES:
        files[f"content/industries/{slug}.md"] = header({"name": slug.replace("-", " ").capitalize()}, _sentences(rng))
    files["content/authors/ada-brandt.md"] = header({"name": "Ada Brandt", "trade": "Batteries"}, "Ada repairs.\n")
    for at, slug in enumerate(slugs):
        files[f"content/problems/{slug}.md"] = _paper(rng, slug, slugs, retired=at > 0 and rng.random() < 0.15)
    if rng.random() < 0.5:
        spring = {"name": "Spring", "problems": list(slugs), "channels": ["linkedin", "newsletter"]}
        files["content/campaigns/spring.yml"] = "".join(
            f"{key}: {json.dumps(value)}\n" for key, value in spring.items()
        )
    return files


def _paper(rng: random.Random, slug: str, slugs: Sequence[str], *, retired: bool) -> str:
    words = slug.replace("-", " ").capitalize()
    head: dict[str, object] = {
        "problem": words,
        "title": f"How to end it: {words.lower()} in the night shift",
        "answer": "Give one person the schedule.",
        "description": f"Why {words.lower()}, how to find your own cause in one week, and what ends it for good.",
        "slug": slug,
        "industries": rng.sample(INDUSTRIES, rng.randint(1, 2)),
        "published": "2026-05-01",
    }
    head |= {"author": "ada-brandt"} if rng.random() < 0.3 else {}
    head |= {"aliases": ["it ends too soon"]} if rng.random() < 0.3 else {}
    head |= {"retired": "2026-10-01"} if retired else {}
    link = f"See [[{rng.choice(slugs)}]].\n\n" if rng.random() < 0.5 else ""
    slot = "[[quote]]\n\n" if rng.random() < 0.5 else ""
    table = "| Hour | Trucks |\n| --- | ---: |\n| 6 | 12 |\n\n" if rng.random() < 0.3 else ""
    return header(head, f"## In short\n\n{_sentences(rng)}\n\n## What it looks like\n\n{slot}{link}{table}Count it.\n")


def _sentences(rng: random.Random) -> str:
    some = ("Count the stops of one night.", "Weigh the ice.", "Ask who owns the plan.", "One week is enough.")
    return " ".join(rng.sample(some, rng.randint(1, 3)))


def _account(rng: random.Random, name: str) -> str:
    people = [
        {"name": person, "role": rng.choice(ROLES), "email": f"{person.split()[0].lower()}@{_domain(name)}"}
        for person in rng.sample(PEOPLE, rng.randint(0, 2))
    ]
    facts = {"city": "Wexholmstad", "product": "Crispelle"} if rng.random() < 0.5 else {}
    head = {"name": f"{name} GmbH", "domains": [_domain(name)], "industry": rng.choice(INDUSTRIES)}
    return header({**head, "people": people, "facts": facts}, "Pays late.\n")


def _domain(name: str) -> str:
    return f"{name.lower().replace(' ', '-')}.example"


def _notes(rng: random.Random, slugs: Sequence[str], companies: Sequence[str], many: int) -> Files:
    files = {}
    for number in range(many):
        company = rng.choice(companies)
        day = DAY - timedelta(days=rng.randint(0, 400))
        spelled = rng.choice((company, f"{company} GmbH", company.upper(), f"info@{_domain(company)}"))
        head = {
            "date": day.isoformat(), "source": rng.choice(("call", "call", "meeting", "review")), "account": spelled,
            "person": rng.choice(PEOPLE), "role": rng.choice(ROLES),
            "quotable": rng.choice(("no", "anonymous", "anonymous", "named")),
        }  # fmt: skip
        if rng.random() < 0.5:
            head["industry"] = rng.choice(INDUSTRIES)
        words = rng.choice(SAID).capitalize() + rng.choice((".", f", says {rng.choice(PEOPLE)}.", f" at {company}."))
        body = f"> {words}\n> [[{rng.choice(slugs)}]]\n\nA second charger came from {rng.choice(COMPANIES)}.\n"
        files[f"content/private/notes/2026/n{number:03}.md"] = header(head, body)
    return files


def _proof(rng: random.Random, slugs: Sequence[str], companies: Sequence[str], many: int) -> Files:
    files = {}
    for number in range(many):
        level = rng.choice(("none", "anonymous", "named"))
        until = rng.choice(("2026-11-01", "2028-07-02"))
        shown = f"It ended in week {number}."
        head = {
            "kind": "testimonial", "problems": [rng.choice(slugs)], "account": rng.choice(companies),
            "person": rng.choice(PEOPLE),
            "consent": {"level": level, "granted": "2026-02-01", "expires": until, "shown": shown},
        }  # fmt: skip
        files[f"content/private/proof/p{number}.md"] = header(head, f"{shown}\n")
    return files


def _drafts(rng: random.Random) -> Files:
    head = {"problem": "Forks bend at Quarrystone", "slug": "forks-bend"}
    held = "version: 1\nheld: []\n"
    return {
        "content/private/problems/forks-bend.md": header(head, "## In short\n\nNot yet.\n"),
        "content/private/held.yml": held,
    }


def private(files: Mapping[str, str]) -> Files:
    """The private files alone."""
    return {name: text for name, text in files.items() if name.startswith("content/private/")}


def renamed(files: Mapping[str, str], rng: random.Random) -> Files:
    """The world with every secret of its private side another one: names, words, days, and what files are called."""
    found = {name: text for name, text in files.items() if not name.startswith("content/private/")}
    words = {
        old: f"{rng.choice(('Quax', 'Wyrm', 'Zeb'))}{at:02}o{rng.randint(0, 9)}"
        for at, old in enumerate(_secret_words())
    }
    for name, text in private(files).items():
        for old, new in words.items():
            text = text.replace(old, new).replace(old.lower(), new.lower()).replace(old.upper(), new.upper())
            name = name.replace(old.lower(), new.lower())
        folder, _, last = name.rpartition("/")
        found[f"{folder}/{last if last.endswith('.yml') else f'x{rng.randint(0, 10**6)}-{last}'}"] = text
    return found


def _secret_words() -> list[str]:
    names = [word for name in (*COMPANIES, *PEOPLE, "Wexholmstad", "Crispelle", "Quarrystone") for word in name.split()]
    return sorted(
        {*names, *SAID, *(one.capitalize() for one in SAID), "It ended in week"}, key=lambda one: (-len(one), one)
    )


def put(root: Path, files: Mapping[str, str], order: random.Random | None = None) -> Path:
    """Write a world, its files in any order."""
    names = sorted(files)
    if order:
        order.shuffle(names)
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[name], "utf-8")
    (root / "templates").mkdir(parents=True, exist_ok=True)
    return root


def read(files: Mapping[str, str]) -> Read:
    """What heard reads in a world, without a disk."""
    wrong: list[Finding] = []

    def every(folder: str, reader: object) -> tuple[object, ...]:
        some = ((name, files[name]) for name in sorted(files) if name.startswith(f"content/{folder}/"))
        return tuple(reader(text, name, wrong) for name, text in some)  # type: ignore[operator]

    expert = files.get("content/expert.yml")
    kept = files.get("content/approved.yml")
    public = PublicCatalogue(
        read_expert(expert, "content/expert.yml", wrong) if expert else Expert(Place("content/expert.yml")),
        problems=every("problems", lambda t, n, w: read_problem(t, n, public=True, findings=w)),  # type: ignore[arg-type]
        industries=every("industries", read_industry),  # type: ignore[arg-type]
        approved=read_approved(kept, "content/approved.yml", wrong) if kept else Approved(),
    )
    catalogue = Catalogue(
        public,
        notes=tuple(sorted(every("private/notes", read_note), key=lambda n: (str(n.heard), n.path))),  # type: ignore[attr-defined, arg-type]
        accounts=every("private/accounts", read_account),  # type: ignore[arg-type]
        drafts=every("private/problems", lambda t, n, w: read_problem(t, n, public=False, findings=w)),  # type: ignore[arg-type]
        proof=every("private/proof", read_proof),  # type: ignore[arg-type]
    )
    book = book_of(catalogue)
    return Read(catalogue, book, hearings(catalogue, book), tuple(wrong))


def without_private(root: Path) -> None:
    """Delete the private side."""
    shutil.rmtree(root / "content/private")


def first(some: Iterable[str]) -> str:
    """The first of some texts, or nothing."""
    return next(iter(some), "")
