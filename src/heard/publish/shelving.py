"""A folder of fonts in which an expert's own stand in the place of ours.

Under our stems lie their cuts. Behind each lies a cut of ours with the letters that theirs lacks, and the companion
without those that it has: each letter is in one file only, so no program can take the wrong one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from shutil import copyfile

from heard.base.text import slugify
from heard.publish.cutting import CYRILLIC, GREEK, MANY, cleaned, cut, half, mapped, quiet, ranges, spread
from heard.publish.fonts import (
    BEHIND,
    FACES,
    FOLDER,
    OTHERS,
    OURS,
    RECIPE,
    SHELF,
    WESTERN,
    Face,
    Shelf,
    as_json,
    companion,
    letters,
    written,
)
from heard.publish.own_fonts import ROLES, Cut, faces_of
from heard.publish.stand_ins import stack, stand_ins

OWN_RECIPE = 1
"""Raised whenever the same file would be made into another cut."""

CONFIG = "no-system-fonts.conf"
_CONFIG = b"""<fontconfig><match target="scan"><edit name="lang" mode="delete_all"/></match></fontconfig>
"""
"""No fonts but those of the folder, as ours; and none is passed over for another because it lacks an accent or two."""

_PARTS = {"": spread(WESTERN), "-more": spread(OTHERS), "-greek": spread((*GREEK, *CYRILLIC))}
"""The files of a cut for the web, by the ends of their names: what is in none of them comes last, with `-rest`."""

_SPACES = frozenset((0x20, 0xA0))
_COMPANIONS = frozenset(face.stem for face in FACES if face.letters)


def digest(cuts: Sequence[Cut]) -> str:
    """A name for the folder: a hash of the files' bytes, of where their cuts lie in them, and of how they are made."""
    made = hashlib.sha256(f"{RECIPE} {OWN_RECIPE} {metadata.version('fonttools')}".encode())
    hashes = {path: hash_of(path) for path in dict.fromkeys(one.path for one in cuts)}
    for one in cuts:
        made.update(f"\n{one.face.stem} {hashes[one.path]} {one.place}".encode())
    return made.hexdigest()[:32]


def hash_of(path: Path) -> str:
    """A hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make(cuts: Sequence[Cut], folder: Path) -> None:
    """Write every font for print and for the web into an empty folder, and what it holds.

    A file that proves to be damaged is left out, and told in `Shelf.broken`.
    """
    with quiet():
        own, broken = _printed(cuts, folder)
        called = _families(own, folder)
        faces = tuple(_for_print(own, folder))
        web = tuple(_for_the_web(own, called, faces, folder))
    (folder / CONFIG).write_bytes(_CONFIG)
    for stem in dict.fromkeys(face.stem for face in web if (FOLDER / f"{face.stem}.woff2").is_file()):
        copyfile(FOLDER / f"{stem}.woff2", folder / f"{stem}.woff2")
    regular = {family: folder / f"{faces_of(role)[0].stem}.ttf" for role, family in ROLES.items()}
    first = (called.get(family, family) for family in ROLES.values())
    held = Shelf(
        faces=faces,
        web=web,
        preload=tuple(next(face.stem for face in web if face.family == family) for family in first),
        stand_ins=(
            *(one for one in OURS.stand_ins if one.family not in called),
            *(one for family, name in called.items() for one in stand_ins(family, name, regular[family])),
        ),
        stacks=tuple(row for family, name in called.items() for row in stack(family, name, regular[family])),
        broken=broken,
    )
    (folder / SHELF).write_bytes(as_json(held))


def _printed(cuts: Sequence[Cut], folder: Path) -> tuple[tuple[Face, ...], tuple[tuple[str, str], ...]]:
    """Write the cuts of an expert's own: which of ours they stand in for, and which could not be made."""
    own: list[Face] = []
    broken: list[tuple[str, str]] = []
    clean: dict[Path, bytes] = {}
    for one in cuts:
        if any(stem == faces_of(one.file.role)[0].stem for stem, _ in broken):
            continue
        try:
            if one.path not in clean:
                clean[one.path] = cleaned(one.path)
            (folder / f"{one.face.stem}.ttf").write_bytes(cut(clean[one.path], one.place, one.face))
            own.append(one.face)
        except Exception as error:
            # fontTools raises whatever a damaged table makes it stumble over.
            broken.append((one.face.stem, f"{type(error).__name__}: {error}"))
    return tuple(own), tuple(broken)


