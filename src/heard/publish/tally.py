"""The tally: one stroke for every company that told of a problem, the fifth crosses four.

No stroke is ruled with a ruler: each is moved a little by a hash of the seed, so that a problem always
has the same hand and no two problems share one. Below three counted, an opening quote mark instead,
if there is something to quote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

ROW = 5
"""Groups of five in one row of the inline tally."""

WIDEST = 78.7
"""Millimetres that a group of five takes on a cover at most: low strokes are slender if it is less."""

_PITCH, _GAP, _HIGH = 44.0, 8.5, 34.0
_QUOTE = (
    "M0 {low}C0 14 7 4 19 0L21 4C14 8 11 13 11 18C17 18 21 22 21 28C21 34 17 38 11 38C4 38 0 33 0 {low}Z"
    "M25 {low}C25 14 32 4 44 0L46 4C39 8 36 13 36 18C42 18 46 22 46 28C46 34 42 38 36 38"
    "C29 38 25 33 25 {low}Z"
).replace("{low}", "26")


@dataclass(frozen=True, slots=True)
class CoverColours:
    """What the strokes of a cover are drawn in."""

    stroke: str
    cross: str
    rest: str


def tally(
    counted: int,
    *,
    more: bool,
    seed: str,
    label: str,
    colours: tuple[str, str] = ("currentColor", "currentColor"),
) -> str:
    """An inline SVG whose title is `label`; the crossing strokes have the class `cross`."""
    title = f"<title>{escape(label)}</title>"
    if counted <= 0:
        return (
            f'<svg class="tally tally-none" role="img" viewBox="0 0 46 38" width="46" height="38">'
            f'{title}<path d="{_QUOTE}" fill="{colours[0]}"/></svg>'
        )
    groups = -(-counted // 5)
    rows = -(-groups // ROW)
    last = counted - 5 * ROW * (rows - 1)
    width = max(_width(min(counted, 5 * ROW)), _width(last) + (22 if more else 0))
    height = rows * (_HIGH + 10) - 2
    parts = [*_strokes(counted, seed, colours)]
    if more:
        parts.append(_plus(_width(last) + 9, (rows - 1) * (_HIGH + 10) + 21, colours[0]))
    return (
        f'<svg class="tally tally-rows-{rows}" role="img" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" fill="none" stroke-width="4" '
        f'stroke-linecap="round">{title}{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What a cover's strokes stand on: its size in millimetres, where the first one begins, how wide and high they go.

    `widest` is what a group of five takes at most.
    """

    width: float = 210
    height: float = 119
    left: float = 20
    widest: float = WIDEST
    most_rows: int = 4


A4 = Ground()


def strokes(counted: int, seed: str, colours: CoverColours, ground: Ground = A4) -> str:
    """The large strokes of a cover as an SVG in millimetres, which bleeds off the foot and the edge."""
    width, left = ground.width, ground.left
    body = _big_quote(colours, width, ground.height) if counted <= 0 else ""
    rows, groups = _arrange(counted, ground.most_rows)
    pitch = min((width - left) / (groups + 0.4), ground.widest)
    high = ground.height / rows
    for row in range(rows if counted > 0 else 0):
        body += "".join(
            _big_row(min(counted - row * groups * 5, groups * 5), f"{seed}/{row}", colours,
                     pitch, row * high, high, width, left, bleeds=row == rows - 1)
        )  # fmt: skip
    return _drawing(ground, body)


def cover(counted: int, seed: str, colours: CoverColours, ground: Ground = A4, *, quoted: bool) -> str:
    """The drawing on a cover: strokes, or a quote mark; empty ruled lines where nobody was heard yet."""
    if counted > 0 or quoted:
        return strokes(counted, seed, colours, ground)
    tops = range(20, max(21, round(ground.height)), 16)
    lines = "".join(_bar(ground.left, top, ground.width, top, 0.35, colours.rest) for top in tops)
    return _drawing(ground, lines)


