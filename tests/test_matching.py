"""Which problem words belong to: what is suggested, how sure it is, and what is kept."""

from __future__ import annotations

import csv
import json
import logging
import math
import socket
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.base.similarity import embed
from heard.base.similarity.curve import curves, say
from heard.base.similarity.embedding import embed_sentences, embed_words, has_semantic
from heard.base.similarity.line import FEW
from heard.base.similarity.model import Examples, Looked, Model, newness, suggest
from heard.base.similarity.storing import load, save
from heard.base.similarity.terms import learnt, rows
from heard.base.similarity.training import train
from heard.base.similarity.weights import NEW, TABLE, Weights
from heard.values import Suggestion
from stories import account, note, problem, process, run, workspace

BANKING = Path(__file__).parents[2] / "shared" / "data" / "banking77" / "train.csv"
CATALOGUE: Mapping[str, Examples] = {
    "batteries-die": Examples(
        ("Forklift batteries die mid-shift", "the trucks stop before morning"),
        ("The batteries are flat at three every night.", "We lose two hours because the trucks stand still."),
    ),
    "dock-doors-ice-up": Examples(
        ("Dock doors ice up",), ("The door freezes to its frame.", "There is ice on every dock in January.")
    ),
    "labels-fall-off": Examples(("Labels fall off frozen pallets",), ("No label sticks on cold film.",)),
    "tore-frieren-zu": Examples(("Die Schranke öffnet nicht", "Schranke klemmt bei Nässe"), ()),
}


@pytest.fixture(scope="module")
def model() -> Model:
    return train(CATALOGUE, sentences=False)


def best(suggestion: Suggestion) -> str:
    return suggestion.matches[0].problem


def total(suggestion: Suggestion) -> float:
    return suggestion.new + sum(match.score for match in suggestion.matches)


# Vectors


def test_vectors_are_unit_rows_and_alike_where_the_meaning_is() -> None:
    dog, hound, ledger, nothing = embed(["a dog", "the hound", "a balance sheet", " "])
    assert [round(float(one @ one), 3) for one in (dog, hound, ledger)] == [1, 1, 1]
    assert dog @ hound > dog @ ledger + 0.2
    assert not nothing.any()
    assert embed([]).shape == (0, len(dog))


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    texts = ["We lose two hours.", "Nobody knows why the much longer door of the old freezer is frozen again."]
    for look in (embed_words, *((embed_sentences,) if find_spec("onnxruntime") else ())):
        assert np.array_equal(look(texts)[:1], look(texts[:1]))


