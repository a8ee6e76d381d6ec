"""The solver against brute force on small cohorts, and its promises on larger ones."""

import random
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cohorts.matching.solver import (
    InvalidProblem,
    Move,
    Problem,
    evaluate,
    first_come,
    mutual_preferences,
    price_of_move,
    price_of_swap,
    random_pairing,
    resolve,
    solve,
    why_unplaced,
)


@st.composite
def problems(draw, mentees=6, mentors=3, pinned=True):
    n, m = draw(st.integers(0, mentees)), draw(st.integers(1, mentors))
    score = st.none() | st.integers(0, draw(st.sampled_from((2, 9, 100))))
    row = st.tuples(*[score] * m)
    scores = draw(st.tuples(*[row] * n))
    capacities = draw(st.tuples(*[st.integers(0, 3)] * m))
    left, pins = list(capacities), {}
    for mentee in range(n if pinned else 0):
        mentor = draw(st.none() | st.integers(0, m - 1))
        possible = mentor is not None and left[mentor] and scores[mentee][mentor] is not None
        if possible and draw(st.booleans()):
            pins[mentee] = mentor
            left[mentor] -= 1
    return Problem(scores, capacities, pins)


@st.composite
def problems_underway(draw):
    """A problem, a pairing at some time before it (bars and pins may be newer), a limit."""
    problem = draw(problems(mentees=5))
    if draw(st.booleans()):
        return problem, random_pairing(problem, draw(st.integers(0, 99))).mentor_of
    mentor = st.none() | st.integers(0, len(problem.capacities) - 1)
    return problem, draw(st.tuples(*[mentor] * len(problem.scores)))


def is_valid(problem, mentor_of):
    counts = [list(mentor_of).count(mentor) for mentor in range(len(problem.capacities))]
    return (
        all(mentor_of[mentee] == mentor for mentee, mentor in problem.pins.items())
        and all(map(int.__le__, counts, problem.capacities))
        and all(mentor is None or problem.scores[mentee][mentor] is not None for mentee, mentor in enumerate(mentor_of))
    )


def worth(problem, mentor_of):
    """Placed, floor of the unpinned pairs, total: what the solver raises, in that order."""
    pairs = {i: problem.scores[i][j] for i, j in enumerate(mentor_of) if j is not None}
    unpinned = [score for mentee, score in pairs.items() if mentee not in problem.pins]
    return len(pairs), min(unpinned, default=0), sum(pairs.values())


def every_pairing(problem):
    options = [None, *range(len(problem.capacities))]
    return filter(lambda pairing: is_valid(problem, pairing), product(options, repeat=len(problem.scores)))


def moves_between(current, pairing):
    return sum(now is not None and now != then for now, then in zip(current, pairing, strict=True))


@given(problems())
@settings(max_examples=300)
def test_solve_equals_brute_force(problem):
    solution = solve(problem)
    assert is_valid(problem, solution.mentor_of)
    assert worth(problem, solution.mentor_of) == max(worth(problem, pairing) for pairing in every_pairing(problem))
    assert solution == evaluate(problem, solution.mentor_of)


@given(problems_underway(), st.integers(0, 5))
@settings(max_examples=300)
def test_resolve_equals_brute_force(underway, limit):
    problem, current = underway
    within = [worth(problem, pairing) for pairing in every_pairing(problem) if moves_between(current, pairing) <= limit]
    if not within:
        with pytest.raises(InvalidProblem) as refused:
            resolve(problem, current, limit)
        assert refused.value.code == "too_few_moves"
        return
    found = resolve(problem, current, limit)
    assert is_valid(problem, found.solution.mentor_of)
    assert len(found.moves) == moves_between(current, found.solution.mentor_of) <= limit
    assert worth(problem, found.solution.mentor_of) == max(within)
    assert found.proven
    assert found.bound == found.solution.total


@given(problems(mentees=9, mentors=4))
@settings(max_examples=200)
def test_every_unplaced_mentee_is_explained_by_counting(problem):
    solution = solve(problem)
    statements = why_unplaced(problem, solution)
    named = [mentee for statement in statements for mentee in statement.left_out]
    assert sorted(named) == list(solution.unplaced)
    places = problem.places_left
    for statement in statements:
        assert statement.places == sum(places[mentor] for mentor in statement.mentors)
        assert len(statement.mentees) - statement.places == len(statement.left_out) > 0
        for mentee in statement.mentees:
            assert mentee not in problem.pins
            open_to = {j for j, score in enumerate(problem.scores[mentee]) if score is not None}
            assert open_to <= set(statement.mentors)
        assert (statement.code == "barred_from_all") == (not statement.mentors)


