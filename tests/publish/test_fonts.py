"""The typefaces: every face is there, small for the web, and is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from heard.publish import fonts as typefaces
from heard.publish.fonts import FOLDER, WEB_FACES, drawable, font_face_css


@pytest.mark.parametrize("face", WEB_FACES, ids=lambda face: face.stem)
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


def test_every_font_has_its_licence() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*-LICENSE.txt"))]
    assert len(texts) == 4
    assert all("SIL OPEN FONT LICENSE" in text.upper() for text in texts)


def test_code_and_signs_can_be_drawn() -> None:
    assert set(map(ord, "├──►✓✔☐λΩ√")) <= drawable()


def test_the_css_names_every_file() -> None:
    css = font_face_css("fonts/", "woff2")
    assert all(f'url("fonts/{face.stem}.woff2")' in css for face in WEB_FACES)
