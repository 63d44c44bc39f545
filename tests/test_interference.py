"""What goes out is a function of the public files: nothing on the private side changes a byte of it.

Promised: for every workspace, renaming all secrets in `content/private`, or deleting it, leaves every output as it was,
byte for byte; neither the home folder, the folder that the command runs in, the order and times of files, a
repository on the private side nor its environment matter; and a build opens no file below `content/private` before the
leak check, which alone may and can only veto.

Not promised: that approved.yml stays as it is. `heard approve` makes it from the private side, and a person reads what
it says: tests/test_releases.py holds what it may tell.

The stress runs (HEARD_STRESS=1) look at 1,000 workspaces and 50 whole builds.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stories
import worlds
from heard.pipeline import approve, site
from heard.pipeline.pdf import Made, Progress
from heard.publish.cards import Card
from heard.publish.fonts import FOLDER
from heard.publish.pdf import common_ground, fingerprint
from heard.values import Brand, PdfJob
from heard.workspace import Settings, at
from worlds import DAY, Files, put, renamed, world

STRESS = bool(os.environ.get("HEARD_STRESS"))
pytestmark = [pytest.mark.stress] if STRESS else []
WORLDS, BUILDS = (1000, 50) if STRESS else (200, 5)
SITE = Settings("Example", "https://notes.example.com/")

seeds = st.integers(0, 2**48)
plenty = settings(max_examples=WORLDS, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def approved_in(root: Path) -> str:
    """The world's approved.yml, as `heard approve --yes` writes it."""
    workspace = at(root)
    approve.write(workspace, approve.propose(workspace, DAY).after)
    return workspace.public.approved.read_text("utf-8")


@cache
def ground() -> bytes:
    return common_ground(FOLDER)


def stand_in(jobs: Mapping[str, PdfJob], folder: Path, progress: Progress, fonts: Path) -> dict[str, Made]:
    """PDFs that hold, instead of a typeset paper, the hash of all that a paper is typeset from."""
    made = {}
    for slug, job in jobs.items():
        path = folder / "pdf" / f"{slug}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fingerprint(job, fonts, ground()), "utf-8")
        made[slug] = Made(path, 3, (), kept=False)
    return made


def drawn(
    cards: Mapping[str, Card], brand: Brand, folder: Path, templates: Sequence[Path], fonts: Path
) -> dict[str, Path]:
    """Cards that hold, instead of a picture, all that it is drawn from."""
    paths = {}
    for number, (uri, card) in enumerate(sorted(cards.items())):
        paths[uri] = folder / f"card{number}.png"
        paths[uri].write_text(f"{card} {brand} {len(templates)} {fonts.name}", "utf-8")
    return paths


def outputs(root: Path) -> Mapping[str, str]:
    """Every output of the site by its address, and what its templates and its messages say."""
    with mock.patch.object(site, "render_all", stand_in), mock.patch.object(site, "draw_all", drawn):
        made = site.build(at(root).public, SITE, today=DAY)
    found = {}
    for one in made.outputs:
        packaged = isinstance(one.content, Path) and not one.content.is_relative_to(root)
        found[one.uri] = one.content.name if packaged else hashlib.sha256(one.read()).hexdigest()  # type: ignore[union-attr]
    found["the templates' facts"] = json.dumps(made.extra, sort_keys=True, default=str)
    found["the findings"] = "\n".join(map(str, made.findings))
    return found


def other_side(files: Files, kept: str, root: Path, seed: int) -> Path:
    """The world with other secrets, elsewhere, its files written in another order and at another time."""
    rng = random.Random(seed + 1)
    put(root, {**renamed(files, rng), "content/approved.yml": kept}, rng)
    for path in root.rglob("*"):
        stamp = rng.randint(10**9, 2 * 10**9)
        os.utime(path, (stamp, stamp))
    return root


