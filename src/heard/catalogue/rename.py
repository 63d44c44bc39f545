"""Gives a problem other words, and its address where that may follow: which files change, and what is at stake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from heard.base.text import squeeze
from heard.catalogue.change import campaigns_with, new_slug
from heard.catalogue.edits import Change, Files, refiled, with_added, with_keys, with_links, with_names
from heard.catalogue.entries import QUOTES, stem
from heard.catalogue.heard_from import link_targets
from heard.values import Approved, Catalogue, FileChange, HeardError, Problem, State

ApprovedText = Callable[[Approved], str]

APPROVED = "content/approved.yml"


def rename(
    files: Files, catalogue: Catalogue, problem: Problem, words: str, *, url: bool, text: ApprovedText
) -> Change:
    """The change that gives a problem other words, and its address where that may follow.

    That of an unpublished one always follows. That of a published one moves with `url` alone, and then
    `stakes` says what depends on it; `text` writes approved.yml. Raises `HeardError` if the words are taken.
    """
    words = " ".join(words.split())
    if problem.merged_into:
        raise HeardError(f"“{problem.problem}” was merged into `{problem.merged_into}`: rename that one.")
    if url and not problem.public:
        raise HeardError(f"“{problem.problem}” is not published: its address follows its words without --url.")
    new = _renamed(catalogue, problem, words, moves=url or not problem.public)
    if new.problem == problem.problem and new.slug == problem.slug:
        raise HeardError(f"It is called “{words}” already, and its address is `{problem.slug}`.")
    changes = [*_own_files(files, problem, new), *_followers(files, catalogue, problem, new)]
    if problem.public and new.slug != problem.slug:
        changes += _approved(files, catalogue.public.approved, problem.slug, new.slug, text)
    says = [*_what_follows(problem, new)]
    stakes = tuple(_stakes(catalogue, problem, new)) if problem.public and new.slug != problem.slug else ()
    return Change(f"renamed “{problem.problem}” to “{words}”", tuple(changes), tuple(says), stakes)


def _renamed(catalogue: Catalogue, problem: Problem, words: str, *, moves: bool) -> Problem:
    slug = new_slug(catalogue, words, problem)
    if not moves:
        slug = problem.slug
    path = problem.place.path
    if slug != problem.slug:
        path = f"{path.rpartition('/')[0]}/{slug}.md"
    aliases = tuple(alias for alias in problem.aliases if squeeze(alias) != squeeze(words))
    old = tuple(one for one in problem.old_slugs if one != slug)
    if problem.public:
        # The old words and the old address were public; a private one's must not become so one day.
        if squeeze(problem.problem) not in {squeeze(words), *(squeeze(alias) for alias in aliases)}:
            aliases = (*aliases, problem.problem)
        old = (*old, problem.slug) if slug != problem.slug else old
    return replace(
        problem, problem=words, slug=slug, aliases=aliases, old_slugs=old, place=replace(problem.place, path=path)
    )


def _own_files(files: Files, problem: Problem, new: Problem) -> Iterator[FileChange]:
    """The problem's file, and the file of quotes beside it."""
    path, target = problem.place.path, new.place.path
    before = files.held(path)
    after = with_keys(before, path, {"problem": new.problem, "slug": new.slug})
    for key, old, now in (("aliases", problem.aliases, new.aliases), ("old_slugs", problem.old_slugs, new.old_slugs)):
        if old and now[:-1] == old:
            after = with_added(after, path, key, old, now[-1])
        elif now != old:
            after = with_keys(after, path, {key: now or None})
    if path == target:
        yield FileChange(files.root / path, before, after)
        return
    if files.there(target) is not None:
        raise HeardError(f"There is {target} already. Use other words, or move that file away.")
    yield FileChange(files.root / target, None, after)
    yield FileChange(files.root / path, before, None)
    folder = "content/private/problems"
    beside, moved = f"{folder}/{problem.slug}{QUOTES}", f"{folder}/{new.slug}{QUOTES}"
    quotes = files.there(beside)
    if quotes is not None and new.slug != problem.slug and files.there(moved) is None:
        yield FileChange(files.root / moved, None, quotes)
        yield FileChange(files.root / beside, quotes, None)


