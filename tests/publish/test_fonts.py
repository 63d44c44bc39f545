"""The typefaces: every face is there, small for the web, and is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from heard.publish import fonts as typefaces
from heard.publish.fonts import FACES, FOLDER, OTHERS, WEB_FACES, WESTERN, companion, drawable, font_face_css

LATIN = [face for face in FACES if face.web and not face.letters]
MORE = [face for face in FACES if face.letters]
NEEDED = set(map(ord, "aÄłß–“”’−×1½ąćęńóśźżŻŁ„”«»șțőčřžğı¿¡"))


@pytest.mark.parametrize("face", LATIN, ids=lambda face: face.stem)
def test_a_face_is_static_named_and_has_its_letters_and_features(fonts: Path, face: typefaces.Face) -> None:
    letters = []
    for name in (f"{face.stem}.ttf", f"{face.stem}.woff2", f"{face.stem}-more.woff2"):
        with TTFont(fonts / name) as font:
            assert "fvar" not in font
            assert font["name"].getDebugName(1) == face.family
            assert font["OS/2"].usWeightClass == face.weight
            letters.append(set(font.getBestCmap()))
            if "-more" in name:
                continue
            have = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
            assert {"tnum", "liga"} <= have
    whole, western, others = letters
    assert whole >= NEEDED
    assert not western & others
    # What neither half has, the companion draws.
    assert all(0x370 <= code < 0x400 for code in whole - western - others)
    assert set(map(ord, "aÄß–“”’−×½„«»ñçÉœ€≈")) <= western


@pytest.mark.parametrize("face", MORE, ids=lambda face: face.stem)
def test_a_companion_has_greek_and_cyrillic_and_nothing_else(fonts: Path, face: typefaces.Face) -> None:
    with TTFont(fonts / f"{face.stem}.ttf") as font, TTFont(fonts / f"{main(face)}.ttf") as beside:
        letters = set(font.getBestCmap())
        assert set(map(ord, "αβγςωΩάέήίόύώϊΰбвгжяіїєґђћўЁ")) <= letters
        assert all(0x370 <= code < 0x500 or code in (0x20, 0xA0) for code in letters)
        assert "Source" not in str(font["name"].getDebugName(1))
        heights = [one["hhea"].ascent / one["head"].unitsPerEm for one in (font, beside)]
        assert heights[0] == pytest.approx(heights[1], abs=0.001)


def main(face: typefaces.Face) -> str:
    return next(one.stem for one in LATIN if companion(one.stem) == face.stem)


def test_the_webs_files_are_small(fonts: Path) -> None:
    latin, more = (sum((fonts / f"{face.stem}.woff2").stat().st_size for face in faces) for faces in (LATIN, MORE))
    assert latin < 160_000
    assert more < 130_000


def test_the_halves_of_a_face_overlap_nowhere() -> None:
    western, others = ({code for low, high in ranges for code in range(low, high + 1)} for ranges in (WESTERN, OTHERS))
    assert not western & others


def test_only_greek_and_cyrillic_text_fetches_a_companion() -> None:
    rules = font_face_css("fonts/", "woff2").splitlines()
    ranged = [rule for rule in rules if "unicode-range:U+0370-03FF" in rule]
    assert len(ranged) == len(MORE)
    assert all(f"{face.stem}.woff2" in "".join(ranged) for face in MORE)


def test_every_font_has_its_licence() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*-LICENSE.txt"))]
    assert len(texts) == 6
    assert all("SIL OPEN FONT LICENSE" in text.upper() for text in texts)


def test_code_and_signs_can_be_drawn() -> None:
    assert set(map(ord, "├──►✓✔☐λΩ√")) <= drawable()


def test_the_css_names_every_file() -> None:
    css = font_face_css("fonts/", "woff2")
    assert all(f'url("fonts/{face.stem}.woff2")' in css for face in WEB_FACES)
