"""Exact arithmetic on levels, and what is missing stays missing."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.growth.measures import course, levels_from, mean, month_ends, one_decimal

D = datetime.date
days = st.dates(D(2018, 1, 1), D(2022, 12, 31))


@pytest.mark.parametrize(("value", "told"), [("3.25", "3.3"), ("3.24", "3.2"), ("2.05", "2.1"), ("4", "4.0")])
def test_rounds_half_up(value, told):
    assert str(one_decimal(Decimal(value))) == told


def test_nothing_has_no_mean():
    assert mean([]) is None


@given(st.lists(st.integers(1, 5), min_size=1))
def test_a_mean_lies_between_the_lowest_and_the_highest(levels):
    assert min(levels) <= mean(levels) <= max(levels)


def test_a_subject_without_ratings_stands_where_it_began_and_an_unknown_one_is_absent():
    levels = levels_from({("CG", "CG1"): 2, ("CG", "CG2"): 3}, {"PB": 3, "CG": 1})
    assert levels == {"PB": Decimal(3), "CG": Decimal("2.5")}
    assert "ER" not in levels


def test_a_course_follows_the_readings_by_day():
    readings = [(D(2018, 9, 5), "CG", "CG1", 1), (D(2018, 11, 2), "CG", "CG1", 3)]
    assert course(readings, {}, [D(2018, 9, 1), D(2018, 10, 1), D(2018, 12, 1)]) == [None, Decimal(1), Decimal(3)]


@given(days, days)
def test_moments_ascend_from_the_first_day_to_the_last(one, two):
    first, last = sorted([one, two])
    found = month_ends(first, last)
    assert found == sorted(set(found))
    assert found[0] == first
    assert found[-1] == last or first == last