def _for_print(own: Sequence[Face], folder: Path) -> Iterator[Face]:
    """Every face of the folder, the fonts of those that are ours written into it."""
    stems = {face.stem: face for face in own}
    behind = {companion(stem): stem for stem in stems} | {stem: stem for stem in stems}
    for face in FACES:
        if face.stem in stems:
            yield replace(face, stretch="normal")
        elif face.stem not in behind:
            copyfile(FOLDER / f"{face.stem}.ttf", folder / f"{face.stem}.ttf")
            yield face
        elif _left(face.stem, folder / f"{behind[face.stem]}.ttf", folder / f"{face.stem}.ttf"):
            yield face
    for face in own:
        stem = f"{face.stem}{BEHIND}"
        if _left(face.stem, folder / f"{face.stem}.ttf", folder / f"{stem}.ttf"):
            yield replace(face, stem=stem, web=False, stretch="semi-condensed")


def _left(stem: str, own: Path, path: Path) -> bool:
    """Write a font of ours with the letters alone that an expert's own lacks, if there are any."""
    has = letters(FOLDER / f"{stem}.ttf")
    lost = has - letters(own) - _SPACES
    if lost:
        # It keeps the spaces that stand among its letters, as typesetters want.
        path.write_bytes(mapped(FOLDER / f"{stem}.ttf", lost | (has & _SPACES)))
    return bool(lost)


def _families(own: Sequence[Face], folder: Path) -> dict[str, str]:
    """What the site calls the families that are an expert's own, by what we call those that they stand in for."""
    found: dict[str, str] = {}
    for role, family in ROLES.items():
        face = faces_of(role)[0]
        if face in own:
            name = _family(folder / f"{face.stem}.ttf")
            found[family] = f"{name} {role.capitalize()}" if name in found.values() else name
    return found


def _family(path: Path) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        name = font["name"].getDebugName(16) or font["name"].getDebugName(1) or ""
    return " ".join(re.sub(r"[^\w -]", "", name).split()) or "Own"


def _for_the_web(own: Sequence[Face], called: Mapping[str, str], faces: Sequence[Face], folder: Path) -> Iterator[Face]:
    """Every face of the site, each with the letters it is fetched for; the expert's own are written."""
    for face in own:
        for stem, has in _parts(folder / f"{face.stem}.ttf", folder).items():
            yield replace(face, family=called[face.family], stem=stem, letters=written(ranges(has)))
    printed = {face.stem for face in faces}
    for face in OURS.web:
        # Of a face in two halves the second is called after the first.
        stem = face.stem.removesuffix("-more")
        if face.family not in called:
            yield face
        elif stem in _COMPANIONS and stem in printed:
            yield _narrowed(face, called, letters(folder / f"{stem}.ttf") - _SPACES)
        elif stem not in _COMPANIONS and stem not in {one.stem for one in own}:
            yield replace(face, family=called[face.family])
        elif stem not in _COMPANIONS and f"{stem}{BEHIND}" in printed:
            lost = letters(folder / f"{stem}{BEHIND}.ttf") & letters(FOLDER / f"{face.stem}.woff2") - _SPACES
            if lost:
                yield _narrowed(face, called, lost)


def _narrowed(face: Face, called: Mapping[str, str], codes: set[int]) -> Face:
    return replace(face, family=called[face.family], letters=written(ranges(codes)), stretch="")


def _parts(path: Path, folder: Path) -> dict[str, set[int]]:
    """Write a cut for the web, in as many files as it takes: their stems, and what each draws."""
    has, found = letters(path), {}
    own = f"{slugify(_family(path)) or 'own'}-{hash_of(path)[:8]}"
    for end, part in {**_PARTS, "-rest": has - frozenset().union(*_PARTS.values())}.items():
        codes = has & part
        if codes and len(codes) <= MANY:
            stem = f"{own}{end}"
            found[stem] = codes
            if not (folder / f"{stem}.woff2").is_file():
                (folder / f"{stem}.woff2").write_bytes(half(path, codes))
    return found