def _drawing(ground: Ground, body: str) -> str:
    wide, high = _n(ground.width), _n(ground.height)
    return (
        f'<svg class="strokes" role="presentation" viewBox="0 0 {wide} {high}" '
        f'width="{wide}mm" height="{high}mm">{body}</svg>'
    )


def _arrange(counted: int, most_rows: int) -> tuple[int, int]:
    """Rows, and groups in a row: one row up to twenty strokes, then more, so that none get thin."""
    groups = -(-max(counted, 1) // 5)
    if groups <= 4:
        return 1, max(groups, 2)
    rows = min(most_rows, 2 if groups <= 10 else 3 if groups <= 21 else 4)
    return rows, -(-groups // rows)


def _big_row(
    left: int, seed: str, colours: CoverColours, pitch: float, top: float, high: float,
    width: float, left_edge: float, *, bleeds: bool,
) -> Iterator[str]:  # fmt: skip
    """One row: counted strokes while there are any, then the uncounted ones off the edge."""
    thick = 5.8 * pitch / 78.7
    foot = top + high + (4 if bleeds else -high * 0.14)
    groups = int((width - left_edge) // pitch) + 1
    for group in range(groups):
        begin = left_edge + 4.4 + group * pitch
        here = min(5, max(0, left - 5 * group))
        for stroke in range(4):
            at = begin + stroke * pitch * 0.2
            colour = colours.stroke if stroke < here else colours.rest
            shake = [_shake(seed, group, stroke, which) for which in range(3)]
            yield _bar(at + thick * 0.25 * shake[0], top + 3.5 + 2.4 * shake[1],
                       at - thick * (0.15 + 0.35 * shake[2]), foot, thick, colour)  # fmt: skip
        if here == 5:
            span = foot - top
            shake_y = 2 * _shake(seed, group, 4, 0)
            yield _bar(begin - pitch * 0.13, top + span * 0.75 + shake_y,
                       begin + pitch * 0.745, top + span * 0.24 + shake_y, thick * 1.05,
                       colours.cross)  # fmt: skip


def _bar(x1: float, y1: float, x2: float, y2: float, thick: float, colour: str) -> str:
    return f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{colour}" stroke-width="{_n(thick)}"/>'


def _big_quote(colours: CoverColours, width: float, height: float) -> str:
    scale = height * 1.22 / 38
    return (
        f'<path transform="translate(20 4) scale({_n(scale)})" d="{_QUOTE}" fill="{colours.rest}"/>'
    ) + f'<path d="M0 {_n(height)}H{_n(width)}" stroke="none"/>'


def _strokes(counted: int, seed: str, colours: tuple[str, str]) -> Iterator[str]:
    for number in range(counted):
        group, stroke = divmod(number, 5)
        left = 9 + (group % ROW) * _PITCH
        top = 4 + (group // ROW) * (_HIGH + 10)
        shake = [_shake(seed, group, stroke, which) for which in range(4)]
        if stroke == 4:
            yield (
                f'<path class="cross" stroke="{colours[1]}" d="M{_n(left - 5)} '
                f"{_n(top + 26 + 2 * shake[0])}L{_n(left + 3 * _GAP + 6)} "
                f'{_n(top + 7 + 2 * shake[1])}"/>'
            )
        else:
            at = left + stroke * _GAP
            yield (
                f'<path stroke="{colours[0]}" d="M{_n(at + 1 + shake[0])} {_n(top + 1.5 * shake[1])}'
                f'L{_n(at - 1 + shake[2])} {_n(top + _HIGH + 1.5 * shake[3])}"/>'
            )


def _width(counted: int) -> float:
    groups, rest = divmod(counted, 5)
    return groups * _PITCH + (rest * _GAP + 8 if rest else 2)


def _plus(x: float, y: float, colour: str) -> str:
    return f'<path stroke="{colour}" d="M{_n(x - 6)} {_n(y)}h14m-7 -7v14"/>'


def _shake(seed: str, *which: int) -> float:
    """A number from −1 to 1 that depends on nothing but its arguments."""
    digest = hashlib.sha256(f"{seed}:{which}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**31 - 1


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
