"""The typefaces: every face is there, small for the web, and is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from heard.publish import fonts as typefaces
from heard.publish.fonts import FACES, ensure, font_face_css


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_a_face_is_static_named_and_has_its_letters_and_features(fonts: Path, face: typefaces.Face) -> None:
    for ending in ("ttf", "woff2"):
        with TTFont(fonts / f"{face.stem}.{ending}") as font:
            assert "fvar" not in font
            assert font["name"].getDebugName(1) == face.family
            assert font["OS/2"].usWeightClass == face.weight
            assert set(map(ord, "aÄłß–“”’−×1½")) <= set(font.getBestCmap())
            have = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
            assert {"tnum", "liga"} <= have


def test_the_webs_files_are_small(fonts: Path) -> None:
    assert sum(path.stat().st_size for path in fonts.glob("*.woff2")) < 300_000


def test_what_is_there_is_not_made_again(fonts: Path) -> None:
    before = (fonts / "archivo-400.ttf").stat().st_mtime_ns
    assert ensure(fonts.parent) == fonts
    assert (fonts / "archivo-400.ttf").stat().st_mtime_ns == before


def test_two_at_once_end_with_one_whole_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one process makes the fonts, another one finishes first."""

    def make(faces: tuple[typefaces.Face, ...], folder: Path) -> None:
        (folder / f"{faces[0].stem}.ttf").write_bytes(b"mine")
        other = tmp_path / typefaces._folder_name()
        other.mkdir(exist_ok=True)
        (other / "theirs.ttf").write_bytes(b"theirs")

    monkeypatch.setattr(typefaces, "_make", make)
    folder = ensure(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["theirs.ttf"]
    assert list(tmp_path.iterdir()) == [folder]


def test_the_css_names_every_file() -> None:
    css = font_face_css("fonts/", "woff2")
    assert all(f'url("fonts/{face.stem}.woff2")' in css for face in FACES)
