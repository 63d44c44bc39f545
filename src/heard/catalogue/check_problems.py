"""The rules of `check` about problems and their papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from heard.catalogue.entries import stem
from heard.catalogue.rank import STALE
from heard.catalogue.rules import LOOK, Rule, World
from heard.values import Finding, Problem

TITLE = (30, 75)
DESCRIPTION = (70, 160)


def slugs_differ(world: World) -> Iterator[Finding]:
    """No two problems have the same slug."""
    for slug, owners in _by_slug(world).items():
        for one in owners if len(owners) > 1 else ():
            others = ", ".join(other.place.path for other in owners if other is not one)
            message = f"`{slug}` is the slug of {others}, too: rename or merge one"
            yield world.say(one.place.path, "slug", message, "problem/duplicate-slug")


def _by_slug(world: World) -> Mapping[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in world.catalogue.problems:
        found.setdefault(problem.slug, []).append(problem)
    return found


def old_slugs_are_free(world: World) -> Iterator[Finding]:
    """An old slug is nobody's slug now, and one problem's alone: its address can lead to one place only."""
    living = _by_slug(world)
    former: dict[str, Problem] = {}
    for problem in world.catalogue.problems:
        for old in problem.old_slugs:
            owner = former.setdefault(old, problem)
            taken = next((p for p in living.get(old, ()) if not p.merged_into or p is problem), None)
            if taken or owner is not problem:
                message = f"the old slug `{old}` belongs to {(taken or owner).place.path}: its address is taken"
                yield world.say(problem.place.path, "old_slugs", message, "problem/old-slug-taken")


def published_files_have_their_slug(world: World) -> Iterator[Finding]:
    """A published file is called like its slug. If it was renamed, the address stays where it was."""
    for problem in world.catalogue.public.problems:
        name = stem(problem.place.path)
        if name != problem.slug:
            message = f"the file is called `{name}`; the address stays /problems/{problem.slug}/"
            yield world.say(problem.place.path, "slug", message, "problem/renamed", LOOK)


def merges_lead_somewhere(world: World) -> Iterator[Finding]:
    """`merged_into` names another problem, and following it comes to an end."""
    into = {p.slug: world.targets.get(p.merged_into.casefold(), "") for p in world.catalogue.problems}
    for problem in world.catalogue.problems:
        path, name = problem.place.path, problem.merged_into
        yield from world.unknown_problems(path, "merged_into", [name], "problem/unknown-target")
        if name and problem.slug in _chain(into, problem.slug):
            message = f"`merged_into: {name}` leads back to this problem: delete the line in one of them"
            yield world.say(path, "merged_into", message, "problem/merge-circle")


def _chain(into: Mapping[str, str], slug: str) -> set[str]:
    seen: set[str] = set()
    while (slug := into.get(slug, "")) and slug not in seen:
        seen.add(slug)
    return seen


def names_in_problems_exist(world: World) -> Iterator[Finding]:
    """The original of a translation, the author and the industries of a problem exist."""
    public = world.catalogue.public
    industries = [one.slug for one in public.industries]
    authors = [one.slug for one in public.authors]
    slugs = [one.slug for one in world.catalogue.problems]
    for one in world.catalogue.problems:
        path = one.place.path
        yield from world.unknown(path, "translates", [one.translates], slugs, "problem", "problem/unknown-original")
        yield from world.unknown(path, "author", [one.author], authors, "author", "problem/unknown-author")
        code = "problem/unknown-industry"
        yield from world.unknown(path, "industries", one.industries, industries, "industry", code)


def published_problems_are_complete(world: World) -> Iterator[Finding]:
    """A published problem has a title, an answer, a description and a paper."""
    for one in world.living:
        texts = (("title", one.title), ("answer", one.answer), ("description", one.description))
        missing = [f"`{key}:`" for key, text in texts if not text]
        if missing:
            message = f"no {' and no '.join(missing)}: a published problem needs it"
            yield world.say(one.place.path, "problem", message, "problem/incomplete", LOOK)
        if not one.body.strip():
            message = "published without a paper: write it below the header"
            yield world.say(one.place.path, "problem", message, "problem/no-paper", LOOK)


def lengths_fit(world: World) -> Iterator[Finding]:
    """A title has 30 to 75 characters, a description 70 to 160: search results cut what is longer."""
    for one in world.living:
        texts = (("title", one.title, TITLE), ("description", one.description, DESCRIPTION))
        for key, text, (least, most) in texts:
            if text and not least <= len(text) <= most:
                message = f"`{key}` has {len(text)} characters; {least} to {most} read best"
                yield world.say(one.place.path, key, message, "problem/length", LOOK)


def reviews_are_done(world: World) -> Iterator[Finding]:
    """A published paper is read again by its `review_by`; without one, a year and a half after its last change."""
    for one in world.living:
        changed = one.updated or one.published
        if one.review_by and one.review_by < world.today:
            message = f"was to be read again by {one.review_by}: do, and move the date"
            yield world.say(one.place.path, "review_by", message, "problem/review-due", LOOK)
        elif not one.review_by and changed and changed + STALE < world.today and one.body.strip():
            message = f"last changed on {changed}: read it again, then set `updated:` and `review_by:`"
            key = "updated" if one.updated else "published"
            yield world.say(one.place.path, key, message, "problem/review-due", LOOK)


PROBLEM_RULES: tuple[Rule, ...] = (
    slugs_differ,
    old_slugs_are_free,
    published_files_have_their_slug,
    merges_lead_somewhere,
    names_in_problems_exist,
    published_problems_are_complete,
    lengths_fit,
    reviews_are_done,
)
