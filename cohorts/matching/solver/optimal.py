"""The best pairing: most mentees placed, then the lowest score as high as it can be, then the sum."""

from collections.abc import Callable, Sequence

from .problem import Problem, Solution, evaluate
from .transport import BARRED, can_leave_out, cheapest, fewest_left_out

Rows = Sequence[Sequence[int | None]]


def solve(problem: Problem) -> Solution:
    """The provably best pairing.

    In this order: as many mentees placed as the bars, pins and places allow; the lowest score of the
    unpinned pairs as high as possible; the sum as high as possible. Pins stand as they are: a pin
    with a low score lowers the floor that is reported, never the one that is fought for.
    The same problem always gets the same answer; between equal scores the lower position wins.

    About 3 ms for 30 mentees and 6 mentors.
    """
    rows, places = problem.unpinned, problem.places_left
    scores = [problem.scores[mentee] for mentee in rows]
    left_out = fewest_left_out(masks_above(scores, None), places)
    floor = highest(distinct(scores), lambda value: can_leave_out(masks_above(scores, value), places, left_out))
    costs = [[*(-score for score in row), 0] for row in raised(scores, floor)]
    best = cheapest(costs, [*places, left_out])
    nobody = len(places)
    choice = {mentee: None if column == nobody else column for mentee, column in zip(rows, best.where, strict=True)}
    return evaluate(problem, problem.with_pins(choice))


def distinct(scores: Rows) -> list[int]:
    return sorted({score for row in scores for score in row if score is not None})


def masks_above(scores: Rows, floor: int | None) -> list[int]:
    """For each row the columns with a score of at least `floor` (None: any score), as bits."""
    bits = [1 << column for column in range(len(scores[0]))] if scores else []
    if floor is None:
        allowed = [[score is not None for score in row] for row in scores]
    else:
        allowed = [[score is not None and score >= floor for score in row] for row in scores]
    return [sum(bit for bit, open_ in zip(bits, row, strict=True) if open_) for row in allowed]


def raised(scores: Rows, floor: int | None) -> list[list[int | float]]:
    """The scores, with -BARRED for a barred pair and for one below the floor."""
    if floor is None:
        return [[-BARRED if score is None else score for score in row] for row in scores]
    return [[-BARRED if score is None or score < floor else score for score in row] for row in scores]


def highest(values: Sequence[int], possible: Callable[[int], bool]) -> int | None:
    """The highest value that is possible, when the lowest is and each below a possible one is.

    None when there are no values.
    """
    low, high = 0, len(values)
    while high - low > 1:
        middle = (low + high) // 2
        if possible(values[middle]):
            low = middle
        else:
            high = middle
    return values[low] if values else None
