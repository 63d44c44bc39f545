"""Reading the public files: every kind into typed values, with what is wrong at its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from heard.catalogue.public import read_public
from heard.values import (
    Ad,
    ApprovedProblem,
    ApprovedQuote,
    Borrowed,
    Channel,
    Finding,
    FitRule,
    KeyFigure,
    Outcome,
    PublicCatalogue,
    WateringHole,
)
from workspaces import make

EXPERT = """name: Maren Tolksdorf
trade: Cold-store operations
bio: >-
  Eleven years
  of night shifts.
portrait: portrait.svg
email: maren@example.com
phone: +49 30 23125 417
address: |-
  Am Musterkai 12
  Bremerhaven
same_as: https://linkedin.example.com/in/maren
brand: {colour: "#aabbcc", logo: logo.svg}
domains: [cold-store.example.com]
lang: de
host: Cloudflare
ask: {title: Send me one week}
gates: {prose: off}
"""

PROBLEM = """---
problem: Forklift batteries die mid-shift
title: How to stop it
answer: "One answer: charge."
slug: forklift-batteries-die-mid-shift
industries: ["[[cold-storage]]"]
roles: operations manager
kind: cost
author: karl-weber
lang: de
translates: original
aliases: [batteries die, "dead, again"]
old_slugs: [batteries]
borrowed: {industry: hospitals, how: They count., source: "https://a.example"}
not_for: [Fleets that run lithium already.]
figures: [{number: 5 → 0, says: dead trucks}]
published: 2026-11-01
updated: 2026-11-20
review_by: 2027-05-01
tags: [mine]
---
The paper.
"""


def read(root: Path, files: dict[str, str | bytes | None]) -> tuple[PublicCatalogue, list[str]]:
    catalogue, findings = read_public(make(root, files).public)
    return catalogue, [line(finding) for finding in findings]


def line(finding: Finding) -> str:
    return f"{finding.place.line} {finding.code}"


def test_the_expert_is_read(tmp_path: Path) -> None:
    catalogue, findings = read(tmp_path, {"content/expert.yml": EXPERT})
    expert = catalogue.expert
    assert findings == []
    assert expert.bio == "Eleven years of night shifts."
    assert expert.address == "Am Musterkai 12\nBremerhaven"
    assert (expert.same_as, expert.domains) == (("https://linkedin.example.com/in/maren",), ("cold-store.example.com",))
    assert (expert.brand.colour, expert.brand.signal, expert.brand.logo) == ("#AABBCC", "#FFC72C", "logo.svg")
    assert (expert.lang, expert.host, expert.phone) == ("de", "cloudflare", "+49 30 23125 417")
    assert (expert.ask.title, expert.ask.link) == ("Send me one week", "contact/")


def test_a_problem_is_read_with_every_key(tmp_path: Path) -> None:
    catalogue, findings = read(tmp_path, {"content/problems/forklift-batteries-die-mid-shift.md": PROBLEM})
    (found,) = catalogue.problems
    assert findings == []
    assert (found.slug, found.kind, found.author, found.translates) == (
        "forklift-batteries-die-mid-shift",
        "cost",
        "karl-weber",
        "original",
    )
    assert (found.industries, found.roles, found.aliases) == (
        ("cold-storage",),
        ("operations manager",),
        ("batteries die", "dead, again"),
    )
    assert found.borrowed == Borrowed("hospitals", "They count.", "https://a.example")
    assert found.figures == (KeyFigure("5 → 0", "dead trucks"),)
    assert (found.published, found.updated, found.review_by) == (
        date(2026, 11, 1),
        date(2026, 11, 20),
        date(2027, 5, 1),
    )
    assert (found.body, found.body_line, found.answer) == ("The paper.\n", 22, "One answer: charge.")


def test_industries_and_authors_are_read(tmp_path: Path) -> None:
    industry = (
        "---\nname: Cold storage\naudience: managers\nvocabulary: [dock]\n"
        "watering_holes:\n  - {kind: feed, name: Ice, url: https://a.example}\n---\nThe hub.\n"
    )
    author = "---\nname: Karl Weber\ntrade: Fitter\nsame_as: [https://k.example]\n---\nHe fits.\n"
    catalogue, findings = read(
        tmp_path, {"content/industries/cold-storage.md": industry, "content/authors/karl-weber.md": author}
    )
    assert findings == []
    assert catalogue.industries[0].watering_holes == (WateringHole("feed", "Ice", "https://a.example"),)
    assert (catalogue.industries[0].slug, catalogue.industries[0].body) == ("cold-storage", "The hub.\n")
    assert (catalogue.authors[0].slug, catalogue.authors[0].bio) == ("karl-weber", "He fits.")


def test_campaigns_are_read_and_channels_know_their_medium(tmp_path: Path) -> None:
    text = (
        "name: Spring\nstarts: 2026-03-01\nends: 2026-04-15\nproblems: [a]\n"
        "channels: [LinkedIn, newsletter, Trade fair]\n"
        "ads: {a: {google: {headlines: [One, Two], descriptions: [Three]}}}\n"
    )
    catalogue, findings = read(tmp_path, {"content/campaigns/spring.yml": text})
    (found,) = catalogue.campaigns
    assert findings == []
    assert found.channels == (
        Channel("linkedin", "linkedin", "social"),
        Channel("newsletter", "newsletter", "email"),
        Channel("trade-fair", "trade-fair", "referral"),
    )
    assert found.ads == (Ad("a", "google", ("One", "Two"), ("Three",)),)
    assert (found.starts, found.ends) == (date(2026, 3, 1), date(2026, 4, 15))


def test_a_channel_may_give_its_tags(tmp_path: Path) -> None:
    text = "name: S\nchannels:\n  - {name: Fair, utm_source: expo, utm_medium: event}\n  - {name: google}\n"
    catalogue, findings = read(tmp_path, {"content/campaigns/s.yml": text})
    assert findings == []
    assert catalogue.campaigns[0].channels == (Channel("fair", "expo", "event"), Channel("google", "google", "cpc"))


def test_rules_of_fit_are_read(tmp_path: Path) -> None:
    text = (
        "rules:\n  - {name: price, when: {first_criterion: price}, disqualify: true, say: No.}\n"
        "  - {name: pays, when: {buys: [racking, maintenance]}, weight: 3}\n"
    )
    catalogue, findings = read(tmp_path, {"content/fit.yml": text})
    assert findings == []
    assert catalogue.rules == (
        FitRule("price", (("first_criterion", ("price",)),), disqualify=True, say="No."),
        FitRule("pays", (("buys", ("racking", "maintenance")),), weight=3),
    )


APPROVED = """version: 1
problems:
  a: {heard_from: 6, since: 2026-Q1, industries: [cold-storage], roles: [],
    quotes: [{id: k3f9, text: "It: broke.", by: "a client", names: []}]}