def test_the_three_reasons_for_a_shortage():
    scores = ((None, None), (5, None), (6, None), (7, 8), (7, 9))
    problem = Problem(scores, (1, 3))
    statements = why_unplaced(problem, solve(problem))
    assert [statement.code for statement in statements] == ["barred_from_all", "only_these_mentors"]
    assert statements[1].mentees == (1, 2)
    assert statements[1].mentors == (0,)
    crowded = Problem(((1, 1), (1, 1), (1, 1)), (1, 1))
    assert why_unplaced(crowded, solve(crowded))[0].code == "too_few_places"
    roomy = Problem(((1,),), (1,))
    assert why_unplaced(roomy, solve(roomy)) == ()


def test_a_place_still_free_is_said():
    problem = Problem(((5, 5), (5, None)), (1, 1))
    (statement,) = why_unplaced(problem, evaluate(problem, (0, None)))
    assert (statement.code, statement.left_out) == ("place_free", (1,))


@given(problems(), st.integers(0, 9))
@settings(max_examples=150)
def test_simple_pairings_are_valid_and_never_better(problem, seed):
    best = worth(problem, solve(problem).mentor_of)
    drawn, first = random_pairing(problem, seed), first_come(problem)
    for pairing in (drawn, first):
        assert is_valid(problem, pairing.mentor_of)
        assert worth(problem, pairing.mentor_of) <= best
    assert len(drawn.unplaced) == len(problem.scores) - best[0]
    assert drawn == random_pairing(problem, seed)


def test_first_come_is_served_first():
    problem = Problem(((9, 8), (9, 1), (9, None)), (1, 1))
    assert first_come(problem).mentor_of == (0, 1, None)


def test_different_seeds_draw_different_pairings():
    problem = Problem(((1,) * 6,) * 30, (5,) * 6)
    assert random_pairing(problem, 1) != random_pairing(problem, 2)


def test_the_floor_comes_before_the_sum():
    problem = Problem(((100, 50), (50, 10)), (1, 1))
    assert solve(problem).mentor_of == (1, 0)
    assert (solve(problem).floor, solve(problem).total) == (50, 100)


def test_a_low_pin_stands_and_does_not_stop_the_others_from_rising():
    problem = Problem(((1, 90), (20, 80), (90, 10)), (2, 1), {0: 0})
    solution = solve(problem)
    assert solution.mentor_of == (0, 1, 0)
    assert solution.floor == 1


def cohort(n, m, capacity, seed):
    lot = random.Random(seed)
    scores = tuple(tuple(None if lot.random() < 0.1 else lot.randint(20, 98) for _ in range(m)) for _ in range(n))
    return Problem(scores, (capacity,) * m, {0: next(j for j in range(m) if scores[0][j])})


@pytest.mark.parametrize("seed", range(8))
def test_larger_cohorts_keep_the_promises(seed):
    problem = cohort(30, 6, 5 + seed % 2, seed)
    best = solve(problem)
    assert is_valid(problem, best.mentor_of)
    assert best == solve(problem)
    assert not best.unplaced
    ranking = worth(problem, best.mentor_of)
    for other in (first_come(problem), *(random_pairing(problem, lot) for lot in range(5))):
        assert worth(problem, other.mentor_of) <= ranking
    for a in range(30):
        for b in range(a):
            price = price_of_swap(problem, best.mentor_of, a, b)
            if price.allowed:
                swapped = list(best.mentor_of)
                swapped[a], swapped[b] = swapped[b], swapped[a]
                assert worth(problem, swapped) <= ranking


@pytest.mark.parametrize("seed", range(4))
def test_more_moves_never_do_worse_and_enough_reach_the_best(seed):
    problem = cohort(30, 6, 6, seed)
    current = random_pairing(problem, seed).mentor_of
    steps = [resolve(problem, current, limit) for limit in (0, 1, 2, 3, 5, 30)]
    ranked = [worth(problem, step.solution.mentor_of) for step in steps]
    assert ranked == sorted(ranked)
    assert all(step.proven for step in steps)
    assert steps[0].moves == ()
    assert steps[0].solution.mentor_of == current
    assert ranked[-1] == worth(problem, solve(problem).mentor_of)


def test_placing_is_no_move_and_making_room_is_one():
    problem = Problem(((9, 8), (9, None)), (1, 1))
    assert resolve(problem, (1, None), 0).solution.mentor_of == (1, 0)
    found = resolve(problem, (0, None), 1)
    assert found.moves == (Move(0, 0, 1),)
    assert found.solution.mentor_of == (1, 0)
    assert resolve(problem, (0, None), 0).solution.unplaced == (1,)


