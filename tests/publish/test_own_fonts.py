"""Fonts of an expert's own: in papers, pages, cards and charts, and what is said where a file cannot be used.

The fonts are made here, of ours, by the name of Fable.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import site_sample as sample
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont
from test_pdf_valid import make as job_of
from validators import faults

from heard.catalogue.public import read_public
from heard.pipeline.typefaces import typefaces
from heard.publish import measure, pdf
from heard.publish.charts.lettering import Sheet, wide
from heard.publish.fonts import FOLDER, companion, drawable, letters, shelf
from heard.publish.glyphs import check
from heard.publish.pinning import pinned
from heard.publish.styles import tokens_css
from heard.values import Brand, Finding
from stories import run
from workspaces import make

PLAIN = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0äöüéñ–“”’−"
PHRASE = "Hard boxes, 12 of them"


@cache
def fable(of: str = "newsreader-400", has: str = PLAIN, scale: float = 1.0, rights: int = 0, suffix: str = "") -> bytes:
    """A font made of a cut of ours: with these letters, so many times as wide, and these rights to embed it."""
    font = TTFont(FOLDER / f"{of}.ttf", recalcTimestamp=False)
    if has:
        picked = subset.Subsetter(subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True))
        picked.populate(unicodes=list(map(ord, has)))
        picked.subset(font)
    if scale != 1:
        body = font["head"].unitsPerEm
        scale_upem(font, round(body * scale))
        font["head"].unitsPerEm = body
    for number, name in {1: "Fable", 2: "Regular", 4: "Fable", 6: f"Fable-Regular{suffix}", 13: "Ask Ada."}.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font["OS/2"].fsType = rights
    return saved(font)


@cache
def variable() -> bytes:
    """A variable font of boxes that grow heavier, and move together as they do."""
    build = FontBuilder(1000, isTTF=True)
    names = [".notdef", "space", *(f"u{ord(one):04X}" for one in PLAIN.strip())]
    box = TTGlyphPen(None)
    for at, point in enumerate(((50, 0), (50, 700), (450, 700), (450, 0))):
        (box.lineTo if at else box.moveTo)(point)
    box.closePath()
    drawn = box.glyph()
    build.setupGlyphOrder(names)
    build.setupCharacterMap({0x20: "space", **{ord(one): f"u{ord(one):04X}" for one in PLAIN.strip()}})
    build.setupGlyf({name: TTGlyphPen(None).glyph() if name == "space" else drawn for name in names})
    build.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({"familyName": "Fable", "styleName": "Regular", "psName": "Fable-Regular"})
    build.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    moves = [(0, 0), (0, 0), (100, 0), (100, 0), (0, 0), (100, 0), (0, 0), (0, 0)]
    heavy = [{"wght": (0.0, 1.0, 1.0)}]
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    build.setupGvar({name: [TupleVariation(heavy[0], moves)] for name in names if name != "space"})
    build.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    build.setupPost()
    build.addOpenTypeFeatures(
        "feature kern { pos u0041 u0056 (wght=400:-40 wght=900:-140);"
        " pos [u0054 u0059] [u0061 u006F] (wght=400:-10 wght=900:-90); } kern;"
    )
    return saved(build.font)


def saved(font: Any) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def told(root: Path, fonts: str, files: dict[str, bytes]) -> tuple[Path, list[Finding]]:
    """The folder of typefaces for what stands below `fonts:` in expert.yml, and everything said of it."""
    given: dict[str, str | bytes | None] = {f"content/{name}": content for name, content in files.items()}
    workspace = make(root, {"content/expert.yml": f"name: Ada Example\n{fonts}", **given}).public
    catalogue, found = read_public(workspace)
    folder, more = typefaces(workspace, catalogue.expert)
    return folder, [*found, *more]


ONE = "fonts:\n  text: fonts/fable.ttf\n  titles: fonts/fable.ttf\n  labels: fonts/fable.ttf\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one wide font stands for everything."""
    return told(tmp_path_factory.mktemp("own"), ONE, {"fonts/fable.ttf": fable(scale=1.4)})[0]


