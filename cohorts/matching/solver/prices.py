"""What a change by hand would cost, before it is made."""

from dataclasses import dataclass

from .problem import Pairing, Problem, Solution, check_pairing, evaluate


@dataclass(frozen=True)
class Price:
    """Total and floor before and after a change; both in points.

    allowed  whether the change may be made
    why      None, or what forbids it: "pinned", "barred", "full" or "same" (nothing would change)

    Where only a pin or a full mentor is in the way, the figures are what they would be without it.
    Where a pair is barred it has no score, and the figures after are None.
    """

    total_before: int
    total_after: int | None
    floor_before: int | None
    floor_after: int | None
    allowed: bool
    why: str | None = None


def price_of_move(problem: Problem, mentor_of: Pairing, mentee: int, mentor: int) -> Price:
    """The price of giving `mentee` (placed or not) to `mentor`, all others staying."""
    check_pairing(problem, mentor_of)
    before = evaluate(problem, mentor_of)
    why = None
    if problem.scores[mentee][mentor] is None:
        return _barred(before)
    if mentor_of[mentee] == mentor:
        why = "same"
    elif mentee in problem.pins:
        why = "pinned"
    elif list(mentor_of).count(mentor) >= problem.capacities[mentor]:
        why = "full"
    return _price(problem, before, {mentee: mentor}, why)


def price_of_swap(problem: Problem, mentor_of: Pairing, a: int, b: int) -> Price:
    """The price of two mentees changing places; one of them may be unplaced."""
    check_pairing(problem, mentor_of)
    before = evaluate(problem, mentor_of)
    change = {a: mentor_of[b], b: mentor_of[a]}
    barred = any(mentor is not None and problem.scores[mentee][mentor] is None for mentee, mentor in change.items())
    why = None
    if mentor_of[a] == mentor_of[b]:
        why = "same"
    elif barred:
        return _barred(before)
    elif a in problem.pins or b in problem.pins:
        why = "pinned"
    return _price(problem, before, change, why)


def _price(problem: Problem, before: Solution, change: dict[int, int | None], why: str | None) -> Price:
    pairing = list(before.mentor_of)
    for mentee, mentor in change.items():
        pairing[mentee] = mentor
    after = evaluate(problem, pairing)
    return Price(before.total, after.total, before.floor, after.floor, why is None, why)


def _barred(before: Solution) -> Price:
    return Price(before.total, None, before.floor, None, allowed=False, why="barred")
