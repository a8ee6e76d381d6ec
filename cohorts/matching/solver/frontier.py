"""The largest sum within a budget of moves.

A budget takes the problem out of reach of shortest paths alone, so it is solved in two steps.
First each move is charged a price (Lagrange): the cheapest pairing at the best price bounds every
pairing within the budget, and often is one. Where a gap remains, the prices tell what each single
choice costs against the bound, and a walk over the mentees keeps only the partial choices that
still can close the gap.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .transport import BARRED, Cost, cheapest

# Continuations looked at in one walk, about half a second's worth: a count, not a clock, so that the same
# question has the same answer on every machine. Cohorts of 30 mentees and 6 mentors stay far below.
WORK = 800_000
NARROWEST = 50


@dataclass(frozen=True)
class Budget:
    """Rows to place into columns at the largest sum of gains, with a limit of moves.

    The last column is "left out": leaving it is never a move.

    gains      gains[row][column], -BARRED where the row may not go
    moves      moves[row][column], 1 where the choice counts as a move, else 0
    home       the column in which each row starts
    """

    gains: Sequence[Sequence[Cost]]
    moves: Sequence[Sequence[int]]
    places: Sequence[int]
    home: Sequence[int]
    max_moves: int


@dataclass(frozen=True)
class Found:
    """where: column of each row; bound: no placement within the budget gains more than this."""

    where: Sequence[int]
    proven: bool
    bound: int


@dataclass(frozen=True)
class _Point:
    """A placement with its gain and moves, and the prices of the columns it was found with."""

    where: Sequence[int]
    gain: int
    moves: int
    prices: Sequence[Cost]


@dataclass(frozen=True)
class _Line:
    """What is known at the best price of a move.

    The price is `rise` / `run` points. inside: the best placement within the budget on the line.
    ceiling: `run` times the most any placement within the budget could gain.
    """

    inside: _Point
    rise: int
    run: int
    ceiling: int
    prices: Sequence[Cost]


def best_within(budget: Budget) -> Found:
    """The placement with the largest gain within the budget; a placement within it must exist."""
    small = len(budget.gains) + 1
    free = _priced(budget, small, 1)
    if free.moves <= budget.max_moves:
        return Found(free.where, True, free.gain)
    line = _best_price(budget, free)
    gap = line.ceiling - line.run * line.inside.gain
    if gap < line.run:
        return Found(line.inside.where, True, line.inside.gain)
    return _close(budget, line, gap)


def _priced(budget: Budget, scale: int, price: int) -> _Point:
    """The best placement when a point counts `scale` and a move costs `price`."""
    costs = [
        [price * move - scale * gain for gain, move in zip(gains, moves, strict=True)]
        for gains, moves in zip(budget.gains, budget.moves, strict=True)
    ]
    best = cheapest(costs, budget.places)
    chosen = list(enumerate(best.where))
    return _Point(
        where=best.where,
        gain=sum(budget.gains[row][column] for row, column in chosen),
        moves=sum(budget.moves[row][column] for row, column in chosen),
        prices=best.prices,
    )


def _best_price(budget: Budget, outside: _Point) -> _Line:
    """Close in on the budget from both sides until no placement lies above the line between."""
    steep = 2 * sum(max(map(_size, gains)) for gains in budget.gains) + 1
    inside = _priced(budget, 1, steep)
    while True:
        rise = outside.gain - inside.gain
        run = outside.moves - inside.moves
        between = _priced(budget, run, rise)
        above = run * between.gain - rise * between.moves
        if above <= run * inside.gain - rise * inside.moves:
            ceiling = above + rise * budget.max_moves
            return _Line(inside, rise, run, ceiling, between.prices)
        if between.moves <= budget.max_moves:
            inside = between
        else:
            outside = between


def _size(gain: Cost) -> Cost:
    return 0 if gain == -BARRED else abs(gain)


def _close(budget: Budget, line: _Line, gap: int) -> Found:
    """Look for a placement ever further below the ceiling until one is found or the gap is spent."""
    allowance = max(line.run, gap // 8)
    ceiling = line.ceiling
    while True:
        allowance = min(allowance, gap - 1)
        walk = _Walk(budget, line, allowance)
        found = walk.best()
        if found is not None:
            where, deficit = found
            proven = deficit <= walk.lost
            best = line.ceiling - deficit if proven else ceiling
            return Found(where, proven, best // line.run)
        if walk.whole:
            ceiling = line.ceiling - allowance - 1
        if allowance == gap - 1:
            return Found(line.inside.where, walk.whole, ceiling // line.run)
        allowance *= 2


class _Walk:
    """One pass over the rows, keeping every partial choice within `allowance` of the ceiling.

    Two partial choices that fill the columns alike and used as many moves have the same future, so
    only the better is kept. Each mentee above a mentor's places costs a further move. Loads are packed into one number, `bits` for each column. Rows go
    through grouped by home: once a group is through, its column can only fill up further.
    """

    def __init__(self, budget: Budget, line: _Line, allowance: int):
        self.budget = budget
        self.line = line
        self.allowance = allowance
        self.whole = True
        self.lost: int | float = BARRED
        self.mentors = range(len(budget.places) - 1)
        self.bits = len(budget.home).bit_length() + 1
        self.full = (1 << self.bits) - 1
        self.options = [self._options(row) for row in range(len(budget.home))]
        self.order = sorted(filter(self._may_leave, range(len(budget.home))), key=self._home)
        choices = sum(len(self.options[row]) for row in self.order)
        self.width = max(NARROWEST, WORK // max(1, choices))

    def _options(self, row: int) -> list[tuple[int, int, int]]:
        """(column, moves, deficit) of each choice of `row` that the allowance permits."""
        line, budget = self.line, self.budget
        costs = [
            line.rise * move - line.run * gain - price
            for gain, move, price in zip(budget.gains[row], budget.moves[row], line.prices, strict=True)
        ]
        least = min(cost for cost, places in zip(costs, budget.places, strict=True) if places)
        return [
            (column, budget.moves[row][column], cost - least)
            for column, cost in enumerate(costs)
            if budget.places[column] and cost - least <= self.allowance
        ]

    def _home(self, row: int) -> int:
        return self.budget.home[row]

    def _may_leave(self, row: int) -> bool:
        return any(column != self.budget.home[row] for column, _, _ in self.options[row])

    def best(self) -> tuple[list[int], int] | None:
        """(column of each row, deficit) of the best placement met, or None."""
        budget = self.budget
        load = Counter(budget.home)
        start = sum(count << (self.bits * column) for column, count in load.items())
        over = sum(max(0, load[column] - budget.places[column]) for column in self.mentors)
        self.behind = Counter(map(self._home, self.order))
        layers = [{(start, 0, over): (0, None, -1)}]
        for row in self.order:
            self.behind[budget.home[row]] -= 1
            layers.append(self._narrowed(self._step(row, layers[-1])))
        return self._end(layers)

    def _step(self, row: int, layer: dict) -> dict:
        """All continuations of a layer by one row.

        State: (loads, moves, mentees above the places of their mentors) -> (deficit, state before, column chosen).
        """
        home, limit = self.budget.home[row], self.budget.max_moves
        following: dict = {}
        for state, (deficit, _, _) in layer.items():
            loads, moves, over = state
            must_leave = self._above(loads, home) > self.behind[home]
            for column, move, more in self.options[row]:
                total = deficit + more
                if total > self.allowance or (must_leave and column == home):
                    continue
                key = (loads, moves + move, over)
                if column != home:
                    key = self._moved(key, home, column)
                if key is None or key[1] + key[2] > limit:
                    continue
                known = following.get(key)
                if known is None or total < known[0]:
                    following[key] = (total, state, column)
        return following

    def _moved(self, state: tuple[int, int, int], home: int, column: int):
        """The state after a row left home for a column; None when one of the two is lost for it."""
        loads, moves, over = state
        above_home = self._above(loads, home)
        above = self._above(loads, column) + 1
        if above_home - 1 > self.behind[home] or above > max(0, self.behind[column]):
            return None
        last = len(self.mentors)
        over += (above > 0 and column != last) - (above_home > 0 and home != last)
        loads += (1 << (self.bits * column)) - (1 << (self.bits * home))
        return loads, moves, over

    def _above(self, loads: int, column: int) -> int:
        """Rows in a column beyond its places; negative when places are left."""
        return ((loads >> (self.bits * column)) & self.full) - self.budget.places[column]

    def _narrowed(self, layer: dict) -> dict:
        if len(layer) <= self.width:
            return layer
        self.whole = False
        ranked = sorted(layer.items(), key=lambda item: item[1][0])
        self.lost = min(self.lost, ranked[self.width][1][0])
        return dict(ranked[: self.width])

    def _end(self, layers: list[dict]) -> tuple[list[int], int] | None:
        best = None
        for state, (deficit, _, _) in layers[-1].items():
            total = deficit + self._waste(state)
            if total <= self.allowance and (best is None or total < best[0]):
                best = (total, state)
        if best is None:
            return None
        total, state = best
        where = list(self.budget.home)
        for row, layer in zip(reversed(self.order), reversed(layers), strict=False):
            _, state, where[row] = layer[state]
        return where, total

    def _waste(self, state: tuple[int, int, int]) -> int:
        """What places left empty and moves not made are worth at their prices."""
        loads, moves, _ = state
        empty = sum(price * self._above(loads, column) for column, price in enumerate(self.line.prices))
        return empty + self.line.rise * (self.budget.max_moves - moves)
