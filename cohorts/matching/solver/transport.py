"""Two classic machines under the solver: most rows placed, and all rows placed most cheaply.

Rows are placed into columns with a given number of places. Mentees are rows and mentors columns;
"left out" is one more column. Searching runs over columns only (mentors are few), never over pairs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

BARRED = float("inf")
Cost = int | float


def positions(mask: int) -> Iterator[int]:
    """Positions of the bits set in `mask`, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def lowest_position(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


class Placement:
    """Places rows one after another, moving earlier rows on where that makes room.

    `masks` holds for each row the columns it may take, as bits. A row once placed is never left out
    again, and a row that finds no place now would find none later: so any order places the most.
    """

    def __init__(self, masks: Sequence[int], places: Sequence[int], pick=lowest_position):
        self.masks = masks
        self.room = list(places)
        self.inside: list[list[int]] = [[] for _ in places]
        self.where: list[int | None] = [None] * len(masks)
        self.open = sum(1 << column for column, room in enumerate(places) if room)
        self.closed = 0
        self.pick: Callable[[int], int] = pick

    def place(self, row: int) -> bool:
        """Find `row` a place; False when even moving others on makes none."""
        reached = self.masks[row] & ~self.closed
        entered_by = dict.fromkeys(positions(reached), row) if not reached & self.open else {}
        waiting = list(entered_by)
        while not reached & self.open:
            if not waiting:
                self.closed |= reached
                return False
            for other in self.inside[waiting.pop()]:
                fresh = self.masks[other] & ~reached
                reached |= fresh
                for column in positions(fresh):
                    entered_by[column] = other
                    waiting.append(column)
        self._shift(row, self.pick(reached & self.open), entered_by)
        return True

    def _shift(self, row: int, column: int, entered_by: dict[int, int]) -> None:
        self.room[column] -= 1
        if not self.room[column]:
            self.open ^= 1 << column
        mover = entered_by.get(column, row)
        while mover != row:
            source = self.where[mover]
            self.inside[source].remove(mover)
            self._put(mover, column)
            column = source
            mover = entered_by[column]
        self._put(row, column)

    def _put(self, row: int, column: int) -> None:
        self.inside[column].append(row)
        self.where[row] = column


def can_leave_out(masks: Sequence[int], places: Sequence[int], limit: int) -> bool:
    """Whether all rows but at most `limit` find a place."""
    placement = Placement(masks, places)
    failed = 0
    for row in range(len(masks)):
        if not placement.place(row):
            failed += 1
            if failed > limit:
                return False
    return True


def fewest_left_out(masks: Sequence[int], places: Sequence[int]) -> int:
    placement = Placement(masks, places)
    return sum(not placement.place(row) for row in range(len(masks)))


@dataclass(frozen=True)
class Assignment:
    """The cheapest way to place all rows, and the prices that prove it.

    where   column of each row
    prices  one for each column, at most 0, and 0 where a place is left: every row sits in a column
            where cost - price is as low as it gets for that row, so nothing cheaper exists
    cost    the sum
    """

    where: list[int]
    prices: list[Cost]
    cost: Cost


class _Cheapest:
    """Successive shortest paths: rows enter one at a time, each along the cheapest chain of shifts.

    Dijkstra over columns, kept free of negative steps by the prices. `shift[j][k]` is the cheapest
    way to send one of the rows in column j on to column k; it is rebuilt only when j changes.
    """

    def __init__(self, costs: Sequence[Sequence[Cost]], places: Sequence[int]):
        self.costs = costs
        self.room = list(places)
        self.columns = [column for column, room in enumerate(places) if room]
        self.prices: list[Cost] = [0] * len(places)
        self.inside: list[list[int]] = [[] for _ in places]
        self.where: list[int] = [-1] * len(costs)
        self.onward: list[list[Cost]] = [[] for _ in costs]
        self.shift: list[list[Cost] | None] = [None] * len(places)

    def place(self, row: int) -> bool:
        reach = list(self.costs[row])
        prices, room = self.prices, self.room
        away = [cost - price for cost, price in zip(reach, prices, strict=True)]
        source: dict[int, int] = {}
        left = self.columns[:]
        scanned = []
        while left:
            column = min(left, key=away.__getitem__)
            if room[column] or away[column] == BARRED:
                break
            left.remove(column)
            scanned.append(column)
            so_far = reach[column]
            shift = self.shift[column] or self._shifts(column)
            for other in left:
                through = so_far + shift[other]
                if through < reach[other]:
                    reach[other] = through
                    away[other] = through - prices[other]
                    source[other] = column
        else:
            return False
        if away[column] == BARRED:
            return False
        for passed in scanned:
            prices[passed] += away[passed] - away[column]
        self._move_along(row, column, source)
        return True

    def _shifts(self, column: int) -> list[Cost]:
        rows = [self.onward[row] for row in self.inside[column]]
        shift = list(map(min, *rows)) if len(rows) > 1 else rows[0]
        self.shift[column] = shift
        return shift

    def _move_along(self, row: int, column: int, source: dict[int, int]) -> None:
        self.room[column] -= 1
        while column in source:
            previous = source[column]
            mover = min(self.inside[previous], key=lambda one: self.onward[one][column])
            self.inside[previous].remove(mover)
            self._put(mover, column)
            column = previous
        self._put(row, column)

    def _put(self, row: int, column: int) -> None:
        here = self.costs[row][column]
        self.onward[row] = [cost - here for cost in self.costs[row]]
        self.inside[column].append(row)
        self.where[row] = column
        self.shift[column] = None


def cheapest(costs: Sequence[Sequence[Cost]], places: Sequence[int]) -> Assignment | None:
    """Place every row at the least sum of costs, or None when not every row can be placed.

    costs[row][column] are whole numbers of either sign, BARRED where the row may not go.
    Exact: whole-number arithmetic throughout. Ties go to the lower column and the earlier row.
    """
    machine = _Cheapest(costs, places)
    if not all(machine.place(row) for row in range(len(costs))):
        return None
    cost = sum(costs[row][column] for row, column in enumerate(machine.where))
    return Assignment(machine.where, machine.prices, cost)
