"""What stands beside a paper: its like, the same problem elsewhere, its dates, its proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import site_sample as sample
import yaml

from heard.publish import wording
from heard.publish.related import related
from heard.publish.site import Site
from heard.values import ApprovedProblem, Paper


def front(site: Site, uri: str) -> dict[str, object]:
    """The header of a page, as the templates get it."""
    text = next(output for output in site.outputs if output.uri == uri).read().decode()
    return dict(yaml.safe_load(text.split("---\n")[1])["heard"])


def said(slug: str, problem: str, **more: object) -> Paper:
    return sample.paper(slug, 0, **{"problem": problem, "title": "", "answer": "", "description": "", **more})


PAPERS = (
    said("ice", "Ice grows behind the freezer door"),
    said("pay", "Nobody knows what a night shift is paid"),
    said("door", "The freezer doors stand open all night"),
    said("ghost", "Ice on the freezer doors", draft=True),
)


def test_what_shares_rare_words_is_nearest_and_a_draft_is_nowhere() -> None:
    found = related(PAPERS, (), 3)
    assert found["ice"] == ("door", "pay")
    assert found["pay"][0] == "door"
    assert "ghost" not in {slug for others in found.values() for slug in others}


def test_a_word_of_the_trade_weighs_more() -> None:
    papers = (
        said("a", "The dock is wet on Monday"),
        said("b", "Monday is slow and the lamp is broken"),
        said("c", "The dock is full and the lamp is off"),
        said("d", "Something else"),
    )
    assert related(papers, ("dock",), 1)["a"] == ("c",)
    assert related(papers, ("Monday",), 1)["a"] == ("b",)


def test_papers_of_other_industries_come_only_where_words_are_shared() -> None:
    papers = (*PAPERS, said("bread", "Dough sticks to the belt", industries=("food",)))
    assert related(papers, (), 5)["bread"] == ()


def test_a_translation_stands_for_its_original_in_its_own_language() -> None:
    papers = (
        *PAPERS[:3],
        said("eis", "Eis hinter der Tür", lang="de", translates="ice"),
        said("tuer", "Die Tür steht offen", lang="de", translates="door"),
    )
    found = related(papers, (), 5)
    assert set(found["eis"]) == {"tuer", "pay"}
    assert set(found["ice"]) == {"door", "pay"}


def test_related_is_the_same_in_every_order_of_words() -> None:
    assert related(PAPERS, ("door", "freezer"), 3) == related(PAPERS, ("freezer", "door"), 3)


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("2026-02 to 2026-05", "en", "February to May 2026"),
        ("2025-09 to 2026-01", "en", "September 2025 to January 2026"),
        ("2026-02 to 2026-05", "de", "Februar bis Mai 2026"),
        ("2026-Q2", "en", "2026-Q2"),
        ("2026-13 to 2026-14", "en", "2026-13 to 2026-14"),
    ],
)
def test_a_period_is_told_in_words(text: str, lang: str, shown: str) -> None:
    assert wording.period(text, lang) == shown


def test_a_hub_groups_problems_by_where_they_hurt(fonts: Path, tmp_path: Path) -> None:
    papers = [
        sample.paper("a", heard=10, where="At the dock"),
        sample.paper("b", heard=6),
        sample.paper("c", heard=3, where="At the dock"),
        sample.paper("d", where="In the office"),
    ]
    groups = front(sample.made(fonts, tmp_path, papers), "industries/cold.md")["groups"]
    assert [(group["name"], [row["uri"] for row in group["rows"]]) for group in groups] == [  # type: ignore[attr-defined]
        ("At the dock", ["problems/a/", "problems/c/"]),
        ("In the office", ["problems/d/"]),
        ("Elsewhere", ["problems/b/"]),
    ]
    bare = [replace(paper, where="") for paper in papers]
    groups = front(sample.made(fonts, tmp_path, bare), "industries/cold.md")["groups"]
    assert [group["name"] for group in groups] == [""]  # type: ignore[attr-defined]


def test_the_same_problem_in_other_industries_leads_to_their_pages(fonts: Path, tmp_path: Path) -> None:
    heard = ApprovedProblem(6, "2026-Q2", ("cold", "food"), ())
    site = sample.made(fonts, tmp_path, [sample.paper("a", heard), sample.paper("b")])
    assert front(site, "problems/a.md")["elsewhere"] == [{"name": "Food making", "uri": "industries/food/"}]
    assert front(site, "problems/b.md")["elsewhere"] == []


def test_the_first_day_is_told_only_where_the_paper_changed_since(fonts: Path, tmp_path: Path) -> None:
    day = date(2026, 3, 1)
    papers = [sample.paper("a", published=day), sample.paper("b", published=day, updated=day)]
    site = sample.made(fonts, tmp_path, papers)
    first = [str(front(site, f"problems/{slug}.md")["first_day"]).replace("\u00a0", " ") for slug in ("a", "b")]
    assert first == ["1 March 2026", ""]


def test_proof_leads_to_the_paper_that_it_belongs_to(fonts: Path, tmp_path: Path) -> None:
    site = sample.made(fonts, tmp_path, [sample.paper("first", proof=(sample.PROOF,))])
    proof = site.extra["proof"][0]  # type: ignore[index]
    assert (proof["uri"], proof["title"]) == ("problems/first/", "How to end first")
    assert front(site, "problems/first.md")["proof"][0]["uri"] == ""  # type: ignore[index]
