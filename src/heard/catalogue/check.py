"""Findings that no single file can show: what does not fit together.

Each rule is a function over the same world; its docstring says what it demands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from heard.base.fields import flag, sorted_findings
from heard.base.text import counted, did_you_mean, squeeze
from heard.catalogue.accounts import key_of
from heard.catalogue.check_papers import PAPER_RULES
from heard.catalogue.check_people import PEOPLE_RULES
from heard.catalogue.check_problems import PROBLEM_RULES
from heard.catalogue.check_quotes import QUOTE_RULES
from heard.catalogue.rejected import key_of_words
from heard.catalogue.rules import LOOK, LineOf, NamesIn, Rule, World, first_line, nothing, world
from heard.values import Account, Catalogue, Finding, Level, Place

HELD = "content/private/held.yml"

SOON = timedelta(days=30)
"""So long before a consent ends it is said."""


def check(
    catalogue: Catalogue,
    today: date,
    found: Iterable[Finding] = (),
    line_of: LineOf = first_line,
    names_in: NamesIn = nothing,
) -> tuple[Finding, ...]:
    """Everything that does not fit together, in the order of files and lines.

    `found` is what reading said: a file that could not be read has its finding there, and nothing that
    follows from it is said here. `line_of` finds the lines of keys (`rules.line_finder`); `names_in` says what a quote
    or proof names that it may not.
    """
    seen = world(catalogue, today, found, line_of, names_in)
    return sorted_findings(finding for rule in RULES for finding in rule(seen))


def linked_problems_exist(world: World) -> Iterator[Finding]:
    """A link in a quote names a problem, by its slug, an old slug or its words."""
    hints: dict[str, str] = {}
    for note in world.catalogue.notes:
        for quote in note.quotes:
            for link in quote.problems:
                if link not in hints:
                    hints[link] = "" if world.knows_problem(link) else _no_problem(link, world)
                if hints[link]:
                    yield flag(note.path, quote.line, hints[link], "note/unknown-problem")


def _no_problem(link: str, world: World) -> str:
    hint = world.nearest_problem(link)
    return f"`[[{link}]]`: there is no such problem{hint}{'' if hint else ', so the quote is not counted'}"


def quotes_are_filed(world: World) -> Iterator[Finding]:
    """Every quote is filed under a problem, or was rejected; until then it counts for none."""
    rejected = world.catalogue.rejected
    for note in world.catalogue.notes:
        loose = [quote for quote in note.quotes if not quote.problems]
        loose = [quote for quote in loose if not (rejected and key_of_words(quote.text) in rejected)]
        if loose:
            message = f"{counted(len(loose), 'quote')} filed under no problem: `heard inbox`, or add `[[slug]]` below"
            yield flag(note.path, loose[0].line, message, "note/unfiled", LOOK)


def quote_ids_differ(world: World) -> Iterator[Finding]:
    """No two quotes have the same block id."""
    first: dict[str, Place] = {}
    for note in world.catalogue.notes:
        for quote in note.quotes:
            place = Place(note.path, quote.line)
            if quote.id and first.setdefault(quote.id, place) != place:
                message = f"`^{quote.id}` stands at {first[quote.id]} already: give this quote another id"
                yield flag(note.path, quote.line, message, "note/duplicate-id")


def notes_are_not_in_the_future(world: World) -> Iterator[Finding]:
    """A note is dated today or before."""
    for note in world.catalogue.notes:
        if note.day and note.day > world.today:
            message = f"dated {note.day}, which is still to come"
            yield world.say(note.path, "date", message, "note/future", LOOK)


def account_industries_exist(world: World) -> Iterator[Finding]:
    """An account's industry is one of content/industries, by slug or name."""
    industries = world.catalogue.public.industries
    known = {squeeze(name) for one in industries for name in (one.slug, one.name)}
    for account in world.catalogue.accounts:
        name = account.industry
        if name and squeeze(name) not in known and not world.is_unread(name):
            hint = did_you_mean(name, [one.slug for one in industries])
            message = f"`industry: {name}`: there is no such industry{hint}"
            yield world.say(account.place.path, "industry", message, "account/unknown-industry", LOOK)


def account_spellings_differ(world: World) -> Iterator[Finding]:
    """A name, alias or domain means one account."""
    owners: dict[str, Account] = {}
    for account in world.catalogue.accounts:
        for key, names in (("name", (account.name,)), ("aliases", account.aliases), ("domains", account.domains)):
            for name in names:
                owner = owners.setdefault(key_of(name), account)
                if owner is not account:
                    message = (
                        f"`{name}` means {owner.place.path}, too: leave it to one of them, or `heard account merge`"
                    )
                    yield world.say(account.place.path, key, message, "account/same-spelling")


def proof_problems_exist(world: World) -> Iterator[Finding]:
    """A proof's problems exist."""
    for proof in world.catalogue.proof:
        yield from world.unknown_problems(proof.place.path, "problems", proof.problems, "proof/unknown-problem")


def consents_last(world: World) -> Iterator[Finding]:
    """A consent has not run out, and will not within 30 days."""
    for proof in world.catalogue.proof:
        end = proof.consent.expires
        if not end or proof.consent.withdrawn or proof.consent.level is Level.NONE:
            continue
        if end < world.today:
            message = f"the consent ended on {end}: it is shown no more; ask again"
            yield world.say(proof.place.path, "consent", message, "proof/expired", LOOK)
        elif end <= world.today + SOON:
            message = f"the consent ends on {end}: ask again in time"
            yield world.say(proof.place.path, "consent", message, "proof/expires-soon", LOOK)


def campaign_problems_exist(world: World) -> Iterator[Finding]:
    """The problems of a campaign and of its ads exist."""
    for one in world.catalogue.public.campaigns:
        code = "campaign/unknown-problem"
        yield from world.unknown_problems(one.place.path, "problems", one.problems, code)
        ads = dict.fromkeys(ad.problem for ad in one.ads if ad.problem not in one.problems)
        yield from world.unknown_problems(one.place.path, "ads", ads, code)


def held_entries_exist(world: World) -> Iterator[Finding]:
    """A decision not to publish names a quote or a proof that is there."""
    if world.unread:
        return
    notes, proof = world.catalogue.notes, world.catalogue.proof
    quotes = [quote for note in notes for quote in note.quotes]
    known = {name for quote in quotes for name in (quote.id, quote.text)}
    known |= {name for one in proof for name in (one.slug, one.words)}
    for held in world.catalogue.held:
        if (held.id or held.words) not in known:
            message = f"`{held.id or held.words}` is no quote and no proof any more: delete this entry"
            yield world.say(HELD, "held", message, "held/unknown", LOOK)


RULES: tuple[Rule, ...] = (
    linked_problems_exist,
    quotes_are_filed,
    quote_ids_differ,
    notes_are_not_in_the_future,
    *PEOPLE_RULES,
    *PROBLEM_RULES,
    *PAPER_RULES,
    *QUOTE_RULES,
    account_industries_exist,
    account_spellings_differ,
    proof_problems_exist,
    consents_last,
    campaign_problems_exist,
    held_entries_exist,
)
