"""Giving out courses against brute force on small menus, and its promises on large ones."""

import random
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.training.allocating import allocate, satisfaction


@st.composite
def menus(draw):
    courses = draw(st.integers(1, 3))
    orders = st.permutations(range(courses)).flatmap(lambda row: st.integers(0, courses).map(lambda n: row[:n]))
    wishes = draw(st.lists(orders, max_size=5))
    return wishes, draw(st.lists(st.integers(0, 3), min_size=courses, max_size=courses))


def figures(wishes, course_of):
    """(people who wished and were placed, the lowest satisfaction among them, the sum)."""
    got = [satisfaction(row.index(course) + 1) for row, course in zip(wishes, course_of, strict=True) if course in row]
    return len(got), min(got, default=0), sum(got)


def best_by_trying_all(wishes, places):
    options = [[None, *row] for row in wishes]
    fitting = (each for each in product(*options) if all(each.count(c) <= room for c, room in enumerate(places)))
    return max(figures(wishes, each) for each in fitting)


@settings(max_examples=150)
@given(menus())
def test_equals_brute_force(menu):
    wishes, places = menu
    found = allocate(wishes, places)
    assert figures(wishes, found.course_of) == best_by_trying_all(wishes, places)
    assert all(found.course_of.count(course) <= room for course, room in enumerate(places))
    assert found.waiting == tuple(p for p, course in enumerate(found.course_of) if course is None)
    assert allocate(wishes, places) == found


def test_the_least_satisfied_come_before_the_sum():
    # By the sum alone 0 and 1 get their first wishes and 2 the third: 3 + 3 + 1. Fairer: each the second, 2 + 2 + 2.
    found = allocate([(0, 1), (1, 2), (3, 0, 2)], [1, 1, 1, 0])
    assert found.course_of == (1, 2, 0)
    assert (found.floor, found.total) == (2, 6)


def test_whoever_wished_nothing_takes_what_is_left():
    found = allocate([(), (0,), ()], [1, 1])
    assert found.course_of == (1, 0, None)
    assert found.waiting == (2,)
    assert allocate([], []).course_of == ()
    assert allocate([(), ()], [2]).floor is None


def test_three_different_wishes_at_most():
    with pytest.raises(ValueError, match="three"):
        allocate([(0, 1, 2, 3)], [1, 1, 1, 1])
    with pytest.raises(ValueError, match="three"):
        allocate([(0, 0)], [1])


@pytest.mark.parametrize(("people", "courses", "seconds"), [(30, 3, 0.5), (300, 10, 5)])
def test_quick(people, courses, seconds):
    lots = random.Random(7)
    wishes = [tuple(lots.sample(range(courses), 3)) for _ in range(people)]
    began = time.perf_counter()
    found = allocate(wishes, [people // courses] * courses)
    assert time.perf_counter() - began < seconds
    assert len(found.waiting) < people // 3
