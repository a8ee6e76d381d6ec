"""The drawings of the clinic's figures as SVG text: months as bars, places as tiles. Pure geometry, as
mentorship.common.drawings; colours and line widths belong to the style sheet."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from mentorship.common.drawings import HIDDEN, number

from .scheme import Cell, touching

BAR_STEP, BAR_HEIGHT = 20, 40
WIDE, HIGH, GAP = 108, 92, 18
LINE_LETTERS = 5.2  # as many Chinese letters stand on a tile; a Latin one takes about half
STEPS = 4


@dataclass(frozen=True)
class Tile:
    """`lines` is the short name on one or two lines; `step` from 0 (none) to STEPS."""

    lines: Sequence[str]
    count: int
    step: int


def bars(counts: Sequence[int], top: int) -> str:
    """A bar a month over a base line; `top` is the count of the highest bar of all strips, so that they compare."""
    width = max(len(counts), 1) * BAR_STEP
    drawn = ""
    for place, count in enumerate(counts):
        high = count / max(top, 1) * BAR_HEIGHT
        if count:
            drawn += (
                f'<rect class="cf-bar" x="{place * BAR_STEP + 4}" y="{number(BAR_HEIGHT - high)}" width="{BAR_STEP - 8}" '
                f'height="{number(high)}"/>'
            )
    base = f'<path class="cf-base" d="M0 {BAR_HEIGHT}h{width}"/>'
    box = f'viewBox="0 0 {width} {BAR_HEIGHT}" preserveAspectRatio="none"'
    return f'<svg class="cf-bars" {box} {HIDDEN}>{drawn}{base}</svg>'


def step_size(most: int) -> int:
    """How many cases make one step darker, so that `most` takes the darkest at most."""
    return max(1, math.ceil(most / STEPS))


def step_of(count: int, most: int) -> int:
    return math.ceil(count / step_size(most))


def ranges(most: int) -> list[tuple[int, int, int]]:
    """(step, from, to) of each step that occurs, the lightest first."""
    size = step_size(most)
    return [(step, (step - 1) * size + 1, step * size) for step in range(1, step_of(most, most) + 1)]


def weight(word: str) -> float:
    return sum(1 if ord(letter) > 0x2E80 else 0.5 for letter in word)


def in_lines(name: str) -> list[str]:
    """A name on at most two lines: broken between words, or in the middle of a Chinese one."""
    if weight(name) <= LINE_LETTERS:
        return [name]
    words = name.split()
    if len(words) > 1:
        cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
        return list(min(cuts, key=lambda pair: max(map(weight, pair))))
    if weight(name) == len(name) and len(name) <= 2 * LINE_LETTERS:
        middle = math.ceil(len(name) / 2)
        return [name[:middle], name[middle:]]
    return [name]


def corner(cell: Cell) -> tuple[int, int]:
    return GAP + cell[0] * (WIDE + GAP), GAP + cell[1] * (HIGH + GAP)


def middle(cell: Cell) -> tuple[int, int]:
    x, y = corner(cell)
    return x + WIDE // 2, y + HIGH // 2


def tie(one: Cell, other: Cell) -> str:
    """A thin line from middle to middle; it bends where another tile of the same row or column stands between."""
    (x1, y1), (x2, y2) = middle(one), middle(other)
    if one[0] != other[0] and one[1] != other[1]:
        return f"M{x1} {y1}L{x2} {y2}"
    aside = (0, HIGH // 2 + GAP // 2) if one[1] == other[1] else (WIDE // 2 + GAP // 2, 0)
    return f"M{x1} {y1}L{x1 + aside[0]} {y1 + aside[1]}L{x2 + aside[0]} {y2 + aside[1]}L{x2} {y2}"


def drawn_tile(cell: Cell, tile: Tile) -> str:
    x, y = corner(cell)
    centre = x + WIDE // 2
    first = y + (36 if len(tile.lines) == 1 else 26)
    long = [line for line in tile.lines if weight(line) > LINE_LETTERS]
    squeezed = f' textLength="{WIDE - 10}" lengthAdjust="spacingAndGlyphs"' if long else ""
    words = "".join(
        f'<text x="{centre}" y="{first + place * 20}"{squeezed if line in long else ""}>{escape(line)}</text>'
        for place, line in enumerate(tile.lines)
    )
    return (
        f'<g class="cf-tile cf-{tile.step}"><rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}"/>{words}'
        f'<text class="cf-n" x="{centre}" y="{y + HIGH - 14}">{tile.count}</text></g>'
    )


def scheme_map(
    laid: Mapping[str, Cell], neighbours: Mapping[str, Collection[str]], tiles: Mapping[str, Tile], title: str
) -> str:
    """Tiles where `laid` puts them. Neighbours that touch are joined by a tenon in the gap, the others by a thin line."""
    if not laid:
        return ""
    near, far = touching(laid, neighbours)
    lines = "".join(f'<path class="cf-far" d="{tie(laid[one], laid[other])}"/>' for one, other in far)
    tenons = "".join(
        '<path class="cf-near" d="M{} {}L{} {}"/>'.format(*middle(laid[one]), *middle(laid[other]))
        for one, other in near
    )
    drawn = "".join(drawn_tile(laid[code], tiles[code]) for code in sorted(laid))
    columns, rows = (max(cell[side] for cell in laid.values()) + 1 for side in (0, 1))
    wide, high = GAP + columns * (WIDE + GAP), GAP + rows * (HIGH + GAP)
    box = f'viewBox="0 0 {wide} {high}" width="{number(wide / 15)}rem"'
    return f'<svg class="cf-map" {box} role="img" aria-label="{escape(title)}">{lines}{tenons}{drawn}</svg>'


def swatch(step: int) -> str:
    """One square of the legend."""
    return f'<svg class="cf-swatch cf-{step}" viewBox="0 0 24 16" {HIDDEN}><rect width="24" height="16"/></svg>'
