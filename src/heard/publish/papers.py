"""Makes papers of published problems: the body, what was approved for it, and where it will be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from heard.publish import glyphs, raw_html, speaking
from heard.publish.dialect import expand
from heard.publish.fonts import FOLDER
from heard.publish.typography import typeset
from heard.values import (
    ApprovedProblem,
    ApprovedProof,
    Author,
    Finding,
    KeyFigure,
    Paper,
    Place,
    Problem,
    PublicCatalogue,
    State,
)


def papers(
    catalogue: PublicCatalogue,
    *,
    site_url: str,
    content: Path,
    today: date,
    drafts: Iterable[Problem] = (),
    fonts: Path = FOLDER,
) -> tuple[tuple[Paper, ...], tuple[Finding, ...]]:
    """Every published problem as a paper, with what is wrong in their bodies.

    `drafts` are added, marked, without evidence; proof that expired before `today` is left out. Addresses
    are absolute where `site_url` (ending with a slash) is known. `fonts` is the folder that the PDFs are set from.
    """
    live = {problem.slug: problem for problem in catalogue.problems if problem.state is State.PUBLISHED}
    waiting = {problem.slug: problem for problem in drafts if problem.slug not in live}
    link = _links({**live, **waiting}, catalogue.problems)
    proof = living(catalogue.approved.proof, today)
    made: list[Paper] = []
    findings: list[Finding] = []
    for problem in (*live.values(), *waiting.values()):
        heard = ApprovedProblem()
        lang = problem.lang or catalogue.expert.lang
        if problem.slug in live:
            heard = _in_marks(catalogue.approved.problems.get(problem.translates or problem.slug, heard), lang)
        place = Place(problem.place.path, problem.body_line)
        markdown, wrong = expand(problem.body, heard.quotes, place, link, lang)
        findings += [*wrong, *glyphs.check(problem.body, problem.place.path, problem.body_line, fonts)]
        findings += raw_html.check(problem.body, problem.place.path, problem.body_line)
        findings += glyphs.check(
            f"{problem.problem} {problem.title} {problem.answer}".replace("\n", " "), problem.place.path, 1, fonts
        )
        made.append(
            replace(
                _paper(problem, catalogue, site_url, content),
                markdown=markdown,
                heard=heard,
                proof=_proof_of(problem, proof, lang),
                draft=problem.slug not in live,
            )
        )
    return tuple(made), (*findings, *speaking.of_papers(made))


def _in_marks(heard: ApprovedProblem, lang: str) -> ApprovedProblem:
    """What was approved, its quotes with the marks of the language that they are shown in."""
    quotes = (replace(one, text=typeset(one.text, lang, quoted=True)) for one in heard.quotes)
    return replace(heard, quotes=tuple(quotes))


def living(proof: Iterable[ApprovedProof], today: date) -> tuple[ApprovedProof, ...]:
    """The proof whose consent has not ended before a day."""
    return tuple(one for one in proof if one.expires is None or one.expires >= today)


def shown_in(proof: Iterable[ApprovedProof], where: str) -> tuple[ApprovedProof, ...]:
    """The proof that may be shown in one of `SCOPES`."""
    return tuple(one for one in proof if not one.scope or where in one.scope)


def paper_for(paper: Paper, where: str) -> Paper:
    """The paper with the proof that may be shown in one of `SCOPES`."""
    return replace(paper, proof=shown_in(paper.proof, where))


def _paper(problem: Problem, catalogue: PublicCatalogue, site_url: str, content: Path) -> Paper:
    lang = problem.lang or catalogue.expert.lang

    def said(text: str) -> str:
        return typeset(text, lang)

    return Paper(
        slug=problem.slug,
        problem=said(problem.problem),
        title=said(problem.title or problem.problem),
        answer=said(problem.answer),
        description=said(problem.description or problem.answer),
        lang=lang,
        markdown="",
        url=f"{site_url}problems/{problem.slug}/",
        author=_author(problem, catalogue, content, lang),
        source=problem.place,
        industries=problem.industries,
        figures=tuple(KeyFigure(said(one.number), said(one.says)) for one in problem.figures),
        not_for=tuple(map(said, problem.not_for)),
        aliases=problem.aliases,
        translates=problem.translates,
        where=said(problem.where),
        published=problem.published,
        updated=problem.updated or problem.published,
    )


def _author(problem: Problem, catalogue: PublicCatalogue, content: Path, lang: str) -> Author:
    usual = catalogue.expert.speaking(lang).author
    author = next((one for one in catalogue.authors if one.slug == problem.author), usual)
    if not author.portrait:
        return author
    portrait = (content / author.portrait).resolve()
    inside = portrait.is_relative_to(content.resolve()) and portrait.is_file()
    return replace(author, portrait=str(portrait) if inside else "")


def _proof_of(problem: Problem, proof: Iterable[ApprovedProof], lang: str) -> tuple[ApprovedProof, ...]:
    wanted = {problem.slug, problem.translates} - {""}
    mine = (one for one in proof if wanted & set(one.problems))
    return tuple(replace(one, text=typeset(one.text, lang, quoted=True)) for one in mine)


def _links(known: Mapping[str, Problem], every: Iterable[Problem]) -> Callable[[str], tuple[str, str] | None]:
    """Where `[[slug]]` in a paper leads: to the neighbouring paper's page, with its title."""
    every = tuple(every)
    former = {old: problem.slug for problem in (*every, *known.values()) for old in problem.old_slugs}
    merged = {problem.slug: problem.merged_into for problem in every if problem.state is State.MERGED}
    retired = {problem.slug: problem for problem in every if problem.state is State.RETIRED}

    def link(name: str) -> tuple[str, str] | None:
        slug = former.get(name, name)
        slug = merged.get(slug, slug)
        if slug in known:
            return f"../{slug}/", known[slug].problem
        return ("", retired[slug].problem) if slug in retired else None

    return link
