"""The best pairing that moves at most k mentees from where they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from .frontier import Budget, best_within
from .optimal import distinct, fewest_left_out, highest, masks_above, raised
from .problem import InvalidProblem, Pairing, Problem, Solution, check_pairing, evaluate
from .transport import BARRED, cheapest


@dataclass(frozen=True)
class Move:
    """A placed mentee leaves mentor `source` for `target` (None: is left without a mentor)."""

    mentee: int
    source: int
    target: int | None


@dataclass(frozen=True)
class Resolution:
    """A pairing near the present one.

    moves   placed mentees who change, in order; mentees newly placed are not among them
    proven  whether no pairing within the limit has a higher total at the same floor
    bound   in any case no such pairing has a higher total than this, in points
    """

    solution: Solution
    moves: tuple[Move, ...]
    proven: bool
    bound: int


def resolve(problem: Problem, current: Pairing, max_moves: int) -> Resolution:
    """The best pairing in the sense of `solve` that moves at most `max_moves` placed mentees.

    Placing an unplaced mentee is no move; taking a mentor away is one, and so is whatever a new pin,
    a new bar or a lowered capacity makes necessary. How many are placed and the floor are always
    proven best; the total is proven too unless the search met its limit, which large cohorts with
    many possible exchanges may reach (then `proven` is False and `bound` says how far off at most).

    Under 100 ms for 30 mentees, 6 mentors and five moves.
    Raises InvalidProblem: "pairing", "max_moves", "too_few_moves" (what is necessary is more).
    """
    check_pairing(problem, current)
    if not isinstance(max_moves, int) or max_moves < 0:
        raise InvalidProblem("max_moves")
    rows, places = problem.unpinned, problem.places_left
    forced = sum(current[mentee] not in (None, mentor) for mentee, mentor in problem.pins.items())
    near = _Neighbourhood(
        scores=[problem.scores[mentee] for mentee in rows],
        places=places,
        current=[current[mentee] for mentee in rows],
        max_moves=max_moves - forced,
    )
    left_out = near.fewest_left_out()
    floor = highest(distinct(near.scores), lambda value: near.fewest_moves(value, left_out) <= near.max_moves)
    found = best_within(near.budget(floor, left_out))
    choice = {
        mentee: None if column == len(places) else column for mentee, column in zip(rows, found.where, strict=True)
    }
    solution = evaluate(problem, problem.with_pins(choice))
    pinned = sum(problem.scores[mentee][mentor] for mentee, mentor in problem.pins.items())
    return Resolution(solution, _moves(current, solution), found.proven, found.bound + pinned)


def _moves(current: Pairing, solution: Solution) -> tuple[Move, ...]:
    return tuple(
        Move(mentee, source, target)
        for mentee, (source, target) in enumerate(zip(current, solution.mentor_of, strict=True))
        if source is not None and source != target
    )


@dataclass(frozen=True)
class _Neighbourhood:
    """The unpinned mentees, where they are now, and how many may move."""

    scores: Sequence[Sequence[int | None]]
    places: Sequence[int]
    current: Sequence[int | None]
    max_moves: int

    def move_costs(self) -> list[list[int]]:
        """1 where taking that column is a move; the last column is "left out"."""
        columns = range(len(self.places) + 1)
        return [
            [0] * len(columns) if now is None else [int(column != now) for column in columns] for now in self.current
        ]

    def fewest_moves(self, floor: int | None, left_out: int) -> int | float:
        """Moves needed to leave out at most so many, all pairs at the floor or above."""
        barred = [[*(score == -BARRED for score in row), False] for row in raised(self.scores, floor)]
        costs = [
            [BARRED if shut else move for shut, move in zip(row, moves, strict=True)]
            for row, moves in zip(barred, self.move_costs(), strict=True)
        ]
        plan = cheapest(costs, [*self.places, left_out])
        return BARRED if plan is None else plan.cost

    def fewest_left_out(self) -> int:
        """How many must stay unplaced, given the limit of moves."""
        low = fewest_left_out(masks_above(self.scores, None), self.places)
        options = list(range(len(self.scores), low - 1, -1))
        if self.fewest_moves(None, options[0]) > self.max_moves:
            raise InvalidProblem("too_few_moves")
        return highest(options, lambda value: self.fewest_moves(None, value) <= self.max_moves)

    def budget(self, floor: int | None, left_out: int) -> Budget:
        return Budget(
            gains=[[*row, 0] for row in raised(self.scores, floor)],
            moves=self.move_costs(),
            places=[*self.places, left_out],
            home=[len(self.places) if now is None else now for now in self.current],
            max_moves=self.max_moves,
        )
