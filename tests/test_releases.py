"""What a sequence of releases tells: figures in steps, names of groups of three, quotes as permitted, and no more.

Promised, for whoever sees all releases of a sequence, and has only them:

- Every figure, industry, role, attribution and `since` of a release is backed by three accounts or more in notes dated
  before the release's month. An account counts once however it is spelled (legal form, alias, domain, a likeness that
  nobody contradicts), a merged or translated problem's quotes count for the one that they lead to, and quotes without
  an account or from feeds, reviews and searches count nobody.
- A release depends on the world as it was settled before its month, and on the permissions, alone: not on earlier
  releases (but for the ids of entries), not on the order of anything, and not on the day within the month. Notes dated
  in the month or later, and files of accounts heard only in them, change nothing in it.
- So a difference between two releases means that a step (3, 6, 10, 20, 50, 100), or the three accounts behind a name,
  was crossed by what is dated before the month, or that a person edited what is dated before it (merged, split,
  filed anew, forgot).
- Only permitted quotes are told, word for word, and none that names somebody who did not allow it.

Not promised: that nothing can be learnt from a difference. `At least 6` after `at least 3` tells that somebody was
added, dated in an earlier month; a note logged late, with a date before the month, moves a figure on the day it is
logged; a person's edit shows at the next release. An attribution is backed by three accounts by itself; two different
ones of the same quote in two releases, laid side by side, may fit fewer.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import stories
import worlds
from heard.approve.decide import quarter, step
from heard.approve.file import approved_text
from heard.approve.names import NamesIn
from heard.base.text import squeeze
from heard.pipeline import naming
from heard.pipeline.approve import propose
from heard.values import FORGOTTEN, Approved, Quote
from heard.workspace import Workspace, at
from worlds import Files, header

STRESS = bool(os.environ.get("HEARD_STRESS"))
pytestmark = [pytest.mark.stress] if STRESS else []
EXAMPLES = 20 if STRESS else 2

ALIKE = ("Halmersund Storage", "Halmerund Storage")
"""Two companies that are taken for one until somebody says that they are two."""

COMPANIES = (*worlds.COMPANIES[:10], *ALIKE)
KNOWN = tuple(name for number, name in enumerate(COMPANIES[:10]) if number % 3)
"""Those that have a file, under whatever name, so that their name is known before anybody hears of them."""

RENAMED = (
    *worlds.COMPANIES[10:], "Quarrystone", "Tamworth Ice", "Wexholm", "Yarrowby", "Vinterholt", "Pellegrin", "Zephyr"
)  # fmt: skip
"""What each of them may be called later."""

PROBLEMS = ("flat", "icy", "late")
TRANSLATION, LATER = "leer", "cold"
"""A German paper of `flat`, and a problem that is not published."""

INDUSTRIES = {"cold-storage": ("cold-storage", "Cold storage", "COLD STORAGE"), "docks": ("docks", "Docks")}
ROLES = {"shiftlead": ("shift lead", "Shift-Lead", "shift  lead"), "owner": ("owner", "Owner"), "": ("",)}
START = date(2026, 1, 5)
NOTHING = Approved()


@dataclass(frozen=True)
class Said:
    """One quote: the day, whose it is in truth (None: nobody's), and how the note says it."""

    number: int
    day: date | None
    company: int | None
    spelling: int
    problems: tuple[str, ...]
    industry: str
    role: str
    quotable: str
    source: str = "call"
    names: str = ""

    @property
    def text(self) -> str:
        return f"Words number {self.number}{self.names}."


@dataclass(frozen=True)
class Private:
    """The private side as it stands, and what is true of it."""

    said: tuple[Said, ...] = ()
    aliases: Mapping[int, int] = field(default_factory=dict)  # a company that is another one's alias now
    renamed: frozenset[int] = frozenset()
    domains: frozenset[int] = frozenset()
    told_apart: bool = False
    merged: Mapping[str, str] = field(default_factory=dict)

    def who(self, company: int) -> int:
        """The account that a company counts as."""
        first, second = (COMPANIES.index(name) for name in ALIKE)
        company = self.aliases.get(company, company)
        return first if company == second and not self.told_apart else company

    def target(self, problem: str) -> str:
        """The problem that a link leads to."""
        return self.merged.get(
            "flat" if problem == TRANSLATION else problem, "flat" if problem == TRANSLATION else problem
        )


def spelled(world: Private, one: Said) -> str:
    """How a note names its company."""
    if one.company is None:
        return ""
    name = COMPANIES[one.company]
    slug = name.lower().replace(" ", "-")
    ways = [name, f"{name} GmbH", name.upper(), f"[[{name}]]", f"{name}, Inc."]
    ways += [f"{slug}.example", f"mail.{slug}.example", f"anna@{slug}.example"] if one.company in world.domains else []
    return ways[one.spelling % len(ways)]


def files(world: Private) -> Files:
    """The workspace's files."""
    found: Files = {"content/expert.yml": "name: Maren Tolksdorf\n"}
    for slug in ("cold-storage", "docks"):
        found[f"content/industries/{slug}.md"] = header({"name": slug.replace("-", " ").capitalize()})
    for slug in PROBLEMS:
        merged = {"merged_into": world.merged[slug]} if slug in world.merged else {}
        found[f"content/problems/{slug}.md"] = header({"problem": f"It is {slug}", "slug": slug, **merged}, "Words.\n")
    german = {"problem": "Es ist leer", "slug": TRANSLATION, "translates": "flat", "lang": "de"}
    found[f"content/problems/{TRANSLATION}.md"] = header(german, "Worte.\n")
    found[f"content/private/problems/{LATER}.md"] = header({"problem": "It is cold", "slug": LATER}, "")
    for number, name in enumerate(COMPANIES):
        if number not in world.aliases and (number % 3 or number in world.domains or _has_aliases(world, number)):
            found[f"content/private/accounts/a{number:02}.md"] = _account(world, number, name)
    for one in world.said:
        found[f"content/private/notes/{one.number:03}.md"] = _note(world, one)
    return found


def _has_aliases(world: Private, number: int) -> bool:
    return number in {*world.aliases.values(), *world.renamed} or (world.told_apart and COMPANIES[number] in ALIKE)


def _account(world: Private, number: int, name: str) -> str:
    others = [other for other, into in world.aliases.items() if into == number]
    mine = (number, *others)
    head: dict[str, object] = {"name": name, "aliases": [COMPANIES[other] for other in others]}
    if number in world.renamed:
        head = {"name": RENAMED[number], "aliases": [name, *(COMPANIES[other] for other in others)]}
    domains = [f"{COMPANIES[one].lower().replace(' ', '-')}.example" for one in mine if one in world.domains]
    distinct = [other for other in ALIKE if other != name] if world.told_apart and name in ALIKE else []
    return header({**head, "domains": domains, "distinct_from": distinct})


def _note(world: Private, one: Said) -> str:
    head = {"date": one.day.isoformat()} if one.day else {}
    industry = INDUSTRIES[one.industry][one.spelling % len(INDUSTRIES[one.industry])] if one.industry else ""
    role = ROLES[one.role][one.spelling % len(ROLES[one.role])]
    said = {"account": spelled(world, one), "industry": industry, "role": role, "person": "Zofia Kowalczyk"}
    links = "".join(f"> [[{slug}]]\n" for slug in one.problems)
    return header(
        {**head, "source": one.source, "quotable": one.quotable, **said}, f"> {one.text} ^q{one.number}\n{links}"
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace without a file: worlds are read without a disk."""
    root = tmp_path_factory.mktemp("place")
    (root / "content/private").mkdir(parents=True)
    return at(root)


def release(
    place: Workspace, world: Private, today: date, before: Approved = NOTHING, *, plainly: bool = True
) -> Approved:
    """What `heard approve --yes` would let out."""
    with mock.patch.object(naming, "names_in", named if plainly else naming.names_in):
        return _released(place, world, today, before)


def named(*_: object) -> NamesIn:
    """A quick stand-in for what looks for names in quotes; the real one has its own tests."""
    return lambda one: tuple(name for name in KNOWN if isinstance(one, Quote) and name in one.text)


def _released(place: Workspace, world: Private, today: date, before: Approved) -> Approved:
    found = worlds.read(files(world))
    public = replace(found.catalogue.public, approved=before)
    return propose(place, today, found=replace(found, catalogue=replace(found.catalogue, public=public))).after


def told(approved: Approved) -> object:
    """A release without the ids of its entries, which say nothing."""
    return {
        slug: (
            one.heard_from, one.since, set(map(squeeze, one.industries)), set(map(squeeze, one.roles)),
            sorted((quote.text, "named" if quote.names else squeeze(quote.by)) for quote in one.quotes),
        )
        for slug, one in approved.problems.items()
    }  # fmt: skip


# What may be told, worked out from the truth in another way than the code does.


def expected(world: Private, today: date) -> object:
    """The whole release of a day."""
    living = [slug for slug in PROBLEMS if slug not in world.merged]
    settled = [one for one in world.said if one.day and one.day < today.replace(day=1)]
    groups = {slug: _groups(world, settled, slug) for slug in living}
    return {slug: _entry(world, settled, slug, groups) for slug in living}


Groups = Mapping[tuple[str, str], set[int]]


def _groups(world: Private, settled: Iterable[Said], slug: str) -> Groups:
    """The accounts behind everything that could be said of a problem."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in _of(world, settled, slug):
        if one.company is not None and one.source == "call":
            for key in ((one.role, one.industry), (one.role, ""), ("", one.industry), ("*", "*")):
                found[key].add(world.who(one.company))
    return found


def _of(world: Private, settled: Iterable[Said], slug: str) -> list[Said]:
    return [one for one in settled if slug in {world.target(problem) for problem in one.problems}]


def _entry(world: Private, settled: Iterable[Said], slug: str, groups: Mapping[str, Groups]) -> object:
    mine, here = _of(world, settled, slug), groups[slug]
    first: dict[int, date] = {}
    for one in mine:
        if one.company is not None and one.source == "call" and one.day:
            who = world.who(one.company)
            first[who] = min(first.get(who, one.day), one.day)
    count = step(len(first))
    since = quarter(sorted(first.values())[2]) if count else ""
    industries = {squeeze(name) for name in INDUSTRIES if count and len(here.get(("", name), ())) >= 3}
    roles = {name for name in ROLES if name and count and len(here.get((name, ""), ())) >= 3}
    quotes = [
        (one.text, "named" if one.quotable == "named" else squeeze(_by(world, one, groups)))
        for one in mine
        if one.quotable in ("anonymous", "named") and not one.names
    ]
    return count, since, industries, roles, sorted(quotes)


def _by(world: Private, one: Said, groups: Mapping[str, Groups]) -> str:
    """The finest of role + industry, industry, role that three accounts share wherever these words are shown."""
    shown = [groups[slug] for slug in {world.target(problem) for problem in one.problems} if slug in groups]

    def shared(key: tuple[str, str]) -> bool:
        return all(len(group.get(key, ())) >= 3 for group in shown)

    industry, role = one.industry.replace("-", " "), ROLES[one.role][0]
    if one.role and one.industry and shared((one.role, one.industry)):
        return f"{'an' if role[0] in 'aeiou' else 'a'} {role}, {industry}"
    if one.industry and shared(("", one.industry)):
        return f"a client, {industry}"
    if one.role and shared((one.role, "")):
        return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
    return "a client"


def quotes(rng: random.Random, first: int, many: int, until: date, *, since: date | None = None) -> tuple[Said, ...]:
    """So many quotes of chance, dated from `since` (a year before) to `until`."""
    since = since or until - timedelta(days=365)
    days = (until - since).days
    return tuple(
        Said(
            number,
            None if rng.random() < 0.03 else since + timedelta(days=rng.randint(0, days)),
            None if rng.random() < 0.06 else rng.randrange(len(COMPANIES)),
            rng.randrange(40),
            tuple(rng.sample((*PROBLEMS, TRANSLATION, LATER), rng.choice((1, 1, 1, 2)))),
            rng.choice(("cold-storage", "cold-storage", "docks", "")),
            rng.choice(tuple(ROLES)),
            rng.choice(("no", "anonymous", "anonymous", "named", "offrecord")),
            "review" if rng.random() < 0.08 else "call",
            f", said {rng.choice(KNOWN)}" if rng.random() < 0.1 else "",
        )
        for number in range(first, first + many)
    )


def edited(world: Private, rng: random.Random, today: date) -> tuple[Private, str]:
    """One thing that a person does between two releases, and its name."""
    what = rng.choice(
        (
            "log",
            "log",
            "log",
            "date",
            "retag",
            "merge",
            "unmerge",
            "join",
            "domain",
            "rename",
            "split",
            "forget",
            "apart",
        )
    )
    number = rng.randrange(len(COMPANIES))
    single = number not in (*world.aliases, *world.aliases.values()) and COMPANIES[number] not in ALIKE
    if what == "log":
        day = today - timedelta(days=rng.choice((0, 0, 3, 40, 90)))
        return replace(world, said=world.said + quotes(rng, len(world.said), 3, day, since=day)), what
    if what in ("date", "retag", "split"):
        return replace(world, said=tuple(_edited(one, what, rng) for one in world.said)), what
    if what == "merge" and not world.merged:
        return replace(world, merged={"late": rng.choice(("flat", "icy"))}), what
    if what == "unmerge":
        return replace(world, merged={}), what
    if what == "join" and single and (other := rng.randrange(10)) != number and other not in world.aliases:
        return replace(world, aliases={**world.aliases, number: other}), what
    if what == "domain":
        return replace(world, domains=world.domains | {number}), what
    if what == "rename" and number not in world.aliases and COMPANIES[number] not in ALIKE:
        return replace(world, renamed=world.renamed | {number}), what
    if what == "forget":
        return replace(world, said=tuple(_forgotten(one, number) for one in world.said)), what
    return replace(world, told_apart=world.told_apart or what == "apart"), what


def _edited(one: Said, what: str, rng: random.Random) -> Said:
    if rng.random() > 0.2:
        return one
    if what == "date":
        return replace(one, day=one.day - timedelta(days=rng.randint(0, 100)) if one.day else START)
    if what == "split":
        return replace(one, problems=tuple("icy" if slug == "flat" else slug for slug in one.problems[:1]))
    return replace(one, role=rng.choice(tuple(ROLES)), industry=rng.choice(("cold-storage", "docks", "")))


def _forgotten(one: Said, company: int) -> Said:
    return replace(one, company=None, quotable="no") if one.company == company else one


seeds = st.integers(0, 2**48)


def some(many: int) -> settings:
    return settings(max_examples=many * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@some(30)
@given(seeds, st.integers(0, 60))
def test_a_sequence_of_releases_tells_what_the_rules_say_and_nothing_else(
    place: Workspace, seed: int, many: int
) -> None:
    """At every release all figures, names and attributions are those that the truth allows, and no others."""
    rng = random.Random(seed)
    today, before = START + timedelta(days=rng.randrange(300)), Approved()
    world = Private(quotes(rng, 0, many, today))
    for _ in range(5):
        before = release(place, world, today, before)
        assert told(before) == expected(world, today)
        event(f"highest step {max((one.heard_from for one in before.problems.values()), default=0)}")
        for _ in range(rng.randint(0, 3)):
            world, what = edited(world, rng, today)
            event(what)
        today += timedelta(days=rng.choice((0, 1, 9, 31)))


@some(20)
@given(seeds, st.integers(10, 60))
def test_nothing_of_the_month_moves_anything_on_any_of_its_days(place: Workspace, seed: int, many: int) -> None:
    """Whatever is logged this month or later, under new names and files too, every day's release is the same."""
    rng = random.Random(seed)
    month = date(2026, rng.randint(1, 12), 1)
    world = Private(quotes(rng, 0, many, month - timedelta(days=1)))
    quiet = told(release(place, world, month))
    later = quotes(rng, many, 12, month + timedelta(days=60), since=month)
    busy = replace(world, said=world.said + tuple(replace(one, day=one.day or month) for one in later))
    for day in (1, rng.randint(2, 28)):
        assert told(release(place, busy, month.replace(day=day))) == quiet
        assert told(release(place, world, month.replace(day=day))) == quiet


BRIDGES = ("Halmersond Storage", "Halmerond Storage", "Birkenlunt", "Nordfjelldorf", "Estermoor Kassel", "Hollybank Is")


@some(20)
@given(seeds, st.integers(10, 50))
def test_new_accounts_that_resemble_old_ones_wait_for_the_month_to_end(place: Workspace, seed: int, many: int) -> None:
    """A name between two others, a file that calls two old ones its aliases or distinct: nothing moves on that day."""
    rng = random.Random(seed)
    month = date(2026, 11, 1)
    world = Private(quotes(rng, 0, many, date(2026, 10, 31)))
    before = release(place, world, month)
    more = files(world)
    for number, name in enumerate(rng.sample(BRIDGES, 3)):
        head = {"name": name, "distinct_from": [rng.choice(COMPANIES)], "industry": "docks"}
        more[f"content/private/accounts/b{number}.md"] = header(head)
        note = {"date": f"2026-11-0{number + 1}", "account": name, "quotable": "named", "role": "owner"}
        more[f"content/private/notes/b{number}.md"] = header(note, "> New words.\n> [[flat]]\n")
    with mock.patch.object(naming, "names_in", named):
        after = propose(place, date(2026, 11, 21), found=worlds.read(more)).after
    assert told(after) == told(before)


@some(20)
@given(seeds, st.integers(0, 60))
def test_a_release_is_made_from_the_settled_world_alone(place: Workspace, seed: int, many: int) -> None:
    """What was released before, and the order in which files are read, decide nothing but ids, which stay."""
    rng = random.Random(seed)
    today = date(2026, 11, 21)
    world = Private(quotes(rng, 0, many, today))
    others = Private(quotes(rng, 0, rng.randint(0, 60), today))
    fresh = release(place, world, today)
    after = release(place, world, today, release(place, others, today))
    assert told(after) == told(fresh)
    assert approved_text(release(place, world, today, after)) == approved_text(after)
    mixed = replace(world, said=tuple(rng.sample(world.said, len(world.said))))
    assert told(release(place, mixed, today)) == told(fresh)


@some(30)
@given(seeds, st.integers(5, 60))
def test_who_is_in_a_group_of_one_or_two_makes_no_difference(place: Workspace, seed: int, many: int) -> None:
    """Worlds that differ only inside groups that nothing may be said of have equal releases, all sequence long."""
    rng = random.Random(seed)
    today = date(2026, 6, 1) + timedelta(days=rng.randrange(150))
    world = Private(tuple(replace(one, quotable="no") for one in quotes(rng, 0, many, today)))
    other = replace(world, said=tuple(_swapped(world, one, rng) for one in world.said))
    for _ in range(4):
        same = expected(world, today) == expected(other, today)
        event(f"{'equal' if same else 'different'}, {'changed' if other != world else 'unchanged'}")
        assert (told(release(place, world, today)) == told(release(place, other, today))) == same
        today += timedelta(days=31)


def _swapped(world: Private, one: Said, rng: random.Random) -> Said:
    """The quote said by another company, or with another role or industry, if its group is small."""
    if rng.random() < 0.7 or one.company is None:
        return one
    alike = [other for other in world.said if (other.role, other.industry) == (one.role, one.industry)]
    if len({world.who(other.company) for other in alike if other.company is not None}) > 2:
        return one
    return replace(one, company=rng.randrange(len(COMPANIES)), spelling=rng.randrange(40))


@some(15)
@given(seeds, st.integers(0, 60))
def test_quotes_are_let_out_word_for_word_and_only_as_permitted(place: Workspace, seed: int, many: int) -> None:
    rng = random.Random(seed)
    today = date(2026, 11, 21)
    world = Private(quotes(rng, 0, many, today))
    allowed = {one.text: one for one in world.said if one.quotable in ("anonymous", "named")}
    for slug, entry in release(place, world, today, plainly=False).problems.items():
        for quote in entry.quotes:
            one = allowed[quote.text]
            assert slug in {world.target(problem) for problem in one.problems}
            own = one.quotable == "named" and one.company is not None and COMPANIES[one.company] in one.names
            assert not one.names or own
            assert one.day
            assert one.day < today.replace(day=1)
            assert bool(quote.names) == (one.quotable == "named")
            if one.quotable == "anonymous":
                shown = squeeze(quote.by)
                assert not [name for name in (*COMPANIES, "Zofia", "Kowalczyk") if squeeze(name) in shown]


def alike(root: Path) -> Path:
    """A published problem, and two companies that count as one but are of different industries."""
    stories.problem(root, "flat")
    for name, industry in zip(ALIKE, ("cold-storage", "docks"), strict=True):
        stories.account(root, name.lower().replace(" ", "-"), name, industry=industry)
    return root


def test_a_company_that_counts_as_another_keeps_its_own_industry(root: Path) -> None:
    alike(root)
    for name in (*COMPANIES[:2], ALIKE[1]):
        stories.note(root, "2026-01-10", name, **({} if name in ALIKE else {"industry": "docks"}))
    assert propose(at(root), date(2026, 11, 21)).after.problems["flat"].industries == ("docks",)


def test_a_company_known_by_its_subdomains_alone_counts_once(root: Path) -> None:
    stories.problem(root, "flat")
    stories.account(root, "wexholm", "Wexholm", domains=["wexholm.example"])
    for name in ("mail.wexholm.example", "anna@sales.wexholm.example", "https://shop.wexholm.example/"):
        stories.note(root, "2026-01-10", name)
    assert propose(at(root), date(2026, 11, 21)).after.problems["flat"].heard_from == 0


def test_those_who_were_forgotten_count_nobody(root: Path) -> None:
    stories.problem(root, "flat")
    for name in (*COMPANIES[:2], FORGOTTEN):
        stories.note(root, "2026-01-10", name)
    assert propose(at(root), date(2026, 11, 21)).after.problems["flat"].heard_from == 0


@pytest.mark.parametrize(
    ("written", "counts"),
    [
        ("2026-10-31", True), ("2026-10-31T23:59:00-08:00", True), ("2026-11-01T00:30:00+02:00", False),
        ("2026-11-01", False), ("2027-01-01", False), ("", False), ("soon", False),
    ],
)  # fmt: skip
def test_a_note_counts_by_the_day_that_is_written_in_it(root: Path, written: str, counts: bool) -> None:
    """As a note is local, its time zone is passed over; without a day, or with one to come, it counts for nothing."""
    stories.problem(root, "flat")
    for name in COMPANIES[:2]:
        stories.note(root, "2026-01-10", name)
    stories.note(root, written, COMPANIES[2])
    assert propose(at(root), date(2026, 11, 21)).after.problems["flat"].heard_from == (3 if counts else 0)
