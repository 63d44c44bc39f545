"""Fonts of an expert's own: which of our cuts each file stands in for, and what is wrong with a file.

Nothing is made up: a role without a file for italics or bold has its regular cut there, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import ascii_letters
from typing import Any

from heard.base.text import did_you_mean
from heard.publish.fetcher import allowed
from heard.publish.fonts import FACES, Face
from heard.values import Expert, Finding, FontFile, Place, Severity

ROLES = {"text": "Newsreader", "titles": "Newsreader Display", "labels": "Archivo"}
"""What a file may be for, and the family of ours that it takes the place of."""

KINDS = (".ttf", ".otf", ".woff2", ".woff")
BOLD = 600
"""The weight of our bold cuts, as style sheets ask for it."""

_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post")
_HEADS = (b"\0\1\0\0", b"OTTO", b"true", b"wOFF", b"wOF2")
_RESTRICTED, _USES, _WHOLE, _PICTURES = 0x0002, 0x000E, 0x0100, 0x0200
"""Bits of OS/2 `fsType`: what a font may be used for, that it may not be cut down, that only its pictures may."""

Axes = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Cut:
    """One of our cuts, the file that stands in for it, and its place on the axes of a variable file."""

    face: Face
    file: FontFile
    path: Path
    place: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Usable:
    """A file of a role that is fit to be set in."""

    file: FontFile
    path: Path
    axes: Axes


def chosen(expert: Expert, content: Path) -> tuple[tuple[Cut, ...], tuple[Finding, ...]]:
    """The cuts that an expert's own fonts stand in for, in the order of ours, and what is to be said of the files."""
    findings: list[Finding] = []
    cuts = [one for role in ROLES for one in _of_role(role, expert, content, findings)]
    return tuple(cuts), tuple(findings)


def faces_of(role: str) -> tuple[Face, ...]:
    """Our cuts that a role is set in."""
    return tuple(face for face in FACES if face.family == ROLES[role] and not face.letters)


def kind(face: Face) -> str:
    """What a cut is called in expert.yml."""
    return "italic" if face.style == "italic" else "bold" if face.weight > 400 else "regular"


def _of_role(role: str, expert: Expert, content: Path, findings: list[Finding]) -> Iterator[Cut]:
    named = {one.cut or "regular": one for one in expert.fonts if one.role == role}
    if not named:
        return
    path, wanted = expert.place.path, {kind(face): face for face in faces_of(role)}
    usable = {cut: found for cut, one in named.items() if (found := _usable(one, path, content, findings))}
    if "regular" not in usable:
        if "regular" not in named:
            says = f"`fonts: {role}:` names no `regular:` cut, which all others stand beside; ours is used"
            findings.append(_found(path, next(iter(named.values())), says))
        return
    whole = usable["regular"]
    for cut in sorted(set(usable) - set(wanted)):
        says = f"nothing in {role} is set in {cut}, so this cut is not used"
        findings.append(_found(path, named[cut], says, "expert/font-cut", Severity.WORTH_A_LOOK))
    for cut, face in wanted.items():
        found = usable.get(cut, whole)
        if cut not in named and not _has(cut, whole.axes):
            kept = f"what would be set in {cut} stands in its regular cut"
            says = f"`fonts: {role}:` has no {cut} cut, so {kept}; name a file with `{cut}:`"
            findings.append(_found(path, whole.file, says, "expert/font-cut", Severity.WORTH_A_LOOK))
        yield Cut(face, found.file, found.path, _place(face, found.axes))


def _found(
    path: str, file: FontFile, says: str, code: str = "expert/font", severity: Severity = Severity.TO_FIX
) -> Finding:
    return Finding(Place(path, file.line), severity, says, code)


