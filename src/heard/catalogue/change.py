"""Makes one problem of two: which file changes, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heard.base.text import counted, slugify, squeeze
from heard.catalogue.edits import Change, Files, with_keys
from heard.catalogue.entries import stem
from heard.catalogue.heard_from import HeardFrom
from heard.values import Catalogue, HeardError, Problem, State

_RESERVED = frozenset({"index", "quote"})
"""The page of all problems, and the place in a paper where a quote stands."""


def merge(files: Files, catalogue: Catalogue, one: Problem, two: Problem, figures: Sequence[HeardFrom]) -> Change:
    """The change that makes `one` a pointer to `two`; notes are not touched, since their links keep resolving.

    `figures` are those of the first, of the second, and of both together. Raises `HeardError` where they
    cannot be merged, saying what to do instead.
    """
    _may_be_merged(one, two)
    path = one.place.path
    after = with_keys(files.held(path), path, {"merged_into": two.slug})
    first, second, both = figures
    companies, shared = len(both.accounts), len(set(first.accounts) & set(second.accounts))
    said_both = f", {f'{shared} of which' if companies > 1 else 'which'} said both" if shared else ""
    says = [f"{counted(companies, 'company')} together{said_both}: {_heard(one, first)}, {_heard(two, second)}."]
    if one.state is State.PUBLISHED:
        says.append(
            f"/problems/{one.slug}/ will lead to /problems/{two.slug}/, and papers/{one.slug}.pdf answers with its "
            "paper. Run `heard approve`, then build the site."
        )
        says += [
            f"The campaign {name} names it: its links lead on through that." for name in campaigns_with(catalogue, one)
        ]
    says += [
        f"“{other.problem}” translates it, and has no quotes of its own any more: change `translates:` in "
        f"{other.place.path}, or merge it as well."
        for other in catalogue.problems
        if one.slug == other.translates and not other.merged_into
    ]
    if one.body.strip():
        says.append(f"Its paper stays in {path}, and is not published any more: take from it what you need.")
    return Change(f"merged “{one.problem}” into “{two.problem}”", (files.changed(path, after),), tuple(says))


def _heard(problem: Problem, figures: HeardFrom) -> str:
    return f"“{problem.problem}” {len(figures.accounts)}"


def _may_be_merged(one: Problem, two: Problem) -> None:
    if one.place == two.place:
        raise HeardError(f"“{one.problem}” is one problem already. Name two.")
    if one.merged_into:
        raise HeardError(
            f"“{one.problem}” was merged into `{one.merged_into}` already. To part them again, delete `merged_into:` "
            f"in {one.place.path}."
        )
    if two.merged_into == one.slug:
        raise HeardError(
            f"“{two.problem}” was merged into “{one.problem}” already: merging back would lead in a circle. "
            f"To turn it round, delete `merged_into:` in {two.place.path} first."
        )
    if two.merged_into:
        raise HeardError(f"“{two.problem}” was merged into `{two.merged_into}`: name that one.")
    if one.slug == two.slug:
        raise HeardError(f"Both have the slug `{one.slug}`: change `slug:` in {one.place.path} first.")
    if one.public and not two.public:
        raise HeardError(
            f"“{one.problem}” is published and “{two.problem}” is not, so its address would lead nowhere. Merge them "
            f"the other way, `heard merge {two.slug} {one.slug}`, or publish the second first."
        )
    if two.translates:
        # A translation has no evidence of its own: what goes there would be lost.
        raise HeardError(f"“{two.problem}” is a translation of `{two.translates}`: merge into that one.")
    if one.state is State.PUBLISHED and two.state is State.RETIRED:
        raise HeardError(f"“{two.problem}” is retired, so the address of “{one.problem}” would lead to no paper.")


def new_slug(catalogue: Catalogue, words: str, apart: Problem | None = None) -> str:
    """The slug that the words make. Raises `HeardError` if another problem has it, or is called so."""
    slug = slugify(words)
    if not slug:
        raise HeardError(f"“{words}” has no letters to make an address from. Say it in words.")
    if slug in _RESERVED:
        raise HeardError(f"`{slug}` means something else to heard already. Use more words.")
    for other in catalogue.problems:
        if apart is not None and other.place == apart.place:
            continue
        names = (other.slug, *other.old_slugs, stem(other.place.path))
        if slug in {name.casefold() for name in names} or squeeze(words) == squeeze(other.problem):
            merged = f", which was merged into `{other.merged_into}`" if other.merged_into else ""
            raise HeardError(f"`{slug}` is taken by {other.place.path}{merged}. Use other words, or `heard merge`.")
        if squeeze(words) in {squeeze(alias) for alias in other.aliases}:
            raise HeardError(
                f"“{words}” is another wording of “{other.problem}”, and links by it lead there. Use other words, or "
                f"take it out of `aliases:` in {other.place.path} first."
            )
    return slug


def campaigns_with(catalogue: Catalogue, problem: Problem) -> Iterator[str]:
    """The names of the campaigns that name the problem, or an old address of it."""
    names = {problem.slug, *problem.old_slugs}
    for campaign in catalogue.public.campaigns:
        if names & {*campaign.problems, *(ad.problem for ad in campaign.ads)}:
            yield campaign.name