def test_our_vectors_are_those_of_wordllama(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    import wordllama

    folder = Path(wordllama.__file__).parent
    theirs = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    texts = ["We lose two hours.", "Die Tür klemmt – seit März!"]
    assert np.allclose(embed_words(texts), theirs.embed(texts, norm=True), atol=1e-6)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert suggest(train(CATALOGUE), ["The batteries are flat."])[0].matches


# Terms


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_rows_of_terms_have_length_one_or_are_empty(texts: list[str]) -> None:
    known, found = learnt(texts)
    assert np.array_equal(rows(texts, known).values, found.values)
    for at in range(len(texts)):
        values = found.values[found.starts[at] : found.starts[at + 1]]
        assert math.isclose(float(values @ values), 1 if len(values) else 0, abs_tol=1e-4)


def test_how_much_of_a_text_is_unknown_counts_its_words_and_pairs() -> None:
    known, _ = learnt(["the door freezes", "the battery dies"])
    asked = rows(["the door freezes", "the door sings", "a tram sings", ""], known)
    # Three words and two pairs: of the second text one word and one pair are new.
    assert asked.unknown.tolist() == pytest.approx([0, 0.4, 1, 0])


def test_unknown_words_speak_for_a_new_problem() -> None:
    logits = np.array([[3.0, 1.0, 0.5]], dtype=np.float32)
    ways = {"terms_near": np.array([[0.5, 0.3, 0.2]], dtype=np.float32)}
    plain, strange = (
        float(
            newness(logits, Looked(ways, np.array([share], dtype=np.float32)), Weights({}, {"one": -1, "unknown": 2}))[
                0
            ]
        )
        for share in (0.0, 1.0)
    )
    assert (plain, strange) == pytest.approx((-1, 1))


@pytest.mark.parametrize("sentences", [False, True])
def test_the_weights_that_were_learnt_never_take_the_unknown_for_the_known(sentences: bool) -> None:
    for _, weights in TABLE[sentences]:
        assert min(weights.new["unknown"], weights.new["many"]) >= 0 >= weights.new["mass"]
        assert set(weights.new) == set(NEW)


# The curve


def test_the_curve_knows_a_problem_that_is_several_things() -> None:
    # Both problems have the same middle, so no straight line tells them apart.
    angles = np.arange(12) * np.pi / 6
    rows_around = np.c_[np.cos(angles), np.sin(angles)].astype(np.float32)
    quarter = (np.arange(12) // 3) % 2
    order = np.argsort(quarter, kind="stable")
    quotes, of = rows_around[order], quarter[order]
    heard = say(quotes, quotes) @ curves(quotes, of)
    assert (heard.argmax(axis=1) == of).all()


def test_of_very_many_quotes_a_part_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heard.base.similarity.curve.MOST", 4)
    found = curves(np.eye(8, dtype=np.float32), np.repeat([0, 1], 4))
    assert found.any(axis=1).sum() == 4
    assert found.any(axis=0).all()


# Suggestions


def test_words_find_their_problem(model: Model) -> None:
    asked = ["Our forklifts are dead long before the shift ends", "the dock is full of ice", "the stickers come loose"]
    assert [best(one) for one in suggest(model, asked)] == ["batteries-die", "dock-doors-ice-up", "labels-fall-off"]


def test_another_wording_finds_its_problem_nearly_for_sure(model: Model) -> None:
    found = suggest(model, ["The trucks stop before morning!"])[0]
    assert best(found) == "batteries-die"
    assert found.matches[0].score > 0.7


def test_words_that_are_not_english_find_theirs(model: Model) -> None:
    assert best(suggest(model, ["unsere Schranke klemmt schon wieder"])[0]) == "tore-frieren-zu"


def test_what_is_about_something_else_is_new(model: Model) -> None:
    far, near = suggest(model, ["Our accountant wants the tax return.", "The batteries are flat every night."])
    assert far.new > 0.5 > near.new


TEXTS = st.one_of(
    st.text(max_size=60), st.sampled_from(["flat batteries", "ice", "café ☕", "冷凍庫のドア", "…", "a" * 500])
)


@given(st.lists(TEXTS, max_size=4), st.integers(1, 6))
@settings(max_examples=80, deadline=None)
def test_scores_are_probabilities_and_sorted(model: Model, texts: list[str], most: int) -> None:
    for found in suggest(model, texts, most):
        scores = [match.score for match in found.matches]
        assert len(scores) == min(most, len(CATALOGUE))
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in (found.new, *scores))
        if most >= len(CATALOGUE):
            assert abs(total(found) - 1) < 0.001


def test_no_words_are_like_nothing(model: Model) -> None:
    for found in suggest(model, ["", "  ", "?!"]):
        assert found.new == 1
        assert [match.score for match in found.matches] == [0, 0, 0]


def test_a_text_is_answered_the_same_whatever_is_asked_with_it(model: Model) -> None:
    texts = ["flat batteries", "ice at the dock", "", "what shall we do"]
    assert suggest(model, texts) == tuple(suggest(model, [text])[0] for text in texts)


def test_learning_again_gives_the_same(model: Model) -> None:
    again = train(dict(reversed(CATALOGUE.items())), sentences=False)
    assert again.slugs == model.slugs
    assert all(np.array_equal(again.arrays[name], model.arrays[name]) for name in model.arrays)


def test_an_empty_catalogue_knows_only_new() -> None:
    for examples in ({}, {"nameless": Examples(("  ",), ("",))}):
        assert suggest(train(examples), ["anything"]) == (Suggestion(1.0, ()),)


def test_one_problem_alone_is_not_everything() -> None:
    one = train({"batteries-die": CATALOGUE["batteries-die"]}, sentences=False)
    flat, tax = suggest(one, ["The batteries are flat every night.", "Our tax return is late."])
    assert flat.matches[0].score > 0.5 > tax.matches[0].score
    assert abs(total(flat) - 1) < 0.001


def test_the_same_quote_a_hundred_times_counts_once() -> None:
    once = CATALOGUE["dock-doors-ice-up"]
    often = train({**CATALOGUE, "dock-doors-ice-up": replace(once, quotes=once.quotes * 50)}, sentences=False)
    assert best(suggest(often, ["the batteries of our trucks are flat"])[0]) == "batteries-die"


def test_with_the_extra_meaning_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEARD_MATCHING", raising=False)
    if not has_semantic():
        pytest.skip("heard[semantic] is not installed")
    found = train(CATALOGUE)
    assert found.views == ("words", "sentences")
    assert best(suggest(found, ["vehicles run out of power at night"])[0]) == "batteries-die"
    assert suggest(found, ["flat"], light=True) != suggest(found, ["flat"])


# Real quotes


@pytest.mark.skipif(not BANKING.exists(), reason=f"needs {BANKING}")
def test_real_quotes_find_their_problems() -> None:
    found: dict[str, list[str]] = {}
    with BANKING.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found.setdefault(line["category"], []).append(line["text"])
    some = {slug: found[slug] for slug in sorted(found)[::4]}
    learnt = train(
        {slug: Examples((slug.replace("_", " "),), tuple(texts[:5])) for slug, texts in some.items()}, sentences=False
    )
    asked = [(text, slug) for slug, texts in some.items() for text in texts[20:35]]
    answers = suggest(learnt, [text for text, _ in asked])
    first = [best(one) == slug for one, (_, slug) in zip(answers, asked, strict=True)]
    third = [slug in {match.problem for match in one.matches} for one, (_, slug) in zip(answers, asked, strict=True)]
    sure = [right for right, one in zip(first, answers, strict=True) if one.matches[0].score >= 0.8]
    assert sum(first) / len(first) > 0.83
    assert sum(third) / len(third) > 0.94
    assert len(sure) > len(first) / 3
    assert sum(sure) / len(sure) >= 0.9


def test_many_quotes_are_learnt_another_way_with_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    few = train(CATALOGUE, sentences=False)
    assert len(few.arrays["words_quotes"]) < FEW
    monkeypatch.setattr("heard.base.similarity.line.FEW", 1)
    many = train(CATALOGUE, sentences=False)
    texts = ["flat batteries", "ice", "labels", "Schranke"]
    for one, two in zip(suggest(few, texts), suggest(many, texts), strict=True):
        assert best(one) == best(two)
        assert abs(one.matches[0].score - two.matches[0].score) < 0.05


# Kept


def test_a_kept_model_answers_the_same(model: Model, tmp_path: Path) -> None:
    made = replace(model, made_of={"names": "Ä"})
    save(made, tmp_path / "model.bin")
    kept = load(tmp_path / "model.bin")
    assert kept is not None
    assert (kept.slugs, kept.quotes, kept.made_of) == (made.slugs, made.quotes, made.made_of)
    texts = ["flat batteries", "ice", "", "taxes"]
    assert suggest(kept, texts) == suggest(model, texts)
    first = (tmp_path / "model.bin").read_bytes()
    save(kept, tmp_path / "model.bin")
    assert (tmp_path / "model.bin").read_bytes() == first
    assert (tmp_path / "model.bin").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("at", [0, 14, 40, -100, None])
def test_a_damaged_model_is_passed_over(model: Model, tmp_path: Path, at: int | None) -> None:
    path = tmp_path / "model.bin"
    assert load(path) is None
    save(model, path)
    content = bytearray(path.read_bytes())
    if at is None:
        content = content[: len(content) // 2]
    else:
        content[at] ^= 0xFF
    path.write_bytes(content)
    assert load(path) is None


def test_a_model_of_other_vectors_is_passed_over(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(model, tmp_path / "model.bin")
    with monkeypatch.context() as patch:
        patch.setattr("heard.base.similarity.storing.identity", lambda _: "others")
        assert load(tmp_path / "model.bin") is None
    monkeypatch.setattr("heard.base.similarity.storing.FORMAT", "later")
    assert load(tmp_path / "model.bin") is None


# heard match and heard log


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = workspace(tmp_path / "work")
    problem(place, "flat", problem="Forklift batteries die mid-shift", aliases=["trucks stop before morning"])
    problem(place, "ice", public=False, body="", problem="Dock doors ice up")
    problem(place, "weak", public=False, body="", problem="Truck batteries are weak", merged_into="flat")
    note(place, "2026-01-10", "Acme Foods", "The batteries are flat at three every night.")
    note(place, "2026-01-11", "Nordfrost", "The cells are empty after six hours.", at="weak")
    note(place, "2026-01-12", "Nordfrost", "The door freezes to its frame.", at="ice")
    return place


def test_match_says_which_problem_and_what_to_type(root: Path) -> None:
    done = run(root, "match", "Our trucks stop before morning")
    assert done.code == 0
    percent, words = done.out.splitlines()[0].split("%")
    assert int(percent) > 50
    assert words.strip() == "Forklift batteries die mid-shift"
    assert "a new problem" in done.out
    assert "heard log 'Our trucks stop before morning' --problem flat" in done.err
    assert "weak" not in done.out


def test_match_says_that_a_problem_is_new(root: Path) -> None:
    done = run(root, "match", "Our", "accountant wants the tax return")
    assert done.out.splitlines()[0].endswith("a new problem")
    assert "--new" in done.err


def test_match_json_names_as_many_problems_as_asked(root: Path) -> None:
    data = run(root, "match", "flat batteries", "-k", "2", "--json").data
    assert set(data) == {"new", "matches"}
    assert [set(match) for match in data["matches"]] == [{"problem", "score"}] * 2
    assert data["matches"][0]["problem"] == "flat"
    assert len(run(root, "match", "flat batteries", "-k", "9", "--json").data["matches"]) == 2


def test_match_batch_answers_every_line(root: Path, tmp_path: Path) -> None:
    lines = ["flat batteries", "", "ice at the dock – überall", "taxes"]
    (tmp_path / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    by_file = run(root, "match", "--batch", str(tmp_path / "lines.txt"))
    by_pipe = run(root, "match", "--batch", "-", stdin="\r\n".join(lines) + "\r\n")
    found = [json.loads(line) for line in by_file.out.splitlines()]
    assert by_pipe.out == by_file.out
    assert [one["matches"][0]["problem"] for one in (found[0], found[2])] == ["flat", "ice"]
    assert found[1]["new"] == 1
    assert len(found) == len(lines)


def test_match_needs_words_or_a_file(root: Path) -> None:
    assert run(root, "match").code == 2
    assert run(root, "match", "words", "--batch", "-").code == 2
    missing = run(root, "match", "--batch", "nowhere.txt")
    assert (missing.code, "no file nowhere.txt" in missing.err) == (1, True)


def test_match_without_any_problem(tmp_path: Path) -> None:
    done = run(workspace(tmp_path / "empty"), "match", "flat batteries")
    assert done.code == 0
    assert done.out.strip().endswith("a new problem")
    assert "There is no problem yet" in done.err
    assert run(tmp_path / "empty", "match", "flat", "--json").data == {"new": 1.0, "matches": []}


def test_a_model_is_learnt_again_when_names_change_and_not_otherwise(root: Path) -> None:
    kept = root / "content/private/.heard/matching.bin"
    run(root, "match", "flat")
    first = kept.read_bytes()
    run(root, "match", "ice")
    assert kept.read_bytes() == first
    problem(root, "labels", public=False, body="", problem="Labels fall off frozen pallets")
    assert run(root, "match", "the labels fall off", "--json").data["matches"][0]["problem"] == "labels"
    assert kept.read_bytes() != first
    kept.write_bytes(b"damaged")
    assert run(root, "match", "the labels fall off", "--json").data["matches"][0]["problem"] == "labels"


def test_a_translation_counts_for_its_original(root: Path) -> None:
    problem(root, "leer", problem="Staplerbatterien sind mitten in der Schicht leer", lang="de", translates="flat")
    found = run(root, "match", "die Staplerbatterien sind leer", "--json").data["matches"]
    assert [match["problem"] for match in found] == ["flat", "ice"]


def test_log_suggests_by_names_then_by_what_was_learnt(root: Path) -> None:
    def suggested() -> list[str]:
        quotes = run(root, "log", "Everything is iced over, the door froze to its frame", "--json").data["quotes"]
        assert quotes[0]["suggestions"]["new"] <= 1
        return [match["problem"] for match in quotes[0]["suggestions"]["matches"]]

    by_names = suggested()
    assert "ice" in by_names
    run(root, "match", "anything")
    assert suggested() == ["ice", "flat"]
    problem(root, "frames", public=False, body="", problem="The door froze to its frame, everything is iced over")
    assert "frames" in suggested()
    (root / "content/private/problems/ice.md").unlink()
    assert "ice" not in suggested()


def test_log_says_the_nearest_with_percentages(root: Path) -> None:
    run(root, "match", "anything")
    said = run(root, "log", "the trucks stop before morning").err
    assert "Nearest: flat (" in said
    assert " %)" in said
    assert run(root, "log", "Our accountant wants the tax return").err.strip().startswith("Not filed yet")


def test_log_loads_nothing_heavy_before_it_has_saved(root: Path) -> None:
    code = (
        "import sys; from heard.cli.log import log; "
        "print([name for name in ('numpy', 'scipy', 'sklearn', 'wordllama', 'tokenizers') if name in sys.modules])"
    )
    done = process(root, "-c", code, program=Path(sys.executable).name)
    assert done.out.strip() == "[]"


def test_log_never_learns(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root, "match", "anything")
    monkeypatch.setitem(sys.modules, "heard.base.similarity.training", None)
    note(root, "2026-01-13", "Acme Foods", "Flat again.")
    account(root, "acme", "Acme Foods")
    assert run(root, "log", "the trucks stop before morning", "--account", "Acme Foods").code == 0
