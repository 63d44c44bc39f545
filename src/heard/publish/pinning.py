"""Makes a static font of a variable one.

fontTools does it; but kerning, which it merges pair by pair, would take it ten seconds a cut, so that is done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DEVICES = {"XPlacement": "XPlaDevice", "YPlacement": "YPlaDevice", "XAdvance": "XAdvDevice", "YAdvance": "YAdvDevice"}
_BY_INDEX = 0x8000
"""The `DeltaFormat` of a device table that names a delta of the font's variations."""


def pinned(font: Any, place: Mapping[str, float]) -> Any:
    """The font at a place on its axes; those that are not named stay where the font has them."""
    from fontTools.varLib.instancer import instantiateVariableFont

    spaced = _spaced(font, place)
    if spaced is not None:
        del font["GPOS"]
    font = instantiateVariableFont(font, dict(place), inplace=True, static=True, downgradeCFF2="CFF2" in font)
    if spaced is not None:
        font["GPOS"] = spaced
    return font


def _spaced(font: Any, place: Mapping[str, float]) -> Any:
    """The table of kerning and marks at that place; None where there is none, or it is left to fontTools."""
    from fontTools.varLib.varStore import VarStoreInstancer

    definitions = font["GDEF"].table if "GDEF" in font else None
    store = getattr(definitions, "VarStore", None)
    if "GPOS" not in font or store is None or ("avar" in font and font["avar"].majorVersion > 1):
        return None
    spaced = font["GPOS"]
    _settle(spaced.table, VarStoreInstancer(store, font["fvar"].axes, _normal(font, place)))
    if getattr(spaced.table, "FeatureVariations", None):
        spaced.table.FeatureVariations = None
        spaced.table.Version = 0x00010000
    return spaced


def _normal(font: Any, place: Mapping[str, float]) -> Mapping[str, float]:
    from fontTools.varLib.models import normalizeLocation, piecewiseLinearMap

    axes = {axis.axisTag: (axis.minValue, axis.defaultValue, axis.maxValue) for axis in font["fvar"].axes}
    at = normalizeLocation(place, axes)
    bends = font["avar"].segments if "avar" in font else {}
    return {tag: piecewiseLinearMap(value, bends[tag]) if bends.get(tag) else value for tag, value in at.items()}


def _settle(table: Any, deltas: Any) -> None:
    """Add to every distance in a table what the place on the axes adds to it."""
    from fontTools.ttLib.tables import otTables
    from fontTools.ttLib.tables.otBase import BaseTable, ValueRecord

    waiting, seen = [table], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, (str, bytes, int, float, dict, type(None))):
            continue
        seen.add(id(one))
        if isinstance(one, ValueRecord):
            for name, device in _DEVICES.items():
                _add(one, name, device, deltas)
        elif isinstance(one, BaseTable):
            one.ensureDecompiled()
            if isinstance(one, otTables.Anchor) and one.Format == 3:
                _add(one, "XCoordinate", "XDeviceTable", deltas)
                _add(one, "YCoordinate", "YDeviceTable", deltas)
                one.Format = 1
            _without_devices(one)
            waiting.extend(vars(one).values())
        elif hasattr(one, "__iter__"):
            waiting.extend(one)


def _add(one: Any, name: str, device: str, deltas: Any) -> None:
    from fontTools.misc.roundTools import otRound

    found = one.__dict__.pop(device, None)
    if found is not None and found.DeltaFormat == _BY_INDEX:
        setattr(one, name, getattr(one, name, 0) + otRound(deltas[(found.StartSize << 16) + found.EndSize]))


def _without_devices(one: Any) -> None:
    """Say of a table's values that they are plain distances: a device's bit lies four above that of its distance."""
    for name in ("ValueFormat", "ValueFormat1", "ValueFormat2"):
        kinds = getattr(one, name, 0)
        if kinds & 0xF0:
            setattr(one, name, (kinds | kinds >> 4) & 0x0F)