@plenty
@given(seeds)
def test_renaming_or_deleting_everything_private_changes_no_output(seed: int) -> None:
    files = world(random.Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        root = put(Path(folder, "here"), files)
        kept = approved_in(root)
        before = outputs(root)
        assert outputs(other_side(files, kept, Path(folder, "some where", "else"), seed)) == before
        worlds.without_private(root)
        assert outputs(root) == before


def test_the_worlds_are_worth_looking_at() -> None:
    """They hold evidence, named and anonymous, and secrets beside it; and renaming leaves none of them."""
    seen: dict[str, int] = {}
    for seed in range(40):
        files = world(random.Random(seed))
        with tempfile.TemporaryDirectory() as folder:
            kept = approved_in(put(Path(folder), files))
        for what in ("heard_from: 3", "by: a client", "kind: testimonial", "names: [", "industries: ["):
            seen[what] = seen.get(what, 0) + (what in kept)
        hidden = " ".join(text for name, text in renamed(files, random.Random(1)).items() if "/private/" in name)
        secret = [word for name in (*worlds.COMPANIES, *worlds.PEOPLE) for word in name.split()]
        assert not [word for word in secret if word.casefold() in hidden.casefold()]
    assert min(seen.values()) >= 4, seen


@pytest.mark.parametrize("seed", range(BUILDS))
def test_whole_builds_are_the_same_whatever_is_private(seed: int, tmp_path: Path) -> None:
    """Even worlds get other secrets, elsewhere, on another machine; odd ones lose their private side.

    The first two make their PDFs twice; the others keep them by a hash of all that goes into them, as heard does.
    """
    files = _small(seed)
    here = put(tmp_path / "here", files)
    kept = approved_in(here)
    before = built(here)
    made = here / ".heard/pdf"
    if seed % 2:
        worlds.without_private(here)
        if seed < 2:
            made.rename(tmp_path / "pdf")
        assert built(here) == before
        return
    there = other_side(files, kept, tmp_path / "there" / "w", seed)
    subprocess.run(["git", "init", "-q", there / "content/private"], check=True)
    if seed >= 2 and not STRESS:
        (there / ".heard").mkdir()
        (there / ".heard/pdf").symlink_to(made)
    strange = {"HOME": str(tmp_path / "there"), "XDG_CACHE_HOME": str(tmp_path), "PYTHONHASHSEED": str(seed + 7)}
    assert built(there, cwd=tmp_path, **strange, USER="quax", EMAIL="quax@quax.example", TZ="Asia/Kathmandu") == before


def _small(seed: int) -> Files:
    """A world with one or two papers, so that their PDFs are made in a second."""
    return world(random.Random(seed), worlds.Sizes(problems=1, companies=6, notes=12))


def built(root: Path, cwd: Path | None = None, **env: str) -> dict[str, str]:
    """The site of `mkdocs build --strict`."""
    done = subprocess.run(
        [stories.BIN / "mkdocs", "build", "--strict", "-f", root / "mkdocs.yml"], cwd=cwd or root, check=False,
        capture_output=True, text=True, env=stories.environment(**env), timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = stories.tree(root / "site")
    assert any(name.endswith(".pdf") for name in found)
    return found


WATCH = """
import os, sys
from pathlib import Path

private, opened, looking = sys.argv[1], [], True

def hook(event, arguments):
    seen = looking and event in ("open", "os.listdir", "os.scandir")
    if seen and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if path == private or path.startswith(private + os.sep):
            opened.append(os.path.relpath(path, private))

sys.addaudithook(hook)
"""

BY_VALUES = """
from heard.pipeline import site
from heard.workspace import PublicWorkspace, Settings
from datetime import date
made = site.build(PublicWorkspace(Path(sys.argv[2])), Settings("Example", "https://notes.example.com/"),
                  today=date(2026, 11, 21))
assert any(one.uri.endswith(".pdf") for one in made.outputs), made.without_pdfs
print(*opened, sep="\\n")
"""

BY_MKDOCS = """
from heard.mkdocs_plugin import HeardPlugin
from mkdocs.__main__ import cli
check = HeardPlugin.on_post_build

def on_post_build(self, **given):
    global looking
    print(*opened, sep="\\n")
    looking = False
    check(self, **given)

HeardPlugin.on_post_build = on_post_build
cli(["build", "--strict", "-f", sys.argv[2] + "/mkdocs.yml"])
"""


@pytest.mark.parametrize(
    ("how", "allowed"), [(BY_VALUES, set()), (BY_MKDOCS, {"settings.yml"})], ids=["values", "mkdocs"]
)
def test_a_build_opens_nothing_private(how: str, allowed: set[str], tmp_path: Path) -> None:
    """MkDocs' plugin looks for the folder of notes, which settings.yml names, before the check that needs it."""
    root = put(tmp_path / "w", _small(3))
    (root / "content/private/settings.yml").write_text("notes: notes\n", "utf-8")
    approved_in(root)
    done = subprocess.run(
        [sys.executable, "-c", WATCH + how, str(root / "content/private"), str(root)], check=False, cwd=root,
        capture_output=True, text=True, env=stories.environment(), timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {line for line in done.stdout.splitlines() if line} <= allowed


def test_the_hook_would_see_it(tmp_path: Path) -> None:
    secret = tmp_path / "private/notes/a.md"
    secret.parent.mkdir(parents=True)
    secret.write_text("words", "utf-8")
    reading = f"open({str(secret)!r}).close(); list(os.scandir({str(secret.parent)!r})); print(*opened)"
    found = subprocess.run(
        [sys.executable, "-c", WATCH + reading, str(tmp_path / "private")], check=True, capture_output=True, text=True
    )
    assert found.stdout.split() == ["notes/a.md", "notes"]