@given(problems(), st.data())
def test_prices_are_the_difference_made(problem, data):
    assume(problem.scores)
    pairing = random_pairing(problem, 1).mentor_of
    mentee = data.draw(st.integers(0, len(pairing) - 1))
    mentor = data.draw(st.integers(0, len(problem.capacities) - 1))
    other = data.draw(st.integers(0, len(pairing) - 1))
    moved, swapped = list(pairing), list(pairing)
    moved[mentee] = mentor
    swapped[mentee], swapped[other] = pairing[other], pairing[mentee]
    for after, price in (
        (moved, price_of_move(problem, pairing, mentee, mentor)),
        (swapped, price_of_swap(problem, pairing, mentee, other)),
    ):
        assert price.allowed == (is_valid(problem, after) and after != list(pairing))
        assert price.allowed == (price.why is None)
        assert price.total_before == evaluate(problem, pairing).total
        if price.why != "barred":
            then = evaluate(problem, after)
            assert (price.total_after, price.floor_after) == (then.total, then.floor)


def test_a_price_says_what_is_in_the_way():
    problem = Problem(((9, 8, None), (5, 7, 3), (6, 6, 6)), (1, 1, 1), {2: 2})
    pairing = (0, 1, 2)
    assert price_of_move(problem, pairing, 0, 1).why == "full"
    assert price_of_move(problem, pairing, 0, 2).why == "barred"
    assert price_of_move(problem, pairing, 0, 0).why == "same"
    assert price_of_move(problem, pairing, 2, 1).why == "pinned"
    assert price_of_swap(problem, pairing, 1, 2).why == "pinned"
    assert price_of_swap(problem, pairing, 0, 2).why == "barred"
    price = price_of_swap(problem, pairing, 0, 1)
    assert price.allowed
    assert (price.total_before, price.total_after) == (22, 19)


def test_mutual_preferences_name_who_would_be_displaced():
    problem = Problem(((9, 3), (5, 4), (2, 8)), (1, 2))
    assert mutual_preferences(problem, (1, 0, 1)) == ((0, 0, 1),)
    assert mutual_preferences(problem, (0, None, 1)) == ((1, 1, None),)
    pinned = Problem(problem.scores, problem.capacities, {1: 0})
    assert mutual_preferences(pinned, (1, 0, 1)) == ()


@given(problems(), st.integers(0, 9))
def test_a_mutual_preference_is_better_for_both(problem, seed):
    pairing = random_pairing(problem, seed).mentor_of
    for mentee, mentor, displaced in mutual_preferences(problem, pairing):
        score = problem.scores[mentee][mentor]
        assert mentee not in problem.pins
        assert displaced not in problem.pins
        present = pairing[mentee]
        assert present is None or score > problem.scores[mentee][present]
        if displaced is None:
            assert pairing.count(mentor) < problem.capacities[mentor]
        else:
            assert pairing[displaced] == mentor
            assert problem.scores[displaced][mentor] < score


@pytest.mark.parametrize(
    ("scores", "capacities", "pins", "code"),
    [
        (((1, 2), (1,)), (1, 1), {}, "ragged"),
        (((1, 2.5),), (1, 1), {}, "score"),
        (((1, 2),), (1, -1), {}, "capacity"),
        (((1, 2),), (1, 1), {1: 0}, "pin_unknown"),
        (((1, None),), (1, 1), {0: 1}, "pin_barred"),
        (((1,), (1,)), (1,), {0: 0, 1: 0}, "pin_over_capacity"),
    ],
)
def test_malformed_problems_are_refused(scores, capacities, pins, code):
    with pytest.raises(InvalidProblem) as refused:
        Problem(scores, capacities, pins)
    assert refused.value.code == code


def test_malformed_pairings_and_limits_are_refused():
    problem = Problem(((1, 2),), (1, 1))
    for call in (
        lambda: evaluate(problem, ()),
        lambda: resolve(problem, (2,), 1),
        lambda: mutual_preferences(problem, (0, 1)),
    ):
        with pytest.raises(InvalidProblem, match="pairing"):
            call()
    with pytest.raises(InvalidProblem, match="max_moves"):
        resolve(problem, (0,), -1)


@pytest.mark.parametrize(("scores", "capacities"), [((), ()), ((), (1,)), (((), ()), ())])
def test_empty_cohorts(scores, capacities):
    problem = Problem(scores, capacities)
    solution = solve(problem)
    assert solution.total == 0
    assert solution.floor is None
    assert len(solution.unplaced) == len(scores)
    assert resolve(problem, solution.mentor_of, 2).solution == solution
    assert first_come(problem) == random_pairing(problem, 1) == solution
