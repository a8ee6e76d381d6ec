"""Why somebody has no mentor, and which pairs would both rather have each other."""

from dataclasses import dataclass

from .problem import Pairing, Problem, Solution, check_pairing


@dataclass(frozen=True)
class Shortage:
    """One reason why mentees are without a mentor.

    code      barred_from_all       `mentees` is one mentee, barred from every mentor
              too_few_places        `mentees` share every place there is, and that is not enough
              only_these_mentors    `mentees` can go to `mentors` only, and that is not enough
              place_free            one mentee could be placed after all, by moving others on or at
                                    once: the pairing is not the fullest one
    mentees   all who compete for these places, the unplaced among them; pinned mentees are not named
    mentors   the mentors these mentees can go to at all
    places    places of these mentors that no pin has taken
    left_out  the unplaced among `mentees`; len(mentees) - places of them but for place_free
    """

    code: str
    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    places: int
    left_out: tuple[int, ...]


def why_unplaced(problem: Problem, solution: Solution) -> tuple[Shortage, ...]:
    """Every unplaced mentee in exactly one statement that can be checked by counting.

    The mentees of a statement outnumber the places of all mentors they can go to (Hall's
    condition), so no pairing at all would place more of them. Empty when everyone is placed.
    """
    check_pairing(problem, solution.mentor_of)
    statements = []
    groups: list[tuple[set[int], set[int]]] = []
    for mentee in solution.unplaced:
        mentees, mentors = _rivals(problem, solution.mentor_of, mentee)
        if _has_room(problem, solution.mentor_of, mentors):
            statements.append(_statement(problem, solution, mentees, mentors, "place_free"))
        elif not mentors:
            statements.append(_statement(problem, solution, mentees, mentors, "barred_from_all"))
        else:
            groups = _merged(groups, mentees, mentors)
    open_mentors = {mentor for mentor, left in enumerate(problem.places_left) if left}
    for mentees, mentors in groups:
        code = "too_few_places" if mentors >= open_mentors else "only_these_mentors"
        statements.append(_statement(problem, solution, mentees, mentors, code))
    return tuple(sorted(statements, key=lambda statement: statement.left_out))


def _rivals(problem: Problem, mentor_of: Pairing, mentee: int) -> tuple[set[int], set[int]]:
    """The mentors within reach of `mentee` by moving others on, and the mentees met on the way."""
    mentees, mentors = {mentee}, set()
    waiting = [mentee]
    while waiting:
        row = problem.scores[waiting.pop()]
        fresh = {mentor for mentor, score in enumerate(row) if score is not None} - mentors
        mentors |= fresh
        held = [other for other, mentor in enumerate(mentor_of) if mentor in fresh and other not in problem.pins]
        mentees.update(held)
        waiting.extend(held)
    return mentees, mentors


def _has_room(problem: Problem, mentor_of: Pairing, mentors: set[int]) -> bool:
    taken = list(mentor_of)
    return any(taken.count(mentor) < problem.capacities[mentor] for mentor in mentors)


def _merged(groups, mentees: set[int], mentors: set[int]):
    """The groups with one more, joined with those that compete for the same mentors."""
    apart = []
    for other_mentees, other_mentors in groups:
        if other_mentors & mentors:
            mentees, mentors = mentees | other_mentees, mentors | other_mentors
        else:
            apart.append((other_mentees, other_mentors))
    return [*apart, (mentees, mentors)]


def _statement(problem: Problem, solution: Solution, mentees: set[int], mentors: set[int], code: str) -> Shortage:
    places = problem.places_left
    return Shortage(
        code=code,
        mentees=tuple(sorted(mentees)),
        mentors=tuple(sorted(mentors)),
        places=sum(places[mentor] for mentor in mentors),
        left_out=tuple(sorted(mentees.intersection(solution.unplaced))),
    )


def mutual_preferences(problem: Problem, mentor_of: Pairing) -> tuple[tuple[int, int, int | None], ...]:
    """(mentee, mentor, displaced mentee or None): pairs where both would prefer each other.

    The mentee scores higher with that mentor than with the present one (or has none), and the
    mentor has a place free (None), or would gain over the lowest of the present unpinned mentees,
    who would be displaced. Pinned mentees stay out of it. In order of mentee, then mentor.
    """
    check_pairing(problem, mentor_of)
    lowest = [_weakest(problem, mentor_of, mentor) for mentor in range(len(problem.capacities))]
    taken = list(mentor_of)
    free = [taken.count(mentor) < places for mentor, places in enumerate(problem.capacities)]
    pairs = []
    for mentee in problem.unpinned:
        row = problem.scores[mentee]
        present = mentor_of[mentee]
        now = None if present is None else row[present]
        for mentor, score in enumerate(row):
            if mentor == present or score is None or (now is not None and score <= now):
                continue
            if free[mentor]:
                pairs.append((mentee, mentor, None))
            elif lowest[mentor] is not None and lowest[mentor][0] < score:
                pairs.append((mentee, mentor, lowest[mentor][1]))
    return tuple(pairs)


def _weakest(problem: Problem, mentor_of: Pairing, mentor: int) -> tuple[int, int] | None:
    """(score, mentee) of the lowest unpinned mentee of `mentor`."""
    return min(
        ((problem.scores[mentee][mentor] or 0, mentee) for mentee in problem.unpinned if mentor_of[mentee] == mentor),
        default=None,
    )
