"""Who gets which course when wishes exceed places. Plain values in and out; no database and no words for people.

People and courses are positions. The machine is that of the pairing solver: as many of those who wished are placed as
the places allow, then the lowest satisfaction is made as high as it can be, then the sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.matching.solver import Problem, solve

MOST_WISHES = 3


@dataclass(frozen=True)
class Allocation:
    """`course_of` each person, None = waits. `floor` is the lowest rank that anyone who was placed got (1 best, None
    when nobody was placed by a wish), `total` the sum of satisfactions (3 for a first wish, 2, 1)."""

    course_of: tuple[int | None, ...]
    floor: int | None
    total: int
    waiting: tuple[int, ...]


def satisfaction(rank: int) -> int:
    return MOST_WISHES + 1 - rank


def allocate(wishes: Sequence[Sequence[int]], places: Sequence[int]) -> Allocation:
    """`wishes[person]` are courses, the one wished most first, at most three; `places[course]` how many it takes.

    Whoever wished nothing is put where places are left when all others are settled. The same question always has the
    same answer: between equal ones the earlier person and the earlier course win. Exact; 300 people and 10 courses
    take well under a second.
    """
    asked = [person for person, row in enumerate(wishes) if row]
    scores = tuple(scores_of(wishes[person], len(places)) for person in asked)
    found = solve(Problem(scores, tuple(places))) if asked else None
    course_of: list[int | None] = [None] * len(wishes)
    for person, course in zip(asked, found.mentor_of if found else (), strict=True):
        course_of[person] = course
    fill_up(course_of, wishes, places)
    return Allocation(
        tuple(course_of),
        MOST_WISHES + 1 - found.floor if found and found.floor else None,
        found.total if found else 0,
        tuple(person for person, course in enumerate(course_of) if course is None),
    )


def scores_of(row: Sequence[int], courses: int) -> tuple[int | None, ...]:
    if len(row) > MOST_WISHES or len(set(row)) < len(row):
        raise ValueError("at most three different wishes")
    scores: list[int | None] = [None] * courses
    for rank, course in enumerate(row, 1):
        scores[course] = satisfaction(rank)
    return tuple(scores)


def fill_up(course_of: list[int | None], wishes: Sequence[Sequence[int]], places: Sequence[int]) -> None:
    """Those without any wish, one after another into the course with the most places left."""
    left = list(places)
    for course in course_of:
        if course is not None:
            left[course] -= 1
    for person, row in enumerate(wishes):
        if not row and left and max(left) > 0:
            course = max(range(len(left)), key=lambda each: (left[each], -each))
            course_of[person] = course
            left[course] -= 1
