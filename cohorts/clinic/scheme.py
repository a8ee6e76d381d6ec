"""A map without a map: places on square tiles, so that as many neighbours as possible touch. Pure, and the same for the
same places whatever their order. North is not up: nobody tells us where places lie, only which of them touch."""

import math
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

Cell = tuple[int, int]  # column and row, both from 0
Links = Mapping[str, frozenset[str]]

MOST = 40  # more places stand in a plain grid: the search would take too long, and nobody could read the tiles
STARTS = 6  # the search begins once from each of the best connected places
ROUNDS = 40  # of going through all places; it ends sooner when nothing gets better


def laid_out(neighbours: Mapping[str, Collection[str]]) -> dict[str, Cell]:
    """A tile for each key, with the empty outer columns and rows left away. A neighbour named by one of two suffices;
    those that are no keys are left out."""
    links = both_ways(neighbours)
    return dict(searched(tuple((code, links[code]) for code in sorted(links))))


@lru_cache(maxsize=64)
def searched(rows: tuple[tuple[str, frozenset[str]], ...]) -> dict[str, Cell]:
    """Remembered: neighbours hardly ever change."""
    links = dict(rows)
    codes = list(links)
    if not any(links.values()) or len(codes) > MOST:
        return plain(codes)
    side = math.isqrt(len(codes) - 1) + 2
    best = min((settled(begun(links, first, side), links, side) for first in starts(links)), key=lambda found: found[0])
    return moved_to_corner(best[1])


def both_ways(neighbours: Mapping[str, Collection[str]]) -> Links:
    links: dict[str, set[str]] = {code: set() for code in neighbours}
    for code, others in neighbours.items():
        for other in others:
            if other in links and other != code:
                links[code].add(other)
                links[other].add(code)
    return {code: frozenset(others) for code, others in links.items()}


def plain(codes: Collection[str]) -> dict[str, Cell]:
    """Row after row in the order given, about as wide as high."""
    wide = math.isqrt(max(len(codes) - 1, 0)) + 1
    return {code: (place % wide, place // wide) for place, code in enumerate(codes)}


def starts(links: Links) -> list[str]:
    return sorted(links, key=lambda code: (-len(links[code]), code))[:STARTS]


def around(cell: Cell) -> list[Cell]:
    column, row = cell
    return [(column, row - 1), (column - 1, row), (column + 1, row), (column, row + 1)]


def cells_of(side: int) -> list[Cell]:
    """All cells, the middle ones first."""
    middle = (side - 1) / 2
    cells = [(column, row) for row in range(side) for column in range(side)]
    return sorted(cells, key=lambda cell: (abs(cell[0] - middle) + abs(cell[1] - middle), cell[1], cell[0]))


def begun(links: Links, first: str, side: int) -> dict[str, Cell]:
    """Greedy: `first` in the middle, then always the place with most neighbours laid, where most of them touch."""
    cells = cells_of(side)
    laid = {first: cells[0]}
    while len(laid) < len(links):
        waiting = (code for code in links if code not in laid)
        code = min(waiting, key=lambda each: (-len(links[each] & laid.keys()), -len(links[each]), each))
        taken = set(laid.values())
        free = [cell for cell in cells if cell not in taken]
        laid[code] = min(free, key=lambda cell: cost_of(code, cell, laid, links))
    return laid


def cost_of(code: str, cell: Cell, laid: Mapping[str, Cell], links: Links) -> tuple[int, int]:
    """Lower is better: neighbours that don't touch, then how far away they lie."""
    return far_from(cell, [laid[other] for other in links[code] if other in laid])


def far_from(cell: Cell, others: Iterable[Cell]) -> tuple[int, int]:
    """Squares of distances: corner to corner (2) is better than with a tile between (4)."""
    apart = [(cell[0] - other[0]) ** 2 + (cell[1] - other[1]) ** 2 for other in others]
    return sum(square > 1 for square in apart), sum(apart)


def settled(laid: dict[str, Cell], links: Links, side: int) -> tuple[tuple[int, int, int], dict[str, Cell]]:
    """(cost of the whole, where all stand), once no move to a free tile and no swap of two makes it better."""
    for _round in range(ROUNDS):
        if not any(better_place(code, laid, links, side) for code in sorted(links)):
            break
    apart, far = map(sum, zip(*(cost_of(code, laid[code], laid, links) for code in links), strict=True))
    return (apart, far, spread(laid)), laid


def spread(laid: Mapping[str, Cell]) -> int:
    """How much room it takes: the tiles of the rectangle around all."""
    columns, rows = ({cell[side] for cell in laid.values()} for side in (0, 1))
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def better_place(code: str, laid: dict[str, Cell], links: Links, side: int) -> bool:
    """Puts `code` where the whole gains most, in exchange with whoever stands there; whether it moved."""
    standing = {cell: other for other, cell in laid.items()}
    best, gain = None, (0, 0)
    for cell in cells_of(side):
        if cell == laid[code]:
            continue
        change = change_by(code, standing.get(cell), cell, laid, links)
        if change < gain:
            best, gain = cell, change
    if best is None:
        return False
    other = standing.get(best)
    if other:
        laid[other] = laid[code]
    laid[code] = best
    return True


def change_by(code: str, other: str | None, cell: Cell, laid: dict[str, Cell], links: Links) -> tuple[int, int]:
    """What the exchange changes in the cost of the two; below (0, 0) is a gain."""
    pair = [each for each in (code, other) if each]
    after = dict(laid) | {code: cell} | ({other: laid[code]} if other else {})
    before = [cost_of(each, laid[each], laid, links) for each in pair]
    then = [cost_of(each, after[each], after, links) for each in pair]
    missed, far = (sum(each[part] for each in then) - sum(each[part] for each in before) for part in (0, 1))
    return missed, far


def moved_to_corner(laid: Mapping[str, Cell]) -> dict[str, Cell]:
    left, top = (min(cell[side] for cell in laid.values()) for side in (0, 1))
    return {code: (laid[code][0] - left, laid[code][1] - top) for code in sorted(laid)}


def touching(laid: Mapping[str, Cell], neighbours: Mapping[str, Collection[str]]) -> tuple[list, list]:
    """Pairs of neighbours whose tiles touch, and those whose tiles don't; each pair once, in order."""
    links = both_ways({code: neighbours.get(code, ()) for code in laid})
    pairs = [(code, other) for code in sorted(links) for other in sorted(links[code]) if code < other]
    near = [pair for pair in pairs if laid[pair[1]] in around(laid[pair[0]])]
    return near, [pair for pair in pairs if pair not in near]