def _followers(files: Files, catalogue: Catalogue, problem: Problem, new: Problem) -> Iterator[FileChange]:
    """The files in which a name of the problem stands that would not lead to it any more, or not at once."""
    own = {problem.slug.casefold(), stem(problem.place.path).casefold()} if new.slug != problem.slug else set()
    others = [one for one in catalogue.problems if one.place != problem.place]
    moved = [replace(one, merged_into=new.slug) if one.merged_into.casefold() in own else one for one in others]
    before, after = link_targets(catalogue.problems), link_targets([*moved, new])

    def lost(name: str) -> bool:
        return before.get(name.casefold()) == problem.slug and after.get(name.casefold()) != new.slug

    def named(name: str) -> bool:
        return name.casefold() in own or lost(name)

    yield from refiled(
        files, catalogue.notes, lambda _, quote: [link for link in quote.problems if lost(link)], new.slug
    )
    for one in others:
        keys, names = ("translates", "merged_into"), (one.translates, one.merged_into)
        # A published paper finds the old address; a draft should not keep words that were given up.
        links = not problem.public and not one.public
        yield from _follow(files, one.place.path, keys, names, named, new, links=links)
    for proof in catalogue.proof:
        yield from _follow(files, proof.place.path, ("problems",), proof.problems, named, new)
    for campaign in catalogue.public.campaigns:
        run = (*campaign.problems, *(ad.problem for ad in campaign.ads))
        yield from _follow(files, campaign.place.path, ("problems", "ads"), run, named, new)


def _follow(
    files: Files,
    path: str,
    keys: Sequence[str],
    names: Sequence[str],
    named: Callable[[str], bool],
    new: Problem,
    *,
    links: bool = False,
) -> Iterator[FileChange]:
    before = after = files.held(path)
    if any(name and named(name) for name in names):
        after = with_names(after, path, keys, named, new.slug)
    if links:
        after = with_links(after, path, named, new.slug)
    if after != before:
        yield FileChange(files.root / path, before, after)


def _approved(files: Files, approved: Approved, old: str, new: str, text: ApprovedText) -> Iterator[FileChange]:
    def slug(one: str) -> str:
        return new if one == old else one

    proof = tuple(replace(one, problems=tuple(slug(name) for name in one.problems)) for one in approved.proof)
    moved = Approved({slug(name): one for name, one in approved.problems.items()}, proof)
    if moved != approved:
        yield files.changed(APPROVED, text(moved).encode())


def _what_follows(problem: Problem, new: Problem) -> Iterator[str]:
    if new.slug != problem.slug:
        yield f"Its file is now {new.place.path}."
    if problem.public:
        yield "The title and the paper are as they were: edit them where they say the old words."
        if new.slug == problem.slug:
            yield f"The address stays /problems/{problem.slug}/; `--url` would move it."
        else:
            yield "Build the site, and deploy it, to make that true."


def _stakes(catalogue: Catalogue, problem: Problem, new: Problem) -> Iterator[str]:
    yield f"/problems/{problem.slug}/ becomes /problems/{new.slug}/."
    if problem.state is State.PUBLISHED:
        yield "The old address leads on to the new one."
        yield f"papers/{problem.slug}.pdf keeps answering, with the same bytes as papers/{new.slug}.pdf."
        yield "Printed QR codes and tracked links that are out there go through that detour from now on."
        yield "Search engines take weeks to follow, and the paper may stand lower for that time."
    for name in campaigns_with(catalogue, problem):
        yield f"The campaign {name} names it, and follows; ads that run already keep the old address."
