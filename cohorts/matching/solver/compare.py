"""Simpler pairings to set beside the best one."""

import random

from .optimal import masks_above
from .problem import Problem, Solution, evaluate
from .transport import Placement, positions


def first_come(problem: Problem) -> Solution:
    """In the order given, each mentee takes the best mentor that still has a place.

    Pins have their places first. Nobody moves on for a later mentee, so some may be left out
    who would be placed in another order.
    """
    left = problem.places_left
    choice: dict[int, int | None] = {}
    for mentee in problem.unpinned:
        row = problem.scores[mentee]
        free = [mentor for mentor, score in enumerate(row) if left[mentor] and score is not None]
        if free:
            choice[mentee] = max(free, key=row.__getitem__)
            left[choice[mentee]] -= 1
    return evaluate(problem, problem.with_pins(choice))


def random_pairing(problem: Problem, seed: int) -> Solution:
    """A pairing drawn by lot that keeps bars, pins and places and places as many as can be.

    Mentees come in random order and draw among their open mentors; where a mentee finds none open,
    others move on for it. The same seed draws the same pairing.
    """
    lot = random.Random(seed)  # noqa: S311, a draw that can be repeated  # nosec B311
    rows = problem.unpinned
    lot.shuffle(rows)
    scores = [problem.scores[mentee] for mentee in rows]
    placement = Placement(
        masks_above(scores, None),
        problem.places_left,
        pick=lambda mask: lot.choice(list(positions(mask))),
    )
    for row in range(len(rows)):
        placement.place(row)
    return evaluate(problem, problem.with_pins(dict(zip(rows, placement.where, strict=True))))
