"""What the solver is asked and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Pairing = Sequence[int | None]


class InvalidProblem(ValueError):
    """The question itself is malformed.

    `code` says how; `mentee` and `mentor` are the positions concerned, where there are any:

    ragged             a row of scores has not one entry for each mentor
    score              a score is neither a whole number nor None
    capacity           a capacity is not a whole number of at least 0
    pin_unknown        a pin names a mentee or mentor that does not exist
    pin_barred         a pin joins a barred pair
    pin_over_capacity  a mentor has more pins than places
    pairing            a given pairing has the wrong length or an unknown mentor
    max_moves          the limit of moves is not a whole number of at least 0
    too_few_moves      no valid pairing is within that many moves
    """

    def __init__(self, code: str, *, mentee: int | None = None, mentor: int | None = None):
        super().__init__(f"{code} (mentee {mentee}, mentor {mentor})")
        self.code = code
        self.mentee = mentee
        self.mentor = mentor


@dataclass(frozen=True)
class Problem:
    """One cohort to pair.

    scores      scores[mentee][mentor]: a whole number (0 to 100 by custom), None = barred
    capacities  places of each mentor, pinned mentees included
    pins        mentee -> mentor; holds however low its score

    Raises InvalidProblem when malformed, so every Problem that exists can be solved.
    """

    scores: tuple[tuple[int | None, ...], ...]
    capacities: tuple[int, ...]
    pins: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._check_capacities()
        self._check_scores()
        self._check_pins()

    def _check_capacities(self) -> None:
        for mentor, places in enumerate(self.capacities):
            if not isinstance(places, int) or places < 0:
                raise InvalidProblem("capacity", mentor=mentor)

    def _check_scores(self) -> None:
        for mentee, row in enumerate(self.scores):
            if len(row) != len(self.capacities):
                raise InvalidProblem("ragged", mentee=mentee)
            for mentor, score in enumerate(row):
                if score is not None and not isinstance(score, int):
                    raise InvalidProblem("score", mentee=mentee, mentor=mentor)

    def _check_pins(self) -> None:
        left = list(self.capacities)
        for mentee, mentor in sorted(self.pins.items()):
            known = 0 <= mentee < len(self.scores) and 0 <= mentor < len(left)
            if not known:
                raise InvalidProblem("pin_unknown", mentee=mentee, mentor=mentor)
            if self.scores[mentee][mentor] is None:
                raise InvalidProblem("pin_barred", mentee=mentee, mentor=mentor)
            left[mentor] -= 1
            if left[mentor] < 0:
                raise InvalidProblem("pin_over_capacity", mentee=mentee, mentor=mentor)

    @property
    def unpinned(self) -> list[int]:
        """Mentees the solver may place, in order."""
        return [mentee for mentee in range(len(self.scores)) if mentee not in self.pins]

    @property
    def places_left(self) -> list[int]:
        """Places of each mentor once the pins have taken theirs."""
        left = list(self.capacities)
        for mentor in self.pins.values():
            left[mentor] -= 1
        return left

    def with_pins(self, choice: Mapping[int, int | None]) -> tuple[int | None, ...]:
        """The whole pairing from a choice for the unpinned mentees."""
        return tuple(
            self.pins[mentee] if mentee in self.pins else choice.get(mentee) for mentee in range(len(self.scores))
        )


@dataclass(frozen=True)
class Solution:
    """A pairing and its figures.

    mentor_of  mentor of each mentee, None = without a mentor
    floor      the lowest score among all pairs, pinned ones included; None when there is no pair
    total      the sum of the scores of all pairs
    unplaced   mentees without a mentor, in order
    """

    mentor_of: tuple[int | None, ...]
    floor: int | None
    total: int
    unplaced: tuple[int, ...]


def check_pairing(problem: Problem, mentor_of: Pairing) -> None:
    """Raise InvalidProblem("pairing") unless there is one known mentor or None for each mentee."""
    if len(mentor_of) != len(problem.scores):
        raise InvalidProblem("pairing")
    for mentee, mentor in enumerate(mentor_of):
        if mentor is not None and not 0 <= mentor < len(problem.capacities):
            raise InvalidProblem("pairing", mentee=mentee, mentor=mentor)


def evaluate(problem: Problem, mentor_of: Pairing) -> Solution:
    """The figures of a given pairing. A pair barred meanwhile counts as a pair of score 0."""
    check_pairing(problem, mentor_of)
    points = [problem.scores[mentee][mentor] or 0 for mentee, mentor in enumerate(mentor_of) if mentor is not None]
    return Solution(
        mentor_of=tuple(mentor_of),
        floor=min(points, default=None),
        total=sum(points),
        unplaced=tuple(mentee for mentee, mentor in enumerate(mentor_of) if mentor is None),
    )