proof:
  - {id: p7aa, kind: outcome, problems: [a], text: "", by: Zofia, names: [Zofia],
    outcome: {metric: dead trucks, baseline: 5, result: 0}, expires: 2028-07-02}
"""


def test_what_was_approved_is_read(tmp_path: Path) -> None:
    catalogue, findings = read(tmp_path, {"content/approved.yml": APPROVED})
    assert findings == []
    assert catalogue.approved.problems == {
        "a": ApprovedProblem(6, "2026-Q1", ("cold-storage",), (), (ApprovedQuote("k3f9", "It: broke.", "a client"),))
    }
    (proof,) = catalogue.approved.proof
    assert (proof.outcome, proof.expires) == (Outcome("dead trucks", "5", "0"), date(2028, 7, 2))


@pytest.mark.parametrize(("given", "taken"), [(7, 6), (2, 0), (-1, 0), (1000, 100)])
def test_a_figure_that_is_no_step_is_lowered(given: int, taken: int, tmp_path: Path) -> None:
    text = f"version: 1\nproblems:\n  a: {{heard_from: {given}}}\n"
    catalogue, findings = read(tmp_path, {"content/approved.yml": text})
    assert catalogue.approved.problems["a"].heard_from == taken
    assert findings == ["3 approved/not-a-step"]


def test_what_was_approved_may_be_larger_than_a_header(tmp_path: Path) -> None:
    rows = "".join(f"  a-{number}: {{heard_from: 3}}\n" for number in range(5000))
    catalogue, findings = read(tmp_path, {"content/approved.yml": f"version: 1\nproblems:\n{rows}"})
    assert (len(catalogue.approved.problems), findings) == (5000, [])


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("expert.yml", "name: A\nbrand: teal\n", ["2 yaml/wrong-type"]),
        ("expert.yml", "name: A\nhost: netlfy\n", ["2 yaml/unknown-word"]),
        ("expert.yml", "name: A\nnmae: B\nbrand: {color: x}\n", ["3 yaml/unknown-key", "2 yaml/unknown-key"]),
        ("expert.yml", "- a\n- b\n", ["1 yaml/unreadable"]),
        ("expert.yml", "", ["1 yaml/missing-key"]),
        ("fit.yml", "rules: [{name: a, weight: many, disqualify: maybe}]\n", ["1 yaml/wrong-type"] * 2),
        ("fit.yml", "rules: [a]\n", ["1 yaml/wrong-type"]),
        ("campaigns/a.yml", "name: A\nchannels: [linkedin]\nads: {a: words}\n", ["3 yaml/wrong-type"]),
        ("campaigns/a.yml", "name: A\nchannels: [linkedin]\nstarts: 2026-02-30\n", ["3 yaml/bad-date"]),
        ("industries/a.md", "---\nname: A\nwatering_holes: [{kind: pub}]\n---\n", ["3 yaml/unknown-word"]),
        ("approved.yml", "version: 1\nproof: {a: b}\n", ["2 yaml/wrong-type"]),
        ("approved.yml", "version: 1\nproof: [{outcome: {metrik: a}}]\n", ["2 yaml/unknown-key"]),
    ],
)
def test_what_is_wrong_is_told_at_its_line(name: str, text: str, found: list[str], tmp_path: Path) -> None:
    assert sorted(read(tmp_path, {f"content/{name}": text})[1]) == sorted(found)


def test_the_nearest_key_and_word_are_named(tmp_path: Path) -> None:
    text = EXPERT.replace("portrait:", "portriat:").replace("Cloudflare", "cloudfare")
    _, findings = read_public(make(tmp_path, {"content/expert.yml": text}).public)
    assert "did you mean `portrait`?" in findings[1].message
    assert "did you mean `cloudflare`?" in findings[0].message


@pytest.mark.parametrize("text", ["\ufeff" + EXPERT, EXPERT.replace("\n", "\r\n")])
def test_byte_order_marks_and_windows_line_ends_do_not_matter(text: str, tmp_path: Path) -> None:
    plain, _ = read(tmp_path / "a", {"content/expert.yml": EXPERT})
    found, findings = read(tmp_path / "b", {"content/expert.yml": text})
    assert (found, findings) == (plain, [])


def test_the_public_side_never_looks_at_the_private_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {"content/expert.yml": EXPERT, "content/approved.yml": APPROVED}
    with_private = read(tmp_path / "a", {**files, "content/private/accounts/a.md": "---\nname: [\n---\n"})
    assert with_private == read(tmp_path / "b", files)
