"""A proposal as the solver sees it: who is with whom, which pins hold, what has come between."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Placement
from ..solver import Problem, Solution, evaluate
from .facts import Facts


@dataclass(frozen=True)
class Standing:
    """Positions are those of the facts.

    barred    rows whose pair has been barred since it was made
    overfull  columns with more mentees than places, since the places were cut
    """

    mentor_of: tuple[int | None, ...]
    problem: Problem
    solution: Solution
    pinned: frozenset[int]
    barred: tuple[int, ...]
    overfull: tuple[int, ...]

    @property
    def scores(self) -> list[int]:
        """Scores of all pairs, a pair barred meanwhile as 0."""
        return [
            self.problem.scores[row][column] or 0 for row, column in enumerate(self.mentor_of) if column is not None
        ]

    @property
    def placed(self) -> int:
        return len(self.mentor_of) - len(self.solution.unplaced)

    @property
    def mean(self) -> float | None:
        return self.solution.total / self.placed if self.placed else None

    def low(self, line: int) -> list[int]:
        """Rows with a mentor and a score below the line."""
        return [
            row
            for row, column in enumerate(self.mentor_of)
            if column is not None and (self.problem.scores[row][column] or 0) < line
        ]


def standing_of(facts: Facts, placements: Iterable[Placement]) -> Standing:
    """Placements of people who have left are passed over; who has none is unplaced."""
    mentor_of: list[int | None] = [None] * len(facts.mentees)
    pinned = set()
    for placement in placements:
        row = facts.row_of.get(placement.mentee_id)
        column = facts.column_of.get(placement.mentor_id)
        if row is not None and column is not None:
            mentor_of[row] = column
            if placement.pinned:
                pinned.add(row)
    return standing_at(facts, mentor_of, frozenset(pinned))


def standing_at(facts: Facts, mentor_of: list[int | None], pinned: frozenset[int] = frozenset()) -> Standing:
    """Pins on a pair barred meanwhile, or beyond the places left, don't hold."""
    pins, left = {}, list(facts.capacities)
    for row in sorted(pinned):
        column = mentor_of[row]
        if facts.scores[row][column] is not None and left[column] > 0:
            pins[row] = column
            left[column] -= 1
    problem = facts.problem(pins)
    taken = Counter(column for column in mentor_of if column is not None)
    return Standing(
        mentor_of=tuple(mentor_of),
        problem=problem,
        solution=evaluate(problem, mentor_of),
        pinned=frozenset(pins),
        barred=tuple(
            row for row, column in enumerate(mentor_of) if column is not None and facts.scores[row][column] is None
        ),
        overfull=tuple(sorted(column for column, n in taken.items() if n > facts.capacities[column])),
    )