def _usable(file: FontFile, path: str, content: Path, findings: list[Finding]) -> _Usable | None:
    """The file, if it can be used; else a finding."""
    place, instead = content / file.file, "ours is" if file.cut in ("", "regular") else "the regular cut is"
    if not _is_public(place, content):
        known = sorted(one.relative_to(content).as_posix() for one in _fonts_below(content))
        says = f"`{file.file}`: there is no such font below content/{did_you_mean(file.file, known)}"
    else:
        says, axes = looked_at(place)
        if not says:
            return _Usable(file, place, axes)
        says = f"`{file.file}` {says}"
    findings.append(_found(path, file, f"{says}; until then {instead} used"))
    return None


def _is_public(path: Path, content: Path) -> bool:
    try:
        return path.is_file() and allowed(path, [content])
    except (OSError, ValueError):
        return False


def _fonts_below(content: Path) -> Iterator[Path]:
    for pattern in ("*", "fonts/*", "fonts/*/*"):
        yield from (one for one in content.glob(pattern) if one.suffix.lower() in KINDS and _is_public(one, content))


def looked_at(path: Path) -> tuple[str, Axes]:
    """What keeps a file from being used, in words that go on after its name, or nothing; and its axes."""
    from fontTools.ttLib import TTFont

    try:
        content = path.read_bytes()
    except OSError as error:
        return f"cannot be opened ({error.strerror})", {}
    if content[:4] == b"ttcf":
        return "is a collection of several fonts: save the one you mean as a file of its own (.ttf or .otf)", {}
    if content[:4] not in _HEADS:
        return "is no font that can be read: a TTF, OTF or WOFF2 file is needed", {}
    try:
        with TTFont(BytesIO(content), lazy=True) as font:
            return _fault(font), _axes(font)
    except Exception:
        # fontTools raises whatever a damaged table makes it stumble over.
        return "is damaged: get the file once more", {}


def _fault(font: Any) -> str:
    lost = [table for table in _NEEDED if table not in font]
    if lost:
        return f"is unfinished: it has no table {' and no '.join(lost)}"
    if not any(table in font for table in ("glyf", "CFF ", "CFF2")):
        return "draws its letters as pictures, which a PDF like this cannot hold: take one with outlines"
    barred = _barred(font["OS/2"].fsType)
    if barred:
        return barred
    has = font.getBestCmap() or {}
    lost = [letter for letter in ascii_letters if ord(letter) not in has]
    if len(lost) > len(ascii_letters) / 2:
        return "has none of the letters a to z: it is a font of signs"
    return f"lacks letters of the alphabet ({' '.join(lost)})" if lost else ""


def _barred(rights: int) -> str:
    """Why a font's maker does not let it be put into papers, if so."""
    if rights & _USES == _RESTRICTED:
        return (
            "is marked by its maker as not to be embedded (fsType 2, restricted licence), so no PDF and no page may "
            "carry it: ask for a licence to embed, and for the file that goes with it"
        )
    if rights & _PICTURES:
        return "may be embedded as pictures of its letters only (fsType, bitmap embedding only), which no PDF here does"
    if rights & _WHOLE:
        return (
            "may be embedded whole only (fsType, no subsetting), and papers carry just the letters that they use: "
            "ask its maker for a file that may be cut down"
        )
    return ""


def _axes(font: Any) -> Axes:
    return {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}


def _has(cut: str, axes: Axes) -> bool:
    """Whether a variable file has a cut within itself."""
    if cut == "bold":
        return axes.get("wght", (0, 0))[1] >= BOLD - 50
    return cut == "regular" or "ital" in axes or axes.get("slnt", (0, 0))[0] < 0


def _place(face: Face, axes: Axes) -> tuple[tuple[str, float], ...]:
    """Where on the axes of a file a cut lies: those that are not known here stay where the file has them."""
    italic = face.style == "italic"
    wanted = {
        "wght": float(face.weight),
        "opsz": 48.0 if face.family == ROLES["titles"] else 12.0,
        "ital": float(italic),
        "slnt": axes.get("slnt", (0.0, 0.0))[0] if italic and "ital" not in axes else 0.0,
    }
    return tuple((tag, max(low, min(high, wanted[tag]))) for tag, (low, high) in sorted(axes.items()) if tag in wanted)