@pytest.mark.parametrize(
    ("fonts", "content", "where", "says"),
    [
        ("fonts:\n  txt: a.ttf\n", b"", "3 yaml/unknown-key", "did you mean `text`"),
        ("fonts:\n  text:\n    regular: fable.ttf\n    itallic: b.ttf\n", fable(), "5 yaml/unknown-key", "`italic`"),
        ("fonts: fable.ttf\n", b"", "2 yaml/wrong-type", "keys of its own"),
        ("fonts:\n  text: fabel.ttf\n", fable(), "3 expert/font", "did you mean `fable.ttf`?; until then ours is used"),
        ("fonts:\n  text: private/fable.ttf\n", fable(), "3 expert/font", "no such font"),
        ("fonts:\n  text: fable.ttf\n", b"words", "3 expert/font", "no font that can be read"),
        ("fonts:\n  text: fable.ttf\n", b"ttcf" + bytes(99), "3 expert/font", "a collection of several fonts"),
        ("fonts:\n  text: fable.ttf\n", fable()[:5000], "3 expert/font", "damaged"),
        ("fonts:\n  text: fable.ttf\n", fable(rights=2), "3 expert/font", "not to be embedded"),
        ("fonts:\n  text: fable.ttf\n", fable(rights=0x200), "3 expert/font", "pictures of its letters only"),
        ("fonts:\n  text: fable.ttf\n", fable(rights=0x100), "3 expert/font", "embedded whole only"),
        ("fonts:\n  text: fable.ttf\n", fable("symbols-400", ""), "3 expert/font", "a font of signs"),
        ("fonts:\n  text: fable.ttf\n", fable(has=PLAIN.replace("q", "")), "3 expert/font", "alphabet (q)"),
        ("fonts:\n  text:\n    bold: fable.ttf\n", fable(), "4 expert/font", "names no `regular:` cut"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_line_and_ours_is_used(
    fonts: str, content: bytes, where: str, says: str, tmp_path: Path
) -> None:
    folder, found = told(tmp_path, fonts, {"fable.ttf": content, "private/fable.ttf": content})
    assert [f"{one.place.line} {one.code}" for one in found if one.severity.value == "to fix"] == [where]
    assert says in " ".join(one.message for one in found)
    assert folder == FOLDER or "itallic" in fonts


def test_a_missing_cut_is_told_and_its_regular_one_stands_there_as_it_is(tmp_path: Path) -> None:
    fonts = "fonts:\n  text: fable.ttf\n  labels: {regular: fable.ttf, bold: b.ttf, italic: b.ttf}\n"
    folder, found = told(tmp_path, fonts, {"fable.ttf": fable(), "b.ttf": fable(suffix="B")})
    said = [f"{one.place.line} {one.code} {one.message.partition(',')[0]}" for one in found]
    assert said == [
        "3 expert/font-cut `fonts: text:` has no italic cut",
        "3 expert/font-cut `fonts: text:` has no bold cut",
        "4 expert/font-cut nothing in labels is set in italic",
    ]
    assert (folder / "newsreader-400i.ttf").read_bytes() == (folder / "newsreader-400.ttf").read_bytes()
    assert name(folder, "archivo-600") == "Fable-RegularB"
    assert name(folder, "newsreader-display-400") == "NewsreaderDisplay-Regular"


def name(folder: Path, stem: str) -> str:
    """What a font calls itself."""
    with TTFont(folder / f"{stem}.ttf") as font:
        return str(font["name"].getDebugName(6))


def test_a_damaged_table_is_told_and_ours_stands_there(tmp_path: Path) -> None:
    font = TTFont(BytesIO(fable()))
    at = font.reader.tables["glyf"].offset
    broken = fable()[:at] + b"\x7f" * 3000 + fable()[at + 3000 :]
    folder, found = told(tmp_path, ONE, {"fonts/fable.ttf": broken})
    assert [one.code for one in found if one.severity.value == "to fix"] == ["expert/font"] * 3
    assert "damaged" in found[-1].message
    assert name(folder, "newsreader-400") == "Newsreader-Regular"


def test_a_variable_file_gives_its_cuts_itself(tmp_path: Path) -> None:
    folder, found = told(tmp_path, "fonts: {labels: fable.ttf}\n", {"fable.ttf": variable()})
    assert found == []
    for stem, right, named in (("archivo-400", 450, "Fable-Regular"), ("archivo-600", 490, "Fable-SemiBold")):
        with TTFont(folder / f"{stem}.ttf") as font:
            assert "fvar" not in font
            assert font["glyf"][font.getBestCmap()[ord("A")]].xMax == right
        assert name(folder, stem) == named


def test_letters_keep_the_distances_of_their_place_on_the_axes() -> None:
    """Kerning as fontTools pins it, which takes it ten times as long."""
    ours, theirs = (
        make_static(TTFont(BytesIO(variable())), {"wght": 700})
        for make_static in (pinned, lambda font, place: instantiateVariableFont(font, place, static=True))
    )
    found = []
    for font in (ours, theirs):
        font = TTFont(BytesIO(saved(font)))
        tables = [one for lookup in font["GPOS"].table.LookupList.Lookup for one in lookup.SubTable]
        pairs = tables[0].PairSet[0].PairValueRecord
        classes = tables[-1].Class1Record[-1].Class2Record[-1].Value1
        found.append(([(one.SecondGlyph, one.Value1.XAdvance) for one in pairs], classes.XAdvance))
    assert found == [([("u0056", -100)], -58)] * 2


def test_a_paper_is_set_in_it_valid_and_the_same_everywhere(own: Path, tmp_path: Path) -> None:
    body = '## In short\n\nBoxes: *light* and **heavy**, straße, Łódź, αβγ, жук → ✓ `code`.\n\n> "Voice."\n'
    job = job_of(tmp_path / "a", body)
    made, findings = pdf.render(job, own)
    (tmp_path / "one.pdf").write_bytes(made.content)
    assert findings == ()
    assert faults(tmp_path / "one.pdf") == []
    names = {one.partition("+")[2] for one in embedded(made.content)}
    assert {"Fable-Regular", "JetBrainsMono-Regular"} <= names | {"JetBrainsMono-Regular"}
    assert "Fable-Regular" in names
    assert not any(one.startswith("Archivo") and "Bold" in one for one in names)
    elsewhere, _ = told(tmp_path / "b", ONE, {"fonts/fable.ttf": fable(scale=1.4)})
    assert elsewhere != own
    assert pdf.render(job, elsewhere)[0].content == made.content


def test_a_cut_with_fewer_accents_than_its_sister_is_not_passed_over(tmp_path: Path) -> None:
    fonts = "fonts:\n  text: {regular: a.ttf, bold: b.ttf, italic: a.ttf}\n"
    files = {"a.ttf": fable(has=""), "b.ttf": fable(has=PLAIN.replace("é", ""), suffix="B")}
    folder, _ = told(tmp_path, fonts, files)
    made, _ = pdf.render(job_of(tmp_path, "## In short\n\nIt is **heavy** and it stays so.\n"), folder)
    assert {"Fable-Regular", "Fable-RegularB"} <= {one.partition("+")[2] for one in embedded(made.content)}


def embedded(content: bytes) -> set[str]:
    """The names of the fonts in a PDF, each as all of its dictionaries say it."""
    with pikepdf.open(BytesIO(content)) as opened:
        found = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        named = {str(one.FontName) for one in found if "/FontName" in one}
        assert named == {str(one.BaseFont) for one in found if "/BaseFont" in one}
        return named


def test_each_letter_is_in_one_file_and_ours_draw_what_it_lacks(own: Path) -> None:
    for stem in ("newsreader-400", "newsreader-display-400i", "archivo-600"):
        files = [own / f"{one}.ttf" for one in (stem, f"{stem}-ours", companion(stem))]
        theirs, ours, beside = (letters(one) for one in files)
        assert theirs == set(map(ord, PLAIN))
        assert theirs & ours == {0x20, 0xA0}
        assert not (theirs - {0x20, 0xA0}) & beside
        assert set(map(ord, "ßłŻ€½")) <= ours
    assert drawable(own) >= drawable(FOLDER)
    found = list(check("Łódź, straße, αβγ\nan 💡\n", "content/problems/x.md", 5, own))
    assert [(one.place.line, one.code) for one in found] == [(6, "paper/glyph")]


def test_greek_of_its_own_wins_but_never_letter_by_letter(tmp_path: Path) -> None:
    greek = "αβγδεζηθικλμνξοπρσςτυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώ"
    font = TTFont(BytesIO(fable()))
    found = []
    for more in (greek, "π"):
        for table in font["cmap"].tables:
            table.cmap = {**{ord(one): table.cmap[ord(one)] for one in PLAIN}, **dict.fromkeys(map(ord, more), "a")}
        folder, _ = told(tmp_path / more[:2], "fonts: {text: fable.ttf}\n", {"fable.ttf": saved(font)})
        found.append([ord("π") in letters(folder / f"{one}.ttf") for one in ("newsreader-400", "source-serif-400")])
        faces = [one.stem for one in shelf(folder).web if one.letters and ord("π") in spelled(one.letters)]
        assert any(one.startswith("fable") for one in faces) == (len(more) > 1)
    assert found == [[True, False], [False, True]]


def test_lines_titles_and_charts_are_measured_in_it(own: Path) -> None:
    ours, theirs = (wide(PHRASE, Sheet(600, 10, fonts=one)) for one in (FOLDER, own))
    assert theirs > 1.2 * ours
    assert wide("ł", Sheet(600, 10, fonts=own)) == wide("ł", Sheet(600, 10))
    sizes = [measure.fit(PHRASE, one / "newsreader-display-400.ttf", width=60, largest=40) for one in (FOLDER, own)]
    assert sizes[1] < 0.9 * sizes[0]


def test_the_site_serves_it_by_its_name_with_what_stands_behind(own: Path, tmp_path: Path) -> None:
    made = sample.made(own, tmp_path, sample.sample_papers())
    files = {one.uri: one for one in made.outputs}
    css = files["assets/heard/tokens.css"].read().decode()
    assert '--h-text: "Fable", "Fable Georgia"' in css
    assert '--h-display: "Fable Titles", ' in css
    urls = re.findall(r'font-family: "Fable"; font-weight: 400; font-style: normal;.*?url\("([^"]+)"', css)
    assert urls[0].startswith("fonts/fable-")
    assert all(f"assets/heard/{one}" in files for one in re.findall(r'url\("([^"]+)"', css))
    assert made.extra["preload"] == [f"assets/heard/{urls[0]}"] * 2 + [made.extra["preload"][2]]  # type: ignore[index]
    with TTFont(BytesIO(files[f"assets/heard/{urls[0]}"].read())) as font:
        assert font.flavor == "woff2"
        assert font["name"].getDebugName(1) == "Fable"
        assert font["name"].getDebugName(13) == "Ask Ada."
    ranges = re.findall(r'font-family: "Fable"; font-weight: 400; font-style: normal;.*?unicode-range: ([^;]+)', css)
    codes = [code for one in ranges for code in spelled(one)]
    assert len(codes) == len(set(codes))
    assert set(map(ord, "aßłα")) <= set(codes)


def spelled(written: str) -> list[int]:
    """The code points of ranges as CSS writes them."""
    ends = [one.strip().removeprefix("U+").partition("-") for one in written.split(",")]
    return [code for low, _, high in ends for code in range(int(low, 16), int(high or low, 16) + 1)]


def test_licences_of_ours_go_along_only_with_what_is_served(tmp_path: Path) -> None:
    whole = fable("archivo-400", "")
    folder, _ = told(tmp_path, "fonts: {labels: fable.ttf}\n", {"fable.ttf": whole})
    files = {one.uri.rpartition("/")[2] for one in sample.made(folder, tmp_path, ()).outputs}
    assert {one for one in files if "LICENSE" in one} == {
        "Newsreader-LICENSE.txt", "Roboto-LICENSE.txt", "SourceSerif-LICENSE.txt",
    }  # fmt: skip
    assert not any(one.startswith("archivo") for one in files)


def test_it_is_made_once_and_again_only_for_other_bytes(tmp_path: Path) -> None:
    fonts = "fonts: {titles: %s}\n"
    first, _ = told(tmp_path, fonts % "a.ttf", {"a.ttf": fable()})
    before = {one: one.stat().st_mtime_ns for one in first.iterdir()}
    assert told(tmp_path, fonts % "b.woff2", {"b.woff2": fable()})[0] == first
    assert {one: one.stat().st_mtime_ns for one in first.iterdir()} == before
    job = job_of(tmp_path, "Words.")
    other, _ = told(tmp_path, fonts % "a.ttf", {"a.ttf": fable(suffix="B")})
    assert other != first
    renamed = replace(job, expert=read_public(make(tmp_path).public)[0].expert)
    named = replace(renamed, expert=replace(renamed.expert, fonts=()))
    assert pdf.fingerprint(renamed, first) == pdf.fingerprint(named, first) != pdf.fingerprint(named, other)
    (first / "newsreader-display-400.ttf").unlink()
    assert told(tmp_path, fonts % "b.woff2", {})[0] == first
    assert (first / "newsreader-display-400.ttf").is_file()
    assert [one.name for one in first.parent.iterdir() if one.name.startswith(".heard")] == []


def test_a_web_font_and_an_opentype_one_will_do(tmp_path: Path) -> None:
    font = TTFont(BytesIO(fable()))
    font.flavor = "woff2"
    folder, found = told(tmp_path, "fonts: {titles: {regular: a.woff2, italic: a.woff2}}\n", {"a.woff2": saved(font)})
    assert found == []
    assert (folder / "newsreader-display-400.ttf").read_bytes()[:4] == b"\0\1\0\0"


def test_without_the_key_nothing_is_made_and_nothing_changes(tmp_path: Path) -> None:
    assert told(tmp_path, "", {"fable.ttf": fable()}) == (FOLDER, [])
    assert not (tmp_path / ".heard").exists()
    assert tokens_css(Brand()) == tokens_css(Brand(), FOLDER)
    assert b"html:root" not in tokens_css(Brand())


def test_the_example_of_the_documentation_will_do(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/formats.md").read_text("utf-8")
    shown = re.search(r"```yaml\n(fonts:.*?)```", page, re.DOTALL)
    assert shown
    files = {name: variable() if "Grotesk" in name else fable() for name in re.findall(r"fonts/[\w.-]+", shown[1])}
    folder, found = told(tmp_path, shown[1], files)
    assert found == []
    assert name(folder, "newsreader-600") == "Fable-Regular"
    assert name(folder, "archivo-600") == "Fable-SemiBold"


def test_check_tells_it_as_a_person_reads_it(tmp_path: Path) -> None:
    told(tmp_path, "fonts: {text: fable.ttf}\n", {"fable.ttf": fable(rights=2)})
    result = run(tmp_path, "check")
    assert result.code == 1
    assert "content/expert.yml:2: to fix: `fable.ttf` is marked by its maker as not to be embedded" in result.out
