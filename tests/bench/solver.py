"""Times the pairing solver: `python -m tests.bench.solver`."""

import random
import time

from cohorts.matching.scores import MenteeFacts, MentorFacts, Weights, pair_score
from cohorts.matching.solver import Problem, first_come, random_pairing, resolve, solve

SUBJECTS = ("A", "B", "C", "D", "E")


def scored(mentees: int, mentors: int, capacity: int, seed: int = 2018) -> Problem:
    """A cohort scored from random facts; one pair in twenty is barred."""
    lot = random.Random(seed)
    kinds, areas = "abcde", [f"{area:09d}" for area in range(10)]
    ring = {area: frozenset({areas[index - 1]}) for index, area in enumerate(areas)}

    def facts(key: int, others: int) -> dict:
        wishes = tuple(lot.sample(range(others), min(others, lot.randint(0, 3))))
        return {"key": key, "kind": lot.choice(kinds), "subdistrict": lot.choice(areas), "wishes": wishes}

    def levels() -> dict:
        return {subject: lot.randint(1, 5) for subject in SUBJECTS}

    learners = [MenteeFacts(**facts(key, mentors), levels=levels()) for key in range(mentees)]
    teachers = [MentorFacts(**facts(key, mentees), strengths=levels()) for key in range(mentors)]
    weights = Weights()
    scores = tuple(
        tuple(None if lot.random() < 0.05 else pair_score(mentee, mentor, weights, ring).points for mentor in teachers)
        for mentee in learners
    )
    return Problem(scores, (capacity,) * mentors)


def even(mentees: int, mentors: int, capacity: int) -> Problem:
    """Few distinct scores: the hardest case for shortest paths."""
    lot = random.Random(1)
    scores = tuple(tuple(lot.choice((40, 60, 80)) for _ in range(mentors)) for _ in range(mentees))
    return Problem(scores, (capacity,) * mentors)


def timed(label: str, work):
    start = time.perf_counter()
    result = work()
    print(f"{label:<44}{(time.perf_counter() - start) * 1000:>10.1f} ms")
    return result


def main() -> None:
    small = timed("score 30 x 6", lambda: scored(30, 6, 5))
    large = timed("score 500 x 100", lambda: scored(500, 100, 5))
    tied = even(500, 100, 5)
    timed("solve 30 x 6", lambda: solve(small))
    timed("solve 500 x 100", lambda: solve(large))
    timed("solve 500 x 100, three scores only", lambda: solve(tied))
    timed("first come 500 x 100", lambda: first_come(large))
    timed("random 500 x 100", lambda: random_pairing(large, 1))
    for label, problem in (("30 x 6", small), ("500 x 100", large), ("500 x 100, tied", tied)):
        for moves in (1, 5):
            start = first_come(problem).mentor_of
            found = timed(f"resolve {label}, {moves} moves", lambda s=start, k=moves, p=problem: resolve(p, s, k))
            print(f"    proven {found.proven}, total {found.solution.total}, bound {found.bound}")


if __name__ == "__main__":
    main()
